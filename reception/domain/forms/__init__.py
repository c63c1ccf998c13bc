"""Intake forms: what is asked, in numbered versions that never change, and what clients answered."""

from reception.domain.forms.looking import Looked, look
from reception.domain.forms.publishing import publish, restore, retire
from reception.domain.forms.reading import (
    as_form,
    forms,
    newest,
    response,
    responses,
    source,
    version,
    versions,
)
from reception.domain.forms.values import Answering, FormRow, Response, ResponseRow, Signature, Version
from reception.domain.tables.words import AnsweredBy

__all__ = [
    "AnsweredBy",
    "Answering",
    "FormRow",
    "Looked",
    "Response",
    "ResponseRow",
    "Signature",
    "Version",
    "as_form",
    "forms",
    "look",
    "newest",
    "publish",
    "response",
    "responses",
    "restore",
    "retire",
    "source",
    "version",
    "versions",
]
