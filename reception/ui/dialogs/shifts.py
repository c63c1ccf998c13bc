"""When somebody works: hours that repeat in a cycle of weeks, and dates with other hours (R22)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from reception.domain import diary, rota, shifts
from reception.domain.errors import Invalid
from reception.domain.shifts import Exceptional, Weekly
from reception.domain.staff import Person
from reception.ui.actions import action
from reception.ui.dialogs.editing import Editing, Fact, counted, head, needed
from reception.ui.dialogs.hours import DayHours, WeekHours
from reception.ui.text import Formats
from reception.ui.widgets import (
    STRETCH,
    Button,
    Check,
    DateEdit,
    Kind,
    Prose,
    Segmented,
    caption,
    hbox,
    pane,
    vbox,
)
from reception.ui.widgets.week_picture import WeekPicture
from reception.ui.workbench import Undo, Workbench

_WIDTH = 640
_MONDAY_TO_SUNDAY = 7
_DAY = timedelta(days=1)
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Pattern:
    """Repeating hours that begin and end together: their cycle, from when, until when."""

    weeks: int
    since: date
    until: date | None
    rows: tuple[Weekly, ...]

    def minutes(self) -> int:
        """How long a whole cycle works, in minutes."""
        return sum(_length(row.start, row.end) for row in self.rows)

    def key(self) -> list[Any]:
        """What tells it from the others of somebody, as plain data."""
        return [self.weeks, self.since.isoformat(), self.until.isoformat() if self.until else None]


def patterns(weekly: Iterable[Weekly]) -> tuple[Pattern, ...]:
    """Somebody's repeating shifts, those together that begin, end and repeat together; the earliest first."""
    found: dict[tuple[int, date, date | None], list[Weekly]] = {}
    for row in weekly:
        found.setdefault((row.weeks, row.since, row.until), []).append(row)
    made = [Pattern(weeks, since, until, tuple(rows)) for (weeks, since, until), rows in found.items()]
    return tuple(sorted(made, key=_beginning))


