"""A form of 800 items shown in a window of its own: how long from asking for it to its first page on the screen."""

import json
import sys
import time
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication

from benchmarks.forms import TODAY, long_form
from reception.domain.questionnaire import Filling
from reception.ui import theme
from reception.ui.form import Desk, FormDialog
from reception.ui.text import Formats


def main() -> None:
    """Opens it once and tells how long that took, in milliseconds."""
    application = QApplication([])
    theme.apply(application, dark=False)
    form = long_form()
    begun = time.monotonic()
    dialog = FormDialog(Filling(form, today=TODAY), Desk(Formats("en_GB", "GBP", ZoneInfo("Europe/London")), TODAY))
    dialog.resize(770, 640)
    dialog.show()
    application.processEvents()
    dialog.repaint()
    sys.stdout.write(json.dumps({"opened": (time.monotonic() - begun) * 1000}))


if __name__ == "__main__":
    main()
