"""A sheet that floats over the window with its own shadow; the window stays in sight and isn't dimmed."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QWidget
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.widgets.layouts import vbox

_EDGE = 16  # where the shadow falls


class Floating(QDialog):
    """A small sheet inside its window, `top` px below the upper edge or in the middle; Esc lets go of it."""

    def __init__(
        self, window: QWidget, content: QLayout, *, width: int, top: int | None = None, name: str = ""
    ) -> None:
        super().__init__(window)
        # A dialog that lies in its window: it takes Esc and says when it is finished, and no other window comes up.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName(name)
        self.over = window
        self._top = top
        self._before: QWidget | None = None
        self.setLayout(vbox(content, margins=(_EDGE, _EDGE, _EDGE, _EDGE)))
        self.setFixedWidth(width + 2 * _EDGE)
        window.installEventFilter(self)
        self.finished.connect(self._give_focus_back)

    def show_over(self) -> None:
        """Shows itself over its window, with the keyboard in it."""
        self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Lies where it belongs, at the height that it needs now."""
        window = self.over
        if (layout := self.layout()) is not None:
            layout.invalidate()
            layout.activate()
        height = min(self.sizeHint().height(), window.height() - 2 * _EDGE)
        self.resize(self.width(), height)
        x = (window.width() - self.width()) // 2
        y = (window.height() - height) // 2 if self._top is None else self._top - _EDGE
        self.move(max(0, x), max(0, y))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        glyphs.shadow(p, box, k.RADIUS_L, 14, 0.34 if t.dark else 0.22)
        p.setPen(QPen(colour(t.line), 1))
        p.setBrush(colour(t.raised))
        p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS_L, k.RADIUS_L)

    def _give_focus_back(self, _result: int) -> None:
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
