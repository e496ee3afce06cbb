"""The languages of the portal: the words of the interface from catalogues, dates and numbers by the locale.

What content says stays as it was written. A new language is a file in `catalogues/`.
"""

from okrsite.languages.language import ENGLISH, Language, UnknownLanguageError

__all__ = ["ENGLISH", "Language", "UnknownLanguageError"]
