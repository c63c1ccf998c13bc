"""Half-done work: kept on disk, parked as cards, taken up again."""

from pathlib import Path

from PySide6.QtCore import Qt

from reception.store import Store
from reception.store.drafts import Desk
from reception.ui.workbench import Workbench
from tests.clock import Clock
from tests.factories import SmallClinic
from tests.ui.desk import OpenDesk


def cards(desk: OpenDesk) -> list[str]:
    return [card.parked.title for card in desk.window.parking.strip.cards()]


def test_what_is_typed_is_on_disk_within_two_seconds(bench: Workbench, tmp_path: Path, qtbot: object) -> None:
    draft = bench.drafts.open("booking", title="Jude Amis", body={"note": ""})
    bench.drafts.keep(draft.id, {"note": "prefers mornings"})
    other = Desk(tmp_path / "desk.db")
    try:
        qtbot.waitUntil(lambda: bool(other.drafts()), timeout=2000)  # type: ignore[attr-defined]
        (kept,) = other.drafts()
        assert (kept.id, kept.title, kept.body) == (draft.id, "Jude Amis", {"note": "prefers mornings"})
    finally:
        other.close()


def test_what_is_in_hand_has_no_card(bench: Workbench, loop: object) -> None:
    one = bench.drafts.open("booking", title="Jude Amis")
    two = bench.drafts.open("checkout", title="Priya Nair")
    assert bench.drafts.parked() == ()
    bench.drafts.park(one.id)
    assert [draft.id for draft in bench.drafts.parked()] == [one.id]
    bench.drafts.take(one.id)
    bench.drafts.park_all(besides=one.id)
    assert [draft.id for draft in bench.drafts.parked()] == [two.id]


def test_saved_work_leaves_no_draft(bench: Workbench, tmp_path: Path, qtbot: object) -> None:
    draft = bench.drafts.open("booking", title="Jude Amis")
    bench.drafts.close(draft.id)
    bench.drafts.keep(draft.id, {"note": "too late"})
    assert bench.drafts.all() == ()


def test_cards_survive_a_restart(
    desk: OpenDesk, sqlite_store: Store, small: SmallClinic, clock: Clock, tmp_path: Path
) -> None:
    draft = desk.bench.drafts.open("client", title="Noor Aziz", body={"fields": {"name": "Noor Aziz"}})
    desk.bench.drafts.park(draft.id)
    # A killed program says no goodbye: what is on the disk by then is what the next one finds.
    other = Desk(tmp_path / "desk.db")
    desk.until(lambda: bool(other.drafts()))
    found = other.drafts()
    other.close()
    assert [(one.id, one.title, one.body) for one in found] == [(draft.id, draft.title, draft.body)]


def test_a_booking_left_for_another_page_is_parked_and_comes_back(desk: OpenDesk) -> None:
    desk.ctrl(Qt.Key.Key_N)
    desk.type("Noor Aziz")
    desk.press("top.catalogue")
    desk.until(lambda: len(desk.bench.drafts.parked()) == 1)
    assert desk.window.places.side.sheet() is None
    desk.press("top.diary")
    assert cards(desk) == ["Noor Aziz"]
    desk.ctrl(Qt.Key.Key_1)
    desk.until(lambda: desk.window.places.side.sheet() is not None)
    assert desk.bench.drafts.parked() == ()


def test_on_full_pages_the_cards_fold_into_the_last_line(desk: OpenDesk) -> None:
    for name in ("Jude Amis", "Priya Nair"):
        desk.bench.drafts.park(desk.bench.drafts.open("booking", title=name).id)
    assert desk.window.parking.strip.isVisible()
    desk.press("top.staff")
    assert not desk.window.parking.strip.isVisible()
    assert desk.window.messages.line._parked.isVisible()


def test_what_was_thrown_away_can_be_brought_back(desk: OpenDesk) -> None:
    desk.bench.drafts.park(desk.bench.drafts.open("booking", title="Jude Amis").id)
    card = desk.window.parking.strip.cards()[0]
    desk.qtbot.keyClick(card, Qt.Key.Key_Delete)
    assert cards(desk) == []
    assert desk.bench.drafts.all() == ()
    desk.ctrl(Qt.Key.Key_Z)
    desk.until(lambda: cards(desk) == ["Jude Amis"])


def test_parked_work_stays_when_somebody_else_takes_the_desk(desk: OpenDesk) -> None:
    desk.bench.drafts.park(desk.bench.drafts.open("booking", title="Jude Amis").id)
    desk.sit_down(desk.clinic.manager)
    assert cards(desk) == ["Jude Amis"]
