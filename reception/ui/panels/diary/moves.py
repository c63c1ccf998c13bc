"""How a visit moves in the diary: by drop, by key, and over the pinboard to another day (R18)."""

import asyncio
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import diary
from reception.domain.errors import DomainError, Refused, Trouble
from reception.domain.outcomes import UPCOMING
from reception.domain.tables.ids import StaffId
from reception.ui.actions import action
from reception.ui.daygrid import DayGrid
from reception.ui.dialogs.moving import MovingSheet, late_since, move
from reception.ui.tokens import Tone
from reception.ui.widgets import Banner, Button
from reception.ui.workbench import Workbench

_KEYS_IN_HAND = frozenset("VTF")


class Moves(QObject):
    """Moves visits of the day in a grid.

    `sheet_asked` hands over a sheet that says first what would happen, `moved` tells which visit is elsewhere now.
    """

    sheet_asked = Signal(object)
    moved = Signal(int)

    def __init__(self, bench: Workbench, grid: DayGrid, panel: QWidget) -> None:
        super().__init__(panel)
        self.bench = bench
        self._grid = grid
        self._in_hand: diary.Entry | None = None
        self._turn, self._refusals = asyncio.Lock(), 0
        let_go = Button(self.tr("Let go"), height=24, name="diary.let_go")
        self.pin = Banner(let_go, square=True, name="diary.pin")
        let_go.clicked.connect(self.let_go)

    @action
    async def move(self, entry: diary.Entry, start: datetime, column: int) -> None:
        """Moves at once where only time and person change; else a sheet says first what would happen (R18).

        Keys may follow each other faster than visits move: each waits for the one before, and goes with it if that is
        refused.
        """
        refusals = self._refusals
        async with self._turn:
            if refusals == self._refusals:
                await self._move(await self.bench.backend.read(diary.entry, entry.id), start, column)

    async def _move(self, entry: diary.Entry, start: datetime, column: int) -> None:
        staff = StaffId(column) if column != entry.staff else None
        if start == entry.start and staff is None:
            self._grid.let_go()
            return
        try:
            moving = await self.bench.backend.read(diary.preview_move, entry.id, start, staff)
            if moving.refusal is not None:
                raise moving.refusal
            late = await late_since(self.bench, entry)
            if moving.notices or moving.needs or len(moving.parts) > 1:
                self._grid.let_go()
                self.sheet_asked.emit(MovingSheet(self.bench, entry, moving, self._names(), late))
                return
            await move(self.bench, entry, start, staff, late=late is not None)
        except (DomainError, Trouble) as error:
            self._bounce(entry, start, error)
            raise
        self.let_go()
        self.moved.emit(entry.id)

    def pick_up(self, entry: diary.Entry) -> None:
        """Takes a visit onto the pinboard: go to another day and put it down there with V (X)."""
        if entry.status not in UPCOMING:
            sentence = "{name}’s visit is no longer to come, so it can’t be moved. Take the last step back first."
            self.bench.refused.emit(Refused(sentence, name=entry.client_name))
            return
        self._in_hand = entry
        self._grid.keep_keys(_KEYS_IN_HAND)
        words = self.tr("Choose a time on any day and press V.")
        self.pin.say(self.tr("{name} is in your hand.").format(name=entry.client_name), words, Tone.ACCENT, "copy")

    def put_down(self) -> None:
        """Moves what is on the pinboard to the chosen cell (V)."""
        if self._in_hand is None:
            return
        slot = self._grid.slot()
        if slot is None:
            self.bench.refused.emit(Refused("Choose a free time first, then press V to put the visit down there."))
            return
        column, minute = slot
        self.move(self._in_hand, self._grid.scene.picture.at(minute), column)

    def let_go(self) -> bool:
        """Leaves what is on the pinboard where it was; False where nothing is."""
        held, self._in_hand = self._in_hand is not None, None
        self._grid.keep_keys(frozenset())
        self.pin.clear()
        return held

    def _bounce(self, entry: diary.Entry, start: datetime, error: DomainError | Trouble) -> None:
        """The block returns, and says on itself why (A.3)."""
        self._refusals += 1
        formats = self.bench.formats
        why = error.sentence if isinstance(error, Trouble) else formats.sentence(error)
        title = self.tr("Not moved to {time}").format(time=formats.time(start))
        self._grid.let_go()
        self._grid.show_refusal(entry.id, (title, why.split(". ")[0]))

    def _names(self) -> dict[int, str]:
        return {column.key: column.name for column in self._grid.scene.picture.columns}
