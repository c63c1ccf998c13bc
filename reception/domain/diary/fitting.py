"""Whether a chain fits: people with their skills and shifts, rooms and devices, closures, other visits (R20, R21)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clock, conflicts, rota, tables
from reception.domain.access import Act
from reception.domain.diary.laying import Holds, Leg, holds, resource_holder, staff_holder, taken
from reception.domain.diary.reading import Setting
from reception.domain.diary.values import Placed
from reception.domain.errors import DomainError, Invalid, NotFound, Notice, Refused, Taken, Value
from reception.domain.outcomes import LIVE
from reception.domain.span import Span
from reception.domain.tables.ids import ResourceId, ServiceId, StaffId


@dataclass(slots=True)
class Fit:
    """Whether times fit: what refuses them, what needs a permission, what should be read."""

    refusal: DomainError | None = None
    needs: set[Act] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)

    def refuse(self, why: DomainError | None) -> None:
        """Keeps the first reason: the first misfit is named (R18)."""
        self.refusal = self.refusal or why


def allow(session: Session, fit: Fit, reason: str) -> None:
    """Raises what refuses; asks for the permissions and the reason that are needed."""
    if fit.refusal is not None:
        raise fit.refusal
    for act in sorted(fit.needs):
        access.require(session, act)
    if fit.needs and not reason.strip():
        raise Invalid("Type a reason; it is kept with the visit.", field="reason")


def skilled(session: Session, staff: int, service: tables.Service, name: str, fit: Fit) -> None:
    """Refuses somebody who doesn't perform the service (R21)."""
    found = select(exists().where(tables.Skill.staff_id == staff, tables.Skill.service_id == service.id))
    if not session.scalar(found):
        fit.refuse(
            Refused(
                "{who} doesn't perform {service}. Choose somebody who does.",
                field="staff",
                who=name,
                service=service.name,
            )
        )


def names_of(session: Session, people: Iterable[StaffId]) -> dict[StaffId, str]:
    """The names of people who see clients; Refused for one who doesn't any more."""
    query = select(tables.Staff.id, tables.Staff.name, tables.Staff.works, tables.Staff.retired)
    found = {}
    for id_, name, works, retired in session.execute(query.where(tables.Staff.id.in_(set(people)))):
        if retired or not works:
            raise Refused("{who} doesn't see clients any more. Choose somebody who does.", field="staff", who=name)
        found[StaffId(id_)] = name
    if set(people) - set(found):
        raise NotFound("That staff member is no longer there. Choose another.", field="staff")
    return found


def in_time(
    session: Session,
    own: Setting,
    chain: Sequence[Leg],
    names: Mapping[StaffId, str],
    fit: Fit,
    *,
    group: int | None = None,
) -> Holds:
    """Holds a chain's people against other visits, time off, shifts, closures and opening hours; gives its times."""
    times = holds(chain)
    whole = _whole(times)
    first, last = clock.local_date(whole.start, own.zone), clock.local_date(whole.end, own.zone)
    people = sorted(names)
    working = rota.spans(session, people, first, last, own.zone)
    closed = [conflicts.Busy(span, words) for span, words in rota.closed(session, first, last, own.zone)]
    visits = taken(session, {staff_holder(one) for one in people}, whole, besides=group)
    offs = rota.offs(session, people, whole)
    for leg in chain:
        person, holder = StaffId(leg.staff), staff_holder(leg.staff)
        span, name = times[leg.key, holder], names[person]
        fit.refuse(_busy(name, conflicts.first_clash(span, visits.get(holder, ()))))
        fit.refuse(_away(name, next((one for one in offs if one.staff == person and one.span.overlaps(span)), None)))
        if shut := conflicts.first_clash(span, closed):
            fit.needs.add(Act.OUTSIDE_SHIFT)
            fit.notices.append(Notice("The clinic is closed then: {words}.", words=shut.word))
        elif not conflicts.covered(span, working.get(person, ())):
            fit.needs.add(Act.OUTSIDE_SHIFT)
            fit.notices.append(_hours(name, first, working.get(person, ()), own))
    _opening(session, own, whole, fit)
    return times


def _whole(times: Holds) -> Span:
    return Span(min(span.start for span in times.values()), max(span.end for span in times.values()))


def _busy(name: str, clash: conflicts.Busy | None) -> DomainError | None:
    if clash is None:
        return None
    return Taken(
        "{who} is busy with {client} from {start} to {end}. Choose another time or somebody else.",
        field="time",
        who=name,
        client=clash.word,
        start=clash.span.start,
        end=clash.span.end,
    )


def _away(name: str, off: rota.Off | None) -> DomainError | None:
    if off is None:
        return None
    return Refused(
        "{who} is away then: {words}, {start} to {end}. Choose another time, or change the block first.",
        field="time",
        who=name,
        words=off.words or "time off",
        start=off.span.start,
        end=off.span.end,
    )


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


def past(own: Setting, start: datetime, fit: Fit) -> None:
    """Earlier days need a permission and a reason; earlier today doesn't (R20)."""
    day = clock.local_date(start, own.zone)
    if day < own.today:
        fit.needs.add(Act.PAST_DAY)
        fit.notices.append(Notice("{day} has passed.", day=day))


def client_busy(session: Session, client: tables.Client, span: Span, fit: Fit, group: int | None = None) -> None:
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


@dataclass(frozen=True, slots=True)
class Needing:
    """A leg of a chain with what its service needs, and the rooms and devices that the desk would like for it."""

    leg: Leg
    service: ServiceId
    wished: tuple[ResourceId, ...] = ()


