"""For every other tool that gathers findings: SARIF 2.1.0 (OASIS standard, 2020)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from okrsite import __version__
from okrsite.exchange.problems.as_gitlab import fingerprints
from okrsite.exchange.problems.report import Report
from okrsite.problems import Problem, Severity

if TYPE_CHECKING:
    from okrsite.codes import Code

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "notice": "note"}


def sarif(report: Report) -> str:
    """A log with one run, which describes the codes that were found."""
    used = sorted({problem.code for problem in report.problems})
    places = {code: place for place, code in enumerate(used)}
    run = {
        "tool": {
            "driver": {
                "name": "okrsite",
                "semanticVersion": __version__,
                "rules": [_rule(code, report.code_of(code)) for code in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, places[problem.code], fingerprint)
            for problem, fingerprint in zip(report.problems, fingerprints(report.problems), strict=True)
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(id: str, code: Code | None) -> dict[str, object]:
    if code is None:
        return {"id": id}
    return {
        "id": id,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "help": {"text": code.mend},
    }


def _result(problem: Problem, place: int, fingerprint: str) -> dict[str, object]:
    return {
        "ruleId": problem.code,
        "ruleIndex": place,
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{problem.message} {problem.hint}".rstrip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(problem.path, errors="surrogateescape")},
                    "region": {"startLine": problem.line, "startColumn": problem.column},
                }
            }
        ],
        "partialFingerprints": {"okrsite/1": fingerprint},
    }
