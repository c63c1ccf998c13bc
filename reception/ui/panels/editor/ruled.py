"""A rule beside services: which, for how long, and what is read at the desk and by the client."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire.values import Kind as ItemKind
from reception.domain.screening import Consequence
from reception.domain.tables.ids import ServiceId
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.dialogs.answer_pick import AnswerPick, answer_words, comparisons, operator_words
from reception.ui.dialogs.rule import lasting_words
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.services import ServiceRows
from reception.ui.panels.editor.state import changed, dropped
from reception.ui.panels.editor.words import line_words
from reception.ui.theme import colour
from reception.ui.widgets import (
    STRETCH,
    Button,
    Field,
    Hair,
    Kind,
    Prose,
    Segmented,
    Select,
    Spin,
    TextArea,
    hbox,
    pane,
    vbox,
)

EFFECTS = (Effect.FLAG, Effect.BLOCK, Effect.NOTE)
_LASTING = (Lasting.CLINICIAN, Lasting.UNTIL, Lasting.PERMANENT)
_DAYS, _MOST_DAYS = 14, 3650
DATES = (ItemKind.DATE, ItemKind.DATE_TIME)
_BESIDE = ("answered", "empty", "!=")


class Ruled(Part):
    """One rule. With `compared` it says too how the answer is compared, and with what."""

    def __init__(self, facts: Facts, n: int, one: Consequence, name: str, *, compared: bool = False) -> None:
        super().__init__()
        self._facts, self._n, self._one, self._name = facts, n, one, name
        self.setObjectName(name)
        words = [self.tr("Ask a clinician"), self.tr("Block"), self.tr("Note it")]
        self._effect = Segmented(words, EFFECTS.index(one.effect), height=28, name=f"{name}.effect")
        self._effect.chosen.connect(self._choose_effect)
        away = Button(kind=Kind.GHOST, icon="x", height=26, tip=self.tr("Take this rule away"), name=f"{name}.remove")
        away.clicked.connect(self._drop)
        self._staff = self._message(one.staff_message, "staff_message", self._tell_staff)
        self._client = self._message(one.client_message, "client_message", self._tell_client)
        read = [Field(self.tr("What the desk reads"), self._staff, name=f"{name}.staff_message")]
        if one.effect is not Effect.NOTE:
            read.append(Field(self.tr("What the client reads"), self._client, name=f"{name}.client_message"))
        services = ServiceRows(facts.around, one.services, name)
        services.taken.connect(self._take_in)
        services.left.connect(self._leave_out)
        column = vbox(
            hbox(self._effect, STRETCH, away, gap=0),
            self._kind(),
            *(self._compared() if compared else ()),
            services,
            Hair(),
            *self._how_long(),
            *read,
            gap=8,
            margins=(12, 10, 10, 12),
        )
        self.setLayout(column)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t = QPainter(self), theme.t
        bars = {Effect.BLOCK: t.danger, Effect.FLAG: t.warn, Effect.NOTE: t.edge}
        p.fillRect(self.rect(), colour(t.canvas))
        p.fillRect(0, 0, 3, self.height(), colour(bars[self._one.effect]))

    def _kind(self) -> QWidget | None:
        """For which kind of treatment it is recommended; and that nothing follows as long as no service is chosen."""
        if not self._one.kind:
            return None
        told = self.tr("Recommended for “{}”.").format(self._one.kind)
        if self._one.recommended:
            told = self.tr("{} Nothing follows before a service is chosen: here, or for all answers at “The form”.")
            told = told.format(self.tr("Recommended for “{}”.").format(self._one.kind))
        return Prose(told, size=k.CAPTION, name=f"{self._name}.kind")

    def _compared(self) -> tuple[QWidget, ...]:
        item = self._facts.items.get(self._one.link_id)
        ways = [one for one in comparisons(item) if one[0] not in _BESIDE] if item is not None else []
        self._how: Select[str] = Select(ways)
        self._how.choose(self._one.operator.value)
        self._how.chosen.connect(self._compare)
        self._answer = AnswerPick(self._facts.formats, name=f"{self._name}.answer")
        self._answer.show_item(item)
        self._answer.show_value(self._one.answer)
        self._answer.edited.connect(self._wait_for)
        how = Field(self.tr("If the answer"), self._how, name=f"{self._name}.how")
        answer = Field(self.tr("Compared with"), self._answer, name=f"{self._name}.answer")
        return (pane(hbox((how, 1), (answer, 1), gap=12)),)

    def _message(self, words: str, name: str, told: Callable[[], None]) -> TextArea:
        made = TextArea(words, lines=2, name=f"{self._name}.{name}")
        made.edited.connect(told)
        return made

    def _how_long(self) -> list[QWidget]:
        one = self._one
        if one.effect is Effect.NOTE:
            return []
        lasting: Select[Lasting] = Select([(each, lasting_words(each)) for each in _LASTING], height=28)
        lasting.choose(one.lasting)
        lasting.chosen.connect(self._choose_lasting)
        found: list[QWidget] = [Field(self.tr("For how long"), lasting, name=f"{self._name}.lasting")]
        if one.lasting is Lasting.UNTIL:
            self._days = Spin(one.until_days or 0, 0, _MOST_DAYS, unit=self.tr("days"))
            self._days.edited.connect(self._choose_days)
            since: Select[str] = Select([("", self.tr("The day of the answer")), *self._dates()])
            since.choose(one.until_link)
            since.chosen.connect(self._choose_since)
            days = Field(self.tr("So many"), self._days, name=f"{self._name}.until_days")
            start = Field(self.tr("Counted from"), since, name=f"{self._name}.until_link")
            found.append(pane(hbox((days, 1), (start, 2))))
        return found

    def _dates(self) -> list[tuple[str, str]]:
        items = self._facts.items
        lines = (one for one in self._facts.entries if one.link_id in items)
        return [(one.link_id, line_words(one)) for one in lines if items[one.link_id].kind in DATES]

    def _choose_effect(self, index: int) -> None:
        effect = EFFECTS[index]
        told: dict[str, object] = {"effect": effect}
        if effect is Effect.NOTE:
            told |= {"lasting": Lasting.CLINICIAN, "until_days": None, "until_link": ""}
        self.do(changed(self._n, **told), f"{self._name}.effect")

    def _compare(self, how: str) -> None:
        self._change_answer(replace(self._one, operator=Operator(how)), None)

    def _wait_for(self) -> None:
        try:
            answer = self._answer.value()
        except Invalid:
            return  # what is half typed is no answer yet; the last one stands
        self._change_answer(replace(self._one, answer=answer), ("compared", self._n))

    def _change_answer(self, one: Consequence, run: tuple[str, int] | None) -> None:
        """Another answer is waited for; what the desk reads follows it, until somebody has other words."""
        if self._staff.toPlainText() == said_of(self._facts, self._one):
            one = replace(one, staff_message=said_of(self._facts, one))
            with QSignalBlocker(self._staff):
                self._staff.setPlainText(one.staff_message)
        self._one = one
        told = {"operator": one.operator, "answer": one.answer, "staff_message": self._staff.toPlainText().strip()}
        self.type(changed(self._n, **told), run)

    def _choose_lasting(self, lasting: Lasting) -> None:
        until = lasting is Lasting.UNTIL
        days, since = (self._one.until_days or _DAYS, self._one.until_link) if until else (None, "")
        self.do(changed(self._n, lasting=lasting, until_days=days, until_link=since), f"{self._name}.lasting")

    def _choose_days(self) -> None:
        self.type(changed(self._n, until_days=self._days.value()), ("days", self._n))

    def _choose_since(self, link_id: str) -> None:
        self.type(changed(self._n, until_link=link_id), None)

    def _tell_staff(self) -> None:
        self.type(changed(self._n, staff_message=self._staff.toPlainText().strip()), ("staff", self._n))

    def _tell_client(self) -> None:
        self.type(changed(self._n, client_message=self._client.toPlainText().strip()), ("client", self._n))

    def _take_in(self, service: ServiceId) -> None:
        self.do(changed(self._n, services=(*self._one.services, service)), f"{self._name}.services")

    def _leave_out(self, service: ServiceId) -> None:
        left = tuple(one for one in self._one.services if one != service)
        self.do(changed(self._n, services=left), f"{self._name}.services")

    def _drop(self) -> None:
        self.do(dropped(self._n), "")


def said_of(facts: Facts, one: Consequence) -> str:
    """What the desk reads of a rule before anybody has found better words."""
    said = answer_words(one.answer, facts.formats)
    if one.operator is not Operator.EQUAL:
        said = f"{operator_words(one.operator, one.answer)} {said}"
    line = facts.lines.get(one.link_id)
    question = "" if line is None else line.words or line_words(line)
    return QCoreApplication.translate("Ruled", "“{question}” {answer}").format(question=question, answer=said)
