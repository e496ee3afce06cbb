"""The actions that workflows use, each pinned by the full id of its commit: a tag may be moved, a commit cannot."""

from __future__ import annotations

_GITHUB = {
    "checkout": "actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1",
    "setup-python": "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0",
    "cache": "actions/cache@9255dc7a253b0ccc959486e2bca901246202afeb # v5.0.1",
    "cache-restore": "actions/cache/restore@9255dc7a253b0ccc959486e2bca901246202afeb # v5.0.1",
    "upload-artifact": "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",
    "download-artifact": "actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0",
}
_ELSEWHERE = {
    "checkout": "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "setup-python": "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0",
    "upload-artifact-3": "actions/upload-artifact@a8a3f3ad30e3422c9c7b888a15615d19a852ae32 # v3.1.3",
    "download-artifact-3": "actions/download-artifact@9bc31d5ccc31df68ecc42ccf4149144866c47d8a # v3.0.2",
}
"""Other forges know the older artifacts alone, and their runners an older Node."""


def actions(forge: str) -> dict[str, str]:
    """What a workflow of a forge uses, by the word that its template has for it."""
    if forge == "github":
        return dict(_GITHUB)
    return {name: f"https://github.com/{action}" for name, action in _ELSEWHERE.items()}
