"""The digest of a portal for a command."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

from okrsite.site.clock import day
from okrsite.site.messages.digest import digest
from okrsite.site.options.config import mkdocs_config, settings_of
from okrsite.site.portal import PortalSite


def message(config_file: Path, option: date | None, since: str, unit: str | None, format_name: str) -> str:
    """What changed in a portal, in one of the formats of a message.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        option: The day that was asked for.
        since: How far back, as `first_day` takes it.
        unit: Whose news; None for all.
        format_name: ``text``, ``markdown``, ``html`` or ``json``.

    Raises:
        ContentError: The content has errors.
        OkrsiteError: The configuration cannot be used, or there is no such unit.
        ValueError: Nobody can tell how far back that is.
    """
    config = mkdocs_config(config_file.resolve())
    settings = settings_of(config)
    as_of = day(option, settings)
    canonical = config.site_url.rstrip("/") + "/" if config.site_url else ""
    site = PortalSite(config_file.resolve().parent, settings, as_of)
    record = digest(site.chronicle, first_day(since, as_of), settings.site_name, unit.strip("/") if unit else None)
    if format_name == "html":
        renderer = site.renderer(config.theme.get_env(), site.site((), canonical))
        return renderer.part("okr/digest.html", record=record, canonical=canonical)
    if format_name == "json":
        return record.json(canonical)
    return record.markdown(canonical) if format_name == "markdown" else record.text(canonical)


def first_day(since: str, until: date) -> date:
    """The first of the days told of: ``7d`` are the seven days that end with the last one, ``1m`` goes a month back.

    Args:
        since: Days, weeks or months, or a day.
        until: The last day.

    Raises:
        ValueError: It is neither, or before all time.
    """
    if found := re.fullmatch(r"([1-9][0-9]{0,3})([dwm])", since.strip()):
        amount, unit = int(found[1]), found[2]
        try:
            begin = (
                _months_before(until, amount) if unit == "m" else until - timedelta(amount * (7 if unit == "w" else 1))
            )
        except (OverflowError, ValueError) as error:
            raise ValueError(f"{since!r} is before all time.") from error
        return begin + timedelta(days=1)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", since):
        try:
            return date.fromisoformat(since)
        except ValueError:  # such as 2026-02-30
            pass
    raise ValueError(f"{since!r} is neither a time such as 7d, 2w or 1m nor a day such as 2026-02-01.")


def _months_before(day: date, months: int) -> date:
    """The same day so many months before; the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
