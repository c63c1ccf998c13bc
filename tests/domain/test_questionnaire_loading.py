"""Anybody's form becomes the form that is asked: every element and extension in its place."""

import json
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.errors import Refused
from reception.domain.questionnaire.values import (
    Condition,
    Constraint,
    Control,
    Expression,
    Kind,
    Value,
)
from tests.domain.sheets import HL7, SDC, asked, coded, concept, extended, form, loaded, paper, parts, question


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_of_question_is_read(kind: Kind) -> None:
    more = {"answerOption": [coded("a")]} if kind is Kind.CHOICE else {}
    item = asked(type=kind.value, **more)
    assert item.kind is kind
    assert item.asks is (kind not in {Kind.GROUP, Kind.DISPLAY})


def test_the_head_of_a_form_is_read() -> None:
    read = form(
        question(),
        url="urn:test:intake",
        version="4",
        title="Health intake",
        date="2026-05-12T09:00:00Z",
        publisher="Larkmere",
        copyright="**Free** to use, see [the terms](https://example.org/terms)",
        description="# What we ask",
        extension=[extended(HL7 + "questionnaire-signatureRequired", valueCodeableConcept=concept("1"))],
    )
    assert (read.url, read.version, read.title, read.status) == ("urn:test:intake", "4", "Health intake", "active")
    assert read.date == date(2026, 5, 12)
    assert read.copyright == "Free to use, see the terms"
    assert (read.publisher, read.description) == ("Larkmere", "What we ask")
    assert read.signature


@pytest.mark.parametrize(
    ("head", "title"),
    [({"title": "A", "name": "B"}, "A"), ({"name": "B", "id": "c"}, "B"), ({"id": "c"}, "c"), ({}, "Untitled form")],
)
def test_a_form_always_has_a_title(head: dict[str, str], title: str) -> None:
    assert form(question(), **head).title == title


@pytest.mark.parametrize("given", ["2026", "2026-05", "soon"])
def test_a_date_that_is_no_day_isnt_taken_for_one(given: str) -> None:
    assert form(question(), date=given).date is None


def test_a_form_without_a_url_is_known_by_its_content() -> None:
    one, same, other = form(question("a")), form(question("a")), form(question("b"))
    assert one.url.startswith("urn:uuid:")
    assert one.url == same.url != other.url
    assert "url" not in one.json


def test_questions_hang_below_groups_and_below_questions() -> None:
    read = form(question("1", "group", item=[question("1.1", "boolean", item=[question("1.1.1")])]))
    assert [item.link_id for item in read.walk()] == ["1", "1.1", "1.1.1"]
    assert read.items[0].items[0].items[0].words == "1.1.1"


def test_a_questions_own_elements_are_read() -> None:
    item = asked(prefix="3.", text=" How much? ", required=True, repeats=True, readOnly=True, maxLength=20)
    assert (item.prefix, item.words) == ("3.", "How much?")
    assert item.required
    assert item.repeats
    assert item.read_only
    assert item.bounds.max_length == 20


def test_options_keep_prefix_score_and_what_is_preset() -> None:
    item = asked(
        type="choice",
        answerOption=[
            coded(
                "0",
                "Never",
                initialSelected=True,
                extension=[
                    extended(HL7 + "questionnaire-optionPrefix", valueString="a)"),
                    extended(HL7 + "ordinalValue", valueDecimal=0),
                ],
            ),
            coded("1", "Often", extension=[extended(HL7 + "itemWeight", valueDecimal=1.5)]),
            coded("9", "None", extension=[extended(HL7 + "questionnaire-optionExclusive", valueBoolean=True)]),
        ],
    )
    never, often, none = item.options
    assert (never.words, never.prefix, never.score, never.initial) == ("Never", "a)", Decimal(0), True)
    assert often.score == Decimal("1.5")
    assert none.exclusive
    assert not item.unlisted


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"valueString": "Rarely"}, "Rarely"),
        ({"valueInteger": 5}, "5"),
        ({"valueDate": "2022-09"}, "2022-09"),
        ({"valueTime": "13:30:00"}, "13:30:00"),
        ({"valueCoding": {"code": "x"}}, "x"),
        ({"valueCoding": {"display": "Only words"}}, "Only words"),
        ({"valueReference": {"display": "Dr Lee"}}, "Dr Lee"),
    ],
)
def test_an_option_of_any_type_has_words(option: dict[str, Any], words: str) -> None:
    assert [offered.words for offered in asked(type="choice", answerOption=[option]).options] == [words]


