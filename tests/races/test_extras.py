"""Two desks reach for the same extra, minute, credit or device: one gets it, the other is told who has it (R27).

Two clinicians decide about the same: what was cleared stays cleared (R33).
"""

from collections.abc import Iterable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import addons, catalogue, checkout, diary, screening, tables
from reception.domain.addons import Attaching
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.money import Money
from reception.domain.packages import NONE, Choice
from reception.domain.tables.ids import ClientId, GroupId, ServiceId, StaffId
from reception.domain.tables.words import Bookable, PaymentPolicy, ResourceKind, Role
from reception.store import Store
from reception.store.verify import verify
from tests.clinic import FOR_EVER, Clinic
from tests.clock import Clock
from tests.domain.extras import add_on, clinician, link, room, teach
from tests.races.contest import WON, Outcome, Side, Wanted
from tests.races.test_races import A_DAY, in_threads, kinds

ROUNDS = 50


@pytest.fixture
def clinic(store: Store, clock: Clock) -> Clinic:
    return Clinic(store, clock)


def test_one_of_two_desks_adds_an_extra_and_only_one_is_charged(clinic: Clinic) -> None:  # R24, R27, R28
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.UPFRONT)
    link(clinic, clinic.laser, tape)
    carts = [
        Cart(
            clinic.bea,
            (CartLine(LineKind.DEPOSIT, attach=Attaching(group, tape)),),
            (Paying(Tender.CARD, Money(12_00)),),
        )
        for group in comings_in(clinic, clinic.ana)
    ]
    both = [Wanted(checkout.settle, cart) for cart in carts]
    outcomes = contest(clinic, both, both)
    assert kinds(outcomes) == [["Refused", WON]] * ROUNDS
    assert sentences(outcomes) == {"Tape 15 is already in this visit."}
    assert clinic.ask(_paid) == ROUNDS * 12_00
    assert verify(clinic.store).faults == ()


def test_an_extra_and_a_booking_of_the_same_minute(clinic: Clinic) -> None:  # R20, R27
    tape = add_on(clinic, "Tape 15")
    link(clinic, clinic.laser, tape)
    extras = [Wanted(addons.attach, Attaching(group, tape, clinic.ana)) for group in comings_in(clinic, clinic.ana)]
    # The laser is cleaned up after until 40 past; with the tape until 55 past.
    visits = bookings(clinic, clinic.gift, clinic.ana, "40")
    outcomes = contest(clinic, extras, visits)
    assert kinds(outcomes) == [["Taken", WON]] * ROUNDS
    for said in sentences(outcomes):
        assert said.endswith("Ben Okoye is free then: add it with Ben Okoye.") or said.startswith(
            "Ana Lund is busy with Bea Jones from "
        )
    assert verify(clinic.store).faults == ()


def test_one_of_two_extras_gets_the_last_credit(clinic: Clinic) -> None:  # R7, R30
    tape = add_on(clinic, "Tape 15", bookable=Bookable.BOTH)
    link(clinic, clinic.laser, tape)
    clinic.sell(clinic.product("One tape for ever", tape, 1, 10_00, FOR_EVER))
    credit = Choice(clinic.credits()[0].id)
    sides = [
        [Wanted(addons.attach, Attaching(group, tape, credit=credit)) for group in comings_in(clinic, person)]
        for person in (clinic.ana, clinic.ben)
    ]
    outcomes = contest(clinic, sides[0], sides[1], gives_back=True)
    assert kinds(outcomes) == [["Refused", WON]] * ROUNDS
    assert all("credit" in said.casefold() for said in sentences(outcomes))
    assert clinic.ask(_extras) == ROUNDS
    assert verify(clinic.store).faults == ()


