"""The strip of half-done work: a card for each, with the key that takes it up again."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets.layouts import Hair, clear, hbox, pane, vbox
from reception.ui.widgets.words import caption, label

HEIGHT = 36
MOST = 9  # as many as there are keys
_NARROWEST = 92

_ICONS = {
    "booking": "calendar-plus",
    "checkout": "card",
    "form": "form",
    "client": "user-plus",
    "service": "tag",
    "product": "ticket",
    "links": "plus",
    "needs": "door",
    "required_forms": "form",
    "rule": "shield",
    "resource": "door",
    "form_import": "form",
    "editor": "pen",
    "person": "user",
    "shifts": "clock",
    "other_hours": "clock",
    "time_off": "coffee",
    "clinic": "settings",
    "policy": "settings",
    "plan": "settings",
    "reason": "settings",
    "closure": "calendar-x",
}


def kind_words(kind: str) -> str:
    """What a draft of a kind is called on its card."""
    words = {
        "booking": _tr("Booking"),
        "checkout": _tr("Checkout"),
        "form": _tr("Form"),
        "client": _tr("Client"),
        "service": _tr("Service"),
        "product": _tr("Package"),
        "links": _tr("Add-ons"),
        "needs": _tr("Needs"),
        "required_forms": _tr("Forms of"),
        "rule": _tr("Rule"),
        "resource": _tr("Room"),
        "form_import": _tr("Import"),
        "editor": _tr("Editing"),
        "person": _tr("Staff"),
        "shifts": _tr("Hours"),
        "other_hours": _tr("Another day"),
        "time_off": _tr("Time off"),
        "clinic": _tr("Settings"),
        "policy": _tr("Settings"),
        "plan": _tr("Settings"),
        "reason": _tr("Settings"),
        "closure": _tr("Closure"),
    }
    return words.get(kind) or _tr("Draft")


@dataclass(frozen=True, slots=True)
class Parked:
    """Something laid aside: what it is, for whom, and of a form how much is answered, from 0 to 1."""

    id: str
    kind: str
    title: str
    share: float | None = None


class ParkedStrip(QWidget):
    """The cards, the oldest first; Ctrl and a digit takes one up. Hidden while nothing is parked."""

    taken = Signal(str)
    thrown_away = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._cards: tuple[ParkedCard, ...] = ()
        self._row = hbox(gap=6)
        note = caption(self.tr("Kept through crash and change of user"))
        note.setMinimumWidth(0)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title = label(self.tr("Parked"), k.CAPTION, k.SEMIBOLD, Tone.INK2)
        row = hbox(title, 4, self._row, (note, 1), gap=6, margins=(16, 0, 16, 0))
        self.setLayout(vbox(Hair(strong=True), (pane(row, "canvas"), 1), gap=0))

    def show_cards(self, parked: Sequence[Parked]) -> None:
        """Lays out these cards, at most nine of them."""
        clear(self._row)
        self._cards = tuple(ParkedCard(one, n) for n, one in enumerate(parked[:MOST], 1))
        for card in self._cards:
            card.taken.connect(self.taken)
            card.thrown_away.connect(self.thrown_away)
            self._row.addWidget(card)

    def cards(self) -> tuple["ParkedCard", ...]:
        """The cards, in the order of their keys."""
        return self._cards


class ParkedCard(QAbstractButton):
    """Work laid aside: what, for whom, and its key. Del or the menu throws it away."""

    taken = Signal(str)
    thrown_away = Signal(str)

    def __init__(self, parked: Parked, number: int) -> None:
        super().__init__()
        self.parked = parked
        self._what, self._key = kind_words(parked.kind), f"Ctrl {number}"
        self.setObjectName(f"parked.{number}")
        self.setText(parked.title)
        self.setToolTip(f"{self._what} {parked.title}")
        self.setAccessibleName(self.toolTip())
        self.setFixedHeight(26)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._take)

    @override
    def sizeHint(self) -> QSize:
        words = theme.metrics(k.CAPTION).horizontalAdvance(self.text())
        return QSize(round(28 + self._what_width() + 6 + min(words, 180) + 8 + glyphs.keycap_width(self._key) + 6), 26)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROWEST, self.sizeHint().width()), 26)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self._throw_away()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Go on with it")).triggered.connect(self._take)
        menu.addAction(self.tr("Throw away")).triggered.connect(self._throw_away)
        menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(colour(t.line), 1))
        p.setBrush(colour(t.press if self.isDown() else t.hover if self.underMouse() else t.surface))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS, k.RADIUS)
        if self.parked.share:
            self._paint_share(p, self.parked.share)
        icons.draw(p, _ICONS.get(self.parked.kind, "pen"), 7, 5, t.ink3)
        left = glyphs.keycap(p, self._key, self.width() - 5, 13)
        glyphs.text(p, QRectF(28, 0, left - 32, 26), self._what, size=k.CAPTION, weight=k.SEMIBOLD)
        x = 34 + self._what_width()
        if left - x > 16:  # noqa: PLR2004 - less holds no word
            glyphs.text(p, QRectF(x, 0, left - x - 6, 26), self.text(), size=k.CAPTION, ink=t.ink2)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)

    def _paint_share(self, p: QPainter, share: float) -> None:
        """A line along the lower edge, inside the corners."""
        p.save()
        p.setClipPath(glyphs.rounded(QRectF(self.rect()), k.RADIUS))
        p.fillRect(QRectF(0, self.height() - 2, self.width() * share, 2), colour(theme.t.accent))
        p.restore()

    def _what_width(self) -> float:
        return theme.metrics(k.CAPTION, k.SEMIBOLD).horizontalAdvance(self._what)

    def _take(self) -> None:
        self.taken.emit(self.parked.id)

    def _throw_away(self) -> None:
        self.thrown_away.emit(self.parked.id)


def _tr(words: str) -> str:
    return QCoreApplication.translate("parked_strip", words)
