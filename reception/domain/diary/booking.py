"""Booking: one plan for looking before and for doing, so that both say the same (R10, R11, R20, R21, R33)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clock, conflicts, packages, screening, tables
from reception.domain.access import Act, Turn
from reception.domain.diary import fitting
from reception.domain.diary.fitting import Fit, Needing
from reception.domain.diary.laying import Holds, Leg, Place, happen, holds, occupy
from reception.domain.diary.reading import Setting, setting
from reception.domain.diary.values import Check, Placed, Request
from reception.domain.errors import DomainError, Invalid, NotFound, Notice, Refused
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import Status
from reception.domain.packages import Held
from reception.domain.screening.values import Verdict
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, ServiceId
from reception.domain.tables.words import Bookable, Happening


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One request with what the clinic's books say about it."""

    request: Request
    service: tables.Service
    staff_name: str
    leg: Leg

    @property
    def ahead(self) -> Money:
        """What is due before the visit (R28)."""
        service = self.service
        return catalogue.ahead(service.price, service.payment, service.deposit, service.deposit_share)


@dataclass(slots=True)
class _Plan:
    """What booking would do: the legs of the chain, whom they hold, which credits they take, what the gate says."""

    wanted: list[_Wanted]
    legs: list[Leg]
    times: Holds
    placed: dict[int, tuple[Placed, ...]]
    credits: list[CreditId | None]
    verdicts: dict[ServiceId, Verdict]
    fit: Fit


def check(session: Session, request: Request) -> Check:
    """What booking a request would meet, without writing anything (R10, R15, R20)."""
    return check_chain(session, [request])[0]


def check_chain(session: Session, requests: Sequence[Request]) -> tuple[Check, ...]:
    """What booking several services as one coming-in would meet, one answer each; the first carries what holds for all.

    The times are those of the chain: each begins where the one before it ends.
    """
    own = setting(session)
    try:
        plan = _plan(session, own, requests)
    except DomainError as refusal:
        return tuple(_refused(session, own, request, refusal) for request in requests)
    return tuple(_checked(session, own, plan, index) for index in range(len(plan.wanted)))


def _refused(session: Session, own: Setting, request: Request, refusal: DomainError) -> Check:
    held = packages.held_by(session, request.client, request.service)
    on = clock.local_date(request.start, own.zone)
    options = packages.options(held, on, own.today, own.clinic.near_days)
    return Check(refusal, (), frozenset(), None, options, NOTHING, request.start)


def _checked(session: Session, own: Setting, plan: _Plan, index: int) -> Check:
    wanted, credit, first = plan.wanted[index], plan.credits[index], index == 0
    held = packages.held_by(session, wanted.request.client, wanted.request.service)
    on = clock.local_date(wanted.leg.start, own.zone)
    options = packages.options(held, on, own.today, own.clinic.near_days)
    return Check(
        refusal=plan.fit.refusal if first else None,
        notices=tuple(plan.fit.notices) if first else (),
        needs=frozenset(plan.fit.needs) if first else frozenset(),
        credit=next((one for one in options if one.credit == credit), None),
        options=options,
        price=wanted.service.price,
        end=wanted.leg.end,
        ahead=NOTHING if credit is not None else wanted.ahead,
        placed=plan.placed.get(wanted.leg.key, ()),
        verdict=plan.verdicts[ServiceId(wanted.service.id)],
    )


def book(session: Session, request: Request) -> AppointmentId:
    """Books a visit and the credit that pays for it; returns the appointment (R1, R6, R9, R10, R11, R20, R21)."""
    return book_chain(session, [request])[0]


def book_chain(session: Session, requests: Sequence[Request]) -> tuple[AppointmentId, ...]:
    """Books several services of one client as one coming-in, one straight after another."""
    turn = access.require(session, Act.BOOK)
    own = setting(session)
    plan = _plan(session, own, requests)
    fitting.allow(session, plan.fit, " ".join(request.reason for request in requests))
    group = tables.Group(client_id=requests[0].client)
    session.add(group)
    session.flush()
    rows = [_row(turn, own, group, wanted) for wanted in plan.wanted]
    session.add_all(rows)
    session.flush()
    for row, wanted, leg in zip(rows, plan.wanted, plan.legs, strict=True):
        place = Place(row.staff_id, row.starts, row.day, leg.given)
        happen(session, turn, row, Happening.BOOKED, Status.BOOKED, words=wanted.request.reason, to=place)
    keys = {wanted.leg.key: row.id for row, wanted in zip(rows, plan.wanted, strict=True)}
    occupy(session, {(keys[key], holder): span for (key, holder), span in plan.times.items()})
    for row, credit in zip(rows, plan.credits, strict=True):
        if credit is not None:
            packages.reserve(session, credit, row)
    return tuple(AppointmentId(row.id) for row in rows)


