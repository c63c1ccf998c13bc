"""Handing in answers: checked, kept for good, and weighed for every service that heeds the form (R33–R35)."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, forms, gates, questionnaire, tables
from reception.domain.access import Act, Turn
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.forms import Answering, Signature, Version
from reception.domain.gates import Effect, Met, Rule
from reception.domain.outcomes import LIVE
from reception.domain.questionnaire.values import Answered, Problem
from reception.domain.screening.books import Books, open_books
from reception.domain.screening.gate import UNTREATED, dues
from reception.domain.tables.ids import AppointmentId, ClientId, GroupId, ResponseId
from reception.domain.tables.words import AnsweredBy, TaskKind

OF_AGE = 18
"""Years from which a client answers alone (R35)."""

_DROPPED = "disabledAnswer"  # answers that skip logic has taken back aren't handed in


def answer(session: Session, answering: Answering) -> ResponseId:
    """Hands in a completed form: keeps the answers, what they mean for each service, and a task for each visit to come
    that they block or flag (R33–R35).

    Answers to questions that aren't asked are dropped. Refused where the form isn't complete, naming the question.
    """
    turn = access.require(session, Act.ANSWER)
    version, answers, answered = _checked(session, turn, answering)
    books = open_books(session, [answering.client], _ruled(session, version))
    _freeze_blocks(session, turn, answering.client, version, books)
    row = _row(turn, version, answering, answers, answered)
    session.add(row)
    session.flush()
    for rules in _rules(books, version):
        met = gates.assess(rules, version.questionnaire, answered, turn.today).met
        session.add_all(_finding(turn, row, one) for one in met)
    session.flush()
    _raise_tasks(session, turn, row)
    return ResponseId(row.id)


def check(session: Session, answering: Answering) -> dict[str, Any]:
    """The answers as `answer` would keep them, without keeping them; refused for the same reasons (R35)."""
    return _checked(session, access.require(session, Act.ANSWER), answering).answers


class _Checked(NamedTuple):
    """Answers that nothing speaks against, and the version that they answer."""

    version: Version
    answers: dict[str, Any]
    answered: Mapping[str, Answered]


def _checked(session: Session, turn: Turn, answering: Answering) -> _Checked:
    version = forms.version(session, answering.version)
    client = _client(session, answering.client)
    _check_group(session, answering)
    _check_person(session, turn, client, answering)
    _check_amended(session, version, answering)
    answers = _complete(turn, client, version, answering)
    answered = questionnaire.answered(version.questionnaire, answers, patient=questionnaire.patient(client.born))
    _check_signature(version, answered, answering)
    return _Checked(version, answers, answered)


def _client(session: Session, client: ClientId) -> tables.Client:
    row = session.get(tables.Client, client)
    if row is None:
        raise NotFound("That client is no longer there. Choose the client again.", field="client")
    return row


def _check_group(session: Session, answering: Answering) -> None:
    if answering.group is None:
        return
    group = session.get(tables.Group, answering.group)
    if group is None or group.client_id != answering.client:
        raise NotFound("That visit is no longer there. Open the form from the client's visit again.", field="group")


def _check_person(session: Session, turn: Turn, client: tables.Client, answering: Answering) -> None:
    """A guardian answers for a minor, with name and relation (R35)."""
    if answering.answered_by is AnsweredBy.GUARDIAN:
        if not answering.answerer.strip():
            raise Invalid("Type the guardian's name.", field="answerer")
        if not answering.relation.strip():
            raise Invalid("Type how the guardian is related to the client, such as mother.", field="relation")
        return
    if answering.answered_by is AnsweredBy.IMPORT or client.born is None:
        return
    if _age(client.born, _visit_day(session, answering.group) or turn.today) < OF_AGE:
        raise Invalid(
            "{client} is under {age}. Let a guardian answer, and type their name and relation.",
            field="answered_by",
            client=client.name,
            age=OF_AGE,
        )


def _visit_day(session: Session, group: GroupId | None) -> date | None:
    """The day of a coming-in: of its first visit that stands."""
    visit = tables.Appointment
    query = select(visit.day).where(visit.group_id == group, visit.status.in_(LIVE)).order_by(visit.starts).limit(1)
    return session.scalar(query) if group is not None else None


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _check_amended(session: Session, version: Version, answering: Answering) -> None:
    """A correction is of the same client's answers to the same form (R35)."""
    if answering.amends is None:
        return
    given, held = tables.FormResponse, tables.FormVersion
    query = select(given.client_id, held.form_id).join(held, held.id == given.form_version_id)
    amended = session.execute(query.where(given.id == answering.amends)).one_or_none()
    if amended is None or tuple(amended) != (answering.client, version.form):
        raise Refused("These answers can't be corrected with another form. Open the form that was answered.")


def _check_signature(version: Version, answered: Mapping[str, Answered], answering: Answering) -> None:
    """A form that asks for a signature, or shows a question that does, isn't handed in without one (R35)."""
    if answering.signature is not None:
        if not answering.signature.png or not answering.signature.signer.strip():
            raise Invalid("The signature is empty. Sign it, and type the name.", field="signature")
        return
    if answering.answered_by is AnsweredBy.IMPORT:
        return
    form = version.questionnaire
    shown = (answered[item.link_id].enabled for item in form.walk() if item.signature and item.link_id in answered)
    if form.signature or any(shown):
        raise Invalid("“{form}” has to be signed. Sign it, then hand it in.", field="signature", form=version.title)


