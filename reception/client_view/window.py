"""The client's window: a greeting, the form page by page, their visit, and nothing that leads anywhere else."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from reception.client_view import covers
from reception.client_view.covers import Cover
from reception.client_view.messages import (
    Close,
    Draft,
    Finished,
    Left,
    Meaning,
    Message,
    NotTaken,
    Open,
    Pin,
    PinRight,
    PinWrong,
    State,
    Taken,
)
from reception.client_view.pad import PinPad
from reception.client_view.visit import VisitPage
from reception.client_view.welcome import Welcome, Who
from reception.domain import questionnaire
from reception.domain.questionnaire import Filling
from reception.ui import tokens as k
from reception.ui.form import REVIEW, Alarm, Desk, FormDialog, Progress
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Elided, Hair, Kind, Notice, hbox, pane, vbox

_KEPT_AFTER = 300  # milliseconds after an answer
_WIDEST = 940
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.Wheel,
    }
)


class Idle(NamedTuple):
    """Milliseconds without a touch until it is asked whether somebody is there, and from then until it locks."""

    asks: int = 150_000
    locks: int = 30_000


_PATIENCE = Idle()


class ClientWindow(QWidget):
    """One form in front of a client. What they answer is told to the desk at once; only a PIN leads out of it.

    `closed` is said when the screen has been given back.
    """

    closed = Signal()

    def __init__(self, send: Callable[[Message], None], idle: Idle = _PATIENCE) -> None:
        super().__init__()
        self.setObjectName("client")
        self.setWindowTitle(self.tr("Form"))
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._send = send
        self._may_close = self._done = self._visit_seen = self._ready = False
        self._before = Cover.FORM
        self._opened: Open | None = None
        self._dialog: FormDialog | None = None
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keeping.timeout.connect(self.keep)
        self._asking = QTimer(self, singleShot=True, interval=idle.asks)
        self._locking = QTimer(self, singleShot=True, interval=idle.locks)
        self._build()
        self._connect()
        self.show_cover(Cover.WAITING)

    @property
    def dialog(self) -> FormDialog | None:
        """The form that is filled in."""
        return self._dialog

    def cover(self) -> Cover:
        """What is in front."""
        return next(name for name, page in self._covers.items() if page is self._pages.currentWidget())

    # build

    def _build(self) -> None:
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="client.title")
        self._clinic = Elided("", k.CAPTION, tone=Tone.INK2, name="client.clinic")
        self.staff = Button(self.tr("Staff"), Kind.GHOST, icon="lock", name="client.staff")
        self._progress = Progress(name="client.progress")
        words = vbox(self._title, self._clinic, gap=1)
        head = hbox((words, 1), self.staff, gap=8, margins=(20, 8, 12, 8))
        self.welcome, self.visit, self.pad = Welcome(), VisitPage(), PinPad()
        self._refusal = Notice(name="client.refusal")
        self._place = vbox(gap=0)
        self._form = pane(self._place)
        self._stages = QStackedWidget()
        for stage in (self.welcome, self._form, self.visit):
            self._stages.addWidget(stage)
        column = pane(vbox(pane(vbox(self._refusal, margins=(20, 8, 20, 0))), (self._stages, 1), gap=0))
        column.setMaximumWidth(_WIDEST)
        body = pane(hbox(STRETCH, (column, 1000), STRETCH, gap=0), "surface")
        work = pane(vbox(pane(head, "canvas"), self._progress, Hair(strong=True), (body, 1), gap=0))
        self._still, self._locked, self._choice = covers.still(), covers.locked(), covers.choice()
        self._thanks = covers.thanks()
        self._covers: dict[Cover, QWidget] = {
            Cover.WAITING: covers.waiting(),
            Cover.FORM: work,
            Cover.STILL: self._still,
            Cover.LOCKED: self._locked,
            Cover.PAD: self.pad,
            Cover.CHOICE: self._choice,
            Cover.THANKS: self._thanks,
        }
        self._pages = QStackedWidget()
        for page in self._covers.values():
            self._pages.addWidget(page)
        self.setLayout(vbox(self._pages, gap=0))

    def _connect(self) -> None:
        self.welcome.begun.connect(self._begin)
        self.welcome.unchanged.connect(self._begin_unchanged)
        self.welcome.edited.connect(self._change)
        self.visit.changed.connect(self._change)
        self.visit.back.connect(self._leave_visit)
        self.visit.next.connect(self._go_on_from_visit)
        self.staff.clicked.connect(self._ask_pin)
        self.pad.typed.connect(self._give_pin)
        self.pad.left.connect(self._leave_pad)
        (go_on,) = self._still.buttons
        (unlock,) = self._locked.buttons
        stay, take = self._choice.buttons
        (end,) = self._thanks.buttons
        for button in (go_on, stay):
            button.clicked.connect(self._go_on)
        take.clicked.connect(self._give_back)
        for button in (unlock, end):
            button.clicked.connect(self._ask_pin)
        self._asking.timeout.connect(self._ask_still)
        self._locking.timeout.connect(self._lock)

    # what the desk says

    def take(self, message: Message) -> None:
        """Does what the desk says."""
        match message:
            case Open():
                self._open(message)
            case Meaning():
                self._show_meaning(message)
            case PinRight():
                self._let_through()
            case PinWrong():
                self.pad.show_wrong(message)
            case Taken():
                self._done = True
                self.show_cover(Cover.THANKS)
            case NotTaken():
                self._show_refusal(message)
            case Close():
                self.end()
            case _:
                return  # the rest is for the desk

    def _open(self, opened: Open) -> None:
        self._opened = opened
        form = questionnaire.read_json(questionnaire.parse_json(opened.form)).form
        answers = questionnaire.parse_json(opened.state.answers) if opened.state.answers else None
        today = date.fromisoformat(opened.today)
        formats = Formats(opened.locale, opened.currency, ZoneInfo(opened.zone))
        filling = Filling(form, answers, today=today, patient=dict(opened.patient))
        self._show_dialog(FormDialog(filling, Desk(formats, today)), opened)
        self._title.show_words(form.title)
        self._clinic.show_words(opened.clinic)
        self.welcome.show_who(Who(opened.state.answerer, opened.state.relation))
        self.welcome.show_form(
            opened.name,
            form.title,
            guardian=opened.guardian,
            since=opened.since,
            begun=bool(opened.state.answered),
        )
        self.visit.show_visit(opened.visit, opened.state.wishes)
        self.visit.show_extras(())
        self._stages.setCurrentWidget(self.welcome)
        self.show_cover(Cover.FORM)
        self._show_progress()
        self.welcome.begin.setFocus()

    def _show_dialog(self, dialog: FormDialog, opened: Open) -> None:
        self._dialog = dialog
        self._place.addWidget(dialog)
        state = opened.state
        if state.answers:
            dialog.resume(state.unread or {}, state.copied or {}, state.page)
        signing = dialog.review.signing
        if state.signature is not None:
            signing.put(state.signature)
        signing.type_button.hide()  # a typed name needs a witness, who would have to be at this screen
        signer = state.answerer if opened.guardian else opened.name
        signing.show_signer(signer, datetime.now(UTC), "")
        dialog.changed.connect(self._change)
        dialog.turned.connect(self._turn)
        dialog.submitted.connect(self._submit)

    def _show_meaning(self, meaning: Meaning) -> None:
        if self._dialog is not None:
            alarms = [Alarm(one.link_id, one.words, "", Tone.WARN) for one in meaning.advice]
            self._dialog.show_meaning(alarms, ())
        self.visit.show_extras(meaning.extras)

    def _show_refusal(self, told: NotTaken) -> None:
        dialog = self._dialog
        self._ready = False
        self._stages.setCurrentWidget(self._form)
        if dialog is None or not (told.link_id and dialog.show_refusal(told.link_id, told.sentence)):
            self._refusal.say(told.sentence, tone=Tone.DANGER)
        if dialog is not None:
            dialog.foot.finish_button.setEnabled(True)

    # the form

    def _begin(self) -> None:
        self._stages.setCurrentWidget(self._form)
        if self._dialog is not None:
            self._dialog.show_page(self._dialog.key)
            self._show_signer()

    def _begin_unchanged(self) -> None:
        """Nothing has changed since another day: the same answers stand again, and what is wanting is gone to."""
        self._begin()
        if self._dialog is not None and self._opened is not None:
            self._dialog.confirm_unchanged(questionnaire.parse_json(self._opened.earlier))

    def _turn(self) -> None:
        """Before the review the client sees their visit, once the answers say what fits it."""
        self._show_progress()
        dialog, opened = self._dialog, self._opened
        if dialog is None or opened is None or self._stages.currentWidget() is not self._form:
            return
        if dialog.key != REVIEW:
            self._visit_seen = False
        elif opened.visit and not self._visit_seen:
            signs = self.tr("Next: Review and sign") if dialog.signs() else self.tr("Next: Review")
            self.visit.show_next(signs)
            self._stages.setCurrentWidget(self.visit)
            self.visit.next_button.setFocus()
            self.keep()

    def _leave_visit(self) -> None:
        self._ready = False
        self._stages.setCurrentWidget(self._form)
        if self._dialog is not None:
            self._dialog.back()

    def _go_on_from_visit(self) -> None:
        self._visit_seen = True
        self._stages.setCurrentWidget(self._form)
        if self._ready:
            self._hand_in()
        elif self._dialog is not None:
            self._dialog.foot.finish_button.setFocus()

    def _submit(self) -> None:
        if self._stages.currentWidget() is self.visit:
            self._ready = True
            self.visit.show_next(self.tr("Finish"))
        else:
            self._hand_in()

    def _hand_in(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        self._keeping.stop()
        self._refusal.clear()
        dialog.foot.finish_button.setEnabled(False)
        signed = dialog.review.signing.signed() if dialog.signs() else None
        self._send(Finished(self._state(dialog), b64encode(signed.png).decode("ascii") if signed else ""))

    def _change(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()
        self._refusal.clear()
        self._show_progress()

    def keep(self) -> None:
        """Tells the desk all that was answered and typed by now."""
        if self._dialog is not None and not self._done:
            self._keeping.stop()
            self._send(Draft(self._state(self._dialog)))

    def _state(self, dialog: FormDialog) -> State:
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

    def _show_progress(self) -> None:
        if self._dialog is not None:
            answered, asked = self._dialog.filling.progress()
            self._progress.show_share(answered / asked if asked else 1.0)

    def _show_signer(self) -> None:
        dialog, opened = self._dialog, self._opened
        if dialog is not None and opened is not None:
            signer = self.welcome.who().answerer if opened.guardian else opened.name
            dialog.review.signing.show_signer(signer, datetime.now(UTC), "")

    # who may go where

    def show_cover(self, cover: Cover) -> None:
        """Brings something to the front; while it is the form, a screen that nobody touches locks itself."""
        self._pages.setCurrentWidget(self._covers[cover])
        self._asking.stop()
        self._locking.stop()
        if cover is Cover.FORM and self._dialog is not None:
            self._asking.start()
        elif cover is Cover.STILL:
            self._locking.start()
        elif cover is Cover.PAD:
            self.pad.clear()
            self.pad.setFocus()

    def _ask_still(self) -> None:
        self.keep()
        self.show_cover(Cover.STILL)
        self._still.buttons[0].setFocus()

    def _lock(self) -> None:
        self.show_cover(Cover.LOCKED)
        self._locked.buttons[0].setFocus()

    def _go_on(self) -> None:
        self.show_cover(Cover.FORM)

    def _ask_pin(self) -> None:
        self.keep()
        self._before = self.cover()
        self.show_cover(Cover.PAD)

    def _leave_pad(self) -> None:
        self.show_cover(self._before)

    def _give_pin(self, pin: str) -> None:
        self._send(Pin(pin))

    def _let_through(self) -> None:
        if self.cover() is not Cover.PAD:
            return
        if self._done:
            self._give_back()
        else:
            self.show_cover(Cover.CHOICE)
            self._choice.buttons[1].setFocus()

    def _give_back(self) -> None:
        self.keep()
        self._send(Left())
        self.end()

    def end(self) -> None:
        """Closes for good: the screen is the desk's again."""
        self._may_close = True
        self.close()
        self.closed.emit()

    def watch(self, app: QApplication) -> None:
        """Takes every key and touch in the program for a sign that somebody is there."""
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._asking.isActive():
            self._asking.start()
        return False

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Neither Alt+F4 nor the system's own cross closes it."""
        event.setAccepted(self._may_close)
