"""The credit ledger, from sale to the last day (R2–R16)."""

from datetime import date, timedelta

import pytest

from reception.domain import catalogue, checkout, diary, journal, packages
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import Invalid, NotAllowed, Refused
from reception.domain.ledger import Kind, Starts, State, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import Override
from reception.domain.packages import NONE, Choice
from tests.clinic import FOR_EVER, TODAY, Clinic

A, B, U, F, X = State.AVAILABLE, State.RESERVED, State.REDEEMED, State.FORFEITED, State.EXPIRED


def kinds(clinic: Clinic, number: int, package: int = 0) -> list[Kind]:
    return [entry.kind for entry in clinic.credits(package=package)[number - 1].entries]


def test_settling_a_sale_creates_one_credit_a_session(clinic: Clinic) -> None:  # R2
    clinic.sell()
    assert clinic.states() == [A] * 6
    assert [credit.value for credit in clinic.credits()] == [Money(80_00)] * 6


def test_a_sale_that_fails_creates_nothing(clinic: Clinic) -> None:  # R2
    cart = Cart(clinic.bea, (CartLine(LineKind.PACKAGE, clinic.course),), (Paying(Tender.CASH, Money(479_99)),))
    with pytest.raises(Refused, match="remains to be paid"):
        clinic.do(checkout.settle, cart)
    assert clinic.ledger().packages == ()
    assert clinic.ledger().money == ()


def test_a_sold_package_is_a_snapshot(clinic: Clinic) -> None:  # R3
    clinic.sell()
    draft = catalogue.ProductDraft("Dearer", clinic.laser, 3, Money(900_00), FOR_EVER)
    clinic.do(catalogue.change_product, clinic.course, draft)
    clinic.do(catalogue.retire_product, clinic.course)
    card = clinic.ledger().packages[0]
    assert (card.name, card.sessions, card.price) == ("Laser 30, course of 6", 6, Money(480_00))


@pytest.mark.parametrize(
    ("price", "tax", "discount", "values"),
    [
        (100_00, 0, 0, [16_67] * 4 + [16_66] * 2),
        (120_00, 2000, 0, [16_67] * 4 + [16_66] * 2),  # net 100.00
        (480_00, 0, 48_00, [72_00] * 6),
        (5, 0, 0, [1, 1, 1, 1, 1, 0]),
        (0, 0, 0, [0] * 6),
    ],
)
def test_values_divide_the_net_price(  # R4
    clinic: Clinic, price: int, tax: int, discount: int, values: list[int]
) -> None:
    service = clinic.service("Peel 30", 30, 0, 50_00, tax)
    clinic.sell(clinic.product("Six", service, 6, price), discount=Money(discount))
    assert [credit.value for credit in clinic.credits()] == values


def test_a_course_lives_through_its_moves(clinic: Clinic) -> None:  # R6
    clinic.policy()
    clinic.sell()
    in_time = clinic.book(clinic.at("09:00", clinic.days(3)))
    late = clinic.book(clinic.at("11:00"))
    done = clinic.book(clinic.at("13:00"))
    clinic.cancel(in_time)
    clinic.cancel(late)
    clinic.complete(done)
    assert clinic.states() == [A, F, U, A, A, A]
    assert kinds(clinic, 1) == [Kind.ISSUED, Kind.RESERVED, Kind.RELEASED]


def test_a_completion_undone_books_the_same_credit_again(clinic: Clinic) -> None:  # R6, R19
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.complete(visit)
    clinic.do(diary.undo_completion, visit, "wrong client")
    assert clinic.states()[0] is B
    clinic.do(diary.complete, visit)
    assert kinds(clinic, 1) == [Kind.ISSUED, Kind.RESERVED, Kind.REDEEMED, Kind.REVERSED, Kind.REDEEMED]


