"""What a build writes, leaves alone, deletes and refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from portalfiles import MKDOCS, SMALL, put, run
from sitebuilds import Build, Built, build_at
from webpages import bytes_of

from okrsite.problems import ContentError, OkrsiteError
from okrsite.site.build import build

OUTPUTS = (
    *("index.html", "levels/index.html", "levels/corporate/index.html", "levels/department/index.html"),
    *("levels/team/index.html", "acme/index.html", "acme/2026-Q1/index.html", "acme/2026-Q1/trust/index.html"),
    *("acme/kpis/revenue/index.html", "acme/it/index.html", "acme/it/2026-Q1/reliability/index.html"),
    *("cycles/index.html", "cycles/2026-Q1/index.html", "kpis/index.html", "alignment/index.html"),
    *("check-ins/index.html", "rollout/index.html", "owners/index.html", "owners/ada-example/index.html"),
    *("owners/pmo/index.html", "quality/index.html", "guide/start/index.html", "guide/map.svg", "404.html"),
    *("impact/index.html", "present/index.html", "search/index.html", "search/index.js", "changes/index.html"),
    *("feeds/portal.atom", "feeds/portal.ics", "feeds/units/acme/it.atom", "feeds/owners/ada-example.ics"),
    *("sitemap.xml", "api/okrs.json", "api/okrs.csv", "api/schema.json", "assets/lunr-licence.txt"),
    *("versions/index.html", "versions.js", "pages.js"),
)


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file with what would tell that it was touched."""
    files = {name: folder / name for name in bytes_of(folder)}
    return {name: (file.stat().st_mtime_ns, file.stat().st_ino, file.read_bytes()) for name, file in files.items()}


def test_everything_is_there(small: Built) -> None:
    """The outputs of the contract."""
    files = bytes_of(small.site.folder)
    assert [name for name in OUTPUTS if name not in files] == []


def test_no_source_is_published(small: Built, example: Built) -> None:
    """Neither YAML nor CSV nor Markdown of the goals or rollout plans is copied."""
    for built in (small, example):
        names = list(bytes_of(built.site.folder))
        assert [name for name in names if name.endswith((".yml", ".yaml", ".md")) or name.startswith("okrs")] == []
        assert [name for name in names if name.endswith(".csv")] == ["api/okrs.csv"]


def test_json_and_csv_tell_the_same_goals(small: Built) -> None:
    """The data for programs hold every key result; the file is valid JSON of the day."""
    data = json.loads((small.site.folder / "api/okrs.json").read_text(encoding="utf-8"))
    assert (data["schema"], data["as_of"]) == ("okrsite/1", "2026-02-14")
    table = (small.site.folder / "api/okrs.csv").read_text(encoding="utf-8-sig")
    for objective in data["objectives"]:
        for kr in objective["key_results"]:
            assert kr["id"] in table


def test_counts(build_files: Build) -> None:
    """The first build writes everything, the second nothing."""
    first, second = build_files().result, build_files().result
    total = len(bytes_of(first.site_dir))
    assert (first.written, first.unchanged, first.deleted) == (total, 0, 0)
    assert (second.written, second.unchanged, second.deleted) == (0, total, 0)
    assert (second.pages_made, second.pages_kept) == (0, first.pages_made)
    assert second.charts_drawn == 0


def test_what_did_not_change_is_not_touched(build_files: Build) -> None:
    """A new reading rewrites the pages that show it; every other file keeps its time and its inode."""
    before = state(build_files().site.folder)
    changed = SMALL["content/okrs/acme/it/check-ins/2026-02-13.yml"].replace("value: 30", "value: 40")
    built = build_files({"content/okrs/acme/it/check-ins/2026-02-13.yml": changed})
    after = state(built.site.folder)
    differing = {name for name in after if after[name] != before[name]}
    assert len(differing) == built.result.written
    assert "acme/it/2026-Q1/reliability/index.html" in differing
    for untouched in ("acme/kpis/revenue/index.html", "guide/start/index.html", "404.html", "assets/lunr-licence.txt"):
        assert untouched not in differing


