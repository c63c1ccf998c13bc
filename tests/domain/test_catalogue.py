from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, catalogue, clients, staff, tables
from reception.domain.catalogue import ClinicDraft, Opening, ProductDraft, ServiceDraft
from reception.domain.clients import ClientDraft
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney, OwnPolicy, Policy, Status, Who
from reception.domain.tables.ids import ProductId, ReasonId, ServiceId, StaffId
from reception.domain.tables.words import Role, SaleKind
from reception.store import Store
from tests.clock import Clock
from tests.domain.registers import CLINIC, INES, MASSAGE, found, visit

YEAR = Validity(Unit.MONTHS, 12, Starts.PURCHASE)
POLICY = Policy(48, OnCredit.RETURN, OnCredit.FORFEIT, OnMoney.FEE, OnMoney.DEPOSIT, Money(20_00), Money(0))


def course(service: ServiceId) -> ProductDraft:
    return ProductDraft("Massage course of 6", service, 6, Money(480_00), YEAR)


@pytest.fixture
def owner(store: Store) -> StaffId:
    return found(store)


@pytest.fixture
def massage(store: Store, owner: StaffId) -> ServiceId:
    return ServiceId(store.write(catalogue.add_service, MASSAGE, actor=owner).answer)


@pytest.fixture
def six(store: Store, owner: StaffId, massage: ServiceId) -> ProductId:
    return ProductId(store.write(catalogue.add_product, course(massage), actor=owner).answer)


def test_a_new_clinic_has_settings_an_owner_and_reasons(store: Store, owner: StaffId) -> None:
    clinic = store.read(catalogue.clinic)
    assert (clinic.name, clinic.zone, clinic.opening) == ("Harbour Clinic", "Europe/London", CLINIC.opening)
    assert clinic.packages
    assert clinic.add_ons
    (person,) = store.read(staff.people)
    assert (person.id, person.name, person.role) == (owner, "Olive Owen", Role.OWNER)
    assert {reason.who for reason in store.read(catalogue.reasons)} == set(Who)


def test_the_days_before_the_clinic_began_are_closed_by_its_own_calendar(store: Store, clock: Clock) -> None:
    clock.forward(hours=5)  # 13:00 in London is the next day in Auckland
    store.write(catalogue.found, replace(CLINIC, zone="Pacific/Auckland"), "Olive Owen", actor=None)
    assert store.read(lambda session: session.scalars(select(tables.Clinic.closed_through)).one()) == date(2026, 11, 24)


def test_a_database_holds_one_clinic(store: Store, owner: StaffId) -> None:
    with pytest.raises(Refused, match="holds a clinic already"):
        store.write(catalogue.found, CLINIC, "Somebody Else", actor=None)


def test_without_a_clinic_there_are_no_settings(sqlite_store: Store) -> None:
    with pytest.raises(NotFound, match="no clinic here yet"):
        sqlite_store.read(catalogue.clinic)
    with pytest.raises(NotFound, match="no clinic here yet"):
        sqlite_store.write(catalogue.set_plan, packages=True, add_ons=True, actor=None)


def test_a_clinic_has_an_owner_with_a_name(sqlite_store: Store) -> None:
    with pytest.raises(Invalid, match="owner has no name"):
        sqlite_store.write(catalogue.found, CLINIC, " ", actor=None)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": "  "}, "name", "no name"),
        ({"zone": "Europe/Lundon"}, "zone", "no time zone called “Europe/Lundon”"),
        ({"currency": "GPB"}, "currency", "no currency called “GPB”"),
        ({"locale": "xx_YY"}, "locale", "“xx_YY”"),
        ({"locale": "en GB!"}, "locale", "“en GB!”"),
        ({"locale": ""}, "locale", "Pick one from the list"),
        ({"near_days": -1}, "near_days", "-1 can't be"),
        ({"wait_minutes": 10_001}, "wait_minutes", "10001 can't be"),
        ({"opening": (Opening(0, 600, 540),)}, "opening", "close at 09:00, before it opens at 10:00"),
        ({"opening": (Opening(0, 600, 600),)}, "opening", "close at 10:00, before it opens at 10:00"),
        ({"opening": (Opening(7, 540, 600),)}, "opening", "one weekday"),
        ({"opening": (Opening(0, 540, 1441),)}, "opening", "one weekday"),
        (
            {"opening": (Opening(0, 540, 720), Opening(0, 700, 900))},
            "opening",
            "from 11:40 overlap those that end at 12:00",
        ),
    ],
)
def test_settings_that_cant_be_are_said_beside_their_field(
    sqlite_store: Store, changed: dict[str, Any], field: str, sentence: str
) -> None:
    owner = found(sqlite_store)
    with pytest.raises(Invalid, match=sentence) as refusal:
        sqlite_store.write(catalogue.set_clinic, replace(CLINIC, **changed), actor=owner)
    assert refusal.value.field == field
    assert sqlite_store.read(catalogue.clinic).opening == CLINIC.opening


