"""What a form works out by itself: calculated answers, what an expression enables, and what must hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from reception.domain.questionnaire import fhirpath
from reception.domain.questionnaire.composing import write
from reception.domain.questionnaire.conditions import moment
from reception.domain.questionnaire.fhirpath import NotComputed
from reception.domain.questionnaire.scoring import plain, scored, with_scores
from reception.domain.questionnaire.sheet import Branch, Node, Sheet
from reception.domain.questionnaire.values import Constraint, Expression, Form, Kind, Value

ROUNDS = 10
"""How often what was worked out is fed back; a form whose expressions chase each other stops there."""

# While a response is in the making nothing is amiss yet because it is incomplete.
_FINISHED = frozenset({"completed", "amended"})
_ITEM = "QuestionnaireResponse.item"


class Reckoned(NamedTuple):
    """What an expression of an item gave; None where it couldn't be worked out."""

    node: Node
    found: Sequence[Any] | None


class Unmet(NamedTuple):
    """A constraint that doesn't hold, and of which item, None for the form's own; not `told` where nobody can say."""

    constraint: Constraint
    node: Node | None
    told: bool


class Scope:
    """One pass over a response: each variable is worked out once where it was defined, when it is first named."""

    def __init__(
        self,
        sheet: Sheet,
        response: Mapping[str, Any],
        written: Mapping[int, Mapping[str, Any]],
        *,
        patient: Mapping[str, Any] | None,
        today: date | None,
    ) -> None:
        self._sheet = sheet
        self._response = response
        self._written = written
        self._given: dict[str, Any] = {"resource": response, "questionnaire": sheet.form.json}
        if patient is not None:
            self._given["patient"] = patient
        self._today = today
        self._known: dict[tuple[int, str], Any] = {}

    def evaluate(self, text: str, node: Node | None) -> Sequence[Any] | None:
        """What an expression gives at an item, None for the form itself; None where it can't be worked out."""
        try:
            return self._evaluate(text, node, None)
        except NotComputed:
            return None

    def _evaluate(self, text: str, node: Node | None, branch: Branch | None) -> Sequence[Any]:
        given = dict(self._given)
        base: Any = self._response
        if node is not None:
            place = branch if branch is not None else node
            json = self._written.get(id(place)) or {"linkId": node.place.item.link_id}
            base = fhirpath.element(json, _ITEM)
            item = items_of(self._sheet.form).get(node.place.item.link_id, {})
            given["qitem"] = given["qItem"] = fhirpath.element(item, "Questionnaire.item")
        given["context"] = base
        for name in fhirpath.variables(text) - given.keys():
            self._define(name, node, branch, given)
        return fhirpath.evaluate(text, base, given, self._today)

    def _define(self, name: str, node: Node | None, branch: Branch | None, given: dict[str, Any]) -> None:
        """Find the variable that a name means at an item: its own, that of what is above it, the form's."""
        at: Node | None = node
        while at is not None:
            for variable in at.place.item.variables:
                if variable.name == name:
                    given[name] = self._value(variable, at, branch)
                    return
            branch = at.branch
            at = branch.owner
        for variable in self._sheet.form.variables:
            if variable.name == name:
                given[name] = self._value(variable, None, None)
                return

    def _value(self, variable: Expression, node: Node | None, branch: Branch | None) -> Any:
        group = node is not None and node.place.item.kind is Kind.GROUP
        within = branch if group else None
        key = id(within or node), variable.name
        if key not in self._known:
            # Until it is worked out a variable that names itself has no value.
            self._known[key] = NotComputed(variable.text)
            try:
                self._known[key] = self._evaluate(variable.text, node, within)
            except NotComputed as trouble:
                self._known[key] = trouble
        known = self._known[key]
        if isinstance(known, NotComputed):
            raise NotComputed(variable.text)
        return known


