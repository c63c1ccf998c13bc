"""The catalogue: what the clinic performs and sells, its rooms and devices, and the forms that it asks."""

from reception.ui.panels.catalogue.panel import Catalogue

__all__ = ["Catalogue"]
