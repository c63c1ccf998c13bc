"""Forms as FHIR Questionnaires: read, asked, checked and reckoned, without a window or a database."""

from reception.domain.questionnaire.answers import answered, enabled, patient
from reception.domain.questionnaire.conditions import compare, equal, judge
from reception.domain.questionnaire.elements import json_of, value_of, words_of
from reception.domain.questionnaire.filling import Filling
from reception.domain.questionnaire.jsontext import MOST_BYTES, dump_json, parse_json
from reception.domain.questionnaire.loading import read, read_json, write
from reception.domain.questionnaire.paging import Page, Row
from reception.domain.questionnaire.parcels import packed
from reception.domain.questionnaire.receiving import read_response
from reception.domain.questionnaire.reckoning import evaluate
from reception.domain.questionnaire.sheet import Path
from reception.domain.questionnaire.validating import validate
from reception.domain.questionnaire.valuesets import list_of

__all__ = [
    "MOST_BYTES",
    "Filling",
    "Page",
    "Path",
    "Row",
    "answered",
    "compare",
    "dump_json",
    "enabled",
    "equal",
    "evaluate",
    "json_of",
    "judge",
    "list_of",
    "packed",
    "parse_json",
    "patient",
    "read",
    "read_json",
    "read_response",
    "validate",
    "value_of",
    "words_of",
    "write",
]
