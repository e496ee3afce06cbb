"""What a benchmark needs of another generator."""

from __future__ import annotations

import re
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path

from aside import set_aside

from peers.sources import GoalPage


class Peer(ABC):
    """A generator of static sites.

    Args:
        home: Where it is installed, or will be; of its own.
    """

    name: str
    output: str
    """The folder of the built site, in that of the sources."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @abstractmethod
    def install(self) -> None:
        """Install it into its folder, once."""

    @abstractmethod
    def version(self) -> str:
        """Which it is."""

    @abstractmethod
    def configure(self, folder: Path, frame: str) -> None:
        """Write its configuration and template.

        Args:
            folder: The site's.
            frame: What stands around the content of all pages.
        """

    @abstractmethod
    def build(self) -> Sequence[str]:
        """The command that builds the site of the folder it is started in."""

    @abstractmethod
    def serve(self, port: int) -> Sequence[str]:
        """The command that serves it on loopback, and builds it again after each change."""

    def source(self, folder: Path, address: str) -> Path:
        """The file that a page is made of."""
        return folder / "content" / f"{address}.md"

    def text(self, page: GoalPage) -> str:
        """A page's file."""
        return f"---\ntitle: {_quoted(page.title)}\n---\n{page.markdown}"

    def write(self, folder: Path, pages: Iterable[GoalPage], frame: str) -> None:
        """Write a site's sources into a new folder."""
        folder.mkdir(parents=True)
        self.configure(folder, frame)
        for page in pages:
            file = self.source(folder, page.address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text(page), "utf-8")

    def clean(self, folder: Path) -> None:
        """Take the built site away; none of them keeps anything else."""
        set_aside(folder / self.output, folder)

    def edit(self, folder: Path, address: str, word: str) -> None:
        """Change a page's heading and title, as somebody who saves a file."""
        file = self.source(folder, address)
        text = re.sub(r"(?m)^# .*$", f"# Edited {word}", file.read_text("utf-8"), count=1)
        file.write_text(re.sub(r"(?m)^title: .*$", f'title: "Edited {word}"', text, count=1), "utf-8")


def python_packages(home: Path, *packages: str) -> None:
    """Install packages into a virtual environment that is made where there is none."""
    if not (home / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, *packages], check=True)


def found_version(told: str) -> str:
    """The first version number in what a program says of itself."""
    found = re.search(r"\d+\.\d+(\.\d+)*", told)
    return found[0] if found else "?"


def _quoted(title: str) -> str:
    return '"{}"'.format(title.replace("\\", "\\\\").replace('"', '\\"'))
