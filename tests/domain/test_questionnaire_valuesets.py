"""Lists of answers: a form's own, those that come with the program, and those that come in one file with a form."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.errors import Refused
from reception.domain.questionnaire.values import Item
from tests.domain.sheets import HL7, extended, form, loaded, paper, parts, question

SHIPPED = sorted((Path(__file__).parents[2] / "resources" / "valuesets").glob("*.json"))
GENDER = "http://hl7.org/fhir/ValueSet/administrative-gender"
CODES = [{"code": "a", "display": "Apple"}, {"code": "b", "display": "Pear"}, {"code": "c"}]


def listed(name: str, *includes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A ValueSet that takes these in."""
    return {
        "resourceType": "ValueSet",
        "id": name,
        "url": f"urn:list:{name}",
        "status": "active",
        "compose": {"include": list(includes)},
        **more,
    }


def picked(reference: str, *contained: dict[str, Any]) -> Item:
    """A question that asks from a list, in a form that carries some."""
    return form(question("a", "choice", answerValueSet=reference), contained=list(contained)).items[0]


def words(item: Item) -> list[str]:
    return [option.words for option in item.options]


FRUIT = listed("fruit", {"system": "urn:fruit", "concept": CODES})


@pytest.mark.parametrize("reference", ["#fruit", "urn:list:fruit", "urn:list:fruit|2", "ValueSet/fruit"])
def test_a_contained_list_is_found_by_every_name_it_has(reference: str) -> None:
    item = picked(reference, FRUIT)
    assert words(item) == ["Apple", "Pear", "c"]
    assert item.options[0].value.value == {"system": "urn:fruit", "code": "a", "display": "Apple"}
    assert not item.unlisted


def test_an_expansion_counts_before_what_it_was_made_of() -> None:
    expansion = {
        "contains": [
            {"code": "top", "abstract": True, "contains": [{"system": "urn:fruit", "code": "a", "display": "Apple"}]},
            {"code": "old", "inactive": True},
        ]
    }
    assert words(picked("#x", listed("x", {"system": "urn:other"}, expansion=expansion))) == ["Apple"]


def test_a_whole_code_system_can_be_taken_in() -> None:
    system = {
        "resourceType": "CodeSystem",
        "id": "s",
        "url": "urn:fruit",
        "concept": [{**CODES[0], "concept": CODES[1:]}],
    }
    assert words(picked("#x", listed("x", {"system": "urn:fruit"}), system)) == ["Apple", "Pear", "c"]


def test_a_list_takes_words_and_scores_from_its_code_system() -> None:
    scored = [extended(HL7 + "codesystem-ordinalValue", valueDecimal=2)]
    system = {"resourceType": "CodeSystem", "url": "urn:fruit", "concept": [{**CODES[0], "extension": scored}]}
    option = picked("#x", listed("x", {"system": "urn:fruit", "concept": [{"code": "a"}]}), system).options[0]
    assert (option.words, option.score) == ("Apple", Decimal(2))


def test_lists_take_lists_in_and_leave_codes_out() -> None:
    both = listed("x", {"valueSet": ["#fruit"]}, {"valueSet": [GENDER]})
    both["compose"]["exclude"] = [{"system": "urn:fruit", "concept": [{"code": "b"}]}]
    assert words(picked("#x", both, FRUIT)) == ["Apple", "c", "Male", "Female", "Other", "Unknown"]


def test_a_list_of_two_lists_holds_what_both_hold() -> None:
    some = listed("some", {"system": "urn:fruit", "concept": [{"code": "b", "display": "Pear"}, {"code": "z"}]})
    assert words(picked("#x", listed("x", {"valueSet": ["#fruit", "#some"]}), FRUIT, some)) == ["Pear"]


@pytest.mark.parametrize(
    "include",
    [
        {"system": "urn:fruit", "filter": [{"property": "concept", "op": "is-a", "value": "a"}]},
        {"system": "http://snomed.info/sct"},
        {"valueSet": ["urn:elsewhere"]},
        {"version": "1"},
    ],
    ids=str,
)
def test_a_list_that_isnt_here_whole_isnt_offered_in_part(include: dict[str, Any]) -> None:
    contained = [listed("x", {"system": "urn:fruit", "concept": CODES}, include)]
    read = loaded(question("a", "choice", answerValueSet="#x"), contained=contained)
    assert read.form.items[0].unlisted
    assert [(repair.level, repair.link_id) for repair in read.report] == [("limited", "a")]


