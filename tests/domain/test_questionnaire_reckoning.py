"""What a form works out by itself: scores and sums, words that change, and expressions that go wrong."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.questionnaire import Filling, Path, fhirpath
from reception.domain.questionnaire.fhirpath import NotComputed
from reception.domain.questionnaire.reckoning import Reckoner, settled
from reception.domain.questionnaire.values import Form, Value
from tests.domain.sheets import HL7, OTHERS, SDC, coded, extended, form, needs_others, question

TODAY = date(2026, 11, 22)
KG = {"unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
YES, NO = Value("boolean", True), Value("boolean", False)


def reckoned(text: str, **more: Any) -> dict[str, Any]:
    """What makes an item's value calculated."""
    return spoken(SDC + "calculatedExpression", text, **more)


def spoken(url: str, text: str, **more: Any) -> dict[str, Any]:
    expression = {"language": "text/fhirpath", "expression": text, **more}
    return {"extension": [extended(url, valueExpression=expression)]}


def scored(code: str, score: float, url: str = HL7 + "ordinalValue") -> dict[str, Any]:
    return coded(code, extension=[extended(url, valueDecimal=score)])


def at(*link_ids: str) -> Path:
    return tuple((link_id, 0) for link_id in link_ids)


def whole(number: int) -> tuple[Value, ...]:
    return (Value("integer", number),)


def said(*items: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)}


def values(filling: Filling, *link_ids: str) -> tuple[Value, ...]:
    row = filling.row(at(*link_ids))
    assert row is not None
    return row.values


HEALTH = form(
    question("weight", "decimal"),
    question("height", "decimal"),
    question("bmi", "decimal", **reckoned("(%w / (%h * %h)).round(1)")),
    question("high", "boolean", **reckoned("%resource.item.where(linkId='bmi').answer.value > 30")),
    question("ask", **spoken(SDC + "enableWhenExpression", "%resource.item.where(linkId='high').answer.value")),
    extension=[
        *spoken(HL7 + "variable", "%resource.item.where(linkId='weight').answer.value", name="w")["extension"],
        *spoken(HL7 + "variable", "%resource.item.where(linkId='height').answer.value / 100", name="h")["extension"],
    ],
)


def test_calculated_answers_follow_what_is_typed() -> None:
    filling = Filling(HEALTH, today=TODAY)
    assert filling.put(at("weight"), (Value("decimal", Decimal(90)),)) == frozenset()
    assert filling.reckon() == frozenset()
    filling.put(at("height"), (Value("decimal", Decimal(180)),))
    assert filling.reckon() == {at("bmi"), at("high")}
    assert values(filling, "bmi") == (Value("decimal", Decimal("27.8")),)
    assert values(filling, "high") == (NO,)


def test_what_is_calculated_is_fed_back_until_it_rests() -> None:
    filling = Filling(HEALTH, today=TODAY)
    filling.put(at("weight"), (Value("decimal", Decimal(120)),))
    filling.put(at("height"), (Value("decimal", Decimal(180)),))
    assert filling.reckon() == {at("bmi"), at("high"), at("ask")}
    filling.put(at("height"), ())
    assert filling.reckon() == {at("bmi"), at("high"), at("ask")}
    assert values(filling, "bmi") == ()


def test_a_row_says_that_the_form_works_it_out() -> None:
    row = Filling(HEALTH, today=TODAY).row(at("bmi"))
    assert row is not None
    assert row.calculated


def test_handing_in_works_everything_out_first() -> None:
    filling = Filling(HEALTH, today=TODAY)
    filling.put(at("weight"), (Value("decimal", Decimal(90)),))
    filling.put(at("height"), (Value("decimal", Decimal(180)),))
    done = filling.response(completed=True)
    assert [item["linkId"] for item in done["item"]] == ["weight", "height", "bmi", "high"]
    assert filling.reckon() == {at("bmi"), at("high")}
    assert filling.reckon() == frozenset()


def test_only_what_hangs_on_the_change_is_worked_out_anew() -> None:
    sheet = form(
        question("a", "integer"),
        question("b", "integer"),
        question("twice", "integer", **reckoned("%resource.item.where(linkId='a').answer.value * 2")),
        question("all", "integer", **reckoned("%resource.item.answer.value.ofType(integer).count()")),
        question("fixed", "integer", **reckoned("%patient.name.count()")),
    )
    reckoner = Reckoner(settled(sheet, said()))
    assert [one.node.place.item.link_id for one in reckoner.calculate(frozenset({"b"}))] == ["all"]
    assert [one.node.place.item.link_id for one in reckoner.calculate(frozenset({"a"}))] == ["twice", "all"]


