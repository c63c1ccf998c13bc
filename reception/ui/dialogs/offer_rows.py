"""The rows of add-ons: one that can be had now, one that can't with its leading reason, and their list with digits."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.addons import Offer, Offers, Refusal
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.dialogs import offers as words
from reception.ui.text import Formats
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import clear, vbox
from reception.ui.widgets.press_row import REACH, PressRow
from reception.ui.workbench import Workbench

_NAME = 28  # where names begin, right of the digits and signs
_PLUS = 24


class _Row(PressRow):
    """A painted row that is pressed anywhere."""

    def __init__(self, height: int, said: Sequence[str], *, name: str) -> None:
        super().__init__(height, ", ".join(part for part in said if part), name=name)

    def _paint_ground(self, p: QPainter) -> None:
        box = QRectF(self.rect())
        self.paint_ground(p, box.adjusted(-REACH + 2, 0, REACH - 2, 0), box)


class OfferRow(_Row):
    """An add-on that can be had now: its digit, what, when and with whom, the price, and what is paid now."""

    def __init__(self, offer: Offer, digit: str, formats: Formats) -> None:
        self._digit, self._name = digit, offer.name
        self._when, self._pay = words.when(offer, formats), words.pay(offer, formats)
        self._price = formats.amount(offer.price)
        said = (offer.name, self._when, self._price, self._pay)
        super().__init__(38, said, name=f"addon.{offer.service}")
        where = words.tr("in {rooms}").format(rooms=", ".join(offer.resource_names)) if offer.resource_names else ""
        who = words.tr("with {name}").format(name=offer.staff_name)
        self.setToolTip(
            "\n".join(part for part in (words.tr("Add {name}").format(name=offer.name), who, where) if part)
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, w = theme.t, QPainter(self), float(self.width())
        self._paint_ground(p)
        on = self.isEnabled()
        if self._digit:
            armed = (place := self.parentWidget()) is not None and place.hasFocus()
            cap = (colour(t.accent), colour(t.accent)) if armed else (None, None)
            glyphs.keycap(p, self._digit, 18, 19, ink=cap[0], line=cap[1])
        right = w - _PLUS - 8
        ink = t.ink if on else t.ink2
        taken = theme.metrics(k.BODY).horizontalAdvance(self._price) + 12
        glyphs.text(p, QRectF(_NAME, 2, right - _NAME - taken, 18), self._name, weight=k.MEDIUM, ink=ink)
        glyphs.text(p, QRectF(right - taken, 2, taken, 18), self._price, ink=ink, right=True)
        paid = theme.metrics(k.CAPTION).horizontalAdvance(self._pay) + 12
        under = QRectF(_NAME, 20, right - _NAME - paid, 15)
        glyphs.text(p, under, self._when, size=k.CAPTION, ink=t.ink3)
        glyphs.text(p, QRectF(right - paid, 20, paid, 15), self._pay, size=k.CAPTION, ink=t.ink3, right=True)
        p.setPen(QPen(colour(t.line if on else t.hair), 1))
        p.setBrush(colour(t.surface))
        p.drawRoundedRect(QRectF(w - _PLUS + 0.5, 7.5, _PLUS - 1, _PLUS - 1), k.RADIUS, k.RADIUS)
        icons.draw(p, "plus", w - _PLUS + 4, 11, t.accent if on else t.faint)


class RefusedRow(_Row):
    """An add-on that isn't offered and the reason that leads; pressed it says more, or opens what stands in the way."""

    def __init__(self, refusal: Refusal, formats: Formats, *, left: str = "") -> None:
        self._name, self._why = refusal.name, words.why(refusal, formats)
        if left:
            self._why = f"{self._why}: {left}"
        self._icon, self._tone = words.sign(refusal.first)
        super().__init__(24, (refusal.name, words.tr("not offered"), self._why), name=f"refused.{refusal.service}")
        self.setToolTip("\n".join(words.sentence(reason, formats) for reason in refusal.reasons))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        self._paint_ground(p)
        icons.draw(p, self._icon, 2, 5, t.of(self._tone), 14)
        room = float(self.width()) - _NAME
        measures = theme.metrics(k.CAPTION, k.MEDIUM)
        named = min(measures.horizontalAdvance(self._name) + 8, room * 0.6)
        glyphs.text(p, QRectF(_NAME, 0, named - 8, 24), self._name, size=k.CAPTION, weight=k.MEDIUM, ink=t.ink2)
        ink = t.ink3 if self._tone is Tone.INK3 else t.of(self._tone)
        glyphs.text(p, QRectF(_NAME + named, 0, room - named, 24), self._why, size=k.CAPTION, ink=ink)


class OfferList(QWidget):
    """What can be added, each with a digit, and what can't.

    With the keyboard in it a digit adds; `left` says that the keyboard is to go back where it came from. `wanted` hands
    over the offer, `asked` the refusal that was pressed.
    """

    wanted = Signal(object)
    asked = Signal(object)
    left = Signal()

    def __init__(self, bench: Workbench, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words.tr("Add-ons: press a digit to add one"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._bench = bench
        self._shown: tuple[object, ...] | None = None
        self._rows: list[OfferRow] = []
        self._typed = ""  # a digit that came before the offers were read
        self._column = vbox(gap=0)
        self.setLayout(self._column)

    def show_offers(self, offers: Offers | None, left: dict[int, str], *, may: bool) -> None:
        """Shows what a coming-in can be given; None while that is still being read. `left` is what forms still ask."""
        formats = self._bench.formats
        shown = (offers, tuple(left.items()), may, formats)
        if shown == self._shown:
            return
        self._shown, self._rows = shown, []
        clear(self._column)
        for n, offer in enumerate(offers.offered if offers else (), 1):
            row = OfferRow(offer, str(n) if n < 10 else "", formats)  # noqa: PLR2004 - one key, one digit
            row.setEnabled(may)
            row.clicked.connect(partial(self.wanted.emit, offer))
            self._rows.append(row)
            self._column.addWidget(row)
        for refusal in offers.refused if offers else ():
            form = refusal.first.form
            quiet = RefusedRow(refusal, formats, left=left.get(form, "") if form is not None else "")
            quiet.clicked.connect(partial(self.asked.emit, refusal))
            self._column.addWidget(quiet)
        if offers is not None and self._typed:
            self.press(self._typed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.press(event.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._typed = ""
        self._show_armed()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_armed()

    def _show_armed(self) -> None:
        for row in self._rows:
            row.update()

    def press(self, digit: str) -> None:
        """Presses the offer of that digit; before they are read the digit waits for them."""
        if self._shown is None or self._shown[0] is None:
            self._typed = digit
            return
        self._typed, place = "", int(digit) - 1
        if 0 <= place < len(self._rows):
            self._rows[place].click()
            self.left.emit()
