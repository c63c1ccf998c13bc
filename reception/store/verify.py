"""Everything that the clinic's caches say, worked out anew from the facts; nothing is repaired (Decision 8, R5).

Each check is a function over plain rows that yields a sentence for every fault, so that tests ask the same questions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from reception.domain import conflicts, ledger
from reception.domain.ledger import Starts, State, Step, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import LIVE, MOVES_OF_STATUS, UPCOMING, Status
from reception.domain.span import Span
from reception.domain.tables import (
    Appointment,
    AppointmentEvent,
    Credit,
    CreditEntry,
    JournalEntry,
    LogHead,
    Occupancy,
    Package,
    Payment,
    ReceiptNumber,
    Sale,
    SaleLine,
)
from reception.domain.tables.words import Account, Happening
from reception.store import guards, log
from reception.store.engine import POSTGRES
from reception.store.work import Store

R = TypeVar("R")

_CHUNK = 2000
_OPEN = frozenset({State.AVAILABLE, State.RESERVED})


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, in numbers, and every fault that was found."""

    checked: tuple[tuple[str, int], ...]
    faults: tuple[str, ...]


def verify(store: Store, progress: Callable[[str], None] | None = None) -> Report:
    """Check a clinic in one consistent view, while others go on working; `progress` hears what is being checked."""
    return store.read(_verify, store.name, progress or _nobody)


def _verify(session: Session, engine: str, progress: Callable[[str], None]) -> Report:
    connection = session.connection()
    if engine == POSTGRES:
        # A whole clinic takes longer to read than a desk's question may.
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))
    checked: list[tuple[str, int]] = []
    faults: list[str] = []
    for what, check in _PARTS.items():
        progress(what)
        count, found = check(connection)
        checked.append((what, count))
        faults.extend(found)
    return Report(tuple(checked), tuple(faults))


def _nobody(_: str) -> None:
    """Hears of nothing."""


# The log


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


def _check_log(connection: Connection) -> tuple[int, list[str]]:
    facts = _Facts(connection)
    head = connection.execute(select(LogHead.n, LogHead.hash)).one()
    count = 0

    def counted() -> Iterator[tuple[log.Row, str]]:
        nonlocal count
        for *values, hashed in _stream(connection, text(f"SELECT {_LOG_COLUMNS}, hash FROM log ORDER BY n")):
            count += 1
            yield log.Row(*values), hashed

    faults = list(chain(counted(), facts.digest, Head(head.n, head.hash)))
    faults += [f"{table}: facts of command {n}, which isn't in the log" for table, n in facts.left()]
    return count, faults


_LOG_COLUMNS = ", ".join(field.name for field in fields(log.Row))


class _Facts:
    """All facts, handed out command by command in rising order."""

    def __init__(self, connection: Connection) -> None:
        self._rows: dict[str, Iterator[Mapping[str, Any]]] = {}
        self._next: dict[str, Mapping[str, Any]] = {}
        for kind in log.fact_classes():
            table = kind.__tablename__
            statement = text(f"SELECT {log.columns(kind)} FROM {table} ORDER BY n, id")
            self._rows[table] = (row._asdict() for row in _stream(connection, statement))
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


