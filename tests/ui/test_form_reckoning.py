"""What a form works out while somebody types: beside the typing, of the newest answers, and before it is finished."""

from threading import enumerate as threads
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from reception.domain.questionnaire.values import Value
from reception.ui.form import REVIEW, FormDialog
from tests.domain.sheets import HL7, SDC, extended, question
from tests.ui.forms import Ask, at, find, group, row, settle, told, type_in, worked_out

SUM = "%resource.item.where(linkId='a' or linkId='b').answer.value.sum()"


def numbers(**more: Any) -> tuple[dict[str, Any], ...]:
    """Two numbers and their sum."""
    score = question("sum", "integer", extension=[worked_out(SUM)])
    return question("a", "integer", **more), question("b", "integer"), score


def small() -> dict[str, Any]:
    """What must hold: the first number is less than ten."""
    parts = {"key": "small", "severity": "error", "human": "Less than ten, please.", "expression": "answer.value < 10"}
    kinds = {"key": "valueId", "severity": "valueCode"}
    inner = [{"url": name, kinds.get(name, "valueString"): words} for name, words in parts.items()]
    return {"url": f"{HL7}questionnaire-constraint", "extension": inner}


def shown(dialog: FormDialog) -> str:
    return find(dialog, QLabel, "form.q.sum.told").text()


def test_what_a_form_works_out_follows_what_is_typed(ask: Ask) -> None:
    dialog = ask(*numbers())
    type_in(dialog, "form.q.a.line", "2")
    type_in(dialog, "form.q.b.line", "5")
    settle(dialog)
    assert shown(dialog) == "7"
    type_in(dialog, "form.q.b.line", "6")
    settle(dialog)
    assert shown(dialog) == "8"


def test_it_is_worked_out_by_itself_when_nobody_types(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(*numbers())
    with qtbot.waitSignal(dialog.reckoning.done):
        type_in(dialog, "form.q.a.line", "2")
    assert shown(dialog) == "2"


def test_typing_goes_on_meanwhile_and_only_the_newest_counts(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(*numbers())
    type_in(dialog, "form.q.a.line", "2")
    dialog.reckoning.begin()
    type_in(dialog, "form.q.a.line", "30")
    assert (told(dialog, "a"), told(dialog, "sum")) == ([30], [])
    sums = []
    dialog.reckoning.done.connect(lambda _: sums.append(shown(dialog)))
    qtbot.waitUntil(lambda: bool(sums))
    assert sums == ["30"]
    assert find(dialog, QLineEdit, "form.q.a.line").text() == "30"


def test_what_doesnt_hold_is_still_said_while_it_is_worked_out_anew(ask: Ask) -> None:
    dialog = ask(*numbers(extension=[small()]))
    type_in(dialog, "form.q.a.line", "70")
    settle(dialog)
    type_in(dialog, "form.q.b.line", "1")
    assert row(dialog, "a").problem() == "Less than ten, please."
    dialog.reckoning.begin()
    type_in(dialog, "form.q.b.line", "12")
    assert row(dialog, "a").problem() == "Less than ten, please."


def test_going_on_waits_for_what_the_newest_answers_come_to(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(*numbers(extension=[small()]))
    type_in(dialog, "form.q.a.line", "70")
    dialog.next()
    assert dialog.foot.text() == "What the form works out isn't there yet; then it goes on by itself."
    qtbot.waitUntil(lambda: row(dialog, "a").problem() == "Less than ten, please.")
    assert dialog.key != REVIEW
    type_in(dialog, "form.q.a.line", "7")
    dialog.next()
    qtbot.waitUntil(lambda: dialog.key == REVIEW)
    assert shown(dialog) == "7"


def test_finishing_waits_for_the_newest_result(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(*numbers())
    dialog.show_page(REVIEW)
    finished: list[list[Any]] = []
    dialog.submitted.connect(lambda: finished.append(told(dialog, "sum")))
    dialog.back()
    type_in(dialog, "form.q.b.line", "4")
    dialog.show_page(REVIEW)
    dialog.submit()
    assert finished == []
    qtbot.waitUntil(lambda: bool(finished))
    assert finished == [[4]]


def test_whoever_types_on_stays_on_the_page(ask: Ask) -> None:
    dialog = ask(*numbers())
    type_in(dialog, "form.q.a.line", "1")
    dialog.next()
    type_in(dialog, "form.q.b.line", "2")
    settle(dialog)
    assert (dialog.key, shown(dialog)) == ("a", "3")


def test_whoever_goes_elsewhere_meanwhile_stays_there(ask: Ask) -> None:
    items = numbers()
    dialog = ask(group("one", question("z")), group("two", *items))
    dialog.show_page("two")
    type_in(dialog, "form.q.a.line", "1")
    dialog.next()
    dialog.back()
    settle(dialog)
    assert dialog.key == "one"
    assert dialog.foot.text() == "1 question left in this section"


def test_a_page_that_goes_as_somebody_goes_on_finishes_nothing(ask: Ask, qtbot: QtBot) -> None:
    few = {"language": "text/fhirpath", "expression": "%resource.item.where(linkId='n').item.answer.value < 10"}
    asked = extended(f"{SDC}enableWhenExpression", valueExpression=few)
    first = group("n", question("a", "integer"))
    dialog = ask(first, group("one", question("z"), extension=[asked]))
    type_in(dialog, "form.q.a.line", "1")
    settle(dialog)
    submitted = QSignalSpy(dialog.submitted)
    dialog.show_page("one")
    dialog.filling.put(at("a", "n"), (Value("integer", 20),))
    dialog.reckoning.answered()
    dialog.next()
    qtbot.waitUntil(lambda: dialog.key == REVIEW)
    assert submitted.count() == 0


def test_a_form_that_works_nothing_out_goes_on_at_once(ask: Ask) -> None:
    dialog = ask(question("a", "integer"))
    type_in(dialog, "form.q.a.line", "1")
    dialog.next()
    assert dialog.key == REVIEW


def test_a_form_that_is_closed_meanwhile_does_no_harm(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(*numbers())
    spy = QSignalSpy(dialog.reckoning.done)
    type_in(dialog, "form.q.a.line", "2")
    dialog.reckoning.begin()
    dialog.setParent(None)
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not any(thread.name == "reckon" for thread in threads()))
    assert spy.count() == 0
