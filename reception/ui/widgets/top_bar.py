"""The top of the window: where one is, which day it is, the one box to find and do, and who is at the desk."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from reception.ui import glyphs, icons, text, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.widgets.button import Button, Kind
from reception.ui.widgets.layouts import STRETCH, Hair, hbox, pane, vbox

HEIGHT = 48
_HIGH = 30
_FIND_MIN, _FIND_MAX = 88, 420


class TopBar(QWidget):
    """Tabs, the day of the diary, find or do, and the person; it only says what was asked for."""

    tab_chosen = Signal(str)
    stepped = Signal(int)
    today_asked = Signal()
    date_asked = Signal()
    find_asked = Signal()
    person_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._tabs: dict[str, _Tab] = {}
        self._nav = hbox(gap=2)
        back = Button(kind=Kind.GHOST, icon="left", height=_HIGH, tip=self.tr("Day before"), name="top.back")
        self._today = Button(self.tr("Today"), key="T", height=_HIGH, name="top.today")
        on = Button(kind=Kind.GHOST, icon="right", height=_HIGH, tip=self.tr("Day after"), name="top.on")
        self._date = _Date()
        self._day = pane(hbox(back, self._today, on, 4, self._date, gap=2))
        self._find = _FindBox(self.tr("Find a client or do something"), self.tr("Find or do"))
        self._person = _PersonButton()
        row = hbox(
            _Mark(),
            10,
            self._nav,
            6,
            self._day,
            STRETCH,
            (self._find, 100),
            STRETCH,
            self._person,
            gap=8,
            margins=(14, 0, 10, 0),
        )
        self.setLayout(vbox((pane(row, "canvas"), 1), Hair(strong=True), gap=0))
        back.clicked.connect(self._step_back)
        on.clicked.connect(self._step_on)
        self._today.clicked.connect(self.today_asked)
        self._date.clicked.connect(self.date_asked)
        self._find.clicked.connect(self.find_asked)
        self._person.clicked.connect(self.person_asked)

    def show_tabs(self, tabs: Sequence[tuple[str, str]]) -> None:
        """The places that this person has, each by its page and its words."""
        for old in self._tabs.values():
            self._nav.removeWidget(old)
            old.deleteLater()
        self._tabs = {}
        for page, words in tabs:
            tab = _Tab(words, name=f"top.{page}")
            tab.setProperty("page", page)
            tab.clicked.connect(self._choose)
            self._nav.addWidget(tab)
            self._tabs[page] = tab

    def show_place(self, page: str, *, with_day: bool) -> None:
        """Marks where one is; the day is shown where it is the diary's."""
        for name, tab in self._tabs.items():
            tab.setChecked(name == page)
        self._day.setVisible(with_day)

    def show_day(self, words: str, spoken: str) -> None:
        """The day that the diary shows."""
        self._date.show_day(words, spoken)

    def show_person(self, name: str) -> None:
        """Who is at the desk."""
        self._person.show_name(name)

    def date_place(self) -> QWidget:
        """What a month opens below."""
        return self._date

    def _choose(self) -> None:
        sender = self.sender()
        # A press on the tab one is on already leaves it chosen.
        if isinstance(sender, _Tab):
            sender.setChecked(True)
            self.tab_chosen.emit(sender.property("page"))

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_on(self) -> None:
        self.stepped.emit(1)


