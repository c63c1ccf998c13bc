"""The answers of a question: their words, their score, their order, and what follows when one is chosen."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Choice, Entry, Sort
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.panels.editor.bits import Part, mark_wrong
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.follow import Follow
from reception.ui.panels.editor.state import drafted, reworded
from reception.ui.panels.editor.words import follow_words
from reception.ui.widgets import STRETCH, Button, Check, Kind, LineEdit, caption, hbox, label, pane, vbox

_SCORE, _WIDTH = 56, 328
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AnswerList(Part):
    """All answers below each other; `opened` tells which of them shows what follows from it."""

    opened = Signal(int)

    def __init__(self, facts: Facts, line: Entry, open_: int | None) -> None:
        super().__init__()
        self._line = line
        self.setObjectName("editor.answers")
        rows = [AnswerRow(facts, line, n, wide=n == open_) for n in range(len(line.choices))]
        for row in rows:
            self.joined(row)
            row.turned.connect(self.opened)
        head = None
        if line.sort.picks and line.choices:
            score = caption(self.tr("Score"))
            score.setFixedWidth(_SCORE)
            head = hbox((caption(self.tr("What can be chosen")), 1), score, 3 * 26, gap=6)
        self.setLayout(vbox(head, *rows, self._foot(), gap=8))

    def _foot(self) -> QWidget | None:
        if not self._line.sort.picks:
            return None
        more = Button(self.tr("Add an answer"), icon="plus", height=28, name="editor.add_answer")
        more.clicked.connect(self._add)
        none = Button(self.tr("Add “None of these”"), icon="plus", height=28, name="editor.add_none")
        none.setVisible(self._line.sort is Sort.PICK_SEVERAL and not any(one.alone for one in self._line.choices))
        none.clicked.connect(self._add_none)
        other = Check(self.tr("Also another answer, typed"), name="editor.other")
        other.setChecked(self._line.other)
        other.toggled.connect(self._open)
        return pane(vbox(hbox(more, none, STRETCH), other, gap=8))

    def _add(self) -> None:
        link_id, n = self._line.link_id, len(self._line.choices)
        self.do(drafted(lambda draft: editing.add_answer(draft, link_id)), f"editor.answer.{n}")

    def _add_none(self) -> None:
        link_id, n, words = self._line.link_id, len(self._line.choices), self.tr("None of these")
        self.do(drafted(lambda draft: editing.add_none(draft, link_id, words)), f"editor.answer.{n}")

    def _open(self, other: bool) -> None:
        link_id = self._line.link_id
        self.do(drafted(lambda draft: editing.opened(draft, link_id, other=other)), "editor.other")


class AnswerRow(Part):
    """One answer. Enter goes on to the next or adds one, Ctrl and an arrow move it."""

    turned = Signal(int)

    def __init__(self, facts: Facts, line: Entry, n: int, *, wide: bool) -> None:
        super().__init__()
        self._facts, self._line, self._n = facts, line, n
        self._choice: Choice = line.choices[n]
        self._name = f"editor.answer.{n}"
        words, room = self._in_short(), _WIDTH if line.sort.picks else _WIDTH - 48
        short = theme.metrics(k.BODY, k.MEDIUM).elidedText(words, Qt.TextElideMode.ElideRight, room)
        sign = "down" if wide else "right"
        self._follows = Button(short, Kind.LINK, height=24, icon=sign, tip=words, name=f"{self._name}.follows")
        self._follows.setAccessibleName(f"{self._choice.words}: {words}")
        self._follows.clicked.connect(self._turn)
        follow = self.joined(Follow(facts, line, self._choice, self._name)) if wide else None
        top = self._fields() if line.sort.picks else hbox((label(self._choice.words, weight=500), 1), self._follows)
        below = hbox(self._follows, STRETCH) if line.sort.picks else None
        self.setLayout(vbox(top, below, follow, gap=2))

    def _fields(self) -> QHBoxLayout:
        n, count = self._n, len(self._line.choices)
        self._words = LineEdit(self._choice.words, self.tr("Answer {}").format(n + 1), name=self._name)
        self._words.setAccessibleName(self.tr("Answer {}").format(n + 1))
        self._words.setCursorPosition(0)
        self._words.edited.connect(self._word)
        score = self._facts.formats.decimal(self._choice.score) if self._choice.score is not None else ""
        self._score = LineEdit(score, "\N{EN DASH}", name=f"{self._name}.score")
        self._score.setFixedWidth(_SCORE)
        self._score.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._score.setAccessibleName(self.tr("Score of “{}”").format(self._choice.words))
        self._score.edited.connect(self._count)
        for field in (self._words, self._score):
            field.installEventFilter(self)
        up = self._tool("up", self.tr("Move it up"), "up", able=n > 0)
        down = self._tool("down", self.tr("Move it down"), "down", able=n < count - 1)
        take = self._tool("x", self.tr("Take it away"), "remove", able=True)
        up.clicked.connect(self._go_up)
        down.clicked.connect(self._go_down)
        take.clicked.connect(self._take_away)
        return hbox((self._words, 1), self._score, hbox(up, down, take, gap=0), gap=6)

    def _tool(self, icon: str, tip: str, name: str, *, able: bool) -> Button:
        words = f"{tip}: {self._choice.words}"
        made = Button(kind=Kind.GHOST, icon=icon, height=26, tip=words, name=f"{self._name}.{name}")
        made.setEnabled(able)
        return made

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._go(step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
            return True
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        """On to the next answer; behind the last one a new one is put in."""
        link_id, n = self._line.link_id, self._n + 1
        if n < len(self._line.choices):
            self.do(lambda state: state, f"editor.answer.{n}")
        else:
            self.do(drafted(lambda draft: editing.add_answer(draft, link_id)), f"editor.answer.{n}")

    def _in_short(self) -> str:
        """What follows, in one line."""
        state, answer = self._facts.state, self._choice.value
        parts = [follow_words(one, self._facts.around.names) for _, one in state.follows(self._line.link_id, answer)]
        if editing.has_notice(state.draft, self._line.link_id, answer):
            parts.insert(0, self.tr("shows a notice"))
        if self._choice.alone:
            parts.insert(0, self.tr("stands alone"))
        return self.tr("If chosen: {}").format(self.tr("nothing") if not parts else ", ".join(parts))

    def _turn(self) -> None:
        self.turned.emit(self._n)

    def _word(self) -> None:
        words = self._words.text().strip()
        self.type(reworded(self._line.link_id, self._n, words), ("answer", self._line.link_id, self._n))

    def _count(self) -> None:
        try:
            score = self._read()
        except Invalid as error:
            mark_wrong(self._score, self._facts.formats.sentence(error))
            return
        mark_wrong(self._score, "")
        link_id, n = self._line.link_id, self._n
        mark = ("score", link_id, n)
        self.type(drafted(lambda draft: editing.score_answer(draft, link_id, n, score)), mark)

    def _read(self) -> Decimal | None:
        typed = self._score.text().strip()
        return self._facts.formats.parse_decimal(typed) if typed else None

    def _go_up(self) -> None:
        self._go(-1, ".up")

    def _go_down(self) -> None:
        self._go(1, ".down")

    def _go(self, by: int, part: str = "") -> None:
        link_id, n, place = self._line.link_id, self._n, self._n + by
        if 0 <= place < len(self._line.choices):
            step = drafted(lambda draft: editing.move_answer(draft, link_id, n, place))
            self.do(step, f"editor.answer.{place}{part}")

    def _take_away(self) -> None:
        link_id, n = self._line.link_id, self._n
        left = min(n, len(self._line.choices) - 2)
        step = drafted(lambda draft: editing.remove_answer(draft, link_id, n))
        self.do(step, f"editor.answer.{left}" if left >= 0 else "editor.add_answer")


def offers_answers(line: Entry) -> bool:
    """Whether the card has answers to show: those that somebody picks from."""
    return (line.sort.picks and not line.listed) or line.sort is Sort.YES_NO
