from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reception.domain.errors import Invalid
from reception.domain.ledger import State
from reception.domain.money import Money
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    Answers,
    Banner,
    Button,
    Check,
    Chip,
    DateEdit,
    Elided,
    Form,
    Kind,
    LineEdit,
    ListColumn,
    ListModel,
    ListTable,
    MiniMonth,
    MoneyEdit,
    Month,
    Notice,
    Pick,
    PickList,
    PickModel,
    Pips,
    Prose,
    Segmented,
    Select,
    Spin,
    TextArea,
    TimeEdit,
    clear,
    hbox,
    pane,
    vbox,
)
from reception.ui.widgets.date_edit import MonthPopup
from reception.ui.widgets.pick_list import found_parts

LEFT = Qt.MouseButton.LeftButton
W = TypeVar("W", bound=QWidget)
TODAY = date(2026, 11, 22)


def shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def centre(month: MiniMonth, day: date) -> QPoint:
    return month.box(day).center().toPoint()


def test_buttons_answer_to_mouse_space_and_enter(qtbot: QtBot) -> None:
    button = shown(qtbot, Button("Book", Kind.PRIMARY, key="Enter"))
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)


def test_a_disabled_button_does_nothing(qtbot: QtBot) -> None:
    button = shown(qtbot, Button("Book"))
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, LEFT)


def test_a_button_grows_with_its_words(qtbot: QtBot) -> None:
    button = shown(qtbot, Button("Settle"))
    narrow = button.sizeHint().width()
    button.show_words("Settle 375.50")
    assert button.sizeHint().width() > narrow
    assert button.accessibleName() == "Settle 375.50"


def test_an_icon_alone_is_named_by_its_tip(qtbot: QtBot) -> None:
    assert shown(qtbot, Button(icon="x", tip="Close")).accessibleName() == "Close"


def test_segments_are_chosen_by_mouse_and_by_arrows(qtbot: QtBot) -> None:
    segmented = shown(qtbot, Segmented(["Day", "Week", "Room"]))
    chosen: list[int] = []
    segmented.chosen.connect(chosen.append)
    qtbot.mouseClick(segmented.button(1), LEFT)
    segmented.button(1).setFocus()
    qtbot.keyClick(segmented.button(1), Qt.Key.Key_Right)
    assert chosen == [1, 2]
    assert segmented.index() == 2


def test_choosing_a_segment_by_program_is_silent(qtbot: QtBot) -> None:
    segmented = shown(qtbot, Segmented(["The client", "The clinic"]))
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.choose(1)
    assert segmented.index() == 1


def test_digits_choose_answers(qtbot: QtBot) -> None:
    answers = shown(qtbot, Answers(["Take it", "Give it back", "Give it back, no fee"]))
    answers.answer(0).setFocus()
    with qtbot.waitSignal(answers.changed):
        qtbot.keyClick(answers.answer(0), Qt.Key.Key_3)
    assert answers.index() == 2
    answers.answer(1).setEnabled(False)
    qtbot.keyClick(answers.answer(2), Qt.Key.Key_2)
    assert answers.index() == 2


def test_several_answers_may_hold(qtbot: QtBot) -> None:
    answers = shown(qtbot, Answers(["Asthma", "Diabetes", "None of these"], many=True))
    qtbot.mouseClick(answers.answer(0), LEFT)
    qtbot.mouseClick(answers.answer(1), LEFT)
    assert answers.indexes() == (0, 1)
    answers.choose()
    assert answers.indexes() == ()


def test_a_check_box_is_pressed_on_its_words(qtbot: QtBot) -> None:
    check = shown(qtbot, Check("I agree"))
    qtbot.mouseClick(check, LEFT, pos=QPoint(60, 12))
    assert check.isChecked()


def test_a_select_keeps_its_value_over_other_offers(qtbot: QtBot) -> None:
    select = shown(qtbot, Select([(7, "Ines"), (9, "Tomas")]))
    select.choose(9)
    select.fill([(9, "Tomas"), (11, "Freya")])
    assert select.value() == 9
    select.fill([(11, "Freya")])
    assert select.value() == 11
    select.fill([])
    assert select.value() is None


