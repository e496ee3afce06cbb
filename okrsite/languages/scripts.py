"""The words that the theme's scripts show: found in the scripts, given to them in the portal's language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from okrsite.languages.language import Language

_TEXT = r'("(?:[^"\\]|\\.)*")'
_MESSAGE = re.compile(rf"\b(?:_\(\s*{_TEXT}|ngettext\(\s*{_TEXT},\s*{_TEXT})")


def script_messages(source: str) -> tuple[tuple[str, ...], ...]:
    """The messages of a script: the text of each ``_("...")``, both forms of each ``ngettext("...", "...", n)``.

    Only texts in double quotes are found: they read alike in a script and in JSON.
    """
    found = (tuple(json.loads(text) for text in match.groups() if text) for match in _MESSAGE.finditer(source))
    return tuple(dict.fromkeys(found))


def script_words(language: Language, sources: Iterable[str]) -> str:
    """A script that gives other scripts their words (``okr.words`` in ``okr.js``) in a language."""
    messages = sorted({forms for source in sources for forms in script_messages(source)})
    texts = {forms[0]: said for forms in messages if (said := language.translation(forms[0])) is not None}
    known = json.dumps(texts, separators=(",", ":"))  # in ASCII, so that nothing in it is special to a page
    return f"okr.words.texts = {known};\nokr.words.plural = (n) => {language.plural_rule};\n"
