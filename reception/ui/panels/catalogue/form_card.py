"""One form beside the list: its versions, who requires it, what its answers mean, and what reading it found."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.forms import FormRow, Version
from reception.domain.screening import RuleRow
from reception.domain.tables.ids import FormId
from reception.ui import tokens as k
from reception.ui.dialogs.editing import counted
from reception.ui.dialogs.rule import effect_sign, rule_words
from reception.ui.dialogs.sheet import PAD, WIDTH
from reception.ui.panels.catalogue.parts import line, part
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Elided,
    Empty,
    Hair,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    hbox,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Paper:
    """A form with all its versions, the newest first, and the rules on its answers."""

    form: FormId
    versions: tuple[Version, ...]
    rules: tuple[RuleRow, ...]


class FormCard(QWidget):
    """A form with what rests on it; with the right to it, it is retired or brought back here."""

    turn_asked = Signal()
    edit_asked = Signal()
    print_asked = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedWidth(WIDTH)
        self.setObjectName("catalogue.form_card")
        self._none = Empty(
            "form", self.tr("No form is chosen"), self.tr("Choose one in the list to see what rests on it.")
        )
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="catalogue.form_card.title")
        self._about = Elided("", k.CAPTION, tone=Tone.INK2, name="catalogue.form_card.about")
        self._services = Prose(size=k.CAPTION, name="catalogue.form_card.services")
        self._rules, self._versions, self._report = (vbox(gap=0) for _ in range(3))
        self._turn = Button("", Kind.SECONDARY, height=28, name="catalogue.turn_form")
        self._turn_words = caption("", wrap=True)
        self._edit = Button(self.tr("Edit…"), icon="pen", height=28, name="catalogue.edit_form")
        tip = self.tr("An empty one, to be filled in with a pen (Ctrl+P)")
        self._print = Button(self.tr("Print…"), icon="print", height=28, tip=tip, name="catalogue.print_form")
        self._print.clicked.connect(self.print_asked)
        self._edit.clicked.connect(self.edit_asked)
        self._turn.clicked.connect(self.turn_asked)
        self._build()

    def show_none(self) -> None:
        """No form is chosen."""
        self._filled.hide()
        self._none.show()

    def show_form(self, form: FormRow, paper: Paper, *, mine: bool) -> None:
        """Shows a form; `mine` says whether it may be changed."""
        self._none.hide()
        self._filled.show()
        self._title.show_words(self.tr("{}, retired").format(form.title) if form.retired else form.title)
        questions = counted(form.questions, self.tr("1 question"), self.tr("{} questions"))
        answers = counted(form.responses, self.tr("answered once"), self.tr("answered {} times"))
        self._about.show_words(f"{questions} · {answers if form.responses else self.tr('not answered yet')}")
        self._services.show_words(", ".join(form.services) or self.tr("No service requires it."))
        self._show_rules(paper)
        self._show_versions(paper)
        self._show_report(paper)
        self._turn_part.setVisible(mine)
        self._edit.setVisible(mine)
        self._turn.show_words(self.tr("Bring back") if form.retired else self.tr("Retire"))
        self._turn.setEnabled(form.retired or not form.services)
        self._turn_words.setText(_turn_words(form, self))

    def _build(self) -> None:
        words = vbox(self._title, self._about, gap=1)
        head = hbox((words, 1), self._print, self._edit, gap=8, margins=(PAD, 8, 12, 8))
        self._turn_part = part(self._turn_words, hbox(self._turn, STRETCH), last=True)
        body = vbox(
            part(section(self.tr("Required by")), self._services),
            part(section(self.tr("What answers mean")), self._rules),
            part(section(self.tr("Versions")), self._versions),
            part(section(self.tr("What reading it found")), self._report),
            self._turn_part,
            STRETCH,
            gap=0,
        )
        self._filled = pane(vbox(pane(head, height=57), Hair(), (Scroller(pane(body)), 1), gap=0))
        inner = pane(vbox((self._none, 1), (self._filled, 1), gap=0), "canvas")
        self.setLayout(hbox(Hair(vertical=True, strong=True), (inner, 1), gap=0))
        self.show_none()

    def _show_rules(self, paper: Paper) -> None:
        clear(self._rules)
        for rule in paper.rules:
            second = rule.attention or rule_words(rule, rule.service_name, self.bench.formats)
            tone = Tone.WARN if rule.attention else Tone.INK2
            self._rules.addWidget(line(effect_sign(rule.draft.effect), rule.question, second, tone=tone))
        if not paper.rules:
            words = self.tr("No answer changes anything yet: rules stand beside the services that require it")
            self._rules.addWidget(caption(words, wrap=True))

    def _show_versions(self, paper: Paper) -> None:
        clear(self._versions)
        for version in paper.versions:
            day = self.bench.formats.full(version.published)
            words = self.tr("Version {}").format(version.number)
            asked = self.tr("published {}, asked now").format(day) if version is paper.versions[0] else day
            self._versions.addWidget(line(("history", Tone.INK3), words, asked))

    def _show_report(self, paper: Paper) -> None:
        clear(self._report)
        report = paper.versions[0].report if paper.versions else ()
        for repair in report:
            tone = Tone.WARN if repair.level == "limited" else Tone.INK3
            self._report.addWidget(Prose(repair.words, tone, k.CAPTION))
        if not report:
            self._report.addWidget(caption(self.tr("Nothing was repaired, and everything in it can be asked")))


def _turn_words(form: FormRow, card: QWidget) -> str:
    if form.retired:
        return card.tr("Brought back, services can require it again.")
    if form.services:
        return card.tr("A form that a service requires can’t be retired: take it off those services first.")
    return card.tr("Retired, it is asked no more. What was answered stays.")
