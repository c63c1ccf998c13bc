"""One block: a visit in its status. What drops out as it shrinks is decided here, by its height and its width."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from reception.domain.outcomes import Status
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.daygrid.layout import QUARTER
from reception.ui.daygrid.values import Block, Pay
from reception.ui.theme import colour

RADIUS = 5
_TEXT = 11  # words start here for every status, so that names line up
_LOW, _MIDDLE, _HIGH = 30, 45, 70
_WIDE, _NARROW = 210, 136


@dataclass(frozen=True, slots=True)
class Words:
    """The times of a block as the clinic writes them: its start, and from when to when."""

    start: str
    span: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of a block's painting needs to know."""

    p: QPainter
    r: QRectF
    block: Block
    words: Words
    hue: k.Hue
    left: float
    right: float
    ink: str
    lost: bool


def paint(p: QPainter, r: QRectF, block: Block, words: Words, hidden: float = 0) -> None:
    """A block in its frame. `hidden` is how much of it has been scrolled away: its name stays at the edge."""
    t, lost = theme.t, block.status in glyphs.LOST
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = t.ink2 if lost or block.status is Status.COMPLETED else t.ink
    right = r.right() - (11 if block.alert else 6)
    sheet = _Sheet(p, r, block, words, glyphs.hue(block.status), r.left() + _TEXT, right, ink, lost)
    _ground(sheet)
    _bars(sheet)
    tall, top = block.base_minutes / 15 * QUARTER - 2, r.top()
    if 0 < hidden <= tall - 18:
        top, tall = top + hidden + 1, tall - hidden - 1
    if tall < _LOW:
        _one_line(sheet, top + min(tall, 20) / 2)
    else:
        _lines(sheet, top + (3 if tall < _MIDDLE else 4), tall)
    _chain(sheet)


