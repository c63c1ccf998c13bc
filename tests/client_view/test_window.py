"""What a client sees and does on their own screen, and that nothing but a PIN leads out of it."""

from base64 import b64decode
from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.client_view.covers import Cover
from reception.client_view.idle import Idle
from reception.client_view.messages import (
    Advice,
    Close,
    Draft,
    Extra,
    Finished,
    Left,
    Meaning,
    Message,
    NotTaken,
    Open,
    Pin,
    PinRight,
    PinWrong,
    State,
    Taken,
    read,
    written,
)
from reception.client_view.touch import LEAST, SCALE, Fingers
from reception.client_view.window import ClientWindow
from reception.domain import questionnaire
from reception.domain.questionnaire.values import Answered, Value
from reception.ui.form import REVIEW, FormDialog
from reception.ui.widgets import Elided, Notice
from tests.client_view.paper import SIGNED, answers, opening, sheet

W = TypeVar("W", bound=QWidget)
MASK, OIL = Extra(7, "LED mask", "15 min · £12.00"), Extra(9, "Oil", "10 min · £5.00")


class Screen:
    """The client's screen with somebody in front of it, and what it says to the desk."""

    def __init__(self, qtbot: QtBot, app: QApplication, idle: Idle) -> None:
        self.qtbot, self.sent = qtbot, list[Message]()
        self.window = ClientWindow(self._send, idle)
        self.window.watch(app)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.window.end())
        self.window.resize(976, 548)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def _send(self, message: Message) -> None:
        self.sent.append(read(written(message)))

    def open(self, opened: Open) -> "Screen":
        """The desk sends a form."""
        self.window.take(read(written(opened)))
        return self

    @property
    def dialog(self) -> FormDialog:
        """The form."""
        assert self.window.sitting is not None
        return self.window.sitting.dialog

    def find(self, kind: type[W], name: str) -> W:
        """What has that name and is in sight."""
        return next(one for one in self.window.findChildren(kind, name) if one.isVisible())

    def sees(self, name: str) -> bool:
        """Whether something of that name is in sight."""
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        """Presses a button."""
        self.qtbot.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)

    def write(self, name: str, words: str) -> None:
        """Types into a field."""
        line = self.find(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)

    def heard(self, kind: type[Any]) -> list[Any]:
        """What the desk has heard of a kind."""
        return [message for message in self.sent if isinstance(message, kind)]

    def told(self) -> Any:
        """The last that the desk knows of what stands here."""
        self.qtbot.waitUntil(lambda: bool(self.heard(Draft)))
        return self.heard(Draft)[-1].state

    def fill_in(self) -> None:
        """Answers what must be answered, and goes on to what follows the questions."""
        self.write("form.q.1.1.line", "Beatrix Hale")
        self.press("form.next")
        self.press("form.q.2.1.2")
        self.press("form.next")

    def pin(self, digits: str) -> None:
        """Types a PIN on the pad."""
        for digit in digits:
            self.press(f"client.pin.{digit}")
        self.press("client.pin.enter")


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication) -> Screen:
    """The client's screen before the desk has said anything."""
    return Screen(qtbot, qapp, Idle())


def given(state: State | Any) -> dict[str, Answered]:
    form = questionnaire.read_json(questionnaire.parse_json(sheet())).form
    return dict(questionnaire.answered(form, questionnaire.parse_json(state.answers)))


# The form


def test_a_client_is_greeted_by_their_first_name(screen: Screen) -> None:
    assert screen.window.cover() is Cover.WAITING
    screen.open(opening())
    assert screen.find(QLabel, "client.hello").text() == "Hello Beatrix"
    assert screen.find(Elided, "client.title").text() == "Skin check"
    assert screen.find(QAbstractButton, "client.begin").hasFocus()


def test_the_form_is_filled_in_page_by_page_and_handed_in(screen: Screen) -> None:
    screen.open(opening(visit=()))
    screen.press("client.begin")
    screen.fill_in()
    assert screen.dialog.key == REVIEW
    screen.press("form.finish")
    (finished,) = screen.heard(Finished)
    assert given(finished.state)["1.1"].values == (Value("string", "Beatrix Hale"),)
    assert given(finished.state)["2.1"].values == (Value("boolean", False),)
    assert finished.signature == ""
    screen.window.take(Taken())
    assert screen.window.cover() is Cover.THANKS


def test_what_is_typed_is_told_to_the_desk_within_two_seconds(screen: Screen) -> None:
    screen.open(opening())
    screen.press("client.begin")
    screen.write("form.q.1.1.line", "Bea")
    screen.qtbot.waitUntil(lambda: bool(screen.heard(Draft)), timeout=2000)
    state = screen.heard(Draft)[-1].state
    assert given(state)["1.1"].values == (Value("string", "Bea"),)
    assert (state.answered, state.questions, state.page) == (1, 3, "1")


