"""Publishing forms: each version is kept as it came, and never changes."""

from base64 import b64encode
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import access, questionnaire, tables
from reception.domain.access import Act
from reception.domain.errors import NotFound, Refused
from reception.domain.questionnaire.values import Form
from reception.domain.tables.ids import FormId, VersionId


def publish(session: Session, source: bytes, *, material: bool = False) -> VersionId:
    """Puts a Questionnaire into the clinic's list, as the next version of the form that has its URL.

    `material` says that answers to earlier versions no longer count (R31). Refused where these very bytes are a version
    already, or where they can't be read.
    """
    turn = access.require(session, Act.FORMS)
    read = questionnaire.read(source)
    digest = sha256(source).hexdigest()
    _refuse_again(session, digest)
    form = _form_of(session, read.form.url)
    form.title, form.retired = read.form.title or "A form without a title", False
    session.flush()
    number = session.scalar(select(func.max(tables.FormVersion.number)).where(tables.FormVersion.form_id == form.id))
    row = tables.FormVersion(
        **turn.stamp(),
        form_id=form.id,
        number=(number or 0) + 1,
        version=read.form.version,
        title=form.title,
        fhir=read.fhir,
        source=b64encode(source).decode("ascii"),
        sha256=digest,
        questionnaire=_asked(read.form),
        report=questionnaire.dump_json([list(repair) for repair in read.report]),
        copyright=read.form.copyright,
        material=material,
    )
    session.add(row)
    session.flush()
    return VersionId(row.id)


def retire(session: Session, form: FormId) -> None:
    """Asks a form no more; what was answered stays. Refused while a service that is offered requires it."""
    access.require(session, Act.FORMS)
    row = _row(session, form)
    needed, service = tables.FormRequirement, tables.Service
    name = session.scalar(
        select(service.name)
        .join(needed, needed.service_id == service.id)
        .where(needed.form_id == form, service.retired == 0)
        .order_by(service.name)
        .limit(1)
    )
    if name is not None:
        raise Refused(
            "{service} requires “{form}”. Take the form off that service first.", service=name, form=row.title
        )
    row.retired = True


def restore(session: Session, form: FormId) -> None:
    """Takes a retired form back into the list."""
    access.require(session, Act.FORMS)
    _row(session, form).retired = False


def _row(session: Session, form: FormId) -> tables.Form:
    row = session.get(tables.Form, form)
    if row is None:
        raise NotFound("This form is no longer there. Pick another.")
    return row


def _form_of(session: Session, url: str) -> tables.Form:
    """The form of a URL; a new one where there is none."""
    row = session.scalars(select(tables.Form).where(tables.Form.url == url)).one_or_none()
    if row is None:
        row = tables.Form(url=url)
        session.add(row)
    return row


def _asked(form: Form) -> str:
    """The Questionnaire that is asked; it says its URL also where one had to be made."""
    return questionnaire.dump_json({**questionnaire.parse_json(questionnaire.write(form)), "url": form.url})


def _refuse_again(session: Session, digest: str) -> None:
    held = tables.FormVersion
    same = session.execute(select(held.title, held.number).where(held.sha256 == digest)).one_or_none()
    if same is not None:
        raise Refused(
            "This is “{form}”, version {number}, which is here already. Change the form before publishing it again.",
            form=same.title,
            number=same.number,
        )
