"""The checkout: a cart, how it is paid, and the receipt; settled once (R2, R36)."""

from reception.ui.panels.checkout.panel import CheckoutPanel

__all__ = ["CheckoutPanel"]
