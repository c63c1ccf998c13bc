"""The rooms and devices of a booking: picked by the clinic's order, changed here (R20)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.diary import Placed
from reception.ui.widgets import Select, clear, hbox


class Rooms(QWidget):
    """A choice for each need of the service that has one; `chosen` hands over all that is chosen by now."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._placed: tuple[Placed, ...] = ()
        self._picks: dict[int, int] = {}
        self._row = hbox(gap=6)
        self.setLayout(self._row)

    def show_placed(self, placed: Sequence[Placed]) -> None:
        """Shows what the booking would be given; made anew only where that differs."""
        if tuple(placed) == self._placed:
            return
        self._placed = tuple(placed)
        self._picks = {one.number: int(one.resource) for one in placed}
        clear(self._row)
        for one in placed:
            ways = sorted([(int(one.resource), one.name), *((int(id_), name) for id_, name in one.others)], key=_name)
            choice: Select[int] = Select(ways, icon="door", name=f"booking.room.{one.number}")
            choice.choose(int(one.resource))
            choice.setEnabled(len(ways) > 1)
            choice.setAccessibleName(self.tr("Room or device"))
            choice.chosen.connect(partial(self._choose, one.number))
            self._row.addWidget(choice, 1)

    def is_needed(self) -> bool:
        """Whether the service needs a room or a device."""
        return bool(self._placed)

    def _choose(self, number: int, resource: object) -> None:
        self._picks[number] = int(str(resource))
        self.chosen.emit(tuple(self._picks.values()))


def _name(way: tuple[int, str]) -> str:
    return way[1].casefold()
