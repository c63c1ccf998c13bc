"""The computer's screens as the desk uses them: one for the client, one for the desk, which may be the same."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def chosen_screen(name: str) -> QScreen:
    """The screen of that name; else the second one, if there is one."""
    screens = QGuiApplication.screens()
    first = QGuiApplication.primaryScreen()
    named = next((one for one in screens if one.name() == name), None)
    return named or next((one for one in screens if one is not first), first)


class Monitors(QObject):
    """The client's screen and the desk's. `shared` tells that they have become one: the client's was unplugged, which
    brings their form here, or the window was carried over to theirs.
    """

    shared = Signal()

    def __init__(self, client: QScreen, window: QWidget) -> None:
        super().__init__()
        self.client, self.desk = client.name(), window.screen().name()
        self._window = window
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._go)
        if (handle := window.window().windowHandle()) is not None:
            handle.screenChanged.connect(self._look)

    def are_one(self) -> bool:
        """Whether the client sits at the screen that the desk's window is on."""
        return self._window.screen().name() == self.client

    def _go(self, gone: QScreen) -> None:
        if gone.name() == self.client:
            self.shared.emit()

    def _look(self) -> None:
        if self.are_one():
            self.shared.emit()
