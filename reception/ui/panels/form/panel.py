"""The page on which a form is filled in for a client, signed and handed in; what was handed in is read here too."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import clock, forms, questionnaire, screening
from reception.domain.access import Act
from reception.domain.errors import DomainError, Invalid, Notice, Trouble
from reception.domain.forms import AnsweredBy, Answering, Response, Signature
from reception.domain.questionnaire import Filling
from reception.domain.screening import Task
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, ResponseId, StaffId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.outcomes import flags
from reception.ui.form import Bar, Desk, FormDialog, Since
from reception.ui.panels.form import deciding
from reception.ui.panels.form.bones import bones
from reception.ui.panels.form.column import Column, Who
from reception.ui.panels.form.decider import Decider
from reception.ui.panels.form.deciding import Verdicts
from reception.ui.panels.form.head import Head
from reception.ui.panels.form.meaning import Meaning
from reception.ui.panels.form.printing import save_pdf, signed_words
from reception.ui.panels.form.reading import Facts, read_asked, read_facts, read_meaning
from reception.ui.panels.form.work import Work, as_body, as_work
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, ErrorState, Hair, Kind, caption, hbox, pane, vbox
from reception.ui.workbench import Draft, Page, Where, Workbench

TOPICS = frozenset({"forms", "diary", "catalogue", "clients", "staff"})
_LEFT, _RIGHT = 236, 312
_ROOM_FOR_MEANING, _ROOM_FOR_STEPS = 1000, 740  # narrower pages let go of the right column, then of the left one
_MEANING_AFTER, _KEPT_AFTER = 150, 300  # milliseconds after an answer


class FormPage(QWidget):
    """One form of one client; `handing` names the draft that shall go to the client's own screen."""

    handing = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.bench = bench
        self._client: ClientId | None = None
        self._work: Work | None = None
        self._draft: str | None = None
        self._facts: Facts | None = None
        self._dialog: FormDialog | None = None
        self._verdicts: Verdicts = {}
        self._task: Task | None = None
        self._reading = 0
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keeping.timeout.connect(self.keep)
        self._weighing = QTimer(self, singleShot=True, interval=_MEANING_AFTER)
        self._build()
        self._refresher = Refresher(self, self._load_meaning, TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_unread_meaning)
        self._weighing.timeout.connect(self._refresher.request)
        self._connect()

    @property
    def dialog(self) -> FormDialog | None:
        """The form that is shown."""
        return self._dialog

    @property
    def facts(self) -> Facts | None:
        """What it is shown with."""
        return self._facts

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
        if draft.client is None:
            return
        if draft.id == self._draft:
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
        self._read_response(ResponseId(response), visit)

    def _open(self, client: ClientId, work: Work, draft: str | None) -> None:
        self._put_away()
        self._client, self._work, self._draft = client, work, draft
        self._read()

    def _put_away(self) -> None:
        """Parks what is half done; a form without an answer isn't worth a card."""
        if self._keeping.isActive():
            self._keeping.stop()
            self.keep()
        if self._draft is not None:
            lent = self.bench.drafts.is_lent(self._draft)
            if lent or (self._work is not None and self._work.is_begun()):
                self.bench.drafts.park(self._draft)
            else:
                self.bench.drafts.close(self._draft)
        self._draft = None
        self._work = self._facts = None
        self._forget_dialog()
        self._pages.setCurrentWidget(self._loading)

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._place.removeWidget(self._dialog)
            self._dialog.hide()
            self._dialog.deleteLater()
        self._dialog = None

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
        self._decider = Decider(self.bench, self)
        self._head, self._column, self._meaning = Head(self.bench), Column(), Meaning(self.bench.formats)
        self._left = pane(hbox((self._column, 1), Hair(vertical=True, strong=True), gap=0), "canvas", width=_LEFT)
        self._right = pane(hbox(Hair(vertical=True, strong=True), (self._meaning, 1), gap=0), "canvas", width=_RIGHT)
        self._place = vbox(gap=0)
        self._since = Since(name="form.since")
        self._asked_since = pane(vbox(self._since, margins=(20, 12, 20, 4)))
        self._amend = Button(self.tr("Correct it…"), icon="pen", name="form.amend")
        self._done = Button(self.tr("Close"), Kind.PRIMARY, key="Enter", name="form.done")
        locked = caption(self.tr("These answers are locked; a correction is a new form"), Tone.INK2, k.MEDIUM)
        self._pdf = Button(self.tr("Save as PDF…"), icon="print", name="form.pdf")
        self._foot = Bar((locked, 1), self._pdf, self._amend, self._done)
        middle = pane(vbox(self._asked_since, (self._place, 1), self._foot, gap=0), "surface")
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
        head, column = self._head, self._column
        head.park.clicked.connect(self._leave)
        head.hand.clicked.connect(self._hand_over)
        over = QShortcut(QKeySequence("F9"), self)
        over.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        over.activated.connect(head.hand.click)
        self._since.unchanged.connect(self._confirm_unchanged)
        self._since.changed.connect(self._ask_anew)
        head.close_button.clicked.connect(self._throw_away)
        column.chosen.connect(self._go_to_page)
        column.changed.connect(self._answer_changed)
        column.copy_asked.connect(self._copy)
        self._meaning.decided.connect(self._decide)
        self._decider.chosen.connect(self._choose_asked)
        self._amend.clicked.connect(self._begin_amending)
        self._done.clicked.connect(self._leave)
        self._pdf.clicked.connect(self._save_pdf)
        self._retry.clicked.connect(self._read)
        self.bench.drafts.kept.connect(self._show_kept)
        self.bench.person_changed.connect(self._show_deciding)

    def _fold(self) -> None:
        locked = self._facts is not None and self._facts.response is not None
        self._right.setVisible(self.width() >= _ROOM_FOR_MEANING)
        self._left.setVisible(self.width() >= _ROOM_FOR_STEPS and not locked)

    # read

    @action
    async def _read(self) -> None:
        """Reads the form and opens it with what was answered by now."""
        client, work = self._client, self._work
        if client is None or work is None:
            return
        self._reading += 1
        turn = self._reading
        try:
            facts = await read_facts(self.bench, client, work, None)
        except (DomainError, Trouble) as error:
            self._show_failure(error)
            return
        if turn == self._reading and self._work is work:
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
            self._client, self._work = given.client, work
            self._begin_reading(facts, given)

    def _begin(self, facts: Facts, work: Work) -> None:
        """Opens the form; answers to a version that is no longer asked are taken over into the one that is."""
        known = questionnaire.patient(facts.card.born)
        filling = Filling(facts.version.questionnaire, work.answers, today=self.bench.today(), patient=known)
        dialog = self._show_dialog(FormDialog(filling, self._desk()))
        if work.answers is not None:
            dialog.resume(work.unread, work.copied, work.page)
        if work.signature is not None:
            dialog.review.signing.put(work.signature)
        if work.version not in (None, facts.version.id):
            words = "“{form}” has changed since it was begun. What was answered stays; look for what is new."
            self.bench.refused.emit(Notice(words, form=facts.version.title))
        self._work = replace(work, version=facts.version.id)
        self._show_facts(facts)
        minor = facts.is_minor(self.bench.today())
        by = AnsweredBy(work.by) if work.by else AnsweredBy.STAFF
        self._column.show_who(Who(by, work.answerer, work.relation), minor=minor)
        self._column.show_copy(self._copy_words(facts) if work.amends is None else "")
        self._head.hand.setEnabled(work.amends is None and self.bench.may(Act.ANSWER))
        self._show_since(facts if work.amends is None and not work.is_begun() else None)
        dialog.changed.connect(self._answer_changed)
        dialog.turned.connect(self._show_steps)
        dialog.submitted.connect(self._finish)
        dialog.acted.connect(self._decide)
        self._show_steps()
        self._show_signer()

    def _begin_reading(self, facts: Facts, response: Response) -> None:
        today, form = self.bench.today(), facts.version.questionnaire
        dialog = self._show_dialog(FormDialog(Filling(form, response.answers, today=today), self._desk(), locked=True))
        if response.signature is not None:
            dialog.review.show_signature(response.signature.png, signed_words(self.bench, facts))
        self._show_facts(facts)
        self._show_since(None)
        self._done.setFocus()

    def _show_dialog(self, dialog: FormDialog) -> FormDialog:
        self._forget_dialog()
        self._dialog = dialog
        self._place.addWidget(dialog)
        return dialog

    def _show_facts(self, facts: Facts) -> None:
        self._facts, self._verdicts, self._task = facts, {}, None
        self.bench.backend.looked(ClientId(facts.card.id))
        self._head.show_facts(facts)
        self._foot.setVisible(facts.response is not None)
        self._amend.setEnabled(self.bench.may(Act.ANSWER))
        words = self.tr("What the answers mean is being read.")
        self._meaning.show_reading(words, final=facts.response is not None)
        self._fold()
        self._pages.setCurrentWidget(self._page)
        if self._dialog is not None:
            self._dialog.show()
        self._refresher.request()

    def _show_failure(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._failure.show_words(self.tr("The form could not be read"), words)
        self._pages.setCurrentWidget(self._failure)

    def _desk(self) -> Desk:
        return Desk(self.bench.formats, self.bench.today())

    def _copy_words(self, facts: Facts) -> str:
        if facts.earlier is None:
            return ""
        day = self.bench.formats.short(facts.earlier.day, self.bench.today())
        return self.tr("Copy from {day}…").format(day=day)

    # what the answers mean

    async def _load_meaning(self) -> None:
        facts, dialog = self._facts, self._dialog
        if facts is None or dialog is None:
            return
        answers = dialog.filling.response(completed=False)
        verdicts = await read_meaning(self.bench, facts, answers)
        task = await read_asked(self.bench, facts) if facts.response is not None else None
        if facts is self._facts:
            self.show_meaning(verdicts, task)

    def show_meaning(self, verdicts: Verdicts, task: Task | None) -> None:
        """Shows what the answers mean now, beside them and under those that block."""
        facts = self._facts
        if facts is None or self._dialog is None:
            return
        self._verdicts, self._task = verdicts, task
        final = facts.response is not None
        self._meaning.show_meaning(facts, verdicts, self._kept_words(facts), final=final)
        marks = flags(verdicts, facts.version.form)
        self._dialog.show_meaning(deciding.alarms(self.bench, facts, verdicts, self._asked()), marks)
        self._show_deciding()

    def _kept_words(self, facts: Facts) -> str:
        words = self.tr("Answers are kept with form version {number}.").format(number=facts.version.number)
        if facts.ruled is not None:
            words = self.tr("Answers and outcome are kept with form version {number}, rules of {day}.")
            words = words.format(number=facts.version.number, day=self.bench.formats.full(facts.ruled))
        owned = facts.version.questionnaire.copyright.strip()
        return f"{words}\n{owned}" if owned else words

    def _show_unread_meaning(self, error: DomainError | Trouble) -> None:
        """What isn't known must not look as if nothing stood against it."""
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        note = self.tr("What the answers mean could not be read: {why}").format(why=words)
        self._meaning.show_reading(note, final=False)

    def _show_deciding(self) -> None:
        facts = self._facts
        if facts is None:
            return
        title = deciding.heading(facts, self._task, self._asked(), self.bench)
        words = deciding.explanation(facts, self._verdicts)
        self._meaning.show_deciding(title, words, deciding.offers(self.bench, facts, self._verdicts, self._task))
        self._amend.setEnabled(self.bench.may(Act.ANSWER))

    def _asked(self) -> str:
        """Who is to be asked to decide, once the form is finished."""
        asked = self._work.asked if self._work is not None else None
        people = self._facts.clinicians if self._facts is not None else ()
        return next((person.name for person in people if person.id == asked), "")

    # answers

    def _show_since(self, facts: Facts | None) -> None:
        """Asks whether anything has changed since the answers of another day, before the first answer of this one."""
        earlier = facts.earlier if facts is not None else None
        day = self.bench.formats.short(earlier.day, self.bench.today()) if earlier is not None else ""
        self._since.show_day(day)
        self._asked_since.setVisible(bool(day))

    def _ask_anew(self) -> None:
        self._show_since(None)

    @action
    async def _confirm_unchanged(self) -> None:
        """Nothing has changed: the same answers stand again, with today's date."""
        facts, dialog = self._facts, self._dialog
        if facts is None or dialog is None or facts.earlier is None:
            return
        earlier = await self.bench.backend.read(forms.response, facts.earlier.id)
        self._show_since(None)
        self._column.show_copy("")
        dialog.confirm_unchanged(earlier.answers)

    def _answer_changed(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()
        self._weighing.start()
        self._show_signer()
        self._show_since(None)

    def keep(self) -> None:
        """Keeps all that was answered and typed by now."""
        dialog, facts, work = self._dialog, self._facts, self._work
        if dialog is None or facts is None or work is None or facts.response is not None:
            return
        answered, questions = dialog.filling.progress()
        who = self._column.who()
        signing = dialog.review.signing
        self._work = replace(
            work,
            answers=dialog.filling.response(completed=False),
            page=dialog.key,
            unread=dict(dialog.unread()),
            copied=dict(dialog.copied()),
            by=who.by.value,
            answerer=who.answerer,
            relation=who.relation,
            signature=signing.raw() if signing.pad.is_signed() else None,
            answered=answered,
            questions=questions,
        )
        words = self.tr("{name} {answered} of {asked}")
        title = words.format(name=facts.card.name, answered=answered, asked=questions)
        body = as_body(self._work)
        if self._draft is None:
            self._draft = self.bench.drafts.open("form", client=facts.card.id, title=title, body=body).id
        else:
            self.bench.drafts.keep(self._draft, body, title)

    def _show_kept(self, id: str) -> None:
        if id == self._draft:
            self._head.show_kept()

    def _show_steps(self) -> None:
        if self._dialog is not None:
            self._column.show_steps(self._dialog.steps(), *self._dialog.filling.progress())

    def _show_signer(self) -> None:
        if self._dialog is not None and self._facts is not None:
            who = self._column.who()
            signer = who.answerer if who.by is AnsweredBy.GUARDIAN else self._facts.card.name
            self._dialog.review.signing.show_signer(signer, self.bench.now(), self.bench.person.name)

    def _go_to_page(self, key: str) -> None:
        if self._dialog is not None:
            self._dialog.show_page(key)

    @action
    async def _copy(self) -> None:
        """Takes over what the client answered before; each answer waits for a yes."""
        facts, dialog = self._facts, self._dialog
        if facts is None or dialog is None or facts.earlier is None:
            return
        earlier = await self.bench.backend.read(forms.response, facts.earlier.id)
        day = self.bench.formats.short(facts.earlier.day, self.bench.today())
        words = self.tr("Copied from {day}. Is it still right?").format(day=day)
        dialog.copy(earlier.answers, words)
        self._column.show_copy("")

    # finishing

    @action
    async def _finish(self) -> None:
        """Hands the form in, once: the draft's id is the command's. Then it is locked and stays in sight."""
        facts, dialog = self._facts, self._dialog
        if facts is None or dialog is None or facts.response is not None:
            return
        self.keep()
        work, draft, verdicts = self._work, self._draft, self._verdicts
        try:
            response: ResponseId = await self.bench.backend.write(screening.answer, self._answering(), id=draft)
        except Invalid as error:
            told = self.bench.formats.sentence(error)
            if dialog is not self._dialog or not dialog.show_refusal(error.field, told):
                raise
            return
        self._keeping.stop()
        if draft is not None:
            self.bench.drafts.close(draft)
        words = self.tr("{form} finished for {name}")
        self.bench.said.emit(words.format(form=facts.version.title, name=facts.card.name), None)
        if dialog is self._dialog:  # somebody may have gone on to something else meanwhile
            self._draft = None
            self.show_response(response, work.appointment if work is not None else None)
        if work is not None and work.asked is not None:
            await self._decider.ask_all(facts, verdicts, response, work.asked)

    def _answering(self) -> Answering:
        facts, dialog, work = self._facts, self._dialog, self._work
        assert facts is not None
        assert dialog is not None
        assert work is not None
        who, now = self._column.who(), self.bench.now()
        name = {AnsweredBy.CLIENT: facts.card.name, AnsweredBy.STAFF: self.bench.person.name}.get(who.by, who.answerer)
        signed = dialog.review.signing.signed() if dialog.signs() else None
        role = AnsweredBy.GUARDIAN if who.by is AnsweredBy.GUARDIAN else AnsweredBy.CLIENT
        return Answering(
            version=facts.version.id,
            client=ClientId(facts.card.id),
            answers=dialog.filling.response(completed=True, at=now),
            answered_by=who.by,
            answerer=name,
            relation=who.relation,
            group=facts.group,
            signature=Signature(signed.png, signed.signer, role.value, signed.at) if signed is not None else None,
            amends=work.amends,
        )

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal where it belongs: at the guardian, at the signature, else in the window's banner."""
        sentence = self.bench.formats.sentence(error)
        if field in self._column.fields:
            self._column.fields[field].show_error(sentence)
            self._column.fields[field].control.setFocus()
        elif field == "signature" and self._dialog is not None:
            self._dialog.review.signing.show_problem(sentence)
        else:
            self.bench.refused.emit(error)

    def _begin_amending(self) -> None:
        """Begins a correction: a new form that starts from these answers (R35)."""
        facts, client, work = self._facts, self._client, self._work
        if facts is None or facts.response is None or client is None or work is None:
            return
        response = facts.response
        self._open(client, replace(work, amends=response.row.id, answers=response.answers), None)

    def _hand_over(self) -> None:
        """The client goes on with it on their own screen."""
        if self._facts is None or self._facts.response is not None:
            return
        self._keeping.stop()
        self.keep()
        if self._draft is not None:
            self.handing.emit(self._draft)

    # deciding

    def _decide(self, what: str) -> None:
        if self._facts is not None:
            self._decider.decide(what, self._facts, self._verdicts)

    def _choose_asked(self, person: StaffId) -> None:
        """Somebody is to be asked as soon as the form is finished."""
        if self._work is not None:
            self._work = replace(self._work, asked=person)
            self.keep()
            self.show_meaning(self._verdicts, self._task)

    @action
    async def _save_pdf(self) -> None:
        facts, dialog = self._facts, self._dialog
        if facts is None or dialog is None:
            return
        path = await save_pdf(self.bench, self.window(), facts, dialog.filling, self._head.facts.text())
        if path is not None:
            self.bench.said.emit(self.tr("Saved {file}").format(file=path.name), None)

    # leaving

    def _leave(self) -> None:
        """Goes back to the diary; what is half done is parked."""
        facts, client = self._facts, self._client
        visit = facts.visit if facts is not None else None
        if visit is not None:
            day = clock.local_date(visit.start, self.bench.formats.zone)
            self.bench.goto.emit(Where(Page.DIARY, client=int(visit.client), appointment=int(visit.id), day=day))
        else:
            self.bench.goto.emit(Where(Page.DIARY, client=None if client is None else int(client)))

    def _throw_away(self) -> None:
        """Closes the draft; the undo line brings it back."""
        if self._keeping.isActive():
            self._keeping.stop()
            self.keep()
        draft = self.bench.drafts.get(self._draft) if self._draft is not None else None
        begun = self._work is not None and self._work.is_begun()
        self._draft = None
        if draft is not None:
            self.bench.drafts.close(draft.id)
            if begun:

                async def bring_back() -> None:
                    self.bench.drafts.restore(draft)

                self.bench.said.emit(self.tr("Threw away the form of {name}").format(name=draft.title), bring_back)
        self._work = None
        self._leave()
