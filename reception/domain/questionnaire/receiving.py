"""The answers to a form as other programs send them: a QuestionnaireResponse, taken with the same care as a form."""

from collections.abc import Mapping
from typing import Any

from reception.domain.errors import Refused
from reception.domain.questionnaire.jsontext import parse_json
from reception.domain.questionnaire.tidying import tidied_answers


def read_response(source: bytes | Mapping[str, Any]) -> dict[str, Any]:
    """An R4 QuestionnaireResponse, R5's being the same here; raises Refused, with a sentence, for anything else."""
    json = parse_json(source) if isinstance(source, bytes) else source
    if not isinstance(json, Mapping) or json.get("resourceType", "QuestionnaireResponse") != "QuestionnaireResponse":
        raise Refused("These aren't answers: the file should hold a FHIR QuestionnaireResponse.")
    if isinstance(json.get("group"), Mapping):
        raise Refused("These answers are written in FHIR DSTU2, which isn't read here. Ask for them in FHIR R4.")
    if isinstance(json.get("questionnaire"), Mapping):
        raise Refused("These answers are written in FHIR STU3, which isn't read here. Ask for them in FHIR R4.")
    return {"resourceType": "QuestionnaireResponse", **tidied_answers(json)}
