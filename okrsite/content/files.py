"""Reads one content file into the document it should be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from okrsite.content.documents.fields import MAX_PROSE
from okrsite.content.documents.objectives import ObjectiveFile
from okrsite.content.frontmatter import split_front_matter
from okrsite.content.log import ProblemLog
from okrsite.content.prose import TANGLE_HINT, tangle
from okrsite.content.salvage import sound_part
from okrsite.content.text import read_text
from okrsite.content.validation import location_of, validate
from okrsite.content.wording import printable
from okrsite.content.yamlparser import parse_yaml
from okrsite.content.yamltree import YamlMapping
from okrsite.model import Source

Document = TypeVar("Document", bound=BaseModel)


@dataclass(frozen=True, slots=True)
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
    """

    def __init__(self, root: Path, log: ProblemLog) -> None:
        self._root = f"{root}{os.sep}"
        self.log = log

    def path_of(self, file: Path) -> str:
        """A file's name in problems: relative to the portal's folder, with forward slashes."""
        name = str(file)
        name = name[len(self._root) :] if name.startswith(self._root) else os.path.relpath(name, self._root)
        return printable(name.replace(os.sep, "/"))

    def text(self, file: Path) -> str | None:
        """The file's text, or None with the problem noted."""
        return read_text(file, self.path_of(file), self.log)

    def markdown(self, file: Path) -> str | None:
        """The Markdown in a file, or None with the problem noted."""
        text = self.text(file)
        return None if text is None else _prose(text, 1, self.path_of(file), self.log)

    def document(self, file: Path, kind: type[Document]) -> Found[Document] | None:
        """The document in a YAML file with its tree of places, or None with the problems noted."""
        text = self.text(file)
        return None if text is None else document_in(text, self.path_of(file), kind, self.log)

    def objective(self, file: Path) -> tuple[Found[ObjectiveFile], str] | None:
        """The front matter of an objective's Markdown file, and the Markdown; None with the problems noted."""
        text = self.text(file)
        return None if text is None else objective_in(text, self.path_of(file), self.log)


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
    if tree is None:
        return None
    document = validate(kind, tree, path, log)
    if document is not None:
        return Found(document, tree, len(log) == before)
    sound = sound_part(kind, tree, lambda detail: location_of(kind, detail))
    return None if sound is None else Found(*sound, whole=False)


def objective_in(text: str, path: str, log: ProblemLog) -> tuple[Found[ObjectiveFile], str] | None:
    """The front matter of an objective's Markdown, and the Markdown; None with the problems noted."""
    parts = split_front_matter(text)
    if parts is None:
        hint = "begin with a line ---, then the objective's keys, then a line --- again"
        log.add("OKR114", Source(path), "the file has no front matter", hint)
        return None
    front, markdown = parts
    words = _prose(markdown, front.count("\n") + 3, path, log)
    found = document_in(front, path, ObjectiveFile, log, first_line=2)
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
