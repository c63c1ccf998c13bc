"""Questions that are answered by choosing: yes or no, one of a few, several of them, one of a long list."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from reception.domain import questionnaire
from reception.domain.errors import Invalid
from reception.domain.questionnaire.values import Option, Value
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.form.control import Control, OneLine
from reception.ui.widgets import Answer, LineEdit, Select, hbox, vbox

_ONE_LINE = 34
_MARK, _CAP = 48, 26  # what the mark and the key take of an answer's width
_DIGITS = 9


class Pick(NamedTuple):
    """One answer that can be chosen: its words, what it stands for, its key; an exclusive one stands alone."""

    value: Value | None  # None is an answer in one's own words
    words: str
    key: str = ""
    exclusive: bool = False


def picks(options: Sequence[Option], other: str = "") -> tuple[Pick, ...]:
    """The answers that a question offers, in their order; with `other`, one's own words last."""
    made = [
        Pick(option.value, f"{option.prefix} {option.words}".strip(), _digit(n), option.exclusive)
        for n, option in enumerate(options, 1)
    ]
    return (*made, Pick(None, other, _digit(len(made) + 1))) if other else tuple(made)


def _digit(n: int) -> str:
    return str(n) if n <= _DIGITS else ""


class Choice(Answer):
    """One answer to press. Its words break into lines; pressed again, a single choice is taken back."""

    def __init__(self, pick: Pick, *, many: bool, always_key: bool, name: str) -> None:
        super().__init__(pick.words, many=many, key=pick.key, height=_ONE_LINE, name=name)
        self.pick, self.many, self._always_key = pick, many, always_key
        self.setMinimumHeight(_ONE_LINE)
        self.setMaximumHeight(16_777_215)
        policy = QSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # Qt makes radio buttons of buttons that exclude each other: arrows move among them, Tab stops once.
        self.setAutoExclusive(not self.many)
        self._was_on = False
        self.pressed.connect(self._remember)

    def needs(self) -> int:
        """How wide it must be to say all in one line."""
        words = theme.metrics(k.BODY, k.MEDIUM).horizontalAdvance(self.pick.words)
        return round(words) + _MARK + (_CAP if self._always_key else 0)

    def clear(self) -> None:
        """Takes the choice back."""
        self.setAutoExclusive(False)
        self.setChecked(False)
        self.setAutoExclusive(not self.many)

    def take_back(self) -> None:
        """Takes a single choice back where it held already when it was pressed; Qt itself lets it stand."""
        if not self.many and self._was_on:
            self.clear()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        room = QRectF(0, 0, width - 46 - (_CAP if self._always_key else 0), 10_000)
        lines = theme.metrics(k.BODY, k.MEDIUM).boundingRect(room, Qt.TextFlag.TextWordWrap, self.pick.words)
        return max(_ONE_LINE, round(lines.height()) + 16)

    @override
    def sizeHint(self) -> QSize:
        return QSize(min(self.needs(), 300), _ONE_LINE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, _ONE_LINE)

    @override
    def paint_words(self, p: QPainter, room: QRectF) -> None:
        if self.height() <= _ONE_LINE:
            super().paint_words(p, room)
            return
        p.setFont(theme.font(k.BODY, k.MEDIUM if self.isChecked() else k.REGULAR))
        p.setPen(theme.colour(theme.t.ink if self.isEnabled() else theme.t.faint))
        p.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.pick.words)

    @override
    def shows_key(self) -> bool:
        parent = self.parent()
        room = self.width() >= self.needs() + 20  # a word may end close to its key
        return self._always_key or (room and isinstance(parent, Control) and parent.has_keyboard())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_keys()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_keys()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.isChecked():
            self.click()
            return
        super().keyPressEvent(event)

    def _remember(self) -> None:
        self._was_on = self.isChecked()

    def _show_keys(self) -> None:
        parent = self.parentWidget()
        for fellow in parent.findChildren(Choice) if parent is not None else ():
            fellow.update()


