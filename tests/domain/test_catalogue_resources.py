"""Rooms and devices: their list, what services need of them, and what rests on them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import catalogue, clients, staff, tables
from reception.domain.clients import ClientDraft
from reception.domain.errors import Invalid, NotAllowed, NotFound, Refused
from reception.domain.outcomes import Status
from reception.domain.tables.ids import ResourceId, ServiceId, StaffId
from reception.domain.tables.words import ResourceKind, Role
from reception.store import Store
from tests.clock import Clock
from tests.domain.registers import INES, MASSAGE, found, hire, visit


@pytest.fixture
def owner(store: Store) -> StaffId:
    return found(store)


@pytest.fixture
def massage(store: Store, owner: StaffId) -> ServiceId:
    return ServiceId(store.write(catalogue.add_service, MASSAGE, actor=owner).answer)


@pytest.fixture
def rooms(store: Store, owner: StaffId) -> list[ResourceId]:
    """Room 1, Room 2, and a laser."""
    kinds = {"Room 1": ResourceKind.ROOM, "Room 2": ResourceKind.ROOM, "Laser": ResourceKind.DEVICE}
    return [add(store, owner, name, kind) for name, kind in kinds.items()]


def add(store: Store, owner: StaffId, name: str, kind: ResourceKind) -> ResourceId:
    return ResourceId(store.write(catalogue.add_resource, name, kind, actor=owner).answer)


def names(store: Store) -> list[str]:
    return [one.name for one in store.read(catalogue.resources)]


def test_rooms_and_devices_keep_the_order_that_they_are_put_in(
    store: Store, owner: StaffId, rooms: list[ResourceId]
) -> None:
    assert names(store) == ["Room 1", "Room 2", "Laser"]
    store.write(catalogue.move_resource, rooms[2], 0, actor=owner)
    assert names(store) == ["Laser", "Room 1", "Room 2"]
    store.write(catalogue.retire_resource, rooms[0], actor=owner)
    store.write(catalogue.move_resource, rooms[2], 1, actor=owner)
    assert names(store) == ["Room 2", "Laser"]
    store.write(catalogue.restore_resource, rooms[0], actor=owner)
    assert names(store) == ["Room 2", "Laser", "Room 1"]


def test_a_resource_is_renamed_and_no_two_in_use_share_a_name(
    store: Store, owner: StaffId, rooms: list[ResourceId]
) -> None:
    store.write(catalogue.change_resource, rooms[0], " Quiet  room ", ResourceKind.ROOM, actor=owner)
    assert names(store)[0] == "Quiet room"
    with pytest.raises(Invalid, match="There is “Room 2” already"):
        store.write(catalogue.add_resource, "room 2", ResourceKind.DEVICE, actor=owner)
    store.write(catalogue.retire_resource, rooms[1], actor=owner)
    store.write(catalogue.add_resource, "room 2", ResourceKind.DEVICE, actor=owner)
    with pytest.raises(Invalid, match="already"):
        store.write(catalogue.restore_resource, rooms[1], actor=owner)


def test_a_need_names_one_or_several_that_will_do_in_order(
    store: Store, owner: StaffId, massage: ServiceId, rooms: list[ResourceId]
) -> None:  # R20
    one, two, laser = rooms
    store.write(catalogue.set_needs, massage, ((two, one), (laser,)), actor=owner)
    assert store.read(catalogue.needs, massage) == ((two, one), (laser,))
    assert [one.services for one in store.read(catalogue.resources)] == [("Massage 60",)] * 3

    store.write(catalogue.set_needs, massage, ((laser,), (one, two)), actor=owner)
    assert store.read(catalogue.needs, massage) == ((laser,), (one, two))

    store.write(catalogue.set_needs, massage, (), actor=owner)
    assert store.read(catalogue.needs, massage) == ()


def test_needs_that_cannot_be_are_refused(
    store: Store, owner: StaffId, massage: ServiceId, rooms: list[ResourceId]
) -> None:
    one, two, laser = rooms
    store.write(catalogue.retire_resource, laser, actor=owner)
    for wanted, sentence in (
        (((),), "names nothing that is in use"),
        (((one, two), (two,)), "Room 2 stands twice"),
        (((one, one),), "Room 1 stands twice"),
        (((laser,),), "Laser is retired"),
    ):
        with pytest.raises(Invalid, match=sentence) as refusal:
            store.write(catalogue.set_needs, massage, wanted, actor=owner)
        assert refusal.value.field == "needs"
    with pytest.raises(NotFound, match="isn't in the list"):
        store.write(catalogue.set_needs, massage, ((ResourceId(99),),), actor=owner)
    assert store.read(catalogue.needs, massage) == ()


def test_the_last_that_will_do_is_not_retired(
    store: Store, owner: StaffId, massage: ServiceId, rooms: list[ResourceId]
) -> None:
    one, two, laser = rooms
    store.write(catalogue.set_needs, massage, ((one, two), (laser,)), actor=owner)
    with pytest.raises(Refused, match="Nothing else will do for Massage 60"):
        store.write(catalogue.retire_resource, laser, actor=owner)
    store.write(catalogue.retire_resource, one, actor=owner)
    with pytest.raises(Refused, match="then retire Room 2"):
        store.write(catalogue.retire_resource, two, actor=owner)
    store.write(catalogue.set_needs, massage, ((one, two),), actor=owner)
    assert store.read(catalogue.needs, massage) == ((one, two),)


def test_a_service_comes_back_with_what_it_needs_only(
    store: Store, owner: StaffId, massage: ServiceId, rooms: list[ResourceId]
) -> None:
    store.write(catalogue.set_needs, massage, (tuple(rooms[:2]), (rooms[2],)), actor=owner)
    store.write(catalogue.retire_service, massage, actor=owner)
    store.write(catalogue.retire_resource, rooms[0], actor=owner)
    store.write(catalogue.retire_resource, rooms[2], actor=owner)
    with pytest.raises(Refused, match="Massage 60 needs Laser, which is retired"):
        store.write(catalogue.restore_service, massage, actor=owner)
    store.write(catalogue.restore_resource, rooms[2], actor=owner)
    store.write(catalogue.restore_service, massage, actor=owner)
    assert [one.id for one in store.read(catalogue.services)] == [massage]


def test_a_resource_tells_how_many_coming_visits_hold_it(
    store: Store, owner: StaffId, massage: ServiceId, rooms: list[ResourceId], clock: Clock
) -> None:
    ines = store.write(staff.add, replace(INES, skills=frozenset({massage})), actor=owner).answer
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=owner).answer
    store.write(visit, client, ines, massage, clock() + timedelta(days=1), Status.BOOKED, actor=owner)
    store.write(_take, rooms[0], actor=owner)
    assert [one.upcoming for one in store.read(catalogue.resources)] == [1, 0, 0]
    clock.forward(days=2)
    assert [one.upcoming for one in store.read(catalogue.resources)] == [0, 0, 0]


def _take(session: Session, room: ResourceId) -> None:
    """The room is taken by the only visit."""
    taken = session.scalars(select(tables.Occupancy)).one()
    session.add(
        tables.Occupancy(
            holder=f"resource:{room}", starts=taken.starts, ends=taken.ends, appointment_id=taken.appointment_id
        )
    )


@pytest.mark.parametrize("command", [catalogue.retire_resource, catalogue.restore_resource])
def test_a_resource_that_isnt_there_is_said(sqlite_store: Store, command: object) -> None:
    with pytest.raises(NotFound, match="Pick another"):
        sqlite_store.write(command, ResourceId(9), actor=found(sqlite_store))  # type: ignore[arg-type]


def test_the_desk_does_not_change_rooms(store: Store, owner: StaffId) -> None:
    desk = hire(store, Role.RECEPTIONIST)
    with pytest.raises(NotAllowed):
        store.write(catalogue.add_resource, "Room 9", ResourceKind.ROOM, actor=desk)
