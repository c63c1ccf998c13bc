"""What answers mean, in plain Python: who answered, what that blocks or flags, and how long (R31–R34).

Like the model beside it, it is written from the rules and calls nothing of the program.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

CLEAR, FLAGGED, UNKNOWN, BLOCKED = "clear", "flagged", "unknown", "blocked"
REFUSES = (BLOCKED, FLAGGED)

Answers = dict[str, bool | date]


@dataclass(frozen=True)
class Rule:
    """An answer that blocks or flags a service; `days` after the answer, or after the date of `since`, it is over."""

    service: int
    link: str
    answer: bool
    effect: str
    days: int | None = None
    since: str = ""


@dataclass
class Form:
    """A form: which question hangs on which, its rules, and how long a service takes its answers (None: one visit)."""

    rules: tuple[Rule, ...]
    hangs_on: dict[str, str] = field(default_factory=dict)
    required: dict[int, int | None] = field(default_factory=dict)
    versions: int = 1
    material: int = 1


@dataclass(frozen=True)
class Response:
    """One set of answers: of whom, to which version, for which coming-in, on which date; `turn` counts the commands."""

    turn: int
    form: int
    client: int
    version: int
    group: int | None
    day: date
    answers: Answers


@dataclass(frozen=True)
class Clearance:
    """What a clinician let pass: the answers before it, for one coming-in or for visits through a day."""

    turn: int
    client: int
    service: int
    group: int | None
    through: date | None


@dataclass(frozen=True)
class Visiting:
    """Who wants which service, on which date, in which coming-in (None: one to come)."""

    client: int
    service: int
    day: date
    group: int | None


@dataclass
class Verdict:
    """What stands against a service: the responses that block and flag it, cleared ones left out, and forms due."""

    blocks: list[Response] = field(default_factory=list)
    flags: list[Response] = field(default_factory=list)
    due: list[tuple[int, str]] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """The worst of it: blocked, unknown, flagged, clear (R32)."""
        if self.blocks:
            return BLOCKED
        return UNKNOWN if self.due else FLAGGED if self.flags else CLEAR

    @property
    def passes(self) -> bool:
        """Whether the service may go ahead."""
        return self.outcome == CLEAR

    @property
    def newest(self) -> int:
        """The turn of the newest answers that stand against it; 0 where none do."""
        return max((one.turn for one in (*self.blocks, *self.flags)), default=0)


class Gate:
    """Forms, what was answered, and what was cleared."""

    def __init__(self, forms: dict[int, Form]) -> None:
        self.forms = forms
        self.responses: list[Response] = []
        self.clearances: list[Clearance] = []
        self.asked: dict[tuple[int, int], int] = {}
        self._denied: dict[tuple[int, int], int] = {}
        self._turn = 0

    def answer(self, form: int, client: int, version: int, group: int | None, day: date, answers: Answers) -> Response:
        """A form is handed in; what hangs on an answer that hides it is dropped (R35)."""
        asked = self.forms[form].hangs_on
        kept = {link: one for link, one in answers.items() if link not in asked or answers.get(asked[link])}
        self._turn += 1
        self.responses.append(Response(self._turn, form, client, version, group, day, kept))
        return self.responses[-1]

    def publish(self, form: int, *, material: bool) -> None:
        """A new version; a material one makes earlier answers count no more (R31)."""
        own = self.forms[form]
        own.versions += 1
        if material:
            own.material = own.versions

    def clear(self, client: int, service: int, group: int | None, through: date | None) -> None:
        """A clinician lets a service go ahead in spite of what was answered so far (R33)."""
        self._turn += 1
        self.clearances.append(Clearance(self._turn, client, service, group, through))

    def ask(self, group: int, service: int) -> None:
        """A clinician is asked about an add-on that isn't in a coming-in (R34)."""
        self._turn += 1
        self.asked[group, service] = self._turn

    def deny(self, group: int, service: int) -> None:
        """A clinician says no to a service at a coming-in (R33)."""
        self._turn += 1
        self._denied[group, service] = self._turn

    def denied(self, group: int, service: int, asked: int, verdict: Verdict) -> bool:
        """Whether that was said after it was asked about, and after the answers that stand against it (R34)."""
        return self._denied.get((group, service), 0) > max(asked, verdict.newest)

    def verdict(self, visit: Visiting) -> Verdict:
        """What stands against a service on a day (R31, R32, R33)."""
        found = Verdict()
        for key, form in self.forms.items():
            given = [one for one in self.responses if one.form == key and one.client == visit.client]
            counting = [one for one in given if one.version >= form.material]
            speaks = (counting or given)[-1:]
            why = _due(form, visit, counting, given)
            for one in given:
                self._weigh(found, form, one, visit, newest=one in speaks)
            again = bool(counting) and _asked_again(form, counting[-1], visit)
            if why or again:
                found.due.append((key, why or "again"))
        return found

    def _weigh(self, found: Verdict, form: Form, response: Response, visit: Visiting, *, newest: bool) -> None:
        """Every response's blocks stand, the newest one's flags too, unless it no longer counts (R33)."""
        if self._cleared(response, visit):
            return
        counts = newest and response.version >= form.material
        for rule in form.rules:
            if rule.service == visit.service and _stands(rule, response, visit.day):
                if rule.effect == "block":
                    found.blocks.append(response)
                elif counts:
                    found.flags.append(response)

    def _cleared(self, response: Response, visit: Visiting) -> bool:
        return any(
            one.turn > response.turn
            and (one.client, one.service) == (visit.client, visit.service)
            and (visit.day <= one.through if one.through is not None else one.group == visit.group)
            for one in self.clearances
        )


def _due(form: Form, visit: Visiting, counting: list[Response], given: list[Response]) -> str:
    """Why a required form gives no answer for a visit (R31)."""
    if visit.service not in form.required:
        return ""
    days = form.required[visit.service]
    if not counting:
        return "missing" if not given else "changed"
    if days is None:
        here = visit.group is not None and any(one.group == visit.group for one in counting)
        return "" if here else "this visit"
    return "outdated" if visit.day > counting[-1].day + timedelta(days=days) else ""


def _asked_again(form: Form, response: Response, visit: Visiting) -> bool:
    """A question that matters has no answer, or a block or flag is over by the visit (R32)."""
    own = [rule for rule in form.rules if rule.service == visit.service]
    return any(_met(form, rule, response) is None for rule in own) or any(
        _met(form, rule, response) and not _stands(rule, response, visit.day) and _was(rule, response) for rule in own
    )


def _met(form: Form, rule: Rule, response: Response) -> bool | None:
    """Whether an answer meets a rule; None where there is none though it was asked, or may have to be (R32)."""
    above = form.hangs_on.get(rule.link)
    if above is not None and not response.answers.get(above):
        return None if above not in response.answers else False
    given = response.answers.get(rule.link)
    return None if given is None else given == rule.answer


def _until(rule: Rule, response: Response) -> date | None:
    """From when on an answer blocks no more."""
    since = response.answers.get(rule.since) if rule.since else response.day
    return since + timedelta(days=rule.days) if rule.days is not None and isinstance(since, date) else None


def _was(rule: Rule, response: Response) -> bool:
    """What was over on the day of the answer never was a block."""
    until = _until(rule, response)
    return until is None or until > response.day


def _stands(rule: Rule, response: Response, day: date) -> bool:
    until = _until(rule, response)
    return response.answers.get(rule.link) == rule.answer and _was(rule, response) and (until is None or until > day)
