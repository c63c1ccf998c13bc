"""What answers are held to, and conditions that stand together, typed and picked in the editor's card."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from reception.domain.questionnaire.editing import How, Limits, Look, ShowIf, Sort
from reception.domain.questionnaire.values import Kind, Value
from reception.domain.tables.ids import FormId
from reception.ui.panels.editor import EditorPage
from reception.ui.widgets import Check, DateEdit, LineEdit, Prose, Segmented, Select
from reception.ui.workbench import Page
from tests.clinic import question
from tests.ui.bench import child, pick
from tests.ui.desk import OpenDesk
from tests.ui.editor import YES, add, asked, edit, line, look_through, opened, publish, publish_it, tick, write

ITEMS = (
    question("1", "Are you well?"),
    question("2", "How much do you weigh?", "decimal"),
    question(
        "3",
        "Where?",
        "choice",
        repeats=True,
        answerOption=[{"valueCoding": {"code": code, "display": code.title()}} for code in ("face", "legs")],
    ),
    question("4", "Since when?", "date"),
    question("5", "Anything else?", "string"),
)


@pytest.fixture
def form(desk: OpenDesk) -> FormId:
    """A form that asks in several ways, with the manager at the desk."""
    desk.sit_down(desk.clinic.manager)
    return publish(desk, *ITEMS)


@pytest.fixture
def page(desk: OpenDesk, form: FormId) -> EditorPage:
    """The editor with that form."""
    return edit(desk, form)


def card(page: EditorPage) -> QWidget:
    return page.columns.card


def offered(page: EditorPage, name: str) -> list[str]:
    select = child(card(page), Select, name)
    return [select.itemText(n) for n in range(select.count())]


# Numbers, days, letters


def test_a_number_is_held_to_bounds_in_its_unit(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    page.columns.choose("2")
    pick(card(page), "editor.places", "Like 12.5")
    write(desk, card(page), "editor.units", "kg")
    write(desk, card(page), "editor.least", "30")
    write(desk, card(page), "editor.most", "250.5")
    publish_it(desk)
    item = asked(desk, form, "2")
    assert (item.bounds.least, item.bounds.most) == (Value("decimal", 30), Value("decimal", Decimal("250.5")))
    assert item.bounds.decimals == 1
    assert item.unit is not None
    assert item.unit.value["code"] == "kg"


def test_whoever_answers_can_choose_among_units(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    page.columns.choose("2")
    write(desk, card(page), "editor.most", "250")
    write(desk, card(page), "editor.units", "kg, lb")
    publish_it(desk)
    item = asked(desk, form, "2")
    assert (item.kind, [unit.words for unit in item.units]) == (Kind.QUANTITY, ["kg", "lb"])
    assert item.bounds.most is not None
    assert item.bounds.most.value["unit"] == "kg"


def test_whole_numbers_are_picked(page: EditorPage) -> None:
    page.columns.choose("2")
    pick(card(page), "editor.places", "Whole numbers")
    assert line(page, "2").limits == Limits(places=0)
    pick(card(page), "editor.places", "Any number")
    assert line(page, "2").limits == Limits()


def test_a_bound_that_is_no_number_is_marked_and_changes_nothing(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("2")
    write(desk, card(page), "editor.least", "thirty")
    field = child(card(page), LineEdit, "editor.least")
    assert field.property("wrong") == "true"
    assert "thirty" in field.accessibleDescription()
    assert line(page, "2").limits == Limits()


def test_what_contradicts_itself_is_said_before_publishing(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("2")
    write(desk, card(page), "editor.least", "9")
    write(desk, card(page), "editor.most", "5")
    look_through(desk)
    assert not child(page, QAbstractButton, "editor.publish").isEnabled()
    page.columns.choose("1")
    desk.press("editor.finding.error.0")
    assert page.columns.chosen == "2"


def test_a_date_is_held_to_days(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    page.columns.choose("4")
    write(desk, card(page), "editor.least", "1.1.2020")
    write(desk, card(page), "editor.most", "31.12.2026")
    publish_it(desk)
    bounds = asked(desk, form, "4").bounds
    assert (bounds.least, bounds.most) == (Value("date", "2020-01-01"), Value("date", "2026-12-31"))
    page = edit(desk, form)
    page.columns.choose("4")
    assert child(card(page), DateEdit, "editor.least").text() == "1 Jan 2020"


def test_a_text_takes_so_many_letters(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    page.columns.choose("5")
    write(desk, card(page), "editor.letters", "80")
    assert line(page, "5").limits.letters == 80
    write(desk, card(page), "editor.letters", "none")
    assert child(card(page), LineEdit, "editor.letters").property("wrong") == "true"
    publish_it(desk)
    assert asked(desk, form, "5").bounds.max_length == 80


# Several answers


def test_so_many_answers_are_wanted_and_it_must_be_answered_then(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("3")
    pick(card(page), "editor.fewest", "1")
    assert child(card(page), Check, "editor.required").isChecked()
    pick(card(page), "editor.mostly", "2")
    assert line(page, "3").limits == Limits(fewest=1, mostly=2)
    assert offered(page, "editor.fewest") == ["No matter how many", "1", "2"]
    desk.press("editor.undo")
    assert line(page, "3").limits == Limits(fewest=1)


def test_none_of_these_is_put_in_and_stands_alone(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    page.columns.choose("3")
    desk.press("editor.add_none")
    assert not child(card(page), QAbstractButton, "editor.add_none").isVisible()
    desk.press("editor.answer.2.follows")
    alone = child(card(page), Check, "editor.answer.2.alone")
    assert alone.isChecked()
    publish_it(desk)
    assert [one.exclusive for one in asked(desk, form, "3").options] == [False, False, True]


def test_an_answer_stands_alone_or_not_with_a_tick(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("3")
    desk.press("editor.answer.0.follows")
    tick(desk, card(page), "editor.answer.0.alone")
    assert line(page, "3").choices[0].alone
    told = child(card(page), QAbstractButton, "editor.answer.0.follows").toolTip()
    assert told == "If chosen: stands alone"
    desk.ctrl(Qt.Key.Key_Z)
    assert not line(page, "3").choices[0].alone


# Conditions that stand together


def two_conditions(desk: OpenDesk, page: EditorPage) -> None:
    """The last question hangs on the weight and on the part of the body."""
    page.columns.choose("5")
    tick(desk, card(page), "editor.show_if")
    desk.press("editor.show.add")


def test_another_condition_looks_at_the_nearest_question_that_is_left(desk: OpenDesk, page: EditorPage) -> None:
    two_conditions(desk, page)
    show = line(page, "5").show
    assert show is not None
    assert [look.question for look in show.looks] == ["4", "3"]
    assert not show.any


def test_any_of_the_conditions_is_enough(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    two_conditions(desk, page)
    together = child(card(page), Segmented, "editor.show.together")
    desk.qtbot.mouseClick(together.button(1), Qt.MouseButton.LeftButton)
    assert "doesn’t include" not in offered(page, "editor.show.1.how")
    told = child(card(page), Prose, "editor.show.hint").accessibleName()
    assert told == "“Is not” can be chosen where all of these have to hold."
    publish_it(desk)
    item = asked(desk, form, "5")
    assert item.any_condition
    assert [one.operator for one in item.conditions] == ["exists", "="]


def test_with_an_is_not_all_have_to_hold(desk: OpenDesk, page: EditorPage, form: FormId) -> None:
    two_conditions(desk, page)
    pick(card(page), "editor.show.1.how", "doesn’t include")
    together = child(card(page), Segmented, "editor.show.together")
    assert not together.button(1).isEnabled()
    assert "all have to hold" in child(card(page), Prose, "editor.show.hint").accessibleName()
    publish_it(desk)
    assert [one.operator for one in asked(desk, form, "5").conditions] == ["exists", "exists", "!="]


def test_what_is_typed_in_one_condition_leaves_the_others(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("5")
    tick(desk, card(page), "editor.show_if")
    pick(card(page), "editor.show.0.question", "How much do you weigh?")
    pick(card(page), "editor.show.0.how", "is more than")
    desk.qtbot.keyClicks(child(card(page), LineEdit, "editor.show.0.answer.value"), "90")
    desk.press("editor.show.add")
    pick(card(page), "editor.show.1.question", "How much do you weigh?")
    pick(card(page), "editor.show.1.how", "is less than")
    desk.qtbot.keyClicks(child(card(page), LineEdit, "editor.show.1.answer.value"), "120")
    write(desk, card(page), "editor.show.0.answer.value", "95")
    heavy, light = Look("2", How.MORE, Value("decimal", 95)), Look("2", How.LESS, Value("decimal", 120))
    assert line(page, "5").show == ShowIf((heavy, light))


def test_a_condition_is_taken_away_and_comes_back_by_undo(desk: OpenDesk, page: EditorPage) -> None:
    two_conditions(desk, page)
    both = line(page, "5").show
    desk.press("editor.show.0.remove")
    show = line(page, "5").show
    assert show is not None
    assert [look.question for look in show.looks] == ["3"]
    desk.ctrl(Qt.Key.Key_Z)
    assert line(page, "5").show == both


def test_conditions_and_limits_are_parked_with_the_form(desk: OpenDesk, page: EditorPage) -> None:
    two_conditions(desk, page)
    page.columns.choose("2")
    write(desk, card(page), "editor.units", "kg, lb")
    before = line(page, "5").show, line(page, "2").limits
    desk.press("editor.park")
    desk.until(lambda: desk.window.places.page is Page.CATALOGUE)
    (draft,) = desk.bench.drafts.parked()
    desk.window.parking.take(draft.id)
    page = opened(desk)
    assert (line(page, "5").show, line(page, "2").limits) == before


def test_a_condition_is_said_by_keys_alone(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("2")
    check = child(card(page), Check, "editor.show_if")
    check.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert line(page, "2").show == ShowIf((Look("1", How.IS, YES),))
    desk.key(Qt.Key.Key_Tab)
    focus = desk.frame.focusWidget()
    assert focus is not None
    assert focus.objectName() == "editor.show.0.how"


def test_a_new_number_has_no_limits(page: EditorPage) -> None:
    page.columns.choose("2")
    assert line(page, add(page, Sort.NUMBER)).limits == Limits()