def test_a_draft_is_gone_on_with(screen: Screen) -> None:
    kept = State(answers=answers(q1_1="Bea"), page="2", answered=1, questions=3)
    screen.open(opening(state=kept, since="12 May", earlier="{}"))
    assert not screen.sees("client.since")
    screen.press("client.begin")
    assert screen.dialog.key == "2"
    screen.press("form.back")
    assert screen.find(QLineEdit, "form.q.1.1.line").text() == "Bea"


def test_a_refusal_stands_at_its_question(screen: Screen) -> None:
    screen.open(opening(visit=()))
    screen.press("client.begin")
    screen.fill_in()
    screen.press("form.finish")
    screen.window.take(NotTaken("2.1", "“Are you pregnant?”: answer it."))
    assert screen.dialog.key == "2"
    row = screen.dialog.row((("2", 0), ("2.1", 0)))
    assert row is not None
    assert row.problem() == "“Are you pregnant?”: answer it."
    screen.press("form.next")
    assert screen.dialog.key == "2"
    screen.press("form.q.2.1.1")
    screen.press("form.next")
    screen.press("form.finish")
    assert len(screen.heard(Finished)) == 2


def test_what_belongs_to_no_question_is_said_above_the_form(screen: Screen) -> None:
    screen.open(opening(visit=()))
    screen.press("client.begin")
    screen.fill_in()
    screen.press("form.finish")
    screen.window.take(NotTaken("", "Please tell the desk."))
    assert screen.find(Notice, "client.refusal").text() == "Please tell the desk."
    screen.press("form.finish")
    assert len(screen.heard(Finished)) == 2


def test_what_the_clinic_says_to_an_answer_stands_under_it(screen: Screen) -> None:  # R32
    screen.open(opening())
    screen.press("client.begin")
    screen.write("form.q.1.1.line", "Beatrix Hale")
    screen.press("form.next")
    screen.window.take(Meaning((Advice("2.1", "Please speak to us first."),)))
    assert screen.find(QWidget, "form.alarm.2.1").accessibleName() == "Please speak to us first."


def test_a_guardian_says_who_they_are_first(screen: Screen) -> None:  # R35
    screen.open(opening(guardian=True, name="Timo", visit=()))
    assert screen.find(QLabel, "client.hello").text() == "Hello, you answer for Timo"
    screen.press("client.begin")
    assert screen.sees("client.welcome")
    screen.write("client.answerer", "Beatrix Hale")
    screen.write("client.relation", "mother")
    screen.press("client.begin")
    screen.fill_in()
    screen.press("form.finish")
    (finished,) = screen.heard(Finished)
    assert (finished.state.answerer, finished.state.relation) == ("Beatrix Hale", "mother")


def sign(screen: Screen) -> None:
    pad = screen.find(QWidget, "form.signature.pad")
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in range(40, 200, 8):
        QTest.mouseMove(pad, QPoint(x, 60 - x % 24))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))


def test_a_form_that_asks_for_it_is_signed(screen: Screen) -> None:  # R35
    screen.open(opening(form=sheet(extension=SIGNED), visit=()))
    screen.press("client.begin")
    screen.fill_in()
    assert not screen.sees("form.signature.type")
    screen.press("form.finish")
    assert screen.heard(Finished) == []
    sign(screen)
    screen.press("form.finish")
    (finished,) = screen.heard(Finished)
    assert not QImage.fromData(b64decode(finished.signature)).isNull()


# Nothing has changed


def test_one_tap_says_that_nothing_has_changed(screen: Screen) -> None:
    screen.open(opening(since="12 May", earlier=answers(q1_1="Beatrix Hale", q2_1=False), visit=()))
    assert not screen.sees("client.begin")
    screen.press("client.since.unchanged")
    (finished,) = screen.heard(Finished)
    assert given(finished.state)["1.1"].values == (Value("string", "Beatrix Hale"),)
    assert given(finished.state)["2.1"].values == (Value("boolean", False),)


def test_enter_by_mistake_takes_nothing_for_granted(screen: Screen) -> None:
    screen.open(opening(since="12 May", earlier=answers(q1_1="Beatrix Hale", q2_1=False), visit=()))
    assert screen.find(QAbstractButton, "client.since.changed").hasFocus()


def test_a_guardian_begins_with_their_name(screen: Screen) -> None:  # R35
    screen.open(opening(guardian=True))
    QTest.keyClicks(screen.window.focusWidget(), "Maria Hale")
    assert screen.told().answerer == "Maria Hale"


