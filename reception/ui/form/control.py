"""What every control of a form can do, whatever it asks for."""

from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from reception.domain.questionnaire.values import Value
from reception.ui import theme
from reception.ui.text import Formats
from reception.ui.widgets import LineEdit


class Desk(NamedTuple):
    """Where a form is filled in: how the clinic writes, and what day it is there."""

    formats: Formats
    today: date


class Control(QWidget):
    """The answer to one question as it is given on screen; `edited` tells of what somebody does, not the program."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def values(self) -> tuple[Value, ...]:
        """What is answered, () for nothing; raises Invalid where what was typed can't be read."""
        raise NotImplementedError

    def show_values(self, values: tuple[Value, ...]) -> None:
        """Shows an answer."""
        raise NotImplementedError

    def raw(self) -> Any:
        """What was typed, as plain data, for a draft of what can't be read yet."""
        return None

    def put(self, typed: Any) -> None:
        """Shows again what was typed."""

    def press(self, _key: str) -> bool:
        """Answers by a single key; False where that key answers nothing."""
        return False

    def inputs(self) -> tuple[QWidget, ...]:
        """The parts that take the keyboard, in their order."""
        raise NotImplementedError

    def is_typed(self) -> bool:
        """Whether the answer is typed: then it is judged when the keyboard leaves it, not at every key."""
        return False

    def show_title(self, title: str) -> None:
        """Tells a screen reader what is asked."""
        for part in self.inputs():
            part.setAccessibleName(title)

    def show_wrong(self, sentence: str) -> None:
        """Marks that the answer can't be so, and tells a screen reader why; without words nothing is wrong."""
        for part in self.inputs():
            part.setAccessibleDescription(sentence)
            theme.mark(part, "wrong", "true" if sentence else "false")

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in it."""
        return any(part.hasFocus() for part in self.inputs())


L = TypeVar("L", bound=LineEdit)


class OneLine(Control, Generic[L]):
    """An answer that is typed into one line."""

    def __init__(self, name: str, line: L) -> None:
        super().__init__(name)
        self.line = line
        self.line.edited.connect(self.edited)

    @override
    def raw(self) -> Any:
        return self.line.text()

    @override
    def put(self, typed: Any) -> None:
        self.line.setText(typed)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.line,)

    @override
    def is_typed(self) -> bool:
        return True
