"""The client beside the diary: who it is, the chosen visit, what is left, what is to pay."""

from reception.ui.panels.client.panel import ClientPanel

__all__ = ["ClientPanel"]
