"""The light theme before a test and after it, whatever the test made of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from reception.ui import theme


@contextmanager
def in_light(app: QApplication) -> Iterator[None]:
    """Begins with the light theme, and leaves it behind."""
    if theme.t.dark or not app.styleSheet():
        theme.apply(app, dark=False)
    yield
    if theme.t.dark:
        theme.apply(app, dark=False)
