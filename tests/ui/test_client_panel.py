"""The client beside the diary: identity, the visit, what is left, what is to pay."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, clients, diary, staff
from reception.domain.clients import Alert, ClientDraft
from reception.domain.ledger import State
from reception.domain.tables.ids import AppointmentId
from reception.ui.dialogs.acts import Step
from reception.ui.dialogs.client_edit import ClientSheet
from reception.ui.panels.client import ClientPanel
from reception.ui.panels.client.rows import Row
from reception.ui.widgets import Button, Chip, DateEdit, Elided, LineEdit, Notice, Pips, TextArea
from reception.ui.workbench import Where, Workbench
from tests.clinic import Clinic


@pytest.fixture
def panel(bench: Workbench, qtbot: QtBot) -> ClientPanel:
    made = ClientPanel(bench)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    return made


def chosen(panel: ClientPanel, clinic: Clinic, visit: AppointmentId, qtbot: QtBot) -> None:
    panel.show_visit(clinic.ask(diary.entry, visit))
    qtbot.waitUntil(lambda: panel._shown is not None)


def words(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def said(panel: ClientPanel, name: str) -> str:
    found = panel.findChild(Elided, name)
    assert found is not None, name
    return found.text()


def click(panel: QWidget, kind: type[Any], name: str) -> None:
    button = panel.findChild(kind, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nobody_chosen_offers_what_one_would_do_next(panel: ClientPanel, qtbot: QtBot) -> None:
    for what in ("find", "new", "free", "sell"):
        with qtbot.waitSignal(panel.wanted) as wanted:
            click(panel, Row, f"client.{what}")
        assert wanted.args == [what]


def test_two_factors_of_identity_and_the_alerts_serious_first(clinic: Clinic, panel: ClientPanel, qtbot: QtBot) -> None:
    alerts = (Alert("Left knee", serious=False), Alert("Latex allergy", serious=True))
    draft = ClientDraft("Beatrix Hale", date(1988, 3, 14), "she/her", ("07700 900142",), alerts=alerts)
    client = clinic.do(clients.add, draft)
    panel.show_client(client)
    qtbot.waitUntil(lambda: panel._shown is not None)
    assert said(panel, "client.name") == "Beatrix Hale"
    assert said(panel, "client.second") == "14 Mar 1988 · she/her · 07700 900142"
    assert [chip.text() for chip in panel.findChildren(Chip)] == ["Latex allergy", "Left knee"]


def test_the_balance_says_what_is_left_and_which_credit_the_visit_uses(
    clinic: Clinic, panel: ClientPanel, qtbot: QtBot
) -> None:  # R12
    clinic.sell()
    visit = clinic.book(clinic.at("12:00"))
    chosen(panel, clinic, visit, qtbot)
    qtbot.waitUntil(lambda: "5 left" in words(panel))
    assert "today uses 1 of 6" in words(panel)
    pips = next(one for one in panel.findChildren(Pips))
    assert pips._states == (State.RESERVED, *[State.AVAILABLE] * 5)


def test_a_near_last_day_stands_out(clinic: Clinic, panel: ClientPanel, qtbot: QtBot) -> None:  # R12
    clinic.sell()
    clinic.clock.forward(days=170)
    panel.show_client(clinic.bea)
    qtbot.waitUntil(lambda: "6 left" in words(panel))
    label = next(one for one in panel.findChildren(QLabel) if one.text() == "6 left")
    assert label.property("tone") == "warn"


def test_the_buttons_hand_their_step_to_the_diary(clinic: Clinic, panel: ClientPanel, qtbot: QtBot) -> None:
    visit = clinic.book(clinic.at("12:00"))
    chosen(panel, clinic, visit, qtbot)
    for step in (Step.ARRIVE, Step.MOVE, Step.NOT_COMING):
        with qtbot.waitSignal(panel.asked) as asked:
            click(panel, Button, f"client.{step}")
        assert asked.args == [step, clinic.ask(diary.entry, visit)]


def test_what_is_to_pay_counts_the_credit_off(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, qtbot: QtBot
) -> None:  # R11, R36
    clinic.sell()
    visit = clinic.book(clinic.at("09:00"))
    clinic.do(diary.arrive, visit)
    chosen(panel, clinic, visit, qtbot)
    total = panel.findChild(QLabel, "client.to_pay")
    assert total is not None
    assert total.text() == "£0.00"
    places: list[Where] = []
    bench.goto.connect(places.append)
    click(panel, Button, "client.checkout")
    assert places == [Where("checkout", client=clinic.bea)]


def test_other_visits_stand_below_and_lead_there(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, qtbot: QtBot
) -> None:  # R8
    clinic.sell()
    first, second = clinic.book(clinic.at("12:00")), clinic.book(clinic.at("10:00", clinic.days(7)))
    chosen(panel, clinic, first, qtbot)
    row = panel.findChild(Row, f"client.visit.{second}")
    assert row is not None
    assert row.accessibleName() == "Tue 1 Dec 10:00, Laser 30 · Ana, Booked, credit 2 of 6"
    places: list[Where] = []
    bench.goto.connect(places.append)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert places == [Where("diary", client=clinic.bea, appointment=second, day=clinic.days(7))]


def test_it_follows_what_happens_to_the_visit(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("12:00"))
    chosen(panel, clinic, visit, qtbot)

    async def arrive() -> None:
        await bench.backend.write(diary.arrive, visit)

    bench.tasks.start(arrive())
    qtbot.waitUntil(lambda: panel.findChild(Button, "client.start") is not None)
    chip = panel.findChild(Chip, "client.status")
    assert chip is not None
    assert chip.text() == "Arrived 08:00, 0 min"


def test_a_practitioner_has_no_checkout(clinic: Clinic, bench: Workbench, panel: ClientPanel, qtbot: QtBot) -> None:
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == clinic.ana))
    chosen(panel, clinic, clinic.book(clinic.at("12:00")), qtbot)
    assert panel.findChild(Button, "client.checkout") is None
    assert panel.findChild(Button, "client.arrive") is not None
    assert panel.findChild(Button, "client.move") is None


def test_a_record_is_changed_and_changed_back(
    clinic: Clinic, bench: Workbench, panel: ClientPanel, qtbot: QtBot
) -> None:
    sheet = ClientSheet(bench, clinic.ask(clients.card, clinic.bea))
    shown(sheet, qtbot)
    retyped(sheet, LineEdit, "client.phones", "07700 900142, 07700 900143", qtbot)
    retyped(sheet, DateEdit, "client.born", "14 Mar 1988", qtbot)
    alerts = sheet.findChild(TextArea, "client.serious")
    assert alerts is not None
    qtbot.keyClicks(alerts, "Latex allergy")
    undo: list[Any] = []

    def hear(_words: str, back: Any) -> None:
        undo.append(back)

    bench.said.connect(hear)
    with qtbot.waitSignal(sheet.closed):
        QTest.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    card = clinic.ask(clients.card, clinic.bea)
    assert (card.phones, card.born) == (("07700 900142", "07700 900143"), date(1988, 3, 14))
    assert card.alerts == (Alert("Latex allergy", serious=True),)

    async def back() -> None:
        await undo[0]()

    bench.tasks.start(back(), key="back")
    qtbot.waitUntil(lambda: not bench.tasks.busy("back"))
    assert clinic.ask(clients.card, clinic.bea).phones == ()


def test_a_second_record_is_pointed_out_while_it_is_typed(
    clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:  # R42
    sheet = ClientSheet(bench)
    shown(sheet, qtbot)
    retyped(sheet, LineEdit, "client.name", "Bea Jones", qtbot)
    notice = sheet.findChild(Notice, "client.twin")
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)
    places: list[Where] = []
    bench.goto.connect(places.append)
    click(sheet, Button, "client.open_twin")
    assert places == [Where("ledger", client=clinic.bea)]


def test_a_wrong_phone_is_said_beside_it_and_nothing_is_lost(clinic: Clinic, bench: Workbench, qtbot: QtBot) -> None:
    sheet = ClientSheet(bench)
    shown(sheet, qtbot)
    retyped(sheet, LineEdit, "client.name", "Edith Rowe", qtbot)
    retyped(sheet, LineEdit, "client.phones", "12", qtbot)
    QTest.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sheet.form.fields["phones"].error().startswith("“12” is no phone number."))
    assert [draft.title for draft in bench.drafts.all()] == ["Edith Rowe"]
    assert clinic.ask(clients.search, "Edith") == ()
    assert clinic.ask(catalogue.clinic).locale == "en_GB"


def shown(sheet: ClientSheet, qtbot: QtBot) -> None:
    qtbot.addWidget(sheet)
    sheet.resize(412, 700)
    sheet.show()


def retyped(sheet: ClientSheet, kind: type[LineEdit], name: str, typed: str, qtbot: QtBot) -> None:
    field = sheet.findChild(kind, name)
    assert field is not None, name
    field.selectAll()
    qtbot.keyClicks(field, typed)
