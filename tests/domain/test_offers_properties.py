"""Whatever the day looks like: what is offered is free minute by minute and can be had; nothing else can (R24–R27)."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from reception.domain import addons, catalogue, checkout, diary, rota
from reception.domain.addons import Attaching, Offer, Offers, Refusal, Why
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.errors import DomainError
from reception.domain.money import Money
from reception.domain.packages import NONE
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ResourceId, ServiceId, StaffId
from reception.domain.tables.words import Bookable, PaymentPolicy, ResourceKind
from reception.store import open_store
from tests.clinic import Clinic
from tests.clock import Clock
from tests.domain.conftest import Founded
from tests.domain.extras import add_on, link, room

pytestmark = pytest.mark.sqlite

EXAMPLES = settings(
    max_examples=30,
    deadline=None,
    # Shown as it was found: making a day simpler takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

QUARTERS = st.integers(33, 68)
"""Quarters of an hour from midnight: times of the working day, a little beside the hour."""

WHO = st.integers(0, 1)


@dataclass(frozen=True)
class Day:
    """A coming-in and what there is beside it, before offers are asked for; times in quarters of an hour."""

    start: int
    wishes: list[tuple[int, int]]
    others: list[tuple[int, int, int]]
    away: list[tuple[int, int, int]]
    shifts: list[tuple[int, int, int]]
    shut: tuple[int, int] | None


DAYS = st.builds(
    Day,
    start=st.integers(36, 60),
    wishes=st.lists(st.tuples(WHO, st.integers(0, 2)), min_size=1, max_size=2),
    others=st.lists(st.tuples(WHO, st.integers(0, 3), QUARTERS), max_size=6),
    away=st.lists(st.tuples(WHO, QUARTERS, st.integers(1, 4)), max_size=2),
    shifts=st.lists(st.tuples(WHO, st.integers(28, 44), st.integers(50, 72)), max_size=1),
    shut=st.none() | st.tuples(st.integers(56, 70), st.integers(1, 8)),
)


@dataclass(frozen=True)
class Extra:
    """What the test knows of an add-on: minutes, clean-up, who performs it, what each need can be met with."""

    minutes: int
    turnaround: int
    people: tuple[StaffId, ...]
    needs: tuple[tuple[ResourceId, ...], ...] = ()


@dataclass(frozen=True)
class Shop:
    """The clinic with its extras."""

    clinic: Clinic
    extras: dict[ServiceId, Extra]

    @property
    def people(self) -> tuple[StaffId, StaffId]:
        """The two who work here, in the order of the staff list."""
        return self.clinic.ana, self.clinic.ben


Open = Callable[[], AbstractContextManager[Shop]]


@pytest.fixture(scope="module")
def shop(founded_file: Founded, tmp_path_factory: pytest.TempPathFactory) -> Open:
    """A clinic with four extras; each example gets a copy of its own."""
    folder = tmp_path_factory.mktemp("shop")
    place = folder / "prepared.db"
    shutil.copyfile(founded_file.place, place)
    with closing(open_store(str(place), clock=Clock())) as store:
        extras = _extras(Clinic.again(store, Clock(), founded_file.ids))

    @contextmanager
    def opened() -> Iterator[Shop]:
        path, clock = folder / f"{uuid.uuid4().hex}.db", Clock()
        shutil.copyfile(place, path)
        with closing(open_store(str(path), clock=clock, careful=False)) as store:
            yield Shop(Clinic.again(store, clock, founded_file.ids), extras)
        Path(path).unlink()

    return opened


def _extras(clinic: Clinic) -> dict[ServiceId, Extra]:
    """Extras with and without a clean-up, a device and money ahead; lasers and lights want the same rooms."""
    both, ben = (clinic.ana, clinic.ben), (clinic.ben,)
    one, other, lamp = room(clinic, "Room 1"), room(clinic, "Room 2"), room(clinic, "Lamp", ResourceKind.DEVICE)
    tape = add_on(clinic, "Tape 15")
    oil = add_on(clinic, "Oil 10", 10, turnaround=20, payment=PaymentPolicy.UPFRONT, bookable=Bookable.BOTH)
    light = add_on(clinic, "Light 20", 20, payment=PaymentPolicy.DEPOSIT, share=5000, by=ben)
    wrap = add_on(clinic, "Wrap 45", 45, turnaround=10)
    needs: dict[ServiceId, tuple[tuple[ResourceId, ...], ...]] = {
        clinic.laser: ((one, other),),
        light: ((lamp,), (other, one)),
        wrap: ((one,),),
        oil: ((lamp,),),
    }
    for service, own in needs.items():
        clinic.do(catalogue.set_needs, service, own)
    for base in (clinic.laser, clinic.massage, clinic.gift):
        link(clinic, base, tape, light, (oil, 7_01), wrap)
    return {
        tape: Extra(15, 0, both),
        oil: Extra(10, 20, both, needs[oil]),
        light: Extra(20, 0, ben, needs[light]),
        wrap: Extra(45, 10, both, needs[wrap]),
    }


def arrange(shop: Shop, day: Day) -> AppointmentId:
    """Books the coming-in and, where they fit, other visits; then people are away, shifts change, the clinic shuts."""
    clinic = shop.clinic
    services = [
        clinic.laser,
        clinic.massage,
        clinic.gift,
        *(one for one, own in shop.extras.items() if own.turnaround == 20),
    ]
    requests = [
        diary.Request(clinic.bea, shop.people[who], services[service], _at(clinic, day.start), NONE)
        for who, service in day.wishes
    ]
    visit = AppointmentId(clinic.do(diary.book_chain, requests)[0])
    carl = clinic.client("Carl Ray")
    for who, service, quarter in day.others:
        request = diary.Request(carl, shop.people[who], services[service], _at(clinic, quarter), NONE, reason="asked")
        try:
            clinic.do(diary.book, request)
        except DomainError:
            continue
    for who, start, length in day.away:
        span = Span(_at(clinic, start), _at(clinic, start + length))
        clinic.do(rota.add_off, shop.people[who], span, block=True, words="Call")
    for who, start, end in day.shifts:
        clinic.do(rota.set_exception, shop.people[who], clinic.days(1), ((start * 15, end * 15),))
    if day.shut is not None:
        start, length = day.shut
        clinic.do(rota.add_closure, clinic.days(1), start * 15, (start + length) * 15, "Fire drill")
    return visit


def _at(clinic: Clinic, quarter: int) -> Any:
    return clinic.at(f"{quarter // 4}:{quarter % 4 * 15:02}", clinic.days(1))


# What is offered can be bought, what isn't can't


@EXAMPLES
@given(day=DAYS, picks=st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_what_is_offered_and_bought_at_once_is_attached_as_offered(  # R24, R27
    shop: Open, day: Day, picks: list[int]
) -> None:
    with shop() as opened:
        clinic, visit = opened.clinic, arrange(opened, day)
        for pick in picks:
            if not (found := clinic.ask(addons.offers, visit)).offered:
                break
            offer = found.offered[pick % len(found.offered)]
            entry = clinic.ask(diary.entry, bought(clinic, found, offer))
            assert (entry.service, entry.base, entry.staff) == (offer.service, offer.base, offer.staff)
            assert (entry.start, entry.price, entry.owing_ahead) == (offer.start, offer.price, Money(0))
            assert entry.paid_ahead == offer.due
            assert entry.resources == ", ".join(offer.resource_names)


def bought(clinic: Clinic, found: Offers, offer: Offer) -> AppointmentId:
    """Takes an offer: through the checkout where something is due, else at once."""
    wanted = Attaching(found.group, offer.service, offer.staff)
    if not offer.due:
        return AppointmentId(clinic.do(addons.attach, wanted, by=clinic.desk))
    clinic.do(checkout.settle, _cart(clinic, wanted, offer.due), by=clinic.desk)
    lines = clinic.ask(diary.coming_in, offer.base).lines
    return next(line.entry.id for line in lines if line.entry.service == offer.service)


def _cart(clinic: Clinic, wanted: Attaching, due: Money) -> Cart:
    line = CartLine(LineKind.DEPOSIT, attach=wanted)
    return Cart(clinic.bea, (line,), (Paying(Tender.CARD, due),))


@EXAMPLES
@given(day=DAYS, taken=st.integers(0, 3), off=st.sampled_from([False, False, True]), late=st.booleans())
def test_no_path_attaches_what_the_list_refuses(  # R25, R27
    shop: Open, day: Day, taken: int, off: bool, late: bool
) -> None:
    with shop() as opened:
        clinic, visit = opened.clinic, arrange(opened, day)
        if offered := clinic.ask(addons.offers, visit).offered:
            bought(clinic, clinic.ask(addons.offers, visit), offered[taken % len(offered)])
        clinic.do(catalogue.set_plan, packages=True, add_ons=not off)
        if late:
            clinic.clock.now = clinic.ask(diary.entry, visit).start
        found = clinic.ask(addons.offers, visit)
        before = clinic.ask(_kept)
        for refusal in found.refused:
            assert _ways(clinic, found, refusal) == [str(refusal.first.words)] * 3
        assert clinic.ask(_kept) == before


def _ways(clinic: Clinic, found: Offers, refusal: Refusal) -> list[str]:
    """What each way to attach something says: looking, attaching at once, and the checkout."""
    wanted = Attaching(found.group, refusal.service)
    said = [str(clinic.ask(addons.look, wanted))]
    for command, asked in ((addons.attach, wanted), (checkout.settle, _cart(clinic, wanted, Money(1)))):
        try:
            clinic.do(command, asked, by=clinic.desk)
            said.append("attached")
        except DomainError as refused:
            said.append(str(refused))
    return said


def _kept(session: Session) -> list[Any]:
    """How much there is of what attaching would add."""
    tables = ("appointment", "appointment_event", "occupancy", "sale", "payment", "journal_entry")
    return [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables]


# Minute by minute


@EXAMPLES
@given(day=DAYS)
def test_what_is_offered_is_free_minute_by_minute(shop: Open, day: Day) -> None:  # R20, R24, R26
    with shop() as opened:
        clinic, visit = opened.clinic, arrange(opened, day)
        found = clinic.ask(addons.offers, visit)
        raw = clinic.ask(Raw.read, visit)
        taken = Taken(opened, day, raw)
        assert {one.service for one in found.offered} | {one.service for one in found.refused} == set(opened.extras)
        for offer in found.offered:
            extra = opened.extras[offer.service]
            free = [who for who in taken.order(extra) if not taken.of_person(who, extra)]
            assert (raw.end, offer.staff) == (_minute(offer.start), free[0])
            assert all(not taken.of_resource(one, extra) for one in offer.resources)
            assert [one in need for one, need in zip(offer.resources, extra.needs, strict=True)] == [True] * len(
                extra.needs
            )
        for refusal in found.refused:
            extra = opened.extras[refusal.service]
            nobody = all(taken.of_person(who, extra) for who in extra.people)
            no_room = any(all(taken.of_resource(one, extra) for one in need) for need in extra.needs)
            already = refusal.service in raw.services
            expected = [(already, Why.ALREADY), (nobody, Why.NOBODY), (no_room, Why.RESOURCE)]
            assert list(dict.fromkeys(one.why for one in refusal.reasons)) == [why for is_so, why in expected if is_so]


@dataclass(frozen=True)
class Raw:
    """What the rows say of a coming-in and of everybody's time, in minutes from midnight of its day."""

    services: set[int]
    legs: list[tuple[int, int, int, int, set[str]]]
    taken: dict[str, set[int]]

    @classmethod
    def read(cls, session: Session, visit: AppointmentId) -> "Raw":
        """Reads the rows, in the order of time; nothing of the program's arithmetic is used."""
        group = session.scalar(text("SELECT group_id FROM appointment WHERE id = :id"), {"id": visit})
        legs, taken = [], dict[str, set[int]]()
        services = set()
        times = text("SELECT o.holder, o.starts, o.ends, o.appointment_id, a.group_id FROM occupancy o "
                     "JOIN appointment a ON a.id = o.appointment_id")  # fmt: skip
        occupied = session.execute(times).all()
        for holder, starts, ends, _, whose in occupied:
            if whose != group:
                taken.setdefault(holder, set()).update(range(_of_ms(starts), _of_ms(ends)))
        own = text("SELECT id, staff_id, starts, minutes, turnaround, service_id FROM appointment "
                   "WHERE group_id = :group ORDER BY starts")  # fmt: skip
        for id_, staff, starts, minutes, turnaround, service in session.execute(own, {"group": group}):
            start = _of_ms(starts)
            holders = {holder for holder, _, _, whose, _ in occupied if whose == id_}
            legs.append((staff, start, start + minutes, turnaround, holders))
            services.add(service)
        return cls(services, legs, taken)

    @property
    def end(self) -> int:
        """When the chain is over, clean-up not counted."""
        return self.legs[-1][2]

    def clean_up(self, holder: str, turnaround: int) -> int:
        """The longest clean-up of the run that an add-on at the end would close for a holder (R26)."""
        longest, follows = turnaround, self.end
        for _, start, end, own, holders in reversed(self.legs):
            if end != follows or holder not in holders:
                break
            longest, follows = max(longest, own), start
        return longest


