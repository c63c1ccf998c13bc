"""The demo's forms: brought in one morning, answered before the visit or at the desk, and looked at by clinicians."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from reception.demo import answers, papers
from reception.demo.answers import LOOKS, STOPS, TROUBLES, WELL, Answers
from reception.demo.desk import Desk
from reception.demo.extras import BESIDE, FORMS, LINKS
from reception.demo.offer import MANAGER
from reception.demo.people import Known
from reception.demo.signature import drawn
from reception.demo.today import Paper
from reception.domain import catalogue, forms, screening
from reception.domain.forms import Answering, Signature
from reception.domain.gates import Effect, Lasting
from reception.domain.questionnaire.values import Form
from reception.domain.screening import Verdict
from reception.domain.tables.ids import ClientId, FormId, GroupId, ServiceId, VersionId
from reception.domain.tables.words import AnsweredBy

_ASKING = frozenset(name for beside in BESIDE for name in beside.services)
_SEEN = (
    "Looked at it together, nothing speaks against it",
    "The GP agrees, letter on file",
    "Low setting, and a test area first",
    "Light pressure, and the area left out",
)
_CLEARED_FOR = timedelta(days=180)


class Occasion(NamedTuple):
    """A visit as the forms know it: the client, by place in the list of people and by record; the coming-in; when.

    `paper` is what is to be answered, where that isn't left to chance.
    """

    place: int
    client: ClientId
    group: GroupId | None
    at: datetime
    paper: Paper | None


class _Asked(NamedTuple):
    name: str
    form: FormId
    version: VersionId
    questionnaire: Form


@dataclass(slots=True)
class Intake:
    """Who answers what, and who lets whom go ahead; `stopped` are the clients whom something has stood against."""

    desk: Desk
    people: tuple[Known, ...]
    services: Mapping[str, ServiceId]
    stopped: set[ClientId] = field(default_factory=set)
    _asked: dict[FormId, _Asked] = field(default_factory=dict)

    def begin(self) -> None:
        """Let the manager bring the forms in, early on the day on which the clinic begins with them."""
        self.desk.later(self.desk.calendar.at(self.desk.calendar.since, 7 * 60 + 15), self._bring_in)

    def asks(self, *names: str) -> bool:
        """Whether one of these services asks for a form by now."""
        return bool(self._asked) and not _ASKING.isdisjoint(names)

    def fill_in(self, occasion: Occasion, name: str) -> Verdict | None:
        """Answer every form that is due for a service by a visit, and say what the gate makes of it; None where nothing
        is asked. What has to be signed waits until the client is here.
        """
        if not self.asks(name):
            return None
        verdict = self._verdict(occasion, name)
        due = [self._asked[one.form] for one in verdict.due]
        if occasion.paper is None and self._by_phone(occasion):
            due = [asked for asked in due if not asked.questionnaire.signature]
        for asked in due:
            self._answer(occasion, asked)
        if due:
            verdict = self._verdict(occasion, name)
        if verdict.refuses:
            self.stopped.add(occasion.client)
        return verdict

    def may_book(self, occasion: Occasion, name: str, by: str) -> bool:
        """Whether a service may be booked; its form may still be due (R31)."""
        if occasion.client not in self.stopped or not self.asks(name):
            return True
        verdict = self._verdict(occasion, name)
        return not verdict.refuses or self._is_cleared(occasion, name, verdict, by)

    def may_begin(self, occasion: Occasion, name: str, by: str) -> bool:
        """Whether a treatment may begin, once what is due was answered at the desk (R33)."""
        verdict = self.fill_in(occasion, name)
        if verdict is None or verdict.passes:
            return True
        return verdict.refuses and self._is_cleared(occasion, name, verdict, by)

    def _is_cleared(self, occasion: Occasion, name: str, verdict: Verdict, by: str) -> bool:
        """Whether a clinician lets a service go ahead in spite of the answers; what is due can't be cleared (R33)."""
        if verdict.due or not self.desk.perhaps(_mercy(verdict)):
            return False
        through = self.desk.calendar.today_of(occasion.at + _CLEARED_FOR)
        words = self.desk.chance.choice(_SEEN)
        self.desk.do(screening.clear, occasion.client, self.services[name], words, through=through, by=by)
        return True

    def _bring_in(self) -> None:
        """Publish the forms, put them and their rules beside the services, and link the add-ons."""
        for name in FORMS:
            version = self.desk.do(forms.publish, papers.source(name), by=MANAGER)
            found = self.desk.ask(forms.version, version)
            self._asked[found.form] = _Asked(name, found.form, version, found.questionnaire)
        for service, wanted in self._wanted().items():
            self.desk.do(screening.set_requirements, self.services[service], wanted, by=MANAGER)
        templates = {template.name: template for template in papers.templates()}
        for beside in BESIDE:
            template = templates[beside.template]
            form = self._known(template.form)
            for service in beside.services:
                for one in template.rules:
                    for rule in replace(one, services=(self.services[service],)).rules(form):
                        self.desk.do(screening.add_rule, rule, by=MANAGER)
        for base, linked in LINKS.items():
            wanted_there = [(self.services[name], price) for name, price in linked.items()]
            self.desk.do(catalogue.set_links, self.services[base], wanted_there, by=MANAGER)

    def _wanted(self) -> dict[str, list[tuple[FormId, int | None]]]:
        """The forms that each service requires, and for how many days an answer holds."""
        urls = {template.name: template.form for template in papers.templates()}
        wanted: dict[str, list[tuple[FormId, int | None]]] = {}
        for beside in BESIDE:
            for service in beside.services:
                wanted.setdefault(service, []).append((self._known(urls[beside.template]), beside.days))
        return wanted

    def _known(self, url: str) -> FormId:
        return next(asked.form for asked in self._asked.values() if papers.url(asked.name) == url)

    def _verdict(self, occasion: Occasion, name: str) -> Verdict:
        service = self.services[name]
        return self.desk.ask(screening.verdict, occasion.client, service, occasion.at, group=occasion.group)

    def _by_phone(self, occasion: Occasion) -> bool:
        """Whether the client isn't here yet."""
        return occasion.at - self.desk.clock.now > timedelta(hours=2)

    def _answer(self, occasion: Occasion, asked: _Asked) -> None:
        today = self.desk.calendar.today_of(self.desk.clock.now)
        by, who, relation = self._who(occasion, asked)
        role = relation or "Client"
        answering = Answering(
            version=asked.version,
            client=occasion.client,
            answers=answers.filled_in(asked.questionnaire, self._said(occasion, asked.name), today),
            answered_by=by,
            answerer=who,
            relation=relation,
            group=occasion.group,
            signature=Signature(drawn(who), who, role, self.desk.clock.now) if asked.questionnaire.signature else None,
        )
        self.desk.do(screening.answer, answering, by=self.desk.reception())

    def _who(self, occasion: Occasion, asked: _Asked) -> tuple[AnsweredBy, str, str]:
        """Who answers, by name, and a guardian's relation: a parent for a child, staff for whoever is on the phone."""
        known = self.people[occasion.place]
        if known.parent is not None:
            return AnsweredBy.GUARDIAN, self.people[known.parent].draft.name, "Parent"
        if self._by_phone(occasion) and not asked.questionnaire.signature:
            return AnsweredBy.STAFF, self.desk.reception(), ""
        return AnsweredBy.CLIENT, known.draft.name, ""

    def _said(self, occasion: Occasion, form: str) -> Answers:
        looks = LOOKS[form]
        well = {**WELL[form], **looks[occasion.place % len(looks)]}
        if occasion.paper is Paper.HELD:
            return well
        if occasion.paper is Paper.STOPS:
            return {**well, **STOPS.get(form, {})}
        roll = self.desk.chance.randrange(1000)
        for trouble in TROUBLES[form]:
            roll -= trouble.often
            if roll < 0:
                return {**well, **trouble.answers}
        return well


def _mercy(verdict: Verdict) -> float:
    """How often a clinician lets something go ahead: flags mostly, blocks seldom, and none that ends by itself."""
    standing = [hit for hit in verdict.hits if not hit.cleared and hit.effect is not Effect.NOTE]
    if all(hit.effect is Effect.FLAG for hit in standing):
        return 0.85
    return 0.4 if all(hit.lasting is Lasting.CLINICIAN for hit in standing) else 0.0
