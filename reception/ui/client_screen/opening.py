"""What the client's screen is told of a form and a visit, and what is told of their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from reception.client_view.messages import Advice, Extra, Open, State, VisitLine
from reception.domain import questionnaire
from reception.domain.diary import ChainLine
from reception.domain.forms import Response
from reception.domain.inbox import Fitting
from reception.domain.screening import UNSAVED, Effect, Verdict
from reception.domain.tables.ids import FormId
from reception.ui import theme
from reception.ui.client_screen.monitors import Monitors
from reception.ui.panels.form.reading import Facts
from reception.ui.panels.form.work import Work
from reception.ui.text import Formats
from reception.ui.workbench import Workbench


def opening(bench: Workbench, facts: Facts, work: Work, earlier: Response | None, monitors: Monitors) -> Open:
    """One form for one client, by their first name; `earlier` are answers of another day to ask about."""
    formats, today = bench.formats, bench.today()
    asks = earlier is not None and not work.is_begun()
    form = questionnaire.dump_json(facts.version.questionnaire.json)
    return Open(
        form=form,
        name=first_name(facts.card.name),
        clinic=bench.clinic.name,
        locale=formats.locale,
        currency=formats.currency,
        zone=str(formats.zone),
        today=today.isoformat(),
        dark=theme.t.dark,
        guardian=facts.is_minor(today),
        # Of the client nothing is told, unless the form asks.
        patient=questionnaire.patient(facts.card.born if "%patient" in form else None),
        state=as_state(work),
        since=formats.short(earlier.row.day, today) if earlier is not None and asks else "",
        earlier=questionnaire.dump_json(earlier.answers) if earlier is not None and asks else "",
        visit=tuple(_line(bench, line) for line in facts.coming.lines) if facts.coming is not None else (),
        screen=monitors.client,
        desk=monitors.desk,
    )


def as_state(work: Work) -> State:
    """A draft as the client's screen goes on with it."""
    return State(
        answers="" if work.answers is None else questionnaire.dump_json(work.answers),
        page=work.page,
        unread=work.unread,
        copied=work.copied,
        answerer=work.answerer,
        relation=work.relation,
        signature=work.signature,
        answered=work.answered,
        questions=work.questions,
        wishes=tuple(work.wishes),
    )


def with_state(work: Work, state: State, by: str) -> Work:
    """A draft with what stands on the client's screen now; raises Refused where that is no set of answers."""
    answers = questionnaire.read_response(state.answers.encode()) if state.answers else None
    return replace(
        work,
        answers=answers,
        page=state.page,
        unread=dict(state.unread or {}),
        copied=dict(state.copied or {}),
        by=by,
        answerer=state.answerer,
        relation=state.relation,
        signature=state.signature,
        answered=state.answered,
        questions=state.questions,
        wishes=state.wishes,
    )


def advice(verdicts: Mapping[Any, Verdict], form: FormId) -> tuple[Advice, ...]:
    """What the clinic says to the client about the answers that they give now, each sentence once."""
    told: dict[str, list[str]] = {}
    for hit in (hit for verdict in verdicts.values() for hit in verdict.hits):
        if hit.form == form and hit.response == UNSAVED and hit.effect is not Effect.NOTE and hit.client_message:
            said = told.setdefault(hit.link_id, [])
            if hit.client_message not in said:
                said.append(hit.client_message)
    return tuple(Advice(link, " ".join(said)) for link, said in told.items())


def extras(fitting: Sequence[Fitting], formats: Formats) -> tuple[Extra, ...]:
    """The add-ons that fit, with their length and price in words."""
    return tuple(
        Extra(int(one.service), one.name, f"{formats.minutes(one.minutes)} · {formats.money(one.price)}")
        for one in fitting
    )


def first_name(name: str) -> str:
    """The name by which a client is greeted: on a screen that others may see, no more of it."""
    return next(iter(name.split()), name)


def _line(bench: Workbench, line: ChainLine) -> VisitLine:
    entry, formats = line.entry, bench.formats
    when = f"{formats.long_day(entry.start.astimezone(formats.zone).date())}, {formats.span(entry.start, entry.end)}"
    words = QCoreApplication.translate("client_screen", "{when}, with {who}")
    return VisitLine(entry.service_name, words.format(when=when, who=line.staff_name))
