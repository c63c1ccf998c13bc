"""The one log: canonical text, hashes that chain, and what every command changed (Decisions 1 and 2)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, select, text

from reception.domain.tables import Fact, LogRow

BEGINNING = "0" * 64
"""The hash before the first command."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command touched: its number, the topics, and the clinic days that are drawn anew."""

    n: int
    topics: frozenset[str]
    days: frozenset[date]


@dataclass(frozen=True, slots=True)
class Row:
    """One command as the log keeps it, everything in the form that is hashed."""

    n: int
    at: int
    actor: int | None
    desk: str
    command: str
    command_id: str
    answer: str
    topics: str
    days: str
    facts: str

    def hash(self, previous: str) -> str:
        """The hash that chains this row to the one before."""
        return digest(previous + canonical({name: getattr(self, name) for name in self.__slots__}))

    def changes(self) -> Changes:
        """What its readers are told."""
        return changes(self.n, self.topics, self.days)


def canonical(value: Any) -> str:
    """The one text of a value made of integers, strings and null: equal on both engines."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(words: str) -> str:
    """SHA-256 of a canonical text."""
    return hashlib.sha256(words.encode()).hexdigest()


def fact_classes() -> tuple[type[Fact], ...]:
    """Every kind of fact, by the name of its table."""
    return tuple(sorted(Fact.__subclasses__(), key=lambda kind: kind.__tablename__))


def facts_of(connection: Connection, n: int, kinds: Iterable[type[Fact]]) -> str:
    """The digest of what a command wrote, read back from the tables that it wrote to."""
    written: dict[str, list[Mapping[str, Any]]] = {}
    for kind in kinds:
        rows = connection.execute(_facts(kind), {"n": n}).mappings().all()
        if rows:
            written[kind.__tablename__] = [dict(row) for row in rows]
    return facts_digest(written)


def facts_digest(written: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """The digest of one command's facts by table, each table's in the order of their ids."""
    return digest(canonical(written))


def columns(kind: type[Fact]) -> str:
    """The columns of a fact, in an order that stays."""
    return ", ".join(f'"{column.name}"' for column in kind.__table__.columns)


def changes(n: int, topics: str, days: str) -> Changes:
    """What a log row tells, out of its JSON."""
    return Changes(n, frozenset(json.loads(topics)), frozenset(map(date.fromisoformat, json.loads(days))))


def since(connection: Connection, n: int) -> tuple[Changes, ...]:
    """What the commands after a number changed, in their order."""
    rows = connection.execute(select(LogRow.n, LogRow.topics, LogRow.days).where(LogRow.n > n).order_by(LogRow.n))
    return tuple(changes(*row) for row in rows)


@cache
def _facts(kind: type[Fact]) -> TextClause:
    return text(f"SELECT {columns(kind)} FROM {kind.__tablename__} WHERE n = :n ORDER BY id")
