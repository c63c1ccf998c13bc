"""A credit's life as a line: its pip and state, then its entries from left to right, and its last day (R6, R8)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from reception.domain.ledger import Kind, State
from reception.domain.outcomes import Override
from reception.domain.packages import CreditLine, Entry
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.text import Formats, short_name
from reception.ui.theme import colour
from reception.ui.tokens import Tone

HEIGHT = 54
_LEAD, _MARGIN = 128.0, 16.0
_STEP, _FOLD = 186.0, 84.0
_MOST = 5
_LINE = 15.0
_TAIL_GAP = 40.0
_OPEN = frozenset({State.AVAILABLE, State.RESERVED})


@dataclass(frozen=True, slots=True)
class Step:
    """One entry as the lane draws it: its sign, what happened, and when, who and why. Without a kind it is a fold."""

    what: str
    who: str
    kind: Kind | None = None


def steps(credit: CreditLine, formats: Formats, today: date, *, origin: str = "") -> tuple[Step, ...]:
    """A credit's entries in words; `origin` is the client that it was received from."""
    return tuple(
        Step(_what(entry, formats, today, origin), _who(entry, formats, today), entry.kind) for entry in credit.entries
    )


def folded(all_steps: Sequence[Step]) -> tuple[Step, ...]:
    """At most five steps: of more, the earlier ones become one that counts them."""
    if len(all_steps) <= _MOST:
        return tuple(all_steps)
    hidden = len(all_steps) - _MOST + 1
    words = _tr("{count} earlier").format(count=hidden)
    return (Step(words, all_steps[0].who.split(" · ")[0]), *all_steps[hidden:])


def state_words(state: State) -> str:
    """A credit's state as the beginning of a line: Left, Booked, Used."""
    words = glyphs.credit_word(state)
    return words[:1].upper() + words[1:]


