"""One staff member beside the list: who they are, when they work, when not."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain import clock, shifts
from reception.domain.rota import Off, Rota
from reception.domain.shifts import Exceptional
from reception.domain.staff import Person
from reception.ui import tokens as k
from reception.ui.dialogs.person_edit import role_words
from reception.ui.dialogs.sheet import PAD, WIDTH
from reception.ui.dialogs.shifts import Pattern, pattern_words, patterns, picture
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Avatar,
    Button,
    Elided,
    Empty,
    Hair,
    Icon,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    hbox,
    pane,
    section,
    vbox,
)
from reception.ui.widgets.layouts import Item
from reception.ui.workbench import Workbench

_DAY = timedelta(days=1)
_WEEK = 7


class PersonCard(QWidget):
    """Who somebody is and when they work; with the right to it, each part has its way to change it."""

    edit_asked = Signal()
    hours_asked = Signal(object)
    date_asked = Signal()
    off_asked = Signal()
    date_cleared = Signal(object)
    off_removed = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedWidth(WIDTH)
        self.setObjectName("staff.card")
        self._nobody = Empty(
            "user", self.tr("Nobody is chosen"), self.tr("Choose somebody in the list to see their hours.")
        )
        self._avatar = Avatar("", 40)
        self._name = Elided("", k.HEADING, k.SEMIBOLD, name="staff.card.name")
        self._line = Elided("", k.CAPTION, tone=Tone.INK2)
        self._edit = Button(self.tr("Edit"), height=28, key="Enter", name="staff.edit")
        self._edit.clicked.connect(self.edit_asked)
        self._skills = Prose(size=k.CAPTION, name="staff.card.skills")
        self._picture = picture(bench.formats, name="staff.card.week")
        self._picture.setFixedHeight(170)
        self._hours, self._dates, self._offs = (vbox(gap=0) for _ in range(3))
        self._new_hours = self._adder(self.tr("New hours"), "staff.new_hours")
        self._new_date = self._adder(self.tr("Another day"), "staff.new_date")
        self._new_off = self._adder(self.tr("Time off or block"), "staff.new_off")
        self._new_hours.clicked.connect(self._ask_new_hours)
        self._new_date.clicked.connect(self.date_asked)
        self._new_off.clicked.connect(self.off_asked)
        self._build()

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self._filled.hide()
        self._nobody.show()

    def show_person(self, person: Person, own: Rota, skills: Sequence[str], *, staff: bool, rota: bool) -> None:
        """Shows somebody with their rota; `staff` and `rota` say what may be changed."""
        self._nobody.hide()
        self._filled.show()
        self._avatar.show_name(person.name)
        self._name.show_words(person.name)
        words = (person.line, role_words(person.role), self.tr("left") if person.retired else "")
        self._line.show_words(" · ".join(word for word in words if word))
        self._skills.show_words(", ".join(skills) or self.tr("No services yet: nobody can be booked with them."))
        self._edit.setVisible(staff)
        for button in (self._new_hours, self._new_date, self._new_off):
            button.setVisible(rota)
        self._show_week(own)
        self._show_hours(patterns(own.weekly), rota=rota)
        self._show_dates(own.exceptions, rota=rota)
        self._show_offs(own.off, rota=rota)

    def _build(self) -> None:
        head = hbox(self._avatar, (vbox(self._name, self._line, gap=1), 1), self._edit, gap=10, margins=(PAD, 8, 12, 8))
        body = vbox(
            self._part(section(self.tr("Services they may perform")), self._skills),
            self._part(section(self.tr("This week")), self._picture),
            self._part(section(self.tr("Hours that repeat"), self._new_hours), self._hours),
            self._part(section(self.tr("Other dates"), self._new_date), self._dates),
            self._part(section(self.tr("Time off and blocks"), self._new_off), self._offs, last=True),
            STRETCH,
            gap=0,
        )
        self._filled = pane(vbox(pane(head, height=57), Hair(), (Scroller(pane(body)), 1), gap=0))
        inner = pane(vbox((self._nobody, 1), (self._filled, 1), gap=0), "canvas")
        self.setLayout(hbox(Hair(vertical=True, strong=True), (inner, 1), gap=0))
        self.show_nobody()

    def _part(self, *items: Item, last: bool = False) -> QWidget:
        return pane(vbox(pane(vbox(*items, gap=6, margins=(PAD, 10, PAD, 10))), None if last else Hair(), gap=0))

    def _adder(self, words: str, name: str) -> Button:
        return Button(words, Kind.GHOST, icon="plus", height=24, name=name)

    def _show_week(self, own: Rota) -> None:
        monday = self.bench.today() - self.bench.today().weekday() * _DAY
        drawn = []
        for n in range(_WEEK):
            for start, end in shifts.on(monday + n * _DAY, own.weekly, own.exceptions):
                drawn.append((n, start, end - clock.MIDNIGHT if end > clock.MIDNIGHT else end))
        self._picture.show_week(drawn)

    def _show_hours(self, found: Sequence[Pattern], *, rota: bool) -> None:
        clear(self._hours)
        for n, pattern in enumerate(found):
            past = pattern.until is not None and pattern.until < self.bench.today()
            button = Button(self.tr("Change"), Kind.LINK, height=24, name=f"staff.hours{n}")
            button.clicked.connect(partial(self.hours_asked.emit, pattern))
            if not rota:
                button.hide()
            words = pattern_words(pattern, self.bench.formats)
            self._hours.addWidget(self._row("history" if past else "clock", words, "", button, quiet=past))
        if not found:
            self._hours.addWidget(caption(self.tr("No hours yet: nobody can be booked with them.")))

    def _show_dates(self, exceptions: Sequence[Exceptional], *, rota: bool) -> None:
        clear(self._dates)
        for day, rows in groupby(exceptions, key=_day):
            hours = [self._hours_words(row) for row in rows if row.start is not None]
            button = self._remover(
                self.tr("The hours that repeat count again"), f"staff.date.{day.isoformat()}", rota=rota
            )
            button.clicked.connect(partial(self.date_cleared.emit, day))
            words = ", ".join(hours) or self.tr("Day off")
            self._dates.addWidget(self._row("diary", self.bench.formats.day(day), words, button))
        if not exceptions:
            self._dates.addWidget(caption(self.tr("None to come")))

    def _show_offs(self, offs: Sequence[Off], *, rota: bool) -> None:
        clear(self._offs)
        for off in offs:
            button = self._remover(self.tr("Take it away"), f"staff.off.{off.id}", rota=rota)
            button.clicked.connect(partial(self.off_removed.emit, off))
            kind = self.tr("Block") if off.block else self.tr("Time off")
            words = self._span_words(off)
            self._offs.addWidget(self._row("coffee" if off.block else "calendar-x", off.words or kind, words, button))
        if not offs:
            self._offs.addWidget(caption(self.tr("None to come")))

    def _remover(self, tip: str, name: str, *, rota: bool) -> Button:
        button = Button(kind=Kind.GHOST, icon="x", height=24, tip=tip, name=name)
        if not rota:
            button.hide()
        return button

    def _row(self, icon: str, words: str, second: str, button: Button, *, quiet: bool = False) -> QWidget:
        first = Elided(words, tone=Tone.INK3 if quiet else Tone.INK)
        below = Elided(second, k.CAPTION, tone=Tone.INK2) if second else None
        sign = Icon(icon, Tone.INK3)
        return pane(
            hbox(
                vbox(sign, STRETCH, gap=0) if second else sign,
                (vbox(first, below, gap=1), 1),
                button,
                gap=8,
                margins=(0, 4, 0, 4),
            )
        )

    def _hours_words(self, row: Exceptional) -> str:
        formats = self.bench.formats
        return f"{formats.clock(row.start or 0)} – {formats.clock(row.end or 0)}"

    def _span_words(self, off: Off) -> str:
        """From when to when; whole days without their midnights."""
        formats, zone, today = self.bench.formats, self.bench.formats.zone, self.bench.today()
        first, last = clock.local_date(off.span.start, zone), clock.local_date(off.span.end, zone) - _DAY
        if off.span.start == clock.at_local(first, 0, zone) and off.span.end == clock.at_local(last + _DAY, 0, zone):
            return formats.day(first) if first == last else f"{formats.day(first)} – {formats.day(last)}"
        if first == clock.local_date(off.span.end, zone):
            return f"{formats.day(first)}, {formats.span(off.span.start, off.span.end)}"
        return f"{formats.when(off.span.start, today)} – {formats.when(off.span.end, today)}"

    def _ask_new_hours(self) -> None:
        self.hours_asked.emit(None)


def _day(row: Exceptional) -> date:
    return row.day
