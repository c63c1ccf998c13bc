"""Free time: when somebody could perform a service, and what is in the way (R20)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import clock, conflicts, rota, tables
from reception.domain.diary import laying
from reception.domain.diary.reading import setting
from reception.domain.diary.values import Slot
from reception.domain.span import Span
from reception.domain.tables.ids import ServiceId, StaffId


def free(
    session: Session, service: ServiceId, since: date, days: int, staff: StaffId | None = None, limit: int = 30
) -> tuple[Slot, ...]:
    """Free starts for a service from a day on, the earliest first; with one person or with any who has the skill."""
    own = setting(session)
    offered = session.get_one(tables.Service, service)
    people = _skilled(session, service, staff)
    last = since + timedelta(days=days - 1)
    search = Span(
        max(clock.at_local(since, 0, own.zone), _quarter(own.now)), clock.at_local(last, clock.MIDNIGHT, own.zone)
    )
    need = timedelta(minutes=offered.minutes + offered.turnaround)
    working = rota.spans(session, list(people), since, last, own.zone)
    busy = _busy(session, list(people), Span(search.start, search.end + conflicts.MAX), own.zone)
    found = [
        Slot(person, name, start)
        for person, name in people.items()
        for start in conflicts.free(
            search, working.get(person, ()), busy.get(person, ()), need=need, step=timedelta(minutes=15)
        )
    ]
    order = {person: place for place, person in enumerate(people)}
    return tuple(sorted(found, key=lambda slot: (slot.start, order[slot.staff]))[:limit])


def _busy(
    session: Session, staff: Sequence[StaffId], span: Span, zone: ZoneInfo
) -> dict[StaffId, list[conflicts.Busy]]:
    """What is in the way of each of these people: visits, time off, blocks, closures."""
    visits = laying.taken(session, [laying.staff_holder(one) for one in staff], span)
    found = {one: visits.get(laying.staff_holder(one), []) for one in staff}
    for off in rota.offs(session, staff, span):
        found[off.staff].append(conflicts.Busy(off.span, off.words))
    first, last = clock.local_date(span.start, zone), clock.local_date(span.end, zone)
    for shut, words in rota.closed(session, first, last, zone):
        for person in staff:
            found[person].append(conflicts.Busy(shut, words))
    return found


def _skilled(session: Session, service: ServiceId, staff: StaffId | None) -> dict[StaffId, str]:
    s = tables.Staff
    query = (
        select(s.id, s.name)
        .join(tables.Skill, tables.Skill.staff_id == s.id)
        .where(tables.Skill.service_id == service, s.works == 1, s.retired == 0)
        .order_by(s.sort, s.id)
    )
    if staff is not None:
        query = query.where(s.id == staff)
    return {StaffId(id_): name for id_, name in session.execute(query)}


def _quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    quarter = timedelta(minutes=15)
    return datetime.min.replace(tzinfo=UTC) + -((datetime.min.replace(tzinfo=UTC) - at) // quarter) * quarter
