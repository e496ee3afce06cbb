"""What of an objective goes on in the next cycle: its entry as it was written, without what belongs to the old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from okrsite.content.syntax.tree import YamlMapping
from okrsite.editing.fragments import Fragment, Inline
from okrsite.editing.objectivefiles import short_id
from okrsite.model import Cycle, KeyResult, Objective
from okrsite.scoring import Figures

_LEFT_BEHIND = frozenset({"state", "score", "closing_note", "continues", "supports", "key_results"})
_OF_THE_CYCLE = frozenset({"start", "due", "check_ins"})
_WORDS = frozenset({"id", "kpi"})
"""Keys whose value is a name, even where it looks like a number."""


def goes_on(objective: Objective, figures: Figures) -> bool:
    """Whether an objective is unfinished: active, closed or postponed, and below its target.

    A postponed one was put off to later, and the next cycle is later.
    """
    may = objective.state in ("active", "closed", "postponed") and figures.objectives[objective.id].progress < 1
    return may and any(kr.weight for kr in unfinished(objective, figures))


def unfinished(objective: Objective, figures: Figures) -> tuple[KeyResult, ...]:
    """The key results that are not achieved; milestones without those that are done."""
    found = []
    for kr in objective.key_results:
        steps = tuple(each for each in kr.milestones if each.done is None or each.done > figures.as_of)
        if figures.key_results[kr.id].progress < 1 and (kr.kind != "milestones" or any(each.weight for each in steps)):
            found.append(replace(kr, milestones=steps))
    return tuple(found)


def carried(objective: Objective, cycle: Cycle, supports: tuple[str, ...], figures: Figures) -> Objective:
    """An objective as it shall be in the next cycle.

    A key result begins where it stands; without a reading, where it began.

    Args:
        objective: As it is.
        cycle: The next cycle.
        supports: What it supports there.
        figures: Of the portal; they say what is unfinished and where it stands.
    """
    id = id_in(objective, cycle)
    key_results = tuple(
        replace(
            kr,
            id=f"{id}/{short_id(kr.id)}",
            objective_id=id,
            baseline=_stands_at(kr, figures),
            start=cycle.start,
            due=cycle.end,
            check_ins=(),
        )
        for kr in unfinished(objective, figures)
    )
    return replace(
        objective,
        id=id,
        cycle_id=cycle.id,
        supports=supports,
        state="active",
        key_results=key_results,
        score=None,
        closing_note="",
        continues=objective.id,
    )


def id_in(objective: Objective, cycle: Cycle) -> str:
    """The id of an objective in another cycle."""
    return f"{objective.unit_id}/{cycle.id}/{short_id(objective.id)}"


def _stands_at(kr: KeyResult, figures: Figures) -> Decimal | None:
    current = figures.key_results[kr.id].current
    if kr.kind in ("increase", "decrease") and isinstance(current, Decimal):
        return current
    return kr.baseline


def entry(tree: YamlMapping, before: Objective, after: Objective) -> dict[str, Fragment]:
    """What a file of the next cycle says of an objective, in the order of the old file's keys.

    Args:
        tree: What the old file says of it.
        before: The objective as it is.
        after: As it shall be.
    """
    made: dict[str, Fragment] = {}
    behind = "supports" if "supports" in tree else next(key for key in ("weight", "type", "owner") if key in tree)
    for key, value in tree.items():
        if key not in _LEFT_BEHIND:
            made[key] = _word(value) if key in _WORDS else value
        if key == behind:
            if after.supports:
                made["supports"] = list(after.supports)
            made["continues"] = f"{before.cycle_id}/{short_id(before.id)}"
    kept = {short_id(kr.id): kr for kr in after.key_results}
    made["key_results"] = [_key_result(each, kept[_id(each)]) for each in tree["key_results"] if _id(each) in kept]
    return made


def _key_result(tree: YamlMapping, after: KeyResult) -> Mapping[str, Fragment]:
    made: dict[str, Fragment] = {}
    for key, value in tree.items():
        if key == "baseline" and after.baseline is not None:
            made[key] = value if value == after.baseline else after.baseline
        elif key == "milestones":
            open_ones = {each.title for each in after.milestones}
            made[key] = [Inline(step) for step in value if _title(step) in open_ones]
        elif key not in _OF_THE_CYCLE:
            made[key] = _word(value) if key in _WORDS else value
    return made


def _id(tree: YamlMapping) -> str:
    return _word(tree["id"])


def _word(value: object) -> str:
    """A name, as it was written; one of digits is no number."""
    return str(getattr(value, "text", value))


def _title(tree: YamlMapping) -> str:
    return str(tree["title"])