def _row(turn: Turn, own: Setting, group: tables.Group, wanted: _Wanted) -> tables.Appointment:
    leg = wanted.leg
    return tables.Appointment(
        group_id=group.id,
        client_id=wanted.request.client,
        service_id=wanted.service.id,
        price=wanted.service.price,
        tax_rate=wanted.service.tax_rate,
        note=wanted.request.note.strip(),
        seq=0,
        status=Status.BOOKED,
        staff_id=wanted.request.staff,
        day=clock.local_date(leg.start, own.zone),
        starts=leg.start,
        minutes=leg.minutes,
        turnaround=leg.turnaround,
        since=turn.now,
        ahead=wanted.ahead,
    )


def _plan(session: Session, own: Setting, requests: Sequence[Request]) -> _Plan:
    if not requests:
        raise Invalid("Choose a service first.", field="service")
    client = session.get(tables.Client, requests[0].client)
    if client is None:
        raise NotFound("That client is no longer there. Choose the client again.", field="client")
    services = [_service(session, request) for request in requests]
    starts = conflicts.lay(requests[0].start, [service.minutes for service in services])
    wanted = [
        _want(session, Leg(key, request.staff, start, service.minutes, service.turnaround), request, service)
        for key, (request, start, service) in enumerate(zip(requests, starts, services, strict=True))
    ]
    fit = Fit()
    for one in wanted:
        fitting.skilled(session, one.request.staff, one.service, one.staff_name, fit)
    verdicts = _screen(session, client, services, starts[0], fit)
    names = {one.request.staff: one.staff_name for one in wanted}
    fitting.in_time(session, own, [one.leg for one in wanted], names, fit)
    needing = [Needing(one.leg, ServiceId(one.service.id), one.request.resources) for one in wanted]
    legs, placed = fitting.place(session, needing, fit)
    fitting.past(own, starts[0], fit)
    fitting.client_busy(session, client, Span(starts[0], wanted[-1].leg.end), fit)
    return _Plan(wanted, legs, holds(legs), placed, _credits(session, own, wanted, fit), verdicts, fit)


def _service(session: Session, request: Request) -> tables.Service:
    service = session.get(tables.Service, request.service)
    if service is None:
        raise NotFound("That service is no longer there. Choose another.", field="service")
    return service


def _want(session: Session, leg: Leg, request: Request, service: tables.Service) -> _Wanted:
    if service.retired:
        raise Refused(
            "“{service}” is retired. Choose a service that is offered.", field="service", service=service.name
        )
    if service.bookable is Bookable.ADD_ON:
        raise Refused(
            "“{service}” is booked only as an add-on. Book a treatment that offers it, then add it there.",
            field="service",
            service=service.name,
        )
    staff = session.get(tables.Staff, request.staff)
    if staff is None or staff.retired or not staff.works:
        raise Refused("Choose somebody who works here and sees clients.", field="staff")
    return _Wanted(request, service, staff.name, leg)


def _screen(
    session: Session, client: tables.Client, services: Sequence[tables.Service], start: datetime, fit: Fit
) -> dict[ServiceId, Verdict]:
    """Asks the gate: what answers block or flag isn't booked; a form that is due may still be filled in (R31, R33)."""
    verdicts = screening.verdicts(session, ClientId(client.id), [ServiceId(one.id) for one in services], start)
    for service in services:
        verdict = verdicts[ServiceId(service.id)]
        fit.refuse(screening.refusal(verdict, service.name, due_ok=True))
        fit.notices.extend(
            Notice("{form} is to be filled in before {service}.", form=due.title, service=service.name)
            for due in verdict.due
        )
    return verdicts


def _credits(session: Session, own: Setting, wanted: Sequence[_Wanted], fit: Fit) -> list[CreditId | None]:
    """The credit of each part; two parts never take the same one (R7, R9, R11)."""
    taken: set[int] = set()
    chosen: list[CreditId | None] = []
    for one in wanted:
        choice = one.request.credit
        if not one.service.price:
            if choice.credit is not None:
                fit.refuse(Refused("This visit is free of charge, so it uses no credit.", field="credit"))
            chosen.append(None)
            continue
        held = [
            h for h in packages.held_by(session, one.request.client, one.request.service) if h.credit.id not in taken
        ]
        on = clock.local_date(one.leg.start, own.zone)
        credit = packages.pick(held, choice, on, own.today)
        if credit is None and choice.auto:
            _say_none_fits(held, on, own.today, fit)
        if credit is not None:
            taken.add(credit)
        chosen.append(credit)
    return chosen


def _say_none_fits(held: Sequence[Held], on: date, today: date, fit: Fit) -> None:
    """Says that credits are left which the visit lies beyond, or that none is left (R10)."""
    late = [
        one.credit.last_day
        for one in held
        if one.credit.last_day is not None and today <= one.credit.last_day < on and one.credit.state == "available"
    ]
    if late:
        fit.notices.append(
            Notice(
                "{count} credits are left, but only until {last_day}. Take payment, or extend them.",
                count=len(late),
                last_day=max(late),
            )
        )
    elif booked := sum(one.credit.state == "reserved" for one in held):
        fit.notices.append(
            Notice("No credit is left, {booked} are booked. This visit is to be paid, or sell a course.", booked=booked)
        )
