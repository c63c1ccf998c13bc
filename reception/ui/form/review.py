"""The last page of a form: flagged answers first, then all others with the way back to them, then the signature."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from reception.domain.questionnaire import Page, Row
from reception.domain.questionnaire.values import Kind as ItemKind
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.form.control import Desk
from reception.ui.form.foot import WIDEST
from reception.ui.form.saying import all_said
from reception.ui.form.signature import Signing
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Card,
    Hair,
    Kind,
    Scroller,
    clear,
    hbox,
    label,
    pane,
    section,
    vbox,
)

_PAD = 20
_SPLIT = 0.62  # where the answers begin
_LINE = 26
_TWO_COLUMNS = 560
_WRAP = Qt.TextFlag.TextWordWrap


class Given(NamedTuple):
    """A question with its answer in words; in a tone where the answer is flagged."""

    number: str
    question: str
    answer: str
    tone: Tone = Tone.INK
    icon: str = ""


class Givens(QWidget):
    """Questions and answers below each other, painted: long forms have hundreds."""

    def __init__(self, lines: Sequence[Given], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._lines = tuple(lines)
        measures = theme.metrics(k.CAPTION, k.MEDIUM)
        numbers = [measures.horizontalAdvance(line.number) for line in self._lines if line.number]
        self._number = round(max(numbers)) + 10 if numbers else 0
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        told = (f"{line.number} {line.question}: {line.answer}".strip() for line in self._lines)
        self.setAccessibleName("\n".join(told))

    def lines(self) -> tuple[Given, ...]:
        """What stands there."""
        return self._lines

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(sum(self._height(line, width) for line in self._lines))

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, _LINE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, y = QPainter(self), 0.0
        for line in self._lines:
            height = self._height(line, self.width())
            self._paint(p, line, y)
            y += height

    def _paint(self, p: QPainter, line: Given, y: float) -> None:
        t, (question, answer) = theme.t, self._rooms(line, self.width())
        head = not line.number and not line.answer
        x = 0.0
        if line.icon:
            icons.draw(p, line.icon, 0, y + 6, t.of(line.tone), 14)
            x = 22
        if line.number:
            glyphs.text(p, QRectF(x, y + 5, self._number, 16), line.number, weight=k.REGULAR, ink=t.ink2)
        for words, room, weight, ink in (
            (line.question, question, k.SEMIBOLD if head else k.REGULAR, t.ink if head else t.ink2),
            (line.answer, answer, k.REGULAR if line.tone is Tone.INK3 else k.MEDIUM, t.of(line.tone)),
        ):
            p.setFont(theme.font(k.BODY, weight))
            p.setPen(theme.colour(ink))
            p.drawText(room.translated(0, y + 5), _WRAP, words)

    def _rooms(self, line: Given, width: int) -> tuple[QRectF, QRectF]:
        split = width * _SPLIT
        x = (22 if line.icon else 0) + self._number
        return QRectF(x, 0, split - x - 12, 10_000), QRectF(split, 0, width - split, 10_000)

    def _height(self, line: Given, width: int) -> float:
        question, answer = self._rooms(line, width)
        words = theme.metrics().boundingRect(question, _WRAP, line.question).height()
        said = theme.metrics(k.BODY, k.MEDIUM).boundingRect(answer, _WRAP, line.answer).height()
        return max(_LINE, max(words, said) + 10)


class Flag(NamedTuple):
    """An answer that blocks or flags something: which question, and in what tone and with what sign it is said."""

    link_id: str
    tone: Tone
    icon: str


class Review(Scroller):
    """All answers in one sight. `change` names the page that somebody wants to go back to."""

    change = Signal(str)

    def __init__(self, desk: Desk, *, signs: bool, locked: bool) -> None:
        self._desk, self._locked = desk, locked
        self._title = label("", k.TITLE, k.SEMIBOLD, wrap=True, name="form.review.title")
        self._answers = vbox(gap=0)
        self.signing = Signing(desk, name="form.signature")
        self._picture, self._under = QLabel(), label("", k.CAPTION, tone=Tone.INK2, wrap=True)
        self._picture.setObjectName("form.review.signature")
        self._picture.hide()
        self._rule = Hair()
        foot = vbox(8, self._rule, 8, self.signing, self._picture, self._under, gap=4)
        body = pane(vbox(self._title, 6, self._answers, foot, STRETCH, gap=0, margins=(_PAD, 10, _PAD, 16)))
        body.setMaximumWidth(WIDEST)
        super().__init__(pane(hbox((body, 1_000), STRETCH, gap=0), "surface"))
        self._body = body
        # Not before they have their place: what shows itself without one opens a window of its own.
        self.signing.setVisible(signs and not locked)
        self._rule.setVisible(signs)
        self.setObjectName("form.review")
        self._shown: tuple[Sequence[Page], Sequence[Flag]] = ((), ())
        self._columns = 0

    def show_title(self, title: str) -> None:
        """Says what the page is for."""
        self._title.setText(title)
        self._body.setAccessibleName(title)

    def show_answers(self, pages: Sequence[Page], flags: Sequence[Flag]) -> None:
        """Shows all answers, the flagged ones first."""
        self._shown = (tuple(pages), tuple(flags))
        self._columns = self._fitting()
        clear(self._answers)
        flagged = _flagged(pages, flags, self._desk.formats)
        if flagged:
            self._answers.addWidget(self._built_flagged(flagged))
            self._answers.addSpacing(12)
        left = {flag.link_id for flag in flags}
        groups = [self._built_group(page, left) for page in pages if _is_told(page, left)]
        self._answers.addLayout(self._in_columns(groups))

    def show_signature(self, png: bytes, words: str) -> None:
        """Shows the signature under answers that are locked."""
        picture = QPixmap()
        picture.loadFromData(QByteArray(png))
        picture.setDevicePixelRatio(2)
        self._picture.setPixmap(picture)
        self._picture.setVisible(not picture.isNull())
        self._picture.setAccessibleName(words)
        self._under.setText(words)
        self._rule.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns and self._fitting() != self._columns:
            self.show_answers(*self._shown)

    def _fitting(self) -> int:
        return 2 if self.width() >= _TWO_COLUMNS and len(self._shown[0]) > 1 else 1

    def _built_flagged(self, lines: Sequence[Given]) -> QWidget:
        head = section(self.tr("Flagged answers"), count=str(len(lines)))
        card = Card(vbox(head, Givens(lines, name="form.review.flagged"), gap=2, margins=(14, 10, 14, 8)))
        card.setAccessibleName(self.tr("Flagged answers"))
        return card

    def _built_group(self, page: Page, left_out: set[str]) -> QWidget:
        title = label(page.title or self.tr("Questions"), weight=k.SEMIBOLD, wrap=True)
        back = None
        if not self._locked:
            back = Button(self.tr("Change"), Kind.LINK, height=20, name=f"form.change.{page.key}")
            back.setAccessibleName(self.tr("Change: %1").replace("%1", page.title))
            back.setProperty("page", page.key)
            back.clicked.connect(self._change)
        lines = list(_givens(page.rows, left_out, self._desk.formats, self.tr("not answered")))
        told = Givens(lines, name=f"form.review.{page.key}")
        return pane(vbox(hbox((title, 1), back, gap=8), told, 10, gap=0))

    def _in_columns(self, groups: Sequence[QWidget]) -> QHBoxLayout:
        columns = [vbox(gap=0) for _ in range(self._columns)]
        heights = [0] * self._columns
        for group in groups:
            # Each goes where the page ends first, so that the order is kept from left to right.
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(group)
            heights[shortest] += group.sizeHint().height()
        for column in columns:
            column.addStretch(1)
        return hbox(*((column, 1) for column in columns), gap=32)

    def _change(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.change.emit(button.property("page"))


def _is_told(page: Page, left_out: set[str]) -> bool:
    return any(row.item.asks and row.item.link_id not in left_out for row in page.rows)


def _flagged(pages: Sequence[Page], flags: Sequence[Flag], formats: Formats) -> list[Given]:
    rows: Mapping[str, Row] = {row.item.link_id: row for page in pages for row in page.rows if row.values}
    return [
        Given(rows[flag.link_id].item.prefix, _asked(rows[flag.link_id]), _said(rows[flag.link_id], formats), *flag[1:])
        for flag in flags
        if flag.link_id in rows
    ]


def _givens(rows: Sequence[Row], left_out: set[str], formats: Formats, nothing: str) -> Iterator[Given]:
    for row in rows:
        if row.item.kind is ItemKind.GROUP and row.item.words:
            which = f" {row.path[-1][1] + 1}" if row.item.repeats and row.instances > 1 else ""
            yield Given("", f"{row.item.words}{which}", "")
        elif row.item.asks and row.item.link_id not in left_out:
            said = _said(row, formats)
            yield Given(row.item.prefix, _asked(row), said or nothing, Tone.INK if said else Tone.INK3)


def _asked(row: Row) -> str:
    return row.item.short or row.item.words


def _said(row: Row, formats: Formats) -> str:
    return all_said(row.values, formats)
