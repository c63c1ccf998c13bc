"""The day of the diary: one painted widget of columns and blocks, and the frame that scrolls it."""

from reception.ui.daygrid.grid import DayGrid
from reception.ui.daygrid.values import AddOn, Age, Block, Column, Off, Pay, Picture
from reception.ui.daygrid.view import DayView

__all__ = ["AddOn", "Age", "Block", "Column", "DayGrid", "DayView", "Off", "Pay", "Picture"]
