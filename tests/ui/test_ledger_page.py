"""The ledger as the desk reads it, and what is done from it: real clicks on a real clinic."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, checkout, clients, diary, packages, staff
from reception.domain.clients import Alert, ClientDraft
from reception.domain.ledger import Kind, State
from reception.domain.money import Money
from reception.domain.outcomes import Override
from reception.domain.packages import Choice, CreditLine, Entry, Ledger, PackageCard
from reception.domain.tables.ids import AppointmentId, CreditId, PackageId, ReasonId, ServiceId, StaffId
from reception.domain.tables.words import PaymentPolicy
from reception.ui.panels.ledger import LedgerPanel
from reception.ui.panels.ledger.rows import MoneyRows, VisitRows
from reception.ui.widgets import Elided, Notice, PickList
from reception.ui.widgets.lane import Lane
from reception.ui.widgets.slip import Slip
from reception.ui.workbench import Page, Workbench
from tests.clinic import Clinic
from tests.domain.extras import pay_ahead, teach


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> LedgerPanel:
    panel = LedgerPanel(bench)
    qtbot.addWidget(panel)
    panel.resize(1318, 692)
    panel.show()
    return panel


def opened(qtbot: QtBot, page: LedgerPanel, clinic: Clinic, visit: AppointmentId | None = None) -> None:
    page.show_client(clinic.bea, visit)
    qtbot.waitUntil(lambda: bool(page.boxes()))


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


def lanes(page: LedgerPanel, box: int = 0) -> list[Lane]:
    return list(page.boxes()[box].lanes.values())


def visit_rows(page: LedgerPanel) -> VisitRows:
    rows = find(page, "ledger.visits")
    assert isinstance(rows, VisitRows)
    return rows


def choose_visit(page: LedgerPanel, n: int) -> None:
    rows = visit_rows(page)
    place = rows.visualRect(rows.model().index(n, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def error(page: QWidget, field: str) -> str:
    return find(page, field).accessibleDescription()


def offers(page: QWidget) -> dict[str, str]:
    """What an open menu offers, and why not where it can't be done now."""
    menu = page.findChildren(QMenu, "ledger.menu")[-1]
    return {entry.text(): "" if entry.isEnabled() else entry.toolTip() for entry in menu.actions()}


def choose_in_menu(page: QWidget, words: str) -> None:
    menu = page.findChildren(QMenu, "ledger.menu")[-1]
    next(entry for entry in menu.actions() if entry.text() == words).trigger()


def takes_desk(bench: Workbench, clinic: Clinic, person: StaffId) -> None:
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == person))


def missed_and_booked_again(clinic: Clinic) -> None:
    """Credit 1 is forfeited, given back, booked again and used: six entries."""
    clinic.sell()
    clinic.policy()
    visit = clinic.book(clinic.at("09:00"))
    clinic.clock.forward(hours=2)
    clinic.do(diary.no_show, visit, override=Override.NONE, words="")
    credit = clinic.credits()[0].id
    clinic.do(packages.goodwill, credit, "in hospital")
    clinic.complete(clinic.book(clinic.at("10:00"), credit=Choice(credit)))


