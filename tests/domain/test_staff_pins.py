"""The PIN by which somebody who works here proves who they are, as to a client's screen that is handed back."""

import pytest

from reception.domain import staff, tables
from reception.domain.errors import Invalid, NotAllowed
from tests.clinic import Clinic


def test_a_pin_says_who_somebody_is(clinic: Clinic) -> None:
    clinic.do(staff.set_pin, clinic.desk, "4711", by=clinic.desk)
    clinic.do(staff.set_pin, clinic.ana, "08154711", by=clinic.ana)
    assert clinic.ask(staff.checked_pin, "4711") == clinic.desk
    assert clinic.ask(staff.checked_pin, "08154711") == clinic.ana
    assert clinic.ask(staff.checked_pin, "4712") is None
    assert clinic.ask(staff.checked_pin, "") is None
    assert [one.has_pin for one in clinic.ask(staff.people) if one.id in (clinic.desk, clinic.ben)] == [True, False]


def test_a_pin_is_kept_so_that_nobody_can_read_it(clinic: Clinic) -> None:
    clinic.do(staff.set_pin, clinic.desk, "4711", by=clinic.desk)
    kept = clinic.ask(lambda session: session.get_one(tables.Staff, clinic.desk).pin)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "4711" not in kept


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "12 4", "١٢٣٤"])
def test_a_pin_has_four_to_eight_digits(clinic: Clinic, pin: str) -> None:
    with pytest.raises(Invalid, match="4 to 8 digits") as caught:
        clinic.do(staff.set_pin, clinic.desk, pin, by=clinic.desk)
    assert caught.value.field == "pin"


def test_a_pin_can_be_taken_away(clinic: Clinic) -> None:
    clinic.do(staff.set_pin, clinic.desk, "4711", by=clinic.desk)
    clinic.do(staff.set_pin, clinic.desk, "")
    assert clinic.ask(staff.checked_pin, "4711") is None


def test_somebody_elses_pin_is_set_by_who_may_change_the_staff_list(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        clinic.do(staff.set_pin, clinic.ana, "4711", by=clinic.desk)
    clinic.do(staff.set_pin, clinic.ana, "4711", by=clinic.manager)
    assert clinic.ask(staff.checked_pin, "4711") == clinic.ana


def test_who_has_left_has_no_pin_that_counts(clinic: Clinic) -> None:
    clinic.do(staff.set_pin, clinic.ana, "4711")
    clinic.do(staff.retire, clinic.ana)
    assert clinic.ask(staff.checked_pin, "4711") is None
