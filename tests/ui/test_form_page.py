"""The page of a form in the whole window: filled in, parked, signed, handed in, and what its answers mean."""

from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import clients, forms, questionnaire, screening
from reception.domain.clients import ClientDraft
from reception.domain.forms import AnsweredBy, Answering
from reception.domain.questionnaire.values import Value
from reception.domain.screening import Effect
from reception.domain.tables.ids import ClientId, FormId
from reception.store import Store
from reception.store.drafts import Desk
from reception.ui.form import REVIEW
from reception.ui.form.review import Givens
from reception.ui.widgets import Elided, Prose
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.clock import Clock
from tests.factories import SmallClinic
from tests.ui.desk import OpenDesk, open_desk
from tests.ui.papers import (
    ITEMS,
    SIGNED,
    YES,
    answered,
    chip,
    dialog,
    fill,
    fill_in,
    find,
    finished,
    opened,
    page,
    publish,
    row,
    rule,
    sign,
)


def test_a_form_is_filled_in_by_keys_and_handed_in(desk: OpenDesk) -> None:  # R35
    opened(desk, publish(desk))
    fill_in(desk, pregnant=False)
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: bool(answered(desk)))
    (given,) = answered(desk)
    assert (given.answered_by, given.answerer, given.signed) == (AnsweredBy.STAFF, "Anna Rivers", False)
    held = desk.store.read(forms.response, given.id)
    told = questionnaire.answered(held.version.questionnaire, held.answers)
    assert told["1.1"].values == (Value("string", "Beatrix Hale"),)
    assert told["2.1"].values == (Value("boolean", False),)
    desk.until(lambda: desk.bench.drafts.all() == ())


def test_what_was_handed_in_is_locked(desk: OpenDesk) -> None:  # R35
    opened(desk, publish(desk))
    fill_in(desk, pregnant=False)
    finished(desk)
    lines = find(desk, Givens, "form.review.2").lines()
    assert [line.answer for line in lines] == ["No", "not answered", "not answered"]
    assert desk.frame.findChild(QAbstractButton, "form.finish").isVisible() is False  # type: ignore[union-attr]
    assert "answered by Anna Rivers for the client" in find(desk, Elided, "form.facts").text()


def test_who_answers_is_kept(desk: OpenDesk) -> None:  # R35
    opened(desk, publish(desk))
    by = find(desk, QWidget, "form.by")
    QTest.mouseClick(by.button(0), Qt.MouseButton.LeftButton)
    fill_in(desk, pregnant=False)
    finished(desk)
    (given,) = answered(desk)
    assert (given.answered_by, given.answerer) == (AnsweredBy.CLIENT, "Beatrix Hale")


def test_a_minors_guardian_is_asked_for_name_and_relation(desk: OpenDesk) -> None:  # R35
    minor = ClientId(desk.do(clients.add, ClientDraft("Timo Hale", date(2012, 5, 1))))
    opened(desk, publish(desk), minor)
    fill_in(desk, pregnant=False)
    desk.press("form.finish")
    desk.until(lambda: bool(page(desk)._column.fields["answerer"].error()))
    assert page(desk)._column.fields["answerer"].error() == "Type the guardian's name."
    fill(desk, "form.answerer", "Beatrix Hale")
    fill(desk, "form.relation", "mother")
    finished(desk)
    (given,) = answered(desk, minor)
    assert (given.answered_by, given.answerer) == (AnsweredBy.GUARDIAN, "Beatrix Hale")


def test_a_signature_is_kept_with_the_answers(desk: OpenDesk) -> None:  # R35
    opened(desk, publish(desk, extension=SIGNED))
    fill_in(desk, pregnant=False)
    desk.press("form.finish")
    assert answered(desk) == ()
    sign(desk)
    finished(desk)
    (given,) = answered(desk)
    signature = desk.store.read(forms.response, given.id).signature
    assert signature is not None
    assert signature.signer == "Beatrix Hale"
    picture = find(desk, QLabel, "form.review.signature")
    assert not picture.pixmap().isNull()


