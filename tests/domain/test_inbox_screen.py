"""Handing the client's screen over, taking it back and mistyping a PIN leave a line in the log, and nothing else."""

import json
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import inbox, tables
from reception.domain.inbox import Return
from reception.domain.tables.ids import StaffId, VersionId
from reception.store.verify import verify
from tests.clinic import Clinic


class Line(NamedTuple):
    """What the log says of one command."""

    command: str
    actor: StaffId | None
    told: Any


def newest(session: Session) -> Line:
    row = session.scalars(select(tables.LogRow).order_by(tables.LogRow.n.desc())).first()
    assert row is not None
    return Line(row.command, None if row.actor is None else StaffId(row.actor), json.loads(row.answer))


def test_the_log_says_who_handed_which_form_to_whom(clinic: Clinic) -> None:
    clinic.do(inbox.hand_over, clinic.bea, VersionId(3), by=clinic.desk)
    assert clinic.ask(newest) == Line("inbox.hand_over", clinic.desk, {"client": clinic.bea, "version": 3})


@pytest.mark.parametrize("how", list(Return))
def test_the_log_says_how_the_screen_came_back(clinic: Clinic, how: Return) -> None:
    by = clinic.ana if how is Return.PIN else None
    clinic.do(inbox.take_back, clinic.bea, how, by, by=clinic.desk)
    told = {"client": clinic.bea, "how": how.value, "by": by}
    assert clinic.ask(newest) == Line("inbox.take_back", clinic.desk, told)


def test_the_log_counts_pins_that_are_nobodys(clinic: Clinic) -> None:
    clinic.do(inbox.refuse_pin, clinic.bea, 0, by=clinic.desk)
    assert clinic.ask(newest) == Line("inbox.refuse_pin", clinic.desk, {"client": clinic.bea, "left": 0})


def test_these_lines_are_in_the_chain_like_every_other(clinic: Clinic) -> None:
    clinic.do(inbox.hand_over, clinic.bea, VersionId(3), by=clinic.desk)
    clinic.do(inbox.refuse_pin, clinic.bea, 4, by=clinic.desk)
    assert verify(clinic.store).faults == ()
