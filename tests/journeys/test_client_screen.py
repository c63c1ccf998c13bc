"""A form in the client's hands, from F9 to the inbox: two programs, real clicks and keys at both."""

import json
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from reception.domain import forms
from reception.domain.tables.ids import AppointmentId
from reception.store.verify import verify
from reception.ui.client_screen import process
from tests.client_view.paper import SIGNED
from tests.journeys.extras import MEDICINE, TITLE, Extras, extras, source
from tests.journeys.visitor import Visitor

PIN = "4711"
PATIENCE = 40_000  # milliseconds in which a second program is there on a slow machine, and through


@pytest.fixture
def desk(visitor: Visitor) -> Iterator[Extras]:
    """The receptionist at a clinic whose form for the lamp is to be signed."""
    made = extras(visitor)
    made.own(forms.publish, json.dumps({**json.loads(source()), "extension": SIGNED}).encode(), material=True)
    yield made
    visitor.desk.window.client_screen.end()


@pytest.fixture
def visit(desk: Extras) -> AppointmentId:
    """Beatrix has physio with Ines at ten; it is chosen in the diary."""
    return desk.physio_at_ten()


def hand_over(desk: Extras, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Anna sets her first PIN; the form goes to Beatrix, who answers, would like the lamp, signs and gives it back."""
    visitor = desk.visitor
    hands = [sys.executable, "-m", "tests.journeys.hands", PIN, str(desk.lamp), *answers]
    monkeypatch.setattr(process, "command", lambda: hands)
    desk.begin_form()
    visitor.key(Qt.Key.Key_F9)
    visitor.see("Set a PIN first", at="pin")
    visitor.type(PIN)
    visitor.key(Qt.Key.Key_Tab)
    visitor.type(PIN)
    visitor.enter()
    window, qtbot = visitor.desk.window, visitor.desk.qtbot
    qtbot.waitUntil(lambda: "A client is filling in a form" in visitor.read("curtain"), timeout=PATIENCE)
    assert not window.isEnabled()
    qtbot.waitUntil(window.isEnabled, timeout=PATIENCE)


def open_inbox(desk: Extras) -> None:
    """Goes to what Beatrix handed in by its row in the left column."""
    desk.visitor.press("queue.answers.1")
    desk.visitor.see("Beatrix Hale", TITLE, at="inbox")


def test_a_client_answers_signs_and_wishes_and_the_desk_accepts_and_adds_it(
    desk: Extras, visit: AppointmentId, monkeypatch: pytest.MonkeyPatch
) -> None:  # R27, R31, R35
    visitor, store = desk.visitor, desk.visitor.desk.store
    hand_over(desk, monkeypatch, "No")
    assert store.read(forms.responses, desk.clinic.beatrix) == ()
    open_inbox(desk)
    visitor.see("Clear", at="inbox")
    visitor.press("inbox.accept")
    visitor.see("Beatrix Hale would like Lamp", "10.00 deposit now", at="inbox")
    visitor.press("inbox.confirm")
    visitor.see("Lamp", "Joins the visit when settled", "£10.00", at="checkout")
    visitor.type("1")
    visitor.enter()
    visitor.see("settled", "Lamp added", at="checkout")
    assert desk.chain(visit) == ["Physio", "Lamp"]
    (given,) = store.read(forms.responses, desk.clinic.beatrix)
    assert given.answered_by is forms.AnsweredBy.CLIENT
    signed = store.read(forms.response, given.id).signature
    assert signed is not None
    assert signed.signer == "Beatrix Hale"
    assert verify(store).faults == ()
    desk.back_to(visit)
    visitor.until("its wish still waits", lambda: not visitor.offers("queue.wish.1"))


def test_an_answer_that_blocks_takes_the_offer_away_and_tells_the_desk_why(
    desk: Extras, visit: AppointmentId, monkeypatch: pytest.MonkeyPatch
) -> None:  # R32, R33
    visitor, store = desk.visitor, desk.visitor.desk.store
    hand_over(desk, monkeypatch, "No", "Yes")
    open_inbox(desk)
    visitor.see("Blocked", MEDICINE, at="inbox")
    visitor.press("inbox.accept")
    visitor.see("Nothing waits", at="inbox")
    desk.back_to(visit)
    desk.sees_refused(desk.lamp, MEDICINE)
    assert not desk.offered(desk.lamp)
    assert desk.offered(desk.tape)
    assert desk.chain(visit) == ["Physio"]
    assert verify(store).faults == ()
