"""One of two desks that want the same thing at the same instant, again and again; in a thread or in a process."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any, NamedTuple

from reception.domain import diary
from reception.domain.errors import DomainError
from reception.domain.tables.ids import AppointmentId, ReasonId, StaffId
from reception.store import Store, open_store
from tests.clock import Clock
from tests.domain.extras import said

WON = "won"
PATIENCE = 60

_barriers: list[Barrier] = []


class Wanted(NamedTuple):
    """What a desk wants done, as it asks the program for it."""

    command: Callable[..., Any]
    what: Any


class Outcome(NamedTuple):
    """What came of a round: won, or the kind of refusal and its sentence."""

    kind: str
    words: str = ""


@dataclass(frozen=True)
class Side:
    """What one desk will ask for, round by round; `gives_back`: a winner cancels before the next round."""

    url: str
    name: str
    actor: StaffId
    wanted: tuple[Wanted, ...]
    gives_back: bool = False


def contend(side: Side, barrier: Barrier | threading.Barrier) -> list[Outcome]:
    """What came of each round. Anything that isn't a refusal breaks the barrier."""
    with closing(open_store(side.url, desk=side.name, clock=Clock())) as store:
        try:
            return [_round(store, side, wanted, barrier) for wanted in side.wanted]
        except BaseException:
            barrier.abort()
            raise


def share(barrier: Barrier) -> None:
    """Gives a new process the barrier that it meets the other one at."""
    _barriers.append(barrier)


def contend_in_process(side: Side) -> list[Outcome]:
    """The same in a process of its own."""
    return contend(side, _barriers[0])


def _round(store: Store, side: Side, wanted: Wanted, barrier: Barrier | threading.Barrier) -> Outcome:
    barrier.wait(PATIENCE)
    try:
        visit = store.write(wanted.command, wanted.what, actor=side.actor).answer
    except DomainError as refusal:
        visit, came = None, Outcome(type(refusal).__name__, said(refusal))
    else:
        came = Outcome(WON)
    barrier.wait(PATIENCE)
    if visit is not None and side.gives_back:
        store.write(diary.cancel, AppointmentId(visit), diary.Cancelling(ReasonId(1)), actor=side.actor)
    return came
