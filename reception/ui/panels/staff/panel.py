"""The staff page: everybody who works here, and beside the list who is chosen or what is being changed."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reception.domain import catalogue, rota, staff
from reception.domain.access import Act
from reception.domain.catalogue import Service
from reception.domain.errors import DomainError, Trouble
from reception.domain.rota import Off, Rota
from reception.domain.staff import Person
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.editing import Editing, Place, begun
from reception.ui.dialogs.person_edit import PersonSheet, role_words
from reception.ui.dialogs.shifts import OtherHoursSheet, Pattern, ShiftsSheet, exceptional_hours, misfit_words, patterns
from reception.ui.dialogs.time_off import TimeOffSheet
from reception.ui.panels.staff.card import PersonCard
from reception.ui.panels.staff.table import StaffTable
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Banner, Button, Check, Hair, ListColumn, caption, hbox, label, pane, vbox
from reception.ui.workbench import Draft, Workbench

_MARGIN = 20


class Staff(QWidget):
    """Everybody in the order of the diary's columns; those who may, change them and their hours."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self._people: tuple[Person, ...] = ()
        self._services: tuple[Service, ...] = ()
        self._rota: Rota | None = None
        self._waiting: Draft | None = None
        self._build()
        self._connect()
        topics = frozenset({"staff", "rota", "catalogue", "diary"})
        self._refresher = Refresher(self, self._load, topics, None, bench.backend)
        self._refresher.failed.connect(self._show_trouble)
        self._show_rights()
        self._refresher.request()

    def show_staff(self, people: tuple[Person, ...], services: tuple[Service, ...], own: Rota | None) -> None:
        """Shows everybody, and the rota of who is chosen."""
        self._people, self._services, self._rota = people, services, own
        self._trouble.clear()
        self._show_rows()
        self._show_card()
        if self._waiting is not None:
            draft, self._waiting = self._waiting, None
            self.show_draft(draft)

    def show_draft(self, draft: Draft) -> None:
        """Goes on with what was parked about somebody."""
        if not self._people:
            self._waiting = draft
            return
        if self._place.goes_on_with(draft):
            return
        about = draft.body.get("about")
        person = next((one for one in self._people if one.id == about), None)
        if draft.kind == "person":
            self._open(PersonSheet(self.bench, person, self._services), draft)
        elif person is not None:
            self._resume(person, draft)

    # Building

    def _build(self) -> None:
        self._retired = Check(self.tr("Show who left"), name="staff.show_retired")
        self._new = Button(self.tr("New staff member"), icon="user-plus", name="staff.new")
        self._readonly, self._trouble = (
            Banner(square=True, name="staff.readonly"),
            Banner(square=True, name="staff.trouble"),
        )
        self._table = StaffTable(self._columns(), row=38, margin=_MARGIN, name="staff.list")
        self._order = caption(self.tr("Drag a row, or press Ctrl and an arrow, to change the order of the columns."))
        self._card = PersonCard(self.bench)
        self._place = Place(self._card)
        title = label(self.tr("Staff"), k.TITLE, k.SEMIBOLD)
        top = hbox(title, STRETCH, self._retired, self._new, gap=16, margins=(_MARGIN, 0, _MARGIN, 0))
        banners = vbox(self._readonly, self._trouble, gap=0)
        foot = hbox(self._order, STRETCH, margins=(_MARGIN, 0, _MARGIN, 0))
        lists = vbox(pane(top, height=56), banners, Hair(), (self._table, 1), Hair(), pane(foot, height=34), gap=0)
        self.setLayout(hbox((pane(lists, "surface"), 1), self._place, gap=0))

    def _connect(self) -> None:
        self._retired.toggled.connect(self._show_rows)
        self._new.clicked.connect(self._add)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(self._edit)
        self._table.moved.connect(self._move)
        self._place.emptied.connect(self._go_back)
        self._card.edit_asked.connect(self._edit_chosen)
        self._card.hours_asked.connect(self._change_hours)
        self._card.date_asked.connect(self._add_date)
        self._card.off_asked.connect(self._add_off)
        self._card.date_cleared.connect(self._clear_date)
        self._card.off_removed.connect(self._remove_off)
        self.bench.person_changed.connect(self._show_rights)

    def _columns(self) -> list[ListColumn[Person]]:
        return [
            ListColumn(self.tr("Name"), self._name, tone=_tone),
            ListColumn(self.tr("What they do"), _line, 180, tone=_second),
            ListColumn(self.tr("Role"), _role, 110, tone=_second),
            ListColumn(self.tr("Services"), _skills, 70, right=True, tone=_second),
            ListColumn(self.tr("Coming visits"), _upcoming, 96, right=True, tone=_second),
            ListColumn(self.tr("Diary"), self._column, 92, tone=_second),
        ]

    def _name(self, person: Person) -> str:
        return self.tr("{}, left").format(person.name) if person.retired else person.name

    def _column(self, person: Person) -> str:
        return self.tr("Column") if person.works and not person.retired else ""

    # Reading and showing

    async def _load(self) -> None:
        people = await self.bench.backend.read(staff.people, retired=True)
        services = await self.bench.backend.read(catalogue.services)
        chosen = self._table.current()
        own = await self.bench.backend.read(rota.of, chosen.id, self.bench.today()) if chosen else None
        self.show_staff(people, services, own)

    def _show_trouble(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._trouble.say(self.tr("The staff list could not be read."), words, Tone.DANGER)

    def _show_rows(self) -> None:
        chosen = self._table.current()
        rows = [one for one in self._people if self._retired.isChecked() or not one.retired]
        self._table.show_rows(rows)
        again = next((one for one in rows if chosen is not None and one.id == chosen.id), None)
        again = again or next(iter(rows), None)
        if again is not None and self._table.current() != again:
            self._table.choose(again)

    def _show_card(self) -> None:
        person, own = self._table.current(), self._rota
        if person is None or own is None or own.staff != person.id:
            if person is None:
                self._card.show_nobody()
            return
        names = [service.name for service in self._services if service.id in person.skills]
        mine, theirs = self.bench.may(Act.STAFF), self.bench.may(Act.ROTA)
        self._card.show_person(person, own, names, staff=mine, rota=theirs)

    def _show_rights(self) -> None:
        mine = self.bench.may(Act.STAFF)
        self._new.setVisible(mine)
        self._order.setVisible(mine)
        self._table.movable = mine
        self._show_card()
        if mine:
            self._readonly.clear()
            return
        words = self.tr("A manager or an owner changes it.")
        self._readonly.say(self.tr("You can read the staff list."), words, Tone.ACCENT)
        if (sheet := self._place.sheet()) is not None:
            sheet.leave()

    def _choose(self, person: Person | None) -> None:
        if person is not None and (self._rota is None or self._rota.staff != person.id):
            self._read_rota(person)

    @action
    async def _read_rota(self, person: Person) -> None:
        own = await self.bench.backend.read(rota.of, person.id, self.bench.today())
        if (chosen := self._table.current()) is not None and chosen.id == person.id:
            self._rota = own
            self._show_card()

    # Changing

    def _add(self) -> None:
        self._open(PersonSheet(self.bench, None, self._services))

    def _edit(self, person: Person) -> None:
        self._open(PersonSheet(self.bench, person, self._services), begun(self.bench, "person", person.id))

    def _edit_chosen(self) -> None:
        if (person := self._table.current()) is not None:
            self._edit(person)

    def _change_hours(self, pattern: Pattern | None) -> None:
        person = self._table.current()
        if person is None:
            return
        draft = begun(self.bench, "shifts", person.id)
        if draft is not None and draft.body["fields"].get("pattern") != (pattern.key() if pattern else None):
            draft = None
        self._open(self._shifts(person, pattern), draft)

    def _add_date(self) -> None:
        if (person := self._table.current()) is not None:
            self._open(OtherHoursSheet(self.bench, person), begun(self.bench, "other_hours", person.id))

    def _add_off(self) -> None:
        if (person := self._table.current()) is not None:
            self._open(TimeOffSheet(self.bench, person), begun(self.bench, "time_off", person.id))

    @action
    async def _resume(self, person: Person, draft: Draft) -> None:
        own = await self.bench.backend.read(rota.of, person.id, self.bench.today())
        if draft.kind == "shifts":
            key = draft.body["fields"].get("pattern")
            pattern = next((one for one in patterns(own.weekly) if one.key() == key), None)
            self._open(self._shifts(person, pattern), draft)
        elif draft.kind == "other_hours":
            self._open(OtherHoursSheet(self.bench, person), draft)
        else:
            self._open(TimeOffSheet(self.bench, person), draft)

    def _shifts(self, person: Person, pattern: Pattern | None) -> ShiftsSheet:
        return ShiftsSheet(self.bench, person, pattern, self.bench.today())

    def _open(self, sheet: Editing, draft: Draft | None = None) -> None:
        act = Act.STAFF if isinstance(sheet, PersonSheet) else Act.ROTA
        if not self.bench.may(act):
            sheet.deleteLater()
            return
        self._place.show_sheet(sheet, draft)

    @action
    async def _move(self, person: Person, place: int) -> None:
        before = [one.id for one in self._table.rows()]
        after = [id for id in before if id != person.id]
        after.insert(place, person.id)
        write = self.bench.backend.write
        await write(staff.reorder, tuple(after))
        self.bench.said.emit(self.tr("Moved {}").format(person.name), partial(write, staff.reorder, tuple(before)))

    @action
    async def _clear_date(self, day: object) -> None:
        person, own = self._table.current(), self._rota
        if person is None or own is None:
            return
        hours = exceptional_hours(row for row in own.exceptions if row.day == day)
        write = self.bench.backend.write
        await write(rota.clear_exception, person.id, day)
        words = self.tr("The hours of {} that repeat count again").format(person.name)
        words += await misfit_words(self.bench, person.id)
        self.bench.said.emit(words, partial(write, rota.set_exception, person.id, day, hours))

    @action
    async def _remove_off(self, off: Off) -> None:
        write = self.bench.backend.write
        await write(rota.remove_off, off.id)
        words = off.words or (self.tr("the block") if off.block else self.tr("the time off"))
        undo = partial(write, rota.add_off, off.staff, off.span, block=off.block, words=off.words)
        self.bench.said.emit(self.tr("Took away {}").format(words), undo)

    def _go_back(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)


def _tone(person: Person) -> Tone:
    return Tone.INK3 if person.retired else Tone.INK


def _second(person: Person) -> Tone:
    return Tone.INK3 if person.retired else Tone.INK2


def _line(person: Person) -> str:
    return person.line


def _role(person: Person) -> str:
    return role_words(person.role)


def _skills(person: Person) -> str:
    return str(len(person.skills)) if person.skills else ""


def _upcoming(person: Person) -> str:
    return str(person.upcoming) if person.upcoming else ""
