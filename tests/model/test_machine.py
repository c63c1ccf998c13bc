"""The program and the model do the same, whatever the desk does (R1–R41)."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.model import ready
from tests.model.extras import Desk
from tests.model.ledger import Ledger
from tests.model.machine import Books
from tests.postgres import Cluster

MACHINES = pytest.mark.parametrize(("machine", "examples"), [(Ledger, 11), (Desk, 8)])


@pytest.mark.sqlite
@MACHINES
@pytest.mark.parametrize("part", range(5))
def test_any_desk_on_sqlite(
    sqlite_template: Path, tmp_path: Path, machine: type[Books], examples: int, part: int
) -> None:
    ready.in_files(sqlite_template, tmp_path).run(machine, examples, part, database=settings().database)


@pytest.mark.postgres
@MACHINES
def test_any_desk_on_postgres(cluster: Cluster, postgres_template: str, machine: type[Books], examples: int) -> None:
    with ready.on_server(cluster, postgres_template) as theatre:
        theatre.run(machine, examples // 2, database=settings().database)
