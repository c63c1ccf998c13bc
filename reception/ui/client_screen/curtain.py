"""What lies over the desk while a client uses the same screen: nothing of the clinic is to be seen behind it."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.client_view.messages import PinWrong
from reception.client_view.pad import PinPad
from reception.domain.tables.ids import ClientId
from reception.ui import tokens as k
from reception.ui.widgets import Button, Empty, pane, vbox


class Curtain(QWidget):
    """Covers a whole window while a client has a form, and takes its keys; `typed` is the PIN of who wants it away."""

    typed = Signal(str)

    def __init__(self, over: QWidget, client: ClientId) -> None:
        super().__init__(over)
        self.client = client
        self.setObjectName("curtain")
        self._over = over
        take = Button(self.tr("Take the screen back"), height=k.CONTROL_L, name="curtain.take")
        title, words = self.tr("The client’s screen is opening"), self.tr("Names and visits are hidden meanwhile.")
        self._state = Empty("eye-off", title, words, take, width=420, name="curtain.state")
        self._hidden, self.pad = pane(vbox((self._state, 1)), "surface"), PinPad()
        self._pages = QStackedWidget()
        for page in (self._hidden, self.pad):
            self._pages.addWidget(page)
        self.setLayout(vbox(self._pages, gap=0))
        take.clicked.connect(self._ask)
        self.pad.left.connect(self._hide_pad)
        self.pad.typed.connect(self.typed)
        over.installEventFilter(self)
        self._cover()

    def show_shown(self) -> None:
        """Says that the form is in front of the client."""
        words = self.tr("Names and visits are hidden meanwhile. A PIN brings the desk back.")
        self._state.show_words(self.tr("A client is filling in a form"), words)

    def show_lost(self) -> None:
        """Says that the client's screen is gone, though nobody has taken it back."""
        words = self.tr("What was answered is kept. A PIN brings the desk back.")
        self._state.show_words(self.tr("The client’s screen has closed"), words)

    def show_wrong(self, told: PinWrong) -> None:
        """Says that the PIN is nobody's."""
        self.pad.show_wrong(told)

    def _ask(self) -> None:
        self.pad.clear()
        self._pages.setCurrentWidget(self.pad)
        self.pad.setFocus()

    def _hide_pad(self) -> None:
        self._pages.setCurrentWidget(self._hidden)

    def _cover(self) -> None:
        self.setGeometry(self._over.rect())
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False
