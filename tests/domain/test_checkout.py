"""The checkout: one cart, settled once, numbered without gaps (R36–R40)."""

from typing import Any
from uuid import uuid4

import pytest

from reception.domain import checkout, diary, journal, packages
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, SaleKind, Tender
from reception.domain.errors import Invalid, NotAllowed, Refused
from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.packages import NONE, Choice
from reception.domain.tables.ids import AppointmentId
from reception.domain.tables.words import Account
from tests.clinic import TODAY, Clinic


def arrived(clinic: Clinic, wall: str = "09:00", **wanted: Any) -> AppointmentId:
    visit = clinic.book(clinic.at(wall), **wanted)
    clinic.do(diary.arrive, visit)
    return visit


def cash(amount: int, given: int | None = None) -> tuple[Paying, ...]:
    return (Paying(Tender.CASH, Money(amount), None if given is None else Money(given)),)


def test_a_cart_mixes_visits_packages_and_fees(clinic: Clinic) -> None:  # R36
    visit = arrived(clinic, service=clinic.massage)
    lines = (
        CartLine(LineKind.VISIT, visit),
        CartLine(LineKind.PACKAGE, clinic.course),
        CartLine(LineKind.FEE, words="Late fee", price=Money(5_00)),
    )
    quote = clinic.ask(checkout.quote, Cart(clinic.bea, lines, discount=Money(10_00)))
    assert quote.total == Money(60_00 + 480_00 + 5_00 - 10_00)
    assert [line.sale_discount for line in quote.lines] == [Money(1_11), Money(8_80), Money(9)]


def test_the_checkout_completes_a_visit_that_is_under_way(clinic: Clinic) -> None:
    visit = arrived(clinic, service=clinic.massage)
    clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),), cash(60_00)), by=clinic.desk)
    assert clinic.status(visit) is Status.COMPLETED


def test_a_credit_is_a_tender_and_the_visit_keeps_its_price(clinic: Clinic) -> None:  # R11
    clinic.sell()
    visit = arrived(clinic)
    clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),)), by=clinic.desk)
    receipt = clinic.ask(checkout.receipt, clinic.sale())
    assert receipt.total == Money(100_00)
    assert [(one.tender, one.amount, one.number) for one in receipt.payments] == [(Tender.CREDIT, Money(100_00), 1)]
    assert clinic.states()[0] is State.REDEEMED


def test_a_visit_can_be_paid_instead_and_its_credit_goes_back(clinic: Clinic) -> None:
    clinic.sell()
    visit = arrived(clinic)
    line = CartLine(LineKind.VISIT, visit, credit=NONE)
    clinic.do(checkout.settle, Cart(clinic.bea, (line,), cash(100_00)), by=clinic.desk)
    assert clinic.states() == [State.AVAILABLE] * 6


def test_another_credit_can_pay(clinic: Clinic) -> None:  # R9
    clinic.sell()
    visit = arrived(clinic)
    line = CartLine(LineKind.VISIT, visit, credit=Choice(clinic.credits()[2].id))
    clinic.do(checkout.settle, Cart(clinic.bea, (line,)), by=clinic.desk)
    assert clinic.states()[:3] == [State.AVAILABLE, State.AVAILABLE, State.REDEEMED]


def test_settling_twice_settles_once(clinic: Clinic) -> None:  # R36
    cart = Cart(clinic.bea, (CartLine(LineKind.PACKAGE, clinic.course),), cash(480_00))
    id_ = uuid4().hex
    first = clinic.do(checkout.settle, cart, id=id_)
    second = clinic.do(checkout.settle, cart, id=id_)
    assert first == second
    assert len(clinic.ledger().packages) == 1


def test_payments_are_split_and_change_is_given(clinic: Clinic) -> None:  # R36
    lines = (CartLine(LineKind.PACKAGE, clinic.course),)
    payments = (Paying(Tender.CARD, Money(400_00)), Paying(Tender.CASH, Money(80_00), Money(100_00)))
    quote = clinic.ask(checkout.quote, Cart(clinic.bea, lines, payments))
    assert (quote.remaining, quote.change, quote.refusal) == (Money(0), Money(20_00), None)


@pytest.mark.parametrize(
    ("payments", "words"),
    [
        (cash(479_00), "remains"),
        (cash(481_00), "more than"),
        (cash(0), "above zero"),
        (cash(480_00, 470_00), "less than"),
        ((Paying(Tender.CREDIT, Money(480_00)),), "above zero"),
    ],
)
def test_payments_that_do_not_settle_are_refused(  # R36
    clinic: Clinic, payments: tuple[Paying, ...], words: str
) -> None:
    cart = Cart(clinic.bea, (CartLine(LineKind.PACKAGE, clinic.course),), payments)
    with pytest.raises((Refused, Invalid), match=words):
        clinic.do(checkout.settle, cart)
    assert clinic.ask(checkout.sales, TODAY) == ()


def test_a_visit_is_paid_once(clinic: Clinic) -> None:
    visit = arrived(clinic, service=clinic.massage)
    cart = Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),), cash(60_00))
    clinic.do(checkout.settle, cart)
    with pytest.raises(Refused, match="paid already"):
        clinic.do(checkout.settle, cart)


