"""The demo clinic: the same seed gives the same year, the books are right, and today is under way."""

from collections import defaultdict
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.demo import clinic, people, plan, times
from reception.demo.offer import SERVICE, STAFF, WORKERS, ZONE
from reception.demo.plan import Coming, End, Role
from reception.demo.times import Size
from reception.domain import clock, diary, tables
from reception.domain.errors import Refused
from reception.domain.outcomes import Status
from reception.store import open_store
from reception.store.dump import dump
from reception.store.verify import verify

LONDON = clock.zone(ZONE)
NOW = datetime(2026, 11, 24, 10, 4, tzinfo=LONDON)
SMALL = Size(clients=30, history=6, full=3, ahead=2)

# A weekday, a Sunday's end, Christmas Day, both days on which the clocks change, a leap day, deep in the night.
MOMENTS = [
    NOW,
    datetime(2026, 11, 22, 15, 50, tzinfo=LONDON),
    datetime(2026, 12, 25, 11, 0, tzinfo=LONDON),
    datetime(2027, 3, 28, 12, 30, tzinfo=LONDON),
    datetime(2026, 10, 25, 13, 7, tzinfo=LONDON),
    datetime(2028, 2, 29, 16, 45, tzinfo=LONDON),
    datetime(2026, 11, 25, 3, 0, tzinfo=LONDON),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo clinic."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    clinic.make(path, now=NOW, size=SMALL)
    return path


def facts(url: str) -> tuple[str, ...]:
    with closing(open_store(url)) as store:
        return dump(store)


def planned(now: datetime) -> plan.Plan:
    return plan.plan(Random("visits"), times.calendar(now, LONDON, clinic.WHOLE))


def test_one_seed_gives_one_history_on_either_engine(demo: Path, clinic_url: str) -> None:
    refused = clinic.fill(clinic_url, now=NOW, seed=1, size=SMALL)
    assert facts(clinic_url) == facts(str(demo))
    assert refused == 0


def test_another_seed_gives_another_history(demo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    clinic.make(other, now=NOW, seed=2, size=SMALL)
    assert facts(str(other)) != facts(str(demo))


def test_everything_in_it_follows_from_its_facts(demo: Path) -> None:
    with closing(open_store(str(demo))) as store:
        report = verify(store)
    assert report.faults == ()
    assert dict(report.checked)["visits"] > 50


def test_nothing_in_it_is_still_to_happen(demo: Path) -> None:
    def newest(session: Session) -> datetime:
        return session.scalars(select(func.max(tables.LogRow.at, type_=tables.LogRow.at.type))).one()

    with closing(open_store(str(demo))) as store:
        assert store.read(newest) <= NOW


def test_today_is_under_way(demo: Path) -> None:
    with closing(open_store(str(demo), clock=lambda: NOW)) as store:
        today = store.read(diary.day, NOW.date())
    now = {entry.status for entry in today.entries}
    assert {Status.COMPLETED, Status.IN_TREATMENT, Status.ARRIVED} <= now
    late = [one for one in today.entries if one.start < NOW and one.status in (Status.BOOKED, Status.CONFIRMED)]
    assert len(late) == 1


def test_the_queue_has_something_to_show(demo: Path) -> None:  # R20, R41
    with closing(open_store(str(demo), clock=lambda: NOW)) as store:
        queue = store.read(diary.queue)
    assert len(queue.left_open) == 2


def test_a_file_that_exists_is_left_as_it_is(demo: Path) -> None:
    before = demo.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        clinic.make(demo, now=NOW, size=SMALL)
    assert demo.read_bytes() == before


def test_a_demo_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def stop(percent: int, _: str) -> None:
        if percent:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clinic.make(tmp_path / "demo.db", now=NOW, size=SMALL, told=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_nobody_is_planned_to_see_two_clients_at_once(now: datetime) -> None:  # R20
    columns: dict[str, list[Coming]] = defaultdict(list)
    for coming in planned(now).comings:
        if coming.end is not End.CANCELLED:
            columns[coming.worker].append(coming)
    for comings in columns.values():
        comings.sort(key=lambda one: one.start)
        assert all(free_again(one) <= following.start for one, following in pairwise(comings))


def free_again(coming: Coming) -> datetime:
    turnaround = max(SERVICE[name].turnaround for name in coming.services)
    return coming.start + timedelta(minutes=coming.minutes + turnaround)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_every_visit_is_booked_before_it_starts(now: datetime) -> None:
    found = planned(now)
    assert all(found.calendar.founded <= coming.booked.date() for coming in found.comings)
    assert all(coming.booked < (coming.was or coming.start) for coming in found.comings)


@pytest.mark.parametrize("now", [MOMENTS[0], MOMENTS[1], *MOMENTS[3:6]], ids=str)
def test_somebody_is_treated_somebody_waits_and_somebody_is_late(now: datetime) -> None:
    assert {coming.role for coming in planned(now).comings} >= set(Role)


def test_the_clinic_is_shut_at_christmas() -> None:
    calendar = times.calendar(MOMENTS[2], LONDON, clinic.WHOLE)
    assert not any(calendar.gaps(worker, calendar.today) for worker in WORKERS)


def test_every_phone_number_is_one_that_reaches_nobody() -> None:
    known = people.clients(Random("people"), 1200, NOW.date())
    phones = {phone for one in known for phone in one.draft.phones}
    assert all(phone.startswith(("07700 900", "01632 960")) for phone in phones)


def test_no_client_has_the_name_of_another_or_of_the_staff() -> None:
    names = [one.draft.name for one in people.clients(Random("people"), 1200, NOW.date())]
    staff = {worker.name for worker in WORKERS} | {name for name, _, _ in STAFF}
    children = len(names) // 40
    assert len(set(names)) >= len(names) - children
    assert staff.isdisjoint(names)
