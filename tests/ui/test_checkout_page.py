"""The checkout as the desk uses it: real clicks and keys on a real clinic."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, checkout, diary, staff
from reception.domain.addons import Attaching
from reception.domain.checkout import CartLine, LineKind, Quote, Tender
from reception.domain.ledger import State
from reception.domain.money import Money
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId, ReasonId, ServiceId, StaffId
from reception.domain.tables.words import PaymentPolicy
from reception.ui.panels.checkout import CheckoutPanel
from reception.ui.widgets import Button, Elided, Notice
from reception.ui.widgets.slip import Slip
from reception.ui.workbench import Page, Where, Workbench
from tests.clinic import TODAY, Clinic
from tests.domain.extras import add_on, link, pay_ahead, teach


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> CheckoutPanel:
    panel = CheckoutPanel(bench)
    qtbot.addWidget(panel)
    panel.resize(1318, 692)
    panel.show()
    return panel


def arrived(clinic: Clinic, *, credit: bool) -> AppointmentId:
    if credit:
        clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.clock.forward(hours=1, minutes=5)
    clinic.do(diary.arrive, visit, by=clinic.desk)
    return visit


def opened(qtbot: QtBot, page: CheckoutPanel, clinic: Clinic) -> None:
    page.show_checkout(clinic.bea)
    qtbot.waitUntil(lambda: page.quote is not None)


def find(page: QWidget, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def click(page: QWidget, name: str) -> None:
    QTest.mouseClick(find(page, name), Qt.MouseButton.LeftButton)


def type_in(page: QWidget, name: str, words: str) -> None:
    edit = find(page, name)
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, words)


def enter(page: QWidget, name: str = "") -> None:
    QTest.keyClick(find(page, name) if name else page, Qt.Key.Key_Return)


def text(page: QWidget, name: str) -> str:
    found = find(page, name)
    assert isinstance(found, QLabel)
    return found.text()


def quoted(page: CheckoutPanel) -> Quote:
    assert page.quote is not None
    return page.quote


def numbers(page: CheckoutPanel) -> list[int]:
    """Which credits pay, by their numbers."""
    return [line.credit.number for line in quoted(page).lines if line.credit is not None]


def waits(qtbot: QtBot, page: CheckoutPanel, holds: Callable[[], bool]) -> None:
    """Waits until what is on screen belongs to the cart, and it is as it should be."""
    qtbot.waitUntil(lambda: page.cart is not None and len(quoted(page).lines) == len(page.cart.lines) and holds())


def buys_course(qtbot: QtBot, page: CheckoutPanel) -> None:
    click(page, "checkout.add.package")
    QTest.keyClick(find(page, "checkout.packages.list_line"), Qt.Key.Key_1)
    waits(qtbot, page, lambda: any(line.kind is LineKind.PACKAGE for line in quoted(page).lines))


def takes_desk(bench: Workbench, clinic: Clinic, person: StaffId) -> None:
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == person))


def test_a_visit_with_a_credit_is_checked_out_with_enter(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R36
    visit = arrived(clinic, credit=True)
    opened(qtbot, page, clinic)
    assert text(page, "checkout.to_pay") == "£0.00"
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.status(visit) is Status.COMPLETED
    assert clinic.states()[0] is State.REDEEMED
    assert text(page, "checkout.done") == "Receipt 2 settled"


def test_a_course_is_sold_by_digits(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R2
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_1)
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.states() == [State.AVAILABLE] * 6
    receipt = clinic.ask(checkout.receipt, clinic.sale())
    assert [(one.tender, one.amount) for one in receipt.payments] == [(Tender.CARD, Money(480_00))]


def test_keys_are_as_quick_as_they_like(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:
    visit = arrived(clinic, credit=False)
    page.show_checkout(clinic.bea)
    QTest.keyClick(page, Qt.Key.Key_2)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.status(visit) is Status.COMPLETED
    assert [one.tender for one in clinic.ask(checkout.receipt, clinic.sale()).payments] == [Tender.CASH]


def test_two_quick_presses_settle_once(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R36
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    click(page, "checkout.pay.cash")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    enter(page)
    assert page.is_settled()
    assert len(clinic.ask(checkout.sales, TODAY)) == 1


def test_payments_are_split_and_change_is_given(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R36
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    click(page, "checkout.pay.card")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    type_in(page, "checkout.payment.0.amount", "300")
    waits(qtbot, page, lambda: quoted(page).remaining == 180_00)
    click(page, "checkout.pay.cash")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    type_in(page, "checkout.payment.1.given", "200")
    waits(qtbot, page, lambda: quoted(page).change == 20_00)
    enter(page, "checkout.payment.1.given")
    qtbot.waitUntil(page.is_settled)
    assert text(page, "checkout.done.change") == "Give back £20.00"
    payments = clinic.ask(checkout.receipt, clinic.sale()).payments
    assert [(one.tender, one.amount, one.change) for one in payments] == [
        (Tender.CARD, 300_00, 0),
        (Tender.CASH, 180_00, 20_00),
    ]


@pytest.mark.parametrize(("typed", "to_pay"), [("5%", 456_00), ("10 %", 432_00), ("80", 400_00), ("12.50", 467_50)])
def test_a_line_is_discounted_by_amount_or_share(
    page: CheckoutPanel, clinic: Clinic, qtbot: QtBot, typed: str, to_pay: int
) -> None:  # R36
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    click(page, "checkout.discount.0")
    type_in(page, "checkout.discount.edit", typed)
    enter(page, "checkout.discount.edit")
    waits(qtbot, page, lambda: quoted(page).to_pay == to_pay)
    assert not page.is_settled()


def test_a_discount_on_all_is_spread_over_the_lines(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R36
    arrived(clinic, credit=False)
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    click(page, "checkout.add.discount_all")
    type_in(page, "checkout.discount.edit", "58")
    enter(page, "checkout.discount.edit")
    waits(qtbot, page, lambda: quoted(page).to_pay == 522_00)
    assert [line.sale_discount for line in quoted(page).lines] == [10_00, 48_00]


def test_what_is_no_discount_is_said_beside_the_field(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    click(page, "checkout.discount.0")
    type_in(page, "checkout.discount.edit", "a lot")
    enter(page, "checkout.discount.edit")
    assert (
        find(page, "checkout.discount.edit").accessibleDescription() == "a lot is not an amount. Write it like 12.50."
    )


def test_a_fee_needs_words_and_an_amount(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:
    opened(qtbot, page, clinic)
    click(page, "checkout.add.fee")
    enter(page, "checkout.fee.words")
    assert find(page, "checkout.fee.words").accessibleDescription() == "Type what it is for."
    type_in(page, "checkout.fee.words", "Lost locker key")
    type_in(page, "checkout.fee.amount", "14")
    enter(page, "checkout.fee.amount")
    waits(qtbot, page, lambda: quoted(page).to_pay == 14_00)
    assert quoted(page).lines[0].words == "Lost locker key"


def test_a_visit_is_paid_instead_and_keeps_no_credit(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R11
    visit = arrived(clinic, credit=True)
    opened(qtbot, page, clinic)
    click(page, "checkout.instead.0")
    waits(qtbot, page, lambda: quoted(page).to_pay == 100_00)
    click(page, "checkout.pay.card")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.credit_of(visit) is None
    assert clinic.states() == [State.AVAILABLE] * 6


def test_another_credit_pays(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R9
    visit = arrived(clinic, credit=True)
    opened(qtbot, page, clinic)
    click(page, "checkout.other.0")
    QTest.keyClick(find(page, "checkout.credits.list_line"), Qt.Key.Key_2)
    waits(qtbot, page, lambda: numbers(page) == [3])
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.credit_of(visit) == clinic.credits()[2].id


def test_settling_too_early_says_what_remains(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    with qtbot.waitSignal(bench.refused) as refused:
        enter(page)
    sentence = bench.formats.sentence(refused.args[0])
    assert sentence == "£480.00 remains to be paid. Choose how it is paid."
    assert not page.is_settled()


def test_without_packages_in_the_plan_none_is_offered(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R13
    with qtbot.waitSignal(bench.clinic_changed):
        bench.tasks.start(bench.backend.write(catalogue.set_plan, packages=False, add_ons=False))
    opened(qtbot, page, clinic)
    assert find(page, "checkout.add.package").isHidden()
    assert find(page, "checkout.no_packages").isVisible()


def test_a_cart_with_a_package_is_refused_when_the_plan_changes_and_keeps_what_it_holds(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R13
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    bench.tasks.start(bench.backend.write(catalogue.set_plan, packages=False, add_ons=False))
    notice = find(page, "checkout.notice")
    assert isinstance(notice, Notice)
    qtbot.waitUntil(notice.isVisible)
    assert "switched off in the clinic's plan" in notice.text()
    assert page.cart is not None
    assert len(page.cart.lines) == 1
    assert find(page, "checkout.line.0").isVisible()
    assert [line.gross for line in quoted(page).lines] == [Money(480_00)]


def test_what_was_typed_is_there_again(page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    click(page, "checkout.pay.transfer")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    cart = page.cart
    page.hide()
    assert [draft.kind for draft in bench.drafts.parked()] == ["checkout"]
    again = CheckoutPanel(bench)
    qtbot.addWidget(again)
    again.show()
    again.show_checkout(None, bench.drafts.parked()[0])
    qtbot.waitUntil(lambda: again.quote is not None)
    assert again.cart == cart


def test_an_empty_cart_leaves_no_card(page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    opened(qtbot, page, clinic)
    page.hide()
    assert bench.drafts.all() == ()


def test_a_checkout_that_is_thrown_away_can_be_brought_back(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    with qtbot.waitSignal(bench.said) as said:
        click(page, "checkout.drop")
    words, undo = said.args
    assert words == "Threw away the checkout of Bea Jones"
    assert bench.drafts.all() == ()
    bench.tasks.start(undo())
    qtbot.waitUntil(lambda: len(bench.drafts.all()) == 1)


def test_a_practitioner_is_told_who_settles(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:
    takes_desk(bench, clinic, clinic.ana)
    opened(qtbot, page, clinic)
    settle = find(page, "checkout.settle")
    assert isinstance(settle, Button)
    assert not settle.isEnabled()
    assert settle.toolTip() == "Ask a receptionist or a manager to settle this."


def test_a_second_record_of_the_same_person_is_pointed_out(
    page: CheckoutPanel, clinic: Clinic, qtbot: QtBot
) -> None:  # R42
    clinic.client("Bea Jones")
    opened(qtbot, page, clinic)
    notice = find(page, "checkout.twins")
    assert isinstance(notice, Notice)
    assert notice.text().startswith("There is a second record: Bea Jones, no birth date")


def test_selling_a_package_opens_the_list_of_packages(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:
    arrived(clinic, credit=False)
    draft = bench.drafts.open("checkout", client=clinic.bea, body={"picking": "package"})
    page.show_checkout(clinic.bea, draft)
    qtbot.waitUntil(lambda: page.findChild(QWidget, "checkout.packages.list_line") is not None)
    assert page.cart is not None
    assert page.cart.lines == ()
    QTest.keyClick(find(page, "checkout.packages.list_line"), Qt.Key.Key_Return)
    waits(qtbot, page, lambda: [line.kind for line in quoted(page).lines] == [LineKind.PACKAGE])


def test_a_visit_that_was_taken_out_is_offered_again(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:
    visit = arrived(clinic, credit=False)
    opened(qtbot, page, clinic)
    click(page, "checkout.remove.0")
    waits(qtbot, page, lambda: quoted(page).lines == ())
    click(page, "checkout.add.visit")
    QTest.keyClick(find(page, "checkout.visits.list_line"), Qt.Key.Key_1)
    waits(qtbot, page, lambda: [line.key for line in quoted(page).lines] == [visit])


def test_what_is_owed_is_paid(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R36
    arrived(clinic, credit=False)
    opened(qtbot, page, clinic)
    click(page, "checkout.pay.account")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.ledger().account == 100_00
    page.show_checkout(clinic.bea)
    qtbot.waitUntil(lambda: not page.is_settled() and page.quote is not None and page.quote.to_pay == 100_00)
    click(page, "checkout.pay.cash")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.ledger().account == 0


@pytest.fixture
def cupping(clinic: Clinic) -> ServiceId:
    """An extra of 18.00 that the laser is offered with; 5.00 of it is paid when it is added."""
    service = add_on(clinic, "Cupping 15", price=18_00, payment=PaymentPolicy.DEPOSIT, deposit=5_00)
    link(clinic, clinic.laser, service)
    return service


def wish(clinic: Clinic, visit: AppointmentId, service: ServiceId, staff: StaffId | None = None) -> CartLine:
    """The line that the offers ask for: an add-on that has to be paid now."""
    group = clinic.ask(diary.entry, visit).group
    return CartLine(LineKind.DEPOSIT, attach=Attaching(group, service, staff))


def asked(qtbot: QtBot, page: CheckoutPanel, clinic: Clinic, *lines: CartLine) -> None:
    for line in lines:
        page.show_checkout(clinic.bea, line=line)
    waits(qtbot, page, lambda: len(quoted(page).lines) == len(lines))


def elided(page: QWidget, line: int = 0) -> list[str]:
    return [one.text() for one in find(page, f"checkout.line.{line}").findChildren(Elided)]


def chain(clinic: Clinic, visit: AppointmentId) -> list[tuple[str, str]]:
    lines = clinic.ask(diary.coming_in, visit).lines
    return [(line.entry.service_name, line.staff_name) for line in lines]


def test_an_add_on_is_paid_and_joins_the_visit(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, cupping: ServiceId, qtbot: QtBot
) -> None:  # R24, R28
    visit = clinic.book(clinic.at("10:15"))
    asked(qtbot, page, clinic, wish(clinic, visit, cupping, clinic.ana))
    assert elided(page) == ["Cupping 15, paid ahead", "Today 10:45 – 11:00, Ana Lund"]
    assert text(page, "checkout.rest.0") == "13.00 at the visit"
    assert text(page, "checkout.to_pay") == "£5.00"
    assert chain(clinic, visit) == [("Laser 30", "Ana Lund")]
    QTest.keyClick(page, Qt.Key.Key_1)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert chain(clinic, visit) == [("Laser 30", "Ana Lund"), ("Cupping 15", "Ana Lund")]
    assert text(page, "checkout.done.added") == "Cupping 15 added, 10:45 with Ana"
    with qtbot.waitSignal(bench.goto) as gone:
        click(page, "checkout.done.visit")
    assert gone.args == [Where(Page.COMING, client=clinic.bea, appointment=visit)]


def test_an_add_on_comes_alone_into_a_new_cart(
    page: CheckoutPanel, clinic: Clinic, cupping: ServiceId, qtbot: QtBot
) -> None:  # R28
    owing = clinic.book(clinic.at("10:15"))
    clinic.do(diary.arrive, owing)
    asked(qtbot, page, clinic, wish(clinic, owing, cupping))
    assert [line.kind for line in quoted(page).lines] == [LineKind.DEPOSIT]


def test_an_add_on_joins_the_cart_that_is_begun_and_stands_in_it_once(
    page: CheckoutPanel, clinic: Clinic, cupping: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("10:15"))
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    for person in (clinic.ana, clinic.ben):
        page.show_checkout(clinic.bea, line=wish(clinic, visit, cupping, person))
    waits(qtbot, page, lambda: len(quoted(page).lines) == 2)
    assert page.cart is not None
    assert [(line.kind, line.attach and line.attach.staff) for line in page.cart.lines] == [
        (LineKind.PACKAGE, None),
        (LineKind.DEPOSIT, clinic.ben),
    ]


def test_two_add_ons_of_a_visit_follow_each_other(
    page: CheckoutPanel, clinic: Clinic, cupping: ServiceId, qtbot: QtBot
) -> None:  # R24
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.UPFRONT, by=(clinic.ben,))
    link(clinic, clinic.laser, cupping, tape)
    visit = clinic.book(clinic.at("10:15"))
    asked(qtbot, page, clinic, wish(clinic, visit, cupping, clinic.ana), wish(clinic, visit, tape, clinic.ben))
    assert elided(page, 1) == ["Tape 15, paid ahead", "Right after the add-on above"]
    QTest.keyClick(page, Qt.Key.Key_1)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert text(page, "checkout.done.added") == "Cupping 15 added, 10:45 with Ana\nTape 15 added, 11:00 with Ben"


def test_whoever_is_taken_is_replaced_by_who_is_free(
    page: CheckoutPanel, clinic: Clinic, cupping: ServiceId, qtbot: QtBot
) -> None:  # R27
    visit = clinic.book(clinic.at("10:15"))
    other = clinic.client("Ivy Thornton")
    asked(qtbot, page, clinic, wish(clinic, visit, cupping, clinic.ana))
    instead = find(page, "checkout.instead_with")
    assert instead.isHidden()
    clinic.book(clinic.at("10:55"), client=other, service=clinic.massage)
    QTest.keyClick(page, Qt.Key.Key_1)
    enter(page)
    qtbot.waitUntil(instead.isVisible)
    notice = find(page, "checkout.notice")
    assert isinstance(notice, Notice)
    assert (
        notice.text()
        == "Ana Lund is no longer free at Tue 24 Nov 10:45. Ben Okoye is free then: add it with Ben Okoye."
    )
    assert instead.accessibleName() == "Add it with Ben instead"
    assert find(page, "checkout.refused.0").isVisible()
    assert [line.gross for line in quoted(page).lines] == [Money(5_00)]
    assert clinic.ledger().money == ()
    click(page, "checkout.instead_with")
    waits(qtbot, page, lambda: elided(page)[1:] == ["Today 10:45 – 11:00, Ben Okoye"])
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert chain(clinic, visit)[1] == ("Cupping 15", "Ben Okoye")


def test_an_add_on_in_the_cart_is_kept_with_it(
    page: CheckoutPanel, clinic: Clinic, bench: Workbench, cupping: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("10:15"))
    asked(qtbot, page, clinic, wish(clinic, visit, cupping, clinic.ana))
    cart = page.cart
    page.hide()
    again = CheckoutPanel(bench)
    qtbot.addWidget(again)
    again.show()
    again.show_checkout(None, bench.drafts.parked()[0])
    qtbot.waitUntil(lambda: again.quote is not None)
    assert again.cart == cart


def test_a_deposit_is_neither_discounted_nor_taxed(
    page: CheckoutPanel, clinic: Clinic, cupping: ServiceId, qtbot: QtBot
) -> None:  # R36, R38
    visit = clinic.book(clinic.at("10:15"))
    asked(qtbot, page, clinic, wish(clinic, visit, cupping))
    assert page.findChild(QWidget, "checkout.discount.0") is None
    labels = {one.text() for one in find(page, "checkout.line.0").findChildren(QLabel)}
    assert not any("%" in words for words in labels)


@pytest.fixture
def peel(clinic: Clinic) -> AppointmentId:
    """Bea's visit of 80.00, of which 20.00 is due before it."""
    draft = catalogue.ServiceDraft(
        "Peel 45", "Peel", "Care", 45, 0, Money(80_00), 0, payment=PaymentPolicy.DEPOSIT, deposit=Money(20_00)
    )
    service = ServiceId(clinic.do(catalogue.add_service, draft))
    teach(clinic, clinic.ana, service)
    return clinic.book(clinic.at("11:00"), service=service)


