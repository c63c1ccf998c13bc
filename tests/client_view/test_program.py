"""The client's screen as the process that it is: started like the desk starts it, spoken with through its pipe."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reception.client_view.messages import Close, Ready, Shown, read, written
from tests.client_view.paper import opening

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds on a slow machine


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    """The program, started and waiting for its form."""
    around = {name: os.environ[name] for name in ("PATH", "HOME", "LC_ALL") if name in os.environ}
    command = [sys.executable, "-m", "reception", "client-view"]
    started = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=around | {"QT_QPA_PLATFORM": "offscreen"},
    )
    yield started
    started.kill()
    started.communicate(timeout=PATIENCE)


def said(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline()


def say(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()


def test_it_says_what_it_shows_and_closes_when_the_desk_says_so(process: subprocess.Popen[bytes]) -> None:
    assert read(said(process)) == Ready()
    say(process, written(opening()))
    assert read(said(process)) == Shown()
    say(process, written(Close()))
    assert process.wait(PATIENCE) == 0


def test_it_ends_with_the_desk(process: subprocess.Popen[bytes]) -> None:
    assert read(said(process)) == Ready()
    say(process, written(opening()))
    assert process.stdin is not None
    process.stdin.close()
    process.stdin = None
    assert process.wait(PATIENCE) == 0


def test_what_it_can_not_read_it_leaves(process: subprocess.Popen[bytes]) -> None:
    assert read(said(process)) == Ready()
    say(process, b"hello\n")
    say(process, written(Close()))
    assert process.wait(PATIENCE) == 0


def test_only_messages_go_through_its_pipe(process: subprocess.Popen[bytes]) -> None:
    assert read(said(process)) == Ready()
    say(process, written(opening()))
    say(process, written(Close()))
    rest = process.communicate(timeout=PATIENCE)[0]
    assert all(read(line) for line in rest.splitlines())
