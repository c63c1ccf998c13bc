"""The services that something is for: listed, left out, and one more taken in from those on offer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.tables.ids import ServiceId
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Around
from reception.ui.widgets import Button, Elided, Kind, Select, caption, hbox, pane, vbox


class ServiceRows(Part):
    """Services below each other; `taken` and `left` tell of one that comes in or goes."""

    taken = Signal(object)
    left = Signal(object)

    def __init__(self, around: Around, services: tuple[ServiceId, ...], name: str, title: str = "") -> None:
        super().__init__()
        self._around, self._name = around, name
        title = title or self.tr("Which services")
        rest = [(one, around.names[one]) for one in around.offered if one not in services]
        add: Select[ServiceId] = Select(rest, height=28, name=f"{name}.services")
        add.setPlaceholderText(self.tr("Add a service…"))
        add.setAccessibleName(title)
        add.choose(None)
        add.setEnabled(bool(rest))
        add.chosen.connect(self.taken)
        self.setLayout(vbox(caption(title), *map(self._row, services), add, gap=6))

    def _row(self, service: ServiceId) -> QWidget:
        words = self._around.names.get(service, "?")
        away = Button(kind=Kind.GHOST, icon="x", height=24, name=f"{self._name}.service.{service}.remove")
        away.setToolTip(self.tr("Leave {} out").format(words))
        away.setAccessibleName(away.toolTip())
        away.setProperty("service", int(service))
        away.clicked.connect(self._leave)
        return pane(hbox((Elided(words), 1), away, gap=6), height=26)

    def _leave(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.left.emit(ServiceId(button.property("service")))
