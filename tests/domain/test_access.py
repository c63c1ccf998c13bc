from typing import Any

import pytest
from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clients, forms, rota, screening, staff
from reception.domain.access import Act
from reception.domain.clients import ClientDraft
from reception.domain.errors import NotAllowed
from reception.domain.ledger import Starts, Validity
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney, Policy, Who
from reception.domain.span import Span
from reception.domain.tables.ids import ServiceId, StaffId
from reception.domain.tables.words import Role
from reception.store import Store
from tests.clock import OPENING
from tests.domain.registers import CLINIC, INES, MASSAGE, found, hire

POLICY = Policy(24, OnCredit.RETURN, OnCredit.RETURN, OnMoney.NOTHING, OnMoney.NOTHING, Money(0), Money(0))
COURSE = catalogue.ProductDraft("Course", ServiceId(1), 6, Money(480_00), Validity(None, 0, Starts.PURCHASE))
TODAY = OPENING.date()
LUNCH = Span(OPENING, OPENING.replace(hour=9))

COMMANDS: list[tuple[Act, Any, tuple[Any, ...], dict[str, Any]]] = [
    (Act.CLIENTS, clients.add, (ClientDraft("Bea Jones"),), {}),
    (Act.CLIENTS, clients.change, (1, ClientDraft("Bea Jones")), {}),
    (Act.CATALOGUE, catalogue.add_service, (MASSAGE,), {}),
    (Act.CATALOGUE, catalogue.change_service, (1, MASSAGE), {}),
    (Act.CATALOGUE, catalogue.retire_service, (1,), {}),
    (Act.CATALOGUE, catalogue.restore_service, (1,), {}),
    (Act.CATALOGUE, catalogue.add_product, (COURSE,), {}),
    (Act.CATALOGUE, catalogue.change_product, (1, COURSE), {}),
    (Act.CATALOGUE, catalogue.retire_product, (1,), {}),
    (Act.CATALOGUE, catalogue.restore_product, (1,), {}),
    (Act.CLINIC, catalogue.found, (CLINIC, "Somebody"), {}),
    (Act.CLINIC, catalogue.set_clinic, (CLINIC,), {}),
    (Act.CLINIC, catalogue.set_policy, (POLICY, 7), {}),
    (Act.CLINIC, catalogue.set_plan, (), {"packages": False, "add_ons": False}),
    (Act.CLINIC, catalogue.add_reason, ("Flood", Who.CLINIC, False), {}),
    (Act.CLINIC, catalogue.retire_reason, (1,), {}),
    (Act.STAFF, staff.add, (INES,), {}),
    (Act.STAFF, staff.change, (1, INES), {}),
    (Act.STAFF, staff.retire, (1,), {}),
    (Act.STAFF, staff.restore, (1,), {}),
    (Act.STAFF, staff.reorder, ((1,),), {}),
    (Act.ROTA, rota.set_weekly, (1, ()), {}),
    (Act.ROTA, rota.set_exception, (1, TODAY, ()), {}),
    (Act.ROTA, rota.clear_exception, (1, TODAY), {}),
    (Act.ROTA, rota.add_off, (1, LUNCH), {"block": True, "words": "Lunch"}),
    (Act.ROTA, rota.remove_off, (1,), {}),
    (Act.ROTA, rota.add_closure, (TODAY, None, None, ""), {}),
    (Act.ROTA, rota.remove_closure, (1,), {}),
    (Act.FORMS, forms.publish, (b"{}",), {}),
    (Act.FORMS, forms.retire, (1,), {}),
    (Act.FORMS, forms.restore, (1,), {}),
    (Act.SCREENING_RULES, screening.set_requirements, (1, ()), {}),
    (Act.SCREENING_RULES, screening.add_rule, (None,), {}),
    (Act.SCREENING_RULES, screening.change_rule, (1, None), {}),
    (Act.SCREENING_RULES, screening.retire_rule, (1,), {}),
]
REFUSED = [
    pytest.param(role, *command, id=f"{role}-{command[1].__name__}")
    for role in Role
    for command in COMMANDS
    if not access.may(role, command[0])
]


@pytest.mark.parametrize(("role", "act", "command", "given", "named"), REFUSED)
def test_a_role_that_may_not_is_refused(
    sqlite_store: Store, role: Role, act: Act, command: Any, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    found(sqlite_store)
    person = hire(sqlite_store, role)
    with pytest.raises(NotAllowed, match=f"as {role}") as refusal:
        sqlite_store.write(command, *given, actor=person, **named)
    assert refusal.value.act == act


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OWNER])
def test_managers_and_owners_may_do_everything_but_clear(role: Role) -> None:
    assert {act for act in Act if not access.may(role, act)} == {Act.CLEAR}


@pytest.mark.parametrize("role", list(Role))
def test_who_is_clinical_may_clear_whatever_their_role(role: Role) -> None:
    # R33
    assert access.may(role, Act.CLEAR, clinical=True)
    assert not access.may(role, Act.CLEAR)
    assert access.may(role, Act.CLINIC, clinical=True) == access.may(role, Act.CLINIC)


@pytest.mark.parametrize("act", [Act.ATTACH, Act.ANSWER, Act.PAY_OUT])
def test_what_a_receptionist_may(act: Act) -> None:
    assert access.may(Role.RECEPTIONIST, act)


@pytest.mark.parametrize(
    "act",
    [
        Act.OUTSIDE_SHIFT,
        Act.PAST_DAY,
        Act.REVERSE,
        Act.EXTEND,
        Act.TRANSFER,
        Act.GOODWILL,
        Act.OVERRIDE,
        Act.CATALOGUE,
        Act.STAFF,
        Act.ROTA,
        Act.CLINIC,
        Act.FORMS,
        Act.SCREENING_RULES,
    ],
)
def test_what_a_receptionist_may_not(act: Act) -> None:
    assert not access.may(Role.RECEPTIONIST, act)


def test_a_practitioner_may_change_statuses_and_hand_in_forms_only() -> None:
    assert {act for act in Act if access.may(Role.PRACTITIONER, act)} == {Act.STATUS, Act.ANSWER}


def test_a_practitioner_changes_statuses_in_their_own_column_only(sqlite_store: Store) -> None:
    owner = found(sqlite_store)
    ines = sqlite_store.write(staff.add, INES, actor=owner).answer
    sqlite_store.write(_receive, ines, actor=ines)
    with pytest.raises(NotAllowed, match="own column"):
        sqlite_store.write(_receive, owner, actor=ines)


def _receive(session: Session, person: StaffId) -> None:
    access.require_own(session, Act.STATUS, person)


def test_a_receptionist_keeps_the_clients_records(store: Store) -> None:
    found(store)
    anna = hire(store, Role.RECEPTIONIST)
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=anna).answer
    assert store.read(clients.card, client).name == "Bea Jones"


def test_every_act_can_be_said() -> None:
    assert set(access.WORDS) == set(Act)
