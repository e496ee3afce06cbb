"""The target that a command is about: the one that it names, else the one that ``mkdocs.yml`` names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from okrsite.problems import ContentError, OkrsiteError
from okrsite.publish.target import Target
from okrsite.publish.targets import open_target
from okrsite.settings import PublishOptions

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::|://)")
_NO_TARGET = "name the TARGET: a folder, or an address such as s3://bucket/goals; or set publish: {target: ...}."


def target_to_publish(config_file: Path, name: str | None) -> Target:
    """The target of ``okrsite publish``.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        name: What the command names.

    Raises:
        UsageError: Nothing names one, or it is a folder that builds write to, and that would delete snapshots.
        OkrsiteError: Nothing can be published there.
    """
    from okrsite.site.options.config import mkdocs_config, settings_of

    try:
        config = mkdocs_config(config_file)
        configured = settings_of(config).publish.target
    except (OkrsiteError, ContentError):
        if name is None:
            raise
        return open_target(name)  # the commit's own configuration counts
    chosen = name or _from(config_file, configured)
    if not chosen:
        raise click.UsageError(_NO_TARGET)
    if not _ADDRESS.match(chosen):
        for key in ("site_dir", "docs_dir"):
            folder, place = Path(config[key]).resolve(), Path(chosen).resolve()
            if place == folder or folder in place.parents:
                raise click.UsageError(
                    f"{chosen} is the {key} of {config_file}, or in it: a build would delete snapshots there."
                    if key == "site_dir"
                    else f"{chosen} is the {key} of {config_file}, or in it: snapshots would become content."
                )
    return open_target(chosen)


def asked(config_file: Path | None, words: Sequence[str]) -> tuple[Target, tuple[str, ...]]:
    """The target that the words of a command begin with, and the words after it.

    The first word may be left out where ``mkdocs.yml`` names the target; then it is one if it looks like a place:
    an address, a path that begins with a slash, a dot or a tilde, or a folder that is there.

    Raises:
        UsageError: There is no target.
        OkrsiteError: The configuration cannot be used, or nothing can be published there.
    """
    if config_file is not None and not _named(words):
        configured = _from(config_file, policy_of(config_file).target)
        if configured:
            return open_target(configured), tuple(words)
    if not words:
        raise click.UsageError(_NO_TARGET)
    return open_target(words[0]), tuple(words[1:])


def policy_of(config_file: Path) -> PublishOptions:
    """What the portal says of its snapshots.

    Raises:
        OkrsiteError: The configuration cannot be used.
    """
    from okrsite.site.options.config import load  # loads MkDocs: most commands do without

    return load(config_file)[0].publish


def _named(words: Sequence[str]) -> bool:
    """Whether the first word is a place, whatever else it may be."""
    if not words:
        return False
    first = words[0]
    return bool(_ADDRESS.match(first)) or first.startswith(("/", ".", "~", "\\")) or Path(first).is_dir()


def _from(config_file: Path, target: str) -> str:
    """A target as it is seen from where the command runs: the configuration's paths begin at its folder."""
    if not target or _ADDRESS.match(target) or Path(target).is_absolute():
        return target
    return str(config_file.parent / target)
