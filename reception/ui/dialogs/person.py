"""Who is at the desk (F2): picked by name."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import staff
from reception.domain.access import Role
from reception.domain.staff import Person
from reception.ui.actions import action
from reception.ui.widgets import Pick, PickList, caption, heading, vbox
from reception.ui.widgets.floating import Floating
from reception.ui.widgets.pick_list import found_parts
from reception.ui.workbench import Workbench

_WIDTH, _TOP, _MOST = 400, 57, 9


class PersonPicker(Floating):
    """The staff list; letters narrow it, a digit or Enter takes the desk. What is parked stays."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        self.bench = bench
        self._people: tuple[Person, ...] = ()
        self._list = PickList(bench.tr("Name"), name="person")
        title = heading(bench.tr("Who is at the desk?"))
        note = caption(bench.tr("What is half done stays parked for everybody."))
        content = vbox(
            vbox(title, note, gap=2, margins=(18, 16, 18, 10)), vbox(self._list, margins=(12, 0, 12, 10)), gap=0
        )
        super().__init__(window, content, width=_WIDTH, top=_TOP, name="person.sheet")
        self.setAccessibleName(title.text())
        self.setFocusProxy(self._list.line)
        self._list.query_changed.connect(self._show)
        self._list.chosen.connect(self._choose)
        self._list.left.connect(self.reject)
        self._load()

    @action
    async def _load(self) -> None:
        self._people = await self.bench.backend.read(staff.people)
        self._show()

    def _show(self, _query: str = "") -> None:
        query = self._list.query()
        fitting = [person for person in self._people if not query.strip() or _named(person.name, query)]
        self._list.show_rows([self._pick(person, n) for n, person in enumerate(fitting, 1)])
        self._list.setFixedHeight(min(self._list.height_of(_MOST) + 8, self.over.height() - 2 * _TOP - 80))
        self.place()

    def _pick(self, person: Person, n: int) -> Pick:
        now = self.tr("at the desk now") if person.id == self.bench.person.id else ""
        note = " · ".join(part for part in (role_words(person.role), person.line) if part)
        return Pick(person.name, person, note=note, right=now, key=str(n) if n <= _MOST else "")

    def _choose(self, person: object) -> None:
        self.accept()
        self.chosen.emit(person)


def role_words(role: Role) -> str:
    """What a role is called on the screen."""
    return {
        Role.RECEPTIONIST: _tr("Receptionist"),
        Role.PRACTITIONER: _tr("Practitioner"),
        Role.MANAGER: _tr("Manager"),
        Role.OWNER: _tr("Owner"),
    }[role]


def _named(name: str, query: str) -> bool:
    return any(strong for _, strong in found_parts(name, query))


def _tr(words: str) -> str:
    return QCoreApplication.translate("person", words)
