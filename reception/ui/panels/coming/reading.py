"""What the booking page reads: the chain, the credits that could pay for each part, and what can be added."""

from typing import Any, NamedTuple

from reception.domain import addons, diary, screening
from reception.domain.addons import Offers
from reception.domain.diary import BEFORE_TREATMENT, ChainLine, ComingIn
from reception.domain.errors import NotFound
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import UPCOMING
from reception.domain.packages import Option
from reception.domain.screening import Task
from reception.domain.tables.ids import AppointmentId


class Booking(NamedTuple):
    """A client's coming-in with all that can be decided about it."""

    coming: ComingIn
    options: dict[AppointmentId, tuple[Option, ...]]
    offers: Offers | None
    tasks: tuple[Task, ...] = ()

    @property
    def lines(self) -> tuple[ChainLine, ...]:
        """The appointments that stand, in their order."""
        return self.coming.lines

    @property
    def bases(self) -> tuple[diary.Entry, ...]:
        """What was booked on its own and is still to come: cancelled, it takes its add-ons along (R17)."""
        return tuple(one.entry for one in self.lines if one.entry.base is None and one.entry.status in UPCOMING)

    @property
    def movable(self) -> bool:
        """Whether the whole of it is still to come, so that it can be moved (R18)."""
        return bool(self.lines) and all(one.entry.status in UPCOMING for one in self.lines)


class Sums(NamedTuple):
    """What a coming-in costs, and how that is or will be paid."""

    price: Money
    by_credit: Money
    ahead: Money
    open: Money
    owing: Money


def sums(booking: Booking) -> Sums:
    """Adds up the money of a coming-in's appointments."""
    entries = [line.entry for line in booking.lines]
    price = sum((one.price for one in entries), NOTHING)
    by_credit = sum((one.price for one in entries if one.credit is not None), NOTHING)
    paid = sum((one.price for one in entries if one.paid), NOTHING)
    ahead = sum((one.paid_ahead for one in entries if not one.paid), NOTHING)
    owing = sum((one.owing_ahead for one in entries), NOTHING)
    return Sums(price, by_credit, ahead, price - by_credit - paid - ahead, owing)


def read(session: Any, appointment: AppointmentId) -> Booking:
    """Reads the coming-in that an appointment belongs to; NotFound where it is none."""
    coming = diary.coming_in(session, appointment)
    if not coming.lines and not coming.ended:
        raise NotFound("That visit is no longer there.")
    changeable = [line.entry for line in coming.lines if line.entry.status in BEFORE_TREATMENT and line.entry.price]
    options = {one.id: diary.visit(session, one.id).options for one in changeable}
    open_ = bool(coming.lines) and all(line.entry.status in BEFORE_TREATMENT for line in coming.lines)
    if not open_:
        return Booking(coming, options, None)
    tasks = screening.tasks(session, coming.group)
    return Booking(coming, options, addons.offers(session, appointment), tasks)
