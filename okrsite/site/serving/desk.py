"""Where saved files arrive and pages go out: the portal as it is now, and what is wrong with it."""

from __future__ import annotations

import gc
import hashlib
import shutil
import tempfile
import traceback
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from threading import Condition, RLock

from jinja2 import TemplateError
from mkdocs.exceptions import MkDocsException

from okrsite.frozen import frozen
from okrsite.history import head_files
from okrsite.languages import ENGLISH, Language
from okrsite.problems import ContentError, OkrsiteError, Problem
from okrsite.site import addresses
from okrsite.site.build import template_failure
from okrsite.site.clock import day
from okrsite.site.options.config import mkdocs_config
from okrsite.site.saved import Saved
from okrsite.site.serving.edition import Edition
from okrsite.site.serving.written import WrittenPages

_DIGITS = 16

Tell = Callable[[str], None]


@frozen
class Answer:
    """A file of the site.

    Attributes:
        content: What it holds.
        version: Changes when the content does, or anything that pages load by a name that stays.
        found: Whether there is such a file; else the content is the page for that.
    """

    content: bytes
    version: str
    found: bool = True


@frozen
class Sight:
    """What a browser is to show at an address.

    Attributes:
        version: Of the page; empty where there is none.
        above: The nearest page above it where there is none; None where there is a page.
        problems: What keeps the portal, or this page, from being shown as its files are now.
    """

    version: str
    above: str | None
    problems: Sequence[Problem]


class Desk:
    """Keeps the last good state of a portal, and makes pages of it as they are asked for.

    One thread at a time reads or makes: a request that comes while files are read waits, and gets what they hold.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        folder: An empty one, for what MkDocs builds.
        as_of: The day that figures are computed for; None to let the configuration or the clock say.
        url: Where the site is served.
        tell: Takes lines for the terminal.
    """

    def __init__(self, config_file: Path, folder: Path, as_of: date | None, url: str, tell: Tell) -> None:
        self._config_file, self._folder, self._as_of, self._url = config_file, folder, as_of, url
        self._tell = tell
        self._lock = RLock()
        self._news = Condition(self._lock)
        self._number = 0
        self._rounds = 0
        self._written: WrittenPages | None = None
        self._edition: Edition | None = None
        self._last: dict[str, bytes] = {}
        self._heads = head_files(self._config_file.parent)
        self._open: set[str] = set()
        """Changed since the last good state."""
        self.problems: Sequence[Problem] = ()

    def renew(self, changed: Collection[str] = ()) -> bool:
        """Read what has changed; gives whether the portal is good. What is wrong is told only by `announce`.

        Args:
            changed: The files; none for all.
        """
        with self._lock:
            self._open.update(changed)
            try:
                self._edition = self._read(self._open)
                self._open.clear()
                self.problems = ()
            except ContentError as error:
                self.problems = error.problems
            except (OkrsiteError, MkDocsException, TemplateError, OSError) as error:
                self.problems = (self._failure(error),)
            except Exception as error:  # noqa: BLE001 - a mistake of ours or of a plugin must not end the server
                self._tell(traceback.format_exc())
                self.problems = (self._failure(error),)
            return not self.problems

    def make_tools(self) -> None:
        """Make what draws charts, if it is not there: the first page with one would wait some seconds for it."""
        if self._edition is not None:
            self._edition.make_tools()

    def announce(self) -> None:
        """Wake whoever waits for news."""
        with self._news:
            self._number += 1
            self._news.notify_all()

    def wait(self, number: int, timeout: float) -> int:
        """The number of the newest announcement, as soon as it is another than the one given, or after some seconds."""
        with self._news:
            self._news.wait_for(lambda: self._number != number, timeout)
            return self._number

    def answer(self, name: str) -> Answer | None:
        """A file of the site, or the page for what is not there; None where nothing good has been made of it yet.

        Args:
            name: Relative to the site's root.
        """
        with self._news:
            self._news.wait_for(lambda: self._number > 0)  # the first reading
            content, problems = self._content(name)
            if content is not None:
                return Answer(content, self._version(content))
            if self._edition is None or problems:
                return None
            return Answer(self._edition.file("404.html") or b"", "", found=False)

    def sight(self, address: str) -> Sight:
        """What a browser is to show at an address."""
        with self._lock:
            content, problems = self._content(addresses.file_of(address))
            if content is not None:
                return Sight(self._version(content), None, [*self.problems, *problems])
            above = self._edition.page_above(address) if self._edition and not problems else None
            return Sight("", above, [*self.problems, *problems])

    @property
    def language(self) -> Language:
        """That of the portal."""
        return self._written.plugin.site.language if self._written else ENGLISH

    def watched(self) -> list[Path]:
        """The files and folders that decide what is shown."""
        try:
            config = self._written.config if self._written else mkdocs_config(self._config_file)
        except OkrsiteError:
            return [self._config_file]
        themes = [config.theme.custom_dir] if config.theme.custom_dir else []
        return [self._config_file, *map(Path, [config.docs_dir, *config.watch, *themes]), *self._heads]

    def is_of_yesterday(self) -> bool:
        """Whether the figures are of another day than they would be now."""
        with self._lock:
            site = self._written.plugin.site if self._written else None
            return site is not None and site.gallery.as_of != day(self._as_of, site.settings)

    def _read(self, changed: Collection[str]) -> Edition:
        heads = {str(head) for head in self._heads}
        saved = Saved([name for name in changed if name not in heads], not heads.isdisjoint(changed) or not heads)
        if self._written is not None and changed and self._written.knows(saved.files):
            self._written.renew(saved)
        else:
            self._written = self._found()
        return Edition(self._written)

    def _found(self) -> WrittenPages:
        """All that MkDocs finds; what it found before goes only then."""
        gc.unfreeze()
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        try:
            written = WrittenPages(self._config_file, folder, self._as_of, self._url)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if self._written is not None:
            shutil.rmtree(self._written.config.site_dir, ignore_errors=True)
        self._rounds += 1
        gc.freeze()  # these stay: to look through thousands of goals for garbage after a save would take a second
        for warning in written.warnings:
            self._tell(f"warning: {warning}")
        return written

    def _content(self, name: str) -> tuple[bytes | None, Sequence[Problem]]:
        """A file, and why it is not as it should be: then it is the last good one."""
        if self._edition is None:
            return None, ()
        try:
            content = self._edition.file(name)
        except (MkDocsException, TemplateError, OkrsiteError, OSError) as error:
            return self._last.get(name), (self._failure(error),)
        for failure in self._edition.failures():
            self._tell(f"warning: {failure}")
        if content is not None and name.endswith(".html"):
            self._last[name] = content
        return content, ()

    def _version(self, content: bytes) -> str:
        return hashlib.sha256(b"%d\n%b" % (self._rounds, content)).hexdigest()[:_DIGITS]

    def _failure(self, error: Exception) -> Problem:
        """A failure that is of no line of the content."""
        if isinstance(error, TemplateError):
            message = template_failure(error)
        elif isinstance(error, OkrsiteError | MkDocsException):
            message = str(error)
        else:
            message = f"{type(error).__name__}: {error}"
        return Problem(self._config_file.name, 1, 1, "", message)
