"""The inbox: what clients handed in, looked over at the desk and accepted, given back, added or not."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from reception.domain import diary, forms, inbox, screening, staff
from reception.domain.catalogue import PaymentPolicy
from reception.domain.inbox import Submitting
from reception.domain.tables.ids import AppointmentId, FormId, ServiceId, SubmissionId
from reception.ui.panels.inbox import InboxPage
from reception.ui.widgets import Elided, Notice
from reception.ui.widgets.signs import Chip
from reception.ui.workbench import Page, Where
from tests.ui.desk import OpenDesk
from tests.ui.extras import extra
from tests.ui.papers import fill, publish, rule


def page(desk: OpenDesk) -> InboxPage:
    return desk.window.places.inbox


def submitted(desk: OpenDesk, form: FormId, visit: AppointmentId | None = None, *, pregnant: bool = False) -> int:
    """Beatrix hands a form in on her own screen."""
    given = [
        {"linkId": "1", "item": [{"linkId": "1.1", "answer": [{"valueString": "Beatrix Hale"}]}]},
        {"linkId": "2", "item": [{"linkId": "2.1", "answer": [{"valueBoolean": pregnant}]}]},
    ]
    answers: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": given}
    group = desk.store.read(diary.entry, visit).group if visit is not None else None
    version = desk.store.read(forms.newest, form).id
    return int(desk.do(inbox.submit, Submitting(version, desk.clinic.beatrix, answers, group=group)))


@pytest.fixture
def visit(desk: OpenDesk) -> AppointmentId:
    """Beatrix's laser today."""
    return desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.laser, "10:30")


def mask(desk: OpenDesk, payment: PaymentPolicy = PaymentPolicy.AT_VISIT) -> ServiceId:
    """An add-on of the laser that Ines does."""
    return extra(desk, "LED mask", desk.clinic.laser, payment, short="LED")


def wished(desk: OpenDesk, visit: AppointmentId, service: ServiceId) -> int:
    return int(desk.do(inbox.wish, desk.store.read(diary.entry, visit).group, service))


def shows(desk: OpenDesk, submission: int | None = None, wish: int | None = None) -> None:
    """Goes to what is named, and waits until it is in sight."""
    desk.bench.goto.emit(Where(Page.INBOX, submission=submission, wish=wish))
    desk.until(lambda: bool(page(desk).items()) and page(desk).isVisible())


def waits(desk: OpenDesk) -> list[str]:
    """What the rows of the queue say."""
    groups = {group.key: group.rows for group in desk.window.queue.groups()}
    return [f"{row.name}: {row.line}" for row in groups.get("clients", ())]


@pytest.fixture
def form(desk: OpenDesk) -> FormId:
    """A form whose yes blocks the laser."""
    made = publish(desk)
    rule(desk, made, desk.clinic.laser, "2.1")
    return made


def test_the_queue_names_what_clients_handed_in(desk: OpenDesk, form: FormId, visit: AppointmentId) -> None:
    handed = submitted(desk, form)
    wished(desk, visit, mask(desk))
    desk.until(lambda: waits(desk) == ["Beatrix Hale: Skin check", "Beatrix Hale: would like LED mask"])
    desk.press(f"queue.answers.{handed}")
    desk.until(lambda: page(desk).isVisible() and len(page(desk).items()) == 2)
    assert desk.window.places.page is Page.INBOX


def test_what_the_answers_would_mean_is_seen_before_they_count(
    desk: OpenDesk, form: FormId, visit: AppointmentId
) -> None:  # R32
    shows(desk, submission=submitted(desk, form, visit, pregnant=True))
    chip = page(desk).findChild(Chip, f"inbox.outcome.{desk.clinic.laser}")
    assert chip is not None
    assert chip.text() == "Blocked"
    facts = page(desk).findChild(Elided, "inbox.facts")
    assert facts is not None
    assert facts.text() == "Beatrix Hale · answered by the client, today 08:00 · for the visit of 24 Nov"
    assert desk.store.read(screening.tasks) == ()


def test_accepted_by_enter_the_answers_count(desk: OpenDesk, form: FormId) -> None:  # R35
    shows(desk, submission=submitted(desk, form))
    desk.until(page(desk).answers.accept.hasFocus)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: len(desk.store.read(forms.responses, desk.clinic.beatrix)) == 1)
    desk.until(lambda: page(desk).items() == ())
    assert desk.store.read(inbox.inbox) == ()


def test_given_back_with_a_reason_they_do_not(desk: OpenDesk, form: FormId) -> None:
    shows(desk, submission=submitted(desk, form))
    desk.press("inbox.give_back")
    desk.until(lambda: desk.frame.findChild(QLineEdit, "ask.text") is not None)
    desk.type("Wrong client")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: page(desk).items() == ())
    assert desk.store.read(forms.responses, desk.clinic.beatrix) == ()