def test_what_is_due_ahead_stands_in_the_cart_of_a_visit_to_come(
    page: CheckoutPanel, clinic: Clinic, peel: AppointmentId, qtbot: QtBot
) -> None:  # R28
    opened(qtbot, page, clinic)
    assert elided(page) == ["Peel 45, paid ahead", "Today 11:00, Ana Lund"]
    assert text(page, "checkout.rest.0") == "60.00 at the visit"
    QTest.keyClick(page, Qt.Key.Key_1)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.ask(diary.entry, peel).paid_ahead == 20_00
    assert find(page, "checkout.done.visit").isHidden()


def test_what_was_paid_ahead_comes_off_the_visit(
    page: CheckoutPanel, clinic: Clinic, peel: AppointmentId, qtbot: QtBot
) -> None:  # R28
    pay_ahead(clinic, peel)
    clinic.do(diary.arrive, peel)
    opened(qtbot, page, clinic)
    assert text(page, "checkout.to_pay") == "£60.00"
    words = [one.text() for one in page.findChildren(QLabel) if one.text() in ("Paid ahead", "−20.00")]
    assert sorted(words) == ["Paid ahead", "Paid ahead", "−20.00"]
    slip = find(page, "checkout.slip")
    assert isinstance(slip, Slip)
    assert ("Paid ahead", "20.00") in [(line.words, line.right) for line in slip.lines()]


