"""What a snapshot says that it was made by: everything that may decide a byte."""

from __future__ import annotations

import platform
from importlib.metadata import version

from portalfiles import MKDOCS, SMALL, put
from sitebuilds import Built

from okrsite import __version__
from okrsite.history import Repository
from okrsite.site.options.config import mkdocs_config
from okrsite.site.publication.provenance import built_by


def test_all_that_is_needed_at_any_depth(small: Built) -> None:
    """okrsite, Python, git, what okrsite needs, and what that needs; not the tools of who works on okrsite."""
    found = built_by(Repository(small.root, "", is_shallow=False), mkdocs_config(small.root / "mkdocs.yml"))
    assert list(found)[:3] == ["okrsite", "python", "git"]
    assert (found["okrsite"], found["python"]) == (__version__, platform.python_version())
    assert found["git"].split(".")[0].isdigit()
    packages = list(found)[3:]
    assert packages == sorted(packages)
    assert set(packages) >= {"mkdocs", "jinja2", "markupsafe", "pydantic-core", "vl-convert-python", "babel"}
    assert not {"pytest", "ruff", "s3fs", "okrsite"} & set(packages)
    assert found["markupsafe"] == version("MarkupSafe")


def test_what_a_portal_adds(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """A portal's own Markdown extensions, plugins and theme decide bytes too, and so does what they need."""
    known = {"playwright": ["playwright"], "markdown": ["Markdown"], "okrsite": ["okrsite"]}
    monkeypatch.setattr("okrsite.site.publication.provenance.packages_distributions", lambda: known)
    put(tmp_path, {**SMALL, "mkdocs.yml": MKDOCS})
    config = mkdocs_config(tmp_path / "mkdocs.yml")
    before = built_by(None, config)
    config.markdown_extensions.append("playwright.of_somebody")
    after = built_by(None, config)
    assert after.keys() - before.keys() >= {"playwright", "greenlet"}
    assert {name: after[name] for name in before} == before
