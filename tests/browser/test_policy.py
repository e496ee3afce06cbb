"""Pages ask nobody but their own server, and stay within the strict policy that it sends."""

from __future__ import annotations

import pytest
from pagekinds import KINDS
from visits import Portal, Portals, Visits
from webserver import POLICY


@pytest.mark.parametrize("portal", ["example", "shapes"])
def test_every_kind(portals: Portals, visit: Visits, portal: str) -> None:
    """No page has an error, violates the policy or asks another host; `visit` fails the test otherwise."""
    built = portals(portal)
    page = visit.empty()
    for kind in KINDS:
        answer = page.goto(built.url + built.of(kind))
        assert answer is not None
        assert answer.headers["content-security-policy"] == POLICY


def test_policy_in_the_page(example: Portal) -> None:
    """Each page says the same itself, for servers that do not."""
    said = f'http-equiv="Content-Security-Policy" content="{POLICY}"'
    assert [name for name in example.files if said not in (example.folder / name).read_text("utf-8")] == []


def test_violations_are_seen(example: Portal, visit: Visits) -> None:
    """These tests would notice: an inline style and a foreign picture are told of."""
    page = visit(example.url)
    page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    page.evaluate("() => { new Image().src = 'https://elsewhere.example/dot.png'; }")
    page.wait_for_function("() => true")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    told, visit.faults = visit.faults, []
    assert any("policy: style-src" in each for each in told)
    assert any("elsewhere.example" in each for each in told)
