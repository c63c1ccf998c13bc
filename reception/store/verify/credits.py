"""Credits and packages: what the entries of the ledger add up to (R4, R5, R6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from sqlalchemy import Connection

from reception.domain import ledger
from reception.domain.ledger import Starts, State, Step, Unit, Validity
from reception.domain.money import Money
from reception.domain.tables import Credit, CreditEntry, Package
from reception.store.verify.rows import grouped, rows


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
    by_credit = grouped(entries, "credit_id")
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
    by_package = grouped(credits, "package_id")
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


def check(connection: Connection) -> tuple[int, list[str]]:
    """Every credit."""
    credits, entries = rows(connection, Credit, CreditRow), rows(connection, CreditEntry, EntryRow)
    return len(credits), list(credits_fold(credits, entries))


def check_packages(connection: Connection) -> tuple[int, list[str]]:
    """Every package with its credits."""
    packages, credits = rows(connection, Package, PackageRow), rows(connection, Credit, CreditRow)
    entries = rows(connection, CreditEntry, EntryRow)
    return len(packages), list(packages_whole(packages, credits, entries))


def _words(credit: CreditRow) -> str:
    return _fold_words((credit.state, credit.last_day, credit.appointment_id))


def _fold_words(folded: tuple[State | None, date | None, int | None]) -> str:
    state, last_day, visit = folded
    return f"{state or 'nothing'} until {last_day or 'ever'} for visit {visit or 'none'}"
