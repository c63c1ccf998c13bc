"""When a question is asked: always, or only if others were answered in some way."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from reception.domain.errors import Invalid
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Entry, How, Look, ShowIf
from reception.domain.questionnaire.values import Kind, Value
from reception.ui import tokens as k
from reception.ui.dialogs.answer_pick import AnswerPick, comparisons
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.state import Step, drafted
from reception.ui.panels.editor.words import line_words
from reception.ui.widgets import (
    STRETCH,
    Button,
    Check,
    Field,
    Notice,
    Prose,
    Segmented,
    Select,
    caption,
    hbox,
    pane,
    vbox,
)
from reception.ui.widgets import Kind as Weight

_PLAIN = (How.ANSWERED, How.EMPTY)


class ShowIfPart(Part):
    """“Show only if”: the looks at other questions, and whether all of them have to hold or any one is enough."""

    def __init__(self, facts: Facts, line: Entry) -> None:
        super().__init__()
        self._facts, self._line = facts, line
        self._asked = facts.before(line.link_id)
        if line.kept:
            self.setLayout(vbox(*self._kept(), gap=8))
            return
        self._check = Check(self.tr("Show only if…"), name="editor.show_if")
        self._check.setChecked(line.show is not None)
        self._check.setEnabled(bool(self._asked) or line.show is not None)
        self._check.toggled.connect(self._turn)
        rows: tuple[QWidget, ...] = ()
        if line.show is not None:
            rows = self._rows(line.show)
        elif not self._asked:
            rows = (Prose(self.tr("Nothing is asked before it that it could hang on."), name="editor.show_if.none"),)
        self.setLayout(vbox(self._check, *rows, gap=8))

    def _kept(self) -> tuple[QWidget, ...]:
        """Conditions that come from elsewhere and can't be told in these words; they stay as they are."""
        away = Button(self.tr("Ask it always"), height=28, name="editor.show_always")
        away.clicked.connect(self._show_always)
        told = Notice(name="editor.show_if.kept")
        told.say(
            self.tr("It is asked under conditions of its own."),
            self.tr("They came with the form, say more than can be said here, and are kept as they are."),
        )
        return told, pane(hbox(away, STRETCH))

    def _rows(self, show: ShowIf) -> tuple[QWidget, ...]:
        several = len(show.looks) > 1
        rows: list[QWidget] = list(self._together(show)) if several else []
        for n in range(len(show.looks)):
            if n:
                rows.append(caption(self.tr("or") if show.any else self.tr("and")))
            rows.append(self.joined(LookRow(self._facts, self._line, show, n)))
        more = Button(self.tr("Add a condition"), icon="plus", height=28, name="editor.show.add")
        more.setEnabled(bool(self._asked))
        more.clicked.connect(self._add)
        return *rows, pane(hbox(more, STRETCH))

    def _together(self, show: ShowIf) -> tuple[QWidget, ...]:
        """The choice between all and any; an “is not” leaves none, and what is missing then is said."""
        words = [self.tr("All of these"), self.tr("Any of these")]
        choice = Segmented(words, int(show.any), height=28, name="editor.show.together")
        choice.setAccessibleName(self.tr("How many of the conditions have to hold"))
        choice.chosen.connect(self._join)
        negated = any(look.how is How.IS_NOT for look in show.looks)
        choice.button(1).setEnabled(not negated)
        told = ""
        if negated:
            told = self.tr("With an “is not” among them, all have to hold: other programs would read it otherwise.")
        elif show.any:
            told = self.tr("“Is not” can be chosen where all of these have to hold.")
        return pane(hbox(choice, STRETCH)), *((Prose(told, size=k.CAPTION, name="editor.show.hint"),) if told else ())

    def _turn(self, on: bool) -> None:
        show = ShowIf((first_look(self._facts, self._asked[-1].link_id),)) if on and self._asked else None
        self._say(show, "editor.show.0.question" if on else "editor.show_if")

    def _show_always(self) -> None:
        self._say(None, "editor.show_if")

    def _join(self, index: int) -> None:
        self.do(reshown(self._line.link_id, lambda show: show._replace(any=bool(index))), "editor.show.together")

    def _add(self) -> None:
        """One more look, at the nearest question that isn't looked at yet."""
        shown = self._line.show
        if shown is None:
            return
        looked = {look.question for look in shown.looks}
        names = [one.link_id for one in reversed(self._asked)]
        more = first_look(self._facts, next((one for one in names if one not in looked), names[0]))
        step = reshown(self._line.link_id, lambda show: show._replace(looks=(*show.looks, more)))
        self.do(step, f"editor.show.{len(shown.looks)}.question")

    def _say(self, show: ShowIf | None, focus: str) -> None:
        link_id = self._line.link_id
        self.do(drafted(lambda draft: editing.shown_if(draft, link_id, show)), focus)