class Reckoner:
    """The expressions of one form, each with the questions it names: only what hangs on a change is worked out anew."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        patient: Mapping[str, Any] | None = None,
        today: date | None = None,
        handed_in: bool = False,
    ) -> None:
        self.sheet = sheet
        self._handed_in = handed_in
        self._patient = patient
        self._today = today
        self._definitions = _definitions(sheet.form)
        places = sheet.outline.places
        self._enabling = [place.number for place in places if place.item.enabled is not None]
        self._calculated = [place.number for place in places if place.item.calculated is not None]
        self._told = [place.number for place in places if place.item.told is not None]
        self._constrained = bool(sheet.form.constraints) or any(place.item.constraints for place in places)
        self._named: dict[str, frozenset[str] | None] = {}

    def of(self, sheet: Sheet) -> "Reckoner":
        """The same for a copy of the sheet."""
        twin = copy(self)
        twin.sheet = sheet
        return twin

    @property
    def works(self) -> bool:
        """Whether the form has anything to work out while it is filled in."""
        return bool(self._enabling or self._calculated or self._told or self._constrained)

    def scope(self, *, asked_only: bool) -> Scope:
        """A pass over the answers as they are now."""
        written: dict[int, Mapping[str, Any]] = {}
        answer = partial(scored, self.sheet.form)
        items = write(self.sheet.root, answer, asked_only=asked_only, seen=written)
        response = {"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": items}
        return Scope(self.sheet, response, written, patient=self._patient, today=self._today)

    def enable(self, changed: frozenset[str] | None, *, asked_only: bool = True) -> list[Node]:
        """Settle what expressions enable after a change of some questions, or any (None); gives what turned."""
        due = [number for number in self._enabling if self._is_due(number, changed, "enabled")]
        if not due:
            return []
        scope = self.scope(asked_only=asked_only)
        moved = set()
        for number in due:
            for node in self.sheet.nodes[number]:
                told = self._enables(scope, node)
                if told is not node.enabled:
                    node.enabled = told
                    moved.add(number)
        return self.sheet.settle(moved)

    def calculate(self, changed: frozenset[str] | None) -> Iterator[Reckoned]:
        """Work out the calculated answers that hang on some questions, or on any (None)."""
        yield from self._reckon("calculated", self._calculated, changed)

    def tell(self, changed: frozenset[str] | None) -> Iterator[Reckoned]:
        """The same for words that hang on answers."""
        yield from self._reckon("told", self._told, changed)

    def _reckon(self, which: str, numbers: Sequence[int], changed: frozenset[str] | None) -> Iterator[Reckoned]:
        due = [number for number in numbers if self._is_due(number, changed, which)]
        if not due:
            return
        scope = self.scope(asked_only=True)
        for number in due:
            expression: Expression = getattr(self.sheet.outline.places[number].item, which)
            for node in self.sheet.nodes[number]:
                if node.on:
                    yield Reckoned(node, scope.evaluate(expression.text, node))

    def unmet(self, nodes: Iterable[Node]) -> Iterator[Unmet]:
        """The constraints of some items, and those of the form, that don't hold now, or that nobody can tell of."""
        due: list[tuple[Constraint, Node | None]] = [
            (constraint, node) for node in nodes for constraint in node.place.item.constraints
        ]
        due += [(constraint, None) for constraint in self.sheet.form.constraints]
        if not due:
            return
        scope = self.scope(asked_only=True)
        for constraint, node in due:
            found = scope.evaluate(constraint.expression, node)
            if found is None or _truth(found) is False:
                yield Unmet(constraint, node, found is not None)

    def _enables(self, scope: Scope, node: Node) -> bool | None:
        expression = node.place.item.enabled
        found = scope.evaluate(expression.text, node) if expression is not None else None
        if found is None:
            # What can't be worked out is asked: a question too many harms nobody. Whether it was asked, once the form
            # is handed in, only its answer can tell.
            return True if not self._handed_in or _says(node) else None
        told = _truth(found)
        return None if told is False and self._awaits(expression) else told

    def _awaits(self, expression: Expression | None) -> bool:
        """Whether a question that an expression names has no answer yet."""
        names = self._names(expression.text) if expression is not None else None
        numbers = self.sheet.outline.numbers
        asked = numbers if names is None else (names & numbers.keys())
        nodes = (node for link_id in asked for node in self.sheet.nodes[numbers[link_id]])
        return any(node.place.item.asks and not node.values and (node.on or node.waiting) for node in nodes)

    def _is_due(self, number: int, changed: frozenset[str] | None, which: str) -> bool:
        if changed is None:
            return True
        item = self.sheet.outline.places[number].item
        names = self._names(getattr(item, which).text)
        # One that begins to be asked was passed over until then.
        return names is None or item.link_id in changed or not names.isdisjoint(changed)

    def _names(self, text: str) -> frozenset[str] | None:
        """The questions an expression hangs on, also through variables and the sections it names; None for all."""
        if text not in self._named:
            named: set[str] | None = set()
            for one in self._texts_of(text):
                below = self._named_in(one)
                named = None if named is None or below is None else named | below
            self._named[text] = None if named is None else frozenset(named)
        return self._named[text]

    def _texts_of(self, text: str) -> set[str]:
        """An expression and those of the variables that it names, and that these name."""
        found, texts = set[str](), [text]
        while texts:
            one = texts.pop()
            if one not in found:
                found.add(one)
                texts += [below for name in fhirpath.variables(one) for below in self._definitions.get(name, ())]
        return found

    def _named_in(self, text: str) -> set[str] | None:
        named = fhirpath.named(text)
        if named is None:
            return None
        numbers, places = self.sheet.outline.numbers, self.sheet.outline.places
        within = [places[numbers[found]] for found in named if found in numbers]
        return {places[number].item.link_id for place in within for number in range(place.number, place.end)}


