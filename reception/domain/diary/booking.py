"""Booking and moving: one plan for looking before and for doing, so that both say the same (R10, R18, R20, R21)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from reception.domain import access, clock, conflicts, packages, rota, tables
from reception.domain.access import Act, Turn
from reception.domain.diary.reading import Setting, holder, setting, visits_of
from reception.domain.diary.values import Check, Moving, Request, Shifted
from reception.domain.errors import DomainError, Invalid, NotFound, Notice, Refused, Taken
from reception.domain.money import NOTHING
from reception.domain.outcomes import LIVE, UPCOMING, Override, Status
from reception.domain.packages import Held
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, CreditId, StaffId
from reception.domain.tables.words import Happening


@dataclass(slots=True)
class Fit:
    """Whether times fit: what refuses them, what needs a permission, what should be read."""

    refusal: DomainError | None = None
    needs: set[Act] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)

    def refuse(self, why: DomainError) -> None:
        """Keeps the first reason: the first misfit is named (R18)."""
        self.refusal = self.refusal or why


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One request with what the clinic's books say about it."""

    request: Request
    service: tables.Service
    staff_name: str
    part: conflicts.Part


@dataclass(slots=True)
class _Plan:
    """What booking would do: the parts of the chain, whom they occupy, which credits they take."""

    wanted: list[_Wanted]
    occupied: dict[int, Span]
    credits: list[CreditId | None]
    fit: Fit


def check(session: Session, request: Request) -> Check:
    """What booking a request would meet, without writing anything (R10, R15, R20)."""
    own = setting(session)
    held = packages.held_by(session, request.client, request.service)
    on = clock.local_date(request.start, own.zone)
    options = packages.options(held, on, own.today, own.clinic.near_days)
    try:
        plan = _plan(session, own, [request])
    except DomainError as refusal:
        return Check(refusal, (), frozenset(), None, options, NOTHING, request.start)
    wanted, credit = plan.wanted[0], plan.credits[0]
    return Check(
        refusal=plan.fit.refusal,
        notices=tuple(plan.fit.notices),
        needs=frozenset(plan.fit.needs),
        credit=next((one for one in options if one.credit == credit), None),
        options=options,
        price=wanted.service.price,
        end=wanted.part.end,
    )


def book(session: Session, request: Request) -> AppointmentId:
    """Books a visit and the credit that pays for it; returns the appointment (R1, R6, R9, R10, R11, R20, R21)."""
    return book_chain(session, [request])[0]


def book_chain(session: Session, requests: Sequence[Request]) -> tuple[AppointmentId, ...]:
    """Books several services of one client as one coming-in, one straight after another."""
    turn = access.require(session, Act.BOOK)
    own = setting(session)
    plan = _plan(session, own, requests)
    _allow(session, plan.fit, " ".join(request.reason for request in requests))
    group = tables.Group(client_id=requests[0].client)
    session.add(group)
    session.flush()
    rows = [_row(turn, own, group, wanted) for wanted in plan.wanted]
    session.add_all(rows)
    session.flush()
    for row, wanted in zip(rows, plan.wanted, strict=True):
        happen(session, turn, row, Happening.BOOKED, Status.BOOKED, words=wanted.request.reason)
    for row, wanted in zip(rows, plan.wanted, strict=True):
        session.add(occupancy(row, plan.occupied[wanted.part.key]))
    session.flush()
    for row, credit in zip(rows, plan.credits, strict=True):
        if credit is not None:
            packages.reserve(session, credit, row)
    return tuple(AppointmentId(row.id) for row in rows)


def _row(turn: Turn, own: Setting, group: tables.Group, wanted: _Wanted) -> tables.Appointment:
    part = wanted.part
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
        day=clock.local_date(part.start, own.zone),
        starts=part.start,
        minutes=part.minutes,
        turnaround=part.turnaround,
        since=turn.now,
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
        _want(session, _part(key, request, start, service), request, service)
        for key, (request, start, service) in enumerate(zip(requests, starts, services, strict=True))
    ]
    occupied = conflicts.occupied([one.part for one in wanted])
    fit = Fit()
    for one in wanted:
        _skill(session, one.request.staff, one.service, one.staff_name, fit)
    names = {one.request.staff: one.staff_name for one in wanted}
    times = [(one.request.staff, occupied[one.part.key]) for one in wanted]
    _times(session, own, times, names, fit)
    _past(own, starts[0], fit)
    _client_busy(session, client, Span(starts[0], wanted[-1].part.end), fit)
    return _Plan(wanted, occupied, _credits(session, own, wanted, fit), fit)


