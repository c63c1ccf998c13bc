"""How a visit ends without taking place: the sheet that says what that does before it is done (R14, R15)."""

from reception.ui.dialogs.ending.effects import effect
from reception.ui.dialogs.ending.sheet import EndingSheet

__all__ = ["EndingSheet", "effect"]