def test_settings_and_opening_hours_are_replaced(store: Store, owner: StaffId) -> None:
    changed = ClinicDraft(
        name="Quay  Clinic",
        address="2 Quay Street",
        zone="Europe/Berlin",
        currency="EUR",
        locale="de_DE",
        near_days=14,
        wait_minutes=5,
        opening=(Opening(0, 480, 1440), Opening(1, 480, 720), Opening(1, 720, 1080)),
    )
    store.write(catalogue.set_clinic, changed, actor=owner)
    clinic = store.read(catalogue.clinic)
    assert (clinic.name, clinic.address, clinic.zone) == ("Quay Clinic", "2 Quay Street", "Europe/Berlin")
    assert (clinic.currency, clinic.locale) == ("EUR", "de_DE")
    assert (clinic.near_days, clinic.wait_minutes, clinic.opening) == (14, 5, changed.opening)


def test_a_clinic_keeps_the_time_zone_that_its_visits_were_booked_in(
    store: Store, owner: StaffId, massage: ServiceId, clock: Clock
) -> None:
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=owner).answer
    store.write(visit, client, owner, massage, clock() + timedelta(days=1), Status.BOOKED, actor=owner)
    with pytest.raises(Refused, match="booked in Europe/London") as refusal:
        store.write(catalogue.set_clinic, replace(CLINIC, zone="Europe/Paris"), actor=owner)
    assert refusal.value.field == "zone"


def test_a_clinic_keeps_the_currency_that_it_took_money_in(store: Store, owner: StaffId) -> None:
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=owner).answer
    store.write(_sell_nothing, client, actor=owner)
    with pytest.raises(Refused, match="made in GBP") as refusal:
        store.write(catalogue.set_clinic, replace(CLINIC, currency="EUR"), actor=owner)
    assert refusal.value.field == "currency"


def _sell_nothing(session: Session, client: int) -> None:
    number = session.get(tables.ReceiptNumber, 1)
    assert number is not None
    number.last = 1
    session.flush()
    session.add(
        tables.Sale(
            number=1,
            kind=SaleKind.SALE,
            client_id=client,
            payer_id=client,
            total=Money(0),
            tax=Money(0),
            **access.turn(session).stamp(),
        )
    )


def test_the_policy_and_the_grace_are_set(store: Store, owner: StaffId) -> None:  # R14, R16
    store.write(catalogue.set_policy, POLICY, 7, actor=owner)
    clinic = store.read(catalogue.clinic)
    assert (clinic.policy, clinic.grace_days) == (POLICY, 7)


@pytest.mark.parametrize(
    ("changed", "grace_days", "field"),
    [
        ({"free_hours": -1}, 0, "free_hours"),
        ({"late_fee": Money(-1)}, 0, "late_fee"),
        ({"no_show_fee": Money(-1)}, 0, "no_show_fee"),
        ({}, -1, "grace_days"),
    ],
)
def test_a_policy_below_zero_is_refused(
    sqlite_store: Store, changed: dict[str, Any], grace_days: int, field: str
) -> None:
    owner = found(sqlite_store)
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(catalogue.set_policy, replace(POLICY, **changed), grace_days, actor=owner)
    assert refusal.value.field == field


