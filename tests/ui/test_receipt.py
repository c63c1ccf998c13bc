"""The receipt on screen: the paper that a sale becomes, and what has become of the sale."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, checkout, diary
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.money import Money
from reception.domain.tables.ids import AppointmentId, ReasonId, ServiceId
from reception.domain.tables.words import PaymentPolicy
from reception.ui.dialogs.receipt import ReceiptSheet
from reception.ui.dialogs.reverse import ReverseSheet
from reception.ui.text import Formats
from reception.ui.widgets import Notice
from reception.ui.widgets.slip import Slip, SlipLine, Weight, of_receipt
from reception.ui.workbench import Workbench
from tests.clinic import TODAY, Clinic
from tests.domain.extras import pay, pay_ahead, teach


def paper(clinic: Clinic, formats: Formats) -> list[tuple[str, str]]:
    _, lines = of_receipt(clinic.ask(checkout.receipt, clinic.sale()), formats, TODAY)
    return [(line.words, line.right) for line in lines if line.weight is not Weight.RULE]


def settled(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> ReceiptSheet:
    sheet = ReceiptSheet(bench, clinic.sale())
    qtbot.addWidget(sheet)
    sheet.show()
    slip = sheet.findChild(Slip)
    assert slip is not None
    qtbot.waitUntil(lambda: bool(slip.lines()))
    return sheet


def reverse_button(sheet: ReceiptSheet) -> QWidget:
    button = sheet.findChild(QWidget, "receipt.reverse")
    assert button is not None
    return button


def test_a_sold_course_stands_on_the_receipt_with_the_balance(clinic: Clinic, formats: Formats) -> None:  # R40
    clinic.sell(discount=Money(24_00))
    assert paper(clinic, formats) == [
        ("Laser 30, course of 6", "480.00"),
        ("Discount", "−24.00"),
        ("Total", "£456.00"),
        ("Card", "456.00"),
        ("Your balance", ""),
        ("Laser 30", "6 left"),
        ("use by 24 May 2027", ""),
    ]


def test_cash_shows_what_was_handed_over_and_the_change(clinic: Clinic, formats: Formats) -> None:
    lines = (CartLine(LineKind.FEE, words="Lost locker key", price=Money(14_00)),)
    cart = Cart(clinic.bea, lines, (Paying(Tender.CASH, Money(14_00), given=Money(20_00)),))
    clinic.do(checkout.settle, cart)
    assert paper(clinic, formats)[-2:] == [("Cash", "20.00"), ("Change", "−6.00")]


def test_tax_is_told_by_rate(clinic: Clinic, formats: Formats) -> None:  # R38
    visit = clinic.book(clinic.at("09:00"), service=clinic.massage)
    clinic.complete(visit)
    clinic.do(
        checkout.settle,
        Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),), (Paying(Tender.CARD, Money(60_00)),)),
    )
    assert ("of which tax 20\N{NO-BREAK SPACE}%", "10.00") in paper(clinic, formats)


def test_a_credit_is_named_as_what_paid(clinic: Clinic, formats: Formats) -> None:  # R11
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    clinic.do(checkout.settle, Cart(clinic.bea, (CartLine(LineKind.VISIT, visit),)))
    lines = paper(clinic, formats)
    assert ("Credit 1 of 6", "100.00") in lines
    assert ("Laser 30", "5 left") in lines


def test_a_reversed_sale_says_which_receipt_reverses_it(clinic: Clinic, formats: Formats) -> None:  # R40
    clinic.sell()
    sale = clinic.sale()
    clinic.do(checkout.reverse, sale, "wrong client")
    heading, _ = of_receipt(clinic.ask(checkout.receipt, sale), formats, TODAY)
    assert heading.fate == "Reversed by receipt 2"
    heading, _ = of_receipt(clinic.ask(checkout.receipt, clinic.sale()), formats, TODAY)
    assert heading.fate == "Reverses receipt 1"


def test_a_manager_may_reverse_a_sale_that_stands(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:  # R40
    clinic.sell()
    assert reverse_button(settled(clinic, bench, qtbot)).isEnabled()


def test_a_reversal_is_not_reversed(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:  # R40
    clinic.sell()
    clinic.do(checkout.reverse, clinic.sale(), "wrong client")
    button = reverse_button(settled(clinic, bench, qtbot))
    assert not button.isEnabled()
    assert button.toolTip() == "This receipt is itself a reversal."


def test_the_paper_grows_with_what_stands_on_it(clinic: Clinic, formats: Formats, qtbot: QtBot) -> None:
    slip = Slip()
    qtbot.addWidget(slip)
    clinic.sell()
    heading, lines = of_receipt(clinic.ask(checkout.receipt, clinic.sale()), formats, TODAY)
    slip.show_slip(heading, lines)
    short = slip.sizeHint().height()
    slip.show_slip(heading, [*lines, SlipLine(Weight.PLAIN, "Card", "1.00")])
    assert slip.sizeHint().height() == short + 19


@pytest.fixture
def peel(clinic: Clinic) -> AppointmentId:
    """Bea's visit of 80.00 at eleven, of which 20.00 is due before it."""
    draft = catalogue.ServiceDraft(
        "Peel 45", "Peel", "Care", 45, 0, Money(80_00), 0, payment=PaymentPolicy.DEPOSIT, deposit=Money(20_00)
    )
    service = ServiceId(clinic.do(catalogue.add_service, draft))
    teach(clinic, clinic.ana, service)
    return clinic.book(clinic.at("11:00"), service=service)


