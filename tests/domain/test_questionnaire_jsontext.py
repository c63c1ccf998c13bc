"""JSON as forms travel in it: digits are kept, and what is hostile is refused with a sentence."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain import questionnaire
from reception.domain.errors import Refused

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@pytest.mark.parametrize("digits", ["1.0", "1.50", "62.5", "-0.001", "12345678901234567890.12345678901234567890"])
def test_a_number_keeps_its_digits(digits: str) -> None:
    assert questionnaire.dump_json(questionnaire.parse_json(f'{{"value":{digits}}}')) == f'{{"value":{digits}}}'


@given(JSON)
def test_what_was_written_reads_the_same(value: Any) -> None:
    assert questionnaire.parse_json(questionnaire.dump_json(value)) == value
    assert questionnaire.parse_json(questionnaire.dump_json(value, indent=2)) == value


def test_a_byte_order_mark_is_no_matter() -> None:
    assert questionnaire.parse_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "This isn't JSON: line 1, character 1"),
        (b'{"a": 1,}', "This isn't JSON"),
        (b"\xef\xbb\xbf<Questionnaire/>", "This is XML or a web page"),
        (b'{"a": NaN}', "NaN stands in this file where a number belongs"),
        (b'{"a": -Infinity}', "-Infinity stands in this file"),
        (b'{"a": 1, "a": 2}', '"a" stands twice'),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "more than 64 digits"),
        (b'{"a": 1e999999999}', "more than 64 digits"),
        (b'{"a": 1e-999999999}', "more than 64 digits"),
        (b'{"a": 1e99999999999999999999}', "more than 64 digits"),
        (b'{"a": "\xff"}', "isn't UTF-8"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b'{"\\udc00": 1}', "half a character"),
        (b'["\\udc00"]', "half a character"),
        (b'"\\udc00"', "half a character"),
        (b"[" * 100 + b"]" * 100, "nested more than 64 levels deep"),
        (b"[" * 100_000 + b"]" * 100_000, "nested more than 64 levels deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested more than 64 levels deep"),
        (b'"' + b"a" * 5_000_000 + b'"', "larger than 5 MB"),
    ],
    ids=lambda value: repr(value[:30]),
)
def test_what_is_hostile_or_broken_is_refused_with_a_sentence(source: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        questionnaire.parse_json(source)
    assert sentence in str(refusal.value)


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | JSON.map(questionnaire.dump_json).map(str.encode)
)
def test_no_bytes_crash_it(source: bytes) -> None:
    with suppress(Refused):
        value = questionnaire.parse_json(source)
        assert questionnaire.parse_json(questionnaire.dump_json(value)) == value


def test_as_deep_as_is_allowed_can_be_read() -> None:
    assert questionnaire.parse_json(b"[" * 64 + b"]" * 64)


def test_a_decimal_of_python_is_a_number() -> None:
    assert questionnaire.dump_json({"a": [Decimal("1.10"), True, None, "ä"]}) == '{"a":[1.10,true,null,"ä"]}'
