"""What an answer means for a service, in plain words: this question, that answer, and what follows from it (R32)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import screening
from reception.domain.catalogue import Service
from reception.domain.errors import Invalid
from reception.domain.forms import Version
from reception.domain.gates import Effect, Lasting, Operator
from reception.domain.questionnaire.values import Item, Kind, Value
from reception.domain.screening import RuleDraft, RuleRow
from reception.domain.tables.ids import FormId, RuleId
from reception.ui.actions import action
from reception.ui.dialogs.answer_pick import (
    ANSWERED,
    EMPTY,
    AnswerPick,
    answer_words,
    comparison,
    comparisons,
    operator_words,
)
from reception.ui.dialogs.editing import Editing, Fact, counted, head
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Notice, Prose, Segmented, Select, Spin, TextArea, hbox
from reception.ui.widgets import Kind as Weight
from reception.ui.workbench import Undo, Workbench

_EFFECTS, _DATES = tuple(Effect), (Kind.DATE, Kind.DATE_TIME)
_MOST_DAYS, _DAYS = 3650, 14


class RuleSheet(Editing):
    """A rule beside a service: new, or changed for what is answered and asked from now on."""

    def __init__(
        self,
        bench: Workbench,
        service: Service,
        rule: RuleRow | None,
        versions: Sequence[Version],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, "rule", rule.id if rule else None, parent)
        self._service, self._rule = service, rule
        self._versions = {version.form: version for version in versions}
        self._form: Select[FormId] = Select([(one.form, one.title) for one in versions])
        self._question: Select[str] = Select()
        self._operator: Select[str] = Select()
        self._answer = AnswerPick(bench.formats, name="rule.answer")
        self._effect = Segmented([effect_words(effect) for effect in _EFFECTS])
        self._lasting: Select[Lasting] = Select([(one, lasting_words(one)) for one in _LASTING])
        self._days = Spin(_DAYS, 0, _MOST_DAYS, unit=self.tr("days"))
        self._since: Select[str] = Select()
        self._staff_message, self._client_message = TextArea(lines=2), TextArea(lines=2)
        self._means, self._attention = Fact(name="rule.means"), Notice(name="rule.attention")
        self._build()
        self._connect()
        self._show_questions()
        if rule is not None:
            self._show_rule(rule.draft)
        self.look()

    def _build(self) -> None:
        rule = self._rule
        self.title.show_words(self.tr("What an answer means"))
        self.subtitle.show_words(self._service.name)
        self.form.add_row(self._attention)
        self.form.add_row(self._means)
        self._form_field = self.field("form", self.tr("Form"), self._form)
        self.row(self._form_field)
        self._form_field.setVisible(len(self._versions) > 1)
        self.row(self.field("question", self.tr("Question"), self._question))
        self._answer_field = self.field("answer", self.tr("Answer"), self._answer)
        self.form.add_row((self.field("operator", self.tr("Its answer"), self._operator), 2), (self._answer_field, 3))
        self.row(self.field("effect", self.tr("Then it"), self._effect))
        self._lasting_field = self.field("lasting", self.tr("For how long"), self._lasting)
        self.row(self._lasting_field)
        self._days_field = self.field("until_days", self.tr("So many"), self._days)
        self._since_field = self.field("until_link", self.tr("Counted from"), self._since)
        self.form.add_row((self._days_field, 2), (self._since_field, 3))
        hint = self.tr("Read at the desk, with what to do next")
        self.row(self.field("staff_message", self.tr("What the desk reads"), self._staff_message, hint=hint))
        hint = self.tr("Read by the client, without a reproach")
        self.row(self.field("client_message", self.tr("What the client reads"), self._client_message, hint=hint))
        if rule is None:
            return
        if rule.attention:
            self._attention.say(self.tr("This rule needs attention."), rule.attention)
        take = Button(self.tr("Take this rule away"), Weight.DANGER, height=28, name="rule.retire")
        take.clicked.connect(self.take_away)
        words = self.tr(
            "From then on it is asked of no answer. A block that an answer has met stands until it is cleared."
        )
        self.add_below(head(self.tr("Take away")), Prose(words), hbox(take, STRETCH))

    def _connect(self) -> None:
        self._form.chosen.connect(self._show_questions)
        self._question.chosen.connect(self._show_operators)
        self._operator.chosen.connect(self._show_answer)
        self._effect.chosen.connect(self.look)
        self._lasting.chosen.connect(self.look)

    @override
    def draft_title(self) -> str:
        return self._service.name

    @override
    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "service": self._service.id}

    @override
    def show_fields(self, typed: dict[str, Any]) -> None:
        """Shows again what was typed: first the question, since that says which answers there are."""
        self._form.choose(typed["form"])
        self._show_questions()
        self._question.choose(typed["question"])
        self._show_operators()
        self._operator.choose(typed["operator"])
        self._show_answer()
        super().show_fields(typed)

    @override
    def look(self) -> None:
        lasts = self._chosen_effect() is not Effect.NOTE
        until = lasts and self._lasting.value() is Lasting.UNTIL
        self._lasting_field.setVisible(lasts)
        self._days_field.setVisible(until)
        self._since_field.setVisible(until)
        self._means.show_words(self._in_words())

    @override
    async def carry_out(self, id: str | None) -> tuple[str, Undo]:
        draft, write, old = self._typed(), self.bench.backend.write, self._rule
        name = self._service.name
        if old is None:
            rule = await write(screening.add_rule, draft, id=id)
            return self.tr("Added a rule for {}").format(name), partial(write, screening.retire_rule, rule)
        rule = await write(screening.change_rule, old.id, draft, id=id)
        return self.tr("Changed a rule of {}").format(name), partial(
            write, screening.change_rule, RuleId(rule), old.draft
        )

    @action
    async def take_away(self) -> None:
        """Takes the rule away; undone, it is a new one that says the same."""
        if self._rule is None:
            return
        write, draft = self.bench.backend.write, self._rule.draft
        await write(screening.retire_rule, self._rule.id)
        words = self.tr("Took away a rule of {}").format(self._service.name)
        self.finish(words, partial(write, screening.add_rule, draft))

    # What follows from what

    def _show_questions(self) -> None:
        self._question.fill([(one.link_id, question_words(one)) for one in self._items()])
        after = self.tr("The date at “{}”")
        since = [(link, after.format(words)) for link, words in self._dates().items()]
        self._since.fill([("", self.tr("The day of the answer")), *since])
        self._show_operators()

    def _show_operators(self) -> None:
        item = self._item()
        self._operator.fill(comparisons(item) if item is not None else [])
        self._show_answer()

    def _show_answer(self) -> None:
        compares = self._operator.value() not in (ANSWERED, EMPTY, None)
        self._answer_field.setVisible(compares)
        self._answer.show_item(self._item())

    def _show_rule(self, draft: RuleDraft) -> None:
        self._form.choose(draft.form)
        self._show_questions()
        self._question.choose(draft.link_id)
        self._show_operators()
        self._operator.choose(comparison(draft.operator, draft.answer))
        self._show_answer()
        self._answer.show_value(draft.answer)
        self._effect.choose(_EFFECTS.index(draft.effect))
        self._lasting.choose(draft.lasting)
        self._days.setValue(_DAYS if draft.until_days is None else draft.until_days)
        self._since.choose(draft.until_link)
        self._staff_message.setPlainText(draft.staff_message)
        self._client_message.setPlainText(draft.client_message)

    # What is chosen

    def _items(self) -> list[Item]:
        form = self._form.value()
        return [] if form is None else [one for one in self._versions[form].questionnaire.walk() if one.asks]

    def _item(self) -> Item | None:
        return next((one for one in self._items() if one.link_id == self._question.value()), None)

    def _chosen_effect(self) -> Effect:
        return _EFFECTS[self._effect.index()]

    def _compared(self) -> tuple[Operator, Value]:
        chosen = self._operator.value()
        if chosen in (ANSWERED, EMPTY):
            return Operator.EXISTS, Value("boolean", chosen == ANSWERED)
        return Operator(chosen or Operator.EQUAL), self._answer.value()

    def _typed(self) -> RuleDraft:
        form, item = self._form.value(), self._item()
        if form is None or item is None:
            raise Invalid("No question is chosen yet. Pick the one that the rule asks about.", field="question")
        operator, answer = self._compared()
        effect = self._chosen_effect()
        lasting = (self._lasting.value() if effect is not Effect.NOTE else None) or Lasting.CLINICIAN
        until = lasting is Lasting.UNTIL
        return RuleDraft(
            service=self._service.id,
            form=form,
            link_id=item.link_id,
            operator=operator,
            answer=answer,
            effect=effect,
            lasting=lasting,
            until_days=self._days.value() if until else None,
            until_link=(self._since.value() or "") if until else "",
            staff_message=self._message("staff_message", self._staff_message, effect),
            client_message=self._message("client_message", self._client_message, effect),
        )

    def _message(self, field: str, area: TextArea, effect: Effect) -> str:
        words = area.toPlainText().strip()
        if not words and effect is not Effect.NOTE:
            raise Invalid("A rule that blocks or flags has words for both. Type what is read there.", field=field)
        return words

    def _in_words(self) -> str:
        """The whole rule as a sentence, as far as it is filled in."""
        item = self._item()
        if item is None:
            return self.tr("No question is chosen yet.")
        words = f"“{question_words(item)}” {dict(comparisons(item)).get(self._operator.value() or '', '')}"
        if not self._answer_field.isHidden():
            try:
                answer = answer_words(self._answer.value(), self.bench.formats)
            except Invalid:
                answer = "…"
            words = f"{words} {answer}"
        lasting = self._lasting.value() or Lasting.CLINICIAN
        date = self._dates().get(self._since.value() or "")
        since = self.tr("the answer") if date is None else self.tr("the date at “{}”").format(date)
        follows = consequence(self._chosen_effect(), lasting, self._days.value(), since, self._service.name)
        return f"{words}: {follows}."

    def _dates(self) -> dict[str, str]:
        """The questions whose answer is a date that a block can be counted from."""
        return {one.link_id: question_words(one) for one in self._items() if one.kind in _DATES}


def question_words(item: Item) -> str:
    """A question as it is listed."""
    return " ".join(part for part in (item.prefix, item.words or item.link_id) if part)


def rule_words(rule: RuleRow, what: str, formats: Formats) -> str:
    """What a rule says beside its question: "is Yes: blocks Laser 30 until a clinician clears it"."""
    draft = rule.draft
    if draft.operator is Operator.EXISTS:
        compared = _tr("is answered") if draft.answer.value else _tr("is left empty")
    else:
        compared = f"{operator_words(draft.operator, draft.answer)} {answer_words(draft.answer, formats)}"
    since = _tr("a date in the form") if draft.until_link else _tr("the answer")
    return f"{compared}: {consequence(draft.effect, draft.lasting, draft.until_days or 0, since, what)}"


def consequence(effect: Effect, lasting: Lasting, days: int, since: str, what: str) -> str:
    """What follows: "blocks Laser 30 for 14 days after the answer"; `since` is what the days are counted from."""
    if effect is Effect.NOTE:
        return _tr("is noted for {}").format(what)
    verb = _tr("blocks {}") if effect is Effect.BLOCK else _tr("flags {}")
    return f"{verb.format(what)} {_how_long(lasting, days, since)}"


def effect_words(effect: Effect) -> str:
    """What an answer does, as it is chosen."""
    return {Effect.BLOCK: _tr("Blocks"), Effect.FLAG: _tr("Flags"), Effect.NOTE: _tr("Is noted")}[effect]


def effect_sign(effect: Effect) -> tuple[str, Tone]:
    """The icon that stands for it."""
    return {
        Effect.BLOCK: ("block", Tone.DANGER),
        Effect.FLAG: ("alert", Tone.WARN),
        Effect.NOTE: ("info", Tone.INK3),
    }[effect]


def lasting_words(lasting: Lasting) -> str:
    """For how long it stands, as it is chosen."""
    return {
        Lasting.CLINICIAN: _tr("Until a clinician clears it"),
        Lasting.UNTIL: _tr("For some days"),
        Lasting.PERMANENT: _tr("For good"),
    }[lasting]


def _how_long(lasting: Lasting, days: int, since: str) -> str:
    match lasting:
        case Lasting.CLINICIAN:
            return _tr("until a clinician clears it")
        case Lasting.PERMANENT:
            return _tr("for good")
        case Lasting.UNTIL:
            length = counted(days, _tr("1 day"), _tr("{} days"))
            return _tr("for {} after {}").format(length, since)


_LASTING = (Lasting.CLINICIAN, Lasting.UNTIL, Lasting.PERMANENT)


def _tr(words: str) -> str:
    return QCoreApplication.translate("rule", words)
