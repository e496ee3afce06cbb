"""A portal that changes at random, as files; it is free of errors whatever is done to it."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_CYCLES = ("2026-Q1", "2026-Q2")
Text = dict[str, str]


@dataclass
class Goals:
    """The goals, as plain values.

    Attributes:
        units: By id.
        objectives: By unit, cycle and id; each with its key results by id, and whether it has a file of its own.
        kpis: By unit and id.
        end: The last day of the first cycle.
    """

    units: dict[str, dict[str, Any]] = field(default_factory=dict)
    objectives: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    kpis: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    end: str = "2026-03-31"

    def take(self, other: Goals, unit: str) -> None:
        """Have of a unit at the top, and of all below it, what another has."""

        def within(key: str | tuple[str, ...]) -> bool:
            return (key if isinstance(key, str) else key[0]).partition("/")[0] == unit

        mine: Any
        theirs: Any
        for mine, theirs in (
            (self.units, other.units),
            (self.objectives, other.objectives),
            (self.kpis, other.kpis),
        ):
            for key in [key for key in mine if within(key)]:
                del mine[key]
            mine.update({key: value for key, value in theirs.items() if within(key)})

    def files(self) -> Text:
        """As content files; JSON is YAML."""
        goals = "content/okrs"
        found = {f"{goals}/cycles.yml": json.dumps({"cycles": {"2026-Q1": {"end": self.end}}})}
        for id, unit in self.units.items():
            found[f"{goals}/{id}/unit.yml"] = json.dumps(unit)
        together: dict[str, list[dict[str, Any]]] = {}
        for (unit_id, cycle, id), objective in self.objectives.items():
            said = {key: value for key, value in objective.items() if key not in ("key_results", "page", "order")}
            said["key_results"] = [{"id": kr, **fields} for kr, fields in objective["key_results"].items()]
            if objective["page"]:
                found[f"{goals}/{unit_id}/{cycle}/{id}.md"] = f"---\n{json.dumps(said)}\n---\nWhy.\n"
            else:
                together.setdefault(f"{goals}/{unit_id}/{cycle}.yml", []).append({"id": id, **said})
        found |= {path: json.dumps({"objectives": entries}, indent=1) for path, entries in together.items()}
        lists: dict[str, list[dict[str, Any]]] = {}
        for (unit_id, id), kpi in self.kpis.items():
            lists.setdefault(f"{goals}/{unit_id}/kpis.yml", []).append({"id": id, **kpi})
        return found | {path: json.dumps({"kpis": entries}, indent=1) for path, entries in lists.items()}


class Author:
    """Edits goals at random.

    Args:
        seed: Of the random numbers.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
        self.goals = Goals()
        self._number = 0
        for id in ("acme", "acme/it", "other"):
            self.goals.units[id] = {"name": f"Unit {id}", "level": "corporate"}
            self._add_objective(id)
            self.goals.kpis[id, "calls"] = self._kpi()

    def edit(self, within: str = "") -> None:
        """Change something.

        Args:
            within: Only what a unit has, by its id, and nothing that others name; anything where empty.
        """
        small: list[Callable[[str], None]] = [self._field, self._field, self._key_result, self._kpi_field, self._page]
        large = [self._come, self._go, self._rename, self._move, self._support, self._dates]
        action = self.chance.choice(small if within else small + large)
        action(within or self.chance.choice(sorted(self.goals.units)))

    def snapshot(self) -> Goals:
        """The goals, to come back to."""
        return copy.deepcopy(self.goals)

    def _fresh(self, word: str) -> str:
        self._number += 1
        return f"{word}-{self._number}"

    def _kr(self) -> dict[str, Any]:
        return {"title": self._fresh("Result"), "kind": "increase", "baseline": 0, "target": self.chance.randint(1, 99)}

    def _kpi(self) -> dict[str, Any]:
        return {"name": self._fresh("Calls"), "direction": "up", "target": 9, "cadence": "daily"}

    def _add_objective(self, unit: str) -> None:
        krs = {self._fresh("kr"): self._kr() for _ in range(self.chance.randint(1, 3))}
        page = self.chance.random() < 0.4
        goal = {"title": self._fresh("Goal"), "owner": "Ada", "supports": [], "key_results": krs, "page": page}
        goal["order"] = self._number
        self.goals.objectives[unit, self.chance.choice(_CYCLES), self._fresh("goal")] = goal

    def _objective(self, unit: str) -> dict[str, Any] | None:
        own = [key for key in sorted(self.goals.objectives) if key[0] == unit]
        return self.goals.objectives[self.chance.choice(own)] if own else None

    def _field(self, unit: str) -> None:
        if (objective := self._objective(unit)) is None:
            return
        kr = objective["key_results"][self.chance.choice(sorted(objective["key_results"]))]
        what, name, value = self.chance.choice(
            (
                (objective, "owner", self.chance.choice(("Ada", "Bo", "Cy"))),
                (objective, "state", self.chance.choice(("active", "draft", "closed"))),
                (objective, "weight", self.chance.randint(1, 3)),
                (objective, "title", self._fresh("Goal")),
                (kr, "target", self.chance.randint(1, 99)),
                (kr, "weight", self.chance.randint(1, 3)),
                (kr, "due", f"2026-06-{self.chance.randint(10, 30)}"),
                (kr, "unit", self.chance.choice(("%", "EUR"))),
                (self.goals.units[unit], "lead", self.chance.choice(("Ada", "Bo"))),
            )
        )
        what[name] = value

    def _key_result(self, unit: str) -> None:
        if (objective := self._objective(unit)) is None:
            return
        krs = objective["key_results"]
        if len(krs) > 1 and self.chance.random() < 0.4:
            del krs[self.chance.choice(sorted(krs))]
        elif self.chance.random() < 0.5:
            krs[self._fresh("kr")] = krs.pop(self.chance.choice(sorted(krs)))
        else:
            krs[self._fresh("kr")] = self._kr()

    def _kpi_field(self, unit: str) -> None:
        own = [key for key in sorted(self.goals.kpis) if key[0] == unit]
        if own:
            self.goals.kpis[self.chance.choice(own)]["amber"] = self.chance.randint(1, 8)

    def _page(self, unit: str) -> None:
        if (objective := self._objective(unit)) is not None:
            objective["page"] = not objective["page"]

    def _come(self, unit: str) -> None:
        if self.chance.random() < 0.3:
            id = f"{unit}/{self._fresh('unit')}"
            self.goals.units[id] = {"name": self._fresh("Unit"), "level": "team"}
        elif self.chance.random() < 0.3:
            self.goals.kpis[unit, self._fresh("kpi")] = self._kpi()
        else:
            self._add_objective(unit)

    def _go(self, unit: str) -> None:
        if self.chance.random() < 0.3 and unit.count("/"):
            for place in (self.goals.units, self.goals.objectives, self.goals.kpis):
                for key in list(place):
                    id = key if isinstance(key, str) else key[0]
                    if id == unit or id.startswith(f"{unit}/"):
                        del place[key]  # type: ignore[attr-defined]
        else:
            own = [key for key in sorted(self.goals.objectives) if key[0] == unit]
            if own:
                del self.goals.objectives[self.chance.choice(own)]
        known = {"/".join(key) for key in self.goals.objectives}
        for objective in self.goals.objectives.values():
            objective["supports"] = [id for id in objective["supports"] if id in known]

    def _rename(self, unit: str) -> None:
        own = [key for key in sorted(self.goals.objectives) if key[0] == unit]
        kpis = [key for key in sorted(self.goals.kpis) if key[0] == unit]
        if kpis and self.chance.random() < 0.3:
            key = self.chance.choice(kpis)
            self.goals.kpis[unit, self._fresh("kpi")] = self.goals.kpis.pop(key)
        elif own:
            former = self.chance.choice(own)
            now = (*former[:2], self._fresh("goal"))
            self.goals.objectives[now] = self.goals.objectives.pop(former)
            self._follow(lambda goal: "/".join(now) if goal == "/".join(former) else goal)

    def _move(self, unit: str) -> None:
        """Give a unit, and all that is below it, another name."""
        now = f"{unit.rpartition('/')[0]}/{self._fresh('unit')}".lstrip("/")

        def moved(id: str) -> str:
            return now + id[len(unit) :] if id == unit or id.startswith(f"{unit}/") else id

        goals = self.goals
        goals.units = {moved(id): unit for id, unit in goals.units.items()}
        goals.objectives = {(moved(key[0]), *key[1:]): each for key, each in goals.objectives.items()}
        goals.kpis = {(moved(key[0]), key[1]): each for key, each in goals.kpis.items()}
        self._follow(moved)

    def _support(self, unit: str) -> None:
        """Support what was made later, so that there is no ring."""
        if (objective := self._objective(unit)) is None:
            return
        order = objective["order"]
        later = ["/".join(key) for key, each in sorted(self.goals.objectives.items()) if each["order"] > order]
        if later:
            objective["supports"] = sorted({*objective["supports"], self.chance.choice(later)})

    def _dates(self, _: str) -> None:
        self.goals.end = f"2026-03-{self.chance.randint(25, 31)}"

    def _follow(self, now: Callable[[str], str]) -> None:
        for objective in self.goals.objectives.values():
            objective["supports"] = [now(id) for id in objective["supports"]]
