"""A field for a date, typed or picked from a month."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.theme import colour
from reception.ui.widgets.button import Button, Kind
from reception.ui.widgets.edits import LineEdit
from reception.ui.widgets.layouts import vbox
from reception.ui.widgets.month import Month


class DateEdit(LineEdit):
    """A date; Up and Down go by days, Alt+Down or F4 opens the month. Empty is no date."""

    def __init__(self, formats: Formats, day: date | None = None, *, today: date | None = None, name: str = "") -> None:
        super().__init__(name=name)
        self._formats, self._today = formats, today
        self._opener = Button(kind=Kind.GHOST, icon="diary", height=24, tip=self.tr("Pick a day"), name="pick_day")
        self._opener.setParent(self)
        self._opener.resize(26, 24)
        self._opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._opener.setCursor(Qt.CursorShape.ArrowCursor)
        self.setTextMargins(0, 0, 24, 0)
        self.show_day(day)
        self._opener.clicked.connect(self.open_month)

    def show_day(self, day: date | None) -> None:
        """Shows a date, or nothing."""
        self.setText("" if day is None else self._formats.full(day))

    def day(self) -> date | None:
        """What was typed; raises Invalid where that is no date."""
        return self._formats.parse_day(self.text(), self._today) if self.text().strip() else None

    def open_month(self) -> None:
        """Opens the month of the date, below the field."""
        popup = MonthPopup(self, self._formats, self._known() or self._today or self._formats.today(), self._today)
        popup.month.chosen.connect(self._pick)
        popup.show_below(self)

    @override
    def sizeHint(self) -> QSize:
        return QSize(146, k.CONTROL)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._opener.move(self.width() - 30, (self.height() - 24) // 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.open_month()
        elif event.key() in steps and (day := self._known()) is not None:
            self._pick(day + timedelta(days=steps[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if (day := self._known()) is not None:
            self.show_day(day)

    def _known(self) -> date | None:
        """The date, or None while what stands there is none."""
        try:
            return self.day()
        except Invalid:
            return None

    def _pick(self, day: date) -> None:
        self.show_day(day)
        self.edited.emit()


class MonthPopup(QWidget):
    """A month that floats over what lies below it until a day is chosen or Esc is pressed."""

    def __init__(self, field: QWidget, formats: Formats, day: date, today: date | None) -> None:
        super().__init__(field, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = Month(formats, day, today=today)
        self.setLayout(vbox(self.month, margins=(1, 1, 1, 5)))
        self.setFixedWidth(222)
        self.month.chosen.connect(self.close)

    def show_below(self, field: QWidget) -> None:
        """Opens under a field and takes the keyboard."""
        self.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
        self.show()
        self.month.days.setFocus()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), colour(theme.t.raised))
        p.setPen(QPen(colour(theme.t.line), 1))
        p.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
