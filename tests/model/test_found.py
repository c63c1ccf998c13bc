"""What the machine has found, or had to be told before it could, each as a case of its own."""

import pytest

from reception.domain import catalogue, checkout, diary
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import Refused, Taken
from reception.domain.ledger import Starts, State, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import Override, Status
from reception.domain.packages import NONE, Choice
from reception.domain.tables.ids import AppointmentId, ReasonId, ServiceId
from reception.domain.tables.words import Bookable, PaymentPolicy
from reception.store import Store
from tests.clinic import Clinic
from tests.clock import Clock
from tests.domain.extras import add_on, attach, link, pay, pay_ahead, room


@pytest.fixture
def clinic(store: Store, clock: Clock) -> Clinic:
    return Clinic(store, clock)


def run_of_two(clinic: Clinic) -> tuple[AppointmentId, AppointmentId]:
    """A laser and a massage after it, with Ana, from nine to half past ten."""
    wanted = [clinic.request(clinic.at("09:00")), clinic.request(clinic.at("09:00"), service=clinic.massage)]
    first, second = clinic.do(diary.book_chain, wanted)
    return first, second


@pytest.mark.parametrize("end", [diary.arrive, diary.no_show])
def test_only_a_booked_visit_is_confirmed(clinic: Clinic, end: object) -> None:  # R23
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.confirm, visit)
    clinic.clock.forward(hours=2)
    clinic.do(end, visit)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="can't become confirmed"):
        clinic.do(diary.confirm, visit)


@pytest.mark.parametrize("missed", [0, 1])
def test_a_no_show_in_a_run_is_undone_into_its_place(clinic: Clinic, missed: int) -> None:  # R19, R26
    run = run_of_two(clinic)
    clinic.clock.forward(hours=3)
    clinic.do(diary.no_show, run[missed])
    clinic.do(diary.undo_no_show, run[missed], "came after all")
    entries = [clinic.ask(diary.entry, one) for one in run]
    assert [one.status for one in entries] == [Status.BOOKED] * 2
    assert [one.busy_until for one in entries] == [clinic.at("09:30"), clinic.at("10:40")]


def test_a_no_show_in_a_run_is_not_undone_into_a_time_that_was_given_away(clinic: Clinic) -> None:  # R19
    first, _ = run_of_two(clinic)
    clinic.clock.forward(hours=3)
    clinic.do(diary.no_show, first)
    clinic.book(clinic.at("09:15"), service=clinic.gift, client=clinic.client("Carl Ray"))
    with pytest.raises(Taken, match="Carl Ray"):
        clinic.do(diary.undo_no_show, first, "came after all")


def test_a_visit_on_a_receipt_keeps_its_tender(clinic: Clinic) -> None:  # R7, R40
    visit = clinic.book(clinic.at("09:00"), credit=NONE)
    clinic.do(diary.arrive, visit)
    line = CartLine(LineKind.VISIT, visit)
    clinic.do(checkout.settle, Cart(clinic.bea, (line,), (Paying(Tender.CARD, Money(100_00)),)))
    clinic.do(diary.undo_completion, visit, "not over yet")
    clinic.sell()
    with pytest.raises(Refused, match="Reverse that receipt"):
        clinic.do(diary.set_credit, visit, Choice(clinic.credits()[0].id))


def test_a_chain_takes_its_first_visit_and_the_last_day_along(clinic: Clinic) -> None:  # R10, R18
    clinic.sell(clinic.product("Floating", clinic.laser, 3, 240_00, Validity(Unit.DAYS, 4, Starts.FIRST_VISIT)))
    first, _ = clinic.do(diary.book_chain, [clinic.request(clinic.at("09:00"))] * 2)
    clinic.do(diary.move, first, clinic.at("09:00", clinic.days(10)))
    assert clinic.ledger().packages[0].last_day == clinic.days(14)


FORFEIT = diary.Cancelling(ReasonId(1), Override.FORFEIT, "third time")


@pytest.fixture
def tape(clinic: Clinic) -> ServiceId:
    """An extra of 15 minutes that the laser is offered with, sold in courses too."""
    service = add_on(clinic, "Tape 15", bookable=Bookable.BOTH)
    link(clinic, clinic.laser, service)
    return service


@pytest.fixture
def base(clinic: Clinic, tape: ServiceId) -> AppointmentId:
    """Bea's laser with Ana from eleven to half past."""
    return clinic.book(clinic.at("11:00"))