def _service(session: Session, request: Request) -> tables.Service:
    service = session.get(tables.Service, request.service)
    if service is None:
        raise NotFound("That service is no longer there. Choose another.", field="service")
    return service


def _part(key: int, request: Request, start: datetime, service: tables.Service) -> conflicts.Part:
    return conflicts.Part(key, holder(request.staff), start, service.minutes, service.turnaround)


def _want(session: Session, part: conflicts.Part, request: Request, service: tables.Service) -> _Wanted:
    if service.retired:
        raise Refused(
            "“{service}” is retired. Choose a service that is offered.", field="service", service=service.name
        )
    staff = session.get(tables.Staff, request.staff)
    if staff is None or staff.retired or not staff.works:
        raise Refused("Choose somebody who works here and sees clients.", field="staff")
    return _Wanted(request, service, staff.name, part)


def _skill(session: Session, staff: int, service: tables.Service, name: str, fit: Fit) -> None:
    skilled = select(exists().where(tables.Skill.staff_id == staff, tables.Skill.service_id == service.id))
    if not session.scalar(skilled):
        fit.refuse(
            Refused(
                "{who} doesn't perform {service}. Choose somebody who does.",
                field="staff",
                who=name,
                service=service.name,
            )
        )


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
        on = clock.local_date(one.part.start, own.zone)
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


def _times(
    session: Session,
    own: Setting,
    times: Sequence[tuple[StaffId, Span]],
    names: dict[StaffId, str],
    fit: Fit,
    *,
    group: int | None = None,
) -> None:
    """Holds every time against other visits, time off, shifts, closures and opening hours (R20)."""
    whole = Span(min(span.start for _, span in times), max(span.end for _, span in times))
    staff = sorted(names)
    first, last = clock.local_date(whole.start, own.zone), clock.local_date(whole.end, own.zone)
    working = rota.spans(session, staff, first, last, own.zone)
    closed = [conflicts.Busy(span, words) for span, words in rota.closed(session, first, last, own.zone)]
    visits = visits_of(session, staff, whole, besides=group)
    offs = rota.offs(session, staff, whole)
    for person, span in times:
        name = names[person]
        if clash := conflicts.first_clash(span, visits.get(person, ())):
            fit.refuse(
                Taken(
                    "{who} is busy with {client} from {start} to {end}. Choose another time or somebody else.",
                    field="time",
                    who=name,
                    client=clash.word,
                    start=clash.span.start,
                    end=clash.span.end,
                )
            )
        if off := next((one for one in offs if one.staff == person and one.span.overlaps(span)), None):
            fit.refuse(
                Refused(
                    "{who} is away then: {words}, {start} to {end}. Choose another time, or change the block first.",
                    field="time",
                    who=name,
                    words=off.words or "time off",
                    start=off.span.start,
                    end=off.span.end,
                )
            )
        if shut := conflicts.first_clash(span, closed):
            fit.needs.add(Act.OUTSIDE_SHIFT)
            fit.notices.append(Notice("The clinic is closed then: {words}.", words=shut.word))
        elif not conflicts.covered(span, working.get(person, ())):
            fit.needs.add(Act.OUTSIDE_SHIFT)
            fit.notices.append(_hours(name, first, working.get(person, ()), own))
    _opening(session, own, whole, fit)


def _hours(name: str, day: date, working: Sequence[Span], own: Setting) -> Notice:
    here = [span for span in working if clock.local_date(span.start, own.zone) == day]
    if not here:
        return Notice("{who} doesn't work on {day}.", who=name, day=day)
    return Notice("{who} works from {start} to {end}.", who=name, start=here[0].start, end=here[-1].end)


