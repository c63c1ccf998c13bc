"""What follows from answers in the editor: what a template recommends, and what numbers, days and totals mean."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from reception.domain import forms, questionnaire, screening
from reception.domain.gates import Effect, Operator
from reception.domain.questionnaire.editing import Sort
from reception.domain.questionnaire.values import Value
from reception.domain.tables.ids import FormId
from reception.ui import theme
from reception.ui.panels.editor import EditorPage
from reception.ui.panels.editor.starting import Source
from reception.ui.widgets import LineEdit, Prose, Segmented, Spin
from reception.ui.workbench import Page
from tests.clinic import question
from tests.ui.bench import child, pick
from tests.ui.desk import OpenDesk
from tests.ui.editor import (
    add,
    answer,
    begin,
    edit,
    line,
    look_through,
    opened,
    publish,
    publish_it,
    rules,
    state,
    tick,
    write,
)

MASSAGE, HEAT = "editor.kind.0", "editor.kind.1"


@pytest.fixture
def page(desk: OpenDesk) -> EditorPage:
    """A new form, begun with one that ships and knows two kinds of treatment."""
    page = begin(desk, Source.TEMPLATE, "Massage")
    desk.until(lambda: page.columns.work() is not None)
    return page


def only_form(desk: OpenDesk) -> FormId:
    (row,) = desk.store.read(forms.forms)
    return row.id


def told(page: QWidget, name: str) -> str:
    return child(page, Prose, name).accessibleName()


# What is recommended


def test_what_a_template_recommends_comes_along_and_decides_nothing_yet(desk: OpenDesk, page: EditorPage) -> None:
    # R32
    assert told(page, f"{MASSAGE}.told") == "8 answers block, 7 ask a clinician, 5 are noted"
    assert len(state(page).consequences) == 37
    assert state(page).decides == ()
    look_through(desk)
    assert child(page, QAbstractButton, "editor.publish").isEnabled()
    publish_it(desk)
    assert rules(desk, only_form(desk)) == ()


def test_services_are_picked_once_for_all_answers(desk: OpenDesk, page: EditorPage) -> None:
    # R32
    pick(page.columns.card, f"{MASSAGE}.services", "Massage")
    publish_it(desk)
    found = rules(desk, only_form(desk))
    assert {one.draft.service for one in found} == {desk.clinic.massage}
    assert len(found) == 20
    assert {one.draft.effect for one in found} == set(Effect)


def test_a_service_that_is_left_out_again_is_in_none_of_them(desk: OpenDesk, page: EditorPage) -> None:
    pick(page.columns.card, f"{MASSAGE}.services", "Massage")
    desk.press(f"{MASSAGE}.service.{desk.clinic.massage}.remove")
    assert state(page).decides == ()
    desk.ctrl(Qt.Key.Key_Z)
    assert len(state(page).decides) == 20


def test_each_answer_says_what_is_recommended_and_can_be_changed(desk: OpenDesk, page: EditorPage) -> None:
    page.columns.choose("1.5")
    follows = child(page.columns.card, QAbstractButton, "editor.answer.0.follows")
    assert follows.toolTip().startswith("If chosen: shows a notice, a block is recommended")
    desk.press("editor.answer.0.follows")
    assert "Nothing follows before a service is chosen" in told(page.columns.card, "editor.answer.0.rule.0.kind")
    effect = child(page.columns.card, Segmented, "editor.answer.0.rule.0.effect")
    desk.qtbot.mouseClick(effect.button(0), Qt.MouseButton.LeftButton)
    pick(page.columns.card, "editor.answer.0.rule.0.services", "Massage")
    (one,) = state(page).decides
    assert (one.link_id, one.effect, one.services) == ("1.5", Effect.FLAG, (desk.clinic.massage,))
    assert told(page.columns.card, "editor.answer.0.rule.0.kind") == "Recommended for “Massage”."


def test_a_kind_that_the_clinic_does_not_do_is_left_out_and_brought_in(desk: OpenDesk, page: EditorPage) -> None:
    desk.press(f"{HEAT}.remove")
    assert {one.kind for one in state(page).consequences} == {"Massage"}
    desk.press(f"{HEAT}.bring")
    assert len(state(page).consequences) == 37


def test_services_of_a_kind_ask_for_the_form_once_that_is_ticked(desk: OpenDesk, page: EditorPage) -> None:
    # R31
    pick(page.columns.card, f"{MASSAGE}.services", "Massage")
    assert state(page).requires() == ()
    tick(desk, page, f"{MASSAGE}.required")
    days = child(page.columns.card, Spin, f"{MASSAGE}.days")
    assert days.value() == 183
    days.selectAll()
    desk.qtbot.keyClicks(days, "90")
    look_through(desk)
    assert told(page, "editor.required_by") == "Asked for from now on with: Massage."
    publish_it(desk)
    (required,) = desk.store.read(screening.requirements, desk.clinic.massage)
    assert (required.form, required.days) == (only_form(desk), 90)
    assert desk.store.read(screening.requirements, desk.clinic.laser) == ()


def test_what_was_chosen_is_parked_with_the_form(desk: OpenDesk, page: EditorPage) -> None:
    pick(page.columns.card, f"{MASSAGE}.services", "Massage")
    tick(desk, page, f"{MASSAGE}.required")
    before = state(page)
    desk.press("editor.park")
    desk.until(lambda: desk.window.places.page is Page.CATALOGUE)
    (draft,) = desk.bench.drafts.parked()
    desk.window.parking.take(draft.id)
    assert state(opened(desk)) == before


def test_a_form_that_ships_and_was_imported_as_it_is_is_offered_its_recommendations(desk: OpenDesk) -> None:
    desk.sit_down(desk.clinic.manager)
    source = (theme.RESOURCES / "forms" / "massage-check.json").read_bytes()
    version = desk.store.write(forms.publish, source, actor=desk.clinic.owner).answer
    page = edit(desk, desk.store.read(forms.version, version).form)
    assert state(page).consequences == ()
    desk.press(f"{MASSAGE}.bring")
    pick(page.columns.card, f"{MASSAGE}.services", "Massage")
    publish_it(desk)
    assert len(rules(desk, only_form(desk))) == 20
    page = edit(desk, only_form(desk))
    assert told(page, f"{MASSAGE}.standing") == "All of it stands beside Massage already."


# Numbers, days, totals


@pytest.fixture
def asking(desk: OpenDesk) -> EditorPage:
    """The editor with a form that asks for a number and a day."""
    desk.sit_down(desk.clinic.manager)
    weeks = question("1", "In which week are you?", "integer", required=True)
    return edit(desk, publish(desk, weeks, question("2", "Since when?", "date", required=True)))


def test_a_number_from_somewhere_on_blocks(desk: OpenDesk, asking: EditorPage) -> None:
    # R32
    asking.columns.choose("1")
    desk.press("editor.rule.block")
    desk.type("13")
    pick(asking.columns.card, "editor.rule.0.services", "Massage")
    publish_it(desk)
    (found,) = rules(desk, only_form(desk))
    assert (found.draft.operator, found.draft.answer) == (Operator.AT_LEAST, Value("integer", 13))
    assert found.draft.effect is Effect.BLOCK


def test_how_it_is_compared_is_changed_and_the_preview_says_what_it_means(desk: OpenDesk, asking: EditorPage) -> None:
    asking.columns.choose("1")
    desk.press("editor.rule.ask")
    desk.type("12")
    pick(asking.columns.card, "editor.rule.0.how", "is at most")
    pick(asking.columns.card, "editor.rule.0.services", "Massage")
    preview = asking.columns.preview
    assert preview.view is not None
    row = next(iter(preview.view.questions()))
    field = row.findChild(LineEdit)
    assert field is not None
    desk.qtbot.keyClicks(field, "9")
    desk.until(lambda: preview.findChild(QWidget, "form.alarm.1") is not None)
    assert [one.operator for one in state(asking).consequences] == [Operator.AT_MOST]


def test_what_the_desk_reads_follows_the_answer_until_somebody_has_other_words(
    desk: OpenDesk, asking: EditorPage
) -> None:
    def said() -> str:
        (one,) = state(asking).consequences
        return one.staff_message

    asking.columns.choose("1")
    desk.press("editor.rule.ask")
    desk.type("12")
    pick(asking.columns.card, "editor.rule.0.how", "is at most")
    assert said() == "“In which week are you?” is at most 12"
    write(desk, asking.columns.card, "editor.rule.0.staff_message", "Early weeks: ask Ines")
    pick(asking.columns.card, "editor.rule.0.how", "is at least")
    assert said() == "Early weeks: ask Ines"


def test_what_follows_from_a_number_follows_it_into_another_unit(desk: OpenDesk, asking: EditorPage) -> None:
    asking.columns.choose("1")
    desk.press("editor.rule.note")
    desk.type("13")
    write(desk, asking.columns.card, "editor.units", "weeks, months")
    (one,) = state(asking).consequences
    assert (one.answer.value["value"], one.answer.value["unit"]) == (13, "weeks")
    pick(asking.columns.card, "editor.rule.0.services", "Massage")
    publish_it(desk)
    (found,) = rules(desk, only_form(desk))
    assert (found.attention, found.draft.effect) == ("", Effect.NOTE)


def test_a_day_is_compared_too(desk: OpenDesk, asking: EditorPage) -> None:
    asking.columns.choose("2")
    desk.press("editor.rule.ask")
    (one,) = state(asking).consequences
    assert (one.answer.type, one.operator) == ("date", Operator.AT_LEAST)


def test_a_total_asks_a_clinician(desk: OpenDesk, asking: EditorPage) -> None:
    asking.columns.choose("1")
    picked = add(asking, Sort.PICK_ONE)
    write(desk, asking.columns.card, "editor.words", "How bad?")
    for n, (words, score) in enumerate((("Not", "0"), ("Very", "3"))):
        write(desk, asking.columns.card, f"editor.answer.{n}", words)
        write(desk, asking.columns.card, f"editor.answer.{n}.score", score)
    total = add(asking, Sort.TOTAL)
    desk.press("editor.rule.ask")
    desk.type("3")
    pick(asking.columns.card, "editor.rule.0.services", "Massage")
    publish_it(desk)
    (found,) = rules(desk, only_form(desk))
    assert (found.draft.link_id, found.draft.answer) == (total, Value("decimal", 3))
    assert picked != total


def test_an_answer_is_noted(desk: OpenDesk) -> None:
    desk.sit_down(desk.clinic.manager)
    form = publish(desk)
    page = edit(desk, form)
    page.columns.choose("1.1")
    desk.press("editor.answer.0.follows")
    desk.press("editor.answer.0.note")
    assert page.columns.card.findChild(QWidget, "editor.answer.0.rule.0.client_message") is None
    pick(page.columns.card, "editor.answer.0.rule.0.services", "Massage")
    answer(desk, page, "Do you have a tattoo?", "Yes")
    assert page.columns.preview.findChild(QWidget, "form.alarm.1.1") is None  # a note stops nobody
    publish_it(desk)
    (found,) = rules(desk, form)
    assert (found.draft.effect, found.draft.staff_message) == (Effect.NOTE, "“Do you have a tattoo?” Yes")
    assert line(edit(desk, form), "1.1").required
    assert questionnaire.words_of(found.draft.answer) == "Yes"
