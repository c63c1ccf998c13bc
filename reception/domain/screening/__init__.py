"""Screening: what answers mean for a service, asked at every door through one gate (R31–R35)."""

from reception.domain.gates import Effect, Lasting, Operator, Screened
from reception.domain.screening.answering import answer, check
from reception.domain.screening.deciding import ask, clear, tasks
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
from reception.domain.screening.ruling import (
    add_rule,
    change_rule,
    requirements,
    retire_rule,
    rules,
    set_requirements,
)
from reception.domain.screening.values import Due, Held, Hit, Requirement, RuleDraft, RuleRow, Task, Verdict, Wanting
from reception.domain.tables.words import TaskKind

__all__ = [
    "UNSAVED",
    "Consequence",
    "Due",
    "Effect",
    "Held",
    "Hit",
    "Issue",
    "Lasting",
    "Operator",
    "Requirement",
    "RuleDraft",
    "RuleRow",
    "Screened",
    "Task",
    "TaskKind",
    "Verdict",
    "Wanting",
    "add_rule",
    "answer",
    "ask",
    "change_rule",
    "check",
    "clear",
    "consequences",
    "demand",
    "dues",
    "findings",
    "held",
    "issue",
    "others",
    "preview",
    "record",
    "refusal",
    "requirements",
    "retire_rule",
    "rules",
    "set_requirements",
    "tasks",
    "verdict",
    "verdicts",
]
