"""FHIRPath as its specification has it: each value here was worked out by hand."""

import tracemalloc
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reception.domain.questionnaire import fhirpath
from reception.domain.questionnaire.fhirpath import NotComputed

TODAY = date(2026, 11, 22)
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
UCUM = "http://unitsofmeasure.org"


def answered(link_id: str, *answers: dict[str, Any]) -> dict[str, Any]:
    return {"linkId": link_id, "answer": list(answers)}


def coding(code: str, score: int) -> dict[str, Any]:
    extension = [{"url": ORDINAL, "valueDecimal": Decimal(score)}]
    return {"valueCoding": {"system": "urn:codes", "code": code, "display": code.upper(), "extension": extension}}


def kilos(value: str) -> dict[str, Any]:
    return {"value": Decimal(value), "unit": "kg", "system": UCUM, "code": "kg"}


RESPONSE: dict[str, Any] = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "item": [
        answered("whole", {"valueInteger": 3}),
        answered("exact", {"valueDecimal": Decimal("2.5")}),
        answered("word", {"valueString": "hello"}),
        answered("no", {"valueBoolean": False}),
        answered("day", {"valueDate": "2024-02-29"}),
        answered("year", {"valueDate": "2020"}),
        answered("time", {"valueTime": "10:30:00"}),
        answered("moment", {"valueDateTime": "2024-02-29T10:00:00Z"}),
        answered("weight", {"valueQuantity": kilos("72.5")}),
        answered("several", coding("x", 1), coding("y", 2)),
        answered("number", {"valueString": "41"}),
        {"linkId": "group", "item": [answered("part", {"valueInteger": 2})]},
        {"linkId": "group", "item": [answered("part", {"valueInteger": 4})]},
        answered("above", {"valueBoolean": True, "item": [answered("under", {"valueString": "deep"})]}),
    ],
}


def one(text: str, **given: Any) -> list[Any]:
    found = fhirpath.evaluate(text, RESPONSE, {"resource": RESPONSE, **given}, TODAY)
    return [held for _, held in fhirpath.plain(found)]


def of(link_id: str) -> str:
    return f"%resource.item.where(linkId='{link_id}').answer.value"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4 / 2", 2),
        ("7 / 2", Decimal("3.5")),
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3 * 3", 1),
        ("(2 / 3).round(4)", Decimal("0.6667")),
        ("(-10) mod 3", -1),
        ("10 mod (-3)", 1),
        ("(-11) div 2", -5),
        ("-2.5.round()", -3),
        ("2.power(-1)", Decimal("0.5")),
        ("16.log(2)", 4),
        ("2.5.ceiling()", 3),
        ("(7.0 / 2).truncate() + 1", 4),
        ("'41' * 2", 82),
        (f"{of('number')} + 1", 42),
        (f"-{of('whole')}", -3),
        ("1.50.toString()", "1.50"),
        ("(1 / 3).toString()", "0.3333333333333333"),
    ],
)
def test_numbers_are_reckoned_without_loss(text: str, found: Any) -> None:
    assert one(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{} and false", [False]),
        ("{} and true", []),
        ("{} or true", [True]),
        ("{} or false", []),
        ("{} xor true", []),
        ("{} implies true", [True]),
        ("true implies {}", []),
        ("false implies {}", [True]),
        ("{}.not()", []),
        ("1 and true", [True]),
        ("{} = {}", []),
        ("{} ~ {}", [True]),
        ("1 > {}", []),
        ("(1 | 2) = (1 | 3)", [False]),
        ("(1 | 2) ~ (2 | 1)", [True]),
        ("iif({}, 1, 2)", [2]),
        ("iif(true, 1, 1 + 'a')", [1]),
        (f"iif({of('no')}, 1, 2)", [2]),
        ("item.where(answer.value = false).linkId", ["no"]),
    ],
)
def test_nothing_is_neither_yes_nor_no(text: str, found: list[Any]) -> None:
    assert one(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@2024-01-31 + 1 month", "2024-02-29"),
        ("@2024-02-29 + 1 year", "2025-02-28"),
        ("@2024 + 18 months", "2025"),
        ("@2024-01-10 + 25 hours", "2024-01-11"),
        ("@2024-01-31T23:30:00+02:00 + 1 hour", "2024-02-01T00:30:00+02:00"),
        ("@2024-01-31T10:00:00.250 + 1500 milliseconds", "2024-01-31T10:00:01.750"),
        ("@T23:30 + 45 minutes", "00:15"),
        (f"{of('day')} + 280 days", "2024-12-05"),
        (f"{of('time')} - 31 minutes", "09:59:00"),
        ("today() - 18 years", "2008-11-22"),
        ("now().toString().substring(0, 10)", "2026-11-22"),
        ("today().toString().substring(0, 4).toInteger() - @2000-01-01.yearOf()", 26),
        (f"{of('moment')}.toDate()", "2024-02-29"),
        ("@2024-01-01T10:00:00Z = @2024-01-01T11:00:00+01:00", True),
        ("@2024-01-01 < @2024-01-02T00:00:00", True),
        (f"{of('day')} in (@2024-02-29 | @2020-01-01)", True),
        ("(@2024-01-01 | @2024-03-01).max()", "2024-03-01"),
        ("'2024-13'.convertsToDate()", False),
        ("%born <= today() - 18 years", True),
    ],
)
def test_dates_move_by_the_calendar(text: str, found: Any) -> None:
    assert one(text, born="2008-11-22") == [found]


