"""What the gate reads of clients and services: two statements, however many of each there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Select, Text, bindparam, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from reception.domain import forms, gates, questionnaire, tables
from reception.domain.errors import NotFound
from reception.domain.gates import Assessed, Effect, Lasting, Operator, Rule
from reception.domain.questionnaire.values import Answered, Form, Value
from reception.domain.tables.base import Whole, raw
from reception.domain.tables.ids import FormId, GroupId, ResponseId, RuleId, VersionId


class Edition(NamedTuple):
    """A version of a form; `material` where answers to earlier ones no longer count (R31)."""

    id: VersionId
    form: FormId
    number: int
    material: bool
    title: str


class Given(NamedTuple):
    """A response: the command that stored it, the version that was asked, its local date."""

    id: ResponseId
    n: int
    version: VersionId
    group: GroupId | None
    day: date


class Frozen(NamedTuple):
    """A block that an answer met when it was given; it stands whatever has become of the rule (R33)."""

    response: ResponseId
    rule: RuleId
    link_id: str
    answer: str
    lasting: Lasting
    until: date | None
    staff_message: str
    client_message: str


class Cleared(NamedTuple):
    """A clearance: what was answered before the command `n`, for one coming-in or for visits through a day (R33)."""

    n: int
    group: GroupId | None
    through: date | None


@dataclass(slots=True)
class Books:
    """What is known of some clients and some services."""

    zone: ZoneInfo
    required: dict[int, dict[FormId, int | None]] = field(default_factory=lambda: defaultdict(dict))
    rules: dict[int, dict[FormId, list[Rule]]] = field(default_factory=lambda: defaultdict(dict))
    editions: dict[VersionId, Edition] = field(default_factory=dict)
    newest: dict[FormId, Edition] = field(default_factory=dict)
    material: dict[FormId, int] = field(default_factory=dict)
    given: dict[tuple[int, FormId], list[Given]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[int, Given] = field(default_factory=dict)
    frozen: dict[tuple[int, int], list[Frozen]] = field(default_factory=lambda: defaultdict(list))
    cleared: dict[tuple[int, int], list[Cleared]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[VersionId, Form] = field(default_factory=dict)
    answers: dict[ResponseId, Mapping[str, Answered]] = field(default_factory=dict)
    born: dict[int, date | None] = field(default_factory=dict)

    def concerned(self, service: int) -> tuple[FormId, ...]:
        """The forms that a service requires, then those that only have rules for it."""
        return tuple(dict.fromkeys((*self.required[service], *self.rules[service])))

    def base(self, client: int, form: FormId) -> Given | None:
        """The response that speaks for a client: the newest that counts, else the newest there is."""
        given = self.given[client, form]
        return next(reversed([one for one in given if self.counts(one)] or given), None)

    def counts(self, given: Given) -> bool:
        """Whether no version has changed since what was asked (R31)."""
        edition = self.editions[given.version]
        return edition.number >= self.material.get(edition.form, 0)

    def take(self, client: int, given: Given) -> None:
        """Takes note of a response, its answers unread."""
        self.given[client, self.editions[given.version].form].append(given)
        self.by_id[given.id] = given

    def assess(self, given: Given, rules: Sequence[Rule]) -> Assessed:
        """What a response means under these rules (R32)."""
        if not rules:
            return Assessed((), ())
        return gates.assess(rules, self.forms[given.version], self.answers[given.id], given.day)

    def question(self, given: Given, link_id: str) -> str:
        """A question's words as they were asked."""
        words = (item.words for item in self.forms[given.version].walk() if item.link_id == link_id)
        return next(words, "") or link_id


def _look(session: Session, clients: Collection[int], services: Collection[int]) -> Books:
    """What is known of these clients and these services, without the answers."""
    asked = {"clients": sorted(clients), "services": sorted(services)}
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in session.connection().execute(_known(), asked).all():
        rows[row[0]].append(row[1:])
    if not rows["clinic"]:
        raise NotFound("The clinic isn't set up yet.")
    books = Books(ZoneInfo(rows["clinic"][0][5]))
    for service, form, days, *_ in sorted(rows["required"]):
        books.required[service][FormId(form)] = days
    for rule in sorted(map(_rule, rows["rule"]), key=lambda rule: rule.id):
        books.rules[rule.service].setdefault(FormId(rule.form), []).append(rule)
    for id, form, number, material, _n, title, *_ in sorted(rows["version"], key=lambda row: row[2]):
        books.editions[VersionId(id)] = edition = Edition(VersionId(id), FormId(form), number, bool(material), title)
        books.newest[edition.form] = edition
        if material:
            books.material[edition.form] = number
    for n, id, client, version, group, day, *_ in sorted(rows["given"], key=lambda row: row[:2]):
        books.take(client, Given(ResponseId(id), n, VersionId(version), group, date.fromisoformat(day)))
    for response, client, service, rule, _n, link, answer, lasting, until, staff, words, *_ in rows["finding"]:
        books.frozen[client, service].append(
            Frozen(ResponseId(response), RuleId(rule), link, answer, Lasting(lasting), _day(until), staff, words)
        )
    books.born = {client: _day(born) for client, _n, _o, _p, _q, born, *_ in rows["client"]}
    for n, client, service, group, _none, through, *_ in rows["cleared"]:
        books.cleared[client, service].append(Cleared(n, group, _day(through)))
    return books


