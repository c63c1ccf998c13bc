"""The client's screen as a program of its own: the desk starts it, tells it one form, and hears what is answered."""

import os
import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication

from reception.client_view import pipe
from reception.client_view.messages import Message, Open, Ready
from reception.client_view.pipe import Pipe
from reception.client_view.screens import chosen_screen
from reception.client_view.touch import SCALE, Fingers
from reception.client_view.window import ClientWindow
from reception.ui import theme


def run() -> int:
    """Shows the client's screen until somebody who works here takes it back, or the desk is gone."""
    desk = pipe.standard()
    os.environ["QT_SCALE_FACTOR"] = str(SCALE)  # the same sizes as at the desk, for people who stand and use fingers
    app = QApplication(sys.argv[:1])
    app.setApplicationName("reception")
    theme.apply(app, dark=False)
    program = Program(app, desk)
    program.begin()
    return app.exec()


class Program(QObject):
    """The window, what it is told, and what it tells."""

    def __init__(self, app: QApplication, desk: Pipe) -> None:
        super().__init__(app)
        self._app, self._desk = app, desk
        self._fingers = Fingers(app)
        self.window = ClientWindow(desk.send)
        self.window.watch(app)
        self.window.closed.connect(app.quit)
        desk.came.connect(self._hear)
        desk.ended.connect(self.window.end)

    def begin(self) -> None:
        """Tells the desk that the screen is there, and listens."""
        self._desk.start()
        self._desk.send(Ready())

    def _hear(self, message: Message) -> None:
        """With the form comes how it looks, and on which screen it is shown."""
        if isinstance(message, Open):
            if message.dark:
                theme.apply(self._app, dark=True)
            _show_on(self.window, chosen_screen(message.screen))
        self.window.take(message)


def _show_on(window: ClientWindow, screen: QScreen) -> None:
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
    window.raise_()
    window.activateWindow()