def test_what_an_answer_means_is_shown_as_it_is_given(desk: OpenDesk) -> None:  # R32
    form = publish(desk)
    rule(desk, form, desk.clinic.laser, "2.1")
    rule(desk, form, desk.clinic.massage, "2.2", Effect.FLAG)
    opened(desk, form)
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Not yet known")
    dialog(desk).show_page("2")
    desk.press("form.q.2.1.1")
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Blocked")
    desk.press("form.q.2.2.1")
    desk.until(lambda: chip(desk, desk.clinic.massage) == "Needs a clinician")
    alarm = find(desk, QWidget, "form.alarm.2.1")
    assert alarm.accessibleName().startswith("Laser hair removal can't be given for now")
    desk.press("form.q.2.1.2")
    desk.until(lambda: chip(desk, desk.clinic.laser) == "Clear")
    assert desk.store.read(screening.held, desk.clinic.beatrix) == ()


def test_a_form_is_parked_and_its_card_says_how_far_it_is(desk: OpenDesk) -> None:
    opened(desk, publish(desk))
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.DIARY)
    (card,) = desk.window.parking.strip.cards()
    assert card.accessibleName() == "Form Beatrix Hale 1 of 4"
    assert card.parked.share == pytest.approx(0.25)
    desk.ctrl(Qt.Key.Key_1)
    desk.until(lambda: page(desk).isVisible() and page(desk).facts is not None)
    assert row(desk, "1.1").answer() == (Value("string", "Beatrix Hale"),)


def test_a_form_that_was_only_looked_at_leaves_no_card(desk: OpenDesk) -> None:
    opened(desk, publish(desk))
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.DIARY)
    assert desk.bench.drafts.all() == ()


def test_what_was_typed_survives_a_crash(
    desk: OpenDesk, sqlite_store: Store, small: SmallClinic, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    opened(desk, publish(desk))
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.key(Qt.Key.Key_Return)
    fill(desk, "form.q.2.3.line", "31/11/2026")
    # A killed program says no goodbye: what is on the disk by then is what the next one finds.
    file = Desk(tmp_path / "desk.db")
    desk.until(lambda: any("31/11" in str(draft.body) for draft in file.drafts()))
    kept = file.drafts()
    file.close()
    other = Desk(tmp_path / "other.db")
    for draft in kept:
        other.keep(draft)
    other.close()
    with open_desk(sqlite_store, small, clock, tmp_path / "other.db", qtbot) as again:
        again.ctrl(Qt.Key.Key_1)
        again.until(lambda: page(again).facts is not None)
        assert dialog(again).key == "2"
        assert row(again, "2.3").control.raw() == "31/11/2026"
        dialog(again).show_page("1")
        assert row(again, "1.1").answer() == (Value("string", "Beatrix Hale"),)


def test_the_same_form_of_the_same_visit_is_gone_on_with(desk: OpenDesk) -> None:
    form = publish(desk)
    opened(desk, form)
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.DIARY)
    opened(desk, form)
    assert len(desk.bench.drafts.all()) == 1
    assert desk.bench.drafts.parked() == ()


def test_a_form_is_thrown_away_and_brought_back(desk: OpenDesk) -> None:
    opened(desk, publish(desk))
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.press("form.close")
    desk.until(lambda: desk.bench.drafts.all() == ())
    desk.ctrl(Qt.Key.Key_Z)
    desk.until(lambda: len(desk.window.parking.strip.cards()) == 1)


def hand_in(desk: OpenDesk, form: FormId, **given: Any) -> None:
    """Beatrix answered before."""
    version = desk.store.read(forms.newest, form)
    filling = questionnaire.Filling(version.questionnaire, today=date(2026, 10, 3))
    for link, value in given.items():
        name = link.replace("_", ".").removeprefix("q")
        filling.put(((name.split(".", maxsplit=1)[0], 0), (name, 0)), (value,))
    answers = filling.response(completed=True)
    desk.do(screening.answer, Answering(version.id, desk.clinic.beatrix, answers, AnsweredBy.CLIENT, "Beatrix Hale"))


def test_earlier_answers_are_copied_and_each_is_confirmed(desk: OpenDesk) -> None:
    form = publish(desk)
    hand_in(desk, form, q1_1=Value("string", "Beatrix"), q2_1=YES)
    opened(desk, form)
    desk.press("form.copy")
    desk.until(lambda: row(desk, "1.1").answer() == (Value("string", "Beatrix"),))
    assert row(desk, "1.1").confirm().isVisible()
    desk.press("form.next")
    assert dialog(desk).key == "1"
    desk.press("form.q.1.1.confirm")
    desk.press("form.next")
    desk.press("form.q.2.1.2")
    desk.press("form.next")
    finished(desk)
    assert len(answered(desk)) == 2