class LookRow(Part):
    """One look: at which question, how, and which answer it has to have."""

    def __init__(self, facts: Facts, line: Entry, show: ShowIf, n: int) -> None:
        super().__init__()
        self._facts, self._line, self._show, self._n = facts, line, show, n
        self._look, self._name = show.looks[n], f"editor.show.{n}"
        item = facts.items.get(self._look.question)
        self._question: Select[str] = Select(self._questions())
        self._question.choose(self._look.question)
        self._question.chosen.connect(self._look_at)
        ways = comparisons(item) if item is not None else []
        if show.any and len(show.looks) > 1:
            ways = [(way, words) for way, words in ways if way != How.IS_NOT]
        self._how: Select[str] = Select(ways)
        self._how.choose(self._look.how.value)
        self._how.chosen.connect(self._compare)
        self._answer = AnswerPick(facts.formats, name=f"{self._name}.answer")
        self._answer.show_item(item)
        if self._look.answer is not None:
            self._answer.show_value(self._look.answer)
        self._answer.edited.connect(self._wait_for)
        self._answer_field = Field(self.tr("Answer"), self._answer, name=f"{self._name}.answer")
        self._answer_field.setHidden(self._look.how in _PLAIN or item is None)
        how = Field(self.tr("Its answer"), self._how, name=f"{self._name}.how")
        how.setHidden(item is None)
        question = Field(self.tr("Question"), self._question, name=f"{self._name}.question")
        below = pane(hbox((how, 2), (self._answer_field, 3), gap=12))
        self.setLayout(vbox(hbox((question, 1), self._away(), gap=4), below, gap=8))

    def _questions(self) -> list[tuple[str, str]]:
        """The questions that are asked before; one that is looked at already stays to be chosen wherever it stands."""
        asked = [(one.link_id, line_words(one)) for one in self._facts.before(self._line.link_id)]
        if self._look.question not in dict(asked):
            later = self._facts.lines.get(self._look.question)
            gone = self.tr("A question that was taken out") if later is None else line_words(later)
            asked.append((self._look.question, gone))
        return asked

    def _away(self) -> QWidget | None:
        if len(self._show.looks) == 1:
            return None
        tip = self.tr("Take this condition away")
        away = Button(kind=Weight.GHOST, icon="x", height=26, tip=tip, name=f"{self._name}.remove")
        away.clicked.connect(self._take_away)
        return pane(vbox(STRETCH, away, 3, gap=0))

    def _take_away(self) -> None:
        n = self._n
        step = reshown(self._line.link_id, lambda show: show._replace(looks=(*show.looks[:n], *show.looks[n + 1 :])))
        self.do(step, "editor.show.add")

    def _look_at(self, link_id: str) -> None:
        if link_id != self._look.question:
            self._say(first_look(self._facts, link_id), "question")

    def _compare(self, how: str) -> None:
        chosen = How(how)
        if chosen in _PLAIN:
            self._say(Look(self._look.question, chosen), "how")
            return
        self._answer_field.show()
        try:
            self._say(Look(self._look.question, chosen, self._answer.value()), "how")
        except Invalid:
            self._answer.setFocus()  # the condition stands once there is something to compare with

    def _wait_for(self) -> None:
        try:
            answer = self._answer.value()
        except Invalid:
            return  # what is half typed is no answer yet; the last one stands
        look = Look(self._look.question, How(self._how.value() or How.IS), answer)
        self.type(self._replaced(look), ("show", self._line.link_id, self._n))

    def _say(self, look: Look, part: str) -> None:
        self.do(self._replaced(look), f"{self._name}.{part}")

    def _replaced(self, look: Look) -> Step:
        n = self._n
        return reshown(
            self._line.link_id, lambda show: show._replace(looks=(*show.looks[:n], look, *show.looks[n + 1 :]))
        )


def reshown(link_id: str, change: Callable[[ShowIf], ShowIf]) -> Step:
    """Another condition, made of the one that stands by then: what was typed meanwhile stays."""

    def edit(draft: editing.Draft) -> editing.Draft:
        line = editing.entry(draft, link_id)
        assert line is not None
        assert line.show is not None
        return editing.shown_if(draft, link_id, change(line.show))

    return drafted(edit)


def first_look(facts: Facts, link_id: str) -> Look:
    """What is looked for in a question until somebody says more."""
    item = facts.items[link_id]
    if item.kind is Kind.BOOLEAN:
        return Look(link_id, How.IS, Value("boolean", True))
    if item.options:
        return Look(link_id, How.IS, item.options[0].value)
    return Look(link_id, How.ANSWERED)