def test_one_of_two_services_gets_the_device(clinic: Clinic) -> None:  # R20
    light, peel = add_on(clinic, "Light 15"), clinic.service("Peel 15", 15, 0, 30_00)
    link(clinic, clinic.laser, light)
    teach(clinic, clinic.ben, peel)
    lamp = room(clinic, "Lamp", ResourceKind.DEVICE)
    for service in (light, peel):
        clinic.do(catalogue.set_needs, service, ((lamp,),))
    extras = [Wanted(addons.attach, Attaching(group, light)) for group in comings_in(clinic, clinic.ana)]
    outcomes = contest(clinic, extras, bookings(clinic, peel, clinic.ben))
    assert kinds(outcomes) == [["Taken", WON]] * ROUNDS
    assert all(said.startswith("Lamp is taken until ") for said in sentences(outcomes))
    assert verify(clinic.store).faults == ()


def test_a_clinician_clears_what_another_declines(clinic: Clinic) -> None:  # R33, R34
    tape = add_on(clinic, "Tape 15")
    link(clinic, clinic.laser, tape)
    form = clinic.form()
    clinic.rule(form, service=tape)
    clinic.answer(form, pregnant=True)
    groups = comings_in(clinic, clinic.ana)
    doctors = [clinician(clinic), clinic.person("Clare Dunn", Role.PRACTITIONER, clinical=True)]
    for group in groups:
        clinic.do(screening.ask_about, group, tape, doctors[0])
    sides = [
        Side(clinic.store.url, name, doctor, tuple(Wanted(command, (group, tape)) for group in groups))
        for name, doctor, command in zip(("left", "right"), doctors, (_clear, _decline), strict=True)
    ]
    outcomes = in_threads((sides[0], sides[1]))
    # Whoever says no first is overruled; after a clearance there is nothing left to say no to.
    assert {cleared.kind for cleared, _ in outcomes} == {WON}
    assert {said.words for _, said in outcomes if said.kind != WON} <= {
        "Nothing stands against Tape 15, so there is nothing to decide."
    }
    assert clinic.ask(screening.tasks) == ()
    assert verify(clinic.store).faults == ()


def _clear(session: Session, what: tuple[GroupId, ServiceId]) -> None:
    group, service = what
    client = session.get_one(tables.Group, group).client_id
    screening.clear(session, ClientId(client), service, "Seen.", group=group)


def _decline(session: Session, what: tuple[GroupId, ServiceId]) -> None:
    screening.decline(session, *what, "Not on that skin.")


def comings_in(clinic: Clinic, person: StaffId) -> list[GroupId]:
    """Bea's lasers, hour after hour, each a coming-in of its own."""
    visits = [clinic.do(wanted.command, wanted.what) for wanted in bookings(clinic, clinic.laser, person, "00")]
    return [clinic.ask(diary.entry, visit).group for visit in visits]


def bookings(clinic: Clinic, service: ServiceId, person: StaffId, past: str = "30") -> list[Wanted]:
    """What books a service so many minutes past every hour, from the day after tomorrow on; for Bea on the hour."""
    client = clinic.bea if past == "00" else clinic.client("Carl Ray")
    starts = [clinic.at(f"{8 + turn % A_DAY}:{past}", clinic.days(2 + turn // A_DAY)) for turn in range(ROUNDS)]
    return [Wanted(diary.book, diary.Request(client, person, service, start, NONE)) for start in starts]


def contest(
    clinic: Clinic, one: Iterable[Wanted], other: Iterable[Wanted], *, gives_back: bool = False
) -> list[tuple[Outcome, Outcome]]:
    """Lets two desks of one program ask for these at the same instants."""
    sides = [
        Side(clinic.store.url, name, clinic.desk, tuple(wanted), gives_back)
        for name, wanted in (("left", one), ("right", other))
    ]
    return in_threads((sides[0], sides[1]))


def sentences(outcomes: list[tuple[Outcome, Outcome]]) -> set[str]:
    """What the losers were told."""
    return {outcome.words for one in outcomes for outcome in one if outcome.kind != WON}


def _paid(session: Session) -> int:
    return int(session.scalars(select(func.sum(tables.Payment.amount))).one())


def _extras(session: Session) -> int:
    a = tables.Appointment
    return session.scalars(select(func.count()).select_from(a).where(a.base_id.is_not(None))).one()
