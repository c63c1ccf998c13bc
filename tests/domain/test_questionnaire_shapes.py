"""What is written is FHIR as another program checks it; R4B, whose forms are those of R4."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhir.resources.R4B.valueset import ValueSet
from pydantic import ValidationError

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Form, Value
from tests.domain.sheets import (
    HL7,
    OTHER_FORMS,
    SDC,
    coded,
    concept,
    dialect_of,
    extended,
    form,
    needs_others,
    question,
)

RESOURCES = Path(__file__).parents[2] / "resources"
FORMS = sorted((RESOURCES / "forms").glob("*.json"))
LISTS = sorted((RESOURCES / "valuesets").glob("*.json"))
CASES = [path for path in OTHER_FORMS if dialect_of(path) != "STU3"]
MENDED = form(
    {"text": 5, "type": "Choice", "repeats": "true", "extension": {"url": "urn:a", "valueInteger": "3"}},
    question("a", "display", item=[question("a", enableWhen=[{"question": "a", "operator": "exists"}])]),
    question("b", "quantity", initial={"valueQuantity": {"value": "72.5"}}, code=[None]),
    status="asleep",
)
CONVERTED = form(
    question(
        "a", "coding", answerOption=[coded("x", "X")], answerConstraint="optionsOrString", disabledDisplay="hidden"
    ),
    question("b", "string", answerOption=[{"valueString": "x"}], answerConstraint="optionsOnly"),
    copyrightLabel="2026",
    versionAlgorithmString="semver",
)
FULL = form(
    question("g", "group", repeats=True, item=[question("n", "decimal", prefix="1."), question("when", "date")]),
    question(
        "f", "open-choice", answerOption=[coded("x", "X")], extension=[extended(SDC + "openLabel", valueString="Else")]
    ),
    question("m", "choice", repeats=True, answerOption=[coded("x", "X"), coded("y", "Y")]),
    question("q", "quantity", extension=[extended(HL7 + "questionnaire-unit", valueCoding={"code": "kg"})]),
    question("t", "time", enableWhen=[{"question": "f", "operator": "exists", "answerBoolean": True}]),
    question(
        "d", "display", extension=[extended(HL7 + "questionnaire-itemControl", valueCodeableConcept=concept("help"))]
    ),
    url="urn:test:full",
    version="3",
)
ANSWERS = {
    (("g", 0), ("n", 0)): Value("decimal", questionnaire.parse_json("72.50")),
    (("g", 0), ("when", 0)): Value("date", "2026-09"),
    (("f", 0),): Value("string", "something else"),
    (("m", 0),): Value("Coding", {"system": "urn:codes", "code": "y", "display": "Y"}),
    (("q", 0),): Value("Quantity", {"value": 3, "unit": "kg"}),
    (("t", 0),): Value("time", "13:30:00"),
}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_that_ships_is_fhir(path: Path) -> None:
    Questionnaire.model_validate_json(path.read_bytes())
    assert Questionnaire.model_validate_json(questionnaire.write(questionnaire.read(path.read_bytes()).form)).item


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_that_ships_is_fhir(path: Path) -> None:
    assert ValueSet.model_validate_json(path.read_bytes()).compose


@pytest.mark.parametrize("written", [MENDED, CONVERTED, FULL], ids=["mended", "converted", "full"])
def test_a_form_is_written_as_fhir(written: Form) -> None:
    assert Questionnaire.model_validate_json(questionnaire.write(written)).item


@pytest.mark.parametrize("completed", [False, True])
def test_answers_are_written_as_fhir(completed: bool) -> None:
    filling = questionnaire.Filling(FULL, today=date(2026, 11, 24))
    for path, value in ANSWERS.items():
        filling.put(path, (value,))
    response = filling.response(completed=completed, at=datetime(2026, 11, 24, 10, 4, tzinfo=UTC))
    read = QuestionnaireResponse.model_validate_json(questionnaire.dump_json(response))
    assert read.questionnaire == "urn:test:full|3"
    assert len(read.item or ()) == 5


def faults(source: bytes) -> set[str]:
    """What isn't as FHIR R4B has it."""
    try:
        Questionnaire.model_validate_json(source)
    except ValidationError as error:
        return {f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()}
    return set()


@needs_others
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_others_wrote_rightly_is_written_rightly(path: Path) -> None:
    source = path.read_bytes()
    assert faults(questionnaire.write(questionnaire.read(source).form)) <= faults(source)