def turnaround(p: QPainter, r: QRectF) -> None:
    """The clean-up behind a chain (R26): hatched, square at the top, round at the bottom."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    r = r.adjusted(0.5, 0.5, -0.5, -0.5)
    path = QPainterPath(r.topLeft())
    path.lineTo(r.topRight())
    path.lineTo(r.right(), r.bottom() - 4)
    path.quadTo(r.right(), r.bottom(), r.right() - 4, r.bottom())
    path.lineTo(r.left() + 4, r.bottom())
    path.quadTo(r.left(), r.bottom(), r.left(), r.bottom() - 4)
    path.closeSubpath()
    glyphs.hatch(p, path, colour(theme.t.edge, 0.5), 5)
    p.setPen(QPen(colour(theme.t.line), 1))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPath(path)


def _ground(s: _Sheet) -> None:
    p, edge = s.p, s.r.adjusted(0.5, 0.5, -0.5, -0.5)
    if s.block.status is Status.COMPLETED:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(s.hue.tint))
        p.drawRoundedRect(s.r, RADIUS, RADIUS)
        return
    pen = QPen(colour(s.hue.line), 1)
    if s.lost and s.block.status is not Status.NO_SHOW:
        pen = QPen(colour(s.hue.bar), 1.3)
        pen.setDashPattern([1.6, 2.6])
    p.setPen(pen)
    p.setBrush(colour(s.hue.tint if not s.lost or s.block.status is Status.NO_SHOW else theme.t.surface))
    p.drawRoundedRect(edge, RADIUS, RADIUS)
    if s.block.status is Status.NO_SHOW:
        glyphs.hatch(p, glyphs.rounded(s.r, RADIUS), colour(s.hue.bar, 0.2), 7, 1.4, falling=True)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(edge, RADIUS, RADIUS)


def _bars(s: _Sheet) -> None:
    """The status at the left, one thin bar, one thick or two; an alert at the right."""
    p, r = s.p, s.r
    p.save()
    p.setClipPath(glyphs.rounded(r, RADIUS))
    for x, width in _STATUS_BARS.get(s.block.status, ()):
        p.fillRect(QRectF(r.left() + x, r.top(), width, r.height()), colour(s.hue.bar))
    if s.block.alert:
        p.fillRect(QRectF(r.right() - 4, r.top(), 4, r.height()), colour(theme.t.danger))
    p.restore()


_STATUS_BARS = {
    Status.BOOKED: ((0, 3),),
    Status.CONFIRMED: ((0, 3),),
    Status.ARRIVED: ((0, 6),),
    Status.IN_TREATMENT: ((0, 2.5), (4.5, 2.5)),
}


def _one_line(s: _Sheet, middle: float) -> None:
    """A quarter of an hour: glyph, name, signs, the bare number of credits."""
    end = _credits(s, s.right, middle, bare=True) - 3 if _has_credits(s) else s.right
    end = _signs(s, end, middle - 6.5)
    if s.block.add_on:
        icons.draw(s.p, "plus", s.left - 1, middle - 6, s.hue.bar, 12)
    else:
        glyphs.status(s.p, s.block.status, s.left, middle - 5, 10)
    box = QRectF(s.left + 15, middle - 8, end - s.left - 17, 16)
    name = s.block.lines[0] if s.block.add_on else s.block.name
    glyphs.text(s.p, box, name, size=k.CAPTION, weight=k.SEMIBOLD, ink=s.ink, strike=s.lost)


def _lines(s: _Sheet, top: float, tall: float) -> None:
    _name(s, top, with_span=s.r.width() > _WIDE and tall < _MIDDLE)
    _service(s, top + 17, with_word=tall < _MIDDLE)
    if tall >= _MIDDLE:
        _times(s, top + 33)
    if tall >= _HIGH and s.block.note:
        box = QRectF(s.left, top + 49, s.right - s.left, 15)
        ink, weight = (theme.t.danger, k.MEDIUM) if s.block.alert else (theme.t.ink2, k.REGULAR)
        glyphs.text(s.p, box, s.block.note, size=k.CAPTION, weight=weight, ink=ink)


def _name(s: _Sheet, top: float, *, with_span: bool) -> None:
    glyphs.status(s.p, s.block.status, s.left, top + 3)
    end = s.right
    if with_span:
        end -= theme.metrics(k.CAPTION).horizontalAdvance(s.words.span) + 8
        box = QRectF(end, top + 1, s.right - end, 15)
        glyphs.text(s.p, box, s.words.span, size=k.CAPTION, ink=theme.t.ink2, right=True)
    box = QRectF(s.left + 16, top, end - s.left - 16, 17)
    glyphs.text(s.p, box, s.block.name, weight=k.SEMIBOLD, ink=s.ink, strike=s.lost)


def _service(s: _Sheet, y: float, *, with_word: bool) -> None:
    """The second line: the service or the status word at the left; signs and credits at the right."""
    end = s.right
    if _has_credits(s):
        end = _credits(s, end, y + 7.5, bare=s.r.width() < _NARROW) - 4
    if s.block.alert:
        end -= 14
        icons.draw(s.p, "alert", end, y + 0.5, theme.t.danger, 14)
        end -= 2
    end = _signs(s, end, y + 1)
    wordings, ink, weight = _wordings(s, with_word=with_word)
    room = end - s.left - (0 if end == s.right else 2)
    words = glyphs.fit(wordings, room, k.CAPTION, weight)
    glyphs.text(s.p, QRectF(s.left, y, room, 15), words, size=k.CAPTION, weight=weight, ink=ink)


def _wordings(s: _Sheet, *, with_word: bool) -> tuple[tuple[str, ...], str, int]:
    block = s.block
    if s.lost:
        status = glyphs.word(block.status)
        return ((f"{status} · {block.word}", status) if block.word else (status,)), s.hue.text, k.MEDIUM
    if block.overdue:
        return (block.word[:1].upper() + block.word[1:],), theme.t.warn, k.SEMIBOLD
    if with_word and block.word and block.status is not Status.COMPLETED:
        return (*(f"{block.word} · {line}" for line in block.lines), block.word), s.hue.text, k.MEDIUM
    return block.lines, theme.t.ink2, k.REGULAR


def _times(s: _Sheet, y: float) -> None:
    """The third line: when, and at the right how long the status has lasted."""
    box = QRectF(s.left, y, s.right - s.left, 15)
    if s.lost:
        words = glyphs.fit(s.block.lines, box.width())
        glyphs.text(s.p, box, words, size=k.CAPTION, ink=theme.t.ink2, strike=True)
        return
    if s.block.word and not s.block.overdue:
        glyphs.text(s.p, box, s.block.word, size=k.CAPTION, weight=k.SEMIBOLD, ink=s.hue.text, right=True)
        taken = theme.metrics(k.CAPTION, k.SEMIBOLD).horizontalAdvance(s.block.word) + 8
        box.setWidth(max(0.0, box.width() - taken))
    words = glyphs.fit((s.words.span, s.words.start), box.width())
    glyphs.text(s.p, box, words, size=k.CAPTION, ink=theme.t.ink2)


def _chain(s: _Sheet) -> None:
    """The add-ons: same frame, same bar, a hairline and a plus for each."""
    offset = s.block.base_minutes
    for addon in s.block.addons:
        y = s.r.top() + offset / 15 * QUARTER - 1
        s.p.setPen(QPen(colour(s.hue.bar, 0.35), 1))
        s.p.drawLine(QPointF(s.left, round(y) + 0.5), QPointF(s.right, round(y) + 0.5))
        icons.draw(s.p, "plus", s.left - 1, y + 3.5, s.hue.bar, 12)
        box = QRectF(s.left + 16, y + 1, s.right - s.left - 16, 17)
        glyphs.text(s.p, box, addon.line, size=k.CAPTION, weight=k.MEDIUM, ink=s.ink)
        offset += addon.minutes


def _has_credits(s: _Sheet) -> bool:
    return s.block.left is not None and not s.lost


def _credits(s: _Sheet, right: float, middle: float, *, bare: bool) -> float:
    left, soon = s.block.left or 0, s.block.soon
    return glyphs.badge(s.p, right, middle, left, bare=bare, soon=soon, ink=s.ink, line=s.hue.line)


def _signs(s: _Sheet, right: float, y: float) -> float:
    """An answer that stands against it, a form that is still open, money; returns where they begin."""
    x = right
    if s.block.stopped:
        x -= 15
        icons.draw(s.p, "block", x, y, theme.t.danger, 13)
    if s.block.form:
        x -= 13
        icons.draw(s.p, "form", x, y, theme.t.warn, 13)
        s.p.setPen(QPen(colour(s.hue.tint), 1.2))
        s.p.setBrush(colour(theme.t.warn))
        s.p.drawEllipse(QPointF(x + 11, y + 2.6), 2.9, 2.9)
    if s.block.pay is not Pay.NONE:
        x -= 15
        glyphs.coin(s.p, x, y, owes=s.block.pay is not Pay.PAID)
    return x
