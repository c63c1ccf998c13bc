"""A small clinic for tests of the window, made through the domain's own commands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from reception.domain import catalogue, clients, clock, diary, rota, staff
from reception.domain.catalogue import ClinicDraft, Opening, ProductDraft, ServiceDraft
from reception.domain.clients import Alert, ClientDraft
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import Money
from reception.domain.shifts import Weekly
from reception.domain.staff import PersonDraft
from reception.domain.tables.ids import AppointmentId, ClientId, ProductId, ServiceId, StaffId
from reception.domain.tables.words import Role
from reception.store import Store

LONDON = ZoneInfo("Europe/London")
_LONG_AGO = date(2026, 1, 5)
_OPENS, _SHUTS = 8 * 60, 18 * 60


@dataclass(frozen=True, slots=True)
class SmallClinic:
    """Who and what is in it, by ids; `ines`, `tomas` and `amara` have columns."""

    owner: StaffId
    manager: StaffId
    anna: StaffId
    ines: StaffId
    tomas: StaffId
    amara: StaffId
    physio: ServiceId
    massage: ServiceId
    osteopathy: ServiceId
    laser: ServiceId
    physio_course: ProductId
    laser_course: ProductId
    beatrix: ClientId
    victor: ClientId
    priya: ClientId
    hugh: ClientId
    salma: ClientId
    jude: ClientId


def small_clinic(store: Store) -> SmallClinic:
    """Larkmere Clinic in London: six people, four services in as many trades, two courses of six, six clients."""
    opening = tuple(Opening(day, _OPENS, _SHUTS) for day in range(6))
    draft = ClinicDraft("Larkmere Clinic", "4 Weir Lane, Larkmere", "Europe/London", "GBP", "en_GB", opening=opening)
    owner = StaffId(store.write(catalogue.found, draft, "Olga Reid", actor=None).answer)

    def do(command: Callable[..., Any], *args: Any) -> Any:
        return store.write(command, *args, actor=owner).answer

    def person(name: str, role: Role, line: str = "", *skills: ServiceId) -> StaffId:
        made = PersonDraft(name, line, role, clinical=False, works=bool(skills), skills=frozenset(skills))
        return StaffId(do(staff.add, made))

    def service(name: str, short: str, category: str, minutes: int, clean: int, price: int, tax: int = 0) -> ServiceId:
        return ServiceId(
            do(catalogue.add_service, ServiceDraft(name, short, category, minutes, clean, Money(price), tax))
        )

    def course(name: str, of: ServiceId, price: int, validity: Validity) -> ProductId:
        return ProductId(do(catalogue.add_product, ProductDraft(name, of, 6, Money(price), validity)))

    def client(name: str, born: date, phone: str, *alerts: Alert) -> ClientId:
        return ClientId(do(clients.add, ClientDraft(name, born, phones=(phone,), alerts=alerts)))

    physio = service("Physio", "", "Physiotherapy", 30, 10, 48_00)
    massage = service("Massage", "", "Massage", 60, 15, 60_00, 2000)
    osteopathy = service("Osteopathy", "Osteo", "Osteopathy", 45, 10, 55_00)
    laser = service("Laser hair removal", "Laser", "Laser", 30, 5, 100_00)
    half_a_year = Validity(Unit.MONTHS, 6, Starts.PURCHASE)
    clinic = SmallClinic(
        owner=owner,
        manager=person("Mira Sorel", Role.MANAGER),
        anna=person("Anna Rivers", Role.RECEPTIONIST),
        ines=person("Ines Lund", Role.PRACTITIONER, "Physio", physio, laser),
        tomas=person("Tomas Brandt", Role.PRACTITIONER, "Massage", massage, physio),
        amara=person("Dr Amara Obi", Role.PRACTITIONER, "Osteopathy", osteopathy, laser),
        physio=physio,
        massage=massage,
        osteopathy=osteopathy,
        laser=laser,
        physio_course=course("Physio, course of 6", physio, 252_00, half_a_year),
        laser_course=course("Laser, course of 6", laser, 480_00, half_a_year),
        beatrix=client("Beatrix Hale", date(1988, 3, 14), "07700 900142", Alert("Latex allergy", serious=True)),
        victor=client("Victor Anan", date(1979, 6, 2), "07700 900277"),
        priya=client("Priya Nair", date(1991, 11, 30), "07700 900318"),
        hugh=client("Hugh Mallory", date(1964, 1, 19), "07700 900655"),
        salma=client("Salma Idris", date(2001, 8, 8), "07700 900207"),
        jude=client("Jude Amis", date(1983, 5, 25), "07700 900811"),
    )
    week = tuple(Weekly(1, 1, day, _OPENS, _SHUTS, _LONG_AGO) for day in range(6))
    for one in (clinic.ines, clinic.tomas, clinic.amara):
        do(rota.set_weekly, one, week)
    return clinic


def book(
    store: Store,
    client: ClientId,
    staff: StaffId,
    service: ServiceId,
    day: date,
    wall: str,
    *,
    actor: StaffId | None = None,
) -> AppointmentId:
    """A visit on the clinic's wall clock, "10:30"; the system books it unless somebody is named."""
    return AppointmentId(
        store.write(diary.book, diary.Request(client, staff, service, at(day, wall)), actor=actor).answer
    )


def at(day: date, wall: str) -> datetime:
    """An instant of the clinic's wall clock, "10:30"."""
    hour, minute = map(int, wall.split(":"))
    return clock.at_local(day, hour * 60 + minute, LONDON)
