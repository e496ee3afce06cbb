"""What other generators are given in benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PROGRAM = f"""
import json, sys
sys.path.insert(0, {str(BENCHMARKS)!r})
from pathlib import Path
from peers.sources import frame, goal_pages
site = Path(sys.argv[1])
print(json.dumps([frame(site), *([page.address, page.title, page.markdown] for page in goal_pages(site))]))
"""
PAGE = """<!doctype html><html><head><title>Unit · Goals</title></head><body><header>
<a href="../../index.html">Goals</a></header>
<main id="okr_content">
<h1>Our *unit* <span class="note">team</span></h1>
<div class="lead"><p>On track, <b>50%</b> by <a href="../../owners/ada/index.html#top">Ada &amp; Bo</a>:
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg></p>
<details><summary>why?</summary><ul><li>one <code>a_b</code></li><li>two</li></ul></details></div>
<table><thead><tr><th>KR</th></tr></thead>

<tbody><tr><td>3 | 4</td></tr></tbody></table>
<button type="button">Open</button><script type="application/json">{"data": 1}</script>
</main><footer>End</footer></body></html>
"""
MARKDOWN = """\
# Our \\*unit\\* team

On track, **50%** by [Ada &amp; Bo](/owners/ada/#top): <svg viewBox="0 0 1 1"><path d="M0 0"/></svg>

why?

- one `a_b`
- two

<table><thead><tr><th>KR</th></tr></thead> <tbody><tr><td>3 | 4</td></tr></tbody></table>
"""


def test_pages_keep_their_words_tables_and_drawings(tmp_path: Path) -> None:
    """Text is Markdown, the rest a block of HTML; addresses begin at the root; the frame has room for both parts."""
    (tmp_path / "api").mkdir()
    goals = {"units": [{"id": "acme/it", "name": "IT"}], "objectives": [], "kpis": []}
    (tmp_path / "api" / "okrs.json").write_text(json.dumps(goals), encoding="utf-8")
    (tmp_path / "acme" / "it").mkdir(parents=True)
    (tmp_path / "acme" / "it" / "index.html").write_text(PAGE, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", PROGRAM, tmp_path], capture_output=True, text=True, check=True)
    frame, *pages = json.loads(done.stdout)
    assert pages == [["acme/it", "IT", MARKDOWN]]
    assert frame.count("=== TITLE ===") == frame.count("=== CONTENT ===") == 1
    assert '<a href="/index.html">' in frame
    assert "<footer>" in frame
    assert "KR" not in frame
