"""One language: its words from a catalogue, its dates and numbers from the locale."""

from __future__ import annotations

from datetime import date
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol
from babel.support import Translations

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
        self._texts = _translations(self._locale)
        self._days: dict[date, str] = {}
        self._short_days: dict[date, str] = {}
        percent = self._locale.percent_formats[None]
        self._before_percent, self._after_percent = percent.prefix[0], percent.suffix[0]
        self._separators = str.maketrans(
            {",": get_group_symbol(self._locale), ".": get_decimal_symbol(self._locale), "-": "−"}
        )

    def gettext(self, message: str, **values: object) -> str:
        """A message in this language, its values filled in."""
        text = self._texts.gettext(message)
        return text % values if values else text

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """A message that depends on a number, which it may show as ``%(num)s``."""
        return self._texts.ngettext(one, many, n) % {"num": n, **values}

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """A message whose English text has several meanings, told apart by a context."""
        text = self._texts.pgettext(context, message)
        return text % values if values else text

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

    def digits(self, text: str) -> str:
        """A number as Python writes it, such as ``-1,234.5``, with this language's separators."""
        return text.translate(self._separators)

    def percent(self, digits: str) -> str:
        """Digits as a percentage: ``52%``, in German with a space before the sign."""
        return f"{self._before_percent}{digits}{self._after_percent}"


def _translations(locale: Locale) -> NullTranslations:
    """The catalogue of a language or, where it has none, English: the messages themselves."""
    for name in (str(locale), locale.language):
        file = CATALOGUES / f"{name}.po"
        if file.is_file():
            compiled = BytesIO()
            with file.open("rb") as source:
                write_mo(compiled, read_po(source, locale=name))
            compiled.seek(0)
            return Translations(compiled)
    return NullTranslations()


ENGLISH = Language("en")
"""The language of messages themselves."""
