"""Rows, columns, panes and scrolling: how the desk's regions are put together."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from reception.ui import theme
from reception.ui.theme import colour


class _Stretch:
    """Air that takes what is left."""


STRETCH: Final = _Stretch()

Part = QWidget | QLayout | int | _Stretch | None
Item = Part | tuple[QWidget | QLayout, int]
Margins = tuple[int, int, int, int]


def hbox(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row. Numbers are gaps, STRETCH is air, (widget, n) stretches, None is left out."""
    box = QHBoxLayout()
    _fill(box, items, gap, margins)
    return box


def vbox(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column, of the same things as a row."""
    box = QVBoxLayout()
    _fill(box, items, gap, margins)
    return box


def _fill(box: QBoxLayout, items: Sequence[Item], gap: int, margins: Margins) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for item in items:
        _put(box, *(item if isinstance(item, tuple) else (item, 0)))


def _put(box: QBoxLayout, item: QWidget | QLayout | int | _Stretch | None, stretch: int) -> None:
    match item:
        case None:
            return
        case _Stretch():
            box.addStretch(1)
        case int():
            box.addSpacing(item)
        case QLayout():
            box.addLayout(item, stretch)
        case QWidget():
            box.addWidget(item, stretch)


def pane(
    layout: QLayout, ground: str = "", *, width: int | None = None, height: int | None = None, name: str = ""
) -> QWidget:
    """A plain container on one of the grounds: canvas, surface, sunken, raised, or none of its own."""
    widget = QWidget()
    widget.setObjectName(name)
    if ground:
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        widget.setProperty("ground", ground)
    widget.setLayout(layout)
    if width is not None:
        widget.setFixedWidth(width)
    if height is not None:
        widget.setFixedHeight(height)
    return widget


def clear(box: QBoxLayout) -> None:
    """Empties a row or column before it is filled anew; what was in it is deleted."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            clear(inner)


class Scroller(QScrollArea):
    """A region that scrolls up and down, without a frame, and follows the keyboard's focus."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


class Hair(QWidget):
    """A line between things; a strong one between regions."""

    def __init__(self, *, vertical: bool = False, strong: bool = False) -> None:
        super().__init__()
        self._strong = strong
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), colour(theme.t.line if self._strong else theme.t.hair))
