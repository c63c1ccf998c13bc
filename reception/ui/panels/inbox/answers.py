"""Answers from a client's screen, looked over before they count: what was said, and what it would mean."""

from PySide6.QtWidgets import QWidget

from reception.domain import inbox
from reception.domain.access import Act
from reception.domain.forms import AnsweredBy
from reception.domain.inbox import Submission
from reception.domain.questionnaire import Filling
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.ask import ask_text
from reception.ui.dialogs.outcomes import flags, outcome_words, why_words
from reception.ui.form import Bar, Desk, FormDialog
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Chip,
    Elided,
    Hair,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    hbox,
    label,
    pane,
    vbox,
)
from reception.ui.workbench import Workbench

_RIGHT, _PAD = 300, 16


class AnswersView(QWidget):
    """One submission: accepted it becomes a response of the client, given back it counts for nothing (R35)."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.setObjectName("inbox.review")
        self.bench = bench
        self._shown: Submission | None = None
        self._dialog: FormDialog | None = None
        self._avatar = Avatar(size=34)
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="inbox.title")
        self._facts = Elided("", k.CAPTION, tone=Tone.INK2, name="inbox.facts")
        self._place, self._outcomes = vbox(gap=0), vbox(gap=0)
        words = vbox(self._title, self._facts, gap=1)
        head = pane(hbox(self._avatar, (words, 1), gap=8, margins=(20, 11, 20, 11)))
        title = label(self.tr("What the answers would mean"), k.CAPTION, k.SEMIBOLD, Tone.INK2)
        column = pane(vbox(title, 2, self._outcomes, STRETCH, gap=0, margins=(_PAD, 14, _PAD, 14)))
        right = pane(hbox(Hair(vertical=True, strong=True), (Scroller(column), 1), gap=0), "canvas", width=_RIGHT)
        note = caption(self.tr("Accepted, they count from today and can no longer be changed"), Tone.INK2, k.MEDIUM)
        self._back = Button(self.tr("Give back…"), name="inbox.give_back")
        self.accept = Button(self.tr("Accept"), Kind.PRIMARY, key="Enter", name="inbox.accept")
        foot = Bar((note, 1), self._back, self.accept)
        middle = pane(vbox((self._place, 1), foot, gap=0), "surface")
        body = hbox((middle, 1), right, gap=0)
        self.setLayout(vbox(pane(vbox(head, Hair(strong=True), gap=0), "surface"), (body, 1), gap=0))
        self._back.clicked.connect(self._give_back)
        self.accept.clicked.connect(self._accept)
        self.setFocusProxy(self.accept)

    def show_submission(self, submission: Submission) -> None:
        """Shows answers, the flagged ones first, and the outcome for each service."""
        self._shown = submission
        handed, version = submission.handed, submission.version
        self._avatar.show_name(handed.client_name)
        words = self.tr("{title}, version {number}").format(title=version.title, number=version.number)
        self._title.show_words(words)
        self._facts.show_words(" · ".join((handed.client_name, *self._about(submission))))
        self._show_answers(submission)
        clear(self._outcomes)
        for n, service in enumerate(submission.verdicts):
            if n:
                self._outcomes.addWidget(Hair())
            self._outcomes.addWidget(self._outcome(submission, service))
        if not submission.verdicts:
            self._outcomes.addWidget(Prose(self.tr("No service asks about these answers."), Tone.INK2, k.CAPTION))
        may = self.bench.may(Act.ANSWER)
        self.accept.setEnabled(may)
        self._back.setEnabled(may)

    def _show_answers(self, submission: Submission) -> None:
        if self._dialog is not None:
            self._place.removeWidget(self._dialog)
            self._dialog.hide()
            self._dialog.deleteLater()
        today = self.bench.today()
        filling = Filling(submission.version.questionnaire, submission.answers, today=today)
        dialog = self._dialog = FormDialog(filling, Desk(self.bench.formats, today), locked=True)
        dialog.show_meaning((), flags(submission.verdicts, submission.version.form))
        if submission.signature is not None:
            signature = submission.signature
            words = self.tr("Signed by {name}, {when}")
            when = self.bench.formats.when(signature.at, today)
            dialog.review.show_signature(signature.png, words.format(name=signature.signer, when=when))
        self._place.addWidget(dialog)
        dialog.show()

    def _about(self, submission: Submission) -> list[str]:
        formats, today = self.bench.formats, self.bench.today()
        when = formats.when(submission.handed.at, today)
        when = when[0].lower() + when[1:] if when.startswith(self.tr("Today")) else when
        if submission.answered_by is AnsweredBy.GUARDIAN:
            words = self.tr("answered by {name}, {relation}, {when}")
            told = [words.format(name=submission.answerer, relation=submission.relation, when=when)]
        else:
            told = [self.tr("answered by the client, {when}").format(when=when)]
        day = submission.handed.day
        if day is not None:
            told.append(self.tr("for the visit of {day}").format(day=formats.short(day, today)))
        return told

    def _outcome(self, submission: Submission, service: object) -> QWidget:
        verdict = next(one for key, one in submission.verdicts.items() if key == service)
        name = submission.names.get(verdict.service, "")
        words, tone, icon = outcome_words(verdict.outcome)
        chip = Chip(words, tone, icon, name=f"inbox.outcome.{verdict.service}")
        why = why_words(verdict, submission.version, self.bench.formats)
        row = hbox((Elided(name, weight=k.MEDIUM), 1), chip, gap=8)
        made = pane(vbox(row, Prose(why, Tone.INK2, k.CAPTION), gap=3, margins=(0, 8, 0, 9)))
        made.setAccessibleName(f"{name}: {words}. {why}")
        return made

    @action
    async def _accept(self) -> None:
        shown = self._shown
        if shown is None:
            return
        await self.bench.backend.write(inbox.accept, shown.handed.id)
        words = self.tr("Took {form} into the record of {name}")
        self.bench.said.emit(words.format(form=shown.version.title, name=shown.handed.client_name), None)

    @action
    async def _give_back(self) -> None:
        shown = self._shown
        if shown is None:
            return
        title = self.tr("Give the answers back?")
        words = self.tr("They count for nothing then. The reason is kept with them.")
        field, button = self.tr("Reason"), self.tr("Give back")
        reason = await ask_text(self, title, words=words, field=field, button=button)
        if reason is None:
            return
        await self.bench.backend.write(inbox.give_back, shown.handed.id, reason)
        said = self.tr("Gave {form} back to {name}")
        self.bench.said.emit(said.format(form=shown.version.title, name=shown.handed.client_name), None)