# Credits


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the credit ledger."""

    credit_id: int
    seq: int
    kind: ledger.Kind
    state: State
    last_day: date | None
    appointment_id: int | None
    whole: bool
    n: int


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A credit as the database keeps it."""

    id: int
    package_id: int
    number: int
    service_id: int
    value: Money
    seq: int
    state: State | None
    last_day: date | None
    appointment_id: int | None


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A sold package."""

    id: int
    client_id: int
    service_id: int
    sessions: int
    net: Money
    validity_unit: Unit | None
    validity_count: int
    validity_starts: Starts
    sold_day: date
    origin_id: int | None
    last_day: date | None
    first_day: date | None


def credits_fold(credits: Iterable[CreditRow], entries: Iterable[EntryRow]) -> Iterator[str]:
    """Each credit is what its entries add up to (R5, R6)."""
    by_credit = _grouped(entries, "credit_id")
    for credit in credits:
        own = sorted(by_credit.get(credit.id, ()), key=attrgetter("seq"))
        if [entry.seq for entry in own] != list(range(1, len(own) + 1)):
            yield f"credit {credit.id}: its entries aren't numbered 1 to {len(own)}"
        try:
            folded = ledger.fold(Step(one.kind, one.state, one.last_day, one.appointment_id) for one in own)
        except ledger.IllegalMove as move:
            yield f"credit {credit.id}: {move}"
            continue
        if (len(own), *folded) != (credit.seq, credit.state, credit.last_day, credit.appointment_id):
            yield f"credit {credit.id}: it is kept as {_words(credit)}, its entries add up to {_fold_words(folded)}"


def packages_whole(
    packages: Iterable[PackageRow], credits: Iterable[CreditRow], entries: Iterable[EntryRow]
) -> Iterator[str]:
    """Each package has its credits, worth together what was paid, and the last day that follows from them (R4, R6)."""
    by_package = _grouped(credits, "package_id")
    extended = {entry.credit_id: entry for entry in sorted(entries, key=attrgetter("n")) if entry.whole}
    for package in packages:
        own = by_package.get(package.id, [])
        if sorted(credit.number for credit in own) != list(range(1, package.sessions + 1)):
            yield f"package {package.id}: its credits aren't numbered 1 to {package.sessions}"
        if sum(credit.value for credit in own) != package.net:
            yield f"package {package.id}: its credits aren't worth the {package.net} that was paid"
        if any(credit.service_id != package.service_id for credit in own):
            yield f"package {package.id}: a credit is of another service"
        yield from _last_day(package, [extended[credit.id] for credit in own if credit.id in extended])


def _last_day(package: PackageRow, extensions: Sequence[EntryRow]) -> Iterator[str]:
    if package.origin_id is not None and not extensions:
        return
    if extensions:
        expected = max(extensions, key=attrgetter("n")).last_day
    else:
        validity = Validity(package.validity_unit, package.validity_count, package.validity_starts)
        start = package.sold_day if package.validity_starts is Starts.PURCHASE else package.first_day
        expected = ledger.last_day(validity, start) if start else None
    if package.last_day != expected:
        yield f"package {package.id}: its last day is kept as {package.last_day}, it should be {expected}"


def _check_credits(connection: Connection) -> tuple[int, list[str]]:
    credits, entries = _rows(connection, Credit, CreditRow), _rows(connection, CreditEntry, EntryRow)
    return len(credits), list(credits_fold(credits, entries))


def _check_packages(connection: Connection) -> tuple[int, list[str]]:
    packages, credits = _rows(connection, Package, PackageRow), _rows(connection, Credit, CreditRow)
    entries = _rows(connection, CreditEntry, EntryRow)
    return len(packages), list(packages_whole(packages, credits, entries))


def _words(credit: CreditRow) -> str:
    return _fold_words((credit.state, credit.last_day, credit.appointment_id))


def _fold_words(folded: tuple[State | None, date | None, int | None]) -> str:
    state, last_day, visit = folded
    return f"{state or 'nothing'} until {last_day or 'ever'} for visit {visit or 'none'}"


# Visits


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to a visit."""

    appointment_id: int
    seq: int
    kind: Happening
    status: Status
    at: datetime
    staff_id: int
    day: date
    starts: datetime
    minutes: int
    turnaround: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as the database keeps it."""

    id: int
    group_id: int
    client_id: int
    service_id: int
    seq: int
    status: Status
    since: datetime
    staff_id: int
    day: date
    starts: datetime
    minutes: int
    turnaround: int


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Whose time a visit takes."""

    appointment_id: int
    holder: str
    starts: datetime
    ends: datetime


def visits_follow(visits: Iterable[VisitRow], events: Iterable[EventRow]) -> Iterator[str]:
    """Each visit stands and lies where its events brought it, by moves that the rules know (R23)."""
    by_visit = _grouped(events, "appointment_id")
    for visit in visits:
        own = sorted(by_visit.get(visit.id, ()), key=attrgetter("seq"))
        if not own or [event.seq for event in own] != list(range(1, len(own) + 1)):
            yield f"visit {visit.id}: its events aren't numbered from 1 without gaps"
            continue
        yield from (f"visit {visit.id}: {fault}" for fault in _illegal(own))
        newest = own[-1]
        kept = (visit.seq, visit.status, visit.staff_id, visit.day, visit.starts, visit.minutes, visit.turnaround)
        if kept != (len(own), newest.status, *_where(newest)) or visit.since != _since(own):
            yield (
                f"visit {visit.id}: it is kept as {visit.status} at {visit.starts}, "
                f"its events say {newest.status} at {newest.starts}"
            )


def _illegal(events: Sequence[EventRow]) -> Iterator[str]:
    """The steps that no rule knows."""
    for index, event in enumerate(events):
        before = events[index - 1] if index else None
        if not _legal(event, before, events[index - 2] if index > 1 else None):
            came_from = before.status if before else "nothing"
            yield f"step {event.seq}, {came_from} to {event.status} by {event.kind}, isn't among the moves"


def _legal(event: EventRow, before: EventRow | None, earlier: EventRow | None) -> bool:
    if before is None:
        return (None, event.status) in MOVES_OF_STATUS
    if event.kind is Happening.MOVED:
        return event.status is before.status and before.status in UPCOMING
    if _where(event) != _where(before) or (before.status, event.status) not in MOVES_OF_STATUS:
        return False
    undone = before.status in {Status.COMPLETED, Status.NO_SHOW}
    return not undone or (earlier is not None and event.status is earlier.status)


