"""What is recommended for a form that ships: which of the clinic's services are of a kind, in one step."""

from collections import Counter

from PySide6.QtWidgets import QWidget

from reception.domain import questionnaire
from reception.domain.gates import Effect
from reception.domain.screening import Consequence, Template
from reception.domain.tables.ids import ServiceId
from reception.ui import tokens as k
from reception.ui.dialogs.editing import counted
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.services import ServiceRows
from reception.ui.panels.editor.state import brought, chosen, left_out, required, unrecommended
from reception.ui.widgets import STRETCH, Button, Check, Hair, Kind, Prose, Spin, hbox, label, pane, vbox

_MOST_DAYS = 3650


class KindsPart(Part):
    """All kinds of treatment that the form's templates know."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.setObjectName("editor.recommended")
        words = self.tr("It comes with recommendations. They stand beside the services that you choose, and no other.")
        parts: list[QWidget] = [Prose(words, size=k.CAPTION)]
        for n, one in enumerate(facts.recommended()):
            parts += [Hair()] if n else []
            parts.append(self.joined(KindPart(facts, one, f"editor.kind.{n}")))
        self.setLayout(vbox(*parts, gap=10))


class KindPart(Part):
    """One kind: how much is recommended for it, for which services, and whether they ask for the form too."""

    def __init__(self, facts: Facts, template: Template, name: str) -> None:
        super().__init__()
        self._facts, self._template, self._name = facts, template, name
        held = facts.state.of_kind(template.title)
        title = label(template.title, weight=k.SEMIBOLD)
        if not held:
            more = Button(self.tr("Bring them in"), icon="plus", height=28, name=f"{name}.bring")
            more.setAccessibleName(self.tr("Bring in what is recommended for {}").format(template.title))
            more.clicked.connect(self._bring)
            told = Prose(self._counts(template.rules), name=f"{name}.told")
            self.setLayout(vbox(title, told, self._standing(), hbox(more, STRETCH), gap=6))
            return
        services = tuple(dict.fromkeys(service for one in held for service in one.services))
        rows = ServiceRows(facts.around, services, name, self.tr("Which of your services are these?"))
        rows.taken.connect(self._take)
        rows.left.connect(self._leave)
        tip = self.tr("Leave out what is recommended for {}").format(template.title)
        away = Button(kind=Kind.GHOST, icon="x", height=26, tip=tip, name=f"{name}.remove")
        away.clicked.connect(self._leave_all)
        told = Prose(self._counts(held), name=f"{name}.told")
        asks = self._asks() if services else None
        self.setLayout(vbox(hbox((title, 1), away), told, rows, asks, gap=6))

    def _standing(self) -> QWidget | None:
        """The services beside which all of it stands already."""
        names = self._facts.around.names
        beside = [names[one] for one in self._facts.around.offered if self._stands(one)]
        words = self.tr("All of it stands beside {} already.").format(", ".join(beside))
        return Prose(words, size=k.CAPTION, name=f"{self._name}.standing") if beside else None

    def _stands(self, service: ServiceId) -> bool:
        here = [one for one in self._facts.state.consequences if service in one.services]
        return all(any(_alike(one, rule) for one in here) for rule in self._template.rules)

    def _counts(self, ones: tuple[Consequence, ...]) -> str:
        """How many answers block, ask a clinician, or are noted."""
        counts = Counter(one.effect for one in ones)
        parts = [
            counted(counts[Effect.BLOCK], self.tr("1 answer blocks"), self.tr("{} answers block")),
            counted(counts[Effect.FLAG], self.tr("1 asks a clinician"), self.tr("{} ask a clinician")),
            counted(counts[Effect.NOTE], self.tr("1 is noted"), self.tr("{} are noted")),
        ]
        kinds = (Effect.BLOCK, Effect.FLAG, Effect.NOTE)
        return ", ".join(part for part, kind in zip(parts, kinds, strict=True) if counts[kind])

    def _asks(self) -> QWidget:
        """Whether these services ask for the form; where the template says so, an answer holds for some days."""
        wanted = dict(self._facts.state.required)
        on = self._template.title in wanted
        check = Check(self.tr("They ask for this form"), on=on, name=f"{self._name}.required")
        check.toggled.connect(self._require)
        if self._template.days is None:
            every = Prose(self.tr("At every visit anew."), size=k.CAPTION) if on else None
            return pane(vbox(check, every, gap=4))
        if not on:
            return check
        days = wanted[self._template.title] or 0
        self._days = Spin(days, 0, _MOST_DAYS, unit=self.tr("days"), name=f"{self._name}.days")
        self._days.setAccessibleName(self.tr("For so many days an answer holds"))
        self._days.edited.connect(self._hold)
        held = label(self.tr("and an answer holds for"))
        return pane(vbox(check, hbox(27, held, self._days, STRETCH, gap=8), gap=4))

    def _bring(self) -> None:
        self.do(brought(self._template.rules), f"{self._name}.services")

    def _take(self, service: ServiceId) -> None:
        self.do(chosen(self._template.title, service), f"{self._name}.services")

    def _leave(self, service: ServiceId) -> None:
        self.do(left_out(self._template.title, service), f"{self._name}.services")

    def _leave_all(self) -> None:
        self.do(unrecommended(self._template.title), f"{self._name}.bring")

    def _require(self, asked: bool) -> None:
        step = required(self._template.title, self._template.days, asked=asked)
        self.do(step, f"{self._name}.required")

    def _hold(self) -> None:
        self.type(required(self._template.title, self._days.value(), asked=True), ("hold", self._template.title))


def _alike(one: Consequence, other: Consequence) -> bool:
    """Whether the same follows from the same answer, in whatever words it is told."""
    same = (one.link_id, one.operator, one.effect) == (other.link_id, other.operator, other.effect)
    return same and questionnaire.equal(one.answer, other.answer)
