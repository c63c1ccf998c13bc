"""What tests of the client's screen share: the theme."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from reception.ui import theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every test begins with the light theme."""
    if theme.t.dark or not qapp.styleSheet():
        theme.apply(qapp, dark=False)
    yield
    if theme.t.dark:
        theme.apply(qapp, dark=False)
