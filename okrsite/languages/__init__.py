"""The languages of the portal: the words of the interface from catalogues, dates and numbers by the locale.

What content says stays as it was written. A new language is a file in `catalogues/`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from okrsite.languages.saying import Plain, Saying, joined, of_plain, plain, said, said_of

if TYPE_CHECKING:
    from okrsite.languages.language import CATALOGUES, ENGLISH, Language, UnknownLanguageError
    from okrsite.languages.scripts import script_words

__all__ = [
    "CATALOGUES",
    "ENGLISH",
    "Language",
    "Plain",
    "Saying",
    "UnknownLanguageError",
    "joined",
    "of_plain",
    "plain",
    "said",
    "said_of",
    "script_words",
]


def __getattr__(name: str) -> Any:
    """What needs Babel, which takes long to load."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{'scripts' if name == 'script_words' else 'language'}"), name)
