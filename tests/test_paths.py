"""Where things are kept, and what is written about them."""

import logging
from pathlib import Path

import pytest

from reception import logs, paths


def test_everything_lies_in_one_folder_if_so_wished(tmp_path: Path) -> None:
    places = paths.under(tmp_path).make()
    assert {places.clinic.parent, places.desk.parent, places.logs} == {
        tmp_path / "data",
        tmp_path / "config",
        tmp_path / "logs",
    }
    assert places.clinic.parent.is_dir()


def test_usual_places_are_the_users_own() -> None:
    places = paths.usual()
    assert places.clinic != places.desk
    assert all("reception" in folder.parts for folder in (places.data, places.config, places.logs))


@pytest.mark.logs_expected
def test_log_is_kept_as_utf_8_and_let_go(tmp_path: Path) -> None:
    path = logs.start(tmp_path / "logs")
    logging.getLogger("reception.test").warning("Füße")
    logs.start(tmp_path / "logs")
    logging.getLogger("reception.test").warning("once")
    logs.stop()
    logging.getLogger("reception.test").warning("unheard")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == ["Füße", "once"]
