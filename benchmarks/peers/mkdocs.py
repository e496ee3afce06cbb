"""MkDocs with a theme of one file: no search, no plugin, no navigation."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from peers.peer import Peer, found_version, python_packages
from peers.sources import CONTENT, TITLE

_VERSION = "1.6.1"
_CONFIGURATION = """\
site_name: Goals
docs_dir: content
theme: {name: null, custom_dir: theme}
plugins: []
validation:
  omitted_files: ignore
  absolute_links: ignore
  unrecognized_links: ignore
  anchors: ignore
"""


class MkDocs(Peer):
    """MkDocs; Markdown by Python-Markdown."""

    name = "MkDocs"
    output = "site"

    def install(self) -> None:
        """From the Python index."""
        python_packages(self.home, f"mkdocs=={_VERSION}")

    @property
    def _program(self) -> list[str]:
        return [str(self.home / "bin" / "python"), "-m", "mkdocs"]

    def version(self) -> str:
        """As it says itself."""
        told = subprocess.run([*self._program, "--version"], capture_output=True, text=True, check=True).stdout
        return found_version(told)

    def configure(self, folder: Path, frame: str) -> None:
        """A theme of one template."""
        (folder / "mkdocs.yml").write_text(_CONFIGURATION, "utf-8")
        (folder / "theme").mkdir()
        template = frame.replace(TITLE, "{{ page.title }}").replace(CONTENT, "{{ page.content }}")
        (folder / "theme" / "main.html").write_text(template, "utf-8")

    def build(self) -> Sequence[str]:
        """Into ``site``."""
        return [*self._program, "build", "--quiet"]

    def serve(self, port: int) -> Sequence[str]:
        """Everything is built again after a change."""
        return [*self._program, "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
