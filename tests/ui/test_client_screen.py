"""A form in the client's hands: it goes there and comes back whole, whatever becomes of the screen between."""

import os
import signal
import sys
from base64 import b64encode
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from reception.client_view.messages import (
    Advice,
    Draft,
    Extra,
    Finished,
    Left,
    Meaning,
    NotTaken,
)
from reception.domain import clients, forms, inbox, staff
from reception.domain.clients import ClientDraft
from reception.domain.inbox import Handed, Wished
from reception.domain.tables.ids import ClientId
from reception.store.drafts import Desk
from reception.ui.client_screen import ClientScreen, process
from reception.ui.client_screen.opening import first_name
from reception.ui.client_screen.process import surroundings
from reception.ui.workbench import Page, Where
from tests.ui.desk import OpenDesk
from tests.ui.extras import extra
from tests.ui.lending import handed_over, items, listened, says, state, told
from tests.ui.papers import dialog, opened, page, publish, row, rule

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


def test_a_bundle_is_its_own_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert process.command() == [sys.executable, "-m", "reception", "client-view"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command() == [sys.executable, "client-view"]


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


def test_a_screen_that_can_not_be_started_gives_the_form_back(
    desk: OpenDesk, screen: ClientScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "command", lambda: ["/nowhere/reception", "client-view"])
    opened(desk, publish(desk))
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: "closed by itself" in desk.window.messages.banner.text())
    (draft,) = desk.bench.drafts.all()
    assert not screen.is_out()
    assert not desk.bench.drafts.is_lent(draft.id)


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
    assert "Beatrix" in told(screen).state.answers


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
    assert told(screen).guardian
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
    service = extra(desk, "LED mask", desk.clinic.laser, short="LED")
    handed_over(desk, screen, publish(desk), visit=visit)
    heard = listened(screen)
    says(screen, Draft(state(pregnant=False)))
    desk.until(lambda: Meaning((), (Extra(int(service), "LED mask", "15 min · £12.00"),)) in heard)


@pytest.mark.parametrize(("name", "first"), [("Beatrix Hale", "Beatrix"), ("Priya", "Priya"), ("", "")])
def test_a_client_is_greeted_by_no_more_than_their_first_name(name: str, first: str) -> None:
    assert first_name(name) == first
