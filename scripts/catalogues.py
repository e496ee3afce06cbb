"""Bring the message catalogues up to date with the code.

With ``--check``, name those that are out of date or incomplete; with a language, e.g. ``fr``, begin its catalogue.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

from okrsite.languages import CATALOGUES
from okrsite.languages.scripts import script_messages
from okrsite.rules import RULES
from okrsite.site.layout.once import Once

ROOT = Path(__file__).parents[1]

_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "message": None,
    "counted": (1, 2),
    "forms": (1, 2),
    "plural": (1, 2),
    "said": None,
    "said_of": (1, 2),
}
_OPTIONS = {
    "trimmed": "true",
    "newstyle_gettext": "true",
    "silent": "false",
    "extensions": f"{Once.__module__}.{Once.__qualname__}",
}
_LEFT_OUT = (
    *(b'"POT-Creation-Date:', b'"PO-Revision-Date:', b'"Generated-By:'),
    *(b'"Report-Msgid-Bugs-To:', b'"Last-Translator:', b'"Language-Team:'),
)

Found = tuple[Path, str | tuple[str, ...], str | None]
"""Where a message is, the message or its two forms, and its context."""

_HEADER = """\
# The words of okrsite in LANGUAGE. docs/languages.md says how to translate.
#
# Glossary:
"""


def messages() -> Catalog:
    """Every message of the package and the theme, with the files that it is used in."""
    template = Catalog(project="okrsite", charset="utf-8")
    for path, found, context in _found():
        template.add(found, locations=[(path.relative_to(ROOT).as_posix(), 1)], context=context)
    return template


def _found() -> Iterator[Found]:
    for path in sorted(ROOT.joinpath("okrsite").rglob("*.py")):
        yield from _extracted(path, "python", {})
    for path in sorted(ROOT.joinpath("themes", "okr").rglob("*.html")):
        yield from _extracted(path, "jinja2", _OPTIONS)
    for path in sorted(ROOT.joinpath("themes", "okr", "assets").glob("*.js")):
        for forms in script_messages(path.read_text(encoding="utf-8")):
            yield path, forms if len(forms) > 1 else forms[0], None
    for rule in RULES:
        for text in (rule.summary, rule.reason, rule.mend):
            yield ROOT / "okrsite" / "rules", text, None


def _extracted(
    path: Path, method: str, options: Mapping[str, str]
) -> Iterator[tuple[Path, str | tuple[str, ...], str | None]]:
    with path.open("rb") as source:
        for _, found, _, context in extract(method, source, keywords=_KEYWORDS, options=options):
            yield path, found, context


def updated(po: bytes, template: Catalog) -> bytes:
    """A catalogue with the messages of the code: new ones untranslated, those that nothing uses left out."""
    catalogue = read_po(BytesIO(po))
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    for message in catalogue:
        if "%(" not in str(message.id):  # a mere percent sign
            message.flags.discard("python-format")
    out = BytesIO()
    # Without dates, lines or the order of the code: what changes is what translators have to look at.
    write_po(out, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(_LEFT_OUT))


def faults(po: bytes) -> Iterator[str]:
    """What a translator has yet to do: messages without a text, unsure ones, and values that are not filled in."""
    for message in read_po(BytesIO(po)):
        if not message.id:
            continue
        if not all(message.string if isinstance(message.string, tuple) else [message.string]):
            yield f"not translated: {_named(message)}"
        if message.fuzzy:
            yield f"marked as fuzzy: {_named(message)}"
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        if any(_values(text) not in map(_values, forms) for text in texts if text):
            yield f"other values than in English: {_named(message)}"


def _values(text: str) -> set[str]:
    """What is filled into a message; that its number may stand in one form alone is no fault."""
    return set(re.findall(r"%\(\w+\)s", text)) - {"%(num)s"}


def _named(message: Message) -> str:
    return repr(message.id[0] if isinstance(message.id, tuple) else message.id)


def begun(language: str, template: Catalog) -> bytes:
    """An empty catalogue of a language."""
    locale = language.replace("-", "_")
    catalogue = Catalog(locale, project="okrsite", version="catalogue", header_comment=_HEADER, fuzzy=False)
    out = BytesIO()
    write_po(out, catalogue)
    return updated(out.getvalue(), template)


def main() -> int:
    """Write the catalogues, or compare them; the exit status."""
    check = sys.argv[1:] == ["--check"]
    template = messages()
    for language in [] if check else sys.argv[1:]:
        path = CATALOGUES / f"{language.replace('-', '_')}.po"
        if not path.is_file():
            path.write_bytes(begun(language, template))
    wrong = []
    for path in sorted(CATALOGUES.glob("*.po")):
        before = path.read_bytes()
        now = updated(before, template)
        if now != before and check:
            wrong.append(f"{path.name} is out of date: make catalogues")
        elif now != before:
            path.write_bytes(now)
        wrong += [f"{path.name}: {fault}" for fault in faults(now)]
    for line in wrong:
        print(line)
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
