"""The documentation of the content format holds what the code does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrsite.codes import CODES
from okrsite.content import SCHEMAS, Reading
from okrsite.content.documentation import content_format_page, problems_page

ROOT = Path(__file__).parents[2]
PORTALS = ROOT / "tests" / "portals" / "invalid"
EXAMPLE = re.compile(r"```\w+\n(?:# |<!-- )(content/[^ \n]+)(?: -->)?\n(.*?)```\n", re.DOTALL)


@pytest.mark.parametrize(("name", "page"), [("problems.md", problems_page), ("content-format.md", content_format_page)])
def test_pages_are_current(name: str, page: Callable[[], str]) -> None:
    """The pages in docs/ are what the code makes; ``make docs`` writes them anew."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page()


def test_examples_are_a_portal(read_files: Callable[[Mapping[str, str]], Reading]) -> None:
    """The examples of all files fit together: in one folder they are a portal without a problem."""
    examples = {path.removeprefix("content/"): text for path, text in EXAMPLE.findall(content_format_page())}
    assert {Path(path).name for path in examples} >= {"unit.yml", "cycles.yml", "kpis.yml", "rollout.yml", "load.csv"}
    reading = read_files({"okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n", **examples})
    assert reading.problems == ()
    assert reading.portal is not None
    kinds = {key_result.kind for key_result in reading.portal.key_results.values()}
    assert kinds == {"increase", "decrease", "at_least", "at_most", "between", "milestones", "done", "rollup"}


def test_every_key_is_explained() -> None:
    """Every key that a file may have stands in a table, with a meaning."""
    rows = [line.split(" | ") for line in content_format_page().splitlines() if line.startswith("| `")]
    explained = {row[0].strip("| `") for row in rows if len(row) == 4 and len(row[3].strip(" |.")) > 3}
    for document, _ in SCHEMAS.values():
        schema = document.model_json_schema()
        for entry in (schema, *schema.get("$defs", {}).values()):
            assert set(entry["properties"]) <= explained


def test_nothing_is_left_to_fill_in() -> None:
    """Every placeholder of the template is replaced."""
    assert not re.search(r"\{(keys|limit|reserved)", content_format_page())


@pytest.mark.parametrize("code", [code for code in CODES.values() if code.example], ids=lambda code: code.code)
def test_examples_of_problems_are_real(code: object) -> None:
    """What a problem is documented to say is what a portal with it is told."""
    said = "".join(file.read_text(encoding="utf-8") for file in PORTALS.glob("*/expected.txt"))
    assert f": {code.code} {code.example}\n" in said  # type: ignore[attr-defined]


def test_every_code_has_an_example() -> None:
    """None goes without."""
    assert [code.code for code in CODES.values() if not code.example] == []
