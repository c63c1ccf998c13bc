"""Hours as they are typed: from–to, several on a day, a row per weekday."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.errors import Invalid
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Kind, TimeEdit, caption, clear, hbox, label, pane, vbox

Hours = tuple[int, int]

_NEXT_DAY = 24 * 60
_USUAL: Hours = (9 * 60, 17 * 60)


class DayHours(QWidget):
    """The hours of one day; none at all is a day off. What can't be is said below them."""

    edited = Signal()

    def __init__(self, formats: Formats, title: str = "", *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._formats, self._name = formats, name
        self._lines: list[tuple[TimeEdit, TimeEdit]] = []
        self._error = ""
        self._rows = vbox(gap=4)
        self._sentence = caption("", Tone.DANGER, wrap=True, name=f"{name}.error")
        day = label(title)
        day.setFixedWidth(88 if title else 0)
        column = vbox(self._rows, self._sentence, gap=3)
        self.setLayout(hbox(vbox(6, day, STRETCH, gap=0), (column, 1), gap=4))
        self.setAccessibleName(title)
        self.show_error("")
        self.show_hours(())

    def hours(self) -> tuple[Hours, ...]:
        """What is typed, an empty line left out; raises Invalid where it is no time or only half of one."""
        found = []
        for start, end in self._lines:
            begins, ends = start.minutes(), end.minutes()
            if begins is None and ends is None:
                continue
            if begins is None or ends is None:
                raise Invalid("Hours need both, from and to. Type the missing one.")
            found.append((begins, ends))
        return tuple(found)

    def show_hours(self, hours: Sequence[Hours]) -> None:
        """Shows other hours."""
        self.put([[self._formats.clock(start), self._formats.clock(end)] for start, end in hours])

    def raw(self) -> list[list[str]]:
        """What is typed, as it is typed."""
        return [[start.text(), end.text()] for start, end in self._lines]

    def put(self, typed: Sequence[Sequence[str]]) -> None:
        """Shows again what was typed."""
        clear(self._rows)
        self._lines = []
        for n, (start, end) in enumerate(typed):
            self._add_line(n, start, end, last=n == len(typed) - 1)
        if not typed:
            self._rows.addWidget(pane(hbox(caption(self.tr("Off")), self._adder(), STRETCH, gap=6), height=32))

    def error(self) -> str:
        """What can't be, as shown."""
        return self._error

    def show_error(self, sentence: str) -> None:
        """Says beside the day what can't be; "" takes it back."""
        self._error = sentence
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def _add_line(self, n: int, start: str, end: str, *, last: bool) -> None:
        begins = self._edit(f"from{n}", self.tr("{} from"), start)
        ends = self._edit(f"to{n}", self.tr("{} to"), end)
        tip = self.tr("Take these hours away")
        remove = Button(kind=Kind.GHOST, icon="x", height=28, tip=tip, name=f"{self._name}.remove{n}")
        remove.clicked.connect(self._remove)
        self._lines.append((begins, ends))
        more = self._adder() if last else None
        self._rows.addWidget(pane(hbox(begins, label("–", tone=Tone.INK3), ends, remove, more, STRETCH, gap=6)))

    def _edit(self, name: str, words: str, typed: str) -> TimeEdit:
        edit = TimeEdit(self._formats, name=f"{self._name}.{name}")
        edit.setText(typed)
        edit.setFixedWidth(76)
        edit.setAccessibleName(words.format(self.accessibleName()))
        edit.edited.connect(self.edited)
        return edit

    def _adder(self) -> Button:
        more = Button(kind=Kind.GHOST, icon="plus", height=28, tip=self.tr("Add hours"), name=f"{self._name}.add")
        more.clicked.connect(self._add)
        return more

    def _add(self) -> None:
        typed = self.raw()
        start, end = _USUAL if not typed else self._after_last()
        self.put([*typed, [self._formats.clock(start), self._formats.clock(end)]])
        self._lines[-1][0].setFocus()
        self._lines[-1][0].selectAll()
        self.edited.emit()

    def _after_last(self) -> Hours:
        """An hour after the last ones end, three hours long, within the day."""
        try:
            end = self._lines[-1][1].minutes() or 0
        except Invalid:
            end = 12 * 60
        start = min(end + 60, _NEXT_DAY - 60)
        return start, min(start + 180, _NEXT_DAY)

    def _remove(self) -> None:
        n = int(self.sender().objectName().removeprefix(f"{self._name}.remove"))
        typed = self.raw()
        self.put(typed[:n] + typed[n + 1 :])
        self.edited.emit()


class WeekHours(QWidget):
    """Seven days of hours, Monday first, and a way to copy Monday's to the other working days."""

    edited = Signal()

    def __init__(self, formats: Formats, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._days = tuple(DayHours(formats, formats.weekday(n), name=f"{name}.{n}") for n in range(7))
        self._copy = Button(self.tr("Copy Monday to Tuesday–Friday"), Kind.LINK, height=24, name=f"{name}.copy")
        self.setLayout(vbox(*self._days, hbox(self._copy, STRETCH), gap=6))
        self._copy.clicked.connect(self._copy_monday)
        for day in self._days:
            day.edited.connect(self.edited)

    def day(self, weekday: int) -> DayHours:
        """One weekday; Monday is 0."""
        return self._days[weekday]

    def hours(self) -> tuple[tuple[int, int, int], ...]:
        """Weekday, from, to of all that is typed; raises Invalid for the first day that can't be read."""
        return tuple((n, start, end) for n, day in enumerate(self._days) for start, end in day.hours())

    def show_unread(self, formats: Formats) -> None:
        """Says beside each day what can't be read there."""
        for day in self._days:
            try:
                day.hours()
                day.show_error("")
            except Invalid as error:
                day.show_error(formats.sentence(error))

    def readable(self) -> tuple[tuple[int, int, int], ...]:
        """What can be read of it so far."""
        found: list[tuple[int, int, int]] = []
        for n, day in enumerate(self._days):
            try:
                found += [(n, start, end) for start, end in day.hours()]
            except Invalid:
                continue
        return tuple(found)

    def show_hours(self, hours: Sequence[tuple[int, int, int]]) -> None:
        """Shows other hours."""
        for n, day in enumerate(self._days):
            day.show_hours([(start, end) for weekday, start, end in hours if weekday == n])

    def raw(self) -> list[Any]:
        """What is typed, as it is typed."""
        return [day.raw() for day in self._days]

    def put(self, typed: Sequence[Any]) -> None:
        """Shows again what was typed."""
        for day, lines in zip(self._days, typed, strict=True):
            day.put(lines)

    def _copy_monday(self) -> None:
        for day in self._days[1:5]:
            day.put(self._days[0].raw())
        self.edited.emit()
