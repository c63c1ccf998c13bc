"""What the database itself refuses, whoever asks (Decision 4), and what it keeps equal to the facts.

A guard is one condition that both engines understand; only the words around it and the wall against overlaps differ.
What must be true of a command as a whole is asked when its log row, the last of it, is added. A migration carries the
text as it was on its day, so what stands here may change only together with a new migration.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, text

from reception.domain.tables import Appointment, Base, Credit, LogHead, LogRow, Package, ReceiptNumber, ScreeningRule
from reception.store.engine import SQLITE
from reception.store.guards import credits, forms, inbox, money, records, visits
from reception.store.guards.credits import MEETINGS
from reception.store.guards.forms import FROZEN_IN_FINDINGS
from reception.store.guards.triggers import Emptying, Follower, Guard
from reception.store.guards.visits import GIVING, overlaps_on_sqlite
from reception.store.log import fact_classes

__all__ = [
    "FROZEN_IN_FINDINGS",
    "GIVING",
    "MEETINGS",
    "Emptying",
    "Follower",
    "Guard",
    "everywhere",
    "expected",
    "lost",
    "lost_of",
    "overlaps_on_sqlite",
    "statements",
]

_WALL = (
    "ALTER TABLE occupancy ADD CONSTRAINT occupancy_overlap "
    "EXCLUDE USING gist (holder WITH =, int8range(starts, ends) WITH &&)"
)
_KEYS = frozenset({"uq_credit_appointment_id", "uq_appointment_add_on"})
"""Unique indexes that are guards: one credit a visit (R7), an add-on once in a coming-in (R24)."""


def statements(engine: str) -> tuple[str, ...]:
    """What a new database is given, in order, after its tables."""
    if engine == SQLITE:
        return _triggers(engine)
    return ("CREATE EXTENSION IF NOT EXISTS btree_gist", _WALL, *_triggers(engine))


def expected(engine: str) -> frozenset[str]:
    """The names of the guards that a sound database has, the keys that guard among them."""
    own: Iterable[Guard | Emptying] = overlaps_on_sqlite() if engine == SQLITE else _emptyings()
    return frozenset(guard.name for guard in (*everywhere(), *own)) | _walls(engine)


def everywhere() -> Iterator[Guard | Follower]:
    """The guards of both engines."""
    yield from records.of_log()
    yield from records.of_facts()
    yield from credits.of_credits()
    yield from visits.of_visits()
    yield from visits.of_add_ons()
    yield from forms.of_forms()
    yield from forms.of_tasks()
    yield from inbox.of_inbox()
    yield from money.of_sales()
    yield from money.of_sums()
    yield from visits.of_times()
    yield from visits.of_bases()
    yield from credits.of_meetings()
    yield from forms.of_screening()


def lost(connection: Connection) -> frozenset[str]:
    """The names of the guards that a database should have and hasn't, whole, enabled and with their very text."""
    engine = connection.dialect.name
    if engine == SQLITE:
        keys = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'"
    else:
        keys = (
            "SELECT conname FROM pg_constraint WHERE contype = 'x' AND convalidated "
            "UNION SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE i.indisunique AND i.indisvalid"
        )
    there = set(connection.execute(text(keys)).scalars())
    return lost_of(connection, _triggers(engine)) | (_walls(engine) - there)


def lost_of(connection: Connection, made: Iterable[str]) -> frozenset[str]:
    """The names of the triggers that such statements made, as an older version had them, and that are gone."""
    if connection.dialect.name == SQLITE:
        there = set(connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars())
        return frozenset(_name(statement) for statement in made if statement not in there)
    bodies = connection.execute(
        text(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND p.proname = t.tgname"
        )
    )
    there = {f"${name}${body}${name}$" for name, body in bodies}
    functions = (statement for statement in made if statement.startswith("CREATE FUNCTION"))
    return frozenset(_name(one) for one in functions if one.partition(" AS ")[2] not in there)


def _triggers(engine: str) -> tuple[str, ...]:
    if engine == SQLITE:
        return tuple(guard.sqlite() for guard in (*everywhere(), *overlaps_on_sqlite()))
    return tuple(statement for guard in (*everywhere(), *_emptyings()) for statement in guard.postgres())


def _walls(engine: str) -> frozenset[str]:
    return _KEYS if engine == SQLITE else _KEYS | {"occupancy_overlap"}


def _name(statement: str) -> str:
    """What a CREATE TRIGGER or a CREATE FUNCTION makes."""
    return statement.split()[2].partition("(")[0]


def _emptyings() -> Iterator[Emptying]:
    kept: tuple[type[Base], ...] = (LogHead, LogRow, Package, Credit, Appointment, ReceiptNumber, ScreeningRule)
    for table in sorted(kind.__tablename__ for kind in (*kept, *fact_classes())):
        yield Emptying(f"{table}_unemptied", table)
