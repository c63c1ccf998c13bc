"""The client's screen as a program of its own: the desk starts it, tells it one form, and hears what is answered."""

import os
import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from reception.client_view import pipe
from reception.client_view.messages import Message, Open, Ready, Shown
from reception.client_view.pipe import Pipe
from reception.client_view.screens import Screens
from reception.client_view.touch import SCALE, Fingers
from reception.client_view.window import ClientWindow
from reception.ui import theme


def run() -> int:
    """Shows the client's screen until somebody who works here takes it back, or the desk is gone."""
    begin()
    return QApplication.exec()


def begin() -> "Program":
    """Everything but the event loop."""
    desk = pipe.standard()
    os.environ["QT_SCALE_FACTOR"] = str(SCALE)  # the same sizes as at the desk, for people who stand and use fingers
    app = QApplication(sys.argv[:1])
    app.setApplicationName("reception")
    theme.apply(app, dark=False)
    program = Program(app, desk)
    program.begin()
    return program


class Program(QObject):
    """The window, what it is told, and what it tells."""

    def __init__(self, app: QApplication, desk: Pipe) -> None:
        super().__init__(app)
        self._app, self._desk = app, desk
        self._fingers = Fingers(app)
        self._screens: Screens | None = None
        self.window = ClientWindow(desk.send)
        self.window.watch(app)
        self.window.closed.connect(self._end)
        desk.came.connect(self._hear)
        desk.ended.connect(self.window.end)

    def begin(self) -> None:
        """Tells the desk that the screen is there, and listens."""
        self._desk.start()
        self._desk.send(Ready())

    def _hear(self, message: Message) -> None:
        """With the form comes how it looks, and on which screen it is shown."""
        if isinstance(message, Open) and message.dark:
            theme.apply(self._app, dark=True)
        self.window.take(message)
        if isinstance(message, Open) and self._screens is None:
            self._screens = Screens(self.window, message)
            self._desk.send(Shown())

    def _end(self) -> None:
        if self._screens is not None:
            self._screens.end()
        self._app.quit()
