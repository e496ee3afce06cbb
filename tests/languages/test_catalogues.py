"""The catalogues of the languages that are shipped, and the words of scripts."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from okrsite.languages import CATALOGUES, ENGLISH, Language
from okrsite.languages.scripts import script_messages, script_words

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(CATALOGUES.glob("*.po"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """``scripts/catalogues.py``."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def messages(script: ModuleType) -> Catalog:
    """Every message of the code."""
    return script.messages()


def test_what_is_shipped() -> None:
    """German is there; English needs no catalogue."""
    assert "de" in {path.stem for path in SHIPPED}
    assert not ENGLISH.has_words


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_catalogues_are_up_to_date(path: Path, script: ModuleType, messages: Catalog) -> None:
    """Every message of the code is in the catalogue, translated with the same values, and none besides."""
    po = path.read_bytes()
    assert list(script.faults(po)) == []
    assert script.updated(po, messages) == po, "make catalogues"


def test_messages_come_from_everywhere(messages: Catalog) -> None:
    """Python, templates, scripts and rules are all searched, and no line or date makes a catalogue differ."""
    places = {place for message in messages for place, _ in message.locations}
    assert {"okrsite/site/words/figures.py", "okrsite/rules", "themes/okr/base.html"} <= places
    assert any(place.endswith(".js") for place in places)
    assert messages.get("on track").locations
    assert messages.get("no check-ins").locations, "inside another marker"


def test_a_new_language(script: ModuleType, messages: Catalog) -> None:
    """A catalogue that is begun has every message, none translated, and says the plural forms of its language."""
    po = script.begun("pl", messages)
    assert b"nplurals=3" in po
    assert b"Date:" not in po
    assert len(list(script.faults(po))) == len(messages)


def test_faults_are_found(script: ModuleType) -> None:
    """Values that are missing or made up, unsure and absent translations are each named."""
    po = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "from %(low)s to %(high)s"
msgstr "von %(low)s bis %(hoch)s"

#, fuzzy
msgid "done"
msgstr "offen"

msgid "%(num)s day"
msgid_plural "%(num)s days"
msgstr[0] "ein Tag"
msgstr[1] ""
"""
    faults = list(script.faults(po.encode()))
    assert faults == [
        "other values than in English: 'from %(low)s to %(high)s'",
        "marked as fuzzy: 'done'",
        "not translated: '%(num)s day'",
    ]


SCRIPT = r"""
  const { _, ngettext } = okr; // calls in comments count as well: write them without quotes
  button.textContent = okr._("Copy \"all\"");
  status(_( "%(name)s is open", { name }), ngettext("%(num)s result", "%(num)s results", n));
  other_("no"); _(text); _('single'); _(`template`);
  _("Copy \"all\"");
"""


def test_messages_of_a_script() -> None:
    """Texts in double quotes are found, each once."""
    assert script_messages(SCRIPT) == (
        ('Copy "all"',),
        ("%(name)s is open",),
        ("%(num)s result", "%(num)s results"),
    )


def test_words_for_scripts() -> None:
    """Scripts get the translations of their own messages and the rule that chooses a form, in ASCII."""
    words = script_words(Language("de"), ['_("achieved"); _("never said"); ngettext("%(num)s day", "%(num)s days", 2)'])
    texts, plural = words.splitlines()
    assert json.loads(texts.removeprefix("okr.words.texts = ").removesuffix(";")) == {
        "achieved": "erreicht",
        "%(num)s day": ["%(num)s Tag", "%(num)s Tage"],
    }
    assert plural == "okr.words.plural = (n) => (n != 1);"
    assert words.isascii()
