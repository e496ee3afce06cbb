"""What makes a site here, with versions: okrsite, Python, git, and every package that may decide a byte of it."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import (
    Distribution,
    EntryPoint,
    PackageNotFoundError,
    distribution,
    entry_points,
    packages_distributions,
)

from mkdocs.config.defaults import MkDocsConfig
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from okrsite import __version__
from okrsite.history import Repository

_GIT = "git version "


def built_by(repository: Repository | None = None, config: MkDocsConfig | None = None) -> Mapping[str, str]:
    """What makes a site here.

    Of packages, all that okrsite needs, and what those need; drivers of places to publish to are not among them, since
    they decide nothing. Of a portal also what its plugins, Markdown extensions and theme need.

    Args:
        repository: Told of by its git, whose version decides which files count as renamed.
        config: The portal's configuration.
    """
    found = {"okrsite": __version__, "python": platform.python_version()}
    if repository is not None:
        told = repository.git("version").decode("utf-8", "replace").strip()
        found["git"] = told.removeprefix(_GIT).partition(" ")[0]
    packages = dict(_with_needs({"okrsite", *(_extending(config) if config else ())}))
    packages.pop("okrsite", None)
    return {**found, **dict(sorted(packages.items()))}


def _with_needs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Packages by name with their versions, and with all that they need here, at any depth."""
    waiting: list[tuple[str, frozenset[str]]] = [(canonicalize_name(name), frozenset()) for name in sorted(names)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        yield name, package.version
        waiting += _needs(package, extras)


def _needs(package: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in package.requires or ():
        try:
            needed = Requirement(line)
        except InvalidRequirement:  # of an old package; what it means nobody knows
            continue
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(needed.name), frozenset(needed.extras)


def _extending(config: MkDocsConfig) -> Iterator[str]:
    """The packages that a portal's configuration names: of plugins, Markdown extensions, and its theme."""
    plugins = {type(plugin).__module__ for plugin in config.plugins.values()}
    yield from (name for each, name in _entries("mkdocs.plugins") if each.module in plugins)
    yield from (name for each, name in _entries("mkdocs.themes") if each.name == config.theme.name)
    extensions = {name for name in config.markdown_extensions if isinstance(name, str)}
    found = {each.name: (each.module, name) for each, name in _entries("markdown.extensions")}
    known = {*found, *(module for module, _ in found.values())}
    yield from (name for short, (module, name) in found.items() if extensions & {short, module})
    if named := extensions - known:  # by a module that is registered nowhere: looking through all packages takes long
        packages = packages_distributions()
        for module in named:
            yield from packages.get(module.partition(".")[0].partition(":")[0], ())


def _entries(group: str) -> Iterator[tuple[EntryPoint, str]]:
    """What packages offer under a name, each with the package's."""
    for each in entry_points(group=group):
        if each.dist is not None:
            yield each, each.dist.name
