"""From ``mkdocs.yml`` to settings: the plugin's options checked, everything that is wrong with them at once."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import cast

from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from pydantic_core import PydanticCustomError

from okrsite.content import parse_day
from okrsite.languages import Language, UnknownLanguageError
from okrsite.problems import ContentError, OkrsiteError, Problem
from okrsite.rules import read_rule_settings
from okrsite.settings import ForgeOptions, ImpactOptions, PublishOptions, RuleSetting, Settings, StatusLimits
from okrsite.site.options.choices import LeftOut, TemplatesOf
from okrsite.site.options.forge import read_forge
from okrsite.site.options.impact import read_impact
from okrsite.site.options.publish import read_publish

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_GUESSES = ("edit/master/docs/", "src/default/docs/")
"""What MkDocs takes for `edit_uri` where none is given, by the host."""

_LEVEL = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class OkrsiteOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs does not type the hook for subclasses
    """What ``mkdocs.yml`` may say under ``plugins: okrsite``. The values are checked by `settings_of`."""

    source = Type(object, default="okrs")
    levels = Type(object, default=["corporate", "department", "team"])
    as_of = Optional(Type(object))
    status = Type(object, default={})
    rules = Type(object, default={})
    locale = Type(object, default="en")
    forge = Optional(Type(object))
    impact = Type(object, default={})
    publish = Type(object, default={})


def load(config_file: Path) -> tuple[Settings, Path]:
    """The settings of a portal and its folder.

    Raises:
        OkrsiteError: There is no such file, or MkDocs cannot use it.
        ContentError: The plugin's options have errors.
    """
    config = mkdocs_config(config_file)
    return settings_of(config), Path(config_file).resolve().parent


def mkdocs_config(config_file: Path) -> MkDocsConfig:
    """MkDocs' own view of the configuration.

    Raises:
        OkrsiteError: There is no such file, it cannot be used, or it does not name the plugin.
    """
    if not config_file.is_file():
        raise OkrsiteError(
            f"There is no {config_file}: run this in a portal's folder, name its file with -f, or run `okrsite init`."
        )
    with what_mkdocs_says() as said:
        try:
            config = load_config(config_file=str(config_file))
        except (MkDocsException, ValueError) as error:  # a ValueError: YAML's own, for a date such as 2026-02-30
            reasons = "\n".join([*said, str(error)])
            raise OkrsiteError(f"{config_file} cannot be used: {reasons}") from error
    if "okrsite" not in config.plugins:
        raise OkrsiteError(f"{config_file} does not use okrsite: add `plugins: [okrsite]` and `theme: {{name: okr}}`.")
    return config


def is_okrsites_own(config: MkDocsConfig) -> bool:
    """Whether nobody else has a say: another plugin, or a hook, may read what nobody notes."""
    return not config.hooks and set(config.plugins) <= {"okrsite", "search"}


class _Listener(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


@contextmanager
def what_mkdocs_says() -> Iterator[list[str]]:
    """Its warnings and errors, one by one, instead of on the terminal."""
    logger, heard = logging.getLogger("mkdocs"), _Listener()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(heard)
    try:
        yield heard.texts
    finally:
        logger.removeHandler(heard)
        logger.propagate = propagate


def has_own_templates(config: MkDocsConfig) -> bool:
    """Whether the portal has templates of its own, or another theme: these may show more than okrsite's do."""
    own = config.theme.custom_dir
    return config.theme.name != "okr" or (own is not None and any(Path(own).rglob("*.html")))


def settings_of(config: MkDocsConfig) -> Settings:
    """The plugin's options and what else okrsite takes from the configuration.

    Raises:
        ContentError: An option cannot be used; all of them are named.
    """
    options = cast(OkrsiteOptions, config.plugins["okrsite"].config)
    found = _Options(Path(config.config_file_path))
    found.unknown(options)
    rules, messages = read_rule_settings(options.rules)
    for message in messages:
        found.problem(message)
    if not any(Path(folder, "okr", "home.html").is_file() for folder in config.theme.dirs):
        message = f"the theme '{config.theme.name}' has no templates for goals"
        found.problem(message, "write `theme: {name: okr}`, or have your theme extend okr")
    root = found.file.resolve().parent
    settings = Settings(
        site_name=config.site_name,
        source=found.source(options.source),
        content=_relative(Path(config.docs_dir), root),
        levels=found.levels(options.levels),
        as_of=found.as_of(options.as_of),
        status=found.limits(options.status),
        rules=cast(Mapping[str, RuleSetting], rules),
        locale=found.locale(options.locale),
        repo_url=config.repo_url or "",
        edit_uri=found.edit_uri(config),
        forge=found.forge(options.forge, config.repo_url or "", found.edit_uri(config) or ""),
        impact=found.impact(options.impact),
        publish=found.publish(options.publish),
        left_out=LeftOut(config.exclude_docs),
        has_template=TemplatesOf(tuple(config.theme.dirs)),
    )
    if found.problems:
        raise ContentError(found.problems)
    return settings