def test_lists_that_take_each_other_in_end() -> None:
    one = listed("one", {"valueSet": ["#two"]}, {"system": "urn:fruit", "concept": CODES[:1]})
    two = listed("two", {"valueSet": ["#one"]}, {"system": "urn:fruit", "concept": CODES[1:2]})
    assert words(picked("#one", one, two)) == ["Pear", "Apple"]


def test_an_endless_chain_of_lists_isnt_followed() -> None:
    chain = [listed(f"l{n}", {"valueSet": [f"#l{n + 1}"]}) for n in range(2_000)]
    assert picked("#l0", *chain).unlisted


def test_lists_that_double_at_every_step_are_read_once_each() -> None:
    chain = [listed(f"l{n}", {"valueSet": [f"#l{n + 1}"]}, {"valueSet": [f"#l{n + 1}"]}) for n in range(30)]
    assert words(picked("#l0", *chain, listed("l30", {"system": "urn:fruit", "concept": CODES}))) == [
        "Apple",
        "Pear",
        "c",
    ]


def test_a_list_that_nobody_could_read_through_is_refused() -> None:
    many = [{"code": str(number)} for number in range(10_001)]
    with pytest.raises(Refused, match="more than 10000 answers"):
        picked("#x", listed("x", {"system": "urn:numbers", "concept": many}))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_list_that_comes_with_the_program_is_whole(path: Path) -> None:
    url = json.loads(path.read_text(encoding="utf-8"))["url"]
    options = questionnaire.list_of(url)
    assert options is not None
    assert len(options) >= 2
    assert questionnaire.list_of(f"{url}|4.0.1") == options
    assert all(option.value.value["system"].startswith("http") for option in options)
    assert len({option.words for option in options}) == len(options)


def test_other_lists_dont_come_with_it() -> None:
    assert questionnaire.list_of("http://loinc.org/vs/LL358-3") is None


def test_a_form_and_its_lists_come_in_one_file() -> None:
    asks = paper(
        question("a", "choice", answerValueSet="urn:list:fruit|1"), question("b", "choice", answerValueSet=GENDER)
    )
    source = questionnaire.packed(json.dumps(asks).encode(), [json.dumps(FRUIT).encode()])
    read = questionnaire.read(source)
    assert words(read.form.items[0]) == ["Apple", "Pear", "c"]
    assert read.form.json["item"][0]["answerValueSet"] == "#fruit"
    assert read.form.json["contained"] == [FRUIT]
    assert parts(questionnaire.read(questionnaire.write(read.form)).form) == parts(read.form)


def test_lists_that_share_an_id_are_kept_apart() -> None:
    other = {
        **FRUIT,
        "url": "urn:list:other",
        "compose": {"include": [{"system": "urn:o", "concept": [{"code": "o"}]}]},
    }
    asks = paper(
        question("a", "choice", answerValueSet="urn:list:fruit"), question("b", "choice", answerValueSet=other["url"])
    )
    read = questionnaire.read(
        questionnaire.packed(json.dumps(asks).encode(), [json.dumps(FRUIT).encode(), json.dumps(other).encode()])
    )
    assert [words(item) for item in read.form.items] == [["Apple", "Pear", "c"], ["o"]]
    assert len({resource["id"] for resource in read.form.json["contained"]}) == 2


def test_lists_are_given_one_after_another() -> None:
    other = {**FRUIT, "id": "nut", "url": "urn:list:nut"}
    asks = paper(
        question("a", "choice", answerValueSet="urn:list:fruit"), question("b", "choice", answerValueSet=other["url"])
    )
    once = questionnaire.packed(json.dumps(asks).encode(), [json.dumps(FRUIT).encode()])
    read = questionnaire.read(questionnaire.packed(once, [json.dumps(other).encode()]))
    assert [words(item) for item in read.form.items] == [["Apple", "Pear", "c"]] * 2


def test_only_lists_come_with_a_form() -> None:
    with pytest.raises(Refused, match="isn't a list of answers"):
        questionnaire.packed(json.dumps(paper(question())).encode(), [json.dumps(paper(question())).encode()])
