"""A form and what its answers mean, handed out together: the next version, and the rules beside the services."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from reception.domain import access, forms, questionnaire
from reception.domain.access import Act
from reception.domain.errors import Refused
from reception.domain.forms import FormRow
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Entry, Finding, Weight
from reception.domain.questionnaire.values import Value
from reception.domain.screening import ruling
from reception.domain.screening.values import RuleDraft, RuleRow
from reception.domain.tables.ids import FormId, ServiceId, VersionId


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows when a question is answered so: some services are blocked, wait for a clinician, or it is noted
    for them (R32).

    `kind` is the kind of treatment that a template recommends it for; without services it is a recommendation only,
    and nothing follows.
    """

    link_id: str
    answer: Value
    effect: Effect
    services: tuple[ServiceId, ...] = ()
    operator: Operator = Operator.EQUAL
    kind: str = ""
    lasting: Lasting = Lasting.CLINICIAN
    until_days: int | None = None
    until_link: str = ""
    staff_message: str = ""
    client_message: str = ""

    @property
    def recommended(self) -> bool:
        """Whether it was only recommended: nobody has said yet which services it is for."""
        return bool(self.kind) and not self.services

    def rules(self, form: FormId) -> Iterator[RuleDraft]:
        """The same as a rule beside each of the services."""
        for service in self.services:
            yield RuleDraft(
                service=service,
                form=form,
                link_id=self.link_id,
                operator=self.operator,
                answer=self.answer,
                effect=self.effect,
                lasting=self.lasting,
                until_days=self.until_days,
                until_link=self.until_link,
                staff_message=self.staff_message,
                client_message=self.client_message,
            )


@dataclass(frozen=True, slots=True)
class Issue:
    """A form to be handed out; without a `source` it stays as it is, and only what its answers mean is another.

    `before` is the version that it was made from, None for a new form; `material` says that answers to earlier versions
    no longer count (R31). `required` names services that ask for the form from now on, each with the days that an
    answer holds, None for every visit anew.
    """

    url: str
    source: bytes | None
    consequences: tuple[Consequence, ...] = ()
    before: VersionId | None = None
    material: bool = False
    required: tuple[tuple[ServiceId, int | None], ...] = ()


_EDITED = (Operator.EQUAL, Operator.GREATER, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST)
_SAID = {
    Operator.GREATER: "more than {}",
    Operator.AT_LEAST: "{} or more",
    Operator.LESS: "less than {}",
    Operator.AT_MOST: "{} or less",
}


def consequences(rules: Iterable[RuleRow]) -> tuple[Consequence, ...]:
    """The rules that say what follows from an answer, those of several services taken together."""
    found: list[Consequence] = []
    for rule in rules:
        if not _follows(rule.draft):
            continue
        one = _told(rule.draft)
        alike = (n for n, other in enumerate(found) if replace(other, services=one.services) == one)
        same = next(alike, None)
        if same is None:
            found.append(one)
        else:
            found[same] = replace(found[same], services=(*found[same].services, *one.services))
    return tuple(found)


def others(rules: Iterable[RuleRow]) -> tuple[RuleRow, ...]:
    """The rules that say something else, such as whether there is an answer; a form's editor lets them be."""
    return tuple(rule for rule in rules if not _follows(rule.draft))


def issue(session: Session, what: Issue) -> VersionId:
    """Publishes a form with what its answers mean. Rules that still say the same stay as they are; others of the kind
    that a form's editor makes are retired. Refused where somebody else has published the form meanwhile.
    """
    access.require(session, Act.SCREENING_RULES)
    held = next((one for one in forms.forms(session, retired=True) if one.url == what.url), None)
    if (held.version if held is not None else None) != what.before:
        raise _overtaken(held)
    if what.source is not None:
        version = forms.publish(session, what.source, material=what.material)
    elif what.before is not None:
        version = what.before
    else:
        raise Refused("This form isn't published yet. Publish it together with what its answers mean.")
    form = forms.version(session, version).form
    _rule(session, form, what.consequences)
    _require(session, form, what.required)
    return version


def findings(draft: Draft, wanted: Sequence[Consequence], beside: Sequence[RuleRow] = ()) -> tuple[Finding, ...]:
    """What can't be so, or is worth a second look, in what the answers of a form mean; `beside` are the other rules."""
    lines = {line.link_id: line for line in editing.entries(draft)}
    found = [*_unchosen(wanted), *(each for one in wanted if not one.recommended for each in _of(one, lines))]
    for rule in beside:
        if rule.draft.link_id not in lines:
            words = f"A rule beside {rule.service_name} asks about “{rule.question}”, which was taken out. Look there."
            found.append(Finding(Weight.WARNING, rule.draft.link_id, words))
    return tuple(dict.fromkeys(found))


