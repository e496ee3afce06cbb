"""The hook for pre-commit: what it names can be run, and finds what is wrong."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import yaml

from okrsite.starter import create, template_files

ROOT = Path(__file__).parents[2]


def test_the_hook(tmp_path: Path) -> None:
    """Its command runs in a portal's folder, without names of files, for the files that goals are made of."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("okrsite-check", "python", False)
    for name in ("mkdocs.yml", "content/okrs/acme/unit.yml", "content/index.md", "content/okrs/acme/kpis/revenue.csv"):
        assert re.search(hook["files"], name)
    create(tmp_path, template_files("blank", date(2026, 1, 5)))
    (tmp_path / "content/okrs/organisation/unit.yml").write_text("name: [\n", encoding="utf-8")
    program, *words = shlex.split(hook["entry"])
    assert program == "okrsite"
    command = [sys.executable, "-m", program, *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "unit.yml:" in done.stdout) == (1, True), done.stderr
