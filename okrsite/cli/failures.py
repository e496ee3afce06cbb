"""How the command line fails: a line that says what happened and an exit status, never a traceback unasked."""

from __future__ import annotations

import errno
import io
import signal
import traceback
from typing import Any, TextIO

import click

from okrsite.cli.places import shown_from_here
from okrsite.cli.streams import colour_on, to_stderr
from okrsite.problems import ContentError, OkrsiteError

DEBUG = "OKRSITE_DEBUG"
"""The variable that asks for tracebacks, like ``--debug``."""

SIGNALLED = 128
"""What shells add to the number of a signal."""

INTERRUPTED = SIGNALLED + signal.SIGINT

_OF_THE_SYSTEM = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
"""What no program can help: nothing may be read or written there, or the disk is full."""


class Commands(click.Group):
    """A group of commands that turns exceptions into messages and exit statuses."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """In the order that they were added: the way of a new portal, not the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except click.Abort as error:
            if not isinstance(error.__context__, KeyboardInterrupt):
                raise
            to_stderr("\ninterrupted")  # at a question, whose line has not ended
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except KeyboardInterrupt:
            to_stderr("interrupted")
            ctx.exit(INTERRUPTED)
        except ContentError as error:
            _content(error)
            ctx.exit(1)
        except OkrsiteError as error:
            to_stderr(f"okrsite: {error}")
            ctx.exit(1)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # the reader of our output has gone: click ends quietly
            _unexpected(error, debug=bool(ctx.params.get("debug")))
            ctx.exit(1)


def end_in_order() -> None:
    """Let a command that is told to end, or whose terminal is closed, delete its temporary files and end its copies.

    Told again, it ends at once.
    """

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise SystemExit(SIGNALLED + number)

    for name in ("SIGTERM", "SIGHUP"):  # the second is not known everywhere
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # else somebody wants it ignored
            signal.signal(number, end)


def prepare_streams(*streams: TextIO) -> None:
    """Let a stream that cannot write a character write ``?`` for it instead of failing."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _content(error: ContentError) -> None:
    from okrsite.exchange.problems import Report, text

    report = Report(shown_from_here(error.problems), colour=colour_on("stderr"))
    to_stderr(text(report).rstrip("\n"))


def _unexpected(error: Exception, *, debug: bool) -> None:
    if debug:
        to_stderr("".join(traceback.format_exception(error)).rstrip("\n"))
    if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
        place = " ".join(f": {error.filename}".split()) if error.filename else ""
        to_stderr(f"okrsite: {error.strerror}{place}")
        return
    happened = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    advice = "" if debug else " Please report it with what --debug prints (okrsite --debug COMMAND)."
    to_stderr(f"okrsite: an unexpected failure, a defect of okrsite: {happened}.{advice}")
