"""The left column: the month, and who waits for somebody at the desk."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import diary, inbox, screening
from reception.domain.access import Act, Role
from reception.domain.diary import BEFORE_TREATMENT
from reception.domain.errors import DomainError, Trouble
from reception.domain.screening import Task
from reception.ui import tokens as k
from reception.ui.dialogs.clearing import ClearingSheet, stop_of
from reception.ui.panels.queue.groups import Group, Waiting, Waits, Watch, groups
from reception.ui.panels.queue.rail import Rail
from reception.ui.panels.queue.rows import Row, head, none
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Hair, Month, Scroller, caption, clear, hbox, pane, vbox
from reception.ui.workbench import Page, Where, Workbench

WIDTH = 220
_TOPICS = frozenset({"diary", "clients", "staff", "rota", "clinic", "catalogue", "forms", "packages", "money", "inbox"})
_TICK = 15_000  # milliseconds: a minute is never shown much later than it is over


class Queue(QWidget):
    """The month and the queues of today, read anew on every change and counted anew every quarter of a minute.

    Folded it is a rail of signs with counts; `unfold_asked` says that somebody wants more of it.
    """

    day_chosen = Signal(object)
    unfold_asked = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setObjectName("queue")
        self._found: Waits | None = None
        self._shown: tuple[Group, ...] = ()
        self._chosen: int | None = None
        self._today = bench.today()
        self._shows = self._today
        self._month: Month | None = None
        self._top = vbox(gap=0)
        self._rows = vbox(gap=0, margins=(0, 6, 0, 6))
        self._build()
        self._refresher = Refresher(self, self._load, _TOPICS, None, bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._clock = QTimer(self, interval=_TICK)
        self._clock.timeout.connect(self._count)
        self._clock.start()
        bench.clinic_changed.connect(self._show_month)
        bench.person_changed.connect(self._refresher.request)

    def show_day(self, day: date) -> None:
        """Marks in the month which day the diary shows."""
        self._shows = day
        if self._month is not None:
            self._month.days.show_day(day, self._today)
        # Whoever goes to another day, or back to today, finds the queues as of now.
        self._count()

    def show_chosen(self, appointment: int | None) -> None:
        """Marks the visit that is chosen in the diary."""
        self._chosen = appointment
        for row in self._rows_shown():
            row.setChecked(appointment is not None and row.waiting.where.appointment == appointment)

    def fold(self, folded: bool) -> None:
        """Folds into the rail, or unfolds."""
        self._rail.setVisible(folded)
        self._column.setVisible(not folded)

    def is_folded(self) -> bool:
        """Whether only the rail shows."""
        return self._column.isHidden()

    def begin_deciding(self) -> None:
        """The keyboard goes to the first thing that waits for a decision, if something does."""
        self._focus(next((row.objectName() for row in self._rows_shown() if row.waiting.task is not None), ""))

    def groups(self) -> tuple[Group, ...]:
        """What is shown now."""
        return self._shown

    def _build(self) -> None:
        rows = pane(vbox(self._rows, STRETCH, gap=0))
        column = pane(vbox(self._top, Hair(), (Scroller(rows), 1), gap=0), "canvas")
        self._column = pane(hbox((column, 1), Hair(vertical=True, strong=True), gap=0), width=WIDTH)
        self._rail = Rail()
        self._rail.unfold_asked.connect(self.unfold_asked)
        self._rail.hide()
        self.setLayout(hbox(self._column, self._rail, gap=0))
        self._show_month()

    def _show_month(self) -> None:
        clear(self._top)
        self._month = Month(self.bench.formats, self._shows, today=self._today, name="queue.month")
        self._month.chosen.connect(self.day_chosen)
        self._top.addWidget(self._month)

    async def _load(self) -> None:
        today = self.bench.today()
        self._found = await self.bench.backend.read(_look, today)
        if today != self._today:
            self._today = today
            self.show_day(self._shows)
        self._count()

    def _count(self) -> None:
        if self.bench.today() != self._today:
            self._refresher.request()
            return
        if self._found is not None:
            self._show(groups(self._found, self._watch()))

    def _watch(self) -> Watch:
        person = self.bench.person
        own = int(person.id) if person.role is Role.PRACTITIONER else None
        return Watch(
            now=self.bench.now(),
            today=self._today,
            formats=self.bench.formats,
            wait_minutes=self.bench.clinic.wait_minutes,
            own=own,
            person=int(person.id),
            clinical=self.bench.may(Act.CLEAR),
        )

    def _show(self, found: tuple[Group, ...]) -> None:
        if found == self._shown:
            return
        self._shown = found
        focused = next((row.objectName() for row in self._rows_shown() if row.hasFocus()), "")
        clear(self._rows)
        for n, group in enumerate(found):
            self._rows.addWidget(head(group))
            for waiting in group.rows:
                self._rows.addWidget(self._row(waiting))
            if not group.rows:
                self._rows.addWidget(none(group.none))
            if n < len(found) - 1:
                self._rows.addSpacing(6)
        self.show_chosen(self._chosen)
        if focused:
            # What is made anew comes into sight with the next turn of the event loop.
            QTimer.singleShot(0, self, partial(self._focus, focused))
        self._rail.show_counts(found)

    def _rows_shown(self) -> Iterator[Row]:
        """The rows of all queues, in their order."""
        items = (self._rows.itemAt(n) for n in range(self._rows.count()))
        return (row for item in items if item is not None and isinstance(row := item.widget(), Row))

    def _focus(self, name: str) -> None:
        """Gives a row the keyboard, if it is still there."""
        row = next((row for row in self._rows_shown() if row.objectName() == name), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _row(self, waiting: Waiting) -> Row:
        row = Row(waiting)
        row.clicked.connect(self._open)
        return row

    def _open(self) -> None:
        row = self.sender()
        if not isinstance(row, Row):
            return
        row.setChecked(row.waiting.where.appointment == self._chosen)
        task = row.waiting.task
        if task is not None and task.denied is None and self.bench.may(Act.CLEAR):
            self._decide(task)
        else:
            self.bench.goto.emit(row.waiting.where)

    def _decide(self, task: Task) -> None:
        """Whoever may decide reads what stands against it and decides, beside the day of that visit (R33)."""
        day = task.start.astimezone(self.bench.formats.zone).date()
        self.bench.goto.emit(Where(Page.DIARY, client=task.client, appointment=task.appointment, day=day))
        self.bench.sheet.emit(ClearingSheet(self.bench, stop_of(task)))

    def _show_failure(self, error: DomainError | Trouble) -> None:
        clear(self._rows)
        self._shown = ()
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        again = Button(self.tr("Try again"), height=k.CONTROL_S, name="queue.again")
        again.clicked.connect(self._refresher.request)
        said = caption(words, Tone.DANGER, wrap=True)
        self._rows.addWidget(pane(vbox(said, hbox(again, STRETCH), margins=(16, 4, 16, 4))))


def _look(session: Any, day: date) -> Waits:
    today = diary.day(session, day)
    coming = [one.id for one in today.entries if one.status in BEFORE_TREATMENT]
    verdicts = screening.dues(session, coming) if coming else {}
    return Waits(today, diary.queue(session), verdicts, screening.tasks(session), inbox.inbox(session))
