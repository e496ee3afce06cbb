"""Eleventy, from npm."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from peers.peer import Peer
from peers.sources import CONTENT, TITLE

_VERSION = "3.1.8"
_CONFIGURATION = """\
module.exports = (eleventy) => ({ dir: { input: "content", includes: "../includes", output: "_site" } });
"""
# The text is Markdown only: without this, each page would go through a template language before.
_DATA = {"layout": "page.11ty.js", "templateEngineOverride": "md"}


class Eleventy(Peer):
    """Eleventy; Markdown by markdown-it, which lets HTML pass, and a template in JavaScript."""

    name = "Eleventy"
    output = "_site"

    def install(self) -> None:
        """By npm, without the scripts of packages."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "package.json").write_text('{"private": true}\n', "utf-8")
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]
        package = f"@11ty/eleventy@{_VERSION}"
        subprocess.run(["npm", "install", *quiet, package], cwd=self.home, check=True, stdout=subprocess.DEVNULL)

    @property
    def _program(self) -> list[str]:
        return ["node", str(self.home / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs")]

    def version(self) -> str:
        """As it says itself, and that of Node."""
        own = subprocess.run([*self._program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        return f"{own}, Node {node.removeprefix('v')}"

    def configure(self, folder: Path, frame: str) -> None:
        """A function as the template."""
        (folder / ".eleventy.js").write_text(_CONFIGURATION, "utf-8")
        (folder / "content").mkdir()
        (folder / "content" / "content.json").write_text(json.dumps(_DATA), "utf-8")
        (folder / "includes").mkdir()
        before, _, rest = frame.partition(TITLE)
        between, _, after = rest.partition(CONTENT)
        parts = [json.dumps(part) for part in (before, between, after)]
        template = f"module.exports = (data) => {parts[0]} + data.title + {parts[1]} + data.content + {parts[2]};\n"
        (folder / "includes" / "page.11ty.js").write_text(template, "utf-8")

    def build(self) -> Sequence[str]:
        """Into ``_site``."""
        return [*self._program, "--quiet"]

    def serve(self, port: int) -> Sequence[str]:
        """Only what a change concerns is built again."""
        return [*self._program, "--serve", "--incremental", f"--port={port}", "--quiet"]
