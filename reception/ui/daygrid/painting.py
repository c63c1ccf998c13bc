"""What lies under and over the blocks: shifts, hours, time off, the now-line, chains, the ghost, a refusal."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.daygrid.block import RADIUS
from reception.ui.daygrid.cursor import Cell
from reception.ui.daygrid.drag import Drag
from reception.ui.daygrid.layout import GUTTER, STEP, Layout
from reception.ui.daygrid.scene import Scene
from reception.ui.daygrid.values import Block, Off
from reception.ui.theme import colour

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a block came back, in a first line and more."""

    block: int
    lines: tuple[str, ...]


def ground(p: QPainter, scene: Scene) -> None:
    """Shifts bright, the rest grey, with lines on the half hours and between the columns."""
    t, layout = theme.t, scene.layout
    p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for n, column in enumerate(scene.picture.columns):
        p.fillRect(layout.band(n, layout.first, layout.last + STEP), colour(t.sunken))
        for start, end in column.shifts:
            if end > layout.first and start < layout.last:
                p.fillRect(layout.band(n, max(start, layout.first), min(end, layout.last)), colour(t.surface))
    hours = {minute for minute, _ in scene.hours}
    half = colour(t.hair, 0.55)
    for minute in range(-(-layout.first // 30) * 30, layout.last + 1, 30):
        whole = minute in hours
        left, ink = (GUTTER - 6, colour(t.hair)) if whole else (GUTTER, half)
        p.fillRect(QRectF(left, round(layout.y(minute)), layout.width - left, 1), ink)
    for n in range(layout.columns + 1):
        p.fillRect(QRectF(layout.left(n) - 1, 0, 1, layout.height), colour(t.hair))
    p.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def off(p: QPainter, layout: Layout, column: int, away: Off) -> None:
    """Time off: wide hatching, with its word on a plate."""
    t = theme.t
    box = layout.band(column, max(away.start, layout.first), min(away.end, layout.last)).adjusted(0, 1, -1, 0)
    p.fillRect(box, colour(t.sunken))
    path = QPainterPath()
    path.addRect(box)
    glyphs.hatch(p, path, colour(t.line, 0.5 if t.dark else 0.55), 12)
    words = theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(away.word)
    width = min(words + 34, box.width() - 6)
    plate = QRectF(box.center().x() - width / 2, box.center().y() - 10, width, 20)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(t.sunken))
    p.drawRoundedRect(plate, 10, 10)
    icons.draw(p, away.icon, plate.left() + 8, plate.top() + 3, t.ink3, 14)
    glyphs.text(p, plate.adjusted(26, 0, 0, 0), away.word, size=k.CAPTION, weight=k.MEDIUM, ink=t.ink3)


def now_line(p: QPainter, layout: Layout, now: int) -> None:
    """The line of the present; blocks lie over it."""
    y = round(layout.y(now)) + 0.5
    p.setPen(QPen(colour(theme.t.now), 1.5))
    p.drawLine(QPointF(GUTTER - 4, y), QPointF(layout.width, y))


def gutter(p: QPainter, scene: Scene, left: float, drag: Drag | None) -> None:
    """The hours, the present and the times of what is in the hand; it stays at the left edge of what is in sight."""
    t, layout, now = theme.t, scene.layout, scene.picture.now
    p.fillRect(QRectF(left, 0, GUTTER - 6, layout.height), colour(t.surface))
    if left:
        p.fillRect(QRectF(left, 0, GUTTER - 1, layout.height), colour(t.surface))
        p.fillRect(QRectF(left + GUTTER - 1, 0, 1, layout.height), colour(t.line))
    p.setFont(theme.font(k.CAPTION, k.MEDIUM))
    p.setPen(colour(t.ink3))
    for minute, words in scene.hours:
        y = layout.y(minute)
        p.drawText(QRectF(left, y - 9 if minute > layout.first else 2, GUTTER - 12, 18), _RIGHT, words)
    if drag is not None:
        _drag_times(p, scene, left, drag)
    if now is not None and layout.first <= now <= layout.last:
        _now_pill(p, scene, left, now)


def _drag_times(p: QPainter, scene: Scene, left: float, drag: Drag) -> None:
    p.setFont(theme.font(k.CAPTION, k.SEMIBOLD))
    p.setPen(colour(theme.t.accent))
    for minute in (drag.minute, drag.minute + drag.block.minutes):
        y = scene.layout.y(minute)
        plate = QRectF(left + 2, y - 9, GUTTER - 10, 18)
        p.fillRect(plate, colour(theme.t.surface))
        p.drawText(plate.adjusted(0, 0, -4, 0), _RIGHT, scene.clock(minute))


def _now_pill(p: QPainter, scene: Scene, left: float, now: int) -> None:
    t, y = theme.t, round(scene.layout.y(now)) + 0.5
    box = QRectF(left + GUTTER - 50, y - 9, 44, 18)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(t.surface))
    p.drawRect(box.adjusted(-6, -4, 0, 4))
    p.setBrush(colour(t.now))
    p.drawRoundedRect(box, 9, 9)
    p.setPen(colour(t.on_now))
    p.setFont(theme.font(k.CAPTION, k.SEMIBOLD))
    p.drawText(box, _CENTER, scene.clock(now))


