"""Texts that know how to be said in another language."""

from __future__ import annotations

import marshal
from datetime import date
from fractions import Fraction

import pytest

from okrsite.languages import Language, Saying, joined, of_plain, plain, said, said_of

SAYINGS = [
    said("type"),
    said("%(title)s done %(day)s", title="A", day=date(2026, 2, 14)),
    said_of("%(num)s day", "%(num)s days", 3),
    said("new goals: %(goals)s", goals=joined([said("type"), "B", said_of("%(num)s day", "%(num)s days", 1)], "; ")),
]


@pytest.mark.parametrize("saying", SAYINGS)
def test_taken_apart(saying: Saying) -> None:
    """A saying can be kept in a file, taken apart, and is the same afterwards, in each language, also if kept again."""
    again = of_plain(marshal.loads(marshal.dumps(plain(saying))))  # noqa: S302 - packed here
    assert again == saying
    assert plain(again) == plain(saying)
    assert Language("de").say(again) == Language("de").say(saying)


def test_other_texts_stay() -> None:
    """A text without a message is as it is."""
    assert of_plain(plain("as it is")) == "as it is"
    assert not isinstance(of_plain(plain("as it is")), Saying)


def test_what_cannot_be_kept() -> None:
    """Whoever says something with another kind of value is told when it is said, not when it is read back."""
    with pytest.raises(TypeError, match="Fraction cannot be kept"):
        plain(said("%(share)s", share=Fraction(1, 3)))
