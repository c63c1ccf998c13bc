"""When a question is asked: always, or only if another one was answered in some way."""

from PySide6.QtWidgets import QWidget

from reception.domain.errors import Invalid
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Entry, How, ShowIf
from reception.domain.questionnaire.values import Kind, Value
from reception.ui.dialogs.answer_pick import AnswerPick, comparisons
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.state import drafted
from reception.ui.panels.editor.words import line_words
from reception.ui.widgets import STRETCH, Button, Check, Field, Notice, Prose, Select, hbox, pane, vbox

_PLAIN = (How.ANSWERED, How.EMPTY)


class ShowIfPart(Part):
    """“Show only if”: the question that is looked at, how, and which answer."""

    def __init__(self, facts: Facts, line: Entry) -> None:
        super().__init__()
        self._facts, self._line = facts, line
        self._asked = facts.before(line.link_id)
        self._looked = line.show.question if line.show is not None else ""
        if line.kept:
            self.setLayout(vbox(*self._kept(), gap=8))
            return
        self._check = Check(self.tr("Show only if…"), name="editor.show_if")
        self._check.setChecked(line.show is not None)
        self._check.setEnabled(bool(self._asked) or line.show is not None)
        self._check.toggled.connect(self._turn)
        rows: tuple[QWidget, ...] = ()
        if line.show is not None:
            rows = self._fields(line.show)
        elif not self._asked:
            rows = (Prose(self.tr("Nothing is asked before it that it could hang on."), name="editor.show_if.none"),)
        self.setLayout(vbox(self._check, *rows, gap=8))

    def _kept(self) -> tuple[QWidget, ...]:
        """Conditions that come from elsewhere and take more than one look; they stay as they are."""
        away = Button(self.tr("Ask it always"), height=28, name="editor.show_always")
        away.clicked.connect(self._show_always)
        told = Notice(name="editor.show_if.kept")
        told.say(
            self.tr("It is asked under conditions of its own."),
            self.tr("They came with the form, or belong to a total, and are kept as they are."),
        )
        return told, pane(hbox(away, STRETCH))

    def _fields(self, show: ShowIf) -> tuple[QWidget, ...]:
        asked = [(one.link_id, line_words(one)) for one in self._asked]
        if show.question not in dict(asked):
            later = self._facts.lines.get(show.question)
            gone = self.tr("A question that was taken out") if later is None else line_words(later)
            asked.append((show.question, gone))
        self._question: Select[str] = Select(asked)
        self._question.choose(show.question)
        self._question.chosen.connect(self._look_at)
        item = self._facts.items.get(show.question)
        self._how: Select[str] = Select(comparisons(item) if item is not None else [])
        self._how.choose(show.how.value)
        self._how.chosen.connect(self._compare)
        self._answer = AnswerPick(self._facts.formats, name="editor.show_answer")
        self._answer.show_item(item)
        if show.answer is not None:
            self._answer.show_value(show.answer)
        self._answer.edited.connect(self._wait_for)
        self._answer_field = Field(self.tr("Answer"), self._answer, name="editor.show_answer")
        self._answer_field.setHidden(show.how in _PLAIN or item is None)
        how = Field(self.tr("Its answer"), self._how, name="editor.show_how")
        how.setHidden(item is None)
        question = Field(self.tr("Question"), self._question, name="editor.show_question")
        return question, pane(hbox((how, 2), (self._answer_field, 3), gap=12))

    def _turn(self, on: bool) -> None:
        show = self._first(self._asked[-1].link_id) if on and self._asked else None
        self._say(show, "editor.show_question" if on else "editor.show_if")

    def _show_always(self) -> None:
        self._say(None, "editor.show_if")

    def _look_at(self, link_id: str) -> None:
        if link_id != self._looked:
            self._say(self._first(link_id), "editor.show_question")

    def _compare(self, how: str) -> None:
        chosen = How(how)
        if chosen in _PLAIN:
            self._say(ShowIf(self._looked, chosen), "editor.show_how")
            return
        self._answer_field.show()
        try:
            self._say(ShowIf(self._looked, chosen, self._answer.value()), "editor.show_how")
        except Invalid:
            self._answer.setFocus()  # the condition stands once there is something to compare with

    def _wait_for(self) -> None:
        try:
            answer = self._answer.value()
        except Invalid:
            return  # what is half typed is no answer yet; the last one stands
        link_id, show = self._line.link_id, ShowIf(self._looked, How(self._how.value() or How.IS), answer)
        self.type(drafted(lambda draft: editing.shown_if(draft, link_id, show)), ("show", link_id))

    def _first(self, link_id: str) -> ShowIf:
        """What is looked for in a question until somebody says more."""
        item = self._facts.items[link_id]
        if item.kind is Kind.BOOLEAN:
            return ShowIf(link_id, How.IS, Value("boolean", True))
        if item.options:
            return ShowIf(link_id, How.IS, item.options[0].value)
        return ShowIf(link_id, How.ANSWERED)

    def _say(self, show: ShowIf | None, focus: str) -> None:
        link_id = self._line.link_id
        self.do(drafted(lambda draft: editing.shown_if(draft, link_id, show)), focus)
