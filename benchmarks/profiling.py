"""Where the time of a build goes, by room: a sampling profiler over all processes of ``okrsite build``.

    python benchmarks/profiling.py 1000 10000           # a table of shares
    python benchmarks/profiling.py 1000 --files         # and the files that take most

Charts are cached, nothing else is: that is the build whose cost depends on everything but drawing. A sample belongs to
the innermost file of okrsite on the stack, or to the template that Jinja is at; what these call in other packages and
in the interpreter is theirs.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import tables
from builds import BenchPortal
from installing import BENCH

SIZES = (1_000, 10_000)
_SAMPLER = Path(__file__).with_name("sampler")
_FILES_SHOWN = 25

_MEANS = {
    "imports": "starting: imports",
    "templates": "Jinja: templates, with escaping",
    "cli": "the command line",
    "content": "reading and validating the content",
    "model": "the model",
    "scoring": "scoring",
    "history": "history, from git",
    "rules": "rules",
    "charts": "charts: finding drawings in the cache",
    "exchange": "`okrs.json` and `okrs.csv`",
    "languages": "words, numbers and dates of the language",
    "site/views": "views: what pages show of goals",
    "site/pages": "records of pages",
    "site/feeds": "feeds",
    "site/search": "the search's index",
    "site/words": "figures in words",
    "site/layout": "laying out: filters, charts in their places, Markdown",
    "site/output": "comparing with the site, writing",
    "site/making": "handing out pages to be made",
    "site/freshness": "noting what is kept for the next build",
    "site": "the rest of the site: links, parts, the plugin",
    "mkdocs": "MkDocs",
    "reads.py": "noting what is read for each page",
    "disk.py": "looking at files, putting them in place",
    "crew": "making copies of the process, handing on what they made",
    "other": "the interpreter: collecting garbage, ending",
}
"""Room -> what it is called in the table."""

_PART_OF = {"day.py": "reads.py"}
"""Files that are told of with others."""


def room(stack: str) -> tuple[str, str]:
    """The room that a sample belongs to, and the file."""
    files = stack.split("\n")
    if any(name.startswith("<frozen importlib") for name in files):
        return "imports", ""
    for name in files:
        if name.endswith((".html", ".xml")) or name == "<template>":
            return "templates", name.rpartition("/themes/")[2]
        if "/mkdocs/" in name:
            return "mkdocs", ""
        before, found, inside = name.rpartition("/okrsite/")
        if found and not before.endswith("site-packages/mkdocs"):
            first, _, rest = inside.partition("/")
            second = f"{first}/{rest.partition('/')[0]}"
            named = second if second in _MEANS else first
            named = _PART_OF.get(named, named)
            return (named if named in _MEANS else "other"), inside
    return "other", ""


def samples(portal: BenchPortal) -> Counter[str]:
    """Stack -> how often it was found in one build."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = os.pathsep.join(filter(None, (str(_SAMPLER), os.environ.get("PYTHONPATH"))))
        with patch.dict(os.environ, {"PYTHONPATH": path, "OKRSITE_SAMPLES": folder}):
            portal.charts_cached()
        for file in Path(folder).glob("*.json"):
            found.update(json.loads(file.read_text("utf-8")))
    return found


def profile(sizes: list[int], *, files: bool) -> str:
    """The table of shares; the files that take most are printed."""
    rooms: dict[int, Counter[str]] = {}
    BENCH.mkdir(exist_ok=True)
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=BENCH) as scratch:
            portal = BenchPortal(Path(scratch) / "portal")
            portal.write(size)
            portal.nothing_cached()
            found = samples(portal)
        rooms[size] = Counter()
        inside: Counter[str] = Counter()
        for stack, count in found.items():
            name, file = room(stack)
            rooms[size][name] += count
            inside[file] += count
        if files:
            print("\n".join(f"{100 * n / found.total():5.1f}%  {name}" for name, n in inside.most_common(_FILES_SHOWN)))
    rows = (
        [means, *(f"{100 * found[name] / found.total():.0f}%" for found in rooms.values())]
        for name, means in _MEANS.items()
        if any(found[name] * 200 >= found.total() for found in rooms.values())
    )
    return tables.table(("where", *(f"{size:,} pages" for size in sizes)), rows)


def main() -> None:
    """Profile the sizes that the command line asks for."""
    parser = argparse.ArgumentParser(description="Tell where the time of a build goes.")
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--files", action="store_true", help="also the files that take most")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    given = parser.parse_args()
    measured = profile(given.sizes, files=given.files)
    if given.write:
        tables.put("speed.md", "profile", measured)


if __name__ == "__main__":
    main()
