"""The goals for programs: the files of ``api/``, unit by unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO

from okrsite.exchange import okrs_schema
from okrsite.exchange.goals_csv import Rows, okrs_csv_lines, unit_rows
from okrsite.exchange.goals_json import Lines, okrs_json_pieces, unit_lines
from okrsite.site.parts import Parts
from okrsite.site.views import Gallery

SCHEMA = "api/schema.json"
"""The file by which a folder is known to hold a site of okrsite."""


def exports(gallery: Gallery, parts: Parts) -> Iterator[tuple[str, bytes]]:
    """The files, each with its name; the first is made of no goal."""
    portal, figures = gallery.portal, gallery.figures
    yield SCHEMA, (json.dumps(okrs_schema(), indent=1, ensure_ascii=False) + "\n").encode()
    yield "api/okrs.json", _bytes(okrs_json_pieces(portal, figures, lambda unit: parts.of(lines_of, gallery, unit)))
    yield "api/okrs.csv", _bytes(okrs_csv_lines(portal, figures, lambda unit: parts.of(rows_of, gallery, unit)))


def _bytes(texts: Iterable[str]) -> bytes:
    """Texts one after the other, of which no more than one is there twice."""
    found = BytesIO()
    found.writelines(text.encode() for text in texts)
    return found.getvalue()


def lines_of(gallery: Gallery, id: str) -> Lines:
    """What `okrs.json` has of a unit."""
    return unit_lines(gallery.portal, gallery.figures, id)


def rows_of(gallery: Gallery, id: str) -> Rows:
    """What `okrs.csv` has of a unit."""
    return unit_rows(gallery.portal, gallery.figures, id)
