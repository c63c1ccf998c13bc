"""Money ahead: deposits, fees as lines of their own, and the client's account (R14, R28, R37)."""

from dataclasses import replace

import pytest

from reception.domain import catalogue, checkout, diary, journal
from reception.domain.addons import Attaching
from reception.domain.checkout import CartLine, LineKind, Tender
from reception.domain.errors import Invalid, Refused
from reception.domain.money import Money
from reception.domain.outcomes import OnMoney, Status
from reception.domain.packages import NONE, Choice
from reception.domain.tables.ids import AppointmentId, ReasonId, ServiceId
from reception.domain.tables.words import Account, PaymentPolicy
from tests.clinic import FORFEITS, Clinic
from tests.domain.extras import add_on, held, link, pay, pay_ahead, teach

KEEPS = replace(FORFEITS, late_money=OnMoney.DEPOSIT, no_show_money=OnMoney.DEPOSIT)
BY_CLINIC = diary.Cancelling(ReasonId(4))


@pytest.fixture
def peel(clinic: Clinic) -> ServiceId:
    """A treatment of 80.00 with a deposit of a quarter."""
    return _ahead(clinic, clinic.service("Peel 45", 45, 0, 80_00, tax=2000), PaymentPolicy.DEPOSIT, share=2500)


def _ahead(
    clinic: Clinic, service: ServiceId, payment: PaymentPolicy, *, deposit: int = 0, share: int = 0
) -> ServiceId:
    own = next(one for one in clinic.ask(catalogue.services) if one.id == service)
    draft = catalogue.ServiceDraft(
        own.name,
        own.short,
        own.category,
        own.minutes,
        own.turnaround,
        own.price,
        own.tax_rate,
        payment=payment,
        deposit=Money(deposit),
        deposit_share=share,
    )
    clinic.do(catalogue.change_service, service, draft)
    teach(clinic, clinic.ana, service)
    return service


@pytest.fixture
def visit(clinic: Clinic, peel: ServiceId) -> AppointmentId:
    """A peel that Bea has booked for eleven."""
    return clinic.book(clinic.at("11:00"), service=peel)


def _balance(clinic: Clinic, account: Account) -> Money:
    return clinic.ask(journal.balance, account)


def test_a_deposit_that_is_due_stays_owing_until_it_is_paid(clinic: Clinic, visit: AppointmentId) -> None:  # R28
    assert clinic.ask(diary.entry, visit).owing_ahead == Money(20_00)
    assert [one.id for one in clinic.ask(diary.queue).owing] == [visit]
    assert clinic.ask(checkout.suggest, clinic.bea) == (CartLine(LineKind.DEPOSIT, visit),)
    pay_ahead(clinic, visit)
    assert clinic.ask(diary.entry, visit).owing_ahead == Money(0)
    assert clinic.ask(diary.queue).owing == ()
    assert clinic.ask(checkout.suggest, clinic.bea) == ()


def test_a_deposit_is_a_liability_and_carries_no_tax(clinic: Clinic, visit: AppointmentId) -> None:  # R28, R37, R38
    pay_ahead(clinic, visit)
    assert (held(clinic, visit), _balance(clinic, Account.DEPOSITS)) == (Money(20_00), Money(-20_00))
    assert (_balance(clinic, Account.INCOME), _balance(clinic, Account.TAX)) == (Money(0), Money(0))


def test_a_deposit_pays_its_part_when_the_visit_is_checked_out(clinic: Clinic, visit: AppointmentId) -> None:  # R28
    pay_ahead(clinic, visit)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    (line,) = clinic.ask(checkout.suggest, clinic.bea)
    quote = clinic.ask(checkout.quote, checkout.Cart(clinic.bea, (line,)))
    assert (quote.total, quote.by_deposit, quote.to_pay) == (Money(80_00), Money(20_00), Money(60_00))
    receipt = clinic.ask(checkout.receipt, pay(clinic, line))
    assert {one.tender: one.amount for one in receipt.payments} == {
        Tender.CARD: Money(60_00),
        Tender.DEPOSIT: Money(20_00),
    }
    assert (_balance(clinic, Account.DEPOSITS), _balance(clinic, Account.TAX)) == (Money(0), Money(-13_33))
    assert clinic.status(visit) is Status.COMPLETED


