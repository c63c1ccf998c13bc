"""Words for a form in its client's hands: it is handed over, and what comes from there is said here."""

from typing import Any

from PySide6.QtCore import Qt

from reception.client_view.messages import Message, Open, Ready, State
from reception.domain import inbox, questionnaire
from reception.domain.tables.ids import AppointmentId, ClientId, FormId
from reception.ui.client_screen import ClientScreen
from reception.ui.client_screen.loan import Loan
from reception.ui.client_screen.process import Process
from tests.ui.desk import OpenDesk
from tests.ui.papers import opened

PIN = "4711"
"""Anna's."""


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
    return loan(screen).process


def loan(screen: ClientScreen) -> Loan:
    """The form that is with its client."""
    assert screen._loan is not None
    return screen._loan


def told(screen: ClientScreen) -> Open:
    """What the client's screen was told first."""
    return loan(screen).opening


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
