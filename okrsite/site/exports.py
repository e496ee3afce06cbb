"""The goals for programs: the files of ``api/``, unit by unit."""

from __future__ import annotations

import json
from collections.abc import Iterator

from okrsite.exchange import okrs_csv, okrs_json_text, okrs_schema
from okrsite.exchange.goals_csv import Rows, unit_rows
from okrsite.exchange.goals_json import Lines, unit_lines
from okrsite.site.parts import Parts
from okrsite.site.views import Gallery

SCHEMA = "api/schema.json"
"""The file by which a folder is known to hold a site of okrsite."""


def exports(gallery: Gallery, parts: Parts) -> Iterator[tuple[str, bytes]]:
    """The files, each with its name; the first is made of no goal."""
    portal, figures = gallery.portal, gallery.figures
    yield SCHEMA, (json.dumps(okrs_schema(), indent=1, ensure_ascii=False) + "\n").encode()
    yield "api/okrs.json", okrs_json_text(portal, figures, lambda unit: parts.of(lines_of, gallery, unit)).encode()
    yield "api/okrs.csv", okrs_csv(portal, figures, lambda unit: parts.of(rows_of, gallery, unit)).encode()


def lines_of(gallery: Gallery, id: str) -> Lines:
    """What `okrs.json` has of a unit."""
    return unit_lines(gallery.portal, gallery.figures, id)


def rows_of(gallery: Gallery, id: str) -> Rows:
    """What `okrs.csv` has of a unit."""
    return unit_rows(gallery.portal, gallery.figures, id)