class _Mark(QWidget):
    """The program's sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(26, 26)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_mark(QPainter(self), QRectF(self.rect()))


def paint_mark(p: QPainter, box: QRectF) -> None:
    """The program's sign in a square of any size."""
    t, scale = theme.t, box.width() / 26
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.translate(box.topLeft())
    p.scale(scale, scale)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(t.accent))
    p.drawRoundedRect(QRectF(0, 0, 26, 26), 7, 7)
    p.setPen(QPen(colour(t.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    p.drawLine(9, 7, 9, 18)
    p.drawLine(9, 18, 17, 18)
    p.drawEllipse(QRectF(14.5, 8, 3.2, 3.2))


class _Press(QAbstractButton):
    """What the bar's own buttons have in common: focus, hover, and a ground for it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(_HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def painter(self, ground: str) -> QPainter:
        """Begins to paint: the ground, and the ring of the focus."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ground:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(ground))
            p.drawRoundedRect(QRectF(self.rect()), k.RADIUS, k.RADIUS)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)
        return p

    def resting(self) -> str:
        """The ground under the pointer, none otherwise."""
        t = theme.t
        return t.press if self.isDown() else t.hover if self.underMouse() else ""

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Tab(_Press):
    def __init__(self, words: str, *, name: str) -> None:
        super().__init__(name)
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(theme.metrics(k.BODY, k.SEMIBOLD).horizontalAdvance(self.text())) + 20, _HIGH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, on = theme.t, self.isChecked()
        p = self.painter(t.press if on else self.resting())
        p.setPen(colour(t.ink if on else t.ink2))
        p.setFont(theme.font(k.BODY, k.SEMIBOLD if on else k.MEDIUM))
        p.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())


class _Date(_Press):
    def __init__(self) -> None:
        super().__init__("top.date")

    def show_day(self, words: str, spoken: str) -> None:
        self.setText(words)
        self.setToolTip(self.tr("%1, pick another day (Ctrl+G)").replace("%1", spoken))
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        # As wide as a long day, so that nothing beside it moves from one day to the next.
        widest = max(self.text(), "Wed 28 Nov", key=theme.metrics(k.HEADING, k.SEMIBOLD).horizontalAdvance)
        return QSize(round(theme.metrics(k.HEADING, k.SEMIBOLD).horizontalAdvance(widest)) + 16, _HIGH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = self.painter(self.resting())
        box = QRectF(self.rect()).adjusted(8, 0, -4, 0)
        glyphs.text(p, box, self.text(), size=k.HEADING, weight=k.SEMIBOLD)


class _FindBox(_Press):
    """The one box for finding a client or doing something; pressing it opens the list."""

    def __init__(self, *wordings: str) -> None:
        super().__init__("top.find")
        self._wordings = wordings
        self.setAccessibleName(wordings[0])
        self.setMinimumWidth(_FIND_MIN)
        self.setMaximumWidth(_FIND_MAX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_FIND_MAX, _HIGH)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_FIND_MIN, _HIGH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p = theme.t, QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(colour(t.ink3 if self.underMouse() else t.line), 1))
        p.setBrush(colour(t.surface))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.RADIUS, k.RADIUS)
        icons.draw(p, "search", 9, 7, t.ink3)
        left = glyphs.keycap(p, "Ctrl K", self.width() - 7, 15)
        words = glyphs.fit((*self._wordings, ""), left - 40, k.BODY)
        glyphs.text(p, QRectF(32, 0, left - 38, _HIGH), words, ink=t.ink3)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)


class _PersonButton(_Press):
    """Who is at the desk; F2 changes it."""

    def __init__(self) -> None:
        super().__init__("top.person")
        self._initials = ""

    def show_name(self, name: str) -> None:
        self._initials = text.initials(name)
        self.setText(text.short_name(name))
        self.setToolTip(self.tr("%1 is at the desk. Press F2 to change.").replace("%1", name))
        self.setAccessibleName(self.tr("%1 is at the desk").replace("%1", name))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = min(theme.metrics(k.BODY, k.MEDIUM).horizontalAdvance(self.text()), 120)
        return QSize(round(words + 8 + 24 + 6 + 8 + glyphs.keycap_width("F2") + 8), _HIGH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = self.painter(self.resting())
        glyphs.avatar(p, self._initials, 6, 3, 24)
        left = glyphs.keycap(p, "F2", self.width() - 7, _HIGH / 2)
        glyphs.text(p, QRectF(36, 0, left - 42, _HIGH), self.text(), weight=k.MEDIUM)
