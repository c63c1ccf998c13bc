"""Find or do: clients and deeds from one box."""

import pytest
from PySide6.QtCore import Qt

from reception.domain import catalogue
from reception.domain.catalogue import ProductDraft
from reception.domain.checkout import Cart, CartLine, LineKind
from reception.domain.clients import Found
from reception.domain.ledger import Starts, Validity
from reception.domain.money import Money
from reception.domain.tables.ids import ProductId
from reception.ui.panels.checkout.body import as_body
from reception.ui.panels.find import Deed, Find, fits, parted
from reception.ui.workbench import Page
from tests.ui.desk import OpenDesk


def box(desk: OpenDesk) -> Find:
    found = desk.window.findChild(Find)
    assert found is not None, "the box isn't open"
    return found


def opened(desk: OpenDesk, words: str) -> Find:
    desk.ctrl(Qt.Key.Key_K)
    find = box(desk)
    desk.type(words)
    desk.until(lambda: words in find._list.query() and any(pick.value for pick in find.picks()))
    return find


def words(find: Find) -> list[str]:
    return [pick.words for pick in find.picks()]


def test_three_letters_and_enter_open_a_client(desk: OpenDesk) -> None:
    find = opened(desk, "bea")
    desk.until(lambda: words(find)[:2] == ["Clients", "Beatrix Hale"])
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.places.client.client() == desk.clinic.beatrix)


def test_the_ends_of_a_phone_number_find_a_client(desk: OpenDesk) -> None:
    find = opened(desk, "900318")
    desk.until(lambda: words(find)[1] == "Priya Nair")
    assert "Beatrix Hale" not in words(find)


def test_what_can_be_done_follows_the_client_who_is_marked(desk: OpenDesk) -> None:
    find = opened(desk, "a")
    desk.until(lambda: {"Amara Obi", "Victor Anan", "Jude Amis"} & set(words(find)) == {"Victor Anan", "Jude Amis"})
    first = words(find)[1]
    assert f"Do, for {first}" in words(find)
    desk.key(Qt.Key.Key_Down)
    second = words(find)[2]
    desk.until(lambda: f"Do, for {second}" in words(find))
    pick = find._list.current()
    assert pick is not None
    assert pick.words == second, "the mark stays on the client it was moved to"


def test_a_deed_is_done_for_the_client(desk: OpenDesk) -> None:
    find = opened(desk, "beatrix")
    desk.until(lambda: "Open the ledger" in words(find))
    steps = words(find).index("Open the ledger") - words(find).index("Beatrix Hale") - 1
    for _ in range(steps):
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.places.stack.currentWidget() is desk.window.places.ledger)


def test_the_first_letters_of_a_deed_do_it(desk: OpenDesk) -> None:
    find = opened(desk, "sett")
    desk.until(lambda: words(find) == ["Do", "Settings"])
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.places.stack.currentWidget() is desk.window.places.settings)


def test_nobody_of_that_name_says_what_to_do(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_K)
    find = box(desk)
    desk.type("zzz")
    desk.until(lambda: words(find)[0].startswith("Nobody and nothing"))


def test_esc_leaves_it_and_the_keyboard_is_where_it_was(desk: OpenDesk) -> None:
    opened(desk, "bea")
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.findChild(Find) is None)
    assert desk.window.places.diary.grid.hasFocus()


def test_ctrl_f_finds_clients_only(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_F)
    find = box(desk)
    desk.until(lambda: any(pick.value for pick in find.picks()))
    assert words(find)[0] == "Changed last"
    assert "Settings" not in words(find)


def test_a_practitioner_is_offered_the_ledger_and_no_checkout(desk: OpenDesk) -> None:
    desk.sit_down(desk.clinic.ines)
    find = opened(desk, "beatrix")
    desk.until(lambda: "Open the ledger" in words(find))
    assert not {"Check out", "Book a visit", "Sell a package"} & set(words(find))
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.places.stack.currentWidget() is desk.window.places.ledger)


@pytest.mark.parametrize(
    ("query", "alone", "offered"),
    [("", False, True), ("che", False, True), ("out che", False, True), ("xyz", False, False), ("xyz", True, False)],
)
def test_a_deed_is_offered_by_the_beginnings_of_its_words(query: str, alone: bool, offered: bool) -> None:
    deed = Deed("Check out", "card", lambda _: None)
    assert fits(deed, query, alone=alone) is offered


def test_a_deed_for_a_client_is_offered_with_the_client() -> None:
    deed = Deed("Check out", "card", lambda _: None, for_client=True)
    assert fits(deed, "beatrix", alone=False)
    assert not fits(deed, "beatrix", alone=True)


def test_every_page_can_be_reached_from_it(desk: OpenDesk) -> None:
    desk.sit_down(desk.clinic.manager)
    offered = {deed.words for deed in desk.window.acts.deeds()}
    assert {page.value.capitalize() for page in (Page.DIARY, Page.CLIENTS, Page.CATALOGUE, Page.STAFF)} <= offered


