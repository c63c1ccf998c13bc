"""Whether a response answers its form: everything that is wrong with it, each with where it stands and a code."""

from collections.abc import Iterator, Mapping
from typing import Any

from reception.domain.questionnaire.checks import Fault, faults, missing, most_answers
from reception.domain.questionnaire.reckoning import Reckoner, Unmet, day_of, is_finished, items_of, settled
from reception.domain.questionnaire.sheet import Branch, Node
from reception.domain.questionnaire.values import Form, Item, Kind, Problem

ERROR = "error"
WARNING = "warning"

_ROOT = "QuestionnaireResponse"
_STATUSES = frozenset({"in-progress", "completed", "amended", "entered-in-error", "stopped"})


def validate(
    form: Form, response: Mapping[str, Any], *, patient: Mapping[str, Any] | None = None
) -> tuple[Problem, ...]:
    """Everything that is wrong with a response; what a draft still lacks is a warning, in a finished one an error.

    `patient` is what expressions may know of the client, as a FHIR Patient.
    """
    sheet = settled(form, response, patient=patient)
    finished = is_finished(response)
    found = [*_head(form, response)]
    found += (Problem(ERROR, odd.check, odd.link_id, odd.at, odd.text) for odd in sheet.oddities)
    for node in sheet.walk():
        found += _of(form, node, finished=finished)
    reckoner = Reckoner(sheet, patient=patient, today=day_of(response))
    asked = [node for node in sheet.walk() if node.on]
    found += (problem(unmet, _place(unmet.node) if unmet.node else _ROOT) for unmet in reckoner.unmet(asked))
    return tuple(found)


def shortfall(node: Node) -> Fault | None:
    """What is missing at a question or a group that shows; None where nothing is, or nothing can be owed there."""
    item = node.place.item
    if not node.shown or not _is_owed(node):
        return None
    if item.asks:
        return missing(item, len(node.values))
    if item.kind is not Kind.GROUP or not _takes_answers(item):
        return None
    return missing(item, sum(1 for branch in node.branches if says(branch)))


def says(branch: Branch) -> bool:
    """Whether anything that counts was answered in one repeat."""
    return any(node.told or any(map(says, node.branches)) for node in branch.nodes)


def is_left_to_form(item: Item) -> bool:
    """Whether a person can't answer a question: the form works it out, or holds the answer itself."""
    return item.read_only or item.calculated is not None


def problem(unmet: Unmet, at: str) -> Problem:
    """A constraint that doesn't hold, in its own words; one that nobody can tell of warns only."""
    constraint = unmet.constraint
    link_id = unmet.node.place.item.link_id if unmet.node is not None else constraint.location
    if not unmet.told:
        return Problem(WARNING, "notOurs", link_id, at, f"“{constraint.words}” couldn't be checked.")
    return Problem(ERROR if constraint.error else WARNING, "invariant", link_id, at, constraint.words)


def _head(form: Form, response: Mapping[str, Any]) -> Iterator[Problem]:
    kind, status = response.get("resourceType"), response.get("status")
    if kind != _ROOT:
        yield Problem(
            ERROR, "notOurs", "", _ROOT, f"This is a {kind or 'nameless thing'}, not a QuestionnaireResponse."
        )
    if str(status) not in _STATUSES:
        yield Problem(ERROR, "notOurs", "", f"{_ROOT}.status", "The response doesn't say how complete it is.")
    url, asked = form.json.get("url"), response.get("questionnaire")
    if not isinstance(url, str) or not isinstance(asked, str) or asked.startswith("#"):
        return
    name, _, version = asked.partition("|")
    if name != url.partition("|")[0]:
        yield Problem(ERROR, "notOurs", "", f"{_ROOT}.questionnaire", f"This response answers another form, {name}.")
    elif version and form.version and version != form.version:
        text = f"This response answers version {version} of the form; this is {form.version}."
        yield Problem(WARNING, "notOurs", "", f"{_ROOT}.questionnaire", text)


def _of(form: Form, node: Node, *, finished: bool) -> Iterator[Problem]:
    item = node.place.item
    unfinished = ERROR if finished else WARNING
    if not node.on:
        if node.values:
            text = f"“{item.words or item.link_id}” isn't asked after these answers, so it takes none."
            yield Problem(unfinished, "disabledAnswer", item.link_id, _place(node), text)
        return
    listed = "answerValueSet" in items_of(form).get(item.link_id, {})
    for fault in faults(item, node.values):
        if fault.check == "maxCount" and len(node.sources) > 1 and not item.repeats:
            continue  # that it stands there twice is said already
        # An answer that its list doesn't hold, rather than the question itself, is another code.
        check = "invalidCoding" if listed and fault.check == "invalidAnswerOption" else fault.check
        at = _place(node) if fault.answer is None else node.found_at[fault.answer]
        yield Problem(ERROR, check, item.link_id, at, fault.text)
    most = most_answers(item)
    if item.kind is Kind.GROUP and item.repeats and most is not None and len(node.sources) > most:
        yield Problem(ERROR, "maxCount", item.link_id, _place(node), f"Give at most {most} of these.")
    short = shortfall(node)
    if short is not None:
        severity = WARNING if is_left_to_form(item) else unfinished
        yield Problem(severity, short.check, item.link_id, _place(node), short.text)


def _place(node: Node) -> str:
    """Where an item stands in the response, or where it would have to."""
    if node.sources:
        return node.sources[0].at
    owner = node.branch.owner
    if owner is None:
        return _ROOT
    if not owner.sources:
        return _place(owner)
    repeat = owner.branches.index(node.branch)
    if owner.place.item.kind is Kind.GROUP:
        return owner.sources[min(repeat, len(owner.sources) - 1)].at
    return f"{owner.sources[0].at}.answer[{repeat}]"


def _is_owed(node: Node) -> bool:
    """Whether something can be missing here: not below an answer that isn't there, nor in a repeat nobody began."""
    branch, owner = node.branch, node.branch.owner
    while owner is not None:
        item = owner.place.item
        if item.asks and not owner.values:
            return False
        if item.kind is Kind.GROUP and item.repeats and not _must(item) and not says(branch):
            return False
        branch, owner = owner.branch, owner.branch.owner
    return True


def _must(item: Item) -> bool:
    return item.required or bool(item.bounds.min_occurs)


def _takes_answers(item: Item) -> bool:
    return any(below.asks or _takes_answers(below) for below in item.items)
