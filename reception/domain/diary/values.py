"""What the diary tells and what it is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from reception.domain.access import Act
from reception.domain.errors import DomainError, Notice
from reception.domain.ledger import Returned
from reception.domain.money import Money
from reception.domain.outcomes import Outcome, Override, Status
from reception.domain.packages import AUTO, Choice, Option
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, GroupId, ReasonId, ServiceId, StaffId
from reception.domain.tables.words import Happening


class Entry(NamedTuple):
    """One appointment as the diary draws it; `left` counts the client's credits of that service that are left."""

    id: AppointmentId
    group: GroupId
    client: ClientId
    client_name: str
    staff: StaffId
    service: ServiceId
    service_name: str
    service_short: str
    start: datetime
    minutes: int
    busy_until: datetime
    status: Status
    since: datetime
    price: Money
    credit: CreditId | None
    number: int | None
    of: int | None
    left: int
    near: bool
    alert: str
    note: str
    paid: bool

    @property
    def end(self) -> datetime:
        """When the treatment itself is over."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def owes(self) -> bool:
        """Whether it took place and neither money nor a credit has paid for it."""
        return self.status is Status.COMPLETED and not self.paid and self.credit is None and self.price > 0


class Column(NamedTuple):
    """A staff member's column and shifts."""

    staff: StaffId
    name: str
    line: str
    shifts: tuple[Span, ...]


class Off(NamedTuple):
    """Time off or a block, drawn in a column."""

    staff: StaffId
    span: Span
    words: str
    block: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day of the diary; `open` are the opening hours, `closed` the closures with their words."""

    day: date
    zone: ZoneInfo
    open: tuple[Span, ...]
    closed: tuple[tuple[Span, str], ...]
    columns: tuple[Column, ...]
    offs: tuple[Off, ...]
    entries: tuple[Entry, ...]


class Event(NamedTuple):
    """One thing that happened to an appointment."""

    at: datetime
    who: str
    kind: Happening
    status: Status
    start: datetime
    words: str
    reason: str
    override: Override


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment with its history and the credits that could pay for it."""

    entry: Entry
    staff_name: str
    day: date
    events: tuple[Event, ...]
    credit: Option | None
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A visit that somebody wants; the reason is asked for outside a shift and on a day that has passed."""

    client: ClientId
    staff: StaffId
    service: ServiceId
    start: datetime
    credit: Choice = AUTO
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What booking a request would meet; `needs` are acts that take a permission and a reason."""

    refusal: DomainError | None
    notices: tuple[Notice, ...]
    needs: frozenset[Act]
    credit: Option | None
    options: tuple[Option, ...]
    price: Money
    end: datetime


class Shifted(NamedTuple):
    """One appointment of a chain that moves: from when to when, from whom to whom."""

    appointment: AppointmentId
    service_name: str
    old_start: datetime
    new_start: datetime
    old_staff: StaffId
    new_staff: StaffId


@dataclass(frozen=True, slots=True)
class Moving:
    """What a move would do and meet (R18)."""

    refusal: DomainError | None
    notices: tuple[Notice, ...]
    needs: frozenset[Act]
    parts: tuple[Shifted, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What cancelling or missing a visit does, before it is done (R15).

    `returned` says what becomes of the credit that comes back, `last_day` its last day then, `left_after` how many
    credits of the service are left then.
    """

    outcome: Outcome
    free_until: datetime
    credit: Option | None
    returned: Returned | None
    last_day: date | None
    left_after: int


class Slot(NamedTuple):
    """A free start with somebody."""

    staff: StaffId
    staff_name: str
    start: datetime


class Conflict(NamedTuple):
    """A booked visit that no longer fits, and why (R20)."""

    entry: Entry
    words: DomainError


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for somebody at the desk: visits left open on earlier days, and conflicts."""

    left_open: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Cancelling:
    """How a visit is ended: for which reason, with which override, in what words."""

    reason: ReasonId
    override: Override = Override.NONE
    words: str = ""


def ids(entries: Iterable[Entry]) -> tuple[AppointmentId, ...]:
    """The identities of appointments."""
    return tuple(entry.id for entry in entries)