class Choices(Control):
    """A question whose answers all stand there to be pressed; nothing chosen is no answer.

    With `many`, several may hold, but for those that stand alone. One's own words are typed in a line that opens.
    """

    shape: type[Choice] = Choice
    gap = 8

    def __init__(self, name: str, offered: Sequence[Pick], *, many: bool = False, keys: bool = False) -> None:
        super().__init__(name)
        self._many = many
        self.answers = tuple(
            self.shape(pick, many=many, always_key=keys, name=f"{name}.{n}") for n, pick in enumerate(offered, 1)
        )
        self._own = _own_words(name, offered)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(self.gap)
        self._grid.setVerticalSpacing(6)
        self._columns = 0
        self.arrange(2)
        self.setLayout(vbox(self._grid, self._own, gap=6))
        for answer in self.answers:
            answer.clicked.connect(self._pressed)
        self._own.edited.connect(self.edited)

    def needs(self) -> int:
        """How wide the widest answer is in one line."""
        return max((answer.needs() for answer in self.answers), default=0)

    def arrange(self, columns: int) -> None:
        """Lays the answers out in so many columns."""
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for n, answer in enumerate(self.answers):
            self._grid.addWidget(answer, n // columns, n % columns)

    @override
    def values(self) -> tuple[Value, ...]:
        own = self._own.text().strip()
        given = (answer.pick.value for answer in self.answers if answer.isChecked())
        typed = Value("string", own) if own else None
        return tuple(value for value in (one or typed for one in given) if value is not None)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        left = list(values)
        for answer in self.answers:
            same = next(
                (one for one in left if answer.pick.value and questionnaire.equal(one, answer.pick.value)), None
            )
            if same is not None:
                left.remove(same)
            _turn(answer, on=same is not None)
        own = next((answer for answer in self.answers if answer.pick.value is None), None)
        if own is not None and left:
            _turn(own, on=True)
            self._own.setText(questionnaire.words_of(left[0]))
        self._show_own()

    @override
    def press(self, key: str) -> bool:
        hit = next((one for one in self.answers if one.pick.key.casefold() == key.casefold() != ""), None)
        if hit is None or not hit.isEnabled():
            return False
        hit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        hit.click()
        return True

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (*self.answers, self._own)

    @override
    def show_title(self, title: str) -> None:
        self.setAccessibleName(title)

    def _pressed(self) -> None:
        pressed = self.sender()
        if not isinstance(pressed, Choice):
            return
        pressed.take_back()
        if self._many and pressed.isChecked():
            self._take_others_away(pressed)
        self._show_own()
        if pressed.pick.value is None and pressed.isChecked():
            self._own.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _take_others_away(self, pressed: Choice) -> None:
        """An answer that stands alone takes the others away, and goes as soon as another is chosen."""
        for other in self.answers:
            if other is not pressed and (pressed.pick.exclusive or other.pick.exclusive):
                other.setChecked(False)

    def _show_own(self) -> None:
        self._own.setVisible(any(answer.isChecked() and answer.pick.value is None for answer in self.answers))


def _turn(answer: Choice, *, on: bool) -> None:
    if on:
        answer.setChecked(True)
    elif answer.isChecked():
        answer.clear()


def _own_words(name: str, offered: Sequence[Pick]) -> LineEdit:
    """The line for an answer in one's own words; it shows once that answer is chosen."""
    line = LineEdit(name=f"{name}.other")
    line.setAccessibleName(next((pick.words for pick in offered if pick.value is None), ""))
    line.hide()
    return line


class Listed(Control):
    """One answer out of a list that opens; its first line is no answer."""

    def __init__(self, name: str, offered: Sequence[Pick]) -> None:
        super().__init__(name)
        self._picks = tuple(offered)
        words = [(n, pick.words) for n, pick in enumerate(self._picks)]
        self.select: Select[int] = Select([(-1, self.tr("Not answered")), *words], name=f"{name}.list")
        self._own = _own_words(name, offered)
        self.setLayout(vbox(self.select, self._own, gap=6))
        self.select.chosen.connect(self._choose)
        self._own.edited.connect(self.edited)

    @override
    def values(self) -> tuple[Value, ...]:
        n = self.select.value()
        if n is None or n < 0:
            return ()
        own = self._own.text().strip()
        value = self._picks[n].value or (Value("string", own) if own else None)
        return (value,) if value is not None else ()

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        offered = [pick.value for pick in self._picks]
        n = next((n for n, one in enumerate(offered) if one and values and questionnaire.equal(one, values[0])), -1)
        if n < 0 and values and None in offered:
            n = offered.index(None)
            self._own.setText(questionnaire.words_of(values[0]))
        self.select.choose(n)
        self._show_own()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.select, self._own)

    def _choose(self, _n: object) -> None:
        self._show_own()
        self.edited.emit()

    def _show_own(self) -> None:
        n = self.select.value()
        self._own.setVisible(n is not None and n >= 0 and self._picks[n].value is None)


class Looked(OneLine[LineEdit]):
    """One answer out of a long list, found by typing a part of it; in an open one, other words are an answer too."""

    def __init__(self, name: str, offered: Sequence[Pick], *, is_open: bool) -> None:
        super().__init__(name, LineEdit(icon="search", name=f"{name}.line"))
        self.line.setPlaceholderText(self.tr("Type a part of it"))
        self._picks = tuple(pick for pick in offered if pick.value is not None)
        self._open = is_open
        finder = QCompleter([pick.words for pick in self._picks], self.line)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.activated.connect(self.edited)
        popup = finder.popup()
        if popup is not None:
            popup.setFont(theme.font())
        self.line.setCompleter(finder)
        self.setLayout(hbox(self.line))

    @override
    def values(self) -> tuple[Value, ...]:
        typed = self.line.text().strip()
        if not typed:
            return ()
        found = next((one.value for one in self._picks if one.words.casefold() == typed.casefold()), None)
        if found is None and not self._open:
            raise Invalid("{typed} isn't in the list. Choose one of those that are offered as you type.", typed=typed)
        return (found or Value("string", typed),)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        if not values:
            self.line.clear()
            return
        known = (pick.words for pick in self._picks if pick.value and questionnaire.equal(pick.value, values[0]))
        self.line.setText(next(known, questionnaire.words_of(values[0])))
