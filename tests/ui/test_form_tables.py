"""Tables in a form: answers that questions share, groups as lines, and keys, skip logic and messages in them."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from reception.ui.form.choices import Listed
from reception.ui.form.matrix import Mark
from reception.ui.form.page import PageView
from reception.ui.form.rows import GroupHead
from reception.ui.form.table import Heads, TableRow
from tests.domain.sheets import coded, question
from tests.ui.forms import Ask, at, control, find, group, key, pages, press, row, settle, told, top, type_in, when

OFTEN = [coded(f"o{n}", words) for n, words in enumerate(("Never", "Now and then", "Often"))]


def asked(link: str, **more: Any) -> dict[str, Any]:
    """How often something happens."""
    return question(link, "choice", text=f"About {link}", answerOption=OFTEN, **more)


def matrix(*items: dict[str, Any], code: str = "table", **more: Any) -> dict[str, Any]:
    return question("m", "group", text="How often", extension=[control(code)], item=list(items), **more)


def codes(dialog: Any, link: str) -> list[str]:
    return [held["code"] for held in told(dialog, "m", link)]


def left(widget: QWidget) -> int:
    return widget.mapToGlobal(QPoint()).x()


def test_questions_that_share_their_answers_are_rows_and_their_answers_columns(ask: Ask) -> None:
    dialog = ask(matrix(asked("a"), asked("b"), question("z")))
    heads = find(dialog, Heads, "")
    assert heads.accessibleName() == "Never, Now and then, Often"
    assert [left(find(dialog, Mark, f"form.q.a.{n}")) for n in (1, 2, 3)] == [
        left(find(dialog, Mark, f"form.q.b.{n}")) for n in (1, 2, 3)
    ]
    assert top(dialog, heads) < top(dialog, row(dialog, "m", "a")) < top(dialog, row(dialog, "m", "b"))
    press(dialog, "form.q.b.3")
    assert codes(dialog, "b") == ["o2"]
    press(dialog, "form.q.b.3")
    assert codes(dialog, "b") == []


def test_every_table_of_answers_is_laid_out_so(ask: Ask) -> None:
    for code in ("table", "htable", "atable", "gtable", "grid"):
        dialog = ask(matrix(asked("a"), asked("b"), code=code))
        assert find(dialog, Mark, "form.q.b.1").isVisible()


def test_a_question_whose_answers_are_to_be_columns_shows_them_all(ask: Ask) -> None:
    many = [coded(f"c{n}", f"Answer {n}") for n in range(7)]
    dialog = ask(question("a", "choice", answerOption=many, extension=[control("atable")]))
    assert find(dialog, QAbstractButton, "form.q.a.7").isVisible()
    assert dialog.findChild(Listed) is None


def test_yes_and_no_are_columns_too(ask: Ask) -> None:
    dialog = ask(matrix(question("a", "boolean"), question("b", "boolean")))
    find(dialog, Mark, "form.q.a.1").setFocus()
    key(Qt.Key.Key_N)
    assert told(dialog, "m", "a") == [False]


def test_digits_answer_the_row_and_up_and_down_go_to_the_next(ask: Ask) -> None:
    dialog = ask(matrix(asked("a"), asked("b"), asked("c"), question("z")))
    find(dialog, Mark, "form.q.a.1").setFocus()
    key(Qt.Key.Key_2)
    key(Qt.Key.Key_Down)
    assert find(dialog, Mark, "form.q.b.2").hasFocus()
    assert codes(dialog, "b") == []
    key(Qt.Key.Key_3)
    key(Qt.Key.Key_Left)
    key(Qt.Key.Key_Up)
    assert find(dialog, Mark, "form.q.a.2").hasFocus()
    assert (codes(dialog, "a"), codes(dialog, "b")) == (["o1"], ["o1"])


def test_several_answers_are_boxes(ask: Ask) -> None:
    dialog = ask(matrix(asked("a", repeats=True), asked("b", repeats=True)))
    for name in ("form.q.a.1", "form.q.a.3"):
        press(dialog, name)
    assert codes(dialog, "a") == ["o0", "o2"]


def test_ones_own_words_open_in_the_row(ask: Ask) -> None:
    items = (question(link, "open-choice", answerOption=OFTEN) for link in ("a", "b"))
    dialog = ask(matrix(*items))
    press(dialog, "form.q.a.4")
    type_in(dialog, "form.q.a.other", "On Mondays")
    assert told(dialog, "m", "a") == ["On Mondays"]


def test_a_screen_reader_hears_row_and_column(ask: Ask) -> None:
    lines = [group(name, question(f"{name}.1"), question(f"{name}.2", required=True)) for name in ("l", "r")]
    grid = question("eyes", "group", extension=[control("grid")], item=lines)
    dialog = ask(matrix(asked("a"), asked("b")), grid)
    mark = QAccessible.queryAccessibleInterface(find(dialog, Mark, "form.q.a.2"))
    assert (mark.text(QAccessible.Text.Name), mark.role()) == ("About a, Now and then", QAccessible.Role.RadioButton)
    dialog.show_page("eyes")
    assert find(dialog, QLineEdit, "form.q.r.1.line").accessibleName() == "Part r, r.1"
    assert row(dialog, "eyes", "r", "r.2").accessibleName() == "Part r, r.2, must be answered"


def test_going_on_stops_at_the_row_that_wants_an_answer(ask: Ask) -> None:
    dialog = ask(matrix(asked("a"), asked("b", required=True), asked("c")))
    dialog.next()
    assert row(dialog, "m", "b").problem() == "This question needs an answer."
    assert find(dialog, Mark, "form.q.b.1").hasFocus()
    key(Qt.Key.Key_1)
    settle(dialog)
    assert row(dialog, "m", "b").problem() == ""


def test_a_row_comes_and_goes_and_the_others_stay(ask: Ask) -> None:
    dialog = ask(matrix(asked("a"), asked("b", **when("a", answerCoding=OFTEN[2]["valueCoding"])), asked("c")))
    last = row(dialog, "m", "c")
    find(dialog, Mark, "form.q.c.1").setFocus()
    press(dialog, "form.q.a.3")
    assert top(dialog, row(dialog, "m", "a")) < top(dialog, row(dialog, "m", "b")) < top(dialog, last)
    assert row(dialog, "m", "c") is last
    press(dialog, "form.q.a.1")
    assert dialog.row(at("b", "m")) is None
    assert find(dialog, Heads, "").isVisible()


def test_the_heads_stay_in_sight(ask: Ask) -> None:
    dialog = ask(matrix(*(asked(f"q{n}") for n in range(30)), question("z")))
    view = find(dialog, PageView, "form.page.m")
    row(dialog, "m", "z")
    view.verticalScrollBar().setValue(400)
    (pinned,) = view.viewport().findChildren(Heads, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert (pinned.y(), pinned.isVisible()) == (0, True)
    view.verticalScrollBar().setValue(0)
    assert not pinned.isVisible()


def test_without_room_the_questions_stand_below_each_other(ask: Ask) -> None:
    dialog = ask(matrix(asked("a"), asked("b")))
    press(dialog, "form.q.a.2")
    dialog.next()
    dialog.back()
    dialog.window().resize(480, 640)
    assert not any(heads.isVisible() for heads in dialog.findChildren(Heads))
    shown = find(row(dialog, "m", "a"), QAbstractButton, "form.q.a.2")
    assert (isinstance(shown, Mark), shown.isChecked()) == (False, True)
    dialog.window().resize(770, 640)
    assert find(row(dialog, "m", "a"), Mark, "form.q.a.2").isChecked()


def table(code: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return question("table", "group", text="Medicines", extension=[control(code)], item=list(items), **more)


def medicines() -> dict[str, Any]:
    return table("gtable", question("name"), question("dose", "decimal"), repeats=True)


def test_groups_that_repeat_stand_as_lines_of_a_table(ask: Ask) -> None:
    dialog = ask(
        group("1", table("gtable", question("name"), question("dose", "decimal"), repeats=True), question("z"))
    )
    type_in(dialog, "form.q.name.line", "Apixaban")
    press(dialog, "form.q.table.more")
    type_in(dialog, "form.q.name_1.line", "Aspirin")
    type_in(dialog, "form.q.dose_1.line", "75")
    first, second = (row(dialog, "1", "table", "name"), dialog.row((("1", 0), ("table", 1), ("name", 0))))
    assert second is not None
    assert top(dialog, first) < top(dialog, second)
    assert top(dialog, first) == top(dialog, row(dialog, "1", "table", "dose"))
    assert second.accessibleName() == "Medicines 2, name"
    away = find(dialog, QAbstractButton, "form.q.table_1.away")
    assert away.accessibleName() == "Take line 2 away"
    press(dialog, "form.q.table.away")
    assert told(dialog, "1", "table", "name") == ["Aspirin"]


def test_what_is_wrong_in_a_table_is_said_in_its_cell(ask: Ask) -> None:
    dialog = ask(
        group("1", table("gtable", question("name"), question("dose", "decimal"), repeats=True), question("z"))
    )
    type_in(dialog, "form.q.dose.line", "much")
    find(dialog, QLineEdit, "form.q.name.line").setFocus()
    settle(dialog)
    assert row(dialog, "1", "table", "dose").problem() == "much is not a number. Write it like 72.5."


def test_groups_of_the_same_questions_stand_as_a_grid(ask: Ask) -> None:
    lines = [group(name, question(f"{name}.1", "boolean"), question(f"{name}.2", "date")) for name in ("m", "f")]
    dialog = ask(group("1", table("grid", *lines), question("z")))
    press(dialog, "form.q.f.1.1")
    assert told(dialog, "1", "table", "f", "f.1") == [True]
    assert top(dialog, row(dialog, "1", "table", "m", "m.1")) == top(dialog, row(dialog, "1", "table", "m", "m.2"))


def test_a_table_that_is_too_wide_is_shown_as_rows(ask: Ask) -> None:
    many = [question(f"q{n}") for n in range(8)]
    dialog = ask(group("1", table("gtable", *many, repeats=True), question("z")))
    assert dialog.findChild(TableRow) is None
    assert row(dialog, "1", "table", "q7").isVisible()


def eyes(*more: dict[str, Any], **right: Any) -> dict[str, Any]:
    """A grid of two lines and two columns."""
    lines = (group("l", question("l.1"), question("l.2")), group("r", question("r.1", **right), question("r.2")))
    return question("eyes", "group", text="Eyes", extension=[control("grid")], item=[*lines, *more])


def test_a_grid_that_is_a_whole_page_is_a_table_and_says_its_name_once(ask: Ask) -> None:
    dialog = ask(eyes())
    assert pages(dialog) == ["Eyes", "Review"]
    assert find(dialog, TableRow, "").accessibleName() == "Eyes"
    assert top(dialog, row(dialog, "eyes", "l", "l.1")) == top(dialog, row(dialog, "eyes", "l", "l.2"))
    assert [head.accessibleName() for head in dialog.findChildren(GroupHead)] == []


def test_a_cell_comes_and_goes_in_its_own_column(ask: Ask) -> None:
    dialog = ask(eyes(**when("l.1", answerString="bad")))
    below = row(dialog, "eyes", "r", "r.2")
    assert left(below) == left(row(dialog, "eyes", "l", "l.2"))
    type_in(dialog, "form.q.l.1.line", "bad")
    assert find(dialog, QLineEdit, "form.q.l.1.line").hasFocus()
    assert left(row(dialog, "eyes", "r", "r.1")) == left(row(dialog, "eyes", "l", "l.1"))
    assert row(dialog, "eyes", "r", "r.2") is below
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)
    assert find(dialog, QLineEdit, "form.q.r.1.line").hasFocus()


def test_up_and_down_go_through_a_column(ask: Ask) -> None:
    dialog = ask(eyes())
    find(dialog, QLineEdit, "form.q.l.2.line").setFocus()
    key(Qt.Key.Key_Down)
    assert find(dialog, QLineEdit, "form.q.r.2.line").hasFocus()
    key(Qt.Key.Key_Up)
    assert find(dialog, QLineEdit, "form.q.l.2.line").hasFocus()


def test_a_grid_with_words_to_read_keeps_them(ask: Ask) -> None:
    dialog = ask(eyes(question("note", "display", text="Without glasses")))
    assert dialog.findChild(TableRow) is None
    assert find(dialog, QWidget, "form.q.note").isVisible()


def test_a_group_that_is_a_line_by_itself_is_a_table_of_one(ask: Ask) -> None:
    dialog = ask(matrix(question("a"), question("b", "date"), code="gtable"))
    assert top(dialog, row(dialog, "m", "a")) == top(dialog, row(dialog, "m", "b"))


def test_going_on_stops_at_the_cell_that_wants_an_answer(ask: Ask) -> None:
    dialog = ask(eyes(required=True))
    dialog.next()
    assert row(dialog, "eyes", "r", "r.1").problem() == "This question needs an answer."
    assert find(dialog, QLineEdit, "form.q.r.1.line").hasFocus()


def test_dates_take_more_room_than_words(ask: Ask) -> None:
    many = [question(f"d{n}", "dateTime") for n in range(4)]
    dialog = ask(group("1", table("gtable", *many, repeats=True), question("z")))
    assert dialog.findChild(TableRow) is None
    assert row(dialog, "1", "table", "d3").isVisible()
