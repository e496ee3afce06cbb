"""The plugin's option ``forge``: what kind of forge it is, or where files are on one that is like no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from okrsite.settings import ForgeOptions
from okrsite.site.forge import KINDS, kind_of

_KEYS = ("kind", "branch", "folder", "view", "edit", "new")
_PLACES = {"view": ("path", "line", "branch"), "edit": ("path", "line", "branch")}
_NEW_PLACES = ("path", "folder", "name", "text", "branch")
_BRANCH = re.compile(r"(?!.*\.\.)[^\s~^:?*\[\]\\{}/-][^\s~^:?*\[\]\\{}]*")
_FOLDER = re.compile(r"[^/\s][^\\{}?#]*")

Fault = tuple[str, str]
"""What is wrong, and what to do about it."""


def read_forge(value: object, repo_url: str, edit_uri: str) -> tuple[ForgeOptions, list[Fault]]:
    """The option with its defaults, and everything that is wrong with it.

    Args:
        value: As in ``mkdocs.yml``; None where it is left out.
        repo_url: Tells the kind where the option does not.
        edit_uri: Likewise.
    """
    given = value if isinstance(value, dict) else {} if value is None else {"kind": value}
    faults = list(_faults(given))
    if faults:
        return ForgeOptions(), faults
    texts = {str(key): str(each) for key, each in given.items()}
    kind = texts.pop("kind", "") or kind_of(repo_url, edit_uri)
    folder = texts.pop("folder", None)
    return ForgeOptions(kind, folder=None if folder is None else folder.strip("/"), **texts), []


def _faults(given: dict[object, object]) -> Iterator[Fault]:
    for key, value in given.items():
        if key not in _KEYS:
            near = get_close_matches(str(key), _KEYS, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(_KEYS)}"
            yield f"forge: there is no '{key}'", hint
        elif key == "kind":
            if value not in KINDS:
                yield f"forge: '{value}' is not known", f"known: {', '.join(KINDS)}"
        elif key == "branch":
            if not isinstance(value, str) or not _BRANCH.fullmatch(value):
                yield f"forge: '{value}' cannot be the name of a branch", "write e.g. main"
        elif key == "folder":
            if not isinstance(value, str) or (value and (not _FOLDER.fullmatch(value) or ".." in value.split("/"))):
                hint = "write the content folder's path in the repository, e.g. goals/content, or '' for its root"
                yield f"forge: '{value}' is not a folder in the repository", hint
        else:
            yield from _address_faults(str(key), value)


def _address_faults(key: str, value: object) -> Iterator[Fault]:
    """What is wrong with an address that has places to fill."""
    known = _PLACES.get(key, _NEW_PLACES)
    example = "path" if key in _PLACES else "folder"
    if not isinstance(value, str) or not value.startswith(("https://", "http://")) or re.search(r'[\s"<>]', value):
        yield f"forge: {key} is not an address", f"write e.g. https://forge.example/goals/{key}/{{{example}}}"
        return
    named = re.findall(r"\{([^{}]*)\}", value)
    if unknown := [name for name in named if name not in known]:
        yield f"forge: {key} has no place {{{unknown[0]}}}", f"there are {', '.join(f'{{{each}}}' for each in known)}"
    elif not {"path", "folder"} & set(named):
        yield f"forge: {key} does not say where the file's path goes", f"put {{{example}}} into it"
