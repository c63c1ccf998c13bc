"""The rows of add-ons: one that can be had now, one that can't with its leading reason, and their list with digits."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.access import Act
from reception.domain.addons import Offer, Offers, Refusal
from reception.domain.screening import Task
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
_CAP = 26
_DIGITS = 9
_ONE, _TWO = 24, 38  # the heights of a row


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
        super().__init__(_TWO, said, name=f"addon.{offer.service}")
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
    """An add-on that isn't offered and the reason that leads, or who was asked to decide; pressed it says more or opens
    what stands in the way. With a digit it can be put before a clinician: `way` says what pressing it does.
    """

    def __init__(self, refusal: Refusal, formats: Formats, *, told: str, digit: str = "", way: str = "") -> None:
        self._name, self._told, self._digit, self._way = refusal.name, told, digit, way
        self._icon, self._tone = words.sign(refusal.first)
        # With something to press beside its name, the reason has a line of its own.
        height = _TWO if way else _ONE
        super().__init__(height, (refusal.name, words.tr("not offered"), told), name=f"refused.{refusal.service}")
        self.setAccessibleDescription(way)
        reasons = [words.sentence(reason, formats) for reason in refusal.reasons]
        self.setToolTip("\n".join(dict.fromkeys((*reasons, told))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, w = theme.t, QPainter(self), float(self.width())
        self._paint_ground(p)
        icons.draw(p, self._icon, 2, 5, t.of(self._tone), 14)
        ink = t.ink3 if self._tone is Tone.INK3 else t.of(self._tone)
        if self._way:
            name, told = QRectF(_NAME, 2, self._paint_way(p, w) - _NAME, 18), QRectF(_NAME, 20, w - _NAME, 15)
        else:
            wide = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(self._name) + 8
            taken = min(wide, (w - _NAME) * 0.6)
            name, told = QRectF(_NAME, 0, taken - 8, _ONE), QRectF(_NAME + taken, 0, w - _NAME - taken, _ONE)
        glyphs.text(p, name, self._name, size=k.CAPTION, weight=k.MEDIUM, ink=t.ink2)
        glyphs.text(p, told, self._told, size=k.CAPTION, ink=ink)

    def _paint_way(self, p: QPainter, edge: float) -> float:
        """What pressing it does, with its digit; returns where the name has to end."""
        t = theme.t
        if self._digit:
            armed = (place := self.parentWidget()) is not None and place.hasFocus()
            cap = (colour(t.accent), colour(t.accent)) if armed else (None, None)
            glyphs.keycap(p, self._digit, edge - 2, 11, ink=cap[0], line=cap[1])
            edge -= _CAP
        wide = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(self._way) + 2
        box = QRectF(edge - wide, 2, wide, 18)
        glyphs.text(p, box, self._way, size=k.CAPTION, weight=k.MEDIUM, ink=t.accent, right=True)
        return edge - wide - 8


class OfferList(QWidget):
    """What can be added, each with a digit, and what can't.

    With the keyboard in it a digit adds, or asks a clinician about what an answer keeps from it; `left` says that
    the keyboard is to go back where it came from. `wanted` hands over the offer, `asked` the refusal that was pressed.
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
        self._rows: list[_Row] = []
        self._typed = ""  # a digit that came before the offers were read
        self._column = vbox(gap=0)
        self.setLayout(self._column)

    def show_offers(
        self, offers: Offers | None, left: dict[int, str], *, may: bool, tasks: tuple[Task, ...] = ()
    ) -> None:
        """Shows what a coming-in can be given; None while that is still being read. `left` is what forms still ask,
        `tasks` what clinicians were asked.
        """
        formats, way = self._bench.formats, self._way()
        shown = (offers, tuple(left.items()), may, formats, tasks, way)
        if shown == self._shown:
            return
        self._shown, self._rows = shown, []
        clear(self._column)
        for offer in offers.offered if offers else ():
            row = OfferRow(offer, self._digit(), formats)
            row.setEnabled(may)
            row.clicked.connect(partial(self.wanted.emit, offer))
            self._rows.append(row)
            self._column.addWidget(row)
        for refusal in offers.refused if offers else ():
            self._column.addWidget(self._refused(refusal, left, tasks, way))
        if offers is not None and self._typed:
            self.press(self._typed)

    def _refused(self, refusal: Refusal, left: dict[int, str], tasks: tuple[Task, ...], way: str) -> RefusedRow:
        formats, form = self._bench.formats, refusal.first.form
        told = words.why(refusal, formats)
        if form is not None and (more := left.get(form)):
            told = f"{told}: {more}"
        told = words.asked_words(words.asked_about(tasks, refusal.service), formats, self._bench.today()) or told
        asks = bool(way) and words.askable(refusal)
        digit = self._digit() if asks else ""
        quiet = RefusedRow(refusal, formats, told=told, digit=digit, way=way if asks else "")
        quiet.clicked.connect(partial(self.asked.emit, refusal))
        if asks:
            self._rows.append(quiet)
        return quiet

    def _digit(self) -> str:
        """The digit of the next row that has one; one key, one digit."""
        return str(len(self._rows) + 1) if len(self._rows) < _DIGITS else ""

    def _way(self) -> str:
        """What whoever is at the desk can do about answers that stand in the way."""
        if self._bench.may(Act.CLEAR):
            return words.tr("Decide…")
        return words.tr("Ask…") if self._bench.may(Act.ANSWER) else ""

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
        """Presses the row of that digit; before they are read the digit waits for them."""
        if self._shown is None or self._shown[0] is None:
            self._typed = digit
            return
        self._typed, place = "", int(digit) - 1
        if not 0 <= place < len(self._rows):
            return
        row = self._rows[place]
        row.click()
        if isinstance(row, OfferRow):  # a sheet that opens has the keyboard then
            self.left.emit()
