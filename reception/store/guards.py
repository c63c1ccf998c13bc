"""What the database itself refuses, whoever asks (Decision 4), and what it keeps equal to the facts.

A guard is one condition that both engines understand; only the words around it and the wall against overlaps differ. A
migration carries the text as it was on its day, so what stands here may change only together with a new migration.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, UniqueConstraint, text

from reception.domain.ledger import MOVES, Kind, State
from reception.domain.outcomes import LIVE, MOVES_OF_STATUS, UPCOMING, Status
from reception.domain.tables import (
    Appointment,
    AppointmentEvent,
    Base,
    Credit,
    CreditEntry,
    LogHead,
    LogRow,
    Package,
    ReceiptNumber,
    Sale,
)
from reception.domain.tables.words import Happening
from reception.store.engine import SQLITE
from reception.store.log import fact_classes

_DAY_MS = 86_400_000


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


_WALL = (
    "ALTER TABLE occupancy ADD CONSTRAINT occupancy_overlap "
    "EXCLUDE USING gist (holder WITH =, int8range(starts, ends) WITH &&)"
)
_ONE_CREDIT_A_VISIT = "uq_credit_appointment_id"


def statements(engine: str) -> tuple[str, ...]:
    """What a new database is given, in order, after its tables."""
    if engine == SQLITE:
        return tuple(guard.sqlite() for guard in (*_everywhere(), *_overlaps_on_sqlite()))
    triggers = [statement for guard in (*_everywhere(), *_emptyings()) for statement in guard.postgres()]
    return ("CREATE EXTENSION IF NOT EXISTS btree_gist", _WALL, *triggers)


def expected(engine: str) -> frozenset[str]:
    """The names of the guards that a sound database has, the key that gives a visit one credit among them."""
    own: Iterable[Guard | Follower | Emptying] = _overlaps_on_sqlite() if engine == SQLITE else _emptyings()
    walls = {_ONE_CREDIT_A_VISIT} if engine == SQLITE else {_ONE_CREDIT_A_VISIT, "occupancy_overlap"}
    return frozenset(guard.name for guard in (*_everywhere(), *own)) | walls


def installed(connection: Connection) -> frozenset[str]:
    """The names of the guards that stand in a database, whole, enabled and with the very text that they should have."""
    if connection.dialect.name == SQLITE:
        there: dict[str, str] = dict(
            connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        )
        sound = {
            guard.name for guard in (*_everywhere(), *_overlaps_on_sqlite()) if there.get(guard.name) == guard.sqlite()
        }
        keys = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'")
        )
        return frozenset(sound | {_ONE_CREDIT_A_VISIT}.intersection(keys.scalars()))
    return _installed_on_postgres(connection)


def _installed_on_postgres(connection: Connection) -> frozenset[str]:
    there: dict[str, str] = dict(
        connection.execute(
            text(
                "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND p.proname = t.tgname"
            )
        ).all()
    )
    sound = {
        guard.name for guard in (*_everywhere(), *_emptyings()) if f"${there.get(guard.name)}$" in guard.postgres()[0]
    }
    walls = connection.execute(
        text(
            "SELECT conname FROM pg_constraint WHERE contype = 'x' AND convalidated "
            "UNION SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE i.indisunique AND i.indisvalid"
        )
    )
    return frozenset(sound | {_ONE_CREDIT_A_VISIT, "occupancy_overlap"}.intersection(walls.scalars()))


def _everywhere() -> Iterator[Guard | Follower]:
    yield from _log()
    for kind in fact_classes():
        yield from _fact(kind.__tablename__, _keys(kind))
    yield from _credits()
    yield from _appointments()
    yield from _sales()
    yield from _sums()


def _log() -> Iterator[Guard]:
    head, row = LogHead.__tablename__, LogRow.__tablename__
    yield Guard("log_head_only", head, "INSERT", "EXISTS (SELECT 1 FROM log_head)")
    steps = "NEW.id <> OLD.id OR NEW.n NOT IN (OLD.n, OLD.n + 1) OR NEW.schema < OLD.schema"
    yield Guard("log_head_step", head, "UPDATE", steps)
    yield Guard("log_head_undeleted", head, "DELETE", "TRUE")
    yield Guard("log_in_turn", row, "INSERT", "NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h)")
    yield Guard("log_not_replaced", row, "INSERT", _exists(row, ("n",), ("command_id",)))
    yield from _for_good(row)


def _fact(table: str, keys: Iterable[tuple[str, ...]]) -> Iterator[Guard]:
    """A fact belongs to the command that is running, and nothing takes its place or removes it (R5)."""
    in_turn = "NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)"
    yield Guard(f"{table}_in_turn", table, "INSERT", in_turn)
    yield Guard(f"{table}_not_replaced", table, "INSERT", _exists(table, *keys))
    yield from _for_good(table)


def _for_good(table: str) -> Iterator[Guard]:
    yield Guard(f"{table}_unchanged", table, "UPDATE", "TRUE")
    yield Guard(f"{table}_undeleted", table, "DELETE", "TRUE")


def _credits() -> Iterator[Guard | Follower]:
    """The states of credits and the visits that hold them (R3, R5, R6, R7)."""
    package, credit, entry = Package.__tablename__, Credit.__tablename__, CreditEntry.__tablename__
    yield Guard("package_not_replaced", package, "INSERT", _exists(package, ("id",)))
    yield Guard("package_snapshot", package, "UPDATE", _differs(Package, besides={"last_day", "first_day"}))
    yield Guard("package_undeleted", package, "DELETE", "TRUE")

    empty = "NEW.seq <> 0 OR NEW.state IS NOT NULL OR NEW.last_day IS NOT NULL OR NEW.appointment_id IS NOT NULL"
    yield Guard("credit_begins_empty", credit, "INSERT", empty)
    yield Guard("credit_not_replaced", credit, "INSERT", _exists(credit, *_keys(Credit)))
    own = "NOT EXISTS (SELECT 1 FROM package p WHERE p.id = NEW.package_id AND p.service_id = NEW.service_id)"
    yield Guard("credit_of_service", credit, "INSERT", own)
    yield Guard("credit_undeleted", credit, "DELETE", "TRUE")
    kept = {"seq", "state", "last_day", "appointment_id"}
    yield Guard("credit_frozen", credit, "UPDATE", _differs(Credit, besides=kept))
    follows = (
        "NOT EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq = NEW.seq "
        "AND e.state = NEW.state AND e.last_day IS NOT DISTINCT FROM NEW.last_day "
        "AND NEW.appointment_id IS NOT DISTINCT FROM CASE WHEN NEW.seq = OLD.seq THEN OLD.appointment_id "
        "WHEN e.kind = 'reserved' THEN e.appointment_id WHEN e.state = 'available' THEN NULL "
        "ELSE OLD.appointment_id END) "
        "OR EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq > NEW.seq)"
    )
    yield Guard("credit_follows_entries", credit, "UPDATE", follows)

    move = (
        "NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND NEW.seq = c.seq + 1 "
        f"AND (coalesce(c.state, ''), NEW.kind, NEW.state) IN (VALUES {_credit_moves()}))"
    )
    yield Guard("credit_entry_move", entry, "INSERT", move)
    visit = (
        "NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND CASE "
        "WHEN NEW.kind = 'reserved' THEN EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id "
        f"AND a.service_id = c.service_id AND a.status IN ({_list(LIVE)})) "
        "WHEN NEW.kind IN ('released', 'redeemed', 'forfeited') "
        "OR (NEW.kind = 'reversed' AND NEW.state = 'reserved') "
        "THEN NEW.appointment_id IS NOT NULL AND NEW.appointment_id IS NOT DISTINCT FROM c.appointment_id "
        "ELSE NEW.appointment_id IS NULL END)"
    )
    yield Guard("credit_entry_visit", entry, "INSERT", visit)
    keeps = (
        "UPDATE credit SET seq = NEW.seq, state = NEW.state, last_day = NEW.last_day, appointment_id = CASE "
        "WHEN NEW.kind = 'reserved' THEN NEW.appointment_id WHEN NEW.state = 'available' THEN NULL "
        "ELSE appointment_id END WHERE id = NEW.credit_id"
    )
    yield Follower("credit_kept", entry, keeps)


def _appointments() -> Iterator[Guard | Follower]:
    """The statuses and times of visits, and whose time they take (R11, R20, R23)."""
    visit, event = Appointment.__tablename__, AppointmentEvent.__tablename__
    yield Guard("appointment_begins_booked", visit, "INSERT", f"NEW.seq <> 0 OR NEW.status <> '{Status.BOOKED}'")
    yield Guard("appointment_not_replaced", visit, "INSERT", _exists(visit, ("id",)))
    yield Guard("appointment_undeleted", visit, "DELETE", "TRUE")
    cached = ("staff_id", "day", "starts", "minutes", "turnaround")
    kept = {"note", "seq", "status", "since", *cached}
    yield Guard("appointment_frozen", visit, "UPDATE", _differs(Appointment, besides=kept))
    same = " AND ".join(f"e.{name} = NEW.{name}" for name in ("seq", "status", *cached))
    touched = _any_differs(("seq", "status", "since", *cached))
    wrong = (
        f"NOT EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND {same} "
        "AND NEW.since = CASE WHEN NEW.seq = OLD.seq OR (NEW.seq > 1 AND NEW.status = OLD.status) "
        "THEN OLD.since ELSE e.at END) "
        "OR EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND e.seq > NEW.seq)"
    )
    yield Guard("appointment_follows_events", visit, "UPDATE", f"({touched}) AND ({wrong})")

    unmoved = " AND ".join(f"NEW.{name} = a.{name}" for name in cached)
    before = (
        "SELECT e.status FROM appointment_event e WHERE e.appointment_id = NEW.appointment_id AND e.seq = NEW.seq - 2"
    )
    move = (
        "NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND NEW.seq = a.seq + 1 AND CASE "
        f"WHEN NEW.seq = 1 THEN NEW.kind = '{Happening.BOOKED}' AND NEW.status = '{Status.BOOKED}' "
        f"WHEN NEW.kind = '{Happening.MOVED}' THEN NEW.status = a.status AND a.status IN ({_list(UPCOMING)}) "
        f"WHEN a.status IN ('{Status.COMPLETED}', '{Status.NO_SHOW}') THEN NEW.status = ({before}) AND {unmoved} "
        f"ELSE (a.status, NEW.status) IN (VALUES {_visit_moves()}) AND {unmoved} END)"
    )
    yield Guard("appointment_event_move", event, "INSERT", move)
    sets = ", ".join(f"{name} = NEW.{name}" for name in ("seq", "status", *cached))
    keeps = (
        f"UPDATE appointment SET since = CASE WHEN NEW.seq > 1 AND status = NEW.status THEN since ELSE NEW.at END, "
        f"{sets} WHERE id = NEW.appointment_id"
    )
    yield Follower("appointment_kept", event, keeps)

    live = f"NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.status IN ({_list(LIVE)}))"
    yield Guard("occupancy_live_added", "occupancy", "INSERT", live)
    yield Guard("occupancy_live_moved", "occupancy", "UPDATE", live)


def _overlaps_on_sqlite() -> Iterator[Guard]:
    """Nobody is in two places at once (R20); a time is never longer than a day, which keeps the search short."""
    clash = (
        "EXISTS (SELECT 1 FROM occupancy o WHERE o.holder = NEW.holder AND o.starts < NEW.ends "
        f"AND o.starts > NEW.starts - {_DAY_MS} AND o.ends > NEW.starts"
    )
    yield Guard("occupancy_overlap_added", "occupancy", "INSERT", f"{clash})")
    yield Guard("occupancy_overlap_moved", "occupancy", "UPDATE", f"{clash} AND o.id <> OLD.id)")


def _sales() -> Iterator[Guard]:
    """Receipts are numbered without gaps, and a sale is whole when it is settled (R36, R40)."""
    number = ReceiptNumber.__tablename__
    yield Guard("receipt_number_only", number, "INSERT", "EXISTS (SELECT 1 FROM receipt_number)")
    yield Guard("receipt_number_step", number, "UPDATE", "NEW.id <> OLD.id OR NEW.last NOT IN (OLD.last, OLD.last + 1)")
    yield Guard("receipt_number_undeleted", number, "DELETE", "TRUE")
    next_one = "NEW.number <> 1 + (SELECT coalesce(max(s.number), 0) FROM sale s)"
    yield Guard("sale_number", Sale.__tablename__, "INSERT", next_one)
    own = "NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = NEW.sale_id AND s.n = NEW.n)"
    yield Guard("sale_line_of_sale", "sale_line", "INSERT", own)
    yield Guard("payment_of_sale", "payment", "INSERT", own)


def _sums() -> Iterator[Guard]:
    """What must be true of a command as a whole is asked when its log row, the last of it, is added."""
    row = LogRow.__tablename__
    unbalanced = "(SELECT coalesce(sum(j.amount), 0) FROM journal_entry j WHERE j.n = NEW.n) <> 0"
    yield Guard("log_journal_balanced", row, "INSERT", unbalanced)
    unpaid = (
        "EXISTS (SELECT 1 FROM sale s WHERE s.n = NEW.n AND ("
        "s.total <> (SELECT coalesce(sum(l.gross), 0) FROM sale_line l WHERE l.sale_id = s.id) "
        "OR s.total <> (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.sale_id = s.id)))"
    )
    yield Guard("log_sales_paid", row, "INSERT", unpaid)
    holding = (
        "EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n "
        f"AND CASE WHEN a.status IN ({_list(LIVE)}) THEN NOT EXISTS (SELECT 1 FROM occupancy o "
        "WHERE o.appointment_id = a.id AND o.holder = 'staff:' || a.staff_id AND o.starts = a.starts "
        "AND o.ends >= a.starts + a.minutes * 60000) "
        "ELSE EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id) END)"
    )
    yield Guard("log_visits_hold_time", row, "INSERT", holding)
    apart = f"(c.state, a.status) NOT IN (VALUES {_together()})"
    meeting = (
        "EXISTS (SELECT 1 FROM credit_entry e JOIN credit c ON c.id = e.credit_id "
        f"JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND {apart}) "
        "OR EXISTS (SELECT 1 FROM appointment_event e JOIN credit c ON c.appointment_id = e.appointment_id "
        f"JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND {apart})"
    )
    yield Guard("log_credits_meet_visits", row, "INSERT", meeting)


def _emptyings() -> Iterator[Emptying]:
    kept: tuple[type[Base], ...] = (LogHead, LogRow, Package, Credit, Appointment, ReceiptNumber, *fact_classes())
    for table in sorted(kind.__tablename__ for kind in kept):
        yield Emptying(f"{table}_unemptied", table)


MEETINGS: tuple[tuple[State, Status], ...] = (
    *((State.RESERVED, status) for status in Status if status in LIVE and status is not Status.COMPLETED),
    (State.REDEEMED, Status.COMPLETED),
    (State.FORFEITED, Status.LATE_CANCELLED),
    (State.FORFEITED, Status.NO_SHOW),
)
"""The only pairs of a credit and the visit that it names (R6, R7)."""


def _together() -> str:
    return ", ".join(f"('{state}', '{status}')" for state, status in MEETINGS)


def _credit_moves() -> str:
    def place(move: tuple[State | None, Kind, State]) -> tuple[str, ...]:
        return tuple(str(part or "") for part in move)

    return ", ".join(f"('{before}', '{kind}', '{after}')" for before, kind, after in sorted(map(place, MOVES)))


def _visit_moves() -> str:
    moves = sorted((str(before), str(after)) for before, after in MOVES_OF_STATUS if before is not None)
    return ", ".join(f"('{before}', '{after}')" for before, after in moves)


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def _keys(kind: type[Base]) -> tuple[tuple[str, ...], ...]:
    """The identity and every other unique key of a table."""
    constraints = kind.metadata.tables[kind.__tablename__].constraints
    others = sorted(
        tuple(column.name for column in each.columns) for each in constraints if isinstance(each, UniqueConstraint)
    )
    return ("id",), *others


def _exists(table: str, *keys: tuple[str, ...]) -> str:
    """A row of one of these keys is there: an INSERT OR REPLACE would take its place unseen by other triggers."""

    def taken(key: tuple[str, ...]) -> str:
        same = " AND ".join(f"t.{name} = NEW.{name}" for name in key)
        return f"EXISTS (SELECT 1 FROM {table} t WHERE {same})"

    return " OR ".join(map(taken, keys))


def _differs(kind: type[Base], *, besides: set[str]) -> str:
    columns = kind.metadata.tables[kind.__tablename__].columns
    return _any_differs(column.name for column in columns if column.name not in besides)


def _any_differs(names: Iterable[str]) -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)


def _postgres(name: str, body: str, when: str) -> tuple[str, str]:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS ${name}${body}${name}$",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    )
