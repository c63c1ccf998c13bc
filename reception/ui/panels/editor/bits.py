"""What the parts of the editor's card have in common: how they say what was done, and their sections."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.ui import theme
from reception.ui.dialogs.sheet import PAD
from reception.ui.panels.editor.state import Step
from reception.ui.widgets import STRETCH, Hair, LineEdit, Scroller, pane, section, vbox
from reception.ui.widgets.layouts import Item


class Part(QWidget):
    """A part of the card. `typed` tells of a step that the part shows already, and what it edits; `stepped` of one
    after which the card is shown anew; `focus` names what takes the keyboard then.
    """

    typed = Signal(object, object)
    stepped = Signal(object, str)

    def type(self, step: Step, mark: Hashable) -> None:
        """Says that something was typed."""
        self.typed.emit(step, mark)

    def do(self, step: Step, focus: str = "") -> None:
        """Says that something was done, after which all is shown anew."""
        self.stepped.emit(step, focus)

    def joined(self, part: "Part") -> "Part":
        """A part of this part: what it says is said by this one."""
        part.typed.connect(self.typed)
        part.stepped.connect(self.stepped)
        return part


def mark_wrong(field: LineEdit, sentence: str) -> None:
    """Says of a field why what is typed in it can't be; without words nothing is wrong."""
    theme.mark(field, "wrong", "true" if sentence else "false")
    field.setToolTip(sentence)
    field.setAccessibleDescription(sentence)


class Region(Scroller):
    """A region whose content is made anew; what was there before can't be found by its name any more."""

    def __init__(self, ground: str = "") -> None:
        super().__init__(QWidget())
        self._ground = ground

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """Shows these below each other, scrolled to the top."""
        self.takeWidget().deleteLater()
        made = pane(vbox(*parts, STRETCH, gap=0), self._ground)
        self.setWidget(made)
        made.setAutoFillBackground(False)
        made.show()


def block(title: str, *items: Item, last: bool = False) -> QWidget:
    """One section of the card, with its head and the line below it."""
    body = pane(vbox(pane(section(title)), *items, gap=8, margins=(PAD, 10, PAD, 12)))
    return pane(vbox(body, None if last else Hair(), gap=0))
