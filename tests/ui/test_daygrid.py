from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from reception.domain.clock import day_span
from reception.domain.outcomes import Status
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.daygrid import AddOn, Age, Block, Column, DayGrid, DayView, Off, Pay, Picture, cursor, drag, scene
from reception.ui.daygrid.cursor import Cell
from reception.ui.daygrid.layout import GUTTER, Layout, pack
from reception.ui.text import Formats

LEFT = Qt.MouseButton.LeftButton
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
INES, TOMAS = 70, 71


def block(key: int, start: int, minutes: int = 30, column: int = INES, **more: object) -> Block:
    made = Block(key, column, start, minutes, Status.BOOKED, f"Client {key}", ("Physio 30", "Physio"))
    return replace(made, **more)  # type: ignore[arg-type]


BEA = block(1, 600, left=2, name="Bea Jones", status=Status.ARRIVED, word="12 min")
VICTOR = block(2, 660, 45, clean=10)
LENA = block(3, 750, column=TOMAS)
DAY = Picture(
    datetime(2026, 11, 24, tzinfo=UTC),
    480,
    1080,
    (
        Column(INES, "Ines Lund", "IL", "Physio · Room 1", ((510, 990),)),
        Column(TOMAS, "Tomas Brandt", "TB", "Massage", ((540, 1020),)),
    ),
    (Off(INES, 780, 840, "Lunch"),),
    (BEA, VICTOR, LENA),
    now=604,
)


@pytest.fixture
def view(qtbot: QtBot, formats: Formats) -> DayView:
    made = DayView(DAY, formats)
    made.resize(700, 500)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    return made


@pytest.fixture
def grid(view: DayView) -> DayGrid:
    return view.grid


def middle(grid: DayGrid, key: int) -> QPoint:
    return grid.box_of(key).center().toPoint()


def slot(grid: DayGrid, column: int, minute: int) -> QPoint:
    return grid.slot_box(column, minute).center().toPoint()


layouts = st.builds(
    Layout,
    width=st.integers(300, 3000),
    columns=st.integers(1, 20),
    first=st.integers(0, 40).map(lambda n: n * 15),
    last=st.integers(50, 100).map(lambda n: n * 15),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)


@given(layouts, st.data())
def test_minutes_are_found_where_they_lie(layout: Layout, data: st.DataObject) -> None:
    minute = data.draw(st.integers(layout.first, layout.last))
    assert abs(layout.minute(layout.y(minute)) - minute) <= 0.5
    five = data.draw(st.sampled_from(range(layout.first, layout.last + 1, 5)))
    assert layout.snapped(layout.y(five), 5) == five


@given(layouts, st.data())
def test_columns_are_found_where_they_lie(layout: Layout, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, layout.columns - 1))
    left, width = layout.left(column), layout.column_width(column)
    assert {layout.column_at(x) for x in (left, left + width / 2, left + width - 1)} == {column}
    assert layout.column_at(GUTTER - 1) is layout.column_at(layout.width) is None


@given(layouts)
def test_columns_fill_the_width(layout: Layout) -> None:
    assert layout.left(0) == GUTTER
    assert GUTTER + sum(layout.column_width(n) for n in range(layout.columns)) == layout.width


@given(layouts, st.integers(0, 1500))
def test_edges_lie_on_device_pixels(layout: Layout, minute: int) -> None:
    assert (layout.y(minute) * layout.ratio) % 1 == pytest.approx(0, abs=1e-6) or (
        layout.y(minute) * layout.ratio
    ) % 1 == pytest.approx(1, abs=1e-6)


blocks = st.lists(
    st.tuples(st.integers(0, 80), st.integers(1, 8), st.sampled_from([Status.BOOKED, Status.NO_SHOW])), max_size=12
).map(lambda rows: [block(n, 5 * start, 5 * length, status=status) for n, (start, length, status) in enumerate(rows)])


@given(blocks)
def test_no_block_hides_another(stack: list[Block]) -> None:
    places = pack(stack)
    assert places.keys() == {b.key for b in stack}
    for a in stack:
        for b in stack:
            if a.key < b.key and a.start < b.end and b.start < a.end:
                one, other = sorted((places[a.key], places[b.key]), key=lambda place: place.left)
                assert one.left + one.share <= other.left + 1e-9


def test_a_lost_visit_stands_narrow_beside_what_took_its_time() -> None:  # R23
    places = pack([block(1, 600, status=Status.LATE_CANCELLED), block(2, 600, 60)])
    assert places[2].left == 0
    assert places[2].share > 0.6
    assert places[1].left == pytest.approx(places[2].share)


