"""What the demo clinic is: its address, its services and courses, and the people who work there."""

from dataclasses import dataclass
from datetime import date, timedelta

from reception.domain import shifts
from reception.domain.catalogue import ClinicDraft, Opening, ServiceDraft
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney, OwnPolicy, Policy
from reception.domain.tables.words import Bookable, PaymentPolicy, Role

ZONE = "Europe/London"

CLINIC = ClinicDraft(
    name="Larkmere Clinic",
    address="4 Weir Lane\nLarkmere",
    zone=ZONE,
    currency="GBP",
    locale="en_GB",
    near_days=30,
    wait_minutes=10,
    opening=(
        *(Opening(weekday, 8 * 60, 20 * 60) for weekday in range(5)),
        Opening(5, 9 * 60, 18 * 60),
        Opening(6, 10 * 60, 17 * 60),
    ),
)

POLICY = Policy(
    free_hours=24,
    late_credit=OnCredit.FORFEIT,
    no_show_credit=OnCredit.FORFEIT,
    late_money=OnMoney.FEE,
    no_show_money=OnMoney.FEE,
    late_fee=Money(20_00),
    no_show_fee=Money(30_00),
)
GRACE_DAYS = 7

_VAT = 2000

SERVICES = (
    ServiceDraft("Physio, first visit", "Physio first", "Physiotherapy", 60, 0, Money(78_00), 0),
    ServiceDraft("Physio 45", "Physio", "Physiotherapy", 45, 15, Money(62_00), 0),
    ServiceDraft("Physio 30", "Physio", "Physiotherapy", 30, 10, Money(46_00), 0),
    ServiceDraft("Osteopathy, first visit", "Osteo first", "Osteopathy", 60, 10, Money(75_00), 0),
    ServiceDraft("Osteopathy 45", "Osteo", "Osteopathy", 45, 10, Money(60_00), 0),
    ServiceDraft("Massage 60", "Massage", "Massage", 60, 10, Money(58_00), _VAT),
    ServiceDraft("Massage 30", "Massage", "Massage", 30, 10, Money(34_00), _VAT),
    ServiceDraft("Sports massage 45", "Sports", "Massage", 45, 10, Money(52_00), _VAT),
    ServiceDraft("Laser consultation and patch test", "Patch test", "Laser", 15, 5, Money(0), _VAT),
    ServiceDraft("Laser 30", "Laser", "Laser", 30, 10, Money(96_00), _VAT),
    ServiceDraft(
        "Laser 60",
        "Laser",
        "Laser",
        60,
        15,
        Money(168_00),
        _VAT,
        OwnPolicy(late_money=OnMoney.DEPOSIT, no_show_money=OnMoney.DEPOSIT),
        payment=PaymentPolicy.DEPOSIT,
        deposit=Money(40_00),
    ),
    ServiceDraft("Skin consultation", "Skin", "Skin", 30, 0, Money(30_00), _VAT),
    ServiceDraft("Skin peel 45", "Peel", "Skin", 45, 15, Money(84_00), _VAT),
    ServiceDraft("Facial 60", "Facial", "Skin", 60, 10, Money(72_00), _VAT),
)

_ADD_ON, _BOTH = Bookable.ADD_ON, Bookable.BOTH

ADD_ONS = (
    ServiceDraft(
        "Kinesio tape 15",
        "Tape",
        "Physiotherapy",
        15,
        0,
        Money(12_00),
        0,
        bookable=_ADD_ON,
        payment=PaymentPolicy.UPFRONT,
    ),
    ServiceDraft("Heat therapy 15", "Heat", "Physiotherapy", 15, 5, Money(14_00), 0, bookable=_ADD_ON),
    ServiceDraft("Acupuncture 30", "Acu", "Physiotherapy", 30, 5, Money(32_00), 0, bookable=_BOTH),
    ServiceDraft(
        "Cupping 15",
        "Cupping",
        "Massage",
        15,
        5,
        Money(18_00),
        _VAT,
        bookable=_ADD_ON,
        payment=PaymentPolicy.DEPOSIT,
        deposit=Money(5_00),
    ),
    ServiceDraft("Foot massage 30", "Feet", "Massage", 30, 5, Money(30_00), _VAT, bookable=_BOTH),
    ServiceDraft(
        "Laser 15, small area",
        "Laser 15",
        "Laser",
        15,
        10,
        Money(48_00),
        _VAT,
        bookable=_ADD_ON,
        payment=PaymentPolicy.DEPOSIT,
        deposit_share=25_00,
    ),
    ServiceDraft("Light mask 15", "Light mask", "Skin", 15, 5, Money(20_00), _VAT, bookable=_ADD_ON),
    ServiceDraft("Eye peel 15", "Eye peel", "Skin", 15, 5, Money(28_00), _VAT, bookable=_ADD_ON),
)

