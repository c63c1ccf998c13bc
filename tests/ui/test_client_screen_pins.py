"""Who may take the client's screen back: whoever has a PIN, in five tries; and what the log keeps of it."""

import json
import os
import signal
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlalchemy import select

from reception.client_view.messages import Left, Pin, PinRight, PinWrong
from reception.domain import staff, tables
from reception.ui.client_screen import ClientScreen
from reception.ui.client_screen.tries import MOST, PAUSE, Tries
from tests.clock import Clock
from tests.ui.desk import OpenDesk
from tests.ui.lending import PIN, handed_over, listened, loan, says
from tests.ui.papers import publish

LOGGED = ("inbox.hand_over", "inbox.refuse_pin", "inbox.take_back")


# Over the desk's own window


def test_on_the_desks_own_screen_nothing_of_the_clinic_is_seen_meanwhile(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    assert not desk.window.isEnabled()
    desk.press("curtain.take")
    desk.type("0000")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "4 tries left" in said(desk, "client.pin.wrong"))
    assert screen.is_out()
    desk.type(PIN)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not screen.is_out())
    assert desk.window.isEnabled()


def test_who_makes_the_clients_screen_crash_does_not_have_the_desk_before_them(
    desk: OpenDesk, screen: ClientScreen
) -> None:
    handed_over(desk, screen, publish(desk))
    os.kill(screen.process(), signal.SIGKILL)
    desk.until(lambda: not screen.is_out())
    assert not desk.window.isEnabled()
    desk.press("curtain.take")
    desk.type("0000")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "4 tries left" in said(desk, "client.pin.wrong"))
    assert not desk.window.isEnabled()
    desk.type(PIN)
    desk.key(Qt.Key.Key_Return)
    desk.until(desk.window.isEnabled)
    assert "closed by itself" in desk.window.messages.banner.text()


def said(desk: OpenDesk, name: str) -> str:
    found = desk.frame.findChild(object, name)  # type: ignore[type-var]
    return str(found.text()) if found is not None else ""  # type: ignore[attr-defined]


# On the client's screen


def test_any_pin_of_the_staff_leads_out_and_no_other(desk: OpenDesk, screen: ClientScreen) -> None:
    desk.store.write(staff.set_pin, desk.clinic.ines, "0815", actor=desk.clinic.owner)
    handed_over(desk, screen, publish(desk))
    heard = listened(screen)
    for pin, told in (("0000", PinWrong(4)), (PIN, PinRight()), ("0815", PinRight()), ("1234", PinWrong(4))):
        heard.clear()
        says(screen, Pin(pin))
        desk.until(lambda told=told: told in heard)  # type: ignore[misc]


def test_after_five_wrong_pins_the_right_one_does_not_help(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    heard = listened(screen)
    for left in (4, 3, 2, 1):
        says(screen, Pin("0000"))
        desk.until(lambda left=left: PinWrong(left) in heard)  # type: ignore[misc]
    for pin in ("0000", PIN):
        heard.clear()
        says(screen, Pin(pin))
        desk.until(lambda: PinWrong(0, 5) in heard)


def test_the_log_tells_who_handed_over_who_mistyped_and_whose_pin_it_was(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    client = int(desk.clinic.beatrix)
    says(screen, Pin("0000"))
    desk.until(lambda: len(logged(desk)) == 2)
    says(screen, Pin(PIN))
    desk.until(lambda: loan(screen).pin_of is not None)
    says(screen, Left())
    screen.end()
    desk.until(lambda: len(logged(desk)) == 3)
    assert [(command, told.get("left"), told.get("how"), told.get("by")) for command, told in logged(desk)] == [
        ("inbox.hand_over", None, None, None),
        ("inbox.refuse_pin", 4, None, None),
        ("inbox.take_back", None, "pin", int(desk.clinic.anna)),
    ]
    assert {told["client"] for _, told in logged(desk)} == {client}


def test_nobody_leaves_without_a_pin_unseen(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    says(screen, Left())
    os.kill(screen.process(), signal.SIGKILL)
    desk.until(lambda: len(logged(desk)) == 2)
    assert logged(desk)[-1] == ("inbox.take_back", {"client": int(desk.clinic.beatrix), "how": "lost", "by": None})
    assert "closed by itself" in desk.window.messages.banner.text()


def logged(desk: OpenDesk) -> list[tuple[str, dict[str, Any]]]:
    """What the log says of the client's screen."""
    row = tables.LogRow
    query = select(row).where(row.command.in_(LOGGED)).order_by(row.n)
    found = desk.store.read(lambda session: list(session.scalars(query)))
    return [(one.command, json.loads(one.answer)) for one in found]


def test_the_desk_takes_a_form_back_by_its_card(desk: OpenDesk, screen: ClientScreen) -> None:
    draft = handed_over(desk, screen, publish(desk))
    desk.window.setEnabled(True)
    desk.ctrl(Qt.Key.Key_1)
    desk.until(lambda: desk.frame.findChild(QAbstractButton, "ask.back") is not None)
    desk.type("2")
    desk.until(lambda: not screen.is_out())
    assert desk.bench.drafts.get(draft) is not None
    assert desk.window.messages.banner.text() == ""


def test_after_five_wrong_pins_nobodys_counts_for_five_minutes(clock: Clock) -> None:
    tries = Tries(clock)
    assert [left_after(tries) for _ in range(MOST)] == [*(PinWrong(left) for left in (4, 3, 2, 1)), PinWrong(0, 5)]
    assert not tries.begin()
    clock.now += PAUSE - timedelta(seconds=1)
    assert not tries.begin()
    assert tries.wrong() == PinWrong(0, 1)
    clock.now += timedelta(seconds=1)
    assert left_after(tries) == PinWrong(4)


def left_after(tries: Tries) -> PinWrong:
    """One more wrong PIN, and what is told of it."""
    assert tries.begin()
    return tries.wrong()


def test_a_right_pin_forgets_the_wrong_ones(clock: Clock) -> None:
    tries = Tries(clock)
    for _ in range(MOST - 1):
        left_after(tries)
    assert tries.begin()
    tries.right()
    assert left_after(tries) == PinWrong(4)


def test_many_pins_at_once_are_as_many_tries(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    heard = listened(screen)
    for n in range(20):
        says(screen, Pin(f"{n:04}"))
    says(screen, Pin(PIN))
    desk.until(lambda: len([one for one in heard if isinstance(one, PinWrong)]) == 21)
    assert PinRight() not in heard
