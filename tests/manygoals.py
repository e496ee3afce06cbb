"""Portals of many goals with the words of a large organisation: a few are everywhere, most are rare."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from itertools import accumulate

from builders import make_cycle, make_key_result, make_kpi, make_objective, make_portal, make_unit

from okrsite.model import Portal
from okrsite.scoring import score
from okrsite.site.views import Gallery

AS_OF = date(2026, 5, 20)
_CYCLES = tuple(
    make_cycle(f"{year}-Q{quarter}", date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, 28))
    for year, quarter in ((2025, 3), (2025, 4), (2026, 1), (2026, 2))
)
_COMMON = (
    "improve reduce customer reliability quality teams training revenue costs support incidents platform security "
    "delivery satisfaction growth hiring automation response uptime onboarding retention compliance audit budget"
)
_SYLLABLES = (
    "an be con da der en fer gra hol in ka lan ment nor or pla qui re sta ter un ver wer zi tion ling bor mat sol ped"
)
_RARE = 6_000


def portal_of(entries: int) -> Portal:
    """A portal in which search finds about so many units, owners, objectives, key results and KPIs."""
    chance = random.Random(entries)  # noqa: S311 - seeded, to be the same each time
    words = _COMMON.split()
    syllables = _SYLLABLES.split()
    words += ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(_RARE)]
    weights = list(accumulate(1 / (place + 8) for place in range(len(words))))

    def title(least: int, most: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(least, most))).capitalize()

    owners = [title(2, 2).title() for _ in range(entries // 25)]
    units = [make_unit("acme", name="Acme", lead=owners[0])]
    for number in range(entries // 33):
        parent = units[number // 12].id if number else "acme"
        name = title(1, 3)
        level = "department" if parent == "acme" else "team"
        units.append(
            make_unit(
                f"{parent}/unit-{number}", name=name, level=level, lead=chance.choice(owners), mission=title(6, 12)
            )
        )
    rest = entries - len(units) - len(owners)
    kpis = [
        make_kpi(
            f"{chance.choice(units).id}/kpis/{_id(title, 2)}-{number}",
            name=title(2, 5),
            definition=title(6, 12),
            owner=chance.choice(owners),
        )
        for number in range(rest // 15)
    ]
    objectives = []
    left = rest - len(kpis)
    while left > 0:
        unit, cycle, owner = chance.choice(units), chance.choice(_CYCLES), chance.choice(owners)
        count = min(chance.choice((3, 4, 5)), max(left - 1, 1))
        key_results = [
            make_key_result(
                f"{_id(title, 1)}-{number}",
                title=f"{title(3, 7)} from {chance.randint(1, 50)} to {chance.randint(51, 99)}",
                owner=chance.choice((owner, owner, chance.choice(owners))),
                check_ins={cycle.start: chance.randint(0, 100)},
                cycle=cycle,
            )
            for number in range(count)
        ]
        id = f"{unit.id}/{cycle.id}/{_id(title, 2)}-{len(objectives)}"
        objectives.append(make_objective(id, key_results, title=title(4, 8), owner=owner))
        left -= count + 1
    return make_portal(objectives, kpis=kpis, units=units, cycles=_CYCLES)


def gallery_of(entries: int) -> Gallery:
    """Such a portal with its figures."""
    portal = portal_of(entries)
    return Gallery(portal, score(portal, AS_OF))


def _id(title: Callable[[int, int], str], words: int) -> str:
    return title(words, words).lower().replace(" ", "-")
