"""How often the database is asked: a day in three statements, a client in six, however much there is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from reception.domain import diary
from reception.domain.checkout import Tender
from reception.domain.packages import NONE
from reception.store import Store
from tests.clinic import TODAY, Clinic
from tests.clock import Clock

A_DAY, A_CLIENT = 3, 6


@pytest.fixture
def clinic(store: Store, clock: Clock) -> Clinic:
    return Clinic(store, clock)


@contextmanager
def asked(store: Store) -> Iterator[list[str]]:
    """The statements that readings send while this lasts."""
    found: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":
            found.append(statement)

    event.listen(store._engines.reading, "before_cursor_execute", hear)
    yield found
    event.remove(store._engines.reading, "before_cursor_execute", hear)


def fill(clinic: Clinic, size: int) -> None:
    """Visits on one day, two for each client, and a course for each."""
    for number in range(size):
        client = clinic.client(f"Client {number}")
        clinic.sell(client=client, tender=Tender.CASH)
        wall = f"{9 + number}:00"
        clinic.complete(clinic.book(clinic.at(wall), client=client))
        clinic.book(clinic.at(wall), client=client, staff=clinic.ben, credit=NONE)


@pytest.mark.parametrize("size", [1, 8])
@pytest.mark.parametrize(
    ("question", "most"),
    [
        (lambda clinic: clinic.ask(diary.day, TODAY), A_DAY),
        (lambda clinic: clinic.ledger(), A_CLIENT),
    ],
    ids=["a day", "a client"],
)
def test_statements_do_not_grow_with_the_data(
    clinic: Clinic, size: int, question: Callable[[Any], Any], most: int
) -> None:
    fill(clinic, size)
    for _ in range(size):
        clinic.sell()
        clinic.book(clinic.at("08:00", clinic.days(2 + len(clinic.ledger().visits))))
    with asked(clinic.store) as statements:
        question(clinic)
    assert 1 <= len(statements) <= most, statements