def _unchosen(wanted: Sequence[Consequence]) -> Iterator[Finding]:
    """Recommendations that nobody has taken up, one line for each kind of treatment."""
    for kind, count in Counter(one.kind for one in wanted if one.recommended).items():
        told = "1 recommendation" if count == 1 else f"{count} recommendations"
        words = f"{told} for “{kind}” stand beside no service: nothing follows from them, and they are left out."
        yield Finding(Weight.WARNING, "", words)


def _of(one: Consequence, lines: Mapping[str, Entry]) -> Iterator[Finding]:
    line, answer = lines.get(one.link_id), _SAID.get(one.operator, "{}").format(questionnaire.words_of(one.answer))
    if line is None:
        words = f"A rule waits for “{answer}” at a question that was taken out. Take the rule away too."
        yield Finding(Weight.ERROR, one.link_id, words)
        return
    name = f"{editing.called(line)}: {answer}"
    listed = bool(line.choices) and not line.listed and not line.other and one.operator is Operator.EQUAL
    if listed and not any(questionnaire.equal(choice.value, one.answer) for choice in line.choices):
        yield Finding(Weight.ERROR, line.link_id, f"A rule waits for “{name}”, which isn’t offered. Take it away.")
    if not one.services:
        yield Finding(Weight.ERROR, line.link_id, f"“{name}” stops no service yet. Choose which.")
    if one.effect is Effect.NOTE and not one.staff_message.strip():
        yield Finding(Weight.ERROR, line.link_id, f"“{name}” is noted, but nothing says what. Type it.")
    elif one.effect is not Effect.NOTE and not (one.staff_message.strip() and one.client_message.strip()):
        yield Finding(Weight.ERROR, line.link_id, f"“{name}” has no words for the desk or the client. Type them.")
    if one.until_link and one.until_link not in lines:
        yield Finding(Weight.WARNING, line.link_id, f"“{name}” counts from a date that is no longer asked.")
    if not line.required and line.sort.asks and not line.calculated:
        words = f"“{editing.called(line)}” decides about services, but may be left open. Let it be answered always."
        yield Finding(Weight.WARNING, line.link_id, words)


def _rule(session: Session, form: FormId, consequences: Sequence[Consequence]) -> None:
    """Makes the rules beside the services say what the answers mean now."""
    wanted = [rule for one in consequences for rule in one.rules(form)]
    standing = [rule for rule in ruling.rules(session, form=form) if _follows(rule.draft)]
    for rule in standing:
        if not _is_among(rule.draft, wanted):
            ruling.retire_rule(session, rule.id)
    kept = [rule.draft for rule in standing]
    for draft in wanted:
        if not _is_among(draft, kept):
            ruling.add_rule(session, draft)
            kept.append(draft)  # what is said twice is one rule


def _require(session: Session, form: FormId, wanted: Sequence[tuple[ServiceId, int | None]]) -> None:
    """Lets services ask for the form; one that does so already goes on as it does."""
    for service, days in wanted:
        held = [(one.form, one.days) for one in ruling.requirements(session, service)]
        if all(one != form for one, _ in held):
            ruling.set_requirements(session, service, [*held, (form, days)])


def _follows(rule: RuleDraft) -> bool:
    """Whether a rule is of the kind that stands at an answer of a form."""
    return rule.operator in _EDITED


def _told(rule: RuleDraft) -> Consequence:
    return Consequence(
        link_id=rule.link_id,
        answer=rule.answer,
        effect=rule.effect,
        services=(rule.service,),
        operator=rule.operator,
        lasting=rule.lasting,
        until_days=rule.until_days,
        until_link=rule.until_link,
        staff_message=rule.staff_message,
        client_message=rule.client_message,
    )


def _is_among(rule: RuleDraft, others: Sequence[RuleDraft]) -> bool:
    """Whether one of the others says the same; an answer in other words is still that answer."""
    return any(
        replace(one, answer=rule.answer) == rule and questionnaire.equal(one.answer, rule.answer) for one in others
    )


def _overtaken(held: FormRow | None) -> Refused:
    if held is None:
        return Refused("This form is no longer there. Copy what you have into a new one.")
    return Refused(
        "“{form}” has become version {number} since you began. Begin anew from that one, or make this a copy.",
        form=held.title,
        number=held.number,
    )
