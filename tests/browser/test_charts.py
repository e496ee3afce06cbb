"""The large view of a chart: opened, read, zoomed and taken along, by mouse and by keyboard."""

from __future__ import annotations

import csv
import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pagekinds import KINDS, short
from playwright.sync_api import Locator, Page, expect
from visits import Portal, Portals, Visits
from webpages import plain

OBJECTIVE, KPI, LEVEL = "okr/objective.html", "okr/kpi.html", "okr/level.html"


SIZES = "(texts) => texts.map((text) => getComputedStyle(text).fontSize)"
CHANGED = """(old) =>
  [...document.querySelectorAll(".large-chart .drawing text")].map((text) => text.textContent).join() !== old.join()"""


def data_of(opener: Locator) -> dict:
    """What the page holds of a chart."""
    return json.loads(opener.evaluate("(button) => button.parentElement.querySelector('script').textContent"))


def opened(page: Page, at: int = 0) -> Locator:
    """The large view of one of the page's charts, once it is drawn."""
    page.locator(".open-chart").nth(at).click()
    page.locator(".large-chart .plot[data-ready]").wait_for()
    return page.locator(".large-chart")


def labels(dialog: Locator) -> list[str]:
    """What the picture says."""
    return dialog.locator(".drawing svg text").all_text_contents()


def saved(page: Page, dialog: Locator, name: str) -> tuple[str, bytes]:
    """The name and content of a download."""
    with page.expect_download() as download:
        dialog.get_by_role("button", name=name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def kinds_with_charts(example: Portal) -> list[str]:
    """The kinds of pages that show a chart."""
    return [kind for kind in KINDS if "open-chart" in (example.folder / example.of(kind)).read_text("utf-8")]


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_every_chart_opens_and_is_explored(example: Portal, visit: Visits, kind: str) -> None:
    """On every kind of page: each chart is drawn with all its words, and arrow keys find a point that is told."""
    if kind not in kinds_with_charts(example):
        return
    page = visit(example.url + example.of(kind))
    for opener in page.locator(".open-chart").all()[:4]:
        told = data_of(opener)
        still = opener.locator("xpath=following-sibling::*[1]").locator("text").all_text_contents()
        opener.click()
        page.locator(".large-chart .plot[data-ready]").wait_for()
        dialog = page.locator(".large-chart")
        drawn = [text for text in labels(dialog) if text]
        assert len(drawn) == len([text for text in still if text])
        sizes = dialog.locator(".drawing svg text").evaluate_all(
            "texts => texts.map((t) => getComputedStyle(t).fontSize)"
        )
        assert set(sizes) == {"13px"}
        page.keyboard.press("ArrowRight")
        expect(dialog.locator(".heard")).not_to_be_empty()
        said = dialog.locator(".heard").text_content() or ""
        assert all(title in said for title, *_ in told["columns"][1:])
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_by_keyboard(example: Portal, visit: Visits) -> None:
    """Enter opens, arrows go from point to point and line to line, Home and End to the ends, Escape leads back."""
    page = visit(example.url + example.of(OBJECTIVE))
    opener = page.locator(".open-chart").first
    told = data_of(opener)
    names = told["columns"][0][3]
    fields, *rows = told["data"]["lines"]
    points = [dict(zip(fields, row, strict=True)) for row in rows]
    opener.focus()
    page.keyboard.press("Enter")
    page.locator(".large-chart .plot[data-ready]").wait_for()
    dialog = page.locator(".large-chart")
    expect(dialog.locator(".plot")).to_be_focused()
    heard, tip = dialog.locator(".heard"), dialog.locator(".tip")

    page.keyboard.press("ArrowRight")
    expect(heard).to_have_text(re.compile("^" + re.escape(names["0"])))
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(names["0"])
    first = heard.text_content()
    page.keyboard.press("ArrowRight")
    expect(heard).not_to_have_text(first or "")
    page.keyboard.press("End")
    last = [point for point in points if point["line"] == 0][-1]
    expect(heard).to_contain_text(f"{round(last['value'] * 100)}%")
    page.keyboard.press("Home")
    expect(heard).to_have_text(first or "")
    page.keyboard.press("ArrowDown")
    expect(heard).to_have_text(re.compile("^" + re.escape(names["1"])))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_by_mouse(example: Portal, visit: Visits) -> None:
    """Pointing near a point tells it; the button at the right closes, and the focus is where it was."""
    page = visit(example.url + example.of(KPI))
    dialog = opened(page)
    page.keyboard.press("End")
    told = dialog.locator(".tip").inner_text()
    ring = dialog.locator(".ring").bounding_box()
    assert ring is not None
    page.mouse.move(10, 10)
    expect(dialog.locator(".tip")).to_be_hidden()
    page.mouse.move(ring["x"] + ring["width"] / 2 - 6, ring["y"] + ring["height"] / 2 + 5)
    expect(dialog.locator(".tip")).to_be_visible()
    assert dialog.locator(".tip").inner_text() == told
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".open-chart").first).to_be_focused()


