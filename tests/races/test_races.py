"""Two desks at the same instant: one of them wins, the other is told, and nobody meets a deadlock (R7, R20)."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from reception.domain import diary
from reception.domain.packages import NONE, Choice
from reception.domain.tables.ids import ClientId, StaffId
from reception.store import Store
from reception.store.verify import verify
from tests.clinic import FOR_EVER, Clinic
from tests.clock import Clock
from tests.races.contest import PATIENCE, WON, Outcome, Side, Wanted, contend, contend_in_process, share

ROUNDS = 200
A_DAY = 10

Run = Callable[[tuple[Side, Side]], list[tuple[Outcome, Outcome]]]


def in_threads(sides: tuple[Side, Side]) -> list[tuple[Outcome, Outcome]]:
    """Two desks of one program: each has its own connections."""
    barrier = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(contend, sides, (barrier, barrier))
    return list(zip(one, other, strict=True))


def in_processes(sides: tuple[Side, Side]) -> list[tuple[Outcome, Outcome]]:
    """Two programs on one file, each started afresh."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    with ProcessPoolExecutor(2, mp_context=context, initializer=share, initargs=(barrier,)) as pool:
        one, other = pool.map(contend_in_process, sides, timeout=PATIENCE * 3)
    return list(zip(one, other, strict=True))


@pytest.fixture
def clinic(store: Store, clock: Clock) -> Clinic:
    return Clinic(store, clock)


@pytest.fixture
def clinic_in_file(sqlite_store: Store, clock: Clock) -> Clinic:
    return Clinic(sqlite_store, clock)


def test_one_of_two_desks_gets_the_last_credit(clinic: Clinic) -> None:  # R7
    the_last_credit_goes_once(clinic, in_threads)


def test_one_of_two_desks_gets_the_time(clinic: Clinic) -> None:  # R20
    the_time_goes_once(clinic, in_threads)


def test_one_of_two_programs_gets_the_last_credit(clinic_in_file: Clinic) -> None:  # R7
    the_last_credit_goes_once(clinic_in_file, in_processes)


def test_one_of_two_programs_gets_the_time(clinic_in_file: Clinic) -> None:  # R20
    the_time_goes_once(clinic_in_file, in_processes)


def the_last_credit_goes_once(clinic: Clinic, run: Run) -> None:
    """Both book at a free time of their own, with the only credit that is left."""
    clinic.sell(clinic.product("One for ever", clinic.laser, 1, 80_00, FOR_EVER))
    credit = Choice(clinic.credits()[0].id)
    sides = tuple(side(clinic, clinic.bea, person, credit, gives_back=True) for person in (clinic.ana, clinic.ben))
    outcomes = run((sides[0], sides[1]))
    assert kinds(outcomes) == [["Refused", WON]] * ROUNDS
    assert verify(clinic.store).faults == ()


def the_time_goes_once(clinic: Clinic, run: Run) -> None:
    """Both book the same person at the same time, for two clients."""
    carl = clinic.client("Carl Ray")
    sides = tuple(side(clinic, client, clinic.ana, NONE) for client in (clinic.bea, carl))
    outcomes = run((sides[0], sides[1]))
    assert kinds(outcomes) == [["Taken", WON]] * ROUNDS
    assert verify(clinic.store).faults == ()


def side(clinic: Clinic, client: ClientId, person: StaffId, credit: Choice, *, gives_back: bool = False) -> Side:
    """A desk that books this person for this client, hour after hour, from the day after tomorrow on."""
    starts = [clinic.at(f"{8 + turn % A_DAY}:00", clinic.days(2 + turn // A_DAY)) for turn in range(ROUNDS)]
    wanted = tuple(Wanted(diary.book, diary.Request(client, person, clinic.laser, start, credit)) for start in starts)
    return Side(clinic.store.url, f"desk of {client} with {person}", clinic.desk, wanted, gives_back)


def kinds(outcomes: list[tuple[Outcome, Outcome]]) -> list[list[str]]:
    """What came of each round, whoever won."""
    return [sorted(outcome.kind for outcome in one) for one in outcomes]
