"""What happens beside the desk: another one hears of a change, and a clinic is worked out anew (P15, P16)."""

import queue
import statistics
import time
from contextlib import closing

from benchmarks.clinic import Made
from benchmarks.figures import MILLISECOND, Figure, median
from benchmarks.still import now
from reception.domain import clients
from reception.domain.tables.ids import ClientId
from reception.store import open_store
from reception.store.verify import verify
from reception.store.watch import Watcher

_CHANGES, _PATIENCE = 15, 10
_TEN_YEARS = 1_200_000


def figures(made: Made, visits: int) -> list[Figure]:
    """P15, and P16 on as much of ten years as this clinic holds."""
    return [
        Figure("P15", "another desk hears of a change, SQLite", 0, _heard(made), "ms", limit=250),
        Figure("P16", f"verify, {visits:,} visits", 0, _verified(made), "ms", limit=60_000 * visits / _TEN_YEARS),
    ]


def _heard(made: Made) -> float:
    """From a commit at one desk until the other one is told; the median of a few."""
    told: queue.Queue[float] = queue.Queue()
    taken = []
    with (
        closing(open_store(made.url, desk="front", clock=now)) as front,
        closing(open_store(made.url, desk="back", clock=now)) as back,
    ):
        watcher = Watcher(back, lambda _: told.put(time.perf_counter()))
        try:
            for number in range(_CHANGES):
                draft = clients.ClientDraft(f"Client of change {number}")
                front.write(clients.change, ClientId(made.client), draft, actor=made.owner)
                done = time.perf_counter()
                taken.append(told.get(timeout=_PATIENCE) - done)
        finally:
            watcher.stop()
    return statistics.median(taken) / MILLISECOND


def _verified(made: Made) -> float:
    with closing(open_store(made.url, clock=now)) as store:
        return median(lambda: verify(store), 1)
