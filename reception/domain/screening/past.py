"""What was answered and decided before, for whoever decides now (R33)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import literal, null, select, union_all
from sqlalchemy.orm import Session

from reception.domain import forms, questionnaire, tables
from reception.domain.questionnaire.values import Form
from reception.domain.screening.values import Decided, Past, Told
from reception.domain.tables.ids import ClientId, GroupId, ResponseId, ServiceId


def past(session: Session, client: ClientId, service: ServiceId, group: GroupId | None = None) -> Past:
    """How a client answered what matters for a service so far, and what was decided about it, the newest first.

    `group` is the coming-in that is decided about now: a no is told of that one only.
    """
    return Past(tuple(_told(session, client, service)), tuple(_decided(session, client, service, group)))


def _told(session: Session, client: ClientId, service: ServiceId) -> Iterator[Told]:
    """The answers to the questions that a rule on this service asks about, or asked about when they were given."""
    given, version, rule = tables.FormResponse, tables.FormVersion, tables.ScreeningRule
    asked = select(rule.form_id, rule.link_id).where(rule.service_id == service).distinct()
    links: dict[int, set[str]] = {}
    for form, link in session.execute(asked):
        links.setdefault(form, set()).add(link)
    query = (
        select(given.id, given.business_day, given.answers, version.form_id, version.questionnaire)
        .join(version, version.id == given.form_version_id)
        .where(given.client_id == client, version.form_id.in_(links))
        .order_by(given.n.desc(), given.id.desc())
    )
    for id_, day, answers, form, asked_form in session.execute(query):
        for question, answer in _answers(forms.as_form(asked_form), answers, links[form]):
            yield Told(day, ResponseId(id_), question, answer)


def _answers(form: Form, answers: str, links: set[str]) -> Iterator[tuple[str, str]]:
    """What was answered to some of a form's questions, in words."""
    answered = questionnaire.answered(form, questionnaire.parse_json(answers))
    for item in form.walk():
        if item.link_id in links and (found := answered.get(item.link_id)) is not None and found.values:
            yield item.words, ", ".join(questionnaire.words_of(value) for value in found.values)


def _decided(session: Session, client: ClientId, service: ServiceId, group: GroupId | None) -> Iterator[Decided]:
    cleared, denial = tables.Clearance, tables.Denial
    log, who = tables.LogRow, tables.Staff
    yes: Any = select(
        literal(1).label("cleared"), cleared.n, cleared.at, cleared.words, cleared.group_id, cleared.through
    ).where(cleared.client_id == client, cleared.service_id == service)
    no: Any = select(literal(0), denial.n, denial.at, denial.words, denial.group_id, null()).where(
        denial.group_id == group, denial.service_id == service
    )
    both = union_all(yes, no).subquery()
    query = select(both, who.name).join(log, log.n == both.c.n).join(who, who.id == log.actor)
    for passed, _, at, words, of, through, name in session.execute(query.order_by(both.c.n.desc())):
        yield Decided(name, at, words, bool(passed), through, of is not None and of == group)