@pytest.mark.parametrize("code", [control.value for control in Control])
def test_a_control_is_read(code: str) -> None:
    extension = [extended(HL7 + "questionnaire-itemControl", valueCodeableConcept=concept(code))]
    assert asked(extension=extension).control == Control(code)


def test_a_control_that_isnt_known_is_none() -> None:
    extension = [extended(HL7 + "questionnaire-itemControl", valueCodeableConcept=concept("hologram"))]
    assert asked(extension=extension).control is None


def test_help_and_units_hang_on_the_question_they_belong_to() -> None:
    def aside(link_id: str, code: str, words: str) -> dict[str, Any]:
        control = extended(HL7 + "questionnaire-itemControl", valueCodeableConcept=concept(code))
        return question(link_id, "display", text=words, extension=[control])

    item = asked(
        type="decimal",
        item=[aside("h", "help", "Without shoes"), aside("f", "flyover", "In the morning"), aside("u", "unit", "cm")],
        extension=[extended(HL7 + "questionnaire-supportLink", valueUri="https://example.org/height")],
    )
    assert item.help == "Without shoes\n\nIn the morning\n\nhttps://example.org/height"
    assert item.unit == Value("Coding", {"display": "cm"})


def test_extensions_of_a_question_are_read() -> None:
    item = asked(
        type="open-choice",
        answerOption=[coded("a")],
        extension=[
            extended(HL7 + "questionnaire-hidden", valueBoolean=True),
            extended(HL7 + "questionnaire-choiceOrientation", valueCode="horizontal"),
            extended(HL7 + "questionnaire-displayCategory", valueCodeableConcept=concept("instructions")),
            extended(HL7 + "questionnaire-signatureRequired", valueCodeableConcept=concept("1")),
            extended(HL7 + "entryFormat", valueString="nn-nnn"),
            extended(SDC + "openLabel", valueString="Something else"),
            extended(SDC + "shortText", valueString="Short"),
        ],
    )
    assert item.hidden
    assert item.horizontal
    assert item.signature
    assert (item.category, item.placeholder) == ("instructions", "nn-nnn")
    assert (item.open_words, item.short) == ("Something else", "Short")


def test_bounds_are_read_in_the_questions_own_type() -> None:
    bounds = asked(
        type="decimal",
        extension=[
            extended(HL7 + "minValue", valueInteger=1),
            extended(HL7 + "maxValue", valueDecimal=2.5),
            extended(HL7 + "maxDecimalPlaces", valueInteger=1),
            extended(HL7 + "questionnaire-minOccurs", valueInteger=2),
            extended(HL7 + "questionnaire-maxOccurs", valueInteger=3),
        ],
    ).bounds
    assert (bounds.least, bounds.most) == (Value("decimal", Decimal(1)), Value("decimal", Decimal("2.5")))
    assert (bounds.decimals, bounds.min_occurs, bounds.max_occurs) == (1, 2, 3)


