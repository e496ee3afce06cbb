"""Present: slides by key, by button and by themselves; and as a page."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from visits import Portal, Visits

PRESENT = "okr/present.html"


def _open(visit: Visits, portal: Portal, place: str = "", **options: object) -> Page:
    return visit(f"{portal.url}{portal.of(PRESENT)}{place}", **options)  # type: ignore[arg-type]


def _at(page: Page) -> str:
    """The id of the slide that is shown."""
    expect(page.locator(".slide:visible")).to_have_count(1)
    return str(page.locator(".slide:visible").get_attribute("id"))


def test_slides_by_key(visit: Visits, example: Portal) -> None:
    """Arrows, space, PageDown, Home and End go through the slides, round the end; the address says where."""
    page = _open(visit, example)
    ids = page.eval_on_selector_all(".slide", "all => all.map((slide) => slide.id)")
    assert _at(page) == ids[0]
    for key, place in (
        ("ArrowRight", 1),
        (" ", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        ("PageUp", 1),
        ("End", len(ids) - 1),
        ("ArrowDown", 0),
        ("ArrowUp", len(ids) - 1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        assert _at(page) == ids[place]
        assert page.evaluate("decodeURIComponent(location.hash.slice(1))") == ids[place]
    expect(page.locator(".present-place")).to_have_text(f"1 of {len(ids)}")


def test_a_meeting_begins_at_its_unit(visit: Visits, example: Portal) -> None:
    """The last part of a unit's id is enough; what is unknown begins at the first slide."""
    assert _at(_open(visit, example, "#it")) == "skerry/it"
    assert _at(_open(visit, example, "#skerry/pmo")) == "skerry/pmo"
    assert _at(_open(visit, example, "#nowhere")) == "okr_state"


def test_it_leaves_and_starts(visit: Visits, example: Portal) -> None:
    """Escape shows the page with all slides; the button presents again where it was."""
    page = _open(visit, example, "#it")
    page.keyboard.press("Escape")
    assert page.locator(".slide:visible").count() > 5
    expect(page.get_by_role("navigation").first).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_focused()
    page.keyboard.press("Enter")
    assert _at(page) == "skerry/it"


def test_it_rotates_until_paused(visit: Visits, example: Portal) -> None:
    """By itself it moves on after the time that is chosen and remembered; p pauses it."""
    page = visit.blank()
    page.clock.install()
    page.goto(f"{example.url}{example.of(PRESENT)}")
    expect(page.locator(".slide:visible")).to_have_count(1)
    page.get_by_role("combobox", name="every").select_option("10")
    page.clock.run_for(30_000)
    assert _at(page) == "okr_state"
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.clock.run_for(5_000)
    assert _at(page) == "okr_state"
    expect(page.locator(".present-left")).to_have_text("5 s")
    page.clock.run_for(5_200)
    second = _at(page)
    assert second != "okr_state"
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(30_000)
    assert _at(page) == second
    page.reload()
    expect(page.get_by_role("combobox", name="every")).to_have_value("10")


def test_it_stands_still_for_those_who_ask(visit: Visits, example: Portal) -> None:
    """With reduced motion it does not begin to rotate by itself, even if it did so before, and no bar moves."""
    page = visit.blank(reduced_motion="reduce")
    page.add_init_script('try { localStorage.setItem("okr_rotates", "yes"); } catch { /* not here */ }')
    page.goto(f"{example.url}{example.of(PRESENT)}")
    expect(page.get_by_role("button", name="Rotate")).to_be_visible()
    page.get_by_role("button", name="Rotate").click()
    assert page.locator(".present-timer").evaluate("bar => bar.style.transform") == "scaleX(0)"


def test_slides_fit(visit: Visits, example: Portal) -> None:
    """On the screens of meeting rooms every slide fits, in letters of at least a fortieth of the height."""
    for width, height in ((1920, 1080), (1366, 768)):
        page = visit.empty(viewport={"width": width, "height": height})
        page.goto(f"{example.url}{example.of(PRESENT)}")
        for _ in range(page.locator(".slide").count()):
            slide = page.locator(".slide:visible")
            assert slide.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), _at(page)
            assert slide.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= height / 40
            page.keyboard.press("ArrowRight")


def test_without_script(visit: Visits, example: Portal) -> None:
    """All slides stand on the page, with links to each, and no controls."""
    page = _open(visit, example, java_script_enabled=False)
    slides = page.locator(".slide:visible").count()
    assert slides > 5
    expect(page.locator(".slide-links a")).to_have_count(slides)
    expect(page.get_by_role("button", name="Start")).to_be_hidden()
    expect(page.locator(".present-bar")).to_be_hidden()
