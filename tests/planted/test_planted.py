"""Faults that are put in on purpose are found: by the machine where a rule is negated, by verify where a row lies."""

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from reception.domain import conflicts, journal, ledger, outcomes, packages
from reception.domain.tables.words import Account
from reception.store.engine import sqlite_connection
from reception.store.verify import verify
from tests.clinic import Clinic
from tests.model import ready

EXAMPLES = 100

PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {}
"""Rules turned round, each by the name of what goes wrong."""


def plant(put_in: Callable[[pytest.MonkeyPatch], None]) -> Callable[[pytest.MonkeyPatch], None]:
    PLANTS[put_in.__name__] = put_in
    return put_in


@plant
def the_latest_last_day_goes_first(patch: pytest.MonkeyPatch) -> None:  # R9
    def choose(held: Iterable[ledger.Credit], day: date, today: date) -> ledger.Credit | None:
        return next(iter(ledger.order(held, day, today)[::-1]), None)

    patch.setattr(ledger, "choose", choose)


@plant
def credits_expire_at_the_start_of_their_last_day(patch: pytest.MonkeyPatch) -> None:  # R6, R41
    expire_due = packages.expire_due

    def a_day_early(session: Session, day: date) -> int:
        return expire_due(session, day + timedelta(days=1))

    patch.setattr(packages, "expire_due", a_day_early)


@plant
def income_is_posted_the_wrong_way_round(patch: pytest.MonkeyPatch) -> None:  # R37
    transfer = journal.transfer

    def turned(session: Session, stamp: Any, cause: Any, amount: Any, *, source: Account, to: Account) -> None:
        transfer(session, stamp, cause, amount, source=to, to=source)

    patch.setattr(journal, "transfer", turned)


@plant
def returned_credits_get_no_grace(patch: pytest.MonkeyPatch) -> None:  # R16
    def returned(last_day: date | None, today: date, *, grace: int, by_clinic: bool) -> ledger.Returned:
        return ledger.Returned(expired=last_day is not None and last_day < today, new_last_day=None)

    patch.setattr(ledger, "returned", returned)


@plant
def nobody_cancels_late(patch: pytest.MonkeyPatch) -> None:  # R14
    patch.setattr(outcomes, "is_late", lambda *_: False)


@plant
def turnarounds_are_forgotten(patch: pytest.MonkeyPatch) -> None:  # R20, R26
    occupied = conflicts.occupied

    def without(parts: Any) -> Any:
        bare = [conflicts.Part(part.key, part.holder, part.start, part.minutes, 0) for part in parts]
        return occupied(bare)

    patch.setattr(conflicts, "occupied", without)


@pytest.mark.sqlite
@pytest.mark.parametrize("name", PLANTS)
def test_the_machine_finds_a_rule_turned_round(
    name: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre = ready.in_files(sqlite_template, tmp_path)
    PLANTS[name](monkeypatch)
    with pytest.raises(AssertionError):
        theatre.run(EXAMPLES)


@pytest.mark.sqlite
def test_the_machine_finds_nothing_where_nothing_is_planted(sqlite_template: Path, tmp_path: Path) -> None:
    ready.in_files(sqlite_template, tmp_path).run(5)


@pytest.mark.sqlite
def test_the_machine_finds_a_double_booking_once_check_and_guard_are_gone(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre = ready.in_files(sqlite_template, tmp_path)
    _drop(tmp_path / "prepared.db", "occupancy_overlap_added", "occupancy_overlap_moved")
    monkeypatch.setattr("reception.store.schema._check_guards", lambda *_: None)
    monkeypatch.setattr(conflicts, "first_clash", lambda *_: None)
    with pytest.raises(AssertionError):
        theatre.run(EXAMPLES)


TAMPERINGS = {
    "an entry of the ledger is changed": (
        ["credit_entry_unchanged"],
        "UPDATE credit_entry SET last_day = '2030-01-01' WHERE kind = 'reserved'",
        "its facts aren't those that it wrote",
    ),
    "a credit is kept as something else": (
        ["credit_follows_entries"],
        "UPDATE credit SET state = 'available', appointment_id = NULL WHERE state = 'reserved'",
        "its entries add up to",
    ),
    "a visit takes nobody's time": ([], "DELETE FROM occupancy", "the time of staff"),
    "a posting is changed": (
        ["journal_entry_unchanged"],
        "UPDATE journal_entry SET amount = -amount WHERE account = 'deferred'",
        "postings leave",
    ),
    "a command is taken out of the log": (
        ["log_undeleted"],
        "DELETE FROM log WHERE n = 5",
        "command 5 is missing",
    ),
    "a receipt is taken out": (["sale_undeleted"], "DELETE FROM sale", "the last receipt is kept as 1"),
}
"""Guards that are dropped, what is then done to the rows, and what verify says of it."""


@pytest.mark.parametrize("what", TAMPERINGS)
def test_verify_finds_rows_that_were_tampered_with(sqlite_store: Any, clock: Any, what: str) -> None:
    guards, statement, said = TAMPERINGS[what]
    clinic = Clinic(sqlite_store, clock)
    clinic.sell()
    clinic.book(clinic.at("09:00"))
    assert verify(clinic.store).faults == ()
    _drop(Path(clinic.store.url), *guards, then=statement)
    faults = verify(clinic.store).faults
    assert any(said in fault for fault in faults), faults
    assert sum("guard" in fault for fault in faults) == len(guards)


def _drop(path: Path, *guards: str, then: str = "") -> None:
    """Drops guards behind the program's back, and changes rows."""
    with closing(sqlite_connection(path, "rw")) as file:
        for guard in guards:
            file.execute(f"DROP TRIGGER {guard}")
        file.execute(then)
