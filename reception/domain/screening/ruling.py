"""What a service requires, and what answers mean for it (R31, R32)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reception.domain import access, forms, gates, questionnaire, tables
from reception.domain.access import Act
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.gates import Effect, Lasting, Misfit, Operator
from reception.domain.questionnaire.values import Form, Item, Kind
from reception.domain.screening.values import Requirement, RuleDraft, RuleRow
from reception.domain.tables.ids import FormId, RuleId, ServiceId

MOST_DAYS = 3650
"""Days that an answer may hold, or a block may stand."""


def requirements(session: Session, service: ServiceId) -> tuple[Requirement, ...]:
    """The forms that a service requires, by title."""
    need, form = tables.FormRequirement, tables.Form
    query = select(need.form_id, form.title, need.days).join(form, form.id == need.form_id)
    rows = session.execute(query.where(need.service_id == service))
    found = (Requirement(FormId(form), title, days) for form, title, days in rows)
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.form)))


def set_requirements(session: Session, service: ServiceId, required: Sequence[tuple[FormId, int | None]]) -> None:
    """Sets which forms a service requires, each with the days that an answer holds, None for every visit anew (R31)."""
    access.require(session, Act.SCREENING_RULES)
    _service(session, service)
    if len({form for form, _ in required}) < len(required):
        raise Invalid("A form is named twice. Take one of the two away.", field="forms")
    wanted = dict(required)
    for form, days in wanted.items():
        _check_days("days", days)
        if _form(session, form).retired:
            raise Refused("“{form}” is retired. Choose a form that is asked.", form=_form(session, form).title)
    need = tables.FormRequirement
    rows = {FormId(row.form_id): row for row in session.scalars(select(need).where(need.service_id == service))}
    for form, row in rows.items():
        if form not in wanted:
            session.delete(row)
    for form, days in wanted.items():
        if form in rows:
            rows[form].days = days
        else:
            session.add(need(service_id=service, form_id=form, days=days))


def rules(session: Session, service: ServiceId | None = None, form: FormId | None = None) -> tuple[RuleRow, ...]:
    """What answers mean, rule by rule, for one service, on one form, or all; each says what is wrong with it by now."""
    rule = tables.ScreeningRule
    query = (
        select(rule, tables.Service.name, tables.Form.title)
        .join(tables.Service, tables.Service.id == rule.service_id)
        .join(tables.Form, tables.Form.id == rule.form_id)
        .where(rule.retired == 0)
        .order_by(rule.id)
    )
    if service is not None:
        query = query.where(rule.service_id == service)
    if form is not None:
        query = query.where(rule.form_id == form)
    rows = session.execute(query).all()
    asked = {id: forms.newest(session, FormId(id)).questionnaire for id in {row[0].form_id for row in rows}}
    found = [_rule_row(*row, asked[row[0].form_id]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.service_name.casefold(), one.form_title.casefold(), one.id)))


def add_rule(session: Session, draft: RuleDraft) -> RuleId:
    """Says what an answer means for a service from now on; it is asked of the answers so far too (R32)."""
    access.require(session, Act.SCREENING_RULES)
    return _add(session, draft)


def change_rule(session: Session, rule: RuleId, draft: RuleDraft) -> RuleId:
    """Replaces a rule by another; blocks that it found stand as they were found (R33)."""
    access.require(session, Act.SCREENING_RULES)
    _rule(session, rule).retired = True
    return _add(session, draft)


def retire_rule(session: Session, rule: RuleId) -> None:
    """Asks a rule no more; blocks that it found stand until their date, or until they are cleared (R33)."""
    access.require(session, Act.SCREENING_RULES)
    _rule(session, rule).retired = True


def _add(session: Session, draft: RuleDraft) -> RuleId:
    _service(session, draft.service)
    _form(session, draft.form)
    _check(draft, forms.newest(session, draft.form).questionnaire)
    until = draft.lasting is Lasting.UNTIL
    row = tables.ScreeningRule(
        service_id=draft.service,
        form_id=draft.form,
        link_id=draft.link_id,
        operator=draft.operator,
        answer=questionnaire.dump_json(questionnaire.json_of(draft.answer)),
        effect=draft.effect,
        lasting=draft.lasting,
        until_days=draft.until_days if until else None,
        until_link=draft.until_link if until else "",
        staff_message=draft.staff_message.strip(),
        client_message=draft.client_message.strip(),
        since=access.turn(session).today,
    )
    session.add(row)
    session.flush()
    return RuleId(row.id)


_MISFIT = {
    Misfit.GONE: "The question is no longer in the form.",
    Misfit.KIND: "The question takes another kind of answer now.",
    Misfit.OPTION: "The answer is no longer offered.",
}


def _check(draft: RuleDraft, form: Form) -> None:
    item = _item(form, draft.link_id)
    if item is None or not item.asks:
        raise Invalid("Choose a question of the form.", field="question")
    if draft.operator is Operator.EXISTS and draft.answer.type != "boolean":
        raise Invalid("Choose whether the question has to be answered or left open.", field="answer")
    if gates.misfit(draft.operator, draft.answer, item) is not None:
        raise Invalid(
            "This answer can't be given to “{question}”. Choose one that can.", field="answer", question=item.words
        )
    _check_until(draft, form)
    if draft.effect is Effect.NOTE:
        return
    if not draft.staff_message.strip():
        raise Invalid("Type what the desk should know.", field="staff_message")
    if not draft.client_message.strip():
        raise Invalid("Type what the client should be told.", field="client_message")


def _check_until(draft: RuleDraft, form: Form) -> None:
    if draft.lasting is not Lasting.UNTIL:
        return
    if draft.until_days is None:
        raise Invalid("Type for how many days it stands.", field="until_days")
    _check_days("until_days", draft.until_days)
    since = _item(form, draft.until_link)
    if draft.until_link and (since is None or since.kind not in (Kind.DATE, Kind.DATE_TIME)):
        raise Invalid("Choose a question that is answered with a date.", field="until_link")


def _check_days(field: str, days: int | None) -> None:
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise Invalid("{days} days can't be. Type 0 to {most}.", field=field, days=days, most=MOST_DAYS)


def _rule_row(row: tables.ScreeningRule, service: str, title: str, form: Form) -> RuleRow:
    answer = questionnaire.value_of(questionnaire.parse_json(row.answer))
    assert answer is not None, f"rule {row.id} has no answer"
    item = _item(form, row.link_id)
    wrong = gates.misfit(row.operator, answer, item)
    draft = RuleDraft(
        service=ServiceId(row.service_id),
        form=FormId(row.form_id),
        link_id=row.link_id,
        operator=row.operator,
        answer=answer,
        effect=row.effect,
        lasting=row.lasting,
        until_days=row.until_days,
        until_link=row.until_link,
        staff_message=row.staff_message,
        client_message=row.client_message,
    )
    return RuleRow(
        id=RuleId(row.id),
        draft=draft,
        service_name=service,
        form_title=title,
        question=(item.words if item else "") or row.link_id,
        answer=questionnaire.words_of(answer),
        since=row.since,
        attention=_MISFIT[wrong] if wrong else _lost_date(row, form),
    )


def _lost_date(row: tables.ScreeningRule, form: Form) -> str:
    if row.until_link and _item(form, row.until_link) is None:
        return "The question for the date is no longer in the form, so the block has no end."
    return ""


def _item(form: Form, link_id: str) -> Item | None:
    return next((item for item in form.walk() if item.link_id == link_id), None)


def _service(session: Session, service: ServiceId) -> None:
    if session.get(tables.Service, service) is None:
        raise NotFound("This service isn't in the catalogue. Pick another.")


def _form(session: Session, form: FormId) -> tables.Form:
    row = session.get(tables.Form, form)
    if row is None:
        raise NotFound("This form is no longer there. Pick another.")
    return row


def _rule(session: Session, rule: RuleId) -> tables.ScreeningRule:
    row = session.get(tables.ScreeningRule, rule)
    if row is None or row.retired:
        raise NotFound("This rule is no longer there. Look at the list again.")
    return row