@pytest.mark.parametrize(
    ("kind", "value", "bound"),
    [
        ("integer", {"valueInteger": 3}, Value("integer", 3)),
        ("date", {"valueDate": "2026-01-01"}, Value("date", "2026-01-01")),
        ("date", {"valueDateTime": "2026-01-01T10:00:00Z"}, Value("date", "2026-01-01")),
        ("dateTime", {"valueDate": "2026-01-01"}, Value("dateTime", "2026-01-01")),
        ("time", {"valueTime": "10:00:00"}, Value("time", "10:00:00")),
        ("quantity", {"valueInteger": 3}, Value("Quantity", {"value": Decimal(3)})),
        ("quantity", {"valueQuantity": {"value": 3, "code": "kg"}}, Value("Quantity", {"value": 3, "code": "kg"})),
        ("decimal", {"valueQuantity": {"value": 3, "code": "kg"}}, Value("decimal", Decimal(3))),
    ],
)
def test_a_bound_of_a_neighbouring_type_is_taken_over(kind: str, value: dict[str, Any], bound: Value) -> None:
    assert asked(type=kind, extension=[extended(HL7 + "minValue", **value)]).bounds.least == bound


@pytest.mark.parametrize(("given", "held"), [(5_242_880, 5_242_880), (5, 5_242_880), (0.5, 524_288)])
def test_the_size_of_an_attachment_is_bytes_or_as_once_megabytes(given: float, held: int) -> None:
    item = asked(
        type="attachment",
        extension=[extended(HL7 + "maxSize", valueDecimal=given), extended(HL7 + "mimeType", valueCode="image/png")],
    )
    assert (item.bounds.max_size, item.bounds.mime_types) == (held, ("image/png",))


def test_text_is_held_to_length_and_pattern() -> None:
    bounds = asked(
        extension=[extended(HL7 + "minLength", valueInteger=2), extended(HL7 + "regex", valueString="[A-Z]{2}[0-9]+")]
    ).bounds
    assert (bounds.min_length, bounds.pattern) == (2, "[A-Z]{2}[0-9]+")


@pytest.mark.parametrize("pattern", ["(a+)+$", "([a-z]*)*", "(a|aa)+$", "(a{2,})+", "[", r"\p{L}+"])
def test_a_pattern_that_could_hang_or_isnt_one_isnt_checked(pattern: str) -> None:
    read = loaded(question(extension=[extended(HL7 + "regex", valueString=pattern)]))
    assert read.form.items[0].bounds.pattern == ""
    assert [repair.level for repair in read.report] == ["limited"]


def test_units_are_offered() -> None:
    unit = {"system": "http://unitsofmeasure.org", "code": "kg", "display": "kilogram"}
    item = asked(
        type="quantity",
        extension=[
            extended(HL7 + "questionnaire-unit", valueCoding=unit),
            extended(HL7 + "questionnaire-unitOption", valueCoding=unit),
            extended(HL7 + "questionnaire-unitOption", valueCoding={"code": "[lb_av]"}),
        ],
    )
    assert item.unit == Value("Coding", unit)
    assert [option.words for option in item.units] == ["kilogram", "[lb_av]"]


def test_conditions_are_read() -> None:
    later = question(
        "b",
        enableWhen=[
            {"question": "a", "operator": "exists", "answerBoolean": True},
            {"question": "a", "operator": "!=", "answerCoding": {"code": "n"}},
        ],
        enableBehavior="all",
    )
    item = form(question("a"), later).items[1]
    assert item.conditions == (
        Condition("a", "exists", Value("boolean", True)),
        Condition("a", "!=", Value("Coding", {"code": "n"})),
    )
    assert not item.any_condition


