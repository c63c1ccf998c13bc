"""Fields to type in: words, amounts, times, counts. Each reads what was typed, and says what that can't be."""

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QSizePolicy, QSpinBox
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.domain.money import Money
from reception.ui import icons, theme
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.widgets.button import Button, Kind

_QUARTER = 15
_DAY = 24 * 60


class LineEdit(QLineEdit):
    """A line of words; `edited` tells of each change that the desk makes, not of the program's."""

    edited = Signal()

    def __init__(self, words: str = "", hint: str = "", *, icon: str = "", name: str = "") -> None:
        super().__init__(words)
        self.setObjectName(name)
        self._icon = icon
        self.setFont(theme.font())
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if icon:
            self.setTextMargins(22, 0, 0, 0)
        self.textEdited.connect(self._say_edited)

    @override
    def sizeHint(self) -> QSize:
        return QSize(150, k.CONTROL)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(48, k.CONTROL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            icons.draw(QPainter(self), self._icon, 9, self.height() / 2 - 8, theme.t.ink3)

    def _say_edited(self, _words: str) -> None:
        self.edited.emit()


class TextArea(QPlainTextEdit):
    """Several lines of words; Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, words: str = "", hint: str = "", *, lines: int = 3, name: str = "") -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setFont(theme.font())
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * theme.line_height() + 20)
        self.textChanged.connect(self.edited)


class MoneyEdit(LineEdit):
    """An amount of the clinic's currency; empty is no amount at all."""

    def __init__(self, formats: Formats, amount: Money | None = None, *, name: str = "") -> None:
        super().__init__(name=name)
        self._formats = formats
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(round(theme.metrics().horizontalAdvance(formats.symbol())) + 4, 0, 0, 0)
        self.show_amount(amount)

    def show_amount(self, amount: Money | None) -> None:
        """Shows an amount, or nothing."""
        self.setText("" if amount is None else self._formats.amount(amount))

    def amount(self) -> Money | None:
        """What was typed; raises Invalid where that is no amount."""
        return self._formats.parse_money(self.text()) if self.text().strip() else None

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            self.show_amount(self.amount())
        except Invalid:
            return  # what was typed stays, for the form to say what is wrong with it

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p = QPainter(self)
        p.setFont(theme.font())
        p.setPen(theme.colour(theme.t.ink3 if self.isEnabled() else theme.t.faint))
        box = self.rect().adjusted(10, 0, 0, 0)
        p.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._formats.symbol())


class TimeEdit(LineEdit):
    """A wall time; Up and Down go by quarters of an hour. 24:00 is the end of a day (R22)."""

    def __init__(self, formats: Formats, minutes: int | None = None, *, name: str = "") -> None:
        super().__init__(name=name)
        self._formats = formats
        self.show_minutes(minutes)

    def show_minutes(self, minutes: int | None) -> None:
        """Shows minutes after midnight as a time, or nothing."""
        self.setText("" if minutes is None else self._formats.clock(minutes))

    def minutes(self) -> int | None:
        """Minutes after midnight, 0 to 1440; raises Invalid where what was typed is no time."""
        return self._formats.parse_minutes(self.text()) if self.text().strip() else None

    def time(self) -> time | None:
        """The same as a time of the day; raises Invalid also for 24:00."""
        return self._formats.parse_time(self.text()) if self.text().strip() else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(84, k.CONTROL)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        try:
            minutes = self.minutes()
        except Invalid:
            return
        towards = steps[Qt.Key(event.key())] * _QUARTER
        self.show_minutes(9 * 60 if minutes is None else min(_DAY, max(0, minutes + towards)))
        self.edited.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            self.show_minutes(self.minutes())
        except Invalid:
            return  # what was typed stays, for the form to say what is wrong with it


class Spin(QSpinBox):
    """A count with its unit, typed or stepped: sessions, minutes, days."""

    edited = Signal()

    def __init__(
        self, value: int = 0, low: int = 0, high: int = 999, *, step: int = 1, unit: str = "", name: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFont(theme.font())
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSuffix(f" {unit}" if unit else "")
        self.setValue(value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.lineEdit().setTextMargins(0, 0, 52, 0)
        self._less = self._stepper("minus", self.tr("Less"), self.stepDown)
        self._more = self._stepper("plus", self.tr("More"), self.stepUp)
        self.valueChanged.connect(self._say_edited)

    @override
    def sizeHint(self) -> QSize:
        widest = f"{self.maximum()}{self.suffix()}"
        return QSize(round(theme.metrics().horizontalAdvance(widest)) + 84, k.CONTROL)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a form scrolls the form; it must not change a count in passing.
        event.ignore()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._more.move(self.width() - 28, (self.height() - 24) // 2)
        self._less.move(self.width() - 53, (self.height() - 24) // 2)

    def _stepper(self, icon: str, tip: str, step: Callable[[], None]) -> Button:
        button = Button(kind=Kind.GHOST, icon=icon, height=24, tip=tip)
        button.setParent(self)
        button.resize(24, 24)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAutoRepeat(True)
        button.clicked.connect(step)
        return button

    def _say_edited(self, _value: int) -> None:
        self.edited.emit()
