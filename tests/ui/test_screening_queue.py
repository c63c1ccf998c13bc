"""What waits for a decision in the left column: who sees it, in which order, and how it is opened (R33, R34)."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reception.domain import diary, forms, screening
from reception.domain.forms import Answering
from reception.domain.gates import Effect
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, ResponseId
from reception.domain.tables.words import AnsweredBy
from reception.ui.dialogs.clearing import ClearingSheet
from reception.ui.panels.queue.groups import Group, Waiting
from reception.ui.workbench import Page
from tests.clinic import question
from tests.journeys import sight
from tests.ui.desk import OpenDesk
from tests.ui.papers import make_clinical, publish, rule

STRETCHED = "Look at the back first."


def screened(desk: OpenDesk) -> Group:
    """The screening list."""
    return next((group for group in desk.window.queue.groups() if group.key == "tasks"), Group("", "", "", ()))


def rows(desk: OpenDesk) -> tuple[Waiting, ...]:
    return screened(desk).rows


def names(desk: OpenDesk) -> list[str]:
    return [row.name for row in rows(desk)]


@pytest.fixture
def form(desk: OpenDesk) -> FormId:
    """A form that massages heed: a yes flags them. Amara may decide about that."""
    made = publish(desk, "Massage check", items=(question("back", "Does your back hurt?"),))
    rule(desk, made, desk.clinic.massage, "back", Effect.FLAG, STRETCHED)
    make_clinical(desk, desk.clinic.amara)
    return made


def answer(desk: OpenDesk, form: FormId, client: ClientId, *, hurts: bool = True) -> ResponseId:
    item = {"linkId": "back", "answer": [{"valueBoolean": hurts}]}
    answers = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]}
    version = desk.store.read(forms.newest, form).id
    return ResponseId(desk.do(screening.answer, Answering(version, client, answers, AnsweredBy.CLIENT)))


@pytest.fixture
def visits(desk: OpenDesk, form: FormId) -> tuple[AppointmentId, AppointmentId]:
    """Massages of Priya at ten and of Hugh at noon, both flagged; Amara was asked about Hugh's."""
    clinic = desk.clinic
    priya = desk.book(clinic.priya, clinic.tomas, clinic.massage, "10:00")
    hugh = desk.book(clinic.hugh, clinic.tomas, clinic.massage, "12:00")
    answer(desk, form, clinic.priya)
    given = answer(desk, form, clinic.hugh)
    desk.do(screening.ask, hugh, given, clinic.amara)
    desk.until(lambda: [row.line for row in rows(desk)][1:] == ["Amara was asked: Massage"])
    return priya, hugh


Visits = tuple[AppointmentId, AppointmentId]


def test_who_may_decide_sees_all_that_waits_and_first_what_they_were_asked(desk: OpenDesk, visits: Visits) -> None:
    assert names(desk) == ["Priya Nair", "Hugh Mallory"]
    desk.sit_down(desk.clinic.amara)
    desk.until(lambda: names(desk) == ["Hugh Mallory", "Priya Nair"])
    hugh, priya = rows(desk)
    assert (hugh.line, hugh.right, hugh.mine) == (f"Massage: {STRETCHED}", "you, 12:00", True)
    assert (priya.line, priya.right, priya.mine) == (f"Massage: {STRETCHED}", "10:00", False)
    assert "1 for you" in sight.words(find(desk, QWidget, "queue.head.tasks"))


def test_the_rail_says_how_many_are_for_whoever_is_at_the_desk(desk: OpenDesk, visits: Visits) -> None:
    desk.window.fold_left()
    sign = find(desk, QAbstractButton, "rail.tasks")
    assert sign.accessibleName() == "Screening, 2"
    desk.sit_down(desk.clinic.amara)
    desk.until(lambda: sign.accessibleName() == "Screening, 2, 1 for you")


