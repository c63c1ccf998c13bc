"""Attaching an add-on: everything is looked at again inside the transaction, or nothing is attached (R24, R27, R28)."""

from dataclasses import replace

from sqlalchemy.orm import Session

from reception.domain import access, clock, packages, screening, tables
from reception.domain.access import Act
from reception.domain.addons import offering
from reception.domain.addons.offering import Free, Weighed, Weighing
from reception.domain.addons.values import Attaching, Offer
from reception.domain.diary.laying import Place, happen, lay_again
from reception.domain.errors import DomainError, Refused, Taken
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId, CreditId, StaffId
from reception.domain.tables.words import Happening


def attach(session: Session, wanted: Attaching) -> AppointmentId:
    """Attaches an add-on that is paid at the visit or by a credit; what is due now goes through the checkout (R28).

    Raises Taken where the time has gone, naming who else is free at that very minute (R27).
    """
    appointment, due = join(session, wanted)
    if due:
        name = session.get_one(tables.Service, wanted.service).name
        raise Refused("{due} must be paid for {service} now. Take it through the checkout.", due=due, service=name)
    return appointment


def join(session: Session, wanted: Attaching) -> tuple[AppointmentId, Money]:
    """Attaches an add-on and tells what must be paid for it in the same transaction."""
    turn = access.require(session, Act.ATTACH)
    own = offering.weigh(session, wanted.group, wanted.service)
    one = _weighed(own, wanted)
    if one.reasons:
        raise one.reasons[0].words
    free = _who(own, one, wanted.staff)
    held = [h for h in packages.held_by(session, own.chain.client, wanted.service) if one.add_on.price]
    day = clock.local_date(free.leg.start, turn.zone)
    credit = packages.pick(held, wanted.credit, day, turn.today) if held or wanted.credit.credit else None
    base = session.get_one(tables.Appointment, one.add_on.base)
    row = tables.Appointment(
        group_id=own.chain.group,
        client_id=own.chain.client,
        service_id=one.add_on.service,
        price=one.add_on.price,
        tax_rate=one.add_on.tax_rate,
        note="",
        seq=0,
        status=Status.BOOKED,
        staff_id=free.staff,
        day=day,
        starts=free.leg.start,
        minutes=one.add_on.minutes,
        turnaround=one.add_on.turnaround,
        since=turn.now,
        base_id=base.id,
        ahead=one.add_on.ahead,
    )
    session.add(row)
    session.flush()
    place = Place(row.staff_id, row.starts, row.day, free.leg.given)
    happen(session, turn, row, Happening.BOOKED, Status.BOOKED, to=place)
    lay_again(session, own.chain.group)
    if base.status is Status.ARRIVED:
        happen(session, turn, row, Happening.ARRIVED, Status.ARRIVED)
    _reserve(session, credit, row)
    screening.record(session, turn, AppointmentId(row.id), one.verdict)
    return AppointmentId(row.id), NOTHING if credit is not None else one.add_on.ahead


def look(session: Session, wanted: Attaching) -> Offer | DomainError:
    """What attaching an add-on would come to, or what refuses it, without attaching anything."""
    own = offering.weigh(session, wanted.group, wanted.service)
    try:
        one = _weighed(own, wanted)
        if one.reasons:
            return one.reasons[0].words
        free = _who(own, one, wanted.staff)
    except DomainError as refusal:
        return refusal
    offer = offering.as_offer(own, one, free)
    return offer if wanted.credit.auto or wanted.credit.credit else replace(offer, credit=None, due=one.add_on.ahead)


def _reserve(session: Session, credit: CreditId | None, row: tables.Appointment) -> None:
    if credit is not None:
        packages.reserve(session, credit, row)


def _weighed(own: Weighing, wanted: Attaching) -> Weighed:
    found = next((one for one in own.weighed if one.add_on.service == wanted.service), None)
    if found is None:
        raise Refused("This add-on isn't offered with this visit. Choose one of the list.")
    return found


def _who(own: Weighing, one: Weighed, staff: StaffId | None) -> Free:
    """Who does it: whoever was asked for, if they are still free; else the alternative is named (R27)."""
    if staff is None:
        return one.free[0]
    found = next((free for free in one.free if free.staff == staff), None)
    if found is None:
        raise gone(own, one, staff)
    return found


def gone(own: Weighing, one: Weighed, staff: StaffId) -> DomainError:
    """Says that somebody is no longer free, and who else is, at that very minute (R27)."""
    other = one.free[0]
    return Taken(
        "{who} is no longer free at {start}. {other} is free then: add it with {other}.",
        who=own.names.get(staff, "That person"),
        start=other.leg.start,
        other=own.names[other.staff],
    )
