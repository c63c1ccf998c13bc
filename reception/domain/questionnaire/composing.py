"""The answers to a form written as a FHIR R4 QuestionnaireResponse."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from reception.domain.questionnaire.elements import json_of
from reception.domain.questionnaire.sheet import Branch, Node, Sheet
from reception.domain.questionnaire.values import Form, Kind, Value

Written = Callable[[Node, Value], Mapping[str, Any]]
"""How one answer is written."""


def compose(sheet: Sheet, *, completed: bool, at: datetime | None = None) -> dict[str, Any]:
    """A response to keep; a completed one holds no answer to a question that isn't asked, a draft holds them all."""
    response: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
    canonical = canonical_of(sheet.form)
    if canonical:
        response["questionnaire"] = canonical
    response["status"] = "completed" if completed else "in-progress"
    if at is not None:
        response["authored"] = at.isoformat(timespec="seconds")
    items = write(sheet.root, lambda _, value: json_of(value), asked_only=completed)
    if items:
        response["item"] = items
    return response


def canonical_of(form: Form) -> str:
    """The form and its version, as a response names them; "" where the form has no name."""
    return f"{form.url}|{form.version}" if form.url and form.version else form.url


def write(
    branch: Branch, written: Written, *, asked_only: bool, seen: dict[int, Mapping[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The items of one repeat that hold an answer; `seen` is told which item each node, and each repeat, became."""
    items: list[dict[str, Any]] = []
    for node in branch.nodes:
        if asked_only and not node.on:
            continue
        if node.place.item.kind is Kind.GROUP:
            items += _groups(node, written, asked_only=asked_only, seen=seen)
        elif node.place.item.asks:
            items += _question(node, written, asked_only=asked_only, seen=seen)
    return items


def _groups(
    node: Node, written: Written, *, asked_only: bool, seen: dict[int, Mapping[str, Any]] | None
) -> list[dict[str, Any]]:
    found = []
    for branch in node.branches:
        below = write(branch, written, asked_only=asked_only, seen=seen)
        # An empty repeat among others is kept in a draft, so that each stays where it was.
        if below or (not asked_only and len(node.branches) > 1):
            item = _item(node)
            if below:
                item["item"] = below
            if seen is not None:
                seen[id(branch)] = item
            found.append(item)
    if seen is not None and found:
        seen[id(node)] = found[0]
    return found


def _question(
    node: Node, written: Written, *, asked_only: bool, seen: dict[int, Mapping[str, Any]] | None
) -> list[dict[str, Any]]:
    answers = [dict(written(node, value)) for value in node.values]
    for index, branch in enumerate(node.branches):
        below = write(branch, written, asked_only=asked_only, seen=seen)
        if below:
            while len(answers) <= index:
                answers.append({})
            answers[index]["item"] = below
    if not answers:
        return []
    item = _item(node)
    item["answer"] = answers
    if seen is not None:
        seen[id(node)] = item
    return [item]


def _item(node: Node) -> dict[str, Any]:
    item = {"linkId": node.place.item.link_id}
    if node.words:
        item["text"] = node.words
    return item
