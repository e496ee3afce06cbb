"""What moved in words: the fields of goals and their values, in the portal's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from okrsite.history import Change, Gap, History, Value
from okrsite.model import Portal
from okrsite.site.words import Words, forms, message

FIELDS: Mapping[str, str] = {
    "title": message("title"),
    "name": message("name"),
    "owner": message("owner"),
    "type": message("type"),
    "weight": message("weight"),
    "state": message("state"),
    "supports": message("supports"),
    "kind": message("kind"),
    "baseline": message("baseline"),
    "target": message("target"),
    "inclusive": message("equality meets the target"),
    "sustained": message("in every check-in period"),
    "milestones": message("milestones"),
    "unit": message("unit of measure"),
    "kpi": message("measured by"),
    "start": message("start"),
    "due": message("due"),
    "direction": message("direction"),
    "amber": message("amber"),
    "cadence": message("cadence"),
    "level": message("level"),
    "lead": message("lead"),
    "value": message("value"),
    "confidence": message("confidence"),
    "note": message("note"),
}
"""What readers see of a field that moved, by the content format's name."""

KINDS: Mapping[str, str] = {
    "increase": message("increase"),
    "decrease": message("decrease"),
    "at_least": message("at least"),
    "at_most": message("at most"),
    "between": message("between"),
    "milestones": message("milestones"),
    "done": message("done or not"),
    "rollup": message("mean of what supports it"),
}
"""What readers see of the kind of a key result."""

SORTS: Mapping[str, str] = {
    "unit": message("unit"),
    "objective": message("objective"),
    "key_result": message("key result"),
    "kpi": message("KPI"),
}
"""What readers see of the sort of a goal."""

_SINCE_THEN = forms(
    "One change before the cycle began was planning and is not listed.",
    "%(num)s changes before the cycle began were planning and are not listed.",
)


