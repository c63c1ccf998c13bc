"""Making the demo clinic: a new database, filled by living through a year with the clock set by hand."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from reception.demo import office, people, plan, times
from reception.demo.desk import Desk, Hands
from reception.demo.intake import Intake
from reception.demo.offer import ZONE
from reception.demo.office import Office
from reception.demo.plan import Plan
from reception.demo.till import Till
from reception.demo.times import Calendar, Size
from reception.demo.visits import Visits
from reception.domain import clock
from reception.domain.errors import Refused
from reception.store import Store, open_store

WHOLE = Size()
"""The clinic that `reception demo` makes."""

Told = Callable[[int, str], None]
"""Who is told how far it is, in per cent and in words."""


def _nobody(_percent: int, _words: str) -> None:
    """Nobody listens."""


def make(path: Path, *, now: datetime, seed: int = 1, size: Size = WHOLE, told: Told = _nobody) -> None:
    """Make the demo clinic as a new file, as it stands at an instant; Refused where there is a file already.

    It is filled beside its place without waiting for the disk, then synced and renamed, so that what is there is whole.
    """
    if path.exists():
        raise Refused("{path} exists already, and nothing is ever overwritten. Choose another name.", path=str(path))
    unfinished = path.with_name(f"{path.name}.unfinished")
    _remove(unfinished)
    try:
        fill(str(unfinished), now=now, seed=seed, size=size, told=told)
        _sync(unfinished)
        unfinished.rename(path)
        _sync(path.parent)
    finally:
        _remove(unfinished)


def fill(url: str, *, now: datetime, seed: int, size: Size, told: Told = _nobody) -> int:
    """Live through the demo's year in a new database, in a file or on a server; gives how often a rule refused."""
    calendar = times.calendar(now, clock.zone(ZONE), size)
    hands = Hands(calendar.at(calendar.founded, 8 * 60 + 30))
    with closing(open_store(url, clock=hands, create=True, careful=False)) as store, _uncollected():
        return _live(store, hands, calendar, seed, told)


def _live(store: Store, hands: Hands, calendar: Calendar, seed: int, told: Told) -> int:
    told(0, "Planning a year of visits")
    known = people.clients(Random(f"people {seed}"), calendar.size.clients, calendar.founded)
    planned = plan.plan(Random(f"visits {seed}"), calendar)
    desk = Desk(store, hands, calendar, Random(f"days {seed}"), str(seed))
    books = office.set_up(desk)
    intake = Intake(desk, known, books.services)
    till = Till(desk, books.products)
    visits = Visits(desk, planned, known, books.services, books.things, books.reasons, till, intake)
    coming = {one.client for one in planned.comings if one.booked <= calendar.now}
    for count, place in enumerate(place for place in range(len(known)) if place not in coming):
        desk.later(hands.now + timedelta(minutes=30, seconds=20 * count), partial(_enter, visits, place))
    intake.begin()
    visits.begin()
    Office(desk, visits).begin()
    _report(desk, planned, told)
    desk.live()
    told(100, f"{store.head()} commands")
    return desk.refused


def _enter(visits: Visits, place: int) -> None:
    visits.enter(place)


def _report(desk: Desk, planned: Plan, told: Told) -> None:
    """Tell how far it is at each twentieth part of what happens: visits are booked, and take place."""
    comings = (at for coming in planned.comings for at in (coming.booked, coming.start))
    happens = sorted(at for at in comings if at <= desk.calendar.now)
    for part in range(1, 20):
        at = happens[len(happens) * part // 20]
        desk.later(at, partial(_pause, told, part * 5, desk.calendar.today_of(at).isoformat()))


def _pause(told: Told, percent: int, words: str) -> None:
    gc.collect()
    told(percent, words)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Collect cycles at each report only: after every few of so many small commands it takes a quarter of the time."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _sync(path: Path) -> None:
    """Wait until the disk has a file, or the name of one; a folder can't be opened for that on Windows."""
    with suppress(PermissionError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
