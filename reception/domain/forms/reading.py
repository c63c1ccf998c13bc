"""Looking at forms: the list, their versions, and what a client answered."""

from base64 import b64decode
from collections import defaultdict
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from reception.domain import questionnaire, tables
from reception.domain.errors import NotFound
from reception.domain.forms.values import FormRow, Response, ResponseRow, Signature, Version
from reception.domain.questionnaire.values import Form, Repair
from reception.domain.tables.ids import ClientId, FormId, ResponseId, ServiceId, VersionId

_NOT_THERE = "This form is no longer there. Pick another."


@lru_cache(maxsize=128)
def as_form(text: str) -> Form:
    """A form from its stored Questionnaire; read once, since a version never changes."""
    return questionnaire.read_json(questionnaire.parse_json(text)).form


def forms(session: Session, *, retired: bool = False) -> tuple[FormRow, ...]:
    """The clinic's forms by title, each as its newest version asks it; with `retired` the retired ones too."""
    form, held = tables.Form, tables.FormVersion
    answered = select(func.count()).join_from(tables.FormResponse, held).where(held.form_id == form.id)
    query = _versions().add_columns(form.retired, answered.correlate(form).scalar_subquery()).where(_is_newest())
    if not retired:
        query = query.where(form.retired == 0)
    required = _required(session)
    rows = [_form_row(row, required[row[1]]) for row in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def version(session: Session, version: VersionId) -> Version:
    """One version of a form, ready to be asked; NotFound where there is none."""
    return _one(session, _versions().where(tables.FormVersion.id == version))


def newest(session: Session, form: FormId) -> Version:
    """The version of a form that is asked now; NotFound where there is no such form."""
    return _one(session, _versions().where(tables.Form.id == form, _is_newest()))


def versions(session: Session, form: FormId) -> tuple[Version, ...]:
    """All versions of a form, the newest first."""
    query = _versions().where(tables.Form.id == form).order_by(tables.FormVersion.number.desc())
    return tuple(_version(row) for row in session.execute(query))


def source(session: Session, version: VersionId) -> bytes:
    """A version as it came, byte for byte; NotFound where there is none."""
    held = session.scalar(select(tables.FormVersion.source).where(tables.FormVersion.id == version))
    if held is None:
        raise NotFound(_NOT_THERE)
    return b64decode(held)


def responses(session: Session, client: ClientId) -> tuple[ResponseRow, ...]:
    """What a client answered so far, the newest first."""
    given = tables.FormResponse
    query = _responses().where(given.client_id == client).order_by(given.n.desc(), given.id.desc())
    return tuple(_response_row(row) for row in session.execute(query))


def response(session: Session, response: ResponseId) -> Response:
    """One response with the version that was asked (R35); NotFound where there is none."""
    given = tables.FormResponse
    query = (
        _responses()
        .add_columns(given.client_id, tables.Client.name, given.form_version_id, given.answers, given.signature)
        .add_columns(given.signer, given.signer_role, given.signed_at)
        .join(tables.Client, tables.Client.id == given.client_id)
        .where(given.id == response)
    )
    row: Any = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("These answers are no longer there.")
    *_, client, name, asked, answers, png, signer, role, at = row
    return Response(
        row=_response_row(row),
        client=client,
        client_name=name,
        version=version(session, asked),
        answers=questionnaire.parse_json(answers),
        signature=Signature(b64decode(png), signer, role, at) if png else None,
        services=_concerned(session, row[1]),
    )


def _one(session: Session, query: Select[*tuple[Any, ...]]) -> Version:
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(_NOT_THERE)
    return _version(row)


def _versions() -> Select[*tuple[Any, ...]]:
    held = tables.FormVersion
    return select(
        held.id, tables.Form.id, held.number, held.title, held.business_day, held.questionnaire, held.report
    ).join(tables.Form, tables.Form.id == held.form_id)


def _is_newest() -> Any:
    other = tables.FormVersion.__table__.alias("other")
    highest = select(func.max(other.c.number)).where(other.c.form_id == tables.FormVersion.form_id)
    return tables.FormVersion.number == highest.correlate(tables.FormVersion).scalar_subquery()


def _version(row: Any) -> Version:
    id, form, number, title, published, text, report = row
    repairs = tuple(Repair(*one) for one in questionnaire.parse_json(report))
    return Version(VersionId(id), FormId(form), number, title, published, as_form(text), repairs)


def _form_row(row: Any, services: list[str]) -> FormRow:
    id, form, number, title, published, text, _report, retired, answered = row
    read = as_form(text)
    return FormRow(
        id=FormId(form),
        url=read.url,
        title=title,
        retired=retired,
        version=VersionId(id),
        number=number,
        published=published,
        questions=sum(item.asks for item in read.walk()),
        services=tuple(services),
        responses=answered,
    )


def _required(session: Session) -> dict[int, list[str]]:
    """The names of the services in use that require each form."""
    needed, service = tables.FormRequirement, tables.Service
    query = select(needed.form_id, service.name).join(service, service.id == needed.service_id)
    found: dict[int, list[str]] = defaultdict(list)
    for form, name in session.execute(query.where(service.retired == 0)):
        found[form].append(name)
    return defaultdict(list, {form: sorted(names, key=str.casefold) for form, names in found.items()})


def _responses() -> Select[*tuple[Any, ...]]:
    given, held = tables.FormResponse, tables.FormVersion
    return select(
        given.id,
        held.form_id,
        held.title,
        held.number,
        given.at,
        given.business_day,
        given.answered_by,
        given.answerer,
        given.signed_at.is_not(None),
        given.amends_id,
    ).join(held, held.id == given.form_version_id)


def _response_row(row: Any) -> ResponseRow:
    id, form, title, number, at, day, answered_by, answerer, signed, amends, *_ = row
    return ResponseRow(
        ResponseId(id), FormId(form), title, number, at, day, answered_by, answerer, bool(signed), amends
    )


def _concerned(session: Session, form: int) -> tuple[ServiceId, ...]:
    """The services that require a form, or that have rules on its answers."""
    needed, rule = tables.FormRequirement, tables.ScreeningRule
    required = select(needed.service_id).where(needed.form_id == form)
    ruled = select(rule.service_id).where(rule.form_id == form, rule.retired == 0)
    service = tables.Service
    query = select(service.id).where(or_(service.id.in_(required), service.id.in_(ruled))).order_by(service.id)
    return tuple(ServiceId(id) for id in session.scalars(query))
