"""Faults that are put in on purpose are found: by the machine where a rule is negated, by verify where a row lies."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reception.domain import catalogue, conflicts, gates, journal, ledger, outcomes, packages, screening
from reception.domain.addons import books, offering
from reception.domain.checkout import lines
from reception.domain.diary import fitting
from reception.domain.money import Money
from reception.domain.outcomes import LIVE
from reception.domain.screening import waiting, weighing
from reception.domain.tables.words import Account, PaymentPolicy
from reception.store.engine import sqlite_connection
from reception.store.verify import verify
from tests.clinic import Clinic
from tests.model import ready
from tests.model.extras import Desk
from tests.model.ledger import Ledger
from tests.model.machine import Books

EXAMPLES = 100

PutIn = Callable[[pytest.MonkeyPatch], None]

PLANTS: dict[str, tuple[type[Books], PutIn]] = {}
"""Rules turned round, each by the name of what goes wrong, with the machine that looks there."""


def plant(machine: type[Books]) -> Callable[[PutIn], PutIn]:
    def named(put_in: PutIn) -> PutIn:
        PLANTS[put_in.__name__] = machine, put_in
        return put_in

    return named


@plant(Ledger)
def the_latest_last_day_goes_first(patch: pytest.MonkeyPatch) -> None:  # R9
    def choose(held: Iterable[ledger.Credit], day: date, today: date) -> ledger.Credit | None:
        return next(iter(ledger.order(held, day, today)[::-1]), None)

    patch.setattr(ledger, "choose", choose)


@plant(Ledger)
def credits_expire_at_the_start_of_their_last_day(patch: pytest.MonkeyPatch) -> None:  # R6, R41
    expire_due = packages.expire_due

    def a_day_early(session: Session, day: date) -> int:
        return expire_due(session, day + timedelta(days=1))

    patch.setattr(packages, "expire_due", a_day_early)


@plant(Ledger)
def income_is_posted_the_wrong_way_round(patch: pytest.MonkeyPatch) -> None:  # R37
    transfer = journal.transfer

    def turned(session: Session, stamp: Any, cause: Any, amount: Any, *, source: Account, to: Account) -> None:
        transfer(session, stamp, cause, amount, source=to, to=source)

    patch.setattr(journal, "transfer", turned)


@plant(Ledger)
def returned_credits_get_no_grace(patch: pytest.MonkeyPatch) -> None:  # R16
    def returned(last_day: date | None, today: date, *, grace: int, by_clinic: bool) -> ledger.Returned:
        return ledger.Returned(expired=last_day is not None and last_day < today, new_last_day=None)

    patch.setattr(ledger, "returned", returned)


@plant(Ledger)
def nobody_cancels_late(patch: pytest.MonkeyPatch) -> None:  # R14
    patch.setattr(outcomes, "is_late", lambda *_: False)


@plant(Ledger)
def turnarounds_are_forgotten(patch: pytest.MonkeyPatch) -> None:  # R20, R26
    occupied = conflicts.occupied

    def without(parts: Any) -> Any:
        bare = [conflicts.Part(part.key, part.holder, part.start, part.minutes, 0) for part in parts]
        return occupied(bare)

    patch.setattr(conflicts, "occupied", without)


@plant(Desk)
def extras_are_offered_in_the_middle_of_a_visit(patch: pytest.MonkeyPatch) -> None:  # R24
    patch.setattr(offering, "_OPEN", LIVE)


@plant(Desk)
def extras_start_before_the_chain_is_over(patch: pytest.MonkeyPatch) -> None:  # R24, R26
    chain = books.chain

    def turned(connection: Any, group: int) -> books.Chain:
        own = chain(connection, group)
        return replace(own, live=own.live[::-1])

    patch.setattr(books, "chain", turned)


@plant(Desk)
def extras_run_on_after_the_shift(patch: pytest.MonkeyPatch) -> None:  # R20, R24
    patch.setattr(conflicts, "covered", lambda *_: True)


@plant(Desk)
def rooms_are_given_to_whoever_comes(patch: pytest.MonkeyPatch) -> None:  # R20
    patch.setattr(fitting.Rooms, "clash", lambda *_: None)
    patch.setattr(fitting.Rooms, "_overlap", lambda *_: None)


@plant(Desk)
def deposits_are_rounded_down(patch: pytest.MonkeyPatch) -> None:  # R28
    ahead = catalogue.ahead

    def down(price: Money, payment: PaymentPolicy, deposit: Money, share: int) -> Money:
        full = ahead(price, payment, deposit, share)
        return Money(price * share // 10_000) if payment is PaymentPolicy.DEPOSIT else full

    patch.setattr(catalogue, "ahead", down)


@plant(Desk)
def deposits_are_always_given_back(patch: pytest.MonkeyPatch) -> None:  # R14
    no_show, cancel = outcomes.no_show, outcomes.cancel
    patch.setattr(outcomes, "no_show", lambda *a, **k: replace(no_show(*a, **k), keep_deposit=False))
    patch.setattr(outcomes, "cancel", lambda *a, **k: replace(cancel(*a, **k), keep_deposit=False))


@plant(Desk)
def a_deposit_pays_nothing_at_the_checkout(patch: pytest.MonkeyPatch) -> None:  # R28
    patch.setattr(lines.Line, "by_deposit", lambda *_: Money(0))


@plant(Desk)
def forms_never_get_too_old(patch: pytest.MonkeyPatch) -> None:  # R31
    patch.setattr(weighing, "_why_due", lambda *_: None)


@plant(Desk)
def newer_answers_lift_a_block(patch: pytest.MonkeyPatch) -> None:  # R33
    patch.setattr(weighing, "_still_standing", lambda *_: iter(()))


@plant(Desk)
def one_clearance_is_good_for_every_visit(patch: pytest.MonkeyPatch) -> None:  # R33
    patch.setattr(weighing, "_reaches", lambda *_: True)


@plant(Desk)
def a_flag_is_as_good_as_clear(patch: pytest.MonkeyPatch) -> None:  # R32, R33
    outcome = weighing._outcome_of
    clear = gates.Screened.CLEAR

    def turned(hit: Any) -> gates.Screened:
        return clear if hit.effect is gates.Effect.FLAG else outcome(hit)

    patch.setattr(weighing, "_outcome_of", turned)


@plant(Desk)
def a_treatment_begins_whatever_the_gate_says(patch: pytest.MonkeyPatch) -> None:  # R33
    patch.setattr(screening, "demand", lambda *_, **__: None)


@plant(Desk)
def a_clinicians_no_is_forgotten(patch: pytest.MonkeyPatch) -> None:  # R33, R34
    patch.setattr(waiting, "_denials", lambda *_: {})


@plant(Desk)
def what_could_join_no_more_is_asked_about_for_ever(patch: pytest.MonkeyPatch) -> None:  # R24, R34
    patch.setattr(waiting, "to_come", lambda parts, _: bool(parts))


@pytest.mark.sqlite
@pytest.mark.parametrize("name", PLANTS)
def test_the_machine_finds_a_rule_turned_round(
    name: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre = ready.in_files(sqlite_template, tmp_path)
    machine, put_in = PLANTS[name]
    put_in(monkeypatch)
    # Whatever finds it: the model, or a guard of the database that no command may ever meet.
    with pytest.raises((AssertionError, IntegrityError)):
        theatre.run(machine, EXAMPLES)


@pytest.mark.sqlite
@pytest.mark.parametrize("machine", [Ledger, Desk])
def test_the_machine_finds_nothing_where_nothing_is_planted(
    sqlite_template: Path, tmp_path: Path, machine: type[Books]
) -> None:
    ready.in_files(sqlite_template, tmp_path).run(machine, 5)


@pytest.mark.sqlite
def test_the_machine_finds_a_double_booking_once_check_and_guard_are_gone(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre = ready.in_files(sqlite_template, tmp_path)
    _drop(tmp_path / "prepared.db", "occupancy_overlap_added", "occupancy_overlap_moved")
    monkeypatch.setattr("reception.store.schema._check_guards", lambda *_: None)
    monkeypatch.setattr(conflicts, "first_clash", lambda *_: None)
    with pytest.raises(AssertionError):
        theatre.run(Ledger, EXAMPLES)


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
