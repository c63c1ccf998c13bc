"""Forms: their versions are those that came, and findings say what their rules say (R31, R32, R35)."""

import hashlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reception.domain.gates import Effect, Lasting
from reception.domain.tables import (
    AddOnTask,
    Appointment,
    Finding,
    FormResponse,
    FormVersion,
    Group,
    ScreeningRule,
    ScreeningTask,
)
from reception.store import guards
from reception.store.verify.rows import grouped, rows, stream


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version of a form, without what it asks."""

    id: int
    form_id: int
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule beside a service."""

    id: int
    form_id: int
    service_id: int
    link_id: str
    effect: Effect
    lasting: Lasting
    staff_message: str
    client_message: str


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """Who answered which version, and which response that amends."""

    id: int
    n: int
    client_id: int
    form_version_id: int
    amends_id: int | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What a rule found in a response."""

    id: int
    n: int
    response_id: int
    rule_id: int
    client_id: int
    service_id: int
    link_id: str
    effect: Effect
    lasting: Lasting
    staff_message: str
    client_message: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A visit that answers stop."""

    id: int
    appointment_id: int
    response_id: int


@dataclass(frozen=True, slots=True)
class AddOnTaskRow:
    """An add-on that answers keep from a coming-in."""

    id: int
    group_id: int
    service_id: int
    response_id: int


def versions_counted(versions: Iterable[VersionRow], hashed: Mapping[int, str]) -> Iterator[str]:
    """The versions of a form are numbered without gaps, and each has the very bytes that came."""
    for form, own in grouped(versions, "form_id").items():
        if sorted(version.number for version in own) != list(range(1, len(own) + 1)):
            yield f"form {form}: its versions aren't numbered 1 to {len(own)}"
        for version in own:
            if hashed.get(version.id) != version.sha256:
                yield f"form {form}: version {version.number} hasn't the bytes that came"


def responses_amend(responses: Iterable[ResponseRow], versions: Iterable[VersionRow]) -> Iterator[str]:
    """A response amends one of the same client to the same form (R35)."""
    forms = {version.id: version.form_id for version in versions}
    by_id = {response.id: response for response in responses}
    for response in by_id.values():
        if response.amends_id is None:
            continue
        old = by_id.get(response.amends_id)
        told = old and (old.client_id, forms.get(old.form_version_id))
        if told != (response.client_id, forms.get(response.form_version_id)):
            yield f"response {response.id}: it amends response {response.amends_id} of another client or form"


def findings_repeat(
    findings: Iterable[FindingRow],
    rules: Iterable[RuleRow],
    responses: Iterable[ResponseRow],
    versions: Iterable[VersionRow],
) -> Iterator[str]:
    """Each finding was made of its client's response, and says what its rule says (R32)."""
    forms = {version.id: version.form_id for version in versions}
    by_rule = {rule.id: rule for rule in rules}
    by_response = {response.id: response for response in responses}
    for finding in findings:
        response, rule = by_response.get(finding.response_id), by_rule.get(finding.rule_id)
        if response is None or response.n > finding.n or response.client_id != finding.client_id:
            yield f"finding {finding.id}: it wasn't made of response {finding.response_id}"
        elif rule is None or forms.get(response.form_version_id) != rule.form_id:
            yield f"finding {finding.id}: rule {finding.rule_id} asks about another form"
        elif any(getattr(finding, name) != getattr(rule, name) for name in guards.FROZEN_IN_FINDINGS):
            yield f"finding {finding.id}: it doesn't say what rule {rule.id} says"


def tasks_are_theirs(
    tasks: Iterable[TaskRow], visits: Mapping[int, int], responses: Iterable[ResponseRow]
) -> Iterator[str]:
    """A visit is stopped by its own client's answers (R34); `visits` tells whose each one is."""
    answered = {response.id: response.client_id for response in responses}
    for task in tasks:
        if answered.get(task.response_id) != visits.get(task.appointment_id):
            yield f"task {task.id}: response {task.response_id} isn't of the client of visit {task.appointment_id}"


def add_on_tasks_are_theirs(
    tasks: Iterable[AddOnTaskRow],
    groups: Mapping[int, int],
    responses: Iterable[ResponseRow],
    asked: Iterable[tuple[int, int]],
) -> Iterator[str]:
    """An add-on is kept from a coming-in by its own client's answers to a form that a rule of it asks about (R34);
    `groups` tells whose each coming-in is, `asked` which service has had a rule on which version.
    """
    by_id = {response.id: response for response in responses}
    known = set(asked)
    for task in tasks:
        response = by_id.get(task.response_id)
        if response is None or response.client_id != groups.get(task.group_id):
            yield f"add-on task {task.id}: response {task.response_id} isn't of the client of that visit"
        elif (task.service_id, response.form_version_id) not in known:
            yield f"add-on task {task.id}: no rule of service {task.service_id} asks about response {response.id}"


def check_versions(connection: Connection) -> tuple[int, list[str]]:
    """Every version of every form, and which responses amend which."""
    versions = rows(connection, FormVersion, VersionRow)
    sources = stream(connection, select(FormVersion.id, FormVersion.source))
    hashed = {id: hashlib.sha256(b64decode(source)).hexdigest() for id, source in sources}
    responses = rows(connection, FormResponse, ResponseRow)
    return len(versions), [*versions_counted(versions, hashed), *responses_amend(responses, versions)]


def check_findings(connection: Connection) -> tuple[int, list[str]]:
    """Everything that rules found."""
    findings, rules = rows(connection, Finding, FindingRow), rows(connection, ScreeningRule, RuleRow)
    responses, versions = rows(connection, FormResponse, ResponseRow), rows(connection, FormVersion, VersionRow)
    return len(findings), list(findings_repeat(findings, rules, responses, versions))


def check_tasks(connection: Connection) -> tuple[int, list[str]]:
    """Everything that somebody was told of, or asked to decide."""
    tasks, add_on_tasks = rows(connection, ScreeningTask, TaskRow), rows(connection, AddOnTask, AddOnTaskRow)
    responses = rows(connection, FormResponse, ResponseRow)
    told_of = select(Appointment.id, Appointment.client_id).where(
        Appointment.id.in_(select(ScreeningTask.appointment_id))
    )
    groups = select(Group.id, Group.client_id).where(Group.id.in_(select(AddOnTask.group_id)))
    ruled = select(ScreeningRule.service_id, FormVersion.id).join(
        FormVersion, FormVersion.form_id == ScreeningRule.form_id
    )
    asked = ((service, version) for service, version in stream(connection, ruled))
    faults = [
        *tasks_are_theirs(tasks, dict(map(tuple, stream(connection, told_of))), responses),
        *add_on_tasks_are_theirs(add_on_tasks, dict(map(tuple, stream(connection, groups))), responses, asked),
    ]
    return len(tasks) + len(add_on_tasks), faults
