"""The diff as text, JSON and Markdown: what is said, in which order, escaped and cut."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from builders import make_check_in, make_key_result, make_kpi, make_objective, make_portal, make_rollout, make_task
from markdown_it import MarkdownIt

from okrsite.exchange.differences import FORMATS, MARKER, DifferenceReport, markdown, text
from okrsite.exchange.differences.markdown_text import code, prose, units
from okrsite.history import Comparison, Side, compared, state_of
from okrsite.model import Portal
from okrsite.problems import Problem
from okrsite.scoring import score
from okrsite.site.words import ENGLISH_WORDS

GOLDEN = Path(__file__).parent / "differences"

HOSTILE = [
    "<script>alert(1)</script> & <b>bold</b>",
    "<!-- okrsite diff --> --> <details>",
    "@everyone and @org/team, a@example.com",
    '#12, GH-12, org/repo#12, !12, &12, %"1.0", ~bug, $3 and JIRA-7',
    "[x](https://evil.example) ![i](http://evil.example) <https://evil.example> www.evil.example",
    "a | b || c \\| d \\",
    "`code` ``` **bold** __b__ ~~gone~~ $x$",
    "line\nbreak\r\n\n# heading\n- item\n| a |\n",
    "0123456789abcdef0123456789abcdef01234567 and deadbeef",
    "\u202eturned\u202c zero\u200bwidth \x1b[31mred\x07",
    "/close",
]


def _portal(titles: list[str], *, target: int = 100) -> Portal:
    objectives = [
        make_objective(
            f"acme/2026-Q1/o{place}",
            [
                make_key_result(
                    f"acme/2026-Q1/o{place}/kr", title=f"KR {title}", kind="increase", baseline=0, target=target
                )
            ],
            title=title,
            owner=title,
        )
        for place, title in enumerate(titles)
    ]
    return make_portal(objectives, kpis=[make_kpi("acme/kpis/k", name=titles[0])])


def _side(name: str, portal: Portal, problems: tuple[Problem, ...] = ()) -> Side:
    state = state_of(portal, score(portal, date(2026, 2, 14)))
    return Side(name, "commit", "0123456789" * 4, state.as_of, state, problems)


def _report(before: Portal, after: Portal, problems: tuple[Problem, ...] = (), **more: object) -> DifferenceReport:
    found = compared(_side("main", before), _side("topic", after, problems))
    return DifferenceReport(found, ENGLISH_WORDS, **more)  # type: ignore[arg-type]


def _seen(shown: str) -> str:
    return shown.replace("\u2060", "")


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_is_nothing_but_text(title: str) -> None:
    """In a list and in a table it reads as it is, and is no markup, link, mention or reference."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for document in (f"- x: {prose(title)}\n", f"| a | b |\n|---|---|\n| {prose(title)} | y |\n"):
        tokens = [child for token in parser.parse(document) for child in [token, *(token.children or ())]]
        kinds = {token.type for token in tokens}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "strong_open", "s_open"}
        assert sum(token.type == "td_open" for token in tokens) in (0, 2)
        read = " ".join(token.content for token in tokens if token.type in ("text", "text_special"))
        assert "\u202e" not in read
        assert "\n" not in prose(title)
        known = re.sub(r"[\x00-\x1f\s\u200b\u202a-\u202e]+", " ", title).strip()
        assert known.replace(" ", "") in _seen(read).replace(" ", "")
        assert not re.search(r"[@#!&~$][\w\"]|://|\bwww\.|[A-Za-z]-\d|\b[0-9a-f]{7,40}\b", read)


def test_ids_are_code() -> None:
    """What could break out of it is not."""
    assert code("acme/2026-Q1/x") == "`acme/2026-Q1/x`"
    assert code("HEAD~2") == "`HEAD~2`"
    for id in ("a`b", "a|b", "a\nb", " a", "<b>"):
        assert not code(id).startswith("`")


def test_a_hostile_portal_in_a_comment() -> None:
    """No line of the comment begins with content, and its only HTML is okrsite's own."""
    before, after = _portal(HOSTILE), _portal([f"{title} " for title in HOSTILE], target=80)
    problems = tuple(Problem(f"content/{title}", 1, 1, "OKR501", title) for title in HOSTILE)
    shown = markdown(_report(before, after, problems))
    allowed = {MARKER, "<details>", "</details>", "<summary>", "</summary>", "<br>"}
    assert set(re.findall(r"<[^>]*>?", shown)) <= allowed
    for line in shown.splitlines():
        assert re.match(r"(<|#{3} |[`|_*-]|  - |$)", line), line
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = [child for token in parser.parse(shown) for child in token.children or ()]
    assert not {token.type for token in tokens} & {"link_open", "image", "strikethrough_open", "em_open"}
    assert not [token.content for token in tokens if token.type == "text" and re.search(r"[@#]\w", token.content)]
    removed = make_portal([make_objective("acme/2026-Q1/other", [make_key_result("acme/2026-Q1/other/kr")])])
    assert set(re.findall(r"<[^>]*>?", markdown(_report(before, removed)))) <= allowed


