"""Which add-ons a coming-in can be given now, and of the others every reason why not (R24–R26, R28, R30)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from reception.domain import access, clock, conflicts, packages, screening
from reception.domain.addons import books
from reception.domain.addons.books import AddOn, Chain, Linked
from reception.domain.addons.values import Offer, Offers, Reason, Refusal, Why
from reception.domain.diary import laying
from reception.domain.diary.fitting import Rooms
from reception.domain.diary.framing import Frame, frame
from reception.domain.diary.laying import Given, Leg, holds, resource_holder, staff_holder
from reception.domain.errors import Refused, Value
from reception.domain.gates import Effect, Screened
from reception.domain.money import NOTHING
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.packages import Option
from reception.domain.screening.values import Hit, Verdict
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, GroupId, ResourceId, ServiceId, StaffId

NEW = 0
"""The key of the leg that an add-on would be; appointments have keys above it."""

_OPEN = UPCOMING | {Status.ARRIVED}


@dataclass(frozen=True, slots=True)
class Free:
    """Somebody who could do the add-on right after the chain, in which rooms, and until when that takes their time."""

    staff: StaffId
    leg: Leg
    busy_until: datetime


@dataclass(frozen=True, slots=True)
class Weighed:
    """An add-on with all that speaks against it; `free` are those who could do it, the first in order leading."""

    add_on: AddOn
    reasons: tuple[Reason, ...]
    free: tuple[Free, ...]
    verdict: Verdict
    credit: Option | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """A coming-in with every add-on that is linked to it, weighed."""

    chain: Chain
    names: Mapping[StaffId, str]
    rooms: Mapping[ResourceId, str]
    weighed: tuple[Weighed, ...]


def offers(session: Session, appointment: AppointmentId) -> Offers:
    """What the coming-in of an appointment can be given now, and what not and why; at most eight statements."""
    own = weigh(session, GroupId(books.group_of(session.connection(), appointment)))
    return Offers(
        group=own.chain.group,
        client=own.chain.client,
        offered=tuple(as_offer(own, one, one.free[0]) for one in own.weighed if not one.reasons),
        refused=tuple(Refusal(one.add_on.service, one.add_on.name, one.reasons) for one in own.weighed if one.reasons),
    )


def as_offer(own: Weighing, one: Weighed, first: Free) -> Offer:
    """An add-on that nothing speaks against, done by one of those who are free."""
    add_on = one.add_on
    given = tuple(resource for _, resource in first.leg.given)
    return Offer(
        service=add_on.service,
        name=add_on.name,
        base=AppointmentId(add_on.base),
        staff=first.staff,
        staff_name=own.names[first.staff],
        start=first.leg.start,
        end=first.leg.end,
        busy_until=first.busy_until,
        price=add_on.price,
        due=NOTHING if one.credit is not None else add_on.ahead,
        credit=one.credit,
        resources=given,
        resource_names=tuple(own.rooms[resource] for resource in given),
    )


def weigh(session: Session, group: GroupId, only: ServiceId | None = None) -> Weighing:
    """Weighs the add-ons of a coming-in: all, each with the first who is free, or one with everybody who is."""
    connection = session.connection()
    chain = books.chain(connection, group)
    if not any(one.base is None for one in chain.live):
        return Weighing(chain, {}, {}, ())
    linked = books.linked(connection, chain, only)
    last = chain.live[-1]
    around = frame(connection, last.day)
    names = {StaffId(id_): name for id_, name, _, works in around.staff if works}
    if not linked.add_ons:
        return Weighing(chain, names, {}, ())
    now = access.now(session)
    services = [one.service for one in linked.add_ons]
    verdicts = screening.verdicts(session, chain.client, services, last.leg.end, group=group)
    held = packages.held_by(session, chain.client)
    today, day = clock.local_date(now, around.zone), clock.local_date(last.leg.end, around.zone)
    busy = _taken(session, chain, linked, names)
    diary = _Diary(chain, around, names, linked.rooms, busy, _away(around, names, busy))
    weighed = []
    for add_on in linked.add_ons:
        leg = Leg(NEW, last.leg.staff, last.leg.end, add_on.minutes, add_on.turnaround)
        given, rooms = diary.rooms(add_on, leg)
        free, people = diary.people(add_on, replace(leg, given=given), first=only is None)
        verdict = verdicts[add_on.service]
        reasons = (
            *_plan(around),
            *_chain_says(chain, add_on, now),
            *screened(verdict, add_on.name),
            *people,
            *rooms,
        )
        mine = [one for one in held if one.credit.service == add_on.service] if add_on.price else []
        options = packages.options(mine, day, today, around.near_days)
        weighed.append(Weighed(add_on, reasons, free, verdict, options[0] if options else None))
    return Weighing(chain, names, linked.rooms, tuple(weighed))


def _plan(around: Frame) -> list[Reason]:
    if around.add_ons:
        return []
    return [Reason(Why.PLAN, Refused("Add-ons are switched off in the clinic's plan."))]


def _chain_says(chain: Chain, add_on: AddOn, now: datetime) -> list[Reason]:
    """An add-on is given once, and before the visit starts (R24)."""
    reasons = []
    if any(one.service == add_on.service for one in chain.live):
        reasons.append(Reason(Why.ALREADY, Refused("{service} is already in this visit.", service=add_on.name)))
    start = chain.live[0].leg.start
    if now >= start or any(one.status not in _OPEN for one in chain.live):
        said = Refused("The visit has started: {start}. Add-ons are added before that.", start=start)
        reasons.append(Reason(Why.STARTED, said))
    return reasons


def screened(verdict: Verdict, name: str) -> list[Reason]:
    """What the gate has against an add-on: a blocking answer, forms that are due, answers to be reviewed (R25)."""
    if verdict.passes:
        return []
    reasons: list[Reason] = []
    standing = [hit for hit in verdict.hits if not hit.cleared]
    if verdict.outcome is Screened.BLOCKED:
        reasons.extend(_hit(Why.BLOCKED, hit, name) for hit in standing if hit.effect is Effect.BLOCK)
    for due in verdict.due:
        said = Refused("{form} is not filled in for {service}.", form=due.title, service=name)
        reasons.append(Reason(Why.FORM, said, due.form))
    reasons.extend(_hit(Why.REVIEW, hit, name) for hit in standing if hit.effect is Effect.FLAG)
    return reasons


def _hit(why: Why, hit: Hit, name: str) -> Reason:
    sentence = "{service}: {message} (“{question}” {answer})"
    said = Refused(sentence, service=name, message=hit.staff_message, question=hit.question, answer=hit.answer)
    return Reason(why, said)


def _taken(
    session: Session, chain: Chain, linked: Linked, names: Mapping[StaffId, str]
) -> dict[str, list[conflicts.Busy]]:
    """What other visits take of everybody and everything that could be needed, from the chain's end on."""
    longest = max(*(one.turnaround for one in chain.legs), *(one.turnaround for one in linked.add_ons))
    need = timedelta(minutes=max(one.minutes for one in linked.add_ons) + longest)
    end = chain.live[-1].leg.end
    holders = {staff_holder(one) for one in names} | {resource_holder(one) for one in linked.rooms}
    return laying.taken(session, holders, Span(end, end + need), besides=chain.group)