def test_what_a_visit_leaves_of_its_deposit_is_told(
    page: CheckoutPanel, clinic: Clinic, peel: AppointmentId, qtbot: QtBot
) -> None:  # R28
    pay_ahead(clinic, peel)
    clinic.do(diary.arrive, peel)
    opened(qtbot, page, clinic)
    click(page, "checkout.discount.0")
    type_in(page, "checkout.discount.edit", "70")
    enter(page, "checkout.discount.edit")
    told = find(page, "checkout.told")
    assert isinstance(told, Notice)
    qtbot.waitUntil(told.isVisible)
    assert told.text() == "£10.00 that was paid ahead goes to the account."


def in_credit(clinic: Clinic, visit: AppointmentId) -> None:
    """The clinic has cancelled a visit that was paid ahead: the account holds 20.00."""
    pay_ahead(clinic, visit)
    clinic.do(diary.cancel, visit, diary.Cancelling(ReasonId(4)))


def test_the_account_pays_first_with_what_it_holds(
    page: CheckoutPanel, clinic: Clinic, peel: AppointmentId, qtbot: QtBot
) -> None:
    in_credit(clinic, peel)
    arrived(clinic, credit=False)
    opened(qtbot, page, clinic)
    assert find(page, "checkout.holds").accessibleName() == "The account holds £20.00"
    click(page, "checkout.pay.account")
    waits(qtbot, page, lambda: quoted(page).remaining == 80_00)
    note = find(page, "checkout.payment.0.note")
    assert isinstance(note, Elided)
    assert note.text() == "from the account, holds 20.00"
    click(page, "checkout.pay.account")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    assert note.text() == "holds 20.00, 80.00 is owed then"
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.ledger().account == 80_00