def test_a_select_tells_of_the_desks_choice_only(qtbot: QtBot) -> None:
    select = shown(qtbot, Select([(7, "Ines"), (9, "Tomas")]))
    with qtbot.assertNotEmitted(select.chosen):
        select.choose(9)
    with qtbot.waitSignal(select.chosen) as told:
        qtbot.keyClick(select, Qt.Key.Key_Up)
    assert told.args == [7]


def test_money_is_tidied_when_one_leaves_it(qtbot: QtBot, formats: Formats) -> None:
    edit, other = MoneyEdit(formats), LineEdit()
    window = shown(qtbot, pane(vbox(edit, other)))
    assert window.isVisible()
    edit.setFocus()
    qtbot.keyClicks(edit, "1480.5")
    other.setFocus()
    assert edit.text() == "1,480.50"
    assert edit.amount() == Money(148_050)


def test_what_is_no_amount_stays_as_typed(qtbot: QtBot, formats: Formats) -> None:
    edit, other = MoneyEdit(formats, Money(100)), LineEdit()
    window = shown(qtbot, pane(vbox(edit, other)))
    assert window.isVisible()
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "ten")
    other.setFocus()
    assert edit.text() == "ten"
    with pytest.raises(Invalid):
        edit.amount()


def test_times_go_by_quarters(qtbot: QtBot, formats: Formats) -> None:
    edit = shown(qtbot, TimeEdit(formats, 570))
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert (edit.text(), edit.minutes()) == ("09:45", 585)
    edit.show_minutes(1440)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.minutes() == 1440
    edit.clear()
    assert edit.minutes() is None


def test_dates_go_by_days(qtbot: QtBot, formats: Formats) -> None:
    edit = shown(qtbot, DateEdit(formats, TODAY, today=TODAY))
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert (edit.text(), edit.day()) == ("21 Nov 2026", date(2026, 11, 21))


def test_a_date_is_picked_from_its_month(qtbot: QtBot, formats: Formats) -> None:
    edit = shown(qtbot, DateEdit(formats, date(2026, 11, 24), today=TODAY))
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = edit.findChild(MonthPopup)
    assert popup is not None
    days = popup.month.days
    with qtbot.waitSignals([edit.edited, popup.destroyed]):
        qtbot.mouseClick(days, LEFT, pos=centre(days, date(2026, 11, 26)))
    assert edit.day() == date(2026, 11, 26)


def test_counts_are_typed_and_stepped(qtbot: QtBot) -> None:
    spin = shown(qtbot, Spin(6, 1, 8))
    more = next(button for button in spin.findChildren(Button) if button.accessibleName() == "More")
    qtbot.mouseClick(more, LEFT)
    qtbot.keyClick(spin, Qt.Key.Key_Up)
    qtbot.keyClick(spin, Qt.Key.Key_Up)
    assert spin.value() == 8


@pytest.mark.parametrize("make", [LineEdit, TextArea])
def test_fields_tell_of_typing(qtbot: QtBot, make: type[LineEdit | TextArea]) -> None:
    edit = shown(qtbot, make())
    with qtbot.waitSignal(edit.edited):
        qtbot.keyClicks(edit, "1")


def test_a_refusal_stands_beside_its_field(qtbot: QtBot) -> None:
    form = Form(name="client")
    form.add("name", "Name", LineEdit(), required=True)
    field = form.add("phone", "Phone", LineEdit(), hint="with its area code")
    shown(qtbot, form)
    form.show_error("phone", "That is no telephone number.")
    assert form.errors() == {"phone": "That is no telephone number."}
    assert field.control.hasFocus()
    assert field.control.property("wrong") == "true"
    assert field.control.accessibleDescription() == "That is no telephone number."
    form.clear_errors()
    assert form.errors() == {}
    assert field.control.property("wrong") == "false"


def test_a_refusal_without_a_field_stands_above_them(qtbot: QtBot) -> None:
    form = Form()
    form.add("name", "Name", LineEdit())
    shown(qtbot, form)
    form.show_error("", "Ines Lund is busy from 10:00.")
    assert form.errors() == {"": "Ines Lund is busy from 10:00."}
    notice = form.findChild(Notice)
    assert notice is not None
    assert notice.isVisible()


