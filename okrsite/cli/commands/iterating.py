"""``okrsite check-in``, ``okrsite close`` and ``okrsite open``: a cycle from its first reading to the next cycle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from okrsite.cli.options import as_of, config_file, day, examples, output_format

_Function = TypeVar("_Function", bound=Callable[..., Any])

units = click.option(
    "--unit", "units", multiple=True, metavar="UNIT", help="Only this unit, without those below it. Repeatable."
)
dry_run = click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")


def _from_file(meaning: str) -> Callable[[_Function], _Function]:
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("--from", "file", type=path, metavar="FILE", help=meaning)


@click.command(
    "check-in",
    epilog=examples(
        "okrsite check-in acme/it",
        'okrsite check-in acme/it --set reliability/uptime=99.5,7,"Drill passed." --set reliability/response=41',
        "okrsite check-in acme/it --from friday.yml --dry-run",
    ),
)
@click.argument("unit", required=False)
@config_file
@as_of
@click.option("--date", "on", callback=day, metavar="DATE", help="The meeting's day; default: that of the figures.")
@click.option("--by", metavar="NAME", help="Who checks in.")
@click.option("--cycle", metavar="CYCLE", help="Only this cycle; default: the unit's cycles that hold the day.")
@click.option(
    "--set",
    "said",
    multiple=True,
    metavar="ID=VALUE[,CONFIDENCE[,NOTE]]",
    help="One key result; each part may be empty. Repeatable.",
)
@_from_file("What to check in, in the form of a check-in file.")
@dry_run
@output_format
def check_in(
    unit: str | None,
    config_file: Path,
    as_of: date | None,
    on: date | None,
    by: str | None,
    cycle: str | None,
    said: tuple[str, ...],
    file: Path | None,
    dry_run: bool,
    format_name: str,
) -> None:
    """Check in the key results of a unit.

    Asks for value, confidence and note of each, or takes them from --set and --from. Writes one new file
    check-ins/DATE.yml and says what it does to the objectives.

    UNIT may be left out where the portal has one.
    """
    from okrsite.cli.iterating.checking_in import check_in as run

    run(config_file, unit, as_of, on, by, cycle, said, file, dry_run=dry_run, format_name=format_name)


@click.command(
    epilog=examples(
        "okrsite close 2026-Q1",
        'okrsite close 2026-Q1 --unit acme/it --score reliability=0.8 --note reliability="The drill came too late."',
        "okrsite close 2026-Q1 --from lessons.yml --dry-run",
    )
)
@click.argument("cycle")
@config_file
@as_of
@units
@click.option("--note", "notes", multiple=True, metavar="ID=TEXT", help="A closing note. Repeatable.")
@click.option("--score", "scores", multiple=True, metavar="ID=SCORE", help="The owner's own score, 0 to 1. Repeatable.")
@_from_file("Scores and notes as YAML: ID: {score: 0.8, closing_note: ...}.")
@click.option("--early", is_flag=True, help="Close it before its last day.")
@dry_run
@output_format
def close(
    cycle: str,
    config_file: Path,
    as_of: date | None,
    units: tuple[str, ...],
    notes: tuple[str, ...],
    scores: tuple[str, ...],
    file: Path | None,
    early: bool,
    dry_run: bool,
    format_name: str,
) -> None:
    """Close the active objectives of a cycle.

    Shows each one's computed score and grade, asks for the owner's score and a closing note, and sets its state to
    closed. An objective that was committed to and missed needs a note, as the rule OKR506 says.

    Without a terminal, notes and scores come from --note, --score and --from. Drafts, postponed and cancelled
    objectives stay as they are.
    """
    from okrsite.cli.iterating.closing import close as run

    run(config_file, as_of, cycle, units, notes, scores, file, early=early, dry_run=dry_run, format_name=format_name)


@click.command(
    "open",
    epilog=examples("okrsite open 2026-Q2 --from 2026-Q1", "okrsite open 2026-Q2 --from 2026-Q1 --dry-run"),
)
@click.argument("cycle")
@click.option("--from", "earlier", required=True, metavar="CYCLE", help="The cycle that goals are carried over from.")
@config_file
@as_of
@units
@dry_run
@output_format
def open_(
    cycle: str,
    earlier: str,
    config_file: Path,
    as_of: date | None,
    units: tuple[str, ...],
    dry_run: bool,
    format_name: str,
) -> None:
    """Carry unfinished goals over into a cycle.

    Active, closed and postponed objectives below their target go on, with the key results that are not achieved. They
    begin where they stand and say what they continue. What is in the new cycle already stays as it is.
    """
    from okrsite.cli.iterating.opening import open_cycle as run

    run(config_file, as_of, cycle, earlier, units, dry_run=dry_run, format_name=format_name)
