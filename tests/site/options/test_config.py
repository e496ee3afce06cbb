"""What mkdocs.yml may say, and what okrsite answers to the rest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from portalfiles import SMALL, put, run
from sitebuilds import Build

from okrsite.problems import ContentError, OkrsiteError
from okrsite.settings import Settings
from okrsite.site.build import build
from okrsite.site.options.config import load

HEAD = "site_name: Goals\ndocs_dir: content\ntheme: {name: okr}\n"


def _config(root: Path, text: str) -> Path:
    (root / "content").mkdir(exist_ok=True)
    return put(root, {"mkdocs.yml": text})


def test_the_smallest_configuration(tmp_path: Path) -> None:
    """Four lines are enough; everything else has the documented default."""
    settings, root = load(_config(tmp_path, HEAD + "plugins: [okrsite]\n"))
    assert root == tmp_path
    assert settings.left_out(".git")
    assert settings.left_out("templates")
    assert not settings.left_out("guide/start.md")
    assert settings.has_template("main.html")
    assert not settings.has_template("okr/unit.html")
    assert settings == Settings(left_out=settings.left_out, has_template=settings.has_template, impact=settings.impact)
    assert not settings.impact.kpis


def test_every_option_arrives(tmp_path: Path) -> None:
    """Options come through, numbers by their written digits, a date with or without quotes."""
    options = (
        "      source: goals/all\n      levels: [company, individual]\n      as_of: 2026-02-14\n"
        "      status: {on_track: 0.05, at_risk: 0.3}\n      rules: {OKR511: off}\n      locale: de-AT\n"
    )
    text = f"{HEAD}repo_url: https://gitlab.example/a/b\nexclude_docs: drafts/\nplugins:\n  - okrsite:\n{options}"
    settings, _ = load(_config(tmp_path, text))
    assert (settings.source, settings.levels) == ("goals/all", ("company", "individual"))
    assert settings.as_of == date(2026, 2, 14)
    assert (settings.status.on_track, settings.status.at_risk) == (Fraction(1, 20), Fraction(3, 10))
    assert settings.rules["OKR511"].level == "off"
    assert (settings.locale, settings.forge.kind) == ("de-AT", "gitlab")
    assert settings.left_out("drafts/idea.md")


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Each option with its own line and hint, sorted."""
    options = (
        "      source: ../x\n      levels: [Team, team, team]\n      as_of: tomorrow\n      locale: no!\n"
        "      status: {on_track: 0.5, at_risk: 2, late: 1}\n      forge: cvs\n      levls: []\n"
    )
    text = f"{HEAD.replace('okr}', 'mkdocs}')}plugins:\n  - okrsite:\n{options}"
    with pytest.raises(ContentError) as raised:
        load(_config(tmp_path, text))
    assert [f"{each.line}: {each.message} ({each.hint})" for each in raised.value.problems] == [
        "3: the theme 'mkdocs' has no templates for goals (write `theme: {name: okr}`, or have your theme extend okr)",
        "6: source: '../x' is not a folder below the content folder (write e.g. okrs)",
        "7: levels: 'Team' cannot be the name of a level (use lower-case letters, digits and hyphens)",
        "7: levels: each level has to stand there once (write e.g. [corporate, department, team])",
        "8: as_of: 'tomorrow' is not a date (write YYYY-MM-DD, or leave it out to mean today)",
        "9: locale: 'no!' is not a language (write e.g. en or de-AT, in quotes if it is no)",
        "10: status: at_risk is 2 (write a share from 0 to 1, such as 0.10)",
        "10: status: on_track is above at_risk (on_track is the smaller of the two limits)",
        "10: status: there is no limit 'late' (there are on_track and at_risk)",
        "11: forge: 'cvs' is not known (known: github, gitlab, gitea, forgejo, bitbucket, bitbucket-server, azure)",
        "12: levls: there is no such option (did you mean 'levels'?)",
    ]
    assert {each.code for each in raised.value.problems} == {"OKR401"}


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("source: 4x!", "source: '4x!' is not a folder below the content folder"),
        ("source: [a]", "source: '['a']' is not a folder below the content folder"),
        ("levels: team", "levels: 'team' is not a list"),
        ("levels: []", "levels: each level has to stand there once"),
        ("as_of: 20260214", "as_of: '20260214' is not a date"),
        ("as_of: 2026-02-14 10:00:00", "as_of: '2026-02-14 10:00:00' is not a date"),
        ("status: 0.1", "status: '0.1' is not a mapping"),
        ("status: {on_track: .nan}", "status: on_track is nan"),
        ("status: {on_track: true}", "status: on_track is True"),
        ("locale: no", "locale: 'False' is not a language"),
        ("locale: xx", "locale: 'xx' is no language that is known"),
        ("forge: 1", "forge: '1' is not known"),
    ],
)
def test_wrong_types_are_problems_too(tmp_path: Path, option: str, message: str) -> None:
    """A value of another type is told like any other, with its line, not as MkDocs' exception."""
    with pytest.raises(ContentError) as raised:
        load(_config(tmp_path, f"{HEAD}plugins:\n  - okrsite:\n      {option}\n"))
    assert [(each.code, each.line, each.message) for each in raised.value.problems] == [("OKR401", 6, message)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("site_name: [", "error parsing the configuration file"),
        ("words", "Expected a key-value mapping"),
        (HEAD, "does not use okrsite"),
        ("site_name: Goals\ndocs_dir: nowhere\nplugins: [okrsite]\n", "isn't an existing directory"),
        (HEAD.replace("okr}", "nothing}") + "plugins: [okrsite]\n", "Unrecognised theme name: 'nothing'"),
        (HEAD + "plugins: [okrsit]\n", "plugin is not installed"),
        (HEAD + "site_dir: content/site\nplugins: [okrsite]\n", "which is among the portal's content|within"),
    ],
)
def test_what_mkdocs_cannot_use_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, why: str
) -> None:
    """One error with MkDocs' reason in it, nothing on the terminal beside it."""
    with pytest.raises(OkrsiteError, match=why):
        build(_config(tmp_path, text))
    assert capsys.readouterr() == ("", "")


