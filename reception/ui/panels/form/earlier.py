"""What the client answered before: copied, or said to be still right with one press."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reception.domain import forms
from reception.domain.forms import Response
from reception.ui.actions import action
from reception.ui.form import Since
from reception.ui.panels.form.column import Column
from reception.ui.panels.form.opened import Opened
from reception.ui.widgets import pane, vbox
from reception.ui.workbench import Workbench


class Earlier(QObject):
    """Offers the client's newest answers to the same form; `question` asks above it whether anything has changed."""

    def __init__(self, bench: Workbench, column: Column, parent: QObject) -> None:
        super().__init__(parent)
        self.bench, self._column = bench, column
        self._opened: Opened | None = None
        self._since = Since(name="form.since")
        self.question: QWidget = pane(vbox(self._since, margins=(20, 12, 20, 4)))
        self._since.unchanged.connect(self._confirm)
        self._since.changed.connect(self.question.hide)
        column.copy_asked.connect(self._copy)

    def begin(self, opened: Opened, *, begun: bool) -> None:
        """Offers earlier answers to be copied; asks whether they still hold only before the first answer."""
        self._opened = opened
        day = self._day(opened)
        self._column.show_copy(self.tr("Copy from {day}…").format(day=day) if day else "")
        self._since.show_day(day)
        self.question.setVisible(bool(day) and not begun)

    def end(self) -> None:
        """Earlier answers have no place here: a correction starts from its own, what is handed in is only read."""
        self._opened = None
        self._column.show_copy("")
        self.question.hide()

    @action
    async def _copy(self) -> None:
        """Takes over what the client answered before; each answer waits for a yes."""
        opened, earlier = self._opened, await self._read()
        if opened is None or earlier is None or opened is not self._opened:
            return
        words = self.tr("Copied from {day}. Is it still right?").format(day=self._day(opened))
        opened.dialog.copy(earlier.answers, words)
        self._column.show_copy("")

    @action
    async def _confirm(self) -> None:
        """Nothing has changed: the same answers stand again, with today's date."""
        opened, earlier = self._opened, await self._read()
        if opened is None or earlier is None or opened is not self._opened:
            return
        self.end()
        opened.dialog.confirm_unchanged(earlier.answers)

    async def _read(self) -> Response | None:
        row = self._opened.facts.earlier if self._opened is not None else None
        return await self.bench.backend.read(forms.response, row.id) if row is not None else None

    def _day(self, opened: Opened) -> str:
        row = opened.facts.earlier
        return self.bench.formats.short(row.day, self.bench.today()) if row is not None else ""
