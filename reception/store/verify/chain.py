"""The log: the commands are numbered without gaps, and their hashes are those of what is there (Decisions 1 and 2)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, select, text

from reception.domain.tables import LogHead
from reception.store import log
from reception.store.verify.rows import stream

_LOG_COLUMNS = ", ".join(field.name for field in fields(log.Row))


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the log."""

    n: int
    hash: str


def chain(rows: Iterable[tuple[log.Row, str]], facts: Callable[[int], str], head: Head) -> Iterator[str]:
    """The commands are numbered without gaps, and each one's hashes are those of what is there."""
    n, previous = 0, log.BEGINNING
    for row, hashed in rows:
        if row.n != n + 1:
            yield f"command {n + 1} is missing: the next in the log is {row.n}"
        if row.facts != facts(row.n):
            yield f"command {row.n} ({row.command}): its facts aren't those that it wrote"
        if hashed != row.hash(previous):
            yield f"command {row.n} ({row.command}): its row in the log was changed"
        n, previous = row.n, hashed
    if (n, previous) != (head.n, head.hash):
        yield f"the log's head stands at command {head.n}, its newest row is {n}, or their hashes differ"


def check(connection: Connection) -> tuple[int, list[str]]:
    """Every command of the log with its facts."""
    facts = _Facts(connection)
    head = connection.execute(select(LogHead.n, LogHead.hash)).one()
    count = 0

    def counted() -> Iterator[tuple[log.Row, str]]:
        nonlocal count
        for *values, hashed in stream(connection, text(f"SELECT {_LOG_COLUMNS}, hash FROM log ORDER BY n")):
            count += 1
            yield log.Row(*values), hashed

    faults = list(chain(counted(), facts.digest, Head(head.n, head.hash)))
    faults += [f"{table}: facts of command {n}, which isn't in the log" for table, n in facts.left()]
    return count, faults


class _Facts:
    """All facts, handed out command by command in rising order."""

    def __init__(self, connection: Connection) -> None:
        self._rows: dict[str, Iterator[Mapping[str, Any]]] = {}
        self._next: dict[str, Mapping[str, Any]] = {}
        for kind in log.fact_classes():
            table = kind.__tablename__
            statement = text(f"SELECT {log.columns(kind)} FROM {table} ORDER BY n, id")
            self._rows[table] = (row._asdict() for row in stream(connection, statement))
            self._step(table)

    def digest(self, n: int) -> str:
        """The digest of one command's facts."""
        written: dict[str, list[Mapping[str, Any]]] = {}
        for table in self._rows:
            while table in self._next and self._next[table]["n"] == n:
                written.setdefault(table, []).append(self._next[table])
                self._step(table)
        return log.facts_digest(written)

    def left(self) -> list[tuple[str, int]]:
        """The facts that no command of the log came by, the first of each table."""
        return [(table, row["n"]) for table, row in self._next.items()]

    def _step(self, table: str) -> None:
        row = next(self._rows[table], None)
        if row is None:
            self._next.pop(table, None)
        else:
            self._next[table] = row
