"""What can be done to a form's entries: put in, copied, moved, taken out, worded, made another kind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reception.domain.questionnaire import vocabulary as names
from reception.domain.questionnaire.editing import tree
from reception.domain.questionnaire.editing.draft import Draft, changed, fresh
from reception.domain.questionnaire.editing.entries import (
    SIGNATURE,
    Entry,
    Sort,
    entries,
    is_aside,
    is_help,
    sort_of,
)
from reception.domain.questionnaire.editing.limiting import uncounted
from reception.domain.questionnaire.editing.totals import TOTAL_WORDS, calculation, summed
from reception.domain.questionnaire.editing.tree import Json

_TYPES = {
    Sort.YES_NO: "boolean",
    Sort.PICK_ONE: "choice",
    Sort.PICK_SEVERAL: "choice",
    Sort.SHORT_TEXT: "string",
    Sort.LONG_TEXT: "text",
    Sort.NUMBER: "decimal",
    Sort.DATE: "date",
    Sort.WORDS: "display",
    Sort.SECTION: "group",
    Sort.TOTAL: "decimal",
}
# What a question keeps when it becomes one of another kind; the rest belonged to its answers.
_KEPT = frozenset({
    "linkId", "prefix", "_prefix", "text", "_text", "type", "definition", "code", "enableWhen", "enableBehavior",
    "required", "item", "extension",
})  # fmt: skip
_KEPT_SAID = frozenset({names.ENABLED, names.SHORT_TEXT, names.HIDDEN, names.SUPPORT_LINK, names.VARIABLE})
_CONTROL_SYSTEM = "http://hl7.org/fhir/questionnaire-item-control"
_SIGNATURE_SYSTEM = "urn:iso-astm:E1762-95:2013"


def add(draft: Draft, sort: Sort, after: str = "") -> tuple[Draft, str]:
    """Puts a new entry behind another one, into the section that is named, or at the end; gives its name.

    A section stands at the top of the form, the signature at its end.
    """
    if sort is Sort.SIGNATURE:
        return signed(draft, asked=True), SIGNATURE
    count = 2 if sort.picks else 0
    (link_id,), codes = fresh(draft, "q"), fresh(draft, "a", count + 1)[1:]
    made: dict[str, Any] = {"linkId": link_id, "type": _TYPES[sort]}
    if sort is Sort.PICK_SEVERAL:
        made["repeats"] = True
    if sort.picks:
        made["answerOption"] = [{"valueCoding": {"system": answers_of(draft), "code": code}} for code in codes]
    if sort is Sort.TOTAL:
        made |= {"text": TOTAL_WORDS, "readOnly": True, "extension": [calculation(draft.json)]}
    json = _put_behind(draft.json, made, after, top=sort is Sort.SECTION)
    return summed(changed(draft, json, link_id, *codes)), link_id


def answers_of(draft: Draft) -> str:
    """The list that the editor's own answers of this form belong to."""
    return f"{draft.url}#answers"


def duplicate(draft: Draft, link_id: str) -> tuple[Draft, str]:
    """Puts a copy of an entry, with all below it, right behind it; gives the copy's name."""
    source = tree.find(draft.json, link_id)
    if source is None:
        return draft, link_id
    old = [link_id, *(item["linkId"] for item in tree.walk(source))]
    new = dict(zip(old, fresh(draft, "q", len(old)), strict=True))
    (copy,) = tree.items(tree.mapped({"item": [source]}, lambda item: _renamed(item, new)))
    json = tree.replaced(draft.json, link_id, lambda item: (item, copy))
    return summed(changed(draft, json, *new.values())), new[link_id]


def remove(draft: Draft, link_id: str) -> Draft:
    """Takes an entry out with all below it; its name stays taken."""
    if link_id == SIGNATURE:
        return signed(draft, asked=False)
    return summed(changed(draft, tree.replaced(draft.json, link_id, lambda _: ())))


def step(draft: Draft, link_id: str, by: int) -> Draft:
    """Moves an entry one place up (-1) or down (1); at the edge of a section it goes over into the next one or out."""
    above = tree.parent(draft.json, link_id)
    if above is None:
        return draft
    fellows = [item["linkId"] for item in tree.items(above) if not is_aside(item)]
    place = fellows.index(link_id) + by
    if not 0 <= place < len(fellows):
        return _stepped_out(draft, link_id, above, by)
    other = tree.find(draft.json, fellows[place])
    item = tree.find(draft.json, link_id)
    assert other is not None
    assert item is not None
    if other["type"] == "group" and item["type"] != "group":
        return _moved(draft, link_id, lambda json, moved: _into(json, fellows[place], moved, last=by < 0))
    return _moved(draft, link_id, lambda json, moved: _beside(json, fellows[place], moved, before=by < 0))


