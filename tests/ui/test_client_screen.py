"""A form in the client's hands: it goes there and comes back whole, whatever becomes of the screen between."""

import os
import signal
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from reception.client_view.messages import (
    Advice,
    Draft,
    Extra,
    Finished,
    Left,
    Meaning,
    Message,
    NotTaken,
    Pin,
    PinRight,
    PinWrong,
    Ready,
    State,
)
from reception.client_view.window import ClientWindow
from reception.domain import clients, diary, forms, inbox, questionnaire, staff
from reception.domain.clients import ClientDraft
from reception.domain.inbox import Handed, Wished
from reception.domain.tables.ids import AppointmentId, ClientId, FormId
from reception.store.drafts import Desk
from reception.ui.client_screen import ClientScreen
from reception.ui.client_screen.opening import first_name
from reception.ui.client_screen.process import Process, surroundings
from reception.ui.client_screen.tries import MOST, PAUSE, Tries
from reception.ui.workbench import Page, Where
from tests.clock import Clock
from tests.ui.desk import OpenDesk
from tests.ui.test_form_page import dialog, opened, page, publish, row, rule
from tests.ui.test_inbox_page import mask

W = TypeVar("W", bound=QWidget)
PIN = "4711"


@pytest.fixture
def screen(desk: OpenDesk) -> Iterator[ClientScreen]:
    """The desk's screen for clients; Anna has a PIN, and whatever is open at the end is closed."""
    desk.do(staff.set_pin, desk.clinic.anna, PIN)
    found = desk.window.client_screen
    yield found
    found.end()
    desk.until(lambda: not found.is_out())


def handed_over(
    desk: OpenDesk,
    screen: ClientScreen,
    form: FormId,
    client: ClientId | None = None,
    visit: AppointmentId | None = None,
) -> str:
    """A form on its way to its client, Beatrix unless another is named; gives its draft once the screen is there."""
    opened(desk, form, client, visit)
    heard: list[Message] = []
    desk.key(Qt.Key.Key_F9)
    desk.until(screen.is_out)
    process_of(screen).came.connect(heard.append)
    desk.until(lambda: Ready() in heard)
    (draft,) = desk.bench.drafts.all()
    return draft.id


def process_of(screen: ClientScreen) -> Process:
    found = screen._process
    assert found is not None
    return found


def says(screen: ClientScreen, message: Message) -> None:
    """The client's screen says something, as it comes through the pipe."""
    process_of(screen).came.emit(message)


def listened(screen: ClientScreen) -> list[Message]:
    """What is said to the client's screen from now on."""
    heard: list[Message] = []
    process_of(screen).told.connect(heard.append)
    return heard


def state(*, name: str = "Beatrix Hale", pregnant: bool | None = None, **more: Any) -> State:
    """What stands on the client's screen."""
    first = {"linkId": "1", "item": [{"linkId": "1.1", "answer": [{"valueString": name}]}]}
    given = [{"linkId": "2.1", "answer": [{"valueBoolean": pregnant}]}] if pregnant is not None else []
    items = [first, {"linkId": "2", "item": given}] if given else [first]
    response = {"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": items}
    answered = 1 + len(given)
    return State(answers=questionnaire.dump_json(response), answered=answered, questions=4, **more)


def items(desk: OpenDesk) -> tuple[inbox.Item, ...]:
    return desk.store.read(inbox.inbox)


# There


def test_a_form_is_handed_to_its_client_and_its_card_says_so(desk: OpenDesk, screen: ClientScreen) -> None:
    draft = handed_over(desk, screen, publish(desk))
    assert desk.window.places.page is Page.DIARY
    assert desk.bench.drafts.is_lent(draft)
    (card,) = desk.window.parking.strip.cards()
    assert card.accessibleName() == "Form with the client, Beatrix Hale 0 of 4"


