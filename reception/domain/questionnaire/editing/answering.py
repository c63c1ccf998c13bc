"""The answers that a question offers: put in, worded, scored, ordered, taken out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.conditions import equal
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.changing import answers_of
from reception.domain.questionnaire.editing.draft import Draft, changed, fresh
from reception.domain.questionnaire.editing.entries import score_url
from reception.domain.questionnaire.editing.totals import summed
from reception.domain.questionnaire.editing.tree import Json
from reception.domain.questionnaire.elements import json_of, value_of
from reception.domain.questionnaire.values import Value
from reception.domain.questionnaire.valuesets import SCORES

NEW_WORDS = "Answer"
"""What a new answer says, with its number, where an answer has no name but its words."""


def add_answer(draft: Draft, link_id: str) -> Draft:
    """Offers one answer more, without words yet; it belongs to the same list as the others."""
    options = _options(draft, link_id)
    (code,) = fresh(draft, "a")
    made: Json = {"valueCoding": {"system": answers_of(draft), "code": code}}
    if options and "valueString" in options[-1]:
        made = {"valueString": f"{NEW_WORDS} {len(options) + 1}"}
    elif options and isinstance(options[-1].get("valueCoding"), Mapping):
        made = {"valueCoding": tree.put({"code": code}, "system", options[-1]["valueCoding"].get("system"))}
    return changed(draft, _with(draft, link_id, [*options, made]).json, code)


def add_none(draft: Draft, link_id: str, words: str) -> Draft:
    """Offers one answer more, which says that none of the others applies: it stands alone."""
    n = len(_options(draft, link_id))
    return stand_alone(word_answer(add_answer(draft, link_id), link_id, n, words), link_id, n, alone=True)


def stand_alone(draft: Draft, link_id: str, n: int, *, alone: bool) -> Draft:
    """Says whether choosing an answer takes all others away."""
    options = _options(draft, link_id)
    option = tree.extended(options[n], names.EXCLUSIVE, {"valueBoolean": True} if alone else None)
    return _with(draft, link_id, [*options[:n], option, *options[n + 1 :]])


def word_answer(draft: Draft, link_id: str, n: int, words: str) -> Draft:
    """Says an answer in other words. It stays the same answer, also where other questions look at it."""
    options = _options(draft, link_id)
    old = value_of(options[n])
    if old is None or old.type not in ("Coding", "string"):
        return draft
    new = Value("string", words) if old.type == "string" else Value("Coding", tree.put(old.value, "display", words))
    worded = _with(draft, link_id, [*options[:n], {**options[n], **json_of(new)}, *options[n + 1 :]])
    return replace(worded, json=tree.mapped(worded.json, lambda item: _looking_at(item, link_id, old, new)))


def score_answer(draft: Draft, link_id: str, n: int, score: Decimal | None) -> Draft:
    """Says what an answer counts in a total; None where it counts nothing."""
    options = _options(draft, link_id)
    option = _unscored(options[n])
    if score is not None:
        option = tree.extended(option, score_url(draft.json), {"valueDecimal": score})
    return summed(_with(draft, link_id, [*options[:n], option, *options[n + 1 :]]))


def move_answer(draft: Draft, link_id: str, n: int, place: int) -> Draft:
    """Puts an answer into another place of the list."""
    options = _options(draft, link_id)
    option = options.pop(n)
    options.insert(place, option)
    return _with(draft, link_id, options)


def remove_answer(draft: Draft, link_id: str, n: int) -> Draft:
    """Offers an answer no more; its name stays taken."""
    options = _options(draft, link_id)
    return summed(_with(draft, link_id, [*options[:n], *options[n + 1 :]]))


def _options(draft: Draft, link_id: str) -> list[Json]:
    item = tree.find(draft.json, link_id)
    return list(item.get("answerOption") or ()) if item is not None else []


def _with(draft: Draft, link_id: str, options: Sequence[Json]) -> Draft:
    change: Callable[[Json], Sequence[Json]] = lambda item: (tree.put(item, "answerOption", list(options)),)  # noqa: E731
    return replace(draft, json=tree.replaced(draft.json, link_id, change))


def _unscored(option: Json) -> Json:
    made = option
    for url in SCORES:
        made = tree.extended(made, url, None)
        coding = made.get("valueCoding")
        if isinstance(coding, Mapping):
            made = {**made, "valueCoding": tree.extended(coding, url, None)}
    return made


def _looking_at(item: Json, link_id: str, old: Value, new: Value) -> Json:
    """An item that looks at an answer, or starts with it, does so in its new words."""
    made: dict[str, Any] = dict(item)
    looks = item.get("enableWhen") or ()
    if any(_is(one, "answer", old) for one in looks if one["question"] == link_id):
        made["enableWhen"] = [
            {**one, **json_of(new, "answer")} if one["question"] == link_id and _is(one, "answer", old) else one
            for one in looks
        ]
    starts = item.get("initial") or ()
    if item["linkId"] == link_id and any(_is(one, "value", old) for one in starts):
        made["initial"] = [{**one, **json_of(new)} if _is(one, "value", old) else one for one in starts]
    return made if made != item else item


def _is(element: Json, stem: str, wanted: Value) -> bool:
    held = value_of(element, stem)
    return held is not None and equal(held, wanted)
