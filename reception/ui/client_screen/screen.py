"""Handing a form to the client on their own screen: what is answered there is kept, and ends in the inbox."""

from base64 import b64decode
from binascii import Error

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

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
    Ready,
    State,
    Taken,
)
from reception.client_view.screens import chosen_screen
from reception.domain import forms, inbox, questionnaire, staff
from reception.domain.errors import DomainError, Invalid, Refused, Trouble
from reception.domain.forms import AnsweredBy, Signature
from reception.domain.inbox import Submitting
from reception.domain.tables.ids import ClientId, ServiceId
from reception.ui.actions import action
from reception.ui.ask import ask, ask_choice
from reception.ui.client_screen.curtain import Curtain
from reception.ui.client_screen.opening import advice, as_state, extras, opening, with_state
from reception.ui.client_screen.process import Process
from reception.ui.client_screen.tries import Tries
from reception.ui.dialogs.pin import PinDialog
from reception.ui.panels.form.reading import Facts, read_facts, read_meaning
from reception.ui.panels.form.work import Work, as_body, as_work
from reception.ui.workbench import Page, Where, Workbench

_TOLD_AFTER = 150  # milliseconds after an answer


class ClientScreen(QObject):
    """The one screen that this desk can hand to a client. `opened` and `closed` tell when it is with one, and back."""

    opened = Signal()
    closed = Signal()

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self.bench = bench
        self.screen = ""
        self._window = window
        self._tries = Tries(bench.now)
        self._process: Process | None = None
        self._opening: Open | None = None
        self._facts: Facts | None = None
        self._draft = ""
        self._given_back = self._finished = False
        self._curtain: Curtain | None = None
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_AFTER)
        self._telling.timeout.connect(self._tell)

    def is_out(self) -> bool:
        """Whether the screen is with a client now."""
        return self._process is not None

    def process(self) -> int:
        """The number in the system of the program on the client's screen; 0 while there is none."""
        return self._process.id() if self._process is not None else 0

    # there

    @action
    async def hand_over(self, draft: str) -> None:
        """Gives a form that lies half done to its client; without anybody's PIN nobody could take it back."""
        held, read = self.bench.drafts.get(draft), self.bench.backend.read
        if held is None or held.client is None:
            return
        if self.is_out():
            raise Refused("The client's screen is in use. Take it back first: its card lies below the diary.")
        if not any(person.has_pin for person in await read(staff.people)) and not await self._set_first_pin():
            return
        work = as_work(held.body)
        facts = await read_facts(self.bench, ClientId(held.client), work, None)
        earlier = await read(forms.response, facts.earlier.id) if facts.earlier is not None else None
        if self.is_out():  # another form was handed over meanwhile
            return
        self._facts, self._draft = facts, draft
        self._keep(as_state(work))
        self._opening = opening(self.bench, facts, work, earlier, self.screen)
        self._begin()

    async def _set_first_pin(self) -> bool:
        title = self.tr("Set a PIN first")
        words = self.tr("Only a PIN leads out of the client's screen, and nobody here has one yet. This one is yours.")
        dialog = PinDialog(self._window, title, words)
        if not await ask(dialog):
            return False
        await self.bench.backend.write(staff.set_pin, self.bench.person.id, dialog.pin)
        return True

    def _begin(self) -> None:
        process = self._process = Process(self)
        self._given_back = self._finished = False
        process.came.connect(self._hear)
        process.ended.connect(self._end)
        process.start()
        self.bench.drafts.lend(self._draft)
        self.bench.goto.emit(Where(Page.DIARY))
        if chosen_screen(self.screen) is self._window.screen():
            self._draw_curtain()
        self.opened.emit()

    def _draw_curtain(self) -> None:
        """On the same screen the window itself stays hidden, whatever the system's own keys bring to the front."""
        self._window.setEnabled(False)
        self._curtain = Curtain(self._window.window())
        self._curtain.typed.connect(self._check_pin_here)
        self._curtain.show()

    # what the client's screen says

    def _hear(self, message: Message) -> None:
        match message:
            case Ready() if self._opening is not None:
                self._say(self._opening)
                self._telling.start()
            case Draft(state):
                self._keep(state)
                self._telling.start()
            case Finished():
                self._keep(message.state)
                self._take(message)
            case Pin(pin):
                self._check_pin(pin)
            case Left():
                self._given_back = True
            case _:
                return

    def _say(self, message: Message) -> None:
        if self._process is not None:
            self._process.send(message)

    def _by(self) -> AnsweredBy:
        minor = self._facts is not None and self._facts.is_minor(self.bench.today())
        return AnsweredBy.GUARDIAN if minor else AnsweredBy.CLIENT

    def _work(self) -> Work | None:
        held = self.bench.drafts.get(self._draft)
        return as_work(held.body) if held is not None else None

    def _keep(self, state: State) -> None:
        """Keeps what stands on the client's screen in the draft, as if it were typed here."""
        work, facts = self._work(), self._facts
        if work is None or facts is None:
            return
        try:
            kept = with_state(work, state, self._by().value)
        except Refused as error:
            self.bench.refused.emit(error)
            return
        words = self.tr("{name} {answered} of {asked}")
        title = words.format(name=facts.card.name, answered=kept.answered, asked=kept.questions)
        self.bench.drafts.keep(self._draft, as_body(kept), title)

    @action
    async def _tell(self) -> None:
        """Tells the client what the clinic says to their answers, and which add-ons fit them."""
        facts, work = self._facts, self._work()
        if facts is None or work is None:
            return
        answers = dict(work.answers or {"resourceType": "QuestionnaireResponse"})
        try:
            verdicts = await read_meaning(self.bench, facts, answers)
            visit = facts.visit.id if facts.visit is not None else None
            read = self.bench.backend.read
            fitting = await read(inbox.fitting, visit, facts.version.id, answers) if visit is not None else ()
        except DomainError:
            return  # the visit may be gone by now; the form is filled in all the same
        if facts is self._facts:
            self._say(Meaning(advice(verdicts, facts.version.form), extras(fitting, self.bench.formats)))

    @action
    async def _take(self, finished: Finished) -> None:
        """Puts the answers into the inbox, once: the draft's id is the command's."""
        facts, draft = self._facts, self._draft
        if facts is None or self.bench.drafts.get(draft) is None:
            return
        try:
            await self.bench.backend.write(inbox.submit, self._submitting(facts, finished), id=draft)
        except DomainError as error:
            field = error.field if isinstance(error, Invalid) else ""
            self._say(NotTaken(field, self.bench.formats.sentence(error)))
            return
        except Trouble:
            sorry = self.tr("Your answers are kept, but could not be handed in. Please tell the desk.")
            self._say(NotTaken("", sorry))
            raise
        self._finished = True
        self.bench.drafts.close(draft)
        self._say(Taken())
        words = self.tr("{name} has finished {form}: it lies under From clients")
        self.bench.said.emit(words.format(name=facts.card.name, form=facts.version.title), None)

    def _submitting(self, facts: Facts, finished: Finished) -> Submitting:
        state, by = finished.state, self._by()
        guardian = by is AnsweredBy.GUARDIAN
        signer = state.answerer if guardian else facts.card.name
        try:
            png = b64decode(finished.signature, validate=True)
        except Error as error:
            raise Invalid("The signature can't be read. Sign it again.", field="signature") from error
        return Submitting(
            version=facts.version.id,
            client=ClientId(facts.card.id),
            answers=questionnaire.read_response(state.answers.encode()),
            answered_by=by,
            answerer=signer,
            relation=state.relation if guardian else "",
            group=facts.group,
            signature=Signature(png, signer, by.value, self.bench.now()) if png else None,
            wishes=tuple(map(ServiceId, state.wishes)),
        )

    # back

    @action
    async def _check_pin(self, pin: str) -> None:
        """Any PIN of somebody who works here leads back; after five wrong ones nobody's does for five minutes."""
        self._say(await self._wrong(pin) or PinRight())

    @action
    async def _check_pin_here(self, pin: str) -> None:
        """A PIN that was typed over the desk's own window."""
        wrong = await self._wrong(pin)
        if wrong is None:
            self.take_back()
        elif self._curtain is not None:
            self._curtain.show_wrong(wrong)

    async def _wrong(self, pin: str) -> PinWrong | None:
        """Why a PIN doesn't count; None where it does."""
        if (stopped := self._tries.stopped()) is not None:
            return stopped
        if await self.bench.backend.read(staff.checked_pin, pin) is None:
            return self._tries.wrong()
        self._tries.right()
        return None

    @action
    async def ask_back(self) -> None:
        """Somebody wants a form that is with its client."""
        title = self.tr("This form is with the client")
        options = (self.tr("Leave it with them"), self.tr("Take the screen back"))
        if await ask_choice(self._window, title, options) == 1:
            self.take_back()

    def take_back(self) -> None:
        """Ends the client's screen; what was answered by then is kept."""
        if self._process is not None:
            self._given_back = True
            self._say(Close())

    def end(self) -> None:
        """The desk closes: so does the client's screen."""
        if self._process is not None:
            self._given_back = True
            self._process.end()

    def _end(self) -> None:
        process, facts = self._process, self._facts
        self._process = self._facts = self._opening = None
        if process is not None:
            process.deleteLater()
        if self._curtain is not None:
            self._curtain.hide()
            self._curtain.deleteLater()
            self._curtain = None
            self._window.setEnabled(True)
        self.bench.drafts.take_back(self._draft)
        self.closed.emit()
        if facts is not None and not (self._given_back or self._finished):
            words = "The client's screen closed by itself. What {name} answered is kept; hand it over again."
            self.bench.refused.emit(Refused(words, name=facts.card.name))