def test_who_may_not_decide_sees_their_own_visits_only(desk: OpenDesk, visits: Visits) -> None:
    desk.sit_down(desk.clinic.ines)
    desk.until(lambda: names(desk) == [])
    desk.sit_down(desk.clinic.tomas)
    desk.until(lambda: names(desk) == ["Priya Nair", "Hugh Mallory"])
    desk.press(f"queue.task.{visits[0]}")
    desk.until(lambda: desk.window.places.page is Page.COMING)


def test_enter_opens_it_and_all_that_is_needed_stands_there(desk: OpenDesk, visits: Visits, form: FormId) -> None:
    answer(desk, form, desk.clinic.hugh, hurts=False)
    answer(desk, form, desk.clinic.hugh)
    desk.sit_down(desk.clinic.amara)
    sheet = open_first(desk)
    told = sight.words(sheet)
    for words in ("Clear Massage?", "Does your back hurt?", "Yes", STRETCHED, "Answered before", "No", "Reason"):
        assert words in told, f"{words} isn't in:\n{told}"


def test_what_was_declined_stays_with_the_desk_and_leads_to_the_booking(desk: OpenDesk, visits: Visits) -> None:
    desk.sit_down(desk.clinic.amara)
    open_first(desk)
    desk.type("Not today")
    desk.press("clear.decline")
    desk.until(lambda: names(desk) == ["Priya Nair"])
    desk.sit_down(desk.clinic.anna)
    desk.until(lambda: [row.line for row in rows(desk)] == [f"Massage: {STRETCHED}", "Amara said no: Massage"])
    desk.press(f"queue.denied.{visits[1]}")
    coming = desk.window.places.coming
    desk.until(lambda: coming.booking is not None)
    assert "Dr Amara Obi said no: Not today." in sight.words(coming)


def test_clearing_for_visits_through_a_day_ends_it(desk: OpenDesk, visits: Visits) -> None:
    desk.sit_down(desk.clinic.amara)
    sheet = open_first(desk)
    desk.type("It will do")
    sheet.setFocus()
    desk.press("clear.go")
    desk.until(lambda: names(desk) == ["Priya Nair"])
    verdict = desk.store.read(diary.coming_in, visits[1]).lines[0].verdict
    assert verdict.outcome is screening.Screened.CLEARED


def test_the_keyboard_stays_where_it_was_when_the_queues_are_made_anew(desk: OpenDesk, visits: Visits) -> None:
    desk.window.acts.deciding_asked.emit()
    desk.until(lambda: focused() == f"queue.task.{visits[0]}")
    desk.do(diary.arrive, visits[1])
    desk.until(lambda: [row.name for row in desk.window.queue.groups()[0].rows] == ["Hugh Mallory"])
    desk.until(lambda: focused() == f"queue.task.{visits[0]}")


def test_it_comes_back_from_the_fold(desk: OpenDesk, visits: Visits) -> None:
    desk.window.fold_left()
    desk.window.acts.deciding_asked.emit()
    desk.until(lambda: focused() == f"queue.task.{visits[0]}")
    assert not desk.window.queue.is_folded()


def open_first(desk: OpenDesk) -> ClearingSheet:
    """Opens the first on the list with Enter."""
    go_to_first(desk)
    desk.key(Qt.Key.Key_Return)
    sheet = desk.window.places.side.sheet()
    assert isinstance(sheet, ClearingSheet)
    desk.until(lambda: STRETCHED in sight.words(sheet))
    return sheet


def go_to_first(desk: OpenDesk) -> None:
    """Gives the keyboard to the first on the list, once it is there."""
    desk.until(lambda: bool(rows(desk)) and rows(desk)[0].mine)
    desk.window.acts.deciding_asked.emit()
    desk.until(lambda: focused().startswith("queue.task."))


def find(desk: OpenDesk, kind: type[Any], name: str) -> Any:
    return next(one for one in desk.frame.findChildren(kind, name) if one.isVisible())


def focused() -> str:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""
