"""The goals for programs: the files of ``api/``, unit by unit."""

from __future__ import annotations

import json
from collections.abc import Iterator

from okrsite.exchange import okrs_csv, okrs_json_text, okrs_schema
from okrsite.exchange.goals_csv import Rows, unit_rows
from okrsite.exchange.goals_json import Lines, unit_lines
from okrsite.site.parts import Parts
from okrsite.site.views import Gallery


def exports(gallery: Gallery, parts: Parts) -> Iterator[tuple[str, bytes]]:
    """The files, each with its name."""
    portal, figures = gallery.portal, gallery.figures
    yield "api/okrs.json", okrs_json_text(portal, figures, lambda unit: parts.of(_lines, gallery, unit)).encode()
    yield "api/okrs.csv", okrs_csv(portal, figures, lambda unit: parts.of(_rows, gallery, unit)).encode()
    yield "api/schema.json", (json.dumps(okrs_schema(), indent=1, ensure_ascii=False) + "\n").encode()


def _lines(gallery: Gallery, id: str) -> Lines:
    return unit_lines(gallery.portal, gallery.figures, id)


def _rows(gallery: Gallery, id: str) -> Rows:
    return unit_rows(gallery.portal, gallery.figures, id)
