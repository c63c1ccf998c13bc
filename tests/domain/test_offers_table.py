"""Tables of cases: who is offered for an extra, and how a chain lies in the diary and in rooms (R20, R24–R26)."""

from collections.abc import Callable
from datetime import datetime

import pytest

from reception.domain import catalogue, diary, rota
from reception.domain.packages import NONE
from reception.domain.span import Span
from reception.domain.tables.ids import AppointmentId, ServiceId, StaffId
from tests.clinic import LONDON, TODAY, Clinic
from tests.domain.extras import add_on, link, offers, room, said

Beside = Callable[[Clinic], object]


def visit(who: str, start: str, service: str = "laser") -> Beside:
    """Another client's visit: a laser of 30 minutes with ten of clean-up unless another service is named."""

    def put(clinic: Clinic) -> object:
        carl = clinic.client("Carl Ray")
        wanted = diary.Request(carl, person(clinic, who), getattr(clinic, service), clinic.at(start), NONE)
        return clinic.do(diary.book, wanted)

    return put


def away(who: str, start: str, end: str) -> Beside:
    """Somebody's meeting."""
    return lambda clinic: clinic.do(
        rota.add_off, person(clinic, who), Span(clinic.at(start), clinic.at(end)), block=True, words="Call"
    )


def works(who: str, *hours: tuple[int, int]) -> Beside:
    """Somebody works these whole hours only."""
    spans = tuple((start * 60, end * 60) for start, end in hours)
    return lambda clinic: clinic.do(rota.set_exception, person(clinic, who), TODAY, spans)


def shut(start: int, end: int) -> Beside:
    """The clinic is closed between these whole hours."""
    return lambda clinic: clinic.do(rota.add_closure, TODAY, start * 60, end * 60, "Fire drill")


def person(clinic: Clinic, name: str) -> StaffId:
    """Ana or Ben."""
    return {"Ana": clinic.ana, "Ben": clinic.ben}[name]


# Bea has a laser with Ana from 12:15 to 12:45, cleaned up after until 12:55. With the tape of 15 minutes that run lasts
# until 13:00 and its clean-up until 13:10. With Ben the tape ends at 13:00.
OFFERED: dict[str, tuple[tuple[Beside, ...], str]] = {
    "a quiet day": ((), "Ana Lund until 13:10"),
    "her next client comes as the clean-up ends": ((visit("Ana", "13:10"),), "Ana Lund until 13:10"),
    "her next client comes within the clean-up": ((visit("Ana", "13:05"),), "Ben Okoye until 13:00"),
    "his client comes as the tape ends": ((visit("Ana", "13:05"), visit("Ben", "13:00")), "Ben Okoye until 13:00"),
    "his client is cleaned up after until then": (
        (visit("Ana", "13:05"), visit("Ben", "12:05")),
        "Ben Okoye until 13:00",
    ),
    "both have clients": (
        (visit("Ana", "13:05"), visit("Ben", "12:10")),
        "Ana Lund is busy from 13:05 to 13:45, Ben Okoye is busy until 12:50.",
    ),
    "she is away from the end of the clean-up": ((away("Ana", "13:10", "14:00"),), "Ana Lund until 13:10"),
    "she is away a little earlier": ((away("Ana", "13:09", "14:00"),), "Ben Okoye until 13:00"),
    "her shift ends within the clean-up": ((works("Ana", (8, 13)),), "Ben Okoye until 13:00"),
    "two shifts that touch count as one": ((works("Ana", (8, 13), (13, 18)),), "Ana Lund until 13:10"),
    "she leaves and he isn't here": (
        (works("Ana", (8, 13)), works("Ben")),
        "Ana Lund works until 13:00, Ben Okoye does not work.",
    ),
    "she leaves and he comes later": (
        (works("Ana", (8, 13)), works("Ben", (14, 18))),
        "Ana Lund works until 13:00, Ben Okoye does not work.",
    ),
    "the clinic shuts within her clean-up only": ((shut(13, 14),), "Ben Okoye until 13:00"),
    "the clinic shuts in the middle of it": (
        (shut(12, 14),),
        "Ana Lund is busy until 14:00, Ben Okoye is busy until 14:00.",
    ),
}
"""What there is beside the visit, and who is offered until when, or why nobody is."""


@pytest.mark.parametrize("case", OFFERED)
def test_who_is_offered_for_an_extra(clinic: Clinic, case: str) -> None:  # R20, R24, R25, R26
    tape = add_on(clinic, "Tape 15")
    link(clinic, clinic.laser, tape)
    mine = clinic.book(clinic.at("12:15"))
    beside, expected = OFFERED[case]
    for put in beside:
        put(clinic)
    found = offers(clinic, mine)
    told = [f"{offer.staff_name} until {wall(offer.busy_until)}" for offer in found.offered]
    assert [*told, *(said(refusal.first.words) for refusal in found.refused)] == [expected]


