"""A room or a device as it is typed, and retiring one (R20)."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.domain.catalogue import Resource, ResourceKind
from reception.ui.dialogs.editing import Editing, Fact, Retiring, counted
from reception.ui.dialogs.needs import kind_words
from reception.ui.widgets import LineEdit, Segmented
from reception.ui.workbench import Undo, Workbench

_KINDS = tuple(ResourceKind)


class ResourceSheet(Editing):
    """A room or a device: new, or changed."""

    def __init__(self, bench: Workbench, resource: Resource | None, parent: QWidget | None = None) -> None:
        super().__init__(bench, "resource", resource.id if resource else None, parent)
        self._resource = resource
        self._name = LineEdit(resource.name if resource else "")
        index = _KINDS.index(resource.kind) if resource else 0
        self._kind = Segmented([kind_words(kind) for kind in _KINDS], index)
        self._fact = Fact(name="resource.fact")
        self.title.show_words(resource.name if resource else self.tr("New room or device"))
        self.subtitle.show_words(self._state())
        self.row(self.field("name", self.tr("Name"), self._name, required=True))
        self.row(self.field("kind", self.tr("It is a"), self._kind))
        self.form.add_row(self._fact)
        if resource is not None:
            self.offer_retiring(_retiring(resource))
        self.look()

    @override
    def draft_title(self) -> str:
        return self._name.text().strip() or self.tr("New room or device")

    @override
    def look(self) -> None:
        own = self._resource
        if own is not None and own.services:
            self._fact.show_words(self.tr("Can be used by {}.").format(", ".join(own.services)))
        else:
            self._fact.show_words(self.tr("Nothing needs it yet. Choose a service, and change what that needs."))

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        name, kind, write = self._name.text(), _KINDS[self._kind.index()], self.bench.backend.write
        old = self._resource
        if old is None:
            resource = await write(catalogue.add_resource, name, kind, id=id)
            return self.tr("Added {}").format(name), partial(write, catalogue.retire_resource, resource)
        await write(catalogue.change_resource, old.id, name, kind, id=id)
        undo = partial(write, catalogue.change_resource, old.id, old.name, old.kind)
        return self.tr("Changed {}").format(name), undo

    def _state(self) -> str:
        own = self._resource
        if own is None:
            return self.tr("Room or device")
        kind = kind_words(own.kind)
        return self.tr("{}, retired").format(kind) if own.retired else kind


def _retiring(resource: Resource) -> Retiring:
    if resource.retired:
        words = _tr("Brought back, it can be given to visits again.")
    elif resource.upcoming:
        visits = counted(resource.upcoming, _tr("1 coming visit holds it"), _tr("{} coming visits hold it"))
        words = _tr("{}. That stays so; it is given to no visit from now on.").format(visits)
    else:
        words = _tr("No coming visit holds it. It is given to no visit from now on.")
    return Retiring(resource.name, words, resource.retired, catalogue.retire_resource, catalogue.restore_resource)


def _tr(words: str) -> str:
    return QCoreApplication.translate("resource", words)
