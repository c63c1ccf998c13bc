"""A form as it lies on the page."""

from typing import NamedTuple

from reception.ui.form import FormDialog
from reception.ui.panels.form.reading import Facts


class Opened(NamedTuple):
    """What is known of it, and the form itself with its answers."""

    facts: Facts
    dialog: FormDialog

    @property
    def locked(self) -> bool:
        """Whether it was handed in: it is read and not changed any more (R35)."""
        return self.facts.response is not None
