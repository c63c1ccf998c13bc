"""Which of the computer's screens is handed to a client."""

from PySide6.QtGui import QGuiApplication, QScreen


def chosen_screen(name: str) -> QScreen:
    """The screen of that name; else the second one, if there is one."""
    screens = QGuiApplication.screens()
    first = QGuiApplication.primaryScreen()
    named = next((one for one in screens if one.name() == name), None)
    return named or next((one for one in screens if one is not first), first)
