"""A total of the answers' scores, worked out by an expression, and what is said of it by words that hang on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import Draft, changed, fresh
from reception.domain.questionnaire.editing.entries import (
    TOTAL_HEAD,
    TOTAL_TAIL,
    calculated,
    choices,
    is_total,
    score_url,
)
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import value_of

TOTAL_WORDS = "Total"
_LEAST, _MOST = ">=", "<="


class Band(NamedTuple):
    """What is said of a total from `least` to `most`, both included; None is no bound."""

    least: Decimal | None
    most: Decimal | None
    words: str


def bands(draft: Draft, link_id: str) -> tuple[Band, ...]:
    """What is said of a total, in the order of the form."""
    item = tree.find(draft.json, link_id)
    return tuple(band for below in tree.items(item or {}) if (band := _band(below, link_id)) is not None)


def banded(draft: Draft, link_id: str, wanted: Sequence[Band]) -> Draft:
    """Says other things of a total; whatever else hangs on it stays."""
    item = tree.find(draft.json, link_id)
    if item is None:
        return draft
    old = [below for below in tree.items(item) if _band(below, link_id) is not None]
    others = [below for below in tree.items(item) if all(below is not one for one in old)]
    more = fresh(draft, "q", max(0, len(wanted) - len(old)))
    keys = [*(one["linkId"] for one in old), *more]
    made = [_said(key, link_id, band) for key, band in zip(keys, wanted, strict=False)]
    json = tree.replaced(draft.json, link_id, lambda one: (tree.holding(one, [*others, *made]),))
    return changed(draft, json, *more)


def scored(json: Json) -> tuple[str, ...]:
    """The questions whose answers have a score."""
    found = (item for item in tree.walk(json) if any(choice.score is not None for choice in choices(item)))
    return tuple(item["linkId"] for item in found)


def summed(draft: Draft) -> Draft:
    """The draft with every total of the editor's adding up the questions that are scored now."""

    def change(item: Json) -> Json:
        wanted = calculation(draft.json)
        if not is_total(item) or calculated(item) == wanted["valueExpression"]["expression"]:
            return item
        return tree.extended(item, names.CALCULATED, {"valueExpression": wanted["valueExpression"]})

    return replace(draft, json=tree.mapped(draft.json, change))


def calculation(json: Json) -> dict[str, Any]:
    """The extension that adds up the scores, in the words of FHIRPath that every program with FHIR's model knows."""
    quoted = "|".join(_quoted(link_id) for link_id in scored(json)) or "{}"
    text = f"{TOTAL_HEAD}{quoted}{TOTAL_TAIL}{score_url(json)}').value.sum()"
    return {"url": names.CALCULATED, "valueExpression": {"language": names.FHIRPATH, "expression": text}}


def _quoted(link_id: str) -> str:
    escaped = link_id.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _band(item: Json, total: str) -> Band | None:
    """What an item says of a total; None where it is something else."""
    looks = item.get("enableWhen") or ()
    known = all(one["question"] == total and one["operator"] in (_LEAST, _MOST, "exists") for one in looks)
    if item["type"] != "display" or not looks or not known:
        return None
    bounds = dict(_bounds(looks))
    return Band(bounds.get(_LEAST), bounds.get(_MOST), str(item.get("text") or ""))


def _bounds(looks: Sequence[Json]) -> Iterator[tuple[str, Decimal]]:
    for one in looks:
        answer = value_of(one, "answer")
        if answer is not None and answer.type in ("decimal", "integer"):
            yield one["operator"], Decimal(answer.value)


def _said(link_id: str, total: str, band: Band) -> Json:
    bounds = [(_LEAST, band.least), (_MOST, band.most)]
    looks: list[dict[str, Any]] = [
        {"question": total, "operator": operator, "answerDecimal": bound}
        for operator, bound in bounds
        if bound is not None
    ]
    looks = looks or [{"question": total, "operator": "exists", "answerBoolean": True}]
    made: dict[str, Any] = {"linkId": link_id, "type": "display", "enableWhen": looks}
    if len(looks) > 1:
        made["enableBehavior"] = "all"
    return tree.put(made, "text", band.words)
