"""Two desks on one clinic's file: each sees what the other did, and nobody books what the other has just booked."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import qasync
from pytestqt.qtbot import QtBot

from reception.domain import diary
from reception.store import Store, open_store
from tests.clock import Clock
from tests.factories import SmallClinic
from tests.journeys.extras import extras
from tests.journeys.visitor import Visitor
from tests.ui.desk import TODAY, open_desk


@pytest.fixture
def desks(
    sqlite_store: Store, small: SmallClinic, clock: Clock, tmp_path: Path, loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[tuple[Visitor, Visitor]]:
    """The front desk and the one in the back, each a program of its own on the same file."""
    with (
        closing(open_store(sqlite_store.url, desk="back", clock=clock)) as back,
        open_desk(sqlite_store, small, clock, tmp_path / "front.db", qtbot) as one,
        open_desk(back, small, clock, tmp_path / "back.db", qtbot) as other,
    ):
        yield Visitor(one), Visitor(other)


def sit_at(visitor: Visitor) -> None:
    """Turns to that desk."""
    with visitor.desk.qtbot.waitActive(visitor.desk.frame):
        visitor.desk.frame.activateWindow()


def begin(visitor: Visitor, letters: str, name: str, wall: str) -> None:
    """Types a booking with Ines up to its last key."""
    sit_at(visitor)
    visitor.slot(visitor.clinic.ines, wall)
    visitor.type(letters)
    visitor.see(name, at="booking.client")
    visitor.enter()
    visitor.see("Book", f"Today {wall}", at="booking")
    visitor.answer("booking.service", "Physio")
    visitor.see("Pay £48.00 at the visit", at="booking")


def test_what_one_desk_books_stands_in_the_others_day_by_itself(desks: tuple[Visitor, Visitor]) -> None:
    front, back = desks
    begin(front, "pri", "Priya Nair", "10:00")
    front.press("booking.save")
    front.see("Booked Priya Nair", at="undo.words")
    back.until("the other desk shows nothing", lambda: bool(back.grid.scene.blocks))
    assert [block.name for block in back.grid.scene.blocks.values()] == ["Priya Nair"]


def test_of_two_who_reach_for_one_slot_the_later_is_told_who_is_busy(desks: tuple[Visitor, Visitor]) -> None:  # R20
    front, back = desks
    begin(front, "pri", "Priya Nair", "11:00")
    begin(back, "hug", "Hugh Mallory", "11:00")
    back.press("booking.save")
    front.press("booking.save")

    def ended() -> bool:
        return [visitor.offers("booking.save") for visitor in desks].count(False) == 1 and any(
            "Ines Lund is busy" in visitor.read("booking") for visitor in desks
        )

    front.until("nobody was told", ended)
    loser = next(visitor for visitor in desks if visitor.offers("booking.save"))
    loser.see("11:00", "Physio", at="booking")
    (entry,) = front.desk.store.read(diary.day, TODAY).entries
    loser.see(f"Ines Lund is busy with {entry.client_name}", at="booking")


def test_an_add_on_and_a_booking_that_want_one_minute_never_both_get_it(desks: tuple[Visitor, Visitor]) -> None:  # R27
    front, back = desks
    made, clinic = extras(front), front.clinic
    sit_at(front)
    visit = front.booked(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
    front.block(visit)
    front.until("tape isn't offered", lambda: front.offers(f"addon.{made.tape}"))
    begin(back, "hug", "Hugh Mallory", "10:45")
    back.press("booking.save")
    front.press(f"addon.{made.tape}")

    def told() -> bool:
        return "Ines Lund is busy" in back.read("booking") or "Ines Lund" in front.read("banner")

    front.until("nobody was told", told)
    joined = made.chain(visit) == ["Physio", "Tape"]
    booked = len(front.desk.store.read(diary.day, TODAY).entries) - len(made.chain(visit))
    assert (joined, booked) in ((True, 0), (False, 1))


def test_a_minute_that_went_to_another_desk_is_told_with_who_could_do_it_then(desks: tuple[Visitor, Visitor]) -> None:
    front, back = desks  # R27
    made, clinic = extras(front), front.clinic
    sit_at(front)
    visit = front.booked(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
    front.block(visit)
    made.fill_in()
    made.back_to(visit)
    front.press(f"addon.{made.lamp}")
    front.see("Joins the visit when settled", at="checkout")
    front.type("1")
    begin(back, "hug", "Hugh Mallory", "10:45")
    back.press("booking.save")
    back.see("Booked Hugh Mallory", at="undo.words")
    sit_at(front)
    front.see("Ines Lund is no longer free", "Tomas Brandt is free then", at="checkout.notice")
    front.press("checkout.settle")
    front.see("Ines Lund is no longer free", at="banner")
    assert made.chain(visit) == ["Physio"]
    front.press("checkout.instead_with")
    front.see("Joins the visit when settled", at="checkout")
    front.press("checkout.settle")
    front.see("Receipt 1 settled", "Lamp added", at="checkout")
    assert made.chain(visit) == ["Physio", "Lamp"]