def _where(event: EventRow) -> tuple[int, date, datetime, int, int]:
    return event.staff_id, event.day, event.starts, event.minutes, event.turnaround


def _since(events: Sequence[EventRow]) -> datetime:
    """When the last event came that changed the status."""
    statuses = [None, *(event.status for event in events)]
    return next(
        event.at for event, before in zip(events[::-1], statuses[-2::-1], strict=True) if event.status != before
    )


def times_held(visits: Iterable[VisitRow], times: Iterable[TimeRow], events: Iterable[EventRow]) -> Iterator[str]:
    """Each live visit takes the time that its chain gives it, the others none, and nobody is in two places (R20, R26).

    A turnaround that comes back may be cut where another visit of that person starts, or once did (R17).
    """
    times = list(times)
    begun = {(f"staff:{event.staff_id}", event.starts) for event in events}
    taken = {(time.appointment_id, time.holder): time for time in times}
    for visit, holder, span in _due(visits):
        time = taken.pop((visit.id, holder), None)
        done = visit.starts + timedelta(minutes=visit.minutes)
        cut = time is not None and done <= time.ends < span.end and (holder, time.ends) in begun
        if time is None or time.starts != span.start or not (cut or time.ends == span.end):
            yield f"visit {visit.id}: the time of {holder} should be taken from {span.start} to {span.end}"
    yield from (f"visit {visit}: the time of {holder} is taken for nothing" for visit, holder in taken)
    yield from overlaps(times)


def _due(visits: Iterable[VisitRow]) -> Iterator[tuple[VisitRow, str, Span]]:
    """Whose time each live visit takes, by the rule of its chain."""
    for group in _grouped((visit for visit in visits if visit.status in LIVE), "group_id").values():
        parts = {
            one.id: conflicts.Part(one.id, f"staff:{one.staff_id}", one.starts, one.minutes, one.turnaround)
            for one in group
        }
        spans = conflicts.occupied(tuple(parts.values()))
        yield from ((visit, parts[visit.id].holder, spans[visit.id]) for visit in group)


def overlaps(times: Iterable[TimeRow]) -> Iterator[str]:
    """Nobody is in two places at once (R20)."""
    for holder, own in _grouped(times, "holder").items():
        latest: TimeRow | None = None
        for time in sorted(own, key=attrgetter("starts")):
            if latest is not None and time.starts < latest.ends:
                yield f"{holder}: visits {latest.appointment_id} and {time.appointment_id} overlap"
            if latest is None or time.ends > latest.ends:
                latest = time


def credits_meet_visits(
    credits: Iterable[CreditRow], visits: Iterable[VisitRow], packages: Iterable[PackageRow]
) -> Iterator[str]:
    """A visit has one credit at most, of its service and client, in the state that goes with its own (R1, R7, R8)."""
    by_id = {visit.id: visit for visit in visits}
    owners = {package.id: package.client_id for package in packages}
    paid: dict[int, int] = {}
    for credit in credits:
        if credit.appointment_id is None:
            if credit.state in {State.RESERVED, State.REDEEMED, State.FORFEITED}:
                yield f"credit {credit.id}: it is {credit.state} for no visit"
            continue
        visit = by_id.get(credit.appointment_id)
        if visit is None:
            yield f"credit {credit.id}: it names visit {credit.appointment_id}, which isn't there"
            continue
        if (credit.state, visit.status) not in guards.MEETINGS:
            yield f"credit {credit.id} is {credit.state}, its visit {visit.id} is {visit.status}"
        if credit.service_id != visit.service_id or owners.get(credit.package_id) != visit.client_id:
            yield f"credit {credit.id}: visit {visit.id} is of another service or another client"
        if visit.id in paid:
            yield f"visit {visit.id}: credits {paid[visit.id]} and {credit.id} both pay for it"
        paid[visit.id] = credit.id


def _check_visits(connection: Connection) -> tuple[int, list[str]]:
    visits, events = _rows(connection, Appointment, VisitRow), _rows(connection, AppointmentEvent, EventRow)
    return len(visits), list(visits_follow(visits, events))


def _check_times(connection: Connection) -> tuple[int, list[str]]:
    visits, times = _rows(connection, Appointment, VisitRow), _rows(connection, Occupancy, TimeRow)
    events = _rows(connection, AppointmentEvent, EventRow)
    return len(times), list(times_held(visits, times, events))


def _check_meetings(connection: Connection) -> tuple[int, list[str]]:
    credits = _rows(connection, Credit, CreditRow)
    visits, packages = _rows(connection, Appointment, VisitRow), _rows(connection, Package, PackageRow)
    used = sum(credit.appointment_id is not None for credit in credits)
    return used, list(credits_meet_visits(credits, visits, packages))