@pytest.mark.parametrize("broken", ["a value", "a link", "an option", "a written page"])
def test_a_broken_portal_leaves_the_old_site(build_files: Build, tmp_path: Path, broken: str) -> None:
    """Whatever is wrong, not a byte, time or file of the old site changes, and nothing is left beside it."""
    folder = build_files().site.folder
    before, names = state(folder), sorted(tmp_path.iterdir())
    put(
        tmp_path,
        {
            "a value": {"content/okrs/acme/unit.yml": "name: Acme\n"},
            "a link": {"content/guide/start.md": "# Start\n\n[gone](okr:acme/gone)\n"},
            "an option": {"mkdocs.yml": MKDOCS + "      levels: [Team]\n"},
            "a written page": {"content/guide/new.md": "---\ntemplate: nope.html\n---\n# New\n"},
        }[broken],
    )
    with pytest.raises(OkrsiteError):
        build(tmp_path / "mkdocs.yml")
    assert state(folder) == before
    assert sorted(tmp_path.iterdir()) == names
    assert not list((tmp_path / ".okrsite").glob("scratch-*"))


def test_leftovers_are_deleted(build_files: Build, tmp_path: Path) -> None:
    """The pages of a goal that is gone go too, folders with them; what somebody else put there as well."""
    folder = build_files().site.folder
    put(folder, {"old/page/index.html": "old"})
    (tmp_path / "content/okrs/acme/it/2026-Q1.yml").unlink()
    shutil.rmtree(tmp_path / "content/okrs/acme/it/check-ins")
    shutil.rmtree(tmp_path / "content/guide")
    changed = {"content/guide/start.md": None, "content/guide/map.svg": None, "content/index.md": "# Goals\n"}
    gone = {"content/okrs/acme/it/2026-Q1.yml": None, "content/okrs/acme/it/check-ins/2026-02-13.yml": None}
    result = build_files({**changed, **gone}).result
    assert result.deleted >= 4
    assert not (folder / "acme/it/2026-Q1").exists()
    assert not (folder / "old").exists()
    assert not (folder / "guide").exists()
    assert (folder / "acme/it/index.html").is_file()


def test_pages_become_folders_and_back(build_files: Build, tmp_path: Path) -> None:
    """A file stands where a folder has to be, and the other way round."""
    folder = build_files().site.folder
    start = (folder / "guide/start/index.html").read_bytes()
    shutil.rmtree(folder / "guide/start")
    (folder / "guide/start").write_text("a file")
    (folder / "404.html").unlink()
    put(folder, {"404.html/index.html": "a page in the place of a file"})
    build_at(tmp_path)
    assert (folder / "guide/start/index.html").read_bytes() == start
    assert (folder / "404.html").is_file()


def test_foreign_folders_are_refused(tmp_path: Path) -> None:
    """A build deletes what is left over, so it takes no folder that holds something else."""
    config = put(tmp_path / "portal", SMALL)
    foreign = tmp_path / "foreign"
    put(foreign, {"thesis.txt": "years of work"})
    file = tmp_path / "file"
    file.write_text("")
    content = tmp_path / "portal/content"
    for target, why in (
        (foreign, "is not empty and holds no site"),
        (tmp_path / "portal", "which holds the portal itself"),
        (tmp_path, "which holds the portal itself"),
        (content / "site", "which is among the portal's content"),
        (file, "it is a file"),
    ):
        with pytest.raises(OkrsiteError, match=why):
            build(config, target)
    assert bytes_of(foreign) == {"thesis.txt": b"years of work"}
    assert not (content / "site").exists()


def test_mkdocs_gives_the_same_bytes(small: Built, tmp_path: Path) -> None:
    """Plain ``mkdocs build`` writes what ``okrsite build`` writes, and nothing else."""
    done = run("mkdocs", "build", "--strict", "-d", tmp_path / "site", cwd=small.root)
    assert done.returncode == 0, done.stderr
    assert bytes_of(tmp_path / "site") == bytes_of(small.site.folder)


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_the_example_builds_strictly(example: Built, tmp_path: Path, program: str) -> None:
    """MkDocs and its fork build the example without a warning, to the same bytes."""
    done = run(program, "build", "--strict", "-f", "mkdocs.yml", "-d", tmp_path / "site", cwd=example.root)
    assert done.returncode == 0, done.stderr
    assert bytes_of(tmp_path / "site") == bytes_of(example.site.folder)


