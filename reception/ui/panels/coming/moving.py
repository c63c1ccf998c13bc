"""Another time for the whole chain: what a move would meet is said while the time is typed (R18)."""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import clock, diary
from reception.domain.access import Act
from reception.domain.diary import Entry, Moving
from reception.domain.errors import DomainError, Invalid, Trouble
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    DateEdit,
    Field,
    Notice,
    TimeEdit,
    caption,
    clear,
    hbox,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench

_PAUSE = 150  # milliseconds without a key before what was typed is tried
_TOPICS = frozenset({"diary", "rota", "packages", "forms", "staff"})


class MovePart(QWidget):
    """A day and a time; `asked` hands over the move that was looked at, for a sheet to confirm."""

    asked = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._first: Entry | None = None
        self._moving: Moving | None = None
        formats = bench.formats
        self._day = DateEdit(formats, today=bench.today(), name="coming.day")
        self._time = TimeEdit(formats, name="coming.time")
        self._day.setFixedWidth(150)
        self._time.setFixedWidth(84)
        when = pane(hbox(self._day, self._time, gap=6))
        self._field = Field(self.tr("To another time"), when)
        self._go = Button(self.tr("Move…"), key="X", name="coming.move")
        self._said = vbox(gap=6)
        self._stays = caption(self.tr("All of it moves together, in its order; credits and deposits stay with it."))
        row = hbox(self._field, pane(vbox(STRETCH, self._go, gap=0)), STRETCH, gap=8)
        self.setLayout(vbox(section(self.tr("Move the whole visit")), row, self._stays, self._said, gap=8))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._trying = Refresher(self, self._try, _TOPICS, None, bench.backend)
        self._pause.timeout.connect(self._trying.request)
        self._trying.failed.connect(self._show_failure)
        self._go.clicked.connect(self.press)
        for edit in (self._day, self._time):
            edit.edited.connect(self._type)

    def show_first(self, first: Entry | None) -> None:
        """Begins at the time of the chain's first appointment; None where it can't be moved."""
        new = first is not None and (
            self._first is None or first.id != self._first.id or first.start != self._first.start
        )
        self._first = first
        self.setVisible(first is not None and self.bench.may(Act.MOVE))
        if first is None or not new:
            return
        local = first.start.astimezone(self.bench.formats.zone)
        self._day.show_day(local.date())
        self._time.show_minutes(local.hour * 60 + local.minute)
        self.show_moving(None)

    def begin(self) -> None:
        """The keyboard goes to the day."""
        self._day.setFocus()

    def press(self) -> None:
        """Asks for the move that was looked at."""
        if self._moving is not None and self._moving.refusal is None:
            self.asked.emit(self._moving)
        else:
            self.begin()

    def show_moving(self, moving: Moving | None) -> None:
        """Shows what a move would meet; None where no other time is typed."""
        self._moving = moving
        clear(self._said)
        self._field.clear_error()
        self._go.setEnabled(moving is not None and moving.refusal is None)
        if moving is None:
            return
        formats = self.bench.formats
        if moving.refusal is not None:
            self._say(formats.sentence(moving.refusal), Tone.DANGER)
        for notice in moving.notices:
            self._say(formats.sentence(notice), Tone.WARN)
        if moving.refusal is None and not moving.notices:
            self._say(self.tr("It fits there as it is."), Tone.GOOD)

    def _say(self, sentence: str, tone: Tone) -> None:
        line = Notice()
        # A widget that shows itself before it has a place would open a window of its own.
        self._said.addWidget(line)
        line.say(sentence, tone=tone)

    def _type(self) -> None:
        self._go.setEnabled(False)
        self._pause.start()

    async def _try(self) -> None:
        first, start = self._first, self._start()
        if first is None or start is None or start == first.start:
            self.show_moving(None)
            return
        self.show_moving(await self.bench.backend.read(diary.preview_move, first.id, start))

    def _start(self) -> datetime | None:
        try:
            day, minute = self._day.day(), self._time.minutes()
        except Invalid as error:
            self._field.show_error(self.bench.formats.sentence(error))
            return None
        return None if day is None or minute is None else clock.at_local(day, minute, self.bench.formats.zone)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        self.show_moving(None)
        self._say(error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error), Tone.DANGER)


def _place(entry: Entry | None) -> tuple[int, datetime] | None:
    return None if entry is None else (int(entry.id), entry.start)
