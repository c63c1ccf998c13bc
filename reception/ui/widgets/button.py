"""Things to press."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.theme import colour

_LARGE = 40


class Kind(StrEnum):
    """How much a button weighs: one primary in a region; danger is outlined, since all can be undone."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    DANGER = "danger"
    LINK = "link"


class Button(QAbstractButton):
    """A verb, perhaps with an icon before it and its key after it. The key is shown here and bound by the window."""

    def __init__(
        self,
        words: str = "",
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        key: str = "",
        height: int = k.CONTROL,
        wide: bool = False,
        tip: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._kind, self._icon, self._key, self._wide = kind, icon, key, wide
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleName(words or tip)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Minimum if wide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if kind is Kind.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, words: str) -> None:
        """Says another verb, as a button does that names what it will do."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def show_icon(self, icon: str) -> None:
        """Stands for the same in another state, as a folded part that was opened."""
        self._icon = icon
        self.update()

    @override
    def sizeHint(self) -> QSize:
        if self._icon and not self.text():
            return QSize(max(self.height(), 24), self.height())
        return QSize(round(2 * self._pad() + self._content()), self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, fill, line = self._colours()
        if fill or line:
            p.setPen(QPen(colour(line or fill), 1))
            p.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS, k.RADIUS)
        if self.text():
            self._paint_words(p, ink)
        else:
            icons.draw(p, self._icon, (self.width() - 16) / 2, self.height() / 2 - 8, ink)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS, gap=self._kind is Kind.PRIMARY)

    def _paint_words(self, p: QPainter, ink: str) -> None:
        measures, middle = theme.metrics(self._size(), k.MEDIUM), self.height() / 2
        x = max(float(self._pad()), (self.width() - self._content()) / 2)
        if self._icon:
            quiet = self._kind is Kind.SECONDARY and self.isEnabled() and not self.isChecked()
            icons.draw(p, self._icon, x - 2, middle - 8, theme.t.ink2 if quiet else ink)
            x += 20
        room = QRectF(x, 0, self.width() - x - 2, self.height())
        glyphs.text(p, room, self.text(), size=self._size(), weight=k.MEDIUM, ink=ink)
        right = x + measures.horizontalAdvance(self.text())
        if self._kind is Kind.LINK and self.isEnabled() and (self._hovered() or self.hasFocus()):
            y = middle + measures.ascent() / 2 + 1.5
            p.drawLine(QPointF(x, y), QPointF(right, y))
        if self._key:
            self._paint_key(p, right + 8 + glyphs.keycap_width(self._key))

    def _paint_key(self, p: QPainter, right: float) -> None:
        t, middle = theme.t, self.height() / 2
        if not self.isEnabled():
            glyphs.keycap(p, self._key, right, middle, ink=colour(t.faint), line=colour(t.hair))
        elif self._kind is Kind.PRIMARY:
            glyphs.keycap(p, self._key, right, middle, ink=colour(t.on_accent), line=colour(t.on_accent, 0.45))
        else:
            glyphs.keycap(p, self._key, right, middle)

    def _colours(self) -> tuple[str, str, str]:
        """Ink, fill and outline; "" where there is none."""
        t, hover, down = theme.t, self._hovered(), self.isDown()
        if not self.isEnabled():
            return {
                Kind.PRIMARY: (t.ink3, t.hover, ""),
                Kind.SECONDARY: (t.faint, "", t.hair),
                Kind.DANGER: (t.faint, "", t.hair),
                Kind.GHOST: (t.faint, "", ""),
                Kind.LINK: (t.faint, "", ""),
            }[self._kind]
        if self.isChecked():
            return t.accent, t.tint, t.accent
        ground = t.press if down else t.hover if hover else ""
        match self._kind:
            case Kind.PRIMARY:
                return t.on_accent, (t.accent_press if down else t.accent_hover if hover else t.accent), ""
            case Kind.SECONDARY:
                return t.ink, ground or t.surface, t.line
            case Kind.DANGER:
                return t.danger, t.danger_tint if hover or down else t.surface, t.danger if down else t.danger_line
            case Kind.GHOST:
                return t.ink2, ground, ""
            case Kind.LINK:
                return t.accent_hover if hover else t.accent, "", ""

    def _hovered(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def _size(self) -> int:
        return k.BODY if self.height() < _LARGE else k.HEADING

    def _pad(self) -> int:
        if self._kind is Kind.LINK:
            return 4
        return 12 if self.height() >= k.CONTROL_S + 2 else 9

    def _content(self) -> float:
        """How wide icon, words and key are together."""
        width = theme.metrics(self._size(), k.MEDIUM).horizontalAdvance(self.text()) + 1
        if self._icon:
            width += 20
        if self._key:
            width += glyphs.keycap_width(self._key) + 8
        return width
