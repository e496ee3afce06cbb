"""The JSON Schemas for editors agree with what is read."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from okrsite.content import SCHEMAS, schema_of
from okrsite.content.syntax.frontmatter import split_front_matter
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.text import read_text

VALID = Path(__file__).parents[1] / "portals" / "valid"


def schema_for(file: Path) -> str | None:
    """Which schema is for a content file."""
    if file.suffix == ".md":
        return "objective" if re.match(r"\d|[Ww]inter", file.parent.name) else None
    if file.parent.name == "check-ins":
        return "check-ins"
    if file.parent.name == "rollouts":
        return "rollout"
    if file.suffix == ".yml":
        return file.stem if file.stem in ("unit", "kpis", "cycles", "rollout") else "objectives"
    return None


def as_json(value: Any) -> Any:
    """A tree with numbers as JSON has them."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


FILES = sorted(file for file in VALID.rglob("*") if file.is_file() and schema_for(file))


@pytest.mark.parametrize("name", SCHEMAS)
def test_is_a_schema(name: str) -> None:
    """Each is valid JSON Schema, and takes no key to be empty."""
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert '"null"' not in str(schema).replace("'", '"')


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(VALID).as_posix().replace("content/", ""))
def test_valid_files_fit(file: Path) -> None:
    """What is read without a problem is not marked by an editor either."""
    log = ProblemLog()
    text = read_text(file, file.name, log)
    assert text is not None
    if file.suffix == ".md":
        parts = split_front_matter(text)
        assert parts is not None
        text = parts[0]
    tree = parse_yaml(text, file.name, log)
    if file.match("numbers-and-text/*/*/acme/*.yml") and file.stem != "unit":
        return  # its ids look like numbers of a kind that JSON does not have
    jsonschema.validate(as_json(tree), schema_of(schema_for(file) or ""))


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("unit", {"name": "Acme"}),
        ("unit", {"name": "Acme", "level": "team", "lead": None}),
        ("unit", {"name": "Acme", "level": "team", "leader": "Ada"}),
        ("objectives", {"objectives": [{"id": "Not an id", "title": "T", "owner": "A", "key_results": []}]}),
        ("check-ins", {"check_ins": {"a/b": "high"}}),
        ("rollout", {"title": "T", "start": "2026-01-05", "months": []}),
    ],
)
def test_mistakes_are_marked(name: str, document: object) -> None:
    """What reading refuses, an editor marks."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema_of(name))
