"""How much work builds do, counted: pages, charts, files. Seconds depend on the machine, counts do not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import put, warm
from sitebuilds import build_at

from okrsite.site.freshness import notefile
from okrsite.site.freshness.layers import Layered

SIZES = (2, 3, 4)
DAY, NEXT_DAY = "2026-02-18", "2026-02-19"
COUNTED = ("pages", "pages_made", "pages_kept", "written", "deleted", "charts_drawn")
"""Of `BuildResult`: what a build has done how often."""

MKDOCS = "site_name: Goals\ndocs_dir: content\ntheme: {name: okr, custom_dir: theme}\nplugins: [okrsite]\n"
UNIT = "name: {name}\nlevel: {level}\nlead: Lead of {name}\n"
GOALS = """\
objectives:
  - id: reliability
    title: People rely on {name}
    owner: Owner of {name}
    key_results:
      - {{id: uptime, title: Uptime in {name}, kind: increase, baseline: 0, target: 100}}
      - {{id: drills, title: Drills in {name}, kind: at_least, target: 5, sustained: true}}
"""
MEETING = "cycle: {cycle}\ncheck_ins:\n  reliability/uptime: {{value: {value}, confidence: 6}}\n"

BUILT_BY_TWO = """
import sys
from datetime import date
from pathlib import Path
from okrsite.crew import Hands
from okrsite.site.build import build
from okrsite.site.freshness.keptparts import KeptParts

make = KeptParts._make

def noted(parts, name, *rest):
    with open("made.txt", "a") as file:  # in whatever process
        print(*name.splitlines(), file=file)
    return make(parts, name, *rest)

KeptParts._make = noted
build(Path("mkdocs.yml"), as_of=date.fromisoformat(sys.argv[1]), hands=Hands(2))
"""
"""Builds on a day with copies of the process, and notes the parts that are made."""

OF_TODAY = 4
"""Pages of a team that tell something else the next day: its own, its cycle's, its objective's and its owner's.."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Work:
    """What each build of one portal did; they follow each other.

    Attributes:
        cold: Nothing is known.
        same: Nothing has changed.
        check_in: One check-in of one team was added.
        later: It is the next day.
        theme: What stands around every page has changed.
    """

    cold: Counts
    same: Counts
    check_in: Counts
    later: Counts
    theme: Counts


def portal(teams: int) -> Iterator[tuple[str, str]]:
    """A unit with so many teams below it, each of the same pattern, with names of the same length."""
    yield "mkdocs.yml", MKDOCS
    yield "content/index.md", "# Goals\n"
    yield "content/okrs/acme/unit.yml", UNIT.format(name="Acme", level="corporate")
    for number in range(10, 10 + teams):
        folder, name = f"content/okrs/acme/team-{number}", f"Team {number}"
        yield f"{folder}/unit.yml", UNIT.format(name=name, level="team")
        yield f"{folder}/2025-Q4.yml", GOALS.format(name=name)
        yield f"{folder}/2026-Q1.yml", GOALS.format(name=name)
        yield f"{folder}/2026-Q2.yml", GOALS.format(name=name)
        yield f"{folder}/check-ins/2025-11-20.yml", MEETING.format(cycle="2025-Q4", value=number)
        yield f"{folder}/check-ins/2026-02-16.yml", MEETING.format(cycle="2026-Q1", value=number)


def worked(root: Path, teams: int) -> Work:
    """Build such a portal in every situation."""
    warm(root, "tools", "templates")
    put(root, dict(portal(teams)))
    put(root, {"theme/base.html": base_with("")})
    Repo(root).commit("Goals", "2026-02-17")

    def built(as_of: str = DAY) -> Counts:
        result = build_at(root, as_of).result
        assert not result.warnings
        return {name: getattr(result, name) for name in COUNTED}

    cold, same = built(), built()
    put(root, {"content/okrs/acme/team-10/check-ins/2026-02-17.yml": MEETING.format(cycle="2026-Q1", value=50)})
    check_in, later = built(), built(NEXT_DAY)
    put(root, {"theme/base.html": base_with("<!-- changed -->")})
    return Work(cold, same, check_in, later, built(NEXT_DAY))


def base_with(comment: str) -> str:
    """The theme's frame of all pages, with something at its end."""
    theme = Path(__file__).parents[2] / "themes" / "okr" / "base.html"
    return theme.read_text(encoding="utf-8").replace("</body>", f"{comment}</body>")


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Work]:
    """Teams -> the work on a portal of so many."""
    return {teams: worked(tmp_path_factory.mktemp(f"teams-{teams}"), teams) for teams in SIZES}


