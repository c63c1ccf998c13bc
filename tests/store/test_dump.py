"""Every fact as text: what two clinics with one history have in common, whatever their ids."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from reception.domain import access, tables
from reception.domain.gates import Screened
from reception.store import Store, open_store
from reception.store.dump import dump
from tests.clock import Clock
from tests.store import plain

TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def test_clinics_with_one_history_read_the_same_whatever_their_ids(
    sqlite_store: Store, tmp_path: Path, clock: Clock
) -> None:
    with closing(open_store(str(tmp_path / "other.db"), clock=clock, create=True)) as other:
        ids = [_screened(store, lesser) for store, lesser in ((sqlite_store, 0), (other, 2))]
        assert ids[0] != ids[1]
        assert dump(sqlite_store) == dump(other)


def test_check_names_what_it_rested_on_by_the_numbers_of_the_text(sqlite_store: Store) -> None:
    _screened(sqlite_store, lesser=3)
    [check] = [line for line in map(json.loads, dump(sqlite_store)) if line["fact"] == "screening_check"]
    assert (check["responses"], check["rules"]) == ([1], [1])


def _screened(store: Store, lesser: int) -> list[int]:
    """A visit that was checked by a rule, in a clinic with so many rules that nobody ever met."""
    house = plain.House(**store.write(plain.furnish, actor=None).answer)
    visit = store.write(plain.book, house, TEN, actor=None).answer
    store.write(_form_of_another, house, lesser, actor=None)
    annex = plain.Annex(**store.write(plain.enlarge, house, actor=None).answer)
    response = store.write(plain.screen, house, annex, visit, actor=None).answer
    store.write(_check, visit, responses=[response], rules=[annex.rule], actor=None)
    return [annex.form, annex.rule]


def _form_of_another(session: Session, house: plain.House, rules: int) -> None:
    form = plain.added(session, tables.Form(url="urn:peel", title="Peel"))
    for _ in range(rules):
        plain.rule(session, house.service, form)


def _check(session: Session, visit: int, **rested_on: Any) -> None:
    stamp = access.turn(session).stamp()
    lists = {name: json.dumps(ids) for name, ids in rested_on.items()}
    session.add(tables.ScreeningCheck(**stamp, appointment_id=visit, outcome=Screened.CLEAR, **lists))
