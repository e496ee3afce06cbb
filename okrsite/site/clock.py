"""The one place that asks the clock and the environment for a day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from okrsite.asof import as_of
from okrsite.settings import Settings


def today() -> date:
    """The day by the clock, in UTC."""
    return datetime.now(tz=UTC).date()


def day(option: date | None, settings: Settings) -> date:
    """The day that figures are computed for: what ``--as-of`` said, else what comes first in its stead."""
    return as_of(option, os.environ, settings.as_of, today)
