"""Forms for tests, as short as JSON lets them be, and where the forms of others lie if they are here."""

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.questionnaire.values import Form, Item, Read

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
OTHERS = Path(__file__).parents[3] / "shared" / "forms"
OTHER_FORMS = sorted([*OTHERS.glob("corpus/*.json"), *OTHERS.glob("features/*.json")]) if OTHERS.is_dir() else []
needs_others = pytest.mark.skipif(not OTHERS.is_dir(), reason="the forms of others (../shared/forms) aren't here")


def question(link_id: str = "q", kind: str = "string", **more: Any) -> dict[str, Any]:
    """One item; its words are its linkId unless told otherwise."""
    return {"linkId": link_id, "text": link_id, "type": kind, **more}


def paper(*items: dict[str, Any], **head: Any) -> dict[str, Any]:
    """A whole Questionnaire around them."""
    return {"resourceType": "Questionnaire", "status": "active", **head, "item": list(items)}


def loaded(*items: dict[str, Any], **head: Any) -> Read:
    """What reading that gives."""
    return questionnaire.read(json.dumps(paper(*items, **head)).encode())


def form(*items: dict[str, Any], **head: Any) -> Form:
    """The form alone."""
    return loaded(*items, **head).form


def parts(form: Form) -> tuple[Any, ...]:
    """Everything that a form is, to compare two of them."""
    return tuple(getattr(form, field.name) for field in fields(form))


def asked(**more: Any) -> Item:
    """The only question of a form."""
    return form(question(**more)).items[0]


def extended(url: str, **value: Any) -> dict[str, Any]:
    """One extension."""
    return {"url": url, **value}


def coded(code: str, display: str = "", **more: Any) -> dict[str, Any]:
    """An option with a coding."""
    coding = {"system": "urn:codes", "code": code, **({"display": display} if display else {})}
    return {"valueCoding": coding, **more}


def concept(code: str) -> dict[str, Any]:
    """A concept with one code, as itemControl has it."""
    return {"coding": [{"system": "urn:codes", "code": code}]}


def dialect_of(path: Path) -> str:
    """The FHIR that a form of others is written in, by their own list."""
    return _dialects()[path.name]


@cache
def _dialects() -> dict[str, str]:
    lines = (OTHERS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    return {Path(name).name: dialect for name, *_, dialect in (line.split("\t")[:7] for line in lines)}
