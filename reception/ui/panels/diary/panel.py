"""The diary's panel: shows a day, follows the clock, and turns keys, clicks and drops into acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from typing_extensions import override

from reception.domain import clock, diary, screening
from reception.domain.access import WORDS, Act
from reception.domain.diary import BEFORE_TREATMENT
from reception.domain.errors import DomainError, NotAllowed, Refused, Trouble
from reception.domain.outcomes import UPCOMING
from reception.domain.screening import Verdict
from reception.domain.tables.ids import AppointmentId
from reception.ui.daygrid import Age, DayView, Picture
from reception.ui.dialogs import acts
from reception.ui.dialogs.acts import Acts, Step
from reception.ui.dialogs.ending import EndingSheet
from reception.ui.dialogs.moving import MovingSheet
from reception.ui.dialogs.visit import VisitSheet
from reception.ui.panels.diary.bookings import Bookings
from reception.ui.panels.diary.moves import Moves
from reception.ui.panels.diary.picture import Sight, picture
from reception.ui.refresh import Refresher
from reception.ui.widgets import Button, Empty, ErrorState, Kind, vbox
from reception.ui.workbench import Page, Where, Workbench

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_TOPICS = frozenset({"diary", "rota", "staff", "clinic", "clients", "packages", "money", "catalogue", "forms"})
_UNTIL_STAMPED = 150  # milliseconds that a reading may take before the picture says that it is being read
_ALWAYS = (Step.ADD, Step.COMING, Step.REBOOK, Step.DETAILS, Step.LEDGER, Step.CHECKOUT)
_REMEMBERED = 21
_TRIED_AGAIN = 10_000  # milliseconds after which a day that couldn't be read is asked for again
_SEARCHED = 14


@dataclass(frozen=True, slots=True)
class _Seen:
    """A day as it was last read, with what the gate said of its visits to come."""

    day: diary.Day
    at: datetime
    verdicts: Mapping[AppointmentId, Verdict]


class DiaryPanel(QWidget):
    """One day, a column per staff member.

    `day_changed` says which day is shown, `chosen` which visit (an entry, or None), `sheet_asked` hands over a sheet
    that the window shows beside the day, `adding_asked` gives the keyboard to the offers beside it.
    """

    day_changed = Signal(object)
    chosen = Signal(object)
    sheet_asked = Signal(object)
    adding_asked = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diary")
        self.bench = bench
        self._day = bench.today()
        self._shown: diary.Day | None = None
        self._seen: dict[date, _Seen] = {}
        self._wanted: int | None = None
        self._sheet: EndingSheet | MovingSheet | VisitSheet | None = None
        self._acts = Acts(bench, self)
        self._build()
        self._connect()

    # build

    def _build(self) -> None:
        self.view = DayView(self._bare(), self.bench.formats, name="diary.view")
        self.grid = self.view.grid
        self.grid.setObjectName("diary.grid")
        self._moves, self._bookings = Moves(self.bench, self.grid, self), Bookings(self.bench, self)
        self.setLayout(vbox(self._moves.pin, (self.view, 1), gap=0))
        self.setFocusProxy(self.grid)
        self._minute = QTimer(self, singleShot=True)
        self._reading = QTimer(self, singleShot=True, interval=_UNTIL_STAMPED)
        self._retry = QTimer(self, singleShot=True, interval=_TRIED_AGAIN)

    def _connect(self) -> None:
        self._refresher = Refresher(self, self._load, _TOPICS, self._days, self.bench.backend)
        self._refresher.failed.connect(self._show_failure)
        self._minute.timeout.connect(self._tick)
        self._reading.timeout.connect(self._stamp)
        self._retry.timeout.connect(self._refresher.request)
        self._moves.sheet_asked.connect(self._show_sheet)
        self._moves.moved.connect(self._want)
        self._bookings.sheet_asked.connect(self.sheet_asked)
        self._bookings.day_asked.connect(self.show_day)
        grid = self.grid
        grid.chosen.connect(self._choose)
        grid.opened.connect(self._open)
        grid.slot_opened.connect(self._open_slot)
        grid.move_asked.connect(self._drop)
        grid.key_asked.connect(self._press)
        grid.menu_asked.connect(self._open_menu)
        self.bench.person_changed.connect(self._refresher.request)
        self.bench.clinic_changed.connect(self._refresher.request)

    def _bare(self) -> Picture:
        midnight = clock.at_local(self._day, 0, self.bench.formats.zone)
        return Picture(midnight=midnight, first=8 * 60, last=18 * 60)

    # the day

    def day(self) -> date:
        """The day that is shown."""
        return self._day

    def show_day(self, day: date) -> None:
        """Goes to a day: what is known of it at once, then as it is now."""
        if day != self._day:
            self._day = day
            self.day_changed.emit(day)
            self._shown = None
            seen = self._seen.get(day)
            if seen is None:
                self._show_unknown()
            else:
                self._show(seen.day, self._picture(seen.day))
        self._reading.start()
        self._refresher.request()

    def show_appointment(self, day: date, appointment: int) -> None:
        """Goes to a visit and chooses it."""
        self._wanted = appointment
        self.show_day(day)

    def today(self) -> None:
        """Goes to today, with now in sight."""
        self.show_day(self.bench.today())
        if (now := self.grid.scene.picture.now) is not None:
            self.view.scroll_to(now)

    def entry(self, appointment: int | None) -> diary.Entry | None:
        """A visit of the day that is shown."""
        entries = self._shown.entries if self._shown else ()
        return next((one for one in entries if one.id == appointment), None)

    def chosen_entry(self) -> diary.Entry | None:
        """The visit that is chosen."""
        return self.entry(self.grid.block())

    def _days(self) -> set[date]:
        return {self._day}

    async def _load(self) -> None:
        day = self._day
        found = await self.bench.backend.read(diary.day, day)
        known = self._seen.get(day)
        self._seen[day] = _Seen(found, self.bench.now(), known.verdicts if known else {})
        while len(self._seen) > _REMEMBERED:
            self._seen.pop(next(iter(self._seen)))
        shown = self._picture(found)
        following = None if shown.columns else await self._next_working(day)
        self._reading.stop()
        self._show(found, shown, following)
        self.view.show_age(Age.FRESH)
        self._choose_wanted()
        await self._load_verdicts(found)

    async def _load_verdicts(self, day: diary.Day) -> None:
        """What the gate says of the visits to come is read once the day is in sight: it mustn't wait for that."""
        coming = [one.id for one in day.entries if one.status in BEFORE_TREATMENT]
        verdicts = await self.bench.backend.read(screening.dues, coming) if coming else {}
        seen = self._seen.get(day.day)
        if seen is None or seen.verdicts == verdicts:
            return
        self._seen[day.day] = replace(seen, verdicts=verdicts)
        if self._shown is day and (shown := self._picture(day)).columns:
            self.view.show_picture(shown)

    async def _next_working(self, day: date) -> diary.Day | None:
        """The next day on which somebody works, looked for over two weeks."""
        for ahead in range(1, _SEARCHED + 1):
            found = await self.bench.backend.read(diary.day, day + ahead * _DAY)
            if self._picture(found).columns:
                return found
        return None

    def _show_unknown(self) -> None:
        """Shows a day of which nothing is known yet."""
        self.grid.choose(None)
        self.view.show_picture(self._bare())

    def _show(self, day: diary.Day, shown: Picture, following: diary.Day | None = None) -> None:
        """Shows a day wholly."""
        self._shown = day
        if not shown.columns:
            self.grid.choose(None)
            self.view.show_instead(self._nobody(day, following))
            return
        self.view.show_picture(shown)
        self._say_chosen()
        self._await_minute()

    def _picture(self, day: diary.Day) -> Picture:
        only = None if self.bench.may(Act.BOOK) else int(self.bench.person.id)
        seen = self._seen.get(day.day)
        verdicts = seen.verdicts if seen is not None else {}
        return picture(day, Sight(self.bench.formats, self.bench.now(), self.bench.clinic.wait_minutes, only, verdicts))

    def _stamp(self) -> None:
        """The reading takes its time: says so, and how old what is shown is."""
        formats = self.bench.formats
        words = self.tr("Reading {day}").format(day=formats.day(self._day))
        if seen := self._seen.get(self._day):
            words = self.tr("{day} as of {time}, refreshing").format(
                day=formats.day(self._day), time=formats.time(seen.at)
            )
        self.view.show_age(Age.LOADING, words)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        """The day can't be read: the last known one stays, stamped; without one it says so in its place."""
        self._reading.stop()
        self._retry.start()
        formats = self.bench.formats
        if seen := self._seen.get(self._day):
            self.view.show_age(Age.STALE, self.tr("As of {time}").format(time=formats.time(seen.at)))
            return
        why = error.sentence if isinstance(error, Trouble) else formats.sentence(error)
        words = self.tr("{why} Nothing that you typed is lost. It is tried again every 10 seconds.").format(why=why)
        again = Button(self.tr("Try again"), Kind.PRIMARY, name="diary.again")
        again.clicked.connect(self._refresher.request)
        self.view.show_instead(ErrorState(self.tr("The diary can’t be read"), words, again, name="diary.error"))

    def _nobody(self, day: diary.Day, following: diary.Day | None) -> QWidget:
        formats = self.bench.formats
        when = (
            self.tr("today") if day.day == self.bench.today() else self.tr("on {day}").format(day=formats.day(day.day))
        )
        words, buttons = self.tr("Shifts decide who can be booked."), []
        if following is not None:
            name = formats.day(following.day)
            words = self.tr("The clinic works again on {day}. {words}").format(day=name, words=words)
            go = Button(self.tr("Go to {day}").format(day=name), Kind.PRIMARY, name="diary.next_open")
            go.clicked.connect(partial(self.show_day, following.day))
            buttons.append(go)
        if self.bench.may(Act.ROTA):
            shifts = Button(self.tr("Open shifts"), name="diary.open_shifts")
            shifts.clicked.connect(partial(self.bench.goto.emit, Where(Page.STAFF)))
            buttons.append(shifts)
        return Empty("coffee", self.tr("No one works {when}").format(when=when), words, *buttons, name="diary.empty")

    # the clock

    def _await_minute(self) -> None:
        now = self.bench.now()
        self._minute.start(60_000 - (now.second * 1000 + now.microsecond // 1000) + 20)

    def _tick(self) -> None:
        """A minute has passed: the line moves, and the words that count minutes follow."""
        if self._shown is None or not self.isVisible():
            return
        shown = self._picture(self._shown)
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.grid.show_now(shown.now)
        elif shown.columns:
            self.view.show_picture(shown)
        self._await_minute()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    # what is chosen

    def _choose(self, block: object) -> None:
        sheet = self._sheet
        if sheet is not None and shiboken6.isValid(sheet) and sheet.entry.id != block:
            sheet.leave()
        self._say_chosen()

    def _say_chosen(self) -> None:
        self.chosen.emit(self.chosen_entry())

    def _choose_wanted(self) -> None:
        entry, self._wanted = self.entry(self._wanted), None
        if entry is not None and (block := self._block_of(entry)) is not None:
            self.grid.choose(block)
            self._say_chosen()

    def _block_of(self, entry: diary.Entry) -> int | None:
        """The block in which a visit is drawn: its own, or that of the base which it follows."""
        blocks = self.grid.scene.blocks
        if entry.id in blocks:
            return int(entry.id)
        minute = (entry.start - self.grid.scene.picture.midnight).total_seconds() // 60
        own = (b for b in blocks.values() if b.group == entry.group and b.column == entry.staff)
        return next((b.key for b in own if b.start <= minute < b.end), None)

    def _open(self, block: int) -> None:
        if (entry := self.entry(block)) is not None:
            self.do(Step.DETAILS, entry)

    # keys

    def _press(self, key: str) -> None:
        """A key of the diary (A.5)."""
        turns = {"PgUp": -_DAY, "PgDown": _DAY, "Shift+PgUp": -_WEEK, "Shift+PgDown": _WEEK}
        steps = {letter: step for step, letter in acts.KEYS.items()}
        if key in turns:
            self.show_day(self._day + turns[key])
        elif key == "T":
            self.today()
        elif key == "F":
            self.find_free()
        elif key == "V":
            self._moves.put_down()
        elif key == "+":
            self._begin_adding()
        elif key == ".":
            self._open_menu(self.grid.block(), self._menu_point())
        elif key in steps and (entry := self.chosen_entry()) is not None:
            self.do(steps[key], entry)
        elif key == acts.KEYS[Step.ARRIVE]:
            self._arrive_next()

    def _begin_adding(self) -> None:
        """The offers of the chosen visit take the keyboard: the next digit adds one (+)."""
        if self.chosen_entry() is None:
            self.bench.refused.emit(Refused("Choose a visit first, then press + and the digit of an add-on."))
        elif self._may(Act.ATTACH):
            self.adding_asked.emit()

    def _arrive_next(self) -> None:
        """Nobody is chosen: whoever is due nearest to now arrives; of several due at once one is chosen first (A.4)."""
        if self._day != self.bench.today():
            return
        now = self.bench.now()
        due = [one for one in self._in_sight() if one.status in UPCOMING]
        nearest = min((abs(one.start - now) for one in due), default=None)
        due = [one for one in due if abs(one.start - now) == nearest]
        if len(due) == 1:
            self.grid.choose(due[0].id)
            self._say_chosen()
            self.do(Step.ARRIVE, due[0])
        elif due:
            names = ", ".join(one.client_name for one in due)
            sentence = "{names} are due at the same time. Choose who has arrived, then press A."
            self.bench.refused.emit(Refused(sentence, names=names))

    def _in_sight(self) -> list[diary.Entry]:
        """The visits of the columns that are shown."""
        entries = self._shown.entries if self._shown else ()
        return [one for one in entries if one.id in self.grid.scene.blocks and one.base is None]

    def do(self, step: Step, entry: diary.Entry) -> None:
        """Does a step with a visit: at once, or by a sheet beside the day, or on another page."""
        if self._acts.take(step, entry):
            return
        sheets: dict[Step, Callable[[diary.Entry], None]] = {
            Step.NOT_COMING: self._end,
            Step.MOVE: self._pick_up,
            Step.REBOOK: self.rebook,
            Step.DETAILS: self._show_details,
        }
        if step in sheets:
            sheets[step](entry)
        elif step is Step.ADD:
            self.grid.choose(self._block_of(entry))
            self._begin_adding()
        elif step is Step.COMING:
            self.bench.goto.emit(Where(Page.COMING, client=entry.client, appointment=entry.id))
        elif step is Step.LEDGER:
            self.bench.goto.emit(Where(Page.LEDGER, client=entry.client, appointment=entry.id))
        elif step is Step.CHECKOUT:
            self.bench.goto.emit(Where(Page.CHECKOUT, client=entry.client, appointment=entry.id))

    def _end(self, entry: diary.Entry) -> None:
        if not self._may(Act.CANCEL):
            return
        if entry.status not in UPCOMING:
            sentence = "{name}’s visit is no longer to come, so it can’t be cancelled. Take the last step back first."
            self.bench.refused.emit(Refused(sentence, name=entry.client_name))
            return
        self._show_sheet(EndingSheet(self.bench, entry))

    def _show_sheet(self, sheet: EndingSheet | MovingSheet | VisitSheet) -> None:
        """Shows a sheet about one visit; it goes when another visit is chosen."""
        self._sheet = sheet
        self.sheet_asked.emit(sheet)

    def _pick_up(self, entry: diary.Entry) -> None:
        if self._may(Act.MOVE):
            self._moves.pick_up(entry)

    def _show_details(self, entry: diary.Entry) -> None:
        sheet = VisitSheet(self.bench, entry)
        sheet.asked.connect(self.do)
        self._show_sheet(sheet)

    def _menu_point(self) -> QPoint:
        block = self.grid.block()
        box = self.grid.box_of(block) if block is not None else None
        return self.grid.mapToGlobal(box.center().toPoint() if box else self.grid.rect().center())

    def _open_menu(self, block: object, point: QPoint) -> None:
        entry = self.entry(block) if isinstance(block, int) else None
        if entry is None:
            return
        menu = QMenu(self)
        menu.setObjectName("diary.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rest = [step for step in _ALWAYS if acts.allowed(self.bench, step)]
        if entry.status not in BEFORE_TREATMENT:
            rest = [step for step in rest if step is not Step.ADD]
        for step in (*acts.offered(self.bench, entry.status), None, *rest):
            if step is None:
                menu.addSeparator()
                continue
            key = acts.KEYS.get(step, "")
            made = menu.addAction(f"{acts.words(step, entry.status)}\t{key}" if key else acts.words(step, entry.status))
            made.setObjectName(f"diary.menu.{step}")
            made.triggered.connect(partial(self.do, step, entry))
        menu.popup(point)

    def _may(self, act: Act) -> bool:
        """Whether this person may; else the banner says who may."""
        if self.bench.may(act):
            return True
        sentence = "You can't {what}. Ask somebody at the desk, or change who is at the desk with F2."
        self.bench.refused.emit(NotAllowed(sentence, act=act, what=WORDS[act]))
        return False

    # booking and moving

    def _open_slot(self, column: int, minute: int, typed: str) -> None:
        """A free cell was opened: a booking begins there, its client already being typed."""
        if self._may(Act.BOOK):
            self._bookings.at(self.grid.scene.picture.at(minute), column, typed)

    def find_free(self) -> None:
        """Looks for the next free slot of a service (F)."""
        if self._may(Act.BOOK):
            self._bookings.find_free()

    def rebook(self, entry: diary.Entry) -> None:
        """Books the same again, some weeks on (R)."""
        if self._may(Act.BOOK):
            self._bookings.again(entry)

    def _drop(self, block: int, column: int, minute: int) -> None:
        if (entry := self.entry(block)) is not None:
            self._moves.move(entry, self.grid.scene.picture.at(minute), column)

    def _want(self, appointment: int) -> None:
        self._wanted = appointment

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._moves.let_go():
            return
        super().keyPressEvent(event)
