"""What a guard is on each engine, and the conditions that guards are put together from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint

from reception.domain.tables import Base


@dataclass(frozen=True, slots=True)
class Guard:
    """A change of a table's row that is refused under the guard's own name; `on` is INSERT, UPDATE or DELETE."""

    name: str
    table: str
    on: str
    refused: str

    def sqlite(self) -> str:
        """The trigger on SQLite."""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.on} ON {self.table} WHEN {self.refused}\n"
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        )

    def postgres(self) -> tuple[str, str]:
        """The function and the trigger on Postgres; its refusal arrives as a check violation that names the guard."""
        body = (
            f"BEGIN\nIF {self.refused} THEN RAISE EXCEPTION '{self.name}' "
            f"USING ERRCODE = '23514', CONSTRAINT = '{self.name}', TABLE = '{self.table}'; END IF;\n"
            f"RETURN {'OLD' if self.on == 'DELETE' else 'NEW'};\nEND"
        )
        return _postgres(self.name, body, f"BEFORE {self.on} ON {self.table} FOR EACH ROW")


@dataclass(frozen=True, slots=True)
class Follower:
    """A statement that the database itself carries out when a fact is added, so that a cache keeps up with it."""

    name: str
    table: str
    does: str

    def sqlite(self) -> str:
        """The trigger on SQLite."""
        return f"CREATE TRIGGER {self.name} AFTER INSERT ON {self.table}\nBEGIN {self.does}; END"

    def postgres(self) -> tuple[str, str]:
        """The function and the trigger on Postgres."""
        body = f"BEGIN\n{self.does};\nRETURN NULL;\nEND"
        return _postgres(self.name, body, f"AFTER INSERT ON {self.table} FOR EACH ROW")


@dataclass(frozen=True, slots=True)
class Emptying:
    """On Postgres a table can be emptied behind its rows' backs; these can't."""

    name: str
    table: str

    def postgres(self) -> tuple[str, str]:
        """The function and the trigger on Postgres."""
        body = (
            f"BEGIN\nRAISE EXCEPTION '{self.name}' "
            f"USING ERRCODE = '23514', CONSTRAINT = '{self.name}', TABLE = '{self.table}';\nEND"
        )
        return _postgres(self.name, body, f"BEFORE TRUNCATE ON {self.table} FOR EACH STATEMENT")


def for_good(table: str) -> Iterator[Guard]:
    """Rows of this table are neither changed nor removed."""
    yield Guard(f"{table}_unchanged", table, "UPDATE", "TRUE")
    yield Guard(f"{table}_undeleted", table, "DELETE", "TRUE")


def listed(words: Iterable[str]) -> str:
    """Words as SQL lists them, in one order."""
    return ", ".join(f"'{word}'" for word in sorted(words))


def keys(kind: type[Base]) -> tuple[tuple[str, ...], ...]:
    """The identity and every other unique key of a table."""
    constraints = kind.metadata.tables[kind.__tablename__].constraints
    others = sorted(
        tuple(column.name for column in each.columns) for each in constraints if isinstance(each, UniqueConstraint)
    )
    return ("id",), *others


def exists(table: str, *keys: tuple[str, ...]) -> str:
    """A row of one of these keys is there: an INSERT OR REPLACE would take its place unseen by other triggers."""

    def taken(key: tuple[str, ...]) -> str:
        same = " AND ".join(f"t.{name} = NEW.{name}" for name in key)
        return f"EXISTS (SELECT 1 FROM {table} t WHERE {same})"

    return " OR ".join(map(taken, keys))


def differs(kind: type[Base], *, besides: set[str]) -> str:
    """A column changes that isn't among these."""
    columns = kind.metadata.tables[kind.__tablename__].columns
    return any_differs(column.name for column in columns if column.name not in besides)


def any_differs(names: Iterable[str]) -> str:
    """One of these columns changes."""
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)


def _postgres(name: str, body: str, when: str) -> tuple[str, str]:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS ${name}${body}${name}$",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    )
