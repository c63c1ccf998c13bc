"""Small signs that carry state without colour: status glyphs, credit pips, hatches, badges, key caps."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from reception.domain.ledger import State
from reception.domain.outcomes import Status
from reception.ui import icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour

LOST = frozenset({Status.CANCELLED, Status.LATE_CANCELLED, Status.NO_SHOW})

_CENTER = Qt.AlignmentFlag.AlignCenter
_SMALL_PIP = 15
_LARGE_AVATAR = 40


def word(status: Status) -> str:
    """How a status is called on screen (R23)."""
    match status:
        case Status.BOOKED:
            return _tr("Booked")
        case Status.CONFIRMED:
            return _tr("Confirmed")
        case Status.ARRIVED:
            return _tr("Arrived")
        case Status.IN_TREATMENT:
            return _tr("In treatment")
        case Status.COMPLETED:
            return _tr("Completed")
        case Status.CANCELLED:
            return _tr("Cancelled")
        case Status.LATE_CANCELLED:
            return _tr("Late cancel")
        case Status.NO_SHOW:
            return _tr("No-show")


def credit_word(state: State) -> str:
    """How a credit's state is called on screen (R6)."""
    match state:
        case State.AVAILABLE:
            return _tr("left")
        case State.RESERVED:
            return _tr("booked")
        case State.REDEEMED:
            return _tr("used")
        case State.FORFEITED:
            return _tr("forfeited")
        case State.EXPIRED:
            return _tr("expired")
        case State.REFUNDED:
            return _tr("refunded")
        case State.TRANSFERRED:
            return _tr("moved to another client")


def hue(status: Status) -> k.Hue:
    """The colours of a status in the current theme."""
    t = theme.t
    match status:
        case Status.BOOKED | Status.CONFIRMED:
            return t.upcoming
        case Status.ARRIVED:
            return t.arrived
        case Status.IN_TREATMENT:
            return t.room
        case Status.COMPLETED:
            return t.done
        case Status.CANCELLED | Status.LATE_CANCELLED | Status.NO_SHOW:
            return t.lost


def status(p: QPainter, kind: Status, x: float, y: float, size: float = 11) -> None:
    """One status glyph in a square box with its top left at (x, y)."""
    ink, width = colour(hue(kind).bar), max(1.4, size / 8)
    p.save()
    p.translate(x, y)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(_round_pen(ink, width))
    box = QRectF(0, 0, size, size).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    _SIGNS[kind](p, box, size / 11)
    p.restore()


def _ring(p: QPainter, box: QRectF, _scale: float) -> None:
    p.drawEllipse(box)


def _disc_with_tick(p: QPainter, box: QRectF, s: float) -> None:
    p.setBrush(p.pen().color())
    p.drawEllipse(box)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(_round_pen(colour(theme.t.surface), p.pen().widthF()))
    p.drawPolyline(QPolygonF([QPointF(3.2 * s, 5.7 * s), QPointF(4.9 * s, 7.4 * s), QPointF(7.9 * s, 3.9 * s)]))


def _half_disc(p: QPainter, box: QRectF, _scale: float) -> None:
    p.drawEllipse(box)
    p.setBrush(p.pen().color())
    p.setPen(Qt.PenStyle.NoPen)
    p.drawPie(box, 90 * 16, 180 * 16)


def _triangle(p: QPainter, _box: QRectF, s: float) -> None:
    p.setBrush(p.pen().color())
    p.drawPolygon(QPolygonF([QPointF(2.4 * s, 1.4 * s), QPointF(2.4 * s, 9.6 * s), QPointF(9.8 * s, 5.5 * s)]))


def _square(p: QPainter, box: QRectF, _scale: float) -> None:
    p.setBrush(p.pen().color())
    p.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 1.5, 1.5)


def _ring_with_slash(p: QPainter, box: QRectF, s: float) -> None:
    p.drawEllipse(box)
    p.drawLine(QPointF(2.42 * s, 8.58 * s), QPointF(8.58 * s, 2.42 * s))


