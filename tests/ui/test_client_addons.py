"""Add-ons and forms beside the diary: what is offered, added by a digit, refused with its reason (R24–R33)."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from reception.domain import addons, diary, screening, staff
from reception.domain.addons import Attaching
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId, ServiceId
from reception.domain.tables.words import PaymentPolicy, Role
from reception.ui.dialogs.clearing import AskingSheet, ClearingSheet
from reception.ui.dialogs.offer_rows import OfferList, OfferRow, RefusedRow
from reception.ui.dialogs.offers import Adding
from reception.ui.panels.client import ClientPanel
from reception.ui.widgets import Elided, LineEdit
from reception.ui.workbench import Page, Where, Workbench
from tests.clinic import Clinic
from tests.domain.extras import add_on, link
from tests.ui.bench import in_sight


@pytest.fixture
def panel(bench: Workbench, qtbot: QtBot) -> ClientPanel:
    made = ClientPanel(bench)
    qtbot.addWidget(made)
    made.resize(340, 900)
    made.show()
    return made


def shown(panel: ClientPanel, clinic: Clinic, visit: AppointmentId, qtbot: QtBot) -> None:
    """Chooses a visit and waits until all of it is there."""
    panel.show_visit(clinic.ask(diary.entry, visit))
    qtbot.waitUntil(lambda: panel._extras is not None)


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def chain(clinic: Clinic, visit: AppointmentId) -> list[str]:
    return [line.entry.service_name for line in clinic.ask(diary.coming_in, visit).lines]


def test_an_offer_says_when_with_whom_for_how_much(
    clinic: Clinic, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R24
    shown(panel, clinic, clinic.book(clinic.at("11:00")), qtbot)
    row = in_sight(panel, OfferRow, f"addon.{tape}")
    assert row.accessibleName() == "Tape 15, 11:30 – 11:45 · Ana, 12.00, at the visit"
    assert in_sight(panel, QLabel, "client.fit").text() == "1 fit"


def test_pressing_an_offer_adds_it_and_undo_takes_it_off(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R24, R28
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, clinic, visit, qtbot)
    with qtbot.waitSignal(bench.said) as said:
        click(in_sight(panel, OfferRow, f"addon.{tape}"))
    assert said.args[0] == "Added Tape 15 to Bea Jones’s visit, 11:30 – 11:45 with Ana Lund"
    assert chain(clinic, visit) == ["Laser 30", "Tape 15"]
    qtbot.waitUntil(lambda: in_sight(panel, Elided, "client.service").text() == "Laser 30 + Tape 15")
    refused = in_sight(panel, RefusedRow, f"refused.{tape}")
    assert refused.accessibleName() == "Tape 15, not offered, already in this visit"
    ended: list[None] = []
    bench.tasks.start(said.args[1](), ended=lambda: ended.append(None))
    qtbot.waitUntil(lambda: bool(ended))
    assert chain(clinic, visit) == ["Laser 30"]


def test_undo_takes_it_off_a_client_who_is_here_already(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R24
    visit = clinic.book(clinic.at("11:00"))
    clinic.do(diary.arrive, visit)
    shown(panel, clinic, visit, qtbot)
    with qtbot.waitSignal(bench.said) as said:
        click(in_sight(panel, OfferRow, f"addon.{tape}"))
    assert [line.entry.status for line in clinic.ask(diary.coming_in, visit).lines] == [Status.ARRIVED] * 2
    ended: list[None] = []
    bench.tasks.start(said.args[1](), ended=lambda: ended.append(None))
    qtbot.waitUntil(lambda: bool(ended))
    assert chain(clinic, visit) == ["Laser 30"]


def test_a_digit_adds_even_before_the_offers_are_read(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00"))
    panel.show_visit(clinic.ask(diary.entry, visit))
    panel.activateWindow()
    panel.begin_adding()
    with qtbot.waitSignal(bench.said), qtbot.waitSignal(panel.left):
        QTest.keyClick(panel, Qt.Key.Key_1)
    assert chain(clinic, visit) == ["Laser 30", "Tape 15"]


def test_escape_gives_the_keyboard_back_and_adds_nothing(
    clinic: Clinic, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, clinic, visit, qtbot)
    panel.begin_adding()
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(in_sight(panel, OfferList, "client.addons"), Qt.Key.Key_Escape)
    assert chain(clinic, visit) == ["Laser 30"]


@pytest.mark.parametrize(
    ("payment", "deposit", "words"),
    [(PaymentPolicy.UPFRONT, 0, "pay now"), (PaymentPolicy.DEPOSIT, 5_00, "5.00 deposit now")],
)
def test_what_must_be_paid_now_goes_through_the_checkout(
    clinic: Clinic,
    bench: Workbench,
    panel: ClientPanel,
    payment: PaymentPolicy,
    deposit: int,
    words: str,
    qtbot: QtBot,
) -> None:  # R28
    cupping = add_on(clinic, "Cupping 15", price=18_00, payment=payment, deposit=deposit)
    link(clinic, clinic.laser, cupping)
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, clinic, visit, qtbot)
    row = in_sight(panel, OfferRow, f"addon.{cupping}")
    assert row.accessibleName().endswith(f"18.00, {words}")
    with qtbot.waitSignal(bench.goto) as asked:
        click(row)
    group = clinic.ask(diary.entry, visit).group
    wanted = Attaching(group, cupping, clinic.ana)
    assert asked.args == [Where(Page.CHECKOUT, client=clinic.bea, attach=wanted)]
    assert chain(clinic, visit) == ["Laser 30"]


def test_a_credit_pays_at_once_and_is_named(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, qtbot: QtBot
) -> None:  # R30
    tape = add_on(clinic, "Tape 15", payment=PaymentPolicy.UPFRONT)
    link(clinic, clinic.laser, tape)
    clinic.sell(clinic.product("Tape, course of 3", tape, 3, 30_00))
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, clinic, visit, qtbot)
    row = in_sight(panel, OfferRow, f"addon.{tape}")
    assert row.accessibleName().endswith("credit 1 of 3")
    with qtbot.waitSignal(bench.said):
        click(row)
    assert clinic.ask(diary.coming_in, visit).lines[1].credit is not None


def test_who_was_quicker_is_told_and_who_else_is_free(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R27
    visit = clinic.book(clinic.at("11:00"))
    offers = clinic.ask(addons.offers, visit)
    clinic.book(clinic.at("11:45"), client=clinic.client("Cara Lim"))
    with qtbot.waitSignal(bench.refused) as refused:
        Adding(bench, panel).add(offers, offers.offered[0])
    sentence = bench.formats.sentence(refused.args[0])
    assert sentence.startswith("Ana Lund is no longer free at")
    assert sentence.endswith("Ben Okoye is free then: add it with Ben Okoye.")
    assert chain(clinic, visit) == ["Laser 30"]


def test_a_form_that_is_missing_is_named_and_opened(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R25, R31
    form = clinic.form()
    clinic.require(form, service=tape)
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, clinic, visit, qtbot)
    row = in_sight(panel, RefusedRow, f"refused.{tape}")
    assert row.accessibleName() == "Tape 15, not offered, Laser and light not filled in"
    with qtbot.waitSignal(bench.goto) as asked:
        click(row)
    assert asked.args == [Where(Page.FORM, client=clinic.bea, appointment=visit, form=form)]
    with qtbot.waitSignal(bench.goto) as asked:
        click(in_sight(panel, QAbstractButton, f"client.form.{form}"))
    assert asked.args == [Where(Page.FORM, client=clinic.bea, appointment=visit, form=form)]


def test_a_draft_says_how_much_of_a_form_is_left(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:
    form = clinic.form()
    clinic.require(form, service=tape)
    shown(panel, clinic, clinic.book(clinic.at("11:00")), qtbot)
    body = {"form": form, "answered": 6, "questions": 11}
    bench.drafts.open("form", client=clinic.bea, title="Bea Jones", body=body)
    words = "Tape 15, not offered, Laser and light not filled in: 5 left"
    qtbot.waitUntil(lambda: [one.accessibleName() for one in panel.findChildren(RefusedRow)][-1] == words)


def test_who_was_asked_on_another_day_is_told_with_that_day(
    clinic: Clinic, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R34
    clinician = clinic.person("Cleo Marsh", Role.MANAGER, clinical=True)
    form = clinic.form()
    clinic.rule(form, service=tape)
    clinic.answer(form, pregnant=True)
    visit = clinic.book(clinic.at("11:00", clinic.days(3)))
    clinic.do(screening.ask_about, clinic.ask(diary.entry, visit).group, tape, clinician)
    at = clinic.clock()
    clinic.clock.forward(days=1)
    shown(panel, clinic, visit, qtbot)
    row = in_sight(panel, RefusedRow, f"refused.{tape}")
    told = panel.bench.formats.when(at, clinic.days(1))
    assert row.accessibleName() == f"Tape 15, not offered, Cleo Marsh was asked {told}"


def test_an_answer_that_blocks_is_said_and_a_clinician_clears_it(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R25, R33
    clinician = clinic.person("Cleo Marsh", Role.MANAGER, clinical=True)
    form = clinic.form()
    clinic.require(form, service=tape)
    clinic.rule(form, service=tape, staff_message="No tape in pregnancy.")
    clinic.answer(form, pregnant=True)
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, clinic, visit, qtbot)
    row = in_sight(panel, RefusedRow, f"refused.{tape}")
    assert row.accessibleName() == "Tape 15, not offered, No tape in pregnancy."
    assert row.accessibleDescription() == "Ask…"
    with qtbot.waitSignal(panel.sheet_asked) as asked:
        click(row)  # the owner isn't clinical, and asks somebody who is
    assert isinstance(asked.args[0], AskingSheet)
    qtbot.addWidget(asked.args[0])
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == clinician))
    rows = partial(panel.findChildren, RefusedRow, f"refused.{tape}")
    qtbot.waitUntil(lambda: any(one.isVisible() and one.accessibleDescription() == "Decide…" for one in rows()))
    with qtbot.waitSignal(panel.sheet_asked) as opened:
        click(in_sight(panel, RefusedRow, f"refused.{tape}"))
    sheet = opened.args[0]
    assert isinstance(sheet, ClearingSheet)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: sheet._verdict is not None)
    assert not sheet.go.isEnabled()
    QTest.keyClicks(in_sight(sheet, LineEdit, "clear.words"), "Seen and discussed")
    with qtbot.waitSignal(bench.said):
        click(sheet.go)
    qtbot.waitUntil(lambda: panel.findChild(OfferRow, f"addon.{tape}") is not None)
