"""From a tree of plain values to a document, or to problems with their places."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from okrsite.content.documents.fields import Entry
from okrsite.content.syntax.log import MAX_IN_FILE, ProblemLog
from okrsite.content.syntax.tree import NoValue, YamlMapping, mark_of, reach
from okrsite.content.syntax.wording import did_you_mean, on_one_line, shown
from okrsite.frozen import frozen
from okrsite.model import Source

Document = TypeVar("Document", bound=BaseModel)
Location = tuple[int | str, ...]

_MAX_COMPARED = 500
"""Unknown words that are compared with the known ones in one portal; comparing costs time."""

_WANTED = {
    "string_type": ("text", "put it in quotes"),
    "bool_type": ("true or false", "write true or false"),
    "list_type": ("a list", "write it as [a, b], or one item a line, each with '- ' before it"),
}
_MAPPING = ("a mapping", "write 'key: value' lines")


@frozen
class _Spot:
    """Where a document's class is wrong about a tree.

    Attributes:
        location: Keys and indices that lead there in the tree.
        owner: The class of the entry that the last step is a key of, where it is known.
        members: All classes that the entry could be, told apart by a key such as ``kind``; empty where there is one.
        tag: What that key says, where the owner was chosen by it.
    """

    location: Location
    owner: type[BaseModel] | None
    members: tuple[type[BaseModel], ...] = ()
    tag: str = ""


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
        for detail in error.errors(include_url=False)[:MAX_IN_FILE]:
            _note(kind, tree, path, detail, log)
        return None


def location_of(kind: type[BaseModel], detail: ErrorDetails) -> Location:
    """Where in the tree something is wrong: pydantic's location without the tags of unions."""
    location = detail["loc"]
    if location and location[-1] == "[key]":
        location = location[:-1]
    return _spot(kind, location).location


def _note(kind: type[BaseModel], tree: YamlMapping, path: str, detail: ErrorDetails, log: ProblemLog) -> None:
    error, value, context, location = detail["type"], detail["input"], detail.get("ctx", {}), detail["loc"]
    at_key = error == "extra_forbidden"
    if location and location[-1] == "[key]":
        location, at_key = location[:-1], True
    if error.startswith("union_tag") and isinstance(value, dict):
        _note_common(kind, tree, path, detail, log)
        tag = context["discriminator"].strip("'")
        location = (*location, tag)
        value = value.get(tag, value)
    elif error.startswith("union_tag"):
        error = "model_type"
    if value is NoValue.BROKEN or (isinstance(value, list) and NoValue.BROKEN in value):
        return  # noted already
    spot = _spot(kind, location)
    mark = mark_of(tree, spot.location, key=at_key)
    names = [step for step in reach(tree, spot.location) if isinstance(step, str)]
    name = on_one_line(names[-1]) if names else ""
    code, message, hint = _explain(spot, name, error, value, context, len(log) < _MAX_COMPARED)
    log.add(code, Source(path, *mark), message, hint)


def _note_common(kind: type[BaseModel], tree: YamlMapping, path: str, detail: ErrorDetails, log: ProblemLog) -> None:
    """Where an entry does not say which of several it is: what is wrong with the keys that all of them have."""
    base = _common(_spot(kind, (*detail["loc"], "?")).members)
    try:
        base.model_validate(detail["input"])
    except ValidationError as error:
        for each in error.errors(include_url=False)[:MAX_IN_FILE]:
            if each["type"] != "extra_forbidden":
                _note(kind, tree, path, {**each, "loc": (*detail["loc"], *each["loc"])}, log)


def _common(members: tuple[type[BaseModel], ...]) -> type[BaseModel]:
    """The nearest class that all of some classes are made from."""
    first, *others = members
    return next(base for base in first.__mro__[1:] if all(issubclass(other, base) for other in others))


