"""What waits for somebody to decide: visits, and add-ons that aren't in one yet, that answers block or flag (R34)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from reception.domain import access, catalogue, clock, tables
from reception.domain.gates import Effect
from reception.domain.outcomes import LIVE, Status
from reception.domain.screening.books import open_books
from reception.domain.screening.gate import UNTREATED
from reception.domain.screening.values import Denied, Hit, Task, Verdict
from reception.domain.screening.weighing import Wish, weigh
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ServiceId, StaffId
from reception.domain.tables.words import Bookable, TaskKind


@dataclass(frozen=True, slots=True)
class Part:
    """One live appointment of a coming-in."""

    appointment: AppointmentId
    client: ClientId
    service: ServiceId
    staff: StaffId
    status: Status
    start: datetime
    end: datetime


def tasks(session: Session, group: GroupId | None = None) -> tuple[Task, ...]:
    """The visits to come, or whose client waits, that answers still block or flag, and the add-ons that a clinician was
    asked about and that could still join, of all comings-in or of one; the earliest first. One task for each, whoever
    was asked last named on it (R34).
    """
    raised = [*_of_visits(session, group), *_of_add_ons(session, group)]
    if not raised:
        return ()
    denials = _denials(session, {one.wish.group for one in raised})
    books = open_books(session, {one.wish.client for one in raised}, {one.wish.service for one in raised})
    found = []
    for one in raised:
        if hits := _stopping(weigh(books, one.wish)):
            said = denials.get((one.wish.group, one.wish.service))
            # A no is to what was asked and answered before it; nobody else tells of newer answers about an add-on.
            since = max(one.n, *(books.by_id[hit.response].n for hit in hits))
            found.append(one.task(hits[0], said[1] if said is not None and said[0] > since else None))
    return tuple(sorted(found, key=lambda task: (task.start, task.appointment, task.add_on)))


def chain(session: Session, group: GroupId) -> tuple[Part, ...]:
    """The live appointments of a coming-in, in their order; none where nothing of it stands."""
    return _chains(session, [group]).get(group, ())


def to_come(parts: Sequence[Part], now: datetime) -> bool:
    """Whether something can still join a coming-in: it stands, and hasn't started (R24)."""
    return bool(parts) and now < parts[0].start and all(one.status in UNTREATED for one in parts)


def begins(parts: Sequence[Part], service: ServiceId) -> datetime:
    """When a service begins in a coming-in; one that isn't there yet would join at its end."""
    return next((one.start for one in parts if one.service == service), parts[-1].end)


def linked(service: Any, group: Any) -> Select[int]:
    """The links by which an add-on hangs on a base of a coming-in that is still to come; those that sleep are none."""
    link, visit, base, own = tables.AddOnLink, tables.Appointment, aliased(tables.Service), aliased(tables.Service)
    return (
        select(link.id)
        .join(visit, visit.service_id == link.base_id)
        .join(base, base.id == link.base_id)
        .join(own, own.id == link.add_on_id)
        .where(link.add_on_id == service, visit.group_id == group)
        .where(visit.base_id.is_(None), visit.status.in_(UNTREATED), base.bookable != Bookable.ADD_ON)
        .where(own.retired == 0, own.bookable.in_(catalogue.AS_ADD_ON))
    )


@dataclass(slots=True)
class _Raised:
    """A task as it was raised; `n` is the newest command that did."""

    wish: Wish
    appointment: AppointmentId
    client_name: str
    service_name: str
    staff: StaffId
    start: datetime
    add_on: bool = False
    n: int = 0
    asked: str = ""
    asked_id: StaffId | None = None
    asked_at: datetime | None = None

    def take(self, row: Any) -> None:
        """Takes note of one more time that it was raised; whoever was asked last stays named."""
        self.n = max(self.n, row.n)
        if row.asked_id is not None:
            self.asked, self.asked_id, self.asked_at = row.asked, StaffId(row.asked_id), row.at

    def task(self, hit: Hit, denied: Denied | None) -> Task:
        found = TaskKind.BLOCKED if hit.effect is Effect.BLOCK else TaskKind.REVIEW
        assert self.wish.group is not None
        return Task(
            kind=TaskKind.ASKED if self.asked else found,
            appointment=self.appointment,
            group=self.wish.group,
            client=ClientId(self.wish.client),
            client_name=self.client_name,
            service=self.wish.service,
            service_name=self.service_name,
            staff=self.staff,
            start=self.start,
            response=hit.response,
            words=hit.staff_message,
            asked=self.asked,
            asked_id=self.asked_id,
            asked_at=self.asked_at,
            add_on=self.add_on,
            denied=denied,
        )


def _stopping(verdict: Verdict) -> Sequence[Hit]:
    """The answers that stop a service, the leading one first; none where it may go ahead, or only a form is due."""
    if not verdict.refuses:
        return ()
    return [hit for hit in verdict.hits if not hit.cleared and hit.effect is not Effect.NOTE]


