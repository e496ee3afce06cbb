"""docs/configuration.md and docs/theming.md say what the code does: options, defaults, messages, examples."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from docpages import DOCS, Section, put, sections

from okrsite.model import Source
from okrsite.problems import ContentError, OkrsiteError
from okrsite.settings import ForgeOptions, Settings
from okrsite.site.forge import Forge, kind_of
from okrsite.site.options.config import OkrsiteOptions, load

SECTIONS = {section.title: section for section in sections(DOCS / "configuration.md")}
OPTIONS = dict(OkrsiteOptions._schema)
WRONG = [(row["written"], row["reported"]) for row in SECTIONS["What is wrong is said"].rows()]
HEAD = "site_name: Goals\ndocs_dir: content\ntheme: {name: okr}\nplugins:\n  - okrsite:\n"


def _portal(folder: Path, option: str) -> Path:
    """A configuration with these lines as the plugin's options."""
    (folder / "content").mkdir()
    lines = "".join(f"      {line}\n" for line in option.splitlines())
    (folder / "mkdocs.yml").write_text(HEAD + lines, encoding="utf-8")
    return folder / "mkdocs.yml"


def test_every_option_is_documented() -> None:
    """The table and the sections name every option and no other, with the default of the code."""
    rows = {row["option"].partition("`")[2].partition("`")[0]: row for row in _options().rows()}
    assert list(rows) == list(OPTIONS)
    assert {name for name in OPTIONS if name not in SECTIONS} == set()
    for name, row in rows.items():
        default = None if row["default"] == "none" else yaml.safe_load(row["default"])
        assert default == OPTIONS[name].default, name


def _options() -> Section:
    return SECTIONS["The plugin's options"]


@pytest.mark.parametrize("name", OPTIONS)
def test_examples_of_options_can_be_used(name: str, tmp_path: Path) -> None:
    """Each option's own example is accepted and changes its setting."""
    (block,) = SECTIONS[name].blocks
    assert list(yaml.safe_load(block.text)) == [name]
    changed, _ = load(_portal(tmp_path, block.text))
    (tmp_path / "mkdocs.yml").write_text(HEAD.replace("okrsite:", "okrsite"), encoding="utf-8")
    plain, _ = load(tmp_path / "mkdocs.yml")
    assert getattr(changed, name) != getattr(plain, name)


@pytest.mark.parametrize("section", [each for each in SECTIONS.values() if each.files], ids=lambda each: each.title)
def test_whole_configurations_can_be_used(section: Section, tmp_path: Path) -> None:
    """Each complete mkdocs.yml on the page is one."""
    (tmp_path / "content").mkdir()
    put(section.files, tmp_path)
    assert load(tmp_path / "mkdocs.yml")[0].content == "content"


@pytest.mark.parametrize(("written", "reported"), WRONG, ids=[written for written, _ in WRONG])
def test_wrong_values_are_reported(written: str, reported: str, tmp_path: Path) -> None:
    """A wrong value is one OKR401 with the message of the table, at the option's line."""
    config = _portal(tmp_path, written)
    with pytest.raises(ContentError) as raised:
        load(config)
    (problem,) = raised.value.problems
    assert (problem.code, problem.message, problem.line) == ("OKR401", reported, 6)


def test_a_day_that_yaml_refuses_is_no_defect(tmp_path: Path) -> None:
    """An unquoted day that does not exist ends in words."""
    with pytest.raises(OkrsiteError, match="cannot be used"):
        load(_portal(tmp_path, "as_of: 2026-02-30"))


def test_the_way_to_the_source(tmp_path: Path) -> None:
    """With repo_url and edit_uri as on the page, a source's link is where GitHub has it."""
    (tmp_path / "content").mkdir()
    put(SECTIONS["The way to the source"].files, tmp_path)
    settings, _ = load(tmp_path / "mkdocs.yml")
    link = Forge(settings).edit(Source("content/okrs/acme/2026-Q1.yml", 7))
    assert link == "https://github.com/acme/goals/edit/main/content/okrs/acme/2026-Q1.yml#L7"


def test_each_forge_of_the_table_is_understood() -> None:
    """The edit_uri of each row leads to the content folder of the branch main, on any host that is called like it."""
    hosts = {"GitHub": "github.x", "GitLab": "gitlab.x", "Gitea": "gitea.x", "Azure": "dev.azure.com"}
    for row in SECTIONS["The way to the source"].rows():
        name = row["forge"].replace(",", "").split()[0]
        server = "Server" in row["forge"]
        host = hosts.get(name, "bitbucket.x")
        uri = row["edit_uri"].strip("`")
        repo = f"https://{host}/projects/A/repos/goals" if server else f"https://{host}/a/goals"
        settings = Settings(repo_url=repo, edit_uri=uri, forge=ForgeOptions(kind_of(repo, uri)))
        forge = Forge(settings)
        link = forge.view(Source("content/okrs/acme/2026-Q1.yml", 7))
        assert "content/okrs/acme/2026-Q1.yml" in link, name
        assert "main" in link, name
        assert ("{text}" in forge.new("content/okrs")) == (row["new file with its text"] == "yes"), name
