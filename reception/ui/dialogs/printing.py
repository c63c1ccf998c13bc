"""A form printed, or saved as a PDF where there is no printer or somebody wants a file."""

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from reception.domain.clients import Card
from reception.domain.errors import Trouble
from reception.domain.forms import Version
from reception.ui.ask import ask, ask_choice
from reception.ui.form.paper import Paper, blank, write_pdf
from reception.ui.workbench import Workbench

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # of files, on one system or another


def blank_paper(bench: Workbench, version: Version, card: Card | None = None) -> Paper:
    """A form to be filled in with a pen, by a client or by whoever comes."""
    return Paper(
        version.title,
        version_words(version),
        partial(blank, version.questionnaire, bench.formats),
        client=card.name if card is not None else "",
        born=born_words(card) if card is not None else "",
        clinic=clinic_words(bench),
    )


def version_words(version: Version) -> str:
    """Which version it is, as it stands under the title."""
    return _tr("version {number}").format(number=version.number)


def born_words(card: Card) -> str:
    """A client's year of birth: with the name, the second thing that tells who it is on every sheet."""
    return str(card.born.year) if card.born is not None else ""


def clinic_words(bench: Workbench) -> str:
    """The clinic, as it stands at the foot of every sheet."""
    return ", ".join(part for part in (bench.clinic.name, bench.clinic.address) if part)


async def print_paper(bench: Workbench, window: QWidget, paper: Paper) -> None:
    """Prints a form; where there is no printer a PDF is offered instead. Raises Refused, Trouble."""
    from reception.ui.dialogs import printer  # noqa: PLC0415 - Qt's printing is loaded when somebody first prints

    if not printer.is_any():
        title = _tr("This PC has no printer")
        words = _tr("Set one up in the system’s settings, or save “{form}” as a PDF and print that elsewhere.")
        if await ask_choice(window, title, [_tr("Save as PDF…")], words=words.format(form=paper.title)) == 0:
            await save_pdf(bench, window, paper)
        return
    where = await printer.print_on(window, paper)
    if where is not None:
        bench.said.emit(_tr("Sent {form} to {printer}").format(form=paper.title, printer=Path(where).name), None)


async def save_pdf(bench: Workbench, window: QWidget, paper: Paper) -> None:
    """Asks where to, and writes the form there as a PDF. Raises Trouble where that can't be."""
    named = ", ".join(part for part in (paper.client, paper.title) if part)
    picker = QFileDialog(window, _tr("Save as PDF"), f"{_NOT_IN_NAMES.sub(' ', named)}.pdf")
    picker.setObjectName("form.pdf.file")
    picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    picker.setNameFilter(_tr("PDF (*.pdf)"))
    picker.setDefaultSuffix("pdf")
    if not await ask(picker):
        return
    path = Path(picker.selectedFiles()[0])
    try:
        write_pdf(paper, path)
    except OSError as error:
        sentence = _tr("{path} can't be written: {why}. Choose another folder.")
        raise Trouble(sentence.format(path=path, why=error.strerror or error)) from error
    bench.said.emit(_tr("Saved {file}").format(file=path.name), None)


def _tr(words: str) -> str:
    return QCoreApplication.translate("printing", words)
