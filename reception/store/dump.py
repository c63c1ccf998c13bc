"""Every fact of a clinic as text, in the order of its commands: two clinics with one history give the same text."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from reception.domain.tables import Fact, FormResponse, LogRow, ScreeningCheck, ScreeningRule
from reception.store import log
from reception.store.work import Store

_LISTS = {"responses": FormResponse.__tablename__, "rules": ScreeningRule.__tablename__}
"""What the gate rested on stands in a check as lists of ids."""


def dump(store: Store) -> tuple[str, ...]:
    """A line of canonical JSON for every fact; ids are numbered anew in the order in which they first appear."""
    return store.read(_lines)


def _lines(session: Session) -> tuple[str, ...]:
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    known: dict[tuple[str, int], int] = {}

    def numbered(table: str, id_: int | None) -> int | None:
        if id_ is None:
            return None
        if (table, id_) not in known:
            known[table, id_] = next(numbers[table])
        return known[table, id_]

    def told_of(to: str | None, value: Any) -> Any:
        if to is None:
            return value
        return [numbered(to, id_) for id_ in json.loads(value)] if isinstance(value, str) else numbered(to, value)

    lines = []
    for kind, row in _facts(session.connection()):
        means = _means(kind)
        told = {name: told_of(means.get(name), value) for name, value in row.items()}
        lines.append(log.canonical({"fact": kind.__tablename__, **told}))
    return tuple(lines)


def _facts(connection: Connection) -> list[tuple[type[Fact], dict[str, Any]]]:
    found = [
        (kind, dict(row))
        for kind in log.fact_classes()
        for row in connection.execute(text(f"SELECT {log.columns(kind)} FROM {kind.__tablename__}")).mappings()
    ]
    return sorted(found, key=lambda one: (one[1]["n"], one[0].__tablename__, one[1]["id"]))


def _means(kind: type[Fact]) -> dict[str, str]:
    """Which table each column of ids points into; the number of the command is no id, it is the order itself."""
    table = kind.__table__
    lists = _LISTS if kind is ScreeningCheck else {}
    pointing = {column.name: key.column.table.name for column in table.columns for key in column.foreign_keys}
    return {
        name: to for name, to in {"id": kind.__tablename__, **pointing, **lists}.items() if to != LogRow.__tablename__
    }