def _complete(turn: Turn, client: tables.Client, version: Version, answering: Answering) -> dict[str, Any]:
    """The answers as they are kept: checked, calculated anew, without those of questions that aren't asked."""
    form = version.questionnaire
    answers = questionnaire.read_response(answering.answers)
    known = questionnaire.patient(client.born)
    _refuse(version, (one for one in questionnaire.validate(form, answers, patient=known) if one.check != _DROPPED))
    filling = questionnaire.Filling(form, answers, today=turn.today, patient=known)
    kept = filling.response(completed=True, at=turn.now)
    _refuse(version, questionnaire.validate(form, kept, patient=known))
    return kept


def _refuse(version: Version, problems: Iterable[Problem]) -> None:
    """Names the first question whose answer can't be kept."""
    first = next((one for one in problems if one.severity == "error"), None)
    if first is None:
        return
    words = (item.words for item in version.questionnaire.walk() if item.link_id == first.link_id)
    raise Invalid(
        "“{question}”: {problem}",
        field=first.link_id,
        question=next(words, "") or version.title,
        problem=first.text,
    )


def _row(
    turn: Turn, version: Version, answering: Answering, answers: dict[str, Any], answered: Mapping[str, Answered]
) -> tables.FormResponse:
    text = questionnaire.dump_json(answers)
    scored = (item.link_id for item in version.questionnaire.walk() if item.calculated and item.link_id in answered)
    scores = {link: [questionnaire.json_of(value) for value in answered[link].values] for link in scored}
    return tables.FormResponse(
        **turn.stamp(),
        form_version_id=version.id,
        client_id=answering.client,
        group_id=answering.group,
        answers=text,
        answered_by=answering.answered_by,
        answerer=answering.answerer.strip(),
        relation=answering.relation.strip() if answering.answered_by is AnsweredBy.GUARDIAN else "",
        amends_id=answering.amends,
        scores=questionnaire.dump_json(scores),
        **_signed(answering.signature, text),
    )


def _signed(signature: Signature | None, text: str) -> dict[str, Any]:
    """A signature with the hash of the answers that it stands under, exactly as they are stored."""
    if signature is None:
        return {}
    return {
        "signature": b64encode(signature.png).decode("ascii"),
        "signer": signature.signer.strip(),
        "signer_role": signature.role.strip(),
        "signed_at": signature.at,
        "signed_sha256": sha256(text.encode()).hexdigest(),
    }


def _ruled(session: Session, version: Version) -> tuple[int, ...]:
    """The services that have rules on a form."""
    rule = tables.ScreeningRule
    query = select(rule.service_id).where(rule.form_id == version.form, rule.retired == 0).distinct()
    return tuple(session.scalars(query.order_by(rule.service_id)))


def _rules(books: Books, version: Version) -> Iterator[Sequence[Rule]]:
    """The rules on a form, service by service."""
    return (rules[version.form] for rules in books.rules.values() if version.form in rules)


def _freeze_blocks(session: Session, turn: Turn, client: ClientId, version: Version, books: Books) -> None:
    """Keeps the blocks that the newest answers so far mean by rules that are younger than those: new answers replace
    flags, but lift no block (R33).
    """
    base = books.base(client, version.form)
    if base is None:
        return
    row = session.get_one(tables.FormResponse, base.id)
    known = set(session.scalars(select(tables.Finding.rule_id).where(tables.Finding.response_id == base.id)))
    for rules in _rules(books, version):
        for met in books.assess(base, rules).met:
            if met.rule.effect is Effect.BLOCK and met.rule.id not in known:
                session.add(_finding(turn, row, met))


def _finding(turn: Turn, row: tables.FormResponse, met: Met) -> tables.Finding:
    return tables.Finding(
        **turn.stamp(),
        response_id=row.id,
        client_id=row.client_id,
        service_id=met.rule.service,
        rule_id=met.rule.id,
        link_id=met.rule.link_id,
        answer=met.answer,
        effect=met.rule.effect,
        lasting=met.rule.lasting,
        until=met.until,
        staff_message=met.rule.staff_message,
        client_message=met.rule.client_message,
    )


def _raise_tasks(session: Session, turn: Turn, row: tables.FormResponse) -> None:
    """A task for each visit to come that these answers block or flag (R34); their days are drawn anew."""
    visit = tables.Appointment
    query = (
        select(visit.id, visit.day)
        .where(visit.client_id == row.client_id, visit.status.in_(UNTREATED), visit.day >= turn.today)
        .order_by(visit.starts, visit.id)
    )
    visits = session.execute(query).all()
    session.info["days"].update(day for _, day in visits)
    for appointment, verdict in dues(session, [AppointmentId(id) for id, _ in visits]).items():
        effects = {hit.effect for hit in verdict.hits if hit.response == row.id and not hit.cleared}
        if effects & {Effect.BLOCK, Effect.FLAG}:
            kind = TaskKind.BLOCKED if Effect.BLOCK in effects else TaskKind.REVIEW
            session.add(tables.ScreeningTask(**turn.stamp(), kind=kind, appointment_id=appointment, response_id=row.id))
    session.flush()
