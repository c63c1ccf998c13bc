"""The small clinic that rules are tried on: founded once on each engine, copied for every test."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reception.domain.tables.ids import ServiceId
from reception.store import open_store
from tests.clinic import Clinic
from tests.clock import Clock
from tests.domain.extras import tape_with_laser
from tests.postgres import Cluster


@dataclass(frozen=True)
class Founded:
    """Where the founded clinic lies, and what is in it."""

    place: str
    ids: dict[str, Any]


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Founded:
    """The file that each test's clinic is copied from."""
    place = shutil.copy(sqlite_template, tmp_path_factory.mktemp("founded") / "clinic.db")
    return _founded(str(place), str(place))


@pytest.fixture(scope="session")
def founded_database(cluster: Cluster, postgres_template: str) -> Iterator[Founded]:
    """The database that each test's clinic is copied from, one for each process."""
    name = f"founded_{os.getpid()}"
    cluster.run(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _founded(name, cluster.url(name))
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clinic(request: pytest.FixtureRequest, engine_name: str) -> Clinic:
    """A small clinic on either engine, open at eight."""
    opened: Clinic = request.getfixturevalue(f"{engine_name}_clinic")
    return opened


@pytest.fixture
def sqlite_clinic(founded_file: Founded, sqlite_url: str, clock: Clock) -> Iterator[Clinic]:
    """A small clinic in a file."""
    shutil.copyfile(founded_file.place, sqlite_url)
    with closing(open_store(sqlite_url, clock=clock)) as store:
        yield Clinic.again(store, clock, founded_file.ids)


@pytest.fixture
def postgres_clinic(founded_database: Founded, cluster: Cluster, clock: Clock) -> Iterator[Clinic]:
    """A small clinic on the server."""
    name = f"clinic_{uuid.uuid4().hex}"
    cluster.run(f"CREATE DATABASE {name} TEMPLATE {founded_database.place}")
    with closing(open_store(cluster.url(name), clock=clock)) as store:
        yield Clinic.again(store, clock, founded_database.ids)
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def tape(clinic: Clinic) -> ServiceId:
    """An extra of 15 minutes that the laser is offered with, paid at the visit."""
    return tape_with_laser(clinic)


def _founded(place: str, url: str) -> Founded:
    clock = Clock()
    with closing(open_store(url, clock=clock)) as store:
        clinic = Clinic(store, clock)
        ids = {name: value for name, value in vars(clinic).items() if name not in {"store", "clock"}}
    return Founded(place, ids)
