"""What the answers mean: weighed with every answer, and shown beside them and under those that block (R32)."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.errors import DomainError, Trouble
from reception.domain.screening import Task
from reception.domain.tables.ids import StaffId
from reception.ui.dialogs.outcomes import flags
from reception.ui.panels.form import deciding
from reception.ui.panels.form.decider import Decider
from reception.ui.panels.form.deciding import Verdicts
from reception.ui.panels.form.meaning import Meaning
from reception.ui.panels.form.opened import Opened
from reception.ui.panels.form.reading import Facts, read_asked, read_meaning
from reception.ui.refresh import Refresher
from reception.ui.workbench import Workbench

_TOPICS = frozenset({"forms", "diary", "catalogue", "clients", "staff"})
_AFTER = 150  # milliseconds after an answer


class Weighing(QObject):
    """Has the answers weighed anew whenever they or the clinic change, and what is decided about them carried out.

    `chosen` tells who is to be asked once the form is finished.
    """

    chosen = Signal(object)

    def __init__(self, bench: Workbench, meaning: Meaning, page: QWidget) -> None:
        super().__init__(page)
        self.bench, self._meaning = bench, meaning
        self.decider = Decider(bench, page)
        self.verdicts: Verdicts = {}
        self._opened: Opened | None = None
        self._asked: StaffId | None = None
        self._task: Task | None = None
        self._pause = QTimer(self, singleShot=True, interval=_AFTER)
        self._refresher = Refresher(page, self._load, _TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_unread)
        self._pause.timeout.connect(self._refresher.request)
        self.decider.chosen.connect(self._choose)
        meaning.decided.connect(self.decide)
        bench.person_changed.connect(self._show_deciding)

    def begin(self, opened: Opened, asked: StaffId | None) -> None:
        """Weighs the answers of another form; `asked` is to be asked about them once it is finished."""
        self._opened, self._asked = opened, asked
        self.verdicts, self._task = {}, None
        if opened.dialog.filling.works:
            # What is worked out comes after the answer, and may mean something too.
            opened.dialog.reckoning.done.connect(self.soon)
        self._meaning.show_reading(self.tr("What the answers mean is being read."), final=opened.locked)
        self._refresher.request()

    def end(self) -> None:
        """No form lies here any more."""
        self._pause.stop()
        self._opened = None

    def soon(self) -> None:
        """Something was answered: it is weighed once nothing more comes."""
        self._pause.start()

    def decide(self, what: str) -> None:
        """Does what somebody has chosen: ask, clear, take off."""
        if self._opened is not None:
            self.decider.decide(what, self._opened.facts, self.verdicts)

    async def _load(self) -> None:
        opened = self._opened
        if opened is None:
            return
        answers = opened.dialog.filling.response(completed=False)
        verdicts = await read_meaning(self.bench, opened.facts, answers)
        task = await read_asked(self.bench, opened.facts) if opened.locked else None
        if opened is self._opened:
            self.verdicts, self._task = verdicts, task
            self._show(opened)

    def _show(self, opened: Opened) -> None:
        facts, dialog = opened
        self._meaning.show_meaning(facts, self.verdicts, self._kept_words(facts), final=opened.locked)
        alarms = deciding.alarms(self.bench, facts, self.verdicts, self._asked_name(facts))
        dialog.show_meaning(alarms, flags(self.verdicts, facts.version.form))
        self._show_deciding()

    def _show_deciding(self) -> None:
        if self._opened is None:
            return
        facts = self._opened.facts
        title = deciding.heading(facts, self._task, self._asked_name(facts), self.bench)
        words = deciding.explanation(facts, self.verdicts)
        self._meaning.show_deciding(title, words, deciding.offers(self.bench, facts, self.verdicts, self._task))

    def _show_unread(self, error: DomainError | Trouble) -> None:
        """What isn't known must not look as if nothing stood against it."""
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        note = self.tr("What the answers mean could not be read: {why}").format(why=words)
        self._meaning.show_reading(note, final=False)

    def _choose(self, person: StaffId) -> None:
        self._asked = person
        self.chosen.emit(person)
        if self._opened is not None:
            self._show(self._opened)

    def _asked_name(self, facts: Facts) -> str:
        """Who is to be asked to decide, once the form is finished."""
        return next((person.name for person in facts.clinicians if person.id == self._asked), "")

    def _kept_words(self, facts: Facts) -> str:
        words = self.tr("Answers are kept with form version {number}.").format(number=facts.version.number)
        if facts.ruled is not None:
            words = self.tr("Answers and outcome are kept with form version {number}, rules of {day}.")
            words = words.format(number=facts.version.number, day=self.bench.formats.full(facts.ruled))
        owned = facts.version.questionnaire.copyright.strip()
        return f"{words}\n{owned}" if owned else words
