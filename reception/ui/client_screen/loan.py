"""One form in its client's hands: what they answer there is kept here, and ends in the inbox."""

from base64 import b64decode
from binascii import Error

from PySide6.QtCore import QObject, QTimer, Signal

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
    Ready,
    Shown,
    State,
    Taken,
)
from reception.domain import inbox, questionnaire
from reception.domain.errors import DomainError, Invalid, Refused, Trouble
from reception.domain.forms import AnsweredBy, Signature
from reception.domain.inbox import Return, Submitting
from reception.domain.tables.ids import ClientId, ServiceId, StaffId
from reception.ui.actions import action
from reception.ui.client_screen.opening import advice, extras, with_state
from reception.ui.client_screen.process import Process
from reception.ui.panels.form.reading import Facts, read_meaning
from reception.ui.panels.form.work import Work, as_body, as_work
from reception.ui.workbench import Workbench

_TOLD_AFTER = 150  # milliseconds after an answer


class Loan(QObject):
    """A draft that is lent to its client, and the process on their screen. `shown` tells that the form is in front of
    them, `pin_typed` what somebody typed on the pad there, and `ended` that the process is gone.

    `pin_of` is whose PIN has led out of it, `how` the way in which it came back.
    """

    shown = Signal()
    pin_typed = Signal(str)
    ended = Signal()

    def __init__(self, bench: Workbench, facts: Facts, draft: str, opening: Open, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self.opening = opening
        self.process = Process(self)
        self.is_shown = self.is_finished = False
        self.pin_of: StaffId | None = None
        self.how = Return.LOST
        self._facts, self._draft = facts, draft
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_AFTER)
        self._telling.timeout.connect(self._tell)
        self.process.came.connect(self._hear)
        self.process.ended.connect(self.ended)

    @property
    def client(self) -> ClientId:
        """Whose form it is."""
        return ClientId(self._facts.card.id)

    @property
    def name(self) -> str:
        """Their name, as the desk knows them."""
        return self._facts.card.name

    def lend(self) -> None:
        """The draft is out of the desk's hands until the process ends."""
        self._keep(self.opening.state)
        self.bench.drafts.lend(self._draft)

    def call_back(self, how: Return) -> None:
        """Has the client's screen close."""
        self.how = how
        self.say(Close())

    def end(self) -> None:
        """Ends it at once, as the desk itself ends."""
        if self.how is Return.LOST:
            self.how = Return.DESK
        self.process.end()

    def give_back(self) -> None:
        """The draft is the desk's again."""
        self.bench.drafts.take_back(self._draft)

    def say(self, message: Message) -> None:
        """Says something to the client's screen, while it is there."""
        self.process.send(message)

    # what the client's screen says

    def _hear(self, message: Message) -> None:
        match message:
            case Ready():
                self.say(self.opening)
                self._telling.start()
            case Shown():
                self.is_shown = True
                self.shown.emit()
            case Draft(state):
                self._keep(state)
                self._telling.start()
            case Finished():
                self._keep(message.state)
                self._take(message)
            case Pin(pin):
                self.pin_typed.emit(pin)
            case Left() if self.pin_of is not None:
                self.how = Return.PIN
            case _:
                return

    def _by(self) -> AnsweredBy:
        return AnsweredBy.GUARDIAN if self._facts.is_minor(self.bench.today()) else AnsweredBy.CLIENT

    def _work(self) -> Work | None:
        held = self.bench.drafts.get(self._draft)
        return as_work(held.body) if held is not None else None

    def _keep(self, state: State) -> None:
        """Keeps what stands on the client's screen in the draft, as if it were typed here."""
        work = self._work()
        if work is None:
            return
        try:
            kept = with_state(work, state, self._by().value)
        except Refused as error:
            self.bench.refused.emit(error)
            return
        words = self.tr("{name} {answered} of {asked}")
        title = words.format(name=self.name, answered=kept.answered, asked=kept.questions)
        self.bench.drafts.keep(self._draft, as_body(kept), title)

    @action
    async def _tell(self) -> None:
        """Tells the client what the clinic says to their answers, and which add-ons fit them."""
        facts, work = self._facts, self._work()
        if work is None:
            return
        answers = dict(work.answers or {"resourceType": "QuestionnaireResponse"})
        try:
            verdicts = await read_meaning(self.bench, facts, answers)
            visit = facts.visit.id if facts.visit is not None else None
            read = self.bench.backend.read
            fitting = await read(inbox.fitting, visit, facts.version.id, answers) if visit is not None else ()
        except DomainError:
            return  # the visit may be gone by now; the form is filled in all the same
        self.say(Meaning(advice(verdicts, facts.version.form), extras(fitting, self.bench.formats)))

    @action
    async def _take(self, finished: Finished) -> None:
        """Puts the answers into the inbox, once: the draft's id is the command's."""
        draft = self._draft
        if self.bench.drafts.get(draft) is None:
            return
        try:
            await self.bench.backend.write(inbox.submit, self._submitting(finished), id=draft)
        except DomainError as error:
            field = error.field if isinstance(error, Invalid) else ""
            self.say(NotTaken(field, self.bench.formats.sentence(error)))
            return
        except Trouble:
            sorry = self.tr("Your answers are kept, but could not be handed in. Please tell the desk.")
            self.say(NotTaken("", sorry))
            raise
        self.is_finished = True
        self.bench.drafts.close(draft)
        self.say(Taken())
        words = self.tr("{name} has finished {form}: it lies under From clients")
        self.bench.said.emit(words.format(name=self.name, form=self._facts.version.title), None)

    def _submitting(self, finished: Finished) -> Submitting:
        facts, state, by = self._facts, finished.state, self._by()
        guardian = by is AnsweredBy.GUARDIAN
        signer = state.answerer if guardian else self.name
        try:
            png = b64decode(finished.signature, validate=True)
        except Error as error:
            raise Invalid("The signature can't be read. Sign it again.", field="signature") from error
        return Submitting(
            version=facts.version.id,
            client=self.client,
            answers=questionnaire.read_response(state.answers.encode()),
            answered_by=by,
            answerer=signer,
            relation=state.relation if guardian else "",
            group=facts.group,
            signature=Signature(png, signer, by.value, self.bench.now()) if png else None,
            wishes=tuple(map(ServiceId, state.wishes)),
        )
