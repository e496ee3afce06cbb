"""What a person types or a program hands over, checked by the rules of the content before it goes into a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from okrsite.content import ProblemLog, read_text
from okrsite.content.documents.fields import Confidence, Entry, Line, Note, Prose, Reading, Share
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.scalars import NumberError, resolve
from okrsite.content.syntax.text import forbidden_character
from okrsite.content.syntax.tree import NoValue, PlainNumber, YamlMapping
from okrsite.content.syntax.wording import named as named_character
from okrsite.content.syntax.wording import shown
from okrsite.content.validation import validate
from okrsite.editing.scope import Complaint
from okrsite.frozen import frozen
from okrsite.problems import ContentError

Document = TypeVar("Document", bound=BaseModel)

_ANSWERS = {"yes": True, "y": True, "no": False, "n": False}


class AnswerError(ValueError):
    """An answer that cannot be taken; ``complaint`` says why and what to do."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.message)
        self.complaint = complaint


@frozen
class Verdict:
    """What an owner says of an objective at its end; what is not said stays as it is."""

    score: Decimal | None = None
    closing_note: str = ""


class VerdictEntry(Entry):
    """A verdict in a file."""

    score: Share | None = Field(None, description="The owner's own grade at the end.")
    closing_note: Prose | None = Field(None, description="What was learned.")


class _Verdicts(Entry):
    verdicts: dict[str, VerdictEntry]


def _adapter(kind: Any) -> Callable[[object], Any]:
    adapter = TypeAdapter[Any](kind)
    return lambda value: adapter.validate_python(value, strict=True)


_share, _confidence, _reading = _adapter(Share), _adapter(Confidence), _adapter(Reading)
_note, _prose, _line = _adapter(Note), _adapter(Prose), _adapter(Line)


def score(typed: str) -> Decimal:
    """An owner's own grade, 0 to 1.

    Raises:
        AnswerError: It is none.
    """
    return _number(typed, _share, "write it as a share of 1, e.g. 0.7")


def confidence(typed: str) -> Decimal:
    """How sure an owner is, 0 to 10.

    Raises:
        AnswerError: It is no such number.
    """
    return _number(typed, _confidence, "write a number from 0 to 10")


def reading(typed: str, kind: str) -> Decimal | bool:
    """A value of a key result of a kind.

    Raises:
        AnswerError: The kind cannot take it.
    """
    text = typed.strip()
    if kind == "done":
        value = _resolved(text) if text.lower() not in _ANSWERS else _ANSWERS[text.lower()]
        if not isinstance(value, bool):
            raise AnswerError(Complaint(f"{shown(typed)} is neither true nor false", "write true or false"))
        return value
    return _number(typed, _reading, "write the number alone, e.g. 99.5, without unit or separators")


def note(typed: str) -> str:
    """A note of a check-in."""
    return _text(typed, _note)


def prose(typed: str) -> str:
    """A closing note, in Markdown."""
    return _text(typed, _prose).strip()


def person(typed: str) -> str:
    """A person's name."""
    return _text(typed, _line)


def _number(typed: str, check: Callable[[object], Any], hint: str) -> Decimal:
    value = _resolved(typed.strip())
    if not isinstance(value, PlainNumber):
        raise AnswerError(Complaint(f"{shown(typed)} is not a number", hint))
    _checked(value, check)
    return value


def _resolved(text: str) -> object:
    try:
        return resolve(text) if text else NoValue.EMPTY
    except NumberError as error:
        raise AnswerError(Complaint(str(error), error.hint)) from None


def _text(typed: str, check: Callable[[object], Any]) -> str:
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    bad = forbidden_character(text)
    if bad is not None:
        raise AnswerError(Complaint(f"the character {named_character(bad)} may not be used", "leave it out"))
    return str(_checked(text, check))


def _checked(value: object, check: Callable[[object], Any]) -> object:
    try:
        return check(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        context = detail.get("ctx", {})
        if "message" in context:
            raise AnswerError(Complaint(context["message"], context["hint"])) from None
        if detail["type"] == "string_too_long":
            message = f"the text is longer than {context['max_length']} characters"
            raise AnswerError(Complaint(message, "shorten it")) from None
        raise AnswerError(Complaint("the text is empty", "write something, or leave it out")) from None


def pairs(typed: Sequence[str], option: str) -> tuple[list[tuple[str, str]], list[Complaint]]:
    """``ID=TEXT`` of an option that may be given several times, and what is wrong with them."""
    found, complaints = [], []
    for each in typed:
        id, sign, text = each.partition("=")
        if sign and id.strip():
            found.append((id.strip(), text))
        else:
            complaints.append(Complaint(f"{option} {shown(each)} names no goal", f"write {option} ID=..."))
    return found, complaints


def verdicts_file(file: Path) -> Mapping[str, Verdict]:
    """Verdicts from a YAML file: id -> score, closing_note.

    Raises:
        ContentError: It holds something else; with the places.
    """
    tree = file_tree(file)
    whole = YamlMapping((1, 1))
    whole["verdicts"], whole.marks["verdicts"] = tree, (1, 1, 1, 1)
    document = checked_file(_Verdicts, whole, str(file))
    return {id: Verdict(entry.score, (entry.closing_note or "").strip()) for id, entry in document.verdicts.items()}


def file_tree(file: Path) -> YamlMapping:
    """The mapping in a YAML file.

    Raises:
        ContentError: It cannot be read, or is none.
    """
    log = ProblemLog()
    text = read_text(file, str(file), log)
    tree = None if text is None else parse_yaml(text, str(file), log)
    if tree is None or len(log):
        raise ContentError(log.problems)
    return tree


def checked_file(kind: type[Document], tree: YamlMapping, path: str) -> Document:
    """What a file holds.

    Raises:
        ContentError: It does not fit.
    """
    log = ProblemLog()
    document = validate(kind, tree, path, log)
    if document is None:
        raise ContentError(log.problems)
    return document
