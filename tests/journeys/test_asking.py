"""Nobody's flag goes unseen: the desk asks about an add-on, a clinician finds it, decides, and the desk sees it."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from reception.domain import screening
from reception.domain.tables.ids import AppointmentId
from reception.store import open_store
from tests.journeys.extras import TANNED, Extras, extras
from tests.journeys.visitor import Visitor

THREE_KEYS = 3


@pytest.fixture
def desk(visitor: Visitor) -> Extras:
    """The receptionist at a clinic that asks before the lamp is added."""
    return extras(visitor)


@pytest.fixture
def visit(desk: Extras) -> AppointmentId:
    """Beatrix's physio at ten; an answer keeps the lamp from it."""
    made = desk.physio_at_ten()
    desk.fill_in(tanned="Yes")
    desk.back_to(made)
    desk.sees_refused(desk.lamp, TANNED)
    return made


@pytest.fixture
def asked(desk: Extras, visit: AppointmentId) -> AppointmentId:
    """Ines was asked about the lamp."""
    ask(desk)
    return visit


def ask(desk: Extras) -> None:
    """Asks the only clinician about the lamp, the second on the list, by keys alone."""
    visitor = desk.visitor
    visitor.type("+2")
    visitor.see("Ask a clinician about Lamp", TANNED, "Ines Lund", at="ask_clinician")
    visitor.until("nobody can be asked yet", lambda: visitor.offers("ask_clinician.go"))
    visitor.enter()
    visitor.see("Asked Ines Lund about Beatrix Hale’s Lamp", at="undo.words")


def row(desk: Extras, visit: AppointmentId, what: str = "task") -> str:
    """The name of the lamp's row in the left column."""
    return f"queue.{what}.{visit}.{desk.lamp}"


def find_it(desk: Extras, visit: AppointmentId) -> None:
    """Goes to what waits for a decision, by its name in the one box, and opens the first."""
    visitor = desk.visitor
    visitor.ctrl(Qt.Key.Key_K)
    visitor.type("screen")
    visitor.see("Screening", at="find.sheet")
    visitor.enter()
    visitor.see("Lamp", "1 for you", at="queue")  # the rows are made anew for whoever sits down
    visitor.until("nothing has the keyboard", lambda: visitor.find(row(desk, visit)).hasFocus())
    visitor.enter()
    visitor.see("Clear Lamp?", "Were you in strong sun lately?", "Yes", TANNED, at="clear")


def test_a_clinician_is_asked_in_three_keys(desk: Extras, visit: AppointmentId) -> None:  # R34
    before = desk.visitor.keys
    ask(desk)
    assert desk.visitor.keys - before == THREE_KEYS
    desk.sees_refused(desk.lamp, "Ines Lund was asked")
    desk.visitor.see("Ines was asked: Lamp", at=row(desk, visit))


def test_the_mouse_asks_too(desk: Extras, visit: AppointmentId) -> None:  # R34
    desk.visitor.press(f"refused.{desk.lamp}")
    desk.visitor.press("ask_clinician.go")
    desk.visitor.see("Asked Ines Lund", at="undo.words")


def test_a_flagged_add_on_is_asked_about_cleared_offered_and_attached(
    desk: Extras, asked: AppointmentId
) -> None:  # R24, R33, R34
    visitor = desk.visitor
    desk.sit_down("Ines Lund", "ines")
    find_it(desk, asked)
    visitor.type("Looked at the skin")
    visitor.enter()
    visitor.see("Cleared Lamp for Beatrix Hale, for this visit", at="undo.words")
    visitor.until("it still waits", lambda: not visitor.offers(row(desk, asked)))

    desk.sit_down("Anna Rivers", "anna")
    visitor.block(asked)
    visitor.until("it isn't offered", lambda: desk.offered(desk.lamp))
    desk.pay_for_lamp()
    assert desk.chain(asked) == ["Physio", "Lamp"]


def test_the_desk_sees_at_once_what_is_cleared_elsewhere(desk: Extras, asked: AppointmentId) -> None:  # R33
    clinic, store = desk.clinic, desk.visitor.desk.store
    (task,) = store.read(screening.tasks)
    with closing(open_store(store.url, desk="room 1", clock=desk.visitor.desk.clock)) as room:
        room.write(screening.clear, task.client, task.service, "Seen", group=task.group, actor=clinic.ines)
    desk.visitor.until("it isn't offered", lambda: desk.offered(desk.lamp))
    desk.visitor.until("it still waits", lambda: not desk.visitor.offers(row(desk, asked)))


def test_a_no_is_told_to_the_desk_with_its_reason(desk: Extras, asked: AppointmentId) -> None:  # R33, R34
    visitor = desk.visitor
    desk.sit_down("Ines Lund", "ines")
    find_it(desk, asked)
    visitor.fill("clear.words", "Too red, next month")
    visitor.press("clear.decline")
    visitor.see("Declined Lamp for Beatrix Hale", at="undo.words")

    desk.sit_down("Anna Rivers", "anna")
    visitor.see("Ines said no: Lamp", at=row(desk, asked, "denied"))
    visitor.block(asked)
    desk.sees_refused(desk.lamp, "Ines Lund said no: Too red, next month")
    assert not desk.offered(desk.lamp)
    ask(desk)
    visitor.until("it doesn't wait again", lambda: visitor.offers(row(desk, asked)))


def test_whoever_decides_sees_what_was_before(desk: Extras, asked: AppointmentId) -> None:  # R33
    visitor = desk.visitor
    desk.sit_down("Ines Lund", "ines")
    find_it(desk, asked)
    visitor.fill("clear.words", "Too red")
    visitor.press("clear.decline")
    visitor.until("it still waits", lambda: not visitor.offers(row(desk, asked)))
    visitor.block(asked)
    visitor.press(f"refused.{desk.lamp}")
    visitor.see("Decided before", "Declined – Ines Lund: Too red", at="clear")
