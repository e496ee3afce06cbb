"""The options of a portal, typed: what ``mkdocs.yml`` says under ``plugins: okrsite``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Literal

from okrsite.frozen import frozen

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""What a portal's configuration may be called, the usual name first."""

LimitValue = int | str | tuple[str, ...]


@frozen
class StatusLimits:
    """How far behind the expected progress a goal may be, as shares 0..1."""

    on_track: Fraction = Fraction(1, 10)
    at_risk: Fraction = Fraction(1, 4)


@frozen
class RuleSetting:
    """What a portal says of one rule.

    Attributes:
        level: ``off``, or the severity to use; None for the rule's own.
        limits: The rule's limits that differ from its own, by name.
    """

    level: Literal["off", "warning", "notice", "error"] | None = None
    limits: Mapping[str, LimitValue] = field(default_factory=dict)


@frozen
class ForgeOptions:
    """What the portal says of the site that its repository is browsed on.

    Attributes:
        kind: Such as ``github``; empty where unknown.
        branch: The branch to link to; empty to take it from ``edit_uri``.
        folder: The content folder in the repository; None to take it from ``edit_uri``.
        view: The address where a file is looked at, with ``{path}`` and ``{line}``; empty for the forge's own.
        edit: The address where a file is changed, likewise.
        new: The address where a file is made, with ``{folder}``, ``{name}`` or ``{path}``, and ``{text}``.
    """

    kind: str = ""
    branch: str = ""
    folder: str | None = None
    view: str = ""
    edit: str = ""
    new: str = ""


IMPACT_AREAS = ("productivity", "engagement", "project_success", "alignment")
"""What introducing goals is meant to better, in the order in which it is shown."""


@frozen
class ImpactOptions:
    """What tells whether introducing goals was worth the effort.

    Attributes:
        rollout: The id of the plan that begins on the day between before and since; empty for the one shown first.
        kpis: One of the `IMPACT_AREAS` -> the full ids of its KPIs.
        file: Where this stands, relative to the portal's folder.
        line: Likewise.
    """

    rollout: str = ""
    kpis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    line: int = 1


@frozen
class PublishOptions:
    """What the portal says of its snapshots: where they go, how they are stored, and which are kept.

    Attributes:
        target: Where to publish to unless the command says: a folder, relative to the portal's own, or an address.
        compression: ``both`` for files that compress well plain and compressed, ``only`` compressed, or ``none``.
        last: How many of the newest snapshots are kept.
        days: Of how many days that have snapshots, the latest first, the last one is kept.
        weeks: Likewise of weeks, Monday to Sunday.
        labelled: Whether every snapshot with a label is kept.
        cycle_ends: Whether the last snapshot of each cycle is kept for good.
        grace_days: For how many days after it was published no snapshot is deleted.
        channel_days: After how many days a channel expires.
    """

    target: str = ""
    compression: Literal["both", "only", "none"] = "both"
    last: int = 30
    days: int = 31
    weeks: int = 53
    labelled: bool = True
    cycle_ends: bool = True
    grace_days: int = 7
    channel_days: int = 14


def is_hidden(path: str) -> bool:
    """Whether a file's name begins with a dot."""
    return path.rpartition("/")[2].startswith(".")


@frozen
class Settings:
    """The options of a portal with their defaults.

    Attributes:
        site_name: What the portal is called.
        source: The folder of the goals below the content folder.
        content: The content folder relative to the portal's folder, e.g. ``content``.
        levels: Top first.
        as_of: The day that figures are computed for, where nothing else says.
        status: The two limits between on track, at risk and off track.
        rules: By code.
        locale: The language of the pages.
        repo_url: Where the content's repository is browsed; empty for none.
        edit_uri: What to put between it and a file's path; empty for no links, None where nothing is said.
        forge: What kind of site that is, and where files are there.
        impact: Which KPIs show whether introducing goals was worth the effort.
        publish: How snapshots are stored, and which are kept.
        left_out: Whether a file, by its path below the content folder, is none of the site's.
        has_template: Whether a written page may choose a template of that name.
    """

    site_name: str = "Goals"
    source: str = "okrs"
    content: str = "content"
    levels: tuple[str, ...] = ("corporate", "department", "team")
    as_of: date | None = None
    status: StatusLimits = StatusLimits()
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    locale: str = "en"
    repo_url: str = ""
    edit_uri: str | None = None
    forge: ForgeOptions = ForgeOptions()
    impact: ImpactOptions = ImpactOptions()
    publish: PublishOptions = PublishOptions()
    left_out: Callable[[str], bool] = is_hidden
    has_template: Callable[[str], bool] = lambda name: name == "main.html"