def test_a_deposit_says_for_which_visit_it_is(clinic: Clinic, formats: Formats, peel: AppointmentId) -> None:  # R28
    pay_ahead(clinic, peel)
    assert paper(clinic, formats) == [
        ("Peel 45, paid ahead", "20.00"),
        ("for Tue 24 Nov 11:00, Ana Lund", ""),
        ("Total", "£20.00"),
        ("Card", "20.00"),
    ]


def test_what_was_paid_ahead_stands_on_the_visits_receipt(
    clinic: Clinic, formats: Formats, peel: AppointmentId
) -> None:  # R28
    pay_ahead(clinic, peel)
    clinic.do(diary.arrive, peel)
    pay(clinic, CartLine(LineKind.VISIT, peel))
    assert paper(clinic, formats) == [
        ("Peel 45", "80.00"),
        ("Tue 24 Nov 11:00, Ana Lund", ""),
        ("Total", "£80.00"),
        ("Paid ahead", "20.00"),
        ("Card", "60.00"),
    ]


def reversing(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> str:
    """What the sheet says will happen when the newest sale is reversed."""
    sheet = ReverseSheet(bench, clinic.sale())
    qtbot.addWidget(sheet)
    sheet.show()
    will = sheet.findChild(Notice, "reverse.will")
    assert will is not None
    qtbot.waitUntil(will.isVisible)
    return will.text()


def test_reversing_a_deposit_says_that_it_is_due_again(
    clinic: Clinic, bench: Workbench, peel: AppointmentId, qtbot: QtBot
) -> None:  # R28, R40
    pay_ahead(clinic, peel)
    assert reversing(clinic, bench, qtbot) == (
        "£20.00 (card) goes back Another receipt with the signs turned is written. "
        "What was paid ahead is due again; the visit stays."
    )


def test_reversing_a_visit_says_that_its_deposit_is_held_again(
    clinic: Clinic, bench: Workbench, peel: AppointmentId, qtbot: QtBot
) -> None:  # R28, R40
    pay_ahead(clinic, peel)
    clinic.do(diary.arrive, peel)
    pay(clinic, CartLine(LineKind.VISIT, peel))
    said = reversing(clinic, bench, qtbot)
    assert said.startswith("£60.00 (card) goes back")
    assert said.endswith("The deposit is held for its visit again.")


def test_reversing_what_was_paid_back_takes_it_again(
    clinic: Clinic, bench: Workbench, peel: AppointmentId, qtbot: QtBot
) -> None:  # R40
    pay_ahead(clinic, peel)
    clinic.do(diary.cancel, peel, diary.Cancelling(ReasonId(4)))
    clinic.do(checkout.pay_out, clinic.bea, Money(20_00), Tender.CASH, "")
    said = reversing(clinic, bench, qtbot)
    assert said.startswith("£20.00 (cash) is taken again")
    assert said.endswith("The account holds it again.")
