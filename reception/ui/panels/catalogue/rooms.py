"""The rooms and devices that services need, in the order in which they are tried (R20)."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reception.domain import catalogue
from reception.domain.access import Act
from reception.domain.catalogue import Resource
from reception.ui.actions import action
from reception.ui.dialogs.editing import Place, begun
from reception.ui.dialogs.needs import kind_words
from reception.ui.dialogs.resource import ResourceSheet
from reception.ui.panels.catalogue.parts import MARGIN, Sieve, row_tone, second_tone, section_head
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Empty, Hair, ListColumn, OrderedTable, caption, hbox, pane, vbox
from reception.ui.workbench import Draft, Workbench

KINDS = frozenset({"resource"})
"""The drafts that are gone on with here."""


class Rooms(QWidget):
    """One list; those who may, change it in a sheet beside it and put it in order."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._resources: tuple[Resource, ...] = ()
        self._sieve = Sieve("", retired=False)
        self._new = Button(self.tr("New room or device"), icon="plus", name="catalogue.new_resource")
        self._table = OrderedTable(self._columns(), margin=MARGIN, name="catalogue.resources")
        self._nothing = Empty("door", "", "", width=360, name="catalogue.no_resources")
        self._order = caption(self.tr("Drag a row, or press Ctrl and an arrow, to change the order of the list."))
        self.place = Place()
        foot = pane(hbox(self._order, STRETCH, margins=(MARGIN, 0, MARGIN, 0)), height=34)
        head = section_head(self.tr("Rooms and devices"), self._new)
        lists = vbox(head, (self._table, 1), (self._nothing, 1), Hair(), foot, gap=0)
        self.setLayout(hbox((pane(lists), 1), self.place, gap=0))
        self._new.clicked.connect(self._add)
        self._table.opened.connect(self._edit)
        self._table.moved.connect(self._move)
        self.place.emptied.connect(self._go_back)

    def show_resources(self, resources: tuple[Resource, ...]) -> None:
        """Shows the rooms and devices, retired ones where they are asked for."""
        self._resources = resources
        self.show_rows(self._sieve)

    def show_rows(self, sieve: Sieve) -> None:
        """Shows the rows that are wanted."""
        self._sieve, chosen = sieve, self._table.current()
        rows = [one for one in self._resources if sieve.lets(f"{one.name} {kind_words(one.kind)}", retired=one.retired)]
        self._table.show_rows(rows)
        again = next((one for one in rows if chosen is not None and one.id == chosen.id), None)
        if again is not None and self._table.current() != again:
            self._table.choose(again)
        self._table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._show_rights_of_order()
        if self._resources:
            self._nothing.show_words(
                self.tr("Nothing matches"), self.tr("Type other words, or show the retired ones too.")
            )
        else:
            words = self.tr("Where a service needs a room or a device, it is booked only while one of them is free.")
            self._nothing.show_words(self.tr("No rooms or devices yet"), words)

    def show_rights(self) -> None:
        """Shows what whoever is at the desk may change."""
        self._new.setVisible(self.bench.may(Act.CATALOGUE))
        self._show_rights_of_order()

    def show_draft(self, draft: Draft) -> None:
        """Goes on with a room or a device that was parked."""
        about = draft.body.get("about")
        self._open(next((one for one in self._resources if one.id == about), None), draft)

    def _columns(self) -> list[ListColumn[Resource]]:
        return [
            ListColumn(self.tr("Name"), _named, 260, tone=_tone),
            ListColumn(self.tr("Kind"), _kind, 90, tone=_second),
            ListColumn(self.tr("Can be used by"), self._used_by, tone=_second),
            ListColumn(self.tr("Coming visits"), _upcoming, 110, right=True, tone=_second),
        ]

    def _used_by(self, resource: Resource) -> str:
        return ", ".join(resource.services) or self.tr("Nothing needs it yet")

    def _show_rights_of_order(self) -> None:
        """A part of the list isn't put in order: its places wouldn't be those of the whole."""
        able = self.bench.may(Act.CATALOGUE) and not self._sieve.words.strip()
        self._table.movable = able
        self._order.setVisible(able and len(self._table.rows()) > 1)

    def _add(self) -> None:
        self._open(None)

    def _edit(self, resource: Resource) -> None:
        self._open(resource, begun(self.bench, "resource", resource.id))

    def _open(self, resource: Resource | None, draft: Draft | None = None) -> None:
        if self.bench.may(Act.CATALOGUE):
            self.place.show_sheet(ResourceSheet(self.bench, resource), draft)

    @action
    async def _move(self, resource: Resource, place: int) -> None:
        before = self._table.rows().index(resource)
        write = self.bench.backend.write
        await write(catalogue.move_resource, resource.id, place)
        undo = partial(write, catalogue.move_resource, resource.id, before)
        self.bench.said.emit(self.tr("Moved {}").format(resource.name), undo)

    def _go_back(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)


def _named(resource: Resource) -> str:
    return f"{resource.name}, retired" if resource.retired else resource.name


def _kind(resource: Resource) -> str:
    return kind_words(resource.kind)


def _upcoming(resource: Resource) -> str:
    return str(resource.upcoming) if resource.upcoming else ""


def _tone(resource: Resource) -> Tone:
    return row_tone(retired=resource.retired)


def _second(resource: Resource) -> Tone:
    return second_tone(retired=resource.retired)
