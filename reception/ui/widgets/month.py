"""A month to choose a day from."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from reception.domain.clock import add_months
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.text import Formats
from reception.ui.theme import colour
from reception.ui.widgets.button import Button, Kind
from reception.ui.widgets.layouts import STRETCH, hbox, pane, vbox
from reception.ui.widgets.words import label

_HEAD, _ROW, _WEEKS = 20, 23, 6
_CENTER = Qt.AlignmentFlag.AlignCenter
_SUNDAY = 6


class MiniMonth(QWidget):
    """Six weeks: the chosen day solid, today ringed. Arrows, PgUp, PgDn, Home and Enter work."""

    chosen = Signal(object)
    month_changed = Signal(object)

    def __init__(self, formats: Formats, chosen: date, *, today: date | None = None, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._formats = formats
        self._chosen, self._today, self._month = chosen, today or formats.today(), chosen.replace(day=1)
        self._cursor = chosen
        self._hovered: date | None = None
        self.setFixedHeight(_HEAD + _WEEKS * _ROW)
        self.setMinimumWidth(7 * 26)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self._say()

    def day(self) -> date:
        """The day that is chosen."""
        return self._chosen

    def month(self) -> date:
        """The first of the month that is shown."""
        return self._month

    def show_day(self, day: date, today: date | None = None) -> None:
        """Marks a day as the chosen one, and shows its month, without saying so."""
        self._chosen = self._cursor = day
        self._today = today or self._today
        self.show_month(day)

    def show_month(self, day: date) -> None:
        """Shows the month of a day."""
        changed = self._month != day.replace(day=1)
        self._month = day.replace(day=1)
        self._say()
        self.update()
        if changed:
            self.month_changed.emit(self._month)

    def first(self) -> date:
        """The first of the days that are shown; it may belong to the month before."""
        return self._month - timedelta(days=(self._month.weekday() - self._formats.first_weekday()) % 7)

    def box(self, day: date) -> QRectF:
        """Where a day that is shown lies."""
        row, column = divmod((day - self.first()).days, 7)
        width = self.width() / 7
        return QRectF(column * width, _HEAD + row * _ROW, width, _ROW - 1)

    def day_at(self, point: QPointF) -> date | None:
        """Which day lies at a point."""
        row, column = int((point.y() - _HEAD) // _ROW), int(point.x() // (self.width() / 7))
        inside = 0 <= row < _WEEKS and 0 <= column < 7  # noqa: PLR2004 - days of a week
        return self.first() + timedelta(days=row * 7 + column) if inside else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(day)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.day_at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
            return
        target = self._target(event.key())
        if target is None:
            super().keyPressEvent(event)
            return
        self._cursor = target
        self.show_month(target)

    def _target(self, key: int) -> date | None:
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            return self._cursor + timedelta(days=days[Qt.Key(key)])
        if key in months:
            return add_months(self._cursor, months[Qt.Key(key)])
        return self._today if key == Qt.Key.Key_Home else None

    def _choose(self, day: date) -> None:
        self.show_day(day)
        self.chosen.emit(day)

    def _hover(self, day: date | None) -> None:
        if day != self._hovered:
            self._hovered = day
            self.update()

    def _say(self) -> None:
        self.setAccessibleName(self._formats.long_day(self._cursor))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / 7
        p.setFont(theme.font(k.CAPTION, k.MEDIUM))
        p.setPen(colour(theme.t.ink3))
        for n, letter in enumerate(self._formats.weekdays()):
            p.drawText(QRectF(n * width, 0, width, 18), _CENTER, letter)
        for n in range(7 * _WEEKS):
            self._paint_day(p, self.first() + timedelta(days=n))

    def _paint_day(self, p: QPainter, day: date) -> None:
        t, box = theme.t, self.box(day)
        on, today = day == self._chosen, day == self._today
        cell = QRectF(box.center().x() - 12, box.top(), 24, 22)
        self._paint_ground(p, day, cell)
        p.setFont(theme.font(k.CAPTION, k.SEMIBOLD if on or today else k.REGULAR))
        p.setPen(colour(t.on_accent if on else t.accent if today else self._ink(day)))
        p.drawText(box, _CENTER, str(day.day))

    def _paint_ground(self, p: QPainter, day: date, cell: QRectF) -> None:
        t = theme.t
        p.setPen(Qt.PenStyle.NoPen)
        if day == self._chosen:
            p.setBrush(colour(t.accent))
            p.drawRoundedRect(cell, k.RADIUS, k.RADIUS)
        elif day == self._hovered:
            p.setBrush(colour(t.press))
            p.drawRoundedRect(cell, k.RADIUS, k.RADIUS)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus() and day == self._cursor:
            p.setPen(QPen(colour(t.ink), 2))
            p.drawRoundedRect(cell.adjusted(1, 1, -1, -1), k.RADIUS, k.RADIUS)
        elif day == self._today != self._chosen:
            p.setPen(QPen(colour(t.accent), 1.5))
            p.drawRoundedRect(cell.adjusted(0.75, 0.75, -0.75, -0.75), k.RADIUS, k.RADIUS)

    def _ink(self, day: date) -> str:
        t = theme.t
        if day.month != self._month.month:
            return t.faint
        return t.ink3 if day.weekday() == _SUNDAY else t.ink


class Month(QWidget):
    """A month with its name and the way to the ones beside it."""

    chosen = Signal(object)
    month_changed = Signal(object)

    def __init__(self, formats: Formats, chosen: date, *, today: date | None = None, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._formats = formats
        self.days = MiniMonth(formats, chosen, today=today)
        self._title = label(formats.month(chosen), k.BODY, k.SEMIBOLD)
        back = Button(kind=Kind.GHOST, icon="left", height=24, tip=self.tr("Month before"), name="month_before")
        on = Button(kind=Kind.GHOST, icon="right", height=24, tip=self.tr("Month after"), name="month_after")
        head = hbox(self._title, STRETCH, back, on, gap=0, margins=(16, 0, 8, 0))
        self.setLayout(vbox(head, pane(hbox(self.days, margins=(10, 0, 10, 0))), gap=2, margins=(0, 8, 0, 4)))
        back.clicked.connect(self._go_back)
        on.clicked.connect(self._go_on)
        self.days.chosen.connect(self.chosen)
        self.days.month_changed.connect(self._show_name)

    def _go_back(self) -> None:
        self.days.show_month(add_months(self.days.month(), -1))

    def _go_on(self) -> None:
        self.days.show_month(add_months(self.days.month(), 1))

    def _show_name(self, month: date) -> None:
        self._title.setText(self._formats.month(month))
        self.month_changed.emit(month)