@pytest.mark.parametrize("text", ["@2024 = @2024-01", f"{of('year')} < @2020-06-01", "@T10:00 = @T10:00:30"])
def test_a_date_that_is_too_vague_says_nothing(text: str) -> None:
    assert one(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5 'kg' = 5000 'g'", True),
        (f"{of('weight')} > 72 'kg'", True),
        (f"{of('weight')} * 2", kilos("145")),
        ("2 'kg' + 500 'g'", {"value": Decimal(2500), "unit": "g", "system": UCUM, "code": "g"}),
        ("(70 'kg' / (2 'm' * 2 'm')).unit", "kg/m2"),
        ("1 year = 12 months", True),
        (f"{of('weight')}.value / 2", Decimal("36.25")),
        ("(5 days).toString()", "5 days"),
        ("(5 'kg' | 6 'kg').sum().value", 11),
    ],
)
def test_quantities_are_reckoned_in_their_units(text: str, found: Any) -> None:
    assert one(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("item.answer.value.ofType(integer)", [3]),
        ("item.answer.value.ofType(decimal).sum()", [Decimal("2.5")]),
        ("item.answer.value.ofType(Coding).code", ["x", "y"]),
        (f"{of('whole')} is integer", [True]),
        (f"{of('whole')} is Integer", [False]),
        (f"({of('weight')} as Quantity).value", [Decimal("72.5")]),
        ("item.first().type().name", ["BackboneElement"]),
        ("1.0 is Decimal", [True]),
        ("@2024-01-01 is Date", [True]),
        ("'a'.ofType(Integer)", []),
    ],
)
def test_types_are_known_whatever_was_asked_before(text: str, found: list[Any]) -> None:
    assert one(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("item.where(linkId='whole').answer.value.combine(item.where(linkId='exact').answer.value).sum()", [5.5]),
        ("repeat(item | answer.item).where(linkId='under').answer.value", ["deep"]),
        ("(item.where(linkId='whole').answer.value | 3).count()", [1]),
        ("item.where(linkId='group').select(item.answer.value * 2)", [4, 8]),
        ("item.where(linkId='group').item.answer.value.aggregate($total + $this, 0)", [6]),
        ("(1 | 2).select((3 | 4).where($this > 3)).count()", [2]),
        ("(1 | 2 | 3).where((5 | 6).exists($this > 5) and $this > 1)", [2, 3]),
        ("(3 | 1 | 2).sort()", [1, 2, 3]),
        ("(1 | 2 | 3).sort(-$this)", [3, 2, 1]),
        ("(1 | 2 | 3).exclude(2)", [1, 3]),
        ("(1 | 2).intersect(2 | 3)", [2]),
        ("(1 | 2).subsetOf(1 | 2 | 3)", [True]),
        ("(1 | 2 | 3).skip(1).take(1)", [2]),
        ("item.where(linkId='several').answer[1].value.code", ["y"]),
        (f"{of('several')}.code contains 'x'", [True]),
        (f"{of('several')}.display.join(', ')", ["X, Y"]),
        (f"{of('several')}.weight().sum()", [3]),
        (f"{of('several')}.where(code='x') ~ %coding", [True]),
        ("defineVariable('n', 5).select(%n + 1)", [6]),
        ("QuestionnaireResponse.item.first().linkId", ["whole"]),
        ("%'n' + %`n`", [4]),
    ],
)
def test_steps_start_from_where_they_stand(text: str, found: list[Any]) -> None:
    assert one(text, coding={"system": "urn:codes", "code": "x"}, n=2) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("true.toString()", ["true"]),
        (r"'\u00e9\\n\/'", ["é\\n/"]),
        (r"'\ud83d\ude00'.length()", [1]),
        ("'a-b'.split('-')", ["a", "b"]),
        ("'abcabc'.lastIndexOf('b')", [4]),
        ("'abc'.matchesFull('b')", [False]),
        ("'1/2026'.replaceMatches('(?<m>[0-9]+)/(?<y>[0-9]+)', '${y}-${m}')", ["2026-1"]),
        ("'0412 345'.matches('^(02|03|04|07|08|1300|1800|1900)[0-9 ]+$')", [True]),
        ("'abc'.encode('hex').decode('hex')", ["abc"]),
        ("'5 days'.toQuantity() > 4 days", [True]),
        ("'yes'.toBoolean()", [True]),
        ("'1.5'.toInteger()", []),
        (f"'Born ' & {of('day')}", ["Born 2024-02-29"]),
        ("'x' & {}", ["x"]),
        ("'x' + {}", []),
    ],
)
def test_texts_are_read_and_put_together(text: str, found: list[Any]) -> None:
    assert one(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "(1 | 2).single()",
        "'a' + 1",
        "1 > 'a'",
        "@2024-13-01",
        "@2024-01-01 + 1",
        "9999.power(9999)",
        "@9999-12-31 + 1 day",
        r"'\ud800'",
        "'é'.decode('hex')",
        "item.select(%resource.item.linkId.join('" + "x" * 1000 + "'))",
        "repeatAll(%resource.item)",
        "today(1)",
    ],
)
def test_what_makes_no_sense_isnt_worked_out(text: str) -> None:
    with pytest.raises(NotComputed):
        one(text)


