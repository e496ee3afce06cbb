"""``schema.json`` describes ``okrs.json`` strictly."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import pytest

from okrsite.exchange import okrs_json, okrs_schema
from okrsite.model import Portal
from okrsite.scoring import Figures, score
from tests.builders import make_portal


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    """The schema, checked itself."""
    jsonschema.Draft202012Validator.check_schema(okrs_schema())
    return jsonschema.Draft202012Validator(okrs_schema())


def test_output_is_valid(validator: jsonschema.Draft202012Validator, portal: Portal, figures: Figures) -> None:
    """What okrsite writes passes, with goals and without."""
    validator.validate(okrs_json(portal, figures))
    validator.validate(okrs_json(make_portal(), score(make_portal(), date(2026, 2, 14))))


@pytest.mark.parametrize("day", [date(2025, 12, 1), date(2026, 3, 31), date(2027, 1, 1)])
def test_output_is_valid_on_any_day(validator: jsonschema.Draft202012Validator, portal: Portal, day: date) -> None:
    """Before, at the end of and after the cycle: grades and nulls are allowed for."""
    validator.validate(okrs_json(portal, score(portal, day)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(extra=1),
        lambda data: data.update(schema="okrsite/2"),
        lambda data: data["units"][0].pop("lead"),
        lambda data: data["objectives"][0].update(status="fine"),
        lambda data: data["objectives"][0]["key_results"][0].update(progress=1.5),
        lambda data: data["objectives"][0]["key_results"][0].update(due="31.03.2026"),
        lambda data: data["kpis"][0].update(target=[1]),
        lambda data: data["rollouts"][0]["tasks"][0].update(month=0),
    ],
)
def test_anything_else_is_not(
    validator: jsonschema.Draft202012Validator, portal: Portal, figures: Figures, spoil: Callable[[Any], None]
) -> None:
    """Unknown and missing keys, unknown words, shares beyond 1 and other dates are refused."""
    data = copy.deepcopy(okrs_json(portal, figures))
    spoil(data)
    assert not validator.is_valid(data)