def test_without_anybodys_pin_one_is_set_first(desk: OpenDesk) -> None:
    screen = desk.window.client_screen
    opened(desk, publish(desk))
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.frame.findChild(QLineEdit, "pin.first") is not None)
    assert not screen.is_out()
    desk.type("4711")
    desk.key(Qt.Key.Key_Tab)
    desk.type("4712")
    desk.key(Qt.Key.Key_Return)
    assert not screen.is_out()
    again = desk.frame.findChild(QLineEdit, "pin.again")
    assert again is not None
    again.selectAll()
    desk.type("4711")
    desk.key(Qt.Key.Key_Return)
    desk.until(screen.is_out)
    assert desk.store.read(staff.checked_pin, "4711") == desk.clinic.anna
    screen.end()
    desk.until(lambda: not screen.is_out())


def test_the_clients_screen_is_given_nothing_that_leads_to_the_clinics_data(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGPASSWORD", "DATABASE_URL", "RECEPTION_DB"):
        monkeypatch.setenv(name, "postgresql://anna:secret@server/clinic")
    given = surroundings()
    assert "secret" not in "".join(given.toStringList())
    assert given.value("QT_QPA_PLATFORM") == "offscreen"


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="only Linux shows what a process was given")  # noqa: PTH112
def test_what_runs_knows_nothing_of_the_database(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    number, place = screen.process(), desk.bench.backend.url
    with open(f"/proc/{number}/environ", "rb") as around, open(f"/proc/{number}/cmdline", "rb") as line:  # noqa: PTH123
        known = around.read() + line.read()
    assert place.encode() not in known
    assert b"client-view" in known
    held = [os.path.realpath(f"/proc/{number}/fd/{one}") for one in os.listdir(f"/proc/{number}/fd")]  # noqa: PTH208
    assert [one for one in held if one.startswith(place)] == []


def test_a_form_that_is_with_its_client_is_not_taken_up_here(desk: OpenDesk, screen: ClientScreen) -> None:
    form = publish(desk)
    handed_over(desk, screen, form)
    desk.bench.goto.emit(Where(Page.FORM, client=int(desk.clinic.beatrix), form=int(form)))
    desk.until(lambda: desk.frame.findChild(QAbstractButton, "ask.back") is not None)
    assert desk.window.places.page is Page.DIARY
    desk.window.setEnabled(True)
    desk.press("ask.back")
    assert screen.is_out()


def test_one_screen_is_with_one_client(desk: OpenDesk, screen: ClientScreen) -> None:
    form = publish(desk)
    handed_over(desk, screen, form)
    desk.window.setEnabled(True)
    opened(desk, form, desk.clinic.victor)
    desk.press("form.hand")
    desk.until(lambda: "screen is in use" in desk.window.messages.banner.text())


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


def said(desk: OpenDesk, name: str) -> str:
    found = desk.frame.findChild(object, name)  # type: ignore[type-var]
    return str(found.text()) if found is not None else ""  # type: ignore[attr-defined]


# What is answered there


def test_what_the_client_types_is_on_the_desks_disk_within_two_seconds(
    desk: OpenDesk, screen: ClientScreen, tmp_path: Any
) -> None:
    draft = handed_over(desk, screen, publish(desk))
    says(screen, Draft(state(name="Beatrix")))
    file = Desk(tmp_path / "desk.db")
    desk.qtbot.waitUntil(lambda: any("Beatrix" in str(one.body["answers"]) for one in file.drafts()), timeout=2000)
    file.close()
    held = desk.bench.drafts.get(draft)
    assert held is not None
    assert held.title == "Beatrix Hale 1 of 4"


def test_a_killed_screen_loses_nothing(desk: OpenDesk, screen: ClientScreen) -> None:
    form = publish(desk)
    draft = handed_over(desk, screen, form)
    says(screen, Draft(state(name="Beatrix", page="2")))
    os.kill(screen.process(), signal.SIGKILL)
    desk.until(lambda: not screen.is_out())
    assert "closed by itself. What Beatrix Hale answered is kept" in desk.window.messages.banner.text()
    assert not desk.bench.drafts.is_lent(draft)
    desk.bench.goto.emit(Where(Page.FORM, draft=draft))
    desk.until(lambda: page(desk).dialog is not None)
    assert dialog(desk).key == "2"
    dialog(desk).show_page("1")
    assert [value.value for value in row(desk, "1.1").answer()] == ["Beatrix"]


def test_handed_over_again_it_goes_on_where_it_was(desk: OpenDesk, screen: ClientScreen) -> None:
    form = publish(desk)
    draft = handed_over(desk, screen, form)
    says(screen, Draft(state(name="Beatrix")))
    screen.take_back()
    desk.until(lambda: not screen.is_out())
    desk.bench.goto.emit(Where(Page.FORM, draft=draft))
    desk.until(lambda: page(desk).dialog is not None)
    desk.press("form.hand")
    desk.until(screen.is_out)
    assert screen._opening is not None
    assert "Beatrix" in screen._opening.state.answers


def test_finished_answers_land_in_the_inbox_and_nowhere_else(desk: OpenDesk, screen: ClientScreen) -> None:  # R35
    form = publish(desk)
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.laser, "10:30")
    handed_over(desk, screen, form, visit=visit)
    says(screen, Finished(state(pregnant=False)))
    desk.until(lambda: len(items(desk)) == 1)
    (one,) = items(desk)
    assert isinstance(one, Handed)
    assert (one.client_name, one.title) == ("Beatrix Hale", "Skin check")
    assert desk.store.read(forms.responses, desk.clinic.beatrix) == ()
    desk.until(lambda: desk.bench.drafts.all() == ())
    says(screen, Left())
    screen.take_back()
    desk.until(lambda: not screen.is_out())
    assert desk.window.messages.banner.text() == ""


