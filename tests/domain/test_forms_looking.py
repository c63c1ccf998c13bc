"""A file is looked at before it is published: what it says, and which form it would become the next version of."""

import json

import pytest

from reception.domain import forms
from reception.domain.errors import Refused
from reception.store import Store
from tests.domain.registers import found

SKIN = json.dumps(
    {
        "resourceType": "Questionnaire",
        "url": "https://example.org/skin",
        "title": "Skin check",
        "status": "active",
        "item": [{"linkId": "1", "type": "boolean", "text": "Are you pregnant?"}],
    }
).encode()


def test_looking_publishes_nothing_and_knows_the_form_of_the_same_url(store: Store) -> None:  # R31
    owner = found(store)
    first = store.read(forms.look, SKIN)
    assert (first.read.form.title, first.held) == ("Skin check", None)
    assert store.read(forms.forms) == ()

    store.write(forms.publish, SKIN, actor=owner)
    held = store.read(forms.look, SKIN.replace(b"Skin check", b"Skin check, longer")).held
    assert held is not None
    assert (held.title, held.number) == ("Skin check", 1)

    store.write(forms.retire, held.id, actor=owner)
    retired = store.read(forms.look, SKIN).held
    assert retired is not None
    assert retired.retired


def test_what_is_no_form_is_refused_when_it_is_looked_at(sqlite_store: Store) -> None:
    with pytest.raises(Refused):
        sqlite_store.read(forms.look, b"no form")