class LedgerWords:
    """Says changes in the words of a language.

    Args:
        words: Of the language.
        portal: Names the goals that changes refer to.
    """

    def __init__(self, words: Words, portal: Portal) -> None:
        self.words = words
        self._portal = portal

    def field(self, name: str) -> str:
        """A field by its name in the content."""
        known = FIELDS.get(name)
        return name if known is None else self.words.language.gettext(known)

    def sort(self, sort: str) -> str:
        """A sort of goal."""
        return self.words.language.gettext(SORTS[sort])

    def before_and_after(self, change: Change) -> tuple[str, str]:
        """What a field was and is.

        Of a list of names, the first is empty, and the second says what came and what went.
        """
        if change.field in ("supports", "milestones"):
            return "", self._difference(change)
        return self.value(change, change.before), self.value(change, change.after)

    def value(self, change: Change, value: Value) -> str:
        """A value of the field of a change."""
        words = self.words
        if value is None or value in ("", ()):
            return "–"
        if isinstance(value, bool):
            return words.number(value)
        if isinstance(value, Decimal):
            return words.measured(value, change.unit_of_measure)
        if isinstance(value, date):
            return words.day(value)
        if isinstance(value, tuple):
            if isinstance(value[0], Decimal):
                low, high = value
                return words.between(low, high, change.unit_of_measure)
            return ", ".join(self._names(change, value))
        return self._text(change.field, value)

    def _text(self, field: str, value: str) -> str:
        if field == "kind":
            return self.words.language.gettext(KINDS[value]) if value in KINDS else self.words.word(value)
        if field == "kpi" and value in self._portal.kpis:
            return self._portal.kpis[value].name
        return self.words.word(value) if field in ("state", "type", "direction", "cadence", "level") else value

    def _difference(self, change: Change) -> str:
        """What came to a list of names, and what went."""
        _ = self.words.language.gettext
        before, after = _texts(change.before), _texts(change.after)
        came = self._names(change, tuple(name for name in after if name not in before))
        went = self._names(change, tuple(name for name in before if name not in after))
        parts = [_("%(names)s came", names=", ".join(came))] if came else []
        parts += [_("%(names)s went", names=", ".join(went))] if went else []
        return "; ".join(parts) or _("in another order")

    def _names(self, change: Change, values: tuple[str, ...]) -> list[str]:
        """Of goals the titles they have now, where they are still there."""
        if change.field != "supports":
            return list(values)
        portal = self._portal
        goals = [portal.objectives.get(value) or portal.key_results.get(value) for value in values]
        return [goal.title if goal else value for goal, value in zip(goals, values, strict=True)]

    def renamed(self, change: Change) -> str:
        """What a goal was called, until when, and how that is known."""
        _, values = self.words.language.gettext, {"id": change.before, "day": self.words.day(change.commit.day)}
        if change.how == "rename":
            return _("known as %(id)s until %(day)s; recognised by git's detection of renamed files", **values)
        if change.how == "equal" and change.sort == "objective":
            return _("known as %(id)s until %(day)s; recognised by an equal title and key results", **values)
        if change.how == "equal":
            return _("known as %(id)s until %(day)s; recognised by an equal title", **values)
        return _("known as %(id)s until %(day)s", **values)

    def reading(self, change: Change) -> str:
        """What was done to a reading that should only ever be added."""
        _, day = self.words.language.gettext, self.words.day(change.reading)
        before, after = self.before_and_after(change)
        if change.what == "reading_removed":
            if change.before is None:
                return _("the reading of %(day)s was removed", day=day)
            return _("the reading of %(day)s, %(before)s, was removed", day=day, before=before)
        if change.field == "note":
            return _("the note on the reading of %(day)s was changed", day=day)
        if change.field == "confidence":
            return _(
                "the confidence of %(day)s was changed from %(before)s to %(after)s",
                day=day,
                before=before,
                after=after,
            )
        return _("the reading of %(day)s was changed from %(before)s to %(after)s", day=day, before=before, after=after)

    def came_or_went(self, change: Change) -> str:
        """That a goal was added or removed after its cycle had begun."""
        _ = self.words.language.gettext
        if change.what == "removed":
            return _("removed")
        return _("added after the cycle began") if change.in_cycle and change.sort != "kpi" else _("added")

    def was_there(self) -> str:
        """That a goal is as old as what is known of its history."""
        return self.words.language.gettext("there when its history begins")

    def in_short(self, change: Change) -> str:
        """The same in a word."""
        _ = self.words.language.gettext
        return _("removed") if change.what == "removed" else _("added")

    def planned(self, amount: int) -> str:
        """How many changes were planning; empty where there were none."""
        return self.words.language.ngettext(*_SINCE_THEN, amount) if amount else ""

    def missing(self, gap: Gap, since: date | None) -> str:
        """What of the history is missing, as a sentence."""
        _ = self.words.language.gettext
        sentences = {
            "no_git": _("History is not known: git is not installed."),
            "no_repository": _("History is not known: the portal is in no git repository."),
            "refused": _("History is not known: git refuses to read the repository."),
            "no_commit": _("History is not known yet: nothing has been committed."),
        }
        if gap.kind == "shallow":
            if since is None:
                return _("History is not known: the clone is shallow.")
            return _("History is known from %(day)s on: the clone is shallow.", day=self.words.day(since))
        return sentences.get(gap.kind) or _("History is not known: %(reason)s.", reason=gap.message)

    def mending(self, gap: Gap) -> str:
        """What to do about it, as a sentence; words between backticks are code. Empty where nothing is known."""
        _ = self.words.language.gettext
        sentences = {
            "no_git": _("Install git where the site is built."),
            "no_repository": _("`git init` and a first commit begin it."),
            "refused": _("`git config --global --add safe.directory` with the folder lets it be read."),
            "no_commit": _("A first commit begins it."),
            "shallow": _("`fetch-depth: 0`, or `git fetch --unshallow`, brings the rest."),
        }
        return sentences.get(gap.kind, "")


def _texts(value: Value) -> tuple[str, ...]:
    return cast("tuple[str, ...]", value) if isinstance(value, tuple) else ()


def gap_line(history: History) -> str:
    """What of the history is missing, with what to do, in a line for the terminal; empty where nothing is."""
    gap = history.gap
    if gap is None:
        return ""
    begin = "history is not known"
    if gap.kind == "shallow" and history.since is not None:
        begin = f"history is known from {history.since} on"
    return f"{begin}: {gap.message}: {gap.hint}" if gap.hint else f"{begin}: {gap.message}"
