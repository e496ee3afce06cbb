"""Figures and what moved, in words of the portal's language."""

from okrsite.site.words.figures import ENGLISH_WORDS, Number, Words, forms, message

__all__ = ["ENGLISH_WORDS", "Number", "Words", "forms", "message"]