def test_what_a_discount_leaves_of_a_deposit_goes_to_the_account(clinic: Clinic, visit: AppointmentId) -> None:  # R28
    pay_ahead(clinic, visit)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    pay(clinic, CartLine(LineKind.VISIT, visit, discount=Money(70_00)))
    assert (_balance(clinic, Account.DEPOSITS), clinic.ledger().account) == (Money(0), Money(-10_00))


def test_a_sale_discount_passes_over_deposits(clinic: Clinic, visit: AppointmentId) -> None:  # R36
    other = clinic.book(clinic.at("14:00"))
    clinic.do(diary.arrive, other, by=clinic.desk)
    lines = (CartLine(LineKind.VISIT, other), CartLine(LineKind.DEPOSIT, visit))
    quote = clinic.ask(checkout.quote, checkout.Cart(clinic.bea, lines, discount=Money(10_00)))
    assert [one.gross for one in quote.lines] == [Money(90_00), Money(20_00)]
    own = checkout.Cart(clinic.bea, (CartLine(LineKind.DEPOSIT, visit, discount=Money(1_00)),))
    assert isinstance(clinic.ask(checkout.quote, own).refusal, Invalid)


def test_a_visit_that_a_credit_pays_owes_nothing_ahead(clinic: Clinic) -> None:  # R28
    _ahead(clinic, clinic.laser, PaymentPolicy.UPFRONT)
    clinic.sell()
    assert clinic.ask(diary.entry, clinic.book(clinic.at("11:00"))).owing_ahead == Money(0)
    paid = clinic.book(clinic.at("14:00"), credit=NONE)
    assert clinic.ask(diary.entry, paid).owing_ahead == Money(100_00)


def test_a_deposit_goes_back_where_a_credit_pays_in_the_end(clinic: Clinic) -> None:  # R28
    _ahead(clinic, clinic.laser, PaymentPolicy.DEPOSIT, deposit=30_00)
    visit = clinic.book(clinic.at("11:00"))
    pay_ahead(clinic, visit)
    clinic.sell()
    clinic.do(diary.set_credit, visit, Choice(clinic.credits()[0].id), by=clinic.desk)
    clinic.complete(visit)
    assert (held(clinic, visit), clinic.ledger().account) == (Money(0), Money(-30_00))


def test_cancelled_late_the_policy_keeps_the_deposit(clinic: Clinic, visit: AppointmentId) -> None:  # R14
    clinic.policy(KEEPS)
    pay_ahead(clinic, visit)
    ending = clinic.ask(diary.preview_cancel, visit, diary.Cancelling(ReasonId(1)))
    assert (ending.deposit, ending.outcome.keep_deposit, ending.outcome.fee) == (Money(20_00), True, Money(0))
    clinic.cancel(visit)
    assert (_balance(clinic, Account.FEES), clinic.ledger().account) == (Money(-20_00), Money(0))


@pytest.mark.parametrize("how", [BY_CLINIC, diary.Cancelling(ReasonId(3))])
def test_else_the_deposit_goes_to_the_account(  # R14
    clinic: Clinic, visit: AppointmentId, how: diary.Cancelling
) -> None:
    clinic.policy(KEEPS)
    pay_ahead(clinic, visit)
    clinic.do(diary.cancel, visit, how, by=clinic.desk)
    assert (_balance(clinic, Account.DEPOSITS), clinic.ledger().account) == (Money(0), Money(-20_00))


def test_a_fee_leaves_the_deposit_to_go_back(clinic: Clinic, visit: AppointmentId) -> None:  # R14
    clinic.policy(FORFEITS)
    pay_ahead(clinic, visit)
    clinic.cancel(visit)
    assert (clinic.ledger().account, _balance(clinic, Account.FEES)) == (Money(0), Money(-20_00))


def test_undoing_a_no_show_holds_the_deposit_again(clinic: Clinic, visit: AppointmentId) -> None:  # R14, R19
    clinic.policy(KEEPS)
    pay_ahead(clinic, visit)
    clinic.clock.now = clinic.at("12:00")
    clinic.do(diary.no_show, visit, by=clinic.desk)
    assert held(clinic, visit) == Money(0)
    clinic.do(diary.undo_no_show, visit, "they were here", by=clinic.desk)
    assert (held(clinic, visit), _balance(clinic, Account.FEES)) == (Money(20_00), Money(0))