def test_what_overlaps_nothing_takes_the_whole_width() -> None:
    assert {place.share for place in pack([block(1, 600), block(2, 630), block(3, 700)]).values()} == {1.0}


@pytest.mark.parametrize(
    ("day", "hours", "first", "last"),
    [
        ("2026-03-29", 23, ["00:00", "02:00", "03:00"], "23:00"),
        ("2026-10-25", 25, ["00:00", "01:00", "01:00"], "23:00"),
        ("2026-11-24", 24, ["00:00", "01:00", "02:00"], "23:00"),
    ],
)
def test_hours_are_true_when_the_clocks_change(
    formats: Formats, day: str, hours: int, first: list[str], last: str
) -> None:  # R22
    span = day_span(datetime.fromisoformat(day).date(), formats.zone)
    picture = replace(DAY, midnight=span.start, first=0, last=hours * 60)
    made = scene.build(picture, Layout(700, 2, 0, hours * 60), formats)
    words = [word for _, word in made.hours]
    assert words[:3] == first
    assert words[hours - 1] == last


def test_a_click_chooses_a_block(qtbot: QtBot, grid: DayGrid) -> None:
    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.mouseClick(grid, LEFT, pos=middle(grid, 1))
    assert told.args == [1]
    assert (grid.block(), grid.slot()) == (1, None)


