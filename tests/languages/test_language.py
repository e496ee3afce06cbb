"""A language: its words, its dates and numbers, its direction."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from okrsite.languages import ENGLISH, Language, UnknownLanguageError, joined, said, said_of
from okrsite.site.words import Words

DAY, LATE = date(2026, 6, 5), date(2026, 12, 13)


@pytest.mark.parametrize(
    ("tag", "day", "short", "month"),
    [
        ("en", "5 Jun 2026", "5 Jun", "Jun"),
        ("en-US", "Jun 5, 2026", "Jun 5", "Jun"),
        ("de", "5. Juni 2026", "5. Juni", "Jun"),
        ("de-AT", "5. Juni 2026", "5. Juni", "Jun"),
        ("fr", "5 juin 2026", "5 juin", "juin"),
        ("ja", "2026年6月5日", "6月5日", "6月"),
    ],
)
def test_dates_follow_the_locale(tag: str, day: str, short: str, month: str) -> None:
    """Dates are said as the locale says them; English without a territory has the day first."""
    language = Language(tag)
    assert (language.day(DAY), language.short_day(DAY), language.month(DAY)) == (day, short, month)


def test_one_date_after_the_other() -> None:
    """What is remembered of one day is not said of another."""
    assert [ENGLISH.day(DAY), ENGLISH.day(LATE), ENGLISH.day(DAY)] == ["5 Jun 2026", "13 Dec 2026", "5 Jun 2026"]
    assert [ENGLISH.short_day(LATE), ENGLISH.short_day(DAY)] == ["13 Dec", "5 Jun"]


@pytest.mark.parametrize(
    ("tag", "number", "percent"),
    [
        ("en", "−1,234.5", "52%"),
        ("en-US", "−1,234.5", "52%"),
        ("de", "−1.234,5", "52\u00a0%"),
        ("de-CH", "−1’234.5", "52%"),
        ("fr", "−1\u202f234,5", "52\u00a0%"),
    ],
)
def test_numbers_follow_the_locale(tag: str, number: str, percent: str) -> None:
    """Separators and the percent sign are the locale's; what a number is made of stays."""
    words = Words(Language(tag))
    assert words.language.digits("-1,234.5") == number
    assert words.percent(Fraction(52, 100)) == percent


def test_german_words() -> None:
    """Words come from the catalogue, with plural forms and values; a territory has those of its language."""
    for tag in ("de", "de-AT", "de_CH"):
        words = Words(Language(tag))
        assert words.status("on_track") == "im Plan"
        assert [words.count(n, "key result") for n in (0, 1, 2)] == [
            "keine Key Results",
            "1 Key Result",
            "2 Key Results",
        ]
        assert words.ago(DAY, LATE) == "vor 191 Tagen"


def test_a_language_without_a_catalogue() -> None:
    """It has its own dates and numbers with English words."""
    french = Words(Language("fr"))
    assert not french.language.has_words
    assert french.status("on_track") == "on track"
    assert french.count(2, "goal") == "2 goals"
    assert french.day(DAY) == "5 juin 2026"


@pytest.mark.parametrize("tag", ["xx", "klingon-and-more", "", "en-XQ", "../de", "d e"])
def test_unknown_languages(tag: str) -> None:
    """What is no language is refused by name."""
    with pytest.raises(UnknownLanguageError, match="is no language"):
        Language(tag)


@pytest.mark.parametrize(
    ("tag", "direction"), [("en", "ltr"), ("de", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl")]
)
def test_direction(tag: str, direction: str) -> None:
    """Pages are told which way their language is written."""
    assert Language(tag).direction == direction


def test_plural_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language has as many forms as it needs, chosen by its own rule."""
    catalogue = Catalog(locale="pl")
    catalogue.add(("%(num)s day", "%(num)s days"), ("%(num)s dzień", "%(num)s dni", "%(num)s dnia"))
    with (tmp_path / "pl.po").open("wb") as po:
        write_po(po, catalogue)
    monkeypatch.setattr("okrsite.languages.language.CATALOGUES", tmp_path)
    polish = Language("pl")
    assert [polish.ngettext("%(num)s day", "%(num)s days", n) for n in (1, 3, 5)] == ["1 dzień", "3 dni", "5 dnia"]
    assert "n%10" in polish.plural_rule.replace(" ", "")
    assert polish.translation("%(num)s day") == ("%(num)s dzień", "%(num)s dni", "%(num)s dnia")
    assert polish.translation("never said") is None


def test_large_numbers_in_messages() -> None:
    """A number in a message has the separators of the language."""
    assert Words(ENGLISH).count(12345, "goal") == "12,345 goals"
    assert Words(Language("de")).count(12345, "goal") == "12.345 Ziele"


def test_percent_signs_in_messages() -> None:
    """A message is filled in only where it is given values."""
    assert ENGLISH.gettext("100% done") == "100% done"
    assert ENGLISH.gettext("100%% of %(all)s", all="it") == "100% of it"


def test_sayings_are_english_texts() -> None:
    """Who knows no languages has a string in English, with dates as in files."""
    goal = said("the title of %(title)s has %(n)s", title='"50% more"', n=2)
    assert goal == 'the title of "50% more" has 2'
    assert said("nothing to fill, 100%") == "nothing to fill, 100%"
    assert said("due %(day)s", day=DAY) == "due 2026-06-05"
    assert [said_of("%(num)s day", "%(num)s days", n) for n in (1, 2)] == ["1 day", "2 days"]
    assert joined([said("done"), "100% "], "; ") == "done; 100% "
    assert joined([]) == ""


def test_sayings_in_other_languages() -> None:
    """A saying is said anew with its values: days, numbers, other sayings; other texts stay as they are."""
    german = Language("de")
    assert german.say(said("due %(day)s", day=DAY)) == "fällig 5. Juni 2026"
    marks = joined([said("no definition"), said("no source"), "100% Ada"])
    assert german.say(marks) == "keine Definition, keine Quelle, 100% Ada"
    assert german.say(said_of("%(num)s day", "%(num)s days", 3)) == "3 Tage"
    assert german.say("done") == "done"
