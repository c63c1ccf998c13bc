"""The program's log: a few files of plain text that somebody who helps the clinic can read."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000
_KEPT = 5


def start(folder: Path, *, level: int = logging.INFO) -> Path:
    """Write what happens into `reception.log` in that folder, a megabyte a file, and say where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "reception.log"
    lines = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    lines.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"))
    lines.set_name(__name__)
    stop()
    root = logging.getLogger()
    root.addHandler(lines)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    return path


def stop() -> None:
    """Close the log's file, so that it can be moved or sent."""
    logging.captureWarnings(capture=False)
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == __name__]:
        root.removeHandler(handler)
        handler.close()
