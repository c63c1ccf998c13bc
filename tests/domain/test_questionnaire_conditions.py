"""What a condition compares: answers of every type, and what can't be told."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.questionnaire import compare, equal, judge
from reception.domain.questionnaire.values import Value

YES, NO = Value("boolean", True), Value("boolean", False)


def whole(number: int) -> Value:
    return Value("integer", number)


def exact(number: str) -> Value:
    return Value("decimal", Decimal(number))


def day(text: str) -> Value:
    return Value("date", text)


def at(text: str) -> Value:
    return Value("dateTime", text)


def word(text: str) -> Value:
    return Value("string", text)


def coding(code: str | None, system: str | None = "urn:codes", display: str | None = None) -> Value:
    parts = {"system": system, "code": code, "display": display}
    return Value("Coding", {name: part for name, part in parts.items() if part is not None})


def amount(number: str, unit: str = "", **more: Any) -> Value:
    return Value("Quantity", {"value": Decimal(number), **({"unit": unit} if unit else {}), **more})


SAME = [
    (YES, Value("boolean", True)),
    (whole(5), exact("5.0")),
    (exact("0.10"), exact("0.1")),
    (word("a"), word("a")),
    (Value("uri", "urn:x"), Value("url", "urn:x")),
    (coding("a"), coding("a")),
    (coding("a", display="One"), coding("a", display="Two")),
    (coding("a", None), coding("a", None)),
    (coding(None, "urn:codes", "Other"), coding(None, "urn:codes", "Other")),
    (day("2024-09"), day("2024-09")),
    (at("2024-09-01T10:00:00Z"), at("2024-09-01T12:00:00+02:00")),
    (at("2024-09-01T10:00:00.0Z"), at("2024-09-01T10:00:00Z")),
    (at("2016-12-31T23:59:60Z"), at("2017-01-01T00:00:00Z")),
    (Value("time", "10:30:00"), Value("time", "10:30")),
    (amount("1", "kg"), amount("1000", "g")),
    (amount("1", code="kg", system="http://unitsofmeasure.org"), amount("1", "kg")),
    (amount("70"), amount("70", "kg")),
    (amount("2", "cups"), amount("2", "cups")),
    (Value("Reference", {"reference": "Patient/1"}), Value("Reference", {"reference": "Patient/1", "type": "Patient"})),
]
DIFFERENT = [
    (YES, NO),
    (whole(5), exact("5.01")),
    (word("a"), word("A")),
    (word("5"), whole(5)),
    (coding("a"), coding("b")),
    (coding("a"), coding("a", "urn:others")),
    (coding("a"), coding("a", None)),
    (coding("a"), word("a")),
    (day("2024-09-01"), day("2024-09-02")),
    (day("2024-09"), day("2024-09-02")),
    (at("2024-09-01T10:00:00Z"), at("2024-09-01T10:00:01Z")),
    (Value("time", "10:30:00"), Value("time", "10:30:01")),
    (amount("1", "kg"), amount("1", "g")),
    (amount("1", "kg"), amount("1", "cups")),
    (Value("Reference", {"reference": "Patient/1"}), Value("Reference", {"reference": "Patient/2"})),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=str)
def test_answers_that_mean_the_same_are_equal(one: Value, other: Value) -> None:
    assert equal(one, other)
    assert equal(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=str)
def test_answers_that_mean_something_else_are_not(one: Value, other: Value) -> None:
    assert not equal(one, other)
    assert not equal(other, one)


@pytest.mark.parametrize(
    ("operator", "answers", "wanted", "holds"),
    [
        ("exists", (YES,), YES, True),
        ("exists", (), YES, False),
        ("exists", (), NO, True),
        ("exists", (NO,), NO, False),
        ("=", (whole(1), whole(2)), whole(2), True),
        ("=", (), whole(2), False),
        ("!=", (), whole(2), True),
        ("!=", (whole(1),), whole(2), True),
        ("!=", (whole(1), whole(2)), whole(2), False),
        (">", (whole(1), whole(3)), whole(2), True),
        (">", (whole(2),), whole(2), False),
        (">", (), whole(2), False),
        (">=", (whole(2),), exact("2.0"), True),
        ("<", (whole(1),), whole(2), True),
        ("<=", (whole(3),), whole(2), False),
        ("<=", (), whole(2), False),
        (">", (day("2024-09-02"),), day("2024-09-01"), True),
        (">", (day("2025"),), day("2024-09-01"), True),
        ("<", (day("2024-08"),), day("2024-09-01"), True),
        (">=", (day("2024-09"),), day("2024-09"), True),
        (">", (at("2024-09-01T12:00:00+02:00"),), at("2024-09-01T10:30:00Z"), False),
        ("<", (Value("time", "09:59:59"),), Value("time", "10:00:00"), True),
        (">", (amount("130", "kg"),), amount("120", "kg"), True),
        (">", (amount("300", "[lb_av]"),), amount("120", "kg"), True),
        ("<", (amount("170", "cm"),), amount("1.5", "m"), False),
        ("~", (whole(1),), whole(1), False),
    ],
)
def test_a_condition_is_met_by_one_of_the_answers(
    operator: str, answers: tuple[Value, ...], wanted: Value, *, holds: bool
) -> None:
    assert compare(operator, answers, wanted) is holds


@pytest.mark.parametrize(
    ("operator", "answer", "wanted"),
    [
        (">", day("2024"), day("2024-03-01")),
        ("=", day("2024"), day("2024-03-01")),
        ("<=", day("2024-03"), day("2024-03-15")),
        (">", amount("130", "cups"), amount("120", "kg")),
        (">", word("b"), word("a")),
        (">", coding("b"), coding("a")),
        (">", word("300"), whole(120)),
        (">", day("soon"), day("2024-03-01")),
    ],
)
def test_what_cant_be_told_is_neither_met_nor_missed(operator: str, answer: Value, wanted: Value) -> None:  # R32
    assert judge(operator, (answer,), wanted) is None
    assert compare(operator, (answer,), wanted) is False


def test_one_answer_that_meets_it_outweighs_one_that_cant_be_told() -> None:
    assert judge(">", (day("2024"), day("2025-01-01")), day("2024-03-01")) is True


@pytest.mark.parametrize(
    "text",
    ["", "2024-13", "2024-02-30", "0000", "2024-1-1", "2024-09-01T25:00:00Z", "2024-09-01T10:00:00+14:30", "soon"],
)
def test_a_date_that_no_calendar_knows_compares_with_nothing(text: str) -> None:
    assert judge("<", (day(text),), day("2030-01-01")) is None


numbers = st.one_of(
    st.integers(-1000, 1000).map(whole),
    st.decimals(-1000, 1000, places=2).map(lambda number: Value("decimal", number)),
)
dates = st.dates().map(lambda one: day(one.isoformat()))
truths = st.booleans().map(lambda one: Value("boolean", one))
anything = st.one_of(numbers, dates, truths, st.text(max_size=5).map(word))


@given(anything, anything)
def test_being_equal_goes_both_ways(one: Value, other: Value) -> None:
    assert equal(one, other) == equal(other, one)
    assert equal(one, one)


@given(st.one_of(st.tuples(numbers, numbers), st.tuples(dates, dates)))
def test_of_two_ordered_answers_one_is_greater_or_they_are_equal(pair: tuple[Value, Value]) -> None:
    one, other = pair
    told = [judge(operator, (one,), other) for operator in (">", "=", "<")]
    assert told.count(True) == 1
    assert judge(">=", (one,), other) is (told[2] is False)
    assert judge("<=", (one,), other) is (told[0] is False)


@given(st.lists(anything, max_size=4), anything)
def test_unequal_is_the_contrary_of_equal(answers: list[Value], wanted: Value) -> None:
    assert compare("!=", answers, wanted) is not compare("=", answers, wanted)
