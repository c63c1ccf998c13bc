"""Add-ons: what can join a coming-in, and what can't and why (R24–R30)."""

from reception.domain.addons.attaching import attach, join, look
from reception.domain.addons.offering import offers
from reception.domain.addons.values import Attaching, Offer, Offers, Reason, Refusal, Why

__all__ = ["Attaching", "Offer", "Offers", "Reason", "Refusal", "Why", "attach", "join", "look", "offers"]
