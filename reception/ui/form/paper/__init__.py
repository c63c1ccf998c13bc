"""A form on paper: with its answers, or empty for a pen; the same on a printer and in a PDF."""

from reception.ui.form.paper.blank import blank
from reception.ui.form.paper.given import Signature, given
from reception.ui.form.paper.sheets import MARGINS, Paper, draw, write_pdf

__all__ = ["MARGINS", "Paper", "Signature", "blank", "draw", "given", "write_pdf"]
