"""What is edited: a form, and what its answers mean for services; as values that can be kept, undone and compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reception.domain import questionnaire, screening
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Finding
from reception.domain.questionnaire.values import Form, Item, Value
from reception.domain.screening import Consequence, RuleRow
from reception.domain.tables.ids import FormId, ServiceId, VersionId


@dataclass(frozen=True, slots=True)
class State:
    """A form as it stands in the editor, with what follows from its answers.

    `required` names kinds of treatment whose services are to ask for the form, with the days that an answer holds.
    """

    draft: Draft
    consequences: tuple[Consequence, ...] = ()
    required: tuple[tuple[str, int | None], ...] = ()

    @property
    def decides(self) -> tuple[Consequence, ...]:
        """What follows indeed: all but what was only recommended."""
        return tuple(one for one in self.consequences if not one.recommended)

    def follows(self, link_id: str, answer: Value) -> tuple[tuple[int, Consequence], ...]:
        """What follows from one answer, each with its number."""
        return tuple(
            (n, one)
            for n, one in enumerate(self.consequences)
            if one.link_id == link_id and one.operator is Operator.EQUAL and questionnaire.equal(one.answer, answer)
        )

    def of_kind(self, kind: str) -> tuple[Consequence, ...]:
        """What is recommended for a kind of treatment, with the services that were chosen for it."""
        return tuple(one for one in self.consequences if one.kind == kind)

    def requires(self) -> tuple[tuple[ServiceId, int | None], ...]:
        """The services that are to ask for the form, each with the days that an answer holds."""
        wanted: dict[ServiceId, int | None] = {}
        for kind, days in self.required:
            for service in (service for one in self.of_kind(kind) for service in one.services):
                wanted.setdefault(service, days)
        return tuple(wanted.items())

    def findings(self, beside: Sequence[RuleRow] = ()) -> tuple[Finding, ...]:
        """All that is to be corrected or looked at before it is published; `beside` are rules that aren't edited."""
        return (*editing.findings(self.draft), *screening.findings(self.draft, self.consequences, beside))


Change = Callable[[Draft], Draft]
"""Something that is done to the form alone."""

Step = Callable[[State], State]
"""Something that is done to what is edited."""


def drafted(change: Change) -> Step:
    """A step that changes the form alone."""
    return lambda state: replace(state, draft=change(state.draft))


def reworded(link_id: str, n: int, words: str) -> Step:
    """An answer is said in other words; what follows from it follows from it still."""

    def step(state: State) -> State:
        old = _answer(state.draft, link_id, n)
        draft = editing.word_answer(state.draft, link_id, n, words)
        new = _answer(draft, link_id, n)
        kept = tuple(
            replace(one, answer=new) if one.link_id == link_id and questionnaire.equal(one.answer, old) else one
            for one in state.consequences
        )
        return replace(state, draft=draft, consequences=kept)

    return step


def renumbered(link_id: str, change: Change) -> Step:
    """A number is taken in another type, or unit; what follows from it compares with it as it is then."""

    def step(state: State) -> State:
        draft = change(state.draft)
        kept = tuple(
            replace(one, answer=editing.fitted(draft, link_id, one.answer)) if one.link_id == link_id else one
            for one in state.consequences
        )
        return replace(state, draft=draft, consequences=kept)

    return step


def brought(more: Sequence[Consequence]) -> Step:
    """What is recommended comes along, beside no service yet."""
    return lambda state: replace(state, consequences=(*state.consequences, *more))


def chosen(kind: str, service: ServiceId) -> Step:
    """A service is of a kind of treatment: all that is recommended for that kind stands beside it."""

    def step(state: State) -> State:
        made = (
            replace(one, services=(*one.services, service)) if one.kind == kind and service not in one.services else one
            for one in state.consequences
        )
        return replace(state, consequences=tuple(made))

    return step


def left_out(kind: str, service: ServiceId) -> Step:
    """A service isn't of that kind after all."""

    def step(state: State) -> State:
        made = (
            replace(one, services=tuple(each for each in one.services if each != service)) if one.kind == kind else one
            for one in state.consequences
        )
        return replace(state, consequences=tuple(made))

    return step


def unrecommended(kind: str) -> Step:
    """Nothing of what is recommended for a kind of treatment is taken along."""

    def step(state: State) -> State:
        kept = tuple(one for one in state.consequences if one.kind != kind)
        return replace(state, consequences=kept, required=tuple(one for one in state.required if one[0] != kind))

    return step


