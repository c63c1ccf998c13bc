"""Closed sets of words that columns hold and that no rule of arithmetic owns."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the clinic; says what they may do."""

    RECEPTIONIST = "receptionist"
    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    OWNER = "owner"


class Happening(StrEnum):
    """What an appointment event records."""

    BOOKED = "booked"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    STARTED = "started"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    MISSED = "missed"
    TAKEN_BACK = "taken_back"
    UNDONE = "undone"


class Bookable(StrEnum):
    """Whether a service is booked on its own, only as an add-on, or both ways."""

    ALONE = "alone"
    ADD_ON = "add_on"
    BOTH = "both"


class PaymentPolicy(StrEnum):
    """When a service is paid: at the visit, a deposit ahead, or all of it ahead (R28)."""

    AT_VISIT = "at_visit"
    DEPOSIT = "deposit"
    UPFRONT = "upfront"


class ResourceKind(StrEnum):
    """What is needed beside a person."""

    ROOM = "room"
    DEVICE = "device"


class AnsweredBy(StrEnum):
    """Who answered a form (R35)."""

    CLIENT = "client"
    GUARDIAN = "guardian"
    STAFF = "staff"
    IMPORT = "import"


class TaskKind(StrEnum):
    """What a screening asks somebody to do: see to a blocked visit, review a flagged one, decide when asked (R34)."""

    BLOCKED = "blocked"
    REVIEW = "review"
    ASKED = "asked"


class SaleKind(StrEnum):
    """A sale, or the reversal of one (R40)."""

    SALE = "sale"
    REVERSAL = "reversal"


class LineKind(StrEnum):
    """What a line of a sale is for."""

    VISIT = "visit"
    PACKAGE = "package"
    FEE = "fee"
    ADJUSTMENT = "adjustment"
    ACCOUNT = "account"
    DEPOSIT = "deposit"


class Tender(StrEnum):
    """How money came."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    ACCOUNT = "account"
    CREDIT = "credit"
    DEPOSIT = "deposit"


class Account(StrEnum):
    """The accounts of the money journal (R37)."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    CLIENT = "client"
    DEFERRED = "deferred"
    INCOME = "income"
    TAX = "tax"
    FEES = "fees"
    DEPOSITS = "deposits"
    BREAKAGE = "breakage"
