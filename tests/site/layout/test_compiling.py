"""Compiled templates: the pages that Jinja's own compiler makes, in the portal's language, with less to do for each."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from okrsite.languages import ENGLISH, Language
from okrsite.site.layout import translation as messages
from okrsite.site.layout.cache import TemplateCache
from okrsite.site.layout.compiling import edition
from okrsite.site.words import Words

MARKS = """\
{% macro tag(name, kind="plain", more=none) %}<i class="{{ kind }}">{{ name }}{{ more if more }}</i>{% endmacro %}
{% macro box(title) %}<b>{{ title }}: {{ caller() }}</b>{% endmacro %}
{% macro spread() %}{{ varargs|join }}{% for key in kwargs %}{{ key }}{% endfor %}{% endmacro %}
{% set shared = "<shared>" %}
"""
VALUES: Mapping[str, object] = {
    "title": "R&D <it>",
    "html": Markup("<b>bold</b>"),
    "view": SimpleNamespace(figures=SimpleNamespace(progress=3, note="<low>"), none=None, items="an attribute"),
    "plain": {"title": "in a dict", "below": {"deep": "'quoted'"}},
    "many": ["a", "<b>", 3],
    "yes": True,
}
TEMPLATES = {
    "text": "as it is: & < > {{ 1 + 2 }} {{ '<constant>' }} {{ 'safe <i>'|safe }}",
    "values": "{{ title }} {{ html }} {{ yes }} {{ 12 }} {{ 1.50 }} {{ view.none }} {{ many }} {{ title|upper|e }}",
    "attributes": "{{ view.figures.note }} {{ view.items }} {{ plain.title }} {{ plain.below.deep }} {{ many[0] }}",
    "missing": "{{ view.nothing is defined }} {{ plain.nothing is defined }} {{ many.more|default('none') }}",
    "choices": "{{ '<x>' if yes }}{{ title if not yes else html }}{{ 'a' if not yes }}{{ none or title }}",
    "joined": "{{ 'a<' ~ title ~ html ~ 3 }} {% set all = title ~ html %}{{ all }}",
    "messages": "{{ _('Owner') }} {{ _('As of %(day)s.', day=title) }} {{ _('As of %(day)s.', day=html) }}",
    "in messages": "{{ _('and %(n)s more: %(where)s', n=12, where=_('As of %(day)s.', day=view.figures.note)) }}",
    "plural": "{{ ngettext('and %(num)s more', 'and %(num)s more', 1200) }} {{ pgettext('a <context>', 'Data') }}",
    "percent": "{{ _('100%%') }} {{ _('%(n)s%% of it', n=title) }}",
    "in a choice": "{{ _('Owner') if yes else _('Unit') }} {{ _('As of %(day)s.', day=title) if not yes else '<' }}",
    "set": "{% set said = _('As of %(day)s.', day=title) %}{{ said }} {{ said|length }} {{ _('Owner')|lower }}",
    "block of words": "{% trans day=title %}As of {{ day }}.{% endtrans %}",
    "own underscore": "{% for _, each in [(1, 2)] %}{{ _ }}{{ each }}{% endfor %}",
    "macros": "{% import 'marks' as marks %}{{ marks.tag(title) }}{{ marks.tag(html, kind=title) }}{{ marks.shared }}",
    "called": "{% import 'marks' as marks %}{% call marks.box(title) %}{{ html }}<{% endcall %}",
    "any values": "{% import 'marks' as marks %}{{ marks.spread(1, '<', a=2) }}{{ marks.tag(*many) }}",
    "kept": "{% from 'marks' import tag %}{% set one = tag('a', 'b', '<c>') %}{{ one }} {{ one|length }}",
    "loops": "{% for each in many %}{{ loop.index }} {{ each }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}",
    "captured": "{% set all %}<p>{{ title }}</p>{% endset %}{{ all }}{% filter upper %}{{ title }}{% endfilter %}",
    "not escaped": "{% autoescape false %}{{ title }}{{ _('As of %(day)s.', day=title) }}{% endautoescape %}",
    "child": "{% extends 'base' %}never{% block inner %}{% macro own(x) %}[{{ x }}]{% endmacro %}"
    "{{ super() }}{{ own(title) }}{% endblock %}",
    "base": "{{ title }}{% block inner %}<{{ title }}>{% endblock %}{% include 'text' %}",
    "marks": MARKS,
}


def _environment(language: Language, *, own: bool = True, folder: Path | None = None) -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=DictLoader(TEMPLATES),
        bytecode_cache=FileSystemBytecodeCache(str(folder)) if folder else None,
    )
    messages.install(environment, Words(language))
    if not own:
        environment.code_generator_class = CodeGenerator
    return environment


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "marks"])
@pytest.mark.parametrize("tag", ["en", "de"])
def test_gives_what_jinja_gives(name: str, tag: str) -> None:
    """Each construct, with values that have to be escaped and values that are HTML, gives the same text."""
    language = Language(tag)
    expected = _environment(language, own=False).get_template(name).render(VALUES)
    assert _environment(language).get_template(name).render(VALUES) == expected


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ view.figures.nothing }}", "has no attribute 'nothing'"),
        ("{{ view.nothing.more }}", "has no attribute 'nothing'"),
        ("{{ plain.nothing }}", "has no attribute 'nothing'"),
        ("{{ _('As of %(day)s.', day=nothing) }}", "'nothing' is undefined"),
        ("{% import 'marks' as marks %}{{ marks.tag() }}", "parameter 'name' was not provided"),
    ],
)
def test_what_is_not_there_is_an_error(template: str, error: str) -> None:
    """With the words that Jinja has for it, at the line of the template."""
    with pytest.raises(UndefinedError, match=error) as raised:
        _environment(ENGLISH).from_string(f"first\n\n{template}\nlast").render(VALUES)
    assert next(frame.lineno for frame in traceback.extract_tb(raised.tb) if frame.filename == "<template>") == 3


def test_a_mistake_in_a_message_is_an_error() -> None:
    """A value that is not given, or a sign that stands for none, is not passed over."""
    environment = _environment(ENGLISH)
    with pytest.raises(KeyError, match="day"):
        environment.from_string("{{ _('As of %(day)s.') }}").render()
    with pytest.raises(ValueError, match="incomplete format"):
        environment.from_string("{{ _('100%') }}").render()


def test_messages_are_looked_up_when_a_template_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages look up none but those that depend on a number."""
    language = Language("de")
    environment = _environment(language)
    page = environment.from_string("{{ _('Unit') }} {{ _('As of %(day)s.', day=title) }}")
    looked_up: list[str] = []

    def gettext(_: Language, message: str) -> str:
        looked_up.append(message)
        return message

    monkeypatch.setattr(Language, "gettext", gettext)
    assert page.render(title="<1>") == "Einheit Stand: &lt;1&gt;."
    assert not looked_up


