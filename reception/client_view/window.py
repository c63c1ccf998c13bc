"""The client's window: their form, what lies over it, and no way out but by a PIN."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from reception.client_view import covers
from reception.client_view.covers import Cover
from reception.client_view.idle import PATIENCE, Idle, Watch
from reception.client_view.messages import (
    Close,
    Draft,
    Finished,
    Left,
    Meaning,
    Message,
    NotTaken,
    Open,
    Pin,
    PinRight,
    PinWrong,
    Taken,
)
from reception.client_view.pad import PinPad
from reception.client_view.sitting import Sitting
from reception.ui.widgets import vbox

_KEPT_AFTER = 300  # milliseconds after an answer


class ClientWindow(QWidget):
    """One form in front of a client. What they answer is told to the desk at once; only a PIN leads out of it.

    `closed` is said when the screen has been given back.
    """

    closed = Signal()

    def __init__(self, send: Callable[[Message], None], idle: Idle = PATIENCE) -> None:
        super().__init__()
        self.setObjectName("client")
        self.setWindowTitle(self.tr("Form"))
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._send = send
        self._may_close = self._done = False
        self._before = Cover.FORM
        self.sitting: Sitting | None = None
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._watch = Watch(idle, self)
        self._build()
        self._connect()
        self.show_cover(Cover.WAITING)

    def cover(self) -> Cover:
        """What is in front."""
        return next(name for name, page in self._covers.items() if page is self._pages.currentWidget())

    def _build(self) -> None:
        self.pad = PinPad()
        self._still, self._locked, self._choice = covers.still(), covers.locked(), covers.choice()
        self._thanks = covers.thanks()
        self._covers: dict[Cover, QWidget] = {
            Cover.WAITING: covers.waiting(),
            Cover.STILL: self._still,
            Cover.LOCKED: self._locked,
            Cover.PAD: self.pad,
            Cover.CHOICE: self._choice,
            Cover.THANKS: self._thanks,
        }
        self._pages = QStackedWidget()
        for page in self._covers.values():
            self._pages.addWidget(page)
        self.setLayout(vbox(self._pages, gap=0))

    def _connect(self) -> None:
        self._keeping.timeout.connect(self.keep)
        self._watch.doubted.connect(self._ask_still)
        self._watch.alone.connect(self.lock)
        self.pad.typed.connect(self._give_pin)
        self.pad.left.connect(self._leave_pad)
        (go_on,) = self._still.buttons
        (unlock,) = self._locked.buttons
        stay, take = self._choice.buttons
        (end,) = self._thanks.buttons
        for button in (go_on, stay):
            button.clicked.connect(self._go_on)
        take.clicked.connect(self._give_back)
        for button in (unlock, end):
            button.clicked.connect(self._ask_pin)

    # what the desk says

    def take(self, message: Message) -> None:
        """Does what the desk says."""
        match message:
            case Open():
                self._open(message)
            case Meaning() if self.sitting is not None:
                self.sitting.show_meaning(message)
            case NotTaken() if self.sitting is not None:
                self.sitting.show_refusal(message)
            case PinRight():
                self._let_through()
            case PinWrong():
                self.pad.show_wrong(message)
            case Taken():
                self._done = True
                self.show_cover(Cover.THANKS)
            case Close():
                if self._keeping.isActive():
                    self.keep()
                self.end()
            case _:
                return  # the rest is for the desk

    def _open(self, opened: Open) -> None:
        sitting = self.sitting = self._covers[Cover.FORM] = Sitting(opened)
        self._pages.addWidget(sitting)
        sitting.changed.connect(self._keep_soon)
        sitting.turned.connect(self.keep)
        sitting.finished.connect(self._hand_in)
        sitting.staff_asked.connect(self._ask_pin)
        self.show_cover(Cover.FORM)
        sitting.welcome.take_keyboard()

    # what it tells the desk

    def _keep_soon(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def keep(self) -> None:
        """Tells the desk all that was answered and typed by now."""
        if self.sitting is not None and not self._done:
            self._keeping.stop()
            self._send(Draft(self.sitting.state()))

    def _hand_in(self, finished: Finished) -> None:
        self._keeping.stop()
        self._send(finished)

    def _give_pin(self, pin: str) -> None:
        self._send(Pin(pin))

    # who may go where

    def show_cover(self, cover: Cover) -> None:
        """Brings something to the front; a screen that nobody touches meanwhile locks itself."""
        self._pages.setCurrentWidget(self._covers[cover])
        if cover in (Cover.FORM, Cover.PAD, Cover.CHOICE):
            self._watch.begin()
        elif cover is Cover.STILL:
            self._watch.wait()
        else:
            self._watch.rest()
        if cover is Cover.PAD:
            self.pad.clear()
            self.pad.setFocus()

    def _ask_still(self) -> None:
        """Where it isn't the form that is in front, somebody who works here has left it: it locks without asking."""
        if self.cover() is not Cover.FORM:
            self.lock()
            return
        self.keep()
        self.show_cover(Cover.STILL)
        self._still.buttons[0].setFocus()

    def lock(self) -> None:
        """Hides the form until somebody types a PIN; a finished one stays hidden anyway."""
        self.keep()
        cover, sheet = (Cover.THANKS, self._thanks) if self._done else (Cover.LOCKED, self._locked)
        self.show_cover(cover)
        sheet.buttons[0].setFocus()

    def _go_on(self) -> None:
        self.show_cover(Cover.FORM)

    def _ask_pin(self) -> None:
        self.keep()
        self._before = self.cover()
        self.show_cover(Cover.PAD)

    def _leave_pad(self) -> None:
        self.show_cover(self._before)

    def _let_through(self) -> None:
        if self.cover() is not Cover.PAD:
            return
        if self._done:
            self._give_back()
        else:
            self.show_cover(Cover.CHOICE)
            self._choice.buttons[1].setFocus()

    def _give_back(self) -> None:
        self.keep()
        self._send(Left())
        self.end()

    def end(self) -> None:
        """Closes for good: the screen is the desk's again."""
        self._may_close = True
        self.close()
        self.closed.emit()

    def watch(self, app: QApplication) -> None:
        """Takes every key and touch in the program for a sign that somebody is there."""
        app.installEventFilter(self._watch)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Neither Alt+F4 nor the system's own cross closes it."""
        event.setAccepted(self._may_close)
