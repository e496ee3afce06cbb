"""A site that is built on and on, by random edits, is the site that one build from nothing gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import warm
from randomgoals import Author
from webpages import bytes_of

from okrsite.site.build import build
from okrsite.site.built import BuildResult
from okrsite.site.freshness.standstill import Standstill
from okrsite.site.output.sitefolder import SiteFolder

TEMPLATE = Path(__file__).parents[3] / "themes/okr/okr/kpi.html"
TASKS = (
    {"title": "Goals", "weeks": "1-2", "evidence": {"measure": "units_with_objectives"}},
    {"title": "Talks", "weeks": "3-4", "owner": "Ada"},
)
PLAN = {"title": "The plan", "start": "2026-01-05", "months": [{"title": "One", "tasks": TASKS}]}
FIXED = {"content/index.md": "# Goals\n\nWhat we want.\n", "content/rollout.yml": json.dumps(PLAN)}


class Portal:
    """A portal that changes at random: its goals, what came in for them, written pages, configuration and theme.

    Args:
        root: Its folder, and a repository.
        seed: Of the random numbers.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.repo = Repo(root)
        self.root = root
        self.author = Author(seed)
        self.chance = self.author.chance
        self.day = date(2026, 2, 10)
        self.options: dict[str, object] = {}
        self.files: dict[str, str] = dict(FIXED)
        self.came: dict[str, dict[str, object]] = {}
        self._put: set[str] = set()
        self.write()

    def steps(self) -> Iterator[str]:
        """Change something, each kind of thing at least once; gives what."""
        kinds: list[Callable[[], object]] = [
            *(self.author.edit, self.author.edit, self.author.edit, self.check_in, self.check_in),
            *(self.measure, self.text, self.page, self.plan, self.option, self.template, self.tomorrow),
            *(self.commit, self.spoil, self.lose),
        ]
        self.chance.shuffle(kinds)
        for kind in kinds:
            kind()
            self.write()
            yield kind.__name__

    def check_in(self) -> None:
        """A reading of a key result, perhaps in place of another."""
        unit, cycle, goal = self.chance.choice(sorted(self.author.goals.objectives))
        kr = self.chance.choice(sorted(self.author.goals.objectives[unit, cycle, goal]["key_results"]))
        said = {"value": self.chance.randint(0, 99), "confidence": self.chance.randint(0, 10), "note": "It *went*."}
        self.came[f"{unit}|{cycle}|{goal}/{kr}|{self._past()}"] = said

    def measure(self) -> None:
        """Measurements of a KPI."""
        unit, kpi = self.chance.choice(sorted(self.author.goals.kpis))
        rows = sorted({str(self._past()): self.chance.randint(0, 12) for _ in range(3)}.items())
        self.came[f"{unit}|{kpi}"] = dict(rows)

    def text(self) -> None:
        """What a unit says of itself, with a link to a goal that may go."""
        unit, goal = (self.chance.choice(sorted(self.author.goals.units)) for _ in range(2))
        self.came[f"{unit}/index.md"] = {"link": goal, "number": self.chance.random()}

    def page(self) -> None:
        """A written page comes, changes or goes."""
        name = f"content/guide/{self.chance.choice('ab')}.md"
        if name in self.files and self.chance.random() < 0.5:
            del self.files[name]
        else:
            self.files[name] = f"# Guide {self.chance.randint(1, 9)}\n\nDo it.\n"

    def plan(self) -> None:
        """The rollout begins on another day."""
        self.files["content/rollout.yml"] = json.dumps({**PLAN, "start": self._past().isoformat()})

    def option(self) -> None:
        """Another configuration."""
        name, value = self.chance.choice(
            (
                ("status", {"on_track": self.chance.choice((0.05, 0.2))}),
                ("rules", {"OKR501": self.chance.choice(("off", "warning"))}),
            )
        )
        self.options[name] = value

    def template(self) -> None:
        """A template of the portal's own."""
        said = f"<!-- {self.chance.randint(1, 9)} -->\n"
        self.files["theme/okr/kpi.html"] = TEMPLATE.read_text(encoding="utf-8") + said

    def tomorrow(self) -> None:
        """A new day."""
        self.day += timedelta(days=self.chance.randint(1, 20))

    def commit(self) -> None:
        """What was changed becomes history."""
        self.repo.git("add", "-A", "content")
        self.repo.git("commit", "-q", "--allow-empty", "-m", "Go on", day=self.day.isoformat())

    def spoil(self) -> None:
        """Somebody edits or deletes files of the site."""
        files = sorted((self.root / "site").rglob("*.html"))
        for file in self.chance.sample(files, 3):
            if self.chance.random() < 0.5:
                file.unlink()
            else:
                file.write_bytes(file.read_bytes()[::-1])

    def lose(self) -> None:
        """The site is deleted, after somebody edited files of it, and perhaps second names of files are gone, too."""
        self.spoil()
        shutil.rmtree(self.root / "site")
        spares = sorted((self.root / ".okrsite/builds").glob("*.spares/*/*"))
        for file in self.chance.sample(spares, self.chance.choice((0, 3, len(spares)))):
            file.unlink()

    def write(self) -> None:
        """Bring the content folder to what it should hold."""
        plugin = {"as_of": self.day.isoformat(), **self.options}
        theme = {"name": "okr", "custom_dir": "theme"}
        config = {"site_name": "Goals", "docs_dir": "content", "theme": theme, "plugins": [{"okrsite": plugin}]}
        files = {"mkdocs.yml": json.dumps(config), **self.files, **self.author.goals.files(), **dict(self._arrived())}
        (self.root / "theme").mkdir(exist_ok=True)
        for gone in self._put - set(files):
            (self.root / gone).unlink()
            for folder in (self.root / gone).parents:
                if any(folder.iterdir()):
                    break
                folder.rmdir()
        for name, text in files.items():
            file = self.root / name
            if not file.is_file() or file.read_text(encoding="utf-8") != text:
                self.repo.write(name, text)
        self._put = set(files)

    def _arrived(self) -> Iterator[tuple[str, str]]:
        """The files of what came in for goals that are still there."""
        goals, meetings = self.author.goals, dict[str, tuple[str, dict[str, object]]]()
        for key, said in self.came.items():
            match key.split("|"):
                case [unit, cycle, goal, day]:
                    objective = goals.objectives.get((unit, cycle, goal.partition("/")[0]))
                    if objective and goal.partition("/")[2] in objective["key_results"]:
                        of, entries = meetings.setdefault(f"{unit}/check-ins/{day}.yml", (cycle, {}))
                        entries.update({goal: said} if of == cycle else {})
                case [unit, kpi] if (unit, kpi) in goals.kpis:
                    rows = "".join(f"{day},{value}\n" for day, value in said.items())
                    yield f"content/okrs/{unit}/kpis/{kpi}.csv", f"date,value\n{rows}"
                case [name] if name.removesuffix("/index.md") in goals.units and said["link"] in goals.units:
                    yield f"content/okrs/{name}", f"We work with [them](okr:{said['link']}), {said['number']}.\n"
        for name, (cycle, entries) in meetings.items():
            yield f"content/okrs/{name}", json.dumps({"cycle": cycle, "by": "Ada", "check_ins": entries})

    def _past(self) -> date:
        return self.day - timedelta(days=self.chance.randint(0, 30))


