"""Measurements of a KPI from CSV: ``date,value[,note]``."""

from __future__ import annotations

import csv
import io
import re

from pydantic_core import PydanticCustomError

from okrsite.content.documents.fields import MAX_NOTE
from okrsite.content.syntax.days import parse_day
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.scalars import DECIMAL, bounded
from okrsite.content.syntax.wording import shown
from okrsite.model import Measurement, Source

_COLUMNS = (["date", "value"], ["date", "value", "note"])
_HEAD_HINT = "begin with a row date,value or date,value,note"


def read_measurements(text: str, path: str, log: ProblemLog) -> list[Measurement]:
    """The measurements that a CSV file holds, in its order; rows with problems are noted and left out."""
    rows = csv.reader(io.StringIO(text), strict=True)
    found: list[Measurement] = []
    line = 1
    columns = 0
    try:
        for row in rows:
            place = Source(path, line)
            line = rows.line_num + 1  # a quoted note may go over several lines
            if not any(cell.strip() for cell in row):
                continue
            if columns:
                _take([cell.strip() for cell in row], columns, place, found, log)
            elif not _is_head(row, place, log):
                return []
            else:
                columns = len(row)
        if not columns:
            log.add("OKR109", Source(path), "there are no rows in it", _HEAD_HINT)
    except csv.Error as error:
        log.add("OKR115", Source(path, line), f"the row cannot be read: {error}", "check its quotes")
    return found


def _is_head(row: list[str], place: Source, log: ProblemLog) -> bool:
    if [cell.strip().lower() for cell in row] in _COLUMNS:
        return True
    hint = "separate the columns by commas" if len(row) == 1 and re.search(r"[;\t]", row[0]) else _HEAD_HINT
    log.add("OKR115", place, "the first row does not name the columns", hint)
    return False


def _take(row: list[str], columns: int, place: Source, found: list[Measurement], log: ProblemLog) -> None:
    if not 2 <= len(row) <= columns:
        message = f"the row has {len(row)} cell{'s' * (len(row) != 1)}, not {columns}"
        log.add("OKR115", place, message, "write date,value or date,value,note; quote a note that holds a comma")
        return
    try:
        day = parse_day(row[0])
    except PydanticCustomError as error:
        log.add("OKR205", place, error.message(), str((error.context or {}).get("hint", "")))
        return
    if not DECIMAL.fullmatch(row[1]):
        unusable = row[1].lower().strip("+-.") in ("nan", "inf", "infinity")
        code, message = ("OKR204", "a finite number") if unusable else ("OKR115", "a number")
        log.add(code, place, f"{shown(row[1])} is not {message}", "write digits with a point, e.g. 99.5")
        return
    value = bounded(row[1])
    if value is None:
        log.add("OKR204", place, "a number beyond all measure", "give a number with fewer digits")
        return
    note = row[2] if len(row) > 2 else ""
    if len(note) > MAX_NOTE:
        log.add("OKR207", place, f"note: the text is longer than {MAX_NOTE} characters", "shorten it")
        return
    found.append(Measurement(day, value, note, place))
