"""What an answer is held to, said in the editor and written as FHIR has it, and conditions that stand together."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from reception.domain import questionnaire
from reception.domain.errors import Refused
from reception.domain.questionnaire import checks, editing
from reception.domain.questionnaire.editing import Draft, How, Limits, Look, ShowIf, Sort, Weight
from reception.domain.questionnaire.values import Value
from tests.domain.drafting import TODAY, asked, draft, item, line, read
from tests.domain.sheets import HL7, SDC, coded, extended, question

YES, NO = Value("boolean", True), Value("boolean", False)
UCUM = "http://unitsofmeasure.org"
KG = {"system": UCUM, "code": "kg", "display": "kg"}
LB = {"system": UCUM, "code": "[lb_av]", "display": "lb"}
SEVERAL = question("1", "choice", repeats=True, answerOption=[coded("a", "Ay"), coded("b", "Bee"), coded("c", "Sea")])


def number(value: Any) -> Value:
    return Value("decimal", Decimal(value))


def faults(edited: Draft, *values: Value) -> list[str]:
    """What the form itself says of answers to its first question."""
    (first, *_) = read(edited).items
    return [fault.check for fault in checks.faults(first, values)]


def wrong(edited: Draft) -> list[tuple[Weight, str]]:
    return [(one.weight, one.words) for one in editing.findings(edited)]


# Numbers


def test_a_number_is_held_to_its_bounds() -> None:
    edited = editing.at_least(draft(question("1", "decimal")), "1", number("30"))
    edited = editing.at_most(edited, "1", number("200.5"))
    assert item(edited, "1")["extension"] == [
        extended(f"{HL7}minValue", valueDecimal=Decimal(30)),
        extended(f"{HL7}maxValue", valueDecimal=Decimal("200.5")),
    ]
    assert faults(edited, number(29)) == ["minValue"]
    assert faults(edited, number(201)) == ["maxValue"]
    assert faults(edited, number("200.5")) == []
    assert editing.at_least(editing.at_most(edited, "1", None), "1", None) == draft(question("1", "decimal"))


def test_whole_numbers_are_integers_and_so_is_what_is_compared_with_them() -> None:
    edited = editing.at_most(draft(question("1", "decimal"), question("2")), "1", number(40))
    edited = editing.shown_if(edited, "2", ShowIf((Look("1", How.AT_LEAST, number(13)),)))
    edited = editing.placed(edited, "1", 0)
    assert item(edited, "1")["type"] == "integer"
    assert item(edited, "1")["extension"] == [extended(f"{HL7}maxValue", valueInteger=40)]
    assert item(edited, "2")["enableWhen"] == [{"question": "1", "operator": ">=", "answerInteger": 13}]
    assert line(edited, "1").limits == Limits(most=Value("integer", 40), places=0)
    assert faults(edited, Value("integer", 41)) == ["maxValue"]


def test_so_many_places_after_the_point_are_taken() -> None:
    edited = editing.placed(draft(question("1", "integer")), "1", 1)
    assert item(edited, "1")["type"] == "decimal"
    assert item(edited, "1")["extension"] == [extended(f"{HL7}maxDecimalPlaces", valueInteger=1)]
    assert faults(edited, number("72.55")) == ["maxDecimalPlaces"]
    assert "extension" not in item(editing.placed(edited, "1", None), "1")


def test_one_unit_stands_beside_a_plain_number() -> None:
    edited = editing.measured(draft(question("1", "integer")), "1", ["kg"])
    assert item(edited, "1")["type"] == "integer"
    assert item(edited, "1")["extension"] == [extended(f"{HL7}questionnaire-unit", valueCoding=KG)]
    assert editing.measured(edited, "1", []) == draft(question("1", "integer"))


def test_several_units_make_a_quantity_and_all_that_is_compared_with_it() -> None:
    edited = editing.at_most(draft(question("1", "decimal"), question("2")), "1", number(200))
    edited = editing.shown_if(edited, "2", ShowIf((Look("1", How.MORE, number(100)),)))
    edited = editing.measured(edited, "1", ["kg", "lb", " ", "kg"])
    hundred = {"value": Decimal(100), "unit": "kg", "system": UCUM, "code": "kg"}
    assert item(edited, "1")["type"] == "quantity"
    assert item(edited, "1")["extension"] == [
        extended(f"{HL7}questionnaire-unitOption", valueCoding=KG),
        extended(f"{HL7}questionnaire-unitOption", valueCoding=LB),
        extended(f"{SDC}maxQuantity", valueQuantity={**hundred, "value": Decimal(200)}),
    ]
    assert item(edited, "2")["enableWhen"] == [{"question": "1", "operator": ">", "answerQuantity": hundred}]
    assert line(edited, "1").limits.units == ("kg", "lb")
    heavy = Value("Quantity", {"value": Decimal(300), "unit": "lb", "system": UCUM, "code": "[lb_av]"})
    assert "2" in asked(edited, **{"1": heavy})
    assert faults(edited, heavy) == []
    assert faults(edited, heavy._replace(value={**heavy.value, "value": Decimal(450)})) == ["maxValue"]


def test_fewer_units_make_a_number_again() -> None:
    before = editing.at_least(draft(question("1", "decimal"), question("2")), "1", number(2))
    before = editing.shown_if(before, "2", ShowIf((Look("1", How.IS, number(9)),)))
    before = editing.measured(before, "1", ["kg"])
    after = editing.measured(editing.measured(before, "1", ["kg", "lb"]), "1", ["kg"])
    assert read(after).items == read(before).items


def test_whole_numbers_stay_whole_with_and_without_units() -> None:
    edited = editing.measured(draft(question("1", "integer")), "1", ["days", "weeks"])
    assert line(edited, "1").limits.places == 0
    assert item(editing.measured(edited, "1", ["weeks"]), "1")["type"] == "integer"


def test_a_unit_that_came_with_the_form_keeps_its_code() -> None:
    own = {"system": "urn:own", "code": "stone", "display": "st"}
    edited = draft(question("1", "quantity", extension=[extended(f"{HL7}questionnaire-unit", valueCoding=own)]))
    assert line(edited, "1").sort is Sort.NUMBER
    edited = editing.measured(edited, "1", ["st", "sacks"])
    units = [one["valueCoding"] for one in item(edited, "1")["extension"]]
    assert units == [own, {"display": "sacks"}]


def test_a_bound_in_a_unit_that_is_gone_is_in_the_first_that_is_left() -> None:
    edited = editing.measured(editing.at_most(draft(question("1", "decimal")), "1", number(5)), "1", ["kg", "lb"])
    edited = editing.measured(edited, "1", ["g", "mg"])
    most = line(edited, "1").limits.most
    assert most is not None
    assert (most.value["value"], most.value["unit"]) == (5, "g")


# Dates, texts, several answers


def test_a_date_is_held_to_days() -> None:
    edited = editing.at_least(draft(question("1", "date")), "1", Value("date", "2020-01-01"))
    edited = editing.at_most(edited, "1", Value("date", "2026-12-31"))
    assert item(edited, "1")["extension"][0] == extended(f"{HL7}minValue", valueDate="2020-01-01")
    assert faults(edited, Value("date", "2019-12-31")) == ["minValue"]
    assert faults(edited, Value("date", "2027-01-01")) == ["maxValue"]


@pytest.mark.parametrize("kind", ["string", "text"])
def test_a_text_has_at_most_so_many_letters(kind: str) -> None:
    edited = editing.lettered(draft(question("1", kind)), "1", 5)
    assert item(edited, "1")["maxLength"] == 5
    assert faults(edited, Value("string", "longer")) == ["maxLength"]
    assert editing.lettered(edited, "1", None) == draft(question("1", kind))


def test_a_short_text_keeps_its_length_as_a_long_one() -> None:
    edited = editing.resorted(editing.lettered(draft(question("1")), "1", 80), "1", Sort.LONG_TEXT)
    assert line(edited, "1").limits.letters == 80
    assert line(editing.resorted(edited, "1", Sort.DATE), "1").limits == Limits()


def test_several_are_picked_at_least_and_at_most() -> None:
    edited = editing.counted(draft(SEVERAL), "1", 2, 2)
    assert item(edited, "1")["extension"] == [
        extended(f"{HL7}questionnaire-minOccurs", valueInteger=2),
        extended(f"{HL7}questionnaire-maxOccurs", valueInteger=2),
    ]
    assert line(edited, "1").required  # none at all would be too few
    codings = [Value("Coding", option["valueCoding"]) for option in SEVERAL["answerOption"]]
    assert faults(edited, *codings) == ["maxCount"]
    (first,) = read(edited).items
    few = checks.missing(first, 1)
    assert few is not None
    assert few.check == "minCount"


def test_none_of_these_stands_alone() -> None:
    edited = editing.add_none(draft(SEVERAL), "1", "None of these")
    none = line(edited, "1").choices[-1]
    assert (none.words, none.alone) == ("None of these", True)
    assert item(edited, "1")["answerOption"][-1]["extension"] == [
        extended(f"{HL7}questionnaire-optionExclusive", valueBoolean=True)
    ]
    assert faults(edited, none.value, line(edited, "1").choices[0].value) == ["exclusiveAnswerOption"]
    assert not line(editing.stand_alone(edited, "1", 3, alone=False), "1").choices[-1].alone


def test_picking_one_asks_neither_how_many_nor_which_stand_alone() -> None:
    edited = editing.add_none(editing.counted(draft(SEVERAL), "1", 1, 2), "1", "None")
    edited = editing.resorted(edited, "1", Sort.PICK_ONE)
    assert line(edited, "1").limits == Limits()
    assert "extension" not in item(edited, "1")
    assert not any(choice.alone for choice in line(edited, "1").choices)


def test_what_came_with_a_form_is_read_in_plain_words() -> None:
    edited = draft(
        question(
            "1",
            "decimal",
            extension=[
                extended(f"{HL7}minValue", valueInteger=3),
                extended(f"{HL7}maxDecimalPlaces", valueInteger=2),
            ],
            item=[
                question(
                    "u",
                    "display",
                    text="cups",
                    extension=[
                        extended(
                            f"{HL7}questionnaire-itemControl",
                            valueCodeableConcept={"coding": [{"code": "unit"}]},
                        )
                    ],
                )
            ],
        )
    )
    assert line(edited, "1").limits == Limits(least=number(3), places=2, units=("cups",))
    glasses = editing.measured(edited, "1", ["glasses"])
    assert line(glasses, "1").limits.units == ("glasses",)
    assert editing.entry(glasses, "u") is None
    assert "item" not in item(glasses, "1")


CHANGES: list[Callable[[Draft], Draft]] = [
    lambda edited: editing.at_most(edited, "1", number(5)),
    lambda edited: editing.measured(edited, "1", ["kg"]),
    lambda edited: editing.lettered(edited, "2", 5),
    lambda edited: editing.stand_alone(edited, "3", 0, alone=True),
]


@pytest.mark.parametrize("change", CHANGES)
def test_limits_that_changed_ask_otherwise(change: Callable[[Draft], Draft]) -> None:
    before = draft(question("1", "decimal"), question("2"), SEVERAL | {"linkId": "3"})
    assert editing.compare(before, change(before)) == (0, 0, 1)


# What can't be


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            lambda: editing.at_least(editing.at_most(draft(question("1", "decimal")), "1", number(5)), "1", number(9)),
            "“1” is to be 9 or more, and 5 or less: no number is both.",
        ),
        (
            lambda: editing.at_least(
                editing.at_most(draft(question("1", "date")), "1", Value("date", "2020-01-01")),
                "1",
                Value("date", "2021-01-01"),
            ),
            "“1” is not to be before 2021-01-01 nor after 2020-01-01: no day is left.",
        ),
        (
            lambda: editing.counted(draft(SEVERAL), "1", 3, 2),
            "“1” wants at least 3 answers, but takes 2 at most.",
        ),
        (
            lambda: editing.counted(draft(SEVERAL), "1", 4, None),
            "“1” wants at least 4 answers, but offers 3.",
        ),
        (
            lambda: editing.counted(editing.add_none(draft(SEVERAL), "1", "None"), "1", 2, None),
            "“1” wants at least 2 answers, but “None” stands alone: nobody can choose it.",
        ),
        (
            lambda: editing.lettered(
                draft(question("1", extension=[extended(f"{HL7}minLength", valueInteger=9)])), "1", 5
            ),
            "“1” wants 9 letters or more, but takes 5 at most.",
        ),
        (
            lambda: editing.shown_if(
                editing.at_most(draft(question("1", "decimal"), question("2")), "1", number(40)),
                "2",
                ShowIf((Look("1", How.MORE, number(40)),)),
            ),
            "“2” waits for an answer that “1” doesn’t offer.",
        ),
    ],
)
def test_a_contradiction_is_said_before_publishing(made: Callable[[], Draft], sentence: str) -> None:
    assert (Weight.ERROR, sentence) in wrong(made())


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            lambda: editing.placed(editing.at_least(draft(question("1", "decimal")), "1", number("0.5")), "1", 0),
            "“1” takes whole numbers, but is held to 0.5.",
        ),
        (
            lambda: editing.required(editing.counted(draft(SEVERAL), "1", 2, None), "1", needed=False),
            "“1” wants at least 2 answers, so it can’t be left open. Let it be answered always.",
        ),
    ],
)
def test_what_is_hardly_meant_is_worth_a_look(made: Callable[[], Draft], sentence: str) -> None:
    assert (Weight.WARNING, sentence) in wrong(made())


def test_nothing_is_wrong_with_limits_that_fit() -> None:
    edited = editing.counted(editing.add_none(draft(SEVERAL, question("2", "decimal")), "1", "None"), "1", 1, 3)
    edited = editing.placed(editing.at_most(editing.at_least(edited, "2", number(1)), "2", number(1)), "2", 0)
    assert wrong(edited) == []


# Several conditions

TWO = (question("1", "boolean"), question("2", "decimal"), question("3"))
BOTH = (Look("1", How.IS, YES), Look("2", How.MORE, number(5)))


def test_all_conditions_have_to_hold() -> None:
    edited = editing.shown_if(draft(*TWO), "3", ShowIf(BOTH))
    assert item(edited, "3")["enableBehavior"] == "all"
    assert line(edited, "3").show == ShowIf(BOTH)
    assert "3" not in asked(edited, **{"1": YES})
    assert "3" in asked(edited, **{"1": YES, "2": number(6)})


def test_any_condition_is_enough() -> None:
    edited = editing.shown_if(draft(*TWO), "3", ShowIf(BOTH, any=True))
    assert item(edited, "3")["enableBehavior"] == "any"
    assert line(edited, "3").show == ShowIf(BOTH, any=True)
    assert "3" in asked(edited, **{"2": number(6)})
    assert "3" not in asked(edited, **{"1": NO})


def test_is_not_among_others_still_asks_for_an_answer() -> None:
    show = ShowIf((Look("1", How.IS, YES), Look("2", How.IS_NOT, number(5)), Look("2", How.IS_NOT, number(6))))
    edited = editing.shown_if(draft(*TWO), "3", show)
    operators = [one["operator"] for one in item(edited, "3")["enableWhen"]]
    assert operators == ["=", "exists", "!=", "exists", "!="]
    assert line(edited, "3").show == show
    assert "3" not in asked(edited, **{"1": YES})
    assert "3" in asked(edited, **{"1": YES, "2": number(7)})


def test_is_not_is_refused_where_any_one_is_enough() -> None:
    show = ShowIf((Look("1", How.IS, YES), Look("2", How.IS_NOT, number(5))), any=True)
    with pytest.raises(Refused, match="“Is not” can only stand among conditions that all have to hold"):
        editing.shown_if(draft(*TWO), "3", show)
    alone = ShowIf((Look("2", How.IS_NOT, number(5)),), any=True)
    assert item(editing.shown_if(draft(*TWO), "3", alone), "3")["enableBehavior"] == "all"


def test_an_is_not_whose_answer_is_asked_for_elsewhere_is_told() -> None:
    looks = [
        {"question": "1", "operator": "exists", "answerBoolean": True},
        {"question": "2", "operator": "=", "answerDecimal": 1},
        {"question": "1", "operator": "!=", "answerBoolean": True},
    ]
    edited = draft(*TWO[:2], question("3", enableWhen=looks, enableBehavior="all"))
    show = line(edited, "3").show
    assert show is not None
    assert [look.how for look in show.looks] == [How.ANSWERED, How.IS, How.IS_NOT]


def test_several_conditions_without_a_word_on_it_mean_any() -> None:
    looks = [{"question": "1", "operator": "=", "answerBoolean": flag} for flag in (True, False)]
    show = line(draft(TWO[0], question("3", enableWhen=looks)), "3").show
    assert show is not None
    assert show.any


@pytest.mark.parametrize(
    "looks",
    [
        (Look("2", How.MORE, number(5)), Look("2", How.LESS, number(5))),
        (Look("2", How.AT_LEAST, number(9)), Look("2", How.AT_MOST, number(3))),
        (Look("2", How.IS, number(9)), Look("2", How.AT_MOST, number(3))),
        (Look("2", How.IS, number(9)), Look("2", How.IS_NOT, number(9))),
        (Look("1", How.EMPTY), Look("1", How.IS, YES)),
        (Look("1", How.EMPTY), Look("1", How.ANSWERED)),
    ],
)
def test_conditions_that_no_answer_meets_are_found(looks: tuple[Look, ...]) -> None:
    edited = editing.shown_if(draft(*TWO), "3", ShowIf(looks))
    assert (Weight.WARNING, "“3” is never reached.") in wrong(edited)


@pytest.mark.parametrize(
    "looks",
    [
        (Look("2", How.AT_LEAST, number(5)), Look("2", How.AT_MOST, number(5))),
        (Look("2", How.MORE, number(3)), Look("2", How.IS_NOT, number(4))),
        (Look("1", How.ANSWERED), Look("1", How.IS, YES)),
    ],
)
def test_conditions_that_an_answer_meets_are_fine(looks: tuple[Look, ...]) -> None:
    assert wrong(editing.shown_if(draft(*TWO), "3", ShowIf(looks))) == []


def test_all_of_it_is_fhir() -> None:
    edited = editing.shown_if(draft(*TWO, SEVERAL | {"linkId": "4"}, question("5", "date")), "3", ShowIf(BOTH))
    edited = editing.measured(editing.at_most(editing.placed(edited, "2", 1), "2", number(9)), "2", ["kg", "lb"])
    edited = editing.add_none(editing.counted(edited, "4", 1, 2), "4", "None of these")
    edited = editing.lettered(editing.at_least(edited, "5", Value("date", "2020-01-01")), "3", 20)
    source = questionnaire.dump_json(editing.published(edited, 1, TODAY))
    assert Questionnaire.model_validate_json(source).version == "1"
    assert questionnaire.read(source.encode()).report == ()
