from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from reception.domain import catalogue, clients, staff
from reception.domain.clients import ClientDraft
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.outcomes import Status
from reception.domain.tables.ids import ServiceId, StaffId
from reception.domain.tables.words import Role
from reception.store import Store
from tests.clock import Clock
from tests.domain.registers import INES, MASSAGE, found, visit


@pytest.fixture
def owner(store: Store) -> StaffId:
    return found(store)


@pytest.fixture
def massage(store: Store, owner: StaffId) -> ServiceId:
    return ServiceId(store.write(catalogue.add_service, MASSAGE, actor=owner).answer)


@pytest.fixture
def ines(store: Store, owner: StaffId, massage: ServiceId) -> StaffId:
    return StaffId(store.write(staff.add, replace(INES, skills=frozenset({massage})), actor=owner).answer)


def skills(store: Store, person: StaffId) -> frozenset[ServiceId]:
    (found_skills,) = (one.skills for one in store.read(staff.people) if one.id == person)
    return found_skills


def test_a_person_reads_back_as_typed(store: Store, ines: StaffId, massage: ServiceId) -> None:
    _, person = store.read(staff.people)
    assert (person.id, person.name, person.line, person.role) == (ines, "Ines Lund", "Physio", Role.PRACTITIONER)
    assert (person.clinical, person.works, person.retired) == (True, True, False)
    assert (person.skills, person.upcoming) == (frozenset({massage}), 0)


def test_new_people_stand_at_the_end_until_the_list_is_reordered(store: Store, owner: StaffId, ines: StaffId) -> None:
    ben = store.write(staff.add, replace(INES, name="Ben Moss"), actor=owner).answer
    assert [one.id for one in store.read(staff.people)] == [owner, ines, ben]
    store.write(staff.reorder, (ben, owner), actor=owner)
    assert [one.id for one in store.read(staff.people)] == [ben, owner, ines]
    cy = store.write(staff.add, replace(INES, name="Cy Ray"), actor=owner).answer
    assert [one.id for one in store.read(staff.people)] == [ben, owner, ines, cy]


def test_a_change_replaces_skills(store: Store, owner: StaffId, ines: StaffId, massage: ServiceId) -> None:  # R21
    laser = store.write(catalogue.add_service, replace(MASSAGE, name="Laser"), actor=owner).answer
    store.write(staff.change, ines, replace(INES, name="Ines Berg", skills=frozenset({laser})), actor=owner)
    assert skills(store, ines) == {laser}
    assert "Ines Berg" in [one.name for one in store.read(staff.people)]


def test_a_skill_comes_back_with_its_service(
    store: Store, owner: StaffId, ines: StaffId, massage: ServiceId
) -> None:  # R21
    store.write(catalogue.retire_service, massage, actor=owner)
    assert skills(store, ines) == frozenset()
    store.write(staff.change, ines, INES, actor=owner)
    store.write(catalogue.restore_service, massage, actor=owner)
    assert skills(store, ines) == {massage}


@pytest.mark.parametrize(
    ("changed", "field"), [({"name": " "}, "name"), ({"skills": frozenset({ServiceId(99)})}, "skills")]
)
def test_a_person_who_cant_be_is_said_beside_the_field(
    sqlite_store: Store, changed: dict[str, Any], field: str
) -> None:
    owner = found(sqlite_store)
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(staff.add, replace(INES, **changed), actor=owner)
    assert refusal.value.field == field
    assert len(sqlite_store.read(staff.people)) == 1


def test_somebody_with_visits_to_come_can_leave_and_come_back(
    store: Store, owner: StaffId, ines: StaffId, massage: ServiceId, clock: Clock
) -> None:  # R20
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=owner).answer
    for days, status in ((1, Status.BOOKED), (2, Status.CONFIRMED), (3, Status.CANCELLED), (-1, Status.BOOKED)):
        store.write(visit, client, ines, massage, clock() + timedelta(days=days), status, actor=owner)
    store.write(staff.retire, ines, actor=owner)
    assert ines not in [one.id for one in store.read(staff.people)]
    (left,) = (one for one in store.read(staff.people, retired=True) if one.id == ines)
    assert (left.retired, left.upcoming) == (True, 2)
    store.write(staff.restore, ines, actor=owner)
    assert ines in [one.id for one in store.read(staff.people)]


def test_one_owner_remains(store: Store, owner: StaffId, ines: StaffId) -> None:
    with pytest.raises(Refused, match="Olive Owen is the only owner"):
        store.write(staff.retire, owner, actor=owner)
    with pytest.raises(Refused, match="Olive Owen is the only owner"):
        store.write(staff.change, owner, replace(INES, role=Role.MANAGER), actor=owner)
    store.write(staff.change, ines, replace(INES, role=Role.OWNER), actor=owner)
    store.write(staff.retire, owner, actor=owner)
    assert [one.id for one in store.read(staff.people)] == [ines]


def test_an_owner_who_left_doesnt_count_as_one(store: Store, owner: StaffId) -> None:
    second = store.write(staff.add, replace(INES, role=Role.OWNER), actor=owner).answer
    store.write(staff.retire, second, actor=owner)
    with pytest.raises(Refused, match="only owner"):
        store.write(staff.retire, owner, actor=owner)


@pytest.mark.parametrize("command", [staff.retire, staff.restore])
def test_somebody_who_isnt_there_is_said(sqlite_store: Store, command: Any) -> None:
    with pytest.raises(NotFound, match="Pick another"):
        sqlite_store.write(command, StaffId(9), actor=found(sqlite_store))


def test_an_order_names_people_of_the_list(sqlite_store: Store) -> None:
    with pytest.raises(NotFound, match="Open the list again"):
        sqlite_store.write(staff.reorder, (StaffId(9),), actor=found(sqlite_store))
