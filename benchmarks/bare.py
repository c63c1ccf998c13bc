"""A bare window, the floor for starting and for memory: says when it was painted and what it holds."""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


def resident() -> float:
    """The memory that this process holds, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class _Window(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        sys.stdout.write(json.dumps({"painted": time.monotonic(), "memory": resident()}))
        QApplication.quit()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = _Window()
    window.resize(1366, 768)
    window.show()
    app.exec()