def pattern_words(pattern: Pattern, formats: Formats) -> str:
    """From when, until when and how long somebody works: "Every week from 5 Jan, 38 h"."""
    cycle = counted(pattern.weeks, _tr("Every week"), _tr("In turns of {} weeks"))
    words = _tr("{} from {}").format(cycle, formats.full(pattern.since))
    if pattern.until is not None:
        words = _tr("{} until {}").format(words, formats.full(pattern.until))
    hours = formats.duration(timedelta(minutes=pattern.minutes() // pattern.weeks))
    each = _tr("{} a week") if pattern.weeks == 1 else _tr("{} a week on average")
    return f"{words} · {each.format(hours)}"


def exceptional_hours(rows: Iterable[Exceptional]) -> tuple[tuple[int, int], ...]:
    """The hours of one exceptional date; none at all is a day off."""
    return tuple((row.start, row.end) for row in rows if row.start is not None and row.end is not None)


def bars(rows: Iterable[Weekly], week: int) -> tuple[tuple[int, int, int], ...]:
    """The hours of one week of a cycle as the picture draws them."""
    return tuple((row.weekday, row.start, row.end) for row in rows if row.week == week)


def picture(formats: Formats, *, name: str) -> WeekPicture:
    """An empty picture of a week, in the clinic's words."""
    days = [formats.weekday(n, short=True) for n in range(_MONDAY_TO_SUNDAY)]
    return WeekPicture(days, [formats.clock(hour * 60) for hour in range(25)], name=name)


async def misfit_words(bench: Workbench, staff: int | None = None) -> str:
    """How many coming visits no longer fit, in a sentence after what was done; "" where all do (R20)."""
    queue = await bench.backend.read(diary.queue)
    count = sum(staff in (None, conflict.entry.staff) for conflict in queue.conflicts)
    if not count:
        return ""
    return counted(
        count,
        _tr(". 1 coming visit no longer fits: see Conflicts"),
        _tr(". {} coming visits no longer fit: see Conflicts"),
    )


class ShiftsSheet(Editing):
    """One pattern of somebody's repeating hours, with a picture of the week that it makes."""

    def __init__(
        self, bench: Workbench, person: Person, pattern: Pattern | None, since: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(bench, "shifts", person.id, parent)
        self.setFixedWidth(_WIDTH)
        self._staff, self._pattern = person, pattern
        start, formats = pattern or Pattern(1, since, None, ()), bench.formats
        turns = range(1, rota.LONGEST_CYCLE + 1)
        self._weeks = Segmented([str(n) for n in turns], start.weeks - 1)
        self._since = DateEdit(formats, start.since, today=bench.today())
        self._until = DateEdit(formats, start.until, today=bench.today())
        self._ends_others = Check(self.tr("End the hours so far on the day before"), on=True)
        self._which = Segmented([self.tr("Week {}").format(n) for n in turns], name="shifts.week")
        self._hours = tuple(WeekHours(formats, name=f"shifts.week{n}") for n in turns)
        for n, week in enumerate(self._hours, 1):
            week.show_hours(bars(start.rows, n))
        self._picture = picture(formats, name="shifts.picture")
        self._fact = Fact(name="shifts.fact")
        self._build()
        self.look()

    def _build(self) -> None:
        self.title.show_words(self.tr("Hours of {}").format(self._staff.name))
        known = pattern_words(self._pattern, self.bench.formats) if self._pattern else self.tr("New hours")
        self.subtitle.show_words(known)
        self.row(
            self.field("weeks", self.tr("Cycle in weeks"), self._weeks),
            self.field("since", self.tr("From"), self._since, hint=self.tr("Its week is week 1")),
            self.field("until", self.tr("Until"), self._until, hint=self.tr("Empty: until further notice")),
        )
        if self._pattern is None:
            self.row(self.field("ends_others", self.tr("Hours so far"), self._ends_others))
        self._stack = QStackedWidget()
        for week in self._hours:
            self._stack.addWidget(week)
            week.edited.connect(self._edited)
        self._which.chosen.connect(self._show_week)
        typed = pane(vbox(hbox(self._which, STRETCH), self._stack, STRETCH, gap=8))
        seen = pane(vbox(caption(self.tr("The week that it makes")), (self._picture, 1), self._fact, gap=6))
        self.form.add_row((self.form.field("shifts", self.tr("Hours"), typed), 4), (seen, 3), gap=20)
        if self._pattern is not None:
            self.add_below(head(self.tr("Take away")), Prose(_taken_away()), hbox(self._taking(), STRETCH))

    def _taking(self) -> Button:
        button = Button(self.tr("Take these hours away"), Kind.DANGER, height=28, name="shifts.remove")
        button.clicked.connect(self.remove)
        return button

    @override
    def draft_title(self) -> str:
        return self._staff.name

    @override
    def fields(self) -> dict[str, Any]:
        own = None if self._pattern is None else self._pattern.key()
        return super().fields() | {"pattern": own, "hours": [week.raw() for week in self._hours]}

    @override
    def show_fields(self, typed: dict[str, Any]) -> None:
        super().show_fields(typed)
        for week, lines in zip(self._hours, typed.get("hours", ()), strict=False):
            week.put(lines)

    @override
    def look(self) -> None:
        weeks = self._weeks.index() + 1
        for n in range(rota.LONGEST_CYCLE):
            self._which.button(n).setVisible(n < weeks)
        self._which.setVisible(weeks > 1)
        if self._which.index() >= weeks:
            self._which.choose(0)
        week = self._which.index()
        self._stack.setCurrentIndex(week)
        rows = self._readable(weeks)
        clashing = self._say_clashes(rows)
        drawn = bars(rows, week + 1)
        self._picture.show_week(drawn, bars(clashing, week + 1), _heard(drawn, self.bench.formats))
        self._fact.show_words(self._sum(rows, weeks))

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        rows = self._typed()
        backend, staff = self.bench.backend, self._staff.id
        old = await backend.read(rota.of, staff, self.bench.today())
        await backend.write(rota.set_weekly, staff, (*self._others(old.weekly, rows[0].since), *rows), id=id)
        misfits = await misfit_words(self.bench, staff)
        words = self.tr("Changed the hours of {}").format(self._staff.name)
        return words + misfits, partial(backend.write, rota.set_weekly, staff, old.weekly)

    @action
    async def remove(self) -> None:
        """Takes the whole pattern away; what is booked stays (R20)."""
        backend, staff = self.bench.backend, self._staff.id
        old = await backend.read(rota.of, staff, self.bench.today())
        own = self._pattern.rows if self._pattern else ()
        await backend.write(rota.set_weekly, staff, tuple(row for row in old.weekly if row not in own))
        misfits = await misfit_words(self.bench, staff)
        words = self.tr("Took hours of {} away").format(self._staff.name)
        self.finish(words + misfits, partial(backend.write, rota.set_weekly, staff, old.weekly))

    def _show_week(self, _index: int) -> None:
        self.look()

    def _readable(self, weeks: int) -> list[Weekly]:
        """The shifts that what is typed makes so far."""
        since = _day(self._since) or self.bench.today()
        until = _day(self._until)
        return [
            Weekly(weeks, n, weekday, start, end, since, until)
            for n, week in enumerate(self._hours[:weeks], 1)
            for weekday, start, end in week.readable()
        ]

    def _say_clashes(self, rows: Sequence[Weekly]) -> list[Weekly]:
        """Says beside a day what can't be read or overlaps there; gives the shifts that overlap."""
        for week in self._hours:
            week.show_unread(self.bench.formats)
        clashing = []
        for one, other in combinations(rows, 2):
            try:
                shifts.check((replace(one, until=None), replace(other, until=None)))
            except Invalid:
                earlier, later = sorted((one, other), key=_place)
                day = self._hours[later.week - 1].day(later.weekday)
                day.show_error(day.error() or self._overlap(earlier, later))
                clashing += [one, other]
        return clashing

    def _overlap(self, earlier: Weekly, later: Weekly) -> str:
        formats = self.bench.formats
        hours = f"{formats.clock(earlier.start)} – {formats.clock(earlier.end)}"
        if (earlier.week, earlier.weekday) == (later.week, later.weekday):
            return self.tr("Overlaps {}. Change one of them.").format(hours)
        return self.tr("Overlaps {}, {}. Change one of them.").format(formats.weekday(earlier.weekday), hours)

    def _sum(self, rows: Sequence[Weekly], weeks: int) -> str:
        minutes = sum(_length(row.start, row.end) for row in rows) // weeks
        if not minutes:
            return self.tr("No hours yet.")
        hours = self.bench.formats.duration(timedelta(minutes=minutes))
        each = self.tr("{} a week.") if weeks == 1 else self.tr("{} a week on average.")
        return f"{each.format(hours)} {self.tr('What is booked stays where it is.')}"

    def _typed(self) -> tuple[Weekly, ...]:
        weeks = self._weeks.index() + 1
        since = needed(self._since.day(), "since", self.tr("There is no first day yet. Type from when it counts."))
        for week in self._hours[:weeks]:
            _named("shifts", week.hours)
        rows = tuple(replace(row, since=since, until=self._until.day()) for row in self._readable(weeks))
        if not rows:
            raise Invalid(self.tr("No hours are typed. Type some, or discard this."), field="shifts")
        shifts.check(rows)
        return rows

    def _others(self, weekly: Sequence[Weekly], since: date) -> tuple[Weekly, ...]:
        """The hours beside these; new ones end those that count so far."""
        if self._pattern is not None:
            return tuple(row for row in weekly if row not in self._pattern.rows)
        if not self._ends_others.isChecked():
            return tuple(weekly)
        return tuple(_ended(row, since) for row in weekly)


class OtherHoursSheet(Editing):
    """Other hours on one date, or none: they replace all repeating shifts that start on it (R22)."""

    def __init__(self, bench: Workbench, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(bench, "other_hours", person.id, parent)
        self._staff = person
        self._date = DateEdit(bench.formats, today=bench.today())
        self._works = Segmented([self.tr("Works other hours"), self.tr("Day off")])
        self._hours = DayHours(bench.formats, name="other_hours.hours")
        self._hours.show_hours(((9 * 60, 13 * 60),))
        self._fact = Fact(name="other_hours.fact")
        self.title.show_words(self.tr("Another day for {}").format(person.name))
        self.subtitle.show_words(self.tr("Replaces the hours that repeat on that date"))
        self.row(self.field("day", self.tr("Date"), self._date, required=True))
        self.row(self.field("works", self.tr("On that date"), self._works))
        self.row(self.field("shifts", self.tr("Hours"), self._hours))
        self.form.add_row(self._fact)
        self.look()

    @override
    def draft_title(self) -> str:
        return self._staff.name

    @override
    def look(self) -> None:
        self.form.fields["shifts"].setVisible(self._works.index() == 0)
        day = _day(self._date)
        self._fact.show_words("" if day is None else self.bench.formats.long_day(day))
        if self._works.index() == 0:
            _named("shifts", self._hours.hours)

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        day = needed(self._date.day(), "day", self.tr("There is no date yet. Type the day that is different."))
        hours = self._hours.hours() if self._works.index() == 0 else ()
        if not hours and self._works.index() == 0:
            raise Invalid(self.tr("No hours are typed. Type some, or make it a day off."), field="shifts")
        backend, staff = self.bench.backend, self._staff.id
        old = [row for row in (await backend.read(rota.of, staff, day)).exceptions if row.day == day]
        await backend.write(rota.set_exception, staff, day, hours, id=id)
        words = self.tr("Changed {} for {}").format(self.bench.formats.day(day), self._staff.name)
        undo = partial(backend.write, rota.clear_exception, staff, day)
        if old:
            undo = partial(backend.write, rota.set_exception, staff, day, exceptional_hours(old))
        return words + await misfit_words(self.bench, staff), undo


def _ended(row: Weekly, since: date) -> Weekly:
    if row.since < since and (row.until is None or row.until >= since):
        return replace(row, until=since - _DAY)
    return row


def _named(field: str, read: Callable[[], object]) -> None:
    """Reads something; what can't be read is said beside its field."""
    try:
        read()
    except Invalid as error:
        raise Invalid(error.template, field=field, **error.values) from None


def _day(edit: DateEdit) -> date | None:
    try:
        return edit.day()
    except Invalid:
        return None


def _heard(drawn: Iterable[tuple[int, int, int]], formats: Formats) -> str:
    """The week as it is read out."""
    hours = (
        f"{formats.weekday(weekday)} {formats.clock(start)} – {formats.clock(end)}" for weekday, start, end in drawn
    )
    return ", ".join(hours) or _tr("No hours")


def _length(start: int, end: int) -> int:
    return end - start if end > start else end + _MIDNIGHT - start


def _place(row: Weekly) -> tuple[int, int, int]:
    return row.week, row.weekday, row.start


def _beginning(pattern: Pattern) -> tuple[date, int]:
    return pattern.since, pattern.weeks


def _taken_away() -> str:
    return _tr("What is booked in these hours stays, and stands in the queue as conflicts until it is moved.")


def _tr(words: str) -> str:
    return QCoreApplication.translate("shifts", words)
