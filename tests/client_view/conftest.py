"""What tests of the client's screen share: the theme."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.looks import in_light


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every test begins with the light theme."""
    with in_light(qapp):
        yield
