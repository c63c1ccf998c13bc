"""Fresh clinics for the machine, one an example: copies of one that was made ready."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.database import ExampleDatabase
from hypothesis.stateful import run_state_machine_as_test

from reception.store import Store, open_store
from tests.clinic import Clinic
from tests.clock import Clock
from tests.model.machine import Books
from tests.model.stage import Stage, stage
from tests.postgres import Cluster

STEPS = 50
ONCE = 100
"""The examples of a test that says nothing of them, in the profiles that take as long as is asked for."""

Ready = Callable[[], AbstractContextManager[Clinic]]


@dataclass(frozen=True)
class Theatre:
    """A clinic made ready, and how to get a fresh copy of it."""

    stage: Stage
    ready: Ready

    def run(
        self, machine: type[Books], examples: int, part: int = 0, *, database: ExampleDatabase | None = None
    ) -> None:
        """Lets a desk loose in fresh copies: fails where the program and the model part ways.

        With the profile `deep` it tries many times as long.

        A failing example is shown as it was found, since making it shorter would take minutes, and tried first the next
        time where there is a database to keep it in.
        """
        desk = type(machine.__name__, (machine,), {"ready": staticmethod(self.ready), "stage": self.stage})
        run_state_machine_as_test(
            seed(part)(desk) if settings().derandomize else desk,
            settings=settings(
                max_examples=examples * settings().max_examples // ONCE,
                stateful_step_count=STEPS,
                deadline=None,
                database=database,
                phases=(Phase.explicit, Phase.reuse, Phase.generate),
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )


def in_files(template: Path, folder: Path) -> Theatre:
    """Copies of a file; nothing waits for the disk."""
    prepared = folder / "prepared.db"
    shutil.copyfile(template, prepared)
    with closing(open_store(str(prepared), clock=Clock())) as store:
        made = _made(store)

    @contextmanager
    def ready() -> Iterator[Clinic]:
        path, clock = folder / f"{uuid.uuid4().hex}.db", Clock()
        shutil.copyfile(prepared, path)
        with closing(open_store(str(path), clock=clock, careful=False)) as store:
            yield Clinic.again(store, clock, made.like)
        path.unlink()

    return Theatre(made, ready)


@contextmanager
def on_server(cluster: Cluster, template: str) -> Iterator[Theatre]:
    """Copies of a database on the server."""
    prepared = f"prepared_{uuid.uuid4().hex}"
    cluster.run(f"CREATE DATABASE {prepared} TEMPLATE {template}")
    with closing(open_store(cluster.url(prepared), clock=Clock())) as store:
        made = _made(store)

    @contextmanager
    def ready() -> Iterator[Clinic]:
        name, clock = f"clinic_{uuid.uuid4().hex}", Clock()
        cluster.run(f"CREATE DATABASE {name} TEMPLATE {prepared}")
        with closing(open_store(cluster.url(name), clock=clock)) as store:
            yield Clinic.again(store, clock, made.like)
        cluster.run(f"DROP DATABASE {name} WITH (FORCE)")

    yield Theatre(made, ready)
    cluster.run(f"DROP DATABASE {prepared} WITH (FORCE)")


def _made(store: Store) -> Stage:
    return stage(Clinic(store, Clock()))