def wall(instant: datetime) -> str:
    """An instant on the clinic's wall clock."""
    return f"{instant.astimezone(LONDON):%H:%M}"


# A laser takes 30 minutes and ten of clean-up, a peel 15 and forty, a consultation 15 and none.
CHAINS: dict[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "one visit keeps its clean-up": ((("laser", "Ana"),), ("Ana 11:00 to 11:40",)),
    "of a run only the last has one": (
        (("laser", "Ana"), ("laser", "Ana")),
        ("Ana 11:00 to 11:30", "Ana 11:30 to 12:10"),
    ),
    "it is the longest of the run": (
        (("peel", "Ana"), ("laser", "Ana"), ("gift", "Ana")),
        ("Ana 11:00 to 11:15", "Ana 11:15 to 11:45", "Ana 11:45 to 12:40"),
    ),
    "another person leaves each with their own": (
        (("laser", "Ana"), ("peel", "Ben")),
        ("Ana 11:00 to 11:40", "Ben 11:30 to 12:25"),
    ),
    "it ends where the same person goes on": (
        (("peel", "Ana"), ("gift", "Ben"), ("gift", "Ana")),
        ("Ana 11:00 to 11:30", "Ben 11:15 to 11:30", "Ana 11:30 to 11:45"),
    ),
    "a run that was left begins anew": (
        (("laser", "Ana"), ("gift", "Ben"), ("laser", "Ana")),
        ("Ana 11:00 to 11:40", "Ben 11:30 to 11:45", "Ana 11:45 to 12:25"),
    ),
}
"""The parts of a coming-in from eleven on, and whose time each takes."""


@pytest.mark.parametrize("case", CHAINS)
def test_how_a_chain_takes_peoples_time(clinic: Clinic, case: str) -> None:  # R26
    wanted, expected = CHAINS[case]
    visits = booked(clinic, wanted)
    entries = [clinic.ask(diary.entry, one) for one in visits]
    names = {clinic.ana: "Ana", clinic.ben: "Ben"}
    assert tuple(f"{names[one.staff]} {wall(one.start)} to {wall(one.busy_until)}" for one in entries) == expected


def booked(clinic: Clinic, wanted: tuple[tuple[str, str], ...]) -> list[AppointmentId]:
    """Books a coming-in at eleven."""
    peel = add_peel(clinic)
    requests = [
        clinic.request(
            clinic.at("11:00"), staff=person(clinic, who), service=peel if name == "peel" else getattr(clinic, name)
        )
        for name, who in wanted
    ]
    return [AppointmentId(one) for one in clinic.do(diary.book_chain, requests, by=clinic.desk)]


def add_peel(clinic: Clinic) -> ServiceId:
    """A treatment of 15 minutes that takes forty to clean up after, done by both."""
    # Ana and Ben learn it; it is booked alone.
    return add_on(clinic, "Peel 15", 15, turnaround=40, price=30_00, bookable=catalogue.Bookable.ALONE)


# Rooms 1 and 2; a laser can be in either. The clean-up of ten minutes stays in the room that the chain leaves.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "the first of the list": (("1 2",), (), ("Room 1",)),
    "the next one where that is taken": (("1 2",), (("1", "11:20"),), ("Room 2",)),
    "taken only once it is cleaned up": (("1 2",), (("1", "11:40"),), ("Room 1",)),
    "the chain stays where it is": (("1 2", "2 1"), (), ("Room 1", "Room 1")),
    "it moves on where it must": (("1 2", "1 2"), (("1", "11:45"),), ("Room 1", "Room 2")),
    "a clean-up that would be in the way counts": (("1 2", "1 2"), (("1", "11:35"),), ("Room 2", "Room 2")),
}
"""What each part of a coming-in can be in, which rooms are taken for ten minutes from when, and what it is given."""


@pytest.mark.parametrize("case", ROOMS)
def test_which_rooms_a_chain_is_given(clinic: Clinic, case: str) -> None:  # R20, R26
    needs, taken, expected = ROOMS[case]
    rooms = {number: room(clinic, f"Room {number}") for number in ("1", "2")}
    for number, start in taken:
        alone = add_on(clinic, f"Sauna {number}", 10, bookable=catalogue.Bookable.ALONE)
        clinic.do(catalogue.set_needs, alone, ((rooms[number],),))
        carl = clinic.client("Carl Ray")
        clinic.do(diary.book, diary.Request(carl, clinic.ben, alone, clinic.at(start), NONE))
    wanted = []
    for place, one in enumerate(needs):
        service = add_on(clinic, f"Part {place}", 30, turnaround=10, bookable=catalogue.Bookable.ALONE)
        clinic.do(catalogue.set_needs, service, (tuple(rooms[number] for number in one.split()),))
        wanted.append(clinic.request(clinic.at("11:00"), service=service))
    visits = clinic.do(diary.book_chain, wanted, by=clinic.desk)
    assert tuple(clinic.ask(diary.entry, AppointmentId(one)).resources for one in visits) == expected
