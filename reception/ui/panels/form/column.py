"""The column at the left of a form: how far it is, its pages, and who answers (R35)."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.forms import AnsweredBy
from reception.ui import tokens as k
from reception.ui.form import Progress, Step, Steps
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Field,
    Kind,
    LineEdit,
    Scroller,
    Segmented,
    caption,
    hbox,
    label,
    pane,
    vbox,
)


class Who(NamedTuple):
    """Who answers; a guardian by name and relation."""

    by: AnsweredBy
    answerer: str = ""
    relation: str = ""


class Column(QWidget):
    """Progress and pages above, who answers below. `chosen` names a page, `changed` tells of another answerer."""

    chosen = Signal(str)
    changed = Signal()
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form.column")
        self._minor = False
        self._share = Progress(name="form.progress")
        self._words = label("", k.CAPTION, k.MEDIUM, Tone.INK2, name="form.progress.words")
        self._steps = Steps()
        self._steps.chosen.connect(self.chosen)
        top = pane(vbox(hbox(self._words, STRETCH), self._share, gap=6, margins=(20, 14, 20, 10)))
        self.setLayout(vbox(top, (Scroller(pane(vbox(self._steps, STRETCH, gap=0))), 1), self._foot(), gap=0))

    def _foot(self) -> QWidget:
        self._by = Segmented([self.tr("Client"), self.tr("Staff for client")], 1, height=28, name="form.by")
        self.answerer, self.relation = LineEdit(), LineEdit()
        fields = (
            Field(self.tr("Guardian's name"), self.answerer, name="form.answerer"),
            Field(self.tr("Relation to the client"), self.relation, name="form.relation"),
        )
        self.fields = {"answerer": fields[0], "relation": fields[1]}
        self._guardian = pane(vbox(*fields, gap=8))
        self._guardian.hide()
        self.copy_button = Button("", Kind.GHOST, icon="copy", height=28, name="form.copy")
        self.copy_button.hide()
        self._by.chosen.connect(self._say_changed)
        for line in (self.answerer, self.relation):
            line.edited.connect(self.changed)
        self.copy_button.clicked.connect(self.copy_asked)
        self._by_words = caption(self.tr("Answered by"), Tone.INK2, k.MEDIUM)
        return pane(
            vbox(
                self._by_words,
                hbox(self._by, STRETCH),
                self._guardian,
                8,
                hbox(self.copy_button, STRETCH),
                gap=4,
                margins=(20, 8, 12, 14),
            )
        )

    def show_steps(self, steps: tuple[Step, ...], answered: int, asked: int) -> None:
        """Shows how far the form and each page of it are."""
        self._steps.show_steps(steps)
        self._words.setText(self.tr("{answered} of {asked} answered").format(answered=answered, asked=asked))
        self._share.show_share(answered / asked if asked else 1.0)

    def show_who(self, who: Who, *, minor: bool) -> None:
        """Shows who answers; for a minor that is a guardian, whose name and relation are asked for."""
        self._minor = minor
        self._by.setVisible(not minor)
        self._guardian.setVisible(minor)
        self._by_words.setText(self.tr("Answered by a guardian") if minor else self.tr("Answered by"))
        self._by.choose(0 if who.by is AnsweredBy.CLIENT else 1)
        if (self.answerer.text(), self.relation.text()) != (who.answerer, who.relation):
            self.answerer.setText(who.answerer)
            self.relation.setText(who.relation)

    def show_copy(self, words: str) -> None:
        """Offers to take over earlier answers; without words there are none."""
        self.copy_button.show_words(words)
        self.copy_button.setVisible(bool(words))

    def who(self) -> Who:
        """Who answers, as it stands."""
        if self._minor:
            return Who(AnsweredBy.GUARDIAN, self.answerer.text().strip(), self.relation.text().strip())
        return Who(AnsweredBy.CLIENT if self._by.index() == 0 else AnsweredBy.STAFF)

    def _say_changed(self, _index: int) -> None:
        self.changed.emit()
