"""The window at its two common sizes, and the light switched while it stands there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from reception.settings import Theme
from reception.ui import theme
from tests.journeys.visitor import CTRL, PLAIN, Visitor

_DARK, _BRIGHT = 80, 200  # of 255
KEYS = (
    (Qt.Key.Key_N, PLAIN, "cancel"),
    (Qt.Key.Key_F12, PLAIN, "checkout"),
    (Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier, "ledger"),
)
PAGES = ("diary", "clients", "catalogue", "staff", "settings")


def follow(visitor: Visitor) -> None:
    """The program puts on the theme that a desk chooses."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    visitor.desk.window.settings_changed.connect(lambda own: theme.apply(app, dark=own.theme is Theme.DARK))


def middle(visitor: Visitor) -> QColor:
    """The colour in a corner of the page that is shown."""
    shown = visitor.desk.window.grab().toImage()
    return shown.pixelColor(shown.width() // 2, shown.height() - 60)


def test_dark_is_put_on_while_one_looks(visitor: Visitor) -> None:
    follow(visitor)
    visitor.press("top.settings")
    light = middle(visitor)
    visitor.find("settings.theme").setFocus()
    visitor.type("3")
    visitor.until("it stays light", lambda: theme.t.dark)
    dark = middle(visitor)
    assert dark.lightness() < _DARK
    assert light.lightness() > _BRIGHT
    visitor.type("2")
    visitor.until("it stays dark", lambda: not theme.t.dark)
    assert middle(visitor) == light


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_page_is_wider_or_taller_than_the_window(visitor: Visitor, size: tuple[int, int]) -> None:
    clinic = visitor.clinic
    visitor.sold(clinic.beatrix, clinic.physio_course)
    visit = visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
    frame = visitor.desk.frame
    frame.resize(*size)
    for page in PAGES:
        visitor.press(f"top.{page}")
        fits(visitor, size)
    visitor.press("top.diary")
    visitor.block(visit)
    for key, modifiers, page in KEYS:
        visitor.key(key, modifiers)
        visitor.see("Beatrix Hale", at=page)
        fits(visitor, size)


def fits(visitor: Visitor, size: tuple[int, int]) -> None:
    """What is shown needs no more room than the window has."""
    frame, least = visitor.desk.frame, visitor.desk.window.minimumSizeHint()
    assert (frame.width(), frame.height()) == size
    assert least.width() <= size[0]
    assert least.height() <= size[1]