def test_fields_are_named_for_screen_readers(qtbot: QtBot) -> None:
    form = Form()
    field = form.add("phone", "Phone", LineEdit(), required=True)
    shown(qtbot, form)
    words = next(w for w in field.findChildren(QLabel) if w.buddy() is field.control)
    assert (words.text(), field.control.accessibleName(), field.control.objectName()) == ("Phone *", "Phone", "phone")


@pytest.mark.parametrize("make", [Banner, Notice])
def test_messages_hide_until_they_have_something_to_say(qtbot: QtBot, make: type[Banner | Notice]) -> None:
    message = make(Button("Try again"))
    window = shown(qtbot, pane(vbox(message, LineEdit())))
    assert window.isVisible()
    assert not message.isVisible()
    message.say("Not saved.", "The disk is full.", Tone.DANGER)
    assert message.isVisible()
    assert message.text() == "Not saved. The disk is full."
    message.clear()
    assert not message.isVisible()
    assert message.text() == ""


def test_long_data_gives_way_instead_of_widening_the_window(qtbot: QtBot) -> None:
    window = pane(hbox(Elided("A very long name " * 20), Chip("A very long fact " * 20)))
    window.setFixedWidth(300)
    shown(qtbot, window)
    assert window.minimumSizeHint().width() < 300


def test_prose_is_plain_text_whatever_it_holds(qtbot: QtBot) -> None:
    prose = shown(qtbot, Prose("<b>1 < 2</b>"))
    assert "&lt;b&gt;1 &lt; 2&lt;/b&gt;" in prose.text()


def test_pips_are_read_aloud(qtbot: QtBot) -> None:  # R12
    pips = shown(qtbot, Pips((State.REDEEMED, State.RESERVED, State.AVAILABLE)))
    assert pips.accessibleName() == "1 used, 2 booked, 3 left"


def test_a_box_can_be_emptied(qtbot: QtBot) -> None:
    inner = vbox(hbox(LineEdit()), LineEdit())
    window = shown(qtbot, pane(inner))
    clear(inner)
    qtbot.waitUntil(lambda: not window.findChildren(LineEdit))
    assert inner.count() == 0


def test_a_month_is_pressed_and_walked_through(qtbot: QtBot, formats: Formats) -> None:
    month = shown(qtbot, MiniMonth(formats, date(2026, 11, 24), today=TODAY))
    with qtbot.waitSignal(month.chosen) as told:
        qtbot.mouseClick(month, LEFT, pos=centre(month, date(2026, 11, 30)))
    assert told.args == [date(2026, 11, 30)]
    qtbot.keyClick(month, Qt.Key.Key_Right)
    assert month.month() == date(2026, 12, 1)
    with qtbot.waitSignal(month.chosen) as told:
        qtbot.keyClick(month, Qt.Key.Key_Return)
    assert told.args == [date(2026, 12, 1)]


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 6)])
def test_days_lie_where_they_are_found(qtbot: QtBot, formats: Formats, day: date) -> None:
    month = shown(qtbot, MiniMonth(formats, date(2026, 11, 24)))
    assert month.day_at(month.box(day).center()) == day


def test_the_head_of_a_month_goes_on_and_back(qtbot: QtBot, formats: Formats) -> None:
    month = shown(qtbot, Month(formats, date(2026, 12, 31)))
    after = month.findChild(Button, "month_after")
    assert after is not None
    with qtbot.waitSignal(month.month_changed) as told:
        qtbot.mouseClick(after, LEFT)
    assert told.args == [date(2027, 1, 1)]
    assert month.days.day() == date(2026, 12, 31)


@dataclass(frozen=True)
class Person:
    name: str
    owes: str


PEOPLE = (Person("Beatrix Hale", "14.00"), Person("Victor Anan", "0.00"), Person("Ana Brito", ""))
COLUMNS = (
    ListColumn[Person]("Name", lambda person: person.name),
    ListColumn[Person]("Owes", lambda person: person.owes, 90, right=True),
)


