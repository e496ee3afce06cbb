"""The statement about a snapshot has the fields that in-toto and SLSA ask for, and tells nothing of time or place."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from okrsite.publish.attestation import Source, statement, without_credentials
from okrsite.publish.manifest import Figures, FileEntry, Manifest, Origin

COMMIT = "0123456789abcdef0123456789abcdef01234567"
MANIFEST = Manifest(
    Origin(COMMIT, datetime(2026, 2, 14, 12, tzinfo=UTC), "Grüße", 3, date(2026, 2, 14), "Goals"),
    0,
    Figures(),
    {"okrsite": "0.1.0+local", "python": "3.11.7", "git": "2.39.5", "vl-convert-python": "1.9.0.post1"},
    {"index.html": FileEntry("index.html", 3, "a" * 64)},
)
TYPE_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
PURL = re.compile(r"pkg:(pypi|generic)/[a-z0-9.-]+@[A-Za-z0-9.%_~-]+")


def _told(source: Source) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(statement(MANIFEST, source))
    return told


def test_a_statement_of_in_toto() -> None:
    """It has the four fields of a statement, and names the manifest by the digest of its very bytes."""
    told = _told(Source("", "", "mkdocs.yml"))
    assert told.keys() == {"_type", "subject", "predicateType", "predicate"}
    assert told["_type"] == "https://in-toto.io/Statement/v1"
    assert told["predicateType"] == "https://slsa.dev/provenance/v1"
    assert told["subject"] == [{"name": "manifest.json", "digest": {"sha256": sha256(MANIFEST.text).hexdigest()}}]


def test_provenance_of_slsa() -> None:
    """What SLSA requires of the predicate is there, and nothing that it does not know."""
    predicate = _told(Source("https://forge.example/acme/goals", "goals", "mkdocs.yml"))["predicate"]
    assert predicate.keys() == {"buildDefinition", "runDetails"}
    definition, run = predicate["buildDefinition"], predicate["runDetails"]
    assert definition.keys() == {"buildType", "externalParameters", "resolvedDependencies"}
    assert TYPE_URI.fullmatch(definition["buildType"])
    assert definition["externalParameters"] == {
        "repository": "https://forge.example/acme/goals",
        "commit": COMMIT,
        "asOf": "2026-02-14",
        "folder": "goals",
        "configuration": "mkdocs.yml",
    }
    commit, *tools = definition["resolvedDependencies"]
    assert commit == {
        "uri": f"git+https://forge.example/acme/goals@{COMMIT}",
        "digest": {"gitCommit": COMMIT},
    }
    assert [tool["uri"] for tool in tools] == [
        "pkg:generic/git@2.39.5",
        "pkg:pypi/okrsite@0.1.0%2Blocal",
        "pkg:generic/python@3.11.7",
        "pkg:pypi/vl-convert-python@1.9.0.post1",
    ]
    assert all(PURL.fullmatch(tool["uri"]) for tool in tools)
    assert run.keys() == {"builder"}
    assert TYPE_URI.fullmatch(run["builder"]["id"])
    assert run["builder"]["version"] == {"okrsite": "0.1.0+local"}


def test_a_repository_without_address() -> None:
    """The commit alone names it: nothing is guessed from a clone's remotes, which differ from clone to clone."""
    definition = _told(Source("", "", "mkdocs.yml"))["predicate"]["buildDefinition"]
    assert definition["resolvedDependencies"][0] == {"digest": {"gitCommit": COMMIT}}
    assert definition["externalParameters"].keys() == {"commit", "asOf", "configuration"}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://ada:secret@forge.example/acme/goals/", "https://forge.example/acme/goals"),
        ("https://forge.example:8443/goals?private_token=secret#secret", "https://forge.example:8443/goals"),
        ("ssh://git@forge.example/acme/goals.git", "ssh://forge.example/acme/goals.git"),
        ("https://a@secret@forge.example/goals", "https://forge.example/goals"),
    ],
)
def test_no_credentials(address: str, told: str) -> None:
    """Names, passwords and tokens in an address stay at home."""
    assert without_credentials(address) == told
    assert b"secret" not in statement(MANIFEST, Source(address, "", "mkdocs.yml"))
