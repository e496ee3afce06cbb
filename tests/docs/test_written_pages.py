"""docs/written-pages.md: links lead where it says, and what it says is left out is."""

from __future__ import annotations

import re

import pytest
from builders import make_key_result, make_kpi, make_objective, make_portal
from docpages import DOCS, sections

from okrsite.site.layout.markdown import MarkdownText
from okrsite.site.written.called import Call, embed_problem
from okrsite.site.written.calls import EmbedCalls
from okrsite.site.written.targets import Goals

SECTIONS = {section.title: section for section in sections(DOCS / "written-pages.md")}
LINKS = [(row["written"], row["leads to"]) for row in SECTIONS["Links to goals"].rows()]
HTML = [(row["written"], row["becomes"]) for row in SECTIONS["What is allowed"].rows()]


@pytest.fixture(scope="module")
def text() -> MarkdownText:
    """Texts of a portal that has the goals of the page."""
    goal = make_objective("acme/it/2026-Q1/reliability", [make_key_result("uptime")])
    return MarkdownText(Goals(make_portal([goal], kpis=[make_kpi("acme/it/kpis/availability")])).link)


@pytest.mark.parametrize(("written", "target"), LINKS, ids=[target for _, target in LINKS])
def test_links_to_goals(text: MarkdownText, written: str, target: str) -> None:
    """Each kind of id leads to its page, from a page two folders down."""
    found = re.search(r'href="([^"]+)"', text.html(written, "../../"))
    assert found
    assert found[1] == f"../../{target}"


@pytest.mark.parametrize("row", list(SECTIONS["Goals within a page"].rows()), ids=lambda row: row["written"])
def test_goals_within_a_page(row: dict[str, str]) -> None:
    """Both forms are understood as they stand there, and name a goal of the page's portal."""
    seen: list[Call] = []
    MarkdownText(lambda _: None, [EmbedCalls(seen.append)]).html(row["written"], "")
    (call,) = seen
    goal = make_objective("acme/it/2026-Q1/reliability")
    assert embed_problem(make_portal([goal]), call) is None
    assert call.name in row["written"]


@pytest.mark.parametrize(("written", "becomes"), HTML, ids=[written for written, _ in HTML])
def test_what_is_allowed(text: MarkdownText, written: str, becomes: str) -> None:
    """Each example becomes what the table says."""
    html = str(text.html(written, "")).strip()
    assert html.removeprefix("<p>").removesuffix("</p>") == becomes
