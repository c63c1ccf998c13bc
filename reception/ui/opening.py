"""What the window holds before the desk: the clinic is being opened, or it can't be."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.widgets import STRETCH, Button, Elided, ErrorState, Hair, Kind, Skeleton, hbox, pane, vbox
from reception.ui.widgets.top_bar import TopBar


class Way(StrEnum):
    """A way on from a clinic that can't be opened."""

    AGAIN = "again"
    OTHER = "other"
    NEW = "new"
    CLOSE = "close"


class Opening(QWidget):
    """The desk's true layout, still empty: bars in grey where words will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("opening")
        top = TopBar()
        top.setEnabled(False)
        top.show_place("", with_day=False)
        left = pane(
            vbox(*(_bars(150, 100) for _ in range(4)), STRETCH, gap=18, margins=(16, 20, 16, 16)), "canvas", width=219
        )
        day = pane(vbox(pane(hbox(), "surface", height=47), Hair(strong=True), (pane(hbox(), "sunken"), 1), gap=0))
        right = pane(
            vbox(*(_bars(180, 240) for _ in range(4)), STRETCH, gap=24, margins=(16, 16, 16, 16)), "surface", width=339
        )
        line = Hair(vertical=True, strong=True)
        body = hbox(left, line, (day, 1), Hair(vertical=True, strong=True), right, gap=0)
        foot = pane(
            hbox(Elided(self.tr("Opening the clinic"), k.CAPTION, name="opening.words"), margins=(16, 0, 16, 0)),
            "canvas",
            height=27,
        )
        self.setLayout(vbox(top, (body, 1), Hair(strong=True), foot, gap=0))


class Problem(QWidget):
    """The clinic can't be opened: the sentence, and what can be done. Nothing of it is touched meanwhile."""

    chosen = Signal(object)

    def __init__(self, title: str, sentence: str, ways: tuple[Way, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem")
        words = {
            Way.AGAIN: self.tr("Try again"),
            Way.OTHER: self.tr("Choose another file…"),
            Way.NEW: self.tr("Make a new clinic"),
            Way.CLOSE: self.tr("Close"),
        }
        buttons = []
        for n, way in enumerate(ways):
            button = Button(words[way], Kind.PRIMARY if n == 0 else Kind.SECONDARY, name=f"problem.{way}")
            button.setProperty("way", way.value)
            button.clicked.connect(self._choose)
            buttons.append(button)
        self.state = ErrorState(title, sentence, *buttons, width=520, name="problem.state")
        self.setLayout(vbox((pane(vbox((self.state, 1)), "surface"), 1), gap=0))
        self.setFocusProxy(buttons[0])

    def _choose(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(Way(sender.property("way")))


def _bars(*widths: int) -> QWidget:
    return pane(vbox(*(Skeleton(width) for width in widths), gap=8))
