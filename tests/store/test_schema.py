"""The tables: what the migrations make is what the models say, on both engines."""

import re
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlcipher3 import dbapi2

from reception.domain.tables import Base
from reception.store import Store, engine, guards
from tests.postgres import Cluster


def test_migrated_sqlite_equals_the_models(sqlite_store: Store, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}", module=dbapi2)
    with made.begin() as connection:
        Base.metadata.create_all(connection)
        for statement in guards.statements("sqlite"):
            connection.exec_driver_sql(statement)
        expected = _sqlite_schema(connection)
    made.dispose()
    with sqlite_store._engines.reading.connect() as connection:
        assert _sqlite_schema(connection) == expected


def test_migrated_postgres_equals_the_models(postgres_store: Store, postgres_url: str, cluster: Cluster) -> None:
    _make_on_postgres(postgres_url)
    migrated, made = (cluster.dump_schema(_database(url)) for url in (postgres_store.url, postgres_url))
    assert _blocks(migrated) - {block for block in _blocks(migrated) if "alembic_version" in block} == _blocks(made)


def _sqlite_schema(connection: Connection) -> dict[str, str]:
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'")
    )
    return {name: _same_order(re.sub(r"\s+", " ", sql)) for name, sql in rows}


def _same_order(sql: str) -> str:
    """The order of a table's constraints says nothing, nor does it whether one stands beside its column."""
    if not sql.startswith("CREATE TABLE"):
        return sql
    name, _, body = sql.partition("(")
    columns, constraints = [], []
    for part in _parts(body.rpartition(")")[0]):
        beside = re.split(r"\s(?=CONSTRAINT )", f" {part}")
        column = beside[0].strip()
        columns += [column] if column else []
        constraints += [_of_table(constraint, column.partition(" ")[0]) for constraint in beside[1:]]
    return f"{name}({', '.join([*columns, *sorted(constraints)])}){body.rpartition(')')[2]}"


def _parts(body: str) -> list[str]:
    """What a table's definition lists: its columns and constraints, which may hold commas in brackets."""
    parts, depth = [""], 0
    for letter in body:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _of_table(constraint: str, column: str) -> str:
    """A constraint as it is written where it doesn't stand beside its column."""
    return re.sub(r"(?<!\)) REFERENCES", f" FOREIGN KEY({column}) REFERENCES", constraint).strip()


def _make_on_postgres(url: str) -> None:
    made = create_engine(engine.postgres_url(url))
    with made.begin() as connection:
        Base.metadata.create_all(connection)
        for statement in guards.statements("postgres"):
            connection.exec_driver_sql(statement)
    made.dispose()


def _database(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def _blocks(dump: str) -> set[str]:
    """What a dump says, thing by thing; the order in which things were made says nothing."""
    return {block.strip() for block in re.split(r"\n\n+", dump) if block.strip() and not block.startswith("--\n")}
