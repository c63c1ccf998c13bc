"""What the page of a form has to know: the form, the client, the visit, and who may decide."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reception.domain import catalogue, clients, diary, forms, screening, staff
from reception.domain.clients import Card
from reception.domain.diary import ComingIn, Entry
from reception.domain.forms import Response, ResponseRow, Version
from reception.domain.outcomes import UPCOMING
from reception.domain.screening import Task
from reception.domain.staff import Person
from reception.domain.tables.ids import ClientId, GroupId, ServiceId
from reception.ui.panels.form.work import Work
from reception.ui.workbench import Workbench

OF_AGE = 18
"""Years from which a client answers alone (R35)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read: `earlier` are the newest answers of this client to this form, `response` those that are shown.

    `ruled` is since when the newest of the rules on the form stands.
    """

    card: Card
    version: Version
    coming: ComingIn | None
    visit: Entry | None
    names: dict[ServiceId, str]
    clinicians: tuple[Person, ...]
    earlier: ResponseRow | None
    response: Response | None
    ruled: date | None

    @property
    def group(self) -> GroupId | None:
        """The coming-in that the form is filled in for."""
        return self.coming.group if self.coming is not None else None

    def services(self) -> tuple[ServiceId, ...]:
        """What is performed at that coming-in, in its order."""
        lines = self.coming.lines if self.coming is not None else ()
        return tuple(dict.fromkeys(line.entry.service for line in lines))

    def upcoming(self, service: ServiceId) -> Entry | None:
        """The visit of that coming-in that is still to come for a service."""
        lines = self.coming.lines if self.coming is not None else ()
        entries = (line.entry for line in lines)
        return next((one for one in entries if one.service == service and one.status in UPCOMING), None)

    def is_minor(self, today: date) -> bool:
        """Whether somebody else answers for the client: a minor on the day of the visit (R35)."""
        born, on = self.card.born, self.coming.day if self.coming is not None else today
        return born is not None and on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < OF_AGE

    def deciding(self) -> Person | None:
        """Who would be asked to decide: who performs the visit if they may, else the first who may."""
        performing = self.visit.staff if self.visit is not None else None
        own = (person for person in self.clinicians if person.id == performing)
        return next(own, next(iter(self.clinicians), None))


async def read_facts(bench: Workbench, client: ClientId, work: Work, response: Response | None) -> Facts:
    """Reads all of it; raises NotFound where the form, the client or the visit is no longer there."""
    read = bench.backend.read
    card = await read(clients.card, client)
    version = response.version if response is not None else await read(forms.newest, work.form)
    coming = await read(diary.coming_in, work.appointment) if work.appointment is not None else None
    lines = coming.lines if coming is not None else ()
    visit = next((line.entry for line in lines if line.entry.id == work.appointment), None)
    names = {one.id: one.name for one in await read(catalogue.services, retired=True)}
    people = await read(staff.people)
    given = await read(forms.responses, client)
    earlier = next((row for row in given if row.form == version.form), None)
    clinicians = tuple(person for person in people if person.clinical)
    rules = await read(screening.rules, form=version.form)
    ruled = max((rule.since for rule in rules), default=None)
    return Facts(card, version, coming, visit, names, clinicians, earlier, response, ruled)


async def read_meaning(bench: Workbench, facts: Facts, answers: dict[str, Any]) -> dict[ServiceId, screening.Verdict]:
    """What unsaved answers would mean, or where they are handed in, what all answers mean by now."""
    at = facts.visit.start if facts.visit is not None else bench.now()
    read, client = bench.backend.read, ClientId(facts.card.id)
    if facts.response is None:
        wanted = facts.services()
        return await read(screening.preview, facts.version.id, client, answers, wanted, at, facts.group)
    services = tuple(dict.fromkeys((*facts.services(), *facts.response.services)))
    return await read(screening.verdicts, client, services, at, group=facts.group)


async def read_asked(bench: Workbench, facts: Facts) -> Task | None:
    """Who was asked to decide about a visit of this coming-in, if somebody was."""
    if facts.group is None:
        return None
    tasks = await bench.backend.read(screening.tasks, facts.group)
    return next((one for one in tasks if one.asked and not one.add_on), None)
