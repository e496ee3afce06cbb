"""The day that figures are computed for: which of the places that may name it wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from okrsite.problems import OkrsiteError

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that reproducible builds set: seconds since 1970-01-01 UTC (reproducible-builds.org)."""


def as_of(
    option: date | None,
    environ: Mapping[str, str],
    configured: date | None,
    today: Callable[[], date],
) -> date:
    """The day, from the first of these that names one.

    Args:
        option: What ``--as-of`` said.
        environ: Where ``SOURCE_DATE_EPOCH`` is looked up; an empty value counts as none.
        configured: The portal's own option ``as_of``.
        today: Asked only when nothing else answers; gives a day in UTC.

    Raises:
        OkrsiteError: ``SOURCE_DATE_EPOCH`` is not a count of seconds that falls on a day.
    """
    if option is not None:
        return option
    if epoch := environ.get(EPOCH, "").strip():
        return _day_of(epoch)
    return configured if configured is not None else today()


def _day_of(epoch: str) -> date:
    if re.fullmatch(r"[0-9]{1,15}", epoch):
        try:
            return datetime.fromtimestamp(int(epoch), tz=UTC).date()
        except (OverflowError, ValueError, OSError):
            pass
    raise OkrsiteError(
        f"{EPOCH} is {epoch[:40]!r}; it must be whole seconds since 1970-01-01 UTC, e.g. 1771027200 for 2026-02-14."
    )
