"""Measures search in Chromium: how large the index is, when it is ready, and how long a key takes.

    python benchmarks/search.py 1000 10000

Pages are opened from a folder, as a downloaded site would be. Times are medians of five visits.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from chromium import chromium  # noqa: E402
from manygoals import gallery_of  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

from okrsite.languages import Language  # noqa: E402
from okrsite.site.layout.assets import assets_of  # noqa: E402
from okrsite.site.search import search_index  # noqa: E402

THEME = ROOT / "themes" / "okr"
VISITS = 5
ASKED = (
    "improve",  # the first
    "r",
    "re",
    "rel",
    "reli",
    "reliability",
    "relaibilty",
    "customer reliability",
    "custmer reliabilty impr",
    "acme/unit-7",
)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><link rel="stylesheet" href="{style}">
<script src="{script}"></script>
<form class="search" role="search" action="search/index.html"><input id="okr_search" type="search" name="q"></form>"""
MEASURE = """async ([first, ...asked]) => {
  const freezes = [];
  const watcher = new PerformanceObserver((list) => freezes.push(...list.getEntries().map((each) => each.duration)));
  watcher.observe({ entryTypes: ["longtask"] });
  const input = document.querySelector("input");
  input.value = first;
  input.focus();
  await okr.load("search");
  const list = document.querySelector("[role=listbox]");
  const shown = () => new Promise((done) => {
    const drawn = new MutationObserver(() => {
      drawn.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    });
    drawn.observe(list, { childList: true });
  });
  const answer = shown();
  await Promise.all(["finder", "lunr", "spellings", "../search/index"].map(okr.load));
  const arrived = performance.now();
  const ready = (await answer) - arrived;
  await new Promise((done) => setTimeout(done, 100));
  const key = async (text) => {
    const begun = performance.now();
    const frame = shown();
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return (await frame) - begun;
  };
  const keys = [];
  for (const text of asked) keys.push(await key(text));
  return { ready, freeze: Math.max(0, ...freezes), keys };
}"""


def measure(browser: Browser, folder: Path, entries: int) -> dict[str, Any]:
    """The figures of a portal of so many entries."""
    index = search_index(gallery_of(entries), (), ()).encode()
    (folder / "search").mkdir(exist_ok=True)
    (folder / "search" / "index.js").write_bytes(index)
    visits = []
    for _ in range(VISITS):
        page = browser.new_page()
        page.goto((folder / "index.html").as_uri())
        visits.append(page.evaluate(MEASURE, list(ASKED)))
        page.close()
    keys = [median(visit["keys"][place] for visit in visits) for place in range(len(ASKED) - 1)]
    return {
        "raw": len(index) / 1000,
        "gzipped": len(gzip.compress(index, mtime=0)) / 1000,
        "ready": median(visit["ready"] for visit in visits),
        "freeze": median(visit["freeze"] for visit in visits),
        "key": median(keys),
        "slowest": max(keys),
    }


def measured(sizes: list[int]) -> dict[int, dict[str, Any]]:
    """Entries -> their figures."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        assets = assets_of([str(THEME)], Language("en"))
        for file, content in assets.files.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(content)
        style, script = (f"assets/{assets.names[name]}" for name in ("okr.css", "okr.js"))
        (folder / "index.html").write_text(PAGE.format(style=style, script=script), encoding="utf-8")
        return {entries: measure(browser, folder, entries) for entries in sizes}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", type=int, nargs="*", default=[1_000, 10_000])
    print("| entries | index, KB | gzipped, KB | first answer, ms | longest task, ms | a key, ms | slowest key, ms |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for entries, found in measured(parser.parse_args().entries).items():
        print(
            f"| {entries:,} | {found['raw']:,.0f} | {found['gzipped']:,.0f} | {found['ready']:.0f} "
            f"| {found['freeze']:.0f} | {found['key']:.0f} | {found['slowest']:.0f} |"
        )


if __name__ == "__main__":
    main()
