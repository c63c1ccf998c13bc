"""Add-on links: what is offered with what, in which order and at which price; and what of a price is due ahead."""

from dataclasses import replace
from typing import Any

import pytest

from reception.domain import catalogue
from reception.domain.catalogue import Link
from reception.domain.errors import Invalid, NotAllowed, NotFound
from reception.domain.money import Money
from reception.domain.tables.ids import ServiceId, StaffId
from reception.domain.tables.words import Bookable, PaymentPolicy, Role
from reception.store import Store
from tests.domain.registers import MASSAGE, found, hire

STONES = replace(MASSAGE, name="Hot stones", minutes=15, price=Money(20_00), bookable=Bookable.ADD_ON)
OIL = replace(MASSAGE, name="Warm oil", minutes=5, price=Money(8_00), bookable=Bookable.BOTH)


@pytest.fixture
def owner(store: Store) -> StaffId:
    return found(store)


@pytest.fixture
def massage(store: Store, owner: StaffId) -> ServiceId:
    return add(store, owner, MASSAGE)


@pytest.fixture
def stones(store: Store, owner: StaffId) -> ServiceId:
    return add(store, owner, STONES)


@pytest.fixture
def oil(store: Store, owner: StaffId) -> ServiceId:
    return add(store, owner, OIL)


def add(store: Store, owner: StaffId, draft: catalogue.ServiceDraft) -> ServiceId:
    return ServiceId(store.write(catalogue.add_service, draft, actor=owner).answer)


def names(store: Store, base: ServiceId) -> list[str]:
    return [link.name for link in store.read(catalogue.links, base)]


def test_add_ons_stand_in_their_order_with_a_price_of_their_own_there(
    store: Store, owner: StaffId, massage: ServiceId, stones: ServiceId, oil: ServiceId
) -> None:  # R24
    store.write(catalogue.set_links, massage, ((oil, None), (stones, Money(15_00))), actor=owner)
    assert store.read(catalogue.links, massage) == (
        Link(oil, "Warm oil", None, 5, Money(8_00)),
        Link(stones, "Hot stones", Money(15_00), 15, Money(20_00)),
    )
    assert [link.charged for link in store.read(catalogue.links, massage)] == [Money(8_00), Money(15_00)]

    store.write(catalogue.set_links, massage, ((stones, Money(0)), (oil, None)), actor=owner)
    assert [(link.name, link.charged) for link in store.read(catalogue.links, massage)] == [
        ("Hot stones", Money(0)),
        ("Warm oil", Money(8_00)),
    ]

    store.write(catalogue.set_links, massage, ((oil, None),), actor=owner)
    assert names(store, massage) == ["Warm oil"]


def test_a_service_tells_what_it_is_offered_with_and_how_much_with_it(
    store: Store, owner: StaffId, massage: ServiceId, stones: ServiceId, oil: ServiceId
) -> None:
    store.write(catalogue.set_links, massage, ((oil, None), (stones, None)), actor=owner)
    store.write(catalogue.set_links, oil, ((stones, None),), actor=owner)
    assert store.read(catalogue.offered_with, stones) == ("Massage 60", "Warm oil")
    counts = {one.id: (one.offered_with, one.add_ons) for one in store.read(catalogue.services)}
    assert counts == {massage: (0, 2), stones: (2, 0), oil: (1, 1)}

    store.write(catalogue.retire_service, massage, actor=owner)
    assert store.read(catalogue.offered_with, stones) == ("Warm oil",)
    counts = {one.id: (one.offered_with, one.add_ons) for one in store.read(catalogue.services)}
    assert counts == {stones: (1, 0), oil: (0, 1)}


@pytest.mark.parametrize(
    ("change", "back"),
    [({"bookable": Bookable.ALONE}, {}), ({"bookable": Bookable.ALONE}, {"bookable": Bookable.BOTH})],
)
def test_a_link_sleeps_while_its_add_on_is_booked_alone(
    store: Store,
    owner: StaffId,
    massage: ServiceId,
    stones: ServiceId,
    oil: ServiceId,
    change: dict[str, Any],
    back: dict[str, Any],
) -> None:
    store.write(catalogue.set_links, massage, ((stones, Money(15_00)), (oil, None)), actor=owner)
    store.write(catalogue.change_service, stones, replace(STONES, **change), actor=owner)
    assert names(store, massage) == ["Warm oil"]
    assert store.read(catalogue.offered_with, stones) == ()

    store.write(catalogue.set_links, massage, ((oil, Money(7_00)),), actor=owner)
    store.write(catalogue.change_service, stones, replace(STONES, **back), actor=owner)

    assert [(link.name, link.charged) for link in store.read(catalogue.links, massage)] == [
        ("Warm oil", Money(7_00)),
        ("Hot stones", Money(15_00)),
    ]


def test_nothing_is_offered_with_what_is_an_add_on_only(
    store: Store, owner: StaffId, massage: ServiceId, stones: ServiceId, oil: ServiceId
) -> None:
    store.write(catalogue.set_links, oil, ((stones, None),), actor=owner)
    store.write(catalogue.change_service, oil, replace(OIL, bookable=Bookable.ADD_ON), actor=owner)
    assert store.read(catalogue.links, oil) == ()
    with pytest.raises(Invalid, match="Warm oil is an add-on only"):
        store.write(catalogue.set_links, oil, ((stones, None),), actor=owner)

    store.write(catalogue.change_service, oil, OIL, actor=owner)
    assert names(store, oil) == ["Hot stones"]


