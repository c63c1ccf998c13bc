"""The catalogue page: services and packages on sale, changed by real clicks and keys."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, staff
from reception.domain.money import Money
from reception.domain.outcomes import OnMoney
from reception.store import Store
from reception.ui.panels.catalogue import Catalogue
from reception.ui.widgets import Button, Check, LineEdit, ListTable, MoneyEdit, Prose, Select
from reception.ui.workbench import Workbench
from tests.factories import SmallClinic, book, small_clinic
from tests.ui.bench import child, counted, press, typed, workbench
from tests.ui.shop import opened, sheet

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def clinic(sqlite_store: Store) -> SmallClinic:
    return small_clinic(sqlite_store)


@pytest.fixture
def bench(sqlite_store: Store, clinic: SmallClinic, tmp_path: Path, loop: object, qtbot: QtBot) -> Iterator[Workbench]:
    with workbench(sqlite_store, tmp_path, clinic.manager, qtbot) as bench:
        yield bench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> Catalogue:
    return opened(bench, qtbot)


def names(page: QWidget, name: str) -> list[str]:
    return [row.name for row in child(page, ListTable, name).rows()]


def choose(page: QWidget, name: str, row: str, qtbot: QtBot) -> None:
    """Puts the keyboard on a row and presses Enter, as somebody who edits it does."""
    table = child(page, ListTable, name)
    table.choose(next(one for one in table.rows() if one.name == row))
    qtbot.keyClick(table, Qt.Key.Key_Return)


def test_a_course_of_six_for_480_is_put_on_sale(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:  # R1
    press(page, "catalogue.new_product", qtbot)
    typed(page, LineEdit, "product.name", "Laser, six for 480", qtbot)
    select = child(page, Select, "product.service")
    select.setCurrentText("Laser hair removal")
    select.activated.emit(select.currentIndex())
    counted(page, "product.sessions", "6", qtbot)
    typed(page, MoneyEdit, "product.price", "480", qtbot)
    each = child(page, Prose, "product.each")
    qtbot.waitUntil(lambda: "£80.00, list price £100.00 (20" in each.accessibleName())

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "product.save", qtbot)

    assert "Laser, six for 480" in names(page, "catalogue.products")
    assert page.sheet() is None
    assert not bench.drafts.all()


@pytest.mark.parametrize(
    ("field", "number", "sentence"),
    [
        ("product.sessions", "0", "A package can't hold 0 sessions. Type 1 to 1,000."),
        ("product.count", "0", "A package can't be valid for 0 months. Type 1 to 1,200, or let it never expire."),
    ],
)
def test_a_count_that_no_package_can_have_is_said_beside_its_field(
    page: Catalogue, field: str, number: str, sentence: str, qtbot: QtBot
) -> None:
    press(page, "catalogue.new_product", qtbot)
    counted(page, field, number, qtbot)

    qtbot.waitUntil(lambda: sentence in sheet(page).form.errors().values())


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("-8", "The price −£8.00 is below zero. Type 0 or more."),
        ("8x", "8x is not an amount. Write it like 12.50."),
    ],
)
def test_a_price_that_cannot_be_is_said_while_it_is_typed(
    page: Catalogue, amount: str, sentence: str, qtbot: QtBot
) -> None:
    press(page, "catalogue.new_product", qtbot)
    typed(page, MoneyEdit, "product.price", amount, qtbot)

    qtbot.waitUntil(lambda: sheet(page).form.errors() == {"price": sentence})


def test_a_refusal_stands_beside_its_field_and_loses_nothing(page: Catalogue, qtbot: QtBot) -> None:
    press(page, "catalogue.new_service", qtbot)
    typed(page, LineEdit, "service.name", "physio", qtbot)
    typed(page, MoneyEdit, "service.price", "50", qtbot)

    press(page, "service.save", qtbot)

    expected = {"name": "There is “Physio” already. Choose another name."}
    qtbot.waitUntil(lambda: sheet(page).form.errors() == expected)
    assert child(page, LineEdit, "service.name").text() == "physio"
    assert child(page, MoneyEdit, "service.price").text() == "50"


def test_retiring_a_service_says_what_rests_on_it_first(
    sqlite_store: Store, clinic: SmallClinic, bench: Workbench, qtbot: QtBot
) -> None:
    book(sqlite_store, clinic.beatrix, clinic.ines, clinic.physio, TUESDAY, "10:00")
    page = opened(bench, qtbot)
    choose(page, "catalogue.services", "Physio", qtbot)
    words = child(page, Prose, "service.retire_words").accessibleName()
    assert words.startswith("Used by 1 package on sale and 1 coming visit. They stay as they are")

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "service.retire", qtbot)

    assert "Physio" not in names(page, "catalogue.services")
    assert "Physio, course of 6" in names(page, "catalogue.products")


def test_a_retired_package_is_seen_and_brought_back(
    sqlite_store: Store, clinic: SmallClinic, bench: Workbench, qtbot: QtBot
) -> None:
    sqlite_store.write(catalogue.retire_product, clinic.physio_course, actor=clinic.manager)
    page = opened(bench, qtbot)
    assert "Physio, course of 6" not in names(page, "catalogue.products")
    qtbot.mouseClick(child(page, Check, "catalogue.show_retired"), Qt.MouseButton.LeftButton)
    choose(page, "catalogue.products", "Physio, course of 6", qtbot)

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "product.restore", qtbot)

    back = next(one for one in sqlite_store.read(catalogue.products) if one.id == clinic.physio_course)
    assert not back.retired


def test_a_change_of_price_is_undone(
    page: Catalogue, sqlite_store: Store, clinic: SmallClinic, bench: Workbench, qtbot: QtBot
) -> None:
    choose(page, "catalogue.services", "Physio", qtbot)
    typed(page, MoneyEdit, "service.price", "52", qtbot)
    with qtbot.waitSignal(bench.said) as said:
        qtbot.keyClick(child(page, MoneyEdit, "service.price"), Qt.Key.Key_Return)
    assert _price(sqlite_store, clinic) == Money(52_00)
    assert said.args is not None

    with qtbot.waitSignal(bench.backend.changed):
        bench.tasks.start(said.args[1]())

    assert _price(sqlite_store, clinic) == Money(48_00)


def test_a_service_keeps_a_policy_of_its_own(
    page: Catalogue, sqlite_store: Store, clinic: SmallClinic, bench: Workbench, qtbot: QtBot
) -> None:  # R14
    choose(page, "catalogue.services", "Laser hair removal", qtbot)
    press(page, "service.own", qtbot)
    typed(page, LineEdit, "service.free_hours", "48", qtbot)
    select = child(page, Select, "service.late_money")
    select.setCurrentText("Charge a fee")
    typed(page, MoneyEdit, "service.late_fee", "35", qtbot)

    with qtbot.waitSignal(bench.said):
        press(page, "service.save", qtbot)

    own = next(one.own for one in sqlite_store.read(catalogue.services) if one.id == clinic.laser)
    assert (own.free_hours, own.late_money, own.late_fee) == (48, OnMoney.FEE, Money(35_00))
    assert own.late_credit is None
    assert own.no_show_money is None


def test_half_typed_work_is_parked_and_gone_on_with(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:
    press(page, "catalogue.new_product", qtbot)
    typed(page, LineEdit, "product.name", "Half a course", qtbot)
    typed(page, MoneyEdit, "product.price", "12.5", qtbot)
    child(page, QPlainTextEdit, "product.terms").setPlainText("Not with others.")
    qtbot.keyClick(child(page, LineEdit, "product.name"), Qt.Key.Key_Escape)
    assert page.sheet() is None
    (parked,) = bench.drafts.parked()
    assert (parked.kind, parked.title) == ("product", "Half a course")

    page.show_draft(parked)

    assert child(page, LineEdit, "product.name").text() == "Half a course"
    assert child(page, MoneyEdit, "product.price").text().startswith("12.5")
    assert child(page, QPlainTextEdit, "product.terms").toPlainText() == "Not with others."
    assert not bench.drafts.parked()


def test_editing_again_goes_on_with_what_was_parked(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:
    choose(page, "catalogue.services", "Massage", qtbot)
    typed(page, LineEdit, "service.name", "Massage, long", qtbot)
    choose(page, "catalogue.services", "Physio", qtbot)
    assert [draft.title for draft in bench.drafts.parked()] == ["Massage, long"]

    choose(page, "catalogue.services", "Massage", qtbot)

    assert child(page, LineEdit, "service.name").text() == "Massage, long"
    assert len(bench.drafts.all()) == 1


def test_discarding_keeps_nothing(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:
    press(page, "catalogue.new_service", qtbot)
    typed(page, LineEdit, "service.name", "Thought better of", qtbot)

    press(page, "service.discard", qtbot)

    assert page.sheet() is None
    assert not bench.drafts.all()


def test_the_filter_goes_by_name_and_category(page: Catalogue, qtbot: QtBot) -> None:
    typed(page, LineEdit, "catalogue.filter", "physioth", qtbot)
    assert names(page, "catalogue.services") == ["Physio"]

    typed(page, LineEdit, "catalogue.filter", "no such thing", qtbot)

    assert child(page, QWidget, "catalogue.no_services").isVisible()


def test_the_desk_reads_the_catalogue_and_changes_nothing(
    page: Catalogue, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:
    anna = next(one for one in sqlite_store.read(staff.people) if one.id == clinic.anna)
    bench.take_desk(anna)

    choose(page, "catalogue.services", "Physio", qtbot)

    assert page.sheet() is None
    assert child(page, Button, "catalogue.new_service").isHidden()
    assert "A manager or an owner changes it." in page._readonly.text()


def _price(store: Store, clinic: SmallClinic) -> Money:
    return next(one.price for one in store.read(catalogue.services) if one.id == clinic.physio)
