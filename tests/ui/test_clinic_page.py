"""The clinic's settings: itself, its policy, reasons, plan and closures, changed by real clicks and keys."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.domain import catalogue, rota, staff
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney, Policy
from reception.store import Store
from reception.ui.dialogs.editing import Editing
from reception.ui.dialogs.hours import DayHours
from reception.ui.dialogs.policy import policy_words
from reception.ui.panels.clinic import Clinic
from reception.ui.text import Formats
from reception.ui.widgets import Button, Check, DateEdit, LineEdit, MoneyEdit, Prose, Select, TimeEdit
from reception.ui.workbench import Workbench
from tests.factories import SmallClinic, book, small_clinic
from tests.ui.bench import child, counted, press, shown, typed, workbench

TODAY = date(2026, 11, 24)
TAKEN = Policy(24, OnCredit.FORFEIT, OnCredit.FORFEIT, OnMoney.NOTHING, OnMoney.FEE, Money(0), Money(40_00))


@pytest.fixture
def clinic(sqlite_store: Store) -> SmallClinic:
    return small_clinic(sqlite_store)


@pytest.fixture
def bench(sqlite_store: Store, clinic: SmallClinic, tmp_path: Path, loop: object, qtbot: QtBot) -> Iterator[Workbench]:
    with workbench(sqlite_store, tmp_path, clinic.manager, qtbot) as bench:
        yield bench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> Clinic:
    page = Clinic(bench)
    with qtbot.waitSignal(page._refresher.loaded):
        shown(page, qtbot)
    return page


def sheet(page: Clinic) -> Editing:
    found = page._place.sheet()
    assert found is not None
    return found


LATE = "A visit cancelled less than {} before it starts loses its credit; without one, {}. "
MISSED = "A no-show loses its credit; without one, {}. "
GRACE = "A credit that comes back after its last day {}."


@pytest.mark.parametrize(
    ("policy", "grace", "sentences"),
    [
        (
            TAKEN,
            14,
            (
                LATE.format("24 hours", "nothing is charged"),
                MISSED.format("£40.00 is charged"),
                GRACE.format("is good for 14 more days"),
            ),
        ),
        (
            replace(TAKEN, free_hours=0, late_credit=OnCredit.RETURN, no_show_money=OnMoney.DEPOSIT),
            0,
            (
                "A visit cancelled after its start gets its credit back, and nothing is charged. ",
                MISSED.format("its deposit is kept"),
                GRACE.format("stays expired"),
            ),
        ),
        (
            replace(TAKEN, free_hours=1, late_money=OnMoney.FEE, late_fee=Money(5_50)),
            1,
            (
                LATE.format("1 hour", "£5.50 is charged"),
                MISSED.format("£40.00 is charged"),
                GRACE.format("is good for 1 more day"),
            ),
        ),
    ],
)
def test_a_policy_reads_as_sentences(
    policy: Policy, grace: int, sentences: tuple[str, ...], formats: Formats
) -> None:  # R14, R16
    assert policy_words(policy, grace, formats) == "".join(sentences)


def test_the_sentence_follows_what_is_typed_and_is_saved(
    page: Clinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R14
    press(page, "clinic_page.policy", qtbot)
    counted(page, "policy.free_hours", "48", qtbot)
    select = child(page, Select, "policy.late_money")
    select.setCurrentText("Charge a fee")
    select.activated.emit(select.currentIndex())
    means = child(page, Prose, "policy.means")
    qtbot.waitUntil(lambda: "less than 48 hours" in means.accessibleName())
    typed(page, MoneyEdit, "policy.late_fee", "25", qtbot)
    qtbot.waitUntil(lambda: "£25.00 is charged" in means.accessibleName())

    with qtbot.waitSignals([bench.said, bench.clinic_changed]):
        press(page, "policy.save", qtbot)

    own = sqlite_store.read(catalogue.clinic).policy
    assert (own.free_hours, own.late_money, own.late_fee) == (48, OnMoney.FEE, Money(25_00))
    assert "less than 48 hours" in child(page, Prose, "clinic_page.policy").accessibleName()


def test_packages_are_switched_off_with_what_that_means(
    page: Clinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R13
    press(page, "clinic_page.plan", qtbot)
    qtbot.mouseClick(child(page, Check, "plan.packages"), Qt.MouseButton.LeftButton)
    words = child(page, Prose, "plan.packages_words")
    qtbot.waitUntil(lambda: words.accessibleName().startswith("No package is sold. What was sold stays"))

    with qtbot.waitSignal(bench.said) as said, qtbot.waitSignal(bench.clinic_changed):
        press(page, "plan.save", qtbot)

    assert not sqlite_store.read(catalogue.clinic).packages
    assert said.args is not None
    with qtbot.waitSignal(bench.clinic_changed):
        bench.tasks.start(said.args[1]())
    assert sqlite_store.read(catalogue.clinic).packages


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("zone", "Europe/Nowhere", "There is no time zone called “Europe/Nowhere”."),
        ("currency", "QQQ", "There is no currency called “QQQ”."),
        ("locale", "xx_YY", "Nothing is known of how “xx_YY” writes figures and dates."),
        ("name", " ", "The clinic has no name."),
    ],
)
def test_a_setting_that_cannot_be_is_said_beside_its_field(
    page: Clinic, field: str, words: str, sentence: str, qtbot: QtBot
) -> None:
    press(page, "clinic_page.clinic", qtbot)
    typed(page, LineEdit, f"clinic.{field}", words, qtbot)

    press(page, "clinic.save", qtbot)

    qtbot.waitUntil(lambda: sheet(page).form.errors().get(field, "").startswith(sentence))


def test_opening_hours_are_typed_day_by_day(page: Clinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot) -> None:
    press(page, "clinic_page.clinic", qtbot)
    typed(page, TimeEdit, "clinic.opening_hours.0.to0", "20:00", qtbot)
    press(page, "clinic.opening_hours.5.remove0", qtbot)

    with qtbot.waitSignal(bench.said):
        press(page, "clinic.save", qtbot)

    opening = sqlite_store.read(catalogue.clinic).opening
    assert [one.end for one in opening if one.weekday == 0] == [20 * 60]
    assert not [one for one in opening if one.weekday == 5]


def test_a_time_that_is_none_is_said_beside_its_day(page: Clinic, qtbot: QtBot) -> None:
    press(page, "clinic_page.clinic", qtbot)
    typed(page, TimeEdit, "clinic.opening_hours.2.to0", "half six", qtbot)

    wednesday = child(page, DayHours, "clinic.opening_hours.2")
    qtbot.waitUntil(lambda: wednesday.error() == "half six is not a time. Write it like 9:30.")


def test_a_closure_says_which_visits_no_longer_fit_and_is_taken_back(
    page: Clinic, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R20
    book(sqlite_store, clinic.beatrix, clinic.ines, clinic.physio, date(2026, 12, 24), "15:00")
    press(page, "clinic_page.closure", qtbot)
    typed(page, DateEdit, "closure.day", "24 Dec 2026", qtbot)
    typed(page, LineEdit, "closure.words", "Christmas Eve", qtbot)
    with qtbot.waitSignal(bench.said) as said, qtbot.waitSignal(page._refresher.loaded):
        press(page, "closure.save", qtbot)
    assert said.args is not None
    assert said.args[0] == "Closed on Thu 24 Dec. 1 coming visit no longer fits: see Conflicts"
    (closure,) = sqlite_store.read(rota.closures, TODAY)

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, f"clinic_page.closure.{closure.id}", qtbot)

    assert not sqlite_store.read(rota.closures, TODAY)


def test_a_reason_is_added_and_the_last_of_its_kind_stays(
    page: Clinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R14
    press(page, "clinic_page.reason", qtbot)
    typed(page, LineEdit, "reason.words", "Car broke down", qtbot)
    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "reason.save", qtbot)
    clients = [one for one in sqlite_store.read(catalogue.reasons) if one.who == "client"]
    assert "Car broke down" in [one.words for one in clients]

    for reason in clients[:-1]:
        with qtbot.waitSignals([bench.said, page._refresher.loaded]):
            press(page, f"clinic_page.reason.{reason.id}", qtbot)
    with qtbot.waitSignal(bench.refused) as refused:
        press(page, f"clinic_page.reason.{clients[-1].id}", qtbot)

    assert refused.args is not None
    assert "is the last reason of its kind" in str(refused.args[0])


def test_the_desk_reads_the_settings_and_changes_nothing(
    page: Clinic, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:
    anna = next(one for one in sqlite_store.read(staff.people) if one.id == clinic.anna)

    bench.take_desk(anna)

    assert all(button.isHidden() for button in page._buttons.values())
    assert child(page, QWidget, "clinic_page.readonly").isVisible()
    assert not [one for one in page.findChildren(Button) if one.text() == "Retire" and one.isVisible()]