def _opening(session: Session, own: Setting, whole: Span, fit: Fit) -> None:
    """Opening hours are warned about, never refused (R20)."""
    day = clock.local_date(whole.start, own.zone)
    o = tables.Opening
    hours = session.execute(select(o.weekday, o.start_minute, o.end_minute)).all()
    if not hours or fit.needs:
        return
    spans = [
        Span(clock.at_local(day, start, own.zone), clock.at_local(day, end, own.zone))
        for weekday, start, end in hours
        if weekday == day.weekday()
    ]
    if not conflicts.covered(whole, spans):
        fit.notices.append(Notice("This is outside the opening hours."))


def _past(own: Setting, start: datetime, fit: Fit) -> None:
    """Earlier days need a permission and a reason; earlier today doesn't (R20)."""
    day = clock.local_date(start, own.zone)
    if day < own.today:
        fit.needs.add(Act.PAST_DAY)
        fit.notices.append(Notice("{day} has passed.", day=day))


def _client_busy(session: Session, client: tables.Client, span: Span, fit: Fit, group: int | None = None) -> None:
    """Overlapping visits of one client are warned about, not refused (R20)."""
    a = tables.Appointment
    query = (
        select(a.starts, a.minutes, tables.Service.name)
        .join(tables.Service, tables.Service.id == a.service_id)
        .where(
            a.client_id == client.id,
            a.status.in_(tuple(LIVE)),
            a.starts < span.end,
            a.starts > span.start - conflicts.MAX,
        )
    )
    if group is not None:
        query = query.where(a.group_id != group)
    for starts, minutes, service in session.execute(query):
        if starts + timedelta(minutes=minutes) > span.start:
            fit.notices.append(
                Notice("{client} has {service} at {start}.", client=client.name, service=service, start=starts)
            )


def _allow(session: Session, fit: Fit, reason: str) -> None:
    """Raises what refuses; asks for the permissions and the reason that are needed."""
    if fit.refusal is not None:
        raise fit.refusal
    for act in sorted(fit.needs):
        access.require(session, act)
    if fit.needs and not reason.strip():
        raise Invalid("Type a reason; it is kept with the visit.", field="reason")


def preview_move(session: Session, appointment: AppointmentId, start: datetime, staff: StaffId | None = None) -> Moving:
    """What moving a visit, with its whole chain, would do and meet (R18)."""
    try:
        plan = _move_plan(session, appointment, start, staff)
    except DomainError as refusal:
        return Moving(refusal, (), frozenset(), ())
    return Moving(plan.fit.refusal, tuple(plan.fit.notices), frozenset(plan.fit.needs), plan.parts)


def move(
    session: Session, appointment: AppointmentId, start: datetime, staff: StaffId | None = None, reason: str = ""
) -> tuple[AppointmentId, ...]:
    """Moves a visit with its whole chain, credits and all, or nothing; returns what moved (R18)."""
    turn = access.require(session, Act.MOVE)
    plan = _move_plan(session, appointment, start, staff)
    _allow(session, plan.fit, reason)
    vacate(session, plan.rows)
    for row, part in zip(plan.rows, plan.parts, strict=True):
        happen(
            session,
            turn,
            row,
            Happening.MOVED,
            row.status,
            words=reason.strip(),
            to=Place(part.new_staff, part.new_start, clock.local_date(part.new_start, turn.zone)),
        )
    session.add_all(occupancy(row, plan.occupied[row.id]) for row in plan.rows)
    session.flush()
    for row in plan.rows:
        packages.follow_moved_visit(session, row.id)
    return tuple(part.appointment for part in plan.parts)


@dataclass(slots=True)
class _MovePlan:
    rows: list[tables.Appointment]
    parts: tuple[Shifted, ...]
    occupied: dict[int, Span]
    fit: Fit