def bridge(p: QPainter, scene: Scene, base: Block, block: Block) -> None:
    """Joins a base to what follows it in another column, so that the chain reads as one."""
    a, b, hue = scene.boxes[base.key], scene.boxes[block.key], glyphs.hue(block.status)
    forward = a.left() <= b.left()
    start = QPointF(a.right() - 1 if forward else a.left() + 1, a.bottom() - 9)
    end = QPointF(b.left() + 1 if forward else b.right() - 1, b.top() + 9)
    middle = (start.x() + end.x()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(middle + 2, start.y()), QPointF(middle - 2, end.y()), end)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(colour(hue.bar), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    p.drawPath(path)
    p.setPen(QPen(colour(theme.t.surface), 1.5))
    p.setBrush(colour(hue.bar))
    p.drawEllipse(start, 3.6, 3.6)
    p.drawEllipse(end, 3.6, 3.6)


def selection(p: QPainter, box: QRectF) -> None:
    """The chosen block: a ring and a soft halo."""
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(colour(theme.t.accent, 0.22), 3))
    p.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), RADIUS + 2, RADIUS + 2)
    p.setPen(QPen(colour(theme.t.accent), 2))
    p.drawRoundedRect(box, RADIUS, RADIUS)


def cell(p: QPainter, scene: Scene, at: Cell, *, focused: bool) -> None:
    """The chosen cell, with its time."""
    t, box = theme.t, scene.layout.box(at.column, at.minute, STEP)
    p.setBrush(colour(t.tint))
    p.setPen(QPen(colour(t.accent if focused else t.tint_line), 2 if focused else 1))
    p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    icons.draw(p, "plus", box.left() + 10, box.center().y() - 6, t.accent, 12)
    words = box.adjusted(26, 0, -4, 0)
    glyphs.text(p, words, scene.clock(at.minute), size=k.CAPTION, weight=k.SEMIBOLD, ink=t.accent)


def guides(p: QPainter, layout: Layout, drag: Drag) -> None:
    """Lines from the ghost to its times, under the blocks."""
    box = layout.box(drag.column, drag.minute, drag.block.minutes)
    p.setPen(QPen(colour(theme.t.accent, 0.5), 1, Qt.PenStyle.DashLine))
    for y in (box.top() - 1, box.bottom() + 1):
        p.drawLine(QPointF(GUTTER - 2, round(y) + 0.5), QPointF(box.left(), round(y) + 0.5))


def ghost(p: QPainter, scene: Scene, drag: Drag, was: str) -> None:
    """What is in the hand, where it would come down."""
    t, block = theme.t, drag.block
    box = scene.layout.box(drag.column, drag.minute, block.minutes).adjusted(4, 0, 4, 0)
    glyphs.shadow(p, box, RADIUS, 12, 0.22)
    pen = QPen(colour(t.accent), 1.5)
    pen.setDashPattern([4, 2.5])
    p.setPen(pen)
    p.setBrush(colour(t.raised))
    p.drawRoundedRect(box, RADIUS, RADIUS)
    low = box.height() < 30  # noqa: PLR2004 - one line of words fits
    top = box.top() + (0 if low else 3)
    glyphs.status(p, block.status, box.left() + 10, top + 3)
    name = QRectF(box.left() + 26, top, box.width() - 32, 17)
    glyphs.text(p, name, block.name, size=k.CAPTION if low else k.BODY, weight=k.SEMIBOLD)
    if not low:
        room = QRectF(box.left() + 10, box.top() + 20, box.width() - 16, 15)
        words = glyphs.fit((*(f"{line} · {was}" for line in block.lines), was), room.width())
        glyphs.text(p, room, words, size=k.CAPTION, ink=t.ink2)


def stale_edge(p: QPainter, left: float, height: float) -> None:
    """A hatched edge: what is shown may have changed elsewhere."""
    path = QPainterPath()
    path.addRect(QRectF(left, 0, 6, height))
    p.fillPath(path, colour(theme.t.warn_tint))
    glyphs.hatch(p, path, colour(theme.t.warn, 0.6), 6, 1.2)


def refusal_box(scene: Scene, said: Refusal) -> QRectF:
    """Where a refusal is written: below its block, or above it at the day's end; never past the right edge."""
    box, measures = scene.boxes[said.block], theme.metrics(k.CAPTION, k.SEMIBOLD)
    width = min(max(measures.horizontalAdvance(line) for line in said.lines) + 44, scene.layout.width - GUTTER - 8.0)
    height = 12 + 16 * len(said.lines)
    top = box.bottom() + 7
    if top + height > scene.layout.height - 2:
        top = box.top() - 7 - height
    return QRectF(min(box.left(), scene.layout.width - width - 4), top, width, height)


def refusal(p: QPainter, scene: Scene, said: Refusal) -> None:
    """Why a drop came back, on the block itself."""
    t, block, box = theme.t, scene.boxes[said.block], refusal_box(scene, said)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(colour(t.danger), 2))
    p.drawRoundedRect(block, RADIUS, RADIUS)
    glyphs.shadow(p, box, k.RADIUS, 10, 0.2)
    p.setPen(QPen(colour(t.danger_line), 1))
    p.setBrush(colour(t.danger_tint))
    p.drawPath(glyphs.rounded(box, k.RADIUS).united(_beak(block, box)))
    icons.draw(p, "block", box.left() + 9, box.top() + 7, t.danger, 14)
    for n, line in enumerate(said.lines):
        room = QRectF(box.left() + 30, box.top() + 6 + 16 * n, box.width() - 34, 16)
        glyphs.text(p, room, line, size=k.CAPTION, weight=k.SEMIBOLD if n == 0 else k.REGULAR)


def _beak(block: QRectF, box: QRectF) -> QPainterPath:
    x = min(max(block.left() + 18, box.left() + 6), box.right() - 18)
    below = box.top() > block.bottom()
    edge, tip = (box.top() + 1, box.top() - 5) if below else (box.bottom() - 1, box.bottom() + 5)
    beak = QPainterPath(QPointF(x, edge))
    beak.lineTo(QPointF(x + 6, tip))
    beak.lineTo(QPointF(x + 12, edge))
    beak.closeSubpath()
    return beak