SERVICE = {service.name: service for service in (*SERVICES, *ADD_ONS)}


@dataclass(frozen=True, slots=True)
class Course:
    """A package on sale, of the service of this name."""

    name: str
    service: str
    sessions: int
    price: Money
    validity: Validity
    terms: str


_FROM_PURCHASE = Starts.PURCHASE

COURSES = (
    Course(
        "Laser 30, course of 6",
        "Laser 30",
        6,
        Money(480_00),
        Validity(Unit.MONTHS, 12, _FROM_PURCHASE),
        "One area. At least four weeks between two sessions.",
    ),
    Course(
        "Skin peel, course of 5",
        "Skin peel 45",
        5,
        Money(360_00),
        Validity(Unit.MONTHS, 6, _FROM_PURCHASE),
        "At least two weeks between two peels.",
    ),
    Course(
        "Physio 30, course of 6",
        "Physio 30",
        6,
        Money(240_00),
        Validity(Unit.MONTHS, 4, Starts.FIRST_VISIT),
        "Counts from the first visit.",
    ),
    Course(
        "Physio 45, course of 10",
        "Physio 45",
        10,
        Money(540_00),
        Validity(Unit.MONTHS, 12, _FROM_PURCHASE),
        "May be passed on within the family.",
    ),
    Course(
        "Massage 60, course of 5",
        "Massage 60",
        5,
        Money(265_00),
        Validity(Unit.DAYS, 90, _FROM_PURCHASE),
        "Ninety days from the day it is bought.",
    ),
    Course(
        "Massage 60, course of 10",
        "Massage 60",
        10,
        Money(499_00),
        Validity(None, 0, _FROM_PURCHASE),
        "Never expires.",
    ),
)

