"""The page of a form while it is read, in its true layout."""

from PySide6.QtWidgets import QWidget

from reception.ui.widgets import STRETCH, Hair, Skeleton, hbox, pane, vbox


def bones(left: int) -> QWidget:
    """Head, pages at the left in so many pixels, and questions."""
    pages = (Skeleton(150, 14) for _ in range(3))
    column = vbox(Skeleton(120), Skeleton(190, 4), 16, *pages, STRETCH, gap=14, margins=(20, 14, 20, 14))
    rows = (hbox(Skeleton(260), STRETCH, Skeleton(300, 30, 6)) for _ in range(6))
    middle = vbox(Skeleton(220, 20), 16, *rows, STRETCH, gap=22, margins=(20, 14, 20, 14))
    body = hbox(pane(column, "canvas", width=left), (pane(middle, "surface"), 1), gap=0)
    head = pane(hbox(Skeleton(34, 34, 17), Skeleton(220, 14), STRETCH, margins=(20, 11, 20, 11)), "surface", height=56)
    return pane(vbox(head, Hair(strong=True), (body, 1), gap=0))