def _relative(folder: Path, root: Path) -> str:
    """A folder as seen from the portal's: where that itself is must not show."""
    try:
        return Path(os.path.relpath(folder.resolve(), root)).as_posix()
    except ValueError:  # on another drive
        return str(folder)


class _Options:
    """Checks options one by one and keeps what is wrong with them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []

    def problem(self, message: str, hint: str = "") -> None:
        """Note a problem; its line is that of the option's name, where the file has one."""
        name = re.split(r"\W", message.removeprefix("the "), maxsplit=1)[0]
        code = re.search(r"OKR\d{3}", message)
        line = (self._line(code[0]) if code else 0) or self._line(name) or 1
        self.problems.append(Problem(self.file.name, line, 1, "OKR401", message, hint))

    def _line(self, word: str) -> int:
        """The first line that begins with a key; 0 for none."""
        pattern = re.compile(rf"^[\s-]*{re.escape(word)}\s*:")
        return next((n for n, text in enumerate(self._lines, 1) if word and pattern.match(text)), 0)

    def unknown(self, options: OkrsiteOptions) -> None:
        """Note options that there are not: MkDocs only warns of them, and what was meant would not happen."""
        known = [name for name, _ in options._schema]  # noqa: SLF001 - MkDocs offers no other way
        for name in options:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"
                self.problem(f"{name}: there is no such option", hint)

    def source(self, value: object) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*", str(value)):
            self.problem(f"source: '{value}' is not a folder below the content folder", "write e.g. okrs")
        return str(value)

    def locale(self, value: object) -> str:
        if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
            self.problem(f"locale: '{value}' is not a language", "write e.g. en or de-AT, in quotes if it is no")
            return "en"
        try:
            return Language(value).tag
        except UnknownLanguageError as error:
            self.problem(f"locale: {error}", "write e.g. en or de-AT")
            return "en"

    def levels(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.problem(f"levels: '{value}' is not a list", "write e.g. [corporate, department, team]")
            return ()
        names = tuple(str(level) for level in value)
        if not names or len(set(names)) < len(names):
            self.problem("levels: each level has to stand there once", "write e.g. [corporate, department, team]")
        for name in names:
            if not _LEVEL.fullmatch(name):
                hint = "use lower-case letters, digits and hyphens"
                self.problem(f"levels: '{name}' cannot be the name of a level", hint)
        return names

    def as_of(self, value: object) -> date | None:
        if value is None or type(value) is date:
            return value
        try:
            return parse_day(value)
        except PydanticCustomError as error:
            self.problem(f"as_of: {error.message()}", "write YYYY-MM-DD, or leave it out to mean today")
            return None

    def limits(self, value: object) -> StatusLimits:
        found = {"on_track": StatusLimits().on_track, "at_risk": StatusLimits().at_risk}
        if not isinstance(value, dict):
            self.problem(f"status: '{value}' is not a mapping", "write e.g. {on_track: 0.10, at_risk: 0.25}")
            return StatusLimits()
        for name, limit in value.items():
            if name not in found:
                self.problem(f"status: there is no limit '{name}'", "there are on_track and at_risk")
                continue
            share = _share(limit)
            if share is None:
                self.problem(f"status: {name} is {limit!r}", "write a share from 0 to 1, such as 0.10")
            else:
                found[name] = share
        if found["on_track"] > found["at_risk"]:
            self.problem("status: on_track is above at_risk", "on_track is the smaller of the two limits")
        return StatusLimits(found["on_track"], found["at_risk"])

    def edit_uri(self, config: MkDocsConfig) -> str | None:
        """What the portal says of the way to its files; what MkDocs guesses for some hosts is hardly ever right."""
        if config.edit_uri_template:
            return str(config.edit_uri_template).partition("{")[0]
        guessed = config.edit_uri in _GUESSES and not self._line("edit_uri")
        return None if guessed else config.edit_uri

    def forge(self, value: object, repo_url: str, edit_uri: str) -> ForgeOptions:
        options, faults = read_forge(value, repo_url, edit_uri)
        for message, hint in faults:
            self.problem(message, hint)
        return options

    def impact(self, value: object) -> ImpactOptions:
        options, faults = read_impact(value, self.file.name, self._line("impact") or 1)
        for message, hint in faults:
            self.problem(message, hint)
        return options

    def publish(self, value: object) -> PublishOptions:
        options, faults = read_publish(value)
        for message, hint in faults:
            self.problem(message, hint)
        return options


def _share(value: object) -> Fraction | None:
    """A share from a number as YAML reads it, by its written digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        share = Fraction(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return share if 0 <= share <= 1 else None
