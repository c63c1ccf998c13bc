"""What is decided about answers on the page of their form: a clinician is asked, clears, or the visit is taken off."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from reception.domain import diary, screening
from reception.domain.questionnaire.values import Value
from reception.domain.screening import Effect, Operator, RuleDraft
from reception.domain.tables.ids import AppointmentId
from reception.ui.widgets import Answers
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.factories import at
from tests.ui.desk import OpenDesk
from tests.ui.forms import worked_out
from tests.ui.papers import (
    answered,
    chip,
    fill,
    find,
    finished,
    make_clinical,
    opened,
    publish,
    rule,
    said,
)


def blocked(desk: OpenDesk) -> AppointmentId:
    """A laser visit of Beatrix, and a form of hers half filled in whose answer will block it."""
    make_clinical(desk, desk.clinic.ines)
    form = publish(desk)
    rule(desk, form, desk.clinic.laser, "2.1")
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.laser, "10:30")
    opened(desk, form, visit=visit)
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Y)
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Blocked")
    return visit


def begin_clearing(desk: OpenDesk, visit: AppointmentId) -> None:
    """Ines sits down, reads what was handed in, and begins to clear it."""
    response = answered(desk)[0].id
    desk.sit_down(desk.clinic.ines)
    desk.bench.goto.emit(Where(Page.FORM, response=int(response), appointment=int(visit)))
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Blocked")
    desk.press("form.decide.clear")
    desk.until(lambda: desk.frame.findChild(QLineEdit, "clear.words") is not None)


def test_a_clinician_is_asked_as_soon_as_the_form_is_finished(desk: OpenDesk) -> None:  # R34
    visit = blocked(desk)
    desk.press("form.alarm.ask")
    desk.until(lambda: said(desk, "form.deciding.title") == "Ines Lund will be asked")
    assert desk.store.read(screening.tasks) == ()
    desk.key(Qt.Key.Key_Return)
    finished(desk)
    desk.until(lambda: [task.asked for task in desk.store.read(screening.tasks)] == ["Ines Lund"])
    desk.until(lambda: said(desk, "form.deciding.title") == "Ines Lund was asked 08:00")
    assert desk.store.read(screening.tasks)[0].appointment == visit


def test_only_a_clinician_clears_and_says_why(desk: OpenDesk) -> None:  # R33
    visit = blocked(desk)
    desk.key(Qt.Key.Key_Return)
    finished(desk)
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Blocked")
    assert not find(desk, QAbstractButton, "form.decide.clear").isEnabled()
    begin_clearing(desk, visit)
    desk.key(Qt.Key.Key_Return)
    fill(desk, "clear.words", "Seen and discussed")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Cleared")
    group = desk.store.read(diary.entry, visit).group
    start = desk.store.read(diary.entry, visit).start
    assert desk.store.read(screening.verdict, desk.clinic.beatrix, desk.clinic.laser, start, group=group).passes


def test_a_clinician_clears_until_a_day(desk: OpenDesk) -> None:  # R33
    visit = blocked(desk)
    desk.key(Qt.Key.Key_Return)
    finished(desk)
    begin_clearing(desk, visit)
    fill(desk, "clear.words", "Seen and discussed")
    find(desk, Answers, "clear.how").answer(1).click()
    fill(desk, "clear.through", "no day")
    desk.press("clear.go")
    field = find(desk, QWidget, "clear.through_field")
    desk.until(lambda: bool(field.error()))
    fill(desk, "clear.through", "31/12/2026")
    desk.until(find(desk, QAbstractButton, "clear.go").isEnabled)
    desk.press("clear.go")
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Cleared")
    beatrix, laser = desk.clinic.beatrix, desk.clinic.laser
    until = desk.store.read(screening.verdict, beatrix, laser, at(date(2026, 12, 31), "10:00"))
    after = desk.store.read(screening.verdict, beatrix, laser, at(date(2027, 1, 1), "10:00"))
    assert (until.passes, after.passes) == (True, False)


def test_a_blocked_visit_is_taken_off_from_the_form(desk: OpenDesk) -> None:  # R34
    blocked(desk)
    desk.key(Qt.Key.Key_Return)
    finished(desk)
    desk.until(lambda: any(one.isVisible() for one in desk.frame.findChildren(QAbstractButton, "form.decide.off")))
    find(desk, QAbstractButton, "form.decide.off").click()
    desk.until(lambda: desk.window.places.page is Page.DIARY)
    sheet = desk.window.places.side.sheet()
    assert sheet is not None
    assert sheet.objectName() == "cancel"


def test_what_a_sum_means_is_shown_as_soon_as_it_is_worked_out(desk: OpenDesk) -> None:  # R32
    total = question("s", "Sum", "integer", extension=[worked_out("%resource.item.where(linkId='a').answer.value * 2")])
    form = publish(desk, items=(question("a", "How many?", "integer"), total))
    many = RuleDraft(
        desk.clinic.laser, form, "s", Operator.GREATER, Value("integer", 10), Effect.BLOCK,
        staff_message="Too many.", client_message="Ask us.",
    )  # fmt: skip
    desk.store.write(screening.add_rule, many, actor=desk.clinic.owner)
    opened(desk, form)
    fill(desk, "form.q.a.line", "7")
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Blocked")
