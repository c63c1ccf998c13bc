"""A clinic that can't be opened or kept: the window says a sentence and offers a way on, and nothing is damaged."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlcipher3 import dbapi2

from reception.app import Start
from reception.domain import clients
from reception.paths import Places, under
from reception.program import Program
from reception.store import Store, open_store, place
from reception.store.verify import verify
from reception.ui.opening import Problem
from tests.clock import Clock
from tests.factories import small_clinic
from tests.journeys import sight
from tests.test_app import press, running, until


@pytest.fixture(autouse=True)
def _own_handlers(loop: qasync.QEventLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program takes over what becomes of errors; afterwards the tests have it back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    loop.set_exception_handler(lambda _, context: loop.troubles.append(context))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The folders of one user's program."""
    return under(tmp_path / "own").make()


@pytest.fixture
def clinic_file(sqlite_template: Path, tmp_path: Path, clock: Clock) -> Path:
    """A clinic with somebody in it, closed."""
    path = tmp_path / "clinic.db"
    shutil.copyfile(sqlite_template, path)
    with closing(open_store(str(path), clock=clock)) as store:
        small_clinic(store)
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two MiB, where this account may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or _mount("-t", "tmpfs", "-o", "size=2m", "none", str(folder)):
        pytest.skip("mounting a small disk needs the right to mount")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607


def _mount(*words: str) -> int:
    return subprocess.run(["mount", *words], check=False, capture_output=True).returncode  # noqa: S603, S607


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def problem_of(program: Program) -> Problem:
    """The sentence that stands in the window in place of the clinic."""
    await until(lambda: program.frame.findChild(Problem) is not None)
    found = program.frame.findChild(Problem)
    assert found is not None
    return found


async def test_a_file_that_is_not_ours_is_left_as_it_is(
    places: Places, clock: Clock, qapp: QApplication, tmp_path: Path
) -> None:
    letters = tmp_path / "letters.db"
    letters.write_bytes(b"Dear Priya, these are letters and no clinic. " * 200)
    before = _sum(letters)
    async with running(Start(places, str(letters), clock), qapp) as program:
        problem = await problem_of(program)
        assert "isn't a clinic of this program" in problem.state.accessibleName()
        press(problem, "problem.again")
        await problem_of(program)
    assert _sum(letters) == before


async def test_a_newer_clinic_waits_for_a_newer_program(
    places: Places, clock: Clock, qapp: QApplication, clinic_file: Path
) -> None:
    with closing(open_store(str(clinic_file), clock=clock)) as store:
        _raise_version(store)
    before = _sum(clinic_file)
    async with running(Start(places, str(clinic_file), clock), qapp) as program:
        problem = await problem_of(program)
        assert "newer" in problem.state.accessibleName()
    assert _sum(clinic_file) == before


def _raise_version(store: Store) -> None:
    with closing(dbapi2.connect(store.url, isolation_level=None)) as file:
        file.execute("UPDATE log_head SET schema = schema + 1")
        file.execute("UPDATE alembic_version SET version_num = '9999'")


async def test_a_folder_that_can_only_be_read_is_named(
    places: Places, clock: Clock, qapp: QApplication, clinic_file: Path, small_disk: Path
) -> None:
    shutil.copyfile(clinic_file, small_disk / "clinic.db")
    assert _mount("-o", "remount,ro", str(small_disk)) == 0
    async with running(Start(places, str(small_disk / "clinic.db"), clock), qapp) as program:
        problem = await problem_of(program)
        assert f"Nothing can be written in {small_disk}" in problem.state.accessibleName()
        assert _mount("-o", "remount,rw", str(small_disk)) == 0
        press(problem, "problem.again")
        await until(lambda: program.window is not None)


async def test_a_network_drive_is_refused(
    places: Places,
    clock: Clock,
    qapp: QApplication,
    clinic_file: Path,
    small_disk: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A disk that is really mounted there, taken for one that is another computer's.
    monkeypatch.setattr(place, "_REMOTE", place._REMOTE | {"tmpfs"})
    far = small_disk / "clinic.db"
    shutil.copyfile(clinic_file, far)
    async with running(Start(places, str(far), clock), qapp) as program:
        problem = await problem_of(program)
        assert "lies on a network drive" in problem.state.accessibleName()
        assert "Postgres" in problem.state.accessibleName()
    assert _sum(far) == _sum(clinic_file)


async def test_a_synchronised_folder_is_refused(
    places: Places, clock: Clock, qapp: QApplication, clinic_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "OneDrive - Larkmere"
    folder.mkdir()
    shutil.copyfile(clinic_file, folder / "clinic.db")
    async with running(Start(places, str(folder / "clinic.db"), clock), qapp) as program:
        problem = await problem_of(program)
        assert "OneDrive - Larkmere" in problem.state.accessibleName()


async def test_a_full_disk_keeps_what_was_saved_and_says_that_this_was_not(
    places: Places, clock: Clock, qapp: QApplication, clinic_file: Path, small_disk: Path
) -> None:
    shutil.copyfile(clinic_file, small_disk / "clinic.db")
    async with running(Start(places, str(small_disk / "clinic.db"), clock), qapp) as program:
        await until(lambda: program.window is not None)
        assert program.window is not None
        frame, filler = program.frame, small_disk / "filler"
        QTest.keyClick(frame, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: sight.named("client.name"))
        QTest.keyClicks(sight.named("client.name")[0], "Dora Quill")
        filler.write_bytes(b"x" * shutil.disk_usage(small_disk).free)
        press(frame, "client.save")
        await until(lambda: "The disk is full, so nothing was saved." in sight.words(frame))
        filler.unlink()
        press(frame, "banner.again")
        await until(lambda: "Entered Dora Quill" in sight.words(frame))
    with closing(open_store(str(small_disk / "clinic.db"), clock=clock)) as store:
        assert [one.name for one in store.read(clients.search, "dora")] == ["Dora Quill"]
        assert not verify(store).faults