class Lane(QAbstractButton):
    """One credit; pressed, it is chosen, and a press on "2 earlier" shows all of its entries."""

    menu_asked = Signal(object)

    def __init__(
        self, credit: CreditLine, formats: Formats, today: date, *, origin: str = "", last: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(f"ledger.lane.{credit.id}")
        self.credit = credit
        self._formats, self._today, self._last = formats, today, last
        self._steps = steps(credit, formats, today, origin=origin)
        self._unfolded = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def words(self) -> tuple[str, ...]:
        """What each entry says, the oldest first."""
        return tuple(step.what for step in self._steps)

    def is_folded(self) -> bool:
        """Whether earlier entries are hidden behind a count."""
        return len(self._steps) > _MOST and not self._unfolded

    def unfold(self) -> None:
        """Shows all entries, in as many rows as they need."""
        self._unfolded = True
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, HEIGHT * len(self._rows()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Right if self.is_folded():
                self.unfold()
            case Qt.Key.Key_Period | Qt.Key.Key_Menu:
                self.menu_asked.emit(self)
            case _:
                super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_fold = _LEAD <= event.position().x() < _LEAD + _FOLD
        if self.is_folded() and on_fold and event.button() == Qt.MouseButton.LeftButton:
            self.unfold()
        super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            p.fillRect(QRectF(1, 0, self.width() - 2, self.height()), colour(t.tint))
            p.fillRect(QRectF(1, 0, 3, self.height()), colour(t.accent))
        elif self.underMouse():
            p.fillRect(QRectF(1, 0, self.width() - 2, self.height() - 1), colour(t.hover, 0.5))
        if not self._last:
            p.fillRect(QRectF(_MARGIN, self.height() - 1, self.width() - 2 * _MARGIN, 1), colour(t.hair))
        self._paint_state(p)
        rows = self._rows()
        for n, row in enumerate(rows):
            self._paint_row(p, row, n * HEIGHT, final=n == len(rows) - 1)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()).adjusted(1, 0, -1, 0), k.RADIUS_S)

    def _rows(self) -> tuple[tuple[Step, ...], ...]:
        if not self._unfolded:
            return (folded(self._steps),)
        return tuple(tuple(self._steps[n : n + _MOST]) for n in range(0, len(self._steps), _MOST))

    def _paint_state(self, p: QPainter) -> None:
        t, credit = theme.t, self.credit
        lively = credit.state in _OPEN
        glyphs.pip(p, credit.state, credit.number, _MARGIN, 17, 20)
        weight = k.SEMIBOLD if lively else k.MEDIUM
        ink = t.ink if lively else t.ink2
        glyphs.text(p, QRectF(46, 9, _LEAD - 50, 18), state_words(credit.state), weight=weight, ink=ink)
        glyphs.text(p, QRectF(46, 27, _LEAD - 50, 15), self._formats.amount(credit.value), size=k.CAPTION, ink=t.ink3)

    def _paint_row(self, p: QPainter, row: Sequence[Step], top: float, *, final: bool) -> None:
        line = colour(theme.t.tint_line if self.isChecked() else theme.t.line)
        x = _LEAD
        for step, width, last in self._placed(row):
            if not last:
                p.setPen(QPen(line, 1.5))
                p.drawLine(QPointF(x + 11, top + _LINE), QPointF(x + width - 3, top + _LINE))
            elif final and self.credit.state in _OPEN:
                self._paint_tail(p, x, top, QPen(line, 1.5))
            _sign(p, step.kind, x, top + _LINE)
            self._paint_words(p, step, QRectF(x, top, width - 8, HEIGHT))
            x += width

    def _placed(self, row: Sequence[Step]) -> Iterator[tuple[Step, float, bool]]:
        """Each step with its width, and whether it is the last of its row."""
        folds = sum(step.kind is None for step in row)
        room = self.width() - _LEAD - _MARGIN
        width = min(_STEP, (room - folds * _FOLD) / max(1, len(row) - folds))
        for n, step in enumerate(row, 1):
            yield step, _FOLD if step.kind is None else width, n == len(row)

    def _paint_words(self, p: QPainter, step: Step, box: QRectF) -> None:
        t = theme.t
        quiet = t.ink2 if self.isChecked() else t.ink3
        ink = t.ink if step.kind else quiet
        first = QRectF(box.left(), box.top() + 22, box.width(), 15)
        glyphs.text(p, first, step.what, size=k.CAPTION, weight=k.MEDIUM, ink=ink)
        glyphs.text(p, first.translated(0, 13), step.who, size=k.CAPTION, ink=quiet)

    def _paint_tail(self, p: QPainter, x: float, top: float, pen: QPen) -> None:
        """An open credit runs on, dashed, to its last day."""
        words = self._last_day_words()
        width = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(words)
        stop = self.width() - _MARGIN - width - 10
        if not words or stop - x < _TAIL_GAP:
            return
        pen.setDashPattern([2, 3])
        p.setPen(pen)
        p.drawLine(QPointF(x + 13, top + _LINE), QPointF(stop, top + _LINE))
        ink = theme.t.warn if self.credit.near else theme.t.ink2
        box = QRectF(stop + 6, top + _LINE - 8, width + 6, 16)
        glyphs.text(p, box, words, size=k.CAPTION, weight=k.MEDIUM, ink=ink)

    def _last_day_words(self) -> str:
        if self.credit.last_day is None:
            return ""
        return _tr("last day {day}").format(day=self._formats.short(self.credit.last_day, self._today))

    def _name(self) -> None:
        credit = self.credit
        parts = [f"{credit.number} / {credit.of}", glyphs.credit_word(credit.state), self._formats.amount(credit.value)]
        parts += [f"{step.what} ({step.who})" for step in self._steps]
        if credit.state in _OPEN and credit.last_day is not None:
            parts.append(self._last_day_words())
        self.setAccessibleName(", ".join(parts))
        self.setToolTip("\n".join(f"{step.what} · {step.who}" for step in self._steps))


def _what(entry: Entry, formats: Formats, today: date, origin: str) -> str:
    if entry.kind in _PLAIN:
        return _tr(_PLAIN[entry.kind])
    match entry.kind:
        case Kind.ISSUED:
            return _tr("Received from {name}").format(name=origin) if origin else _tr("Issued")
        case Kind.RESERVED:
            return _tr("Booked for {when}").format(when=_when(entry, formats, today))
        case Kind.REDEEMED:
            return _tr("Used {time}").format(time=formats.time(entry.at))
        case Kind.REVERSED:
            return _tr("Undone, booked again") if entry.state is State.RESERVED else _tr("Given back")
        case Kind.EXTENDED:
            return _tr("Extended to {day}").format(day=formats.short(entry.last_day, today) if entry.last_day else "")
        case _:
            return _tr("Moved to {name}").format(name=entry.to_client_name)


