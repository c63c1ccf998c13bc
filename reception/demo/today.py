"""What the demo's own day shows of add-ons: one that fits, one with a deposit, and why others can't be had."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reception.demo.extras import BESIDE, HEAT, LINKS, MASK
from reception.demo.offer import SERVICE, WORKERS, Worker
from reception.demo.times import QUARTER, Gap, up, without
from reception.domain.tables.words import PaymentPolicy

_OPENS = 10 * 60
_NOTICE = 30
"""Minutes from now in which nothing is shown: the visit shouldn't begin before somebody has looked."""

_ASKING = frozenset(name for beside in BESIDE for name in beside.services)


class Paper(StrEnum):
    """What is known of a client's forms before the visit, where that isn't left to chance."""

    HELD = "held"
    """Filled in, and nothing stands against anything."""
    MISSING = "missing"
    STOPS = "stops"
    """Filled in, and an answer blocks what could be added."""


class Shown(NamedTuple):
    """A visit that shows something of add-ons: with whom, for what, at which minute of the day.

    `extra` is the add-on that it is about; where it is `taken`, it is booked with the visit.
    """

    worker: str
    service: str
    at: int
    extra: str
    paper: Paper
    taken: bool = False


def shown(now: int, gaps: Mapping[str, tuple[Gap, ...]]) -> tuple[tuple[Shown, ...], dict[str, tuple[Gap, ...]]]:
    """The visits that show something, after the minute that it is now, and what is left of everybody's time."""
    scene = _Scene(up(max(now + _NOTICE, _OPENS)), dict(gaps))
    _one_thing_for_two(scene)
    _nobody_free(scene)
    _one(scene, _only_add_on_asks, Paper.STOPS)
    _one(scene, _only_add_on_asks, Paper.MISSING)
    _one(scene, _has_deposit, Paper.HELD)
    _one(scene, _only_add_on_asks, Paper.HELD)
    _one(scene, _laser, Paper.STOPS)
    _one(scene, _massage, Paper.STOPS)
    return tuple(scene.visits), scene.gaps


class _Way(NamedTuple):
    """A treatment of somebody's, and an add-on that they could do after it."""

    worker: Worker
    service: str
    extra: str

    @property
    def base(self) -> int:
        """Minutes of the treatment itself."""
        return SERVICE[self.service].minutes

    @property
    def whole(self) -> int:
        """Minutes that both take of somebody's time, with the longer turnaround after them (R26)."""
        turnaround = max(SERVICE[self.service].turnaround, SERVICE[self.extra].turnaround)
        return self.base + SERVICE[self.extra].minutes + turnaround


@dataclass(slots=True)
class _Scene:
    """A day while it is laid out."""

    first: int
    gaps: dict[str, tuple[Gap, ...]]
    visits: list[Shown] = field(default_factory=list)

    def here(self) -> list[Worker]:
        """Who has time left, those with the fewest of these visits first."""
        busy = [one.worker for one in self.visits]
        return sorted((one for one in WORKERS if self.gaps.get(one.name)), key=lambda one: busy.count(one.name))

    def ways(self) -> Iterator[_Way]:
        """Everything that somebody could do today."""
        for worker in self.here():
            for service in worker.usual:
                for extra in LINKS.get(service, ()):
                    if extra in worker.extras:
                        yield _Way(worker, service, extra)

    def fits(self, worker: Worker, at: int, minutes: int) -> bool:
        """Whether somebody has so many minutes from then on."""
        return at >= self.first and any(start <= at and at + minutes <= end for start, end in self.gaps[worker.name])

    def earliest(self, worker: Worker, minutes: int) -> int | None:
        """When somebody first has so many minutes."""
        starts = (max(up(start), self.first) for start, _ in self.gaps[worker.name])
        return next((at for at in starts if self.fits(worker, at, minutes)), None)

    def put(self, way: _Way, at: int, minutes: int, paper: Paper, *, taken: bool = False) -> None:
        """Let a visit be there, and keep so many minutes for it."""
        self.visits.append(Shown(way.worker.name, way.service, at, way.extra, paper, taken))
        self.gaps[way.worker.name] = without(self.gaps[way.worker.name], (at, at + minutes))


def _one_thing_for_two(scene: _Scene) -> None:
    """Two visits end at the same minute, and the one lamp, or the one panel, is booked by the first."""
    ways = [way for way in scene.ways() if way.extra in (HEAT, MASK)]
    pairs = [(a, b) for a in ways for b in ways if a.extra == b.extra and a.worker is not b.worker]
    for end in range(scene.first, 20 * 60, QUARTER):
        for one, other in pairs:
            starts = end - one.base, end - other.base
            if scene.fits(one.worker, starts[0], one.whole) and scene.fits(other.worker, starts[1], other.whole):
                scene.put(one, starts[0], one.whole, Paper.HELD, taken=True)
                scene.put(other, starts[1], other.whole, Paper.HELD)
                return


def _nobody_free(scene: _Scene) -> None:
    """A visit that another follows at once, with an add-on that nobody else who is here could do."""
    here = scene.here()
    for way in scene.ways():
        able = [worker for worker in here if way.extra in worker.extras]
        first = up(way.base + SERVICE[way.service].turnaround)
        second = SERVICE[way.service].minutes + SERVICE[way.service].turnaround
        at = scene.earliest(way.worker, first + second) if len(able) == 1 else None
        if at is not None:
            scene.put(way, at, first, Paper.HELD)
            scene.put(way, at + first, second, Paper.HELD)
            return


def _one(scene: _Scene, wanted: Callable[[_Way], bool], paper: Paper) -> None:
    """A visit of one kind, as early as anybody has time for it and for the add-on."""
    for way in scene.ways():
        at = scene.earliest(way.worker, way.whole) if wanted(way) else None
        if at is not None:
            scene.put(way, at, way.whole, paper)
            return


def _only_add_on_asks(way: _Way) -> bool:
    """Whether the add-on asks for a form, and the treatment doesn't."""
    return way.extra in (HEAT, MASK) and way.service not in _ASKING


def _laser(way: _Way) -> bool:
    """A treatment that the answers block, so that the visit itself raises a task (R34)."""
    return way.service.startswith("Laser")


def _massage(way: _Way) -> bool:
    """A treatment that the answers flag, so that a clinician is to review it (R34)."""
    return "assage" in way.service


def _has_deposit(way: _Way) -> bool:
    return SERVICE[way.extra].payment is PaymentPolicy.DEPOSIT
