"""What follows when an answer is chosen: a notice in the form, a clinician who is asked, services that are blocked."""

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.gates import Effect, Lasting
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Choice, Entry
from reception.domain.questionnaire.values import Kind as ItemKind
from reception.domain.screening import Consequence
from reception.domain.tables.ids import ServiceId
from reception.ui import theme
from reception.ui.dialogs.rule import lasting_words
from reception.ui.panels.editor.bits import Part
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.state import changed, drafted, dropped, followed
from reception.ui.panels.editor.words import line_words
from reception.ui.theme import colour
from reception.ui.widgets import (
    STRETCH,
    Button,
    Check,
    Elided,
    Field,
    Hair,
    Kind,
    Segmented,
    Select,
    Spin,
    TextArea,
    caption,
    hbox,
    pane,
    vbox,
)

_EFFECTS = (Effect.FLAG, Effect.BLOCK)
_LASTING = (Lasting.CLINICIAN, Lasting.UNTIL, Lasting.PERMANENT)
_DAYS, _MOST_DAYS = 14, 3650
_DATES = (ItemKind.DATE, ItemKind.DATE_TIME)


class Follow(Part):
    """All that follows from one answer."""

    def __init__(self, facts: Facts, line: Entry, choice: Choice, name: str) -> None:
        super().__init__()
        self._facts, self._line, self._choice, self._name = facts, line, choice, name
        self.setObjectName(f"{name}.follow")
        follows = facts.state.follows(line.link_id, choice.value)
        rules = [self.joined(Ruled(facts, n, one, f"{name}.rule.{k}")) for k, (n, one) in enumerate(follows)]
        self.setLayout(vbox(*self._notice(), *rules, self._more(len(rules)), gap=8, margins=(14, 4, 0, 8)))

    def _notice(self) -> tuple[QWidget, ...]:
        draft, link_id, answer = self._facts.state.draft, self._line.link_id, self._choice.value
        there = editing.has_notice(draft, link_id, answer)
        check = Check(self.tr("Show a notice"), name=f"{self._name}.notice")
        check.setChecked(there)
        check.toggled.connect(self._turn_notice)
        if not there:
            return (check,)
        self._words = TextArea(editing.notice(draft, link_id, answer), lines=2, name=f"{self._name}.notice_words")
        self._words.setPlaceholderText(self.tr("What the client reads below the question"))
        self._words.setAccessibleName(self.tr("Notice"))
        self._words.edited.connect(self._word_notice)
        return (check, self._words)

    def _more(self, count: int) -> QWidget:
        ask = Button(self.tr("Ask a clinician"), icon="alert", height=28, name=f"{self._name}.ask")
        stop = Button(self.tr("Block services"), icon="block", height=28, name=f"{self._name}.block")
        for button, effect in ((ask, Effect.FLAG), (stop, Effect.BLOCK)):
            button.setProperty("effect", effect.value)
            button.setProperty("rule", count)
            button.clicked.connect(self._add)
        return pane(hbox(ask, stop, STRETCH))

    def _turn_notice(self, there: bool) -> None:
        link_id, answer, words = self._line.link_id, self._choice.value, "" if there else None
        focus = f"{self._name}.notice_words" if there else f"{self._name}.notice"
        self.do(drafted(lambda draft: editing.noticed(draft, link_id, answer, words)), focus)

    def _word_notice(self) -> None:
        link_id, answer, words = self._line.link_id, self._choice.value, self._words.toPlainText().strip()
        mark = ("notice", link_id, self._name)
        self.type(drafted(lambda draft: editing.noticed(draft, link_id, answer, words)), mark)

    def _add(self) -> None:
        button = self.sender()
        if not isinstance(button, Button):
            return
        effect = Effect(button.property("effect"))
        question = self._line.words or line_words(self._line)
        staff = self.tr("“{question}” {answer}").format(question=question, answer=self._choice.words)
        client = (
            self.tr("We can’t do this for now. Please speak to us.")
            if effect is Effect.BLOCK
            else self.tr("One of our clinicians will look at this answer before we go ahead.")
        )
        one = Consequence(
            self._line.link_id,
            self._choice.value,
            effect,
            self._facts.around.usual,
            staff_message=staff,
            client_message=client,
        )
        self.do(followed(one), f"{self._name}.rule.{button.property('rule')}.services")


class Ruled(Part):
    """A rule beside services: which, for how long, and what is read at the desk and by the client."""

    def __init__(self, facts: Facts, n: int, one: Consequence, name: str) -> None:
        super().__init__()
        self._facts, self._n, self._one, self._name = facts, n, one, name
        self.setObjectName(name)
        self._effect = Segmented(
            [self.tr("Ask a clinician"), self.tr("Block")], _EFFECTS.index(one.effect), height=28, name=f"{name}.effect"
        )
        self._effect.chosen.connect(self._choose_effect)
        away = Button(kind=Kind.GHOST, icon="x", height=26, tip=self.tr("Take this rule away"), name=f"{name}.remove")
        away.clicked.connect(self._drop)
        self._staff = self._message(one.staff_message, "staff_message", self._tell_staff)
        self._client = self._message(one.client_message, "client_message", self._tell_client)
        column = vbox(
            hbox(self._effect, STRETCH, away),
            *self._services(),
            *self._how_long(),
            Field(self.tr("What the desk reads"), self._staff, name=f"{name}.staff_message"),
            Field(self.tr("What the client reads"), self._client, name=f"{name}.client_message"),
            gap=8,
            margins=(12, 10, 10, 12),
        )
        self.setLayout(column)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t = QPainter(self), theme.t
        p.fillRect(self.rect(), colour(t.canvas))
        p.fillRect(0, 0, 3, self.height(), colour(t.danger if self._one.effect is Effect.BLOCK else t.warn))

    def _message(self, words: str, name: str, told: Callable[[], None]) -> TextArea:
        made = TextArea(words, lines=2, name=f"{self._name}.{name}")
        made.edited.connect(told)
        return made

    def _services(self) -> list[QWidget]:
        names, chosen = self._facts.around.names, self._one.services
        rows: list[QWidget] = []
        for service in chosen:
            words = names.get(service, "?")
            away = Button(kind=Kind.GHOST, icon="x", height=24, name=f"{self._name}.service.{service}.remove")
            away.setToolTip(self.tr("Leave {} out").format(words))
            away.setAccessibleName(away.toolTip())
            away.setProperty("service", int(service))
            away.clicked.connect(self._leave_out)
            rows.append(pane(hbox((Elided(words), 1), away, gap=6), height=26))
        offered = self._facts.around.offered
        rest = [(service, names[service]) for service in offered if service not in chosen]
        add: Select[ServiceId] = Select(rest, height=28, name=f"{self._name}.services")
        add.setPlaceholderText(self.tr("Add a service…"))
        add.setAccessibleName(self.tr("Services"))
        add.choose(None)
        add.setEnabled(bool(rest))
        add.chosen.connect(self._take_in)
        return [caption(self.tr("Which services")), *rows, add, Hair()]

    def _how_long(self) -> list[QWidget]:
        one = self._one
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
        return [(one.link_id, line_words(one)) for one in lines if items[one.link_id].kind in _DATES]

    def _choose_effect(self, index: int) -> None:
        self.do(changed(self._n, effect=_EFFECTS[index]), f"{self._name}.services")

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

    def _leave_out(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            gone = button.property("service")
            left = tuple(one for one in self._one.services if int(one) != gone)
            self.do(changed(self._n, services=left), f"{self._name}.services")

    def _drop(self) -> None:
        self.do(dropped(self._n), "")