def _move_plan(session: Session, appointment: AppointmentId, start: datetime, staff: StaffId | None) -> _MovePlan:
    own = setting(session)
    rows = _movable(session, appointment)
    before = [row.minutes for row in rows[: [row.id for row in rows].index(appointment)]]
    starts = conflicts.lay(start - timedelta(minutes=sum(before)), [row.minutes for row in rows])
    lead = rows[0].staff_id
    people = [StaffId(staff if staff is not None and row.staff_id == lead else row.staff_id) for row in rows]
    names = _names(session, people)
    services = {row.service_id: session.get_one(tables.Service, row.service_id) for row in rows}
    parts = tuple(
        Shifted(AppointmentId(row.id), services[row.service_id].name, row.starts, at, StaffId(row.staff_id), person)
        for row, at, person in zip(rows, starts, people, strict=True)
    )
    occupied = conflicts.occupied(
        [
            conflicts.Part(row.id, holder(person), at, row.minutes, row.turnaround)
            for row, at, person in zip(rows, starts, people, strict=True)
        ]
    )
    fit = Fit()
    for row, person in zip(rows, people, strict=True):
        if person != row.staff_id:
            _skill(session, person, services[row.service_id], names[person], fit)
    _times(
        session,
        own,
        [(p, occupied[r.id]) for r, p in zip(rows, people, strict=True)],
        names,
        fit,
        group=rows[0].group_id,
    )
    _past(own, starts[0], fit)
    client = session.get_one(tables.Client, rows[0].client_id)
    last = rows[-1]
    _client_busy(session, client, Span(starts[0], starts[-1] + timedelta(minutes=last.minutes)), fit, rows[0].group_id)
    days = {row.id: clock.local_date(at, own.zone) for row, at in zip(rows, starts, strict=True)}
    for row in rows:
        _expiry(session, own, row, days, fit)
    return _MovePlan(rows, parts, occupied, fit)


def _movable(session: Session, appointment: AppointmentId) -> list[tables.Appointment]:
    row = appointment_of(session, appointment)
    rows = chain(session, row.group_id)
    for one in rows:
        if one.status not in UPCOMING:
            raise Refused(
                "A visit that has {status} can't be moved. Take that back first, or book it again.",
                status=_SINCE.get(one.status, "ended"),
            )
    if row not in rows:
        raise Refused("This visit was cancelled or missed, so it can't be moved. Book it again.")
    return rows


_SINCE = {Status.ARRIVED: "arrived", Status.IN_TREATMENT: "begun", Status.COMPLETED: "been completed"}


def _expiry(session: Session, own: Setting, row: tables.Appointment, days: Mapping[int, date], fit: Fit) -> None:
    """Tests the credit's last day on the chain's new days; a first visit takes the package's last day along (R10)."""
    found = packages.last_day_if(session, row.id, days, own.today)
    if found is None:
        return
    credit, last = found
    if last is not None and last < days[row.id]:
        fit.refuse(
            Refused(
                "Credit {number} of {of} can be used until {last_day} only. "
                "Choose an earlier date, extend the credit, or take it off the visit.",
                field="time",
                number=credit.number,
                of=credit.of,
                last_day=last,
            )
        )
    if last is not None and credit.last_day is not None and last < credit.last_day:
        _others(session, credit.package, days, last, fit)


def _others(session: Session, package: int, besides: Collection[int], last: date, fit: Fit) -> None:
    """Lists other visits of the package that would no longer fit; they stay (R10)."""
    a = tables.Appointment
    later = session.scalars(
        select(a.starts)
        .join(tables.Credit, tables.Credit.appointment_id == a.id)
        .where(
            tables.Credit.package_id == package, tables.Credit.state == "reserved", a.day > last, a.id.not_in(besides)
        )
        .order_by(a.starts)
    )
    fit.notices.extend(
        Notice(
            "The visit on {start} of the same course would lie beyond its last day, {last_day}.",
            start=start,
            last_day=last,
        )
        for start in later
    )


def _names(session: Session, people: Iterable[StaffId]) -> dict[StaffId, str]:
    query = select(tables.Staff.id, tables.Staff.name, tables.Staff.works, tables.Staff.retired)
    found = {}
    for id_, name, works, retired in session.execute(query.where(tables.Staff.id.in_(set(people)))):
        if retired or not works:
            raise Refused("{who} doesn't see clients any more. Choose somebody who does.", field="staff", who=name)
        found[StaffId(id_)] = name
    if set(people) - set(found):
        raise NotFound("That staff member is no longer there. Choose another.", field="staff")
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """With whom and when an appointment is, and on which local date."""

    staff: int
    start: datetime
    day: date


