"""The window around the panels: places, keys, queues, what it says, who is at the desk."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from reception.domain import diary
from reception.domain.errors import Refused, Taken, Trouble
from reception.settings import Settings, Theme
from reception.ui import theme
from reception.ui.dialogs.keys import Keys, spread
from reception.ui.dialogs.person import PersonPicker
from reception.ui.panels.queue.rows import Row
from reception.ui.widgets.date_edit import MonthPopup
from reception.ui.workbench import Page, Where
from tests.ui.desk import TODAY, OpenDesk


def tabs(desk: OpenDesk) -> list[str]:
    pages = ("diary", "clients", "catalogue", "staff", "settings")
    found = (desk.frame.findChild(QAbstractButton, f"top.{page}") for page in pages)
    return [tab.text() for tab in found if tab is not None]


def waiting(desk: OpenDesk) -> dict[str, list[str]]:
    """Who stands in which queue, of those that hold somebody."""
    return {group.key: [row.name for row in group.rows] for group in desk.window.queue.groups() if group.rows}


# Places


@pytest.mark.parametrize("page", ["clients", "catalogue", "staff", "settings", "diary"])
def test_a_tab_opens_its_page(desk: OpenDesk, page: str) -> None:
    desk.press(f"top.{page}")
    assert desk.window.places.stack.currentWidget() is desk.window.places.widget(Page(page))


def test_the_days_are_stepped_through_from_the_top(desk: OpenDesk) -> None:
    desk.press("top.on")
    assert desk.window.places.diary.day() == TODAY + timedelta(days=1)
    assert desk.frame.findChild(QAbstractButton, "top.date").text() == "Wed 25 Nov"  # type: ignore[union-attr]
    desk.press("top.back")
    desk.press("top.back")
    desk.press("top.today")
    assert desk.window.places.diary.day() == TODAY


def test_a_day_is_picked_from_the_month_of_the_left_column(desk: OpenDesk) -> None:
    days = desk.window.queue._month.days  # type: ignore[union-attr]
    target = TODAY + timedelta(days=2)
    desk.qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=days.box(target).center().toPoint())
    assert desk.window.places.diary.day() == target


def test_ctrl_g_picks_a_day_from_any_page(desk: OpenDesk) -> None:
    desk.press("top.staff")
    desk.ctrl(Qt.Key.Key_G)
    popup = desk.window.findChild(MonthPopup)
    assert popup is not None
    popup.month.chosen.emit(date(2026, 12, 1))
    assert desk.window.places.diary.day() == date(2026, 12, 1)
    assert desk.window.places.stack.currentIndex() == 0


# Who is at the desk


def test_f2_and_a_digit_change_who_is_at_the_desk(desk: OpenDesk) -> None:
    desk.key(Qt.Key.Key_F2)
    picker = desk.window.findChild(PersonPicker)
    assert picker is not None
    desk.until(lambda: len(picker._list.picks()) == 6)
    desk.type("2")
    desk.until(lambda: desk.bench.person.name == "Mira Sorel")
    assert desk.bench.backend.actor == desk.clinic.manager


def test_a_practitioner_sees_diary_and_clients_only(desk: OpenDesk) -> None:
    assert tabs(desk) == ["Diary", "Clients", "Catalogue", "Staff", "Settings"]
    desk.sit_down(desk.clinic.ines)
    desk.until(lambda: tabs(desk) == ["Diary", "Clients"])


@pytest.mark.parametrize("page", [Page.CHECKOUT, Page.BOOKING, Page.CATALOGUE, Page.STAFF, Page.SETTINGS])
def test_a_practitioner_is_told_whom_to_ask_for_the_rest(desk: OpenDesk, page: Page) -> None:
    desk.sit_down(desk.clinic.ines)
    desk.bench.goto.emit(Where(page, client=desk.clinic.beatrix))
    assert "Press F2" in desk.window.messages.banner.text()
    assert desk.window.places.stack.currentIndex() == 0


def test_what_one_person_did_the_next_one_does_not_undo(desk: OpenDesk) -> None:
    undone: list[bool] = []

    async def undo() -> None:
        undone.append(True)

    desk.bench.said.emit("Moved Priya Nair", undo)
    desk.sit_down(desk.clinic.manager)
    desk.ctrl(Qt.Key.Key_Z)
    assert not undone
    assert desk.window.messages.line.text() == ""


# What it says


def test_a_finished_act_is_undone_by_ctrl_z(desk: OpenDesk) -> None:
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:00")
    desk.until(lambda: desk.window.places.diary.entry(visit) is not None)
    desk.window.places.diary.grid.choose(visit)
    desk.window.places.diary.setFocus()
    desk.type("a")
    desk.until(lambda: waiting(desk).get("here") == ["Beatrix Hale"])
    assert "Beatrix" in desk.window.messages.line.text()
    desk.ctrl(Qt.Key.Key_Z)
    desk.until(lambda: "here" not in waiting(desk))


def test_acts_are_undone_newest_first(desk: OpenDesk) -> None:
    undone: list[str] = []

    def undo(name: str) -> object:
        async def back() -> None:
            undone.append(name)

        return back

    for name in ("one", "two"):
        desk.bench.said.emit(name, undo(name))
    desk.press("undo.undo")
    desk.until(lambda: undone == ["two"])
    desk.until(lambda: not desk.bench.tasks._running)
    desk.press("undo.undo")
    desk.until(lambda: undone == ["two", "one"])


def test_an_undo_that_is_refused_says_why(desk: OpenDesk) -> None:
    async def refuse() -> None:
        raise Refused("The visit has been moved at another desk. Look at it again.")

    desk.bench.said.emit("Moved Priya Nair", refuse)
    desk.ctrl(Qt.Key.Key_Z)
    desk.until(lambda: "another desk" in desk.window.messages.banner.text())


def test_a_refusal_is_a_banner_until_it_is_dismissed_or_something_is_done(desk: OpenDesk) -> None:
    desk.bench.refused.emit(Taken("That time has been taken. Choose another time."))
    assert desk.window.messages.banner.text() == "That time has been taken. Choose another time."
    desk.press("banner.dismiss")
    assert not desk.window.messages.banner.isVisible()
    desk.bench.refused.emit(Taken("That time has been taken. Choose another time."))
    desk.bench.said.emit("Booked", None)
    assert not desk.window.messages.banner.isVisible()


def test_trouble_offers_to_try_again(desk: OpenDesk) -> None:
    tried: list[bool] = []
    desk.bench.troubled.emit(Trouble("The server is away.", retry=True), lambda: tried.append(True))
    desk.press("banner.again")
    assert tried == [True]
    assert not desk.window.messages.banner.isVisible()


def test_saved_is_said_after_the_commit(desk: OpenDesk) -> None:
    saved = desk.window.messages.line._saved
    assert saved.text() == ""
    visit = desk.book(desk.clinic.beatrix, desk.clinic.ines, desk.clinic.physio, "10:00")
    assert saved.text() == "Saved 08:00"
    desk.clock.forward(minutes=4)
    desk.do(diary.arrive, visit)
    desk.until(lambda: saved.text() == "Saved 08:04")


# Queues


def test_the_queues_say_so_when_nobody_is_in_them(desk: OpenDesk) -> None:
    desk.until(lambda: bool(desk.window.queue.groups()))
    assert {group.key: group.none for group in desk.window.queue.groups()} == {
        "here": "Nobody is waiting",
        "late": "Nobody is late",
        "forms": "None for today",
        "clients": "Nothing new",
        "tasks": "Nothing to decide",
        "owing": "None",
        "open": "Every day is complete",
        "conflicts": "None",
    }


def test_who_is_here_late_and_left_open_is_listed(desk: OpenDesk) -> None:
    clinic = desk.clinic
    here = desk.book(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
    desk.book(clinic.priya, clinic.tomas, clinic.massage, "10:00")
    desk.clock.forward(hours=2, minutes=5)
    desk.do(diary.arrive, here)
    desk.clock.forward(minutes=12)
    desk.window.queue._refresher.request()
    desk.until(lambda: waiting(desk) == {"here": ["Beatrix Hale"], "late": ["Priya Nair"]})
    desk.until(lambda: desk.window.queue.groups()[0].rows[0].right == "12 min")
    (group_here, group_late, *_) = desk.window.queue.groups()
    assert group_here.rows[0].urgent
    assert (group_late.rows[0].right, group_late.rows[0].line) == ("+17 min", "10:00 Tomas, Massage")


def test_a_visit_that_nobody_completed_is_left_open_the_next_day(desk: OpenDesk) -> None:  # R41
    desk.book(desk.clinic.hugh, desk.clinic.ines, desk.clinic.physio, "10:00")
    desk.clock.forward(days=1)
    desk.window.queue._refresher.request()
    desk.until(lambda: waiting(desk).get("open") == ["Hugh Mallory"])


def test_pressing_a_row_shows_the_visit(desk: OpenDesk) -> None:
    visit = desk.book(desk.clinic.priya, desk.clinic.tomas, desk.clinic.massage, "09:30")
    desk.clock.forward(hours=2)
    desk.window.queue._refresher.request()
    desk.until(lambda: desk.window.findChild(Row) is not None)
    desk.press("top.staff")
    desk.window.fold_left()
    desk.press(f"queue.visit.{visit}")
    desk.until(lambda: desk.window.places.diary.grid.block() == visit)
    assert desk.window.places.stack.currentIndex() == 0
    desk.until(lambda: desk.window.places.client.client() == desk.clinic.priya)


def test_a_practitioners_queues_are_their_own(desk: OpenDesk) -> None:
    clinic = desk.clinic
    for client, person, service in (
        (clinic.priya, clinic.tomas, clinic.massage),
        (clinic.hugh, clinic.ines, clinic.physio),
    ):
        desk.do(diary.arrive, desk.book(client, person, service, "10:00"))
    desk.sit_down(clinic.ines)
    desk.until(lambda: waiting(desk).get("here") == ["Hugh Mallory"])


# Regions


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [(1366, True, True), (1180, False, True), (910, False, False)],
    ids=["wide", "150 %", "small"],
)
def test_narrow_windows_fold_the_left_column_first(desk: OpenDesk, width: int, left: bool, right: bool) -> None:
    desk.frame.resize(width, 512)
    desk.until(lambda: desk.window.width() == width)
    assert desk.window.queue.is_folded() is not left
    assert desk.window.places.side.isVisible() is right


def test_columns_fold_by_key_and_a_sheet_shows_itself_all_the_same(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_B)
    desk.ctrl(Qt.Key.Key_J)
    assert desk.window.queue.is_folded()
    assert not desk.window.places.side.isVisible()
    desk.ctrl(Qt.Key.Key_N)
    assert desk.window.places.side.isVisible()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: not desk.window.places.side.isVisible())


def test_the_rail_counts_what_the_column_lists(desk: OpenDesk) -> None:
    desk.do(diary.arrive, desk.book(desk.clinic.hugh, desk.clinic.ines, desk.clinic.physio, "10:00"))
    desk.press("top.staff")
    sign = desk.frame.findChild(QAbstractButton, "rail.here")
    assert sign is not None
    desk.until(lambda: sign.accessibleName() == "Here now, 1")
    desk.press("rail.here")
    assert not desk.window.queue.is_folded()


def test_all_keys_are_shown_on_one_sheet(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_Slash)
    assert desk.window.findChild(Keys) is not None
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.findChild(Keys) is None)


def test_sections_spread_over_the_columns_there_is_room_for() -> None:
    sections = [(str(n), [("k", "w")] * 6) for n in range(4)]
    for count in (1, 2, 3):
        columns = spread(sections, count)
        assert len(columns) == count
        assert [section for column in columns for section in column] == sections


# The checkout and the ledger of whoever is chosen


def test_f12_without_a_client_says_what_to_do(desk: OpenDesk) -> None:
    desk.key(Qt.Key.Key_F12)
    assert "Nobody is chosen" in desk.window.messages.banner.text()


def test_f12_opens_the_checkout_of_the_chosen_client(desk: OpenDesk) -> None:
    desk.bench.goto.emit(Where(Page.DIARY, client=desk.clinic.beatrix))
    desk.key(Qt.Key.Key_F12)
    assert desk.window.places.stack.currentWidget() is desk.window.places.checkout


def test_a_booking_for_a_client_begins_with_their_name(desk: OpenDesk) -> None:
    desk.bench.goto.emit(Where(Page.BOOKING, client=desk.clinic.beatrix))
    desk.until(lambda: desk.window.places.side.sheet() is not None)
    (draft,) = desk.bench.drafts.all()
    assert (draft.kind, draft.client, draft.title) == ("booking", desk.clinic.beatrix, "Beatrix Hale")


# The settings of this desk


def test_the_theme_changes_at_once_and_is_told_to_the_program(desk: OpenDesk) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk.window.settings_changed.connect(lambda settings: theme.apply(app, dark=settings.theme is Theme.DARK))
    desk.press("top.settings")
    with desk.qtbot.waitSignal(desk.window.settings_changed) as told:
        desk.window.places.settings.desk._themes.answer(2).click()
    assert told.args == [Settings(theme=Theme.DARK)]
    assert theme.t.dark


def test_the_desks_name_stands_in_the_last_line(desk: OpenDesk) -> None:
    desk.press("top.settings")
    line = desk.window.places.settings.desk._name
    line.selectAll()
    desk.qtbot.keyClicks(line, "Front desk")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.window.messages.line._desk.text() == "Front desk"


def test_another_database_is_opened_after_a_restart(desk: OpenDesk) -> None:
    desk.press("top.settings")
    page = desk.window.places.settings.desk
    desk.qtbot.keyClicks(page._place, "postgresql://anna@server/clinic")
    desk.press("settings.use")
    assert page.settings().database == "postgresql://anna@server/clinic"
    with desk.qtbot.waitSignal(desk.window.restart_asked):
        desk.press("settings.restart")