def test_what_is_wanting_since_then_is_still_asked(screen: Screen) -> None:
    screen.open(opening(since="12 May", earlier=answers(q1_1="Beatrix Hale")))
    screen.press("client.since.unchanged")
    assert screen.heard(Finished) == []
    assert screen.dialog.key == "2"
    screen.press("form.q.2.1.2")
    assert screen.told().answered == 2


def test_who_says_that_something_has_changed_answers_anew(screen: Screen) -> None:
    screen.open(opening(since="12 May", earlier=answers(q1_1="Beatrix Hale", q2_1=False)))
    screen.press("client.since.changed")
    assert screen.dialog.key == "1"
    assert screen.find(QLineEdit, "form.q.1.1.line").text() == ""


# The visit


def test_before_the_review_a_client_sees_their_visit_and_what_fits(screen: Screen) -> None:  # R24
    screen.open(opening())
    screen.press("client.begin")
    screen.fill_in()
    screen.window.take(Meaning((), (MASK, OIL)))
    assert screen.sees("client.visit")
    screen.qtbot.waitUntil(lambda: screen.sees("client.extra.7"))
    assert screen.find(QAbstractButton, "client.extra.7").text() == "LED mask   15 min · £12.00"
    screen.press("client.extra.7")
    screen.qtbot.waitUntil(lambda: screen.told().wishes == (7,))
    screen.press("client.visit.next")
    screen.press("form.finish")
    assert screen.heard(Finished)[0].state.wishes == (7,)


def test_a_wish_that_no_longer_fits_the_answers_is_not_made(screen: Screen) -> None:  # R25
    screen.open(opening(state=State(answers=answers(q1_1="Bea"), answered=1, questions=3, wishes=(7, 9))))
    screen.window.take(Meaning((), (MASK, OIL)))
    screen.press("client.begin")
    screen.fill_in()
    screen.window.take(Meaning((), (OIL,)))
    screen.press("client.visit.next")
    screen.press("form.finish")
    assert screen.heard(Finished)[0].state.wishes == (9,)


def test_from_the_visit_one_goes_back_to_the_questions(screen: Screen) -> None:
    screen.open(opening())
    screen.press("client.begin")
    screen.fill_in()
    screen.press("client.visit.back")
    assert screen.dialog.key == "2"
    screen.press("form.next")
    assert screen.sees("client.visit")


def test_with_a_visit_the_one_tap_ends_at_what_could_be_added(screen: Screen) -> None:
    screen.open(opening(since="12 May", earlier=answers(q1_1="Beatrix Hale", q2_1=False)))
    screen.press("client.since.unchanged")
    assert screen.sees("client.visit")
    assert screen.heard(Finished) == []
    screen.press("client.visit.next")
    assert len(screen.heard(Finished)) == 1


# The way out


def test_only_a_pin_leads_out(screen: Screen) -> None:
    screen.open(opening())
    screen.window.close()
    assert screen.window.isVisible()
    screen.press("client.staff")
    screen.pin("4711")
    assert screen.heard(Pin) == [Pin("4711")]
    assert screen.window.cover() is Cover.PAD
    screen.window.take(PinRight())
    screen.press("client.choice.take")
    assert screen.heard(Left) == [Left()]
    assert not screen.window.isVisible()


def test_a_wrong_pin_says_how_many_tries_are_left(screen: Screen) -> None:
    screen.open(opening())
    screen.press("client.staff")
    screen.pin("1234")
    screen.window.take(PinWrong(4))
    assert screen.find(QLabel, "client.pin.wrong").text() == "That is nobody’s PIN. 4 tries left."
    assert screen.find(QLineEdit, "client.pin").text() == ""
    screen.window.take(PinWrong(0, 5))
    assert screen.find(QLabel, "client.pin.wrong").text() == "Too many wrong tries. Try again in 5 min."
    screen.press("client.pin.back")
    assert screen.window.cover() is Cover.FORM


def test_after_the_pin_the_form_can_go_on(screen: Screen) -> None:
    screen.open(opening())
    screen.press("client.begin")
    screen.write("form.q.1.1.line", "Bea")
    screen.press("client.staff")
    screen.pin("4711")
    screen.window.take(PinRight())
    screen.press("client.choice.go_on")
    assert screen.find(QLineEdit, "form.q.1.1.line").text() == "Bea"


def test_a_finished_form_is_not_seen_again(screen: Screen) -> None:
    screen.open(opening(visit=()))
    screen.press("client.begin")
    screen.fill_in()
    screen.press("form.finish")
    screen.window.take(Taken())
    assert not screen.sees("form.dialog")
    screen.press("client.thanks.take")
    screen.pin("4711")
    screen.window.take(PinRight())
    assert not screen.window.isVisible()