@contextmanager
def killed_after(files: int) -> Iterator[None]:
    """Builds that end when they have brought so many files to the site."""
    put, left = SiteFolder.put, iter(range(files))

    def last_put(site: SiteFolder, name: str, content: bytes) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        put(site, name, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SiteFolder, "put", last_put)
        yield


def from_nothing(root: Path, beside: Path) -> dict[str, bytes]:
    """The files of a site that is built where there never was one."""
    result = build(root / "mkdocs.yml", beside)
    assert result.pages_kept == 0
    return bytes_of(result.site_dir)


@pytest.mark.parametrize("seed", [1])
def test_random_edits(seed: int, tmp_path: Path) -> None:
    """After each edit the site has the same bytes as one from nothing, and most pages were not made for it."""
    warm(tmp_path / "portal")
    portal = Portal(tmp_path / "portal", seed)
    build(portal.root / "mkdocs.yml")
    results: dict[str, list[BuildResult]] = {}
    for number, kind in enumerate(portal.steps()):
        if number % 4 == 1:
            with killed_after(portal.chance.randint(1, 30)), suppress(KeyboardInterrupt):
                build(portal.root / "mkdocs.yml")
        stands = Standstill(portal.root / "mkdocs.yml", None)
        same = stands.result(None)
        with stands.ahead(number % 2 == 0):
            result = build(portal.root / "mkdocs.yml", stands=stands)
        assert same is None or not (result.written or result.deleted), kind
        assert bytes_of(result.site_dir) == from_nothing(portal.root, tmp_path / f"beside-{number}"), kind
        results.setdefault(kind, []).append(result)
    kept = {kind: [each.pages_kept for each in done] for kind, done in results.items()}
    assert not any(sum(kept[kind]) for kind in ("option", "template"))
    assert all(map(all, (kept[kind] for kind in ("edit", "check_in", "text", "measure", "plan", "commit", "spoil"))))