def test_finished_twice_is_handed_in_once(desk: OpenDesk, screen: ClientScreen) -> None:
    handed_over(desk, screen, publish(desk))
    for _ in range(2):
        says(screen, Finished(state(pregnant=False)))
    desk.until(lambda: desk.bench.drafts.all() == ())
    assert len(items(desk)) == 1


def test_answers_that_are_refused_stay_on_the_clients_screen(desk: OpenDesk, screen: ClientScreen) -> None:
    draft = handed_over(desk, screen, publish(desk))
    heard = listened(screen)
    says(screen, Finished(state()))
    desk.until(lambda: any(isinstance(one, NotTaken) and one.link_id == "2.1" for one in heard))
    assert items(desk) == ()
    assert desk.bench.drafts.get(draft) is not None


def test_a_signature_arrives_with_its_signer(desk: OpenDesk, screen: ClientScreen) -> None:  # R35
    handed_over(desk, screen, publish(desk))
    png = b"as it was drawn"
    says(screen, Finished(state(pregnant=False), b64encode(png).decode()))
    desk.until(lambda: len(items(desk)) == 1)
    one = items(desk)[0]
    assert isinstance(one, Handed)
    signed = desk.store.read(inbox.submission, one.id).signature
    assert signed is not None
    assert (signed.png, signed.signer) == (png, "Beatrix Hale")


def test_a_guardian_answers_for_a_minor(desk: OpenDesk, screen: ClientScreen) -> None:  # R35
    timo = ClientId(desk.do(clients.add, ClientDraft("Timo Hale", date(2012, 5, 1))))
    handed_over(desk, screen, publish(desk), timo)
    assert screen._opening is not None
    assert screen._opening.guardian
    says(screen, Finished(state(pregnant=False, answerer="Beatrix Hale", relation="mother")))
    desk.until(lambda: len(items(desk)) == 1)
    one = items(desk)[0]
    assert isinstance(one, Handed)
    found = desk.store.read(inbox.submission, one.id)
    assert (found.answerer, found.relation) == ("Beatrix Hale", "mother")


def test_wishes_arrive_with_the_answers(desk: OpenDesk, screen: ClientScreen) -> None:  # R27
    form = publish(desk)
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.laser, "10:30")
    handed_over(desk, screen, form, visit=visit)
    says(screen, Finished(state(pregnant=False, wishes=(int(desk.clinic.massage),))))
    desk.until(lambda: len(items(desk)) == 2)
    assert [one.service_name for one in items(desk) if isinstance(one, Wished)] == ["Massage"]


def test_the_client_is_told_what_the_clinic_says_to_an_answer(desk: OpenDesk, screen: ClientScreen) -> None:  # R32
    form = publish(desk)
    rule(desk, form, desk.clinic.laser, "2.1")
    handed_over(desk, screen, form)
    heard = listened(screen)
    says(screen, Draft(state(pregnant=True)))
    desk.until(lambda: Meaning((Advice("2.1", "Ask us."),)) in heard)


