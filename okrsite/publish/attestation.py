"""Where a snapshot comes from, as other programs read it: an in-toto statement with SLSA's provenance.

The statement is about the manifest, which has the digest of every file, and is a function of the snapshot: it tells no
time and no place of the build. It says what was built of what, not who vouches for it: that is for a signature, which
the tool of whoever runs the build puts on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from okrsite.frozen import frozen
from okrsite.publish import manifest as manifest_file
from okrsite.publish.manifest import Manifest

NAME = "attestation.json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "tag:okrsite.invalid,2026:snapshot/v1"
"""What the parameters mean: a commit's portal, built as of a day by `okrsite publish`."""
BUILDER = "tag:okrsite.invalid,2026:publish"
"""`okrsite publish`, wherever it runs; which machine that was is for the signature to say."""

_NO_PACKAGES = frozenset({"python", "git"})
"""What is no package of Python's index, of all that a manifest names."""


@frozen
class Source:
    """Where the portal of a snapshot is.

    Attributes:
        repository: The address of its repository; empty where the configuration names none.
        folder: The portal's folder in it, without a slash at its end; empty for the top.
        configuration: What its configuration is called.
    """

    repository: str
    folder: str
    configuration: str


def statement(manifest: Manifest, source: Source) -> bytes:
    """The statement about a snapshot, as ``attestation.json``."""
    built_by = manifest.built_by
    parameters = {
        "repository": without_credentials(source.repository),
        "commit": manifest.origin.commit,
        "asOf": manifest.origin.as_of.isoformat(),
        "folder": source.folder,
        "configuration": source.configuration,
    }
    told: dict[str, Any] = {
        "_type": STATEMENT,
        "subject": [{"name": manifest_file.NAME, "digest": {"sha256": sha256(manifest.text).hexdigest()}}],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {name: value for name, value in parameters.items() if value},
                "resolvedDependencies": [_commit(parameters["repository"], manifest.origin.commit), *_tools(built_by)],
            },
            "runDetails": {"builder": {"id": BUILDER, "version": {"okrsite": built_by.get("okrsite", "")}}},
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def without_credentials(address: str) -> str:
    """An address without what somebody may have left in it: name, password, query."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))


def _commit(repository: str, id: str) -> dict[str, Any]:
    address = {"uri": f"git+{repository}@{id}"} if urlsplit(repository).scheme else {}
    return {**address, "digest": {"gitCommit": id}}


def _tools(built_by: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What made the snapshot, each as a package URL."""
    for name, version in sorted(built_by.items()):
        kind = "generic" if name in _NO_PACKAGES else "pypi"
        yield {"uri": f"pkg:{kind}/{quote(name, safe='')}@{quote(version, safe='')}"}