def test_a_visit_that_has_not_begun_is_not_checked_out(clinic: Clinic) -> None:
    visit = clinic.book(clinic.at("09:00"), service=clinic.massage)
    with pytest.raises(Refused, match="hasn't begun"):
        clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),), cash(60_00)))


def test_tax_is_taken_at_the_sale_and_a_redemption_is_taxed_nothing(clinic: Clinic) -> None:  # R37, R38
    clinic.sell(clinic.product("Massages", clinic.massage, 6, 300_00))
    assert clinic.ask(journal.balance, Account.TAX) == -50_00
    assert clinic.ask(journal.liability) == 250_00
    visit = arrived(clinic, service=clinic.massage)
    clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),)))
    assert clinic.ask(journal.balance, Account.TAX) == -50_00
    assert clinic.ask(journal.balance, Account.INCOME) == -41_67


def test_what_goes_on_account_is_owed_and_can_be_paid(clinic: Clinic) -> None:
    visit = arrived(clinic, service=clinic.massage)
    on_account = Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),), (Paying(Tender.ACCOUNT, Money(60_00)),))
    clinic.do(checkout.settle, on_account)
    assert clinic.ledger().account == Money(60_00)
    lines = clinic.ask(checkout.suggest, clinic.bea)
    assert [(line.kind, line.price) for line in lines] == [(LineKind.ACCOUNT, Money(60_00))]
    clinic.do(checkout.settle, Cart(clinic.bea, lines, cash(60_00)))
    assert clinic.ledger().account == 0


def test_receipts_are_numbered_without_gaps(clinic: Clinic) -> None:  # R40
    clinic.sell()
    with pytest.raises(Refused):
        clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.PACKAGE, clinic.course),)))
    clinic.sell()
    assert [row.number for row in clinic.ask(checkout.sales, TODAY)] == [2, 1]


def test_a_wrong_sale_is_reversed_by_another(clinic: Clinic) -> None:  # R40
    clinic.sell()
    clinic.do(checkout.reverse, clinic.sale(), "wrong client", by=clinic.manager)
    assert clinic.states() == [State.REFUNDED] * 6
    assert [(row.kind, row.total) for row in clinic.ask(checkout.sales, TODAY)] == [
        (SaleKind.REVERSAL, Money(-480_00)),
        (SaleKind.SALE, Money(480_00)),
    ]
    assert [clinic.ask(journal.balance, account) for account in Account] == [0] * len(Account)


def test_a_sale_is_reversed_once(clinic: Clinic) -> None:  # R40
    clinic.sell()
    sale = clinic.sale()
    clinic.do(checkout.reverse, sale, "wrong client")
    with pytest.raises(Refused, match="already"):
        clinic.do(checkout.reverse, sale, "wrong client")
    with pytest.raises(Refused, match="itself a reversal"):
        clinic.do(checkout.reverse, clinic.sale(), "wrong client")


def test_a_sale_whose_course_is_in_use_is_not_reversed(clinic: Clinic) -> None:  # R40
    clinic.sell()
    clinic.book(clinic.at("09:00"))
    with pytest.raises(Refused, match=r"Credit 1 of .* is booked"):
        clinic.do(checkout.reverse, clinic.sale(), "wrong client")


def test_a_receptionist_may_not_reverse_a_sale(clinic: Clinic) -> None:
    clinic.sell()
    with pytest.raises(NotAllowed, match="reverse a sale"):
        clinic.do(checkout.reverse, clinic.sale(), "wrong client", by=clinic.desk)


def test_a_practitioner_may_not_settle(clinic: Clinic) -> None:
    cart = Cart(clinic.bea, (CartLine(LineKind.PACKAGE, clinic.course),), cash(480_00))
    with pytest.raises(NotAllowed, match="settle a sale"):
        clinic.do(checkout.settle, cart, by=clinic.ana)


def test_the_quote_shows_the_balances_afterwards(clinic: Clinic) -> None:
    clinic.sell()
    visit = arrived(clinic)
    lines = (CartLine(LineKind.VISIT, visit), CartLine(LineKind.PACKAGE, clinic.course))
    after = clinic.ask(checkout.quote, Cart(clinic.bea, lines)).after
    assert [(one.available, one.reserved, one.used) for one in after] == [(11, 0, 1)]


def test_a_paid_visit_is_not_cancelled_before_its_receipt_is_reversed(clinic: Clinic) -> None:
    visit = arrived(clinic, service=clinic.massage)
    clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),), cash(60_00)))
    clinic.do(diary.undo_completion, visit, "never took place")
    clinic.do(diary.take_back, visit)
    with pytest.raises(Refused, match="paid on receipt 1"):
        clinic.cancel(visit)
    clinic.do(checkout.reverse, clinic.sale(), "never took place")
    clinic.cancel(visit)
    assert clinic.status(visit) is Status.LATE_CANCELLED


def test_the_balances_on_a_receipt_are_the_clients(clinic: Clinic) -> None:
    clinic.sell()
    receipt = clinic.ask(checkout.receipt, clinic.sale())
    assert receipt.balances == clinic.ask(packages.balances, clinic.bea)
