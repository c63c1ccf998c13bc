"""What can be added to a coming-in, and what can't and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from reception.domain.errors import DomainError
from reception.domain.money import Money
from reception.domain.packages import AUTO, Choice, Option
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, GroupId, ResourceId, ServiceId, StaffId


class Why(StrEnum):
    """Why an add-on isn't offered; of several reasons the first in this order leads (R25)."""

    PLAN = "plan"
    ALREADY = "already"
    STARTED = "started"
    BLOCKED = "blocked"
    FORM = "form"
    REVIEW = "review"
    NOBODY = "nobody"
    RESOURCE = "resource"


class Reason(NamedTuple):
    """One reason, as a sentence; with `FORM` the form that is to be filled in."""

    why: Why
    words: DomainError
    form: FormId | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An add-on that can be added now: by whom, from when to when, for how much, and what must be paid now (R24, R28).

    `credit` is the credit that would pay for it, if one is left; with it nothing is due now.
    """

    service: ServiceId
    name: str
    base: AppointmentId
    staff: StaffId
    staff_name: str
    start: datetime
    end: datetime
    busy_until: datetime
    price: Money
    due: Money
    credit: Option | None
    resources: tuple[ResourceId, ...]
    resource_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An add-on that is linked and can't be added, with all its reasons in the order of R25."""

    service: ServiceId
    name: str
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Reason:
        """The reason that leads."""
        return self.reasons[0]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a coming-in can be given, and what not (R24, R25)."""

    group: GroupId
    client: ClientId
    offered: tuple[Offer, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Attaching:
    """An add-on that somebody wants to add; without a staff member the first who is free does it.

    The credit is chosen as for a visit: AUTO takes one that is left, NONE is paid with money.
    """

    group: GroupId
    service: ServiceId
    staff: StaffId | None = None
    credit: Choice = AUTO
