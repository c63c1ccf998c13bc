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
    ATTACH = "addons.attach"
    ANSWER = "forms.answer"
    FORMS = "forms.edit"
    SCREENING_RULES = "screening.rules"
    CLEAR = "screening.clear"
    PAY_OUT = "sale.pay_out"


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
    Act.ATTACH: "add to a visit",
    Act.ANSWER: "hand in a form",
    Act.FORMS: "change the forms",
    Act.SCREENING_RULES: "change what forms are required and what answers mean",
    Act.CLEAR: "clear a screening",
    Act.PAY_OUT: "pay money back",
}

_DESK = frozenset(
    {
        Act.BOOK,
        Act.MOVE,
        Act.CANCEL,
        Act.STATUS,
        Act.UNDO,
        Act.SETTLE,
        Act.DISCOUNT,
        Act.SWAP,
        Act.CLIENTS,
        Act.ATTACH,
        Act.ANSWER,
        Act.PAY_OUT,
    }
)
_ALL = frozenset(Act) - {Act.CLEAR}
ALLOWED = {
    Role.RECEPTIONIST: _DESK,
    Role.PRACTITIONER: frozenset({Act.STATUS, Act.ANSWER}),
    Role.MANAGER: _ALL,
    Role.OWNER: _ALL,
}
"""Which role may do what; a practitioner changes the status of their own visits only. No role clears a screening: that
takes the clinical right, which is its own (R33)."""


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
    clinical: bool

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


def may(role: Role, act: Act, *, clinical: bool = False) -> bool:
    """Whether somebody of this role, with the clinical right or without it, may do it."""
    return clinical if act is Act.CLEAR else act in ALLOWED[role]


def require(session: Session, act: Act) -> Turn:
    """The turn, if whoever stands at the desk may do this; raises NotAllowed. The system may do all but clear."""
    own = turn(session)
    if act is Act.CLEAR and not own.clinical:
        raise NotAllowed(
            "Only a clinician can clear a screening. Ask one to, or change who is at the desk with F2.", act=act
        )
    if own.actor is not None and not may(own.role, act, clinical=own.clinical):
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
