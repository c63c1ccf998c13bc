"""How values stand in a database: integers and text only, the same on SQLite and on Postgres, so that hashes agree."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    type_coerce,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from reception.domain import clock
from reception.domain.money import Money

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit integer; SQLite's STRICT tables know it as INTEGER only."""

Bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts and is searched by its bytes, so that a prefix is a range on both engines and in any cluster."""


class Instant(TypeDecorator[datetime]):
    """A point in time as milliseconds since 1970 UTC."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Stores an aware instant."""
        return None if value is None else clock.to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Reads it back in UTC."""
        return None if value is None else clock.from_ms(value)


class Day(TypeDecorator[date]):
    """A local date as ISO text, which sorts as dates do."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Stores a date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Reads it back."""
        return None if value is None else date.fromisoformat(value)


class Amount(TypeDecorator[Money]):
    """Money in minor units of the clinic's currency."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Stores the minor units."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        """Reads them back."""
        return None if value is None else Money(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Stores 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Reads it back."""
        return None if value is None else value != 0


class Word(TypeDecorator[Any]):
    """One of a closed set of words, as text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """Takes the set that the word belongs to."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Stores the word, refusing one that isn't in the set."""
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Reads it back."""
        return None if value is None else self.kind(value)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every stored thing has: strict columns, and a word on which readers a change concerns."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012 -- SQLAlchemy reads it once, nobody changes it
    topic: ClassVar[str] = ""

    def drawn_on(self) -> Iterable[date]:
        """The clinic days that this row is drawn on."""
        return ()


class Fact(Base):
    """An append-only row that carries the number of its command; the database refuses to change or remove one (R5)."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    n: Mapped[int] = mapped_column(
        Whole, ForeignKey("log.n", deferrable=True, initially="DEFERRED"), index=True, doc="the command that wrote it"
    )
    at: Mapped[datetime] = mapped_column(Instant, doc="when it took effect")
    business_day: Mapped[date] = mapped_column(Day, doc="the clinic day that reports count it on (R41)")


def raw(kind: type[Base], alias: str = "") -> SimpleNamespace:
    """A table's columns as they stand in the database: who reads many rows makes values of them only where needed."""

    def plain(column: Any) -> Any:
        return type_coerce(column, column.type.impl) if isinstance(column.type, TypeDecorator) else column

    table = kind.__table__.alias(alias) if alias else kind.__table__
    return SimpleNamespace(table=table, **{column.name: plain(column) for column in table.columns})


def rules(*items: SchemaItem) -> tuple[Any, ...]:
    """Table arguments: the constraints, on strict tables."""
    return (*items, {"sqlite_strict": True})


def flag(column: str) -> CheckConstraint:
    """Holds a yes-or-no column to 0 and 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=column)


def one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Holds a column to the words of a closed set."""
    words = ", ".join(f"'{word}'" for word in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


def not_negative(column: str) -> CheckConstraint:
    """Refuses numbers below zero."""
    return CheckConstraint(f"{column} >= 0", name=column)


def between(column: str, least: int, most: int) -> CheckConstraint:
    """Holds a number between two bounds, both included."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {most}", name=column)