def _of_visits(session: Session, group: GroupId | None) -> Iterable[_Raised]:
    """The visits to come that somebody was told of."""
    task, visit = tables.ScreeningTask, tables.Appointment
    client, service, asked = tables.Client, tables.Service, tables.Staff
    zone = session.execute(select(tables.Clinic.zone)).scalar()
    if zone is None:
        return ()
    today = clock.local_date(access.now(session), clock.zone(zone))
    query = (
        select(visit.id, visit.group_id, visit.client_id, visit.service_id, visit.staff_id, visit.starts, visit.day)
        .add_columns(client.name.label("client_name"), service.name.label("service_name"))
        .add_columns(task.n, task.at, task.asked_id, asked.name.label("asked"))
        .join_from(task, visit, visit.id == task.appointment_id)
        .join(client, client.id == visit.client_id)
        .join(service, service.id == visit.service_id)
        .outerjoin(asked, asked.id == task.asked_id)
        .where(visit.status.in_(UNTREATED), visit.day >= today)
        .order_by(task.n, task.id)
    )
    found: dict[int, _Raised] = {}
    for row in session.execute(query if group is None else query.where(visit.group_id == group)):
        wish = Wish(row.client_id, ServiceId(row.service_id), row.day, GroupId(row.group_id))
        named = AppointmentId(row.id), row.client_name, row.service_name, StaffId(row.staff_id), row.starts
        found.setdefault(row.id, _Raised(wish, *named)).take(row)
    return found.values()


def _of_add_ons(session: Session, group: GroupId | None) -> Iterator[_Raised]:
    """The add-ons that a clinician was asked about and that could still join their coming-in (R24)."""
    rows: dict[tuple[GroupId, int], list[Any]] = defaultdict(list)
    for row in session.execute(_asked_about(group)):
        rows[GroupId(row.group_id), row.service_id].append(row)
    if not rows:
        return
    now = access.now(session)
    chains = _chains(session, {of for of, _ in rows})
    zone = clock.zone(session.execute(select(tables.Clinic.zone)).scalar_one())
    for (of, service), own in rows.items():
        parts = chains.get(of, ())
        if not to_come(parts, now) or any(one.service == service for one in parts):
            continue
        end = parts[-1].end
        wish = Wish(parts[0].client, ServiceId(service), clock.local_date(end, zone), of)
        names = own[0].client_name, own[0].service_name
        raised = _Raised(wish, parts[0].appointment, *names, parts[-1].staff, end, add_on=True)
        for row in own:
            raised.take(row)
        yield raised


def _asked_about(group: GroupId | None) -> Select[*tuple[Any, ...]]:
    task, coming = tables.AddOnTask, tables.Group
    client, service, asked = tables.Client, tables.Service, tables.Staff
    sold = select(tables.Clinic.id).where(tables.Clinic.add_ons == 1)
    query = (
        select(task.group_id, task.service_id, client.name.label("client_name"), service.name.label("service_name"))
        .add_columns(task.n, task.at, task.asked_id, asked.name.label("asked"))
        .join_from(task, coming, coming.id == task.group_id)
        .join(client, client.id == coming.client_id)
        .join(service, service.id == task.service_id)
        .join(asked, asked.id == task.asked_id)
        .order_by(task.n, task.id)
    )
    query = query.where(linked(task.service_id, task.group_id).exists(), sold.exists())
    return query if group is None else query.where(task.group_id == group)


def _chains(session: Session, groups: Iterable[GroupId]) -> Mapping[GroupId, tuple[Part, ...]]:
    """The live appointments of some comings-in, in their order."""
    visit = tables.Appointment
    query = (
        select(visit.group_id, visit.id, visit.client_id, visit.service_id)
        .add_columns(visit.staff_id, visit.status, visit.starts, visit.minutes)
        .where(visit.group_id.in_(sorted(groups)), visit.status.in_(LIVE))
        .order_by(visit.starts, visit.id)
    )
    found: dict[GroupId, list[Part]] = defaultdict(list)
    for group, id_, client, service, staff, status, start, minutes in session.execute(query):
        end = start + timedelta(minutes=minutes)
        found[GroupId(group)].append(
            Part(
                AppointmentId(id_),
                ClientId(client),
                ServiceId(service),
                StaffId(staff),
                status,
                start,
                end,
            )
        )
    return {group: tuple(parts) for group, parts in found.items()}


def _denials(session: Session, groups: Iterable[GroupId | None]) -> dict[tuple[int | None, int], tuple[int, Denied]]:
    """The newest no to each service of some comings-in, and the command that said it."""
    denial, said, who = tables.Denial, tables.LogRow, tables.Staff
    query = (
        select(denial.group_id, denial.service_id, denial.n, who.name, denial.at, denial.words)
        .join_from(denial, said, said.n == denial.n)
        .join(who, who.id == said.actor)
        .where(denial.group_id.in_(groups))
        .order_by(denial.n)
    )
    return {
        (group, service): (n, Denied(name, at, words)) for group, service, n, name, at, words in session.execute(query)
    }