def test_fees_stand_in_the_cart_one_by_one_and_are_offered_again(
    page: CheckoutPanel, clinic: Clinic, qtbot: QtBot
) -> None:  # R14
    clinic.policy()
    clinic.cancel(clinic.book(clinic.at("11:00")))
    clinic.cancel(clinic.book(clinic.at("14:00")))
    opened(qtbot, page, clinic)
    assert [elided(page, n) for n in range(2)] == [
        ["Late cancellation fee", "Today 11:00, Laser 30"],
        ["Late cancellation fee", "Today 14:00, Laser 30"],
    ]
    click(page, "checkout.remove.0")
    waits(qtbot, page, lambda: len(quoted(page).lines) == 1)
    click(page, "checkout.add.visit")
    QTest.keyClick(find(page, "checkout.visits.list_line"), Qt.Key.Key_1)
    waits(qtbot, page, lambda: [line.gross for line in quoted(page).lines] == [Money(20_00)] * 2)
    click(page, "checkout.pay.cash")
    waits(qtbot, page, lambda: quoted(page).remaining == 0)
    enter(page)
    qtbot.waitUntil(page.is_settled)
    assert clinic.ledger().account == 0


def test_selling_a_course_of_a_blocked_service_is_warned_about(
    page: CheckoutPanel, clinic: Clinic, qtbot: QtBot
) -> None:  # R33
    form = clinic.form()
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    opened(qtbot, page, clinic)
    buys_course(qtbot, page)
    told = find(page, "checkout.told")
    assert isinstance(told, Notice)
    qtbot.waitUntil(told.isVisible)
    assert told.text().startswith("Laser 30 is blocked for Bea Jones by an answer")


def test_the_keys_stand_in_the_order_of_their_digits(page: CheckoutPanel, clinic: Clinic, qtbot: QtBot) -> None:
    opened(qtbot, page, clinic)
    names = ("card", "cash", "transfer", "account")
    lefts = [find(page, f"checkout.pay.{name}").x() for name in names]
    assert lefts == sorted(lefts)
