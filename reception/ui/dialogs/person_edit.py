"""A staff member as they are typed: name, role, skills."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import staff
from reception.domain.access import Role
from reception.domain.catalogue import Service
from reception.domain.staff import Person, PersonDraft
from reception.domain.tables.ids import ServiceId
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs import pin
from reception.ui.dialogs.editing import Editing, Fact, Retiring, counted
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Check, LineEdit, Select, caption, hbox, vbox
from reception.ui.workbench import Undo, Workbench


class PersonSheet(Editing):
    """Somebody who works here: new, or changed; what is booked with them stays (R20)."""

    def __init__(
        self, bench: Workbench, person: Person | None, services: Sequence[Service], parent: QWidget | None = None
    ) -> None:
        super().__init__(bench, "person", person.id if person else None, parent)
        self._person = person
        self._name = LineEdit(person.name if person else "")
        self._line = LineEdit(person.line if person else "")
        self._role = Select([(role, role_words(role)) for role in Role])
        self._role.choose(person.role if person else Role.PRACTITIONER)
        self._clinical = Check(self.tr("May clear what screening blocks"), on=bool(person and person.clinical))
        self._works = Check(self.tr("Has a column in the diary"), on=person.works if person else True)
        self._skills = Skills(services, person.skills if person else frozenset())
        words = self.tr("Change the PIN…") if person and person.has_pin else self.tr("Set a PIN…")
        self._pin = Button(words, icon="lock", name="person.pin")
        self._may, self._fact = Fact(name="person.may"), Fact(name="person.fact")
        self._build()
        self.look()

    def _build(self) -> None:
        person = self._person
        self.title.show_words(person.name if person else self.tr("New staff member"))
        self.subtitle.show_words(self.tr("Left the clinic") if person and person.retired else self.tr("Staff"))
        self.row(self.field("name", self.tr("Name"), self._name, required=True))
        hint = self.tr("Stands under the name in the diary, as in Physio · Room 1")
        self.row(self.field("line", self.tr("What they do"), self._line, hint=hint))
        self.row(self.field("role", self.tr("Role"), self._role))
        self.form.add_row(self._may)
        self.row(self.field("clinical", self.tr("Clinical right"), self._clinical))
        if person is not None and not person.retired:
            self._pin.clicked.connect(self._set_pin)
            self.form.add_row(vbox(caption(self.tr("PIN"), Tone.INK2, k.MEDIUM), hbox(self._pin, STRETCH), gap=5))
        self.row(self.field("works", self.tr("Diary"), self._works))
        self.row(self.field("skills", self.tr("Services they may perform"), self._skills))
        self.form.add_row(self._fact)
        if person is not None:
            self.offer_retiring(_retiring(person))

    @action
    async def _set_pin(self) -> None:
        if self._person is not None:
            await pin.set_pin(self.bench, self.window(), self._person)

    @override
    def draft_title(self) -> str:
        return self._name.text().strip() or self.tr("New staff member")

    @override
    def look(self) -> None:
        role = self._role.value()
        self._may.show_words("" if role is None else may_words(role))
        self._fact.show_words(self._misfits())

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, write = self._typed(), self.bench.backend.write
        old = self._person
        if old is None:
            person = await write(staff.add, draft, id=id)
            return self.tr("Added {}").format(draft.name), partial(write, staff.retire, person)
        await write(staff.change, old.id, draft, id=id)
        return self.tr("Changed {}").format(draft.name), partial(write, staff.change, old.id, _draft(old))

    def _misfits(self) -> str:
        if not self._works.isChecked():
            return self.tr("Without a column nobody is booked with them.")
        if not self._skills.chosen():
            return self.tr("Without a service nobody can be booked with them.")
        return ""

    def _typed(self) -> PersonDraft:
        return PersonDraft(
            name=self._name.text(),
            line=self._line.text(),
            role=self._role.value() or Role.PRACTITIONER,
            clinical=self._clinical.isChecked(),
            works=self._works.isChecked(),
            skills=self._skills.skills(),
        )


class Skills(QWidget):
    """The services by category, each to be ticked."""

    edited = Signal()

    def __init__(self, services: Sequence[Service], held: frozenset[ServiceId]) -> None:
        super().__init__()
        self._services = tuple(services)
        self._checks = {one.id: Check(one.name, on=one.id in held, name=f"person.skill.{one.id}") for one in services}
        rows: list[QWidget] = []
        for category, group in groupby(services, key=_category):
            if category:
                rows.append(caption(category, Tone.INK3))
            rows += [self._checks[one.id] for one in group]
        if not rows:
            rows.append(caption(self.tr("The catalogue holds no services yet."), Tone.INK3))
        self.setLayout(vbox(*(hbox(row, STRETCH) for row in rows), gap=2))
        for check in self._checks.values():
            check.clicked.connect(self.edited)

    def chosen(self) -> int:
        """How many are ticked."""
        return sum(check.isChecked() for check in self._checks.values())

    def skills(self) -> frozenset[ServiceId]:
        """Which services are ticked."""
        return frozenset(one.id for one in self._services if self._checks[one.id].isChecked())

    def raw(self) -> list[int]:
        """The same, as it is kept."""
        return sorted(self.skills())

    def put(self, ids: Sequence[int]) -> None:
        """Ticks what was kept."""
        for id, check in self._checks.items():
            check.setChecked(id in ids)


def role_words(role: Role) -> str:
    """A role as people say it."""
    return {
        Role.RECEPTIONIST: _tr("Receptionist"),
        Role.PRACTITIONER: _tr("Practitioner"),
        Role.MANAGER: _tr("Manager"),
        Role.OWNER: _tr("Owner"),
    }[role]


def may_words(role: Role) -> str:
    """What somebody of a role may do, in a sentence."""
    return {
        Role.RECEPTIONIST: _tr("Books, moves and cancels, sells, and keeps the clients’ records."),
        Role.PRACTITIONER: _tr("Sees their own column and the ledgers, and says how far a visit is."),
        Role.MANAGER: _tr("Does all that the desk does, and changes catalogue, staff, shifts and settings."),
        Role.OWNER: _tr("May do everything. A clinic has at least one owner."),
    }[role]


def _category(service: Service) -> str:
    return service.category


def _draft(person: Person) -> PersonDraft:
    return PersonDraft(
        name=person.name,
        line=person.line,
        role=person.role,
        clinical=person.clinical,
        works=person.works,
        skills=person.skills,
    )


def _retiring(person: Person) -> Retiring:
    if person.retired:
        words = _tr("Brought back, they stand in the staff list again, with the shifts that they had.")
    elif person.upcoming:
        visits = counted(person.upcoming, _tr("1 coming visit is"), _tr("{} coming visits are"))
        words = _tr("{} booked with them. Those stay, and stand in the queue as conflicts until they are moved.")
        words = words.format(visits)
    else:
        words = _tr("Nothing is booked with them. Their name stays on what they did.")
    return Retiring(person.name, words, person.retired, staff.retire, staff.restore)


def _tr(words: str) -> str:
    return QCoreApplication.translate("person", words)
