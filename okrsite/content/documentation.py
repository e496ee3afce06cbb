"""The pages of the documentation on the content format and its problems, made from what reads the content.

The words of the content format stand in ``content-format.md`` beside this file. In it, a line ``{keys: Name}`` becomes
the table of keys of a document, ``{limit: name}`` a number of the code, and ``{reserved}`` the reserved addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from okrsite.codes import CODES
from okrsite.content.documents import check_ins, cycles, fields, kpis, objectives, rollout, unit
from okrsite.content.folder import RESERVED_PATHS
from okrsite.content.syntax.events import MAX_VALUES
from okrsite.content.syntax.plain import MAX_DEPTH
from okrsite.content.syntax.scalars import MAX_DIGITS
from okrsite.content.syntax.text import MAX_BYTES

_TEMPLATE = Path(__file__).with_name("content-format.md")
_KEYS = re.compile(r"\{keys: (\w+)(?: without (\w+))?\}")
_LIMIT = re.compile(r"\{limit: (\w+)\}")

_PROBLEMS = """\
# Problems

<!-- Made by `make docs` from okrsite/codes.py; a test compares. -->

What can be wrong with the structure of a portal. Each is an error: it fails `okrsite check` and every build, and a
site that was built before stays as it is. They are found all at once and printed as `path:line:col: CODE message` with
a hint below. Codes never change their meaning. The format they speak of is in [content-format.md](content-format.md),
the rules for good goals (OKR5xx) are in [rules.md](rules.md).

| code | what |
|---|---|
"""

_LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "file_megabytes": MAX_BYTES // 1_000_000,
        "values": MAX_VALUES,
        "depth": MAX_DEPTH,
        "digits": MAX_DIGITS,
        "items": fields.MAX_ITEMS,
        "line": fields.MAX_LINE,
        "note": fields.MAX_NOTE,
        "prose": fields.MAX_PROSE,
    }
)

_DOCUMENTS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        document.__name__: document
        for document in (
            *(check_ins.CheckInsFile, check_ins.ReadingEntry, cycles.CyclesFile, cycles.CycleEntry),
            *(kpis.KpisFile, kpis.KpiBase, kpis.DirectedKpi, kpis.BandKpi, kpis.MeasurementEntry),
            *(objectives.ObjectivesFile, objectives.ObjectiveFile, objectives.ObjectiveEntry),
            *(objectives.KeyResultBase, objectives.DirectedKeyResult, objectives.ThresholdKeyResult),
            *(objectives.BetweenKeyResult, objectives.MilestonesKeyResult, objectives.MilestoneEntry),
            *(objectives.DoneKeyResult, objectives.RollupKeyResult, objectives.CheckInEntry),
            *(rollout.RolloutFile, rollout.MonthEntry, rollout.TaskEntry, rollout.EvidenceEntry, unit.UnitFile),
        )
    }
)

_TYPES: tuple[tuple[Any, str], ...] = (
    (fields.Line, "text"),
    (fields.Note, "text"),
    (fields.Prose, "Markdown"),
    (fields.Id, "id"),
    (fields.Reference, "reference"),
    (fields.CycleId, "cycle"),
    (fields.Day, "date"),
    (fields.Number, "number"),
    (fields.Weight, "number, 0 or more"),
    (fields.Share, "number, 0 to 1"),
    (fields.Confidence, "number, 0 to 10"),
    (fields.Days, "whole number"),
    (fields.MonthNumber, "whole number, 1 to 12"),
    (fields.Reading, "number, true or false"),
    (fields.Range, "[low, high]"),
    (fields.Done, "date or true"),
    (rollout.AtLeast, "number or percentage"),
    (rollout.Weeks, "week or weeks"),
    (bool, "true or false"),
)


def problems_page() -> str:
    """``docs/problems.md``: every structural code with its reason, how to mend it, and what it says."""
    rows = [f"| [{code.code}](#{_anchor(f'{code.code} {code.title}')}) | {code.title} |" for code in CODES.values()]
    sections = []
    for code in CODES.values():
        example = f"```text\n{code.code} {code.example}\n```\n\n" if code.example else ""
        sections.append(
            f"## {code.code} {code.title}\n\n{example}**Why:** {code.why}\n\n**How to mend:** {code.mend}\n"
        )
    return _PROBLEMS + "\n".join([*rows, "", *sections])


def content_format_page() -> str:
    """``docs/content-format.md``: what content may say, with a table of keys for each file."""
    text = _TEMPLATE.read_text(encoding="utf-8")
    text = _KEYS.sub(lambda found: "\n".join(_table(_DOCUMENTS[found[1]], found[2])), text)
    text = _LIMIT.sub(lambda found: f"{_LIMITS[found[1]]:,}", text)
    return text.replace("{reserved}", ", ".join(f"`{name}`" for name in sorted(RESERVED_PATHS)))


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def _table(document: type[BaseModel], without: str | None) -> Iterator[str]:
    """The keys of a document, or of what it has beyond another."""
    yield "| key | type | default | meaning |"
    yield "|---|---|---|---|"
    hints = get_type_hints(document, include_extras=True)
    known = _DOCUMENTS[without].model_fields if without else {}
    keys = [(name, field) for name, field in document.model_fields.items() if name not in known]
    for name, field in sorted(keys, key=lambda key: (key[0] != "id", not key[1].is_required())):
        meaning, default = _meaning(field)
        yield f"| `{name}` | {_type(hints[name])} | {default or _default(field)} | {meaning} |"


def _meaning(field: FieldInfo) -> tuple[str, str]:
    """What a key means, and the default that is a matter of words."""
    meaning, _, default = (field.description or "").removesuffix(".").partition("; default")
    return f"{meaning}.", default.removeprefix(":").strip()


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    default = field.get_default(call_default_factory=True, validated_data={})
    if default is None or default in ([], {}):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _type(annotation: Any) -> str:
    """A type in plain words."""
    for known, words in _TYPES:
        if annotation == known:
            return words
    members = [member for member in get_args(annotation) if member is not type(None)]
    origin = get_origin(annotation)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in members)
    if origin is list:
        return f"list of {_plural(members[0])}"
    if origin is dict:
        return f"mapping of {_plural(members[1])}"
    if origin in (Union, UnionType) and len(members) == 1:
        return _type(members[0])
    return "mapping"


def _plural(annotation: Any) -> str:
    words = _type(annotation)
    return {"mapping": "mappings", "reference": "references", "text": "texts"}[words]