def test_a_right_pin_that_nobody_asked_for_opens_nothing(screen: Screen) -> None:
    screen.open(opening())
    screen.window.take(PinRight())
    assert screen.window.cover() is Cover.FORM


def test_the_desk_can_take_the_screen_back(screen: Screen) -> None:
    screen.open(opening())
    with screen.qtbot.waitSignal(screen.window.closed):
        screen.window.take(Close())
    assert not screen.window.isVisible()


def test_what_was_typed_last_is_told_before_the_desk_has_the_screen_back(screen: Screen) -> None:
    screen.open(opening())
    screen.press("client.begin")
    screen.write("form.q.1.1.line", "Bea")
    screen.window.take(Close())
    assert given(screen.heard(Draft)[-1].state)["1.1"].values == (Value("string", "Bea"),)


# Left alone


def test_a_screen_that_nobody_touches_locks_and_keeps_what_was_answered(qtbot: QtBot, qapp: QApplication) -> None:
    screen = Screen(qtbot, qapp, Idle(asks=400, locks=50)).open(opening())
    screen.press("client.begin")
    screen.write("form.q.1.1.line", "Bea")
    qtbot.waitUntil(lambda: screen.window.cover() is Cover.LOCKED)
    assert not screen.sees("form.dialog")
    assert given(screen.told())["1.1"].values == (Value("string", "Bea"),)
    screen.press("client.locked.unlock")
    screen.pin("4711")
    screen.window.take(PinRight())
    screen.press("client.choice.go_on")
    assert screen.find(QLineEdit, "form.q.1.1.line").text() == "Bea"


def test_before_it_locks_it_asks_whether_somebody_is_there(qtbot: QtBot, qapp: QApplication) -> None:
    screen = Screen(qtbot, qapp, Idle(asks=300, locks=60_000)).open(opening())
    qtbot.waitUntil(lambda: screen.window.cover() is Cover.STILL)
    screen.press("client.still.go_on")
    assert screen.window.cover() is Cover.FORM


def test_a_pad_that_is_left_alone_does_not_lead_back_to_the_answers(qtbot: QtBot, qapp: QApplication) -> None:
    screen = Screen(qtbot, qapp, Idle(asks=300, locks=60_000)).open(opening())
    screen.press("client.staff")
    qtbot.waitUntil(lambda: screen.window.cover() is Cover.LOCKED)
    screen.press("client.locked.unlock")
    screen.press("client.pin.back")
    assert screen.window.cover() is Cover.LOCKED


def test_a_right_pin_that_is_left_alone_opens_nothing_later(qtbot: QtBot, qapp: QApplication) -> None:
    screen = Screen(qtbot, qapp, Idle(asks=300, locks=60_000)).open(opening())
    screen.press("client.staff")
    screen.window.take(PinRight())
    assert screen.window.cover() is Cover.CHOICE
    qtbot.waitUntil(lambda: screen.window.cover() is Cover.LOCKED)


def test_after_thanks_a_pad_that_is_left_alone_gives_thanks_again(qtbot: QtBot, qapp: QApplication) -> None:
    screen = Screen(qtbot, qapp, Idle(asks=300, locks=60_000)).open(opening())
    screen.window.take(Taken())
    screen.press("client.thanks.take")
    qtbot.waitUntil(lambda: screen.window.cover() is Cover.THANKS)


def test_three_minutes_are_the_measure() -> None:
    assert sum(Idle()) == 180_000


# Made for fingers


@pytest.mark.parametrize("form", [sheet(), sheet(extension=SIGNED)], ids=["plain", "signed"])
def test_whatever_can_be_pressed_is_large_enough_for_a_finger(qtbot: QtBot, qapp: QApplication, form: str) -> None:
    assert LEAST * SCALE >= 44
    fingers = Fingers(qapp)
    try:
        screen = Screen(qtbot, qapp, Idle()).open(opening(form=form, since="12 May", earlier="{}"))
        small = set(too_small(screen))
        screen.press("client.since.changed")
        small |= set(too_small(screen))
        screen.fill_in()
        screen.window.take(Meaning((), (MASK,)))
        small |= set(too_small(screen))
        screen.press("client.visit.next")
        small |= set(too_small(screen))
        screen.press("client.staff")
        small |= set(too_small(screen))
    finally:
        qapp.removeEventFilter(fingers)
    assert small == set()


def too_small(screen: Screen) -> Iterator[str]:
    controls = [*screen.window.findChildren(QAbstractButton), *screen.window.findChildren(QLineEdit)]
    for one in controls:
        if one.isVisible() and min(one.width(), one.height()) < LEAST:
            yield f"{one.objectName()} {one.width()} x {one.height()}"
