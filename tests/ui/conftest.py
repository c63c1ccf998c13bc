"""What tests of windows share: the theme, and how the clinic under test writes."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, staff
from reception.domain.tables.ids import ServiceId
from reception.store import Store
from reception.ui.backend import Backend, Desk
from reception.ui.client_screen import ClientScreen
from reception.ui.text import Formats
from reception.ui.workbench import Workbench
from tests.clinic import Clinic
from tests.clock import Clock
from tests.domain.extras import tape_with_laser
from tests.factories import SmallClinic, small_clinic
from tests.ui.desk import OpenDesk, open_desk
from tests.ui.forms import Ask, opener
from tests.ui.lending import PIN
from tests.ui.looks import in_light


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every test of a window begins with the light theme."""
    with in_light(qapp):
        yield


@pytest.fixture(scope="session")
def formats() -> Formats:
    """A clinic in London."""
    return Formats("en_GB", "GBP", ZoneInfo("Europe/London"))


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    """Opens a form of some items in a window of its own."""
    return opener(qtbot)


@pytest.fixture
def clinic(sqlite_store: Store, clock: Clock) -> Clinic:
    """A small clinic in a file, at eight in the morning."""
    return Clinic(sqlite_store, clock)


@pytest.fixture
def bench(clinic: Clinic, tmp_path: Path, loop: qasync.QEventLoop, qtbot: QtBot) -> Iterator[Workbench]:
    """A desk at that clinic with its owner at it, and no window yet."""
    store = clinic.store
    backend = Backend(store, Desk(tmp_path / "desk.db"))
    person = next(one for one in store.read(staff.people) if one.id == clinic.owner)
    bench = Workbench(backend, store.read(catalogue.clinic), person)
    yield bench
    ended: list[None] = []
    bench.tasks.start(bench.drafts.flush(), ended=lambda: ended.append(None))
    qtbot.waitUntil(lambda: bool(ended))
    backend.close()


@pytest.fixture
def tape(clinic: Clinic) -> ServiceId:
    """An extra of 15 minutes that the laser is offered with, paid at the visit."""
    return tape_with_laser(clinic)


@pytest.fixture
def small(sqlite_store: Store) -> SmallClinic:
    """A small clinic with three columns, in a file."""
    return small_clinic(sqlite_store)


@pytest.fixture
def desk(
    sqlite_store: Store, small: SmallClinic, clock: Clock, tmp_path: Path, loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[OpenDesk]:
    """The whole window at that clinic, its receptionist at the desk."""
    with open_desk(sqlite_store, small, clock, tmp_path / "desk.db", qtbot) as desk:
        yield desk


@pytest.fixture
def screen(desk: OpenDesk) -> Iterator[ClientScreen]:
    """The desk's screen for clients; Anna has a PIN, and whatever is open at the end is closed."""
    desk.do(staff.set_pin, desk.clinic.anna, PIN)
    found = desk.window.client_screen
    yield found
    found.end()
    desk.until(lambda: not found.is_out())
