"""A field for a rate of tax."""

from PySide6.QtCore import Qt

from reception.ui.text import Formats
from reception.ui.widgets import LineEdit


class PercentEdit(LineEdit):
    """A rate of tax; empty is none at all."""

    def __init__(self, formats: Formats, rate: int = 0, *, name: str = "") -> None:
        super().__init__(name=name)
        self._formats = formats
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setText(formats.percent(rate))

    def rate(self) -> int:
        """What was typed, in basis points; raises Invalid where that is no rate."""
        return self._formats.parse_percent(self.text()) if self.text().strip() else 0
