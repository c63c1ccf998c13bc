"""The frame of a sheet: it takes the client panel's place beside the diary, so that the day stays in sight."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.ui import tokens as k
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Elided, Hair, Kind, Scroller, hbox, pane, vbox

WIDTH = 412
PAD = 16


class Sheet(QWidget):
    """A head that says what is asked, a body that scrolls, and a foot whose last button ends the task.

    Esc asks to close it, Enter presses `go` wherever the focus is in a field. `closed` is said once, when whoever shows
    the sheet should take it away.
    """

    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, go: Button | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = Elided("", k.HEADING, k.SEMIBOLD, name=f"{name}.title")
        self.subtitle = Elided("", k.CAPTION, tone=Tone.INK2, name=f"{name}.subtitle")
        self.go = go or Button("", Kind.PRIMARY, key="Enter", height=36, wide=True, name=f"{name}.go")
        if go is None:
            self.go.show_words(self.tr("Save"))
        self._leave = Button(kind=Kind.GHOST, icon="x", height=28, tip=self.tr("Close"), name=f"{name}.close")
        self._leave.clicked.connect(self.leave)

    def put_together(self, sign: QWidget | None, body: QWidget, *foot: QWidget, head: tuple[QWidget, ...] = ()) -> None:
        """Lays out head, body and foot; `head` stands before the cross, `foot` before the button that ends the task."""
        words = vbox(self.title, self.subtitle, gap=1)
        top = pane(hbox(sign, (words, 1), *head, self._leave, gap=10, margins=(PAD, 10, 10, 8)))
        last = pane(hbox(*foot, (self.go, 1), gap=8, margins=(PAD, 10, PAD, 11)))
        inner = pane(vbox(top, Hair(), (Scroller(body), 1), Hair(strong=True), last, gap=0), "surface")
        self.setLayout(hbox(Hair(vertical=True, strong=True), (inner, 1), gap=0))

    def begin(self) -> QWidget:
        """Where the keyboard begins when the sheet opens; the sheet itself, where digits and Enter are enough."""
        return self

    def leave(self) -> None:
        """Closes without doing what it asks."""
        self.closed.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if (first := self.begin()) is not self:
            first.setFocus(event.reason())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self.go.isEnabled():
                self.go.click()
        else:
            super().keyPressEvent(event)


def part(*items: QWidget, gap: int = 4, bottom: int = 9) -> QWidget:
    """One section of a sheet or a panel, with its air and the line below it."""
    return pane(vbox(pane(vbox(*items, gap=gap, margins=(PAD, 8, PAD, bottom))), Hair(), gap=0))


def rest(*items: QWidget, gap: int = 0) -> QWidget:
    """The last section: no line below it, and what is left of the height."""
    return pane(vbox(*items, STRETCH, gap=gap, margins=(PAD, 8, PAD, 9)))
