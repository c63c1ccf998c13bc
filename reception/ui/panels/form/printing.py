"""A form that was handed in, as a file to send or to print."""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from reception.domain.errors import Trouble
from reception.domain.questionnaire import Filling
from reception.ui.ask import ask
from reception.ui.form.paper import Paper, write_pdf
from reception.ui.panels.form.reading import Facts
from reception.ui.workbench import Workbench

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # of files, on one system or another


async def save_pdf(bench: Workbench, window: QWidget, facts: Facts, filling: Filling, about: str) -> Path | None:
    """Asks where to, and writes the form there; None where somebody thought better of it. Raises Trouble."""
    name = _NOT_IN_NAMES.sub(" ", f"{facts.card.name}, {facts.version.title}")
    picker = QFileDialog(window, _tr("Save as PDF"), f"{name}.pdf")
    picker.setObjectName("form.pdf.file")
    picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    picker.setNameFilter(_tr("PDF (*.pdf)"))
    picker.setDefaultSuffix("pdf")
    if not await ask(picker):
        return None
    path = Path(picker.selectedFiles()[0])
    try:
        write_pdf(_paper(bench, facts, filling, about), path, bench.formats)
    except OSError as error:
        sentence = _tr("{path} can't be written: {why}. Choose another folder.")
        raise Trouble(sentence.format(path=path, why=error.strerror or error)) from error
    return path


def _paper(bench: Workbench, facts: Facts, filling: Filling, about: str) -> Paper:
    signature = facts.response.signature if facts.response is not None else None
    clinic = bench.clinic
    title = _tr("{title}, version {number}").format(title=facts.version.title, number=facts.version.number)
    signed = signed_words(bench, facts)
    lines = (about, ", ".join(part for part in (clinic.name, clinic.address) if part))
    return Paper(title, lines, filling.pages(), signature.png if signature is not None else b"", signed)


def signed_words(bench: Workbench, facts: Facts) -> str:
    """Who signed what was handed in, and when; "" where nobody did."""
    signature = facts.response.signature if facts.response is not None else None
    if signature is None:
        return ""
    at = signature.at.astimezone(bench.formats.zone)
    when = f"{bench.formats.full(at.date())} {bench.formats.time(at)}"
    return _tr("Signed by {signer}, {when}").format(signer=signature.signer, when=when)


def _tr(words: str) -> str:
    return QCoreApplication.translate("form_printing", words)
