"""A small clinic for tests: real rows through real commands, and short words for what a desk does all day."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, Self, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reception.domain import (
    catalogue,
    checkout,
    clients,
    clock,
    diary,
    forms,
    packages,
    questionnaire,
    rota,
    screening,
    shifts,
    staff,
)
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender
from reception.domain.forms import Answering
from reception.domain.ledger import Starts, State, Unit, Validity
from reception.domain.money import NOTHING, Money
from reception.domain.outcomes import OnCredit, OnMoney, Override, Policy, Status
from reception.domain.packages import AUTO, Choice
from reception.domain.questionnaire.values import Value
from reception.domain.tables.ids import (
    AppointmentId,
    ClientId,
    CreditId,
    FormId,
    GroupId,
    PackageId,
    ProductId,
    ReasonId,
    ResponseId,
    RuleId,
    SaleId,
    ServiceId,
    StaffId,
)
from reception.domain.tables.words import AnsweredBy, Role
from reception.store import Store
from tests.clock import Clock

P = ParamSpec("P")
T = TypeVar("T")

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 24)
FORFEITS = Policy(
    free_hours=24,
    late_credit=OnCredit.FORFEIT,
    no_show_credit=OnCredit.FORFEIT,
    late_money=OnMoney.FEE,
    no_show_money=OnMoney.FEE,
    late_fee=Money(20_00),
    no_show_fee=Money(30_00),
)
YES = Value("boolean", True)
SIX_MONTHS = Validity(Unit.MONTHS, 6, Starts.PURCHASE)
FOR_EVER = Validity(None, 0, Starts.PURCHASE)


class Clinic:
    """A founded clinic with two practitioners, a few services, a course of six, and a client."""

    def __init__(self, store: Store, clock: Clock, zone: str = "Europe/London") -> None:
        self.store, self.clock, self.zone = store, clock, ZoneInfo(zone)
        draft = catalogue.ClinicDraft("Larkmere Clinic", "4 Weir Lane", zone, "GBP", "en_GB")
        self.owner = StaffId(store.write(catalogue.found, draft, "Olga Reid", actor=None).answer)
        self.manager = self.person("M. Sorel", Role.MANAGER)
        self.desk = self.person("Anna Rivers", Role.RECEPTIONIST)
        self.laser = self.service("Laser 30", 30, 10, 100_00)
        self.massage = self.service("Massage 60", 60, 0, 60_00, tax=2000)
        self.gift = self.service("Consultation 15", 15, 0, 0)
        skills = frozenset({self.laser, self.massage, self.gift})
        self.ana = self.person("Ana Lund", Role.PRACTITIONER, skills)
        self.ben = self.person("Ben Okoye", Role.PRACTITIONER, skills)
        for one in (self.ana, self.ben):
            week = tuple(shifts.Weekly(1, 1, day, 8 * 60, 18 * 60, date(2026, 1, 5), None) for day in range(7))
            self.do(rota.set_weekly, one, week)
        self.course = self.product("Laser 30, course of 6", self.laser, 6, 480_00, SIX_MONTHS)
        self.bea = self.client("Bea Jones")

    @classmethod
    def again(cls, store: Store, clock: Clock, like: dict[str, Any]) -> Self:
        """The same clinic in a copy of its database: `like` are the variables of the one that was founded."""
        clinic = cls.__new__(cls)
        vars(clinic).update(like, store=store, clock=clock)
        return clinic

    def do(self, command: Callable[..., Any], *args: Any, by: StaffId | None = None, **kwargs: Any) -> Any:
        """Carries out a command for somebody, the owner unless another is named."""
        return self.store.write(command, *args, actor=by or self.owner, **kwargs).answer

    def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query finds."""
        return self.store.read(query, *args, **kwargs)

    def person(
        self, name: str, role: Role, skills: frozenset[ServiceId] = frozenset(), *, clinical: bool = False
    ) -> StaffId:
        """Adds somebody who works here; who has skills has a column, who is clinical may clear a screening."""
        draft = staff.PersonDraft(name, "", role, clinical=clinical, works=bool(skills), skills=skills)
        return StaffId(self.do(staff.add, draft))

    def service(self, name: str, minutes: int, turnaround: int, price: int, tax: int = 0) -> ServiceId:
        """Adds a service."""
        draft = catalogue.ServiceDraft(name, name.split(maxsplit=1)[0], "Care", minutes, turnaround, Money(price), tax)
        return ServiceId(self.do(catalogue.add_service, draft))

    def product(
        self, name: str, service: ServiceId, sessions: int, price: int, validity: Validity = SIX_MONTHS
    ) -> ProductId:
        """Puts a package on sale."""
        draft = catalogue.ProductDraft(name, service, sessions, Money(price), validity)
        return ProductId(self.do(catalogue.add_product, draft))

    def client(self, name: str) -> ClientId:
        """Adds a client."""
        return ClientId(self.do(clients.add, clients.ClientDraft(name)))

    def at(self, wall: str, day: date | None = None) -> datetime:
        """An instant of the clinic's wall clock, today unless another day is named."""
        hour, minute = map(int, wall.split(":"))
        return clock.at_local(day or TODAY, hour * 60 + minute, self.zone)

    def sell(
        self,
        product: ProductId | None = None,
        client: ClientId | None = None,
        *,
        discount: Money = NOTHING,
        tender: Tender = Tender.CARD,
    ) -> PackageId:
        """Sells a course through the checkout and gives the package."""
        client = client or self.bea
        lines = (CartLine(LineKind.PACKAGE, product or self.course),)
        price = self.ask(checkout.quote, Cart(client, lines, discount=discount)).to_pay
        payments = (Paying(tender, price),) if price else ()
        self.do(checkout.settle, Cart(client, lines, payments, discount), by=self.desk)
        return self.ledger(client).packages[0].id

    def request(
        self,
        start: datetime,
        *,
        staff: StaffId | None = None,
        service: ServiceId | None = None,
        client: ClientId | None = None,
        credit: Choice = AUTO,
        reason: str = "",
    ) -> diary.Request:
        """A visit that is wanted: Bea's laser with Ana unless said otherwise."""
        return diary.Request(client or self.bea, staff or self.ana, service or self.laser, start, credit, reason=reason)

    def book(self, start: datetime, *, by: StaffId | None = None, **wanted: Any) -> AppointmentId:
        """Books a visit."""
        return AppointmentId(self.do(diary.book, self.request(start, **wanted), by=by or self.desk))

    def cancel(
        self, visit: AppointmentId, *, override: Override = Override.NONE, words: str = "", reason: int = 1
    ) -> None:
        """Cancels a visit, for the client and under the policy unless said otherwise."""
        self.do(diary.cancel, visit, diary.Cancelling(ReasonId(reason), override, words))

    def complete(self, visit: AppointmentId) -> None:
        """The visit takes place."""
        self.do(diary.arrive, visit, by=self.desk)
        self.do(diary.complete, visit, by=self.desk)

    def policy(self, policy: Policy = FORFEITS, grace: int = 0) -> None:
        """Sets the cancellation policy."""
        self.do(catalogue.set_policy, policy, grace)

    def ledger(self, client: ClientId | None = None) -> packages.Ledger:
        """A client's ledger."""
        return self.ask(packages.ledger, client or self.bea)

    def credits(self, client: ClientId | None = None, package: int = 0) -> tuple[packages.CreditLine, ...]:
        """The credits of a client's package, the newest package unless another is named."""
        return self.ledger(client).packages[package].credits

    def states(self, client: ClientId | None = None, package: int = 0) -> list[State]:
        """Their states."""
        return [credit.state for credit in self.credits(client, package)]

    def status(self, visit: AppointmentId) -> Status:
        """Where a visit stands."""
        return self.ask(diary.entry, visit).status

    def credit_of(self, visit: AppointmentId) -> CreditId | None:
        """The credit that a visit holds or used."""
        return self.ask(diary.entry, visit).credit

    def days(self, count: int) -> date:
        """A day so many days from today."""
        return TODAY + timedelta(days=count)

    def sale(self) -> SaleId:
        """The newest sale."""
        return self.ask(checkout.sales, clock.local_date(self.clock(), self.zone))[0].sale

    def form(self, *items: dict[str, Any], title: str = "Laser and light", material: bool = False) -> FormId:
        """Publishes a form, or the next version of the one with that title; one question unless others are given."""
        asked = {
            "resourceType": "Questionnaire",
            "url": f"urn:test:{title.casefold().replace(' ', '-')}",
            "title": title,
            "status": "active",
            "item": items or (question("pregnant", "Are you pregnant?"),),
        }
        version = self.do(forms.publish, questionnaire.dump_json(asked).encode(), material=material)
        return self.ask(forms.version, version).form

    def require(self, form: FormId, *, service: ServiceId | None = None, days: int | None = 180) -> None:
        """Has a service require one form: the laser unless said otherwise; without days at every visit anew."""
        self.do(screening.set_requirements, service or self.laser, [(form, days)])

    def rule(
        self, form: FormId, link: str = "pregnant", answer: Any = YES, *, service: ServiceId | None = None, **more: Any
    ) -> RuleId:
        """Has an answer block a service, the laser unless said otherwise; `more` says what else it does."""
        draft = screening.RuleDraft(
            service=service or self.laser,
            form=form,
            link_id=link,
            operator=more.pop("operator", screening.Operator.EQUAL),
            answer=_value(answer),
            effect=more.pop("effect", screening.Effect.BLOCK),
            staff_message=more.pop("staff_message", f"The answer to {link} stands against it."),
            client_message=more.pop("client_message", "Please speak to us first."),
            **more,
        )
        return RuleId(self.do(screening.add_rule, draft))

    def answering(
        self, form: FormId, given: Mapping[str, Any], *, client: ClientId | None = None, **more: Any
    ) -> Answering:
        """Answers to the newest version of a form, by linkId: Bea's own unless said otherwise."""
        version = more.pop("version", None) or self.ask(forms.newest, form).id
        items = [{"linkId": link, "answer": [questionnaire.json_of(_value(value))]} for link, value in given.items()]
        response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}
        return Answering(version, client or self.bea, response, more.pop("answered_by", AnsweredBy.CLIENT), **more)

    def answer(self, form: FormId, *, by: StaffId | None = None, **given: Any) -> ResponseId:
        """Bea hands a form in at the desk; what each question is answered with stands under its linkId."""
        return ResponseId(self.do(screening.answer, self.answering(form, given), by=by or self.desk))

    def verdict(
        self, at: datetime | None = None, *, service: ServiceId | None = None, group: GroupId | None = None
    ) -> screening.Verdict:
        """What the gate says of Bea and the laser now, unless another time or service is named."""
        return self.ask(screening.verdict, self.bea, service or self.laser, at or self.clock(), group=group)

    def clear(
        self,
        by: StaffId,
        *,
        service: ServiceId | None = None,
        group: GroupId | None = None,
        through: date | None = None,
    ) -> None:
        """A clinician lets Bea's laser go ahead, or another service."""
        reason = "Seen and discussed."
        self.do(screening.clear, self.bea, service or self.laser, reason, group=group, through=through, by=by)


def question(link: str, words: str, kind: str = "boolean", **more: Any) -> dict[str, Any]:
    """A question as a Questionnaire holds it."""
    return {"linkId": link, "text": words, "type": kind, **more}


def _value(answer: Any) -> Value:
    """An answer as FHIR types it: text is a string, a list of one a coding."""
    match answer:
        case Value():
            return answer
        case bool():
            return Value("boolean", answer)
        case int():
            return Value("integer", answer)
        case date():
            return Value("date", answer.isoformat())
        case [code]:
            return Value("Coding", {"code": code, "display": code})
        case _:
            return Value("string", answer)