def test_a_retired_add_on_is_not_offered_until_it_is_back(
    store: Store, owner: StaffId, massage: ServiceId, stones: ServiceId
) -> None:
    store.write(catalogue.set_links, massage, ((stones, None),), actor=owner)
    store.write(catalogue.retire_service, stones, actor=owner)
    assert store.read(catalogue.links, massage) == ()
    with pytest.raises(Invalid, match="Hot stones is retired") as refusal:
        store.write(catalogue.set_links, massage, ((stones, None),), actor=owner)
    assert refusal.value.field == "links"

    store.write(catalogue.restore_service, stones, actor=owner)
    assert names(store, massage) == ["Hot stones"]


def test_what_cannot_be_offered_is_refused_by_name(
    store: Store, owner: StaffId, massage: ServiceId, stones: ServiceId
) -> None:
    peel = add(store, owner, replace(MASSAGE, name="Peel"))
    for wanted, sentence in (
        (((massage, None),), "can't be offered with itself"),
        (((peel, None),), "Peel is booked alone"),
        (((stones, None), (stones, None)), "Hot stones stands twice"),
        (((stones, Money(-1)),), "below zero"),
    ):
        with pytest.raises(Invalid, match=sentence) as refusal:
            store.write(catalogue.set_links, massage, wanted, actor=owner)
        assert refusal.value.field == "links"
    with pytest.raises(NotFound, match="isn't in the catalogue"):
        store.write(catalogue.set_links, massage, ((ServiceId(99), None),), actor=owner)
    assert store.read(catalogue.links, massage) == ()


def test_the_desk_does_not_change_what_is_offered(store: Store, owner: StaffId, massage: ServiceId) -> None:
    desk = hire(store, Role.RECEPTIONIST)
    with pytest.raises(NotAllowed):
        store.write(catalogue.set_links, massage, (), actor=desk)


@pytest.mark.parametrize(
    ("price", "payment", "deposit", "share", "due"),
    [
        (100_00, PaymentPolicy.AT_VISIT, 0, 0, 0),
        (100_00, PaymentPolicy.UPFRONT, 0, 0, 100_00),
        (100_00, PaymentPolicy.DEPOSIT, 30_00, 0, 30_00),
        (20_00, PaymentPolicy.DEPOSIT, 30_00, 0, 20_00),
        (0, PaymentPolicy.DEPOSIT, 30_00, 0, 0),
        (100_00, PaymentPolicy.DEPOSIT, 0, 2500, 25_00),
        (99, PaymentPolicy.DEPOSIT, 0, 5000, 50),
        (33_33, PaymentPolicy.DEPOSIT, 0, 3333, 11_11),
        (48_00, PaymentPolicy.DEPOSIT, 0, 10_000, 48_00),
        (0, PaymentPolicy.UPFRONT, 0, 0, 0),
    ],
)
def test_what_is_due_ahead_is_rounded_half_up_and_never_above_the_price(
    price: int, payment: PaymentPolicy, deposit: int, share: int, due: int
) -> None:  # R28
    assert catalogue.ahead(Money(price), payment, Money(deposit), share) == Money(due)


def test_how_a_service_is_booked_and_paid_reads_back(store: Store, owner: StaffId) -> None:  # R28
    draft = replace(STONES, payment=PaymentPolicy.DEPOSIT, deposit_share=2500)
    stones = add(store, owner, draft)
    (service,) = store.read(catalogue.services)
    assert (service.bookable, service.payment) == (Bookable.ADD_ON, PaymentPolicy.DEPOSIT)
    assert (service.deposit, service.deposit_share) == (Money(0), 2500)

    kept = replace(STONES, payment=PaymentPolicy.UPFRONT, deposit=Money(5_00), deposit_share=100)
    store.write(catalogue.change_service, stones, kept, actor=owner)
    (service,) = store.read(catalogue.services)
    assert (service.payment, service.deposit, service.deposit_share) == (PaymentPolicy.UPFRONT, Money(0), 0)


@pytest.mark.parametrize(
    ("deposit", "share", "field"),
    [(0, 0, "deposit"), (5_00, 100, "deposit"), (-1, 0, "deposit"), (10**17, 0, "deposit")]
    + [(0, share, "deposit_share") for share in (-1, 99, 10_001)],
)
def test_a_deposit_that_cannot_be_is_said_beside_its_field(
    sqlite_store: Store, deposit: int, share: int, field: str
) -> None:  # R28
    owner = found(sqlite_store)
    draft = replace(MASSAGE, payment=PaymentPolicy.DEPOSIT, deposit=Money(deposit), deposit_share=share)
    with pytest.raises(Invalid) as refusal:
        sqlite_store.write(catalogue.add_service, draft, actor=owner)
    assert refusal.value.field == field
    assert not sqlite_store.read(catalogue.services)
