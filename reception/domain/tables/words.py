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


class Tender(StrEnum):
    """How money came."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    ACCOUNT = "account"
    CREDIT = "credit"


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
