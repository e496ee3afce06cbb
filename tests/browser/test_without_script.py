"""Without scripts everything that a page has to say is there, and nothing is offered that would do nothing."""

from __future__ import annotations

import pytest
from pagekinds import KINDS, short
from visits import Portal, Visits

UNFINISHED = ("loading", "please wait", "enable javascript")
IDLE = "button:visible:not([popovertarget]):not([type=submit]):not(form[action] button)"


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_content_is_there(example: Portal, visit: Visits, kind: str) -> None:
    """The page has its heading and text, what is folded unfolds at a click, and no button needs a script."""
    page = visit(example.url + example.of(kind), java_script_enabled=False)
    assert page.locator("h1").count() == 1
    text = page.locator("main").inner_text()
    assert len(text) > 60
    assert [word for word in UNFINISHED if word in text.lower()] == []
    assert [button.inner_text() or button.get_attribute("aria-label") for button in page.locator(IDLE).all()] == []
    for number, summary in enumerate(page.locator("main details:not(details details) > summary:visible").all()[:4]):
        details = summary.locator("xpath=..")
        was_open = details.get_attribute("open") is not None
        summary.click()
        assert (details.get_attribute("open") is not None) != was_open, f"details {number}"