@pytest.mark.parametrize("situation", ["cold", "same", "check_in", "later", "theme"])
def test_each_team_more_is_the_same_work_more(works: dict[int, Work], situation: str) -> None:
    """Every count grows by the same number from one size to the next: no page, chart or file is made for pairs."""
    less, middle, more = (getattr(works[teams], situation) for teams in SIZES)
    assert {name: middle[name] - less[name] for name in COUNTED} == {
        name: more[name] - middle[name] for name in COUNTED
    }


def test_a_team_has_so_many_pages_and_charts(works: dict[int, Work]) -> None:
    """One page too many for each unit would be thousands."""
    teams = SIZES[1] - SIZES[0]
    for name, each in (("pages", 15), ("charts_drawn", 7)):
        assert works[SIZES[1]].cold[name] - works[SIZES[0]].cold[name] == each * teams, name


def test_the_same_again_is_no_work(works: dict[int, Work]) -> None:
    """Nothing is made, drawn, written or deleted."""
    for work in works.values():
        assert [work.same[name] for name in ("pages_made", "charts_drawn", "written", "deleted")] == [0, 0, 0, 0]


def test_a_check_in_concerns_what_shows_it(works: dict[int, Work]) -> None:
    """As many pages, files and charts in a large portal as in a small one."""
    for name in ("pages_made", "charts_drawn", "written", "deleted"):
        assert len({work.check_in[name] for work in works.values()}) == 1, name


def test_a_new_day_draws_no_goal_anew(works: dict[int, Work]) -> None:
    """Charts show a whole cycle, not the place of today in it."""
    assert {work.later["charts_drawn"] for work in works.values()} == {0}


def test_a_new_day_concerns_what_runs(works: dict[int, Work]) -> None:
    """Of a cycle that has ended, or is yet to begin, no page is made: nothing on it depends on how far off that is."""
    less, more = works[SIZES[0]], works[SIZES[-1]]
    teams = SIZES[-1] - SIZES[0]
    assert more.later["pages_made"] - less.later["pages_made"] == OF_TODAY * teams


def test_a_theme_draws_nothing(works: dict[int, Work]) -> None:
    """Drawings know no theme: all pages are written, no chart is drawn."""
    for work in works.values():
        assert work.theme["charts_drawn"] == 0
        assert work.theme["written"] > work.later["written"] / 2


def test_parts_outlast_a_day(tmp_path: Path) -> None:
    """What feeds and exports have of a team is made for it alone, whoever put them together the day before."""
    warm(tmp_path, "tools", "templates")
    put(tmp_path, dict(portal(3)))
    put(tmp_path, {"theme/base.html": base_with("")})
    made: list[list[str]] = []
    for number, day in enumerate((DAY, NEXT_DAY, NEXT_DAY)):
        if number == 2:
            put(
                tmp_path,
                {"content/okrs/acme/team-10/check-ins/2026-02-17.yml": MEETING.format(cycle="2026-Q1", value=50)},
            )
        subprocess.run([sys.executable, "-c", BUILT_BY_TWO, day], cwd=tmp_path, check=True)
        made.append((tmp_path / "made.txt").read_text().splitlines())
        (tmp_path / "made.txt").unlink()
    of_others = [[line for line in lines if "team-11" in line.split()[-1]] for lines in made]
    assert of_others[0]
    assert not of_others[2]


def test_a_note_does_not_grow_with_the_days(tmp_path: Path) -> None:
    """What is kept of one day alone leaves no name behind for long."""
    put(tmp_path, dict(portal(2)))
    put(tmp_path, {"theme/base.html": base_with("")})
    for number in range(10, 20):
        build_at(tmp_path, f"2026-02-{number}")
        (note,) = (tmp_path / ".okrsite/builds").glob("*.build")
        manifest = notefile.read(note)
        assert len(manifest.parts) <= len(manifest.named) * 2
        assert len(manifest.named) <= len(manifest.parts) * 1.25


def test_a_day_after_a_check_in_is_no_more_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came since the last note was written whole is not gone through for each page."""
    counted: list[int] = []
    length = Layered.__len__
    monkeypatch.setattr(Layered, "__len__", lambda each: [counted.append(1), length(each)][1])
    found = []
    for teams in (12, 16):
        root = tmp_path / f"{teams}"
        put(root, dict(portal(teams)))
        put(root, {"theme/base.html": base_with("")})
        build_at(root, DAY)
        put(root, {"content/okrs/acme/team-10/check-ins/2026-02-17.yml": MEETING.format(cycle="2026-Q1", value=50)})
        build_at(root, DAY)
        assert list((root / ".okrsite/builds").glob("*.build-since"))
        counted.clear()
        build_at(root, NEXT_DAY)
        found.append(len(counted))
    assert found[0] == found[1]
