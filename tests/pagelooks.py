"""What a browser can be asked about how a page looks: too wide, jumping, hard to perceive."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (element) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX);
  return [...document.body.querySelectorAll("*")].filter((element) => {
    if (element.getBoundingClientRect().right <= room + 1) return false;
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement)
      if (scrolls(above)) return false;
    return true;
  }).slice(0, 5).map((element) => `${element.tagName} ${element.className.baseVal ?? element.className}: `
    + element.textContent.trim().slice(0, 40)).concat(`${document.documentElement.scrollWidth} px`);
}"""
"""What reaches beyond the window, where the page can be scrolled sideways."""

PAINTED = """async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return performance.now();
}"""
"""Fulfilled when the page is on the screen, with the moment."""

SHIFTS = """(since) => new Promise((done) => {
  const shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries().filter((each) => each.startTime > since))
      shifts.push(`${entry.value}: ${entry.sources.map((each) => each.node?.outerHTML?.slice(0, 80)).join(" | ")}`);
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(shifts))));
})"""
"""What has moved since a moment."""

AXE = Path(sys.prefix) / "web/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
"""All that a page in other colours can change."""

RUN = """(only) => axe.run(document, {runOnly: only, resultTypes: ["violations"]})"""


def found(page: Page, only: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe objects to: rule, place and reason, a line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate(RUN, only)
    return [
        f"{rule['id']} at {json.dumps(node['target'])}: {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"][:3]
    ]
