"""The printers of this PC. Qt's printing is loaded with this module, so only whoever prints asks for it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from reception.domain.errors import Trouble
from reception.ui.ask import ask
from reception.ui.form.paper import MARGINS, Paper, draw

_Option = QAbstractPrintDialog.PrintDialogOption


def is_any() -> bool:
    """Whether there is a printer at all."""
    return bool(QPrinterInfo.availablePrinterNames())


async def print_on(window: QWidget, paper: Paper) -> str | None:
    """Asks which printer and prints there; gives its name, None where somebody thought better of it.

    Raises Refused for pages that aren't there, Trouble where the printer fails.
    """
    dialog = QPrintDialog(window)
    dialog.setObjectName("print")
    dialog.setWindowTitle(_tr("Print {form}").format(form=paper.title))
    dialog.setOption(_Option.PrintPageRange)
    dialog.setOption(_Option.PrintSelection, on=False)
    printer = dialog.printer()
    # A name in the printer's list of jobs is read by whoever stands there: only the form's.
    printer.setDocName(paper.title)
    printer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    if not await ask(dialog):
        return None
    draw(paper, printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise Trouble(_tr("{printer} didn't print. See whether it is switched on.").format(printer=_named(printer)))
    return _named(printer)


def _named(printer: QPrinter) -> str:
    return printer.printerName() or printer.outputFileName()


def _tr(words: str) -> str:
    return QCoreApplication.translate("printing", words)
