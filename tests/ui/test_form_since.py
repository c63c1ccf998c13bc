"""One question for all answers: has anything changed since another day?"""

from datetime import date

from PySide6.QtWidgets import QAbstractButton

from reception.domain import forms
from reception.domain.tables.ids import FormId
from reception.ui.form import REVIEW
from tests.ui.desk import OpenDesk
from tests.ui.papers import (
    ITEMS,
    SIGNED,
    answered,
    dialog,
    fill,
    fill_in,
    finished,
    opened,
    page,
    publish,
    sign,
)


def asked(desk: OpenDesk) -> bool:
    """Whether it is asked now."""
    found = desk.frame.findChild(QAbstractButton, "form.since.unchanged")
    return found is not None and found.isVisible()


def answered_in_may(desk: OpenDesk, *, signed: bool = False) -> FormId:
    """A form that Beatrix answered in May."""
    today, desk.clock.now = desk.clock.now, desk.clock.now.replace(month=5, day=12)
    form = publish(desk, extension=SIGNED) if signed else publish(desk)
    opened(desk, form)
    fill_in(desk, pregnant=False)
    if signed:
        sign(desk)
    finished(desk)
    desk.clock.now = today
    return form


def test_one_tap_keeps_the_same_answers_with_todays_date(desk: OpenDesk) -> None:
    form = answered_in_may(desk)
    opened(desk, form)
    desk.until(lambda: asked(desk))
    desk.press("form.since.unchanged")
    desk.until(lambda: len(answered(desk)) == 2)
    new, old = (desk.store.read(forms.response, row.id) for row in answered(desk))
    assert (new.row.day, old.row.day) == (date(2026, 11, 24), date(2026, 5, 12))
    assert new.answers["item"] == old.answers["item"]
    assert new.row.amends is None


def test_what_is_to_be_signed_is_signed_again(desk: OpenDesk) -> None:  # R35
    form = answered_in_may(desk, signed=True)
    opened(desk, form)
    desk.until(lambda: asked(desk))
    desk.press("form.since.unchanged")
    desk.until(lambda: dialog(desk).key == REVIEW)
    assert len(answered(desk)) == 1
    sign(desk)
    finished(desk)
    assert [row.signed for row in answered(desk)] == [True, True]


def test_what_a_newer_version_asks_beside_is_still_asked(desk: OpenDesk) -> None:
    form = answered_in_may(desk)
    more = {"linkId": "3", "text": "More", "type": "group"}
    asks = {"linkId": "3.1", "text": "Do you smoke?", "type": "boolean", "required": True}
    publish(desk, items=(*ITEMS, {**more, "item": [asks]}))
    opened(desk, form)
    desk.until(lambda: asked(desk))
    desk.press("form.since.unchanged")
    desk.until(lambda: dialog(desk).key == "3")
    assert len(answered(desk)) == 1


def test_it_is_asked_before_the_first_answer_only(desk: OpenDesk) -> None:
    form = answered_in_may(desk)
    opened(desk, form)
    desk.until(lambda: asked(desk))
    fill(desk, "form.q.1.1.line", "Beatrix")
    desk.until(lambda: not asked(desk))


def test_who_says_that_something_has_changed_answers_anew(desk: OpenDesk) -> None:
    form = answered_in_may(desk)
    opened(desk, form)
    desk.until(lambda: asked(desk))
    desk.press("form.since.changed")
    assert not asked(desk)
    assert dialog(desk).filling.progress()[0] == 0


def test_without_earlier_answers_it_is_not_asked(desk: OpenDesk) -> None:
    opened(desk, publish(desk))
    desk.until(lambda: page(desk).dialog is not None)
    assert not asked(desk)
