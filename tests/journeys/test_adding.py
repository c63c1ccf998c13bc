"""Add-ons by real clicks and keys: what joins a visit, what can't any more, and what becomes of its deposit."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from reception.domain import diary
from reception.domain.tables.ids import AppointmentId
from tests.journeys.extras import Extras, extras
from tests.journeys.visitor import Visitor
from tests.ui.desk import TODAY


@pytest.fixture
def desk(visitor: Visitor) -> Extras:
    """The receptionist at a clinic whose physio is offered with extras."""
    return extras(visitor)


def chosen(desk: Extras, wall: str = "10:00", day: date = TODAY) -> AppointmentId:
    """Beatrix has a visit with Ines, chosen in the diary."""
    visitor, clinic = desk.visitor, desk.clinic
    visit = visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, wall, day)
    if day != TODAY:
        for _ in range((day - TODAY).days):
            visitor.press("top.on")
    visitor.block(visit)
    visitor.see("Physio", at="client")
    return visit


def test_whoever_passes_pays_ahead_and_the_add_on_joins_right_after_the_visit(desk: Extras) -> None:  # R24, R28
    visitor, visit = desk.visitor, chosen(desk)
    desk.fill_in()
    visitor.see("Clear", at="form")
    desk.back_to(visit)
    desk.pay_for_lamp()
    assert desk.chain(visit) == ["Physio", "Lamp"]
    visitor.until("it isn't drawn", lambda: bool(visitor.grid.scene.blocks[visit].addons))
    block = visitor.grid.scene.blocks[visit]
    assert (block.minutes, block.clean) == (50, 10)  # R26


def test_the_same_add_on_again_is_refused_as_a_duplicate(desk: Extras) -> None:  # R24
    visit = chosen(desk)
    desk.visitor.press(f"addon.{desk.tape}")
    desk.visitor.see("Added Tape to Beatrix Hale’s visit", at="undo.words")
    desk.sees_refused(desk.tape, "already in this visit")
    assert not desk.offered(desk.tape)
    assert desk.chain(visit) == ["Physio", "Tape"]


def test_the_list_says_who_is_busy_until_when(desk: Extras) -> None:  # R25
    clinic = desk.clinic
    desk.visitor.booked(clinic.hugh, clinic.ines, clinic.physio, "10:40")
    chosen(desk)
    desk.sees_refused(desk.tape, "Ines is busy")
    desk.sees_refused(desk.tape, "11:20")


def test_several_treatments_are_one_coming_in_with_one_page(desk: Extras) -> None:  # R24
    visitor, clinic = desk.visitor, desk.clinic
    visitor.slot(clinic.ines, "10:00")
    visitor.type("bea")
    visitor.see("Beatrix Hale", at="booking.client")
    visitor.enter()
    visitor.answer("booking.service", "Physio")
    visitor.press("booking.add")
    visitor.see("until 11:00 · £100.00", at="booking.also.0.said")
    visitor.press("booking.save")
    visitor.see("Booked Beatrix Hale", at="undo.words")
    (first, second) = sorted(visitor.desk.store.read(diary.day, TODAY).entries, key=lambda entry: entry.start)
    assert (first.group, first.base, second.base) == (second.group, None, None)
    visitor.block(first.id)
    visitor.type("b")
    visitor.see("Beatrix Hale’s visit", "2 appointments", at="coming")
    visitor.see("10:00 – 10:30", "Laser hair removal", "10:30 – 11:00", "£148.00 to pay", at="coming")


@pytest.mark.parametrize(
    ("day", "told", "done"),
    [
        (TODAY, "Its deposit of £10.00 is kept", "deposit of £10.00 kept"),
        (TODAY + timedelta(days=2), "Its deposit of £10.00 goes back", "deposit of £10.00 given back"),
    ],
    ids=["late", "in time"],
)
def test_a_deposit_is_kept_or_goes_back_as_the_sheet_said(desk: Extras, day: date, told: str, done: str) -> None:
    visitor, visit = desk.visitor, chosen(desk, day=day)  # R14, R17
    desk.fill_in()
    visitor.press("form.done")
    visitor.until("the diary isn't back", lambda: desk.offered(desk.lamp))
    desk.pay_for_lamp()
    visitor.block(visit)
    visitor.key(Qt.Key.Key_N)
    visitor.see("Lamp ends with it", told, at="cancel")
    visitor.press("cancel.confirm")
    visitor.see("Cancelled Beatrix Hale’s visit, with Lamp", done, at="undo.words")
    assert desk.chain(visit) == []
