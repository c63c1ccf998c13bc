"""A booking in the making: a draft beside the diary, checked against the rules as it is typed (R9, R10, R20, R21)."""

from reception.ui.dialogs.booking.sheet import BookingSheet
from reception.ui.dialogs.booking.wish import Wish

__all__ = ["BookingSheet", "Wish"]
