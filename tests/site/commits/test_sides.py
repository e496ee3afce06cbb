"""The two sides of a comparison: commits, days, folders, files and the work tree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import SMALL, put

from okrsite.content import ContentCache, files, read_portal
from okrsite.content.syntax.parser import parse_yaml
from okrsite.exchange import okrs_json_text
from okrsite.history import Comparison
from okrsite.problems import ContentError, OkrsiteError
from okrsite.scoring import score
from okrsite.site.commits.sides import Sides
from okrsite.site.options.config import load

IT = "content/okrs/acme/it/2026-Q1.yml"
TRUST = "content/okrs/acme/2026-Q1/trust.md"
EASIER = SMALL[IT].replace("target: 100", "target: 80")


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A year in five commits; on the branch ``side`` another target."""
    repo = Repo(tmp_path_factory.mktemp("repo"))
    put(repo.path, SMALL)
    repo.write("mkdocs.yml", SMALL["mkdocs.yml"].replace("      as_of: 2026-02-14\n", "").replace("site:", "site"))
    repo.commit("first", "2026-01-05")
    repo.branch("side")
    repo.write(IT, EASIER)
    repo.commit("easier", "2026-02-01")
    repo.checkout("main")
    repo.write(IT, SMALL[IT].replace("owner: Grace Hopper", "owner:   Grace Hopper   # the same"))
    repo.commit("layout", "2026-02-10")
    repo.move(TRUST, TRUST.replace("trust", "trusted"))
    trust = SMALL[TRUST].replace("title: Customers trust us", "title: Everybody trusts us")
    repo.write(TRUST.replace("trust", "trusted"), trust)
    repo.write(IT, SMALL[IT].replace("acme/2026-Q1/trust]", "acme/2026-Q1/trusted]"))
    repo.commit("renamed", "2026-02-20")
    repo.write(TRUST.replace("trust", "trusted"), trust.replace("Because they pay.", "Because we earn it."))
    repo.commit("words", "2026-03-01")
    return repo


def _compare(repo: Repo, *names: str, as_of: str | None = None) -> Comparison:
    return Sides(lambda: repo.path / "mkdocs.yml").compare(*names, as_of=date.fromisoformat(as_of) if as_of else None)


def _whats(found: Comparison) -> list[tuple[str, str]]:
    assert found.difference is not None
    return [(goal.id, goal.what) for goal in found.difference.goals]


def test_layout_is_no_change(repo: Repo) -> None:
    """Comments and blanks in files change no goal."""
    found = _compare(repo, "2026-01-05", "2026-02-10")
    assert not found.changed
    assert (found.before.day, found.after.day) == (date(2026, 2, 10), date(2026, 2, 10))
    assert not found.introduced
    assert not found.solved


def test_a_renamed_file_is_recognised(repo: Repo) -> None:
    """By git, where title and id changed at once; what names it follows."""
    found = _compare(repo, "HEAD~2", "HEAD~1")
    assert _whats(found) == [
        ("acme/2026-Q1/trusted", "renamed"),
        ("acme/it/2026-Q1/reliability", "changed"),
        ("acme/2026-Q1/trusted/nps", "changed"),
    ]
    assert found.difference is not None
    renamed, reference, nps = found.difference.goals
    assert (renamed.former, renamed.how) == ("acme/2026-Q1/trust", "rename")
    assert reference.follows
    assert (nps.former, nps.how, nps.follows) == ("acme/2026-Q1/trust/nps", "holder", True)
    assert not found.introduced


def test_words_alone_are_a_change(repo: Repo) -> None:
    """A description changes nothing in the figures, but the goal's words."""
    found = _compare(repo, "HEAD~1..HEAD")
    assert _whats(found) == [("acme/2026-Q1/trusted", "changed")]
    assert found.changed
    assert found.difference is not None
    assert [word.field for word in found.difference.goals[0].words] == ["description"]
    assert not found.difference.shifts


