"""One entry of the form as it is edited: its kind, its words, its answers, and when it is asked."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import SIGNATURE, Entry, Sort
from reception.ui import tokens as k
from reception.ui.dialogs.rule import rule_words
from reception.ui.dialogs.sheet import PAD
from reception.ui.panels.editor.answers import AnswerList, offers_answers
from reception.ui.panels.editor.bits import Part, Region, block
from reception.ui.panels.editor.condition import ShowIfPart
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.follow import Compared, is_compared
from reception.ui.panels.editor.kinds import KindsPart
from reception.ui.panels.editor.limits import LimitsPart, is_limited
from reception.ui.panels.editor.outline import FORM
from reception.ui.panels.editor.state import drafted
from reception.ui.panels.editor.total import TotalPart
from reception.ui.panels.editor.words import ASKED, sort_words
from reception.ui.widgets import (
    STRETCH,
    Button,
    Check,
    Elided,
    Field,
    Hair,
    LineEdit,
    Notice,
    Prose,
    Select,
    TextArea,
    hbox,
    pane,
    vbox,
)

_LINES = 3


class Card(Part):
    """The entry that is chosen. Which answer lies open is remembered while the entry is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor.card")
        self._key, self._open = FORM, None
        self._facts: Facts | None = None
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="editor.card.title")
        self._region = Region("surface")
        head = pane(hbox((self._title, 1), margins=(PAD, 0, PAD, 0)), height=44)
        self.setLayout(vbox(head, Hair(), (self._region, 1), gap=0))

    _open: int | None

    def show_entry(self, facts: Facts, key: str, focus: str = "") -> None:
        """Shows an entry, or the form itself, anew; the keyboard goes to the control that is named."""
        if key != self._key:
            self._open = None
        top = self._region.verticalScrollBar().value() if key == self._key else 0
        self._facts, self._key = facts, key
        self._region.show_parts(self._parts(facts, facts.lines.get(key)))
        self._region.verticalScrollBar().setValue(top)
        if focus:
            self.go_to(focus)

    def go_to(self, name: str = "") -> None:
        """Takes the keyboard to a control, or to the first there is; words that stand in it are chosen."""
        found = self.findChild(QWidget, name) if name else None
        wanted = found if found is not None else self.findChild(QWidget, "editor.words")
        if wanted is None:
            return
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(wanted, QLineEdit | QPlainTextEdit):
            wanted.selectAll()
        self._region.ensureWidgetVisible(wanted, 0, 40)

    def _parts(self, facts: Facts, line: Entry | None) -> list[QWidget]:
        if line is None:
            self._title.show_words(self.tr("The form"))
            return self._of_form(facts)
        self._title.show_words(sort_words(line.sort))
        match line.sort:
            case Sort.SIGNATURE:
                words = self.tr("The client, or a guardian, signs at the end, after looking through all answers.")
                return [block(self.tr("Signature"), Prose(words), last=True)]
            case Sort.TOTAL:
                total = self.joined(TotalPart(facts, line))
                return [
                    block(self.tr("What it is called"), self._words(line, lines=1)),
                    block(self.tr("What it adds up"), total),
                    block(self.tr("What follows from it"), self.joined(Compared(facts, line))),
                    self._condition(facts, line),
                ]
            case _:
                return self._of_question(facts, line)

    def _of_form(self, facts: Facts) -> list[QWidget]:
        draft = facts.state.draft
        name = LineEdit(draft.title, self.tr("What the form is called"), name="editor.words")
        name.setAccessibleName(self.tr("Name of the form"))
        name.edited.connect(self._retitle)
        about = TextArea(str(draft.json.get("description") or ""), lines=_LINES, name="editor.about")
        about.setAccessibleName(self.tr("What it is for"))
        about.edited.connect(self._describe)
        signed = Check(self.tr("The client signs at the end"), name="editor.signed")
        signed.setChecked(editing.is_signed(draft))
        signed.toggled.connect(self._sign)
        number = Button(self.tr("Number the questions anew"), height=28, name="editor.number")
        number.clicked.connect(self._number)
        asked = any(line.sort.asks for line in facts.entries)
        number.setEnabled(asked)
        words = self.tr("Add the first question with Add above the list. Sections make pages of what belongs together.")
        parts = [
            block(self.tr("Name"), name),
            block(self.tr("What it is for"), about),
            block(self.tr("All questions"), signed, hbox(number, STRETCH)),
        ]
        if facts.recommended():
            parts.insert(1, block(self.tr("What its answers decide"), self.joined(KindsPart(facts))))
        return parts if asked else [*parts, block(self.tr("Begin"), Prose(words), last=True)]

    def _of_question(self, facts: Facts, line: Entry) -> list[QWidget]:
        parts = [block(self._head(line), *self._what(line))]
        if line.calculated:
            parts.append(block(self.tr("Calculated (read only)"), self._expression(line)))
        if is_limited(line) and line.sort is not Sort.PICK_SEVERAL:
            parts.append(block(self.tr("What can be answered"), self.joined(LimitsPart(facts, line))))
        if offers_answers(line):
            answers = AnswerList(facts, line, self._open)
            self.joined(answers)
            answers.opened.connect(self._turn)
            limits = self.joined(LimitsPart(facts, line)) if is_limited(line) else None
            parts.append(block(self.tr("Answers"), answers, limits))
        elif line.listed:
            words = self.tr("Its answers come from a list of codes that came with the form, and are kept as they are.")
            parts.append(block(self.tr("Answers"), Prose(words)))
        if is_compared(facts, line):
            parts.append(block(self.tr("What follows from it"), self.joined(Compared(facts, line))))
        beside = [one for one in facts.around.rules if one.draft.link_id == line.link_id]
        if beside:
            told = (f"{one.service_name}: {rule_words(one, self.tr('it'), facts.formats)}" for one in beside)
            parts.append(block(self.tr("Rules that stand beside the services"), *map(Prose, told)))
        parts.append(self._condition(facts, line))
        return parts

    def _head(self, line: Entry) -> str:
        if line.sort is Sort.SECTION:
            return self.tr("What the section is called")
        return self.tr("What is said") if line.sort is Sort.WORDS else self.tr("What is asked")

    def _what(self, line: Entry) -> list[QWidget]:
        found: list[QWidget] = [self._words(line, lines=1 if line.sort is Sort.SECTION else 2)]
        if line.sort is Sort.SECTION:
            return found
        if line.sort in ASKED and not line.calculated:
            kind: Select[Sort] = Select([(sort, sort_words(sort)) for sort in ASKED])
            kind.choose(line.sort)
            kind.chosen.connect(self._resort)
            found.append(Field(self.tr("Kind of answer"), kind, name="editor.kind"))
        if not line.sort.asks:
            return found
        help_ = LineEdit(line.help)
        help_.edited.connect(self._help)
        found.append(Field(self.tr("What helps to answer"), help_, name="editor.help"))
        needed = Check(self.tr("Must be answered"), name="editor.required")
        needed.setChecked(line.required)
        needed.setEnabled(not line.calculated)
        needed.toggled.connect(self._require)
        return [*found, needed]

    def _words(self, line: Entry, *, lines: int) -> QWidget:
        words: LineEdit | TextArea
        words = LineEdit(line.words) if lines == 1 else TextArea(line.words, lines=lines)
        words.setObjectName("editor.words")
        words.setAccessibleName(self._head(line))
        words.edited.connect(self._reword)
        return words

    def _expression(self, line: Entry) -> QWidget:
        notice = Notice(name="editor.calculated")
        words = self.tr("The form works it out itself. The expression came with the form and is kept: {}")
        notice.say(self.tr("Nobody types this answer."), words.format(line.calculated))
        return notice

    def _condition(self, facts: Facts, line: Entry) -> QWidget:
        return block(self.tr("When it is asked"), self.joined(ShowIfPart(facts, line)), last=True)

    # slots

    def _turn(self, n: int) -> None:
        self._open = None if self._open == n else n
        if self._facts is not None:
            self.show_entry(self._facts, self._key, f"editor.answer.{n}.follows")

    def _reword(self) -> None:
        link_id, words = self._key, _typed(self.sender())
        self.type(drafted(lambda draft: editing.reworded(draft, link_id, words)), ("words", link_id))

    def _help(self) -> None:
        link_id, words = self._key, _typed(self.sender())
        self.type(drafted(lambda draft: editing.helped(draft, link_id, words)), ("help", link_id))

    def _retitle(self) -> None:
        words = _typed(self.sender())
        self.type(drafted(lambda draft: editing.retitled(draft, words)), "title")

    def _describe(self) -> None:
        words = _typed(self.sender())
        self.type(drafted(lambda draft: editing.described(draft, words)), "about")

    def _require(self, needed: bool) -> None:
        link_id = self._key
        self.type(drafted(lambda draft: editing.required(draft, link_id, needed=needed)), None)

    def _resort(self, sort: Sort) -> None:
        link_id = self._key
        self.do(drafted(lambda draft: editing.resorted(draft, link_id, sort)), "editor.kind")

    def _sign(self, asked: bool) -> None:
        self.type(drafted(lambda draft: editing.signed(draft, asked=asked)), None)

    def _number(self) -> None:
        self.do(drafted(editing.numbered), "editor.number")


def is_entry(key: str) -> bool:
    """Whether a line stands for a question, a section or words, which have words of their own to type."""
    return key not in (FORM, SIGNATURE)


def _typed(field: Any) -> str:
    words = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    return str(words).strip()