def test_each_part_of_the_plan_is_switched_by_itself(store: Store, owner: StaffId) -> None:  # R13, R29
    store.write(catalogue.set_plan, packages=False, add_ons=True, actor=owner)
    clinic = store.read(catalogue.clinic)
    assert (clinic.packages, clinic.add_ons) == (False, True)


def test_a_reason_of_the_clinic_never_lets_the_policy_apply(store: Store, owner: StaffId) -> None:  # R14
    ours = store.write(catalogue.add_reason, "Flood", Who.CLINIC, True, actor=owner).answer
    theirs = store.write(catalogue.add_reason, "Holiday", Who.CLIENT, True, actor=owner).answer
    applies = {reason.id: reason.applies for reason in store.read(catalogue.reasons)}
    assert (applies[ours], applies[theirs]) == (False, True)


def test_a_retired_reason_leaves_the_list_and_stays_known(store: Store, owner: StaffId) -> None:
    reason = store.write(catalogue.add_reason, "Holiday", Who.CLIENT, True, actor=owner).answer
    store.write(catalogue.retire_reason, reason, actor=owner)
    assert reason not in [one.id for one in store.read(catalogue.reasons)]
    assert [one.retired for one in store.read(catalogue.reasons, retired=True) if one.id == reason] == [True]


def test_each_side_keeps_a_reason_to_pick(sqlite_store: Store) -> None:
    owner = found(sqlite_store)
    first, *others = [one.id for one in sqlite_store.read(catalogue.reasons) if one.who is Who.CLINIC]
    for reason in others:
        sqlite_store.write(catalogue.retire_reason, reason, actor=owner)
    with pytest.raises(Refused, match="last reason of its kind"):
        sqlite_store.write(catalogue.retire_reason, first, actor=owner)


def test_a_reason_has_words(sqlite_store: Store) -> None:
    with pytest.raises(Invalid, match="no words"):
        sqlite_store.write(catalogue.add_reason, " ", Who.CLIENT, True, actor=found(sqlite_store))


def test_a_service_reads_back_as_it_was_typed(store: Store, owner: StaffId) -> None:  # R14
    own = OwnPolicy(free_hours=48, late_money=OnMoney.FEE, late_fee=Money(30_00))
    draft = replace(MASSAGE, name=" Deep   massage ", short="", own=own)
    store.write(catalogue.add_service, draft, actor=owner)
    (service,) = store.read(catalogue.services)
    assert (service.name, service.short, service.category) == ("Deep massage", "Deep massage", "Massage")
    assert (service.minutes, service.turnaround, service.price) == (60, 15, Money(80_00))
    assert service.own == own


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "massage 60"}, "name"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"turnaround": -1}, "turnaround"),
        ({"turnaround": 241}, "turnaround"),
        ({"price": Money(-1)}, "price"),
        ({"price": Money(10**18)}, "price"),
        ({"tax_rate": -1}, "tax_rate"),
        ({"tax_rate": 10_001}, "tax_rate"),
        ({"own": OwnPolicy(free_hours=-1)}, "free_hours"),
        ({"own": OwnPolicy(late_fee=Money(-1))}, "late_fee"),
        ({"own": OwnPolicy(no_show_fee=Money(-1))}, "no_show_fee"),
    ],
)
def test_a_service_that_cant_be_is_said_beside_its_field(
    sqlite_store: Store, changed: dict[str, Any], field: str
) -> None:
    owner = found(sqlite_store)
    sqlite_store.write(catalogue.add_service, MASSAGE, actor=owner)
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(catalogue.add_service, replace(MASSAGE, **{"name": "Another", **changed}), actor=owner)
    assert refusal.value.field == field
    assert len(sqlite_store.read(catalogue.services)) == 1


@pytest.mark.parametrize(
    "draft",
    [
        replace(MASSAGE, minutes=5, turnaround=0, price=Money(0)),
        replace(MASSAGE, minutes=720, turnaround=240, tax_rate=10_000),
    ],
)
def test_the_edges_of_a_service_hold_in_the_database_too(store: Store, owner: StaffId, draft: ServiceDraft) -> None:
    service = store.write(catalogue.add_service, draft, actor=owner).answer
    assert [one.id for one in store.read(catalogue.services)] == [service]


