"""A week at a glance: the hours of each weekday as bars that go down with the day."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour

_DAY = 24 * 60
_EARLY, _LATE = 8 * 60, 18 * 60
_GUTTER, _HEAD, _EVERY = 40, 20, 120


class WeekPicture(QWidget):
    """Seven columns, Monday first; hours past midnight run on in the next column. What clashes is outlined in red."""

    def __init__(self, days: Sequence[str], hour: Sequence[str], *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._days, self._hour = tuple(days), tuple(hour)
        self._bars: tuple[tuple[int, int, int], ...] = ()
        self._clashes: frozenset[tuple[int, int, int]] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def bars(self) -> tuple[tuple[int, int, int], ...]:
        """What is drawn: weekday, from, to, in minutes of the wall clock."""
        return self._bars

    def show_week(
        self, bars: Sequence[tuple[int, int, int]], clashes: Sequence[tuple[int, int, int]] = (), words: str = ""
    ) -> None:
        """Shows the hours of a week, and says them in words to who can't see them."""
        self._bars, self._clashes = tuple(bars), frozenset(clashes)
        self.setAccessibleName(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_GUTTER + 7 * 28, 220)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_GUTTER + 7 * 18, 140)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._range()
        self._paint_ground(p, first, last)
        for bar in self._bars:
            for weekday, start, end in _parts(*bar):
                self._paint_bar(p, self._box(weekday, start, end, first, last), clash=bar in self._clashes)

    def _range(self) -> tuple[int, int]:
        """The part of the day that is drawn: from 8 to 18, or as much as there are hours."""
        parts = [part for bar in self._bars for part in _parts(*bar)]
        first = min([_EARLY, *(start for _, start, _ in parts)]) // _EVERY * _EVERY
        last = -(-max([_LATE, *(end for _, _, end in parts)]) // _EVERY) * _EVERY
        return first, last

    def _paint_ground(self, p: QPainter, first: int, last: int) -> None:
        width = (self.width() - _GUTTER) / 7
        p.fillRect(QRectF(_GUTTER, _HEAD, self.width() - _GUTTER, self.height() - _HEAD), colour(theme.t.sunken))
        for n, day in enumerate(self._days):
            p.setFont(theme.font(k.CAPTION, k.MEDIUM))
            p.setPen(colour(theme.t.ink3))
            p.drawText(QRectF(_GUTTER + n * width, 0, width, _HEAD - 2), Qt.AlignmentFlag.AlignCenter, day)
        for minute in range(first, last + 1, _EVERY):
            y = self._y(minute, first, last)
            p.fillRect(QRectF(_GUTTER, y, self.width() - _GUTTER, 1), colour(theme.t.hair))
            if minute < last:
                box = QRectF(0, y - 7, _GUTTER - 8, 14)
                words = self._hour[minute // 60]
                glyphs.text(p, box, words, size=k.CAPTION, ink=theme.t.ink3, right=True)

    def _paint_bar(self, p: QPainter, box: QRectF, *, clash: bool) -> None:
        t = theme.t
        p.setPen(QPen(colour(t.danger if clash else t.tint_line), 2 if clash else 1))
        p.setBrush(colour(t.danger_tint if clash else t.tint))
        p.drawRoundedRect(box.adjusted(2.5, 0.5, -2.5, -0.5), k.RADIUS_S, k.RADIUS_S)

    def _box(self, weekday: int, start: int, end: int, first: int, last: int) -> QRectF:
        width = (self.width() - _GUTTER) / 7
        top, bottom = self._y(start, first, last), self._y(end, first, last)
        return QRectF(_GUTTER + weekday * width, top, width, max(3.0, bottom - top))

    def _y(self, minute: int, first: int, last: int) -> float:
        return _HEAD + (self.height() - _HEAD - 1) * (minute - first) / (last - first)


def _parts(weekday: int, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """What a bar covers of each day: hours past midnight belong to the next (R22)."""
    if end > start:
        return ((weekday, start, end),)
    late = (weekday, start, _DAY)
    return (late, ((weekday + 1) % 7, 0, end)) if end else (late,)
