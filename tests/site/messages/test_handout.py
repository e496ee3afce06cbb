"""A status to hand on: short, complete, and the same in both forms."""

from __future__ import annotations

import re
from html import unescape

from builders import make_check_in, make_cycle, make_key_result, make_objective, make_portal, make_unit
from portalfiles import SMALL
from sitebuilds import Build, Built

from okrsite.languages import Language
from okrsite.scoring import score
from okrsite.site.messages.handout import MOST_LINES, MOST_OBJECTIVES, Handout, portal_handout, unit_handout
from okrsite.site.messages.lines import MOST_TEXT
from okrsite.site.views import Gallery
from okrsite.site.views.wall import next_dates
from okrsite.site.words import Words

DAY = make_cycle().start.replace(month=2, day=14)


def _gallery(*objectives: object, language: str = "en", **portal: object) -> Gallery:
    made = make_portal(objectives, **portal)  # type: ignore[arg-type]
    return Gallery(made, score(made, DAY), Words(Language(language)))


def _handout(gallery: Gallery, unit_id: str = "acme") -> Handout:
    views = list(gallery.objectives.values())
    found = unit_handout(gallery, gallery.portal.units[unit_id], next_dates(DAY, views))
    assert found is not None
    return found


def _objective(name: str, value: int, **fields: object) -> object:
    check_in = make_check_in("2026-02-12", value, 6, "Half *way* there [x]")
    return make_objective(f"acme/2026-Q1/{name}", [make_key_result("done", check_ins=[check_in])], **fields)  # type: ignore[arg-type]


def test_a_unit_as_markdown() -> None:
    """State, objectives, what is behind, what came in and what is next, as anybody may paste it."""
    gallery = _gallery(_objective("trust", 20, title="Customers trust us"), units=[make_unit("acme", name="Acme")])
    assert _handout(gallery).markdown("https://goals.example/") == (
        "**Acme, as of 14 Feb 2026**\n\n"
        "Acme is off track: 20% done, 49% expected by today (day 45 of 90). Confidence 6 of 10.\n\n"
        "- **Customers trust us**: off track, 20% done, 49% expected by today, confidence 6\n\n"
        "**Key results that are behind or silent**\n\n"
        "- Key result done: off track, 20% done, 49% expected by today (Ada)\n\n"
        "**Came in within seven days**\n\n"
        "- Key result done: 12 Feb, 20, confidence 6: Half \\*way\\* there \\[x\\]\n\n"
        "**Next dates**\n\n"
        "- 26 Feb: check-in on: Key result done\n"
        "- 31 Mar: to be reached: Key result done\n\n"
        "https://goals.example/acme/\n"
    )


def test_without_an_address_there_is_no_link() -> None:
    """Nobody can follow one from a mail to a folder."""
    assert "http" not in _handout(_gallery(_objective("trust", 20))).markdown()


def test_the_portal() -> None:
    """Its state and what is said beside it; the objectives at the top; the key results of everybody."""
    below = make_objective("acme/it/2026-Q1/deep", [make_key_result("lost")])
    gallery = _gallery(_objective("trust", 50, title="Customers trust us"), below)
    found = portal_handout(gallery, "Acme", ["Month 2 of 3."])
    assert found is not None
    text = found.markdown("https://goals.example/")
    assert "Acme is on track: 50% done" in text
    assert "Month 2 of 3." in text
    assert "**Customers trust us**" in text
    assert "**Objective acme/it" not in text
    assert "Key result lost: no data" in text
    assert text.endswith("https://goals.example/\n")


def test_nothing_to_hand_on() -> None:
    """A unit without an objective that counts, or a portal without a cycle, has none."""
    gallery = _gallery(_objective("trust", 20, state="draft"))
    assert unit_handout(gallery, gallery.portal.units["acme"]) is None
    empty = _gallery(units=[make_unit("acme")], cycles=[])
    assert portal_handout(empty, "Acme") is None


def test_it_stays_short() -> None:
    """Of many the first, and how many more; long texts are cut at a word."""
    words = "word " * 80
    many = [_objective(f"goal-{n:02}", n, title=words) for n in range(12)]
    text = _handout(_gallery(*many)).markdown()
    assert text.count("- **word") == MOST_OBJECTIVES
    assert f"- and {12 - MOST_OBJECTIVES} more" in text
    assert text.count("- Key result done: 12 Feb") == MOST_LINES
    assert len(text) < 3_000
    assert max(len(title) for title in re.findall(r"\*\*(word.*?)\*\*", text)) <= MOST_TEXT + 2


def test_the_worst_comes_first() -> None:
    """Off track before at risk before silent, and the longest way to go before shorter ones."""
    gallery = _gallery(_objective("a", 40), _objective("b", 10), _objective("c", 5), make_objective("acme/2026-Q1/d"))
    behind = _handout(gallery).parts[0]
    assert [line.says.split(" done")[0] for line in behind.lines] == [
        "off track, 5%",
        "off track, 10%",
        "no data, 0%",
    ]


def test_in_german() -> None:
    """All of it but the content is in the portal's language."""
    text = _handout(_gallery(_objective("trust", 20, title="Kunden vertrauen uns"), language="de")).markdown()
    assert "14. Feb. 2026" in text
    assert "off track" not in text


def _formatted(built: Built, name: str) -> str:
    html = (built.root / "site" / name).read_text(encoding="utf-8")
    return html[html.index("data-okr-formatted") : html.index('<label for="okr_handout"')]


def test_both_forms_on_the_page(build_files: Build) -> None:
    """Home and each unit's page have it at their end, without classes or styles that mail would lose."""
    built = build_files({"mkdocs.yml": f"site_url: https://goals.example/x/\n{SMALL['mkdocs.yml']}"})
    for name, address in (("index.html", ""), ("acme/it/index.html", "acme/it/")):
        html = (built.root / "site" / name).read_text(encoding="utf-8")
        text = unescape(html.partition('<textarea id="okr_handout"')[2].partition(">")[2].partition("</textarea>")[0])
        assert text.strip().endswith(f"https://goals.example/x/{address}")
        formatted = _formatted(built, name)
        assert not re.search(r'\s(class|style|id)="', formatted)
        assert "<table>" in formatted
    assert "okr_handout" not in (built.root / "site/acme/it/2026-Q1/index.html").read_text(encoding="utf-8")
