"""The dirt of real forms: mended, listed, and never a reason not to open a form."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.domain import questionnaire
from reception.domain.errors import Refused
from reception.domain.questionnaire.values import Condition, Form, Kind, Value
from tests.domain.sheets import HL7, SDC, coded, extended, form, loaded, paper, parts, question

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-100, 100) | st.floats(-9, 9).map(lambda f: round(f, 3)) | WORDS
NAMED = """
linkId text type item enableWhen question operator answerInteger answerOption extension url valueString valueCoding
valueQuantity valueCodeableConcept coding code display system value required repeats maxLength initial initialSelected
answerValueSet contained resourceType id compose include concept valueSet expansion contains prefix title status option
answerConstraint _text _valueString valueExpression expression language modifierExtension enableBehavior date meta
profile
"""
HELD = f"""
group choice coding string quantity display integer #a ValueSet CodeSystem = exists text/fhirpath {HL7}minValue
{HL7}regex {HL7}variable {HL7}targetConstraint {HL7}questionnaire-itemControl {HL7}questionnaire-unit
{HL7}ordinalValue {HL7}rendering-xhtml {SDC}calculatedExpression
"""
NAMES = st.sampled_from(NAMED.split())
KNOWN = st.sampled_from(HELD.split())
DIRT = st.recursive(
    SCALARS | KNOWN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


def repaired(*items: dict[str, Any], **head: Any) -> list[str]:
    """What was repaired in a form, in words."""
    return [repair.words for repair in loaded(*items, **head).report if repair.level == "repaired"]


def test_a_clean_form_needs_no_repair() -> None:
    assert loaded(question("a"), question("b", "choice", answerOption=[coded("x", "X")])).report == ()


@pytest.mark.parametrize(("said", "held"), [("true", True), ("false", False), ("True", True)])
def test_a_truth_in_quotes_is_a_truth(said: str, held: bool) -> None:
    read = loaded(question(repeats=said))
    assert read.form.items[0].repeats is held
    assert read.form.json["item"][0]["repeats"] is held
    assert [repair.level for repair in read.report] == ["repaired"]


def test_numbers_in_quotes_are_numbers() -> None:
    item = form(
        question(
            "a",
            "quantity",
            maxLength="20",
            initial=[{"valueQuantity": {"value": "72.5", "unit": "kg"}}],
            extension=[extended(HL7 + "maxValue", valueInteger="500")],
        )
    ).items[0]
    assert item.bounds.max_length == 20
    assert questionnaire.words_of(item.initial[0]) == "72.5 kg"
    assert item.bounds.most is not None


@pytest.mark.parametrize(
    "more",
    [
        {"text": 5},
        {"answerOption": []},
        {"extension": {"url": "urn:a", "valueInteger": 1}},
        {"extension": [{"valueInteger": 1}]},
        {"extension": "none"},
        {"item": [7, None, "x"]},
        {"item": None},
        {"code": [None]},
        {"text": "a\u0000b"},
        {"type": "Boolean"},
        {"type": "open_choice"},
        {"type": "hologram"},
        {"type": None},
    ],
    ids=str,
)
def test_every_kind_of_dirt_is_listed_and_the_form_opens(more: dict[str, Any]) -> None:
    assert repaired(question(**more))
    assert repaired(question("before"), question("a", **more))


@pytest.mark.parametrize("held", [1, "x", True, [1], [[1]], {"a": 1}, [{"a": 1}], {}, None], ids=str)
def test_whatever_stands_where_a_code_belongs_the_form_opens(held: Any) -> None:
    listed = {
        "resourceType": "ValueSet",
        "id": "list",
        "expansion": {"contains": [{"code": held}, {"system": held, "code": "a"}]},
        "compose": {"include": [{"system": "urn:codes", "concept": [{"code": held}]}]},
    }
    control = extended(HL7 + "questionnaire-itemControl", valueCodeableConcept={"coding": held})
    offered = [{"valueReference": {"reference": held, "display": "A"}}, {"valueCoding": {"system": held, "code": "a"}}]
    asked = question("a", "choice", answerOption=offered, extension=[control])
    assert len(form(asked, question("b", "choice", answerValueSet="#list"), contained=[listed]).items) == 2


def test_what_was_mended_needs_no_repair_again() -> None:
    first = form({"text": "?", "type": "Choice", "repeats": "true"}, question("a"), question("a"), status="asleep")
    assert parts(questionnaire.read(questionnaire.write(first)).form) == parts(first)
    assert not [
        repair for repair in questionnaire.read_json(first.json).report if "offers no answers" not in repair.words
    ]


def test_a_form_without_a_status_isnt_known_to_be_in_use() -> None:
    source = json.dumps({"resourceType": "Questionnaire", "item": [question()]}).encode()
    assert questionnaire.read(source).form.status == "unknown"


def test_a_form_that_doesnt_say_what_it_is_is_read_by_its_looks() -> None:
    read = questionnaire.read(json.dumps({"status": "active", "item": [question()]}).encode())
    assert [repair.level for repair in read.report] == ["repaired"]
    assert read.form.json["resourceType"] == "Questionnaire"


def test_each_question_has_a_name_of_its_own() -> None:
    read = form(
        question("a"),
        question("a"),
        question("a-2"),
        {"type": "string"},
        question("g", "group", item=[question("a"), {"type": "string"}]),
    )
    assert [item.link_id for item in read.walk()] == ["a", "a-3", "a-2", "item-4", "g", "a-4", "item-5.2"]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, Kind.STRING),
        ({"answerOption": [coded("a")]}, Kind.CHOICE),
        ({"item": [question("b")]}, Kind.GROUP),
    ],
)
def test_a_question_that_doesnt_say_its_kind_is_read_by_its_looks(more: dict[str, Any], kind: Kind) -> None:
    assert form({"linkId": "a", **more}).items[0].kind is kind


def test_words_that_hold_questions_are_a_section_and_words_that_hold_words_arent() -> None:
    holds = form(question("a", "display", item=[question("b")])).items[0]
    assert (holds.kind, holds.items[0].link_id) == (Kind.GROUP, "b")
    assert form(question("a", "display", item=[question("b", "display")])).items[0].kind is Kind.DISPLAY


def test_options_that_say_nothing_or_the_same_are_left_out() -> None:
    read = loaded(
        question(
            type="choice",
            answerOption=[coded("a", "A"), coded("a", "Again"), {"valueCoding": {"system": "urn:x"}}, {"prefix": "x"}],
        )
    )
    assert [option.words for option in read.form.items[0].options] == ["A", "urn:x"]
    assert len(read.report) == 2


def test_a_choice_that_offers_nothing_takes_what_is_typed() -> None:
    read = loaded(question(kind="choice"))
    assert read.form.items[0].unlisted
    assert "the answer is typed" in read.report[0].words


@pytest.mark.parametrize(
    ("condition", "read"),
    [
        ({"question": "a", "answerInteger": 5}, (Condition("a", "=", Value("integer", 5)),)),
        ({"question": "a", "operator": "exists"}, (Condition("a", "exists", Value("boolean", True)),)),
        (
            {"question": "a", "operator": "=", "answerInteger": "2022-09"},
            (Condition("a", "=", Value("date", "2022-09")),),
        ),
        ({"question": "a", "operator": "=", "answerInteger": "13:30"}, (Condition("a", "=", Value("time", "13:30")),)),
        ({"question": "a", "operator": ">", "answerChoice": 6}, (Condition("a", ">", Value("integer", 6)),)),
        ({"operator": "=", "answerInteger": 5}, ()),
        ({"question": "a", "operator": "~", "answerInteger": 5}, ()),
        ({"question": "a", "operator": "="}, ()),
        ({"question": "a", "operator": "=", "answerCoding": {}}, ()),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_condition_is_read_as_it_was_meant_or_left_out(
    condition: dict[str, Any], read: tuple[Condition, ...]
) -> None:
    given = loaded(question("a", "integer"), question("b", enableWhen=[condition]))
    assert given.form.items[1].conditions == read
    assert next(repair.link_id for repair in given.report if repair.level in {"repaired", "limited"}) == "b"


def test_several_conditions_that_dont_say_how_are_any() -> None:
    condition = {"question": "a", "operator": "exists", "answerBoolean": True}
    read = loaded(question("a"), question("b", enableWhen=[condition, condition]))
    assert read.form.items[1].any_condition
    assert read.form.json["item"][1]["enableBehavior"] == "any"
    assert "any of them is enough" in read.report[0].words


def test_a_condition_on_a_question_that_isnt_there_is_said() -> None:
    condition = {"question": "z", "operator": "exists", "answerBoolean": True}
    assert '"z"' in loaded(question("b", enableWhen=[condition])).report[0].words


def opened(json: dict[str, Any]) -> Form | None:
    """The form; None where it is refused."""
    try:
        return questionnaire.read(questionnaire.dump_json(json).encode()).form
    except Refused:
        return None


@settings(max_examples=200)
@given(DIRT)
def test_no_dirt_crashes_it_and_mending_once_is_enough(dirt: Any) -> None:
    read = opened(paper(question("a"), {"linkId": "b", "item": dirt}, dirt))
    assert read is None or parts(questionnaire.read(questionnaire.write(read)).form) == parts(read)
    assert read is None or len({item.link_id for item in read.walk()}) == len(list(read.walk()))


@settings(max_examples=200)
@given(st.dictionaries(NAMES, DIRT, max_size=6), DIRT)
def test_no_dirt_in_a_bundle_crashes_it(head: dict[str, Any], dirt: Any) -> None:
    asks = {"item": [question("a", "choice", answerValueSet="urn:x")], **head, "resourceType": "Questionnaire"}
    lists = [{"resourceType": "ValueSet", "url": "urn:x", "id": "x", "compose": dirt, **head}, {"url": "urn:x", **head}]
    entries = [{"resource": resource} for resource in (asks, *lists, dirt)]
    read = opened({"resourceType": "Bundle", "entry": [*entries, dirt]})
    assert read is None or parts(questionnaire.read(questionnaire.write(read)).form) == parts(read)


@settings(max_examples=200)
@given(st.dictionaries(NAMES, DIRT, max_size=6))
def test_no_dirt_at_the_head_of_a_form_crashes_it(head: dict[str, Any]) -> None:
    read = opened({"item": [question("a")], **head})
    assert read is None or parts(questionnaire.read(questionnaire.write(read)).form) == parts(read)
