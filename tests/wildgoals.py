"""Files of goals that change at random and name each other at random: what they say may be wrong in any way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

Text = dict[str, str]

_UNITS = ("a", "a/b", "a/b/c", "a/d", "e", "a/2026-Q1")
_CYCLES = ("2026-Q1", "2026-Q1", "2026-Q1", "2026-Q2", "own")
_OBJECTIVES, _KEY_RESULTS, _KPIS = ("o", "p"), ("k", "l"), ("m", "n")
_ROOT = "content/okrs"


class WildAuthor:
    """Writes few files of few names, so that they meet often.

    Args:
        seed: Of the random numbers.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
        self.files: Text = {}
        self._past: list[Text] = []
        for _ in range(60):
            self._write()

    def edit(self) -> Text:
        """Change something, and give all files as they are then."""
        self._past.append(dict(self.files))
        actions: list[Callable[[], None]] = [self._write] * 12
        actions += [self._remove, self._remove, self._move, self._move_unit, self._revert, self._break]
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            self.chance.choice(actions)()
        return dict(self.files)

    def _write(self) -> None:
        kinds = (self._unit, self._goals, self._goals, self._page, self._kpis, self._measurements, self._cycles)
        kind = self.chance.choice((*kinds, *[self._meeting] * 6))
        path, said = kind(f"{_ROOT}/{self.chance.choice(_UNITS)}")
        self.files[path] = said if isinstance(said, str) else json.dumps(said)

    def _remove(self) -> None:
        if len(self.files) > 5:
            del self.files[self.chance.choice(sorted(self.files))]

    def _move(self) -> None:
        """Give a file the place of another one."""
        former, now = self.chance.choice(sorted(self.files)), self.chance.choice(sorted(self.files))
        self.files[now] = self.files.pop(former)

    def _move_unit(self) -> None:
        former, now = (f"{_ROOT}/{self.chance.choice(_UNITS)}/" for _ in range(2))
        if not now.startswith(former):
            moved = {path: text for path, text in self.files.items() if path.startswith(former)}
            for path, text in moved.items():
                del self.files[path]
                self.files[now + path.removeprefix(former)] = text

    def _revert(self) -> None:
        self.files = dict(self.chance.choice(self._past[-6:]))

    def _break(self) -> None:
        self.files[self.chance.choice(sorted(self.files))] = "{broken: ["

    def _unit(self, folder: str) -> tuple[str, Any]:
        return f"{folder}/unit.yml", {"name": self.chance.choice(("A", "B")), "level": "team"}

    def _goals(self, folder: str) -> tuple[str, Any]:
        ids = self.chance.sample(_OBJECTIVES, self.chance.randint(1, 2))
        objectives = [{"id": id, **self._objective()} for id in ids]
        return f"{folder}/{self.chance.choice(_CYCLES)}.yml", {"objectives": objectives}

    def _page(self, folder: str) -> tuple[str, Any]:
        place = f"{self.chance.choice(_CYCLES)}/{self.chance.choice(_OBJECTIVES)}"
        return f"{folder}/{place}.md", f"---\n{json.dumps(self._objective())}\n---\nWhy.\n"

    def _objective(self) -> dict[str, Any]:
        ids = self.chance.sample(_KEY_RESULTS, self.chance.randint(1, 2))
        return {
            "title": self.chance.choice(("Goal", "Aim")),
            "owner": "Ada",
            "weight": self.chance.randint(1, 2),
            "state": self.chance.choice(("active", "active", "draft")),
            "supports": sorted({self._reference() for _ in range(self.chance.randint(0, 2))}),
            "key_results": [{"id": id, **self._key_result()} for id in ids],
        }

    def _key_result(self) -> dict[str, Any]:
        chance = self.chance
        said: dict[str, Any] = {"title": chance.choice(("Result", "Effect")), "weight": chance.randint(1, 2)}
        kind = chance.choice(("rollup", "rollup", "increase", "increase", "kpi", "at_least", "milestones"))
        if kind == "rollup":
            return said | {"kind": kind}
        if kind == "milestones":
            steps = [{"title": title, "done": chance.choice((None, self._day()))} for title in ("One", "Two")]
            steps = [{key: value for key, value in step.items() if value is not None} for step in steps]
            return said | {"kind": kind, "milestones": steps}
        if kind == "at_least":
            return said | {"kind": kind, "target": chance.randint(1, 9)}
        said |= {"kind": "increase", "baseline": 0, "target": chance.randint(1, 9)}
        if kind == "kpi":
            return said | {"kpi": self._reference()}
        if chance.random() < 0.3:
            said["due"] = self._day()
        if chance.random() < 0.3:
            said["check_ins"] = [{"date": self._day(), "value": chance.randint(0, 9)}]
        return said

    def _kpis(self, folder: str) -> tuple[str, Any]:
        kpis: list[dict[str, Any]] = []
        for id in self.chance.sample(_KPIS, self.chance.randint(1, 2)):
            kpis.append({"id": id, "name": id, "direction": "up", "target": 9, "cadence": "monthly"})
            if self.chance.random() < 0.4:
                kpis[-1]["measurements"] = [{"date": self._day(), "value": self.chance.randint(0, 9)}]
        return f"{folder}/kpis.yml", {"kpis": kpis}

    def _measurements(self, folder: str) -> tuple[str, Any]:
        days = sorted({self._day() for _ in range(self.chance.randint(1, 3))})
        rows = [f"{day},{self.chance.randint(0, 9)}\n" for day in days]
        return f"{folder}/kpis/{self.chance.choice(_KPIS)}.csv", "".join(["date,value\n", *rows])

    def _cycles(self, _: str) -> tuple[str, Any]:
        cycles = {"2026-Q1": {"end": f"2026-03-{self.chance.randint(20, 31)}"}}
        if self.chance.random() < 0.7:
            cycles["own"] = {"start": "2026-01-01", "end": f"2026-0{self.chance.randint(2, 6)}-01"}
        return f"{_ROOT}/cycles.yml", {"cycles": cycles}

    def _meeting(self, folder: str) -> tuple[str, Any]:
        said: dict[str, Any] = {"check_ins": {}}
        if self.chance.random() < 0.3:
            said["cycle"] = self.chance.choice(_CYCLES)
        for _ in range(self.chance.randint(1, 3)):
            value = self.chance.choice((self.chance.randint(0, 9), {"confidence": self.chance.randint(1, 9)}))
            said["check_ins"][self._reference()] = value
        ending = self.chance.choice(("", "-more"))
        return f"{folder}/check-ins/{self._day()}{ending}.yml", said

    def _day(self) -> str:
        return f"2026-0{self.chance.randint(1, 4)}-{self.chance.choice((5, 15)):02}"

    def _reference(self) -> str:
        """An id, or more or less of its end."""
        chance = self.chance
        objective = f"{chance.choice(_CYCLES)}/{chance.choice(_OBJECTIVES)}"
        goals = (objective, f"{objective}/{chance.choice(_KEY_RESULTS)}", f"kpis/{chance.choice(_KPIS)}")
        id = f"{chance.choice(_UNITS)}/{chance.choice(goals)}"
        parts = id.split("/")
        return "/".join(parts[-chance.choice((2, 2, 2, 1, 3, 4, len(parts), len(parts))) :])
