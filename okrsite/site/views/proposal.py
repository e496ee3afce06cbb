"""Proposing a check-in: what the form on an objective's page asks for, and what has to be done without a form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

from okrsite.frozen import frozen
from okrsite.model import KeyResult, Objective
from okrsite.site.addresses import anchor
from okrsite.site.forge import Forge
from okrsite.site.views import Gallery, KeyResultView, ObjectiveView
from okrsite.site.words import Words

MOST_DAYS = 10
"""How many of the latest check-ins of a key result the form knows, so that no day gets a second one."""

_EXAMPLES = 3
_BY_HAND = "YYYY-MM-DD"


@frozen
class Asked:
    """A key result that can be checked in.

    Attributes:
        reference: As the file names it.
        takes: What its value is: ``number``, ``choice`` of yes or no, or empty where it comes from elsewhere.
        elsewhere: Where it comes from then.
        unit: Its unit of measure.
        now: Its latest value in words; empty where it has none.
        days: The latest days that have a check-in, ISO.
        example: A value in YAML; empty where it takes none.
    """

    reference: str
    title: str
    takes: str
    elsewhere: str
    unit: str
    now: str
    days: tuple[str, ...]
    example: str

    @property
    def data(self) -> dict[str, object]:
        """What the form's script needs; what says nothing is left out."""
        said = {
            "reference": self.reference,
            "title": self.title,
            "takes": self.takes,
            "elsewhere": self.elsewhere,
            "unit": self.unit,
            "now": self.now,
            "days": self.days,
        }
        return {name: value for name, value in said.items() if value}


@frozen
class Proposal:
    """The new check-in file of an objective.

    Attributes:
        folder: Where it goes, relative to the portal's folder.
        word: What follows the date in its name.
        cycle: The objective's.
        start: First day on which the file need not name the cycle; with ``end``, empty where it always has to.
        end: Last such day.
        taken: Names that the folder has already.
        asked: The objective's key results.
        new: The forge's address for a new file, with ``{name}`` and, where it takes it along, ``{text}``.
        forge: What the forge is called; empty where unknown.
        example: What the file may hold.
    """

    folder: str
    word: str
    cycle: str
    start: str
    end: str
    taken: tuple[str, ...]
    asked: tuple[Asked, ...]
    new: str
    forge: str
    example: str

    @property
    def by_hand(self) -> str:
        """The file's name without a form."""
        return f"{_BY_HAND}-{self.word}.yml"

    @property
    def new_by_hand(self) -> str:
        """Where the file is made without a form, the example in it where the forge takes it along."""
        return self.new.replace("{name}", quote(self.by_hand)).replace("{text}", quote(self.example, safe=""))

    @property
    def data(self) -> dict[str, object]:
        """What the form's script needs."""
        return {
            "folder": self.folder,
            "word": self.word,
            "cycle": self.cycle,
            "start": self.start,
            "end": self.end,
            "taken": self.taken,
            "new": self.new,
            "forge": self.forge,
            "asked": [each.data for each in self.asked],
        }


def is_open(objective: Objective, start: date, end: date, every: int, as_of: date) -> bool:
    """Whether check-ins are waited for: the last ones of a cycle often come in a few days after it."""
    return objective.state == "active" and start <= as_of <= end + timedelta(days=every)


def proposal(gallery: Gallery, forge: Forge, view: ObjectiveView, folder: str) -> Proposal | None:
    """The form of an objective; None where no check-in is waited for.

    Args:
        gallery: The goals with their figures.
        forge: Where the content is.
        view: The objective.
        folder: The folder of the goals, relative to the portal's folder.
    """
    objective, cycle = view.objective, view.cycle
    if not is_open(objective, cycle.start, cycle.end, cycle.check_in_every, gallery.as_of):
        return None
    word = anchor(objective.id)
    place = f"{folder}/{objective.unit_id}/check-ins"
    others = [each for each in gallery.cycles_of(objective.unit_id) if each.id != cycle.id]
    alone = not any(each.start <= cycle.end and cycle.start <= each.end for each in others)
    asked = tuple(_asked(gallery.words, word, kr) for kr in view.key_results)
    return Proposal(
        folder=place,
        word=word,
        cycle=cycle.id,
        start=cycle.start.isoformat() if alone else "",
        end=cycle.end.isoformat() if alone else "",
        taken=_taken(view, word),
        asked=asked,
        new=forge.new(place),
        forge=forge.name,
        example=_example(gallery.words, cycle.id, asked),
    )


def _asked(words: Words, word: str, view: KeyResultView) -> Asked:
    kr = view.kr
    takes = _takes(kr)
    days = sorted({each.date for each in kr.check_ins}, reverse=True)[:MOST_DAYS]
    current = view.figures.current
    return Asked(
        reference=f"{word}/{anchor(kr.id)}",
        title=kr.title,
        takes=takes,
        elsewhere="" if takes else _elsewhere(words, kr),
        unit=kr.unit_of_measure if takes == "number" else "",
        now="" if current is None else words.measured(current, kr.unit_of_measure),
        days=tuple(day.isoformat() for day in days),
        example={"number": _number(kr, current), "choice": "true"}.get(takes, ""),
    )


def _elsewhere(words: Words, kr: KeyResult) -> str:
    _ = words.language.gettext
    if kr.kpi is not None:
        return _("The value comes from its KPI.")
    return _("Its milestones say how far it is.") if kr.kind == "milestones" else _("Its supporters say how far it is.")


def _takes(kr: KeyResult) -> str:
    if kr.kpi is not None or kr.kind in ("milestones", "rollup"):
        return ""
    return "choice" if kr.kind == "done" else "number"


def _number(kr: KeyResult, current: Decimal | bool | None) -> str:
    """A value such as the key result has: its latest, else where it began or goes."""
    known = (current, kr.baseline, kr.target, kr.target_range and kr.target_range[0])
    return next((str(each) for each in known if isinstance(each, Decimal)), "0")


def _taken(view: ObjectiveView, word: str) -> tuple[str, ...]:
    """The files of the unit that are named like one of the form's, latest first."""
    sources = (check_in.source.path for kr in view.key_results for check_in in kr.kr.check_ins)
    names = {path.rpartition("/")[2] for path in sources if path.rpartition("/")[0].endswith("/check-ins")}
    return tuple(sorted((name for name in names if name[11:].startswith(word)), reverse=True)[:MOST_DAYS])


def _example(words: Words, cycle: str, asked: Sequence[Asked]) -> str:
    """The file as it may look, for the first key results."""
    _ = words.language.gettext
    lines = [f"by: {_quoted(_('Your name'))}", f"cycle: {_quoted(cycle)}", "check_ins:"]
    for each in asked[:_EXAMPLES]:
        value = f"value: {each.example}, " if each.example else ""
        note = _quoted(_("What happened, what comes next."))
        lines.append(f"  {each.reference}: {{{value}confidence: 7, note: {note}}}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as YAML has it between double quotes; JSON's form is the same."""
    return json.dumps(text, ensure_ascii=False)
