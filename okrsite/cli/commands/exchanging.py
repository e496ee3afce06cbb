"""``okrsite export`` and ``okrsite schema``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from okrsite.cli.options import as_of, at, config_file, examples


@click.command(
    epilog=examples(
        "okrsite export | jq '.objectives[] | select(.status == \"off_track\") | .title'",
        "okrsite export --format csv -o okrs.csv",
        "okrsite export --as-of 2026-03-31 -o end-of-quarter.json",
        "okrsite export --at v1.0 -o then.json",
    )
)
@config_file
@at
@as_of
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("json", "csv")),
    default="json",
    show_default=True,
    help="json: everything, as api/okrs.json of the site; csv: a row a key result.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write; default: standard output.",
)
def export(config_file: Path, at: str | None, as_of: date | None, format_name: str, output: Path | None) -> None:
    """Write the goals with their figures for other programs."""
    from okrsite.cli.files import write
    from okrsite.cli.opened import opened
    from okrsite.cli.streams import to_stderr, to_stdout
    from okrsite.exchange import okrs_csv, okrs_json_text

    found = opened(config_file, as_of, at)
    text = (okrs_csv if format_name == "csv" else okrs_json_text)(found.portal, found.figures)
    if output is None:
        to_stdout(text)
    else:
        write(output, text)
        to_stderr(f"wrote {output}")


@click.command(epilog=examples("okrsite schema", "okrsite schema objectives", "okrsite schema --all -d schemas"))
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="Write every schema into a file.")
@click.option(
    "-d",
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas"),
    show_default=True,
    metavar="DIR",
    help="Where --all writes them.",
)
def schema(name: str | None, everything: bool, directory: Path) -> None:
    """Print the JSON Schema of a content file, for editors.

    Without NAME, lists the names and which files they are for.
    """
    from okrsite.cli.streams import to_stderr, to_stdout
    from okrsite.content import SCHEMAS

    if name and everything:
        raise click.UsageError("give a NAME or --all, not both.")
    if everything:
        to_stderr(_write_all(directory, SCHEMAS))
    elif name is None:
        to_stdout("".join(f"{known:<12}{files}\n" for known, (_, files) in SCHEMAS.items()))
    elif name in SCHEMAS:
        to_stdout(_schema_text(name))
    else:
        raise click.BadParameter(f"{name!r} is none of {', '.join(SCHEMAS)}.", param_hint="NAME")


def _schema_text(name: str) -> str:
    from okrsite.content import schema_of

    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


def _write_all(directory: Path, names: Iterable[str]) -> str:
    from okrsite.cli.files import write

    for name in names:
        write(directory / f"{name}.schema.json", _schema_text(name))
    example = (directory / "objectives.schema.json").as_posix()
    return f"""wrote {", ".join(f"{name}.schema.json" for name in names)} into {directory}

Editors with the YAML language server check a file that begins with a line like
    # yaml-language-server: $schema={example}
(the path leads from that file), or all of them by their settings, e.g. in .vscode/settings.json:
    {{"yaml.schemas": {{"{example}": "content/okrs/**/20*.yml"}}}}"""
