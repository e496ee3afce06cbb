"""The wheel holds theme and starter: installed elsewhere, it makes a portal and builds it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from portalfiles import warm

ROOT = Path(__file__).parents[2]


def _run(*command: str | Path, cwd: Path) -> str:
    """Run a program as a user would, outside of the checkout; its output."""
    environ = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environ)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_contents(wheel: Path) -> None:
    """Code, types, theme and both templates are in it; nothing of the checkout besides."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        "okrsite/py.typed",
        "okrsite/__main__.py",
        "okrsite/site/plugin.py",
        "okrsite/starter/gitignore",
        "okrsite/starter/blank/mkdocs.yml",
        "okrsite/languages/catalogues/de.po",
        "okrsite_themes/okr/__init__.py",
        "okrsite_themes/okr/mkdocs_theme.yml",
        "okrsite_starter/mkdocs.yml",
        "okrsite_starter/content/index.md",
    } <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"okrsite", "okrsite_themes", "okrsite_starter"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    content = ROOT / "content"
    example = {path.relative_to(ROOT).as_posix() for path in content.rglob("*") if path.is_file()}
    assert {f"okrsite_starter/{name}" for name in example} <= names


def _needed(requirements: list[str]) -> Iterator[Distribution]:
    """What packages need, and what that needs, as it is installed here for these tests."""
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found = distribution(requirement.name)
            yield found
            yield from _needed(found.requires or [])


def _give(home: Path, needed: Iterator[Distribution]) -> None:
    """Put installed packages, and no others, into an environment."""
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    for each in needed:
        for name in {file.parts[0] for file in each.files or ()} - {"..", "__pycache__"}:
            if not (packages / name).exists():
                (packages / name).symlink_to(str(each.locate_file(name)))


def test_installed_in_another_place(wheel: Path, tmp_path: Path) -> None:
    """Elsewhere, with nothing but what it says it needs, ``init`` and ``build`` give a portal, as does MkDocs."""
    home = tmp_path / "venv"
    venv.create(home)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        requirements = message_from_bytes(archive.read(metadata)).get_all("Requires-Dist") or []
    _give(home, _needed(requirements))
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "--disable-pip-version-check", "--quiet")
    _run(*pip, "install", "--no-compile", "--no-deps", wheel, cwd=tmp_path)
    _run(*pip, "check", cwd=tmp_path)
    _run(programs / "okrsite", "init", "p", cwd=tmp_path)
    portal = tmp_path / "p"
    warm(portal)
    _run(programs / "okrsite", "check", "--strict", cwd=portal)
    _run(programs / "okrsite", "build", cwd=portal)
    for page in ("index.html", "levels/team/index.html", "rollout/index.html", "404.html", "api/okrs.json"):
        assert (portal / "site" / page).stat().st_size, page
    assert (portal / ".gitignore").read_text(encoding="utf-8").splitlines()[1:] == ["site/", ".okrsite/"]
    _run(programs / "python", "-m", "okrsite", "init", "--template", "blank", "q", cwd=tmp_path)
    warm(tmp_path / "q")
    _run(programs / "python", "-m", "mkdocs", "build", "--strict", cwd=tmp_path / "q")
    assert (tmp_path / "q" / "site" / "organisation" / "index.html").stat().st_size