def _cross(p: QPainter, _box: QRectF, s: float) -> None:
    p.drawLine(QPointF(2.2 * s, 2.2 * s), QPointF(8.8 * s, 8.8 * s))
    p.drawLine(QPointF(2.2 * s, 8.8 * s), QPointF(8.8 * s, 2.2 * s))


_SIGNS: dict[Status, Callable[[QPainter, QRectF, float], None]] = {
    Status.BOOKED: _ring,
    Status.CONFIRMED: _disc_with_tick,
    Status.ARRIVED: _half_disc,
    Status.IN_TREATMENT: _triangle,
    Status.COMPLETED: _square,
    Status.CANCELLED: _ring_with_slash,
    Status.LATE_CANCELLED: _ring_with_slash,
    Status.NO_SHOW: _cross,
}


def hatch(
    p: QPainter, path: QPainterPath, ink: QColor, step: float, width: float = 1.0, *, falling: bool = False
) -> None:
    """Diagonal lines inside a path, `step` apart along x. Their phase is the widget's, so that neighbours line up."""
    p.save()
    p.setClipPath(path, Qt.ClipOperation.IntersectClip)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(ink, width))
    r = path.boundingRect()
    start, end = (r.top(), r.bottom()) if falling else (r.bottom(), r.top())
    first, reach = (r.left() - r.height()) // step * step, r.height()
    count = int((r.right() - first) // step) + 1
    xs = (first + n * step for n in range(count))
    p.drawLines([QLineF(x, start, x + reach, end) for x in xs])
    p.restore()


def pip(p: QPainter, state: State, number: int, x: float, y: float, size: float = 20) -> None:
    """One credit of a package. Shapes differ: left is solid, booked a thick ring, used a tick on grey, expired a dashed
    ring with a struck number, forfeited a cross, refunded and moved an empty dotted place.
    """
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(x, y, size, size)
    ink = _PIPS[state](p, box)
    if ink and size >= _SMALL_PIP:
        struck = state is State.EXPIRED
        p.setFont(theme.font(k.CAPTION, k.MEDIUM, strike=True) if struck else theme.font(k.CAPTION, k.SEMIBOLD))
        p.setPen(colour(ink))
        p.drawText(box, _CENTER, str(number))
    p.restore()


def _left_pip(p: QPainter, box: QRectF) -> str:
    p.setBrush(colour(theme.t.accent))
    p.drawEllipse(box)
    return theme.t.on_accent


def _booked_pip(p: QPainter, box: QRectF) -> str:
    inner = box.adjusted(1, 1, -1, -1)
    p.setBrush(colour(theme.t.tint))
    p.setPen(QPen(colour(theme.t.accent), 2))
    p.drawEllipse(inner)
    if box.width() < _SMALL_PIP:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(theme.t.accent))
        p.drawPie(inner, 90 * 16, 180 * 16)
    return theme.t.accent


def _used_pip(p: QPainter, box: QRectF) -> str:
    p.setBrush(colour(theme.t.done.line))
    p.drawEllipse(box)
    s = box.width() / 20
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(_round_pen(colour(theme.t.ink2), 1.4 if box.width() < _SMALL_PIP else 1.7))
    tick = (QPointF(-4, 0.3) * s, QPointF(-1, 3.2) * s, QPointF(4.2, -3) * s)
    p.drawPolyline(QPolygonF([box.center() + point for point in tick]))
    return ""


def _expired_pip(p: QPainter, box: QRectF) -> str:
    pen = QPen(colour(theme.t.ink3), 1.3)
    if box.width() < _SMALL_PIP:
        p.setPen(pen)
        reach = box.width() * 0.22
        p.drawLine(box.center() + QPointF(-reach, reach), box.center() + QPointF(reach, -reach))
    pen.setDashPattern([2.2, 1.8])
    p.setPen(pen)
    p.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
    return theme.t.ink3