def open_books(session: Session, clients: Collection[int], services: Collection[int]) -> Books:
    """What is known of these clients and these services, answers included where a rule asks about them."""
    books = _look(session, clients, services)
    whose: dict[ResponseId, int] = {}
    bases: dict[ResponseId, Given] = {}
    for client in clients:
        for form in {form for service in services for form in books.rules[service]}:
            if (base := books.base(client, form)) is not None:
                bases[base.id], whose[base.id] = base, client
    frozen = [books.by_id[one.response] for found in books.frozen.values() for one in found]
    asked = {"responses": sorted(bases), "versions": sorted({one.version for one in (*bases.values(), *frozen)})}
    if not asked["versions"]:
        return books
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    for tag, id, text in session.connection().execute(_texts(), asked).all():
        texts[tag][id] = text
    books.forms.update((VersionId(id), forms.as_form(text)) for id, text in texts["form"].items())
    books.answers.update(
        (id, _answered(books.forms[base.version], texts["answers"][id], books.born[whose[id]]))
        for id, base in bases.items()
    )
    return books


@lru_cache(maxsize=512)
def _answered(form: Form, text: str, born: date | None) -> Mapping[str, Answered]:
    """What a stored response says; worked out once, since it never changes."""
    return questionnaire.answered(form, questionnaire.parse_json(text), patient=questionnaire.patient(born))


@lru_cache(maxsize=512)
def _value(text: str) -> Value:
    """What a rule compares with; rules never change either."""
    value = questionnaire.value_of(questionnaire.parse_json(text))
    assert value is not None, f"a rule compares with {text}"
    return value


def _rule(row: Any) -> Rule:
    id, service, form, days, _none, link, operator, answer, effect, lasting, until_link, staff, client = row
    return Rule(
        id=id,
        service=service,
        form=form,
        link_id=link,
        operator=Operator(operator),
        answer=_value(answer),
        effect=Effect(effect),
        lasting=Lasting(lasting),
        until_days=days,
        until_link=until_link,
        staff_message=staff,
        client_message=client,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@cache
def _known() -> CompoundSelect[*tuple[Any, ...]]:
    """What _look asks, put together once: that takes longer than running it."""
    clinic, need, rule = raw(tables.Clinic), raw(tables.FormRequirement), raw(tables.ScreeningRule)
    version, given = raw(tables.FormVersion), raw(tables.FormResponse)
    finding, cleared, client = raw(tables.Finding), raw(tables.Clearance), raw(tables.Client)
    services = bindparam("services", type_=Whole, expanding=True)
    clients = bindparam("clients", type_=Whole, expanding=True)
    required = select(need.form_id).where(need.service_id.in_(services))
    # Rules that are retired count too: what they found stands.
    ruled = select(rule.form_id).where(rule.service_id.in_(services))
    concerned = or_(version.form_id.in_(required), version.form_id.in_(ruled))
    words = (rule.link_id, rule.operator, rule.answer, rule.effect, rule.lasting, rule.until_link)
    return union_all(
        _tagged("clinic", [], clinic.zone),
        _tagged("client", [client.id], client.born).where(client.id.in_(clients)),
        _tagged("required", [need.service_id, need.form_id, need.days]).where(need.service_id.in_(services)),
        _tagged(
            "rule",
            [rule.id, rule.service_id, rule.form_id, rule.until_days],
            *words,
            rule.staff_message,
            rule.client_message,
        ).where(rule.service_id.in_(services), rule.retired == 0),
        _tagged("version", [version.id, version.form_id, version.number, version.material], version.title).where(
            concerned
        ),
        _tagged(
            "given",
            [given.n, given.id, given.client_id, given.form_version_id, given.group_id],
            given.business_day,
        )
        .join_from(given.table, version.table, version.id == given.form_version_id)
        .where(given.client_id.in_(clients), concerned),
        _tagged(
            "finding",
            [finding.response_id, finding.client_id, finding.service_id, finding.rule_id],
            finding.link_id,
            finding.answer,
            finding.lasting,
            finding.until,
            finding.staff_message,
            finding.client_message,
        ).where(
            finding.client_id.in_(clients),
            finding.service_id.in_(services),
            finding.effect == literal(Effect.BLOCK.value),
        ),
        _tagged("cleared", [cleared.n, cleared.client_id, cleared.service_id, cleared.group_id], cleared.through).where(
            cleared.client_id.in_(clients), cleared.service_id.in_(services)
        ),
    )


@cache
def _texts() -> CompoundSelect[*tuple[Any, ...]]:
    given, version = raw(tables.FormResponse), raw(tables.FormVersion)
    responses = bindparam("responses", type_=Whole, expanding=True)
    versions = bindparam("versions", type_=Whole, expanding=True)
    return union_all(
        select(literal("form"), version.id, version.questionnaire).where(version.id.in_(versions)),
        select(literal("answers"), given.id, given.answers).where(given.id.in_(responses)),
    )


def _tagged(word: str, numbers: Sequence[Any], *texts: Any) -> Select[*tuple[Any, ...]]:
    """A question whose rows say what they are, all of the same width: five numbers, eight texts."""
    padded = [*numbers, *[cast(null(), Whole)] * (5 - len(numbers))]
    return select(literal(word).label("tag"), *padded, *texts, *[cast(null(), Text)] * (8 - len(texts)))