@pytest.mark.parametrize(
    "last",
    [
        f".replace('a', '{'b' * 9000}')",
        f".split('').join('{'b' * 9000}')",
    ],
)
def test_a_text_that_would_grow_beyond_all_bounds_isnt_made(last: str) -> None:
    tracemalloc.start()
    with pytest.raises(NotComputed):
        one(f"'{'a' * 9000}'.replace('a', 'aaaaaaaaa'){last}")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"{of('a')} * 2", {"a"}),
        ("%resource.item.where(linkId='g').item.where('n' = linkId).answer.value", {"n"}),
        ("repeat(item).where(linkId='a' or linkId in ('b' | 'c')).answer.value", {"a", "b", "c"}),
        (f"iif({of('a')}.exists(), {of('b')}, 0)", {"a", "b"}),
        ("%variable.answer.value + %patient.name.count()", set()),
        ("today() + 1 day", set()),
        ("1 +", set()),
        ("item.answer.value.where(code='a').count()", None),
        (f"{of('a')} + %resource.item.answer.value.sum()", None),
        ("item.where(linkId != 'a').answer.value", None),
        ("item.first().where(linkId='a')", None),
        ("item[0].where(linkId='a')", None),
        (f"{of('a')}.combine(item.answer.value)", None),
        ("$this.item.count()", None),
    ],
)
def test_an_expression_tells_which_questions_it_hangs_on(text: str, named: set[str] | None) -> None:
    assert fhirpath.named(text) == named
