"""The rows of a page: a question with its answer beside it, words to read, the head and the foot of a group."""

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGroupBox, QLabel, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.domain.questionnaire.values import Item, Value
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.form import place
from reception.ui.form.builder import control, is_statement
from reception.ui.form.choices import Choices
from reception.ui.form.control import Control, Desk
from reception.ui.form.matrix import Columns, Marks
from reception.ui.form.typed import Lines
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Icon, caption, hbox, label, vbox
from reception.ui.widgets import Kind as Weight

PAD = 20
NUMBER = 34  # what a question's number takes at the left
ANSWER = 324  # what its answer takes at the right
INDENT = 34
_AIR = (9, 10)
_CLOSE = (3, 4)  # between the rows of a matrix
_SHORT = 90  # letters of help that stand under the question


class Mark(StrEnum):
    """How a page says of a question whether it must be answered: of the fewer kind only."""

    NONE = ""
    REQUIRED = "required"
    OPTIONAL = "optional"


class Look(NamedTuple):
    """How a question stands in its page: how far in, how much room for its number, how it is marked.

    In a cell of a table it is only its answer, named by its line; in a matrix that is a mark in one of the columns.
    """

    level: int = 0
    number: int = 0
    mark: Mark = Mark.NONE
    cell: bool = False
    line: str = ""
    columns: Columns | None = None


