"""The command line: one file a group of commands, no logic.

Nothing here imports at its top what takes long to load; commands do that when they run, so that help is quick.
"""

from __future__ import annotations

import gc
import sys

import click

from okrsite import __version__
from okrsite.cli.commands.building import build, serve
from okrsite.cli.commands.checking import check
from okrsite.cli.commands.comparing import diff
from okrsite.cli.commands.exchanging import export, schema
from okrsite.cli.commands.hooks import hook
from okrsite.cli.commands.iterating import check_in, close, open_
from okrsite.cli.commands.previewing import preview
from okrsite.cli.commands.publishing import publish
from okrsite.cli.commands.remembering import history
from okrsite.cli.commands.showing import show
from okrsite.cli.commands.snapshotting import snapshots
from okrsite.cli.commands.starting import init
from okrsite.cli.commands.telling import digest
from okrsite.cli.failures import DEBUG, Commands, end_in_order, prepare_streams
from okrsite.cli.options import examples

__all__ = ["main", "okrsite"]


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("okrsite init goals", "cd goals", "okrsite serve"),
)
@click.version_option(__version__, prog_name="okrsite")
@click.option("--debug", is_flag=True, envvar=DEBUG, show_envvar=True, help="Show tracebacks of unexpected failures.")
def okrsite(debug: bool) -> None:
    r"""OKRs and KPIs as code: goals in git, compiled into a static site.

    A portal is a folder with mkdocs.yml and content/; "okrsite init goals" makes one.

    Exit status: 0 good, 1 findings or a failed build, 2 wrong usage.
    """


for _command in (
    init,
    check,
    build,
    serve,
    show,
    check_in,
    close,
    open_,
    history,
    diff,
    digest,
    export,
    schema,
    publish,
    snapshots,
    hook,
    preview,
):
    okrsite.add_command(_command)


def main() -> None:
    """What the console script and ``python -m okrsite`` run."""
    prepare_streams(sys.stdout, sys.stderr)
    end_in_order()
    gc.set_threshold(500_000)  # loading what a command needs makes very many values, and hardly any garbage
    try:
        okrsite(prog_name="okrsite")
    finally:
        gc.freeze()  # the program ends: to look for garbage once more takes a second after a large build
