"""``okrsite schema``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import jsonschema
import pytest
import yaml

from okrsite.content import SCHEMAS, schema_of
from okrsite.starter import template_files


def test_names(run: Any, tmp_path: Path) -> None:
    """Without a name, the names, each with the files it is for."""
    result = run("schema", cwd=tmp_path)
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(run: Any, tmp_path: Path, name: str) -> None:
    """What is printed is JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", name, cwd=tmp_path).stdout))


def test_all_into_a_folder(run: Any, tmp_path: Path) -> None:
    """--all writes a file each and tells editors' users what to do with them."""
    result = run("schema", "--all", "-d", "s", cwd=tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert {path.name for path in (tmp_path / "s").iterdir()} == {f"{name}.schema.json" for name in SCHEMAS}
    assert "yaml-language-server: $schema=" in result.stderr


@pytest.mark.parametrize("words", [["nothing"], ["unit", "--all"]])
def test_wrong_usage(run: Any, tmp_path: Path, words: list[str]) -> None:
    """An unknown name, or two wishes at once, is wrong usage."""
    result = run("schema", *words, cwd=tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")


class _AsEditorsRead(yaml.SafeLoader):
    """YAML as JSON has it: days are text."""


_AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

START = date(2026, 1, 5)


def _schema_for(path: PurePath) -> str | None:
    if path.parts[0] != "content":
        return None
    parents = {"check-ins": "check-ins", "rollouts": "rollout"}
    named = {"unit.yml": "unit", "kpis.yml": "kpis", "cycles.yml": "cycles", "rollout.yml": "rollout"}
    return parents.get(path.parent.name, named.get(path.name, "objectives"))


def test_the_examples_pass() -> None:
    """An editor underlines nothing in the files that new portals begin with."""
    files = template_files("starter", START) | template_files("blank", START)
    names = {path: name for path in files if path.suffix == ".yml" and (name := _schema_for(path))}
    assert set(names.values()) == set(SCHEMAS) - {"objective"}
    for path, name in names.items():
        content = yaml.load(files[path], _AsEditorsRead)  # noqa: S506 (a safe loader)
        errors = list(jsonschema.Draft202012Validator(schema_of(name)).iter_errors(content))
        assert [error.message for error in errors] == [], path
