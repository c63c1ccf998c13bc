"""A computer with three monitors: run in a process of its own by test_client_screen_monitors.py, since Qt asks once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.client_view.covers import Cover
from reception.client_view.messages import Message, Shown, Taken
from reception.client_view.screens import Blank, Screens
from reception.client_view.window import ClientWindow
from reception.ui.client_screen import ClientScreen
from reception.ui.client_screen.curtain import Curtain
from tests.client_view.paper import opening
from tests.ui.desk import OpenDesk
from tests.ui.lending import PIN, handed_over, process_of, told
from tests.ui.papers import publish

os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).with_name('three_monitors.json')}"
LEFT, MIDDLE, RIGHT = "left", "middle", "right"


def monitor(name: str) -> QScreen:
    return next(one for one in QGuiApplication.screens() if one.name() == name)


def unplug(name: str) -> None:
    """As Qt tells it; the platform without a screen can't lose one for good."""
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenRemoved.emit(monitor(name))


def plug_in(name: str) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenAdded.emit(monitor(name))


# The client's screen


class Client:
    """The client's window, on the monitors that the desk has named."""

    def __init__(self, client: str, desk: str) -> None:
        self.window = ClientWindow(lambda _message: None)
        opened = opening(screen=client, desk=desk)
        self.window.take(opened)
        self.screens = Screens(self.window, opened)

    def place(self) -> str:
        """Which monitor the form fills."""
        screen = self.window.screen()
        assert self.window.geometry() == screen.geometry()
        assert self.window.isVisible()
        return screen.name()

    def covered(self) -> list[str]:
        """Which monitors lie under a cover that fills them."""
        blanks = [one for one in QApplication.topLevelWidgets() if isinstance(one, Blank) and one.isVisible()]
        assert all(one.geometry() == one.screen().geometry() for one in blanks)
        return sorted(one.screen().name() for one in blanks)

    def leave(self) -> None:
        """The screen is given back."""
        self.screens.end()
        self.window.end()


@pytest.fixture
def clients(qtbot: QtBot) -> Iterator[list[Client]]:
    """Who is in front of a screen; at the end none is."""
    opened: list[Client] = []
    yield opened
    for one in opened:
        one.leave()
        one.window.deleteLater()


@pytest.fixture
def beside(clients: list[Client]) -> Client:
    """A client in the middle, the desk at the left."""
    clients.append(Client(MIDDLE, LEFT))
    return clients[-1]


@pytest.fixture
def alone(clients: list[Client]) -> Client:
    """A client at the desk's own monitor."""
    clients.append(Client(LEFT, LEFT))
    return clients[-1]


def test_with_a_screen_of_their_own_the_desk_goes_on_and_any_third_is_covered(beside: Client) -> None:  # A.7
    assert beside.place() == MIDDLE
    assert beside.covered() == [RIGHT]


def test_at_the_desks_own_monitor_every_other_is_covered(alone: Client) -> None:  # A.7
    assert alone.place() == LEFT
    assert alone.covered() == [MIDDLE, RIGHT]


def test_a_cover_shows_the_clinics_name_and_can_not_be_closed(alone: Client) -> None:
    blank = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Blank) and one.isVisible())
    assert blank.windowTitle() == "Larkmere Clinic"
    assert not blank.close()
    alone.leave()
    assert alone.covered() == []


def test_a_choice_that_is_not_plugged_in_is_the_desks_own(clients: list[Client]) -> None:
    clients.append(Client("gone", LEFT))
    assert clients[0].place() == LEFT
    assert clients[0].covered() == [MIDDLE, RIGHT]


def test_a_monitor_that_goes_away_brings_the_form_to_the_desks_and_locks_it(beside: Client) -> None:
    unplug(MIDDLE)
    assert beside.place() == LEFT
    assert beside.covered() == [RIGHT]
    assert beside.window.cover() is Cover.LOCKED


def test_one_that_comes_back_is_covered_and_the_form_stays(beside: Client) -> None:
    unplug(MIDDLE)
    plug_in(MIDDLE)
    assert beside.place() == LEFT
    assert beside.covered() == [MIDDLE, RIGHT]


def test_one_that_is_plugged_in_meanwhile_is_covered(beside: Client) -> None:
    unplug(RIGHT)
    assert beside.covered() == []
    plug_in(RIGHT)
    assert beside.covered() == [RIGHT]
    assert beside.place() == MIDDLE


def test_the_desks_own_that_comes_back_is_left_in_use(beside: Client) -> None:
    unplug(LEFT)
    plug_in(LEFT)
    assert beside.covered() == [RIGHT]


def test_a_finished_form_is_not_seen_again_on_another_monitor(beside: Client) -> None:
    beside.window.take(Taken())
    unplug(MIDDLE)
    assert beside.window.cover() is Cover.THANKS


# The desk


def hidden(desk: OpenDesk) -> bool:
    """Whether the desk's own window lies behind its curtain."""
    return any(one.isVisible() for one in desk.frame.findChildren(Curtain)) and not desk.window.isEnabled()


@pytest.fixture
def lent(desk: OpenDesk, screen: ClientScreen) -> list[Message]:
    """A form with its client in the middle, by a process of its own; gives what comes from there."""
    screen.screen = MIDDLE
    heard: list[Message] = []
    handed_over(desk, screen, publish(desk))
    process_of(screen).came.connect(heard.append)
    desk.until(lambda: Shown() in heard)
    return heard


def test_the_desk_goes_on_beside_a_client_with_a_screen_of_their_own(desk: OpenDesk, lent: list[Message]) -> None:
    assert desk.window.screen().name() == LEFT
    assert not hidden(desk)


def test_where_the_clients_monitor_goes_away_the_desk_is_hidden_too(
    desk: OpenDesk, screen: ClientScreen, lent: list[Message]
) -> None:
    unplug(MIDDLE)
    assert hidden(desk)
    plug_in(MIDDLE)
    assert hidden(desk)
    desk.press("curtain.take")
    desk.type(PIN)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not screen.is_out())
    assert not hidden(desk)
    assert len(desk.bench.drafts.all()) == 1


def test_a_third_monitor_that_goes_away_changes_nothing_at_the_desk(desk: OpenDesk, lent: list[Message]) -> None:
    unplug(RIGHT)
    assert not hidden(desk)


def test_a_window_that_is_carried_over_to_the_client_is_hidden(desk: OpenDesk, lent: list[Message]) -> None:
    desk.frame.setGeometry(monitor(MIDDLE).geometry())
    desk.until(lambda: hidden(desk))


def test_without_a_choice_the_client_has_the_second_screen(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    assert (told(screen).screen, told(screen).desk) == (MIDDLE, LEFT)
