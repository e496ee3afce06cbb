"""Styles, scripts and pictures as pages load them, with a hash of their content in their names.

So a server may let browsers keep them for good, and a page from before an update gets what it was made with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

from okrsite.frozen import frozen
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
    "versions",
    "directions",
    "phones",
    "print",
)
"""The theme's style sheets in the order in which they apply; pages load them as one."""


_LUNR = "mkdocs/contrib/search/templates/search/lunr.js"
"""The library that compares words, as MkDocs brings it; its licence is in the theme's ``assets/lunr-licence.txt``."""

FOLDER = "assets"
SCRIPT = "okr.js"
"""The script of every page. It knows the files of the others, so that a page names only those that it loads itself."""
_MADE = ("okr.css", "words.js", "lunr.js")
_DIGITS = 10


@frozen
class Assets:
    """The files below ``assets/`` that pages load.

    Attributes:
        names: What each is called there, by the name that templates and scripts know it by: ``okr.css`` ->
            ``okr.1a2b3c4d5e.css``.
        files: What each holds, by its address.
    """

    names: Mapping[str, str]
    files: Mapping[str, bytes]


def hashed(name: str, content: bytes) -> str:
    """A file's name with ten digits of its content's SHA-256 before the ending."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:_DIGITS]}.{ending}"


def assets_of(themes: Sequence[str], language: Language, own: str | None = None) -> Assets:
    """Put the theme's assets together.

    Args:
        themes: The folders of the theme, the portal's own first: a file there takes the place of the theme's.
        language: Of the portal; where it has words of its own, so do the scripts.
        own: The portal's own folder among them, if it has one. What only this folder has is the portal's business
            and keeps its name.
    """
    contents = _theme_files(themes, own)
    if "okr.css" not in contents:  # a portal's own takes the place of all
        contents["okr.css"] = "\n".join(_part(themes, f"styles/{name}.css") for name in STYLES).encode()
    if language.has_words and "words.js" not in contents:
        scripts = (path for theme in themes for path in Path(theme, FOLDER).glob("*.js"))
        contents["words.js"] = script_words(language, [path.read_text("utf-8") for path in scripts]).encode()
    # By the distribution, not the import: ProperDocs puts modules of its own under the name mkdocs.
    contents.setdefault("lunr.js", Path(str(distribution("mkdocs").locate_file(_LUNR))).read_bytes())
    contents[SCRIPT] += _known({name: content for name, content in contents.items() if name != SCRIPT})
    names = {name: hashed(name, content) for name, content in sorted(contents.items())}
    return Assets(names, {f"{FOLDER}/{names[name]}": contents[name] for name in names})


def _theme_files(themes: Sequence[str], own: str | None) -> dict[str, bytes]:
    """The files of the theme's folders, by their names; texts, such as a licence, are for readers and not loaded."""
    found: dict[str, bytes] = {}
    for theme in reversed(themes):
        folder = Path(theme, FOLDER)
        for file in folder.rglob("*"):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and file.suffix not in ("", ".txt") and (theme != own or name in _MADE or name in found):
                found[name] = file.read_bytes()
    return found


def _known(contents: Mapping[str, bytes]) -> bytes:
    """What ``okr.js`` is told of the scripts that it may be asked to load."""
    scripts = sorted(name for name in contents if name.endswith(".js"))
    known = {name.removesuffix(".js"): hashed(name, contents[name]).removesuffix(".js") for name in scripts}
    return f"\nokr.files = {json.dumps(known, separators=(',', ':'))};\n".encode()


def _part(themes: Sequence[str], name: str) -> str:
    for folder in themes:
        file = Path(folder, name)
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(name)
