"""The desk's own file: half-done work that must survive a crash, and how this desk likes its window (Decision 7).

It is shared with nobody and stands in no log. A draft's id becomes the id of the command that saves it, so that
Save acts once however often it is pressed.
"""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from reception.domain.errors import Trouble

_log = logging.getLogger(__name__)

_TABLES = """
CREATE TABLE IF NOT EXISTS draft (
    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, client INTEGER, owner INTEGER,
    title TEXT NOT NULL, body TEXT NOT NULL, changed INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """Work that was begun and not yet saved: a booking, a checkout, a new client."""

    id: str
    kind: str
    title: str
    body: dict[str, Any]
    client: int | None = None
    owner: int | None = None
    changed: datetime | None = None


class Desk:
    """What this desk keeps for itself; any thread may ask. Raises `Trouble` where its file can't be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._file = _opened(path)

    def keep(self, draft: Draft) -> None:
        """Put a draft safely on disk, in place of its earlier state."""
        row = (draft.id, draft.kind, draft.client, draft.owner, draft.title, _text(draft.body), _now())
        with self._writing() as file:
            file.execute(
                "INSERT INTO draft (id, kind, client, owner, title, body, changed) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, client = excluded.client, owner = excluded.owner,"
                " title = excluded.title, body = excluded.body, changed = excluded.changed",
                row,
            )

    def drop(self, id: str) -> None:
        """Let go of a draft that was saved or thrown away."""
        with self._writing() as file:
            file.execute("DELETE FROM draft WHERE id = ?", (id,))

    def drafts(self, owner: int | None = None) -> tuple[Draft, ...]:
        """What lies half done, the oldest first; with an owner, only theirs and nobody's."""
        with self._lock:
            rows = self._file.execute(
                "SELECT id, kind, title, body, client, owner, changed FROM draft "
                "WHERE ?1 IS NULL OR owner IS NULL OR owner = ?1 ORDER BY changed, id",
                (owner,),
            ).fetchall()
        return tuple(
            Draft(id, kind, title, json.loads(body), client, whose, datetime.fromtimestamp(changed / 1000, UTC))
            for id, kind, title, body, client, whose, changed in rows
        )

    def get(self, key: str, default: Any = None) -> Any:
        """What this desk remembers under that name."""
        with self._lock:
            row = self._file.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set(self, key: str, value: Any) -> None:
        """Remember something plain (numbers, words, lists, dictionaries) under a name."""
        with self._writing() as file:
            file.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, _text(value)),
            )

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()

    @contextmanager
    def _writing(self) -> Iterator[dbapi2.Connection]:
        with self._lock:
            try:
                yield self._file
            except dbapi2.DatabaseError as error:
                raise Trouble(
                    f"What is half done can't be kept in {self._path}: {error}. Free some space there and type on.",
                    retry=True,
                ) from error


def _opened(path: Path) -> dbapi2.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _file(path)
    except dbapi2.OperationalError as error:
        raise Trouble(f"The desk's own file {path} can't be opened: {error}.", retry=True) from error
    except dbapi2.DatabaseError:
        aside = _put_aside(path)
        _log.exception("the desk's own file was damaged; it was put aside as %s and a new one begun", aside)
        return _file(path)


def _file(path: Path) -> dbapi2.Connection:
    file = dbapi2.connect(str(path), timeout=10, isolation_level=None, check_same_thread=False)
    try:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "cell_size_check=ON", "trusted_schema=OFF"):
            file.execute(f"PRAGMA {setting}")
        if file.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise dbapi2.DatabaseError("quick_check finds it damaged")
        file.executescript(_TABLES)
    except BaseException:
        file.close()
        raise
    return file


def _put_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    path.replace(aside)
    for tail in ("-wal", "-shm"):
        part = path.with_name(path.name + tail)
        if part.exists():
            part.replace(aside.with_name(aside.name + tail))
    return aside


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _now() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)