def test_another_catalogue_is_another_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition stands for the words: each language has its own, and a catalogue that changed another."""
    assert edition(Language("de")) == edition(Language("de"))
    assert len({edition(Language(tag)) for tag in ("en", "de", "de-AT", "fr")}) == 4
    monkeypatch.setattr("okrsite.languages.language.CATALOGUES", tmp_path)
    found = [edition(Language("de"))]
    for owner in ("Besitz", "Verantwortlich"):
        catalogue = Catalog(locale="de")
        catalogue.add("Owner", owner)
        with (tmp_path / "de.po").open("wb") as file:
            write_po(file, catalogue)
        found.append(edition(Language("de")))
    assert len(set(found)) == 3


def _compilations(folder: Path, edition: str) -> int:
    """How often a template is compiled until a page can be rendered."""
    compiled: list[str] = []

    class Noting(Environment):
        def compile(self, source: str, *rest: object, **more: object) -> object:
            compiled.append(source)
            return super().compile(source, *rest, **more)

    environment = Noting(loader=DictLoader({"page": "{{ title }}"}))
    environment.bytecode_cache = TemplateCache(folder, folder, folder, edition)
    assert environment.get_template("page").render(title="A") == "A"
    return len(compiled)


def test_what_another_edition_compiled_is_not_used(tmp_path: Path) -> None:
    """A template that was kept is compiled anew where the words are others, and taken as it is where they are not."""
    assert [_compilations(tmp_path, which) for which in ("one", "one", "other", "other")] == [1, 0, 1, 0]


def test_what_is_damaged_is_not_used(tmp_path: Path) -> None:
    """An altered bit anywhere, a cut, or something else in its place has a template compiled anew."""
    _compilations(tmp_path, "one")
    (file,) = tmp_path.iterdir()
    kept = file.read_bytes()
    for at in range(0, len(kept), 7):
        file.write_bytes(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])
        assert _compilations(tmp_path, "one") == 1
        assert file.read_bytes() == kept
    file.write_bytes(kept[: len(kept) // 2])
    assert _compilations(tmp_path, "one") == 1
    file.unlink()
    file.mkdir()
    assert _compilations(tmp_path, "one") == 1
    assert [*tmp_path.iterdir()] == [file]
