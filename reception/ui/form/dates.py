"""Questions that are answered by a date, a time or both; where only the month or the year is known, that will do."""

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.clock import at_local
from reception.domain.errors import Invalid
from reception.domain.questionnaire.values import Value
from reception.ui import tokens as k
from reception.ui.form.control import Control, Desk, OneLine
from reception.ui.widgets import STRETCH, Button, LineEdit, TimeEdit, hbox
from reception.ui.widgets.date_edit import MonthPopup

_WHOLE_DAY = len("2026-11-24")


class _DayLine(LineEdit):
    """The line of a date: Alt+Down and F4 open the month."""

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__(hint=desk.formats.date_hint(), name=name)
        self._desk = desk
        self.setFixedWidth(150)

    def text_as_day(self) -> str:
        """The date or part of one as FHIR writes it; "" for none. Raises Invalid."""
        typed = self.text().strip()
        return self._desk.formats.parse_partial(typed, self._desk.today) if typed else ""

    def show_day(self, day: str) -> None:
        """Shows a date or part of one."""
        self.setText(self._desk.formats.typed_partial(day) if day else "")

    def tidy(self) -> None:
        """Writes the date as the clinic writes it, once it can be read."""
        try:
            self.show_day(self.text_as_day())
        except Invalid:
            return  # what was typed stays, for the form to say what is wrong with it

    def open_month(self) -> None:
        """Opens the month of the date below the line."""
        try:
            known = self.text_as_day()
        except Invalid:
            known = ""
        day = date.fromisoformat(f"{known}-01-01"[:_WHOLE_DAY]) if known else self._desk.today
        popup = MonthPopup(self, self._desk.formats, day, self._desk.today)
        popup.month.chosen.connect(self._pick)
        popup.show_below(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.open_month()
        else:
            super().keyPressEvent(event)

    def _pick(self, day: date) -> None:
        self.show_day(day.isoformat())
        self.edited.emit()


class Day(OneLine[_DayLine]):
    """A date; where only the month or the year is known, that is an answer too."""

    def __init__(self, name: str, desk: Desk) -> None:
        super().__init__(name, _DayLine(desk, name=f"{name}.line"))
        self._opener = Button(icon="diary", tip=self.tr("Pick a day (F4)"), name=f"{name}.month")
        self._opener.setFixedWidth(k.CONTROL)
        self._opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(hbox(self.line, self._opener, STRETCH, gap=6))
        self.line.editingFinished.connect(self.line.tidy)
        self._opener.clicked.connect(self.line.open_month)

    @override
    def values(self) -> tuple[Value, ...]:
        day = self.line.text_as_day()
        return (Value("date", day),) if day else ()

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self.line.show_day(str(values[0].value) if values else "")


class Moment(Control):
    """A date with its time of the day; without the time, or with only a part of the date, it is an answer too."""

    def __init__(self, name: str, desk: Desk) -> None:
        super().__init__(name)
        self._desk = desk
        self.line = _DayLine(desk, name=f"{name}.line")
        self.time = TimeEdit(desk.formats, name=f"{name}.time")
        self.time.setFixedWidth(84)
        self.time.setPlaceholderText(self.tr("hh:mm"))
        self.setLayout(hbox(self.line, self.time, STRETCH, gap=6))
        for part in (self.line, self.time):
            part.edited.connect(self.edited)
        self.line.editingFinished.connect(self.line.tidy)

    @override
    def values(self) -> tuple[Value, ...]:
        day, minutes = self.line.text_as_day(), self.time.minutes()
        if minutes is None:
            return (Value("dateTime", day),) if day else ()
        if len(day) < _WHOLE_DAY:
            raise Invalid("A time of the day needs its day. Type the whole date, or take the time away.")
        zone = self._desk.formats.zone
        at = at_local(date.fromisoformat(day), minutes, zone).astimezone(zone)
        return (Value("dateTime", at.isoformat(timespec="seconds")),)

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        held = str(values[0].value) if values else ""
        if "T" not in held:
            self.line.show_day(held)
            self.time.show_minutes(None)
            return
        at = datetime.fromisoformat(held)
        local = at.astimezone(self._desk.formats.zone) if at.tzinfo else at
        self.line.show_day(local.date().isoformat())
        self.time.show_minutes(local.hour * 60 + local.minute)

    @override
    def show_title(self, title: str) -> None:
        self.line.setAccessibleName(title)
        self.time.setAccessibleName(self.tr("Time of %1").replace("%1", title))

    @override
    def raw(self) -> Any:
        return [self.line.text(), self.time.text()]

    @override
    def put(self, typed: Any) -> None:
        day, time = typed
        self.line.setText(day)
        self.time.setText(time)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.line, self.time)

    @override
    def is_typed(self) -> bool:
        return True


class Clock(OneLine[TimeEdit]):
    """A time of the day."""

    def __init__(self, name: str, desk: Desk) -> None:
        super().__init__(name, TimeEdit(desk.formats, name=f"{name}.time"))
        self.line.setFixedWidth(92)
        self.line.setPlaceholderText(self.tr("hh:mm"))
        self.setLayout(hbox(self.line, STRETCH))

    @override
    def values(self) -> tuple[Value, ...]:
        at = self.line.time()
        return (Value("time", at.isoformat("seconds")),) if at is not None else ()

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        hour, minute = str(values[0].value).split(":")[:2] if values else ("", "")
        self.line.show_minutes(int(hour) * 60 + int(minute) if values else None)
