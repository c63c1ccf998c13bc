"""The page on which a form is filled in, signed and read."""

from reception.ui.panels.form.panel import FormPage

__all__ = ["FormPage"]
