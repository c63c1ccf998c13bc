"""The client's own screen as the desk sees it: a form is handed over, answered there, and the screen taken back."""

from reception.ui.client_screen.screen import ClientScreen

__all__ = ["ClientScreen"]