def test_whoever_misses_the_treatment_misses_the_extra_that_would_follow(  # R14, R19
    clinic: Clinic, base: AppointmentId, tape: ServiceId
) -> None:
    extra = attach(clinic, base, tape)
    clinic.clock.now = clinic.at("11:10")
    clinic.do(diary.no_show, base, by=clinic.desk)
    assert clinic.status(extra) is Status.NO_SHOW


def test_an_extra_doesnt_stand_again_without_its_treatment(  # R19
    clinic: Clinic, base: AppointmentId, tape: ServiceId
) -> None:
    extra = attach(clinic, base, tape)
    clinic.clock.now = clinic.at("11:40")
    clinic.do(diary.no_show, base, by=clinic.desk)
    with pytest.raises(Refused, match="This add-on belongs to Laser 30, which doesn't take place"):
        clinic.do(diary.undo_no_show, extra, "came after all")


def test_an_extra_that_was_added_again_isnt_there_twice(clinic: Clinic, tape: ServiceId) -> None:  # R19, R24
    link(clinic, clinic.massage, tape)
    first, second = run_of_two(clinic)
    attach(clinic, first, tape)
    clinic.clock.now = clinic.at("09:10")
    clinic.do(diary.no_show, first, by=clinic.desk)
    attach(clinic, second, tape)
    with pytest.raises(Taken, match="part of the visit by now"):
        clinic.do(diary.undo_no_show, first, "came after all")


def test_taking_a_credit_is_refused_for_an_extra_that_has_none(  # R15
    clinic: Clinic, base: AppointmentId, tape: ServiceId
) -> None:
    clinic.policy()
    extra = attach(clinic, base, tape)
    with pytest.raises(Refused, match="uses no credit"):
        clinic.do(diary.cancel, extra, FORFEIT)


def test_taking_a_credit_passes_over_an_extra_that_is_cancelled_in_time(clinic: Clinic, tape: ServiceId) -> None:
    # R14, R15, R17: a quarter to noon is late for the laser at half past eleven tomorrow, not for the tape at noon
    clinic.policy()
    clinic.sell()
    clinic.sell(clinic.product("Tape 15, course of 2", tape, 2, 20_00))
    base = clinic.book(clinic.at("11:30", clinic.days(1)))
    attach(clinic, base, tape)
    clinic.clock.now = clinic.at("11:45")
    clinic.do(diary.cancel, base, FORFEIT)
    assert {credit.state for credit in clinic.credits(package=0)} == {State.AVAILABLE}
    assert clinic.states(package=1)[0] is State.FORFEITED


def test_a_treatment_isnt_cancelled_while_its_extra_stands_on_a_receipt(  # R17, R40
    clinic: Clinic, base: AppointmentId, tape: ServiceId
) -> None:
    extra = attach(clinic, base, tape)
    clinic.do(diary.arrive, extra)
    pay(clinic, CartLine(LineKind.VISIT, extra))
    clinic.do(diary.undo_completion, extra, "not yet")
    clinic.do(diary.take_back, extra)
    with pytest.raises(Refused, match="Reverse that receipt first"):
        clinic.cancel(base)


def test_a_visit_on_a_receipt_owes_nothing_ahead(clinic: Clinic) -> None:  # R28
    oil = add_on(clinic, "Oil 15", payment=PaymentPolicy.DEPOSIT, deposit=5_00, bookable=Bookable.BOTH)
    visit = clinic.book(clinic.at("11:00"), service=oil)
    clinic.do(diary.arrive, visit)
    pay(clinic, CartLine(LineKind.VISIT, visit))
    clinic.do(diary.undo_completion, visit, "not yet")
    assert clinic.ask(checkout.suggest, clinic.bea) == ()
    with pytest.raises(Refused, match="Nothing is to be paid ahead"):
        pay_ahead(clinic, visit)


def test_a_visit_whose_clean_up_was_cut_short_can_change_rooms(clinic: Clinic) -> None:  # R17, R20
    one, other = room(clinic, "Room 1"), room(clinic, "Room 2")
    peel = add_on(clinic, "Peel 15", 15, turnaround=40, bookable=Bookable.ALONE)
    clinic.do(catalogue.set_needs, peel, ((one, other),))
    wanted = [clinic.request(clinic.at("09:00"), service=service) for service in (peel, clinic.gift, clinic.gift)]
    first, second, third = clinic.do(diary.book_chain, wanted)
    clinic.cancel(second)
    clinic.book(clinic.at("09:45"), client=clinic.client("Carl Ray"))
    clinic.cancel(third)
    assert clinic.ask(diary.entry, first).busy_until == clinic.at("09:45")
    clinic.do(diary.place, first, 1, other)
    assert clinic.ask(diary.entry, first).resources == "Room 2"
