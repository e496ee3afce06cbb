"""From a tree of plain values to a document, or to problems with their places."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from okrsite.content.documents.fields import shown
from okrsite.content.log import ProblemLog
from okrsite.content.yamltree import YamlMapping, mark_of
from okrsite.model import Source

Document = TypeVar("Document", bound=BaseModel)

_WANTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def validate(kind: type[Document], tree: YamlMapping, path: str, log: ProblemLog) -> Document | None:
    """The document that a tree holds; None, with every problem noted, where it does not fit.

    Args:
        kind: What the file should be.
        tree: What the file says.
        path: The file's name in problems.
        log: Takes the problems.
    """
    try:
        return kind.model_validate(tree)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(kind, tree, path, detail, log)
        return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or else the known words."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known: {', '.join(words)}" if 0 < len(words) <= 25 else ""


def _note(kind: type[BaseModel], tree: YamlMapping, path: str, detail: ErrorDetails, log: ProblemLog) -> None:
    location = detail["loc"]
    mark = mark_of(tree, location, key=detail["type"] in ("extra_forbidden", "string_too_long"))
    code, message, hint = _explain(kind, detail)
    log.add(code, Source(path, *mark), message, hint)


def _explain(kind: type[BaseModel], detail: ErrorDetails) -> tuple[str, str, str]:
    error, location, value = detail["type"], detail["loc"], detail["input"]
    context: dict[str, Any] = detail.get("ctx", {})
    key = str(location[-1]) if location else ""
    if error.startswith("OKR"):
        return error, _name(location) + detail["msg"], context.get("hint", "")
    if error == "extra_forbidden":
        owner = _model_at(kind, location[:-1])
        return "OKR202", f"unknown key '{key}'", did_you_mean(key, owner.model_fields if owner else ())
    if error in ("missing", "union_tag_not_found"):
        missing = key if error == "missing" else context["discriminator"].strip("'")
        owner = _model_at(kind, location[:-1])
        about = owner.model_fields[missing].description if owner and missing in owner.model_fields else ""
        return "OKR203", f"missing key '{missing}'", f"add `{missing}:`" + (f" - {about}" if about else "")
    if error in ("literal_error", "union_tag_invalid"):
        if error == "union_tag_invalid":
            key, value = context["discriminator"].strip("'"), context["tag"]
            words = context["expected_tags"].replace("'", "").split(", ")
        else:
            words = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return "OKR206", f"{key}: {shown(value)} is not one of {', '.join(words)}", did_you_mean(str(value), words)
    if error == "string_too_short":
        return "OKR207", f"{key}: the text is empty", "fill it or delete the key"
    if error == "string_too_long":
        return "OKR207", f"{key}: the text is longer than {context['max_length']} characters", "shorten it"
    if error == "too_short":
        return "OKR203", f"{key}: at least one is needed", ""
    wanted = _WANTED.get(error, error)
    hint = "put it in quotes" if error == "string_type" and not isinstance(value, (dict, list, type(None))) else ""
    return "OKR201", f"{_name(location)}{shown(value)} is not {wanted}", hint


def _name(location: tuple[int | str, ...]) -> str:
    """The key that a value belongs to, as the beginning of a message."""
    names = [step for step in location if isinstance(step, str)]
    return f"{names[-1]}: " if names else ""


def _model_at(kind: type[BaseModel], location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The class of entry that stands at a location."""
    here: Any = kind
    for step in location:
        if isinstance(here, type) and issubclass(here, BaseModel):
            if step not in here.model_fields:
                return None
            here = here.model_fields[str(step)].annotation
        elif get_origin(here) is list:
            here = get_args(here)[0]
        elif get_origin(here) is dict:
            here = get_args(here)[1]
        else:
            here = _member(here, step)
        here = _plain(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _plain(annotation: Any) -> Any:
    """An annotation without its metadata and without ``| None``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    members = [member for member in get_args(annotation) if member is not type(None)]
    if get_origin(annotation) not in (list, dict, tuple, Literal) and len(members) == 1:
        return _plain(members[0])
    return annotation


def _member(union: Any, tag: int | str) -> Any:
    """The member of a union that a tag such as the kind of a key result chooses."""
    for member in get_args(union):
        if isinstance(member, type) and issubclass(member, BaseModel):
            for field in member.model_fields.values():
                if get_origin(field.annotation) is Literal and tag in get_args(field.annotation):
                    return member
    return None
