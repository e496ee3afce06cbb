"""Feeds and calendars: valid by their standards, the same every day, and with names that stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest
import vobject
from builders import (
    Q1,
    make_check_in,
    make_key_result,
    make_kpi,
    make_objective,
    make_portal,
    make_rollout,
    make_task,
    make_unit,
)

from okrsite.history import Change, Commit, History
from okrsite.model import Portal
from okrsite.scoring import score
from okrsite.site.feeds import FeedMaker, feed_files
from okrsite.site.views import Gallery
from okrsite.site.views.news import Chronicle

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = 'A "title" & <b>bold</b>, with; commas\\ and ]]> and a long ünïcödé tail ' + "é" * 80
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+00:00|Z)")


def portal() -> Portal:
    """Two units with goals by two owners, a KPI and a rollout."""
    krs = [
        make_key_result("a", title=HOSTILE, owner="Ada Chief", check_ins=[make_check_in("2026-02-10", 5, by="Bo")]),
        make_key_result("b", owner="Bo", due="2026-03-15", check_ins=[make_check_in("2026-02-10", 6, by="Bo")]),
    ]
    goals = [
        make_objective("acme/2026-Q1/goal", krs, owner="Ada Chief", title=HOSTILE),
        make_objective("acme/it/2026-Q1/off", state="cancelled", owner="Nobody's"),
    ]
    kpi = make_kpi("acme/it/kpis/uptime", due=date(2026, 12, 31), owner="Bo")
    plan = make_rollout([make_task("Workshops", owner="Bo", weeks=(1, 2))])
    return make_portal(goals, kpis=[kpi], units=[make_unit("acme/it", lead="Zoë ’Müller")], rollouts=[plan])


def moved(goal: str = "acme/2026-Q1/goal/a", message: str = "Why\x00 \ufffe<script>\n\nMore.") -> Change:
    """A target that was moved by a commit with an odd message."""
    commit = Commit("c0ffee" * 6, "Grâce\x1b", datetime(2026, 2, 11, 12, tzinfo=UTC), message)
    return Change(goal, goal, "key_result", "goalpost", commit, True, "Gone", "due", date(2026, 3, 1), date(2026, 4, 1))


def files(*told: Change, url: str = "", as_of: str = "2026-02-14", of: Portal | None = None) -> Mapping[str, bytes]:
    """The feeds of a portal."""
    found = of or portal()
    gallery = Gallery(found, score(found, date.fromisoformat(as_of)), history=History(changes=told))
    return dict(feed_files(FeedMaker(Chronicle(gallery), HOSTILE, url, lambda entry: f"<p>{entry.reason}</p>")))


def only(element: Any, name: str) -> Any:
    """The one child of a name."""
    (found,) = element.findall(ATOM + name)
    return found


def check_atom(feed: bytes) -> None:
    """What RFC 4287 says a feed must have and must not."""
    root = ET.fromstring(feed)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        assert only(element, "id").text.startswith("tag:")  # 4.2.6: an IRI, once
        assert only(element, "title").text  # 4.2.14
        assert TIMESTAMP.fullmatch(only(element, "updated").text)  # 3.3
        alternates = [
            (link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link[@rel='alternate']")
        ]
        assert len(set(alternates)) == len(alternates) == 1  # 4.1.1, 4.1.2: no two of a type and language
        assert all(link.get("href") for link in element.findall(f"{ATOM}link"))  # 4.2.7.1
        assert all(author.find(f"{ATOM}name").text for author in element.findall(f"{ATOM}author"))  # 3.2.1
    assert root.find(f"{ATOM}author") is not None  # 4.1.1: for the entries that have none
    assert len({only(entry, "id").text for entry in entries}) == len(entries)
    moments = [only(entry, "updated").text for entry in entries]
    assert moments == sorted(moments, reverse=True)
    parsed = feedparser.parse(feed)
    assert not parsed.bozo
    assert parsed.version == "atom10"


@pytest.mark.parametrize("url", ["", "https://goals.example/okr/"])
def test_feeds_are_valid(url: str) -> None:
    """By RFC 4287, and by a parser of its own; with a site's address and without, whatever stands in the content."""
    made = {name: feed for name, feed in files(moved(), url=url).items() if name.endswith(".atom")}
    assert sorted(made) == [
        "feeds/owners/ada-chief.atom",
        "feeds/owners/ada.atom",
        "feeds/owners/bo.atom",
        "feeds/owners/nobody-s.atom",
        "feeds/owners/zoe-muller.atom",
        "feeds/portal.atom",
        "feeds/units/acme.atom",
        "feeds/units/acme/it.atom",
    ]
    for feed in made.values():
        check_atom(feed)


