"""A client's ledger: what was bought, what happened to every credit, which visit used which, and the money."""

from reception.ui.panels.ledger.panel import LedgerPanel

__all__ = ["LedgerPanel"]