def place(
    session: Session, chain: Sequence[Needing], fit: Fit, *, group: int | None = None
) -> tuple[list[Leg], dict[int, tuple[Placed, ...]]]:
    """Gives every leg its rooms and devices: what was wished, what the chain is in already, then list order (R20).

    Where a need can't be met, the first misfit is named and the leg goes without.
    """
    needs = [catalogue.needs(session, one.service) for one in chain]
    legs = [replace(one.leg, given=()) for one in chain]
    if not any(needs):
        return legs, {}
    names = {one.id: one.name for one in catalogue.resources(session)}
    times = holds(legs)
    whole = Span(min(span.start for span in times.values()), max(span.end for span in times.values()) + conflicts.MAX)
    holders = {resource_holder(resource) for each in needs for need in each for resource in need}
    able = [[tuple(resource for resource in need if resource in names) for need in each] for each in needs]
    rooms = Rooms(legs, able, taken(session, holders, whole, besides=group))
    wished = [one.wished for one in chain]
    if not rooms.settle(wished):
        for misfit in rooms.misfits(wished, names):
            fit.refuse(misfit)
    return rooms.legs, {leg.key: _told(leg, able[index], names) for index, leg in enumerate(rooms.legs) if leg.given}


def _told(leg: Leg, able: Sequence[Sequence[ResourceId]], names: Mapping[ResourceId, str]) -> tuple[Placed, ...]:
    """What a leg was given, need by need, with what else would do."""
    return tuple(
        Placed(number, mine, names[mine], tuple((way, names[way]) for way in able[number - 1] if way != mine))
        for number, mine in leg.given
    )


@dataclass(slots=True)
class Rooms:
    """A chain while rooms and devices are given to it, and what is taken already."""

    legs: list[Leg]
    needs: Sequence[Sequence[Sequence[ResourceId]]]
    busy: Mapping[str, Collection[conflicts.Busy]]

    def ways(self, index: int, able: Sequence[ResourceId], wished: Sequence[ResourceId]) -> tuple[ResourceId, ...]:
        """What could serve a need, the best first; a resource serves one need of an appointment only."""
        mine = {resource for _, resource in self.legs[index].given}
        if wish := [one for one in wished if one in able]:
            return tuple(one for one in wish if one not in mine)
        had = [resource for leg in reversed(self.legs[:index]) for _, resource in leg.given]
        ordered = dict.fromkeys([*(one for one in had if one in able), *able])
        return tuple(one for one in ordered if one not in mine)

    def clash(self, index: int, resource: ResourceId) -> conflicts.Busy | None:
        """What is in the way of a resource, taking it that the chain stays in it for as long as it can (R26)."""
        stay = list(self.legs)
        for later in range(index, len(stay)):
            if later > index and not any(resource in need for need in self.needs[later]):
                break
            stay[later] = replace(stay[later], given=(*stay[later].given, (0, resource)))
        holder = resource_holder(resource)
        return conflicts.first_clash(holds(stay)[stay[index].key, holder], self.busy.get(holder, ()))

    def give(self, index: int, number: int, resource: ResourceId) -> None:
        """Gives a leg a resource for one of its needs."""
        leg = self.legs[index]
        self.legs[index] = replace(leg, given=(*leg.given, (number, resource)))

    def settle(self, wished: Sequence[Sequence[ResourceId]]) -> bool:
        """Gives every leg what it needs, the best first, so that all of it is free with its turnarounds (R20, R26).

        Where that can't be done nothing is given.
        """
        needs = [(index, number) for index, each in enumerate(self.needs) for number in range(1, len(each) + 1)]
        return self._settle(needs, wished)

    def _settle(self, needs: Sequence[tuple[int, int]], wished: Sequence[Sequence[ResourceId]]) -> bool:
        if not needs:
            return self._overlap() is None
        index, number = needs[0]
        before = self.legs[index]
        for way in self.ways(index, self.needs[index][number - 1], wished[index]):
            if self.clash(index, way) is None:
                self.give(index, number, way)
                if self._settle(needs[1:], wished):
                    return True
                self.legs[index] = before
        return False

    def _overlap(self) -> tuple[ResourceId, conflicts.Busy] | None:
        """A resource whose turnaround comes back where the chain has left it, and what that runs into (R26)."""
        times = holds(self.legs)
        for leg, need in zip(self.legs, self.needs, strict=True):
            for _, resource in leg.given if need else ():
                holder = resource_holder(resource)
                if clash := conflicts.first_clash(times[leg.key, holder], self.busy.get(holder, ())):
                    return resource, clash
        return None

    def misfits(self, wished: Sequence[Sequence[ResourceId]], names: Mapping[ResourceId, str]) -> Iterator[DomainError]:
        """Why not every need can be met, the first misfit first; what can be given is given."""
        for index, each in enumerate(self.needs):
            for number, need in enumerate(each, 1):
                ways = self.ways(index, need, wished[index])
                clashes = {way: self.clash(index, way) for way in ways}
                free = next((way for way, clash in clashes.items() if clash is None), None)
                if free is not None:
                    self.give(index, number, free)
                    continue
                yield no_room([(names[way], clash) for way, clash in clashes.items() if clash is not None])
        if found := self._overlap():
            yield no_room([(names[found[0]], found[1])])


def no_room(clashes: Sequence[tuple[str, conflicts.Busy]]) -> DomainError:
    """Names every room or device that would do, and until when it is taken."""
    if not clashes:
        return Refused(
            "No room or device is left that this service could use. Add one in the catalogue, or change its needs.",
            field="time",
        )
    values: dict[str, Value] = {}
    parts = []
    for number, (name, clash) in enumerate(clashes):
        parts.append(f"{{name{number}}} is taken until {{until{number}}}")
        values |= {f"name{number}": name, f"until{number}": clash.span.end}
    return Taken(f"{', '.join(parts)}. Choose another time.", field="time", **values)
