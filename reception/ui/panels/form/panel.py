"""The page on which a form is filled in for a client, signed and handed in; what was handed in is read here too."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import clock, forms, questionnaire, screening
from reception.domain.access import Act
from reception.domain.errors import DomainError, Invalid, Notice, Trouble
from reception.domain.forms import AnsweredBy, Response
from reception.domain.questionnaire import Filling
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, ResponseId
from reception.ui.actions import action
from reception.ui.dialogs.printing import save_pdf
from reception.ui.form import Desk, FormDialog
from reception.ui.panels.form.bones import bones
from reception.ui.panels.form.column import Column, Who
from reception.ui.panels.form.earlier import Earlier
from reception.ui.panels.form.handing import LockedFoot, answering, show_signer
from reception.ui.panels.form.head import Head
from reception.ui.panels.form.keeping import Keeping
from reception.ui.panels.form.meaning import Meaning
from reception.ui.panels.form.opened import Opened
from reception.ui.panels.form.printing import given_paper, print_form, signed_words
from reception.ui.panels.form.reading import Facts, read_facts
from reception.ui.panels.form.weighing import Weighing
from reception.ui.panels.form.work import Work, as_work
from reception.ui.widgets import Button, ErrorState, Hair, hbox, pane, vbox
from reception.ui.workbench import Draft, Page, Where, Workbench

_LEFT, _RIGHT = 236, 312
_ROOM_FOR_MEANING, _ROOM_FOR_STEPS = 1000, 740  # narrower pages let go of the right column, then of the left one


class FormPage(QWidget):
    """One form of one client; `handing` names the draft that shall go to the client's own screen."""

    handing = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.bench = bench
        self._opened: Opened | None = None
        self._reading = 0
        self._read_again: Callable[[], None] = self._read
        self._head, self._column, self._meaning = Head(bench), Column(), Meaning(bench.formats)
        self._keeping = Keeping(bench, self._column, self)
        self._weighing = Weighing(bench, self._meaning, self)
        self._earlier = Earlier(bench, self._column, self)
        self._build()
        self._connect()

    @property
    def dialog(self) -> FormDialog | None:
        """The form that is shown."""
        return self._opened.dialog if self._opened is not None else None

    @property
    def facts(self) -> Facts | None:
        """What it is shown with."""
        return self._opened.facts if self._opened is not None else None

    # where it is

    def show_form(self, client: int, form: int, appointment: int | None = None) -> None:
        """Fills a form in for a client, perhaps for a visit: one that lies half done is gone on with."""
        for draft in self.bench.drafts.all():
            work = as_work(draft.body) if draft.kind == "form" else None
            if work is not None and (draft.client, work.form, work.appointment) == (client, form, appointment):
                self.show_draft(draft)
                return
        visit = None if appointment is None else AppointmentId(appointment)
        self._open(ClientId(client), Work(FormId(form), appointment=visit), None)

    def show_draft(self, draft: Draft) -> None:
        """Goes on with a form that was parked."""
        if draft.client is None or draft.id == self._keeping.draft:
            return
        if self.bench.drafts.is_lent(draft.id):
            self._ask_back(draft)
            return
        self._open(ClientId(draft.client), as_work(draft.body), draft.id)
        self.bench.drafts.take(draft.id)

    def _ask_back(self, draft: Draft) -> None:
        """It is on the client's own screen: the window asks whether it shall come back."""
        self.bench.goto.emit(Where(Page.DIARY))
        self.bench.goto.emit(Where(Page.FORM, draft=draft.id))

    def show_response(self, response: int, appointment: int | None = None) -> None:
        """Shows answers that were handed in; they are read and not changed."""
        self._put_away()
        visit = None if appointment is None else AppointmentId(appointment)
        self._read_again = partial(self._read_response, ResponseId(response), visit)
        self._read_again()

    def _open(self, client: ClientId, work: Work, draft: str | None) -> None:
        self._put_away()
        self._keeping.begin(client, work, draft)
        self._read_again = self._read
        self._read()

    def _put_away(self) -> None:
        """Parks what is half done, and leaves the place empty."""
        self._keeping.park()
        self._weighing.end()
        self._earlier.end()
        if self._opened is not None:
            dialog = self._opened.dialog
            self._place.removeWidget(dialog)
            dialog.hide()
            dialog.deleteLater()
        self._opened = None
        self._pages.setCurrentWidget(self._loading)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._put_away()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    # build

    def _build(self) -> None:
        self._left = pane(hbox((self._column, 1), Hair(vertical=True, strong=True), gap=0), "canvas", width=_LEFT)
        self._right = pane(hbox(Hair(vertical=True, strong=True), (self._meaning, 1), gap=0), "canvas", width=_RIGHT)
        self._place, self._foot = vbox(gap=0), LockedFoot()
        middle = pane(vbox(self._earlier.question, (self._place, 1), self._foot, gap=0), "surface")
        body = hbox(self._left, (middle, 1), self._right, gap=0)
        self._page = pane(vbox(self._head, (body, 1), gap=0))
        self._retry = Button(self.tr("Try again"), name="form.retry")
        self._failure = ErrorState(self.tr("The form could not be read"), "", self._retry, name="form.failure")
        self._loading = bones(_LEFT)
        self._pages = QStackedWidget()
        for page in (self._loading, self._page, self._failure):
            self._pages.addWidget(page)
        self.setLayout(vbox(self._pages, gap=0))

    def _connect(self) -> None:
        head, column, foot = self._head, self._column, self._foot
        head.park.clicked.connect(self._leave)
        head.hand.clicked.connect(self._hand_over)
        head.print_button.clicked.connect(self._print)
        head.close_button.clicked.connect(self._throw_away)
        for keys, button in (("F9", head.hand), (QKeySequence.StandardKey.Print, head.print_button)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        column.chosen.connect(self._go_to_page)
        column.changed.connect(self._answer_changed)
        self._weighing.chosen.connect(self._keeping.ask)
        foot.amend.clicked.connect(self._begin_amending)
        foot.done.clicked.connect(self._leave)
        foot.pdf.clicked.connect(self._save_pdf)
        self._retry.clicked.connect(self._try_again)
        self.bench.drafts.kept.connect(self._show_kept)
        self.bench.person_changed.connect(self._show_rights)

    def _fold(self) -> None:
        locked = self._opened is not None and self._opened.locked
        self._right.setVisible(self.width() >= _ROOM_FOR_MEANING)
        self._left.setVisible(self.width() >= _ROOM_FOR_STEPS and not locked)

    # read

    def _try_again(self) -> None:
        self._read_again()

    @action
    async def _read(self) -> None:
        """Reads the form and opens it with what was answered by now."""
        client, work = self._keeping.client, self._keeping.work
        if client is None or work is None:
            return
        self._reading += 1
        turn = self._reading
        try:
            facts = await read_facts(self.bench, client, work, None)
        except (DomainError, Trouble) as error:
            self._show_failure(error)
            return
        if turn == self._reading and self._keeping.work is work:
            self._begin(facts, work)

    @action
    async def _read_response(self, response: ResponseId, appointment: AppointmentId | None) -> None:
        self._reading += 1
        turn = self._reading
        try:
            given = await self.bench.backend.read(forms.response, response)
            work = Work(given.version.form, given.version.id, appointment)
            facts = await read_facts(self.bench, given.client, work, given)
        except (DomainError, Trouble) as error:
            self._show_failure(error)
            return
        if turn == self._reading:
            self._keeping.begin(given.client, work)
            self._begin_reading(facts, given)

    def _begin(self, facts: Facts, work: Work) -> None:
        """Opens the form; answers to a version that is no longer asked are taken over into the one that is."""
        known = questionnaire.patient(facts.card.born)
        filling = Filling(facts.version.questionnaire, work.answers, today=self.bench.today(), patient=known)
        dialog = FormDialog(filling, self._desk())
        if work.answers is not None:
            dialog.resume(work.unread, work.copied, work.page)
        if work.signature is not None:
            dialog.review.signing.put(work.signature)
        if work.version not in (None, facts.version.id):
            words = "“{form}” has changed since it was begun. What was answered stays; look for what is new."
            self.bench.refused.emit(Notice(words, form=facts.version.title))
        opened = Opened(facts, dialog)
        self._keeping.show(opened, replace(work, version=facts.version.id))
        minor = facts.is_minor(self.bench.today())
        by = AnsweredBy(work.by) if work.by else AnsweredBy.STAFF
        self._column.show_who(Who(by, work.answerer, work.relation), minor=minor)
        self._show(opened, work)
        if work.amends is None:
            self._earlier.begin(opened, begun=work.is_begun())
        dialog.changed.connect(self._answer_changed)
        dialog.turned.connect(self._show_steps)
        dialog.submitted.connect(self._finish)
        dialog.acted.connect(self._weighing.decide)
        self._show_steps()
        show_signer(self.bench, opened, self._column.who())

    def _begin_reading(self, facts: Facts, response: Response) -> None:
        today, form = self.bench.today(), facts.version.questionnaire
        dialog = FormDialog(Filling(form, response.answers, today=today), self._desk(), locked=True)
        if response.signature is not None:
            dialog.review.show_signature(response.signature.png, signed_words(self.bench, facts))
        self._show(Opened(facts, dialog), Work(facts.version.form))
        self._foot.done.setFocus()

    def _show(self, opened: Opened, work: Work) -> None:
        self._opened = opened
        self._place.addWidget(opened.dialog)
        self.bench.backend.looked(ClientId(opened.facts.card.id))
        self._head.show_facts(opened.facts)
        self._head.hand.setEnabled(work.amends is None and self.bench.may(Act.ANSWER))
        self._foot.setVisible(opened.locked)
        self._show_rights()
        self._fold()
        self._pages.setCurrentWidget(self._page)
        opened.dialog.show()
        self._weighing.begin(opened, work.asked)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The form could not be read"), words)
        self._pages.setCurrentWidget(self._failure)

    def _desk(self) -> Desk:
        return Desk(self.bench.formats, self.bench.today())

    def _show_rights(self) -> None:
        """Shows what whoever is at the desk may do."""
        self._foot.amend.setEnabled(self.bench.may(Act.ANSWER))

    # answers

    def _answer_changed(self) -> None:
        self._keeping.soon()
        self._weighing.soon()
        self._earlier.question.hide()
        if self._opened is not None:
            show_signer(self.bench, self._opened, self._column.who())

    def _show_kept(self, id: str) -> None:
        if id == self._keeping.draft:
            self._head.show_kept()

    def _show_steps(self) -> None:
        if self._opened is not None:
            dialog = self._opened.dialog
            self._column.show_steps(dialog.steps(), *dialog.filling.progress())

    def _go_to_page(self, key: str) -> None:
        if self._opened is not None:
            self._opened.dialog.show_page(key)

    # finishing

    @action
    async def _finish(self) -> None:
        """Hands the form in, once: the draft's id is the command's. Then it is locked and stays in sight."""
        opened, keeping, verdicts = self._opened, self._keeping, self._weighing.verdicts
        if opened is None or opened.locked:
            return
        keeping.keep()
        work, draft = keeping.work, keeping.draft
        assert work is not None
        assert draft is not None
        given = answering(self.bench, opened, work, self._column.who())
        try:
            response: ResponseId = await self.bench.backend.write(screening.answer, given, id=draft)
        except Invalid as error:
            told = self.bench.formats.sentence(error)
            if opened is not self._opened or not opened.dialog.show_refusal(error.field, told):
                raise
            return
        self.bench.drafts.close(draft)
        facts, words = opened.facts, self.tr("{form} finished for {name}")
        self.bench.said.emit(words.format(form=facts.version.title, name=facts.card.name), None)
        if opened is self._opened:  # somebody may have gone on to something else meanwhile
            keeping.end()
            self.show_response(response, work.appointment)
        if work.asked is not None:
            self._weighing.decider.ask_of(draft, facts, verdicts, response, work.asked)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal where it belongs: at the guardian, at the signature, else in the window's banner."""
        sentence = self.bench.formats.sentence(error)
        if field in self._column.fields:
            self._column.fields[field].show_error(sentence)
            self._column.fields[field].control.setFocus()
        elif field == "signature" and self._opened is not None:
            self._opened.dialog.review.signing.show_problem(sentence)
        else:
            self.bench.refused.emit(error)

    def _begin_amending(self) -> None:
        """Begins a correction: a new form that starts from these answers (R35)."""
        client, work, facts = self._keeping.client, self._keeping.work, self.facts
        if facts is None or facts.response is None or client is None or work is None:
            return
        response = facts.response
        self._open(client, replace(work, amends=response.row.id, answers=response.answers), None)

    # handing on

    def _hand_over(self) -> None:
        """The client goes on with it on their own screen."""
        if self._opened is None or self._opened.locked:
            return
        self._keeping.keep()
        if self._keeping.draft is not None:
            self.handing.emit(self._keeping.draft)

    @action
    async def _print(self) -> None:
        if self._opened is not None:
            facts, dialog = self._opened
            await print_form(self.bench, self.window(), facts, dialog.filling, self._head.facts.text())

    @action
    async def _save_pdf(self) -> None:
        if self._opened is not None:
            facts, dialog = self._opened
            paper = given_paper(self.bench, facts, dialog.filling, self._head.facts.text())
            await save_pdf(self.bench, self.window(), paper)

    # leaving

    def _leave(self) -> None:
        """Goes back to the diary; what is half done is parked."""
        client, facts = self._keeping.client, self.facts
        visit = facts.visit if facts is not None else None
        if visit is not None:
            day = clock.local_date(visit.start, self.bench.formats.zone)
            self.bench.goto.emit(Where(Page.DIARY, client=int(visit.client), appointment=int(visit.id), day=day))
        else:
            self.bench.goto.emit(Where(Page.DIARY, client=None if client is None else int(client)))

    def _throw_away(self) -> None:
        self._keeping.throw_away()
        self._leave()
