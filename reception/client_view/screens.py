"""Which of the computer's screens is handed to a client, and what the others show meanwhile."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.client_view.messages import Open
from reception.client_view.window import ClientWindow
from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, label, pane, vbox

_CENTER = Qt.AlignmentFlag.AlignHCenter


def named_screen(name: str) -> QScreen | None:
    """The screen of that name; None where it isn't plugged in."""
    return next((one for one in QGuiApplication.screens() if one.name() == name), None)


class Blank(QWidget):
    """Over a screen that nobody is to use meanwhile: the clinic's name, and nothing of what lies below."""

    def __init__(self, screen: QScreen, clinic: str) -> None:
        super().__init__()
        self.covered = screen
        self.setObjectName("client.blank")
        self.setWindowTitle(clinic)
        self.setWindowFlags(
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        name = label(clinic, k.TITLE, k.SEMIBOLD, Tone.INK3, align=_CENTER, name="client.blank.clinic")
        self.setLayout(vbox((pane(vbox(STRETCH, name, STRETCH), "canvas"), 1), gap=0))
        fill(self, screen)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """It goes with the client's window, not before."""
        event.ignore()


class Screens(QObject):
    """Shows the client's window on its screen, and covers every other but the one that the desk goes on with.

    Where the client sits at the desk's own screen, there is none such. A screen that is plugged in meanwhile is covered
    too. If the client's own goes away, their form comes to the desk's screen, locked, and stays there.
    """

    def __init__(self, window: ClientWindow, opened: Open) -> None:
        super().__init__(window)
        self._window, self._clinic = window, opened.clinic
        # Where the desk's choice isn't plugged in any more, the form lies over the desk's own screen and covers it.
        own = named_screen(opened.screen) or named_screen(opened.desk) or QGuiApplication.primaryScreen()
        self._own: QScreen | None = own
        self._beside = "" if own.name() == opened.desk else opened.desk
        self._blanks: list[Blank] = []
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._come)
        app.screenRemoved.connect(self._go)
        for screen in app.screens():
            self._come(screen)
        self._show_on(own)

    def end(self) -> None:
        """Uncovers what was covered."""
        for blank in self._blanks:
            blank.hide()

    def _come(self, screen: QScreen) -> None:
        if self._own is None:
            self._move(screen)
        elif screen is not self._own and screen.name() != self._beside:
            self._blanks.append(Blank(screen, self._clinic))

    def _go(self, gone: QScreen) -> None:
        self._uncover(gone)
        if gone is self._own:
            left = [one for one in QGuiApplication.screens() if one is not gone]
            self._move(next((one for one in left if one.name() == self._beside), next(iter(left), None)))

    def _move(self, screen: QScreen | None) -> None:
        """Takes the form to another screen, where others may be: locked, and nobody else's from now on."""
        self._own, self._beside = screen, ""
        self._window.lock()
        if screen is not None:
            self._uncover(screen)
            self._show_on(screen)

    def _uncover(self, screen: QScreen) -> None:
        for blank in [blank for blank in self._blanks if blank.covered is screen]:
            self._blanks.remove(blank)
            blank.hide()
            blank.deleteLater()

    def _show_on(self, screen: QScreen) -> None:
        fill(self._window, screen)
        self._window.raise_()
        self._window.activateWindow()


def fill(window: QWidget, screen: QScreen) -> None:
    """Shows a window over a whole screen, and keeps it so while the screen's size changes."""
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    # Qt's own showFullScreen() would give it the keyboard too, which isn't for covers.
    window.setWindowState(Qt.WindowState.WindowFullScreen)
    window.show()
    screen.geometryChanged.connect(window.setGeometry)
