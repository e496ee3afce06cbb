"""The tag ``once``: rendered once for each of its values, and again in another environment."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError

from okrsite.site.layout.once import Once

PAGE = "{% once base, kind %}<a href={{ base }}>{{ said() }} {{ kind }}</a>{% endonce %} {{ title }}"


class _Counter:
    """Says how often it was asked."""

    asked = 0

    def __call__(self) -> str:
        self.asked += 1
        return f"time {self.asked}"


def _environment(said: _Counter) -> Environment:
    environment = Environment(
        autoescape=True, extensions=[Once], undefined=StrictUndefined, loader=DictLoader({"page": PAGE})
    )
    environment.globals["said"] = said
    return environment


def test_is_rendered_once_for_each_of_its_values() -> None:
    """The body is kept by all of its values, what stands around it is not; another environment begins anew."""
    said = _Counter()
    page = _environment(said).get_template("page")
    first = page.render(base="../", kind="goal", title="A & B")
    assert first == "<a href=../>time 1 goal</a> A &amp; B"
    assert page.render(base="../", kind="goal", title="C") == "<a href=../>time 1 goal</a> C"
    assert page.render(base="", kind="goal", title="D") == "<a href=>time 2 goal</a> D"
    assert page.render(base="", kind="list", title="E") == "<a href=>time 3 list</a> E"
    assert _environment(said).get_template("page").render(base="", kind="list", title="E").startswith("<a href=>time 4")


def test_its_values_have_to_be_known() -> None:
    """A value that does not exist is an error, not one more value."""
    with pytest.raises(UndefinedError, match="'kind' is undefined"):
        _environment(_Counter()).get_template("page").render(base="", title="A")
