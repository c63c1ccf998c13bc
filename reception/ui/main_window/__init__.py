"""The desk: the regions around the diary, the full pages, and how they speak to each other."""

from reception.ui.main_window.window import MainWindow

__all__ = ["MainWindow"]