def test_a_list_model_is_sound(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    model = ListModel(COLUMNS)
    qtmodeltester.check(model)
    model.show_rows(PEOPLE)
    qtmodeltester.check(model)
    assert model.data(model.index(0, 1)) == "14.00"


def test_a_list_is_walked_through_and_opened(qtbot: QtBot) -> None:
    table = shown(qtbot, ListTable(COLUMNS))
    table.show_rows(PEOPLE)
    table.choose(PEOPLE[0])
    with qtbot.waitSignal(table.chosen) as told:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [PEOPLE[1]]
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [PEOPLE[1]]


def test_a_list_keeps_its_choice_over_a_reload(qtbot: QtBot) -> None:
    table = shown(qtbot, ListTable(COLUMNS))
    table.show_rows(PEOPLE)
    table.choose(PEOPLE[1])
    table.show_rows(PEOPLE[1:])
    assert table.current() == PEOPLE[1]
    table.show_rows(PEOPLE[2:])
    assert table.current() is None


PICKS = (
    Pick("Clients"),
    Pick("Beatrix Hale", 11, "14 Mar 1988", "here now", "1"),
    Pick("Lorna Beaton", 12, "30 Jan 1994", "no visit yet", "2"),
    Pick("Do, for Beatrix Hale"),
    Pick("Check out", "checkout", key="F12", icon="card"),
)


def test_a_pick_model_is_sound(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    model = PickModel()
    qtmodeltester.check(model)
    model.show_picks(PICKS)
    qtmodeltester.check(model)


def picking(qtbot: QtBot) -> PickList:
    picks = PickList("Find a client")
    shown(qtbot, picks)
    picks.show_rows(PICKS)
    return picks


def test_the_first_pick_is_marked_and_enter_chooses_it(qtbot: QtBot) -> None:
    picks = picking(qtbot)
    with qtbot.waitSignal(picks.chosen) as told:
        qtbot.keyClick(picks.line, Qt.Key.Key_Return)
    assert told.args == [11]


def test_arrows_pass_over_the_heads_of_the_list(qtbot: QtBot) -> None:
    picks = picking(qtbot)
    qtbot.keyClick(picks.line, Qt.Key.Key_Down)
    qtbot.keyClick(picks.line, Qt.Key.Key_Down)
    assert picks.current() == PICKS[4]
    qtbot.keyClick(picks.line, Qt.Key.Key_Down)
    assert picks.current() == PICKS[4]
    for _ in range(3):
        qtbot.keyClick(picks.line, Qt.Key.Key_Up)
    assert picks.current() == PICKS[1]


def test_a_digit_chooses_and_letters_are_typed(qtbot: QtBot) -> None:
    picks = picking(qtbot)
    with qtbot.waitSignal(picks.query_changed) as typed:
        qtbot.keyClicks(picks.line, "b")
    assert typed.args == ["b"]
    with qtbot.waitSignal(picks.chosen) as told:
        qtbot.keyClicks(picks.line, "2")
    assert told.args == [12]
    assert picks.query() == "b"


def test_digits_without_such_a_pick_are_typed(qtbot: QtBot) -> None:
    picks = picking(qtbot)
    with qtbot.assertNotEmitted(picks.chosen):
        qtbot.keyClicks(picks.line, "07212")
    assert picks.query() == "07212"


def test_escape_leaves_the_list(qtbot: QtBot) -> None:
    picks = picking(qtbot)
    with qtbot.waitSignal(picks.left):
        qtbot.keyClick(picks.line, Qt.Key.Key_Escape)


def test_a_click_chooses(qtbot: QtBot) -> None:
    picks = picking(qtbot)
    box = picks.list.visualRect(picks.list.model().index(2, 0))
    with qtbot.waitSignal(picks.chosen) as told:
        qtbot.mouseClick(picks.list.viewport(), LEFT, pos=box.center())
    assert told.args == [12]


def test_what_was_typed_stands_out_in_what_was_found() -> None:
    assert found_parts("Lorna Beaton", "bea lo") == [
        ("Lo", True),
        ("rna", False),
        (" ", False),
        ("Bea", True),
        ("ton", False),
    ]
