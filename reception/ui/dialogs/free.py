"""The next free slot for a service, on any day, with anybody who performs it (F)."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue, diary
from reception.domain.catalogue import Bookable
from reception.domain.tables.ids import ServiceId
from reception.ui import text
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import Answers, Button, Pick, PickList, Select, caption, clear, label, pane, section, vbox
from reception.ui.workbench import Workbench

_DAYS = 28
_SHORT_LIST = 9
_READ, _SHOWN = 120, 8


class FreeSheet(Sheet):
    """A service by its digit, then the earliest free starts; Enter takes the first."""

    picked = Signal(object, object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__("free", parent)
        self.bench = bench
        self._services: tuple[catalogue.Service, ...] = ()
        self._service: ServiceId | None = None
        self._since = bench.today()
        self._answers: Answers | None = None
        self._typed = ""  # a digit that came before the services were read
        self._list = vbox(gap=4)
        self._more: Select[int] = Select(name="free.more")
        self._more.setPlaceholderText(self.tr("Another service"))
        self._found: tuple[diary.Slot, ...] = ()
        self._slots = PickList(self.tr("Narrow by name or day"), name="free.slots")
        self._none = label("", k.BODY, tone=Tone.INK2, wrap=True, name="free.none")
        self._later = Button(self.tr("Later"), height=36, name="free.later")
        self._build()
        self._finding = Refresher(self, self._find, frozenset({"diary", "rota", "staff"}), None, bench.backend)
        self._read()

    def _build(self) -> None:
        self.title.show_words(self.tr("Next free slot"))
        self.subtitle.show_words(self.tr("For a service, on any day"))
        services = part(
            pane(section(self.tr("Service"), caption(self.tr("press the digit")))), pane(self._list), self._more
        )
        self._slots.hide()
        self.put_together(None, pane(vbox(services, (rest(self._none, self._slots), 1), gap=0)), self._later)
        self.go.show_words(self.tr("Book this slot"))
        self.go.setEnabled(False)
        self._more.chosen.connect(self._choose)
        self._slots.query_changed.connect(self._narrow)
        self._slots.chosen.connect(self._pick)
        self._slots.left.connect(self.leave)
        self._later.clicked.connect(self._look_later)
        self.go.clicked.connect(self._pick_current)

    @action
    async def _read(self) -> None:
        offered = await self.bench.backend.read(catalogue.services)
        self._services = tuple(one for one in offered if one.bookable is not Bookable.ADD_ON)
        short, more = self._services[:_SHORT_LIST], self._services[_SHORT_LIST:]
        clear(self._list)
        self._answers = Answers([self._words(one) for one in short], height=31, name="free.service")
        self._answers.changed.connect(self._choose_answer)
        self._list.addWidget(self._answers)
        self._more.fill([(int(one.id), self._words(one)) for one in more])
        self._more.choose(None)
        self._more.setVisible(bool(more))
        self._answers.press(self._typed)

    def _words(self, service: catalogue.Service) -> str:
        return f"{service.name} · {self.bench.formats.minutes(service.minutes)}"

    def _choose_answer(self) -> None:
        assert self._answers is not None
        index = self._answers.index()
        if index is not None:
            self._choose(self._services[index].id)

    def _choose(self, service: object) -> None:
        self._service = next(one.id for one in self._services if one.id == service)
        self._since = self.bench.today()
        self._finding.request()

    def _look_later(self) -> None:
        self._since += timedelta(days=7)
        self._finding.request()

    async def _find(self) -> None:
        if self._service is not None:
            read = self.bench.backend.read
            self.show_slots(await read(diary.free, self._service, self._since, _DAYS, limit=_READ))

    def show_slots(self, slots: tuple[diary.Slot, ...]) -> None:
        """Offers these starts, the earliest first."""
        self._found = slots
        self._slots.setVisible(bool(slots))
        self._none.setVisible(not slots)
        self._none.setText(
            self.tr("Nobody is free for it in the next four weeks. Look later, or choose another service.")
        )
        self._narrow(self._slots.query())
        if slots:
            self._slots.setFocus()

    def _narrow(self, typed: str) -> None:
        """Leaves those whose day, time or name begins like what was typed."""
        formats, today = self.bench.formats, self.bench.today()
        wanted = text.folded(typed).split()
        picks = []
        for one in self._found:
            when = formats.when(one.start, today)
            words = text.folded(f"{when} {one.staff_name}").split()
            if all(any(word.startswith(part) for word in words) for part in wanted):
                picks.append(Pick(when, one, one.staff_name, icon="clock"))
        self._slots.show_rows(picks[:_SHOWN])
        self._slots.setFixedHeight(self._slots.height_of() + 8)
        self.go.setEnabled(bool(picks))

    def _pick_current(self) -> None:
        current = self._slots.current()
        if current is not None:
            self._pick(current.value)

    def _pick(self, slot: object) -> None:
        self.closed.emit()
        self.picked.emit(slot, self._service)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._answers is None and event.text().isdigit():
            self._typed = event.text()
            return
        if self._answers is not None and event.key() != Qt.Key.Key_Return and self._answers.press(event.text()):
            return
        super().keyPressEvent(event)