def test_goodwill_gives_a_used_credit_back_and_leaves_the_visit(clinic: Clinic) -> None:  # R6
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.complete(visit)
    clinic.do(packages.goodwill, clinic.credits()[0].id, "the lamp failed")
    assert clinic.states()[0] is A
    assert clinic.credit_of(visit) is None
    clinic.do(diary.undo_completion, visit, "never took place")
    assert clinic.states()[0] is A


def test_goodwill_is_for_used_credits_only(clinic: Clinic) -> None:  # R6
    clinic.sell()
    with pytest.raises(Refused, match="used or forfeited"):
        clinic.do(packages.goodwill, clinic.credits()[0].id, "kind")


@pytest.mark.parametrize(("hours", "left"), [(15, 6), (16, 0)])  # the day of London ends at midnight
def test_the_last_day_counts_to_its_end(clinic: Clinic, hours: int, left: int) -> None:  # R6, R10
    clinic.sell(clinic.product("Ten days", clinic.laser, 6, 480_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    clinic.clock.forward(days=10, hours=hours)
    balance = clinic.ask(packages.balances, clinic.bea)[0]
    assert (balance.available, balance.expired) == (left, 6 - left)


def test_expiry_is_written_at_the_end_of_the_last_day(clinic: Clinic) -> None:  # R6, R41
    clinic.sell(clinic.product("Ten days", clinic.laser, 6, 480_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    clinic.clock.forward(days=20)
    clinic.client("Somebody else")  # the first command of a later day ends the days before it
    entry = clinic.credits()[0].entries[-1]
    assert (entry.kind, entry.at) == (Kind.EXPIRED, clinic.at("00:00", clinic.days(11)))
    assert clinic.ask(journal.liability) == 0


def test_a_booked_credit_does_not_expire(clinic: Clinic) -> None:  # R6
    clinic.sell(clinic.product("Ten days", clinic.laser, 2, 480_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    clinic.book(clinic.at("09:00", clinic.days(10)))
    clinic.clock.forward(days=12)
    clinic.client("Somebody else")
    assert clinic.states() == [B, X]


def test_extending_a_package_brings_expired_credits_back(clinic: Clinic) -> None:  # R6
    package = clinic.sell(clinic.product("Ten days", clinic.laser, 2, 480_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    clinic.clock.forward(days=20)
    clinic.do(packages.extend_package, package, clinic.days(30), "was ill")
    assert clinic.states() == [A, A]
    assert clinic.ask(journal.liability) == 480_00
    assert clinic.ledger().packages[0].last_day == clinic.days(30)


@pytest.mark.parametrize("days", [-1, 0, 10])
def test_an_extension_is_never_earlier(clinic: Clinic, days: int) -> None:  # R6
    package = clinic.sell(clinic.product("Ten days", clinic.laser, 2, 480_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    with pytest.raises(Refused):
        clinic.do(packages.extend_package, package, clinic.days(days), "was ill")


def test_a_used_credit_reversed_later_takes_the_packages_last_day(clinic: Clinic) -> None:  # R6
    package = clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.complete(visit)
    clinic.do(packages.extend_package, package, date(2027, 12, 31), "was ill")
    clinic.do(diary.undo_completion, visit, "wrong client")
    assert clinic.credits()[0].last_day == date(2027, 12, 31)


def test_a_transfer_gives_the_other_client_a_package_of_their_own(clinic: Clinic) -> None:  # R6
    clinic.sell()
    carl = clinic.client("Carl Ray")
    ids = tuple(credit.id for credit in clinic.credits()[3:])
    clinic.do(packages.transfer, ids, carl, "a gift")
    assert clinic.states() == [A, A, A] + [State.TRANSFERRED] * 3
    received = clinic.ledger(carl).packages[0]
    assert [(credit.number, credit.value) for credit in received.credits] == [(n, Money(80_00)) for n in (1, 2, 3)]
    assert (received.from_client_name, received.last_day) == ("Bea Jones", clinic.ledger().packages[0].last_day)
    assert clinic.ask(journal.liability) == 480_00


def test_a_transfer_takes_credits_that_are_left_and_never_to_oneself(clinic: Clinic) -> None:  # R6
    clinic.sell()
    carl = clinic.client("Carl Ray")
    clinic.book(clinic.at("09:00"))
    booked = clinic.credits()[0].id
    with pytest.raises(Refused, match="isn't left"):
        clinic.do(packages.transfer, (booked,), carl, "a gift")
    with pytest.raises(Refused, match="already"):
        clinic.do(packages.transfer, (clinic.credits()[1].id,), clinic.bea, "a gift")


def test_one_sees_from_a_credit_every_visit_it_was_booked_for(clinic: Clinic) -> None:  # R8
    clinic.sell()
    first = clinic.book(clinic.at("09:00", clinic.days(3)))
    clinic.cancel(first)
    second = clinic.book(clinic.at("10:00", clinic.days(4)))
    entries = [entry for entry in clinic.credits()[0].entries if entry.kind is Kind.RESERVED]
    assert [(entry.visit, entry.who) for entry in entries] == [(first, "Anna Rivers"), (second, "Anna Rivers")]


def test_one_sees_from_a_visit_the_credit_it_used(clinic: Clinic) -> None:  # R8
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    line = next(line for line in clinic.ledger().visits if line.id == visit)
    assert (line.number, line.of, line.package_name, line.sold_day) == (1, 6, "Laser 30, course of 6", TODAY)


def test_credits_nearest_expiry_go_first(clinic: Clinic) -> None:  # R9
    clinic.sell(clinic.product("For ever", clinic.laser, 1, 80_00, FOR_EVER))
    clinic.clock.forward(minutes=1)
    clinic.sell()
    clinic.clock.forward(minutes=1)
    soon = clinic.sell(clinic.product("Ten days", clinic.laser, 1, 80_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    near = clinic.book(clinic.at("09:00"))
    far = clinic.book(clinic.at("09:00", clinic.days(20)))
    names = {line.id: line.package_name for line in clinic.ledger().visits}
    assert (names[near], names[far]) == ("Ten days", "Laser 30, course of 6")
    assert soon == clinic.ledger().packages[0].id


def test_staff_can_pick_another_credit_until_completion(clinic: Clinic) -> None:  # R9
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    fifth = clinic.credits()[4].id
    clinic.do(diary.set_credit, visit, Choice(fifth), by=clinic.desk)
    assert clinic.credit_of(visit) == fifth
    assert clinic.states() == [A, A, A, A, B, A]
    clinic.complete(visit)
    with pytest.raises(Refused, match="completed"):
        clinic.do(diary.set_credit, visit, NONE)


def test_booking_beyond_the_last_day_says_so(clinic: Clinic) -> None:  # R10
    clinic.sell(clinic.product("Ten days", clinic.laser, 2, 480_00, Validity(Unit.DAYS, 10, Starts.PURCHASE)))
    on_the_last = clinic.ask(diary.check, clinic.request(clinic.at("17:00", clinic.days(10))))
    beyond = clinic.ask(diary.check, clinic.request(clinic.at("09:00", clinic.days(11))))
    assert on_the_last.credit is not None
    assert beyond.credit is None
    assert beyond.notices[0].values["last_day"] == clinic.days(10)
    with pytest.raises(Refused, match="can be used until"):
        clinic.book(clinic.at("09:00", clinic.days(11)), credit=Choice(clinic.credits()[0].id))


def test_a_credit_pays_only_for_its_service_and_its_owner(clinic: Clinic) -> None:  # R1
    clinic.sell()
    credit = Choice(clinic.credits()[0].id)
    with pytest.raises(Refused, match="another service or another client"):
        clinic.book(clinic.at("09:00"), service=clinic.massage, credit=credit)
    with pytest.raises(Refused, match="another service or another client"):
        clinic.book(clinic.at("09:00"), client=clinic.client("Carl Ray"), credit=credit)


def test_a_free_visit_uses_no_credit(clinic: Clinic) -> None:  # R11
    clinic.sell(clinic.product("Talks", clinic.gift, 2, 10_00))
    visit = clinic.book(clinic.at("09:00"), service=clinic.gift)
    assert clinic.credit_of(visit) is None
    with pytest.raises(Refused, match="free of charge"):
        clinic.book(clinic.at("10:00"), service=clinic.gift, credit=Choice(clinic.credits()[0].id))


def test_the_balance_counts_per_service(clinic: Clinic) -> None:  # R12
    clinic.policy()
    clinic.sell()
    clinic.book(clinic.at("16:00", clinic.days(2)))
    clinic.cancel(clinic.book(clinic.at("09:00")))
    clinic.complete(clinic.book(clinic.at("11:00")))
    balance = clinic.ask(packages.balances, clinic.bea)[0]
    assert (balance.available, balance.reserved, balance.used, balance.expired) == (3, 1, 2, 0)
    assert balance.next_last_day == date(2027, 5, 24)


def test_packages_switched_off_sell_nothing_and_serve_what_was_sold(clinic: Clinic) -> None:  # R13
    clinic.sell()
    clinic.do(catalogue.set_plan, packages=False, add_ons=True)
    with pytest.raises(Refused, match="switched off"):
        clinic.sell()
    clinic.complete(clinic.book(clinic.at("09:00")))
    clinic.do(packages.extend_package, clinic.ledger().packages[0].id, date(2028, 1, 1), "kind")
    clinic.do(packages.transfer, (clinic.credits()[5].id,), clinic.client("Carl Ray"), "a gift")
    assert clinic.states() == [U, A, A, A, A, State.TRANSFERRED]


def test_a_package_from_its_first_visit_has_no_last_day_until_then(clinic: Clinic) -> None:  # R10
    floating = Validity(Unit.DAYS, 30, Starts.FIRST_VISIT)
    clinic.sell(clinic.product("Floating", clinic.laser, 3, 240_00, floating))
    assert clinic.ledger().packages[0].last_day is None
    visit = clinic.book(clinic.at("09:00", clinic.days(5)))
    assert clinic.ledger().packages[0].last_day == clinic.days(35)
    clinic.do(diary.move, visit, clinic.at("09:00", clinic.days(8)))
    assert clinic.ledger().packages[0].last_day == clinic.days(38)
    clinic.cancel(visit)
    assert clinic.ledger().packages[0].last_day is None


def test_a_first_visit_entered_long_ago_expires_what_is_left_at_once(clinic: Clinic) -> None:  # R6, R37
    floating = Validity(Unit.DAYS, 2, Starts.FIRST_VISIT)
    clinic.sell(clinic.product("Floating", clinic.laser, 3, 240_00, floating))
    clinic.book(clinic.at("09:00", clinic.days(-5)), by=clinic.manager, reason="forgotten")
    assert clinic.states() == [B, X, X]
    assert clinic.ask(journal.liability) == clinic.ledger().open_value == Money(80_00)


def test_the_last_day_stays_though_the_first_visit_is_undone_and_moved(clinic: Clinic) -> None:  # R6, R10
    floating = Validity(Unit.DAYS, 30, Starts.FIRST_VISIT)
    clinic.sell(clinic.product("Floating", clinic.laser, 3, 240_00, floating))
    visit = clinic.book(clinic.at("09:00"))
    clinic.complete(visit)
    clinic.do(diary.undo_completion, visit, "wrong client")
    clinic.do(diary.take_back, visit)
    clinic.do(diary.move, visit, clinic.at("09:00", clinic.days(5)))
    assert clinic.ledger().packages[0].last_day == clinic.days(30)


def test_a_first_visit_that_took_place_fixes_the_last_day(clinic: Clinic) -> None:  # R10
    floating = Validity(Unit.DAYS, 30, Starts.FIRST_VISIT)
    clinic.sell(clinic.product("Floating", clinic.laser, 3, 240_00, floating))
    clinic.complete(clinic.book(clinic.at("09:00")))
    clinic.book(clinic.at("09:00", clinic.days(3)))
    assert {credit.last_day for credit in clinic.credits()} == {clinic.days(30)}


@pytest.mark.parametrize(
    ("grace", "kinds_after", "last"),
    [
        (0, [Kind.RELEASED, Kind.EXPIRED], 5),
        (7, [Kind.RELEASED, Kind.EXPIRED, Kind.EXTENDED], 6 + 7),
    ],
)
def test_a_credit_returned_after_its_last_day_gets_the_clinics_grace(  # R16
    clinic: Clinic, grace: int, kinds_after: list[Kind], last: int
) -> None:
    clinic.policy(grace=grace)
    clinic.sell(clinic.product("Five days", clinic.laser, 1, 80_00, Validity(Unit.DAYS, 5, Starts.PURCHASE)))
    visit = clinic.book(clinic.at("17:00", clinic.days(5)))
    clinic.clock.forward(days=6)
    clinic.do(diary.set_credit, visit, NONE)
    credit = clinic.credits()[0]
    assert [entry.kind for entry in credit.entries][2:] == kinds_after
    assert credit.last_day == clinic.days(last)


def test_a_cancellation_by_the_clinic_gives_two_weeks_at_least(clinic: Clinic) -> None:  # R16
    clinic.sell(clinic.product("Five days", clinic.laser, 1, 80_00, Validity(Unit.DAYS, 5, Starts.PURCHASE)))
    visit = clinic.book(clinic.at("17:00", clinic.days(5)))
    clinic.cancel(visit, reason=4)
    assert clinic.credits()[0].last_day == TODAY + timedelta(days=14)


@pytest.mark.parametrize(
    "act",
    [
        lambda c: (packages.extend_package, c.ledger().packages[0].id, c.days(400), "kind"),
        lambda c: (packages.extend_credit, c.credits()[0].id, c.days(400), "kind"),
        lambda c: (packages.transfer, (c.credits()[0].id,), c.client("Carl Ray"), "kind"),
        lambda c: (packages.goodwill, c.credits()[0].id, "kind"),
    ],
)
def test_a_receptionist_may_not_change_the_ledger_by_hand(clinic: Clinic, act: object) -> None:
    clinic.sell()
    command, *args = act(clinic)  # type: ignore[operator]
    with pytest.raises(NotAllowed):
        clinic.do(command, *args, by=clinic.desk)


def test_an_extension_needs_a_reason(clinic: Clinic) -> None:
    package = clinic.sell()
    with pytest.raises(Invalid, match="reason"):
        clinic.do(packages.extend_package, package, clinic.days(400), "  ")


def test_the_liability_is_the_value_of_what_is_left_and_booked(clinic: Clinic) -> None:  # R37
    clinic.policy()
    clinic.sell()
    clinic.complete(clinic.book(clinic.at("09:00")))
    clinic.cancel(clinic.book(clinic.at("10:00")))
    clinic.book(clinic.at("12:00"))
    own = clinic.ledger()
    assert clinic.ask(journal.liability) == own.open_value == Money(320_00)


def test_overriding_returns_a_credit_and_stands_in_the_ledger(clinic: Clinic) -> None:  # R15
    clinic.policy()
    clinic.sell()
    visit = clinic.book(clinic.at("10:00"))
    clinic.cancel(visit, override=Override.WAIVE, words="first time in two years")
    entry = clinic.credits()[0].entries[-1]
    assert (entry.kind, entry.override, entry.words) == (Kind.RELEASED, Override.WAIVE, "first time in two years")
    assert clinic.ledger().account == 0
