"""The left column folded: a sign for each queue with its count."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from reception.domain.outcomes import Status
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.panels.queue.groups import Group
from reception.ui.theme import colour
from reception.ui.widgets import STRETCH, Button, Hair, Kind, hbox, pane, vbox

WIDTH = 48


class Rail(QWidget):
    """Signs with counts; the arrow or a sign unfolds the column."""

    unfold_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        arrow = Button(
            kind=Kind.GHOST, icon="right", height=28, tip=self.tr("Show the queues (Ctrl+B)"), name="rail.unfold"
        )
        self._signs = {
            "here": _Sign("here", self.tr("Here now"), Status.ARRIVED, ""),
            "late": _Sign("late", self.tr("Late"), None, "clock"),
            "forms": _Sign("forms", self.tr("Unsigned forms"), None, "form"),
            "clients": _Sign("clients", self.tr("From clients"), None, "user"),
            "tasks": _Sign("tasks", self.tr("Screening"), None, "shield"),
            "open": _Sign("open", self.tr("Left open"), None, "calendar-x"),
            "conflicts": _Sign("conflicts", self.tr("Conflicts"), None, "alert"),
            "owing": _Sign("owing", self.tr("Deposits owing"), None, "cash"),
        }
        arrow.clicked.connect(self.unfold_asked)
        for sign in self._signs.values():
            sign.clicked.connect(self.unfold_asked)
        column = vbox(hbox(STRETCH, arrow, STRETCH), 2, *self._signs.values(), STRETCH, gap=4, margins=(2, 8, 2, 8))
        self.setLayout(hbox((pane(column, "canvas"), 1), Hair(vertical=True, strong=True), gap=0))

    def show_counts(self, groups: Iterable[Group]) -> None:
        """How many are in each queue, and how many of them wait for whoever is at the desk."""
        found = {group.key: group for group in groups}
        for key, sign in self._signs.items():
            group = found.get(key)
            sign.show_count(len(group.rows) if group is not None else 0, group.mine if group is not None else 0)


class _Sign(QAbstractButton):
    def __init__(self, key: str, words: str, status: Status | None, icon: str) -> None:
        super().__init__()
        self.setObjectName(f"rail.{key}")
        self._words, self._status, self._icon, self._count, self._mine = words, status, icon, 0, 0
        self.setFixedHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count(0)

    def show_count(self, count: int, mine: int = 0) -> None:
        self._count, self._mine = count, mine
        said = f", {self.tr('{count} for you').format(count=mine)}" if mine else ""
        self.setAccessibleName(f"{self._words}, {count}{said}")
        self.setToolTip(f"{self._words}: {count}{said}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(42, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.hover))
            p.drawRoundedRect(QRectF(self.rect()), k.RADIUS, k.RADIUS)
        middle = self.height() / 2
        if self._status is not None:
            glyphs.status(p, self._status, 7, middle - 5.5, 11)
        else:
            alarmed = t.warn if self._count and self._icon == "alert" else t.ink2
            icons.draw(p, self._icon, 5, middle - 7, t.accent if self._mine else alarmed, 14)
        box = QRectF(24, 0, self.width() - 24, self.height())
        ink = t.accent if self._mine else t.ink if self._count else t.ink3
        glyphs.text(p, box, str(self._count), size=k.CAPTION, weight=k.SEMIBOLD, ink=ink)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)
