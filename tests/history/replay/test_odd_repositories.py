"""Whatever a repository is like: history goes on, and says what it passed over."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from ledgers import IT, KPIS, MEETING, NPS, Q1, TRUST, history_of, lines, started


def test_broken_versions_are_passed_over_and_named(tmp_path: Path) -> None:
    """The state keeps the last good version of a file; what follows is compared with that."""
    repo = started(tmp_path)
    broken: dict[str, bytes] = {
        "yaml": b"objectives: [\n",
        "latin": TRUST.replace("Customers", "Cust\xf6mers").encode("latin-1"),
        "equal": TRUST.replace("target: 60", "target: 20").encode(),
        "upside": TRUST.replace("target: 60", "target: 10").encode(),
        "unknown": TRUST.replace("owner", "owners").encode(),
        "twice": TRUST.replace("id: losses", "id: nps").encode(),
        "early": TRUST.replace("target: 60", "target: 60, due: 2025-12-31").encode(),
        "void": b"",
    }
    ids = []
    for place, content in enumerate(broken.values()):
        repo.write(Q1, content)
        ids.append(repo.commit("Break", f"2026-02-{place + 1:02}"))
    repo.write(Q1, TRUST.replace("60}", "50}"))
    repo.commit("Mend", "2026-03-01")
    repo.write(Q1, b"objectives: [\n")
    repo.write("content/okrs/acme/kpis.yml", b"\xff")
    repo.move(Q1, "content/okrs/acme/2026-Q2.yml")
    repo.commit("Break and move", "2026-03-02")
    history = history_of(repo)
    assert lines(history) == [
        "goalpost acme/2026-Q1/trust/nps target 60 -> 50 *",
        "removed acme/2026-Q1/trust",
    ]
    assert [each.commit.id for each in history.broken] == [*ids, repo.head(), repo.head()]
    assert [each.path for each in history.broken][-2:] == [
        "content/okrs/acme/2026-Q2.yml",
        "content/okrs/acme/kpis.yml",
    ]
    assert all(each.why for each in history.broken)
    assert "baseline and target are both 20" in history.broken[2].why


def test_layout_is_nothing(tmp_path: Path) -> None:
    """Line ends, a byte order mark, comments, another order of keys, another way to write a number."""
    repo = started(tmp_path)
    changed = "# Goals\n" + TRUST.replace("baseline: 20, target: 60", 'target: 60.0, baseline: "20"'.replace('"', ""))
    repo.write(Q1, b"\xef\xbb\xbf" + changed.replace("\n", "\r\n").encode())
    repo.commit("Layout", "2026-02-01")
    assert lines(history_of(repo)) == []


def test_odd_names_and_messages(tmp_path: Path) -> None:
    """Quotes, line ends and other bytes in names; messages that are no UTF-8, empty, or would drive a terminal."""
    repo = started(tmp_path)
    for name in ('qu"ote', "line\nend", "tab\there", "ümlaut", " "):
        repo.write(f"content/okrs/acme/{name}/unit.yml", IT)
        repo.write(f"content/okrs/acme/{name}.yml", TRUST)
    (tmp_path / "content/okrs/acme" / b"latin-\xf6.yml".decode("utf-8", "surrogateescape")).write_text(TRUST)
    repo.write(Q1, TRUST.replace("60}", "50}"))
    repo.git("add", "-A")
    message = b"\x1b[31mRed\x1b[0m \xff\xe2\x80\xae\r\n\r\n\tTabbed\x07\n\n"
    repo.git("commit", "-qF", "-", "--cleanup=verbatim", given=message, day="2026-01-20")
    repo.write(Q1, TRUST)
    repo.commit("", "2026-02-01", "A\tB")
    history = history_of(repo)
    assert lines(history) == [
        "goalpost acme/2026-Q1/trust/nps target 60 -> 50 *",
        "goalpost acme/2026-Q1/trust/nps target 50 -> 60 *",
    ]
    first, second = (each.commit for each in history.changes if each.field)
    assert (
        first.message.replace("\N{REPLACEMENT CHARACTER}", "?")
        == "?[31mRed?[0m \N{LATIN SMALL LETTER Y WITH DIAERESIS}?\n\n\tTabbed?"
    )
    assert (second.message, second.subject, second.author) == ("", "", "A B")


def test_links_and_what_becomes_something_else(tmp_path: Path) -> None:
    """A link is no file; a unit's folder that becomes a file, and a file that becomes a link, are gone."""
    repo = started(tmp_path, **{"content/okrs/acme/it/unit.yml": IT})
    (tmp_path / "content/okrs/acme/2026-Q2.yml").symlink_to("2026-Q1.yml")
    (tmp_path / "content/okrs/linked").symlink_to("acme")
    repo.commit("Link", "2026-01-10")
    repo.remove("content/okrs/acme/it")
    repo.write("content/okrs/acme/it", "no folder")
    repo.remove("content/okrs/acme/kpis.yml")
    (tmp_path / "content/okrs/acme/kpis.yml").symlink_to("unit.yml")
    repo.commit("Become something else", "2026-01-11")
    history = history_of(repo)
    assert lines(history) == ["removed acme/it", "removed acme/kpis/uptime"]
    assert not history.broken


