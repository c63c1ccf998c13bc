"""The staff list as a table whose order is that of the diary's columns."""

from reception.domain.staff import Person
from reception.ui.widgets import OrderedTable


class StaffTable(OrderedTable[Person]):
    """Everybody; `moved` gives a person and the place that they should take."""
