"""The documentation cannot go stale: pages made from the code are compared, the rest must name what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from okrsite.codes import CODES, Code
from okrsite.rules import RULES

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"OKR\d{3}")


def test_generated_pages_are_current() -> None:
    """``make docs`` would change nothing."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "generated_docs.py"), "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_codes_are_unique() -> None:
    """A code means one thing, in the structure or in the rules."""
    found = Counter([*CODES, *(rule.code for rule in RULES)])
    assert [code for code, count in found.items() if count > 1] == []


def test_every_code_in_the_source_is_documented() -> None:
    """No message shows a code that the documentation does not explain, and none is explained that nothing says."""
    documented = {*CODES, *(rule.code for rule in RULES)}
    used = {
        code
        for path in (ROOT / "okrsite").rglob("*.py")
        if path.name != "codes.py"
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert used - documented == set(), "not documented"
    assert set(CODES) - used == set(), "documented, but nothing says it"


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_codes_explain_themselves(code: Code) -> None:
    """Each has a title without a full stop, a reason and a remedy in sentences."""
    assert re.fullmatch(r"OKR[1-4]\d\d", code.code)
    assert code.title
    assert not code.title.endswith(".")
    assert code.why.endswith(".")
    assert code.mend.endswith(".")


def test_links_between_pages_lead_somewhere() -> None:
    """A relative link in the README, CONTRIBUTING and docs/ names a file that exists."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
    broken = []
    for page in filter(Path.is_file, pages):
        text = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))  # what stands in code is no link
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in target and not target.startswith(("okr:", "mailto:")):
                broken += [f"{page.name}: {target}"] if not (page.parent / target).exists() else []
    assert broken == []