def test_no_configuration(tmp_path: Path) -> None:
    """What to do is said."""
    with pytest.raises(OkrsiteError, match="okrsite init"):
        load(tmp_path / "mkdocs.yml")


def test_a_theme_of_ones_own_may_extend_okr(build_files: Build, tmp_path: Path) -> None:
    """With custom_dir, a template replaces the theme's and the rest is inherited."""
    put(tmp_path, {"own/okr/kpis.html": '{% extends "base.html" %}{% block content %}<h1>Ours</h1>{% endblock %}'})
    built = build_files({"mkdocs.yml": SMALL["mkdocs.yml"].replace("{name: okr}", "{name: okr, custom_dir: own}")})
    assert "Ours" in built.site.pages["kpis/index.html"].text
    assert built.site.broken_links() == []


def test_mkdocs_own_options_hold(build_files: Build) -> None:
    """site_url makes canonical links and the sitemap; pages are found without folders if so configured."""
    lines = "site_url: https://goals.example/x/\nuse_directory_urls: false\nextra_css: [extra.css]\n"
    built = build_files({"mkdocs.yml": lines + SMALL["mkdocs.yml"], "content/extra.css": "p {color: red}"})
    pages = built.site.pages
    # 404 is served from any address; the small portal's own text names a page as it is in a folder.
    own = {"404.html", "acme/2026-Q1/trust/index.html"}
    assert [link for link in built.site.broken_links() if link.partition(": ")[0] not in own] == []
    assert "guide/start.html" in pages
    assert pages["guide/start.html"].all("link")[0].attributes["href"] == "https://goals.example/x/guide/start.html"
    assert pages["acme/index.html"].all("link")[0].attributes["href"] == "https://goals.example/x/acme/"
    sitemap = (built.site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://goals.example/x/</loc>" in sitemap
    assert "<loc>https://goals.example/x/guide/start.html</loc>" in sitemap


def test_strict_counts_warnings(tmp_path: Path) -> None:
    """``mkdocs build --strict`` fails for a broken link between written pages, as ever."""
    put(tmp_path, {**SMALL, "content/guide/start.md": "# Start\n\n[gone](gone.md)\n"})
    done = run("mkdocs", "build", "--strict", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    result = build(tmp_path / "mkdocs.yml")
    assert any("gone.md" in warning for warning in result.warnings)
