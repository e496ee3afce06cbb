"""The languages of the portal: the words of the interface from catalogues, dates and numbers by the locale.

What content says stays as it was written. A new language is a file in `catalogues/`.
"""

from okrsite.languages.language import CATALOGUES, ENGLISH, Language, UnknownLanguageError
from okrsite.languages.saying import Saying, joined, of_plain, plain, said, said_of
from okrsite.languages.scripts import script_words

__all__ = [
    "CATALOGUES",
    "ENGLISH",
    "Language",
    "Saying",
    "UnknownLanguageError",
    "joined",
    "of_plain",
    "plain",
    "said",
    "said_of",
    "script_words",
]
