"""A service goes ahead in spite of an answer: for one visit, or until a day, and always with a reason (R33)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import screening
from reception.domain.errors import DomainError, Invalid
from reception.domain.tables.ids import ClientId, GroupId, ServiceId
from reception.ui.widgets import Answers, DateEdit, Field, LineEdit, Select, vbox
from reception.ui.workbench import Workbench

_VISIT, _THROUGH = range(2)


class Whom(NamedTuple):
    """Whose answers stand in the way, and in which coming-in; without one only visits until a day can be cleared."""

    client: ClientId
    name: str
    group: GroupId | None


class Clearance(QWidget):
    """Asks which service is cleared, for how long and why. `changed` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, bench: Workbench, whom: Whom, services: Sequence[tuple[ServiceId, str]], day: date) -> None:
        super().__init__()
        self.bench, self._whom, self._names = bench, whom, dict(services)
        self._service: Select[ServiceId] = Select(services)
        words = (self.tr("For this visit only"), self.tr("For visits up to and including a day"))
        self._how = Answers(words, name="clear.how")
        self._day = DateEdit(bench.formats, today=bench.today())
        self._day.show_day(day)
        self.reason = LineEdit()
        self._fields = {
            "service": Field(self.tr("Service"), self._service, name="clear.service"),
            "through": Field(self.tr("The last day"), self._day, name="clear.through"),
            "words": Field(self.tr("Reason, kept with your name"), self.reason, name="clear.words"),
        }
        service, through, reason = self._fields.values()
        self.setLayout(vbox(service, self._how, through, reason, gap=10))
        service.setVisible(len(services) > 1)
        self._how.setVisible(whom.group is not None)
        self._how.choose(_VISIT if whom.group is not None else _THROUGH)
        self._show_how()
        self._how.changed.connect(self._show_how)
        self.reason.edited.connect(self.changed)

    def is_ready(self) -> bool:
        """Whether there is a reason: without one nothing is cleared."""
        return bool(self.reason.text().strip())

    def show_error(self, field: str, error: DomainError) -> bool:
        """Says at its field what is wanting; False where it has no such field."""
        self.clear_errors()
        place = self._fields.get(field)
        if place is not None:
            place.show_error(self.bench.formats.sentence(error))
        return place is not None

    def clear_errors(self) -> None:
        """Takes back what was wanting."""
        for field in self._fields.values():
            field.clear_error()

    async def clear(self) -> None:
        """Clears it, and says so; raises Invalid with its field for what is wanting."""
        service, words, through = self._service.value(), self.reason.text(), self._last_day()
        if service is None:
            raise Invalid("Choose the service that is cleared.", field="service")
        client, name, group = self._whom
        group = group if through is None else None
        await self.bench.backend.write(screening.clear, client, service, words, group=group, through=through)
        said = self.tr("Cleared {service} for {name}, for this visit")
        if through is not None:
            said = self.tr("Cleared {service} for {name}, until {day}")
        day = self.bench.formats.full(through) if through is not None else ""
        self.bench.said.emit(said.format(service=self._names[service], name=name, day=day), None)

    def _last_day(self) -> date | None:
        """The last day that it is cleared for; None for this visit only."""
        if self._how.index() == _VISIT:
            return None
        try:
            day = self._day.day()
        except Invalid as error:
            raise Invalid(error.template, field="through", **error.values) from error
        if day is None:
            raise Invalid("Type the last day that it is cleared for.", field="through")
        return day

    def _show_how(self) -> None:
        self._fields["through"].setVisible(self._how.index() == _THROUGH)
        self.changed.emit()
