"""The power fails in mid-booking: what was typed is found again, and Save acts once however often it is pressed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reception.domain import diary
from reception.store import Store, open_store
from reception.store.verify import verify
from tests.clock import Clock
from tests.factories import SmallClinic
from tests.journeys.typist import NOTE, kept
from tests.ui.desk import TODAY

_ROOT = Path(__file__).parents[2]
_PROMISED = 2.0  # seconds from a key to the disk
_PATIENCE = 30.0


@pytest.fixture
def url(sqlite_store: Store, small: SmallClinic) -> str:
    """A clinic in a file, with nobody's program on it."""
    assert small.priya
    where = sqlite_store.url
    sqlite_store.close()
    return where


@contextmanager
def program(story: str, folder: Path, url: str) -> Iterator[subprocess.Popen[str]]:
    """The program in a process of its own; it is killed at the latest when the test has seen enough."""
    own = {
        f"XDG_{name}": str(folder / name.lower()) for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME")
    }
    command = [sys.executable, "-m", "tests.journeys.typist", story, str(folder), url]
    environment = os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as started:  # noqa: S603
        try:
            yield started
        finally:
            started.kill()


def told(started: subprocess.Popen[str], what: str) -> str:
    """The next thing that is told there."""
    assert started.stdout is not None
    line = started.stdout.readline()
    assert line, f"the program ended before it told of {what}"
    name, words = json.loads(line)
    assert name == what, words
    return str(words)


def visits(url: str) -> list[str]:
    """Who is booked today; the clinic is whole."""
    with closing(open_store(url, clock=Clock())) as store:
        assert not verify(store).faults
        return [f"{one.client_name}, {one.note}" for one in store.read(diary.day, TODAY).entries]


def test_what_was_typed_within_two_seconds_before_the_kill_is_there_again(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    with program("half", folder, url) as started:
        told(started, "typed")
        last_key = time.monotonic()
        while kept(folder) != [NOTE]:
            assert time.monotonic() - last_key < _PROMISED, "what was typed isn't on disk"
        started.send_signal(signal.SIGKILL)
        assert started.wait(_PATIENCE) == -signal.SIGKILL
    assert visits(url) == []

    with program("go_on", folder, url) as started:
        assert "Priya Nair 10:00" in told(started, "parked")
        booking = told(started, "booking")
        assert all(words in booking for words in ("Priya Nair", "Ines Lund", "10:00", "Physio", NOTE))
        assert "Booked Priya Nair, Physio" in told(started, "done")
        told(started, "left")
        assert started.wait(_PATIENCE) == 0
    assert visits(url) == [f"Priya Nair, {NOTE}"]
    assert kept(folder) == []


def test_a_kill_between_save_and_its_answer_books_once(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    with program("save", folder, url) as started:
        told(started, "typed")
        assert started.wait(_PATIENCE) == -signal.SIGKILL
    assert visits(url) == [f"Priya Nair, {NOTE}"]

    with program("go_on", folder, url) as started:
        told(started, "parked")
        told(started, "booking")
        assert "Booked Priya Nair, Physio" in told(started, "done")
        told(started, "left")
        assert started.wait(_PATIENCE) == 0
    assert visits(url) == [f"Priya Nair, {NOTE}"]
