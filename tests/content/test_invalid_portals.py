"""Every structural problem, shown by a small portal that has it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrsite.codes import CODES
from okrsite.content import Reading, read_portal
from okrsite.settings import Settings

PORTALS = Path(__file__).parents[1] / "portals" / "invalid"
OF_THE_CONTENT = sorted(folder for folder in PORTALS.iterdir() if not (folder / "mkdocs.yml").exists())
"""Portals whose problems are in the content alone; those with a configuration are shown where the site is tested."""
FOUND_BY_THE_SITE = {"OKR305", *(code for code in CODES if code.startswith("OKR4"))}
"""Codes that need more than the content to be found; they are shown where the site is tested."""


def _make_large(content: Path) -> None:
    with (content / "okrs/acme/2026-Q1.yml").open("wb") as file:
        file.truncate(20_000_001)


def _make_device(content: Path) -> None:
    (content / "okrs/acme/con").mkdir()
    (content / "okrs/acme/con/unit.yml").write_text("name: Console\nlevel: team\n")


def _make_links(content: Path) -> None:
    (content / "okrs/acme/it").symlink_to("../../elsewhere", target_is_directory=True)
    (content / "okrs/acme/2026-Q1.yml").symlink_to("/etc/hostname")


RECIPES: Mapping[str, Callable[[Path], None]] = {
    "OKR103-large-file": _make_large,
    "OKR111-names-that-are-no-ids": _make_device,
    "OKR112-symbolic-link": _make_links,
}
"""What git, or a system that a clone may land on, could not keep."""


def as_text(reading: Reading) -> str:
    """Problems as ``expected.txt`` has them."""
    return "".join(f"{problem}\n    hint: {problem.hint}\n" for problem in reading.problems)


@pytest.mark.parametrize("name", [folder.name for folder in OF_THE_CONTENT])
def test_has_exactly_these_problems(name: str, tmp_path: Path) -> None:
    """A broken portal is reported with exact places, messages and hints, and gives no model."""
    root = tmp_path / name
    shutil.copytree(PORTALS / name, root)
    if name in RECIPES:
        RECIPES[name](root / "content")
    reading = read_portal(root, Settings())
    assert as_text(reading) == (PORTALS / name / "expected.txt").read_text(encoding="utf-8")
    assert reading.portal is None
    assert list(reading.problems) == sorted(reading.problems)


@pytest.mark.parametrize("code", sorted(set(CODES) - FOUND_BY_THE_SITE))
def test_every_code_has_a_portal(code: str) -> None:
    """No code goes without a portal that shows it."""
    shown = [
        line
        for file in PORTALS.glob(f"{code}-*/expected.txt")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert any(f": {code} " in line for line in shown)


def test_portals_show_only_known_codes() -> None:
    """Every folder's code exists, and every problem in it has a documented code."""
    for folder in OF_THE_CONTENT:
        lines = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
        problems = [line for line in lines if not line.startswith("    hint: ")]
        codes = {line.split(": ", 1)[1].split(" ", 1)[0] for line in problems}
        assert codes <= set(CODES)
        if folder.name.startswith("OKR"):
            assert folder.name[:6] in codes


def test_every_problem_says_what_to_do() -> None:
    """No problem of the content comes without a hint."""
    for folder in OF_THE_CONTENT:
        assert "hint: \n" not in (folder / "expected.txt").read_text(encoding="utf-8")
