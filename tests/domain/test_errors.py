"""Refusals that carry their sentence."""

from datetime import UTC, date, datetime, time

import pytest

from reception.domain.errors import DomainError, Invalid, NotAllowed, Refused, Taken, Trouble, Value
from reception.domain.money import Money


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Bea Jones", "Bea Jones"),
        (3, "3"),
        (Money(480_00), "480.00"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "2026-11-22 09:30+00:00"),
        (time(9, 5), "09:05"),
    ],
)
def test_a_refusal_reads_plainly_in_logs(value: Value, written: str) -> None:
    assert str(Refused("{value} is in the way.", value=value)) == f"{written} is in the way."


def test_a_refusal_keeps_what_the_window_formats() -> None:
    refusal = Invalid("Type {least} or more.", field="price", least=Money(0))
    assert (refusal.template, refusal.values, refusal.field) == ("Type {least} or more.", {"least": 0}, "price")


def test_braces_in_what_was_typed_do_no_harm() -> None:
    assert str(Invalid("There is no {name}.", name="{0}")) == "There is no {0}."


def test_a_sentence_with_a_missing_value_is_found_where_it_is_raised() -> None:
    with pytest.raises(KeyError):
        Refused("{who} is busy.")


def test_a_refused_act_is_named() -> None:
    assert NotAllowed("Ask a manager.", act="diary.outside_shift").act == "diary.outside_shift"


def test_what_was_taken_is_a_refusal() -> None:
    assert issubclass(Taken, Refused)


def test_trouble_is_no_refusal() -> None:
    trouble = Trouble("The server is away.", retry=True)
    assert (str(trouble), trouble.retry, isinstance(trouble, DomainError)) == ("The server is away.", True, False)