def test_each_credit_is_a_lane_with_what_happened_to_it(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R8
    clinic.sell()
    clinic.book(clinic.at("09:00"))
    clinic.book(clinic.at("09:00", clinic.days(2)))
    opened(qtbot, page, clinic)
    assert [lane.words() for lane in lanes(page)] == [
        ("Issued", "Booked for today 09:00"),
        ("Issued", "Booked for Thu 26 Nov 09:00"),
        *[("Issued",)] * 4,
    ]


def test_a_lane_marks_its_visit(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R8
    clinic.sell()
    first = clinic.book(clinic.at("09:00"))
    clinic.book(clinic.at("09:00", clinic.days(2)))
    opened(qtbot, page, clinic)
    QTest.mouseClick(lanes(page)[0], Qt.MouseButton.LeftButton)
    assert visit_rows(page).marked() == {first}
    assert [lane.isChecked() for lane in lanes(page)] == [True, False, False, False, False, False]


def test_a_visit_marks_its_credit(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R8
    clinic.sell()
    clinic.book(clinic.at("09:00"))
    second = clinic.book(clinic.at("09:00", clinic.days(2)))
    opened(qtbot, page, clinic)
    choose_visit(page, 0)
    assert [lane.isChecked() for lane in lanes(page)] == [False, True, False, False, False, False]
    assert visit_rows(page).marked() == {second}


def test_a_cancelled_visit_still_leads_to_its_credit(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R8
    clinic.sell()
    visit = clinic.book(clinic.at("09:00", clinic.days(2)))
    clinic.cancel(visit)
    opened(qtbot, page, clinic, visit)
    assert lanes(page)[0].isChecked()
    assert ", no credit" in visit_rows(page).words(visit_rows(page).lines()[0])


@pytest.mark.parametrize(
    ("paying", "words"),
    [("credit", "booked 1 of 6"), ("used", "used 1 of 6"), ("nothing", "100.00 to pay")],
)
def test_a_visit_says_what_pays_for_it(
    page: LedgerPanel, clinic: Clinic, qtbot: QtBot, paying: str, words: str
) -> None:  # R8
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"), credit=packages.NONE if paying == "nothing" else packages.AUTO)
    if paying == "used":
        clinic.complete(visit)
    opened(qtbot, page, clinic)
    rows = visit_rows(page)
    assert rows.credit_words(rows.lines()[0]) == words


def test_more_than_five_entries_fold_until_they_are_asked_for(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:
    missed_and_booked_again(clinic)
    opened(qtbot, page, clinic)
    lane = lanes(page)[0]
    assert lane.is_folded()
    assert lane.height() == 54
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: lane.height() == 2 * 54)
    assert lane.words()[2:4] == ("Forfeited", "Given back")


def test_a_package_is_extended(page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:  # R6
    package = clinic.sell()
    opened(qtbot, page, clinic)
    click(page, f"ledger.extend.{package}")
    click(page, "extend.quarter")
    type_in(page, "extend.reason", "away at sea")
    with qtbot.waitSignal(bench.said) as said:
        click(page, "extend.save")
    assert said.args[0] == "Laser 30, course of 6 now ends 24 Aug 2027"
    assert {credit.last_day for credit in clinic.credits()} == {date(2027, 8, 24)}
    qtbot.waitUntil(lambda: "Extended to 24 Aug 2027" in lanes(page)[0].words())


def test_an_extension_needs_a_reason_and_a_later_day(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R6
    package = clinic.sell()
    opened(qtbot, page, clinic)
    click(page, f"ledger.extend.{package}")
    click(page, "extend.save")
    qtbot.waitUntil(lambda: bool(error(page, "extend.reason")))
    type_in(page, "extend.reason", "because")
    type_in(page, "extend.last_day", "1 Dec 2026")
    click(page, "extend.save")
    qtbot.waitUntil(lambda: error(page, "extend.last_day").startswith("The last day is 24 May"))


def test_who_may_not_extend_is_told_who_may(page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    package = clinic.sell()
    takes_desk(bench, clinic, clinic.desk)
    opened(qtbot, page, clinic)
    button = find(page, f"ledger.extend.{package}")
    assert not button.isEnabled()
    sentence = "Receptionists can't extend credits. Ask a manager, or change who is at the desk with F2."
    assert button.toolTip() == sentence
    page.boxes()[0].open_menu()
    assert offers(page)["Extend…"] == sentence


def test_a_used_credit_is_given_back(page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:  # R6
    clinic.sell()
    clinic.complete(clinic.book(clinic.at("09:00")))
    opened(qtbot, page, clinic)
    lane = lanes(page)[0]
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_Period)
    choose_in_menu(page, "Give back…")
    type_in(page, "goodwill.reason", "in hospital")
    with qtbot.waitSignal(bench.said):
        click(page, "goodwill.save")
    assert clinic.states()[0] is State.AVAILABLE


def test_credits_move_to_another_client(
    page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R6
    clinic.sell()
    dan = clinic.client("Dan Hu")
    opened(qtbot, page, clinic)
    page.boxes()[0].open_menu()
    choose_in_menu(page, "Transfer…")
    search = find(page, "transfer.search_line")
    QTest.keyClicks(search, "dan")
    found = find(page, "transfer.search")
    assert isinstance(found, PickList)
    qtbot.waitUntil(lambda: [pick.words for pick in found.picks()] == ["Dan Hu"])
    QTest.keyClick(search, Qt.Key.Key_Return)
    type_in(page, "transfer.reason", "a present")
    with qtbot.waitSignal(bench.said) as said:
        click(page, "transfer.save")
    assert said.args[0] == "6 credits of Laser 30, course of 6 moved to Dan Hu"
    assert clinic.states(dan) == [State.AVAILABLE] * 6
    assert clinic.states() == [State.TRANSFERRED] * 6


def test_who_has_bought_nothing_is_sold_something(
    page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:
    page.show_client(clinic.bea)
    qtbot.waitUntil(lambda: find(page, "ledger.none").isVisible())
    with qtbot.waitSignal(bench.goto) as goto:
        click(page, "ledger.none.sell")
    where = goto.args[0]
    assert (where.page, where.client) == (Page.CHECKOUT, clinic.bea)
    draft = bench.drafts.get(where.draft)
    assert draft is not None
    assert draft.body == {"picking": "package"}


def test_a_line_of_money_opens_its_receipt_which_is_reversed(
    page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R40
    clinic.sell()
    opened(qtbot, page, clinic)
    rows = find(page, "ledger.money")
    assert isinstance(rows, MoneyRows)
    place = rows.visualRect(rows.model().index(0, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(find(page, "receipt.reverse").isEnabled)
    click(page, "receipt.reverse")
    type_in(page, "reverse.reason", "wrong client")
    with qtbot.waitSignal(bench.said) as said:
        click(page, "reverse.save")
    assert said.args[0] == "Receipt 1 was reversed by receipt 2"
    assert clinic.states() == [State.REFUNDED] * 6
    assert clinic.ask(checkout.receipt, clinic.sale()).reverses == 1


def test_a_service_is_looked_at_alone(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:  # R12
    clinic.sell(clinic.product("Massage 60, course of 5", clinic.massage, 5, 250_00))
    clinic.sell()
    opened(qtbot, page, clinic)
    assert len(page.boxes()) == 2
    click(page, f"ledger.stat.{clinic.massage}")
    assert [box.package.name for box in page.boxes()] == ["Massage 60, course of 5"]


def test_the_head_says_who_it_is(page: LedgerPanel, clinic: Clinic, qtbot: QtBot) -> None:
    draft = ClientDraft(
        "Bea Jones", date(1988, 3, 14), phones=("07700 900142",), alerts=(Alert("Latex", serious=True),)
    )
    clinic.do(clients.change, clinic.bea, draft)
    clinic.sell()
    opened(qtbot, page, clinic)
    facts = find(page, "ledger.facts")
    assert isinstance(facts, Elided)
    assert facts.text() == "14 Mar 1988 · 07700 900142"


def test_what_is_booked_meanwhile_is_seen(page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    clinic.sell()
    opened(qtbot, page, clinic)

    async def book() -> None:
        await bench.backend.write(diary.book, clinic.request(clinic.at("11:00")))

    bench.tasks.start(book())
    qtbot.waitUntil(lambda: lanes(page)[0].words() == ("Issued", "Booked for today 11:00"))


def test_a_visit_leads_to_the_diary(page: LedgerPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    visit = clinic.book(clinic.at("09:00", clinic.days(2)))
    page.show_client(clinic.bea)
    qtbot.waitUntil(lambda: bool(visit_rows(page).lines()))
    rows = visit_rows(page)
    place = rows.visualRect(rows.model().index(0, 0)).center()
    with qtbot.waitSignal(bench.goto) as goto:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    where = goto.args[0]
    assert (where.page, where.appointment, where.day) == (Page.DIARY, visit, clinic.days(2))


def test_the_rows_are_sound_models(page: LedgerPanel, clinic: Clinic, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    clinic.sell()
    clinic.book(clinic.at("09:00"))
    opened(qtbot, page, clinic)
    money = find(page, "ledger.money")
    assert isinstance(money, MoneyRows)
    qtmodeltester.check(visit_rows(page).model())
    qtmodeltester.check(money.model())


def test_a_long_ledger_builds_what_is_looked_at_only(page: LedgerPanel, clinic: Clinic) -> None:
    page.show_client(clinic.bea)
    long = tuple(_package(PackageId(n)) for n in range(200))
    ledger = Ledger(clinic.bea, (), long, (), (), Money(0), Money(0), 0, Money(0))
    page.show_ledger(clinic.ask(clients.card, clinic.bea), ledger)
    assert sum(len(entries) for package in long for entries in (c.entries for c in package.credits)) == 10_000
    assert [bool(box.lanes) for box in page.boxes()] == [True, *[False] * 19]
    more = find(page, "ledger.more_cards")
    assert isinstance(more, QAbstractButton)
    assert more.text() == "Show 180 earlier packages"


def _package(id: PackageId) -> PackageCard:
    at = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    entry = Entry(1, Kind.ISSUED, State.AVAILABLE, at, "", "", None, None, None, None, None, "", Override.NONE)
    service, worth = ServiceId(1), Money(80_00)
    credits = tuple(
        CreditLine(CreditId(id * 10 + n), n, 10, service, worth, State.AVAILABLE, None, None, False, (entry,) * 5)
        for n in range(1, 11)
    )
    name = f"Course {id}"
    day = date(2026, 1, 5)
    return PackageCard(
        id, name, service, "Laser 30", 10, Money(800_00), worth, None, False, day, None, None, "", "", credits
    )


@pytest.fixture
def peel(clinic: Clinic) -> AppointmentId:
    """Bea's visit of 80.00, of which 20.00 was paid ahead."""
    draft = catalogue.ServiceDraft(
        "Peel 45", "Peel", "Care", 45, 0, Money(80_00), 0, payment=PaymentPolicy.DEPOSIT, deposit=Money(20_00)
    )
    service = ServiceId(clinic.do(catalogue.add_service, draft))
    teach(clinic, clinic.ana, service)
    visit = clinic.book(clinic.at("11:00"), service=service)
    pay_ahead(clinic, visit)
    return visit


def shown(qtbot: QtBot, page: LedgerPanel, clinic: Clinic) -> None:
    page.show_client(clinic.bea)
    qtbot.waitUntil(lambda: page.findChild(QWidget, "ledger.stat.account") is not None)


def account(page: LedgerPanel) -> str:
    return find(page, "ledger.stat.account").accessibleName()


def money(page: LedgerPanel) -> list[str]:
    rows = find(page, "ledger.money")
    assert isinstance(rows, MoneyRows)
    return [rows.words(line).partition(", ")[2] for line in rows.lines()]


def test_a_deposit_that_is_held_stands_at_the_account_and_the_visit(
    page: LedgerPanel, clinic: Clinic, peel: AppointmentId, qtbot: QtBot
) -> None:  # R28
    shown(qtbot, page, clinic)
    assert account(page) == "Account: 0.00, nothing owed · 20.00 held for visits"
    (line,) = visit_rows(page).lines()
    assert visit_rows(page).credit_words(line) == "20.00 paid ahead"
    assert page.findChild(QWidget, "ledger.pay_out") is None


def test_a_deposit_that_went_back_is_paid_back_with_a_receipt(
    page: LedgerPanel, clinic: Clinic, bench: Workbench, peel: AppointmentId, qtbot: QtBot
) -> None:  # R14, R40
    clinic.do(diary.cancel, peel, diary.Cancelling(ReasonId(4)))
    shown(qtbot, page, clinic)
    assert account(page) == "Account: 20.00, in credit"
    assert money(page)[-1] == "Deposit back, Peel 45, −20.00, in credit 20.00"
    click(page, "ledger.pay_out")
    sheet = find(page, "pay_out")
    will = find(sheet, "pay_out.will")
    assert isinstance(will, Notice)
    assert will.text().startswith("£20.00 goes back to the card")
    QTest.mouseClick(find(sheet, "pay_out.tender").findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert will.text().startswith("£20.00 is handed over in cash")
    type_in(page, "pay_out.amount", "15")
    type_in(page, "pay_out.words", "Visit cancelled by us")
    with qtbot.waitSignal(bench.said) as said:
        QTest.keyClick(find(page, "pay_out.words"), Qt.Key.Key_Return)
    assert said.args[0] == "Paid back £15.00 to Bea Jones"
    qtbot.waitUntil(lambda: account(page) == "Account: 5.00, in credit")
    slip = find(page, "receipt.slip")
    assert isinstance(slip, Slip)
    qtbot.waitUntil(lambda: bool(slip.lines()))
    assert [(line.words, line.right) for line in slip.lines() if line.words][:4] == [
        ("Paid back from the account", "−15.00"),
        ("Visit cancelled by us", ""),
        ("Total", "−£15.00"),
        ("Cash", "−15.00"),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("20.01", "The account holds £20.00. Type that or less."),
        ("0", "Type an amount above zero."),
        ("a lot", "a lot is not an amount. Write it like 12.50."),
    ],
)
def test_no_more_is_paid_back_than_the_account_holds(
    page: LedgerPanel, clinic: Clinic, peel: AppointmentId, qtbot: QtBot, typed: str, sentence: str
) -> None:
    clinic.do(diary.cancel, peel, diary.Cancelling(ReasonId(4)))
    shown(qtbot, page, clinic)
    click(page, "ledger.pay_out")
    type_in(page, "pay_out.amount", typed)
    QTest.keyClick(find(page, "pay_out.amount"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: error(page, "pay_out.amount") == sentence)
    assert clinic.ledger().account == -20_00


def test_a_practitioner_pays_nothing_back(
    page: LedgerPanel, clinic: Clinic, bench: Workbench, peel: AppointmentId, qtbot: QtBot
) -> None:
    clinic.do(diary.cancel, peel, diary.Cancelling(ReasonId(4)))
    shown(qtbot, page, clinic)
    assert find(page, "ledger.pay_out").isEnabled()
    takes_desk(bench, clinic, clinic.ana)
    assert not find(page, "ledger.pay_out").isEnabled()
