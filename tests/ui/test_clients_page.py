"""The list of clients: found by typing, looked at in passing, opened with Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.domain import staff
from reception.ui.panels.clients import ClientsPanel
from reception.ui.widgets import Elided, PickList
from reception.ui.workbench import Page, Workbench
from tests.clinic import Clinic


@pytest.fixture
def page(bench: Workbench, clinic: Clinic, qtbot: QtBot) -> ClientsPanel:
    clinic.client("Dan Hu")
    panel = ClientsPanel(bench)
    qtbot.addWidget(panel)
    panel.resize(1318, 692)
    panel.show()
    return panel


def find(page: QWidget, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def offered(page: ClientsPanel) -> list[str]:
    picker = find(page, "clients.search")
    assert isinstance(picker, PickList)
    return [pick.words for pick in picker.picks()]


def test_those_changed_last_come_first(page: ClientsPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: offered(page) == ["Changed last", "Dan Hu", "Bea Jones"])


def test_three_letters_and_enter_open_a_ledger(
    page: ClientsPanel, clinic: Clinic, bench: Workbench, qtbot: QtBot
) -> None:
    line = find(page, "clients.search_line")
    QTest.keyClicks(line, "bea")
    qtbot.waitUntil(lambda: offered(page) == ["Bea Jones"])
    with qtbot.waitSignal(bench.goto) as goto:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert (goto.args[0].page, goto.args[0].client) == (Page.LEDGER, clinic.bea)


def test_whoever_is_marked_is_shown_beside_the_list(page: ClientsPanel, clinic: Clinic, qtbot: QtBot) -> None:
    name = find(page, "clients.name")
    assert isinstance(name, Elided)
    qtbot.waitUntil(lambda: name.text() == "Dan Hu")
    QTest.keyClick(find(page, "clients.search_line"), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: name.text() == "Bea Jones")


def test_a_new_client_begins_with_what_was_typed(page: ClientsPanel, qtbot: QtBot) -> None:
    QTest.keyClicks(find(page, "clients.search_line"), "Eve Stone")
    qtbot.waitUntil(lambda: offered(page) == [])
    QTest.mouseClick(find(page, "clients.new"), Qt.MouseButton.LeftButton)
    edit = find(page, "client.name")
    assert edit.property("text") == "Eve Stone"


def test_a_practitioner_only_looks(page: ClientsPanel, clinic: Clinic, bench: Workbench) -> None:
    bench.take_desk(next(one for one in clinic.ask(staff.people) if one.id == clinic.ana))
    buttons = ("clients.new", "clients.book", "clients.checkout", "clients.open")
    assert [find(page, name).isEnabled() for name in buttons] == [False, False, False, True]
