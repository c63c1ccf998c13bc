"""The staff page: people, their order, their hours, changed by real clicks and keys."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.domain import rota, staff
from reception.domain.access import Role
from reception.domain.staff import Person
from reception.store import Store
from reception.ui.dialogs.editing import Editing
from reception.ui.dialogs.hours import DayHours
from reception.ui.panels.staff import Staff
from reception.ui.widgets import Button, Check, DateEdit, LineEdit, ListTable, Segmented, Select, TimeEdit
from reception.ui.widgets.week_picture import WeekPicture
from reception.ui.workbench import Workbench
from tests.factories import SmallClinic, book, small_clinic
from tests.ui.bench import child, press, shown, typed, workbench

TODAY = date(2026, 11, 24)
TUESDAY = date(2026, 12, 1)


@pytest.fixture
def clinic(sqlite_store: Store) -> SmallClinic:
    return small_clinic(sqlite_store)


@pytest.fixture
def bench(sqlite_store: Store, clinic: SmallClinic, tmp_path: Path, loop: object, qtbot: QtBot) -> Iterator[Workbench]:
    with workbench(sqlite_store, tmp_path, clinic.manager, qtbot) as bench:
        yield bench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> Staff:
    page = Staff(bench)
    with qtbot.waitSignal(page._refresher.loaded):
        shown(page, qtbot)
    return page


def people(page: Staff) -> list[str]:
    return [person.name for person in child(page, ListTable, "staff.list").rows()]


def choose(page: Staff, name: str, qtbot: QtBot) -> Person:
    table = child(page, ListTable, "staff.list")
    person: Person = next(one for one in table.rows() if one.name == name)
    table.choose(person)
    qtbot.waitUntil(lambda: page._rota is not None and page._rota.staff == person.id)
    return person


def sheet(page: Staff) -> Editing:
    found = page._place.sheet()
    assert found is not None
    return found


def segment(page: QWidget, name: str, index: int, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(page, Segmented, name).button(index), Qt.MouseButton.LeftButton)


def test_somebody_new_is_put_at_the_end_with_their_skills(
    page: Staff, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R21
    press(page, "staff.new", qtbot)
    typed(page, LineEdit, "person.name", "Freya Holt", qtbot)
    typed(page, LineEdit, "person.line", "Skin and laser", qtbot)
    press(page, f"person.skill.{clinic.laser}", qtbot)

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "person.save", qtbot)

    freya = sqlite_store.read(staff.people)[-1]
    assert (freya.name, freya.role, freya.works) == ("Freya Holt", Role.PRACTITIONER, True)
    assert freya.skills == {clinic.laser}
    assert people(page)[-1] == "Freya Holt"


def test_the_only_owner_stays_one(page: Staff, qtbot: QtBot) -> None:
    choose(page, "Olga Reid", qtbot)
    press(page, "staff.edit", qtbot)
    select = child(page, Select, "person.role")
    select.setCurrentText("Manager")
    select.activated.emit(select.currentIndex())

    press(page, "person.save", qtbot)

    sentence = "Olga Reid is the only owner, and a clinic needs one. Make somebody else an owner first."
    qtbot.waitUntil(lambda: sheet(page).form.errors() == {"role": sentence})


def test_retiring_somebody_says_which_visits_stay(
    sqlite_store: Store, clinic: SmallClinic, bench: Workbench, qtbot: QtBot
) -> None:  # R20
    book(sqlite_store, clinic.beatrix, clinic.ines, clinic.physio, TUESDAY, "10:00")
    page = Staff(bench)
    with qtbot.waitSignal(page._refresher.loaded):
        shown(page, qtbot)
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.edit", qtbot)
    assert child(page, QWidget, "person.retire_words").accessibleName().startswith("1 coming visit is booked with them")

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "person.retire", qtbot)

    assert "Ines Lund" not in people(page)
    qtbot.mouseClick(child(page, Check, "staff.show_retired"), Qt.MouseButton.LeftButton)
    assert "Ines Lund" in people(page)


def test_control_and_an_arrow_move_a_column(page: Staff, bench: Workbench, qtbot: QtBot) -> None:
    choose(page, "Ines Lund", qtbot)
    before = people(page)

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        qtbot.keyClick(child(page, ListTable, "staff.list"), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    place = before.index("Ines Lund")
    assert people(page)[place : place + 2] == ["Tomas Brandt", "Ines Lund"]


def test_a_dragged_row_takes_its_new_place(page: Staff, bench: Workbench, qtbot: QtBot) -> None:
    table = child(page, ListTable, "staff.list")
    before = people(page)
    port = table.viewport()
    start = QPoint(40, table.rowViewportPosition(0) + 10)
    end = QPoint(40, table.rowViewportPosition(2) + 30)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(port, QPoint(40, start.y() + 20))
    qtbot.mouseMove(port, end)

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)

    assert people(page)[:3] == [before[1], before[2], before[0]]


def test_hours_that_overlap_are_refused_beside_their_day(
    page: Staff, clinic: SmallClinic, sqlite_store: Store, qtbot: QtBot
) -> None:  # R22
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.hours0", qtbot)
    tuesday = child(page, DayHours, "shifts.week1.1")
    press(tuesday, "shifts.week1.1.add", qtbot)
    typed(tuesday, TimeEdit, "shifts.week1.1.from1", "17:00", qtbot)
    typed(tuesday, TimeEdit, "shifts.week1.1.to1", "19:00", qtbot)
    qtbot.waitUntil(lambda: tuesday.error() == "Overlaps 08:00 – 18:00. Change one of them.")

    press(page, "shifts.save", qtbot)

    qtbot.waitUntil(lambda: "overlaps the one on" in sheet(page).form.errors().get("shifts", ""))
    own = sqlite_store.read(rota.of, clinic.ines, TODAY)
    assert len(own.weekly) == 6


def test_the_picture_shows_the_week_as_it_is_typed(page: Staff, qtbot: QtBot) -> None:
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.hours0", qtbot)
    typed(page, TimeEdit, "shifts.week1.0.to0", "12:30", qtbot)

    picture = child(page, WeekPicture, "shifts.picture")
    qtbot.waitUntil(lambda: picture.bars()[0] == (0, 8 * 60, 12 * 60 + 30))
    assert picture.accessibleName().startswith("Monday 08:00 – 12:30, Tuesday 08:00 – 18:00")


def test_new_hours_end_those_before(
    page: Staff, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R22
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.new_hours", qtbot)
    typed(page, DateEdit, "shifts.since", "4 Jan 2027", qtbot)
    press(page, "shifts.week1.0.add", qtbot)
    press(page, "shifts.week1.copy", qtbot)

    with qtbot.waitSignal(bench.said):
        press(page, "shifts.save", qtbot)

    own = sqlite_store.read(rota.of, clinic.ines, TODAY)
    assert {row.until for row in own.weekly if row.since < date(2027, 1, 4)} == {date(2027, 1, 3)}
    new = sorted((row.weekday, row.start, row.end) for row in own.weekly if row.since == date(2027, 1, 4))
    assert new == [(day, 9 * 60, 17 * 60) for day in range(5)]


def test_weeks_in_turn_have_hours_of_their_own(
    page: Staff, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R22
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.new_hours", qtbot)
    segment(page, "shifts.weeks", 1, qtbot)
    press(page, "shifts.week1.0.add", qtbot)
    qtbot.waitUntil(lambda: child(page, Segmented, "shifts.week").isVisible())
    segment(page, "shifts.week", 1, qtbot)
    press(page, "shifts.week2.3.add", qtbot)

    with qtbot.waitSignal(bench.said):
        press(page, "shifts.save", qtbot)

    own = sqlite_store.read(rota.of, clinic.ines, TODAY)
    new = {(row.weeks, row.week, row.weekday) for row in own.weekly if row.since == TODAY}
    assert new == {(2, 1, 0), (2, 2, 3)}


def test_a_day_off_says_how_many_visits_no_longer_fit(
    page: Staff, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:  # R20
    book(sqlite_store, clinic.beatrix, clinic.ines, clinic.physio, TUESDAY, "10:00")
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.new_date", qtbot)
    typed(page, DateEdit, "other_hours.day", "1 Dec 2026", qtbot)
    segment(page, "other_hours.works", 1, qtbot)

    with qtbot.waitSignal(bench.said) as said:
        press(page, "other_hours.save", qtbot)

    assert said.args is not None
    assert said.args[0] == "Changed Tue 1 Dec for Ines Lund. 1 coming visit no longer fits: see Conflicts"


@pytest.mark.parametrize(
    ("first", "last", "errors"),
    [
        ("", "", {"first": "There is no first day yet. Type when it begins."}),
        ("31/11/2026", "", {"first": "November has 30 days."}),
        (
            "10 Dec 2026",
            "8 Dec 2026",
            {"last": "The last day, 8 Dec, is before the first, 10 Dec. Type a later one."},
        ),
    ],
)
def test_time_off_that_cannot_be_is_said_beside_its_day(
    page: Staff, first: str, last: str, errors: dict[str, str], qtbot: QtBot
) -> None:
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.new_off", qtbot)
    typed(page, DateEdit, "time_off.first", first, qtbot)
    typed(page, DateEdit, "time_off.last", last, qtbot)

    press(page, "time_off.save", qtbot)

    qtbot.waitUntil(lambda: sheet(page).form.errors() == errors)


def test_a_holiday_is_added_and_taken_away(
    page: Staff, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.new_off", qtbot)
    typed(page, LineEdit, "time_off.words", "Holiday", qtbot)
    typed(page, DateEdit, "time_off.first", "21 Dec 2026", qtbot)
    typed(page, DateEdit, "time_off.last", "23 Dec 2026", qtbot)
    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, "time_off.save", qtbot)
    (off,) = sqlite_store.read(rota.of, clinic.ines, TODAY).off
    assert (off.words, off.block, off.span.minutes) == ("Holiday", False, 3 * 24 * 60)

    with qtbot.waitSignals([bench.said, page._refresher.loaded]):
        press(page, f"staff.off.{off.id}", qtbot)

    assert not sqlite_store.read(rota.of, clinic.ines, TODAY).off


def test_half_typed_hours_are_parked_and_gone_on_with(page: Staff, bench: Workbench, qtbot: QtBot) -> None:
    choose(page, "Ines Lund", qtbot)
    press(page, "staff.hours0", qtbot)
    typed(page, TimeEdit, "shifts.week1.4.to0", "13:15", qtbot)
    qtbot.keyClick(child(page, TimeEdit, "shifts.week1.4.to0"), Qt.Key.Key_Escape)
    (parked,) = bench.drafts.parked()
    assert (parked.kind, parked.title) == ("shifts", "Ines Lund")

    page.show_draft(parked)

    qtbot.waitUntil(lambda: page._place.sheet() is not None)
    assert child(page, TimeEdit, "shifts.week1.4.to0").text() == "13:15"


def test_the_desk_reads_the_staff_list_and_changes_nothing(
    page: Staff, clinic: SmallClinic, bench: Workbench, sqlite_store: Store, qtbot: QtBot
) -> None:
    anna = next(one for one in sqlite_store.read(staff.people) if one.id == clinic.anna)
    bench.take_desk(anna)
    choose(page, "Ines Lund", qtbot)

    qtbot.keyClick(child(page, ListTable, "staff.list"), Qt.Key.Key_Return)

    assert page._place.sheet() is None
    assert child(page, Button, "staff.new").isHidden()
    assert child(page, Button, "staff.new_off").isHidden()
    assert child(page, Button, "staff.hours0").isHidden()
