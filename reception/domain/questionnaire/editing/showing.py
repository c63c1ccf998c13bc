"""When a question is asked, and what is said to whoever gives a certain answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.conditions import equal
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.changing import remove, reworded
from reception.domain.questionnaire.editing.draft import Draft, changed, fresh
from reception.domain.questionnaire.editing.entries import is_aside
from reception.domain.questionnaire.editing.looking import How, Look, ShowIf, conditions, show_if
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.values import Value

_CATEGORY = {
    "url": names.CATEGORY,
    "valueCodeableConcept": {
        "coding": [{"system": "http://hl7.org/fhir/questionnaire-display-category", "code": "security"}]
    },
}


def shown_if(draft: Draft, link_id: str, show: ShowIf | None) -> Draft:
    """Says when an entry is asked; None where always. Whatever else said so goes."""

    def change(item: Json) -> tuple[Json, ...]:
        plain = tree.extended(tree.put(tree.put(item, "enableWhen", None), "enableBehavior", None), names.ENABLED, None)
        return ({**plain, **conditions(show)} if show is not None else plain,)

    return replace(draft, json=tree.replaced(draft.json, link_id, change))


def notice(draft: Draft, link_id: str, answer: Value) -> str:
    """What is said to whoever answers so; "" where nothing is."""
    found = _notice(draft, link_id, answer)
    return str(found.get("text") or "") if found is not None else ""


def has_notice(draft: Draft, link_id: str, answer: Value) -> bool:
    """Whether something is said, even without words yet."""
    return _notice(draft, link_id, answer) is not None


def noticed(draft: Draft, link_id: str, answer: Value, words: str | None) -> Draft:
    """Says this to whoever answers so, right below the question; None where nothing is said."""
    found = _notice(draft, link_id, answer)
    if found is not None:
        return remove(draft, found["linkId"]) if words is None else reworded(draft, found["linkId"], words)
    if words is None:
        return draft
    (name,) = fresh(draft, "q")
    made: dict[str, Any] = {"extension": [_CATEGORY], "linkId": name, **conditions(_if_chosen(link_id, answer))}
    said = tree.put({**made, "type": "display"}, "text", words)

    def change(item: Json) -> tuple[Json, ...]:
        below = tree.items(item)
        asides = [one for one in below if is_aside(one)]
        return (tree.holding(item, [*asides, said, *(one for one in below if not is_aside(one))]),)

    return changed(draft, tree.replaced(draft.json, link_id, change), name)


def _notice(draft: Draft, link_id: str, answer: Value) -> Json | None:
    return next(_notices(draft, link_id, answer), None)


def _notices(draft: Draft, link_id: str, answer: Value) -> Iterator[Json]:
    for item in tree.walk(draft.json):
        show = show_if(item) if item["type"] == "display" and not is_aside(item) else None
        look = show.looks[0] if show is not None and len(show.looks) == 1 else None
        hangs = look is not None and (look.question, look.how) == (link_id, How.IS)
        if hangs and look is not None and look.answer is not None and equal(look.answer, answer):
            yield item


def _if_chosen(link_id: str, answer: Value) -> ShowIf:
    return ShowIf((Look(link_id, How.IS, answer),))