def drop(draft: Draft, link_id: str, gap: int) -> Draft:
    """Moves an entry into a gap between the lines of the list: 0 is above the first of them.

    A section goes between sections. Anything else goes before the line below the gap, and where that is a section, or
    nothing, to the end of the section above.
    """
    lines = [one for one in entries(draft) if one.sort is not Sort.SIGNATURE]
    moved = next((one for one in lines if one.link_id == link_id), None)
    if moved is None:
        return draft
    within = {link_id, *(item["linkId"] for item in tree.walk(tree.find(draft.json, link_id) or {}))}
    above = next((one for one in reversed(lines[:gap]) if one.link_id not in within), None)
    below = next((one for one in lines[gap:] if one.link_id not in within), None)
    if moved.sort is Sort.SECTION and moved.depth == 0:
        return _dropped_section(draft, moved, lines, above)
    if below is not None and (below.sort is not Sort.SECTION or above is None):
        return _moved(draft, link_id, lambda json, item: _beside(json, below.link_id, item, before=True))
    root = _root(lines, above) if above is not None else None
    if root is not None and root.sort is Sort.SECTION:
        return _moved(draft, link_id, lambda json, item: _into(json, root.link_id, item, last=True))
    return _moved(draft, link_id, lambda json, item: _put_behind(json, item, root.link_id if root else "", top=True))


def reworded(draft: Draft, link_id: str, words: str) -> Draft:
    """Says an entry in other words."""
    return _edited(draft, link_id, lambda item: tree.put(tree.put(item, "_text", None), "text", words))


def helped(draft: Draft, link_id: str, words: str) -> Draft:
    """Says something that helps to answer; without words there is none."""
    item = tree.find(draft.json, link_id)
    beside = next((below for below in tree.items(item or {}) if is_help(below)), None)
    if beside is not None:
        return reworded(draft, beside["linkId"], words) if words else remove(draft, beside["linkId"])
    if item is None or not words:
        return draft
    (name,) = fresh(draft, "q")
    made = {"linkId": name, "type": "display", "text": words, "extension": [_control("help")]}
    json = tree.replaced(draft.json, link_id, lambda one: (tree.holding(one, [made, *tree.items(one)]),))
    return changed(draft, json, name)


def required(draft: Draft, link_id: str, *, needed: bool) -> Draft:
    """Says whether it must be answered."""
    return _edited(draft, link_id, lambda item: tree.put(item, "required", needed))


def resorted(draft: Draft, link_id: str, sort: Sort) -> Draft:
    """Makes an entry one of another kind: its words, its help and when it is asked stay; answers go with a list."""
    item = tree.find(draft.json, link_id)
    if item is None or sort_of(item) is sort:
        return draft
    if sort.picks and sort_of(item).picks:
        several = sort is Sort.PICK_SEVERAL
        return _edited(draft, link_id, lambda one: tree.put(_picked(one, several=several), "repeats", several))
    said = [one for one in item.get("extension") or () if one.get("url") in _KEPT_SAID]
    texts = {sort, sort_of(item)} == {Sort.SHORT_TEXT, Sort.LONG_TEXT}
    names_kept = _KEPT | {"maxLength"} if texts else _KEPT
    kept = tree.put({name: held for name, held in item.items() if name in names_kept}, "extension", said)
    made = {**tree.put(kept, "required", kept.get("required") if sort.asks else None), "type": _TYPES[sort]}
    codes = fresh(draft, "a", 2) if sort.picks else ()
    if sort.picks:
        made["answerOption"] = [{"valueCoding": {"system": answers_of(draft), "code": code}} for code in codes]
        made = dict(tree.put(made, "repeats", sort is Sort.PICK_SEVERAL))
    return summed(changed(draft, tree.replaced(draft.json, link_id, lambda _: (made,)), *codes))


def opened(draft: Draft, link_id: str, *, other: bool) -> Draft:
    """Says whether a question also takes an answer that isn't in its list."""
    kind = "open-choice" if other else "choice"
    return _edited(draft, link_id, lambda item: {**item, "type": kind})


def signed(draft: Draft, *, asked: bool) -> Draft:
    """Says whether the client signs at the end of the form."""
    kind = {"coding": [{"system": _SIGNATURE_SYSTEM, "code": "1.2.840.10065.1.12.1.7", "display": "Consent Signature"}]}
    json = tree.extended(draft.json, names.SIGNATURE, {"valueCodeableConcept": kind} if asked else None)
    return replace(draft, json=json)


