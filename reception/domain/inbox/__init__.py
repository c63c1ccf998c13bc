"""The inbox: what clients hand in on their own screen, until somebody at the desk has looked at it."""

from reception.domain.inbox.deciding import accept, confirm, decline, give_back
from reception.domain.inbox.handing import fitting, submit, wish
from reception.domain.inbox.reading import inbox, submission, wished
from reception.domain.inbox.screen import Return, hand_over, refuse_pin, take_back
from reception.domain.inbox.values import Fitting, Handed, Item, Submission, Submitting, Wished

__all__ = [
    "Fitting",
    "Handed",
    "Item",
    "Return",
    "Submission",
    "Submitting",
    "Wished",
    "accept",
    "confirm",
    "decline",
    "fitting",
    "give_back",
    "hand_over",
    "inbox",
    "refuse_pin",
    "submission",
    "submit",
    "take_back",
    "wish",
    "wished",
]
