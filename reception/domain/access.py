"""Who may do what: acts, roles, and the turn in which a command runs."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reception.domain import clock
from reception.domain.errors import NotAllowed
from reception.domain.tables.ids import StaffId
from reception.domain.tables.words import Role

__all__ = [
    "ALLOWED",
    "WORDS",
    "Act",
    "Role",
    "Stamp",
    "Turn",
    "may",
    "now",
    "require",
    "require_own",
    "turn",
]


class Act(StrEnum):
    """What somebody does, named so that a role can be given it."""

    BOOK = "diary.book"
    MOVE = "diary.move"
    CANCEL = "diary.cancel"
    STATUS = "diary.status"
    OUTSIDE_SHIFT = "diary.outside_shift"
    PAST_DAY = "diary.past_day"
    UNDO = "diary.undo"
    SETTLE = "sale.settle"
    DISCOUNT = "sale.discount"
    REVERSE = "sale.reverse"
    EXTEND = "credits.extend"
    TRANSFER = "credits.transfer"
    GOODWILL = "credits.goodwill"
    SWAP = "credits.swap"
    OVERRIDE = "policy.override"
    CLIENTS = "clients.edit"
    CATALOGUE = "catalogue.edit"
    STAFF = "staff.edit"
    ROTA = "rota.edit"
    CLINIC = "clinic.edit"


WORDS = {
    Act.BOOK: "book visits",
    Act.MOVE: "move visits",
    Act.CANCEL: "cancel visits",
    Act.STATUS: "change a visit's status",
    Act.OUTSIDE_SHIFT: "book outside a shift",
    Act.PAST_DAY: "enter a visit on an earlier day",
    Act.UNDO: "undo a completion or a no-show",
    Act.SETTLE: "settle a sale",
    Act.DISCOUNT: "give a discount",
    Act.REVERSE: "reverse a sale",
    Act.EXTEND: "extend credits",
    Act.TRANSFER: "transfer credits",
    Act.GOODWILL: "give a credit back",
    Act.SWAP: "change a visit's credit",
    Act.OVERRIDE: "override the cancellation policy",
    Act.CLIENTS: "change a client's record",
    Act.CATALOGUE: "change the catalogue",
    Act.STAFF: "change the staff list",
    Act.ROTA: "change shifts and closures",
    Act.CLINIC: "change the clinic's settings",
}

_DESK = frozenset(
    {Act.BOOK, Act.MOVE, Act.CANCEL, Act.STATUS, Act.UNDO, Act.SETTLE, Act.DISCOUNT, Act.SWAP, Act.CLIENTS}
)
_ALL = frozenset(Act)
ALLOWED = {
    Role.RECEPTIONIST: _DESK,
    Role.PRACTITIONER: frozenset({Act.STATUS}),
    Role.MANAGER: _ALL,
    Role.OWNER: _ALL,
}
"""Which role may do what; a practitioner changes the status of their own visits only."""


class Stamp(TypedDict):
    """What every fact carries of the command that wrote it."""

    n: int
    at: datetime
    business_day: date


@dataclass(frozen=True, slots=True)
class Turn:
    """One command's number, time, place and person, set by the store before the command runs."""

    n: int
    now: datetime
    zone: ZoneInfo
    actor: StaffId | None
    role: Role
    desk: str

    @property
    def today(self) -> date:
        """The clinic's local date."""
        return clock.local_date(self.now, self.zone)

    def stamp(self) -> Stamp:
        """What a fact of this turn carries."""
        return Stamp(n=self.n, at=self.now, business_day=self.today)


def turn(session: Session) -> Turn:
    """The turn that the session's command runs in."""
    found: Turn = session.info["turn"]
    return found


def now(session: Session) -> datetime:
    """The instant that a reading or a command takes as now."""
    if "turn" in session.info:
        return turn(session).now
    found: datetime = session.info["now"]
    return found


def may(role: Role, act: Act) -> bool:
    """Whether somebody of this role may do it."""
    return act in ALLOWED[role]


def require(session: Session, act: Act) -> Turn:
    """The turn, if whoever stands at the desk may do this; raises NotAllowed. The system may do everything."""
    own = turn(session)
    if own.actor is not None and not may(own.role, act):
        raise NotAllowed(
            "You can't {what} as {role}. Ask a manager, or change who is at the desk with F2.",
            act=act,
            what=WORDS[act],
            role=own.role,
        )
    return own


def require_own(session: Session, act: Act, staff: int) -> Turn:
    """Like require; a practitioner may do it in their own column only."""
    own = require(session, act)
    if own.role is Role.PRACTITIONER and own.actor != staff:
        raise NotAllowed("You can {what} in your own column only.", act=act, what=WORDS[act])
    return own
