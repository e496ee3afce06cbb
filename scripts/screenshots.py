"""Take pictures of every kind of page of the example portal, on a desk and on a phone, light and dark.

.venv/bin/python scripts/screenshots.py                        # all of them, into screenshots/
.venv/bin/python scripts/screenshots.py unit kpi --width 390   # the fullest page of these kinds, on a phone
.venv/bin/python scripts/screenshots.py skerry/it/index.html   # a page of one's own choice
.venv/bin/python scripts/screenshots.py --readme               # those of the README as well, into docs/pictures/

The fullest page of a kind stands for it.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from okrsite.crew import ALONE
from okrsite.site.build import build

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # what finds the kinds of pages and serves them is the tests'

from chromium import chromium  # noqa: E402
from pagekinds import HOME, KINDS, by_kind, recorded, short  # noqa: E402
from visits import SETTLED  # noqa: E402
from webserver import served  # noqa: E402

WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")
TALLEST = 8_000
"""Longer pages are cut: nobody looks at such a picture."""

LIMIT = 150_000
"""Bytes of a picture that is committed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the README's."""

    name: str
    page: str
    scheme: str
    height: int


README = (
    Picture("home", HOME, "light", 680),
    Picture("objective", "okr/objective.html", "dark", 800),
)


def main() -> None:
    """Build the example and take the pictures."""
    given = _given()
    with tempfile.TemporaryDirectory() as scratch, recorded() as made:
        # Alone: what copies of this process make is not recorded.
        site = build(ROOT / "mkdocs.yml", Path(scratch) / "site", hands=ALONE).site_dir
        kinds = by_kind(site, made)
        pages = list(_pages(given.pages, kinds, site))
        with served(site) as url, chromium() as browser:
            for name, file in pages:
                for width in given.width or WIDTHS:
                    for scheme in given.scheme or SCHEMES:
                        target = given.out / f"{name}-{width}-{scheme}.png"
                        _take(browser, url + file, target, width, scheme, whole=not given.fold)
            if given.readme:
                for picture in README:
                    _take_for_readme(browser, url + kinds[picture.page][0], picture)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take pictures of the example portal's pages.")
    names = ", ".join(map(short, KINDS))
    parser.add_argument("pages", nargs="*", help=f"kinds of pages ({names}) or files of the site; all kinds by default")
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots", help="where to (screenshots/)")
    parser.add_argument("--width", type=int, action="append", help="in CSS pixels, may be repeated (1440 and 390)")
    parser.add_argument("--scheme", choices=SCHEMES, action="append", help="light or dark; both by default")
    parser.add_argument("--fold", action="store_true", help="only what a window shows at first, not the whole page")
    parser.add_argument("--readme", action="store_true", help="take the README's pictures too, into docs/pictures/")
    return parser.parse_args()


def _pages(wanted: list[str], kinds: dict[str, list[str]], site: Path) -> Iterator[tuple[str, str]]:
    """(name of the picture, page) of what the command line asks for."""
    known = {short(kind): files[0] for kind, files in kinds.items()}
    for name in wanted or sorted(known):
        if name in known:
            yield name, known[name]
        elif (site / name).is_file():
            yield name.removesuffix("/index.html").replace("/", "-"), name
        else:
            sys.exit(f"there is no page {name}; kinds are {', '.join(sorted(known))}")


def _take(browser: Browser, url: str, target: Path, width: int, scheme: str, *, whole: bool) -> None:
    page = _open(browser, url, width, 900, scheme)
    height: int = page.evaluate("() => document.documentElement.scrollHeight")
    target.parent.mkdir(parents=True, exist_ok=True)
    if whole:
        page.set_viewport_size({"width": width, "height": min(max(height, 900), TALLEST)})
    page.screenshot(path=target)
    page.context.close()
    print(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target)


def _take_for_readme(browser: Browser, url: str, picture: Picture) -> None:
    """WebP, which Playwright does not write but Chromium does."""
    page = _open(browser, url, 1280, picture.height, picture.scheme, scale=2)
    asked = {"format": "webp", "quality": 82}
    content = base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"])
    page.context.close()
    target = ROOT / f"docs/pictures/{picture.name}-{picture.scheme}.webp"
    if len(content) > LIMIT:
        sys.exit(f"{target.relative_to(ROOT)} would have {len(content):,} bytes, which is too much for a README")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    print(f"{target.relative_to(ROOT)}, {len(content):,} bytes")


def _open(browser: Browser, url: str, width: int, height: int, scheme: str, scale: float = 1) -> Page:
    viewport = {"width": width, "height": height}
    context = browser.new_context(
        viewport=viewport, color_scheme=scheme, device_scale_factor=scale, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    page.goto(url)
    page.evaluate(SETTLED)
    return page


if __name__ == "__main__":
    main()
