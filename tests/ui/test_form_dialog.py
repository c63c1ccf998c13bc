"""A form as somebody fills it in: real keys and clicks on the dialog that is built from a Questionnaire."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.questionnaire import Filling
from reception.domain.questionnaire.values import Value
from reception.ui.form import REVIEW, Act, Alarm, Desk, Flag, FormDialog
from reception.ui.form.choices import Choices, Listed, Looked
from reception.ui.form.dates import Clock, Day, Moment
from reception.ui.form.files import File, Told
from reception.ui.form.review import Givens
from reception.ui.form.rows import QuestionRow
from reception.ui.form.several import Several
from reception.ui.form.typed import Lines, Measure, Number, Slide, Words
from reception.ui.tokens import Tone
from tests.domain.sheets import HL7, coded, concept, extended, form, question
from tests.ui.forms import (
    NO,
    TODAY,
    UK,
    UK_NOW,
    YES,
    Ask,
    at,
    control,
    find,
    group,
    key,
    links,
    pages,
    press,
    row,
    settle,
    told,
    top,
    type_in,
    when,
)

COLOURS = [coded(name.lower(), name) for name in ("Red", "Green", "Blue")]
LONG = [coded(f"c{n}", f"Answer {n}") for n in range(14)]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (question(kind="boolean"), Choices),
        (question(kind="boolean", extension=[control("check-box")]), Choices),
        (question(kind="choice", answerOption=COLOURS), Choices),
        (question(kind="choice", answerOption=COLOURS, repeats=True), Choices),
        (question(kind="choice", answerOption=LONG[:8]), Listed),
        (question(kind="choice", answerOption=COLOURS, extension=[control("drop-down")]), Listed),
        (question(kind="choice", answerOption=LONG), Looked),
        (question(kind="choice", answerOption=LONG, extension=[control("radio-button")]), Choices),
        (question(kind="choice", answerOption=COLOURS, extension=[control("autocomplete")]), Looked),
        (question(kind="choice", answerOption=LONG, repeats=True), Several),
        (question(kind="choice", answerValueSet="urn:away"), Words),
        (question(kind="open-choice", answerOption=COLOURS), Choices),
        (question(kind="string"), Words),
        (question(kind="string", repeats=True), Several),
        (question(kind="text"), Lines),
        (question(kind="url"), Words),
        (question(kind="integer"), Number),
        (question(kind="decimal"), Number),
        (question(kind="integer", extension=[control("slider")]), Slide),
        (question(kind="quantity"), Measure),
        (question(kind="date"), Day),
        (question(kind="dateTime"), Moment),
        (question(kind="time"), Clock),
        (question(kind="attachment"), File),
        (question(kind="reference"), Words),
        (question(kind="string", readOnly=True), Told),
    ],
)
def test_every_kind_of_question_has_its_control(ask: Ask, item: dict[str, Any], kind: type[QWidget]) -> None:
    assert type(row(ask(item), "q").control) is kind


def test_yes_and_no_are_pressed_and_taken_back(ask: Ask) -> None:
    dialog = ask(question(kind="boolean"))
    press(dialog, "form.q.q.1")
    assert told(dialog, "q") == [True]
    press(dialog, "form.q.q.2")
    assert told(dialog, "q") == [False]
    press(dialog, "form.q.q.2")
    assert told(dialog, "q") == []


def test_y_and_n_answer_the_question_that_has_the_keyboard(ask: Ask) -> None:
    dialog = ask(question("one", "boolean"), question("two", "boolean"))
    key(Qt.Key.Key_Y)
    assert told(dialog, "one") == [True]
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_N)
    assert (told(dialog, "one"), told(dialog, "two")) == ([True], [False])
    key(Qt.Key.Key_Delete)
    assert told(dialog, "two") == []


def test_digits_choose_and_arrows_move(ask: Ask) -> None:
    dialog = ask(question(kind="choice", answerOption=COLOURS))
    key(Qt.Key.Key_2)
    assert [one["code"] for one in told(dialog, "q")] == ["green"]
    key(Qt.Key.Key_Down)
    assert [one["code"] for one in told(dialog, "q")] == ["blue"]


def test_of_several_answers_one_that_stands_alone_takes_the_others_away(ask: Ask) -> None:
    none = coded("none", "None", extension=[extended(f"{HL7}questionnaire-optionExclusive", valueBoolean=True)])
    dialog = ask(question(kind="choice", repeats=True, answerOption=[*COLOURS, none]))
    for name in ("form.q.q.1", "form.q.q.3"):
        press(dialog, name)
    assert [one["code"] for one in told(dialog, "q")] == ["red", "blue"]
    press(dialog, "form.q.q.4")
    assert [one["code"] for one in told(dialog, "q")] == ["none"]
    press(dialog, "form.q.q.2")
    assert [one["code"] for one in told(dialog, "q")] == ["green"]


def test_an_open_choice_takes_other_words(ask: Ask) -> None:
    dialog = ask(question(kind="open-choice", answerOption=COLOURS))
    press(dialog, "form.q.q.4")
    type_in(dialog, "form.q.q.other", "Mauve")
    assert told(dialog, "q") == ["Mauve"]


def test_a_list_that_opens_begins_with_no_answer(ask: Ask) -> None:
    dialog = ask(question(kind="choice", answerOption=LONG[:8]))
    QTest.keyClick(find(dialog, QWidget, "form.q.q.list"), Qt.Key.Key_Down)
    held = row(dialog, "q").control
    assert isinstance(held, Listed)
    held.select.activated.emit(held.select.currentIndex())
    assert [one["code"] for one in told(dialog, "q")] == ["c0"]


def test_a_long_list_is_searched_and_refuses_what_it_does_not_hold(ask: Ask) -> None:
    dialog = ask(question(kind="choice", answerOption=LONG), question("after"))
    type_in(dialog, "form.q.q.line", "answer 7")
    assert [one["code"] for one in told(dialog, "q")] == ["c7"]
    type_in(dialog, "form.q.q.line", "answer 99")
    find(dialog, QLineEdit, "form.q.after.line").setFocus()
    settle(dialog)
    assert row(dialog, "q").problem().startswith("answer 99 isn't in the list.")
    assert told(dialog, "q") == []


@pytest.mark.parametrize(
    ("item", "part", "typed", "value"),
    [
        (question(), "line", "Beatrix", Value("string", "Beatrix")),
        (question(kind="url"), "line", "https://example.org", Value("uri", "https://example.org")),
        (question(kind="reference"), "line", "Dr Obi", Value("Reference", {"display": "Dr Obi"})),
        (question(kind="integer"), "line", "12", Value("integer", 12)),
        (question(kind="decimal"), "line", "72.50", Value("decimal", Decimal("72.50"))),
        (question(kind="date"), "line", "21/11/2026", Value("date", "2026-11-21")),
        (question(kind="date"), "line", "9/2024", Value("date", "2024-09")),
        (question(kind="date"), "line", "2024", Value("date", "2024")),
        (question(kind="time"), "time", "9:30", Value("time", "09:30:00")),
        (question(kind="dateTime"), "line", "9/2024", Value("dateTime", "2024-09")),
    ],
)
def test_what_is_typed_is_the_answer(ask: Ask, item: dict[str, Any], part: str, typed: str, value: Value) -> None:
    dialog = ask(item)
    type_in(dialog, f"form.q.q.{part}", typed)
    found = dialog.filling.row(at("q"))
    assert found is not None
    assert found.values == (value,)


def test_a_moment_is_in_the_clinics_time(ask: Ask) -> None:
    dialog = ask(question(kind="dateTime"))
    type_in(dialog, "form.q.q.line", "1/7/2026")
    type_in(dialog, "form.q.q.time", "10:30")
    assert told(dialog, "q") == ["2026-07-01T10:30:00+01:00"]


def test_a_quantity_has_its_unit(ask: Ask) -> None:
    units = [
        extended(f"{HL7}questionnaire-unitOption", valueCoding={"system": "urn:u", "code": code, "display": code})
        for code in ("kg", "lb")
    ]
    dialog = ask(question(kind="quantity", extension=units))
    type_in(dialog, "form.q.q.line", "72.5")
    assert told(dialog, "q") == [{"value": Decimal("72.5"), "unit": "kg", "system": "urn:u", "code": "kg"}]
    measure = row(dialog, "q").control
    assert isinstance(measure, Measure)
    measure.unit.setCurrentIndex(1)
    measure.unit.activated.emit(1)
    assert told(dialog, "q")[0]["code"] == "lb"


def test_a_slider_that_nobody_touched_is_no_answer(ask: Ask) -> None:
    bounds = [extended(f"{HL7}minValue", valueInteger=0), extended(f"{HL7}maxValue", valueInteger=10)]
    dialog = ask(question(kind="integer", extension=[control("slider"), *bounds]))
    assert told(dialog, "q") == []
    slide = row(dialog, "q").control
    assert isinstance(slide, Slide)
    QTest.keyClick(slide.slider, Qt.Key.Key_Right)
    assert told(dialog, "q") == [1]


def test_a_question_that_repeats_takes_several_lines(ask: Ask) -> None:
    dialog = ask(question(repeats=True))
    type_in(dialog, "form.q.q.line", "Nuts")
    press(dialog, "form.q.q.more")
    type_in(dialog, "form.q.q.2.line", "Latex")
    assert told(dialog, "q") == ["Nuts", "Latex"]
    press(dialog, "form.q.q.1.away")
    assert told(dialog, "q") == ["Latex"]


def test_a_file_is_taken_and_one_that_is_too_large_is_told(ask: Ask, tmp_path: Path) -> None:
    largest = extended(f"{HL7}maxSize", valueDecimal=20_000)
    dialog = ask(question(kind="attachment", extension=[largest]))
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    assert picture.save(str(tmp_path / "skin.png"))
    (tmp_path / "film.png").write_bytes(b"x" * 30_000)
    taken = row(dialog, "q").control
    assert isinstance(taken, File)
    taken.take(tmp_path / "skin.png")
    assert [(one["title"], one["contentType"]) for one in told(dialog, "q")] == [("skin.png", "image/png")]
    taken.take(tmp_path / "film.png")
    settle(dialog)
    assert told(dialog, "q") == []
    assert row(dialog, "q").problem().startswith("film.png is too large.")


def test_a_question_comes_when_it_is_asked_for_and_the_keyboard_stays(ask: Ask) -> None:
    dialog = ask(question("thin", "boolean"), question("which", **when("thin", answerBoolean=True)), question("last"))
    assert links(dialog) == ["thin", "last"]
    key(Qt.Key.Key_Y)
    assert links(dialog) == ["thin", "which", "last"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert row(dialog, "thin").isAncestorOf(focus)
    key(Qt.Key.Key_N)
    assert links(dialog) == ["thin", "last"]


def test_tab_goes_through_the_questions_as_they_stand_and_then_to_the_foot(ask: Ask) -> None:
    ask(question("thin", "boolean"), question("which", **when("thin", answerBoolean=True)), question("last"))
    key(Qt.Key.Key_Y)
    stops = []
    for _ in range(4):
        key(Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    names = [stop.objectName() for stop in stops if stop is not None]
    assert names == ["form.q.which.line", "form.q.last.line", "form.next", "form.q.thin.1"]


def test_what_was_typed_comes_back_with_its_question(ask: Ask) -> None:
    dialog = ask(question("thin", "boolean"), question("which", **when("thin", answerBoolean=True)))
    press(dialog, "form.q.thin.1")
    type_in(dialog, "form.q.which.line", "Apixaban")
    press(dialog, "form.q.thin.2")
    press(dialog, "form.q.thin.1")
    assert find(dialog, QLineEdit, "form.q.which.line").text() == "Apixaban"


def test_the_page_does_not_jump_when_rows_come_above(ask: Ask) -> None:
    many = [question(f"q{n}") for n in range(30)]
    dialog = ask(
        question("first", **when("last", answerBoolean=True)), *many, question("last", "boolean"), question("end")
    )
    path = at("last")
    assert dialog.row(path) is not None
    row(dialog, "last").control.inputs()[0].setFocus()
    QTest.qWait(1)
    before = row(dialog, "last").mapTo(dialog, QPoint())
    key(Qt.Key.Key_Y)
    assert "first" in [one.item.link_id for one in dialog.findChildren(QuestionRow)]
    assert row(dialog, "last").mapTo(dialog, QPoint()) == before


def test_a_typed_answer_is_judged_when_the_keyboard_leaves_it(ask: Ask) -> None:
    dialog = ask(question("day", "date"), question("after"))
    type_in(dialog, "form.q.day.line", "31/11/2026")
    settle(dialog)
    assert row(dialog, "day").problem() == ""
    find(dialog, QLineEdit, "form.q.after.line").setFocus()
    settle(dialog)
    assert row(dialog, "day").problem() == "November has 30 days."
    assert dialog.steps()[0].progress == "1 answer to correct"
    assert find(dialog, QLineEdit, "form.q.day.line").accessibleDescription() == "November has 30 days."
    assert find(dialog, QLineEdit, "form.q.day.line").text() == "31/11/2026"


def test_a_date_is_written_as_the_clinic_writes_it(ask: Ask) -> None:
    dialog = ask(question("day", "date"), question("after"))
    type_in(dialog, "form.q.day.line", "sep 2024")
    find(dialog, QLineEdit, "form.q.after.line").setFocus()
    assert find(dialog, QLineEdit, "form.q.day.line").text() == "09 / 2024"


def test_next_stops_at_the_first_answer_that_is_wanting(ask: Ask) -> None:
    dialog = ask(
        group("1", question("1.1"), question("1.2", required=True), question("1.3", required=True)),
        group("2", question("2.1")),
    )
    press(dialog, "form.next")
    assert dialog.key == "1"
    assert QApplication.focusWidget() is find(dialog, QLineEdit, "form.q.1.2.line")
    assert row(dialog, "1", "1.2").problem() != ""
    assert dialog.foot.text() == "2 answers to correct, then section 2"
    type_in(dialog, "form.q.1.2.line", "a")
    type_in(dialog, "form.q.1.3.line", "b")
    key(Qt.Key.Key_Return)
    assert dialog.key == "2"


def test_back_and_the_steps_go_anywhere(ask: Ask) -> None:
    dialog = ask(group("1", question("1.1", required=True)), group("2", question("2.1")))
    assert pages(dialog) == ["Part 1", "Part 2", "Review"]
    dialog.show_page("2")
    key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.key == "1"


def test_finishing_goes_to_the_first_page_with_something_to_correct(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(group("1", question("1.1")), group("2", question("2.1", required=True)))
    dialog.show_page(REVIEW)
    press(dialog, "form.finish")
    assert dialog.key == "2"
    type_in(dialog, "form.q.2.1.line", "there")
    key(Qt.Key.Key_Return)
    assert dialog.key == REVIEW
    with qtbot.waitSignal(dialog.submitted):
        key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_groups_that_repeat_are_added_and_taken_away(ask: Ask) -> None:
    dialog = ask(group("1", question("1.0"), group("drug", question("name"), repeats=True)))
    type_in(dialog, "form.q.name.line", "Apixaban")
    press(dialog, "form.q.drug.more")
    type_in(dialog, "form.q.name_1.line", "Aspirin")
    assert [path[1] for path in (one.path for one in dialog.findChildren(QuestionRow)) if path[-1][0] == "name"] == [
        ("drug", 0),
        ("drug", 1),
    ]
    press(dialog, "form.q.drug.away")
    assert told(dialog, "1", "drug", "name") == ["Aspirin"]
    assert row(dialog, "1", "drug", "name").answer() == (Value("string", "Aspirin"),)


def test_the_review_shows_flagged_answers_first_and_leads_back(ask: Ask) -> None:
    dialog = ask(group("1", question("1.1", "boolean"), question("1.2")), group("2", question("2.1", "date")))
    press(dialog, "form.q.1.1.1")
    dialog.show_page("2")
    type_in(dialog, "form.q.2.1.line", "9/2024")
    dialog.show_meaning((), (Flag("1.1", Tone.DANGER, "octagon"),))
    dialog.show_page(REVIEW)
    flagged = find(dialog, Givens, "form.review.flagged").lines()
    assert [(line.question, line.answer, line.tone) for line in flagged] == [("1.1", "Yes", Tone.DANGER)]
    first, second = (find(dialog, Givens, f"form.review.{n}").lines() for n in (1, 2))
    assert [(line.question, line.answer) for line in first] == [("1.2", "not answered")]
    assert [(line.question, line.answer) for line in second] == [("2.1", "September 2024")]
    press(dialog, "form.change.2")
    assert dialog.key == "2"


def test_an_alarm_stands_under_its_question(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(question("one", "boolean"), question("two"))
    dialog.show_meaning((Alarm("one", "Laser can't be given", "Ask.", Tone.DANGER, (Act("ask", "Ask Ines"),)),), ())
    alarm = find(dialog, QWidget, "form.alarm.one")
    qtbot.waitUntil(lambda: top(dialog, row(dialog, "one")) < top(dialog, alarm) < top(dialog, row(dialog, "two")))
    assert alarm.accessibleName() == "Laser can't be given Ask."
    with qtbot.waitSignal(dialog.acted) as asked:
        press(dialog, "form.alarm.ask")
    assert asked.args == ["ask"]
    dialog.show_meaning((), ())
    assert not alarm.isVisible()


def sign(dialog: FormDialog) -> None:
    pad = dialog.review.signing.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in range(40, 200, 8):
        QTest.mouseMove(pad, QPoint(x, 60 - x % 24))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))


SIGNED = {"extension": [extended(f"{HL7}questionnaire-signatureRequired", valueCodeableConcept=concept("sign"))]}


def test_a_form_that_is_to_be_signed_is_not_finished_without(ask: Ask, qtbot: QtBot) -> None:  # R35
    dialog = ask(question(), **SIGNED)
    dialog.review.signing.show_signer("Beatrix Hale", UK_NOW, "Anna Rivers")
    dialog.show_page(REVIEW)
    press(dialog, "form.finish")
    assert dialog.steps()[-1].progress == "not signed yet"
    sign(dialog)
    signed = dialog.review.signing.signed()
    assert signed is not None
    picture = QImage.fromData(signed.png)
    assert (signed.signer, picture.isNull(), signed.at) == ("Beatrix Hale", False, UK_NOW)
    with qtbot.waitSignal(dialog.submitted):
        press(dialog, "form.finish")


def test_a_typed_name_needs_a_witness(ask: Ask) -> None:  # R35
    dialog = ask(question(), **SIGNED)
    dialog.review.signing.show_signer("Beatrix Hale", UK_NOW, "")
    dialog.show_page(REVIEW)
    press(dialog, "form.signature.type")
    type_in(dialog, "form.signature.typed", "Beatrix Hale")
    assert dialog.review.signing.signed() is None
    type_in(dialog, "form.signature.witness", "Anna Rivers")
    assert dialog.review.signing.signed() is not None


def test_a_signature_that_a_draft_kept_stands_there_again(ask: Ask) -> None:  # R35
    dialog = ask(question(), **SIGNED)
    dialog.review.signing.show_signer("Beatrix Hale", UK_NOW, "Anna Rivers")
    dialog.show_page(REVIEW)
    sign(dialog)
    kept = dialog.review.signing.raw()
    again = ask(question(), **SIGNED)
    again.review.signing.put(kept)
    again.review.signing.show_signer("Beatrix Hale", UK_NOW + timedelta(hours=1), "Anna Rivers")
    signed = again.review.signing.signed()
    assert signed is not None
    assert (signed.signer, signed.at) == ("Beatrix Hale", UK_NOW)


def test_an_answer_that_changes_takes_the_signature_away(ask: Ask) -> None:  # R35
    dialog = ask(question(), **SIGNED)
    dialog.review.signing.show_signer("Beatrix Hale", UK_NOW, "Anna Rivers")
    dialog.show_page(REVIEW)
    sign(dialog)
    press(dialog, "form.change.q")
    type_in(dialog, "form.q.q.line", "otherwise")
    assert not dialog.review.signing.pad.is_signed()


def test_copied_answers_wait_for_a_yes(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(group("1", question("1.1"), question("1.2"), question("1.3", "boolean")))
    type_in(dialog, "form.q.1.1.line", "mine")
    earlier = Filling(dialog.filling.form, today=TODAY)
    for link, value in (("1.1", Value("string", "old")), ("1.2", Value("string", "kept")), ("1.3", YES)):
        earlier.put(at(link, "1"), (value,))
    dialog.copy(earlier.response(completed=False), "Copied from 3 Oct. Is it still right?")
    assert [told(dialog, "1", link) for link in ("1.1", "1.2", "1.3")] == [["mine"], ["kept"], [True]]
    press(dialog, "form.next")
    assert dialog.key == "1"
    assert dialog.foot.text() == "2 copied answers to confirm, then section 2"
    press(dialog, "form.q.1.2.confirm")
    press(dialog, "form.q.1.3.2")
    press(dialog, "form.next")
    assert dialog.key == REVIEW


def test_what_a_draft_keeps_stands_there_again(ask: Ask) -> None:
    items = group("1", question("1.1")), group("2", question("2.1", "date"), question("2.2"))
    dialog = ask(*items)
    dialog.show_page("2")
    type_in(dialog, "form.q.2.1.line", "31/11/2026")
    type_in(dialog, "form.q.2.2.line", "words")
    answers, unread = dialog.filling.response(completed=False), dialog.unread()
    again = ask(*items, answers=answers)
    again.resume(unread, {}, "2")
    settle(again)
    assert again.key == "2"
    assert find(again, QLineEdit, "form.q.2.1.line").text() == "31/11/2026"
    assert row(again, "2", "2.1").problem() == "November has 30 days."
    assert find(again, QLineEdit, "form.q.2.2.line").text() == "words"


def test_a_locked_form_is_read_and_not_changed(qtbot: QtBot) -> None:  # R35
    asked = form(group("1", question("1.1", "boolean")))
    filling = Filling(asked, today=TODAY)
    filling.put(at("1.1", "1"), (NO,))
    dialog = FormDialog(filling, Desk(UK, TODAY), locked=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.key == REVIEW
    assert [line.answer for line in find(dialog, Givens, "form.review.1").lines()] == ["No"]
    assert dialog.findChild(QAbstractButton, "form.change.1") is None
    assert not dialog.foot.isVisible()


def test_a_screen_reader_hears_questions_as_groups_and_answers_as_radio_buttons(ask: Ask) -> None:
    dialog = ask(question("one", "boolean", text="Are you pregnant?", prefix="2.1", required=True))
    asked = QAccessible.queryAccessibleInterface(row(dialog, "one"))
    answer = QAccessible.queryAccessibleInterface(find(dialog, QAbstractButton, "form.q.one.1"))
    assert asked.role() == QAccessible.Role.Grouping
    assert asked.text(QAccessible.Text.Name) == "2.1 Are you pregnant?, must be answered"
    assert answer.role() == QAccessible.Role.RadioButton
    assert answer.text(QAccessible.Text.Name) == "Yes"


def test_a_long_form_opens_with_what_is_in_sight(qtbot: QtBot) -> None:
    # Rows are made as they come into sight: that is what lets a form of 800 questions open at once.
    items = [question(f"q{n}", "boolean" if n % 2 else "string", text=f"Question {n}?") for n in range(800)]
    asked = form(group("1", *items))
    dialog = FormDialog(Filling(asked, today=TODAY), Desk(UK, TODAY))
    qtbot.addWidget(dialog)
    dialog.resize(770, 640)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert 0 < len(dialog.findChildren(QuestionRow)) < 100
    dialog.row(at("q799", "1"))
    assert len(dialog.findChildren(QuestionRow)) == 800
