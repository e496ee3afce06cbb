"""Runs what copies its own process in one of its own: that of the tests may have threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def copying(*lines: str, wait: bool = True) -> subprocess.Popen[str]:
    """A process that copies itself. Warnings are errors there as well."""
    begin = (
        "import os, signal, sys",
        "signal.signal(signal.SIGINT, signal.default_int_handler)",  # who starts tests may have had it ignored
        "from okrsite.crew import Apart, CrewError, meanwhile",
        "from okrsite.crew.processes import Generations",
        "from toykit import do, words",
        "crew = Generations(2, do)",
    )
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", "\n".join([*begin, *lines])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    if wait:
        process.wait(60)
    return process


def said(process: subprocess.Popen[str]) -> str:
    """All that a process and its copies said, once the last of them has ended."""
    with process:
        assert process.stdout is not None
        return process.stdout.read()
