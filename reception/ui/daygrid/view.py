"""The diary's day in its frame: heads that stay, a day that scrolls, a stamp that says how old it is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QWidget
from typing_extensions import override

from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.daygrid.grid import DayGrid
from reception.ui.daygrid.header import Header
from reception.ui.daygrid.layout import GUTTER, HEADER
from reception.ui.daygrid.values import Age, Picture
from reception.ui.text import Formats
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import Stamp, hbox, pane, vbox


class DayView(QWidget):
    """A day that keeps its place over reloads; when first shown, now is at a third of the height."""

    def __init__(self, picture: Picture, formats: Formats, *, name: str = "day_view") -> None:
        super().__init__()
        self.setObjectName(name)
        self.grid = DayGrid(picture, formats)
        self.header = Header(self.grid)
        self.stamp = Stamp(name="day_stamp")
        self._area = QScrollArea()
        self._area.setWidget(self.grid)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bare = _BareDay()
        self._placed = False
        # With its parent from the start: without one, Qt shows the first page as a window of its own.
        self._stack = QStackedLayout(self)
        self._stack.addWidget(pane(vbox(self.header, (self._area, 1), gap=0)))
        self._stack.addWidget(self._bare)
        self.setFocusProxy(self.grid)
        self.stamp.setParent(self)
        self.grid.reached.connect(self._keep_in_sight)
        self._area.horizontalScrollBar().valueChanged.connect(self.header.update)

    def show_picture(self, picture: Picture) -> None:
        """Shows a day wholly; the same time stays at the upper edge."""
        bar = self._area.verticalScrollBar()
        top = self.grid.scene.layout.minute(bar.value())
        self.grid.show_picture(picture)
        self._stack.setCurrentIndex(0)
        self.header.show_columns()
        if self._placed:
            self._stretch_bar()
            bar.setValue(round(self.grid.scene.layout.y(top)))
        elif self.isVisible():
            self._place()
        self._say_closed()

    def show_instead(self, content: QWidget) -> None:
        """Shows something else on the ground of a day: that nobody works, or that it can't be read."""
        self._bare.show_content(content)
        self._stack.setCurrentIndex(1)
        self.stamp.say("")

    def show_age(self, age: Age, words: str = "") -> None:
        """Says how old the picture is, on it; a fresh one needs no words."""
        self.grid.show_age(age)
        signs = {Age.LOADING: ("refresh", Tone.ACCENT), Age.STALE: ("offline", Tone.WARN)}
        if age in signs:
            self.stamp.say(words, *signs[age])
        else:
            self._say_closed()
        self._place_stamp()

    def scroll_to(self, minute: int, share: float = 1 / 3) -> None:
        """Brings a minute into sight at a share of the height."""
        y = self.grid.scene.layout.y(minute) - self._area.viewport().height() * share
        self._area.verticalScrollBar().setValue(round(y))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._placed:
            self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_stamp()

    def _place(self) -> None:
        """Looks at the day for the first time, once there is one: before it is read there are no columns."""
        if not self.grid.scene.picture.columns:
            return
        self._placed = True
        self._stack.activate()
        self._stretch_bar()
        self.scroll_to(self._first_look())

    def _stretch_bar(self) -> None:
        """Lets the bar reach the end of a new day at once; the area would do so only after its next layout."""
        self._area.verticalScrollBar().setMaximum(max(0, self.grid.height() - self._area.viewport().height()))

    def _first_look(self) -> int:
        """Now where it is today, else the start of the first shift."""
        picture = self.grid.scene.picture
        if picture.now is not None:
            return picture.now
        return min((start for column in picture.columns for start, _ in column.shifts), default=picture.first) + 60

    def _keep_in_sight(self, box: QRectF) -> None:
        inner, centre = box.toAlignedRect(), box.center().toPoint()
        width, height = self._area.viewport().width(), self._area.viewport().height()
        left = max(0, min(inner.width() // 2 + 8, width // 2 - GUTTER))
        # Half of what is taller than the view would never fit: its middle is enough then.
        up = max(0, min(inner.height() // 2 + 8, height // 2 - 1))
        self._area.ensureVisible(centre.x() - GUTTER // 2, centre.y(), left + GUTTER // 2, up)

    def _say_closed(self) -> None:
        self.stamp.say(self.grid.scene.picture.closed, "calendar-x", Tone.WARN)
        self._place_stamp()

    def _place_stamp(self) -> None:
        self.stamp.move(self.width() - self.stamp.width() - 22, HEADER + 10)
        self.stamp.raise_()


class _BareDay(QWidget):
    """The diary's ground without columns, so that an empty day still looks like a day."""

    def __init__(self) -> None:
        super().__init__()
        self._content: QWidget | None = None
        self._box = hbox(GUTTER, gap=0)
        self.setLayout(self._box)

    def show_content(self, content: QWidget) -> None:
        if self._content is not None and self._content is not content:
            self._box.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content
        self._box.addWidget(content, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.fillRect(self.rect(), colour(t.sunken))
        p.fillRect(QRectF(0, 0, GUTTER, self.height()), colour(t.surface))
        p.setFont(theme.font(k.CAPTION, k.MEDIUM))
        for y in range(HEADER + 28, self.height(), 80):
            p.fillRect(QRectF(GUTTER - 6, y, 6, 1), colour(t.line))
        p.fillRect(QRectF(GUTTER - 1, 0, 1, self.height()), colour(t.hair))