def test_a_service_may_keep_its_own_name(store: Store, owner: StaffId, massage: ServiceId) -> None:
    store.write(catalogue.change_service, massage, replace(MASSAGE, price=Money(90_00)), actor=owner)
    (service,) = store.read(catalogue.services)
    assert (service.id, service.price) == (massage, Money(90_00))


def test_a_retired_service_leaves_the_list_until_it_is_restored(
    store: Store, owner: StaffId, massage: ServiceId
) -> None:
    store.write(catalogue.retire_service, massage, actor=owner)
    assert store.read(catalogue.services) == ()
    assert [one.retired for one in store.read(catalogue.services, retired=True)] == [True]
    store.write(catalogue.restore_service, massage, actor=owner)
    assert [one.id for one in store.read(catalogue.services)] == [massage]


def test_a_service_isnt_restored_beside_its_namesake(sqlite_store: Store) -> None:
    owner = found(sqlite_store)
    old = sqlite_store.write(catalogue.add_service, MASSAGE, actor=owner).answer
    sqlite_store.write(catalogue.retire_service, old, actor=owner)
    sqlite_store.write(catalogue.add_service, MASSAGE, actor=owner)
    with pytest.raises(Invalid, match="There is “Massage 60” already"):
        sqlite_store.write(catalogue.restore_service, old, actor=owner)


def test_a_service_says_what_a_change_of_it_touches(
    store: Store, owner: StaffId, massage: ServiceId, six: ProductId, clock: Clock
) -> None:
    retired = store.write(catalogue.add_product, replace(course(massage), name="Old course"), actor=owner).answer
    store.write(catalogue.retire_product, retired, actor=owner)
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=owner).answer
    ines = store.write(staff.add, INES, actor=owner).answer
    for days, status in ((1, Status.BOOKED), (2, Status.CONFIRMED), (3, Status.CANCELLED), (-1, Status.BOOKED)):
        store.write(visit, client, ines, massage, clock() + timedelta(days=days), status, actor=owner)
    (service,) = store.read(catalogue.services)
    assert (service.products_on_sale, service.upcoming) == (1, 2)


def test_services_stand_by_category_and_name_whatever_their_capitals(store: Store, owner: StaffId) -> None:
    for name, category in (("Zone therapy", "massage"), ("acupuncture", "Massage"), ("Laser", "Laser")):
        store.write(catalogue.add_service, replace(MASSAGE, name=name, category=category), actor=owner)
    assert [one.name for one in store.read(catalogue.services)] == ["Laser", "acupuncture", "Zone therapy"]


def test_a_product_names_one_service_and_reads_back_as_typed(
    store: Store, massage: ServiceId, six: ProductId
) -> None:  # R1
    (product,) = store.read(catalogue.products)
    assert (product.id, product.service, product.service_name) == (six, massage, "Massage 60")
    assert (product.sessions, product.price, product.validity) == (6, Money(480_00), YEAR)
    assert (product.retired, product.sold) == (False, 0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "MASSAGE COURSE OF 6"}, "name"),
        ({"sessions": 0}, "sessions"),
        ({"sessions": 1001}, "sessions"),
        ({"price": Money(-1)}, "price"),
        ({"validity": Validity(Unit.DAYS, 0, Starts.PURCHASE)}, "validity"),
        ({"validity": Validity(Unit.MONTHS, -1, Starts.FIRST_VISIT)}, "validity"),
        ({"validity": Validity(Unit.DAYS, 36_501, Starts.PURCHASE)}, "validity"),
    ],
)
def test_a_product_that_cant_be_is_said_beside_its_field(
    sqlite_store: Store, changed: dict[str, Any], field: str
) -> None:
    owner = found(sqlite_store)
    service = ServiceId(sqlite_store.write(catalogue.add_service, MASSAGE, actor=owner).answer)
    sqlite_store.write(catalogue.add_product, course(service), actor=owner)
    draft = replace(course(service), **{"name": "Another", **changed})
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(catalogue.add_product, draft, actor=owner)
    assert refusal.value.field == field


