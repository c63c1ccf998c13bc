"""A clinic of any size to measure on: founded by commands, then filled by plain inserts under the very guards."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.still import NOW, now
from reception.domain import catalogue, clients, clock, forms, rota, screening, shifts, staff
from reception.domain.catalogue import Bookable, ResourceKind
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import Money
from reception.domain.tables.ids import ProductId, ResourceId, ServiceId, StaffId, VersionId
from reception.domain.tables.words import Role
from reception.store import Store, open_store
from reception.store.engine import sqlite_connection

TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/London")
PEOPLE, A_DAY, SESSIONS, ADD_ONS = 20, 200, 6, 8
MINUTES, TURNAROUND, PRICE, VALUE = 45, 10, 100_00, 80_00
LEDGER_ENTRIES = 10_000

_VISITS_A_CLIENT = 6
_ON_CREDIT = 3
_ROUND_TRIPS = 4
"""Entries of each credit of the client with the long ledger: issued, reserved, released, reserved."""


@dataclass(frozen=True, slots=True)
class Made:
    """A clinic that is ready to be measured: where it is, and who is in it."""

    url: str
    owner: StaffId
    people: tuple[StaffId, ...]
    service: ServiceId
    product: ProductId
    regular: int
    client: int
    free_from: date


def make(folder: Path, visits: int) -> Made:
    """A clinic with so many visits, 200 a day, today in the middle; half of them on credits.

    `regular` is the client with the long ledger, `client` one as others are; nothing is booked from `free_from` on.
    """
    url = str(folder / f"clinic-{visits}.db")
    with closing(open_store(url, clock=now, create=True, careful=False)) as store:
        made = _founded(store, url)
    with closing(sqlite_connection(Path(url), "rw")) as file:
        file.execute("PRAGMA synchronous=OFF")
        file.execute("BEGIN IMMEDIATE")
        free_from = _Filling(file, made).fill(visits)
        file.execute("COMMIT")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Made(**{name: getattr(made, name) for name in made.__slots__} | {"free_from": free_from})


def _founded(store: Store, url: str) -> Made:
    draft = catalogue.ClinicDraft("Larkmere Clinic", "4 Weir Lane", "Europe/London", "GBP", "en_GB")
    owner = StaffId(store.write(catalogue.found, draft, "Olga Reid", actor=None).answer)
    own = catalogue.ServiceDraft("Laser 45", "Laser", "Laser", MINUTES, TURNAROUND, Money(PRICE), 0)
    service = ServiceId(store.write(catalogue.add_service, own, actor=owner).answer)
    course = catalogue.ProductDraft(
        "Laser 45, course of 6", service, SESSIONS, Money(480_00), Validity(Unit.MONTHS, 12, Starts.PURCHASE)
    )
    product = ProductId(store.write(catalogue.add_product, course, actor=owner).answer)
    extras = _extras(store, owner, service)
    week = tuple(shifts.Weekly(1, 1, day, 7 * 60, 19 * 60, date(2020, 1, 6), None) for day in range(7))
    people = []
    for number in range(PEOPLE):
        skills = frozenset({service, *extras})
        person = staff.PersonDraft(f"Person {number:02}", "Laser", Role.PRACTITIONER, False, True, skills)
        people.append(StaffId(store.write(staff.add, person, actor=owner).answer))
        store.write(rota.set_weekly, people[-1], week, actor=owner)
    regular = store.write(clients.add, clients.ClientDraft("Bea Jones"), actor=owner).answer
    return Made(url, owner, tuple(people), service, product, regular, regular + 1, TODAY)


def _extras(store: Store, owner: StaffId, base: ServiceId) -> list[ServiceId]:
    """Add-ons that the service is offered with: every other one needs a device, every third one a form."""
    device = ResourceId(store.write(catalogue.add_resource, "Lamp", ResourceKind.DEVICE, actor=owner).answer)
    asked = {
        "resourceType": "Questionnaire",
        "url": "urn:bench:check",
        "title": "Check",
        "status": "active",
        "item": [{"linkId": str(number), "text": f"Question {number}", "type": "boolean"} for number in range(12)],
    }
    version = VersionId(store.write(forms.publish, json.dumps(asked).encode(), actor=owner).answer)
    form = store.read(forms.version, version).form
    extras = []
    for number in range(ADD_ONS):
        draft = catalogue.ServiceDraft(
            f"Extra {number}", "Extra", "Extras", 15, 5, Money(12_00), 0, bookable=Bookable.ADD_ON
        )
        extras.append(ServiceId(store.write(catalogue.add_service, draft, actor=owner).answer))
        if number % 2:
            store.write(catalogue.set_needs, extras[-1], ((device,),), actor=owner)
        if number % 3 == 0:
            store.write(screening.set_requirements, extras[-1], ((form, 180),), actor=owner)
    store.write(catalogue.set_links, base, tuple((one, None) for one in extras), actor=owner)
    return extras


class _Filling:
    """Rows as commands would have written them, all in one command of the log."""

    def __init__(self, file: Any, made: Made) -> None:
        self._file, self._made = file, made
        file.execute("UPDATE log_head SET n = n + 1")
        (self._n,) = file.execute("SELECT n FROM log_head").fetchone()
        self._at = clock.to_ms(NOW)
        self._stamp = (self._n, self._at, TODAY.isoformat())
        self._visit = self._credit = self._package = 0

    def fill(self, visits: int) -> date:
        """Puts in visits for many clients, and the long ledger of one; gives the first day on which nobody comes."""
        days = visits // A_DAY
        first = TODAY - timedelta(days=days // 2)
        people = max(1, visits // _VISITS_A_CLIENT)
        self._insert("client", "id, name, folded, pronouns, email, address, notes, changed", self._clients(people))
        ours = range(self._made.client, self._made.client + people)
        self._sell(ours)
        starts = list(_starts(first, days))
        self._book([(start, person, ours[place % people]) for place, (start, person) in enumerate(starts[:visits])])
        # Each of them has a course; the first visits of each are on its credits.
        self._reserve(
            (1 + place % people * SESSIONS + place // people, 1 + place) for place in range(people * _ON_CREDIT)
        )
        free_from = first + timedelta(days=days + 1)
        self._long_ledger(free_from)
        self._end()
        return free_from + timedelta(days=LEDGER_ENTRIES // _ROUND_TRIPS // A_DAY + 2)

    def _long_ledger(self, first: date) -> None:
        packages = LEDGER_ENTRIES // _ROUND_TRIPS // SESSIONS
        credit, visit = self._credit + 1, self._visit + 1
        self._sell([self._made.regular] * packages)
        count = packages * SESSIONS
        days = count // A_DAY + 1
        starts = list(_starts(first, days))[:count]
        self._book([(start, person, self._made.regular) for start, person in starts])
        pairs = [(credit + place, visit + place) for place in range(count)]
        self._reserve(pairs)
        self._enter((own, 3, "released", "available", None, held) for own, held in pairs)
        self._enter((own, 4, "reserved", "reserved", None, held) for own, held in pairs)

    def _clients(self, count: int) -> Iterator[tuple[Any, ...]]:
        for number in range(count):
            name = f"Client {number:06}"
            yield self._made.client + number, name, name.lower(), "", "", "", "", self._at

    def _sell(self, owners: Iterable[int]) -> None:
        owners = list(owners)
        first = self._package + 1
        until = date(2027, 11, 24).isoformat()
        paid = SESSIONS * VALUE
        sold = ("Laser 45, course of 6", "", SESSIONS, paid, paid, PRICE, 0, "months", 12, "purchase")
        when = (self._at, TODAY.isoformat(), until)
        rows = [
            (first + place, owner, self._made.product, self._made.service, *sold, *when)
            for place, owner in enumerate(owners)
        ]
        self._insert(
            "package",
            "id, client_id, product_id, service_id, name, terms, sessions, price, net, list_price, tax_rate, "
            "validity_unit, validity_count, validity_starts, sold_at, sold_day, last_day",
            rows,
        )
        self._package += len(owners)
        start = self._credit + 1
        count = len(owners) * SESSIONS
        self._insert(
            "credit",
            "id, package_id, number, service_id, value, seq",
            (
                (start + place, first + place // SESSIONS, place % SESSIONS + 1, self._made.service, VALUE, 0)
                for place in range(count)
            ),
        )
        self._enter((start + place, 1, "issued", "available", None, None) for place in range(count))
        self._credit += count

    def _book(self, wanted: list[tuple[int, StaffId, int]]) -> None:
        first = self._visit + 1
        self._visit += len(wanted)
        rows = list(enumerate(wanted, first))
        self._insert("appointment_group", "id, client_id", ((id_, client) for id_, (_, _, client) in rows))
        service = (self._made.service, PRICE, 0, "")
        fits = (MINUTES, TURNAROUND)
        self._insert(
            "appointment",
            "id, group_id, client_id, service_id, price, tax_rate, note, seq, status, staff_id, day, starts, minutes, "
            "turnaround, since",
            (
                (id_, id_, client, *service, 0, "booked", person, _day(start), start, *fits, self._at)
                for id_, (start, person, client) in rows
            ),
        )
        self._insert(
            "appointment_event",
            "n, at, business_day, appointment_id, seq, kind, status, staff_id, day, starts, minutes, turnaround, "
            "override, words",
            (
                (*self._stamp, id_, 1, "booked", "booked", person, _day(start), start, *fits, "none", "")
                for id_, (start, person, _) in rows
            ),
        )
        taken = (MINUTES + TURNAROUND) * 60_000
        self._insert(
            "occupancy",
            "holder, starts, ends, appointment_id",
            ((f"staff:{person}", start, start + taken, id_) for id_, (start, person, _) in rows),
        )

    def _reserve(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._enter((credit, 2, "reserved", "reserved", None, visit) for credit, visit in pairs)

    def _enter(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._insert(
            "credit_entry",
            'n, at, business_day, credit_id, seq, kind, state, last_day, appointment_id, override, "whole", words',
            ((*self._stamp, *row, "none", 0, "") for row in rows),
        )

    def _end(self) -> None:
        row = (self._n, self._at, "desk", "fill", "fill", "null", "[]", "[]", "", "")
        self._insert("log", "n, at, desk, command, command_id, answer, topics, days, facts, hash", [row])

    def _insert(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * (columns.count(",") + 1))
        self._file.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - our own names


def _starts(first: date, days: int) -> Iterator[tuple[int, StaffId]]:
    """Ten visits a day for each person, an hour apart."""
    for ahead in range(days):
        midnight = clock.to_ms(clock.at_local(first + timedelta(days=ahead), 0, ZONE))
        for hour in range(8, 18):
            for person in range(PEOPLE):
                yield midnight + hour * 3_600_000, StaffId(person + 2)


def _day(start: int) -> str:
    return clock.local_date(clock.from_ms(start), ZONE).isoformat()