def _forfeited_pip(p: QPainter, box: QRectF) -> str:
    p.setPen(QPen(colour(theme.t.lost.bar), 1.4))
    p.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
    p.setPen(_round_pen(colour(theme.t.lost.bar), 1.7))
    reach = box.width() * 0.17
    p.drawLine(box.center() - QPointF(reach, reach), box.center() + QPointF(reach, reach))
    p.drawLine(box.center() + QPointF(-reach, reach), box.center() + QPointF(reach, -reach))
    return ""


def _gone_pip(p: QPainter, box: QRectF) -> str:
    pen = _round_pen(colour(theme.t.edge), 1.2)
    pen.setDashPattern([0.1, 2.4])
    p.setPen(pen)
    p.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
    return theme.t.ink3


_PIPS: dict[State, Callable[[QPainter, QRectF], str]] = {
    State.AVAILABLE: _left_pip,
    State.RESERVED: _booked_pip,
    State.REDEEMED: _used_pip,
    State.EXPIRED: _expired_pip,
    State.FORFEITED: _forfeited_pip,
    State.REFUNDED: _gone_pip,
    State.TRANSFERRED: _gone_pip,
}


def coin(p: QPainter, x: float, y: float, *, owes: bool) -> None:
    """Money of a visit: paid is a coin with a tick, owing a coin with an exclamation mark."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = colour(theme.t.warn if owes else theme.t.ink3)
    box = QRectF(x + 0.75, y + 0.75, 11.5, 11.5)
    p.setPen(QPen(ink, 1.3))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(box)
    p.setPen(_round_pen(ink, 1.5))
    middle = box.center()
    if owes:
        p.drawLine(middle + QPointF(0, -3), middle + QPointF(0, 0.4))
        p.drawPoint(middle + QPointF(0, 2.9))
    else:
        p.drawPolyline(QPolygonF([middle + QPointF(-2.4, 0.2), middle + QPointF(-0.6, 2), middle + QPointF(2.6, -1.8)]))
    p.restore()


def badge_width(left: int, *, bare: bool, soon: bool) -> float:
    """How much room the badge of credits takes."""
    lead = 12 if soon else 0
    return max(16.0, theme.metrics(k.CAPTION, k.SEMIBOLD).horizontalAdvance(_left(left, bare=bare)) + 10 + lead)


def badge(p: QPainter, right: float, middle: float, left: int, *, bare: bool, soon: bool, ink: str, line: str) -> float:
    """The credits left, ending at `right`; returns its left edge. Zero is dashed, near expiry carries a clock (R12)."""
    t = theme.t
    width = badge_width(left, bare=bare, soon=soon)
    r = QRectF(round(right - width) + 0.5, round(middle - 8) + 0.5, width - 1, 15)
    pen = QPen(colour(t.warn if left == 0 else line), 1)
    if left == 0:
        pen.setDashPattern([2.5, 2])
    p.setPen(pen)
    p.setBrush(colour(t.surface))
    p.drawRoundedRect(r, 7.5, 7.5)
    if soon:
        icons.draw(p, "clock", r.left() + 3, r.top() + 1.5, t.warn, 12)
    p.setPen(colour(t.warn if left == 0 or soon else ink))
    p.setFont(theme.font(k.CAPTION, k.SEMIBOLD))
    p.drawText(r.adjusted(12 if soon else 0, 0, 0, 0), _CENTER, _left(left, bare=bare))
    return right - width


def shadow(p: QPainter, rect: QRectF, radius: float, depth: int = 10, strength: float = 0.16) -> None:
    """A soft shadow for floating things, painted as nested translucent frames: graphics effects blur text."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    for i in range(depth, 0, -1):
        p.setBrush(colour(theme.t.shadow, strength / depth * (1 - i / (depth + 1)) * 2))
        p.drawRoundedRect(rect.adjusted(-i, -i + 2, i, i + 2), radius + i, radius + i)
    p.restore()


def keycap_width(label: str) -> float:
    """How much room a key takes."""
    return max(18.0, theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(label) + 10)


