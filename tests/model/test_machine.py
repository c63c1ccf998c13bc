"""The program and the model do the same, whatever the desk does (R1–R23, R37, R40, R41)."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.model import ready
from tests.postgres import Cluster


@pytest.mark.sqlite
@pytest.mark.parametrize("part", range(4))
def test_any_desk_on_sqlite(sqlite_template: Path, tmp_path: Path, part: int) -> None:
    ready.in_files(sqlite_template, tmp_path).run(50, part, database=settings().database)


@pytest.mark.postgres
@pytest.mark.parametrize("part", range(2))
def test_any_desk_on_postgres(cluster: Cluster, postgres_template: str, part: int) -> None:
    with ready.on_server(cluster, postgres_template) as theatre:
        theatre.run(10, part, database=settings().database)