def test_dates_out_of_order_and_beyond_the_calendar(tmp_path: Path) -> None:
    """The order is that of the line; dates are as they are."""
    repo = started(tmp_path, "2026-02-01")
    repo.write(MEETING, "check_ins: {trust/nps: 30}\n")
    repo.commit("Check in", "2037-01-01")
    repo.write(Q1, TRUST.replace("60}", "50}"))
    repo.commit("Early", "1999-01-01")
    history = history_of(repo)
    assert [str(each.commit.day) for each in history.changes][-1] == "1999-01-01"
    assert not history.changes[-1].in_cycle
    assert [str(day) for day, _ in history.known[NPS]] == ["2026-02-01", "2037-01-01"]


def test_goals_that_support_each_other_in_a_ring(tmp_path: Path) -> None:
    """A portal with errors that no single file has: figures are made of what there is, and nothing hangs."""
    ring = """\
objectives:
  - id: {id}
    title: Ring {id}
    owner: Ada
    supports: [acme/2026-Q1/{other}/up]
    key_results: [{{id: up, title: Up, kind: rollup}}, {{id: own, title: Own, kind: done}}]
"""
    page = ring.replace("objectives:\n  - id: {id}\n    ", "").replace("\n    ", "\n")
    repo = started(tmp_path)
    for id, other in (("a", "b"), ("b", "c"), ("c", "a")):
        repo.write(f"content/okrs/acme/2026-Q1/{id}.md", f"---\n{page.format(id=id, other=other)}---\n")
    repo.commit("Ring", "2026-01-10")
    repo.write(MEETING, "cycle: 2026-Q1\ncheck_ins: {a/own: true, nothing/here: 3, trust/nps: true}\n")
    repo.commit("Check in", "2026-01-20")
    repo.write("content/okrs/acme/kpis.yml", KPIS + "  - {id: x, name: X, direction: up, target: 1, cadence: daily}\n")
    repo.commit("Go on", "2026-01-21")
    assert lines(history_of(repo))[-1] == "added acme/kpis/x"


def test_what_is_said_before_it_is_there(tmp_path: Path) -> None:
    """References to goals that come later, and cycles whose dates come later, are told once and right."""
    repo = started(tmp_path)
    later = TRUST.replace("owner: Ada\n", "owner: Ada\n    supports: [faith]\n").replace("20,", "20, kpi: late,")
    repo.write("content/okrs/acme/check-ins/2026-01-20.yml", "check_ins: {faith/nps: 30}\n")
    repo.write("content/okrs/acme/spring.yml", TRUST)
    repo.write(Q1, later)
    repo.commit("Ahead", "2026-01-20")
    faith = TRUST.partition("\n")[2].replace("id: trust", "id: faith").replace("Customers", "People")
    repo.write(Q1, later + faith)
    repo.write("content/okrs/acme/kpis.yml", KPIS.replace("uptime", "late"))
    repo.write("content/okrs/cycles.yml", "cycles: {spring: {start: 2026-02-01, end: 2026-04-30}}\n")
    repo.commit("There", "2026-01-21")
    history = history_of(repo)
    told = lines(history)
    assert "added acme/spring/trust" in told
    assert "added acme/2026-Q1/faith" in told
    assert history.known["acme/2026-Q1/faith/nps"][-1][1] == Fraction(1, 4)
    assert not history.broken
