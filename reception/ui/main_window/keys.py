"""What every key of the desk does, in words."""

from PySide6.QtWidgets import QWidget

from reception.ui.dialogs.keys import Section


def sections(window: QWidget) -> list[Section]:
    """What each key does, in the order of their places."""
    tr = window.tr
    desk: Section = (
        tr("Everywhere"),
        [
            ("Ctrl K", tr("Find a client or do something")),
            ("Ctrl F", tr("Find a client")),
            ("Ctrl N", tr("New client")),
            ("Ctrl G", tr("Go to a day")),
            ("Ctrl Z", tr("Undo")),
            ("Ctrl 1–9", tr("Go on with what is parked")),
            ("Ctrl Shift L", tr("Ledger of the client")),
            ("F12", tr("Check out the client")),
            ("F2", tr("Change who is at the desk")),
            ("Ctrl B / Ctrl J", tr("Fold the left, the right column")),
            ("Ctrl /", tr("These keys")),
        ],
    )
    day: Section = (
        tr("In the diary"),
        [
            ("T", tr("Today")),
            ("PgUp / PgDn", tr("Day before, day after")),
            ("Shift PgUp / Shift PgDn", tr("Week before, week after")),
            ("Arrows", tr("From cell to cell")),
            ("Enter", tr("Open the visit, or book here")),
            ("F", tr("Next free slot of a service")),
            ("V", tr("Put down what was picked up")),
            (".", tr("Menu of the visit")),
        ],
    )
    visit: Section = (
        tr("With the chosen visit"),
        [
            ("A", tr("Arrived")),
            ("S", tr("Start the treatment")),
            ("C", tr("Complete")),
            ("N", tr("Not coming")),
            ("+ 1–9", tr("Add, or ask about, what stands beside the digit")),
            ("B", tr("Whole booking")),
            ("R", tr("Book again in some weeks")),
            ("X", tr("Pick up, to move to another day")),
            ("Ctrl arrows", tr("Move by 15 minutes, to a column")),
        ],
    )
    form: Section = (
        tr("In a form"),
        [
            ("Y / N", tr("Yes, no to the question with the keyboard")),
            ("1–9", tr("The answer beside the digit")),
            ("Del", tr("Take the answer back")),
            ("Enter / Alt ←", tr("Next section, back")),
            ("Ctrl Enter", tr("Finish")),
            ("F9", tr("Hand it to the client")),
            ("Ctrl P", tr("Print it, or an empty one")),
            ("F4", tr("Month of a date")),
        ],
    )
    lists: Section = (
        tr("In lists and sheets"),
        [
            ("1–9", tr("Choose from a short list")),
            ("Enter", tr("Do what the button at the foot says")),
            ("Esc", tr("Leave; what was typed is parked")),
        ],
    )
    editor: Section = (
        tr("In the editor of forms"),
        [
            ("Ins", tr("Put a question in")),
            ("Ctrl D", tr("Copy the question")),
            ("Del", tr("Take the question out")),
            ("Ctrl Up / Ctrl Down", tr("Move the question, or the answer")),
            ("Ctrl Z / Ctrl Shift Z", tr("Undo, do again")),
        ],
    )
    return [desk, day, visit, form, lists, editor]
