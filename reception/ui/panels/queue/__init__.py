"""The left column and, folded, its rail."""

from reception.ui.panels.queue.column import Queue

__all__ = ["Queue"]