def test_expressions_and_constraints_are_read() -> None:
    def reckoned(text: str, **more: str) -> dict[str, Any]:
        return {"language": "text/fhirpath", "expression": text, **more}

    read = form(
        question(
            "a",
            "integer",
            extension=[
                extended(SDC + "calculatedExpression", valueExpression=reckoned("%b + 1")),
                extended(SDC + "enableWhenExpression", valueExpression=reckoned("%b.exists()")),
                extended(
                    HL7 + "targetConstraint",
                    extension=[
                        extended("key", valueId="c1"),
                        extended("severity", valueCode="warning"),
                        extended("human", valueString="Ends after it starts"),
                        extended("expression", valueExpression=reckoned("%a > %b")),
                    ],
                ),
                extended(
                    HL7 + "questionnaire-constraint",
                    extension=[extended("key", valueId="c2"), extended("expression", valueString="true")],
                ),
            ],
            _text={"extension": [extended(HL7 + "cqf-expression", valueExpression=reckoned("'Hello'"))]},
        ),
        extension=[extended(HL7 + "variable", valueExpression=reckoned("1", name="b"))],
    )
    item = read.items[0]
    assert read.variables == (Expression("1", "b"),)
    assert (item.calculated, item.enabled, item.told) == (
        Expression("%b + 1"),
        Expression("%b.exists()"),
        Expression("'Hello'"),
    )
    assert item.constraints == (
        Constraint("c1", "Ends after it starts", "%a > %b", error=False),
        Constraint("c2", "", "true"),
    )


def test_words_that_come_as_markup_alone_are_read_as_plain_text() -> None:
    marked = extended(HL7 + "rendering-xhtml", valueString="<p>Are you <b>pregnant</b>?<script>alert(1)</script></p>")
    assert asked(text="", _text={"extension": [marked]}).words == "Are you pregnant?"
    bold = extended(HL7 + "rendering-markdown", valueMarkdown="**Are** you?")
    assert asked(text="", _text={"extension": [bold]}).words == "Are you?"


def test_plain_words_count_before_their_markup() -> None:
    marked = extended(HL7 + "rendering-xhtml", valueString="<b>Other</b>")
    assert asked(text="Plain", _text={"extension": [marked]}).words == "Plain"


