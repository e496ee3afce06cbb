"""For GitLab, which shows them in a merge request: a code quality report.

Source: "Code Quality", GitLab's documentation, the format of a report.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from okrsite.exchange.problems.report import Report
from okrsite.problems import Problem, Severity

_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "notice": "info"}


def gitlab(report: Report) -> str:
    """A JSON list with an entry each."""
    entries = [
        {
            "description": f"{problem.message} {problem.hint}".rstrip(),
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem, fingerprint in zip(report.problems, fingerprints(report.problems), strict=True)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """What tells each problem from the others, whatever line it has moved to since the last report.

    The line is no part of it; where file, code and message are alike, the first, the second, ... are told apart.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for problem in problems:
        key = (problem.path, problem.code, problem.message)
        seen[key] += 1
        found.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode(errors="surrogatepass")).hexdigest())
    return found
