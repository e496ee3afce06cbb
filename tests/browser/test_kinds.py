"""The tests of every kind of page find a page of each kind."""

from __future__ import annotations

from pagekinds import HOME, KINDS, WRITTEN
from visits import Portal


def test_every_template_has_a_page(example: Portal) -> None:
    """The example makes a page with each template, so that a new kind of page is tested like the others."""
    assert {HOME, WRITTEN, "404.html", "okr/unit.html"} <= set(KINDS)
    assert set(example.kinds) == set(KINDS)


def test_all_shapes_makes_them_too(shapes: Portal) -> None:
    """So does the portal of all shapes."""
    assert set(shapes.kinds) == set(KINDS)
