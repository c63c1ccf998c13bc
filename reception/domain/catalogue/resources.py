"""Rooms and devices, and which of them services need (R20)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Text, cast, func, literal, select
from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.access import Act
from reception.domain.catalogue.checks import check_name, one_line
from reception.domain.catalogue.service import service_row
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.outcomes import UPCOMING
from reception.domain.tables.ids import ResourceId, ServiceId
from reception.domain.tables.words import ResourceKind

Need = tuple[ResourceId, ...]
"""One thing that a service needs: the rooms or devices that will do, in the order in which they are tried (R20)."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resource:
    """A room or a device, with how many visits to come it is held for and which services can use it."""

    id: ResourceId
    name: str
    kind: ResourceKind
    sort: int
    retired: bool
    upcoming: int
    services: tuple[str, ...]


def resources(session: Session, *, retired: bool = False) -> tuple[Resource, ...]:
    """The rooms and devices in the order of their list, in two statements; with `retired` the retired ones too."""
    table = tables.Resource
    query = select(*table.__table__.columns, _upcoming(session)).order_by(table.sort, table.id)
    if not retired:
        query = query.where(table.retired == 0)
    used = _used(session)
    return tuple(_resource(row, used.get(row.id, [])) for row in session.execute(query))


def add_resource(session: Session, name: str, kind: ResourceKind) -> ResourceId:
    """Put a room or a device at the end of the list."""
    access.require(session, Act.CATALOGUE)
    check_name(session, tables.Resource, name)
    last = session.scalar(select(func.max(tables.Resource.sort)))
    row = tables.Resource(name=one_line(name), kind=kind, sort=0 if last is None else last + 1)
    session.add(row)
    session.flush()
    return ResourceId(row.id)


def change_resource(session: Session, resource: ResourceId, name: str, kind: ResourceKind) -> None:
    """Change what a room or a device is called, or what it is."""
    access.require(session, Act.CATALOGUE)
    row = _row(session, resource)
    check_name(session, tables.Resource, name, resource)
    row.name, row.kind = one_line(name), kind


def retire_resource(session: Session, resource: ResourceId) -> None:
    """Give this room or device to no visit any more; those that hold it keep it.

    Refused where a service would be left with a need that nothing meets.
    """
    access.require(session, Act.CATALOGUE)
    row = _row(session, resource)
    _check_others_do(session, row)
    row.retired = True


def restore_resource(session: Session, resource: ResourceId) -> None:
    """Use a retired room or device again; Invalid where another has its name by now."""
    access.require(session, Act.CATALOGUE)
    row = _row(session, resource)
    check_name(session, tables.Resource, row.name, resource)
    row.retired = False


def move_resource(session: Session, resource: ResourceId, place: int) -> None:
    """Put a room or a device at another place of the list, 0 being the first among those in use."""
    access.require(session, Act.CATALOGUE)
    moved = _row(session, resource)
    rows = list(session.scalars(select(tables.Resource).order_by(tables.Resource.sort, tables.Resource.id)))
    others = [row for row in rows if row is not moved and not row.retired]
    retired = [row for row in rows if row is not moved and row.retired]
    others.insert(max(0, place), moved)
    for sort, row in enumerate([*others, *retired]):
        row.sort = sort


def needs(session: Session, service: ServiceId) -> tuple[Need, ...]:
    """What a service needs beside a person, retired alternatives included; the order of a need is that of trying."""
    table = tables.ResourceNeed
    query = (
        select(table.number, table.resource_id)
        .where(table.service_id == service)
        .order_by(table.number, table.place, table.id)
    )
    found: dict[int, list[ResourceId]] = {}
    for number, resource in session.execute(query):
        found.setdefault(number, []).append(ResourceId(resource))
    return tuple(tuple(need) for need in found.values())


