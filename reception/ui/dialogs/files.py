"""Files that come from elsewhere: picked in the system's own dialog, and read no further than they may be large."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from reception.domain.errors import Refused
from reception.domain.questionnaire.jsontext import MOST_BYTES


def pick_json(parent: QWidget, title: str, what: str, picked: Callable[[str], None]) -> None:
    """Asks for a file of JSON, which holds `what`; `picked` is told its name, unless somebody thinks better of it."""
    picker = QFileDialog(parent, title)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    picker.setFileMode(QFileDialog.FileMode.ExistingFile)
    others = QCoreApplication.translate("files", "All files")
    picker.setNameFilter(f"{what} (*.json);;{others} (*)")
    picker.fileSelected.connect(picked)
    picker.open()


def bytes_of(file: Path) -> bytes:
    """What a file holds: of one that is larger than any form no more than is needed to say so.

    Raises Refused where it can't be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        sentence = "{file} could not be read: {why}. Choose another file."
        raise Refused(sentence, file=file.name, why=error.strerror or str(error)) from error
