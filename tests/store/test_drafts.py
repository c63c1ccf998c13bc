"""The desk's own file: what is half done survives."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reception.domain.errors import Trouble
from reception.store.drafts import Desk, Draft

BOOKING = Draft(id="one", kind="booking", title="Bea Jones", body={"start": "10:00", "credits": [1, 2], "note": "é"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "desk.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with closing(Desk(path)) as opened:
        yield opened


def _kept(desk: Desk, owner: int | None = None) -> list[Draft]:
    return [replace(draft, changed=None) for draft in desk.drafts(owner)]


def test_draft_comes_back_as_it_was_kept(desk: Desk) -> None:
    draft = replace(BOOKING, client=7, owner=3)
    desk.keep(draft)
    assert _kept(desk) == [draft]


def test_later_state_of_a_draft_takes_the_earlier_ones_place(desk: Desk) -> None:
    desk.keep(BOOKING)
    later = replace(BOOKING, body={"start": "11:00"})
    desk.keep(later)
    assert _kept(desk) == [later]


def test_dropped_draft_is_gone(desk: Desk) -> None:
    desk.keep(BOOKING)
    desk.drop("one")
    desk.drop("never was")
    assert _kept(desk) == []


def test_drafts_of_somebody_are_theirs_and_nobodys(desk: Desk) -> None:
    drafts = [replace(BOOKING, id=str(owner), owner=owner) for owner in (3, 4, None)]
    for draft in drafts:
        desk.keep(draft)
    assert [draft.owner for draft in _kept(desk, 3)] == [3, None]
    assert len(_kept(desk)) == 3


def test_settings_are_remembered(desk: Desk, path: Path) -> None:
    desk.set("layout", {"width": 1366, "open": ["diary"]})
    desk.set("layout", {"width": 1920})
    with closing(Desk(path)) as again:
        assert (again.get("layout"), again.get("theme", "light")) == ({"width": 1920}, "light")


def _keep_and_die(path: Path) -> None:
    Desk(path).keep(BOOKING)
    os._exit(1)


def test_draft_survives_a_program_that_dies(path: Path) -> None:
    dying = multiprocessing.get_context("spawn").Process(target=_keep_and_die, args=(path,))
    dying.start()
    dying.join()
    assert dying.exitcode == 1
    with closing(Desk(path)) as desk:
        assert _kept(desk) == [BOOKING]


@pytest.mark.logs_expected
@pytest.mark.parametrize("damage", [b"Dear diary, " * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_damaged_file_is_put_aside_and_a_new_one_begun(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    with closing(Desk(path)) as desk:
        desk.keep(BOOKING)
        assert _kept(desk) == [BOOKING]
    [aside] = path.parent.glob("desk.db.damaged-*")
    assert aside.read_bytes() == damage


def test_draft_that_can_not_be_kept_is_trouble(desk: Desk) -> None:
    desk._file.execute("PRAGMA max_page_count = 1")
    with pytest.raises(Trouble, match="can't be kept"):
        desk.keep(replace(BOOKING, body={"note": "x" * 100_000}))