def required(kind: str, days: int | None, *, asked: bool) -> Step:
    """The services of a kind ask for the form, an answer holding for so many days; or it is left to each of them."""

    def step(state: State) -> State:
        others = tuple(one for one in state.required if one[0] != kind)
        return replace(state, required=(*others, (kind, days)) if asked else others)

    return step


def followed(one: Consequence) -> Step:
    """Something more follows from an answer."""
    return lambda state: replace(state, consequences=(*state.consequences, one))


def changed(n: int, **values: Any) -> Step:
    """What follows is something else."""

    def step(state: State) -> State:
        ones = state.consequences
        return replace(state, consequences=(*ones[:n], replace(ones[n], **values), *ones[n + 1 :]))

    return step


def dropped(n: int) -> Step:
    """It follows no more."""
    return lambda state: replace(state, consequences=(*state.consequences[:n], *state.consequences[n + 1 :]))


def unruled(link_id: str) -> Step:
    """Nothing follows any more from a question that was taken out."""
    return lambda state: replace(state, consequences=tuple(one for one in state.consequences if one.link_id != link_id))


def form_of(draft: Draft) -> Form | None:
    """The form as it is asked; None as long as it asks nothing."""
    if not draft.json.get("item"):
        return None
    return questionnaire.read_json(editing.to_questionnaire(draft)).form


def items_of(form: Form | None) -> Mapping[str, Item]:
    """Its questions by their names."""
    return {item.link_id: item for item in form.walk()} if form is not None else {}


@dataclass(frozen=True, slots=True)
class Work:
    """What is edited, and where it came from: the clinic's form and version, or none for a new one; `base` is how it
    stood there.
    """

    state: State
    base: State
    form: FormId | None = None
    before: VersionId | None = None
    number: int = 0

    def is_begun(self) -> bool:
        """Whether there is anything that would be lost."""
        return self.state != self.base

    @property
    def asks_otherwise(self) -> bool:
        """Whether publishing makes a new version; else only what the answers mean is another."""
        return self.before is None or self.state.draft != self.base.draft


def as_body(work: Work) -> dict[str, Any]:
    """Plain data for the desk's file; forms stand in it as their own text, which keeps every digit."""
    return {
        "form": work.form,
        "before": work.before,
        "number": work.number,
        "state": _as_plain(work.state),
        "base": _as_plain(work.base),
    }


def as_work(body: Mapping[str, Any]) -> Work:
    """What a draft holds."""
    return Work(_as_state(body["state"]), _as_state(body["base"]), body["form"], body["before"], body["number"])


def _as_plain(state: State) -> dict[str, Any]:
    return {
        "questionnaire": questionnaire.dump_json(state.draft.json),
        "taken": sorted(state.draft.taken),
        "consequences": [_as_words(one) for one in state.consequences],
        "required": [list(one) for one in state.required],
    }


def _as_state(plain: Mapping[str, Any]) -> State:
    draft = Draft(questionnaire.parse_json(plain["questionnaire"]), frozenset(plain["taken"]))
    # A draft that was parked before there were recommendations knows nothing of them, nor of other operators.
    required = tuple((kind, days) for kind, days in plain.get("required", ()))
    return State(draft, tuple(_as_consequence(one) for one in plain["consequences"]), required)


def _as_words(one: Consequence) -> dict[str, Any]:
    return {
        "link_id": one.link_id,
        "answer": questionnaire.dump_json(questionnaire.json_of(one.answer)),
        "effect": one.effect.value,
        "services": list(one.services),
        "operator": one.operator.value,
        "kind": one.kind,
        "lasting": one.lasting.value,
        "until_days": one.until_days,
        "until_link": one.until_link,
        "staff_message": one.staff_message,
        "client_message": one.client_message,
    }


def _as_consequence(plain: Mapping[str, Any]) -> Consequence:
    answer = questionnaire.value_of(questionnaire.parse_json(plain["answer"]))
    assert answer is not None, "a consequence without an answer was kept"
    read = {
        "answer": answer,
        "effect": Effect(plain["effect"]),
        "operator": Operator(plain.get("operator", Operator.EQUAL)),
        "lasting": Lasting(plain["lasting"]),
        "services": tuple(ServiceId(one) for one in plain["services"]),
    }
    return Consequence(**{**plain, **read})


def _answer(draft: Draft, link_id: str, n: int) -> Value:
    line = editing.entry(draft, link_id)
    assert line is not None, f"there is no {link_id}"
    return line.choices[n].value
