"""The domain's questions and commands beside the plain driver doing the same: P1, P3, P4, P5, P8, and P10."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.clinic import A_DAY, ADD_ONS, LEDGER_ENTRIES, MINUTES, PRICE, TODAY, TURNAROUND, ZONE, Made
from benchmarks.figures import Figure, median
from benchmarks.still import NOW, now
from reception.domain import addons, clock, diary, packages
from reception.domain.packages import Choice
from reception.domain.tables.ids import AppointmentId, ClientId, CreditId, StaffId
from reception.store import Store, open_store
from reception.store.engine import sqlite_connection

_READINGS, _LEDGERS, _BOOKINGS = 80, 20, 150

_DAY = (
    "SELECT a.id, a.group_id, a.client_id, c.name, a.staff_id, a.service_id, s.name, s.short, a.starts, a.minutes, "
    "o.ends, a.status, a.since, a.price, a.note FROM appointment a JOIN client c ON c.id = a.client_id JOIN service s "
    "ON s.id = a.service_id JOIN occupancy o ON o.appointment_id = a.id WHERE a.day = ? ORDER BY a.starts"
)
_TAKEN = "SELECT starts, ends FROM occupancy WHERE holder = ? AND starts < ? AND ends > ? ORDER BY starts"
_SEARCHED = 7
_LEDGER = (
    "SELECT e.credit_id, e.seq, e.kind, e.state, e.at, e.last_day, e.appointment_id, a.starts FROM credit_entry e "
    "JOIN credit c ON c.id = e.credit_id JOIN package p ON p.id = c.package_id "
    "LEFT JOIN appointment a ON a.id = e.appointment_id WHERE p.client_id = ? ORDER BY e.credit_id, e.seq"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a clinic takes, and what the plain driver takes on the same file, in milliseconds."""

    day: float
    plain_day: float
    ledger: float
    long_ledger: float
    plain_ledger: float
    booking: float
    plain_booking: float
    offers: float
    free: float
    plain_free: float


def measure(made: Made) -> Measured:
    """Measures one clinic in time of the processor: waiting for the disk is the same for both."""
    with closing(open_store(made.url, clock=now)) as store, closing(sqlite_connection(Path(made.url), "rw")) as plain:
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("PRAGMA foreign_keys=ON")
        long, short = ClientId(made.regular), ClientId(made.client)
        bookings, rows = _Bookings(store, made), _PlainBookings(plain, made)
        return Measured(
            day=median(lambda: store.read(diary.day, TODAY), _READINGS),
            plain_day=median(lambda: plain.execute(_DAY, (TODAY.isoformat(),)).fetchall(), _READINGS),
            ledger=median(lambda: store.read(packages.ledger, short), _READINGS),
            long_ledger=median(lambda: store.read(packages.ledger, long), _LEDGERS),
            plain_ledger=median(lambda: plain.execute(_LEDGER, (long,)).fetchall(), _LEDGERS),
            booking=median(bookings.book, _BOOKINGS),
            plain_booking=median(rows.book, _BOOKINGS),
            free=median(lambda: store.read(diary.free, made.service, TODAY, _SEARCHED), _READINGS),
            plain_free=median(lambda: _plain_free(plain, made), _READINGS),
            offers=median(lambda: store.read(addons.offers, _coming(store)), _READINGS),
        )


