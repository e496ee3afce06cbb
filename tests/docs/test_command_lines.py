"""Every command line in the README, CONTRIBUTING and docs/ can be typed: commands, options and targets exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from docpages import DOCS, ROOT, sections

from okrsite.cli import okrsite

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


def _typed() -> Iterator[tuple[str, str]]:
    """(page, line) of all that stands in shell blocks, comments left out."""
    for page in PAGES:
        for section in sections(page):
            for block in section.blocks:
                if block.language in ("sh", "bash", "console"):
                    yield from ((page.name, line) for line in block.text.splitlines() if line.strip())


def _commands(program: str) -> list[list[str]]:
    """The words after a program, of each line that starts it or shows it between backticks."""
    typed = [line for _, line in _typed()]
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        typed += re.findall(rf"`({program} [^`\n]+)`", text)
        typed += re.findall(rf"^    ({program} .+)$", text, re.MULTILINE)  # examples in the commands' own help
    words = [shlex.split(re.split(r" \| | > ", line)[0], comments=True) for line in typed]
    return [list(line[1:]) for line in dict.fromkeys(map(tuple, words)) if line and Path(line[0]).name == program]


@pytest.mark.parametrize("words", _commands("okrsite"), ids=" ".join)
def test_commands_can_be_typed(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line takes these words; nothing is run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "preview").mkdir()
    monkeypatch.setenv("CI_COMMIT_SHA", "0" * 40)  # as in the jobs that some of them are written for
    if words[0].startswith("-"):
        assert any(words[0] in each.opts for each in okrsite.get_params(click.Context(okrsite)))
        return
    command = okrsite.commands[words[0]]
    rest = [word for word in words[1:] if word not in ("...", "[ID]", "COMMAND")]
    if isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        command, rest = command.commands[rest[0]], rest[1:]
        if not rest:
            return  # named alone, it is there
    command.make_context(words[0], rest, parent=click.Context(okrsite, info_name="okrsite")).close()


@pytest.mark.parametrize("words", _commands("make"), ids=" ".join)
def test_targets_exist(words: list[str]) -> None:
    """The Makefile has each target that is named."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    for target in (word for word in words if "=" not in word):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def test_there_are_some() -> None:
    """The pages are really searched."""
    assert {words[0] for words in _commands("okrsite")} >= {*okrsite.commands}
    assert ["portal"] in _commands("make")