def test_what_a_feed_tells() -> None:
    """A meeting and a commit an entry each, newest first; who did it, why, and links that lead back."""
    relative, absolute = (
        files(moved(), url=url)["feeds/units/acme.atom"] for url in ("", "https://goals.example/okr/")
    )
    feed = feedparser.parse(absolute)
    assert [(entry.author, entry.updated[:10]) for entry in feed.entries] == [
        ("Grâce", "2026-02-11"),
        ("Bo", "2026-02-10"),
    ]
    assert [entry.id for entry in feed.entries] == [
        f"tag:goals.example,2026:okr/commits/{'c0ffee' * 6}/acme",
        "tag:goals.example,2026:okr/check-ins/acme/2026-02-10/bo",
    ]
    assert feed.entries[0].link == "https://goals.example/okr/acme/2026-Q1/goal/#a"
    assert feed.entries[0].content[0].value.startswith("<p>Why ")
    assert feed.feed.id == "tag:goals.example,2026:okr/feeds/units/acme"
    assert b'href="../../acme/2026-Q1/goal/#a"' in relative
    assert b"/feeds/units/acme<" in relative.partition(b"<id>tag:okrsite.invalid,2026:")[2]
    assert b'rel="self"' not in relative


def test_feeds_of_owners_have_what_happened_to_their_goals() -> None:
    """Whose key result, whose objective, and from whom a goal was taken; nobody else."""
    taken = replace(moved(), field="owner", before="Ada", after="Bo")
    made = files(taken)
    count = {
        name: made[f"feeds/owners/{name}.atom"].count(b"<entry>") for name in ("ada-chief", "bo", "ada", "zoe-muller")
    }
    assert count == {"ada-chief": 2, "bo": 1, "ada": 1, "zoe-muller": 0}


def test_feeds_do_not_change_by_themselves() -> None:
    """The next day has the same bytes, also of a feed in which nothing ever happened."""
    assert files(moved()) == files(moved(), as_of="2026-02-15")


@pytest.mark.parametrize("url", ["", "https://goals.example/okr/"])
def test_calendars_are_valid(url: str) -> None:
    """By a parser of its own and RFC 5545: names once, days without hours, lines of 75 bytes, no METHOD."""
    for name, file in files(url=url).items():
        if not name.endswith(".ics"):
            continue
        assert all(len(line) <= 75 for line in file.split(b"\r\n"))
        assert b"\n" not in file.replace(b"\r\n", b"")
        calendar = vobject.readOne(file.decode(), validate=True)
        assert calendar.version.value == "2.0"
        assert not hasattr(calendar, "method")
        events = calendar.contents["vevent"]  # one at least: the standard wants it
        assert len({event.uid.value for event in events}) == len(events)
        for event in events:
            assert event.dtend.value > event.dtstart.value
            assert not isinstance(event.dtstart.value, datetime)
            assert event.dtstamp.value.tzinfo is not None
            assert hasattr(event, "url") == bool(url)


def events(name: str, **made: Any) -> dict[str, Any]:
    """The events of a calendar by their names, without those of the site and its host."""
    calendar = icalendar.Calendar.from_ical(files(**made)[f"feeds/{name}.ics"])
    return {str(event["UID"]).partition("@")[0].partition("/")[2]: event for event in calendar.walk("VEVENT")}


def test_what_a_calendar_has() -> None:
    """What is due, when to check in, the rollout: each where it belongs; of what was cancelled nothing."""
    check_in, kr, other = "check-in/acme/2026-Q1", "due/acme/2026-Q1/goal/a", "due/acme/2026-Q1/goal/b"
    assert set(events("units/acme")) == {check_in, kr, other}
    assert set(events("units/acme/it")) == {"due/acme/it/kpis/uptime"}
    assert set(events("owners/ada-chief")) == {check_in, kr, other}
    assert set(events("owners/bo")) == {check_in, other, "due/acme/it/kpis/uptime", "rollout/rollout/workshops"}
    assert set(events("portal")) == {check_in, kr, other, "cycle/2026-Q1", "rollout/rollout/workshops"}
    made = events("portal", url="https://goals.example/okr/")
    assert made[kr].decoded("dtstart") == date(2026, 3, 31)
    assert made[kr].decoded("dtend") == date(2026, 4, 1), "the end is exclusive"
    assert str(made[kr]["SUMMARY"]) == f"Due: {HOSTILE}"
    assert str(made[kr]["URL"]) == "https://goals.example/okr/acme/2026-Q1/goal/"
    assert dict(made[check_in]["RRULE"]) == {"FREQ": ["DAILY"], "INTERVAL": [14], "COUNT": [6]}
    assert made[check_in].decoded("dtstart") == date(2026, 1, 14)
    plan = made["rollout/rollout/workshops"]
    assert (plan.decoded("dtstart"), plan.decoded("dtend")) == (date(2026, 1, 5), date(2026, 1, 19))


def test_a_calendar_forgets_late_and_has_no_more_than_it_should() -> None:
    """What is over stays for a month; of very many events the next ones are there."""
    assert "due/acme/2026-Q1/goal/a" in events("portal", as_of="2026-05-01")
    assert set(events("portal", as_of="2026-05-02")) == {"cycle/2026-Q1"}, "none is empty"
    many = make_portal([make_objective(f"acme/2026-Q1/o{n}", [make_key_result(due=Q1.end)]) for n in range(300)])
    assert len(events("portal", of=many)) == 200


def test_events_are_stamped_by_what_changed_them() -> None:
    """The commit that moved a goal last; else the day its cycle began; never the clock."""
    stamps = {name: event.decoded("dtstamp") for name, event in events("units/acme").items()}
    assert set(stamps.values()) == {datetime(2026, 1, 1, tzinfo=UTC)}
    file = files(moved())["feeds/units/acme.ics"]
    assert file.count(b"DTSTAMP:20260211T120000Z") == 1