def numbered(draft: Draft) -> Draft:
    """Numbers the questions anew: 1.1 is the first of the first section, 1.1a the first that hangs on it."""
    below: list[Json] = []
    loose = sections = 0
    alone = all(item["type"] != "group" for item in tree.items(draft.json))
    for item in tree.items(draft.json):
        if item["type"] == "group":
            sections += 1
            below.append(_numbered_below(item, f"{sections}."))
        elif item["type"] == "display":
            below.append(item)
        else:
            loose += 1
            below.append(_numbered(item, f"{loose}" if alone else f"0.{loose}"))
    return replace(draft, json=tree.holding(draft.json, below))


def _numbered_below(group: Json, head: str) -> Json:
    number, below = 0, []
    for item in tree.items(group):
        if item["type"] == "group":
            below.append(_numbered_below(item, head))
            continue
        number += item["type"] != "display"
        below.append(item if item["type"] == "display" else _numbered(item, f"{head}{number}"))
    return tree.holding(group, below)


def _numbered(item: Json, prefix: str) -> Json:
    below, letter = [], ord("a")
    for one in tree.items(item):
        if one["type"] in ("display", "group"):
            below.append(one)
            continue
        below.append(_numbered(one, f"{prefix}{chr(letter)}"))
        letter = min(letter + 1, ord("z"))
    return tree.holding(tree.put(item, "prefix", prefix), below)


def _edited(draft: Draft, link_id: str, change: Any) -> Draft:
    return replace(draft, json=tree.replaced(draft.json, link_id, lambda item: (change(item),)))


def _renamed(item: Json, new: Mapping[str, str]) -> Json:
    """An item of a copy: its own name is new, and what it looks at within the copy is looked at there."""
    made = {**item, "linkId": new[item["linkId"]]}
    looks = item.get("enableWhen") or ()
    if looks:
        made["enableWhen"] = [{**one, "question": new.get(one["question"], one["question"])} for one in looks]
    return made


def _control(code: str) -> Json:
    concept = {"coding": [{"system": _CONTROL_SYSTEM, "code": code}]}
    return {"url": names.CONTROL, "valueCodeableConcept": concept}


def _picked(item: Json, *, several: bool) -> Json:
    """Radio buttons are for one answer, boxes for several: the wish for either doesn't outlive the change."""
    plain = tree.extended(item, names.CONTROL, None)
    return plain if several else uncounted(plain)


def _moved(draft: Draft, link_id: str, put: Any) -> Draft:
    item = tree.find(draft.json, link_id)
    return replace(draft, json=put(tree.replaced(draft.json, link_id, lambda _: ()), item))


def _stepped_out(draft: Draft, link_id: str, above: Json, by: int) -> Draft:
    if "linkId" not in above:
        return draft
    return _moved(draft, link_id, lambda json, item: _beside(json, above["linkId"], item, before=by < 0))


def _beside(json: Json, other: str, item: Json, *, before: bool) -> Json:
    return tree.replaced(json, other, lambda one: (item, one) if before else (one, item))


def _into(json: Json, group: str, item: Json, *, last: bool) -> Json:
    def take(one: Json) -> Sequence[Json]:
        below = tree.items(one)
        return (tree.holding(one, [*below, item] if last else [item, *below]),)

    return tree.replaced(json, group, take)


def _put_behind(json: Json, item: Json, after: str, *, top: bool) -> Json:
    """Behind another item, or at its end where that is a section; `top` is behind all that it stands in."""
    other = tree.find(json, after) if after else None
    if other is None:
        return tree.holding(json, [*tree.items(json), item])
    if top:
        root = next(one for one in tree.items(json) if one is other or tree.find(one, after) is not None)
        return _beside(json, root["linkId"], item, before=False)
    if other["type"] == "group":
        return _into(json, after, item, last=True)
    return _beside(json, after, item, before=False)


def _root(lines: Sequence[Entry], line: Entry) -> Entry:
    """The line at the top of the form that one stands below, or itself."""
    return next(one for one in reversed(lines[: lines.index(line) + 1]) if one.depth == 0)


def _dropped_section(draft: Draft, moved: Entry, lines: Sequence[Entry], above: Entry | None) -> Draft:
    first = tree.items(tree.replaced(draft.json, moved.link_id, lambda _: ()))
    if above is None and first:
        return _moved(draft, moved.link_id, lambda json, item: _beside(json, first[0]["linkId"], item, before=True))
    behind = _root(lines, above).link_id if above is not None else ""
    return _moved(draft, moved.link_id, lambda json, item: _put_behind(json, item, behind, top=True))
