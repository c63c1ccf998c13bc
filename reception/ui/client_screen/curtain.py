"""What lies over the desk while a client uses the same screen: nothing of the clinic is to be seen behind it."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.client_view.messages import PinWrong
from reception.client_view.pad import PinPad
from reception.ui import tokens as k
from reception.ui.widgets import Button, Empty, pane, vbox


class Curtain(QWidget):
    """Covers a whole window and takes its keys; `typed` gives the PIN of somebody who wants it away."""

    typed = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("curtain")
        self._over = over
        take = Button(self.tr("Take the screen back"), height=k.CONTROL_L, name="curtain.take")
        words = self.tr("Names and visits are hidden meanwhile. A PIN brings the desk back.")
        state = Empty("eye-off", self.tr("A client is filling in a form"), words, take, name="curtain.state")
        self._hidden, self.pad = pane(vbox((state, 1)), "surface"), PinPad()
        self._pages = QStackedWidget()
        for page in (self._hidden, self.pad):
            self._pages.addWidget(page)
        self.setLayout(vbox(self._pages, gap=0))
        take.clicked.connect(self._ask)
        self.pad.left.connect(self._hide_pad)
        self.pad.typed.connect(self.typed)
        over.installEventFilter(self)
        self._cover()

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
