"""Portals in another language: nothing of the interface stays English, and nothing of the content is translated."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from greek import greek_portal
from portalfiles import MKDOCS, SMALL, put, warm
from sitebuilds import Built, build_at
from webpages import asset, plain

ROOT = Path(__file__).parents[2]
OPEN, CLOSE = "⟦", "⟧"
READ = ("aria-label", "aria-description", "aria-roledescription", "title", "alt", "placeholder", "data-label", "label")
"""Attributes that are read or read out."""

NO_LANGUAGE = re.compile(
    r"""https?://\S+                                              # addresses
    | \b\d{4}-(Q|H)\d\b | \bQ\d\b                                 # cycles, by their ids
    | \b\d{1,2}\s(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b  # dates, which Babel says
    | \b(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b
    | \bOKR\d{3}\b                                                # codes of rules
    | \b(JSON|CSV|SVG|PNG|Markdown|YAML|mkdocs\.yml)\b            # formats and files
    | \b(content|okrs)(/[\w.-]+)+(:\d+)? | \b[\w-]+\.(yml|md|csv|json)\b(:\d+)?  # files
    """,
    re.VERBOSE,
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_SKIPPED = {"script", "style", "code", "pre", "kbd", "textarea"}
"""Data, and what is written into files as it stands."""


class _Leaks(HTMLParser):
    """Finds words that no message has said: texts outside of the marks, and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()
        self.depth = 0
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "br", "hr", "img", "input", "use", "path", "circle", "line", "rect"}:
            self.open.append(tag)
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "description":
            self.outside(given.get("content") or "", "description")
        for name in READ:
            if given.get(name):
                self.outside(given[name] or "", name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is inside."""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if _SKIPPED & set(self.open):
            return
        if "svg" in self.open:  # a drawing may cut a text, and its mark
            self.outside(data, "drawing")
            return
        kept, self.depth = _outside(data, self.depth)
        self.note(kept, "text")

    def outside(self, text: str, where: str) -> None:
        """Note what is outside of the marks of a text that stands alone."""
        self.note(_outside(text, 0)[0], where)

    def note(self, text: str, where: str) -> None:
        """Note what a text has of Latin letters."""
        if _LATIN.search(NO_LANGUAGE.sub(" ", text)):
            self.found.add(f"{where}: {' '.join(text.split())}")


def _outside(text: str, depth: int) -> tuple[str, int]:
    """What of a text is outside of the marks, and how many are open after it."""
    kept = []
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        if not depth and sign != CLOSE:
            kept.append(sign)
    return "".join(kept), depth


def leaks(html: str) -> set[str]:
    """The words of a page that no message has said."""
    parser = _Leaks()
    parser.feed(html)
    assert parser.depth == 0, "a mark is not closed"
    return parser.found


def _messages() -> Catalog:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.messages()


def _marked(path: Path) -> None:
    """Write a catalogue in which every message stands between marks."""
    catalogue = Catalog(locale="en_AU")
    for message in _messages():
        if message.id:
            forms = (message.id,) if isinstance(message.id, str) else message.id
            said = tuple(f"{OPEN}{form}{CLOSE}" for form in forms)
            catalogue.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    with path.open("wb") as po:
        write_po(po, catalogue)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example in Greek letters, with every message of the interface between marks."""
    root, catalogues = tmp_path_factory.mktemp("marked"), tmp_path_factory.mktemp("catalogues")
    greek_portal(ROOT, root)
    warm(root)
    _marked(catalogues / "en_AU.po")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"]
    config["site_name"] = "Στόχοι"
    config["repo_url"], config["edit_uri"] = "https://github.com/acme/goals", "edit/main/content/"
    config["plugins"][0]["okrsite"]["locale"] = "en-AU"
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("okrsite.languages.language.CATALOGUES", catalogues)
        return build_at(root)


def _found(built: Built) -> Iterator[tuple[str, str]]:
    for name in built.site.pages:
        for leak in sorted(leaks((built.site.folder / name).read_text(encoding="utf-8"))):
            yield leak, name


def test_leaks_are_found() -> None:
    """Words outside of marks are found in texts, attributes and drawings; numbers, dates and codes are no words."""
    assert leaks(f"<p>{OPEN}Lead: <b>Αδα</b>{CLOSE} 5 Jun 2026 99% OKR501 <code>due</code></p>") == set()
    assert leaks(f'<p title="Copy">{OPEN}a {OPEN}b{CLOSE}{CLOSE} by Αδα</p>') == {"title: Copy", "text: by Αδα"}
    assert leaks(f"<svg><text>{OPEN}cut</text><text>Progress</text></svg>") == {"drawing: Progress"}


def test_every_word_comes_from_the_catalogue(marked: Built) -> None:
    """Each text, label and title of each page is a message, a part of the content, or no language at all."""
    found: dict[str, str] = {}
    for leak, name in _found(marked):
        found.setdefault(leak, name)
    assert found == {}


def test_scripts_get_their_words(marked: Built) -> None:
    """Pages load the words of scripts before any script that shows some."""
    assert OPEN.encode("ascii", "backslashreplace").decode() in asset(marked.site.folder, "words.js").read_text()
    for name, page in marked.site.pages.items():
        scripts = [plain(each.attributes.get("src", "").rpartition("/")[2]) for each in page.all("script")]
        assert scripts[:2] == ["okr.js", "words.js"], name


@pytest.fixture
def small(tmp_path: Path) -> Callable[[str], Built]:
    """Builds the small portal in a language."""

    def build(locale: str) -> Built:
        put(tmp_path, {**SMALL, "mkdocs.yml": f"{MKDOCS}      locale: {locale}\n"})
        return build_at(tmp_path)

    return build


def test_a_german_portal(small: Callable[[str], Built]) -> None:
    """Pages say that they are German; words, dates and numbers are, goals and files for programs stay as they were."""
    folder = small("de").site.folder
    page = (folder / "acme/it/2026-Q1/reliability/index.html").read_text(encoding="utf-8")
    assert '<html lang="de" dir="ltr">' in page
    assert re.search(r"\d\u00a0%", page)
    assert not re.search(r"\d%", page)
    assert re.search(r"\d\. Feb\.", page)
    assert "People rely on our systems" in page
    assert '"as_of": "2026-02-14"' in (folder / "api/okrs.json").read_text(encoding="utf-8")


def test_english_needs_no_words(small: Callable[[str], Built]) -> None:
    """An English portal loads none for its scripts."""
    built = small("en-US")
    assert re.search(r"\bFeb \d", (built.site.folder / "acme/it/index.html").read_text(encoding="utf-8"))
    assert not list((built.site.folder / "assets").glob("words*"))
    assert not [each for page in built.site.pages.values() for each in page.links if "assets/words" in each]


def test_from_right_to_left(small: Callable[[str], Built]) -> None:
    """Every page says which way its language is written."""
    for page in small("ar").site.pages.values():
        (html,) = page.all("html")
        assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")
