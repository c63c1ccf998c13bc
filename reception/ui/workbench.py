"""What every panel and dialog is given: the way to the clinic's data, who is at the desk, what lies half done."""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain import access, catalogue, staff
from reception.domain.access import Act
from reception.domain.addons import Attaching
from reception.domain.catalogue import Clinic
from reception.domain.errors import DomainError, Trouble
from reception.domain.staff import Person
from reception.ui.backend import Backend, Changes, Desk, Draft
from reception.ui.tasks import Tasks
from reception.ui.text import Formats

__all__ = ["Draft", "Drafts", "Page", "Undo", "Where", "Workbench"]

Undo = Callable[[], Coroutine[Any, Any, object]] | None
"""How a finished act is taken back; None where it isn't."""

_KEPT_WITHIN = 400  # milliseconds from a key to the disk
_AGAIN_AFTER = 3000
_log = logging.getLogger(__name__)


class Page(StrEnum):
    """Where somebody can be in the window."""

    DIARY = "diary"
    CLIENTS = "clients"
    LEDGER = "ledger"
    CHECKOUT = "checkout"
    BOOKING = "booking"
    COMING = "coming"
    FORM = "form"
    INBOX = "inbox"
    EDITOR = "editor"
    CATALOGUE = "catalogue"
    STAFF = "staff"
    SETTINGS = "settings"


@dataclass(frozen=True)
class Where:
    """A place in the window: a page, and whom or what it should show.

    `attach` is the add-on that is to be paid there, `product` the package that is to be sold there; `submission` are
    answers, and `wish` an add-on, that a client has asked for on their own screen.
    """

    page: str
    client: int | None = None
    appointment: int | None = None
    draft: str | None = None
    day: date | None = None
    form: int | None = None
    response: int | None = None
    attach: Attaching | None = None
    product: int | None = None
    submission: int | None = None
    wish: int | None = None


class Drafts(QObject):
    """Half-done work of this desk (Decision 7). What is typed is on disk within half a second, off the window's thread.

    A draft that somebody has in hand is shown by its dialog or page; one that is parked lies as a card in the strip.
    `kept` names a draft that is safe on the disk.
    """

    changed = Signal()
    kept = Signal(str)
    failed = Signal(object)

    def __init__(
        self, backend: Backend, tasks: Tasks, kept: tuple[Draft, ...] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._drafts = {draft.id: draft for draft in kept}
        self._in_hand: set[str] = set()
        self._lent: set[str] = set()
        self._waiting: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=_KEPT_WITHIN)
        self._timer.timeout.connect(self._save)

    def all(self) -> tuple[Draft, ...]:
        """All that lies half done, the oldest first."""
        return tuple(self._drafts.values())

    def parked(self) -> tuple[Draft, ...]:
        """What nobody has in hand: the cards of the strip, in the order of their keys Ctrl+1 to 9."""
        return tuple(draft for draft in self._drafts.values() if draft.id not in self._in_hand)

    def get(self, id: str) -> Draft | None:
        """A draft by its id; None once it was saved or thrown away."""
        return self._drafts.get(id)

    def open(
        self, kind: str, *, client: int | None = None, title: str = "", body: dict[str, Any] | None = None
    ) -> Draft:
        """Begins something; its id becomes the id of the command that saves it."""
        draft = Draft(uuid4().hex, kind, title, dict(body or {}), client, self._backend.actor)
        self._drafts[draft.id] = draft
        self._in_hand.add(draft.id)
        self._mark(draft.id)
        return draft

    def keep(self, id: str, body: dict[str, Any], title: str | None = None, client: int | None = None) -> None:
        """Keeps what was typed by now; without a title or a client those stay."""
        old = self._drafts.get(id)
        if old is None:
            return
        new = replace(
            old,
            body=dict(body),
            title=old.title if title is None else title,
            client=old.client if client is None else client,
        )
        if new != old:
            self._drafts[id] = new
            self._mark(id)

    def close(self, id: str) -> None:
        """It was saved, or thrown away."""
        if self._drafts.pop(id, None) is not None:
            self._in_hand.discard(id)
            self._lent.discard(id)
            self._mark(id)

    def lend(self, id: str) -> None:
        """It is with the client on their own screen: its card stays, and nobody takes it in hand meanwhile."""
        if id in self._drafts:
            self._in_hand.discard(id)
            self._lent.add(id)
            self.changed.emit()

    def take_back(self, id: str) -> None:
        """It is no longer with the client."""
        if id in self._lent:
            self._lent.discard(id)
            self.changed.emit()

    def is_lent(self, id: str) -> bool:
        """Whether it is with the client now."""
        return id in self._lent

    def take(self, id: str) -> None:
        """Somebody takes it in hand: its card goes."""
        if id in self._drafts and id not in self._in_hand:
            self._in_hand.add(id)
            self.changed.emit()

    def park(self, id: str) -> None:
        """Lays it aside as a card."""
        if id in self._in_hand:
            self._in_hand.discard(id)
            self.changed.emit()

    def park_all(self, besides: str | None = None) -> None:
        """Lays aside whatever is in hand, but for one."""
        if aside := self._in_hand - {besides}:
            self._in_hand -= aside
            self.changed.emit()

    def restore(self, draft: Draft) -> None:
        """Brings back, as a card, what was thrown away."""
        self._drafts[draft.id] = draft
        self._mark(draft.id)

    async def flush(self) -> None:
        """Puts on disk whatever isn't there yet."""
        self._timer.stop()
        while self._waiting:
            id = self._waiting.pop()
            draft = self._drafts.get(id)
            try:
                if draft is None:
                    await self._backend.at_desk(Desk.drop, id)
                else:
                    await self._backend.at_desk(Desk.keep, draft)
                    self.kept.emit(id)
            except Trouble as trouble:
                self._waiting.add(id)
                self._timer.start(_AGAIN_AFTER)
                self.failed.emit(trouble)
                return

    def _mark(self, id: str) -> None:
        self._waiting.add(id)
        if not self._timer.isActive():
            self._timer.start(_KEPT_WITHIN)
        self.changed.emit()

    def _save(self) -> None:
        self._tasks.start(self.flush(), key="drafts")