def keycap(
    p: QPainter, label: str, right: float, middle: float, *, ink: QColor | None = None, line: QColor | None = None
) -> float:
    """The key that does it, ending at `right`; returns its left edge."""
    width = keycap_width(label)
    box = QRectF(round(right - width) + 0.5, round(middle - 9) + 0.5, width - 1, 17)
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(line or colour(theme.t.line), 1))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(box, k.RADIUS_S, k.RADIUS_S)
    p.setFont(theme.font(k.CAPTION, k.MEDIUM))
    p.setPen(ink or colour(theme.t.ink3))
    p.drawText(box, _CENTER, label)
    p.restore()
    return right - width


def avatar(p: QPainter, initials: str, x: float, y: float, size: float) -> None:
    """Initials on a round ground; never a photo, never a colour that means something."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(theme.t.press))
    p.drawEllipse(QRectF(x, y, size, size))
    p.setPen(colour(theme.t.ink2))
    p.setFont(theme.font(k.CAPTION if size < _LARGE_AVATAR else k.HEADING, k.SEMIBOLD))
    p.drawText(QRectF(x, y, size, size), _CENTER, initials)
    p.restore()


def focus_ring(p: QPainter, r: QRectF, radius: float, *, gap: bool = False) -> None:
    """The focus: 2 px of accent at the edge; on filled controls with a gap of surface inside it."""
    p.setBrush(Qt.BrushStyle.NoBrush)
    if gap:
        p.setPen(QPen(colour(theme.t.surface), 1.5))
        p.drawRoundedRect(r.adjusted(2.5, 2.5, -2.5, -2.5), radius - 2, radius - 2)
    p.setPen(QPen(colour(theme.t.accent), 2))
    p.drawRoundedRect(r.adjusted(1, 1, -1, -1), radius, radius)


def choice_mark(p: QPainter, x: float, y: float, *, on: bool, many: bool, enabled: bool = True) -> None:
    """The 16 px sign of a radio button or a check box."""
    t = theme.t
    box = QRectF(x + 0.75, y + 0.75, 14.5, 14.5)
    p.setPen(QPen(colour(t.line if not enabled else t.accent if on else t.edge), 1.5))
    p.setBrush(colour((t.accent if enabled else t.faint) if on and many else t.surface))
    if many:
        p.drawRoundedRect(box, 4, 4)
    else:
        p.drawEllipse(box)
    if on and many:
        icons.draw(p, "check", x + 1, y + 1, t.on_accent, 14)
    elif on:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(t.accent if enabled else t.faint))
        p.drawEllipse(QRectF(x + 4, y + 4, 8, 8))


def rounded(r: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle as a path."""
    path = QPainterPath()
    path.addRoundedRect(r, radius, radius)
    return path


def fit(wordings: tuple[str, ...], width: float, size: int = k.CAPTION, weight: int = k.REGULAR) -> str:
    """The longest wording that fits; of the shortest, whoever paints it cuts the end."""
    measures = theme.metrics(size, weight)
    return next((words for words in wordings if measures.horizontalAdvance(words) <= width), wordings[-1])


def text(
    p: QPainter,
    r: QRectF,
    words: str,
    *,
    size: int = k.BODY,
    weight: int = k.REGULAR,
    ink: str = "",
    strike: bool = False,
    right: bool = False,
) -> None:
    """One line of words in a box, middle of its height, ending in … when there is no room."""
    measures = theme.metrics(size, weight)
    p.setFont(theme.font(size, weight, strike=strike))
    p.setPen(colour(ink or theme.t.ink))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    p.drawText(
        r,
        side | Qt.AlignmentFlag.AlignVCenter,
        measures.elidedText(words, Qt.TextElideMode.ElideRight, r.width() + 1),
    )


def _left(left: int, *, bare: bool) -> str:
    return str(left) if bare else QCoreApplication.translate("glyphs", "%n left", None, left)


def _round_pen(ink: QColor, width: float) -> QPen:
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _tr(words: str) -> str:
    return QCoreApplication.translate("glyphs", words)
