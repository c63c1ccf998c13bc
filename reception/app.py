"""The start of the program: one window for each desk, painted before anything else is loaded."""

import hashlib
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from reception import logs
from reception import settings as choices
from reception.paths import Places
from reception.settings import Settings, Theme
from reception.ui import theme
from reception.ui.frame import Frame

_log = logging.getLogger(__name__)
_KNOCK = 300  # milliseconds in which a program that runs already answers
_LONGEST = 500  # milliseconds to wait for the first paint: a window that is covered at once is never painted


@dataclass(frozen=True, slots=True)
class Start:
    """How the program is started: where its own files are, and perhaps another clinic, clock or new database."""

    places: Places
    url: str = ""
    clock: Callable[[], datetime] | None = None


def run(start: Start) -> int:
    """Run the program until its window is closed; a second start by the same user raises the first one's window."""
    start.places.make()
    log = logs.start(start.places.logs)
    app = application()
    neighbour = Neighbour(start)
    if neighbour.raised():
        return 0
    dress(app, choices.load(start.places.settings))
    frame = _painted()
    # Everything else takes ten times as long to load: by now the window is on the screen.
    from reception.program import live  # noqa: PLC0415

    return live(app, start, log, neighbour, frame)


def dress(app: QApplication, settings: Settings) -> None:
    """Puts the chosen theme on; the system's own is followed while the program runs."""
    hints = app.styleHints()
    hints.unsetColorScheme()
    system = hints.colorScheme() is Qt.ColorScheme.Dark
    dark = system if settings.theme is Theme.SYSTEM else settings.theme is Theme.DARK
    if dark is not theme.t.dark or not app.styleSheet():
        theme.apply(app, dark=dark)
    if settings.theme is Theme.SYSTEM:
        hints.unsetColorScheme()


def application() -> QApplication:
    """Qt, made once and named."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("reception")
    app.setApplicationDisplayName("Reception")
    app.setDesktopFileName("reception")
    # The program ends when all is put away, not when Qt sees no window.
    app.setQuitOnLastWindowClosed(False)
    return app


def _painted() -> Frame:
    """The window, still empty, on the screen."""
    frame, turn = Frame(), QEventLoop()
    frame.painted.connect(turn.quit)
    QTimer.singleShot(_LONGEST, turn, turn.quit)
    frame.show()
    turn.exec()
    return frame


class Neighbour(QObject):
    """Another start by the same user, for the same desk and clinic; a courtesy, not a safeguard."""

    knocked = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        place = f"{start.places.desk}|{start.url}"
        self._name = "reception-" + hashlib.sha256(place.encode()).hexdigest()[:16]
        self._server: QLocalServer | None = None

    def raised(self) -> bool:
        """Whether a program that runs already was asked to show its window; else this one listens."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_KNOCK):
            socket.disconnectFromServer()
            return True
        # What a killed program left behind would keep this one from listening.
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open)
        if not self._server.listen(self._name):
            _log.info("a second start will open a second window: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Listens no more."""
        if self._server is not None:
            self._server.close()

    def _open(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.knocked.emit()