def _when(entry: Entry, formats: Formats, today: date) -> str:
    if entry.visit_start is None:
        return ""
    words = formats.when(entry.visit_start, today)
    return words[:1].lower() + words[1:] if entry.visit_start.astimezone(formats.zone).date() == today else words


def _who(entry: Entry, formats: Formats, today: date) -> str:
    """When, who and why: "3 Oct · Anna R. · sale 20 418"."""
    parts = [formats.short(entry.at.astimezone(formats.zone).date(), today)]
    if entry.who:
        parts.append(short_name(entry.who))
    if entry.sale_number is not None:
        parts.append(_tr("sale {number}").format(number=entry.sale_number))
    if entry.override is not Override.NONE:
        parts.append(_tr("policy overridden"))
    if entry.words:
        parts.append(entry.words)
    return " · ".join(parts)


def _sign(p: QPainter, kind: Kind | None, x: float, y: float) -> None:
    """The sign of an entry, 8 px, on the lane's line."""
    p.save()
    p.setBrush(Qt.BrushStyle.NoBrush)
    if kind in _ICONS:
        name, tone = _ICONS[kind]
        icons.draw(p, name, x - 2, y - 7, theme.t.of(tone), 14)
    elif kind is None:
        _dots(p, x, y)
    else:
        _SIGNS[kind](p, QPointF(x + 4.5, y))
    p.restore()


def _issued(p: QPainter, at: QPointF) -> None:
    p.setPen(QPen(colour(theme.t.ink3), 1.5))
    p.drawEllipse(at, 3.6, 3.6)


def _booked(p: QPainter, at: QPointF) -> None:
    p.setPen(QPen(colour(theme.t.accent), 2))
    p.setBrush(colour(theme.t.surface))
    p.drawEllipse(at, 3.6, 3.6)


def _used(p: QPainter, at: QPointF) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(theme.t.done.bar))
    p.drawRoundedRect(QRectF(at.x() - 4.5, at.y() - 4.5, 9, 9), 2, 2)


def _cross(p: QPainter, at: QPointF) -> None:
    p.setPen(QPen(colour(theme.t.lost.bar), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for side in (-1, 1):
        p.drawLine(at + QPointF(-3.4, 3.4 * side), at + QPointF(3.4, -3.4 * side))


def _back(p: QPainter, at: QPointF) -> None:
    _arrow(p, at, theme.t.ink2, towards=-1)


def _away(p: QPainter, at: QPointF) -> None:
    _arrow(p, at, theme.t.ink3, towards=1)


def _arrow(p: QPainter, at: QPointF, ink: str, *, towards: int) -> None:
    pen = QPen(colour(ink), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    p.setPen(pen)
    tip, back = at + QPointF(3.5 * towards, 0), -towards
    p.drawPolyline([tip + QPointF(4.5 * back, -4), tip, tip + QPointF(4.5 * back, 4)])
    p.drawLine(tip, at + QPointF(4.5 * back, 0))


def _dots(p: QPainter, x: float, y: float) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(theme.t.ink3))
    for n in range(3):
        p.drawEllipse(QPointF(x + 1.5 + 4.5 * n, y), 1.3, 1.3)


_PLAIN = {
    Kind.RELEASED: "Came back",
    Kind.FORFEITED: "Forfeited",
    Kind.EXPIRED: "Expired",
    Kind.REFUNDED: "Refunded",
}

_ICONS = {
    Kind.REVERSED: ("undo", Tone.WARN),
    Kind.EXPIRED: ("clock", Tone.INK3),
    Kind.EXTENDED: ("calendar-plus", Tone.ACCENT),
}

_SIGNS: dict[Kind, Callable[[QPainter, QPointF], None]] = {
    Kind.ISSUED: _issued,
    Kind.RESERVED: _booked,
    Kind.REDEEMED: _used,
    Kind.FORFEITED: _cross,
    Kind.RELEASED: _back,
    Kind.REFUNDED: _away,
    Kind.TRANSFERRED: _away,
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("lane", words)
