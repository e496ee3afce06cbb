"""What history has read before, kept in one file: texts by key, all of them JSON of okrsite's own making.

The file may be deleted at any time, several builds may use it at once, and whatever stands in it is data: it is never
run, and what is not as it was written, or does not fit, is read again from git.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Self

FORMAT = 3
"""Of what is kept; raised whenever its meaning changes."""

_MADE = "CREATE TABLE kept (room TEXT, key TEXT, text TEXT, PRIMARY KEY (room, key)) WITHOUT ROWID"
_AT_ONCE = 500  # keys in one question
_CHECKSUM = 16


class Shelf:
    """Texts by room and key.

    Args:
        folder: Made when there is something to keep; None to keep things in memory, as long as this lives.
        version: Of what wrote the texts; those of another one are thrown away.
    """

    def __init__(self, folder: Path | None, version: str) -> None:
        self._version = f"{version}/{FORMAT}"
        self._database: sqlite3.Connection | None = None
        if folder is not None:
            self._database = self._opened(folder / "history.sqlite")
        if self._database is None:
            self._database = self._made(":memory:")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def get(self, room: str, keys: Iterable[str]) -> dict[str, str]:
        """The texts that are kept under some keys; others are left out."""
        wanted = list(keys)
        found: dict[str, str] = {}
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            marks = ",".join("?" * len(part))
            question = f"SELECT key, text FROM kept WHERE room = ? AND key IN ({marks})"  # noqa: S608 - marks only
            rows = self._rows(question, (room, *part))
            for key, kept in rows:
                text = _unsealed(room, str(key), kept)
                if text is not None:
                    found[str(key)] = text
        return found

    def keys(self, room: str) -> list[str]:
        """All keys of a room."""
        return [key for (key,) in self._rows("SELECT key FROM kept WHERE room = ?", (room,)) if isinstance(key, str)]

    def put(self, room: str, texts: Mapping[str, str]) -> None:
        """Keep texts. What cannot be kept is read again next time, so that it is no error."""
        rows = [(room, key, _sealed(room, key, text)) for key, text in texts.items()]
        with self._writing() as database:
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def drop(self, room: str, keys: Iterable[str]) -> None:
        """Keep some texts no longer."""
        with self._writing() as database:
            database.executemany("DELETE FROM kept WHERE room = ? AND key = ?", [(room, key) for key in keys])

    def _rows(self, question: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(question, values).fetchall()
        except sqlite3.Error:  # damaged: as good as empty
            return []

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._database is None:
            return
        with contextlib.suppress(sqlite3.Error), self._database:
            yield self._database

    def _opened(self, file: Path) -> sqlite3.Connection | None:
        """The database in a file, made anew where it is damaged or of another making; None where it cannot be."""
        for _ in range(2):
            database = None
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                if file.is_symlink():
                    return None
                database = sqlite3.connect(file, timeout=5)
                if self._is_ours(database):
                    return database
            except (sqlite3.OperationalError, OSError):  # locked, or nothing may be written there
                if database is not None:
                    database.close()
                return None
            except sqlite3.DatabaseError:
                pass
            if database is not None:
                database.close()
            with contextlib.suppress(OSError):
                file.unlink()
        return None

    def _is_ours(self, database: sqlite3.Connection) -> bool:
        """Whether a database holds the one table and nothing else, and was written by this version."""
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA synchronous = OFF")
        known = database.execute("SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 2").fetchall()
        if not known:
            with database:
                database.execute("BEGIN IMMEDIATE")
                self._fill(database)
            return True
        if known != [("table", _MADE)]:
            return False
        row = database.execute("SELECT text FROM kept WHERE room = '' AND key = 'version'").fetchone()
        return bool(row == (self._version,))

    def _made(self, name: str) -> sqlite3.Connection | None:
        try:
            database = sqlite3.connect(name)
            self._fill(database)
        except sqlite3.Error:
            return None
        return database

    def _fill(self, database: sqlite3.Connection) -> None:
        database.execute(_MADE)
        database.execute("INSERT INTO kept VALUES ('', 'version', ?)", (self._version,))


def _sealed(room: str, key: str, text: str) -> str:
    """A text below a line with its checksum: the database notices damage of its own structure alone."""
    said = f"{room}\n{key}\n{text}".encode(errors="surrogatepass")
    return f"{blake2b(said, digest_size=_CHECKSUM).hexdigest()}\n{text}"


def _unsealed(room: str, key: str, kept: object) -> str | None:
    """The text in what `_sealed` gave; None where that is damaged, or another's."""
    if not isinstance(kept, str):
        return None
    text = kept[2 * _CHECKSUM + 1 :]
    return text if kept == _sealed(room, key, text) else None