def test_a_code_that_is_also_a_question_doesnt_narrow_what_an_expression_hangs_on() -> None:
    sheet = form(
        question("1", "choice", answerOption=[coded("1"), coded("2")]),
        question("2", "choice", answerOption=[coded("1"), coded("2")]),
        question("ones", "integer", **reckoned("%resource.item.answer.value.where(code='1').count()")),
    )
    filling = Filling(sheet, today=TODAY)
    filling.put(at("2"), (Value("Coding", {"system": "urn:codes", "code": "1"}),))
    filling.reckon()
    assert values(filling, "ones") == whole(1)


def test_what_begins_to_be_asked_is_worked_out_then() -> None:
    shown = {"enableWhen": [{"question": "show", "operator": "=", "answerBoolean": True}]}
    sheet = form(
        question("a", "integer"),
        question("show", "boolean"),
        question("twice", "integer", **shown, **reckoned("%resource.item.where(linkId='a').answer.value * 2")),
    )
    filling = Filling(sheet, today=TODAY)
    filling.put(at("a"), whole(4))
    filling.reckon()
    filling.put(at("show"), (YES,))
    filling.reckon()
    assert values(filling, "twice") == whole(8)


@pytest.mark.parametrize("url", [HL7 + "ordinalValue", HL7 + "itemWeight", HL7 + "questionnaire-ordinalValue"])
@pytest.mark.parametrize(
    "text", ["%resource.item.answer.weight().sum()", "%resource.item.answer.value.extension('{url}').value.sum()"]
)
def test_scores_of_options_add_up(url: str, text: str) -> None:
    options = {"answerOption": [scored("no", 0, url), scored("some", 1, url), scored("much", 2.5, url)]}
    sheet = form(
        question("a", "choice", **options),
        question("b", "choice", **options),
        question("score", "decimal", **reckoned(text.replace("{url}", url))),
    )
    filling = Filling(sheet, today=TODAY)
    for name, code in (("a", "some"), ("b", "much")):
        filling.put(at(name), (Value("Coding", {"system": "urn:codes", "code": code}),))
    filling.reckon()
    assert values(filling, "score") == (Value("decimal", Decimal("3.5")),)
    answers = [item["answer"][0]["valueCoding"] for item in filling.response(completed=True)["item"][:2]]
    assert all("extension" not in answer for answer in answers)


def test_what_an_answer_counts_is_also_found_beside_bare_values_and_in_code_systems() -> None:
    weight = HL7 + "itemWeight"
    system = {
        "resourceType": "CodeSystem",
        "url": "urn:codes",
        "property": [{"code": "w", "uri": "http://hl7.org/fhir/concept-properties#itemWeight"}],
        "concept": [{"code": "top", "concept": [{"code": "deep", "property": [{"code": "w", "valueDecimal": 4}]}]}],
    }
    often = {"valueString": "often", "extension": [extended(weight, valueInteger=3)]}
    sheet = form(
        question("a", "choice", answerOption=[often]),
        question("b", "choice", answerOption=[coded("deep")]),
        question("c", "choice", answerOption=[scored("much", 2, weight)]),
        question("score", "integer", **reckoned("%resource.item.answer.value.weight().sum()")),
        question("found", "integer", **reckoned(f"%resource.item.answer.value.extension('{weight}').count()")),
        contained=[system],
    )
    response = said(
        {"linkId": "a", "answer": [{"valueString": "often"}]},
        {"linkId": "b", "answer": [{"valueCoding": {"system": "urn:codes", "code": "deep"}}]},
        {"linkId": "c", "answer": [{"valueCoding": {"system": "urn:codes", "code": "much"}}]},
    )
    assert questionnaire.evaluate(sheet, response) == {"score": whole(9), "found": whole(3)}


def test_the_score_that_an_expression_finds_goes_no_further() -> None:
    chosen = "%resource.item.where(linkId='a').answer.value"
    sheet = form(
        question("a", "choice", answerOption=[scored("much", 2)]),
        question("same", "choice", **reckoned(chosen)),
        question("counts", "decimal", **reckoned(f"{chosen}.extension.value")),
    )
    much = {"system": "urn:codes", "code": "much"}
    told = questionnaire.evaluate(sheet, said({"linkId": "a", "answer": [{"valueCoding": much}]}))
    assert told == {"same": (Value("Coding", much),), "counts": (Value("decimal", Decimal(2)),)}
    filling = Filling(sheet, today=TODAY)
    filling.put(at("a"), (Value("Coding", much),))
    filling.reckon()
    assert values(filling, "same") == (Value("Coding", much),)