def test_what_is_decided_gives_way_to_the_next(desk: OpenDesk, form: FormId, visit: AppointmentId) -> None:
    first = submitted(desk, form)
    second = submitted(desk, form, visit)
    shows(desk, submission=first)
    desk.press("inbox.accept")
    desk.until(lambda: [one.id for one in page(desk).items()] == [SubmissionId(second)])
    row = page(desk).findChild(QAbstractButton, f"inbox.answers.{second}")
    assert row is not None
    assert row.isChecked()


def test_what_is_decided_elsewhere_leaves_the_list(desk: OpenDesk, form: FormId) -> None:
    handed = submitted(desk, form)
    shows(desk, submission=handed)
    desk.do(inbox.accept, SubmissionId(handed))
    desk.until(lambda: page(desk).items() == ())


def test_a_wish_says_what_it_comes_to_and_is_added(desk: OpenDesk, visit: AppointmentId) -> None:  # R27
    wish = wished(desk, visit, mask(desk))
    shows(desk, wish=wish)
    said = [page(desk).findChild(Elided, f"inbox.wish.{name}") for name in ("when", "who", "price", "paid")]
    told = [one.text() for one in said if one is not None]
    assert told == ["11:00 – 11:15", "Ines Lund", "£12.00", "at the visit"]
    desk.press("inbox.confirm")
    desk.until(lambda: len(desk.store.read(diary.coming_in, visit).lines) == 2)
    desk.until(lambda: page(desk).items() == ())


def test_what_must_be_paid_now_goes_to_the_checkout(desk: OpenDesk, visit: AppointmentId) -> None:  # R28
    wish = wished(desk, visit, mask(desk, PaymentPolicy.UPFRONT))
    shows(desk, wish=wish)
    assert page(desk).wish.add.text() == "Take it through the checkout"
    desk.press("inbox.confirm")
    desk.until(lambda: desk.window.places.page is Page.CHECKOUT)
    assert len(desk.store.read(diary.coming_in, visit).lines) == 1


def test_what_does_not_fit_says_why_and_can_be_turned_down(desk: OpenDesk, visit: AppointmentId) -> None:  # R25
    wish = wished(desk, visit, mask(desk))
    desk.book(desk.clinic.victor, desk.clinic.ines, desk.clinic.laser, "11:05")
    shows(desk, wish=wish)
    notice = page(desk).findChild(Notice, "inbox.wish.hindrance")
    assert notice is not None
    desk.until(lambda: "Ines Lund is busy" in notice.text())
    assert not page(desk).wish.add.isEnabled()
    desk.press("inbox.decline")
    desk.until(lambda: desk.frame.findChild(QLineEdit, "ask.text") is not None)
    desk.type("No time today")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: page(desk).items() == ())


def test_a_wish_leads_to_its_booking(desk: OpenDesk, visit: AppointmentId) -> None:
    shows(desk, wish=wished(desk, visit, mask(desk)))
    desk.press("inbox.wish.booking")
    desk.until(lambda: desk.window.places.page is Page.COMING)


def test_a_practitioner_sees_answers_and_no_wishes_in_the_queue(
    desk: OpenDesk, form: FormId, visit: AppointmentId
) -> None:
    submitted(desk, form)
    wished(desk, visit, mask(desk))
    desk.until(lambda: len(waits(desk)) == 2)
    desk.sit_down(desk.clinic.tomas)
    desk.until(lambda: waits(desk) == ["Beatrix Hale: Skin check"])


def test_nothing_waits(desk: OpenDesk) -> None:
    desk.bench.goto.emit(Where(Page.INBOX))
    desk.until(page(desk)._none.isVisible)
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.places.page is Page.DIARY)


# A PIN


def test_who_is_at_the_desk_sets_their_own_pin(desk: OpenDesk) -> None:
    desk.window.acts.set_pin()
    desk.until(lambda: desk.frame.findChild(QLineEdit, "pin.first") is not None)
    fill(desk, "pin.first", "12")
    desk.key(Qt.Key.Key_Return)
    assert desk.store.read(staff.checked_pin, "12") is None
    fill(desk, "pin.first", "4711")
    fill(desk, "pin.again", "4711")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.store.read(staff.checked_pin, "4711") == desk.clinic.anna)
    desk.until(lambda: desk.bench.person.has_pin)
    desk.window.acts.set_pin()
    desk.until(lambda: desk.frame.findChild(QAbstractButton, "pin.away") is not None)
    desk.press("pin.away")
    desk.until(lambda: desk.store.read(staff.checked_pin, "4711") is None)
