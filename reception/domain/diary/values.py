"""What the diary tells and what it is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from reception.domain.access import Act
from reception.domain.errors import DomainError, Notice
from reception.domain.ledger import Returned
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import UPCOMING, Outcome, Override, Status
from reception.domain.packages import AUTO, Choice, Option
from reception.domain.screening.values import Verdict
from reception.domain.span import Span
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    CreditId,
    GroupId,
    ReasonId,
    ResourceId,
    ServiceId,
    StaffId,
)
from reception.domain.tables.words import Happening

BEFORE_TREATMENT = UPCOMING | {Status.ARRIVED}
"""Statuses in which money for a visit is still taken ahead of it."""


class Entry(NamedTuple):
    """One appointment as the diary draws it; `left` counts the client's credits of that service that are left.

    An add-on names the base that it hangs on; `resources` are the rooms and devices that it holds, in words; `ahead` is
    what was to be paid before the visit, `paid_ahead` what of it was (R24, R20, R28).
    """

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
    base: AppointmentId | None
    resources: str
    ahead: Money
    paid_ahead: Money

    @property
    def end(self) -> datetime:
        """When the treatment itself is over."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def owes(self) -> bool:
        """Whether it took place and neither money nor a credit has paid for it."""
        open_ = self.status is Status.COMPLETED and not self.paid and self.credit is None
        return open_ and self.price > self.paid_ahead

    @property
    def owing_ahead(self) -> Money:
        """What of the deposit is still to be paid before the visit; nothing where a credit pays (R28)."""
        open_ = self.status in BEFORE_TREATMENT and self.credit is None and not self.paid
        return max(NOTHING, self.ahead - self.paid_ahead) if open_ else NOTHING


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
    """A visit that somebody wants; the reason is asked for outside a shift and on a day that has passed.

    `resources` are the rooms and devices that the desk chose; what it left open is picked (R20).
    """

    client: ClientId
    staff: StaffId
    service: ServiceId
    start: datetime
    credit: Choice = AUTO
    note: str = ""
    reason: str = ""
    resources: tuple[ResourceId, ...] = ()


class Placed(NamedTuple):
    """A room or device that a visit is given, for which of its service's needs, and what else would do."""

    number: int
    resource: ResourceId
    name: str
    others: tuple[tuple[ResourceId, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What booking a request would meet; `needs` are acts that take a permission and a reason.

    `ahead` is what is due before the visit, `verdict` what the gate says of it; None where it could not be asked.
    """

    refusal: DomainError | None
    notices: tuple[Notice, ...]
    needs: frozenset[Act]
    credit: Option | None
    options: tuple[Option, ...]
    price: Money
    end: datetime
    ahead: Money = NOTHING
    placed: tuple[Placed, ...] = ()
    verdict: Verdict | None = None


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
    credits of the service are left then. `deposit` is what was paid ahead, `by_clinic` tells that it counts as the
    clinic's, and `others` are the add-ons that end with their base, each under its own rule (R17, R34).
    """

    outcome: Outcome
    free_until: datetime
    credit: Option | None
    returned: Returned | None
    last_day: date | None
    left_after: int
    deposit: Money = NOTHING
    by_clinic: bool = False
    others: tuple[tuple[str, "Ending"], ...] = ()


class ChainLine(NamedTuple):
    """One appointment of a coming-in: the diary's entry, who does it, the credit that pays, and what the gate says."""

    entry: Entry
    staff_name: str
    credit: Option | None
    placed: tuple[Placed, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ComingIn:
    """A client's whole coming-in as a chain, the live appointments first in their order; `ended` came to nothing."""

    group: GroupId
    client: ClientId
    client_name: str
    day: date
    lines: tuple[ChainLine, ...]
    ended: tuple[Entry, ...]


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
    """What waits for somebody at the desk: visits left open on earlier days, conflicts, deposits not yet paid."""

    left_open: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]
    owing: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Cancelling:
    """How a visit is ended: for which reason, with which override, in what words."""

    reason: ReasonId
    override: Override = Override.NONE
    words: str = ""


def ids(entries: Iterable[Entry]) -> tuple[AppointmentId, ...]:
    """The identities of appointments."""
    return tuple(entry.id for entry in entries)
