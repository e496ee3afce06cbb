"""For programs."""

from __future__ import annotations

import json

from okrsite.exchange.problems.report import Report

SCHEMA = "okrsite/problems/1"
"""What the text calls its format; the number rises when a reader of the old one would fail."""


def json_text(report: Report) -> str:
    """``{"schema", "counts": {severity: number}, "problems": [{path, line, column, code, ...}]}``."""
    content = {
        "schema": SCHEMA,
        "counts": report.counts,
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in report.problems
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