def test_a_product_that_never_expires_counts_nothing(store: Store, owner: StaffId, massage: ServiceId) -> None:
    draft = replace(course(massage), validity=Validity(None, 12, Starts.PURCHASE))
    store.write(catalogue.add_product, draft, actor=owner)
    (product,) = store.read(catalogue.products)
    assert product.validity == Validity(None, 0, Starts.PURCHASE)


def test_no_new_product_of_a_retired_service(store: Store, owner: StaffId, massage: ServiceId, six: ProductId) -> None:
    store.write(catalogue.retire_service, massage, actor=owner)
    with pytest.raises(Invalid, match="Massage 60 is retired") as refusal:
        store.write(catalogue.add_product, replace(course(massage), name="Another"), actor=owner)
    assert refusal.value.field == "service"
    store.write(catalogue.change_product, six, replace(course(massage), price=Money(500_00)), actor=owner)
    assert [one.price for one in store.read(catalogue.products)] == [Money(500_00)]


def test_a_product_moves_to_a_service_on_sale_only(store: Store, owner: StaffId, six: ProductId) -> None:
    laser = ServiceId(store.write(catalogue.add_service, replace(MASSAGE, name="Laser"), actor=owner).answer)
    store.write(catalogue.retire_service, laser, actor=owner)
    with pytest.raises(Invalid, match="Laser is retired"):
        store.write(catalogue.change_product, six, course(laser), actor=owner)


def test_a_product_is_restored_with_its_service_only(
    store: Store, owner: StaffId, massage: ServiceId, six: ProductId
) -> None:
    store.write(catalogue.retire_product, six, actor=owner)
    assert store.read(catalogue.products) == ()
    store.write(catalogue.retire_service, massage, actor=owner)
    with pytest.raises(Invalid, match="Massage 60 is retired"):
        store.write(catalogue.restore_product, six, actor=owner)
    store.write(catalogue.restore_service, massage, actor=owner)
    store.write(catalogue.restore_product, six, actor=owner)
    assert [one.id for one in store.read(catalogue.products)] == [six]


def test_what_was_sold_stays_when_the_product_changes(
    store: Store, owner: StaffId, massage: ServiceId, six: ProductId
) -> None:  # R3
    client = store.write(clients.add, ClientDraft("Bea Jones"), actor=owner).answer
    store.write(_sell, client, massage, six, actor=owner)
    changed = replace(course(massage), name="Course of 5", sessions=5, price=Money(1))
    store.write(catalogue.change_product, six, changed, actor=owner)
    sold = store.read(lambda session: session.execute(select(tables.Package.name, tables.Package.sessions)).one())
    assert tuple(sold) == ("Massage course of 6", 6)
    assert [one.sold for one in store.read(catalogue.products)] == [1]


def _sell(session: Session, client: int, service: ServiceId, product: ProductId) -> None:
    turn = access.turn(session)
    session.add(
        tables.Package(
            client_id=client,
            product_id=product,
            service_id=service,
            name="Massage course of 6",
            terms="",
            sessions=6,
            price=Money(480_00),
            net=Money(480_00),
            list_price=Money(80_00),
            tax_rate=0,
            validity_unit=Unit.MONTHS,
            validity_count=12,
            validity_starts=Starts.PURCHASE,
            sold_at=turn.now,
            sold_day=turn.today,
        )
    )


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (catalogue.retire_service, ServiceId(9)),
        (catalogue.restore_service, ServiceId(9)),
        (catalogue.retire_product, ProductId(9)),
        (catalogue.restore_product, ProductId(9)),
        (catalogue.retire_reason, ReasonId(99)),
    ],
)
def test_what_isnt_there_is_said(sqlite_store: Store, command: Any, missing: int) -> None:
    with pytest.raises(NotFound, match="Pick another"):
        sqlite_store.write(command, missing, actor=found(sqlite_store))
