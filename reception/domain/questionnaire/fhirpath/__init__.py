"""Expressions in FHIRPath: what a form works out by itself from the answers.

The grammar and the types of FHIR R4 are fhirpathpy's, loaded where a form has an expression. What an expression gives
is worked out here: fhirpathpy's own engine loses types and places on the way, and then reckons with the wrong things.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire.fhirpath.amounts import Amount
from reception.domain.questionnaire.fhirpath.grammar import NotComputed, literals, parsed, parses, variables
from reception.domain.questionnaire.fhirpath.naming import named
from reception.domain.questionnaire.fhirpath.nodes import Node
from reception.domain.questionnaire.fhirpath.parts import PARTS
from reception.domain.questionnaire.fhirpath.stamps import Stamp
from reception.domain.questionnaire.fhirpath.sums import told
from reception.domain.questionnaire.fhirpath.walk import Walk

__all__ = ["PATIENCE", "NotComputed", "element", "evaluate", "literals", "named", "parses", "plain", "variables"]

PATIENCE = 2.0
"""Seconds after which an expression is given up."""

_TEXTS = frozenset({"date", "dateTime", "time", "uri", "url"})
_OBJECTS = frozenset({"Coding", "Quantity", "Attachment", "Reference"})


def evaluate(text: str, base: Any, given: Mapping[str, Any], today: date | None = None) -> list[Any]:
    """Work out an expression on an element of a response; raises NotComputed where that can't be done.

    What comes out may go into another evaluation; `plain` makes it into JSON.
    """
    tree = parsed(text)
    try:
        return Walk(PARTS, given, today=today, until=time.monotonic() + PATIENCE).found(tree, base)
    except NotComputed:
        raise
    except Exception as trouble:
        # Whatever an expression of anybody's runs into, the others of its form are worked out all the same.
        raise NotComputed(text) from trouble


def element(json: Mapping[str, Any], path: str) -> Any:
    """An element as a place to start from: its type is known by its path, as in QuestionnaireResponse.item."""
    return Node(json, path)


def plain(found: Sequence[Any]) -> tuple[tuple[str, Any], ...]:
    """What an expression gave, each with its FHIR type where that is known ("" for an object of some other type)."""
    return tuple(_plain(one) for one in found if not (isinstance(one, Node) and one.data is None))


def _plain(found: Any) -> tuple[str, Any]:
    kind = ""
    if isinstance(found, Node):
        kind, found = found.type, found.data
    match found:
        case Amount():
            json = found.json
            return "Quantity", {**json, "value": told(json["value"])}
        case Stamp():
            return found.kind[0].lower() + found.kind[1:], str(found)
        case bool():
            return "boolean", found
        case int():
            return "integer", found
        case float() | Decimal():
            return "decimal", told(Decimal(str(found)))
        case str():
            return kind if kind in _TEXTS else "string", found
        case _:
            return kind if kind in _OBJECTS else _shape(found), found


def _shape(found: Any) -> str:
    if not isinstance(found, Mapping):
        return ""
    if "value" in found:
        return "Quantity"
    return "Coding" if "code" in found or "display" in found else ""