def test_no_control_reaches_a_terminal() -> None:
    """Text shows what would move the cursor or turn the writing."""
    shown = text(_report(_portal(HOSTILE), _portal([f"{title} x" for title in HOSTILE])))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    coloured = text(_report(_portal(["a"]), _portal(["b"]), colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(_report(_portal(["a"]), _portal(["b"])))


@pytest.mark.parametrize("limit", [1000, 2000, 5000, 20000])
def test_a_comment_is_cut_to_its_limit(limit: int) -> None:
    """What matters most stays, whole lines and closed parts; it says how much is left out and what shows all."""
    many = [f"Objective number {number} 𝔘" for number in range(300)]
    report = _report(_portal(many), _portal(many, target=80), limit=limit, command="okrsite diff main topic")
    shown = markdown(report)
    assert units(shown) <= limit
    assert shown.startswith(MARKER)
    assert "`okrsite diff main topic`" in shown
    assert "more\n" in shown
    assert shown.count("<details>") == shown.count("</details>")
    whole = markdown(_report(_portal(many), _portal(many, target=80)))
    assert units(whole) > 20000
    lines = set(whole.splitlines())
    left_out = re.compile(r"- … and \d+ more|_Not all|$")
    assert all(line in lines or left_out.match(line) for line in shown.splitlines())


def test_nothing_changed() -> None:
    """Says so, in each format."""
    report = _report(_portal(["a"]), _portal(["a"]))
    assert "No goal changed." in text(report)
    assert "### No goal changed\n" in markdown(report)
    assert json.loads(FORMATS["json"](report))["changed"] is False


def test_errors_of_the_side_after() -> None:
    """The comment says what the author has to mend."""
    before, problem = _portal(["a"]), Problem("content/okrs/x.yml", 3, 1, "OKR201", "'title' is missing", "add it")
    after = Side("topic", "commit", "", date(2026, 2, 14), None, (problem,))
    report = DifferenceReport(compared(_side("main", before), after), ENGLISH_WORDS)
    assert "### 1 problem introduced; the goals cannot be compared" in markdown(report)
    assert "- `content/okrs/x.yml`, line 3: `OKR201` 'title' is missing\n" in markdown(report)
    assert "  content/okrs/x.yml:3:1: OKR201 'title' is missing\n      add it\n" in text(report)
    data = json.loads(FORMATS["json"](report))
    assert (data["readable"], data["changed"]) == (False, True)


def _year() -> Comparison:
    early = make_check_in("2026-01-20", 10, confidence=5)
    kr = make_key_result("acme/2026-Q1/up/kr", title="Up", kind="increase", baseline=0, target=100, unit_of_measure="%")
    done = make_key_result("acme/2026-Q1/up/done", title="Done", kind="done")
    objective = make_objective("acme/2026-Q1/up", [kr, done], title="Go up", description="As it was.")
    gone = make_objective(
        "acme/it/2026-Q1/gone", [make_key_result("acme/it/2026-Q1/gone/kr", kind="done")], title="Gone"
    )
    before = make_portal([objective, gone], rollouts=[make_rollout([make_task("Workshops")])])
    eased = make_key_result(
        *("acme/2026-Q1/up/kr",),
        title="Up",
        kind="increase",
        baseline=0,
        target=20,
        unit_of_measure="%",
        check_ins=[early],
    )
    objective = make_objective(
        "acme/2026-Q1/up", [eased, done], title="Go up", description="As it is now.", type="committed"
    )
    after = make_portal([objective], rollouts=[make_rollout([make_task("Workshops", weeks=(1, 2), done="2026-01-16")])])
    return compared(_side("main", before), _side("topic", after))


def test_text_and_markdown_of_a_change() -> None:
    """What is easier and what is gone comes first; the rest is folded."""
    report = DifferenceReport(_year(), ENGLISH_WORDS)
    assert text(report) == (GOLDEN / "change.txt").read_text(encoding="utf-8")
    assert markdown(report) == (GOLDEN / "change.md").read_text(encoding="utf-8")
