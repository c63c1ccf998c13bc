"""What the clinic has bought of the program, each on or off by itself (R13, R29)."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue
from reception.ui.dialogs.editing import Editing, Fact
from reception.ui.widgets import Check
from reception.ui.workbench import Undo, Workbench


class PlanSheet(Editing):
    """Two switches, each with what it does to what is there."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, "plan", parent=parent)
        self._packages = Check(self.tr("Sell packages"), on=bench.clinic.packages)
        self._add_ons = Check(self.tr("Offer add-ons"), on=bench.clinic.add_ons)
        self._sold, self._offered = Fact(name="plan.packages_words"), Fact(name="plan.add_ons_words")
        self.title.show_words(self.tr("Plan"))
        self.subtitle.show_words(self.tr("What the clinic has bought"))
        self.row(self.field("packages", self.tr("Packages"), self._packages))
        self.form.add_row(self._sold)
        self.row(self.field("add_ons", self.tr("Add-ons"), self._add_ons))
        self.form.add_row(self._offered)
        self.look()

    @override
    def look(self) -> None:
        self._sold.show_words(packages_words(self, on=self._packages.isChecked()))
        self._offered.show_words(add_ons_words(self, on=self._add_ons.isChecked()))

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        write, old = self.bench.backend.write, self.bench.clinic
        await write(catalogue.set_plan, packages=self._packages.isChecked(), add_ons=self._add_ons.isChecked(), id=id)
        undo = partial(write, catalogue.set_plan, packages=old.packages, add_ons=old.add_ons)
        return self.tr("Changed the plan"), undo


def packages_words(widget: QWidget, *, on: bool) -> str:
    """What it means that packages are sold, or not (R13)."""
    if on:
        return widget.tr("The checkout sells packages, and visits are paid with their credits.")
    return widget.tr(
        "No package is sold. What was sold stays: its credits are seen, used, extended and moved as before."
    )


def add_ons_words(widget: QWidget, *, on: bool) -> str:
    """What it means that add-ons are offered, or not (R29)."""
    if on:
        return widget.tr("Add-ons are offered with the visits that they go with.")
    return widget.tr("No add-on is offered. Those that were added stay and run their course.")
