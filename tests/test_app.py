"""The program from its first window to its last: opening, what keeps it from opening, and its end."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reception import settings
from reception.app import Neighbour, Start
from reception.domain import staff
from reception.paths import Places, under
from reception.program import Program
from reception.settings import Settings, Theme
from reception.store import open_store
from reception.ui import theme
from reception.ui.dialogs.crash import Crash
from reception.ui.dialogs.welcome import Welcome
from reception.ui.frame import Frame
from reception.ui.opening import Problem
from reception.ui.widgets import LineEdit
from tests.clock import Clock
from tests.factories import small_clinic

_PATIENCE = 10.0


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return under(tmp_path).make()


@pytest.fixture(autouse=True)
def _own_handlers(loop: qasync.QEventLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program takes over what becomes of errors; afterwards the tests have it back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    loop.set_exception_handler(lambda _, context: loop.troubles.append(context))


@asynccontextmanager
async def running(start: Start, qapp: QApplication) -> AsyncIterator[Program]:
    """The program, and its end when the test has seen enough."""
    program = Program(qapp, start, start.places.logs / "reception.log", Neighbour(start), Frame())
    run = asyncio.ensure_future(program.main())
    try:
        yield program
    finally:
        program.end()
        assert await asyncio.wait_for(run, _PATIENCE) == 0
        program.frame.deleteLater()


async def until(true: Callable[[], object]) -> None:
    """Looks after each turn of the event loop whether something holds."""
    async with asyncio.timeout(_PATIENCE):
        while not true():  # noqa: ASYNC110 - windows come up without an event to wait for
            await asyncio.sleep(0.01)


def press(page: QWidget, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None, f"there is no {name}"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def loaded_with(module: str) -> set[str]:
    """What a program of its own has loaded once it has loaded that."""
    code = f"import sys, {module}; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    return set(said.stdout.split())


def founded(places: Places, clock: Callable[[], datetime]) -> None:
    with closing(open_store(str(places.clinic), clock=clock, create=True)) as store:
        small_clinic(store)


async def test_the_window_shows_before_the_clinic_is_open(places: Places, clock: Clock, qapp: QApplication) -> None:
    founded(places, clock)
    async with running(Start(places, clock=clock), qapp) as program:
        await until(program.frame.isVisible)
        assert program.window is None
        await until(lambda: program.window is not None)
        assert program.frame.windowTitle() == "Larkmere Clinic – Reception"


def test_the_window_is_painted_before_the_clinic_is_loaded() -> None:
    heavy = {"asyncio", "sqlalchemy", "sqlcipher3", "reception.store", "reception.ui.widgets"}
    assert not heavy & loaded_with("reception.app")


def test_pages_are_loaded_when_somebody_first_goes_there() -> None:
    loaded = loaded_with("reception.ui.main_window")
    panels = {name.split(".")[3] for name in loaded if name.startswith("reception.ui.panels.")}
    assert panels == {"client", "diary", "find", "queue"}


async def test_a_new_database_asks_which_clinic_it_is(places: Places, clock: Clock, qapp: QApplication) -> None:
    async with running(Start(places, clock=clock), qapp) as program:
        await until(lambda: program.frame.findChild(Welcome) is not None)
        welcome = program.frame.findChild(Welcome)
        assert welcome is not None
        press(welcome, "welcome.go")
        await until(welcome._form.errors)
        assert set(welcome._form.errors()) == {"welcome.name"}
        for name, words in (("welcome.name", "Larkmere Clinic"), ("welcome.owner", "Olga Reid")):
            line = welcome.findChild(LineEdit, name)
            assert line is not None
            QTest.keyClicks(line, words)
        press(welcome, "welcome.go")
        await until(lambda: program.window is not None)
        assert program.window is not None
        assert program.window.bench.person.name == "Olga Reid"


async def test_a_file_that_is_not_ours_is_refused_with_a_sentence(
    places: Places, clock: Clock, qapp: QApplication, tmp_path: Path
) -> None:
    other = tmp_path / "letters.db"
    other.write_text("these are letters, no clinic")
    async with running(Start(places, str(other), clock), qapp) as program:
        await until(lambda: program.frame.findChild(Problem) is not None)
        problem = program.frame.findChild(Problem)
        assert problem is not None
        assert "isn't a clinic of this program" in problem.state.accessibleName()
        founded(places, clock)
        places.clinic.replace(other)
        press(problem, "problem.again")
        await until(lambda: program.window is not None)


async def test_a_file_that_is_not_there_is_made_only_when_somebody_says_so(
    places: Places, clock: Clock, qapp: QApplication, tmp_path: Path
) -> None:
    missing = tmp_path / "elsewhere.db"
    async with running(Start(places, str(missing), clock), qapp) as program:
        await until(lambda: program.frame.findChild(Problem) is not None)
        assert not missing.exists()
        press(program.frame, "problem.new")
        await until(lambda: program.frame.findChild(Welcome) is not None)
        assert missing.exists()


async def test_close_is_a_way_out_of_a_problem(
    places: Places, clock: Clock, qapp: QApplication, tmp_path: Path
) -> None:
    async with running(Start(places, str(tmp_path / "missing.db"), clock), qapp) as program:
        await until(lambda: program.frame.findChild(Problem) is not None)
        press(program.frame, "problem.close")
        await until(lambda: not program.frame.isVisible())


async def test_closing_the_window_keeps_what_is_half_done(places: Places, clock: Clock, qapp: QApplication) -> None:
    founded(places, clock)
    async with running(Start(places, clock=clock), qapp) as program:
        await until(lambda: program.window is not None)
        assert program.window is not None
        draft = program.window.bench.drafts.open("booking", title="Jude Amis", body={"note": "typed just now"})
        program.frame.close()
        await until(lambda: not program.frame.isVisible())
    async with running(Start(places, clock=clock), qapp) as program:
        await until(lambda: program.window is not None)
        assert program.window is not None
        assert [one.id for one in program.window.bench.drafts.parked()] == [draft.id]


async def test_whoever_was_at_the_desk_is_there_again(places: Places, clock: Clock, qapp: QApplication) -> None:
    founded(places, clock)
    for before, after in (("Olga Reid", "Mira Sorel"), ("Mira Sorel", "Mira Sorel")):
        async with running(Start(places, clock=clock), qapp) as program:
            await until(lambda: program.window is not None)
            assert program.window is not None
            bench = program.window.bench
            assert bench.person.name == before
            people = await bench.backend.read(staff.people)
            bench.take_desk(next(one for one in people if one.name == after))


async def test_the_chosen_theme_is_kept(places: Places, clock: Clock, qapp: QApplication) -> None:
    founded(places, clock)
    async with running(Start(places, clock=clock), qapp) as program:
        await until(lambda: program.window is not None)
        assert program.window is not None
        program.window.settings_changed.emit(Settings(theme=Theme.DARK))
        assert theme.t.dark
    assert settings.load(places.settings).theme is Theme.DARK
    theme.apply(qapp, dark=False)


@pytest.mark.logs_expected
async def test_a_bug_is_told_and_one_can_go_on(places: Places, clock: Clock, qapp: QApplication) -> None:
    founded(places, clock)
    async with running(Start(places, clock=clock), qapp) as program:
        await until(lambda: program.window is not None)
        assert program.window is not None
        program.window.bench.tasks.start(_stumble())
        await until(lambda: program.frame.findChild(Crash) is not None)
        dialog = program.frame.findChild(Crash)
        assert dialog is not None
        assert "a planted mistake" in dialog._details.toPlainText()
        press(dialog, "crash.go_on")
        await until(lambda: program.frame.findChild(Crash) is None)
        assert program.frame.isVisible()


async def test_a_second_start_raises_the_first_window(places: Places, qapp: QApplication) -> None:
    first, second = Neighbour(Start(places)), Neighbour(Start(places))
    knocked: list[bool] = []
    first.knocked.connect(lambda: knocked.append(True))
    assert not first.raised()
    assert second.raised()
    await until(lambda: bool(knocked))
    first.close()


async def test_another_desk_of_the_same_user_gets_its_own_window(places: Places, tmp_path: Path) -> None:
    first, other = Neighbour(Start(places)), Neighbour(Start(under(tmp_path / "other")))
    assert not first.raised()
    assert not other.raised()
    first.close()
    other.close()


async def _stumble() -> None:
    raise ZeroDivisionError("a planted mistake")
