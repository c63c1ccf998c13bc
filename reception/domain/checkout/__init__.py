"""The checkout: a cart is quoted, settled once, and if it was wrong reversed (R2, R36–R40)."""

from reception.domain.checkout.cart import Unpaid, quote, suggest
from reception.domain.checkout.receipts import receipt, sales
from reception.domain.checkout.settling import pay_out, reverse, settle
from reception.domain.checkout.values import (
    Cart,
    CartLine,
    Paying,
    Quote,
    QuoteLine,
    Receipt,
    ReceiptLine,
    ReceiptPayment,
    SaleRow,
)
from reception.domain.tables.words import LineKind, SaleKind, Tender

__all__ = [
    "Cart",
    "CartLine",
    "LineKind",
    "Paying",
    "Quote",
    "QuoteLine",
    "Receipt",
    "ReceiptLine",
    "ReceiptPayment",
    "SaleKind",
    "SaleRow",
    "Tender",
    "Unpaid",
    "pay_out",
    "quote",
    "receipt",
    "reverse",
    "sales",
    "settle",
    "suggest",
]
