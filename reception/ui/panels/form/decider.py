"""Carries out what is decided about answers: a clinician is asked, clears, or the visit is taken off (R33, R34)."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import clock, screening
from reception.domain.tables.ids import ClientId, ResponseId, StaffId
from reception.ui.actions import action
from reception.ui.ask import ask
from reception.ui.dialogs.clearance import Whom
from reception.ui.dialogs.ending import EndingSheet
from reception.ui.panels.form import deciding
from reception.ui.panels.form.clearing import ClearQuestion
from reception.ui.panels.form.deciding import Verdicts
from reception.ui.panels.form.reading import Facts
from reception.ui.workbench import Page, Where, Workbench


class Decider(QObject):
    """`chosen` tells whom to ask once the form is finished: about answers that aren't handed in nobody can be asked."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self.bench, self._page = bench, page

    def decide(self, what: str, facts: Facts, verdicts: Verdicts) -> None:
        """Does what somebody has chosen: ask, clear, take off."""
        match what:
            case deciding.ASK:
                self._ask(facts, verdicts)
            case deciding.CLEAR:
                self._clear(facts, verdicts)
            case _:
                self._take_off(facts, verdicts)

    @action
    async def ask_of(self, draft: str, facts: Facts, verdicts: Verdicts, response: ResponseId, person: StaffId) -> None:
        """Asks whom the draft of a form named, once it is handed in; tried again, nobody is asked twice."""
        for entry in deciding.stopped_visits(facts, verdicts):
            await self.bench.backend.write(screening.ask, entry.id, response, person, id=f"{draft}-{entry.id}")

    @action
    async def _ask(self, facts: Facts, verdicts: Verdicts) -> None:
        person = facts.deciding()
        if person is None:
            return
        if facts.response is None:
            self.chosen.emit(person.id)
            return
        for entry in deciding.stopped_visits(facts, verdicts):
            await self.bench.backend.write(screening.ask, entry.id, facts.response.row.id, person.id)
        self.bench.said.emit(self.tr("Asked {name} to decide").format(name=person.name), None)

    @action
    async def _clear(self, facts: Facts, verdicts: Verdicts) -> None:
        """Lets a service go ahead in spite of an answer (R33)."""
        services = deciding.stopped(verdicts)
        if not services:
            return
        offered = [(service, facts.names.get(service, "")) for service in services]
        whom = Whom(ClientId(facts.card.id), facts.card.name, facts.group)
        at = facts.visit.start if facts.visit is not None else self.bench.now()
        day, why = clock.local_date(at, self.bench.formats.zone), deciding.explanation(facts, verdicts)
        await ask(ClearQuestion(self._page.window(), self.bench, whom, offered, why=why, day=day))

    def _take_off(self, facts: Facts, verdicts: Verdicts) -> None:
        """Goes to the diary to cancel the visit; while the block stands that counts as the clinic's doing (R34)."""
        entry = next(iter(deciding.stopped_visits(facts, verdicts)), None)
        if entry is None:
            return
        day = clock.local_date(entry.start, self.bench.formats.zone)
        self.bench.goto.emit(Where(Page.DIARY, client=int(entry.client), appointment=int(entry.id), day=day))
        self.bench.sheet.emit(EndingSheet(self.bench, entry))
