"""What can't be so is said in a sentence beside its field, and nothing that was typed is lost."""

import pytest
from PySide6.QtWidgets import QLineEdit

from reception.domain import catalogue, rota
from reception.ui.widgets import Field
from tests.journeys.visitor import Visitor
from tests.ui.desk import TODAY


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    """The manager is at the desk."""
    visitor.desk.sit_down(visitor.clinic.manager)
    visitor.see("Mira Sorel", at="top.person")
    return visitor


def errors(visitor: Visitor, sheet: str) -> list[str]:
    """The sentences that stand beside the fields of a sheet."""
    return [field.error() for field in visitor.find(sheet).findChildren(Field) if field.error()]


def refused(visitor: Visitor, sheet: str, words: str) -> None:
    """Waits until a sheet says, beside one field, a sentence with these words."""
    visitor.until(f"“{words}” isn't said", lambda: any(words in one for one in errors(visitor, sheet)), sheet)
    visitor.until("the sheet is closed", lambda: visitor.offers(f"{sheet}.save"))


def typed(visitor: Visitor, name: str) -> str:
    """What stands in a field."""
    field = visitor.find(name)
    line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
    assert line is not None
    return line.text()


def test_a_negative_price(manager: Visitor) -> None:
    manager.press("top.catalogue")
    manager.press("catalogue.new_service")
    manager.fill("service.name", "Cupping")
    manager.fill("service.minutes", "30")
    manager.fill("service.price", "-5")
    manager.press("service.save")
    refused(manager, "service", "price")
    assert [typed(manager, f"service.{name}") for name in ("name", "price")] == ["Cupping", "-5"]
    assert "Cupping" not in [one.name for one in manager.desk.store.read(catalogue.services)]


def test_a_course_of_no_sessions(manager: Visitor) -> None:
    manager.press("top.catalogue")
    manager.press("catalogue.new_product")
    manager.fill("product.name", "Empty course")
    manager.fill("product.sessions", "0")
    manager.fill("product.price", "100")
    manager.press("product.save")
    refused(manager, "product", "session")
    assert typed(manager, "product.name") == "Empty course"


def test_a_last_day_in_the_past(manager: Visitor) -> None:  # R6
    clinic = manager.clinic
    manager.sold(clinic.priya, clinic.physio_course)
    manager.press("top.clients")
    manager.type("priya")
    manager.see("Priya Nair", at="clients")
    manager.press("clients.open")
    manager.press("ledger.extend.1")
    manager.fill("extend.last_day", "1 Jan 2026")
    manager.fill("extend.reason", "She was ill")
    manager.press("extend.save")
    refused(manager, "extend", "1 Jan has passed.")
    assert typed(manager, "extend.reason") == "She was ill"


def test_a_time_zone_that_nobody_knows(manager: Visitor) -> None:
    manager.press("top.settings")
    manager.press("settings.section.1")
    manager.press("clinic_page.clinic")
    manager.fill("clinic.name", "Larkmere on Mars")
    manager.fill("clinic.zone", "Mars/Olympus")
    manager.press("clinic.save")
    refused(manager, "clinic", "Mars/Olympus")
    assert typed(manager, "clinic.name") == "Larkmere on Mars"
    assert manager.desk.store.read(catalogue.clinic).zone == "Europe/London"


def test_shifts_that_overlap(manager: Visitor) -> None:  # R22
    clinic = manager.clinic
    before = manager.desk.store.read(rota.of, clinic.ines, TODAY)
    manager.press("top.staff")
    manager.row("staff.list", "Ines Lund")
    manager.press("staff.new_hours")
    manager.press("shifts.week1.0.add")
    manager.press("shifts.week1.0.add")
    manager.fill("shifts.week1.0.from1", "10:00")
    manager.fill("shifts.week1.0.to1", "12:00")
    manager.press("shifts.save")
    manager.see("overlap", at="shifts")
    assert typed(manager, "shifts.week1.0.from1") == "10:00"
    assert manager.desk.store.read(rota.of, clinic.ines, TODAY) == before
