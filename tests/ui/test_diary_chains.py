"""A coming-in as the day shows it: one block with its add-ons, bridges to others, forms, deposits, blocked answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.domain import diary
from reception.domain.tables.ids import ServiceId
from reception.domain.tables.words import Bookable, PaymentPolicy
from reception.ui.daygrid import AddOn, Block, Pay, accessible
from reception.ui.panels.diary import DiaryPanel
from reception.ui.workbench import Page, Where, Workbench
from tests.clinic import TODAY, Clinic
from tests.domain.extras import add_on, attach


@pytest.fixture
def panel(bench: Workbench, qtbot: QtBot) -> DiaryPanel:
    made = DiaryPanel(bench)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    return made


def shown(panel: DiaryPanel, qtbot: QtBot) -> dict[int, Block]:
    """The blocks of the day, by their keys."""
    with qtbot.waitSignal(panel._refresher.loaded):
        panel.show()
        panel._refresher.request()
    return panel.grid.scene.blocks


def test_an_add_on_with_the_same_person_is_a_line_of_its_base(
    clinic: Clinic, panel: DiaryPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R26
    visit = clinic.book(clinic.at("11:00"))
    attach(clinic, visit, tape)
    (block,) = shown(panel, qtbot).values()
    assert (block.key, block.minutes, block.base_minutes, block.clean) == (visit, 45, 30, 10)
    assert block.addons == (AddOn("Tape 15", 15),)
    assert "Laser 30, Tape 15" in accessible.words(panel.grid.scene, block)


def test_an_add_on_with_somebody_else_is_joined_by_a_bridge_and_chosen_with_its_base(
    clinic: Clinic, panel: DiaryPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # R26
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape, staff=clinic.ben)
    blocks = shown(panel, qtbot)
    assert blocks[visit].addons == ()
    assert (blocks[added].column, blocks[added].after) == (clinic.ben, visit)
    assert panel.grid.scene.chain(blocks[added]) == {visit, added}


def test_a_confirmation_is_the_bases_and_leaves_the_block_whole(
    clinic: Clinic, panel: DiaryPanel, tape: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00"))
    attach(clinic, visit, tape)
    clinic.do(diary.confirm, visit)
    (block,) = shown(panel, qtbot).values()
    assert (block.status, block.addons) == ("confirmed", (AddOn("Tape 15", 15),))


def test_a_second_base_is_a_block_of_its_own_chosen_with_the_first(
    clinic: Clinic, panel: DiaryPanel, qtbot: QtBot
) -> None:
    requests = [clinic.request(clinic.at("11:00")), clinic.request(clinic.at("11:00"), service=clinic.massage)]
    first, second = clinic.do(diary.book_chain, requests, by=clinic.desk)
    blocks = shown(panel, qtbot)
    assert set(blocks) == {first, second}
    assert panel.grid.scene.chain(blocks[first]) == {first, second}
    assert blocks[second].after is None


def test_an_add_on_that_waits_while_its_base_is_treated_stands_by_itself(
    clinic: Clinic, panel: DiaryPanel, tape: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    clinic.do(diary.arrive, visit)
    clinic.do(diary.start, visit)
    blocks = shown(panel, qtbot)
    assert set(blocks) == {visit, added}
    assert blocks[added].after is None


def test_going_to_an_add_on_chooses_the_block_that_it_is_part_of(
    clinic: Clinic, panel: DiaryPanel, tape: ServiceId, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00"))
    added = attach(clinic, visit, tape)
    shown(panel, qtbot)
    panel.show_appointment(TODAY, added)
    qtbot.waitUntil(lambda: panel.grid.block() == visit)


def test_a_form_that_is_due_is_dotted_and_gone_once_it_is_there(
    clinic: Clinic, panel: DiaryPanel, qtbot: QtBot
) -> None:  # R31
    form = clinic.form()
    clinic.require(form)
    visit = clinic.book(clinic.at("11:00"))
    assert shown(panel, qtbot)[visit].form
    assert "form still open" in accessible.words(panel.grid.scene, panel.grid.scene.blocks[visit])
    clinic.answer(form, pregnant=False)
    assert not shown(panel, qtbot)[visit].form


def test_an_answer_that_blocks_a_booked_visit_is_marked(clinic: Clinic, panel: DiaryPanel, qtbot: QtBot) -> None:  # R34
    visit = clinic.book(clinic.at("11:00"))
    form = clinic.form()
    clinic.require(form)
    clinic.rule(form)
    clinic.answer(form, pregnant=True)
    block = shown(panel, qtbot)[visit]
    assert (block.stopped, block.form) == (True, False)
    assert "an answer stands against it" in accessible.words(panel.grid.scene, block)


def test_a_deposit_that_is_owing_is_a_coin(clinic: Clinic, panel: DiaryPanel, qtbot: QtBot) -> None:  # R28
    service = add_on(
        clinic,
        "Peel 30",
        minutes=30,
        price=90_00,
        payment=PaymentPolicy.DEPOSIT,
        deposit=20_00,
        bookable=Bookable.ALONE,
    )
    visit = clinic.book(clinic.at("11:00"), service=service)
    block = shown(panel, qtbot)[visit]
    assert block.pay is Pay.AHEAD
    assert "deposit owing" in accessible.words(panel.grid.scene, block)


def test_plus_asks_for_the_offers_of_the_chosen_visit_and_b_for_its_booking(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, qtbot: QtBot
) -> None:
    visit = clinic.book(clinic.at("11:00"))
    shown(panel, qtbot)
    panel.grid.choose(visit)
    with qtbot.waitSignal(panel.adding_asked):
        QTest.keyClick(panel.grid, Qt.Key.Key_Plus)
    with qtbot.waitSignal(bench.goto) as asked:
        QTest.keyClick(panel.grid, Qt.Key.Key_B)
    assert asked.args == [Where(Page.COMING, client=clinic.bea, appointment=visit)]


def test_plus_without_a_visit_says_what_to_choose(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, qtbot: QtBot
) -> None:
    shown(panel, qtbot)
    with qtbot.waitSignal(bench.refused) as refused:
        QTest.keyClick(panel.grid, Qt.Key.Key_Plus)
    assert bench.formats.sentence(refused.args[0]).startswith("Choose a visit first")


def test_arrive_next_never_takes_an_add_on_for_a_client(
    clinic: Clinic, bench: Workbench, panel: DiaryPanel, tape: ServiceId, qtbot: QtBot
) -> None:  # A.4
    visit = clinic.book(clinic.at("09:00"))
    attach(clinic, visit, tape, staff=clinic.ben)
    clinic.clock.forward(hours=1, minutes=29)
    shown(panel, qtbot)
    with qtbot.waitSignal(bench.said) as said:
        QTest.keyClick(panel.grid, Qt.Key.Key_A)
    assert said.args[0] == "Bea Jones has arrived"
    assert {line.entry.status for line in clinic.ask(diary.coming_in, visit).lines} == {"arrived"}