def test_the_client_is_known_to_expressions_and_today_is_the_clinics() -> None:
    sheet = form(
        question("sex", **reckoned("%patient.gender")),
        question("day", "date", **reckoned("today()")),
        question("grown", "boolean", **reckoned("%patient.birthDate <= today() - 18 years")),
    )
    client = {"resourceType": "Patient", "gender": "female", "birthDate": "2008-11-23"}
    filling = Filling(sheet, today=TODAY, patient=client)
    assert values(filling, "sex") == (Value("string", "female"),)
    assert values(filling, "day") == (Value("date", "2026-11-22"),)
    assert values(filling, "grown") == (NO,)


def test_a_variable_belongs_to_its_section_and_each_repeat_has_its_own() -> None:
    variable = spoken(HL7 + "variable", "item.where(linkId='count').answer.value", name="n")
    sheet = form(
        question(
            "g",
            "group",
            repeats=True,
            item=[question("count", "integer"), question("twice", "integer", **reckoned("%n * 2"))],
            **variable,
        )
    )
    filling = Filling(sheet, today=TODAY)
    second = filling.add(at("g"))
    filling.put(at("g", "count"), whole(3))
    filling.put((*second, ("count", 0)), whole(5))
    filling.reckon()
    assert filling.answers()["twice"].values == (*whole(6), *whole(10))


def test_words_can_hang_on_answers() -> None:
    told = {
        "_text": spoken(HL7 + "cqf-expression", "'Since when, ' + %resource.item.where(linkId='name').answer.value")
    }
    filling = Filling(form(question("name"), question("since", "date", **told)), today=TODAY)
    filling.put(at("name"), (Value("string", "Ana"),))
    assert filling.reckon() == {at("since")}
    row = filling.row(at("since"))
    assert row is not None
    assert row.item.words == "Since when, Ana"
    filling.put(at("name"), ())
    filling.reckon()
    assert [row.item.words for page in filling.pages() for row in page.rows] == ["name", "since"]


def test_expressions_that_chase_each_other_come_to_an_end() -> None:
    sheet = form(
        question("a", "integer", **reckoned("iif(%resource.item.where(linkId='b').answer.value = 1, 2, 1)")),
        question("b", "integer", **reckoned("%resource.item.where(linkId='a').answer.value")),
    )
    filling = Filling(sheet, today=TODAY)
    assert len(values(filling, "a")) == 1


def test_variables_that_name_each_other_have_no_value() -> None:
    variables = [
        *spoken(HL7 + "variable", "%b + 1", name="a")["extension"],
        *spoken(HL7 + "variable", "%a + 1", name="b")["extension"],
    ]
    sheet = form(question("q", "integer", **reckoned("%a")), extension=variables)
    assert questionnaire.evaluate(sheet, said()) == {}


@pytest.mark.parametrize(
    ("type_", "text", "answers"),
    [
        ("integer", "4 / 2", (Value("integer", 2),)),
        ("integer", "5 / 2", ()),
        ("decimal", "5 / 2", (Value("decimal", Decimal("2.5")),)),
        ("string", "'a' & 'b'", (Value("string", "ab"),)),
        ("string", "3", (Value("string", "3"),)),
        ("boolean", "1 = 1", (YES,)),
        ("boolean", "'x'", ()),
        ("date", "@2026-02-03", (Value("date", "2026-02-03"),)),
        ("dateTime", "@2026-02-03", (Value("dateTime", "2026-02-03"),)),
        ("date", "'soon'", ()),
        ("time", "@T10:30:00", (Value("time", "10:30:00"),)),
        ("time", "'noon'", ()),
        ("url", "'urn:x'", (Value("uri", "urn:x"),)),
        ("quantity", "2 'kg'", (Value("Quantity", {"value": Decimal(2), **KG}),)),
        ("decimal", "(81 'kg') / (3 'm' * 3 'm')", (Value("decimal", Decimal(9)),)),
        ("quantity", "2", (Value("Quantity", {"value": Decimal(2)}),)),
        ("choice", "'b'", (Value("Coding", {"system": "urn:codes", "code": "b"}),)),
        ("choice", "'c'", ()),
        ("open-choice", "'c'", (Value("string", "c"),)),
        ("integer", "(1 | 2)", (Value("integer", 1),)),
        ("integer", "{}", ()),
        ("reference", "1", ()),
    ],
)  # fmt: skip
def test_what_is_worked_out_fits_its_question(type_: str, text: str, answers: tuple[Value, ...]) -> None:
    options = {"answerOption": [coded("a"), coded("b")]} if "choice" in type_ else {}
    assert values(Filling(form(question("q", type_, **options, **reckoned(text))), today=TODAY), "q") == answers


