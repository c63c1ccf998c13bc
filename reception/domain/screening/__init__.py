"""Screening: what answers mean for a service, asked at every door through one gate (R31–R35)."""

from reception.domain.gates import Effect, Lasting, Operator, Screened
from reception.domain.screening.answering import answer, check
from reception.domain.screening.deciding import ask, ask_about, clear, decline
from reception.domain.screening.gate import (
    UNSAVED,
    demand,
    dues,
    preview,
    record,
    refusal,
    verdict,
    verdicts,
)
from reception.domain.screening.holding import held
from reception.domain.screening.issuing import Consequence, Issue, consequences, findings, issue, others
from reception.domain.screening.past import past
from reception.domain.screening.recommending import Template, recommended, templates
from reception.domain.screening.ruling import (
    add_rule,
    change_rule,
    requirements,
    retire_rule,
    rules,
    set_requirements,
)
from reception.domain.screening.values import (
    Decided,
    Denied,
    Due,
    Held,
    Hit,
    Past,
    Requirement,
    RuleDraft,
    RuleRow,
    Task,
    Told,
    Verdict,
    Wanting,
)
from reception.domain.screening.waiting import tasks
from reception.domain.tables.words import TaskKind

__all__ = [
    "UNSAVED",
    "Consequence",
    "Decided",
    "Denied",
    "Due",
    "Effect",
    "Held",
    "Hit",
    "Issue",
    "Lasting",
    "Operator",
    "Past",
    "Requirement",
    "RuleDraft",
    "RuleRow",
    "Screened",
    "Task",
    "TaskKind",
    "Template",
    "Told",
    "Verdict",
    "Wanting",
    "add_rule",
    "answer",
    "ask",
    "ask_about",
    "change_rule",
    "check",
    "clear",
    "consequences",
    "decline",
    "demand",
    "dues",
    "findings",
    "held",
    "issue",
    "others",
    "past",
    "preview",
    "recommended",
    "record",
    "refusal",
    "requirements",
    "retire_rule",
    "rules",
    "set_requirements",
    "tasks",
    "templates",
    "verdict",
    "verdicts",
]
