"""Words for tests of forms at the desk: published, opened, filled in, signed and handed in."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from reception.domain import forms, questionnaire, screening, staff
from reception.domain.forms import ResponseRow
from reception.domain.questionnaire.values import Value
from reception.domain.screening import Effect, Operator, RuleDraft
from reception.domain.staff import PersonDraft
from reception.domain.tables.ids import AppointmentId, ClientId, FormId, ServiceId, StaffId
from reception.ui.form import REVIEW, FormDialog
from reception.ui.form.rows import QuestionRow
from reception.ui.panels.form import FormPage
from reception.ui.widgets.signs import Chip
from reception.ui.workbench import Page, Where
from tests.clinic import question
from tests.domain.sheets import HL7, concept, extended
from tests.ui.desk import OpenDesk

YES = Value("boolean", True)
ITEMS = (
    question("1", "About you", "group", item=[question("1.1", "Your name", "string", required=True)]),
    question(
        "2",
        "Health",
        "group",
        item=[
            question("2.1", "Are you pregnant?", required=True, prefix="2.1"),
            question("2.2", "Do you take a blood thinner?", prefix="2.2"),
            question("2.3", "When was the surgery?", "date"),
        ],
    ),
)
SIGNED = [extended(f"{HL7}questionnaire-signatureRequired", valueCodeableConcept=concept("sign"))]


def publish(
    desk: OpenDesk, title: str = "Skin check", *, items: tuple[dict[str, Any], ...] = ITEMS, **more: Any
) -> FormId:
    """Publishes a form, or its next version."""
    url = f"urn:test:{title.casefold().replace(' ', '-')}"
    asked = {"resourceType": "Questionnaire", "url": url, "title": title, "status": "active", "item": items, **more}
    source = questionnaire.dump_json(asked).encode()
    version = desk.store.write(forms.publish, source, actor=desk.clinic.owner).answer
    return desk.store.read(forms.version, version).form


def rule(
    desk: OpenDesk, form: FormId, service: ServiceId, link: str, effect: Effect = Effect.BLOCK, told: str = ""
) -> None:
    """Has a yes to a question block or flag a service; `told` is what the desk reads then."""
    told = told or f"Yes to {link}."
    draft = RuleDraft(service, form, link, Operator.EQUAL, YES, effect, staff_message=told, client_message="Ask us.")
    desk.store.write(screening.add_rule, draft, actor=desk.clinic.owner)


def make_clinical(desk: OpenDesk, person: StaffId) -> None:
    """Gives somebody the right to clear."""
    own = next(one for one in desk.store.read(staff.people) if one.id == person)
    draft = PersonDraft(own.name, own.line, own.role, clinical=True, works=own.works, skills=own.skills)
    desk.store.write(staff.change, person, draft, actor=desk.clinic.owner)


def page(desk: OpenDesk) -> FormPage:
    return desk.window.places.form


def dialog(desk: OpenDesk) -> FormDialog:
    found = page(desk).dialog
    assert found is not None
    return found


def opened(desk: OpenDesk, form: FormId, client: ClientId | None = None, visit: AppointmentId | None = None) -> None:
    """Goes to a form of a client, Beatrix unless another is named."""
    whom = client or desk.clinic.beatrix
    desk.bench.goto.emit(Where(Page.FORM, client=int(whom), appointment=visit, form=int(form)))
    desk.until(lambda: page(desk).facts is not None and page(desk).isVisible())


def row(desk: OpenDesk, link: str) -> QuestionRow:
    group = link.split(".", maxsplit=1)[0]
    found = dialog(desk).row(((group, 0), (link, 0)))
    assert found is not None
    return found


def fill(desk: OpenDesk, name: str, words: str) -> None:
    line = desk.frame.findChild(QLineEdit, name)
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)


def find(desk: OpenDesk, kind: type[Any], name: str) -> Any:
    """What has that name and is in sight: what was shown before may not be quite gone yet."""
    return next(one for one in desk.frame.findChildren(kind, name) if one.isVisible())


def said(desk: OpenDesk, name: str) -> str:
    """What a label says; "" while it isn't there."""
    return next((str(one.text()) for one in desk.frame.findChildren(QLabel, name) if one.isVisible()), "")


def chip(desk: OpenDesk, service: ServiceId) -> str:
    """What the answers mean for a service, as shown; "" while it isn't."""
    found = [one for one in desk.frame.findChildren(Chip, f"form.outcome.{service}") if one.isVisible()]
    return str(found[-1].text()) if found else ""


def answered(desk: OpenDesk, client: ClientId | None = None) -> tuple[ResponseRow, ...]:
    return desk.store.read(forms.responses, client or desk.clinic.beatrix)


def fill_in(desk: OpenDesk, *, pregnant: bool) -> None:
    """Answers all that must be answered, and goes to the review."""
    fill(desk, "form.q.1.1.line", "Beatrix Hale")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Y if pregnant else Qt.Key.Key_N)
    desk.key(Qt.Key.Key_Return)
    assert dialog(desk).key == REVIEW


def finished(desk: OpenDesk) -> None:
    desk.until(find(desk, QAbstractButton, "form.finish").isEnabled)  # it is off while it is pressed
    desk.press("form.finish")
    desk.until(lambda: page(desk).facts is not None and page(desk).facts.response is not None)  # type: ignore[union-attr]


def sign(desk: OpenDesk) -> None:
    pad = find(desk, QWidget, "form.signature.pad")
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in range(40, 200, 8):
        QTest.mouseMove(pad, QPoint(x, 60 - x % 24))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))
