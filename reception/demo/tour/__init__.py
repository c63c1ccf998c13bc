"""The tour: a new clinic from its first start on, driven by mouse and keys, each step checked and pictured."""

import asyncio
import os
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from reception import app, logs, paths, settings
from reception.demo.tour import story
from reception.demo.tour.clock import ZONE, Clock
from reception.demo.tour.visitor import Visitor
from reception.program import Program, live
from reception.ui.frame import Frame

_BEGIN = datetime(2026, 3, 2, 8, 30, tzinfo=ZONE)  # a Monday in winter time, half an hour before the first shift


def main(out: Path) -> int:
    """Tell the story on a clinic of its own, with a picture of every step in `out`; 0 where all was as told, else 1."""
    # Every machine shows the same, whatever its display.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1"
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("[0-9][0-9]-*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="reception-tour-") as folder:
        return _run(out, paths.under(Path(folder)).make())


def _run(out: Path, places: paths.Places) -> int:
    settings.save(places.settings, settings.Settings(theme=settings.Theme.LIGHT, desk="Front desk"))
    clock = Clock(_BEGIN)
    qInstallMessageHandler(_hear)
    application = app.application()
    visitor = Visitor(out, clock, partial(_back_desk, application, places, clock))
    told: list[asyncio.Task[bool]] = []

    async def tell() -> bool:
        try:
            return await visitor.tell(story.tell)
        finally:
            await visitor.leave()

    # A caret that blinks would never stand still.
    application.setCursorFlashTime(0)
    # The program's own loop turns by then, and the story is one more task in it.
    QTimer.singleShot(0, application, lambda: told.append(asyncio.ensure_future(tell())))
    start = app.Start(places, clock=clock)
    live(application, start, logs.start(places.logs), app.Neighbour(start), Frame())
    whole = bool(told) and told[0].done() and not told[0].cancelled() and told[0].result()
    return 0 if _is_quiet(places.logs) and whole else 1


def _back_desk(application: QApplication, places: paths.Places, clock: Clock) -> Program:
    """The program at a second desk, on the same clinic, with drafts and settings of its own."""
    own = paths.under(places.data.parent / "back").make()
    settings.save(own.settings, settings.Settings(theme=settings.Theme.LIGHT, desk="Back desk"))
    start = app.Start(own, str(places.clinic), clock)
    return Program(application, start, places.logs, app.Neighbour(start), Frame())


def _hear(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Passes on what Qt says, but for what the platform without a screen says of every window."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{words}\n")


def _is_quiet(logs: Path) -> bool:
    """Whether the program had nothing to complain of; prints what it had."""
    lines = [line for file in sorted(logs.iterdir()) for line in file.read_text(encoding="utf-8").splitlines()]
    first = next((n for n, line in enumerate(lines) if " ERROR " in line or " WARNING " in line), None)
    if first is not None:
        sys.stdout.write("\n".join(["The program itself complains:", *lines[first:]]) + "\n")
    return first is None
