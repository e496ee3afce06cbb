"""Write the pages of docs/ that are made from the code, or, with ``--check``, name those that are out of date."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from okrsite.cli import okrsite
from okrsite.content.documentation import content_format_page, problems_page
from okrsite.rules import rules_page

DOCS = Path(__file__).parents[1] / "docs"

_COMMANDS = """\
# Commands

<!-- Made by `make docs` from the commands' own help; a test compares. -->

Messages go to standard error, results to standard output (for `check`, the problems are the result). The exit status
is 0 if all is good, 1 for findings or a failed build, 2 for wrong usage, 130 after Ctrl-C, 143 when told to end by
`SIGTERM`. Colours and the progress bar appear on a terminal alone; `NO_COLOR` switches colours off.

Wherever figures are computed, the day is the first of: `--as-of`, with `--at` the day of that commit, the variable
`SOURCE_DATE_EPOCH` (seconds since 1970-01-01 UTC), the option `as_of` in `mkdocs.yml`, today in UTC.

[Any day, and what changed](comparing.md) tells how `--at` and `diff` find commits, and what `diff` writes.

`mkdocs build` and `mkdocs serve` give the same portal: okrsite is a plugin of MkDocs, and the command line adds to it.
"""


def commands_page() -> str:
    """Every command's help, as the terminal shows it at 100 columns."""
    parts = [_COMMANDS, _help("okrsite", okrsite)]
    for name, command in okrsite.commands.items():
        parts.append(f"## {name}\n\n{_help(f'okrsite {name}', command)}")
        if isinstance(command, click.Group):
            below = command.commands.items()
            parts += [f"### {name} {each}\n\n{_help(f'okrsite {name} {each}', own)}" for each, own in below]
    return "\n".join(parts)


def _help(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path, **{**okrsite.context_settings, "terminal_width": 100})
    return f"```text\n{command.get_help(context)}\n```\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "content-format.md": content_format_page,
    "problems.md": problems_page,
    "rules.md": rules_page,
}


def main() -> int:
    """Write the pages, or compare them; the exit status."""
    check = sys.argv[1:] == ["--check"]
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"docs/{name} is out of date: make docs" if check else f"wrote docs/{name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
