"""The service of a booking: a short list with digits, the client's usual ones first, the rest in a longer one."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import packages
from reception.domain.catalogue import Service
from reception.ui.widgets import Answers, Select, clear, vbox

_SHORT_LIST = 5
_LATELY = 12  # visits that say what somebody usually comes for


class ServiceList(QWidget):
    """One of the services that are offered; `chosen` hands over its number."""

    chosen = Signal(object)

    def __init__(self, words: Callable[[Service], str]) -> None:
        super().__init__()
        self._words = words
        self._services: tuple[Service, ...] = ()
        self._answers: Answers | None = None
        self._list = vbox(gap=4)
        self._more: Select[int] = Select(name="booking.service_more")
        self._more.setPlaceholderText(self.tr("Another service"))
        self.setLayout(vbox(self._list, self._more, gap=4))
        self._more.hide()
        self._more.chosen.connect(self.chosen)

    def services(self) -> tuple[Service, ...]:
        """What is offered, in its order."""
        return self._services

    def show_services(self, services: Sequence[Service], chosen: int | None) -> None:
        """Offers these services; the list is made anew only where they differ, so that the keyboard stays in it."""
        if tuple(services) != self._services or self._answers is None:
            self._services = tuple(services)
            self._fill()
        assert self._answers is not None
        short = [one.id for one in self._services[:_SHORT_LIST]]
        places = [place for place, one in enumerate(short) if one == chosen]
        self._answers.choose(*places)
        self._more.choose(None if places else chosen)

    def first(self) -> QWidget | None:
        """The row that is chosen, or the first; None where nothing is offered."""
        if self._answers is None or not self._services:
            return None
        return self._answers.answer(self._answers.index() or 0)

    def _fill(self) -> None:
        clear(self._list)
        short, more = self._services[:_SHORT_LIST], self._services[_SHORT_LIST:]
        self._answers = Answers([self._words(one) for one in short], height=31, name="booking.service")
        self._answers.changed.connect(self._choose)
        self._list.addWidget(self._answers)
        self._more.fill([(int(one.id), self._words(one)) for one in more])
        self._more.setVisible(bool(more))

    def _choose(self) -> None:
        index = self._answers.index() if self._answers is not None else None
        if index is not None:
            self.chosen.emit(self._services[index].id)


def usual(ledger: packages.Ledger, services: Sequence[Service]) -> tuple[int, ...]:
    """The services a client comes for: those with credits left first, then the most frequent of late."""
    credited = [int(one.service) for one in ledger.balances if one.available]
    counted = Counter(visit.service_name for visit in ledger.visits[:_LATELY])
    by_name = {one.name: int(one.id) for one in services}
    frequent = [by_name[name] for name, _ in counted.most_common() if name in by_name]
    return tuple(dict.fromkeys([*credited, *frequent]))
