"""Small signs beside words: chips, pips, badges, key caps, avatars."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from reception.domain.ledger import State
from reception.domain.outcomes import Status
from reception.ui import glyphs, icons, text, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone


class Glyph(QWidget):
    """A status glyph beside words that say the same."""

    def __init__(self, status: Status, size: int = 11) -> None:
        super().__init__()
        self._status, self._size = status, size
        self.setFixedSize(size + 1, size + 1)
        self.setAccessibleName(glyphs.word(status))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        glyphs.status(QPainter(self), self._status, 0.5, 0.5, self._size)


class Coin(QWidget):
    """Whether a visit is paid or owing."""

    def __init__(self, *, owes: bool) -> None:
        super().__init__()
        self._owes = owes
        self.setFixedSize(14, 14)
        self.setAccessibleName(self.tr("Owing") if owes else self.tr("Paid"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        glyphs.coin(QPainter(self), 0, 0, owes=self._owes)


class Avatar(QWidget):
    """The initials of a person."""

    def __init__(self, name: str = "", size: int = 34) -> None:
        super().__init__()
        self._initials, self._size = "", size
        self.setFixedSize(size, size)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Stands for another person."""
        self._initials = text.initials(name)
        self.setAccessibleName(name)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        glyphs.avatar(QPainter(self), self._initials, 0, 0, self._size)


class KeyCap(QWidget):
    """The key that does it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setFixedSize(round(glyphs.keycap_width(key)), 18)
        self.setAccessibleName(key)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        glyphs.keycap(QPainter(self), self._key, self.width(), 9)


class Pips(QWidget):
    """The credits of one package in a row, in their order (R6); 20 px with their numbers, 12 px without."""

    def __init__(self, states: Sequence[State] = (), *, size: int = 20, first: int = 1, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._states: tuple[State, ...] = ()
        self._size, self._first = size, first
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_states(states)

    def show_states(self, states: Sequence[State]) -> None:
        """Shows what each credit is now."""
        self._states = tuple(states)
        words = (f"{n} {glyphs.credit_word(state)}" for n, state in enumerate(self._states, self._first))
        self.setAccessibleName(", ".join(words))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        gap = 4 if self._size > 15 else 3  # noqa: PLR2004 - between the large and the small kind
        return QSize(max(0, len(self._states) * (self._size + gap) - gap), self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        step = (self.sizeHint().width() - self._size) / max(1, len(self._states) - 1)
        for i, state in enumerate(self._states):
            glyphs.pip(p, state, self._first + i, i * step, 0, self._size)


class Pip(Pips):
    """One credit with its number."""

    def __init__(self, state: State, number: int, *, size: int = 20) -> None:
        super().__init__((state,), size=size, first=number)


class Badge(QWidget):
    """How many credits are left; none and nearly expired stand out (R12)."""

    def __init__(self, left: int, *, soon: bool = False) -> None:
        super().__init__()
        self._left, self._soon = left, soon
        self.setFixedSize(round(glyphs.badge_width(left, bare=False, soon=soon)) + 1, 18)
        self.setAccessibleName(self.tr("%n left", "", left))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.t
        glyphs.badge(p, self.width() - 1, 9, self._left, bare=False, soon=self._soon, ink=t.ink, line=t.line)


class Chip(QWidget):
    """A fact in a capsule; never a button. In the hue of a status where it tells one."""

    def __init__(
        self, words: str = "", tone: Tone = Tone.INK2, icon: str = "", *, status: Status | None = None, name: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._tone, self._icon, self._status = "", tone, icon, status
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(22)
        self.show_fact(words, tone, icon, status=status)

    def text(self) -> str:
        """The fact in words."""
        return self._words

    def show_fact(self, words: str, tone: Tone = Tone.INK2, icon: str = "", *, status: Status | None = None) -> None:
        """Tells another fact."""
        self._words, self._tone, self._icon, self._status = words, tone, icon, status
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        lead = 18 if self._icon or self._status else 0
        return QSize(round(theme.metrics(k.CAPTION, k.MEDIUM).horizontalAdvance(self._words)) + 16 + lead, 22)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), 22)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, fill, line = self._colours()
        p.setPen(QPen(colour(line), 1))
        p.setBrush(colour(fill))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10.5, 10.5)
        x = 8.0
        if self._status:
            glyphs.status(p, self._status, x, 5.5)
            x += 17
        elif self._icon:
            icons.draw(p, self._icon, x - 1, 4, ink, 14)
            x += 17
        room = QRectF(x, 0, self.width() - x - 7, self.height())
        glyphs.text(p, room, self._words, size=k.CAPTION, weight=k.MEDIUM, ink=ink)

    def _colours(self) -> tuple[str, str, str]:
        if self._status:
            hue = glyphs.hue(self._status)
            return hue.text, hue.tint, hue.line
        return (theme.t.of(self._tone), *theme.t.ground(self._tone))


class Skeleton(QWidget):
    """A place where words will be, in the panel's true layout. Still, not shimmering."""

    def __init__(self, width: int, height: int = 10, radius: int = 4) -> None:
        super().__init__()
        self._radius = radius
        self.setFixedSize(width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(theme.t.press))
        p.drawRoundedRect(QRectF(self.rect()), self._radius, self._radius)
