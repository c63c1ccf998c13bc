"""What follows when an answer is chosen: a notice in the form, a clinician who is asked, services that are blocked."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reception.domain.gates import Effect, Operator
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Choice, Entry, Sort
from reception.domain.questionnaire.values import Kind as ItemKind
from reception.domain.questionnaire.values import Value
from reception.domain.screening import Consequence
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.ruled import DATES, Ruled, said_of
from reception.ui.panels.editor.state import drafted, followed
from reception.ui.widgets import STRETCH, Button, Check, TextArea, hbox, vbox

_NUMBERS = (ItemKind.INTEGER, ItemKind.DECIMAL, ItemKind.QUANTITY)


class Follow(Part):
    """All that follows from one answer."""

    def __init__(self, facts: Facts, line: Entry, choice: Choice, name: str) -> None:
        super().__init__()
        self._facts, self._line, self._choice, self._name = facts, line, choice, name
        self.setObjectName(f"{name}.follow")
        follows = facts.state.follows(line.link_id, choice.value)
        rules = [self.joined(Ruled(facts, n, one, f"{name}.rule.{k}")) for k, (n, one) in enumerate(follows)]
        self._count = len(rules)
        parts = (self._alone(), *self._notice(), *rules, Offers(self._add, name))
        self.setLayout(vbox(*parts, gap=8, margins=(14, 4, 0, 8)))

    def _notice(self) -> tuple[QWidget, ...]:
        draft, link_id, answer = self._facts.state.draft, self._line.link_id, self._choice.value
        there = editing.has_notice(draft, link_id, answer)
        check = Check(self.tr("Show a notice"), name=f"{self._name}.notice")
        check.setChecked(there)
        check.toggled.connect(self._turn_notice)
        if not there:
            return (check,)
        self._words = TextArea(editing.notice(draft, link_id, answer), lines=2, name=f"{self._name}.notice_words")
        self._words.setPlaceholderText(self.tr("What the client reads below the question"))
        self._words.setAccessibleName(self.tr("Notice"))
        self._words.edited.connect(self._word_notice)
        return (check, self._words)

    def _alone(self) -> QWidget | None:
        """Where several can be picked: whether this one takes the others away."""
        if self._line.sort is not Sort.PICK_SEVERAL:
            return None
        check = Check(self.tr("Stands alone: takes the other answers away"), name=f"{self._name}.alone")
        check.setChecked(self._choice.alone)
        check.toggled.connect(self._stand_alone)
        return check

    def _stand_alone(self, alone: bool) -> None:
        link_id, n = self._line.link_id, self._line.choices.index(self._choice)
        step = drafted(lambda draft: editing.stand_alone(draft, link_id, n, alone=alone))
        self.do(step, f"{self._name}.alone")

    def _turn_notice(self, there: bool) -> None:
        link_id, answer, words = self._line.link_id, self._choice.value, "" if there else None
        focus = f"{self._name}.notice_words" if there else f"{self._name}.notice"
        self.do(drafted(lambda draft: editing.noticed(draft, link_id, answer, words)), focus)

    def _word_notice(self) -> None:
        link_id, answer, words = self._line.link_id, self._choice.value, self._words.toPlainText().strip()
        mark = ("notice", link_id, self._name)
        self.type(drafted(lambda draft: editing.noticed(draft, link_id, answer, words)), mark)

    def _add(self, effect: Effect) -> None:
        one = begun(self._facts, self._line, self._choice.value, effect)
        self.do(followed(one), f"{self._name}.rule.{self._count}.services")


class Compared(Part):
    """What follows from an answer that is typed: a number or a day that is compared, or a total."""

    def __init__(self, facts: Facts, line: Entry) -> None:
        super().__init__()
        self._facts, self._line = facts, line
        self.setObjectName("editor.compared")
        here = [(n, one) for n, one in enumerate(facts.state.consequences) if one.link_id == line.link_id]
        rules = [
            self.joined(Ruled(facts, n, one, f"editor.rule.{count}", compared=True))
            for count, (n, one) in enumerate(here)
        ]
        self.setLayout(vbox(*rules, Offers(self._add, "editor.rule"), gap=8))
        self._count = len(rules)

    def _add(self, effect: Effect) -> None:
        line = self._line
        item = self._facts.items[line.link_id]
        answer = line.limits.most or line.limits.least
        if answer is None and item.kind in DATES:
            answer = Value("date", self._facts.today.isoformat())
        answer = answer or editing.fitted(self._facts.state.draft, line.link_id, Value("decimal", Decimal(0)))
        one = begun(self._facts, line, answer, effect, Operator.AT_LEAST)
        self.do(followed(one), f"editor.rule.{self._count}.answer.value")


class Offers(QWidget):
    """The buttons for one more thing that follows."""

    def __init__(self, add: Callable[[Effect], None], name: str) -> None:
        super().__init__()
        self._add = add
        ask = Button(self.tr("Ask a clinician"), icon="alert", height=28, name=f"{name}.ask")
        stop = Button(self.tr("Block services"), icon="block", height=28, name=f"{name}.block")
        note = Button(self.tr("Note it"), icon="info", height=28, name=f"{name}.note")
        for button, effect in ((ask, Effect.FLAG), (stop, Effect.BLOCK), (note, Effect.NOTE)):
            button.setProperty("effect", effect.value)
            button.clicked.connect(self._say_add)
        self.setLayout(hbox(ask, stop, note, STRETCH, gap=6))

    def _say_add(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._add(Effect(button.property("effect")))


def begun(facts: Facts, line: Entry, answer: Value, effect: Effect, operator: Operator = Operator.EQUAL) -> Consequence:
    """Something that follows, as it is before anybody has changed its words."""
    tr = partial(QCoreApplication.translate, "Follow")
    client = {
        Effect.BLOCK: tr("We can’t do this for now. Please speak to us."),
        Effect.FLAG: tr("One of our clinicians will look at this answer before we go ahead."),
        Effect.NOTE: "",
    }[effect]
    one = Consequence(line.link_id, answer, effect, facts.around.usual, operator, client_message=client)
    return replace(one, staff_message=said_of(facts, one))


def is_compared(facts: Facts, line: Entry) -> bool:
    """Whether what is typed can be compared: a number, a day, a total."""
    item = facts.items.get(line.link_id)
    return item is not None and item.kind in (*_NUMBERS, *DATES) and not item.options