def test_a_form_that_is_left_while_its_earlier_answers_are_read_is_left_alone(desk: OpenDesk) -> None:
    form, other = publish(desk), publish(desk, "Peel check")
    hand_in(desk, form, q1_1=Value("string", "Beatrix"), q2_1=YES)
    hand_in(desk, other, q1_1=Value("string", "Beatrix"), q2_1=YES)
    opened(desk, form)
    first, reading, may_read = dialog(desk), Event(), Event()

    def read_long(_: Any) -> None:
        reading.set()
        may_read.wait(10)

    for _ in range(10):  # every thread that reads is busy
        desk.bench.tasks.start(desk.bench.backend.read(read_long))
    desk.press("form.copy")
    desk.until(reading.is_set)
    gone, failed = QSignalSpy(first.destroyed), QSignalSpy(desk.bench.tasks.failed)
    desk.bench.goto.emit(Where(Page.FORM, client=int(desk.clinic.beatrix), form=int(other)))
    assert gone.count() or gone.wait(5000)
    may_read.set()
    desk.until(lambda: page(desk).dialog not in (None, first))
    assert failed.count() == 0
    assert find(desk, QAbstractButton, "form.copy").isVisible()
    assert row(desk, "1.1").answer() == ()


def test_a_correction_is_a_new_form_that_names_the_old(desk: OpenDesk) -> None:  # R35
    form = publish(desk)
    hand_in(desk, form, q1_1=Value("string", "Beatrix"), q2_1=YES)
    (first,) = answered(desk)
    desk.bench.goto.emit(Where(Page.FORM, response=int(first.id)))
    desk.until(lambda: page(desk).isVisible() and page(desk).facts is not None)
    desk.press("form.amend")
    desk.until(lambda: page(desk).dialog is not None and dialog(desk).key == "1")
    dialog(desk).show_page("2")
    desk.press("form.q.2.1.2")
    dialog(desk).show_page(REVIEW)
    finished(desk)
    newest, old = answered(desk)
    assert (newest.amends, old) == (first.id, first)


def test_answers_to_a_version_that_is_gone_are_taken_into_the_new_one(desk: OpenDesk) -> None:  # R31
    form = publish(desk)
    opened(desk, form)
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.DIARY)
    more = question("3", "More", "group", item=[question("3.1", "Anything else?", "text")])
    publish(desk, items=(*ITEMS, more))
    desk.ctrl(Qt.Key.Key_1)
    desk.until(lambda: page(desk).facts is not None)
    assert row(desk, "1.1").answer() == (Value("string", "Beatrix Hale"),)
    assert [step.title for step in dialog(desk).steps()] == ["About you", "Health", "More", "Review"]
    assert "version 2" in find(desk, Elided, "form.title").text()


def test_a_form_that_is_no_longer_there_says_so(desk: OpenDesk) -> None:
    desk.bench.goto.emit(Where(Page.FORM, client=int(desk.clinic.beatrix), form=99))
    desk.until(lambda: any(one.isVisible() for one in desk.frame.findChildren(QWidget, "form.failure")))
    assert "This form is no longer there" in find(desk, QWidget, "form.failure").accessibleName()


def test_answers_that_cant_be_read_are_asked_for_once_more(desk: OpenDesk) -> None:
    form = publish(desk)
    desk.bench.goto.emit(Where(Page.FORM, response=1))
    desk.until(lambda: any(one.isVisible() for one in desk.frame.findChildren(QWidget, "form.failure")))
    hand_in(desk, form, q1_1=Value("string", "Beatrix"), q2_1=YES)
    desk.press("form.retry")
    desk.until(lambda: page(desk).facts is not None)
    assert find(desk, QAbstractButton, "form.amend").isEnabled()


def test_the_visit_is_named_and_its_services_come_first(desk: OpenDesk) -> None:
    form = publish(desk)
    rule(desk, form, desk.clinic.massage, "2.2", Effect.FLAG)
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:30")
    opened(desk, form, visit=visit)
    desk.until(lambda: chip(desk, desk.clinic.physio) == "Clear")
    facts = find(desk, Elided, "form.facts").text()
    assert facts == "Beatrix Hale, 14 Mar 1988 · asked for Physio, today 10:30"
    told = find(desk, Prose, f"form.why.{desk.clinic.physio}").accessibleName()
    assert told == "Nothing stands against it."
    assert QApplication.focusWidget() is not None