def test_initial_answers_are_read() -> None:
    assert asked(initial=[{"valueString": "none"}]).initial == (Value("string", "none"),)


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        (extended(SDC + "subQuestionnaire", valueCanonical="urn:other"), "Another form belongs here"),
        (extended(SDC + "answerExpression", valueExpression={"expression": "x"}), "fetched from a server"),
        (extended(SDC + "candidateExpression", valueExpression={"expression": "x"}), "fetched from a server"),
        (
            extended(SDC + "answerOptionsToggleExpression", extension=[extended("option", valueInteger=1)]),
            "all are always offered",
        ),
        (extended(SDC + "itemMedia", valueAttachment={"url": "urn:a"}), "isn't shown"),
        (
            extended(SDC + "calculatedExpression", valueExpression={"language": "text/cql", "expression": "x"}),
            "written in text/cql",
        ),
        (
            extended(SDC + "calculatedExpression", valueExpression={"language": "text/fhirpath", "reference": "urn:a"}),
            "stored elsewhere",
        ),
        (extended(HL7 + "minValue", valueString="a lot"), "can't be worked out"),
        (extended(HL7 + "targetConstraint", extension=[extended("key", valueId="c")]), "isn't done"),
        (extended(HL7 + "questionnaire-unitValueSet", valueCanonical="urn:units"), "list of units (urn:units)"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cant_be_done_is_said(extension: dict[str, Any], words: str) -> None:
    read = loaded(question(kind="integer", extension=[extension]))
    assert [repair.level for repair in read.report] == ["limited"]
    assert words in read.report[0].words


def test_an_expression_that_cant_be_read_or_names_what_isnt_known_is_said() -> None:
    def reckoned(text: str) -> list[dict[str, Any]]:
        return [
            extended(SDC + "calculatedExpression", valueExpression={"language": "text/fhirpath", "expression": text})
        ]

    read = loaded(
        question("a", extension=reckoned("1 + ")),
        question("b", extension=reckoned("%encounter.id")),
        question("c", extension=reckoned("%patient.birthDate")),
    )
    assert [(repair.link_id, repair.level) for repair in read.report] == [("a", "limited"), ("b", "limited")]
    assert "%encounter" in read.report[1].words


def test_what_many_questions_share_is_said_once() -> None:
    fetched = [extended(SDC + "initialExpression", valueExpression={"expression": "%patient.name"})]
    read = loaded(question("a", extension=fetched), question("b", extension=fetched))
    assert [(repair.level, repair.link_id) for repair in read.report] == [("note", "")]


def test_bounds_that_contradict_each_other_are_dropped() -> None:
    read = loaded(
        question(
            type="integer",
            extension=[extended(HL7 + "minValue", valueInteger=5), extended(HL7 + "maxValue", valueInteger=1)],
        )
    )
    assert (read.form.items[0].bounds.least, read.form.items[0].bounds.most) == (None, None)
    assert "above its largest" in read.report[0].words


def test_nothing_that_isnt_known_is_lost() -> None:
    given = paper(
        question(
            "a",
            definition="urn:def",
            code=[{"system": "urn:codes", "code": "x"}],
            extension=[extended("urn:somebody:else", valueInteger=3)],
            _text={"extension": [extended(HL7 + "rendering-style", valueString="color: red")]},
        ),
        id="a",
        useContext=[{"code": {"code": "task"}, "valueCodeableConcept": {"text": "intake"}}],
        contained=[{"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "x"}}],
    )
    saved = questionnaire.write(questionnaire.read(json.dumps(given).encode()).form)
    assert json.loads(saved) == given


def test_a_saved_form_is_read_as_the_same() -> None:
    first = form(question("a", "choice", answerOption=[coded("x", "X")]), question("b", "decimal", initial=[]))
    saved = questionnaire.write(first)
    again = questionnaire.read(saved).form
    assert parts(again) == parts(first)
    assert questionnaire.write(again) == saved


@pytest.mark.parametrize(
    ("json", "sentence"),
    [
        ([], "isn't a form"),
        ("Questionnaire", "isn't a form"),
        ({"resourceType": "Patient"}, "holds a FHIR Patient, not a Questionnaire"),
        ({}, "doesn't say that it is a FHIR Questionnaire"),
        ({"resourceType": "Questionnaire", "status": "active"}, "it has no questions"),
        ({"resourceType": "Questionnaire", "item": []}, "it has no questions"),
        ({"resourceType": "Questionnaire", "group": {"linkId": "a"}}, "FHIR DSTU2"),
        ({"resourceType": "Bundle", "entry": []}, "holds 0 forms"),
        (paper(question(kind="choice", options={"reference": "#a"})), "FHIR STU3"),
        (paper(question(), meta={"profile": ["urn:profile:stu3:a"]}), "FHIR STU3"),
        (paper(question(initialInteger=3)), "FHIR STU3"),
        (paper(question(enableWhen=[{"question": "a", "hasAnswer": True}])), "FHIR STU3"),
    ],
    ids=lambda value: str(value)[:70],
)
def test_what_isnt_a_form_for_here_is_refused_with_a_sentence(json: Any, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        questionnaire.read(questionnaire.dump_json(json).encode())
    assert sentence in str(refusal.value)


def test_more_than_anybody_could_answer_is_refused() -> None:
    with pytest.raises(Refused, match="more than 20000 questions"):
        form(*({"linkId": str(number), "type": "string"} for number in range(20_001)))
    with pytest.raises(Refused, match="offers more than 10000 answers"):
        asked(type="choice", answerOption=[{"valueInteger": number} for number in range(10_001)])
    for more in ({"text": "x" * 20_001}, {"type": "choice", "answerOption": [{"valueString": "x" * 20_001}]}):
        with pytest.raises(Refused, match="longer than 20000 characters"):
            asked(**more)


@pytest.mark.parametrize("start", ["<!--", "<![CDATA[", "<a ", "</", "**a ", "[", "`a ", "![a](", "&#"])
def test_markup_that_is_made_to_take_for_ever_doesnt(start: str) -> None:
    marked = [extended(HL7 + name, valueString=start * 100_000) for name in ("rendering-xhtml", "rendering-markdown")]
    began = time.process_time()
    for one in marked:
        asked(text="", _text={"extension": [one]})
    assert time.process_time() - began < 5
