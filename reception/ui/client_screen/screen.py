"""Handing a form to the client on their own screen, and taking the screen back: who may, and what the desk shows."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reception.client_view.messages import PinRight, PinWrong
from reception.domain import forms, inbox, staff
from reception.domain.errors import Refused
from reception.domain.inbox import Return
from reception.domain.tables.ids import ClientId, StaffId
from reception.ui.actions import action
from reception.ui.ask import ask, ask_choice
from reception.ui.client_screen.curtain import Curtain
from reception.ui.client_screen.loan import Loan
from reception.ui.client_screen.monitors import Monitors, chosen_screen
from reception.ui.client_screen.opening import opening
from reception.ui.client_screen.tries import Tries
from reception.ui.dialogs.pin import PinDialog
from reception.ui.panels.form.reading import read_facts
from reception.ui.panels.form.work import as_work
from reception.ui.workbench import Page, Where, Workbench


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
        self._loan: Loan | None = None
        self._curtain: Curtain | None = None

    def is_out(self) -> bool:
        """Whether the screen is with a client now."""
        return self._loan is not None

    def process(self) -> int:
        """The number in the system of the program on the client's screen; 0 while there is none."""
        return self._loan.process.id() if self._loan is not None else 0

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
        await self.bench.backend.write(inbox.hand_over, ClientId(held.client), facts.version.id)
        if self.is_out():  # another form was handed over meanwhile
            return
        monitors = Monitors(chosen_screen(self.screen), self._window)
        told = opening(self.bench, facts, work, earlier, monitors)
        self._begin(Loan(self.bench, facts, draft, told, self), monitors)

    async def _set_first_pin(self) -> bool:
        title = self.tr("Set a PIN first")
        words = self.tr("Only a PIN leads out of the client's screen, and nobody here has one yet. This one is yours.")
        dialog = PinDialog(self._window, title, words)
        if not await ask(dialog):
            return False
        await self.bench.backend.write(staff.set_pin, self.bench.person.id, dialog.pin)
        return True

    def _begin(self, loan: Loan, monitors: Monitors) -> None:
        self._loan = loan
        monitors.setParent(loan)
        monitors.shared.connect(self._draw_curtain)
        loan.shown.connect(self._show_shown)
        loan.pin_typed.connect(self._check_pin)
        loan.ended.connect(self._end)
        loan.lend()
        self.bench.goto.emit(Where(Page.DIARY))
        if monitors.are_one():
            self._draw_curtain()
        self.opened.emit()
        loan.process.start()

    # the desk's own window meanwhile

    def _draw_curtain(self) -> None:
        """On the same screen the window itself stays hidden, whatever the system's own keys bring to the front.

        Only a PIN opens it again: who plugs a screen in or out doesn't.
        """
        if self._curtain is None and self._loan is not None:
            self._window.setEnabled(False)
            self._curtain = Curtain(self._window.window(), self._loan.client)
            self._curtain.typed.connect(self._check_pin_here)
            self._curtain.show()
        self._show_shown()

    def _show_shown(self) -> None:
        if self._curtain is not None and self._loan is not None and self._loan.is_shown:
            self._curtain.show_shown()

    def _lift_curtain(self) -> None:
        if self._curtain is not None:
            self._curtain.hide()
            self._curtain.deleteLater()
            self._curtain = None
            self._window.setEnabled(True)

    # back

    @action
    async def _check_pin(self, pin: str) -> None:
        """A PIN that was typed on the client's screen: any of somebody who works here leads back."""
        if (loan := self._loan) is None:
            return
        found = await self._judged(pin, loan.client)
        if isinstance(found, PinWrong):
            loan.say(found)
        else:
            loan.pin_of = found
            loan.say(PinRight())

    @action
    async def _check_pin_here(self, pin: str) -> None:
        """A PIN that was typed over the desk's own window."""
        if (curtain := self._curtain) is None:
            return
        found = await self._judged(pin, curtain.client)
        if isinstance(found, PinWrong):
            curtain.show_wrong(found)
        elif self._loan is None:
            self._lift_curtain()
        else:
            self._loan.pin_of = found
            self._loan.call_back(Return.PIN)

    async def _judged(self, pin: str, client: ClientId) -> StaffId | PinWrong:
        """Whose PIN it is, or why it doesn't count; one that is nobody's is noted in the log."""
        if not self._tries.begin():
            return self._tries.wrong()
        found = await self.bench.backend.read(staff.checked_pin, pin)
        if found is not None:
            self._tries.right()
            return found
        wrong = self._tries.wrong()
        self._note_wrong(client, wrong.left)
        return wrong

    @action
    async def _note_wrong(self, client: ClientId, left: int) -> None:
        await self.bench.backend.write(inbox.refuse_pin, client, left)

    @action
    async def ask_back(self) -> None:
        """Somebody wants a form that is with its client."""
        title = self.tr("This form is with the client")
        options = (self.tr("Leave it with them"), self.tr("Take the screen back"))
        if await ask_choice(self._window, title, options) == 1:
            self.take_back()

    def take_back(self) -> None:
        """Ends the client's screen; what was answered by then is kept."""
        if self._loan is not None:
            self._loan.call_back(Return.DESK)

    def end(self) -> None:
        """The desk closes: so does the client's screen."""
        if self._loan is not None:
            self._loan.end()

    def _end(self) -> None:
        loan, self._loan = self._loan, None
        if loan is None:
            return
        loan.give_back()
        loan.deleteLater()
        if loan.how is not Return.LOST:
            self._lift_curtain()
        elif self._curtain is not None:
            # Whoever can make it crash would else have the desk before them.
            self._curtain.show_lost()
        self.closed.emit()
        self._note_return(loan)
        if loan.how is Return.LOST and not loan.is_finished:
            words = "The client's screen closed by itself. What {name} answered is kept; hand it over again."
            self.bench.refused.emit(Refused(words, name=loan.name))

    @action
    async def _note_return(self, loan: Loan) -> None:
        by = loan.pin_of if loan.how is Return.PIN else None
        await self.bench.backend.write(inbox.take_back, loan.client, loan.how, by)
