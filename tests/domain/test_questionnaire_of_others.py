"""The forms of others open, and are saved as they mean it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reception.domain import questionnaire
from reception.domain.errors import Refused
from tests.domain.sheets import OTHER_FORMS, dialect_of, needs_others, parts

# What mending adds or takes away; everything else has to be there again.
MENDED = {"id", "linkId", "status", "enableBehavior", "answerConstraint", "disabledDisplay", "extension", "type"}

pytestmark = needs_others


def kept(json: Any) -> Any:
    """A form without what is empty and what mending or converting may change."""
    if isinstance(json, dict):
        members = {_name(name, held): kept(held) for name, held in json.items() if name not in MENDED}
        if "operator" in members and "question" not in members:
            return {}
        return {name: held for name, held in members.items() if held not in (None, "", [], {})}
    if isinstance(json, list):
        return [held for held in map(kept, json) if held != {}]
    if isinstance(json, int | Decimal) and not isinstance(json, bool):
        return Decimal(json)
    return {"true": True}.get(json, json) if isinstance(json, str) else json


def _name(name: str, held: Any) -> str:
    """What a member is called once STU3's options and answers of another kind than their name are mended."""
    if name == "option":
        return "answerOption"
    return "answer" if name.startswith("answer") and isinstance(held, str | int | Decimal) else name


@pytest.mark.parametrize("path", OTHER_FORMS, ids=lambda path: path.stem)
def test_a_form_of_others_opens_and_is_saved_as_it_means_it(path: Path) -> None:
    source = path.read_bytes()
    if dialect_of(path) == "STU3":
        with pytest.raises(Refused, match="STU3"):
            questionnaire.read(source)
        return
    read = questionnaire.read(source)
    saved = questionnaire.write(read.form)
    assert parts(questionnaire.read(saved).form) == parts(read.form)
    assert kept(questionnaire.parse_json(saved)) == kept(questionnaire.parse_json(source))
    assert len({item.link_id for item in read.form.walk()}) == len(list(read.form.walk()))