def test_fees_stand_in_the_cart_one_by_one_and_name_their_visits(clinic: Clinic) -> None:  # R14
    clinic.policy(FORFEITS)
    late, missed = clinic.book(clinic.at("11:00")), clinic.book(clinic.at("14:00"))
    clinic.cancel(late)
    clinic.clock.now = clinic.at("15:00")
    clinic.do(diary.no_show, missed, by=clinic.desk)
    lines = clinic.ask(checkout.suggest, clinic.bea)
    quote = clinic.ask(checkout.quote, checkout.Cart(clinic.bea, lines))
    assert [(one.words, one.detail, one.gross) for one in quote.lines] == [
        ("Late cancellation fee", "Laser 30", Money(20_00)),
        ("No-show fee", "Laser 30", Money(30_00)),
    ]
    pay(clinic, lines[0])
    assert clinic.ask(checkout.suggest, clinic.bea) == (lines[1],)
    assert clinic.ledger().account == Money(30_00)


def test_a_fee_is_paid_once(clinic: Clinic) -> None:  # R14
    clinic.policy(FORFEITS)
    late = clinic.book(clinic.at("11:00"))
    clinic.cancel(late)
    line = CartLine(LineKind.ACCOUNT, late, price=Money(20_00))
    pay(clinic, line)
    refusal = clinic.ask(checkout.quote, checkout.Cart(clinic.bea, (line,))).refusal
    assert refusal is not None
    twice = checkout.Cart(clinic.bea, (line, line))
    assert clinic.ask(checkout.quote, twice).refusal is not None


def test_the_account_is_paid_out_up_to_what_it_holds(clinic: Clinic, visit: AppointmentId) -> None:
    pay_ahead(clinic, visit)
    clinic.do(diary.cancel, visit, BY_CLINIC, by=clinic.desk)
    with pytest.raises(Refused, match="The account holds"):
        clinic.do(checkout.pay_out, clinic.bea, Money(20_01), Tender.CASH, "", by=clinic.desk)
    sale = clinic.do(checkout.pay_out, clinic.bea, Money(20_00), Tender.CASH, "visit cancelled", by=clinic.desk)
    assert (clinic.ledger().account, _balance(clinic, Account.CASH)) == (Money(0), Money(-20_00))
    assert clinic.ask(checkout.receipt, sale).total == Money(-20_00)


def test_a_deposit_sale_is_reversed_while_the_deposit_is_held(clinic: Clinic, visit: AppointmentId) -> None:  # R40
    sale = pay_ahead(clinic, visit)
    clinic.do(checkout.reverse, sale, "paid twice")
    assert (held(clinic, visit), clinic.ask(diary.entry, visit).owing_ahead) == (Money(0), Money(20_00))
    again = pay_ahead(clinic, visit)
    clinic.do(diary.cancel, visit, BY_CLINIC, by=clinic.desk)
    with pytest.raises(Refused, match="has been used or given back"):
        clinic.do(checkout.reverse, again, "paid twice")


def test_reversing_the_visits_sale_holds_the_deposit_again(clinic: Clinic, visit: AppointmentId) -> None:  # R40
    pay_ahead(clinic, visit)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    sale = pay(clinic, CartLine(LineKind.VISIT, visit))
    clinic.do(checkout.reverse, sale, "wrong card")
    assert held(clinic, visit) == Money(20_00)


def _money(clinic: Clinic) -> list[tuple[str, Money, Money]]:
    return [(line.words, line.amount, line.owed) for line in clinic.ledger().money]


def test_the_ledger_tells_what_is_held_for_visits_to_come(clinic: Clinic, visit: AppointmentId) -> None:  # R28
    pay_ahead(clinic, visit)
    ledger = clinic.ledger()
    (line,) = ledger.visits
    assert (line.paid, line.paid_ahead, ledger.held, ledger.account) == (Money(0), Money(20_00), Money(20_00), Money(0))
    clinic.do(diary.arrive, visit, by=clinic.desk)
    pay(clinic, CartLine(LineKind.VISIT, visit))
    (line,) = clinic.ledger().visits
    assert (line.paid, line.paid_ahead, clinic.ledger().held) == (Money(80_00), Money(0), Money(0))