def test_from_where_lines_parted(repo: Repo) -> None:
    """Three dots leave out what came on the other side since."""
    found = _compare(repo, "main...side")
    assert _whats(found) == [("acme/it/2026-Q1/reliability/uptime", "changed")]
    assert found.before.commit == repo.git("rev-parse", "main~3")
    assert len(_whats(_compare(repo, "main..side"))) > 1


def test_one_day_for_both(repo: Repo) -> None:
    """The later of the two, or the one that was asked for; the effect is that of the change alone."""
    assert _compare(repo, "side", "main").after.day == date(2026, 3, 1)
    found = _compare(repo, "main", "side", as_of="2026-02-15")
    assert (found.before.day, found.after.day) == (date(2026, 2, 15), date(2026, 2, 15))
    assert found.difference is not None
    progress = {shift.id: shift.state[0]["expected"] == shift.state[1]["expected"] for shift in found.difference.shifts}
    assert progress["acme/it/2026-Q1/reliability/uptime"]


def test_folders_files_and_sites(repo: Repo, tmp_path: Path) -> None:
    """A portal's folder, its configuration, an okrs.json, and a site that was built."""
    config = put(tmp_path / "portal", {**SMALL, IT: EASIER})
    settings, root = load(config)
    portal = read_portal(root, settings).portal
    assert portal is not None
    put(tmp_path / "site", {"api/okrs.json": okrs_json_text(portal, score(portal, date(2026, 2, 10)))})
    name = str(tmp_path / "site/api/okrs.json")
    for other in (str(config), str(config.parent), str(tmp_path / "site"), name):
        found = _compare(repo, "2026-02-10", other, as_of="2026-02-10")
        assert _whats(found) == [("acme/it/2026-Q1/reliability/uptime", "changed")], other
        assert bool(found.notes) == ("/site" in other)
    assert _compare(repo, name, "2026-03-01").after.day == date(2026, 2, 10)  # what the file has cannot be another
    assert _compare(repo, name, name, as_of="2026-02-11").notes
    (tmp_path / "empty").mkdir()
    with pytest.raises(OkrsiteError, match="is no portal"):
        _compare(repo, str(tmp_path / "empty"))
    (tmp_path / "no.json").write_text('{"schema": "okrsite/1"}', encoding="utf-8")
    with pytest.raises(OkrsiteError, match=r"is no okrs.json"):
        _compare(repo, str(tmp_path / "no.json"))


def test_errors_of_a_side(repo: Repo, tmp_path: Path) -> None:
    """Of the one before they end it, told with its name; of the one after they are the result."""
    put(tmp_path, {**SMALL, IT: "objectives: [\n"})
    broken = str(tmp_path)
    with pytest.raises(ContentError) as problems:
        _compare(repo, broken, "HEAD")
    assert str(problems.value).startswith(f"{broken}:{IT}:2:1: OKR104")
    found = _compare(repo, "HEAD", broken)
    assert found.difference is None
    assert found.changed
    assert [problem.path for problem in found.introduced] == [IT]
    put(tmp_path, {"mkdocs.yml": SMALL["mkdocs.yml"] + "      levels: 3\n"})
    found = _compare(repo, "HEAD", broken)
    assert [problem.code for problem in found.introduced] == ["OKR401"]
    put(tmp_path, {"mkdocs.yml": "plugins: ["})
    with pytest.raises(OkrsiteError, match="cannot be used"):
        _compare(repo, "HEAD", broken)


def test_problems_come_and_go(repo: Repo, tmp_path: Path) -> None:
    """Those that the other side has elsewhere in the file, or in a file that was renamed, are the same."""
    files = {name: text for name, text in SMALL.items() if name != "mkdocs.yml"}
    files["mkdocs.yml"] = (repo.path / "mkdocs.yml").read_text(encoding="utf-8")
    files[IT] = "# a line more\n" + SMALL[IT].replace("title: Uptime from 0 to 100,", "title: Do it,")
    put(tmp_path, files)
    found = _compare(repo, "2026-02-10", str(tmp_path))
    assert {problem.code for problem in found.introduced} == {"OKR513"}
    assert not found.solved
    back = _compare(repo, str(tmp_path), "2026-02-10")
    assert {problem.code for problem in back.solved} == {"OKR513"}


