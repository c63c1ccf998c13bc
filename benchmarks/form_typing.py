"""Typing into a form of 800 items that works half of them out: how long the window stands still at most (P13)."""

import json
import sys
import time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks.forms import TODAY, reckoning_form
from reception.domain.questionnaire import Filling
from reception.ui import theme
from reception.ui.form import Desk, FormDialog
from reception.ui.text import Formats

_KEYS = 12
_BETWEEN = 220  # milliseconds: each key is followed by a reckoning
_TICK = 2


def main() -> None:
    """Types, and tells the longest time between two turns of the window's loop, in milliseconds."""
    application = QApplication([])
    theme.apply(application, dark=False)
    filling = Filling(reckoning_form(), today=TODAY)
    dialog = FormDialog(filling, Desk(Formats("en_GB", "GBP", ZoneInfo("Europe/London")), TODAY))
    dialog.turned.connect(dialog.steps)
    dialog.resize(770, 640)
    dialog.show()
    QTest.qWait(500)
    last, longest = time.monotonic(), 0.0

    def look() -> None:
        nonlocal last, longest
        now = time.monotonic()
        longest, last = max(longest, now - last), now

    ticking = QTimer(interval=_TICK)
    ticking.timeout.connect(look)
    last = time.monotonic()
    ticking.start()
    line = dialog.findChild(QLineEdit, "form.q.weight.line")
    assert line is not None
    for number in range(_KEYS):
        QTest.keyClicks(line, str(number % 10))
        QTest.qWait(_BETWEEN)
    sys.stdout.write(json.dumps({"stall": longest * 1000}))


if __name__ == "__main__":
    main()