class FormRow(QGroupBox):
    """Anything that stands in a page at a path; a screen reader hears it as a group of the name that it shows."""

    left = Signal(object)

    def __init__(self, path: place.Path, depth: int) -> None:
        super().__init__()
        self.path, self.level = path, depth
        self.last = False

    def takes_keyboard(self) -> QWidget | None:
        """What the keyboard goes to when the row is gone to."""
        return None

    def show_item(self, item: Item) -> None:
        """Says other words, where those hang on answers."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._take_no_margins()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_no_margins()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        return  # a group box would draw its frame

    def _take_no_margins(self) -> None:
        # A group box makes room for a frame and a title whenever its style may have changed.
        self.setContentsMargins(0, 0, 0, 0)


class Remark(QWidget):
    """A line under an answer: what is wrong with it, or that it was copied and waits for a yes."""

    def __init__(self, button: Button | None = None) -> None:
        super().__init__()
        self._sign, self.sentence = Icon("alert", Tone.DANGER, 14), caption("", Tone.DANGER, k.MEDIUM, wrap=True)
        self.setLayout(hbox(vbox(1, self._sign, STRETCH, gap=0), (self.sentence, 1), button, gap=6))

    def say(self, words: str, tone: Tone) -> None:
        """Says something in a tone; without words it goes."""
        self._sign.show_icon("copy" if tone is Tone.INK2 else "alert", tone)
        theme.mark(self.sentence, "tone", tone.value)
        self.sentence.setText(words)
        self.setVisible(bool(words))


class QuestionRow(FormRow):
    """A question: its words at the left, its answer at the right, below that what is wrong with it.

    `edited` tells that somebody answered, `left` that the keyboard has gone on, `confirmed` that what was copied is
    still right.
    """

    edited = Signal(object)
    confirmed = Signal(object)

    def __init__(self, path: place.Path, item: Item, desk: Desk, look: Look, *, calculated: bool) -> None:
        super().__init__(path, look.level)
        self.item, self._look = item, look
        self._air = _AIR if look.columns is None else _CLOSE
        self.control = _control(path, item, desk, look, calculated=calculated)
        self._wrong = ""
        self._tone = Tone.DANGER
        self._problem: Remark | None = None
        self._copied: Remark | None = None
        self._confirm: Button | None = None
        self._statement = is_statement(item)
        self._asked: QLabel | None = None
        self._say_name()
        self._build()
        self.control.edited.connect(self._say_edited)
        for part in self.control.inputs():
            part.installEventFilter(self)

    def _build(self) -> None:
        self._answer, number = vbox(self.control, gap=5), self._look.number
        if self._look.cell:
            self._answer.addStretch(1)
            self._answer.setContentsMargins(0, 0, 0, 0)
            self.setLayout(self._answer)
            return
        left, (above, below) = PAD + INDENT * self.level, self._air
        margins = (left, above, PAD, below)
        if self._is_wide():
            words = None if self._statement else self._words(number)
            self.setLayout(vbox(words, hbox(number, (self._answer, 1), gap=0), gap=6, margins=margins))
            return
        holder = QWidget()
        holder.setFixedWidth(ANSWER if self._look.columns is None else self._look.columns.room)
        self._answer.addStretch(1)
        holder.setLayout(self._answer)
        self.setLayout(hbox((self._words(number), 1), holder, gap=24, margins=margins))

    def _words(self, number: int) -> QVBoxLayout:
        box = vbox(gap=2, margins=(0, 7, 0, 0) if self._look.columns is None else (0, 8, 0, 6))
        self._asked = label(self._asked_words(), weight=k.MEDIUM, wrap=True)
        box.addLayout(hbox(number, (self._asked, 1), self._help_button(), gap=0))
        hint = self._hint()
        if hint:
            line = caption(hint, wrap=True)
            line.setContentsMargins(number, 0, 0, 0)
            box.addWidget(line)
        box.addStretch(1)
        return box

    def _asked_words(self) -> str:
        return f"{self.item.words} *" if self._look.mark is Mark.REQUIRED else self.item.words

    @override
    def show_item(self, item: Item) -> None:
        if item.words == self.item.words:
            return
        self.item = item
        self._say_name()
        if self._asked is not None:
            self._asked.setText(self._asked_words())

    def _say_name(self) -> None:
        item = self.item
        needed = self.tr("must be answered") if item.required else ""
        self.control.show_title(", ".join(part for part in (self._look.line, item.words) if part))
        told = (self._look.line, f"{item.prefix} {item.words}".strip(), needed)
        self.setAccessibleName(", ".join(part for part in told if part))

    def _hint(self) -> str:
        """What helps to answer; long help stands behind a button."""
        if self.item.unlisted:
            return self.tr("The list of this question isn't here: what is typed is kept as it stands.")
        told = self.item.help if len(self.item.help) <= _SHORT else ""
        if self._look.mark is not Mark.OPTIONAL:
            return told
        between = " " if told.endswith((".", "?")) else " · " if told else ""
        return told + between + self.tr("Optional")

    def _help_button(self) -> Button | None:
        if len(self.item.help) <= _SHORT:
            return None
        button = Button(kind=Weight.GHOST, icon="info", height=24, tip=self.item.help)
        button.setObjectName(f"{place.name(self.path)}.help")
        button.setAccessibleName(self.tr("Help: %1").replace("%1", self.item.help))
        button.clicked.connect(self._show_help)
        return button

    def _is_wide(self) -> bool:
        """Whether the answer needs the whole width, below the words."""
        if isinstance(self.control, Lines):
            return True
        if not isinstance(self.control, Choices) or isinstance(self.control, Marks):
            return False
        if self._statement:
            self.control.arrange(1)
            return True
        needs, count = self.control.needs(), len(self.control.answers)
        if needs <= (ANSWER - 8) // 2:
            self.control.arrange(min(count, 2))
            return False
        self.control.arrange(1)
        return needs > ANSWER

    # show

    def show_values(self, values: tuple[Value, ...]) -> None:
        """Shows the answer."""
        self.control.show_values(values)

    def problem(self) -> str:
        """What is wrong, as shown."""
        return self._wrong

    def show_problem(self, sentence: str, tone: Tone = Tone.DANGER) -> None:
        """Says under the answer what is wrong; without words nothing is."""
        if (sentence, tone) == (self._wrong, self._tone):
            return
        self._wrong, self._tone = sentence, tone
        if self._problem is None:
            self._problem = Remark()
            self._answer.insertWidget(1, self._problem)
        self._problem.say(sentence, tone)
        self.control.show_wrong(sentence if tone is Tone.DANGER else "")
        self.update()

    def show_copied(self, words: str) -> None:
        """Says where the answer was copied from, until somebody says that it is still right."""
        if self._copied is None:
            if not words:
                return
            self._copied = Remark(self.confirm())
            self._answer.insertWidget(1, self._copied)
        self._copied.say(words, Tone.INK2)

    def confirm(self) -> Button:
        """Says that what was copied is still right."""
        if self._confirm is None:
            self._confirm = Button(self.tr("Still right"), height=24, name=f"{place.name(self.path)}.confirm")
            self._confirm.clicked.connect(self._say_confirmed)
        return self._confirm

    @override
    def takes_keyboard(self) -> QWidget | None:
        able = (part for part in self.control.inputs() if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return next((part for part in able if not part.isHidden()), None)

    def answer(self) -> tuple[Value, ...]:
        """What is answered; raises Invalid where what was typed can't be read."""
        return self.control.values()

    def unread(self) -> Invalid | None:
        """Why what was typed can't be read, where it can't."""
        try:
            self.control.values()
        except Invalid as error:
            return error
        return None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.control.has_keyboard():
            self.left.emit(self.path)
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look.cell:
            return
        p, t = QPainter(self), theme.t
        left, above = PAD + INDENT * self.level, self._air[0]
        if self._wrong and self._tone is Tone.DANGER:
            p.fillRect(self.rect(), colour(t.danger_tint, 0.6))
            p.fillRect(0, 0, 3, self.height() - 1, colour(t.danger))
        if self.level:
            p.fillRect(left - 14, 8, 2, self.height() - 16, colour(t.tint_line))
        if self.item.prefix:
            room = QRectF(left, above + (9 if self._statement else 7), self._look.number, theme.line_height())
            glyphs.text(p, room, self.item.prefix, size=k.CAPTION, weight=k.MEDIUM, ink=t.ink3)
        if not self.last:
            p.fillRect(PAD, self.height() - 1, self.width() - 2 * PAD, 1, colour(t.hair))

    def _say_edited(self) -> None:
        self.edited.emit(self.path)

    def _say_confirmed(self) -> None:
        self.confirmed.emit(self.path)

    def _show_help(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            QToolTip.showText(button.mapToGlobal(button.rect().bottomLeft()), self.item.help, button)


def _control(path: place.Path, item: Item, desk: Desk, look: Look, *, calculated: bool) -> Control:
    if look.columns is not None:
        return Marks(place.name(path), look.columns, many=item.repeats)
    return control(item, place.name(path), desk, calculated=calculated)


class WordsRow(FormRow):
    """Words to read, between the questions."""

    def __init__(self, path: place.Path, depth: int, item: Item) -> None:
        super().__init__(path, depth)
        self.words: QLabel = label(item.words, tone=Tone.INK2, wrap=True, name=place.name(path))
        self.setAccessibleName(item.words)
        sign = vbox(1, Icon("info", Tone.INK3, 14), STRETCH, gap=0) if item.category else None
        self.setLayout(hbox(sign, (self.words, 1), gap=8, margins=(PAD + INDENT * depth, 9, PAD, 9)))

    @override
    def show_item(self, item: Item) -> None:
        self.words.setText(item.words)
        self.setAccessibleName(item.words)


class GroupHead(FormRow):
    """The name of a group inside a page; of one that repeats, which it is, and the way to take it away."""

    removed = Signal(object)

    def __init__(self, path: place.Path, depth: int, item: Item) -> None:
        super().__init__(path, depth)
        self._item = item
        self._title = label("", weight=k.SEMIBOLD, wrap=True, name=place.name(path))
        self.away = Button(self.tr("Take away"), Weight.LINK, height=20, name=f"{place.name(path)}.away")
        self.away.hide()
        margins = (PAD + INDENT * depth, 14, PAD, 4)
        self.setLayout(hbox((self._title, 1), self.away, gap=8, margins=margins))
        self.away.clicked.connect(self._remove)
        self.show_instances(1)

    def show_instances(self, count: int) -> None:
        """Says which of how many it is."""
        which = f" {self.path[-1][1] + 1}" if self._item.repeats and count > 1 else ""
        words = f"{self._item.prefix} {self._item.words or self._item.short}".strip() + which
        self._title.setText(words)
        self.setAccessibleName(words)
        self.away.setAccessibleName(self.tr("Take away: %1").replace("%1", words))
        self.away.setVisible(self._item.repeats and count > 1)

    def _remove(self) -> None:
        self.removed.emit(self.path)


class GroupFoot(FormRow):
    """Below the last of repeated groups: one more of them."""

    added = Signal(object)

    def __init__(self, path: place.Path, depth: int, item: Item) -> None:
        super().__init__(path, depth)
        words = self.tr("Add another: %1").replace("%1", item.words) if item.words else self.tr("Add another")
        self.more = Button(words, icon="plus", height=28, name=f"{place.name(path)}.more")
        self.setLayout(hbox(self.more, STRETCH, margins=(PAD + INDENT * depth, 8, PAD, 10)))
        self.more.clicked.connect(self._add)

    def _add(self) -> None:
        self.added.emit(self.path)
