"""The booking page: a client's whole coming-in as a chain, and what can be done with it (R15–R18, R24–R28)."""

from reception.ui.panels.coming.panel import ComingPage

__all__ = ["ComingPage"]