def evaluate(
    form: Form, response: Mapping[str, Any], *, patient: Mapping[str, Any] | None = None
) -> dict[str, tuple[Value, ...]]:
    """The calculated answers of a form by linkId, in one pass; what can't be worked out is left out."""
    copied = with_scores(form, response)
    sheet = Sheet(form, copied)
    written: dict[int, Mapping[str, Any]] = {}
    for node in sheet.walk():
        for repeat, source in enumerate(node.sources):
            written.setdefault(id(node), source.json)
            if node.place.item.kind is Kind.GROUP and repeat < len(node.branches):
                written[id(node.branches[repeat])] = source.json
    scope = Scope(sheet, copied, written, patient=patient, today=day_of(response))
    found: dict[str, tuple[Value, ...]] = {}
    for node in sheet.walk():
        expression = node.place.item.calculated
        told = scope.evaluate(expression.text, node) if expression is not None else None
        if told is not None:
            link_id = node.place.item.link_id
            found[link_id] = (*found.get(link_id, ()), *(Value(kind, held) for kind, held in plain(told)))
    return found


def settled(form: Form, response: Mapping[str, Any], *, patient: Mapping[str, Any] | None = None) -> Sheet:
    """A response laid out on its form, with what expressions enable settled."""
    sheet = Sheet(form, response)
    finished = is_finished(response)
    reckoner = Reckoner(sheet, patient=patient, today=day_of(response), handed_in=finished)
    if reckoner.works:
        reckoner.enable(None, asked_only=False)
        for _ in range(ROUNDS):
            if not reckoner.enable(None):
                break
    return sheet


@lru_cache(maxsize=64)
def items_of(form: Form) -> Mapping[str, Mapping[str, Any]]:
    """The items of a form as its JSON has them, by linkId."""
    found: dict[str, Mapping[str, Any]] = {}
    waiting = [form.json]
    while waiting:
        items = waiting.pop().get("item")
        for item in items if isinstance(items, list) else ():
            if isinstance(item, Mapping):
                found.setdefault(str(item.get("linkId")), item)
                waiting.append(item)
    return found


def is_finished(response: Mapping[str, Any]) -> bool:
    """Whether a response is meant to be complete; one that doesn't say is."""
    return str(response.get("status", "completed")) in _FINISHED


def day_of(response: Mapping[str, Any]) -> date | None:
    """The day on which a response was given, as it says."""
    authored = response.get("authored")
    told = moment(authored) if isinstance(authored, str) else None
    return told.first.date() if told is not None else None


def _truth(found: Sequence[Any]) -> bool | None:
    """What a list says as yes or no: nothing says nothing, and a single thing that is neither says yes."""
    told = fhirpath.plain(found)
    return told[0][1] is not False if told else None


def _says(node: Node) -> bool:
    return bool(node.values) or any(_says(below) for branch in node.branches for below in branch.nodes)


def _definitions(form: Form) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for variables in (form.variables, *(item.variables for item in form.walk())):
        for variable in variables:
            texts.setdefault(variable.name, []).append(variable.text)
    return texts
