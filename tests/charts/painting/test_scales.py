"""Days as numbers."""

from __future__ import annotations

import pytest

from okrsite.charts.painting.scales import moment


def test_moments_are_in_utc() -> None:
    """A day begins at midnight in UTC, and a moment is so many minutes later."""
    assert moment("2026-03-02") - moment("2026-03-01") == 24 * 60
    assert moment("2026-03-01T00:00Z") == moment("2026-03-01")
    assert moment("2026-03-01T10:30Z") - moment("2026-03-01") == 10 * 60 + 30


def test_what_is_no_day_is_refused() -> None:
    """A text that is no date says so."""
    with pytest.raises(ValueError, match="isoformat"):
        moment("soon")