@pytest.mark.parametrize(
    "environ",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C", "LANG": "C"},
        {"TZ": "America/Adak", "PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ],
)
def test_the_same_bytes_everywhere(small: Built, tmp_path: Path, environ: dict[str, str]) -> None:
    """Time zone, locale, hash seed and the order in which files were made change nothing."""
    put(tmp_path, dict(reversed(SMALL.items())))
    done = run("okrsite", "build", cwd=tmp_path, **environ)
    assert done.returncode == 0, done.stderr
    assert bytes_of(tmp_path / "site") == bytes_of(small.site.folder)


def test_a_problem_of_the_content_is_told_by_mkdocs(tmp_path: Path) -> None:
    """``mkdocs build`` of a broken portal ends with status 1 and the problems, without a traceback or a site."""
    wrong = {"okrs/acme/unit.yml": "name: Acme\nlevel: nation\n", "okrs/acme/it/unit.yml": "name: IT\nlevl: team\n"}
    put(tmp_path, {**SMALL, **{f"content/{name}": text for name, text in wrong.items()}})
    done = run("mkdocs", "build", cwd=tmp_path)
    assert done.returncode == 1
    assert "content/okrs/acme/unit.yml:2:8: OKR308 " in done.stderr
    assert "content/okrs/acme/it/unit.yml:2:1: OKR202 " in done.stderr
    assert "errors; nothing was built." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_wrong_option_is_told_by_mkdocs(tmp_path: Path) -> None:
    """So is an option that cannot be used."""
    put(tmp_path, {**SMALL, "mkdocs.yml": MKDOCS.replace("2026-02-14", "tomorrow")})
    done = run("mkdocs", "build", cwd=tmp_path)
    assert done.returncode == 1
    assert "mkdocs.yml:6:1: OKR401 as_of: 'tomorrow' is not a date" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_day(build_files: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the option's, else the environment's, else the configuration's."""

    def day(built: Built) -> str:
        return json.loads((built.site.folder / "api/okrs.json").read_text(encoding="utf-8"))["as_of"]

    assert day(build_files()) == "2026-02-14"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")
    assert day(build_files()) == "2026-03-01"
    assert day(build_files(as_of="2026-03-31")) == "2026-03-31"


def test_today_is_asked_last(build_files: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any of these the clock says."""
    from datetime import date

    monkeypatch.setattr("okrsite.site.clock.today", lambda: date(2026, 1, 9))
    built = build_files({"mkdocs.yml": MKDOCS.replace("      as_of: 2026-02-14\n", "").replace("okrsite:", "okrsite")})
    assert '"2026-01-09"' in (built.site.folder / "versions.js").read_text("utf-8")


def test_a_new_day_draws_no_goal_anew(build_files: Build) -> None:
    """The charts of goals depend on their readings; only the plan's, and those that compare, follow the day."""
    build_files()
    assert build_files(as_of="2026-02-15").result.charts_drawn <= 1


def test_progress_is_told(tmp_path: Path) -> None:
    """Whoever shows a bar hears how far the build is, up to the end."""
    heard: list[tuple[int, int]] = []
    build(put(tmp_path, SMALL), report=lambda done, total: heard.append((done, total)))
    done, total = heard[-1]
    assert done == total > 0
    assert heard == sorted(heard)


def test_the_content_error_holds_all_problems(tmp_path: Path) -> None:
    """Problems of pages come together, as those of goals do."""
    config = put(
        tmp_path,
        {**SMALL, "content/guide/start.md": "[a](okr:a)\n\n[b](okr:b)\n", "content/levels.md": "# Levels\n"},
    )
    with pytest.raises(ContentError) as raised:
        build(config)
    assert [(each.code, each.line) for each in raised.value.problems] == [
        ("OKR402", 1),
        ("OKR402", 3),
        ("OKR310", 1),
    ]


def test_a_strict_portal_with_warnings_leaves_the_old_site(build_files: Build, tmp_path: Path) -> None:
    """``strict: true`` makes warnings of the written pages fail the build before anything is brought over."""
    folder = build_files().site.folder
    before = state(folder)
    put(tmp_path, {"mkdocs.yml": f"strict: true\n{MKDOCS}", "content/guide/start.md": "# Start\n\n[gone](gone.md)\n"})
    with pytest.raises(OkrsiteError, match=r"gone\.md"):
        build(tmp_path / "mkdocs.yml")
    assert state(folder) == before


def test_a_build_that_was_ended_can_be_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first files of a new site mark its folder, so that the next build may go on in it."""
    config = put(tmp_path, SMALL)

    def ends(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("okrsite.site.layout.rendering.PageRenderer.html", ends)
        with pytest.raises(KeyboardInterrupt):
            build(config)
    assert "api/schema.json" in bytes_of(tmp_path / "site")
    assert build(config).written > 20
