"""One of two desks that want the same thing at the same instant, again and again; in a thread or in a process."""

import threading
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier

from reception.domain import diary
from reception.domain.errors import DomainError
from reception.domain.tables.ids import AppointmentId, ReasonId, StaffId
from reception.store import Store, open_store
from tests.clock import Clock

WON = "won"
PATIENCE = 60

_barriers: list[Barrier] = []


@dataclass(frozen=True)
class Side:
    """What one desk will ask for, round by round; `gives_back`: a winner cancels before the next round."""

    url: str
    name: str
    actor: StaffId
    wanted: tuple[diary.Request, ...]
    gives_back: bool


def contend(side: Side, barrier: Barrier | threading.Barrier) -> list[str]:
    """What came of each round: won, or the kind of refusal. Anything that isn't a refusal breaks the barrier."""
    with closing(open_store(side.url, desk=side.name, clock=Clock())) as store:
        try:
            return [_round(store, side, request, barrier) for request in side.wanted]
        except BaseException:
            barrier.abort()
            raise


def share(barrier: Barrier) -> None:
    """Gives a new process the barrier that it meets the other one at."""
    _barriers.append(barrier)


def contend_in_process(side: Side) -> list[str]:
    """The same in a process of its own."""
    return contend(side, _barriers[0])


def _round(store: Store, side: Side, request: diary.Request, barrier: Barrier | threading.Barrier) -> str:
    barrier.wait(PATIENCE)
    try:
        visit = store.write(diary.book, request, actor=side.actor).answer
    except DomainError as refusal:
        visit, came = None, type(refusal).__name__
    else:
        came = WON
    barrier.wait(PATIENCE)
    if visit is not None and side.gives_back:
        store.write(diary.cancel, AppointmentId(visit), diary.Cancelling(ReasonId(1)), actor=side.actor)
    return came