def test_problems_with_other_figures_stay(repo: Repo, tmp_path: Path) -> None:
    """A rule that says the same of the same goal, with another number in it, found nothing new."""
    title = SMALL[IT].replace("title: Uptime from 0 to 100,", "title: Do it,")
    config = (repo.path / "mkdocs.yml").read_text(encoding="utf-8")
    for name, text in (("one", title), ("other", title.replace("target: 100", "target: 80"))):
        put(tmp_path / name, {**SMALL, "mkdocs.yml": config, IT: text})
    found = _compare(repo, str(tmp_path / "one"), str(tmp_path / "other"), as_of="2026-02-10")
    assert found.changed
    assert (found.introduced, found.solved) == ((), ())


def test_the_latest_reading_of_files(repo: Repo, tmp_path: Path) -> None:
    """Of an okrs.json the latest reading is known: of a later day it is a new one, of the same day an edited one."""
    check_in = "content/okrs/acme/it/check-ins/{}.yml"
    sides = (("none", "", 0), ("first", "2026-01-20", 10), ("edited", "2026-01-20", 12), ("later", "2026-02-03", 12))
    for name, day, value in sides:
        file = {check_in.format(day): f"check_ins:\n  reliability/uptime: {value}\n"} if day else {}
        files = {path: text for path, text in SMALL.items() if "check-ins" not in path}
        settings, root = load(put(tmp_path / name, {**files, **file}))
        portal = read_portal(root, settings).portal
        assert portal is not None
        text = okrs_json_text(portal, score(portal, date(2026, 2, 14)))
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")

    def told(one: str, other: str) -> list[tuple[str, bool, bool]]:
        found = _compare(repo, str(tmp_path / f"{one}.json"), str(tmp_path / f"{other}.json")).difference
        assert found is not None
        return [(each.what, bool(each.before), bool(each.after)) for goal in found.goals for each in goal.readings]

    assert told("none", "first") == [("added", False, True)]
    assert told("first", "edited") == [("edited", True, True)]
    assert told("edited", "later") == [("added", False, True)]
    assert told("first", "none") == [("removed", True, False)]


def test_what_was_read_before_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a commit that says what the work tree said no file is parsed; of another those that changed."""
    repo = Repo(tmp_path)
    put(repo.path, SMALL)
    repo.commit("first", "2026-01-05")
    settings, root = load(repo.path / "mkdocs.yml")
    assert read_portal(root, settings, ContentCache(root / ".okrsite/content")).parsed
    parsed: list[str] = []
    monkeypatch.setattr(
        files,
        "parse_yaml",
        lambda text, path, *rest, **more: [parsed.append(path), parse_yaml(text, path, *rest, **more)][1],
    )
    assert not _compare(repo).changed
    assert not parsed
    repo.write(IT, EASIER)
    repo.commit("easier", "2026-02-01")
    assert _compare(repo, "HEAD~1", "HEAD").changed
    assert {Path(path).name for path in parsed} == {"2026-Q1.yml"}
    parsed.clear()
    assert _compare(repo, "HEAD~1").changed
    assert len(parsed) <= 2


def test_caches_that_anyone_may_have_made_are_not_used(tmp_path: Path) -> None:
    """What is under version control came from somebody; nothing is read from it, and nothing written to it."""
    repo = Repo(tmp_path)
    put(repo.path, SMALL)
    settings, root = load(repo.path / "mkdocs.yml")
    read_portal(root, settings, ContentCache(root / ".okrsite/content"))
    repo.commit("first", "2026-01-05")
    repo.git("add", "-f", ".okrsite/content")
    repo.git("commit", "-q", "-m", "caches")
    before = sorted(each.name for each in (root / ".okrsite").iterdir())
    repo.write(IT, EASIER)
    assert _compare(repo).changed
    assert sorted(each.name for each in (root / ".okrsite").iterdir()) == before
