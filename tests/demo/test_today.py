"""The demo's own day: somebody can be given an add-on, and every reason why not is there to be seen."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from reception.demo import clinic, times
from reception.demo.extras import LINKS
from reception.demo.offer import SERVICE, WORKER, WORKERS, ZONE
from reception.demo.times import Size
from reception.demo.today import Paper, Shown, shown
from reception.domain import addons, clock, diary, forms, screening
from reception.domain.addons import Offers, Why
from reception.domain.gates import Screened
from reception.domain.money import NOTHING
from reception.domain.outcomes import UPCOMING, Status
from reception.domain.tables.words import PaymentPolicy, TaskKind
from reception.store import Store, open_store

LONDON = clock.zone(ZONE)
NOW = datetime(2026, 11, 24, 10, 4, tzinfo=LONDON)
WEEK = [datetime(2026, 11, day, 10, 4, tzinfo=LONDON) for day in range(22, 29)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small demo clinic, opened."""
    path = tmp_path_factory.mktemp("today") / "demo.db"
    clinic.make(path, now=NOW, size=Size(clients=60, history=6, full=3, ahead=2))
    with closing(open_store(str(Path(path)), clock=lambda: NOW)) as store:
        yield store


@pytest.fixture(scope="module")
def to_come(demo: Store) -> tuple[Offers, ...]:
    """What every coming-in of today that is still to begin can be given, and what not."""
    entries = demo.read(diary.day, NOW.date()).entries
    bases = [one for one in entries if one.base is None and one.start > NOW and one.status in UPCOMING]
    return tuple(demo.read(addons.offers, one.id) for one in bases)


def shown_at(now: datetime) -> tuple[Shown, ...]:
    calendar = times.calendar(now, LONDON, clinic.WHOLE)
    gaps = {worker.name: calendar.gaps(worker, calendar.today) for worker in WORKERS}
    return shown(calendar.minute, gaps)[0]


def test_something_can_be_added_and_paid_at_the_visit(to_come: tuple[Offers, ...]) -> None:  # R24, R28
    assert any(offer.due == NOTHING for offers in to_come for offer in offers.offered)


def test_something_can_be_added_with_a_deposit(to_come: tuple[Offers, ...]) -> None:  # R28
    dues = {SERVICE[offer.name].payment for offers in to_come for offer in offers.offered if offer.due > NOTHING}
    assert PaymentPolicy.DEPOSIT in dues


@pytest.mark.parametrize("why", [Why.ALREADY, Why.BLOCKED, Why.FORM, Why.REVIEW, Why.NOBODY, Why.RESOURCE])
def test_every_reason_leads_somewhere(why: Why, to_come: tuple[Offers, ...]) -> None:  # R25
    assert why in {refusal.first.why for offers in to_come for refusal in offers.refused}


def test_visits_to_come_wait_for_somebody_to_see_to_their_answers(demo: Store) -> None:  # R34
    assert TaskKind.BLOCKED in {task.kind for task in demo.read(screening.tasks)}


def test_a_deposit_is_still_owing(demo: Store) -> None:  # R28
    assert all(entry.owing_ahead for entry in demo.read(diary.queue).owing)


def test_all_forms_are_published_and_most_are_required(demo: Store) -> None:  # R31
    found = demo.read(forms.forms)
    assert len(found) == 8
    assert sum(bool(row.services) for row in found) == 7


def test_whatever_took_place_since_the_forms_came_in_was_let_through(demo: Store) -> None:  # R33
    entries = [
        one
        for day in range(22, 25)
        for one in demo.read(diary.day, NOW.date().replace(day=day)).entries
        if one.status in (Status.IN_TREATMENT, Status.COMPLETED)
    ]
    asked = [one for one in entries if demo.read(screening.requirements, one.service)]
    verdicts = [demo.read(screening.verdict, one.client, one.service, one.start, group=one.group) for one in asked]
    assert verdicts
    assert {one.outcome for one in verdicts} <= {Screened.CLEAR, Screened.CLEARED}


@pytest.mark.parametrize("now", WEEK, ids=str)
def test_on_every_weekday_add_ons_are_shown_of_every_kind(now: datetime) -> None:
    found = shown_at(now)
    assert {one.paper for one in found} == set(Paper)
    assert any(one.taken for one in found)
    assert any(SERVICE[one.extra].payment is PaymentPolicy.DEPOSIT for one in found)


@pytest.mark.parametrize("now", WEEK, ids=str)
def test_what_is_shown_is_still_to_come_and_can_be_done(now: datetime) -> None:  # R21
    for one in shown_at(now):
        assert one.at >= now.hour * 60 + now.minute + 30
        assert one.extra in LINKS[one.service]
        assert {one.service, one.extra} <= WORKER[one.worker].skills


def test_at_night_nothing_is_shown() -> None:
    assert shown_at(datetime(2026, 11, 24, 23, 50, tzinfo=LONDON)) == ()
