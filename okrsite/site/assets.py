"""Styles and scripts as pages load them: of the theme's parts, the scripts' words, and installed libraries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path

from okrsite.languages import Language, script_words

STYLES = (
    "tokens",
    "text",
    "frame",
    "tables",
    "goals",
    "marks",
    "explain",
    "walls",
    "ledger",
    "charts",
    "prose",
    "pages",
    "changes",
    "search",
    "sorting",
    "map",
    "propose",
    "embeds",
    "present",
    "overviews",
    "directions",
    "phones",
    "print",
)
"""The theme's style sheets in the order in which they apply; pages load them as one."""


_LUNR = "mkdocs/contrib/search/templates/search/lunr.js"
"""The library that compares words, as MkDocs brings it; its licence is in the theme's ``assets/lunr-licence.txt``."""


def asset_files(themes: Sequence[str], language: Language) -> Iterator[tuple[str, bytes]]:
    """The files below ``assets/`` that are made, not copied.

    Args:
        themes: The folders of the theme, the portal's own first: a file there takes the place of the theme's.
        language: Of the portal; where it has words of its own, so do the scripts.
    """
    if not any(Path(theme, "assets", "okr.css").is_file() for theme in themes):  # a portal's own takes the place of all
        yield "assets/okr.css", "\n".join(_part(themes, f"styles/{name}.css") for name in STYLES).encode()
    if language.has_words:
        scripts = (path for theme in themes for path in Path(theme, "assets").glob("*.js"))
        yield "assets/words.js", script_words(language, [path.read_text("utf-8") for path in scripts]).encode()
    # By the distribution, not the import: ProperDocs puts modules of its own under the name mkdocs.
    yield "assets/lunr.js", Path(str(distribution("mkdocs").locate_file(_LUNR))).read_bytes()


def _part(themes: Sequence[str], name: str) -> str:
    for folder in themes:
        file = Path(folder, name)
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(name)
