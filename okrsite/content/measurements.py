"""Measurements of a KPI from CSV: ``date,value[,note]``."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation

from pydantic_core import PydanticCustomError

from okrsite.content.documents.fields import parse_day
from okrsite.content.log import ProblemLog
from okrsite.model import Measurement, Source

_COLUMNS = (["date", "value"], ["date", "value", "note"])


def read_measurements(text: str, path: str, log: ProblemLog) -> list[Measurement]:
    """The measurements that a CSV file holds, in its order; rows with problems are noted and left out."""
    reader = csv.reader(io.StringIO(text), strict=True)
    found: list[Measurement] = []
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        if head not in _COLUMNS:
            log.add(
                "OKR115",
                Source(path),
                "the first row does not name the columns",
                "begin with date,value or date,value,note",
            )
            return []
        for row in reader:
            if any(cell.strip() for cell in row):
                _take(row, len(head), Source(path, reader.line_num), found, log)
    except csv.Error as error:
        log.add("OKR115", Source(path, max(reader.line_num, 1)), f"the row cannot be read: {error}", "check its quotes")
    return found


def _take(row: list[str], columns: int, place: Source, found: list[Measurement], log: ProblemLog) -> None:
    if len(row) > columns or len(row) < 2:
        log.add("OKR115", place, f"the row has {len(row)} cells, not {columns}", "quote a note that holds a comma")
        return
    try:
        day = parse_day(row[0].strip())
    except PydanticCustomError as error:
        log.add("OKR205", place, error.message(), str((error.context or {}).get("hint", "")))
        return
    try:
        value = Decimal(row[1].strip())
    except InvalidOperation:
        hint = "write digits with a point: 99.5"
        log.add("OKR115", place, f"'{row[1].strip()[:40]}' is not a number", hint)
        return
    if not value.is_finite() or abs(value.adjusted()) > 400:
        log.add("OKR204", place, f"'{row[1].strip()[:40]}' is not a number that can be used", "give a finite number")
        return
    note = row[2].strip() if len(row) > 2 else ""
    found.append(Measurement(day, value or Decimal(0), note, place))
