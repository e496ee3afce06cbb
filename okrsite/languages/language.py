"""One language: its words from a catalogue, its dates and numbers from the locale."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, get_decimal_symbol, get_group_symbol
from babel.support import Translations

from okrsite.languages.saying import Saying
from okrsite.problems import OkrsiteError

CATALOGUES = Path(__file__).parent / "catalogues"


class UnknownLanguageError(OkrsiteError):
    """There is no such language."""


class Language:
    """The words, dates and numbers of one language.

    Messages are looked up by their English text and filled in with ``%(name)s``. A language without a catalogue has
    the English words, with its own dates and numbers.

    Attributes:
        tag: For HTML (BCP 47), e.g. ``de-AT``.
        direction: ``ltr`` or ``rtl``.

    Args:
        tag: A language with an optional territory, e.g. ``en``, ``de-AT``. English without a territory is that of
            the world: day before month.

    Raises:
        UnknownLanguageError: Babel's locale data has no such language.
    """

    def __init__(self, tag: str = "en") -> None:
        try:
            self._locale = Locale.parse("en_001" if tag.lower() == "en" else tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError) as error:
            raise UnknownLanguageError(f"'{tag}' is no language that is known") from error
        self.tag = tag.replace("_", "-")
        self.direction = self._locale.text_direction
        self._days: dict[date, str] = {}
        self._short_days: dict[date, str] = {}
        percent = self._locale.percent_formats[None]
        self._before_percent, self._after_percent = percent.prefix[0], percent.suffix[0]
        self._separators = str.maketrans(
            {",": get_group_symbol(self._locale), ".": get_decimal_symbol(self._locale), "-": "−"}
        )

    @cached_property
    def _catalogue(self) -> Catalog | None:
        return _catalogue(self._locale)  # read when the first word is asked for: a check asks for none

    @cached_property
    def _texts(self) -> NullTranslations:
        return _compiled(self._catalogue)

    @property
    def fingerprint(self) -> str:
        """Stands for all its words: another catalogue has another."""
        file = _file(self._locale)
        return f"{self._locale} {hashlib.sha256(file.read_bytes() if file else b'').hexdigest()}"

    @property
    def has_words(self) -> bool:
        """Whether it has words of its own, and not those of messages themselves."""
        return self._catalogue is not None

    @property
    def plural_rule(self) -> str:
        """Which of a message's forms a number ``n`` asks for, as C and JavaScript say it: ``(n != 1)``."""
        return "(n != 1)" if self._catalogue is None else str(self._catalogue.plural_expr)

    def translation(self, message: str) -> str | tuple[str, ...] | None:
        """What the catalogue has for a message, all forms of it where it has several; None where it has nothing."""
        found = self._catalogue.get(message) if self._catalogue is not None else None
        if found is None or not found.string:
            return None
        return tuple(found.string) if isinstance(found.string, (tuple, list)) else found.string

    def gettext(self, message: str, **values: object) -> str:
        """A message in this language, its values filled in."""
        text = self._texts.gettext(message)
        return text % values if values else text

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """A message that depends on a number, which it may show as ``%(num)s``."""
        return self.plural(one, many, n) % {"num": self.digits(f"{n:,}"), **values}

    def plural(self, one: str, many: str, n: int) -> str:
        """The form of a message that a number asks for, its values not yet filled in."""
        return self._texts.ngettext(one, many, n)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """A message whose English text has several meanings, told apart by a context."""
        text = self._texts.pgettext(context, message)
        return text % values if values else text

    def say(self, text: str) -> str:
        """A saying in this language, its values too; any other text as it is."""
        if not isinstance(text, Saying):
            return text
        values = {name: self._said(value) for name, value in text.values.items()}
        return self.ngettext(text.one, text.many, text.n, **values) if text.many else self.gettext(text.one, **values)

    def _said(self, value: object) -> object:
        if isinstance(value, date):
            return self.day(value)
        return self.say(value) if isinstance(value, str) else value

    def day(self, value: date) -> str:
        """A date with its year, e.g. ``5 Jun 2026``."""
        if value not in self._days:
            self._days[value] = format_skeleton("yMMMd", value, locale=self._locale)
        return self._days[value]

    def short_day(self, value: date) -> str:
        """A date without its year, e.g. ``5 Jun``."""
        if value not in self._short_days:
            self._short_days[value] = format_skeleton("MMMd", value, locale=self._locale)
        return self._short_days[value]

    def month(self, value: date) -> str:
        """The month of a date in short, e.g. ``Jun``."""
        return str(self._locale.months["stand-alone"]["abbreviated"][value.month])

    def month_of_year(self, value: date) -> str:
        """The month of a date in short with its year, e.g. ``Jun 2026``."""
        return format_skeleton("yMMM", value, locale=self._locale)

    def in_short(self, value: float) -> str:
        """A large number with at most two decimals and a letter or word for its size, e.g. ``12.5M``."""
        return format_compact_decimal(value, locale=self._locale, fraction_digits=2).replace("-", "−")

    def digits(self, text: str) -> str:
        """A number as Python writes it, such as ``-1,234.5``, with this language's separators."""
        return text.translate(self._separators)

    def percent(self, digits: str) -> str:
        """Digits as a percentage: ``52%``, in German with a space before the sign."""
        return f"{self._before_percent}{digits}{self._after_percent}"


def _catalogue(locale: Locale) -> Catalog | None:
    """The catalogue of a language; None where it has none."""
    file = _file(locale)
    if file is None:
        return None
    with file.open("rb") as source:
        return read_po(source, locale=file.stem)


def _file(locale: Locale) -> Path | None:
    """The file of a language's catalogue, that of its territory first; None where it has none."""
    files = (CATALOGUES / f"{name}.po" for name in (str(locale), locale.language))
    return next((file for file in files if file.is_file()), None)


def _compiled(catalogue: Catalog | None) -> NullTranslations:
    """How a catalogue is looked up; without one, messages are in English: themselves."""
    if catalogue is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


ENGLISH = Language("en")
"""The language of messages themselves."""