def set_needs(session: Session, service: ServiceId, wanted: Sequence[Need]) -> None:
    """Say what a service needs from now on; visits that are booked keep what they were given (R20)."""
    access.require(session, Act.CATALOGUE)
    service_row(session, service)
    _check_wanted(session, wanted, {one for need in needs(session, service) for one in need})
    for row in session.scalars(select(tables.ResourceNeed).where(tables.ResourceNeed.service_id == service)):
        session.delete(row)
    session.flush()  # the database sees the old rows go before it compares the new ones with them
    session.add_all(
        tables.ResourceNeed(service_id=service, number=number, resource_id=resource, place=place)
        for number, need in enumerate(wanted, 1)
        for place, resource in enumerate(need)
    )


def _upcoming(session: Session) -> Any:
    """How many visits to come hold a resource."""
    visit, taken = tables.Appointment, tables.Occupancy
    holder = literal("resource:", Text).concat(cast(tables.Resource.id, Text))
    count = (
        select(func.count())
        .select_from(taken)
        .join(visit, visit.id == taken.appointment_id)
        .where(taken.holder == holder, taken.starts >= access.now(session) - _DAY)
        .where(visit.starts >= access.now(session), visit.status.in_(UPCOMING))
    )
    return count.correlate(tables.Resource).scalar_subquery().label("upcoming")


def _used(session: Session) -> dict[int, list[str]]:
    """The services in use by the resources that they can use."""
    need, service = tables.ResourceNeed, tables.Service
    query = (
        select(need.resource_id, service.name)
        .join(service, service.id == need.service_id)
        .where(service.retired == 0)
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for resource, name in session.execute(query):
        found.setdefault(resource, []).append(name)
    return found


def _resource(row: Any, services: Iterable[str]) -> Resource:
    return Resource(
        id=ResourceId(row.id),
        name=row.name,
        kind=row.kind,
        sort=row.sort,
        retired=row.retired,
        upcoming=row.upcoming,
        services=tuple(sorted(services, key=str.casefold)),
    )


def _row(session: Session, resource: ResourceId) -> tables.Resource:
    row = session.get(tables.Resource, resource)
    if row is None:
        raise NotFound("This room or device isn't in the list. Pick another.")
    return row


def _check_others_do(session: Session, row: tables.Resource) -> None:
    """Refused where a service in use has a need that nothing else in use meets."""
    need, service, other = tables.ResourceNeed, tables.Service, tables.Resource
    query = (
        select(need.service_id, need.number, service.name, other.id, other.retired)
        .join(service, service.id == need.service_id)
        .join(other, other.id == need.resource_id)
        .where(service.retired == 0)
        .order_by(need.service_id, need.number)
    )
    for _, rows in groupby(session.execute(query), key=_need):
        alternatives = {found.id: found for found in rows}
        own = alternatives.pop(row.id, None)
        if own is not None and all(found.retired for found in alternatives.values()):
            sentence = "Nothing else will do for {service}. Change what {service} needs, then retire {resource}."
            raise Refused(sentence, service=own.name, resource=row.name)


def _need(row: Any) -> tuple[int, int]:
    return row.service_id, row.number


def _check_wanted(session: Session, wanted: Sequence[Need], held: set[ResourceId]) -> None:
    rows = {ResourceId(row.id): row for row in session.scalars(select(tables.Resource))}
    seen = set[ResourceId]()
    for need in wanted:
        for resource in need:
            row = rows.get(resource) or _row(session, resource)
            if resource in seen:
                sentence = "{resource} stands twice in what is needed. Leave it once."
                raise Invalid(sentence, field="needs", resource=row.name)
            if row.retired and resource not in held:
                sentence = "{resource} is retired. Bring it back, or pick another."
                raise Invalid(sentence, field="needs", resource=row.name)
            seen.add(resource)
        if all(rows[resource].retired for resource in need):
            sentence = "One of the needs names nothing that is in use. Add a room or a device, or take the need away."
            raise Invalid(sentence, field="needs")