def test_zoom(example: Portal, visit: Visits) -> None:
    """Buttons, keys and the wheel show a part of the days, with days of its own along the axis; 0 shows all again."""
    page = visit(example.url + example.of(OBJECTIVE))
    dialog = opened(page)
    whole = labels(dialog)
    everything = dialog.get_by_role("button", name="Whole time")
    expect(everything).to_be_disabled()
    dialog.get_by_role("button", name="Zoom in").click()
    expect(everything).to_be_enabled()
    closer = labels(dialog)
    assert closer != whole
    dialog.locator(".plot").focus()
    page.keyboard.press("+")
    expect(dialog.locator(".plot.zoomed")).to_have_count(1)
    page.wait_for_function(CHANGED, arg=closer)
    page.keyboard.press("0")
    expect(everything).to_be_disabled()
    assert labels(dialog) == whole
    box = dialog.locator(".plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 600, box["y"] + 200)
    page.mouse.wheel(0, -400)
    expect(everything).to_be_enabled()
    zoomed = labels(dialog)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 200, steps=4)
    page.mouse.up()
    page.wait_for_function(CHANGED, arg=zoomed)
    everything.click()
    expect(everything).to_be_disabled()


def test_a_point_out_of_sight_is_brought_into_it(example: Portal, visit: Visits) -> None:
    """Arrow keys find all points, also where only a part of the days is shown."""
    page = visit(example.url + example.of(OBJECTIVE))
    dialog = opened(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("+")
    page.keyboard.press("End")
    expect(dialog.locator(".ring")).to_be_visible()
    page.wait_for_function("""() => {
      const ring = document.querySelector(".ring").getBoundingClientRect();
      const plot = document.querySelector(".plot").getBoundingClientRect();
      return ring.left > plot.left && ring.right < plot.right;
    }""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_downloads(example: Portal, visit: Visits, scheme: str) -> None:
    """SVG and PNG are pictures by themselves, in the colours of the moment; the table has every point."""
    page = visit(example.url + example.of(OBJECTIVE), scheme=scheme)
    told = data_of(page.locator(".open-chart").first)
    dialog = opened(page)
    paper = page.evaluate("getComputedStyle(document.querySelector('.large-chart')).backgroundColor")

    name, content = saved(page, dialog, "Download as SVG")
    assert re.fullmatch(r"[\w-]+\.svg", name)
    text = content.decode()
    assert "var(" not in text
    assert "sans-serif" in text
    root = ET.fromstring(text)  # noqa: S314 - whether it parses is the question
    ground = root.find("{http://www.w3.org/2000/svg}rect")
    assert ground is not None
    assert ground.get("fill") == paper
    assert told["title"] in " ".join(root.itertext())

    name, content = saved(page, dialog, "Download as PNG")
    assert name.endswith(".png")
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))

    name, content = saved(page, dialog, "Download the data as CSV")
    assert name.endswith(".csv")
    heads, *rows = csv.reader(content.decode().splitlines())
    fields, *values = told["data"]["lines"]
    assert heads == [title for title, *_ in told["columns"]]
    lines = told["columns"][0][3]
    wanted = [dict(zip(fields, row, strict=True)) for row in values]
    assert sorted((row[0], row[1], float(row[2])) for row in rows) == sorted(
        (lines[str(point["line"])], point["date"], float(point["value"])) for point in wanted
    )


def test_no_formula_in_the_table(example: Portal, visit: Visits) -> None:
    """A name that a spreadsheet would run is text there; negative numbers stay numbers."""
    page = visit(example.url + example.of(OBJECTIVE))
    page.evaluate("""() => {
      const holder = document.querySelector('.open-chart').parentElement.querySelector('script');
      const chart = JSON.parse(holder.textContent);
      chart.columns[0][3]["0"] = '=HYPERLINK("x")';
      const [fields, row] = chart.data.lines;
      row[fields.indexOf("value")] = -0.5;
      chart.data.lines = [fields, row];
      holder.textContent = JSON.stringify(chart);
    }""")
    _, content = saved(page, opened(page), "Download the data as CSV")
    (row,) = list(csv.reader(content.decode().splitlines()))[1:]
    assert row[0] == '\'=HYPERLINK("x")'
    assert row[2] == "-0.5"


def test_from_a_folder(example: Portal, visit: Visits) -> None:
    """Opened without a server, all of it works."""
    page = visit((example.folder / example.of(OBJECTIVE)).as_uri())
    dialog = opened(page)
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".tip")).to_be_visible()
    _, content = saved(page, dialog, "Download as PNG")
    assert content.startswith(b"\x89PNG")


def test_follows_the_scheme(example: Portal, visit: Visits) -> None:
    """An open chart changes its colours with the scheme, as the page does."""
    page = visit(example.url + example.of(OBJECTIVE), scheme="light")
    opened(page)
    ink = "getComputedStyle(document.querySelector('.large-chart .drawing path[stroke*=accent]')).stroke"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) != light


def test_nothing_stays_behind(example: Portal, visit: Visits) -> None:
    """Closed charts leave neither elements nor anything on the window."""
    page = visit(example.url + example.of(OBJECTIVE))
    before = page.evaluate("document.body.querySelectorAll('*').length")
    names = page.evaluate("Object.keys(window).filter((name) => name !== 'okr').length")
    for _ in range(3):
        opened(page)
        page.keyboard.press("Escape")
        expect(page.locator(".large-chart")).to_have_count(0)
    assert page.evaluate("document.body.querySelectorAll('*').length") == before
    assert page.evaluate("Object.keys(window).filter((name) => name !== 'okr').length") == names


def test_nothing_is_loaded_before_it_is_asked_for(example: Portal, visit: Visits) -> None:
    """A page asks for neither the large view's script nor what draws it."""
    page = visit.blank()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(example.url + example.of(OBJECTIVE))
    opened(page)
    before = [plain(url.rpartition("assets/")[2]) for url in asked if "assets/" in url]
    loaded = {"chart.js", "vega.js", "charts/progress_lines.js"}
    assert loaded <= set(before)
    page.reload()
    asked.clear()
    page.reload()
    assert not loaded & {plain(url.rpartition("assets/")[2]) for url in asked}


def test_on_a_phone(example: Portal, visit: Visits) -> None:
    """The view fills the screen, its tools can be touched, and the chart scrolls instead of shrinking."""
    page = visit(example.url + example.of(LEVEL), width=360)
    opener = page.locator(".open-chart").first
    box = opener.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    dialog = opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in dialog.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_without_script_there_is_no_button(example: Portal, visit: Visits) -> None:
    """And its place is the same as with scripts: nothing moves when these come."""
    address = example.url + example.of(OBJECTIVE)
    without = visit(address, java_script_enabled=False).locator(".open-chart").first
    expect(without).to_be_hidden()
    with_script = visit(address)
    expect(with_script.locator(".open-chart").first).to_be_visible()


def test_in_another_language(portals: Portals, visit: Visits) -> None:
    """A German portal's large view speaks German: days, numbers and buttons."""
    german = portals("example", "de")
    page = visit(german.url + german.of(OBJECTIVE))
    dialog = opened(page)
    page.keyboard.press("End")
    expect(dialog.locator(".heard")).to_have_text(
        re.compile(r"\d{1,2}\. (\w{3,4}\.|März|Mai|Juni|Juli) 2026.*\d\u00a0%")
    )
    expect(dialog.get_by_role("button", name="Schließen")).to_be_visible()
