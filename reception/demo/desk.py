"""Living through time: a clock that is set, a list of what happens when, and commands in the order of life."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from reception.demo.offer import EVENING, MANAGER, MORNING
from reception.demo.times import Calendar
from reception.domain.errors import DomainError
from reception.domain.tables.ids import StaffId
from reception.store import Store

P = ParamSpec("P")
T = TypeVar("T")

Act = Callable[[], None]


@dataclass(slots=True)
class Hands:
    """The hands of the clinic's clock, which the demo sets."""

    now: datetime

    def __call__(self) -> datetime:
        """What the clock shows."""
        return self.now


@dataclass(slots=True)
class Desk:
    """The clinic's front desk: somebody is there, does things at their time, and has an agenda.

    Ids of commands come from the seed and a count, so that two runs of one seed write the same.
    """

    store: Store
    clock: Hands
    calendar: Calendar
    chance: Random
    name: str
    staff: dict[str, StaffId] = field(default_factory=dict)
    refused: int = 0
    _agenda: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _commands: Iterator[int] = field(default_factory=lambda: count(1))

    def later(self, at: datetime, act: Act) -> None:
        """Put something on the agenda; never before now."""
        heapq.heappush(self._agenda, (max(at, self.clock.now), next(self._order), act))

    def soon(self, minutes: int, act: Act) -> None:
        """Put something on the agenda for some minutes from now."""
        self.later(self.clock.now + timedelta(minutes=minutes), act)

    def live(self) -> None:
        """Do what is on the agenda, in the order of time, until it is now. What the rules refuse doesn't happen."""
        while self._agenda and self._agenda[0][0] <= self.calendar.now:
            self.clock.now, _, act = heapq.heappop(self._agenda)
            try:
                act()
            except DomainError:
                self.refused += 1

    def do(self, command: Callable[..., Any], *args: Any, by: str | None, **kwargs: Any) -> Any:
        """Carry out a command for somebody by name; nobody is the system."""
        actor = None if by is None else self.staff[by]
        id_ = f"demo:{self.name}:{next(self._commands)}"
        return self.store.write(command, *args, actor=actor, id=id_, **kwargs).answer

    def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read something at the desk's own time."""
        return self.store.read(query, *args, **kwargs)

    def reception(self) -> str:
        """Who is at the front desk at this time of day; at the weekend the manager helps out."""
        local = self.clock.now.astimezone(self.calendar.zone)
        if local.weekday() == 6:
            return MANAGER
        return MORNING if local.hour < 14 else EVENING

    def perhaps(self, likely: float) -> bool:
        """Whether something happens that happens so often in one case."""
        return self.chance.random() < likely
