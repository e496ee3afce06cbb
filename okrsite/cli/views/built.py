"""What a build has done, in a few lines."""

from __future__ import annotations

import json

from okrsite.exchange.problems import counted
from okrsite.exchange.problems.report import SEVERITIES
from okrsite.site.built import Built


def summary(result: Built) -> str:
    """What went wrong on the way, files and charts, the time it took, and where to look."""
    lines = [f"warning: {warning}" for warning in result.warnings]
    lines += result.notices
    if result.revision is not None:
        from okrsite.site.words import ENGLISH_WORDS  # takes long to load, for a build that changed nothing

        lines.append(f"built commit {result.revision.short} of {ENGLISH_WORDS.day(result.revision.day)}")
    if result.findings:
        lines.append(f"the rules say {counted(result.findings)}; okrsite check shows them")
    pages = f"; pages: {result.pages_made} made, {result.pages_kept} kept" if result.pages_kept else ""
    charts = ""
    if result.charts_drawn or result.charts_cached:
        charts = f"; charts: {result.charts_drawn} drawn, {result.charts_cached} from the cache"
    as_it_was = "put back" if result.put_back else "unchanged"
    lines.append(
        f"{_files(result.written)} written, {result.unchanged:,} {as_it_was}, {result.deleted:,} deleted"
        f"{pages}{charts}; {result.seconds:.1f} s"
    )
    lines.append(f"open {result.site_dir / 'index.html'}")
    return "\n".join(lines)


def _files(number: int) -> str:
    if not number:
        return "no files"
    return "1 file" if number == 1 else f"{number:,} files"


def as_json(result: Built) -> str:
    """The same for programs; what the rules say is a count for each severity."""
    told = {
        "site_dir": str(result.site_dir),
        "commit": result.revision.id if result.revision else None,
        "written": result.written,
        "unchanged": result.unchanged,
        "deleted": result.deleted,
        "put_back": result.put_back,
        "pages_made": result.pages_made,
        "pages_kept": result.pages_kept,
        "charts_drawn": result.charts_drawn,
        "charts_cached": result.charts_cached,
        "seconds": round(result.seconds, 3),
        "problems": {severity: result.findings.get(severity, 0) for severity in SEVERITIES},
        "warnings": list(result.warnings),
        "notices": list(result.notices),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