class Workbench(QObject):
    """One desk at work: its clinic, its person, its half-done work, and how its parts speak to each other.

    `said` tells of a finished act and how to undo it, `refused` and `troubled` go to the window's banner, `goto` asks
    for a place, and `sheet` hands over a sheet that shall stand beside the diary until it says `closed`.
    """

    said = Signal(str, object)
    refused = Signal(object)
    troubled = Signal(object, object)
    failed = Signal(object)
    goto = Signal(object)
    sheet = Signal(object)
    clinic_changed = Signal()
    person_changed = Signal()

    def __init__(
        self,
        backend: Backend,
        clinic: Clinic,
        person: Person,
        drafts: tuple[Draft, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.backend = backend
        self.tasks = Tasks(self)
        self.drafts = Drafts(backend, self.tasks, drafts, self)
        self.clinic, self.formats = clinic, self._formats(clinic)
        self.person = person
        backend.actor, backend.zone = person.id, self.formats.zone
        self.tasks.failed.connect(self.failed)
        self.drafts.failed.connect(self.refused)
        backend.changed.connect(self._hear)

    def may(self, act: Act) -> bool:
        """Whether whoever is at the desk may do this."""
        return access.may(self.person.role, act, clinical=self.person.clinical)

    def now(self) -> datetime:
        """The instant it is for the clinic."""
        return self.backend.now()

    def today(self) -> date:
        """The date on the clinic's wall."""
        return self.backend.today()

    def take_desk(self, person: Person) -> None:
        """Somebody else is at the desk now (F2)."""
        self.person = person
        self.backend.actor = person.id
        self.person_changed.emit()

    def _hear(self, changes: Changes) -> None:
        if "clinic" in changes.topics:
            self.tasks.start(self._read_clinic())
        if "staff" in changes.topics:
            self.tasks.start(self._read_person())

    async def _read_clinic(self) -> None:
        try:
            clinic = await self.backend.read(catalogue.clinic)
        except (DomainError, Trouble) as error:
            _log.info("the clinic's settings could not be read again: %s", error)
            return
        if clinic != self.clinic:
            self.clinic, self.formats = clinic, self._formats(clinic)
            self.backend.zone = self.formats.zone
            self.clinic_changed.emit()

    async def _read_person(self) -> None:
        try:
            people = await self.backend.read(staff.people)
        except (DomainError, Trouble) as error:
            _log.info("the staff list could not be read again: %s", error)
            return
        own = next((person for person in people if person.id == self.person.id), None)
        if own is None:
            return
        # A PIN, or a visit more to come, makes nobody else of them: they stay where they are in the window.
        other = replace(own, has_pin=self.person.has_pin, upcoming=self.person.upcoming) != self.person
        self.person = own
        if other:
            self.take_desk(own)

    def _formats(self, clinic: Clinic) -> Formats:
        return Formats(clinic.locale, clinic.currency, ZoneInfo(clinic.zone))