@dataclass(frozen=True)
class Taken:
    """Whether a minute that an add-on would take of somebody or something isn't to be had."""

    shop: Shop
    day: Day
    raw: Raw

    def order(self, extra: Extra) -> list[StaffId]:
        """Who could do it: whoever is with the client last comes first, then the staff list."""
        last = self.raw.legs[-1][0]
        return sorted(extra.people, key=lambda one: one != last)

    def of_person(self, who: StaffId, extra: Extra) -> bool:
        """Somebody is with another client, away, not at work, or the clinic is shut."""
        place = self.shop.people.index(who)
        hours = [(start * 15, end * 15) for one, start, end in self.day.shifts if one == place] or [(480, 1080)]
        away = [(start * 15, (start + length) * 15) for one, start, length in self.day.away if one == place]
        if self.day.shut is not None:
            away.append((self.day.shut[0] * 15, sum(self.day.shut) * 15))
        return any(
            not any(start <= minute < end for start, end in hours)
            or any(start <= minute < end for start, end in away)
            or minute in self.raw.taken.get(f"staff:{who}", ())
            for minute in self._minutes(f"staff:{who}", extra)
        )

    def of_resource(self, which: ResourceId, extra: Extra) -> bool:
        """A room or device is with another client."""
        holder = f"resource:{which}"
        return any(minute in self.raw.taken.get(holder, ()) for minute in self._minutes(holder, extra))

    def _minutes(self, holder: str, extra: Extra) -> range:
        end = self.raw.end
        return range(end, end + extra.minutes + self.raw.clean_up(holder, extra.turnaround))


def _of_ms(instant: int) -> int:
    """Minutes from midnight; in November the clinic's wall clock is UTC."""
    return instant // 60_000 % 1440


def _minute(instant: Any) -> int:
    return _of_ms(int(instant.timestamp() * 1000))