def _plain_free(file: Any, made: Made) -> list[tuple[int, int]]:
    """Free starts of anybody over a week: the times that are taken by the plain driver, and one loop over them."""
    step, need = 15 * 60_000, (MINUTES + TURNAROUND) * 60_000
    found = []
    for ahead in range(_SEARCHED):
        midnight = clock.to_ms(clock.at_local(TODAY + timedelta(days=ahead), 0, ZONE))
        first, last = midnight + 7 * 3_600_000, midnight + 19 * 3_600_000
        for person in made.people:
            at = first
            for starts, ends in (*file.execute(_TAKEN, (f"staff:{person}", last, first)), (last, last)):
                found += [(free, person) for free in range(at, starts - need + 1, step)]
                at = max(at, first - (first - ends) // step * step)
    return sorted(found)


@cache
def _coming(store: Store) -> AppointmentId:
    """A visit of today that hasn't begun."""
    day = store.read(diary.day, TODAY)
    return next(one.id for one in day.entries if one.start > NOW)


def figures(made: Measured) -> list[Figure]:
    """P1, P3, P4, P5 and P8."""
    return [
        Figure("P3", f"offers for a booking, {ADD_ONS} add-ons", 0, made.offers, "ms", limit=5),
        Figure("P1", f"diary day, {A_DAY} visits / plain SELECT", made.plain_day, made.day, "ms", ratio=4),
        Figure(
            "P4", f"free slots of any of 20 over {_SEARCHED} days / plain loop", made.plain_free, made.free, "ms", 4
        ),
        Figure("P5", "book with a credit, CPU / plain rows", made.plain_booking, made.booking, "ms", 25, 12),
        Figure(
            "P8",
            f"ledger of {LEDGER_ENTRIES} entries / plain SELECT",
            made.plain_ledger,
            made.long_ledger,
            "ms",
            limit=20,
        ),
        Figure("P8", "ledger of an ordinary client", 0, made.ledger, "ms", limit=20),
    ]


def growth(small: Measured, large: Measured) -> list[Figure]:
    """P10: the same on ten times the data."""
    pairs = (
        ("diary day", "day"),
        ("offers for a booking", "offers"),
        ("free slots over a week", "free"),
        ("book with a credit", "booking"),
        ("ledger of an ordinary client", "ledger"),
    )
    return [
        Figure("P10", f"{words}, 120,000 visits / 12,000", getattr(small, name), getattr(large, name), "ms", ratio=1.3)
        for words, name in pairs
    ]


class _Times:
    """One free time after another, with one client after another who has credits left."""

    def __init__(self, made: Made, *, later: timedelta) -> None:
        self._made = made
        self._turn = 0
        self._first = clock.at_local(made.free_from, 8 * 60, ZONE) + later

    def next(self) -> tuple[StaffId, datetime, int, int]:
        """With whom, when, for which client, on which credit."""
        turn, self._turn = self._turn, self._turn + 1
        people = self._made.people
        start = self._first + timedelta(days=turn // (len(people) * 10), hours=turn // len(people) % 10)
        client = self._made.client + turn
        credit = 1 + turn * 6 + 4
        return people[turn % len(people)], start, client, credit


class _Bookings(_Times):
    """Bookings as the desk makes them: rules, guards, log, ledger, hash."""

    def __init__(self, store: Store, made: Made) -> None:
        super().__init__(made, later=timedelta(0))
        self._store = store

    def book(self) -> None:
        """Books one visit on a certain credit."""
        person, start, client, credit = self.next()
        own = Choice(CreditId(credit))
        request = diary.Request(ClientId(client), person, self._made.service, start, own)
        self._store.write(diary.book, request, actor=self._made.owner)


class _PlainBookings(_Times):
    """The same rows under the same guards, by the plain driver, without a rule and without a hash."""

    def __init__(self, file: Any, made: Made) -> None:
        super().__init__(made, later=timedelta(days=60))
        self._file = file

    def book(self) -> None:
        """Writes the rows of one visit on the credit after the one that the rules took."""
        person, start, client, credit = self.next()
        own, at, began = self._made.service, clock.to_ms(NOW), clock.to_ms(start)
        day, today = clock.local_date(start, ZONE).isoformat(), TODAY.isoformat()
        run = self._file.execute
        run("BEGIN IMMEDIATE")
        ((n,),) = run("UPDATE log_head SET n = n + 1 RETURNING n").fetchall()
        group = run("INSERT INTO appointment_group (client_id) VALUES (?)", (client,)).lastrowid
        visit = run(
            "INSERT INTO appointment (group_id, client_id, service_id, price, tax_rate, note, seq, status, staff_id, "
            "day, starts, minutes, turnaround, since) VALUES (?, ?, ?, ?, 0, '', 0, 'booked', ?, ?, ?, ?, ?, ?)",
            (group, client, own, PRICE, person, day, began, MINUTES, TURNAROUND, at),
        ).lastrowid
        run(
            "INSERT INTO appointment_event (n, at, business_day, appointment_id, seq, kind, status, staff_id, day, "
            "starts, minutes, turnaround, override, words) "
            "VALUES (?, ?, ?, ?, 1, 'booked', 'booked', ?, ?, ?, ?, ?, 'none', '')",
            (n, at, today, visit, person, day, began, MINUTES, TURNAROUND),
        )
        run(
            "INSERT INTO occupancy (holder, starts, ends, appointment_id) VALUES (?, ?, ?, ?)",
            (f"staff:{person}", began, began + (MINUTES + TURNAROUND) * 60_000, visit),
        )
        run(
            "INSERT INTO credit_entry (n, at, business_day, credit_id, seq, kind, state, appointment_id, override, "
            "\"whole\", words) VALUES (?, ?, ?, ?, 2, 'reserved', 'reserved', ?, 'none', 0, '')",
            (n, at, today, credit + 1, visit),
        )
        run(
            "INSERT INTO log (n, at, actor, desk, command, command_id, answer, topics, days, facts, hash) "
            "VALUES (?, ?, ?, 'desk', 'diary.book', ?, ?, '[]', '[]', '', '')",
            (n, at, self._made.owner, f"plain-{n}", str(visit)),
        )
        run("UPDATE log_head SET hash = ''")
        run("COMMIT")
