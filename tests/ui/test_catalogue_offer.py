"""How a service is booked, paid and offered, what it needs: set by real clicks and keys beside the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue
from reception.domain.catalogue import ServiceDraft
from reception.domain.money import Money
from reception.domain.tables.ids import ResourceId, ServiceId
from reception.domain.tables.words import Bookable, PaymentPolicy, ResourceKind
from reception.store import Store
from reception.ui.dialogs.editing import Editing
from reception.ui.dialogs.order import Order
from reception.ui.panels.catalogue import Catalogue
from reception.ui.widgets import Button, Elided, LineEdit, MoneyEdit, OrderedTable, Prose, Select
from reception.ui.workbench import Workbench
from tests.factories import SmallClinic, small_clinic
from tests.ui.bench import child, press, typed, workbench
from tests.ui.shop import choose_service, opened, segment, sheet


@dataclass(frozen=True)
class Extras:
    """What the small clinic gains: two add-ons, two rooms, a device."""

    stones: ServiceId
    oil: ServiceId
    one: ResourceId
    two: ResourceId
    diode: ResourceId


@pytest.fixture
def clinic(sqlite_store: Store) -> SmallClinic:
    return small_clinic(sqlite_store)


@pytest.fixture
def extras(sqlite_store: Store, clinic: SmallClinic) -> Extras:
    def add_on(name: str, price: int) -> ServiceId:
        draft = ServiceDraft(name, "", "Extras", 15, 0, Money(price), 0, bookable=Bookable.ADD_ON)
        return ServiceId(sqlite_store.write(catalogue.add_service, draft, actor=clinic.owner).answer)

    def resource(name: str, kind: ResourceKind) -> ResourceId:
        return ResourceId(sqlite_store.write(catalogue.add_resource, name, kind, actor=clinic.owner).answer)

    return Extras(
        stones=add_on("Hot stones", 20_00),
        oil=add_on("Warm oil", 8_00),
        one=resource("Room 1", ResourceKind.ROOM),
        two=resource("Room 2", ResourceKind.ROOM),
        diode=resource("Diode laser", ResourceKind.DEVICE),
    )


@pytest.fixture
def bench(
    sqlite_store: Store, clinic: SmallClinic, extras: Extras, tmp_path: Path, loop: object, qtbot: QtBot
) -> Iterator[Workbench]:
    with workbench(sqlite_store, tmp_path, clinic.manager, qtbot) as bench:
        yield bench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> Catalogue:
    return opened(bench, qtbot)


def open_part(page: Catalogue, service: str, part: str, qtbot: QtBot) -> Editing:
    choose_service(page, service, qtbot)
    press(page, f"catalogue.change_{part}", qtbot)
    qtbot.waitUntil(lambda: page.sheet() is not None)
    return sheet(page)


def add(page: QWidget, name: str, words: str, qtbot: QtBot) -> None:
    """Picks something of a list and presses the button beside it."""
    child(page, Select, f"{name}.more").setCurrentText(words)
    press(page, f"{name}.add", qtbot)


def save(page: Catalogue, name: str, bench: Workbench, qtbot: QtBot) -> object:
    """Saves; gives the way back."""
    with qtbot.waitSignal(page._refresher.loaded), qtbot.waitSignal(bench.said) as said:
        press(page, name, qtbot)
    assert said.args is not None
    return said.args[1]


def undo(page: Catalogue, back: object, bench: Workbench, qtbot: QtBot) -> None:
    assert callable(back)
    with qtbot.waitSignal(page._refresher.loaded):
        bench.tasks.start(back())


def links(store: Store, base: ServiceId) -> list[tuple[str, Money]]:
    return [(link.name, link.charged) for link in store.read(catalogue.links, base)]


def test_a_service_becomes_an_add_on_with_a_deposit(
    page: Catalogue, clinic: SmallClinic, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:  # R28
    choose_service(page, "Physio", qtbot)
    press(page, "catalogue.edit_service", qtbot)
    segment(page, "service.bookable", 2, qtbot)
    segment(page, "service.payment", 1, qtbot)
    assert child(page, MoneyEdit, "service.deposit").isVisible()
    segment(page, "service.deposit_how", 1, qtbot)
    assert child(page, LineEdit, "service.deposit_share").isVisible()
    typed(page, LineEdit, "service.deposit_share", "25", qtbot)
    due = child(page, Prose, "service.due")
    qtbot.waitUntil(lambda: due.accessibleName() == "£12.00 is due before the visit.")

    save(page, "service.save", bench, qtbot)

    physio = next(one for one in sqlite_store.read(catalogue.services) if one.id == clinic.physio)
    assert (physio.bookable, physio.payment) == (Bookable.BOTH, PaymentPolicy.DEPOSIT)
    assert (physio.deposit, physio.deposit_share) == (Money(0), 2500)
    facts = child(page, Prose, "catalogue.card.facts").accessibleName()
    assert facts == f"30 min, then 10 min to clean up. £48.00, {bench.formats.percent(2500)} before."


@pytest.mark.parametrize(("how", "field"), [(0, "deposit"), (1, "deposit_share")])
def test_a_deposit_that_is_not_typed_is_missed_beside_its_field(
    page: Catalogue, how: int, field: str, qtbot: QtBot
) -> None:
    choose_service(page, "Physio", qtbot)
    press(page, "catalogue.edit_service", qtbot)
    segment(page, "service.payment", 1, qtbot)
    segment(page, "service.deposit_how", how, qtbot)
    press(page, "service.save", qtbot)
    expected = {field: "There is no deposit yet. Type it, or let it be paid in another way."}
    qtbot.waitUntil(lambda: sheet(page).form.errors() == expected)


def test_a_deposit_above_the_price_asks_for_all_of_it(page: Catalogue, qtbot: QtBot) -> None:  # R28
    choose_service(page, "Physio", qtbot)
    press(page, "catalogue.edit_service", qtbot)
    segment(page, "service.payment", 1, qtbot)
    typed(page, MoneyEdit, "service.deposit", "60", qtbot)
    due = child(page, Prose, "service.due")
    qtbot.waitUntil(lambda: due.accessibleName() == "All of it, £48.00, is due before the visit.")


def test_a_new_service_is_the_one_that_is_set_up_next(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:
    press(page, "catalogue.new_service", qtbot)
    typed(page, LineEdit, "service.name", "Peel", qtbot)
    typed(page, MoneyEdit, "service.price", "70", qtbot)
    save(page, "service.save", bench, qtbot)
    qtbot.waitUntil(lambda: child(page, Elided, "catalogue.card.name").text() == "Peel")


def test_add_ons_are_put_on_a_list_with_a_price_there(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:  # R24
    open_part(page, "Massage", "links", qtbot)
    add(page, "links.links", "Warm oil", qtbot)
    add(page, "links.links", "Hot stones", qtbot)
    assert not child(page, Button, "links.links.add").isEnabled()
    typed(page, MoneyEdit, f"links.links.price.{extras.stones}", "15", qtbot)
    press(page, f"links.links.up.{extras.stones}", qtbot)

    back = save(page, "links.save", bench, qtbot)
    assert links(sqlite_store, clinic.massage) == [("Hot stones", Money(15_00)), ("Warm oil", Money(8_00))]

    undo(page, back, bench, qtbot)
    assert links(sqlite_store, clinic.massage) == []


def test_an_add_on_is_moved_by_keys_and_taken_away(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:
    wanted = ((extras.stones, None), (extras.oil, None))
    sqlite_store.write(catalogue.set_links, clinic.massage, wanted, actor=clinic.owner)
    open_part(page, "Massage", "links", qtbot)
    price = child(page, MoneyEdit, f"links.links.price.{extras.oil}")
    qtbot.keyClick(price, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert child(page, Order, "links.links").entries() == (extras.oil, extras.stones)
    assert QApplication.focusWidget() is not None

    press(page, f"links.links.remove.{extras.stones}", qtbot)
    save(page, "links.save", bench, qtbot)
    assert links(sqlite_store, clinic.massage) == [("Warm oil", Money(8_00))]


def test_a_row_follows_the_mouse_to_its_new_place(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, qtbot: QtBot
) -> None:
    wanted = ((extras.stones, None), (extras.oil, None))
    sqlite_store.write(catalogue.set_links, clinic.massage, wanted, actor=clinic.owner)
    open_part(page, "Massage", "links", qtbot)
    order = child(page, Order, "links.links")
    grip = child(page, QWidget, f"links.links.grip.{extras.stones}")
    below = child(page, MoneyEdit, f"links.links.price.{extras.oil}")
    end = grip.mapFromGlobal(below.mapToGlobal(QPoint(0, below.height())))
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(grip, end)
    qtbot.waitUntil(lambda: order.entries() == (extras.oil, extras.stones))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton)


def test_a_price_that_cannot_be_is_said_beside_the_list(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, qtbot: QtBot
) -> None:
    sqlite_store.write(catalogue.set_links, clinic.massage, ((extras.oil, None),), actor=clinic.owner)
    own = open_part(page, "Massage", "links", qtbot)
    typed(page, MoneyEdit, f"links.links.price.{extras.oil}", "-3", qtbot)
    qtbot.waitUntil(lambda: own.form.errors() == {"links": "The price −£3.00 is below zero. Type 0 or more."})


def test_a_list_of_add_ons_is_parked_and_gone_on_with(
    page: Catalogue, extras: Extras, bench: Workbench, qtbot: QtBot
) -> None:
    own = open_part(page, "Massage", "links", qtbot)
    add(page, "links.links", "Warm oil", qtbot)
    typed(page, MoneyEdit, f"links.links.price.{extras.oil}", "7", qtbot)
    qtbot.keyClick(own, Qt.Key.Key_Escape)
    (parked,) = bench.drafts.parked()
    assert (parked.kind, parked.title) == ("links", "Massage")

    page.show_section(1)
    page.show_draft(parked)
    qtbot.waitUntil(lambda: page.sheet() is not None)

    assert child(page, MoneyEdit, f"links.links.price.{extras.oil}").text() == "7"
    assert not bench.drafts.parked()


def test_an_add_on_tells_what_it_is_offered_with(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:
    for base in (clinic.massage, clinic.laser):
        sqlite_store.write(catalogue.set_links, base, ((extras.oil, None),), actor=clinic.owner)
    choose_service(page, "Warm oil", qtbot)
    told = child(page, Prose, "catalogue.card.offered_with")
    assert told.accessibleName() == "Laser hair removal, Massage"
    assert not child(page, Button, "catalogue.change_links").isVisible()


def test_a_service_says_that_its_links_sleep_before_it_is_saved(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page._refresher.loaded):
        bench.tasks.start(bench.backend.write(catalogue.set_links, clinic.massage, ((extras.oil, None),)))
    choose_service(page, "Warm oil", qtbot)
    press(page, "catalogue.edit_service", qtbot)
    segment(page, "service.bookable", 0, qtbot)
    said = "Booked alone, it isn’t offered with the 1 service that lists it. That list keeps it."
    qtbot.waitUntil(lambda: child(page, Prose, "service.sleeps").accessibleName() == said)


def test_a_service_needs_one_of_two_rooms_and_a_device(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:  # R20
    open_part(page, "Laser hair removal", "needs", qtbot)
    press(page, "needs.needs.add", qtbot)
    add(page, "needs.needs.0", "Room 2", qtbot)
    add(page, "needs.needs.0", "Room 1", qtbot)
    press(page, "needs.needs.add", qtbot)
    assert child(page, Select, "needs.needs.1.more").count() == 1
    add(page, "needs.needs.1", "Diode laser", qtbot)
    words = child(page, Prose, "needs.fact")
    qtbot.waitUntil(lambda: words.accessibleName() == "Needs Room 2 or Room 1, and Diode laser.")

    back = save(page, "needs.save", bench, qtbot)
    assert sqlite_store.read(catalogue.needs, clinic.laser) == ((extras.two, extras.one), (extras.diode,))

    undo(page, back, bench, qtbot)
    assert sqlite_store.read(catalogue.needs, clinic.laser) == ()


def test_a_need_that_names_nothing_is_not_saved(page: Catalogue, qtbot: QtBot) -> None:
    own = open_part(page, "Physio", "needs", qtbot)
    press(page, "needs.needs.add", qtbot)
    press(page, "needs.save", qtbot)
    expected = {"needs": "One need names nothing yet. Add what will do, or take the need away."}
    qtbot.waitUntil(lambda: own.form.errors() == expected)

    press(page, "needs.needs.0.remove", qtbot)
    qtbot.waitUntil(lambda: not own.form.errors())


def test_needs_are_parked_and_gone_on_with(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:
    own = open_part(page, "Physio", "needs", qtbot)
    press(page, "needs.needs.add", qtbot)
    add(page, "needs.needs.0", "Room 1", qtbot)
    qtbot.keyClick(own, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.sheet() is None)

    open_part(page, "Physio", "needs", qtbot)

    assert child(page, Prose, "needs.fact").accessibleName() == "Needs Room 1."
    assert len(bench.drafts.all()) == 1


def test_a_room_is_added_renamed_and_the_change_undone(
    page: Catalogue, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:
    segment(page, "catalogue.section", 1, qtbot)
    press(page, "catalogue.new_resource", qtbot)
    typed(page, LineEdit, "resource.name", "Steamer", qtbot)
    segment(page, "resource.kind", 1, qtbot)
    save(page, "resource.save", bench, qtbot)
    steamer = sqlite_store.read(catalogue.resources)[-1]
    assert (steamer.name, steamer.kind) == ("Steamer", ResourceKind.DEVICE)

    table = child(page, OrderedTable, "catalogue.resources")
    table.choose(steamer)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    typed(page, LineEdit, "resource.name", "Old steamer", qtbot)
    back = save(page, "resource.save", bench, qtbot)
    assert sqlite_store.read(catalogue.resources)[-1].name == "Old steamer"

    undo(page, back, bench, qtbot)
    assert sqlite_store.read(catalogue.resources)[-1].name == "Steamer"


def test_control_and_an_arrow_move_a_room(page: Catalogue, sqlite_store: Store, bench: Workbench, qtbot: QtBot) -> None:
    segment(page, "catalogue.section", 1, qtbot)
    table = child(page, OrderedTable, "catalogue.resources")
    table.choose(table.rows()[2])
    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in sqlite_store.read(catalogue.resources)] == ["Room 1", "Diode laser", "Room 2"]
    current = table.current()
    assert current is not None
    assert current.name == "Diode laser"

    typed(page, LineEdit, "catalogue.filter", "room", qtbot)
    assert not table.movable


def test_the_only_room_that_will_do_is_not_retired(
    page: Catalogue, clinic: SmallClinic, extras: Extras, sqlite_store: Store, bench: Workbench, qtbot: QtBot
) -> None:
    sqlite_store.write(catalogue.set_needs, clinic.laser, ((extras.diode,),), actor=clinic.owner)
    segment(page, "catalogue.section", 1, qtbot)
    table = child(page, OrderedTable, "catalogue.resources")
    table.choose(table.rows()[2])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(bench.refused) as refused:
        press(page, "resource.retire", qtbot)
    assert refused.args is not None
    assert "Nothing else will do for Laser hair removal." in str(refused.args[0])


def test_leaving_a_section_parks_what_is_typed_there(page: Catalogue, bench: Workbench, qtbot: QtBot) -> None:
    press(page, "catalogue.new_service", qtbot)
    typed(page, LineEdit, "service.name", "Half a service", qtbot)
    segment(page, "catalogue.section", 1, qtbot)
    assert page.sheet() is None
    assert [draft.title for draft in bench.drafts.parked()] == ["Half a service"]
