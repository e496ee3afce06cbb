"""Which day figures are computed for."""

from __future__ import annotations

from datetime import date

import pytest

from okrsite.asof import as_of
from okrsite.problems import OkrsiteError

OPTION, CONFIGURED, TODAY = date(2026, 1, 1), date(2026, 3, 3), date(2026, 4, 4)
EPOCH = {"SOURCE_DATE_EPOCH": "1771027200"}  # 2026-02-14, midnight in UTC


def test_order_of_preference() -> None:
    """The option, then SOURCE_DATE_EPOCH, then the portal's own, then today."""
    assert as_of(OPTION, EPOCH, CONFIGURED, lambda: TODAY) == OPTION
    assert as_of(None, EPOCH, CONFIGURED, lambda: TODAY) == date(2026, 2, 14)
    assert as_of(None, {}, CONFIGURED, lambda: TODAY) == CONFIGURED
    assert as_of(None, {"SOURCE_DATE_EPOCH": ""}, None, lambda: TODAY) == TODAY


def test_the_clock_is_asked_last() -> None:
    """Where anything names a day, the clock is not read."""

    def never() -> date:
        raise AssertionError

    assert as_of(None, {}, CONFIGURED, never) == CONFIGURED


def test_days_are_utc() -> None:
    """The last second of a day in UTC is that day."""
    assert as_of(None, {"SOURCE_DATE_EPOCH": "1771113599"}, None, lambda: TODAY) == date(2026, 2, 14)


@pytest.mark.parametrize("epoch", ["now", "-1", "1e9", "1771027200.5", "9" * 15, "9" * 5000, "\u0661"])
def test_nonsense_is_an_error(epoch: str) -> None:
    """A value that is no time is said, not ignored."""
    with pytest.raises(OkrsiteError, match="SOURCE_DATE_EPOCH is"):
        as_of(None, {"SOURCE_DATE_EPOCH": epoch}, None, lambda: TODAY)
