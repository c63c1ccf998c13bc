"""The staff list, and when each of them works."""

from reception.ui.panels.staff.panel import Staff

__all__ = ["Staff"]
