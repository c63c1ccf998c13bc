"""Words for journeys about add-ons: what joins physio, the form that one of them asks for, and going through it."""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from reception.domain import catalogue, diary, forms, questionnaire, screening, staff
from reception.domain.catalogue import ServiceDraft
from reception.domain.gates import Effect, Operator
from reception.domain.money import Money
from reception.domain.outcomes import OnMoney, OwnPolicy
from reception.domain.questionnaire.values import Value
from reception.domain.screening import RuleDraft
from reception.domain.tables.ids import AppointmentId, FormId, ServiceId, StaffId
from reception.domain.tables.words import Bookable, PaymentPolicy
from reception.store import open_store
from tests.clinic import question
from tests.factories import SmallClinic
from tests.journeys.visitor import Visitor

TITLE = "Light check"
MEDICINE = "Takes a medicine that makes the skin sensitive to light."
TANNED = "Was in strong sun lately: look at the skin first."
_KEEP = OwnPolicy(free_hours=24, late_money=OnMoney.DEPOSIT)


@dataclass(frozen=True)
class Extras:
    """What physio is offered with: tape by Ines, paid at the visit; a lamp with a deposit of £10.00 and a form."""

    visitor: Visitor
    tape: ServiceId
    lamp: ServiceId
    form: FormId

    @property
    def clinic(self) -> SmallClinic:
        """Who and what else is in the clinic."""
        return self.visitor.clinic

    def physio_at_ten(self) -> AppointmentId:
        """Beatrix has physio with Ines at ten; it is chosen in the diary."""
        clinic, visitor = self.clinic, self.visitor
        made = visitor.booked(clinic.beatrix, clinic.ines, clinic.physio, "10:00")
        visitor.block(made)
        visitor.see("Physio", at="client")
        return made

    def ask_days(self, days: int | None, service: ServiceId | None = None) -> None:
        """A service, the lamp unless another is named, requires the form; an answer holds for so many days."""
        self.own(screening.set_requirements, service or self.lamp, [(self.form, days)])

    def block(self, service: ServiceId) -> None:
        """A service is blocked too by taking the medicine."""
        self.own(screening.add_rule, _rule(service, self.form, "medicine", Effect.BLOCK, MEDICINE))

    def flag(self, service: ServiceId) -> None:
        """A service is flagged too by having been in strong sun."""
        self.own(screening.add_rule, _rule(service, self.form, "tanned", Effect.FLAG, TANNED))

    def own(self, command: Any, *args: Any, **more: Any) -> Any:
        """Carries out what only the owner may, at a desk of their own: the front desk hears of it."""
        store = self.visitor.desk.store
        with closing(open_store(store.url, desk="office", clock=self.visitor.desk.clock)) as office:
            return office.write(command, *args, actor=self.clinic.owner, **more).answer

    def chain(self, visit: AppointmentId) -> list[str]:
        """The services of a coming-in in their order."""
        lines = self.visitor.desk.store.read(diary.coming_in, visit).lines
        return [line.entry.service_name for line in lines]

    # at the desk

    def begin_form(self) -> None:
        """Opens the form from the add-on that waits for it."""
        self.visitor.see(f"{TITLE} not filled in", at="client.addons")
        self.visitor.press(f"refused.{self.lamp}")
        self.visitor.see(TITLE, at="form.title")

    def answer(self, *, medicine: str = "No", tanned: str = "No") -> None:
        """Answers both questions by clicks."""
        self.visitor.answer("form.q.medicine", medicine)
        self.visitor.answer("form.q.tanned", tanned)

    def hand_in(self) -> None:
        """Reads all answers once more and hands the form in."""
        self.visitor.press("form.next")
        self.visitor.see("Review", at="form")
        self.visitor.press("form.finish")
        self.visitor.see(f"{TITLE} finished for", at="undo.words")
        self.visitor.until("it isn't locked", lambda: self.visitor.offers("form.amend"))

    def fill_in(self, *, medicine: str = "No", tanned: str = "No") -> None:
        """Opens the form, answers it and hands it in."""
        self.begin_form()
        self.answer(medicine=medicine, tanned=tanned)
        self.hand_in()

    def pay_for_lamp(self) -> None:
        """Adds the lamp to the chosen visit through the checkout, and comes back to the diary."""
        visitor = self.visitor
        visitor.press(f"addon.{self.lamp}")
        visitor.see("Lamp", "Joins the visit when settled", "£10.00", at="checkout")
        visitor.type("1")
        visitor.enter()
        visitor.see("settled", "Lamp added", at="checkout")
        visitor.press("top.diary")

    def back_to(self, visit: AppointmentId) -> None:
        """Goes back to a visit in the diary."""
        self.visitor.press("top.diary")
        self.visitor.block(visit)

    def offered(self, service: ServiceId) -> bool:
        """Whether an add-on can be added to the chosen visit."""
        return self.visitor.offers(f"addon.{service}")

    def sees_refused(self, service: ServiceId, why: str) -> None:
        """Waits until an add-on stands there as not offered, for this reason."""
        told = f"{service} isn't refused for “{why}”"
        self.visitor.until(told, lambda: any(why in one for one in self._refusals(service)), "client.addons")

    def _refusals(self, service: ServiceId) -> list[str]:
        rows = self.visitor.desk.frame.findChildren(QAbstractButton, f"refused.{service}")
        return [row.accessibleName() for row in rows if row.isVisible()]

    def publish(self) -> None:
        """The clinic publishes the form again, with one more question, which has all clients asked again."""
        self.own(forms.publish, source("Do you have a tattoo there?"), material=True)

    def sit_down(self, person: str, letters: str) -> None:
        """Somebody takes the desk with F2."""
        self.visitor.key(Qt.Key.Key_F2)
        self.visitor.see(person, at="person.sheet")
        self.visitor.type(letters)
        self.visitor.row("person_list", person)
        self.visitor.see(person, at="top.person")


