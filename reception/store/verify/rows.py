"""Reading plain rows of a clinic, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, select

R = TypeVar("R")

_CHUNK = 2000


def rows(connection: Connection, kind: Any, row: type[R]) -> list[R]:
    """All rows of a table, as values that have some of its columns."""
    columns = [getattr(kind, field.name) for field in fields(row)]  # type: ignore[arg-type]
    return [row(*values) for values in stream(connection, select(*columns))]


def stream(connection: Connection, statement: Any) -> Iterable[Any]:
    """Rows as they come, so that a clinic of many years needn't fit into memory twice."""
    return connection.execute(statement, execution_options={"yield_per": _CHUNK})


def grouped(rows: Iterable[R], name: str) -> dict[Any, list[R]]:
    """Rows by what one of their columns holds."""
    found: dict[Any, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
