"""What else the client has at the same coming-in: further services, each right after the one before it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from reception.domain import diary, packages, staff
from reception.domain.catalogue import Service
from reception.ui import tokens as k
from reception.ui.dialogs.booking.wish import AlsoWanted
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Elided, Kind, Select, clear, hbox, pane, vbox


class MoreServices(QWidget):
    """Rows of a service and who performs it; `changed` hands over all of them."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._services: tuple[Service, ...] = ()
        self._people: tuple[staff.Person, ...] = ()
        self._wanted: tuple[AlsoWanted, ...] = ()
        self._said: list[Elided] = []
        self._person: int | None = None
        self._first: int | None = None
        self._rows = vbox(gap=6)
        self._add = Button(self.tr("Add another service"), Kind.LINK, icon="plus", height=24, name="booking.add")
        self._add.clicked.connect(self._append)
        self.setLayout(vbox(self._rows, hbox(self._add, STRETCH), gap=4))

    def show_choices(self, services: Sequence[Service], people: Sequence[staff.Person]) -> None:
        """What can be chosen."""
        self._services, self._people = tuple(services), tuple(one for one in people if one.works)
        self._fill()

    def show_wanted(self, wanted: tuple[AlsoWanted, ...]) -> None:
        """Shows what else is wanted; the rows are made anew only where they differ."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._fill()

    def show_checks(self, checks: Sequence[diary.Check], formats: Formats) -> None:
        """Says beside each when it is over and how it is paid."""
        for said, check in zip(self._said, checks, strict=False):
            said.show_words(_words(check, formats))

    def offer(self, person: int | None, service: int | None) -> None:
        """Offers another one beside a service, with the same person where they perform it."""
        self._person, self._first = person, service
        self._add.setEnabled(bool(self._services) and service is not None)

    def _fill(self) -> None:
        clear(self._rows)
        self._said = []
        for n, one in enumerate(self._wanted):
            self._rows.addWidget(self._row(n, one))

    def _row(self, n: int, one: AlsoWanted) -> QWidget:
        service: Select[int] = Select([(int(s.id), s.name) for s in self._services], name=f"booking.also.{n}.service")
        service.choose(one.service)
        service.setAccessibleName(self.tr("Another service"))
        able = [(int(p.id), p.name) for p in self._people if one.service in p.skills]
        person: Select[int] = Select(able, name=f"booking.also.{n}.staff")
        person.choose(one.staff)
        person.setAccessibleName(self.tr("With whom"))
        away = Button(
            kind=Kind.GHOST, icon="x", height=28, tip=self.tr("Leave it out"), name=f"booking.also.{n}.remove"
        )
        said = Elided("", k.CAPTION, tone=Tone.INK2, name=f"booking.also.{n}.said")
        self._said.append(said)
        service.chosen.connect(partial(self._choose_service, n))
        person.chosen.connect(partial(self._choose_person, n))
        away.clicked.connect(partial(self._remove, n))
        return pane(vbox(pane(hbox((service, 3), (person, 2), away, gap=6)), said, gap=2))

    def _append(self) -> None:
        """The first service that isn't wanted yet; its row says the rest."""
        taken = {self._first, *(one.service for one in self._wanted)}
        service = next((int(s.id) for s in self._services if s.id not in taken), None)
        if service is not None:
            self._tell((*self._wanted, AlsoWanted(service, self._performer(service, self._person))))

    def _choose_service(self, n: int, service: object) -> None:
        chosen = int(str(service))
        self._replace(n, AlsoWanted(chosen, self._performer(chosen, self._wanted[n].staff)))

    def _choose_person(self, n: int, person: object) -> None:
        self._replace(n, AlsoWanted(self._wanted[n].service, int(str(person))))

    def _replace(self, n: int, one: AlsoWanted) -> None:
        self._tell((*self._wanted[:n], one, *self._wanted[n + 1 :]))

    def _remove(self, n: int) -> None:
        self._tell((*self._wanted[:n], *self._wanted[n + 1 :]))

    def _tell(self, wanted: tuple[AlsoWanted, ...]) -> None:
        self.show_wanted(wanted)
        self.changed.emit(wanted)

    def _performer(self, service: int, wished: int | None) -> int | None:
        """Whoever was chosen, where they perform it, else the first who does (R21)."""
        able = [int(one.id) for one in self._people if service in one.skills]
        return wished if wished in able else next(iter(able), None)


def _words(check: diary.Check, formats: Formats) -> str:
    paid = credit_words(check.credit) if check.credit is not None else formats.money(check.price)
    until = _tr("until {time}").format(time=formats.time(check.end))
    return f"{until} · {paid}"


def credit_words(credit: packages.Option) -> str:
    """Which credit pays: "Credit 4 of 6"."""
    return _tr("Credit {number} of {of}").format(number=credit.number, of=credit.of)


def _tr(words: str) -> str:
    return QCoreApplication.translate("booking", words)
