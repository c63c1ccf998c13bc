"""Handing a form in: who answered, for which coming-in, and signed by whom (R35)."""

from PySide6.QtCore import QCoreApplication

from reception.domain.forms import AnsweredBy, Answering, Signature
from reception.domain.tables.ids import ClientId
from reception.ui import tokens as k
from reception.ui.form import Bar
from reception.ui.panels.form.column import Who
from reception.ui.panels.form.opened import Opened
from reception.ui.panels.form.work import Work
from reception.ui.tokens import Tone
from reception.ui.widgets import Button, Kind, caption
from reception.ui.workbench import Workbench


class LockedFoot(Bar):
    """What can still be done with a form that was handed in."""

    def __init__(self) -> None:
        self.pdf = Button(_tr("Save as PDF…"), icon="form", name="form.pdf")
        self.amend = Button(_tr("Correct it…"), icon="pen", name="form.amend")
        self.done = Button(_tr("Close"), Kind.PRIMARY, key="Enter", name="form.done")
        words = caption(_tr("These answers are locked; a correction is a new form"), Tone.INK2, k.MEDIUM)
        super().__init__((words, 1), self.pdf, self.amend, self.done)


def answering(bench: Workbench, opened: Opened, work: Work, who: Who) -> Answering:
    """What is handed in: the answers to questions that are asked, by whom, with the signature where there is one."""
    facts, dialog = opened
    now = bench.now()
    name = {AnsweredBy.CLIENT: facts.card.name, AnsweredBy.STAFF: bench.person.name}.get(who.by, who.answerer)
    signed = dialog.review.signing.signed() if dialog.signs() else None
    role = AnsweredBy.GUARDIAN if who.by is AnsweredBy.GUARDIAN else AnsweredBy.CLIENT
    return Answering(
        version=facts.version.id,
        client=ClientId(facts.card.id),
        answers=dialog.filling.response(completed=True, at=now),
        answered_by=who.by,
        answerer=name,
        relation=who.relation,
        group=facts.group,
        signature=Signature(signed.png, signed.signer, role.value, signed.at) if signed is not None else None,
        amends=work.amends,
    )


def show_signer(bench: Workbench, opened: Opened, who: Who) -> None:
    """Says at the signature who signs: the client, or whoever answers for one who isn't of age."""
    signer = who.answerer if who.by is AnsweredBy.GUARDIAN else opened.facts.card.name
    opened.dialog.review.signing.show_signer(signer, bench.now(), bench.person.name)


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_handing", words)
