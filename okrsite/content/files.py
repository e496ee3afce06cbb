"""Reads one content file into the document it should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar, cast

from pydantic import BaseModel

from okrsite.content.documents.fields import MAX_PROSE
from okrsite.content.documents.objectives import ObjectiveFile
from okrsite.content.kept.inventory import Inventory
from okrsite.content.measurements import read_measurements
from okrsite.content.salvage import sound_part
from okrsite.content.syntax.frontmatter import split_front_matter
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.names import FileNames
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.prose import TANGLE_HINT, tangle
from okrsite.content.syntax.text import decoded, note_size, note_unreadable
from okrsite.content.syntax.tree import YamlMapping
from okrsite.content.validation import location_of, validate
from okrsite.frozen import frozen
from okrsite.model import Measurement, Source

Document = TypeVar("Document", bound=BaseModel)
Said = TypeVar("Said")
Parsed = tuple[str, object]
"""The digest of a file's content, and what that says."""
Parts = tuple[YamlMapping | None, str | None, bool]
"""The front matter of a Markdown file, its text, and whether the front matter has no problem."""


@frozen
class Found(Generic[Document]):
    """What a file holds.

    Attributes:
        document: What it says; of a file with problems what is sound.
        tree: Where it says so.
        whole: Whether that is all: the file has no problem.
    """

    document: Document
    tree: YamlMapping
    whole: bool


class Files:
    """The files of a portal, named in problems as seen from its folder.

    Args:
        root: The portal's folder.
        log: Takes the problems.
        inventory: Reads the files; with one, what they say is held for whoever reads them again.
    """

    def __init__(self, root: Path, log: ProblemLog, inventory: Inventory | None = None) -> None:
        self.path_of = FileNames(root).path_of
        """Gives a file's name in problems."""
        self.log = log
        self.inventory = Inventory() if inventory is None else inventory
        self._holds = inventory is not None
        self.known: dict[str, Parsed] = {}
        """What some files said when their content had a digest; it is not parsed again."""
        self.sound: dict[str, Parsed] = {}
        """What the files read by now say, those without a problem."""
        self.parsed: set[str] = set()
        """The files that had to be parsed."""

    def markdown(self, file: str) -> str | None:
        """The Markdown in a file, or None with the problem noted."""
        return self._said(file, lambda text, path: _prose(text, 1, path, self.log))

    def measurements(self, file: str) -> Sequence[Measurement]:
        """The measurements in a table, in its order; rows with problems are noted and left out."""
        return self._said(file, lambda text, path: read_measurements(text, path, self.log)) or ()

    def document(self, file: str, kind: type[Document]) -> Found[Document] | None:
        """The document in a YAML file with its tree of places, or None with the problems noted."""
        before = len(self.log)
        tree = self._said(file, lambda text, path: parse_yaml(text, path, self.log))
        return None if tree is None else _document(tree, self.path_of(file), kind, self.log, before)

    def objective(self, file: str) -> tuple[Found[ObjectiveFile], str] | None:
        """The front matter of an objective's Markdown file, and the Markdown; None with the problems noted."""
        parts = self._said(file, lambda text, path: _parts(text, path, self.log))
        return None if parts is None else _objective(parts, self.path_of(file), self.log)

    def _said(self, file: str, parse: Callable[[str, str], Said | None]) -> Said | None:
        """What a file says, as it was parsed now or another time."""
        known = self.sound.get(file) or self.known.get(file)
        if known is not None and known[0] == self.inventory.digest(file):
            self.sound[file] = known
            return cast("Said", known[1])
        self.parsed.add(file)
        before = len(self.log)
        path = self.path_of(file)
        text = self._text(file, path)
        said = None if text is None else parse(text, path)
        if self._holds and said is not None and len(self.log) == before:
            self.sound[file] = (self.inventory.digest(file), said)
        return said

    def _text(self, file: str, path: str) -> str | None:
        try:
            raw = self.inventory.raw(file)
        except OSError as error:
            note_unreadable(error, path, self.log)
            return None
        if raw is None:
            note_size(path, self.log)
            return None
        return decoded(raw, path, self.log)


def document_in(
    text: str, path: str, kind: type[Document], log: ProblemLog, first_line: int = 1
) -> Found[Document] | None:
    """The document in YAML text with its tree of places, or None with the problems noted.

    Args:
        text: The YAML.
        path: The file's name in problems.
        kind: What the file should be.
        log: Takes the problems.
        first_line: The number of the text's first line in its file.
    """
    before = len(log)
    tree = parse_yaml(text, path, log, first_line=first_line)
    return None if tree is None else _document(tree, path, kind, log, before)


def _document(
    tree: YamlMapping, path: str, kind: type[Document], log: ProblemLog, before: int
) -> Found[Document] | None:
    """The document in a tree; it is whole where the log is as long as before."""
    document = validate(kind, tree, path, log)
    if document is not None:
        return Found(document, tree, len(log) == before)
    sound = sound_part(kind, tree, lambda detail: location_of(kind, detail))
    return None if sound is None else Found(*sound, whole=False)


def objective_in(text: str, path: str, log: ProblemLog) -> tuple[Found[ObjectiveFile], str] | None:
    """The front matter of an objective's Markdown, and the Markdown; None with the problems noted."""
    parts = _parts(text, path, log)
    return None if parts is None else _objective(parts, path, log)


def _parts(text: str, path: str, log: ProblemLog) -> Parts | None:
    split = split_front_matter(text)
    if split is None:
        hint = "begin with a line ---, then the objective's keys, then a line --- again"
        log.add("OKR114", Source(path), "the file has no front matter", hint)
        return None
    front, markdown = split
    words = _prose(markdown, front.count("\n") + 3, path, log)
    before = len(log)
    tree = parse_yaml(front, path, log, first_line=2)
    return tree, words, len(log) == before


def _objective(parts: Parts, path: str, log: ProblemLog) -> tuple[Found[ObjectiveFile], str] | None:
    tree, words, whole = parts
    found = None if tree is None else _document(tree, path, ObjectiveFile, log, len(log) if whole else -1)
    return None if found is None or words is None else (found, words)


def _prose(text: str, line: int, path: str, log: ProblemLog) -> str | None:
    if len(text) > MAX_PROSE:
        message = f"the text is longer than {MAX_PROSE} characters"
        log.add("OKR207", Source(path, line), message, "shorten it, or move parts to a page")
        return None
    if (found := tangle(text)) is not None:
        log.add("OKR218", Source(path, line + found[0] - 1), found[1], TANGLE_HINT)
        return None
    return text.strip()