# Money


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A settled sale."""

    id: int
    n: int
    number: int
    total: Money
    tax: Money


def receipts_counted(sales: Iterable[SaleRow], last: int) -> Iterator[str]:
    """Receipts are numbered without gaps, in the order in which they were settled (R40)."""
    numbers = [sale.number for sale in sorted(sales, key=attrgetter("n", "number"))]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"receipts aren't numbered 1 to {len(numbers)} in the order of their sales"
    if last != len(numbers):
        yield f"the last receipt is kept as {last}, there are {len(numbers)}"


def sales_add_up(
    sales: Iterable[SaleRow], lines: Mapping[int, tuple[Money, Money]], payments: Mapping[int, Money]
) -> Iterator[str]:
    """Each sale is what its lines (their sums and tax) come to, and is paid to the penny (R36, R38)."""
    for sale in sales:
        gross, tax = lines.get(sale.id, (Money(0), Money(0)))
        if (gross, tax) != (sale.total, sale.tax):
            yield f"sale {sale.number}: its lines come to {gross} with {tax} tax, it says {sale.total} with {sale.tax}"
        paid = payments.get(sale.id, Money(0))
        if paid != sale.total:
            yield f"sale {sale.number}: {paid} was paid for {sale.total}"


def journal_balances(by_command: Mapping[int, Money]) -> Iterator[str]:
    """What one command posts adds up to nothing (R37)."""
    yield from (f"command {n}: its postings leave {rest} over" for n, rest in sorted(by_command.items()) if rest)


def liability_is_open_value(deferred: Money, credits: Iterable[CreditRow]) -> Iterator[str]:
    """What the clinic owes in sessions is the value of the credits that are left or booked, to the penny (R37)."""
    open_value = sum((credit.value for credit in credits if credit.state in _OPEN), Money(0))
    if -deferred != open_value:
        yield f"the journal's deferred income is {-deferred}, the open credits are worth {open_value}"


def _check_sales(connection: Connection) -> tuple[int, list[str]]:
    sales = _rows(connection, Sale, SaleRow)
    last = connection.execute(select(ReceiptNumber.last)).scalar_one()
    sums = select(SaleLine.sale_id, func.sum(SaleLine.gross), func.sum(SaleLine.tax)).group_by(SaleLine.sale_id)
    lines = {sale: (Money(gross), Money(tax)) for sale, gross, tax in connection.execute(sums)}
    paid = select(Payment.sale_id, func.sum(Payment.amount)).group_by(Payment.sale_id)
    payments = {sale: Money(amount) for sale, amount in connection.execute(paid)}
    return len(sales), [*receipts_counted(sales, last), *sales_add_up(sales, lines, payments)]


def _check_journal(connection: Connection) -> tuple[int, list[str]]:
    count = connection.execute(select(func.count()).select_from(JournalEntry)).scalar_one()
    total = func.sum(JournalEntry.amount)
    by_command = {
        n: Money(rest) for n, rest in connection.execute(select(JournalEntry.n, total).group_by(JournalEntry.n))
    }
    deferred = connection.execute(select(total).where(JournalEntry.account == Account.DEFERRED)).scalar() or 0
    credits = _rows(connection, Credit, CreditRow)
    return count, [*journal_balances(by_command), *liability_is_open_value(Money(deferred), credits)]


# The guards


def _check_guards(connection: Connection) -> tuple[int, list[str]]:
    name = POSTGRES if connection.dialect.name != "sqlite" else connection.dialect.name
    expected, installed = guards.expected(name), guards.installed(connection)
    return len(expected), [f"guard {name} is missing or was changed" for name in sorted(expected - installed)]


_PARTS: dict[str, Callable[[Connection], tuple[int, list[str]]]] = {
    "commands": _check_log,
    "credits": _check_credits,
    "packages": _check_packages,
    "visits": _check_visits,
    "times": _check_times,
    "credits of visits": _check_meetings,
    "sales": _check_sales,
    "journal entries": _check_journal,
    "guards": _check_guards,
}


def _rows(connection: Connection, kind: Any, row: type[R]) -> list[R]:
    columns = [getattr(kind, field.name) for field in fields(row)]  # type: ignore[arg-type]
    return [row(*values) for values in _stream(connection, select(*columns))]


def _stream(connection: Connection, statement: Any) -> Iterable[Any]:
    """Rows as they come, so that a clinic of many years needn't fit into memory twice."""
    return connection.execute(statement, execution_options={"yield_per": _CHUNK})


def _grouped(rows: Iterable[R], name: str) -> dict[Any, list[R]]:
    found: dict[Any, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