def _away(
    around: Frame, names: Mapping[StaffId, str], busy: Mapping[str, Sequence[conflicts.Busy]]
) -> dict[StaffId, list[conflicts.Busy]]:
    """What keeps each person from working: visits, time off and blocks, closures (R20)."""
    closed = [conflicts.Busy(shut, words) for shut, words in around.closed]
    away = {staff: [*busy.get(staff_holder(staff), ()), *closed] for staff in names}
    for off in around.offs:
        if off.staff in away:
            away[off.staff].append(conflicts.Busy(off.span, off.words))
    return away


@dataclass(frozen=True, slots=True)
class _Diary:
    """The day around a chain: who works when, what is taken."""

    chain: Chain
    around: Frame
    names: Mapping[StaffId, str]
    named: Mapping[ResourceId, str]
    busy: Mapping[str, Sequence[conflicts.Busy]]
    away: Mapping[StaffId, Sequence[conflicts.Busy]]

    def rooms(self, add_on: AddOn, leg: Leg) -> tuple[Given, tuple[Reason, ...]]:
        """The rooms and devices that an add-on would be given, and what is in the way where one can't be (R20)."""
        legs = [*self.chain.legs, leg]
        place = len(legs) - 1
        rooms = Rooms(legs, [*([()] * place), add_on.needs], self.busy)
        wished: list[tuple[ResourceId, ...]] = [()] * len(legs)
        if rooms.settle(wished):
            return rooms.legs[place].given, ()
        reasons = tuple(Reason(Why.RESOURCE, misfit) for misfit in rooms.misfits(wished, self.named))
        return rooms.legs[place].given, reasons

    def people(self, add_on: AddOn, leg: Leg, *, first: bool) -> tuple[tuple[Free, ...], tuple[Reason, ...]]:
        """Who could do an add-on, the chain's last person first, then in the order of the staff list (R24).

        With `first` nobody is looked for beyond the first who is free.
        """
        able = [staff for staff in self.names if staff in add_on.skilled]
        if not able:
            return (), (Reason(Why.NOBODY, Refused("Nobody performs {service}.", service=add_on.name)),)
        last = self.chain.live[-1].leg.staff
        inside = {one.staff for one in self.chain.legs}
        alone = Span(leg.start, leg.end + timedelta(minutes=leg.turnaround))
        rooms = self._rooms_until(leg)
        free: list[Free] = []
        parts = []
        values: dict[str, Value] = {}
        for place, staff in enumerate(sorted(able, key=lambda one: one != last)):
            if free and first:
                break
            span = self._in_run(leg, staff) if staff in inside else alone
            if (hindrance := self._hindrance(staff, span)) is None:
                free.append(Free(staff, replace(leg, staff=staff), max(span.end, rooms)))
                continue
            template, more = hindrance
            parts.append(template.format(f"who{place}", *(f"{name}{place}" for name in more)))
            values |= {f"who{place}": self.names[staff], **{f"{name}{place}": value for name, value in more.items()}}
        if free:
            return tuple(free), ()
        return (), (Reason(Why.NOBODY, Refused(f"{', '.join(parts)}.", field="", **values)),)

    def _rooms_until(self, leg: Leg) -> datetime:
        """Until when a leg at the chain's end would take its rooms and devices."""
        if not leg.given:
            return leg.end
        times = holds([*self.chain.legs, leg])
        return max(times[NEW, resource_holder(resource)].end for _, resource in leg.given)

    def _in_run(self, leg: Leg, staff: StaffId) -> Span:
        """The time that a leg at the chain's end would take of somebody who is in the chain already (R26)."""
        return holds([*self.chain.legs, replace(leg, staff=staff)])[NEW, staff_holder(staff)]

    def _hindrance(self, staff: StaffId, span: Span) -> tuple[str, dict[str, Value]] | None:
        """What keeps somebody from a time, as words to be filled in; None where they are free (R20)."""
        clash = conflicts.first_clash(span, self.away[staff])
        shifts = self.around.shifts.get(staff, ())
        if not any(shift.overlaps(span) for shift in shifts):
            return "{{{}}} does not work", {}
        if clash is not None and clash.span.start <= span.start:
            return "{{{}}} is busy until {{{}}}", {"until": clash.span.end}
        if clash is not None:
            return "{{{}}} is busy from {{{}}} to {{{}}}", {"from": clash.span.start, "to": clash.span.end}
        if conflicts.covered(span, shifts):
            return None
        here = next(shift for shift in shifts if shift.overlaps(span))
        if here.end < span.end:
            return "{{{}}} works until {{{}}}", {"until": here.end}
        return "{{{}}} works from {{{}}}", {"from": here.start}
