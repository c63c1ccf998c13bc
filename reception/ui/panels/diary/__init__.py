"""The diary: a day of the clinic, and everything that is done on it."""

from reception.ui.panels.diary.panel import DiaryPanel

__all__ = ["DiaryPanel"]
