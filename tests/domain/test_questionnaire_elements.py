"""One answer, read, written and told in words."""

from decimal import Decimal
from typing import Any

import pytest

from reception.domain.questionnaire import json_of, value_of, words_of
from reception.domain.questionnaire.values import Value

CODING = {"system": "urn:codes", "code": "y", "display": "Yes, daily"}
CASES = [
    ({"valueBoolean": True}, Value("boolean", True), "Yes"),
    ({"valueBoolean": False}, Value("boolean", False), "No"),
    ({"valueInteger": 3}, Value("integer", 3), "3"),
    ({"valueDecimal": Decimal("62.50")}, Value("decimal", Decimal("62.50")), "62.50"),
    ({"valueDecimal": Decimal("1E+2")}, Value("decimal", Decimal("1E+2")), "100"),
    ({"valueDate": "2024-09"}, Value("date", "2024-09"), "2024-09"),
    ({"valueDateTime": "2024-09-20T10:00:00Z"}, Value("dateTime", "2024-09-20T10:00:00Z"), "2024-09-20T10:00:00Z"),
    ({"valueTime": "13:30:00"}, Value("time", "13:30:00"), "13:30:00"),
    ({"valueString": "none"}, Value("string", "none"), "none"),
    ({"valueUri": "urn:a"}, Value("uri", "urn:a"), "urn:a"),
    ({"valueCoding": CODING}, Value("Coding", CODING), "Yes, daily"),
    ({"valueCoding": {"code": "y"}}, Value("Coding", {"code": "y"}), "y"),
    (
        {"valueQuantity": {"value": Decimal("72.5"), "unit": "kg", "code": "kg"}},
        Value("Quantity", {"value": Decimal("72.5"), "unit": "kg", "code": "kg"}),
        "72.5 kg",
    ),
    (
        {"valueQuantity": {"value": 5, "comparator": "<", "code": "mg"}},
        Value("Quantity", {"value": 5, "comparator": "<", "code": "mg"}),
        "< 5 mg",
    ),
    ({"valueAttachment": {"title": "scan.pdf"}}, Value("Attachment", {"title": "scan.pdf"}), "scan.pdf"),
    ({"valueReference": {"display": "Dr Lee"}}, Value("Reference", {"display": "Dr Lee"}), "Dr Lee"),
    (
        {"valueReference": {"reference": "Practitioner/1"}},
        Value("Reference", {"reference": "Practitioner/1"}),
        "Practitioner/1",
    ),
    ({"valueCodeableConcept": {"text": "Asthma"}}, Value("CodeableConcept", {"text": "Asthma"}), "Asthma"),
]


@pytest.mark.parametrize(("json", "value", "words"), CASES, ids=[words for *_, words in CASES])
def test_an_answer_is_read_written_and_told(json: dict[str, Any], value: Value, words: str) -> None:
    assert value_of(json) == value
    assert json_of(value) == json
    assert words_of(value) == words


def test_a_whole_number_is_a_decimal_where_one_is_asked_for() -> None:
    value = value_of({"valueDecimal": 5})
    assert value == Value("decimal", Decimal(5))
    assert isinstance(value.value, Decimal)


@pytest.mark.parametrize(
    "json",
    [
        {},
        {"valueBoolean": "true"},
        {"valueBoolean": 1},
        {"valueInteger": "3"},
        {"valueInteger": True},
        {"valueInteger": Decimal("3.5")},
        {"valueDecimal": "3"},
        {"valueDate": 2024},
        {"valueCoding": "y"},
        {"valueQuantity": 5},
        {"value": 5},
        {"valueless": 5},
    ],
    ids=str,
)
def test_what_its_type_cant_hold_is_no_answer(json: dict[str, Any]) -> None:
    assert value_of(json) is None