def test_the_client_is_told_what_fits_their_visit(desk: OpenDesk, screen: ClientScreen) -> None:  # R24
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.laser, "10:30")
    service = mask(desk)
    handed_over(desk, screen, publish(desk), visit=visit)
    heard = listened(screen)
    says(screen, Draft(state(pregnant=False)))
    desk.until(lambda: Meaning((), (Extra(int(service), "LED mask", "15 min · £12.00"),)) in heard)


# Back


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
    assert [tries.wrong() for _ in range(MOST)] == [*(PinWrong(left) for left in (4, 3, 2, 1)), PinWrong(0, 5)]
    assert tries.stopped() == PinWrong(0, 5)
    clock.now += PAUSE - timedelta(seconds=1)
    assert tries.stopped() == PinWrong(0, 1)
    clock.now += timedelta(seconds=1)
    assert tries.stopped() is None
    assert tries.wrong() == PinWrong(4)


def test_a_right_pin_forgets_the_wrong_ones(clock: Clock) -> None:
    tries = Tries(clock)
    for _ in range(MOST - 1):
        tries.wrong()
    tries.right()
    assert tries.wrong() == PinWrong(4)


@pytest.mark.parametrize(("name", "first"), [("Beatrix Hale", "Beatrix"), ("Priya", "Priya"), ("", "")])
def test_a_client_is_greeted_by_no_more_than_their_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


# From beginning to end


def test_a_client_answers_and_wishes_and_the_desk_accepts(desk: OpenDesk, screen: ClientScreen) -> None:  # R27, R35
    form, service = publish(desk), mask(desk)
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.laser, "10:30")
    handed_over(desk, screen, form, visit=visit)
    window = in_the_clients_hands(desk, screen)
    click(desk, window, "client.begin")
    write(desk, window, "form.q.1.1.line", "Beatrix Hale")
    click(desk, window, "form.next")
    click(desk, window, "form.q.2.1.2")
    click(desk, window, "form.next")
    click(desk, window, f"client.extra.{service}")
    click(desk, window, "client.visit.next")
    click(desk, window, "form.finish")
    click(desk, window, "client.thanks.take")
    write(desk, window, "client.pin", PIN)
    click(desk, window, "client.pin.enter")
    desk.until(lambda: not window.isVisible())
    assert [type(one) for one in items(desk)] == [Handed, Wished]
    assert desk.store.read(forms.responses, desk.clinic.beatrix) == ()
    screen.take_back()
    desk.until(lambda: not screen.is_out())
    desk.bench.goto.emit(Where(Page.INBOX))
    desk.until(desk.window.places.inbox.answers.accept.isVisible)
    desk.press("inbox.accept")
    desk.until(desk.window.places.inbox.wish.add.isVisible)
    desk.press("inbox.confirm")
    desk.until(lambda: len(desk.store.read(diary.coming_in, visit).lines) == 2)
    (given,) = desk.store.read(forms.responses, desk.clinic.beatrix)
    assert given.answered_by is forms.AnsweredBy.CLIENT


def in_the_clients_hands(desk: OpenDesk, screen: ClientScreen) -> ClientWindow:
    """A second window of the client's screen, in this process, that speaks with the desk beside the first."""
    assert screen._opening is not None
    window = ClientWindow(process_of(screen).came.emit)
    desk.qtbot.addWidget(window, before_close_func=lambda _: window.end())
    process_of(screen).told.connect(window.take)
    window.take(screen._opening)
    window.resize(976, 548)
    window.show()
    return window


def find(window: ClientWindow, kind: type[W], name: str) -> W | None:
    return next((one for one in window.findChildren(kind, name) if one.isVisible() and one.isEnabled()), None)


def click(desk: OpenDesk, window: ClientWindow, name: str) -> None:
    desk.until(lambda: find(window, QAbstractButton, name) is not None)
    found = find(window, QAbstractButton, name)
    assert found is not None
    desk.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def write(desk: OpenDesk, window: ClientWindow, name: str, words: str) -> None:
    desk.until(lambda: find(window, QLineEdit, name) is not None)
    found = find(window, QLineEdit, name)
    assert found is not None
    desk.qtbot.keyClicks(found, words)
