"""Forms as the desk sees them beside a visit: why one is due, and how much of one that was begun is left."""

from PySide6.QtCore import QCoreApplication

from reception.domain.screening import Wanting
from reception.ui.workbench import Drafts


def left_to_answer(drafts: Drafts, client: int | None) -> dict[int, str]:
    """What the forms that lie half filled in for a client still ask, by form: "5 left"."""
    found = {}
    for draft in drafts.all():
        if draft.kind != "form" or draft.client != client:
            continue
        count = max(0, draft.body.get("questions", 0) - draft.body.get("answered", 0))
        found[int(draft.body["form"])] = QCoreApplication.translate("forms", "%n left", None, count)
    return found


def due_words(why: Wanting) -> str:
    """Why a form is due, in two words (R31, R32)."""
    return {
        Wanting.MISSING: _tr("due"),
        Wanting.OUTDATED: _tr("too old by then"),
        Wanting.THIS_VISIT: _tr("due for this visit"),
        Wanting.NEW_VERSION: _tr("has changed"),
        Wanting.UNANSWERED: _tr("an answer is missing"),
    }[why]


def _tr(words: str) -> str:
    return QCoreApplication.translate("forms", words)
