"""``okrsite check``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import as_of, config_file, examples

FORMATS = ("text", "json", "github", "gitlab", "sarif")


@click.command(
    epilog=examples(
        "okrsite check",
        "okrsite check --strict --format github",
        "okrsite check --format gitlab > gl-code-quality-report.json",
    )
)
@config_file
@as_of
@click.option("--strict", is_flag=True, help="Warnings fail too. For CI.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="github: annotations; gitlab: code quality report; sarif: SARIF 2.1.0.",
)
@click.pass_context
def check(ctx: click.Context, config_file: Path, as_of: date | None, strict: bool, format_name: str) -> None:
    """Find every problem of a portal at once.

    Prints path:line:col: CODE message and a hint for each, to standard output.

    Errors fail; warnings fail under --strict; notices, which depend on the day, never fail.
    Rules are switched, and their limits set, in mkdocs.yml.
    """
    from okrsite.cli.meanings import code_of
    from okrsite.cli.places import shown_from_here
    from okrsite.cli.streams import colour_on, to_stdout
    from okrsite.exchange.problems import FORMATS as WRITERS
    from okrsite.exchange.problems import Report
    from okrsite.site.freshness.verdict import Verdict

    verdict = Verdict(config_file.resolve())
    found = verdict.problems(as_of)
    if found is None:
        from okrsite.cli.opened import problems

        found = problems(config_file, as_of, verdict)
    to_stdout(WRITERS[format_name](Report(shown_from_here(found), code_of, colour_on("stdout"))))
    failing = {"error", "warning"} if strict else {"error"}
    ctx.exit(1 if any(problem.severity in failing for problem in found) else 0)
