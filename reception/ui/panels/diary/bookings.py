"""How a booking begins in the diary: on a free cell, at the next free slot, or the same again in some weeks."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import clock, diary
from reception.domain.errors import Refused
from reception.domain.tables.ids import AppointmentId
from reception.ui.actions import action
from reception.ui.ask import ask_text
from reception.ui.dialogs.acts import booked_words
from reception.ui.dialogs.booking import Wish
from reception.ui.dialogs.free import FreeSheet
from reception.ui.workbench import Page, Where, Workbench

_WEEK = timedelta(days=7)
_MOST_WEEKS = 104


class Bookings(QObject):
    """Begins bookings as drafts, whose sheet the window opens; `day_asked` says which day should be in sight."""

    day_asked = Signal(object)
    sheet_asked = Signal(object)

    def __init__(self, bench: Workbench, panel: QWidget) -> None:
        super().__init__(panel)
        self.bench = bench
        self._panel = panel

    def begin(self, wish: Wish, typed: str = "") -> None:
        """Begins a booking; what was typed already is the beginning of the client's name."""
        start = wish.start(self.bench.formats.zone)
        at = self.bench.formats.time(start) if start else ""
        title = " ".join(word for word in (wish.client_name, at) if word) or self.tr("New booking")
        body = wish.body() | {"typed": typed}
        draft = self.bench.drafts.open("booking", client=wish.client, title=title, body=body)
        self.bench.goto.emit(Where(Page.BOOKING, draft=draft.id))

    def at(self, start: datetime, staff: int, typed: str = "", service: int | None = None) -> None:
        """Begins a booking at a certain time with somebody."""
        day, minute = self._wall(start)
        self.begin(Wish(staff=staff, service=service, day=day, minute=minute), typed)

    def find_free(self) -> None:
        """Looks for the next free slot of a service (F)."""
        sheet = FreeSheet(self.bench)
        sheet.picked.connect(self._take_slot)
        self.sheet_asked.emit(sheet)

    @action
    async def again(self, entry: diary.Entry) -> None:
        """Books the same again, so many weeks on at the same time of the day (R)."""
        weeks = await self._ask_weeks(entry)
        if weeks is None:
            return
        wall, minute = self._wall(entry.start)
        day = wall + weeks * _WEEK
        start = clock.at_local(day, minute, self.bench.formats.zone)
        request = diary.Request(entry.client, entry.staff, entry.service, start)
        check = await self.bench.backend.read(diary.check, request)
        if check.refusal is None and not check.needs and not check.notices:
            booked: AppointmentId = await self.bench.backend.write(diary.book, request)
            made = await self.bench.backend.read(diary.entry, booked)
            self.bench.said.emit(booked_words(made, self.bench.formats, self.bench.today()), None)
            return
        self.day_asked.emit(day)
        self.begin(Wish(entry.client, entry.client_name, "", entry.staff, entry.service, day, minute))

    async def _ask_weeks(self, entry: diary.Entry) -> int | None:
        title = self.tr("Book {name} again").format(name=entry.client_name)
        words = f"{entry.service_name}, {self.bench.formats.time(entry.start)}"
        field, button = self.tr("In how many weeks"), self.tr("Book")
        typed = await ask_text(self._panel, title, words=words, field=field, button=button)
        if typed is None:
            return None
        if not typed.isdecimal() or not 0 < int(typed) <= _MOST_WEEKS:
            raise Refused("“{typed}” is no number of weeks. Press R again and type one, such as 2.", typed=typed)
        return int(typed)

    def _take_slot(self, slot: diary.Slot, service: int) -> None:
        self.day_asked.emit(self._wall(slot.start)[0])
        self.at(slot.start, slot.staff, service=service)

    def _wall(self, at: datetime) -> tuple[date, int]:
        """The date and the minute of the clinic's wall clock."""
        local = at.astimezone(self.bench.formats.zone)
        return local.date(), local.hour * 60 + local.minute
