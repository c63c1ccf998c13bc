"""The clinic that the machine plays in: what is on sale, offered, needed and asked; what both sides agree on."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reception.domain import addons, catalogue, forms, screening, staff, tables
from reception.domain.ledger import Starts, Unit, Validity
from reception.domain.money import Money
from reception.domain.screening import Effect, Lasting
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, ProductId, ServiceId, StaffId, VersionId
from reception.domain.tables.words import Account, Bookable, PaymentPolicy, ResourceKind, Role
from tests.clinic import Clinic, question
from tests.domain.extras import add_on, link, room
from tests.model import gate, joining, model

VALIDITIES = (
    (Validity(Unit.DAYS, 5, Starts.PURCHASE), model.Validity(days=5)),
    (Validity(Unit.DAYS, 4, Starts.FIRST_VISIT), model.Validity(days=4, from_first_visit=True)),
    (Validity(Unit.MONTHS, 1, Starts.PURCHASE), model.Validity(months=1)),
    (Validity(None, 0, Starts.PURCHASE), model.Validity()),
)
"""The validities of what is on sale, so short that the days pass them by."""

LIGHT, PEEL = "Light", "Peel"
HANGS_ON = {"which": "tablets"}


@dataclass(frozen=True)
class Stage:
    """A clinic made ready: its variables, and what the model has to know of it."""

    like: dict[str, Any]
    carl: ClientId
    doctor: StaffId
    services: dict[ServiceId, model.Service]
    products: dict[ProductId, model.Product]
    links: joining.Links
    forms: dict[FormId, gate.Form]
    versions: dict[FormId, VersionId]

    @property
    def screened(self) -> list[ServiceId]:
        """The services that an answer can stop."""
        return sorted({ServiceId(rule.service) for form in self.forms.values() for rule in form.rules})


def asked(title: str, number: int) -> tuple[dict[str, Any], ...]:
    """The questions of a form, so that each version reads a little differently."""
    if title == PEEL:
        return (question("fine", f"Do you feel fine? ({number})"),)
    return (
        question("pregnant", f"Are you pregnant? ({number})"),
        question("sun", "When were you last in the sun?", "date"),
        question("tablets", "Do you take tablets?"),
        question(
            "which",
            "Does one make you sensitive to light?",
            enableWhen=[{"question": "tablets", "operator": "=", "answerBoolean": True}],
        ),
    )


def stage(clinic: Clinic) -> Stage:
    """Puts on sale what the desk will sell: treatments in two rooms, extras with and without a device, two forms."""
    peel = clinic.service("Peel 15", 15, 40, 30_00)
    _pay_a_quarter_ahead(clinic, peel)
    skills = frozenset({clinic.laser, clinic.massage, clinic.gift, peel})
    for person, name in ((clinic.ana, "Ana Lund"), (clinic.ben, "Ben Okoye")):
        clinic.do(staff.change, person, staff.PersonDraft(name, "", Role.PRACTITIONER, False, True, skills))
    oil = add_on(clinic, "Oil 15", turnaround=5, payment=PaymentPolicy.UPFRONT, bookable=Bookable.BOTH)
    tape = add_on(clinic, "Tape 20", 20)
    light = add_on(
        clinic, "Light 10", 10, turnaround=20, price=33_01, payment=PaymentPolicy.DEPOSIT, share=5000, by=(clinic.ben,)
    )
    link(clinic, clinic.laser, light, (oil, 7_01), tape)
    link(clinic, clinic.massage, (oil, 0), tape)
    link(clinic, peel, tape)
    one, other = room(clinic, "Room 1"), room(clinic, "Room 2")
    lamp = room(clinic, "Lamp", ResourceKind.DEVICE)
    needs = {
        clinic.laser: ((one, other),),
        clinic.massage: ((one,),),
        peel: ((other,), (lamp,)),
        tape: ((other, one),),
        light: ((lamp,), (other, one)),
    }
    for service, own in needs.items():
        clinic.do(catalogue.set_needs, service, own)
    both = (int(clinic.ana), int(clinic.ben))
    services = {
        clinic.laser: model.Service(30, 10, 100_00, both, needs[clinic.laser]),
        clinic.massage: model.Service(60, 0, 60_00, both, needs[clinic.massage]),
        clinic.gift: model.Service(15, 0, 0, both),
        peel: model.Service(15, 40, 30_00, both, needs[peel], ahead=2_500),
        oil: model.Service(15, 5, 12_00, both, ahead=10_000),
        tape: model.Service(20, 0, 12_00, both, needs[tape], alone=False),
        light: model.Service(10, 20, 33_01, (int(clinic.ben),), needs[light], ahead=5_000, alone=False),
    }
    links: joining.Links = {
        clinic.laser: [(light, None), (oil, 7_01), (tape, None)],
        clinic.massage: [(oil, 0), (tape, None)],
        peel: [(tape, None)],
    }
    doctor = clinic.person("Dr Obi", Role.PRACTITIONER, clinical=True)
    papers = _forms(clinic, light, peel)
    return Stage(
        vars(clinic),
        clinic.client("Carl Ray"),
        doctor,
        services,
        _products(clinic, oil),
        links,
        papers,
        {form: clinic.ask(forms.newest, form).id for form in papers},
    )


def _pay_a_quarter_ahead(clinic: Clinic, peel: ServiceId) -> None:
    draft = catalogue.ServiceDraft(
        "Peel 15", "Peel", "Care", 15, 40, Money(30_00), 0, payment=PaymentPolicy.DEPOSIT, deposit_share=2500
    )
    clinic.do(catalogue.change_service, peel, draft)


def _products(clinic: Clinic, oil: ServiceId) -> dict[ProductId, model.Product]:
    products = {
        clinic.product(f"Laser {place}", clinic.laser, 3, 250_01, ours): model.Product(clinic.laser, 3, 250_01, theirs)
        for place, (ours, theirs) in enumerate(VALIDITIES)
    }
    five_days, theirs = VALIDITIES[0]
    # 20 per cent tax within 120.01 is 20.00.
    talks = clinic.product("Massages", clinic.massage, 2, 120_01, five_days)
    products[talks] = model.Product(clinic.massage, 2, 100_01, theirs)
    for_ever, theirs = VALIDITIES[-1]
    oils = clinic.product("Oils", oil, 2, 20_01, for_ever)
    products[oils] = model.Product(oil, 2, 20_01, theirs)
    return products


def _forms(clinic: Clinic, light: ServiceId, peel: ServiceId) -> dict[FormId, gate.Form]:
    """One form that holds for two days and one for each visit anew; answers that block, flag, and end."""
    skin, day = clinic.form(*asked(LIGHT, 1), title=LIGHT), clinic.form(*asked(PEEL, 1), title=PEEL)
    clinic.require(skin, service=light, days=2)
    clinic.require(day, service=peel, days=None)
    rules = (
        gate.Rule(light, "pregnant", True, "block"),
        gate.Rule(light, "which", True, "block", days=3),
        gate.Rule(light, "tablets", True, "flag"),
        gate.Rule(clinic.laser, "pregnant", True, "flag"),
        gate.Rule(clinic.laser, "which", True, "block", days=4, since="sun"),
    )
    fine = gate.Rule(peel, "fine", False, "flag")
    for form, own in ((skin, rules), (day, (fine,))):
        for one in own:
            clinic.rule(
                form,
                one.link,
                one.answer,
                service=ServiceId(one.service),
                effect=Effect(one.effect),
                lasting=Lasting.CLINICIAN if one.days is None else Lasting.UNTIL,
                until_days=one.days,
                until_link=one.since,
            )
    return {
        skin: gate.Form(rules, HANGS_ON, {light: 2}),
        day: gate.Form((fine,), required={peel: None}),
    }


@dataclass(frozen=True)
class Seen:
    """What the database keeps of credits, packages, visits and money."""

    credits: set[tuple[Any, ...]]
    packages: set[tuple[Any, ...]]
    visits: set[tuple[Any, ...]]
    times: set[tuple[Any, ...]]
    liability: int
    owed: dict[int, int]
    held: dict[int, int]
    tasks: set[tuple[object, ...]]


def seen(session: Session) -> Seen:
    """Looks at everything that the model knows of."""
    c, p, a, o, j = tables.Credit, tables.Package, tables.Appointment, tables.Occupancy, tables.JournalEntry
    accounts = select(j.account, j.client_id, func.sum(j.amount)).group_by(j.account, j.client_id)
    sums = {(account, client): int(amount) for account, client, amount in session.execute(accounts)}
    ahead = select(j.appointment_id, -func.sum(j.amount)).where(j.account == Account.DEPOSITS)
    return Seen(
        {
            tuple(row)
            for row in session.execute(
                select(c.id, c.package_id, c.number, c.value, c.state, c.last_day, c.appointment_id)
            )
        },
        {tuple(row) for row in session.execute(select(p.id, p.client_id, p.last_day))},
        {tuple(row) for row in session.execute(select(a.id, a.status, a.staff_id, a.starts, a.base_id, a.ahead))},
        {tuple(row) for row in session.execute(select(o.appointment_id, o.holder, o.starts, o.ends))},
        -sum(amount for (account, _), amount in sums.items() if account is Account.DEFERRED),
        {
            client: amount
            for (account, client), amount in sums.items()
            if account is Account.CLIENT and client and amount
        },
        {visit: int(amount) for visit, amount in session.execute(ahead.group_by(j.appointment_id)) if visit and amount},
        {_task_seen(task) for task in screening.tasks(session)},
    )


def _task_seen(task: screening.Task) -> tuple[object, ...]:
    denied = task.denied is not None
    return ("add-on", task.group, task.service, denied) if task.add_on else ("visit", task.appointment, denied)


def foreseen(own: model.Model) -> Seen:
    """The same, as the model has it."""
    visits = own.visits.values()
    return Seen(
        {(c.id, c.package, c.number, c.value, c.state, c.last_day, c.visit) for c in own.credits.values()},
        {(id_, p.client, p.last_day) for id_, p in own.packages.items()},
        {(v.id, v.status, v.staff, v.start, v.base, v.ahead) for v in visits},
        {(v.id, holder, v.start, v.times[holder]) for v in visits if v.status in model.LIVE for holder in v.holders},
        own.liability,
        {client: amount for client, amount in own.owed.items() if amount},
        {visit.id: visit.held for visit in visits if visit.held},
        own.tasks,
    )


def apart(found: Seen, right: Seen) -> str:
    """Where the program and the model part ways, in a line for each kind of thing."""
    pairs = {field.name: (getattr(found, field.name), getattr(right, field.name)) for field in fields(Seen)}
    return "\n".join(
        f"{name}: {_besides(ours, theirs)}, right: {_besides(theirs, ours)}"
        for name, (ours, theirs) in pairs.items()
        if ours != theirs
    )


def _besides(one: Any, other: Any) -> Any:
    return one - other if isinstance(one, set) else one


def offers_seen(session: Session, visit: AppointmentId) -> list[tuple[Any, ...]]:
    """What a coming-in can be given, and what not with the kinds of all reasons (R24, R25)."""
    found = addons.offers(session, visit)
    return [
        *map(_offer_seen, found.offered),
        *((one.service, *dict.fromkeys(reason.why.value for reason in one.reasons)) for one in found.refused),
    ]


def _offer_seen(one: addons.Offer) -> tuple[Any, ...]:
    who_and_when = one.staff, one.start, one.end, one.busy_until, one.resources
    credit = one.credit.credit if one.credit is not None else None
    return one.service, one.base, who_and_when, one.price, one.due, credit


def offers_foreseen(own: joining.Clinic, group: int) -> list[tuple[Any, ...]]:
    """The same, as the model has it."""
    found = own.offers(group)
    return [
        *(_offer_foreseen(one) for one in found if not one.reasons),
        *((one.visit.service, *one.reasons) for one in found if one.reasons),
    ]


def _offer_foreseen(one: joining.Joining) -> tuple[Any, ...]:
    visit = one.visit
    who_and_when = visit.staff, visit.start, visit.end, one.busy_until, visit.given
    credit = one.credit.id if one.credit is not None else None
    return visit.service, visit.base, who_and_when, visit.price, one.due, credit