def test_a_click_chooses_a_cell(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(1)
    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.mouseClick(grid, LEFT, pos=slot(grid, TOMAS, 615))
    assert told.args == [None]
    assert grid.slot() == (TOMAS, 615)


def test_a_cell_begins_where_the_turnaround_before_it_ends(qtbot: QtBot, grid: DayGrid) -> None:  # R26
    qtbot.mouseClick(grid, LEFT, pos=QPoint(middle(grid, 2).x(), round(grid.scene.layout.y(717))))
    assert grid.slot() == (INES, 715)


def test_a_double_click_opens(qtbot: QtBot, grid: DayGrid) -> None:
    qtbot.mouseClick(grid, LEFT, pos=middle(grid, 2))
    with qtbot.waitSignal(grid.opened) as told:
        qtbot.mouseDClick(grid, LEFT, pos=middle(grid, 2))
    assert told.args == [2]
    qtbot.mouseClick(grid, LEFT, pos=slot(grid, TOMAS, 600))
    with qtbot.waitSignal(grid.slot_opened) as told:
        qtbot.mouseDClick(grid, LEFT, pos=slot(grid, TOMAS, 600))
    assert told.args == [TOMAS, 600, ""]


def drag_to(qtbot: QtBot, grid: DayGrid, key: int, to: QPoint) -> None:
    start = middle(grid, key)
    qtbot.mousePress(grid, LEFT, pos=start)
    qtbot.mouseMove(grid, start + QPoint(0, 12))
    qtbot.mouseMove(grid, to)


def test_a_block_is_dragged_to_another_time_and_column(qtbot: QtBot, grid: DayGrid) -> None:  # R18
    to = middle(grid, 1) + QPoint(grid.scene.layout.column_width(0), 67)
    drag_to(qtbot, grid, 1, to)
    with qtbot.waitSignal(grid.move_asked) as told:
        qtbot.mouseRelease(grid, LEFT, pos=to)
    assert told.args == [1, TOMAS, 650]


def test_escape_puts_a_block_back(qtbot: QtBot, grid: DayGrid) -> None:
    to = middle(grid, 1) + QPoint(0, 80)
    drag_to(qtbot, grid, 1, to)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(grid.move_asked):
        qtbot.mouseRelease(grid, LEFT, pos=to)


def test_a_block_let_go_where_it_was_stays(qtbot: QtBot, grid: DayGrid) -> None:
    drag_to(qtbot, grid, 1, middle(grid, 1))
    with qtbot.assertNotEmitted(grid.move_asked):
        qtbot.mouseRelease(grid, LEFT, pos=middle(grid, 1))


@given(st.floats(-500, 3000), st.floats(-500, 3000))
def test_nothing_is_dropped_outside_the_day(x: float, y: float) -> None:
    layout = Layout(700, 2, 480, 1080)
    held = drag.follow(drag.begin(VICTOR, 0, QPointF(10, 10)), layout, QPointF(x, y))
    assert held.column in (0, 1)
    assert 480 <= held.minute <= 1080 - VICTOR.minutes
    assert held.minute % 5 == 0


def test_one_arrow_reaches_who_is_due(qtbot: QtBot, grid: DayGrid) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.block() == 1


def test_arrows_walk_over_blocks_and_cells(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(1)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.slot() == (INES, 630)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.block() == 2
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.slot() == (TOMAS, 645)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert grid.slot() == (INES, 645)


@given(blocks, st.integers(480, 1000))
def test_going_down_and_up_ends_at_the_days_edges(stack: list[Block], start: int) -> None:
    shifted = [replace(b, start=b.start + 480, column=INES) for b in stack]
    formats = Formats("en_GB", "GBP", ZoneInfo("Europe/London"))
    made = scene.build(replace(DAY, blocks=tuple(shifted)), Layout(700, 2, 480, 1080), formats)
    for walk in (cursor.down, cursor.up):
        at = cursor.sideways(made, Cell(1, start), -1)
        seen = {at}
        while (following := walk(made, at)) != at:  # type: ignore[arg-type]
            assert following not in seen
            seen.add(following)
            at = following


def test_enter_opens_what_is_chosen(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(2)
    with qtbot.waitSignal(grid.opened):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    grid.choose_slot(TOMAS, 600)
    with qtbot.waitSignal(grid.slot_opened) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [TOMAS, 600, ""]


def test_a_name_typed_on_a_free_cell_opens_a_booking(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose_slot(TOMAS, 600)
    with qtbot.waitSignal(grid.slot_opened) as told:
        qtbot.keyClicks(grid, "a")
    assert told.args == [TOMAS, 600, "a"]


def test_letters_on_a_block_are_keys_of_the_diary(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(1)
    for key, name in {"a": "A", "N": "N", "+": "+", ".": "."}.items():
        with qtbot.waitSignal(grid.key_asked) as told:
            qtbot.keyClicks(grid, key)
        assert told.args == [name]
    with qtbot.waitSignal(grid.key_asked) as told:
        qtbot.keyClick(grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == ["Shift+PgDown"]


def test_what_waits_to_be_put_down_keeps_its_key_on_a_cell(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose_slot(TOMAS, 600)
    grid.keep_keys(frozenset("V"))
    with qtbot.waitSignal(grid.key_asked) as told:
        qtbot.keyClicks(grid, "v")
    assert told.args == ["V"]


@pytest.mark.parametrize(
    ("key", "column", "minute"),
    [(Qt.Key.Key_Down, INES, 615), (Qt.Key.Key_Up, INES, 585), (Qt.Key.Key_Right, TOMAS, 600)],
)
def test_ctrl_and_an_arrow_moves(qtbot: QtBot, grid: DayGrid, key: Qt.Key, column: int, minute: int) -> None:  # R18
    grid.choose(1)
    with qtbot.waitSignal(grid.move_asked) as told:
        qtbot.keyClick(grid, key, CTRL)
    assert told.args == [1, column, minute]


def test_nothing_is_moved_off_the_edge(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(1)
    with qtbot.assertNotEmitted(grid.move_asked):
        qtbot.keyClick(grid, Qt.Key.Key_Left, CTRL)


def test_escape_takes_the_choice_back(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(1)
    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert told.args == [None]


def test_the_choice_stays_over_a_reload(qtbot: QtBot, grid: DayGrid) -> None:
    grid.choose(1)
    with qtbot.assertNotEmitted(grid.chosen):
        grid.show_picture(replace(DAY, blocks=(replace(BEA, start=615), LENA)))
    assert grid.block() == 1
    with qtbot.waitSignal(grid.chosen) as told:
        grid.show_picture(replace(DAY, blocks=(LENA,)))
    assert told.args == [None]


def test_a_refusal_is_written_on_its_block_until_the_next_press(qtbot: QtBot, grid: DayGrid) -> None:
    grid.show_refusal(1, ("Not moved to 12:15", "Tomas is at lunch from 13:00"))
    assert grid.refusal() == ("Not moved to 12:15", "Tomas is at lunch from 13:00")
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.refusal() == ()


def test_now_is_at_a_third_when_the_day_is_first_shown(view: DayView) -> None:
    seen = view.grid.scene.layout.y(604) + view.grid.y()
    assert seen == pytest.approx((view.height() - view.header.height()) / 3, abs=4)


def test_a_reload_keeps_the_place(view: DayView) -> None:
    view.scroll_to(900)
    before = view.grid.y()
    view.show_picture(replace(DAY, blocks=(LENA,)))
    assert view.grid.y() == before != 0
    earlier = replace(DAY, first=420)
    view.show_picture(earlier)
    assert view.grid.y() == before - 80


def test_too_many_columns_scroll_sideways_with_their_heads(qtbot: QtBot, view: DayView) -> None:
    many = tuple(Column(n, f"Person {n}", "P", "Physio", ((480, 1080),)) for n in range(8))
    view.show_picture(replace(DAY, columns=many, blocks=(block(5, 600, column=7),)))
    view.grid.choose(5)
    qtbot.waitUntil(lambda: view.grid.x() < 0)
    box = view.grid.box_of(5).translated(QPointF(view.grid.pos()))
    assert box.left() >= GUTTER
    assert box.right() <= view.width()
    assert view.grid.scene.layout.column_width(0) >= 134


def test_an_old_picture_says_so(view: DayView) -> None:
    view.show_age(Age.STALE, "As of 10:01")
    assert view.stamp.isVisible()
    assert view.stamp.text() == "As of 10:01"
    view.show_age(Age.FRESH)
    assert not view.stamp.isVisible()


def test_a_closed_day_says_so(view: DayView) -> None:
    view.show_picture(replace(DAY, closed="Closed: bank holiday"))
    assert view.stamp.text() == "Closed: bank holiday"


def test_something_else_can_stand_in_place_of_the_day(view: DayView) -> None:
    nobody = QLabel("No one works today")
    view.show_instead(nobody)
    assert nobody.isVisible()
    assert not view.grid.isVisible()
    view.show_picture(DAY)
    assert view.grid.isVisible()


def test_the_day_goes_dark_while_it_shows(view: DayView, qapp: QApplication) -> None:
    point = view.grid.box_of(2).topLeft().toPoint() + QPoint(60, 50)
    assert view.grid.grab().toImage().pixelColor(point).name().upper() == k.LIGHT.upcoming.tint
    theme.apply(qapp, dark=True)
    assert view.grid.grab().toImage().pixelColor(point).name().upper() == k.DARK.upcoming.tint


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_painted_at_every_height(grid: DayGrid, status: Status) -> None:
    heights = (15, 30, 45, 60, 75)
    rows = [
        block(n, 480 + 90 * n, minutes, status=status, alert=n % 2 == 0, form=True, pay=Pay.OWES, soon=True, left=n,
              word="since 09:17", note="Latex allergy", addons=(AddOn("Heat 15", 15),) if minutes > 45 else ())
        for n, minutes in enumerate(heights)
    ]  # fmt: skip
    grid.show_picture(replace(DAY, blocks=(*rows, block(9, 600, 15, TOMAS, after=0, status=status))))
    image = grid.grab().toImage()
    for row in rows:
        box = grid.box_of(row.key).toRect()
        colours = {image.pixel(x, y) for x in range(box.left(), box.right(), 2) for y in range(box.top(), box.bottom())}
        assert len(colours) > 8


def test_every_block_is_read_aloud(grid: DayGrid) -> None:
    day = QAccessible.queryAccessibleInterface(grid)
    assert day.childCount() == 3
    assert day.child(0).text(QAccessible.Text.Name) == (
        "10:00 to 10:30, Bea Jones, Physio 30, arrived, 12 min, 2 left, Ines Lund"
    )
    assert day.child(0).role() == QAccessible.Role.ListItem


def test_a_screen_reader_finds_what_the_pointer_finds(grid: DayGrid) -> None:
    day = QAccessible.queryAccessibleInterface(grid)
    at = grid.mapToGlobal(middle(grid, 2))
    assert day.childAt(at.x(), at.y()).text(QAccessible.Text.Name).startswith("11:00 to 11:45, Client 2")
    assert day.child(1).rect().contains(at)


def test_the_chosen_block_has_the_focus(grid: DayGrid) -> None:
    grid.choose(2)
    day = QAccessible.queryAccessibleInterface(grid)
    assert day.focusChild().state().focused
    assert not day.child(0).state().focused


def test_items_outlive_the_blocks_they_stood_for(grid: DayGrid) -> None:
    last = QAccessible.queryAccessibleInterface(grid).child(2)
    grid.show_picture(replace(DAY, blocks=(LENA,)))
    assert not last.isValid()
    assert QAccessible.queryAccessibleInterface(grid).childCount() == 1