def test_the_ledger_tells_that_a_deposit_went_back_and_was_paid_out(clinic: Clinic, visit: AppointmentId) -> None:
    pay_ahead(clinic, visit)
    clinic.do(diary.cancel, visit, BY_CLINIC, by=clinic.desk)
    clinic.do(checkout.pay_out, clinic.bea, Money(20_00), Tender.CASH, "", by=clinic.desk)
    assert _money(clinic) == [
        ("Sale 1", 20_00, 20_00),
        ("Card", -20_00, 0),
        ("Deposit back, Peel 45", -20_00, -20_00),
        ("Paid back, cash", 20_00, 0),
    ]


def test_the_ledger_tells_that_a_deposit_was_kept(clinic: Clinic, visit: AppointmentId) -> None:  # R14, R19
    clinic.policy(KEEPS)
    pay_ahead(clinic, visit)
    clinic.clock.now = clinic.at("12:00")
    clinic.do(diary.no_show, visit, by=clinic.desk)
    clinic.do(diary.undo_no_show, visit, "they were here", by=clinic.desk)
    assert _money(clinic)[2:] == [("Deposit kept, Peel 45", 0, 0), ("Deposit held again, Peel 45", 0, 0)]


def test_the_ledger_tells_a_fee_from_the_deposit_that_goes_back(clinic: Clinic, visit: AppointmentId) -> None:  # R14
    clinic.policy(FORFEITS)
    pay_ahead(clinic, visit)
    clinic.cancel(visit)
    assert _money(clinic)[2:] == [
        ("Deposit back, Peel 45", -20_00, -20_00),
        ("Fee, Peel 45", 20_00, 0),
    ]


def test_what_a_visit_leaves_of_its_deposit_is_told_apart_from_the_sale(clinic: Clinic, visit: AppointmentId) -> None:
    pay_ahead(clinic, visit)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    pay(clinic, CartLine(LineKind.VISIT, visit, discount=Money(70_00)))
    assert _money(clinic)[2:] == [("Deposit back, Peel 45", -10_00, -10_00)]


def test_a_fee_on_a_receipt_names_its_service(clinic: Clinic) -> None:  # R14
    clinic.policy(FORFEITS)
    late = clinic.book(clinic.at("11:00"))
    clinic.cancel(late)
    receipt = clinic.ask(checkout.receipt, pay(clinic, CartLine(LineKind.ACCOUNT, late, price=Money(20_00))))
    assert [(one.words, one.detail, one.appointment) for one in receipt.lines] == [
        ("Late cancellation fee", "Laser 30", late)
    ]


def test_a_deposit_in_the_cart_tells_what_it_leaves_for_the_visit(clinic: Clinic, visit: AppointmentId) -> None:  # R28
    (line,) = clinic.ask(checkout.quote, checkout.Cart(clinic.bea, (CartLine(LineKind.DEPOSIT, visit),))).lines
    assert (line.gross, line.rest, line.start) == (Money(20_00), Money(60_00), clinic.at("11:00"))


def test_an_add_on_in_the_cart_tells_when_it_would_be_and_what_it_leaves(clinic: Clinic) -> None:  # R24, R28
    cupping = add_on(clinic, "Cupping 15", price=18_00, payment=PaymentPolicy.DEPOSIT, deposit=5_00)
    link(clinic, clinic.laser, cupping)
    group = clinic.ask(diary.entry, clinic.book(clinic.at("11:00"))).group
    wanted = CartLine(LineKind.DEPOSIT, attach=Attaching(group, cupping))
    (line,) = clinic.ask(checkout.quote, checkout.Cart(clinic.bea, (wanted,))).lines
    assert (line.gross, line.rest) == (Money(5_00), Money(13_00))
    assert (line.detail, line.start, line.end) == ("Ana Lund", clinic.at("11:30"), clinic.at("11:45"))


def test_the_quote_tells_what_the_account_held_before(clinic: Clinic, visit: AppointmentId) -> None:
    pay_ahead(clinic, visit)
    clinic.do(diary.cancel, visit, BY_CLINIC, by=clinic.desk)
    fee = CartLine(LineKind.FEE, words="Lost locker key", price=Money(14_00))
    cart = checkout.Cart(clinic.bea, (fee,), (checkout.Paying(Tender.ACCOUNT, Money(14_00)),))
    quote = clinic.ask(checkout.quote, cart)
    assert (quote.account, quote.account_after, quote.refusal) == (Money(-20_00), Money(-6_00), None)
