"""``okrsite build``: what it says, and what it leaves alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def _contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_good_portal(run: Any, portal: Path) -> None:
    """The site is there, the place to look is said on standard error, a second build writes nothing."""
    first = run("build", cwd=portal)
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr.splitlines()[-1] == f"open {portal / 'site' / 'index.html'}"
    site = _contents(portal / "site")
    assert {"index.html", "organisation/index.html", "api/okrs.json"} <= set(site)
    again = run("build", cwd=portal)
    assert "no files written, " in again.stderr
    assert _contents(portal / "site") == site


def test_another_folder(run: Any, portal: Path) -> None:
    """-d says where to, -f which portal, from wherever one stands."""
    result = run("build", "-f", portal / "mkdocs.yml", "-d", "out", cwd=portal.parent)
    assert result.exit_code == 0, result.output
    assert (portal.parent / "out" / "index.html").is_file()
    assert not (portal / "site").exists()


def test_a_broken_portal_leaves_the_site_alone(run: Any, portal: Path) -> None:
    """Errors are messages, the status is 1, the site of before stays whole."""
    assert run("build", cwd=portal).exit_code == 0
    before = _contents(portal / "site")
    (portal / "content/okrs/organisation/unit.yml").write_text("name: [\n", encoding="utf-8")
    result = run("build", cwd=portal)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "content/okrs/organisation/unit.yml:" in result.stderr
    assert "Traceback" not in result.stderr
    assert _contents(portal / "site") == before


def test_folders_of_others_are_safe(run: Any, portal: Path) -> None:
    """A folder that holds something else than a site is not built into."""
    (portal / "mine").mkdir()
    (portal / "mine" / "diary.txt").write_text("dear", encoding="utf-8")
    result = run("build", "-d", "mine", cwd=portal)
    assert result.exit_code == 1
    assert _contents(portal / "mine").keys() == {"diary.txt"}


def test_json_for_programs(run: Any, portal: Path) -> None:
    """``--format json`` says on standard output what was done, and nothing else."""
    told = json.loads(run("build", "--format", "json", cwd=portal).stdout)
    assert told["written"] == len(_contents(portal / "site"))
    assert (told["unchanged"], told["deleted"], told["warnings"]) == (0, 0, [])
    assert set(told["problems"]) == {"error", "warning", "notice"}
    assert json.loads(run("build", "--format", "json", cwd=portal).stdout)["unchanged"] == told["written"]


def test_json_of_a_broken_portal(run: Any, broken: Path) -> None:
    """Programs get the problems as ``check --format json`` has them; people read along on standard error."""
    result = run("build", "--format", "json", cwd=broken)
    assert result.exit_code == 1
    assert json.loads(result.stdout) == json.loads(run("check", "--format", "json", cwd=broken).stdout)
    assert "OKR" in result.stderr


def test_a_broken_template_leaves_the_site_alone(run: Any, portal: Path) -> None:
    """A mistake in a template of the portal's own is named with its line before anything is written."""
    assert run("build", cwd=portal).exit_code == 0
    before = _contents(portal / "site")
    own = portal / "overrides" / "okr"
    own.mkdir(parents=True)
    (own / "quality.html").write_text("fine\n{% if %}\n", encoding="utf-8")
    config = portal / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("theme: {name: okr}", "theme: {name: okr, custom_dir: overrides}")
    config.write_text(text, encoding="utf-8")
    result = run("build", cwd=portal)
    assert result.exit_code == 1
    assert "quality.html:2: a template of the theme failed" in result.stderr
    assert _contents(portal / "site") == before
