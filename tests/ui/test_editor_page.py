"""The editor of forms in the whole window: made, changed, tried and published by real clicks and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from sqlalchemy import select

from reception.domain import forms, questionnaire, screening, tables
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire.editing import How, Sort
from reception.domain.questionnaire.values import Value
from reception.domain.tables.ids import FormId
from reception.ui.panels.editor import EditorPage
from reception.ui.panels.editor.outline import Line
from reception.ui.panels.editor.starting import Source
from reception.ui.widgets import Check, LineEdit, OrderedTable, Prose, Segmented, Spin, TextArea
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.ui.bench import child, pick
from tests.ui.desk import OpenDesk
from tests.ui.editor import (
    ITEMS,
    NO,
    YES,
    add,
    answer,
    asked,
    begin,
    drag,
    edit,
    line,
    listed,
    look_through,
    newest,
    only,
    opened,
    publish,
    publish_it,
    rule,
    rules,
    shown,
    state,
    tick,
    write,
)


@pytest.fixture
def skin(desk: OpenDesk) -> FormId:
    """A form that laser requires, with the manager at the desk."""
    desk.sit_down(desk.clinic.manager)
    form = publish(desk)
    desk.store.write(screening.set_requirements, desk.clinic.laser, ((form, 180),), actor=desk.clinic.owner)
    return form


@pytest.fixture
def page(desk: OpenDesk, skin: FormId) -> EditorPage:
    """The editor with that form."""
    return edit(desk, skin)


# Changing a form


def test_words_are_typed_kept_seen_and_published(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("2.1")
    write(desk, page.columns.card, "editor.words", "Might you be pregnant?")
    desk.until(lambda: "Might you be pregnant?, must be answered" in shown(page))
    publish_it(desk)
    assert asked(desk, skin, "2.1").words == "Might you be pregnant?"
    assert newest(desk, skin).number == 2
    assert newest(desk, skin).questionnaire.version == "2"


def test_a_question_is_put_in_behind_the_chosen_one_and_takes_the_keyboard(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.1")
    added = add(page, Sort.DATE)
    assert listed(page) == ["1", "1.1", added, "1.2", "2", "2.1"]
    desk.type("Since when?")
    assert line(page, added).words == "Since when?"


def test_the_kind_of_a_question_is_changed(page: EditorPage) -> None:
    page.columns.choose("2.1")
    pick(page.columns.card, "editor.kind", "Pick one")
    assert line(page, "2.1").sort is Sort.PICK_ONE
    assert page.columns.card.findChild(LineEdit, "editor.answer.1") is not None


def test_answers_are_typed_one_after_the_other_with_enter(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.2")
    write(desk, page.columns.card, "editor.answer.1", "Warts")
    desk.key(Qt.Key.Key_Return)
    desk.type("Moles")
    assert [choice.words for choice in line(page, "1.2").choices] == ["Scars", "Warts", "Moles"]


def test_an_answer_is_moved_by_keys_and_taken_away(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.2")
    child(page.columns.card, LineEdit, "editor.answer.0").setFocus()
    desk.ctrl(Qt.Key.Key_Down)
    assert [choice.words for choice in line(page, "1.2").choices] == ["Sores", "Scars"]
    desk.press("editor.answer.0.remove")
    assert [choice.words for choice in line(page, "1.2").choices] == ["Scars"]


def test_a_question_must_be_answered_from_now_on(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("1.2")
    tick(desk, page.columns.card, "editor.required")
    publish_it(desk)
    assert asked(desk, skin, "1.2").required


def test_help_stands_under_the_question(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.help", "Permanent make-up too")
    publish_it(desk)
    assert asked(desk, skin, "1.1").help == "Permanent make-up too"


def test_questions_are_moved_by_keys(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.2")
    page.columns.outline.table.setFocus()
    desk.ctrl(Qt.Key.Key_Up)
    assert listed(page) == ["1", "1.2", "1.1", "2", "2.1"]
    assert page.columns.chosen == "1.2"


def test_questions_are_dragged(desk: OpenDesk, page: EditorPage) -> None:
    table: OrderedTable[Line] = page.columns.outline.table
    view, height = table.viewport(), table.rowHeight(0)
    start, end = QPoint(60, height * 2 + 10), QPoint(60, height * 6 - 4)
    desk.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    drag(view, QPoint(60, height * 4))
    drag(view, end)
    desk.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert listed(page) == ["1", "1.2", "2", "2.1", "1.1"]


def test_a_question_is_copied_and_taken_out_by_keys(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.1")
    page.columns.outline.table.setFocus()
    desk.ctrl(Qt.Key.Key_D)
    assert line(page, page.columns.chosen).words == "Do you have a tattoo?"
    page.columns.outline.table.setFocus()
    desk.key(Qt.Key.Key_Delete)
    assert listed(page) == ["1", "1.1", "1.2", "2", "2.1"]


def test_steps_are_undone_and_done_again_by_keys_also_in_a_field(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("2.1")
    write(desk, page.columns.card, "editor.words", "Are you?")
    desk.ctrl(Qt.Key.Key_Z)
    assert line(page, "2.1").words == "Are you pregnant?"
    assert child(page.columns.card, TextArea, "editor.words").toPlainText() == "Are you pregnant?"
    desk.press("editor.redo")
    assert line(page, "2.1").words == "Are you?"


# When it is asked


def test_a_question_is_asked_only_if_another_is_answered_so(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("1.2")
    tick(desk, page.columns.card, "editor.show_if")
    assert line(page, "1.2").show == only("1.1", How.IS, YES)
    assert shown(page) == ["Do you have a tattoo?, must be answered"]
    answer(desk, page, "Do you have a tattoo?", "Yes")
    assert shown(page) == ["Do you have a tattoo?, must be answered", "What applies?"]
    pick(page.columns.card, "editor.show.0.how", "is left empty")
    assert line(page, "1.2").show == only("1.1", How.EMPTY)
    publish_it(desk)
    (condition,) = asked(desk, skin, "1.2").conditions
    assert (condition.question, condition.operator, condition.answer) == ("1.1", "exists", NO)


def test_a_number_is_compared_once_it_is_typed(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.2")
    hours = add(page, Sort.NUMBER)
    page.columns.choose("2.1")
    tick(desk, page.columns.card, "editor.show_if")
    assert line(page, "2.1").show == only(hours, How.ANSWERED)
    pick(page.columns.card, "editor.show.0.how", "is more than")
    desk.qtbot.keyClicks(child(page.columns.card, LineEdit, "editor.show.0.answer.value"), "30")
    assert line(page, "2.1").show == only(hours, How.MORE, Value("decimal", 30))


def test_only_what_is_asked_before_can_be_looked_at(page: EditorPage) -> None:
    page.columns.choose("1.1")
    assert not child(page.columns.card, Check, "editor.show_if").isEnabled()
    page.columns.choose("2.1")
    assert child(page.columns.card, Check, "editor.show_if").isEnabled()


# What follows from an answer


def test_an_answer_blocks_services_from_the_publishing_on(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("2.1")
    desk.press("editor.answer.0.follows")
    desk.press("editor.answer.0.block")
    pick(page.columns.card, "editor.answer.0.rule.0.services", "Massage")
    write(desk, page.columns.card, "editor.answer.0.rule.0.staff_message", "No laser, no massage")
    assert rules(desk, skin) == ()
    publish_it(desk)
    found = {(one.draft.service, one.draft.effect, one.draft.staff_message) for one in rules(desk, skin)}
    told = "No laser, no massage"
    assert found == {(desk.clinic.laser, Effect.BLOCK, told), (desk.clinic.massage, Effect.BLOCK, told)}


def test_only_what_answers_mean_changes_and_no_version_comes(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("2.1")
    desk.press("editor.answer.0.follows")
    desk.press("editor.answer.0.ask")
    publish_it(desk)
    assert [one.draft.effect for one in rules(desk, skin)] == [Effect.FLAG]
    assert newest(desk, skin).number == 1


def test_a_rule_that_says_the_same_stays_itself_and_another_is_retired(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    rule(desk, skin, "2.1")
    kept = next(one for one in rules(desk, skin) if one.draft.link_id == "1.1")
    page = edit(desk, skin)
    page.columns.choose("2.1")
    desk.press("editor.answer.0.follows")
    desk.press("editor.answer.0.rule.0.remove")
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.words", "A tattoo?")
    publish_it(desk)
    assert [one.id for one in rules(desk, skin)] == [kept.id]


def test_a_block_stands_for_some_days(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    page.columns.choose("1.1")
    desk.press("editor.answer.0.follows")
    pick(page.columns.card, "editor.answer.0.rule.0.lasting", "For some days")
    days = child(page.columns.card, Spin, "editor.answer.0.rule.0.until_days")
    days.selectAll()
    desk.qtbot.keyClicks(days, "30")
    publish_it(desk)
    (found,) = rules(desk, skin)
    assert (found.draft.lasting, found.draft.until_days) == (Lasting.UNTIL, 30)


def test_an_answer_asks_a_clinician_instead_of_blocking(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    page.columns.choose("1.1")
    desk.press("editor.answer.0.follows")
    desk.qtbot.mouseClick(
        child(page.columns.card, Segmented, "editor.answer.0.rule.0.effect").button(0), Qt.MouseButton.LeftButton
    )
    publish_it(desk)
    assert [one.draft.effect for one in rules(desk, skin)] == [Effect.FLAG]


def test_a_notice_is_shown_to_who_answers_so(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.1")
    desk.press("editor.answer.0.follows")
    tick(desk, page.columns.card, "editor.answer.0.notice")
    desk.type("Please speak to us")
    answer(desk, page, "Do you have a tattoo?", "Yes")
    desk.until(lambda: "Please speak to us" in shown(page))


def test_the_preview_says_what_an_answer_means(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    answer(desk, page, "Do you have a tattoo?", "Yes")
    assert page.columns.preview.view is not None
    notice = page.columns.preview.view.findChild(QWidget, "form.alarm.1.1")
    assert notice is not None
    assert notice.accessibleName() == "Laser hair removal is blocked Please speak to us"


def test_rules_that_are_not_edited_here_are_told_and_stay(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin, operator=Operator.EXISTS)
    page = edit(desk, skin)
    page.columns.choose("1.1")
    told = [one.accessibleName() for one in page.columns.card.findChildren(Prose)]
    assert "Laser hair removal: is answered: blocks it until a clinician clears it" in told
    write(desk, page.columns.card, "editor.words", "A tattoo?")
    publish_it(desk)
    assert [one.draft.operator for one in rules(desk, skin)] == [Operator.EXISTS]


# Scores


def test_scores_are_added_up_and_told_in_words(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("1.2")
    write(desk, page.columns.card, "editor.answer.1.score", "3")
    total = add(page, Sort.TOTAL)
    desk.press("editor.add_band")
    write(desk, page.columns.card, "editor.band.0.least", "2")
    write(desk, page.columns.card, "editor.band.0.words", "Come in soon")
    desk.until(lambda: "Total" in shown(page))
    answer(desk, page, "What applies?", "Sores")
    desk.until(lambda: "Come in soon" in shown(page))
    publish_it(desk)
    assert asked(desk, skin, total).calculated is not None


# Before publishing


def test_what_is_wrong_stands_in_the_way_and_is_gone_to(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("2.1")
    added = add(page, Sort.YES_NO)
    page.columns.choose("1.1")
    look_through(desk)
    assert not child(page, QAbstractButton, "editor.publish").isEnabled()
    desk.press("editor.finding.error.0")
    assert page.columns.chosen == added
    write(desk, page.columns.card, "editor.words", "Since when?")
    desk.until(lambda: child(page, QAbstractButton, "editor.publish").isEnabled())


def test_a_rule_on_a_question_that_was_taken_out_goes_with_a_press(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin, "2.1")
    page = edit(desk, skin)
    page.columns.choose("2.1")
    desk.press("editor.remove")
    look_through(desk)
    assert not child(page, QAbstractButton, "editor.publish").isEnabled()
    desk.press("editor.finding.error.0")
    publish_it(desk)
    assert rules(desk, skin) == ()


def test_a_material_change_is_said_so(desk: OpenDesk, page: EditorPage, skin: FormId) -> None:
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.words", "Any tattoo, anywhere?")
    look_through(desk)
    assert child(page, Prose, "editor.changes").accessibleName() == "1 is asked otherwise."
    tick(desk, page, "editor.material")
    publish_it(desk)
    told = select(tables.FormVersion.number, tables.FormVersion.material).order_by(tables.FormVersion.number)
    assert desk.store.read(lambda session: session.execute(told).all()) == [(1, False), (2, True)]


def test_a_form_that_somebody_published_meanwhile_is_not_overwritten(
    desk: OpenDesk, page: EditorPage, skin: FormId
) -> None:
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.words", "A tattoo?")
    publish(desk, question("1", "Something else?"))
    look_through(desk)
    with desk.qtbot.waitSignal(desk.bench.refused):
        desk.press("editor.publish")
    assert newest(desk, skin).questionnaire.items[0].words == "Something else?"


# New forms


def test_an_empty_form_is_made_and_published(desk: OpenDesk) -> None:
    page = begin(desk, Source.EMPTY)
    desk.until(lambda: page.columns.work() is not None)
    page.columns.choose("q1")
    write(desk, page.columns.card, "editor.words", "Are you well?")
    page.columns.choose("")
    write(desk, page.columns.card, "editor.words", "How are you")
    tick(desk, page.columns.card, "editor.signed")
    publish_it(desk)
    (row,) = desk.store.read(forms.forms)
    assert (row.title, row.number, row.questions) == ("How are you", 1, 1)
    assert newest(desk, row.id).questionnaire.signature


def test_a_template_is_begun_with_under_its_own_name(desk: OpenDesk) -> None:
    page = begin(desk, Source.TEMPLATE, "Laser and light screening")
    desk.until(lambda: page.columns.work() is not None)
    publish_it(desk)
    (row,) = desk.store.read(forms.forms)
    assert (row.title, row.url) == ("Laser and light screening", "urn:reception:form:laser-screening")


def test_a_copy_of_the_clinics_own_is_another_form(desk: OpenDesk, skin: FormId) -> None:
    page = begin(desk, Source.COPY, "Skin check")
    desk.until(lambda: page.columns.work() is not None)
    publish_it(desk)
    assert [row.title for row in desk.store.read(forms.forms)] == ["Skin check", "Skin check (copy)"]


def test_a_file_is_begun_with(desk: OpenDesk, tmp_path: Path) -> None:
    page = begin(desk, Source.FILE)
    file = tmp_path / "form.json"
    file.write_bytes(questionnaire.dump_json({"resourceType": "Questionnaire", "item": list(ITEMS)}).encode())
    picker = page.findChild(QFileDialog)
    assert picker is not None
    picker.fileSelected.emit(str(file))
    picker.close()
    desk.until(lambda: page.columns.work() is not None)
    assert listed(page) == ["1", "1.1", "1.2", "2", "2.1"]


# Trying


def test_the_form_is_tried_as_the_client_and_nothing_is_kept(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    desk.press("editor.try")
    dialog = page.trying.dialog
    assert dialog is not None
    dialog.setFocus()
    row = dialog.row((("1", 0), ("1.1", 0)))
    assert row is not None
    yes = next(one for one in row.findChildren(QAbstractButton) if one.text() == "Yes")
    desk.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    desk.until(lambda: dialog.findChild(QWidget, "form.alarm.1.1") is not None)
    desk.key(Qt.Key.Key_Escape)
    assert page.trying.dialog is None
    assert page.isVisible()
    assert [row.responses for row in desk.store.read(forms.forms)] == [0]


# Its draft


def test_what_is_half_done_is_parked_and_gone_on_with(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.words", "A tattoo?")
    page.columns.card.setFocus()
    page.columns.outline.table.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.CATALOGUE)
    (draft,) = desk.bench.drafts.parked()
    assert (draft.kind, draft.title) == ("editor", "Skin check")
    desk.window.parking.take(draft.id)
    page = opened(desk)
    assert line(page, "1.1").words == "A tattoo?"
    assert [one.client_message for one in state(page).consequences] == ["Please speak to us"]
    publish_it(desk)
    assert desk.bench.drafts.all() == ()
    assert asked(desk, skin, "1.1").words == "A tattoo?"


def test_a_draft_of_the_version_before_is_gone_on_with(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.words", "A tattoo?")
    page.columns.outline.table.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.CATALOGUE)
    (draft,) = desk.bench.drafts.parked()
    for kept in (draft.body["state"], draft.body["base"]):
        del kept["required"]
        for one in kept["consequences"]:
            del one["operator"], one["kind"]
    desk.bench.drafts.keep(draft.id, draft.body)
    desk.window.parking.take(draft.id)
    page = opened(desk)
    assert line(page, "1.1").words == "A tattoo?"
    assert [one.client_message for one in state(page).consequences] == ["Please speak to us"]


def test_a_form_that_was_only_looked_at_leaves_no_card(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.1")
    desk.press("editor.park")
    desk.until(lambda: desk.window.places.page is Page.CATALOGUE)
    assert desk.bench.drafts.all() == ()


def test_changes_are_thrown_away_and_brought_back(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.1")
    write(desk, page.columns.card, "editor.words", "A tattoo?")
    with desk.qtbot.waitSignal(desk.bench.said) as said:
        desk.press("editor.close")
    assert desk.bench.drafts.all() == ()
    assert said.args is not None
    desk.bench.tasks.start(said.args[1]())
    desk.until(lambda: len(desk.bench.drafts.parked()) == 1)


def test_the_catalogue_leads_into_the_editor(desk: OpenDesk, skin: FormId) -> None:
    desk.bench.goto.emit(Where(Page.CATALOGUE))
    desk.window.places.catalogue.show_section(2)
    card = desk.window.places.catalogue
    desk.until(lambda: child(card, QAbstractButton, "catalogue.edit_form").isVisible())
    desk.press("catalogue.edit_form")
    assert opened(desk).isVisible()
    desk.bench.goto.emit(Where(Page.CATALOGUE))
    desk.press("catalogue.new_form")
    desk.until(desk.window.places.editor.starting.isVisible)


# For everybody


def test_a_line_says_its_kind_and_what_is_special_about_it(desk: OpenDesk, skin: FormId) -> None:
    rule(desk, skin)
    page = edit(desk, skin)
    model = page.columns.outline.table.model()
    said = [model.data(model.index(n, 0)) for n in range(model.rowCount())]
    assert said[:3] == [
        "The form: Skin check",
        "Your skin, Section",
        "Do you have a tattoo?, Yes/No, must be answered, decides about services",
    ]


def test_a_narrow_page_shows_the_preview_in_the_cards_place(desk: OpenDesk, page: EditorPage) -> None:
    desk.frame.resize(900, 600)
    desk.until(lambda: not page.columns.preview.isVisible())
    desk.press("editor.show_preview")
    assert page.columns.preview.isVisible()
    assert not page.columns.card.isVisible()
    look_through(desk)
    page.columns.choose("1.1")
    assert page.columns.card.isVisible()