def _explain(
    spot: _Spot, name: str, error: str, value: Any, context: dict[str, Any], compare: bool
) -> tuple[str, str, str]:
    """Code, message and hint.

    Args:
        spot: Where it is.
        name: The key in the file that the value belongs to; empty at the top.
        error: Pydantic's name for what is wrong, or a code.
        value: What is wrong.
        context: What pydantic or the type of the field says about it.
        compare: Whether there is time to look for what was meant.
    """
    key = str(spot.location[-1]) if spot.location else ""
    about = f"{name}: " if name else ""
    if error == "extra_forbidden":
        return "OKR202", *_unknown_key(key, spot, compare)
    if error == "union_tag_not_found":
        words = [word for member in spot.members for word in _tag(member)[1]]
        return "OKR203", f"missing key '{key}'", f"add `{key}:`, one of {', '.join(words)}"
    if error == "missing":
        meaning = spot.owner.model_fields[key].description if spot.owner and key in spot.owner.model_fields else ""
        return "OKR203", f"missing key '{key}'", f"add `{key}:`" + (f" - {meaning}" if meaning else "")
    if value is NoValue.EMPTY:
        item = bool(spot.location) and isinstance(spot.location[-1], int)
        return "OKR207", f"{'an item of ' if item else ''}'{name}' is empty", "fill it in or delete it"
    if error.startswith("OKR"):
        return error, about + context["message"], context["hint"]
    if error in ("literal_error", "union_tag_invalid"):
        words = _words(context["expected" if error == "literal_error" else "expected_tags"])
        hint = did_you_mean(value, words) if isinstance(value, str) and compare else f"known: {', '.join(words)}"
        return "OKR206", f"{about}{shown(value)} is not one of {', '.join(words)}", hint
    if error == "string_too_short":
        return "OKR207", f"'{name}' is empty", "fill it in or delete it"
    if error == "string_too_long":
        return "OKR207", f"{about}the text is longer than {context['max_length']} characters", "shorten it"
    if error == "too_short":
        return "OKR203", f"{about}the list is empty", "add at least one item"
    if error == "too_long":
        return "OKR214", f"{about}the list has more than {context['max_length']} items", "shorten it"
    wanted, hint = _WANTED.get(error, _MAPPING)
    if wanted == "text" and isinstance(value, (dict, list)):
        hint = "write text; in quotes if it begins with a bracket"
    return "OKR201", f"{about}{shown(value)} is not {wanted}", hint


def _unknown_key(key: str, spot: _Spot, compare: bool) -> tuple[str, str]:
    """Message and hint for a key that the entry does not have."""
    message = f"unknown key {shown(key)}"
    if spot.owner is not None and issubclass(spot.owner, Entry) and key in spot.owner.elsewhere:
        return message, spot.owner.elsewhere[key]
    elsewhere = [word for member in spot.members if key in member.model_fields for word in _tag(member)[1]]
    if elsewhere:
        chooser = _tag(spot.members[0])[0]
        return f"{message} beside {chooser}: {spot.tag}", f"it goes with {chooser}: {', '.join(elsewhere)}"
    return message, did_you_mean(key, spot.owner.model_fields) if spot.owner and compare else ""


def _tag(entry: type[BaseModel]) -> tuple[str, tuple[str, ...]]:
    """The key that tells a class of entry from its alternatives, and its words for it."""
    for name in ("kind", "direction"):
        field = entry.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is Literal:
            return name, get_args(field.annotation)
    return "", ()


def _words(listed: str) -> list[str]:
    """The words in pydantic's "'a', 'b' or 'c'"."""
    return listed.replace("'", "").replace(" or ", ", ").split(", ")


def _spot(kind: type[BaseModel], location: Location) -> _Spot:
    """Follows a location of pydantic's through the classes, and drops the tags of unions that it holds."""
    steps: list[int | str] = []
    here: Any = kind
    owner: type[BaseModel] | None = None
    members: tuple[type[BaseModel], ...] = ()
    tag = ""
    for step in location:
        if found := _members(here):
            members = found
            chosen = next((member for member in members if step in _tag(member)[1]), None)
            if chosen is not None:
                here, tag = chosen, str(step)
                continue
            owner = here = None  # no member was chosen: the step is the key that chooses
        elif isinstance(here, type) and issubclass(here, BaseModel):
            owner = here
            here = _plain(here.model_fields[str(step)].annotation) if step in here.model_fields else None
        elif get_origin(here) in (list, dict):
            owner, members, tag, here = None, (), "", _plain(get_args(here)[-1])
        else:
            owner = here = None
        steps.append(step)
    return _Spot(tuple(steps), owner, members, tag)


def _plain(annotation: Any) -> Any:
    """An annotation without its metadata and without ``| None``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    members = [member for member in get_args(annotation) if member is not type(None)]
    if get_origin(annotation) not in (list, dict, tuple, Literal) and len(members) == 1:
        return _plain(members[0])
    return annotation


def _members(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The classes of a union of entries; empty for anything else."""
    if get_origin(annotation) in (list, dict, tuple, Literal):
        return ()
    members = (member for member in get_args(annotation) if member is not type(None))
    return tuple(member for member in members if isinstance(member, type) and issubclass(member, BaseModel))