MASKS = Course(
    "Light mask, course of 6",
    "Light mask 15",
    6,
    Money(96_00),
    Validity(Unit.MONTHS, 12, _FROM_PURCHASE),
    "With a facial, a peel or a laser visit.",
)
"""Sold to whoever takes to the mask: its credits pay for an add-on (R30)."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Shifts that repeat: on these weekdays in one week of the cycle, in minutes of the wall clock."""

    weekdays: tuple[int, ...]
    start: int
    end: int
    week: int = 1
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with a column: where they sit, when they work, when they have lunch, what they do for whom.

    `first` is what a new client comes for, `usual` what everybody else does, the likeliest leading, `extras` what they
    add to it; `things` are the room and the device that they use.
    """

    name: str
    line: str
    first: tuple[str, ...]
    usual: tuple[str, ...]
    hours: tuple[Hours, ...]
    lunch: int
    extras: tuple[str, ...]
    things: tuple[str, ...]

    @property
    def skills(self) -> frozenset[str]:
        """The names of all services that they perform."""
        return frozenset({*self.first, *self.usual, *self.extras})

    def weekly(self, since: date) -> tuple[shifts.Weekly, ...]:
        """Their shifts from a day on, in cycles that begin with the week of that day."""
        return tuple(
            shifts.Weekly(each.weeks, each.week, weekday, each.start, each.end, since)
            for each in self.hours
            for weekday in each.weekdays
        )


WORKERS = (
    Worker(
        "Ines Lund",
        "Physiotherapy · Room 1",
        ("Physio, first visit",),
        ("Physio 30", "Physio 45"),
        (
            Hours((0, 1, 3, 4), 8 * 60, 16 * 60, week=1, weeks=2),
            Hours((0, 1, 3), 11 * 60, 19 * 60, week=2, weeks=2),
            Hours((4,), 8 * 60, 14 * 60, week=2, weeks=2),
        ),
        12 * 60 + 30,
        ("Kinesio tape 15", "Heat therapy 15", "Acupuncture 30"),
        ("Room 1",),
    ),
    Worker(
        "Tomas Brandt",
        "Massage · Room 2",
        ("Massage 60", "Sports massage 45"),
        ("Massage 60", "Sports massage 45", "Massage 30"),
        (Hours((2, 3, 4), 10 * 60, 18 * 60), Hours((5,), 9 * 60, 16 * 60), Hours((6,), 10 * 60, 16 * 60)),
        13 * 60 + 30,
        ("Cupping 15", "Foot massage 30", "Heat therapy 15"),
        ("Room 2",),
    ),
    Worker(
        "Dr Amara Obi",
        "Osteopathy · Room 3",
        ("Osteopathy, first visit",),
        ("Osteopathy 45",),
        (
            Hours((0, 1, 2), 8 * 60, 16 * 60, week=1, weeks=2),
            Hours((0, 2), 12 * 60, 20 * 60, week=2, weeks=2),
            Hours((1, 4), 9 * 60, 14 * 60, week=2, weeks=2),
        ),
        14 * 60,
        ("Kinesio tape 15", "Acupuncture 30", "Heat therapy 15"),
        ("Room 3",),
    ),
    Worker(
        "Freya Holt",
        "Laser · Room 4",
        ("Laser consultation and patch test",),
        ("Laser 30", "Laser 60"),
        (
            Hours((1, 2, 3), 9 * 60, 17 * 60),
            Hours((5,), 9 * 60, 16 * 60, week=1, weeks=2),
            Hours((6,), 10 * 60, 16 * 60, week=2, weeks=2),
        ),
        12 * 60,
        ("Laser 15, small area", "Light mask 15"),
        ("Room 4", "Diode laser"),
    ),
    Worker(
        "Kiran Dhar",
        "Skin and laser · Room 5",
        ("Skin consultation", "Facial 60"),
        ("Skin peel 45", "Facial 60", "Laser 30"),
        (
            Hours((0, 1, 3, 4), 12 * 60, 20 * 60, week=1, weeks=2),
            Hours((1, 2, 4, 5), 9 * 60, 17 * 60, week=2, weeks=2),
            Hours((6,), 10 * 60, 16 * 60, week=1, weeks=2),
        ),
        13 * 60,
        ("Light mask 15", "Eye peel 15", "Laser 15, small area"),
        ("Room 5", "Pulsed light"),
    ),
    Worker(
        "Marta Silva",
        "Physio and massage · Room 6",
        ("Physio, first visit", "Massage 60"),
        ("Physio 45", "Massage 60", "Physio 30"),
        (Hours((0, 1, 4), 9 * 60, 17 * 60), Hours((5,), 10 * 60, 17 * 60), Hours((6,), 10 * 60, 16 * 60)),
        13 * 60,
        ("Kinesio tape 15", "Heat therapy 15", "Cupping 15", "Foot massage 30"),
        ("Room 6",),
    ),
)

WORKER = {worker.name: worker for worker in WORKERS}

LUNCH_MINUTES = 30

OWNER = "Helen Marsh"
MANAGER = "Maud Sorel"
MORNING = "Anna Rivers"
EVENING = "Bo Kim"

STAFF = (
    (MANAGER, "Manager", Role.MANAGER),
    (MORNING, "Reception", Role.RECEPTIONIST),
    (EVENING, "Reception", Role.RECEPTIONIST),
)
"""Who works here without a column of their own."""


def closures(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The days from the first to the last on which the whole clinic is shut."""
    shut = {(12, 25): "Christmas Day", (12, 26): "Boxing Day", (1, 1): "New Year's Day"}
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return tuple((day, shut[day.month, day.day]) for day in days if (day.month, day.day) in shut)