def test_evaluating_is_one_pass_over_what_was_sent() -> None:
    sheet = form(
        question("a", "integer"),
        question("twice", "integer", **reckoned("%resource.item.where(linkId='a').answer.value * 2")),
        question("again", "integer", **reckoned("%resource.item.where(linkId='twice').answer.value * 2")),
        question("nothing", **reckoned("'' + ''")),
        question("broken", **reckoned("%nobody")),
    )
    response = said({"linkId": "a", "answer": [{"valueInteger": 3}]})
    assert questionnaire.evaluate(sheet, response) == {
        "twice": whole(6),
        "again": (),
        "nothing": (Value("string", ""),),
    }


def one(text: str, **given: Any) -> list[Any]:
    response = said(
        {"linkId": "a", "answer": [{"valueInteger": 3}]},
        {"linkId": "b", "answer": [{"valueDecimal": Decimal("2.5")}]},
        {"linkId": "w", "answer": [{"valueQuantity": {"value": Decimal(70), "unit": "kg"}}]},
    )
    return [held for _, held in fhirpath.plain(fhirpath.evaluate(text, response, {"resource": response, **given}))]


# What other engines get wrong.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("item.answer.valueDecimal.sum()", [Decimal("2.5")]),
        ("(1 | 2 | 4).sum()", [7]),
        ("{}.sum()", []),
        ("('a' | 'b').sum()", ["ab"]),
        ("(1 | 2 | 4).avg()", [Decimal("2.333333333333333")]),
        ("(3 | 2.5).min()", [Decimal("2.5")]),
        ("(3 | 2.5).max()", [3]),
        ("{}.avg()", []),
        ("{}.min()", []),
        ("{}.max()", []),
        ("(62.5).round(0)", [63]),
        ("(2.345).round(2)", [Decimal("2.35")]),
        ("(0.5).round()", [1]),
        ("{}.round(1)", []),
        ("1 / 3", [Decimal("0.3333333333333333")]),
        ("item.where(linkId='w').answer.value.value / 2", [35]),
        ("'abc'.matches('b')", [True]),
        ("'abc'.replaceMatches('(b)', '[$1]')", ["a[b]c"]),
        ("item.where(linkId='a').trace('x').answer.value", [3]),
        ("item.where(linkId='zz').answer.value", []),
    ],
)
def test_expressions_are_worked_out_as_fhirpath_says(text: str, found: list[Any]) -> None:
    assert one(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "foo(",
        "a b",
        "1 +",
        "",
        "%nobody",
        "item.nothing()",
        "('a' | 1).sum()",
        "1.repeat($this + 1)",
        "'a'.repeat($this & 'a')",
        "'a'.repeat(replace('a', 'aa'))",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.matches('(a+)+c')",
        "(" * 3000 + "1" + ")" * 3000,
        "1 + " * 10_000 + "1",
    ],
)
def test_what_cant_be_worked_out_is_said_to_be_so(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotComputed):
        one(text)
    assert capsys.readouterr() == ("", "")


def test_an_expression_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhirpath, "PATIENCE", 0.05)
    step = "descendants().select(%resource.descendants())"
    with pytest.raises(NotComputed):
        one(".".join([step] * 6))


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("%resource.item.where(linkId='a').answer.value > 3", True),
        ("%resource.repeat(item).where(linkId='a').answer.value", True),
        ("%resource.repeat(item | answer.item)", True),
        ("iif(1 = 1, 'a',", False),
        ("%resource.repeat($this & 'x')", False),
    ],
)
def test_a_malformed_expression_is_told_apart(text: str, *, sound: bool) -> None:
    assert fhirpath.parses(text) is sound


@needs_others
def test_the_scores_of_real_forms_are_as_another_engine_reckons_them() -> None:
    text = (OTHERS / "cases" / "fhirpath-real-forms.json").read_text(encoding="utf-8")
    for case in json.loads(text, parse_float=Decimal)["cases"]:
        sheet = questionnaire.read((OTHERS / "corpus" / case["questionnaire"]).read_bytes()).form
        for result in case["results"]:
            where = case["questionnaire"], case["profile"], result["linkId"]
            assert same(told(sheet, case["response"], result), result["expected"]), where


def told(sheet: Form, response: dict[str, Any], result: dict[str, Any]) -> list[Any]:
    link_id = result["linkId"]
    match result["kind"]:
        case "calculatedExpression":
            return [value.value for value in questionnaire.evaluate(sheet, response)[link_id]]
        case "enableWhenExpression":
            return [link_id in questionnaire.enabled(sheet, response)[0]]
        case _:
            return [
                not any(
                    one.check == "invariant"
                    for one in questionnaire.validate(sheet, response)
                    if one.link_id == link_id
                )
            ]


def same(found: list[Any], expected: list[Any]) -> bool:
    if len(found) != len(expected):
        return False
    return all(
        abs(Decimal(one) - Decimal(other)) < Decimal("1e-9") if isinstance(one, int | Decimal) else one == other
        for one, other in zip(found, expected, strict=True)
    )
