"""What the machine has found, each as a case of its own."""

import pytest

from reception.domain import checkout, diary
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import Refused, Taken
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.packages import NONE, Choice
from reception.domain.tables.ids import AppointmentId
from reception.store import Store
from tests.clinic import Clinic
from tests.clock import Clock


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