def happen(
    session: Session,
    turn: Turn,
    row: tables.Appointment,
    kind: Happening,
    status: Status,
    *,
    words: str = "",
    reason: int | None = None,
    override: Override = Override.NONE,
    to: Place | None = None,
) -> None:
    """Appends what happened. The database then sets the appointment's cached columns; the row here is told the same."""
    place = to or Place(row.staff_id, row.starts, row.day)
    session.add(
        tables.AppointmentEvent(
            **turn.stamp(),
            appointment_id=row.id,
            seq=row.seq + 1,
            kind=kind,
            status=status,
            staff_id=place.staff,
            day=place.day,
            starts=place.start,
            minutes=row.minutes,
            turnaround=row.turnaround,
            reason_id=reason,
            override=override,
            words=words,
        )
    )
    touch(session, row.day)
    session.flush()
    if status is not row.status or row.seq == 0:
        set_committed_value(row, "since", turn.now)
    told = {"seq": row.seq + 1, "status": status, "staff_id": place.staff, "day": place.day, "starts": place.start}
    for name, value in told.items():
        set_committed_value(row, name, value)


def touch(session: Session, day: date) -> None:
    """Announces a day whose picture changes though no row of it is written: the one that a visit leaves."""
    session.info.setdefault("days", set()).add(day)


def chain(session: Session, group: int) -> list[tables.Appointment]:
    """The live appointments of a coming-in, in their order."""
    a = tables.Appointment
    query = select(a).where(a.group_id == group, a.status.in_(tuple(LIVE))).order_by(a.starts, a.id)
    return list(session.scalars(query))


def appointment_of(session: Session, appointment: int) -> tables.Appointment:
    """The stored appointment; NotFound where it is none."""
    row = session.get(tables.Appointment, appointment)
    if row is None:
        raise NotFound("That visit is no longer there.")
    return row


def vacate(session: Session, rows: Sequence[tables.Appointment]) -> None:
    """Removes whom a chain occupies before it is laid anew, since it would collide with itself."""
    ids = [row.id for row in rows]
    session.execute(delete(tables.Occupancy).where(tables.Occupancy.appointment_id.in_(ids)))


def lay_again(session: Session, group: int) -> None:
    """Counts a coming-in's runs and turnarounds anew after one of it has ended or come back (R17, R26).

    A turnaround that comes back is cut where somebody else's visit starts, so that it never blocks more than is free.
    """
    rows = chain(session, group)
    old = session.scalars(
        select(tables.Occupancy).join(tables.Appointment).where(tables.Appointment.group_id == group)
    ).all()
    new = laid(*rows)
    now = {one.appointment_id: one for one in old}
    if {id_: Span(one.starts, one.ends) for id_, one in now.items()} == new:
        return
    vacate(session, [session.get_one(tables.Appointment, one.appointment_id) for one in old])
    for row in rows:
        span = new[row.id]
        if row.id in now and span.end > now[row.id].ends:
            span = _cut(session, row, span, group)
        session.add(occupancy(row, span))
    session.flush()


def laid(*rows: tables.Appointment) -> dict[int, Span]:
    """The time that each visit of a chain takes (R26)."""
    return conflicts.occupied(
        [conflicts.Part(row.id, holder(row.staff_id), row.starts, row.minutes, row.turnaround) for row in rows]
    )


def _cut(session: Session, row: tables.Appointment, span: Span, group: int) -> Span:
    person = StaffId(row.staff_id)
    clash = conflicts.first_clash(span, visits_of(session, [person], span, besides=group).get(person, ()))
    return Span(span.start, clash.span.start) if clash else span


def occupancy(row: tables.Appointment, span: Span) -> tables.Occupancy:
    """Whose time an appointment takes, ready to be added."""
    return tables.Occupancy(holder=holder(row.staff_id), starts=span.start, ends=span.end, appointment_id=row.id)
