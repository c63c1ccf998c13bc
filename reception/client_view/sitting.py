"""One form in a client's hands: a greeting, its pages, their visit, the review, and what they hand in."""

from base64 import b64encode
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from reception.client_view.messages import Finished, Meaning, NotTaken, Open, State
from reception.client_view.visit import VisitPage
from reception.client_view.welcome import Welcome, Who
from reception.domain import questionnaire
from reception.domain.questionnaire import Filling
from reception.ui import tokens as k
from reception.ui.form import REVIEW, Alarm, Desk, FormDialog, Progress
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Elided, Hair, Kind, Notice, hbox, pane, vbox

_WIDEST = 940


class Sitting(QWidget):
    """What a client does with one form. `changed` tells that there is something new to keep, `turned` that it is wanted
    at once, `finished` what they hand in, and `staff_asked` that somebody who works here wants the screen.
    """

    changed = Signal()
    turned = Signal()
    finished = Signal(object)
    staff_asked = Signal()

    def __init__(self, opened: Open) -> None:
        super().__init__()
        self._opened = opened
        self._visit_seen = self._ready = False
        form = questionnaire.read_json(questionnaire.parse_json(opened.form)).form
        answers = questionnaire.parse_json(opened.state.answers) if opened.state.answers else None
        today = date.fromisoformat(opened.today)
        formats = Formats(opened.locale, opened.currency, ZoneInfo(opened.zone))
        filling = Filling(form, answers, today=today, patient=dict(opened.patient))
        self.dialog = FormDialog(filling, Desk(formats, today))
        self.welcome, self.visit = Welcome(), VisitPage()
        self._build()
        self._resume()
        self._show_progress()
        self._connect()

    def _connect(self) -> None:
        self.welcome.begun.connect(self._begin)
        self.welcome.unchanged.connect(self._begin_unchanged)
        self.welcome.edited.connect(self._change)
        self.visit.changed.connect(self._change)
        self.visit.back.connect(self._leave_visit)
        self.visit.next.connect(self._go_on_from_visit)
        self._staff.clicked.connect(self.staff_asked)
        self.dialog.changed.connect(self._change)
        self.dialog.turned.connect(self._turn)
        self.dialog.submitted.connect(self._submit)

    def _build(self) -> None:
        title = Elided(self.dialog.filling.form.title, k.HEADING, k.SEMIBOLD, name="client.title")
        clinic = Elided(self._opened.clinic, k.CAPTION, tone=Tone.INK2, name="client.clinic")
        self._staff = Button(self.tr("Staff"), Kind.GHOST, icon="lock", name="client.staff")
        self._progress = Progress(name="client.progress")
        head = hbox((vbox(title, clinic, gap=1), 1), self._staff, gap=8, margins=(20, 8, 12, 8))
        self._refusal = Notice(name="client.refusal")
        self._stages = QStackedWidget()
        for stage in (self.welcome, self.dialog, self.visit):
            self._stages.addWidget(stage)
        column = pane(vbox(pane(vbox(self._refusal, margins=(20, 8, 20, 0))), (self._stages, 1), gap=0))
        column.setMaximumWidth(_WIDEST)
        body = pane(hbox(STRETCH, (column, 1000), STRETCH, gap=0), "surface")
        self.setLayout(vbox(pane(head, "canvas"), self._progress, Hair(strong=True), (body, 1), gap=0))

    def _resume(self) -> None:
        """Goes on where the client was; whoever hasn't begun is greeted."""
        opened, state, dialog = self._opened, self._opened.state, self.dialog
        if state.answers:
            dialog.resume(state.unread or {}, state.copied or {}, state.page)
        signing = dialog.review.signing
        if state.signature is not None:
            signing.put(state.signature)
        signing.type_button.hide()  # a typed name needs a witness, who would have to be at this screen
        self.welcome.show_who(Who(state.answerer, state.relation))
        self.welcome.show_form(
            opened.name,
            dialog.filling.form.title,
            guardian=opened.guardian,
            since=opened.since,
            begun=bool(state.answered),
        )
        self.visit.show_visit(opened.visit, state.wishes)
        self.visit.show_extras(())

    # what the desk says

    def show_meaning(self, meaning: Meaning) -> None:
        """Shows what the clinic says to the answers, and what fits the visit by them."""
        self.dialog.show_meaning([Alarm(one.link_id, one.words, "", Tone.WARN) for one in meaning.advice], ())
        self.visit.show_extras(meaning.extras)

    def show_refusal(self, told: NotTaken) -> None:
        """Shows why the desk didn't take the answers: at its question, or above the form."""
        self._ready = False
        self._stages.setCurrentWidget(self.dialog)
        if not (told.link_id and self.dialog.show_refusal(told.link_id, told.sentence)):
            self._refusal.say(told.sentence, tone=Tone.DANGER)
        self.dialog.foot.finish_button.setEnabled(True)

    def _show_progress(self) -> None:
        answered, asked = self.dialog.filling.progress()
        self._progress.show_share(answered / asked if asked else 1.0)

    # the form

    def state(self) -> State:
        """All that stands there now, answered or only typed."""
        dialog = self.dialog
        answered, questions = dialog.filling.progress()
        who, signing = self.welcome.who(), dialog.review.signing
        return State(
            answers=questionnaire.dump_json(dialog.filling.response(completed=False)),
            page=dialog.key,
            unread=dict(dialog.unread()),
            copied=dict(dialog.copied()),
            answerer=who.answerer,
            relation=who.relation,
            signature=signing.raw() if signing.pad.is_signed() else None,
            answered=answered,
            questions=questions,
            wishes=self.visit.wishes(),
        )

    def _begin(self) -> None:
        self._stages.setCurrentWidget(self.dialog)
        self.dialog.show_page(self.dialog.key)
        signer = self.welcome.who().answerer if self._opened.guardian else self._opened.name
        self.dialog.review.signing.show_signer(signer, datetime.now(UTC), "")

    def _begin_unchanged(self) -> None:
        """Nothing has changed since another day: the same answers stand again, and what is wanting is gone to."""
        self._begin()
        self.dialog.confirm_unchanged(questionnaire.parse_json(self._opened.earlier))

    def _change(self) -> None:
        self._refusal.clear()
        self._show_progress()
        self.changed.emit()

    def _turn(self) -> None:
        """Before the review the client sees their visit, once the answers say what fits it."""
        self._show_progress()
        if self._stages.currentWidget() is not self.dialog:
            return
        if self.dialog.key != REVIEW:
            self._visit_seen = False
        elif self._opened.visit and not self._visit_seen:
            signs = self.tr("Next: Review and sign") if self.dialog.signs() else self.tr("Next: Review")
            self.visit.show_next(signs)
            self._stages.setCurrentWidget(self.visit)
            self.visit.next_button.setFocus()
            self.turned.emit()

    def _leave_visit(self) -> None:
        self._ready = False
        self._stages.setCurrentWidget(self.dialog)
        self.dialog.back()

    def _go_on_from_visit(self) -> None:
        self._visit_seen = True
        self._stages.setCurrentWidget(self.dialog)
        if self._ready:
            self._hand_in()
        else:
            self.dialog.foot.finish_button.setFocus()

    def _submit(self) -> None:
        if self._stages.currentWidget() is self.visit:
            self._ready = True
            self.visit.show_next(self.tr("Finish"))
        else:
            self._hand_in()

    def _hand_in(self) -> None:
        self._refusal.clear()
        self.dialog.foot.finish_button.setEnabled(False)
        signed = self.dialog.review.signing.signed() if self.dialog.signs() else None
        self.finished.emit(Finished(self.state(), b64encode(signed.png).decode("ascii") if signed else ""))