def test_a_client_and_a_deed_in_one_line_are_done_by_enter(desk: OpenDesk) -> None:
    find = opened(desk, "bea ledg")
    desk.until(lambda: words(find)[:2] == ["Do, for Beatrix Hale", "Open the ledger"])
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.places.stack.currentWidget() is desk.window.places.ledger)


def test_enter_before_the_answer_takes_the_first_that_fits(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_K)
    desk.type("priya")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.places.client.client() == desk.clinic.priya)


@pytest.mark.parametrize(
    ("query", "parts"),
    [("bea che", ("bea", "che")), ("bea hale out", ("bea hale", "out")), ("beatrix hale", None), ("che", None)],
)
def test_a_line_parts_where_a_deed_begins(query: str, parts: tuple[str, str] | None) -> None:
    assert parted(query, [Deed("Check out", "card", lambda _: None, for_client=True)]) == parts


def in_hand(desk: OpenDesk) -> None:
    """Beatrix is the one that the desk has in front of it."""
    desk.window.places.open_client(desk.clinic.beatrix)
    desk.until(lambda: desk.window.places.client.client() == desk.clinic.beatrix)


def ten(desk: OpenDesk) -> ProductId:
    """A course of ten is on sale."""
    draft = ProductDraft(
        "Physio, course of 10", desk.clinic.physio, 10, Money(400_00), Validity(None, 0, Starts.PURCHASE)
    )
    return ProductId(desk.store.write(catalogue.add_product, draft, actor=desk.clinic.owner).answer)


def test_a_number_of_sessions_sells_to_the_client_in_hand(desk: OpenDesk) -> None:
    product = ten(desk)
    in_hand(desk)
    find = opened(desk, "10")
    desk.until(lambda: words(find) == ["Do, for Beatrix Hale", "Sell Physio, course of 10"])
    desk.key(Qt.Key.Key_Return)
    checkout = desk.window.places.checkout
    desk.until(lambda: checkout.quote is not None)
    assert checkout.cart is not None
    assert (checkout.cart.client, checkout.cart.lines) == (
        desk.clinic.beatrix,
        (CartLine(LineKind.PACKAGE, product),),
    )


def test_a_number_that_no_package_has_is_a_phone_number(desk: OpenDesk) -> None:
    in_hand(desk)
    find = opened(desk, "900318")
    desk.until(lambda: words(find)[1] == "Priya Nair")


def test_a_first_digit_chooses_nobody(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_K)
    find = box(desk)
    desk.until(lambda: words(find)[:1] == ["Changed last"])
    assert [pick.key for pick in find.picks() if isinstance(pick.value, Found)] == [""] * 5


def test_selling_without_a_client_asks_who_buys(desk: OpenDesk) -> None:
    find = opened(desk, "sell las")
    desk.until(lambda: words(find) == ["Do", "Sell Laser, course of 6"])
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.findChild(Find) not in (None, find))
    desk.type("pri")
    desk.key(Qt.Key.Key_Return)
    checkout = desk.window.places.checkout
    desk.until(lambda: checkout.quote is not None)
    assert checkout.cart is not None
    assert checkout.cart.client == desk.clinic.priya
    assert [(line.kind, line.key) for line in checkout.cart.lines] == [(LineKind.PACKAGE, desk.clinic.laser_course)]


def test_a_client_and_a_package_in_one_line_go_together(desk: OpenDesk) -> None:
    find = opened(desk, "pri laser")
    desk.until(lambda: words(find)[:2] == ["Do, for Priya Nair", "Sell Laser, course of 6"])


def test_a_package_joins_the_cart_that_lies_half_done(desk: OpenDesk) -> None:
    in_hand(desk)
    fee = CartLine(LineKind.FEE, words="Lost locker key", price=Money(14_00))
    body = as_body(Cart(desk.clinic.beatrix, (fee,)))
    desk.bench.drafts.park(desk.bench.drafts.open("checkout", client=desk.clinic.beatrix, body=body).id)
    opened(desk, "6")
    desk.key(Qt.Key.Key_Return)
    checkout = desk.window.places.checkout
    desk.until(lambda: checkout.quote is not None)
    assert checkout.cart is not None
    assert [line.kind for line in checkout.cart.lines] == [LineKind.FEE, LineKind.PACKAGE]


def test_without_packages_in_the_plan_none_is_found(desk: OpenDesk) -> None:  # R13
    desk.sit_down(desk.clinic.manager)
    desk.bench.tasks.start(desk.bench.backend.write(catalogue.set_plan, packages=False, add_ons=True))
    desk.until(lambda: not desk.bench.clinic.packages)
    desk.ctrl(Qt.Key.Key_K)
    find = box(desk)
    desk.type("sell las")
    desk.until(lambda: words(find)[0].startswith("Nobody and nothing"))
