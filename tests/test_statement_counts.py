"""How often the database is asked: a day in three statements, a client in six, offers in eight, whatever there is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from reception.domain import addons, catalogue, diary, screening
from reception.domain.checkout import Tender
from reception.domain.packages import NONE
from reception.store import Store
from tests.clinic import TODAY, Clinic
from tests.clock import Clock
from tests.domain.extras import add_on, clinician, link, room

A_DAY, A_CLIENT, OFFERS = 3, 6, 8
THE_GATE, MANY_VISITS, TASKS = 2, 3, 8


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


@pytest.mark.parametrize("size", [1, 8])
def test_offers_take_eight_statements_at_most(clinic: Clinic, size: int) -> None:  # R24, R25
    fill(clinic, size)
    clinic.sell()
    lamp = room(clinic, "Lamp")
    extras = [add_on(clinic, f"Extra {number}") for number in range(size)]
    for extra in extras[::2]:
        clinic.do(catalogue.set_needs, extra, ((lamp,),))
    link(clinic, clinic.laser, *extras)
    visit = clinic.book(clinic.at("17:00"))
    with asked(clinic.store) as statements:
        found = clinic.ask(addons.offers, visit)
    assert len(found.offered) == size
    assert 1 <= len(statements) <= OFFERS, statements


@pytest.mark.parametrize("size", [1, 8])
def test_the_gate_asks_twice_however_many_services_forms_and_answers(clinic: Clinic, size: int) -> None:
    services = [clinic.service(f"Light {number}", 30, 0, 0) for number in range(size)]
    for number, service in enumerate(services):
        form = clinic.form(title=f"Form {number}")
        clinic.require(form, service=service)
        for asked_of in services:
            clinic.rule(form, service=asked_of)
        for answer in (True, False):
            clinic.answer(form, pregnant=answer)
    visits = [clinic.book(clinic.at("10:00", clinic.days(day))) for day in range(size)]
    with asked(clinic.store) as statements:
        verdicts = clinic.ask(screening.verdicts, clinic.bea, services, clinic.clock())
    assert {verdict.outcome for verdict in verdicts.values()} == {screening.Screened.BLOCKED}
    assert len(statements) == THE_GATE, statements
    with asked(clinic.store) as statements:
        clinic.ask(screening.dues, visits)
    assert 1 <= len(statements) <= MANY_VISITS, statements
    with asked(clinic.store) as statements:
        assert clinic.ask(screening.verdicts, clinic.bea, [], clinic.clock()) == {}
    assert not statements


@pytest.mark.parametrize("size", [1, 8])
def test_what_waits_for_a_decision_takes_eight_statements_at_most(clinic: Clinic, size: int) -> None:  # R34
    doctor = clinician(clinic)
    extras = [add_on(clinic, f"Extra {number}") for number in range(size)]
    link(clinic, clinic.laser, *extras)
    form = clinic.form()
    for service in (clinic.laser, *extras):
        clinic.rule(form, service=service, effect=screening.Effect.FLAG)
    visits = [clinic.book(clinic.at("10:00", clinic.days(2 + day))) for day in range(size)]
    clinic.answer(form, pregnant=True)
    for visit in visits:
        group = clinic.ask(diary.entry, visit).group
        for extra in extras:
            clinic.do(screening.ask_about, group, extra, doctor)
    with asked(clinic.store) as statements:
        found = clinic.ask(screening.tasks)
    assert len(found) == size + size * size
    assert 1 <= len(statements) <= TASKS, statements
