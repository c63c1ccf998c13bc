"""A file looked at before it is published as a form: what it says, and which form it would be the next version of."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from reception.domain import questionnaire
from reception.domain.forms.reading import forms
from reception.domain.forms.values import FormRow
from reception.domain.questionnaire.values import Read


class Looked(NamedTuple):
    """A form as it was read from a file, and the one that the clinic has under the same URL already."""

    read: Read
    held: FormRow | None


def look(session: Session, source: bytes) -> Looked:
    """Reads a file and publishes nothing; raises Refused, as publishing does, for what is no form."""
    read = questionnaire.read(source)
    held = (form for form in forms(session, retired=True) if form.url == read.form.url)
    return Looked(read, next(held, None))