def source(*more: str) -> bytes:
    """The form as its file holds it, with further questions that may be left out."""
    asked = [
        question("medicine", "Do you take a medicine that makes the skin sensitive to light?", required=True),
        question("tanned", "Were you in strong sun lately?", required=True),
        *(question(f"more{n}", words) for n, words in enumerate(more)),
    ]
    form = {
        "resourceType": "Questionnaire",
        "url": "urn:test:light",
        "title": TITLE,
        "status": "active",
        "item": asked,
    }
    return questionnaire.dump_json(form).encode()


def extras(visitor: Visitor) -> Extras:
    """Adds them to the small clinic; Ines may clear."""
    clinic, store = visitor.clinic, visitor.desk.store

    def own(command: Any, *args: Any) -> Any:
        return store.write(command, *args, actor=clinic.owner).answer

    tape = ServiceDraft("Tape", "", "Extras", 15, 0, Money(12_00), 0, bookable=Bookable.ADD_ON)
    lamp = ServiceDraft(
        "Lamp",
        "",
        "Extras",
        20,
        0,
        Money(30_00),
        0,
        own=_KEEP,
        bookable=Bookable.ADD_ON,
        payment=PaymentPolicy.DEPOSIT,
        deposit=Money(10_00),
    )
    made = Extras(
        visitor,
        ServiceId(own(catalogue.add_service, tape)),
        ServiceId(own(catalogue.add_service, lamp)),
        store.read(forms.version, own(forms.publish, source())).form,
    )
    own(catalogue.set_links, clinic.physio, ((made.tape, None), (made.lamp, None)))
    _teach(made, clinic.ines, made.tape, made.lamp, clinical=True)
    _teach(made, clinic.tomas, made.lamp)
    made.ask_days(180)
    for link, effect, words in (("medicine", Effect.BLOCK, MEDICINE), ("tanned", Effect.FLAG, TANNED)):
        own(screening.add_rule, _rule(made.lamp, made.form, link, effect, words))
    return made


def _rule(service: ServiceId, form: FormId, link: str, effect: Effect, words: str) -> RuleDraft:
    """What a yes means."""
    yes, client = Value("boolean", True), "Please speak to us first."
    return RuleDraft(service, form, link, Operator.EQUAL, yes, effect, staff_message=words, client_message=client)


def _teach(made: Extras, person: StaffId, *services: ServiceId, clinical: bool = False) -> None:
    one = next(one for one in made.visitor.desk.store.read(staff.people) if one.id == person)
    draft = staff.PersonDraft(one.name, one.line, one.role, clinical, one.works, one.skills | set(services))
    made.own(staff.change, person, draft)
