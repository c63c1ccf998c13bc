"""Words for tests of the catalogue's page: opening it, choosing a service, the sheet beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.ui.dialogs.editing import Editing
from reception.ui.panels.catalogue import Catalogue
from reception.ui.widgets import Elided, ListTable, Segmented
from reception.ui.workbench import Workbench
from tests.ui.bench import child, press, shown


def opened(bench: Workbench, qtbot: QtBot) -> Catalogue:
    """The page with all that is in the catalogue."""
    page = Catalogue(bench)
    with qtbot.waitSignal(page._refresher.loaded):
        shown(page, qtbot)
    return page


def choose_service(page: Catalogue, name: str, qtbot: QtBot) -> None:
    """Goes to a service; the card beside the list follows."""
    table = child(page, ListTable, "catalogue.services")
    table.choose(next(row for row in table.rows() if row.name == name))
    qtbot.waitUntil(lambda: child(page, Elided, "catalogue.card.name").text() == name)


def sheet(page: Catalogue) -> Editing:
    """The sheet that lies open."""
    found = page.sheet()
    assert found is not None
    return found


def open_sheet(page: Catalogue, button: str, qtbot: QtBot) -> Editing:
    """Presses a button and waits for the sheet that it opens."""
    press(page, button, qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    return sheet(page)


def segment(page: QWidget, name: str, index: int, qtbot: QtBot) -> None:
    """Presses one of several that exclude each other."""
    qtbot.mouseClick(child(page, Segmented, name).button(index), Qt.MouseButton.LeftButton)
