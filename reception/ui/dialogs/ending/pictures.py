"""What an ending looks like: a credit before and after, and the time in which cancelling is free."""

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.ledger import State
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.workbench import Workbench


class Change(QWidget):
    """A credit before and after, as two pips."""

    def __init__(self, before: State, after: State, number: int) -> None:
        super().__init__()
        self._before, self._after, self._number = before, after, number
        self.setFixedSize(64, 20)
        self.setAccessibleName(f"{glyphs.credit_word(before)}, {glyphs.credit_word(after)}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        glyphs.pip(p, self._before, self._number, 0, 0, 20)
        icons.draw(p, "right", 24, 2, theme.t.ink3)
        glyphs.pip(p, self._after, self._number, 44, 0, 20)


class FreeTime(QWidget):
    """The time in which cancelling is free, the time in which it is late, and where now lies (R14)."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._free_until = self._now = self._start = bench.now()
        self.setFixedHeight(46)
        self.hide()

    def show_times(self, free_until: datetime, now: datetime, start: datetime) -> None:
        """Shows one visit's times."""
        self._free_until, self._now, self._start = free_until, now, start
        until, at = self._bench.formats.when(free_until, self._bench.today()), self._bench.formats.time(now)
        self.setAccessibleName(self.tr("Free until {until}, now {now}").format(until=until, now=at))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, w, y = theme.t, QPainter(self), float(self.width()), 8.0
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        free = w if self._free_until >= self._start else w * 0.36
        self._bar(p, QRectF(0, y, free, 10), t.good_tint, t.good_line)
        if free < w:
            late = glyphs.rounded(QRectF(free + 2, y, w - free - 2, 10), 3)
            p.fillPath(late, colour(t.warn_tint))
            glyphs.hatch(p, late, colour(t.warn, 0.35), 6, 1)
            self._bar(p, QRectF(free + 2, y, w - free - 2, 10), "", t.warn_line)
        now = self._place(free, w)
        p.setPen(QPen(colour(t.now), 2))
        p.drawLine(QPointF(now, y - 5), QPointF(now, y + 15))
        p.setBrush(colour(t.now))
        p.drawEllipse(QPointF(now, y - 5), 2, 2)
        self._labels(p, free, now, y + 16)

    def _bar(self, p: QPainter, box: QRectF, fill: str, line: str) -> None:
        p.setPen(QPen(colour(line), 1))
        p.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _place(self, free: float, width: float) -> float:
        """Where now lies: in its true proportion while it is late, well inside the free part before."""
        if self._now <= self._free_until:
            days = (self._free_until - self._now) / timedelta(days=1)
            return max(4.0, free * (1 - min(0.9, 0.15 + days / 14)))
        share = (self._now - self._free_until) / (self._start - self._free_until) if free < width else 1.0
        return min(width - 2, free + 2 + (width - free - 2) * share)

    def _labels(self, p: QPainter, free: float, now: float, y: float) -> None:
        t, w = theme.t, float(self.width())
        until = self.tr("free until {time}").format(
            time=self._bench.formats.when(self._free_until, self._bench.today())
        )
        at = self.tr("now {time}").format(time=self._bench.formats.time(self._now))
        start = self._bench.formats.time(self._start)
        self._word(p, QRectF(0, y, w * 0.5, 16), until, t.good)
        first = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(until) + 10
        last = w - theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(start) - 10
        mine = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(at)
        left = min(max(now - mine, first), last - mine)
        self._word(p, QRectF(left, y, mine + 2, 16), at, t.now)
        if free < w and max(free + 6, first) + 24 < left:
            self._word(p, QRectF(max(free + 6, first), y, 30, 16), self.tr("late"), t.warn)
        self._word(p, QRectF(last, y, w - last, 16), start, t.ink2, right=True)

    def _word(self, p: QPainter, box: QRectF, words: str, ink: str, *, right: bool = False) -> None:
        glyphs.text(p, box, words, size=k.CAPTION, weight=k.MEDIUM, ink=ink, right=right)
