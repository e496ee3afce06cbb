"""What is not needed is not loaded: help, and checking a portal that was read before, begin at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.portalfiles import MKDOCS, SMALL, put

HEAVY = {
    "pydantic",
    "yaml",
    "babel",
    "mkdocs",
    "jinja2",
    "markdown",
    "altair",
    "vl_convert",
    "icalendar",
    "ruamel",
    "rich",
}


def loaded(code: str, cwd: Path) -> set[str]:
    """The packages that are loaded after some code has run in a process of its own."""
    code = f"import sys, json\n{code}\nprint(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
    return {*json.loads(done.stdout.splitlines()[-1])}


def test_help_loads_little(tmp_path: Path) -> None:
    """The command line knows its commands without what any of them needs."""
    code = (
        "from click.testing import CliRunner\nfrom okrsite.cli import okrsite\nCliRunner().invoke(okrsite, ['--help'])"
    )
    assert not loaded(code, tmp_path) & (HEAVY | {"okrsite.content", "okrsite.site"})


def test_reading_what_is_kept_validates_nothing(tmp_path: Path) -> None:
    """Documents, pydantic and the parser are loaded where a file has to be parsed; history's, where a commit is new."""
    put(tmp_path, SMALL)
    code = (
        "from pathlib import Path\nfrom okrsite.content import ContentCache, read_portal\n"
        "from okrsite.history import read_history\nfrom okrsite.settings import Settings\n"
        "read = read_portal(Path.cwd(), Settings(), ContentCache(Path('kept')))\nassert read.portal.objectives"
    )
    heavy = {"pydantic", "okrsite.content.documents", "okrsite.content.assembly", "okrsite.history.replay.walk"}
    assert loaded(code, tmp_path) & heavy == heavy - {"okrsite.history.replay.walk"}
    assert not loaded(code, tmp_path) & heavy


def test_checking_again_loads_nothing(tmp_path: Path) -> None:
    """Where nothing changed, neither configuration nor content is loaded, and of history git alone."""
    put(tmp_path, {**SMALL, "mkdocs.yml": MKDOCS})
    code = (
        "from click.testing import CliRunner\nfrom okrsite.cli import okrsite\n"
        "assert 'OKR' in CliRunner().invoke(okrsite, ['check', '--as-of', '2026-02-14']).output"
    )
    rooms = {
        "okrsite.content",
        "okrsite.rules",
        "okrsite.scoring",
        "okrsite.history.ledger",
        "okrsite.exchange.goals_json",
    }
    assert {"mkdocs", "okrsite.content", "okrsite.rules"} <= loaded(code, tmp_path)
    assert not loaded(code, tmp_path) & (HEAVY | rooms)


def test_checking_after_an_edit_loads_what_reads(tmp_path: Path) -> None:
    """Of a portal that was checked, a saved file is read; what MkDocs said of the configuration is known."""
    put(tmp_path, {**SMALL, "mkdocs.yml": MKDOCS, "content/news.md": "# News\n\n[See](okr:acme)\n"})
    code = (
        "from pathlib import Path\nfrom click.testing import CliRunner\nfrom okrsite.cli import okrsite\n"
        "unit = Path('content/okrs/acme/unit.yml')\nunit.write_text(unit.read_text() + 'mission: Better\\n')\n"
        "assert 'OKR' in CliRunner().invoke(okrsite, ['check', '--as-of', '2026-02-14']).output"
    )
    assert {"mkdocs", "markdown", "pydantic"} <= loaded(code, tmp_path)
    code = code.replace("Better", "Best").replace("unit.read_text()", "unit.read_text().partition('mission')[0]")
    assert loaded(code, tmp_path) & HEAVY == {"pydantic"}


def test_building_again_loads_nothing(tmp_path: Path) -> None:
    """What a build that changes nothing needs: to look at files, and to say so."""
    code = "import okrsite.site.freshness.standstill, okrsite.cli.views.built, okrsite.cli.progress"
    assert not loaded(code, tmp_path) & (HEAVY | {"okrsite.content", "okrsite.rules", "okrsite.scoring"})
