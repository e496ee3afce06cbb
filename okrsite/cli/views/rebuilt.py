"""What building a snapshot again gave."""

from __future__ import annotations

import json

from okrsite.site.publication.rebuilding import Rebuilt, Tool

_LISTED = 20
"""Files that are named; more are counted."""


def rebuilt_text(found: Rebuilt) -> str:
    """Whether it is the same; else which files are not, and what may explain it."""
    manifest = found.manifest
    total = len(manifest.files)
    built = f"{manifest.id}, built again from commit {manifest.origin.commit[:10]} as of {manifest.origin.as_of}"
    versions = [f"  {_of(tool)}" for tool in found.tools]
    if found.is_same:
        lines = [f"{built}: all {total:,} files are the same"]
        if versions:
            lines += ["though made with other versions:", *versions]
        return "\n".join(lines) + "\n"
    paths = list(found.differing.items())
    lines = [f"{built}: {len(paths):,} of {total:,} files are not the same"]
    lines += [f"  {what:<8} {path}" for path, what in paths[:_LISTED]]
    if len(paths) > _LISTED:
        lines.append(f"  and {len(paths) - _LISTED:,} more")
    if versions:
        lines += ["other versions may explain it; install those that made the snapshot, and try again:", *versions]
    else:
        lines.append("the versions that made it are the same as here: the snapshot may not be what its commit gives")
    return "\n".join(lines) + "\n"


def rebuilt_json(found: Rebuilt) -> str:
    """The same for programs."""
    told = {
        "id": found.manifest.id,
        "commit": found.manifest.origin.commit,
        "as_of": found.manifest.origin.as_of.isoformat(),
        "same": found.is_same,
        "files": len(found.manifest.files),
        "differing": [{"path": path, "what": what} for path, what in found.differing.items()],
        "versions": [{"name": tool.name, "then": tool.then or None, "now": tool.now or None} for tool in found.tools],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _of(tool: Tool) -> str:
    return f"{tool.name} {tool.then or 'none'} then, {tool.now or 'none'} now"
