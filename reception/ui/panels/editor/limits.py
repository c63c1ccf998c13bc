"""What an answer is held to, in plain words: from where to where, whole or with places, in which unit, how much."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from reception.domain.errors import Invalid
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Draft, Entry, Sort
from reception.domain.questionnaire.values import Value
from reception.ui.panels.editor.bits import Part, mark_wrong
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.state import drafted, renumbered
from reception.ui.tokens import Tone
from reception.ui.widgets import DateEdit, Field, LineEdit, Select, caption, hbox, label, pane, vbox

_PLACES = (0, 1, 2, 3)
_MOST_LETTERS = 20_000
_Bound = Callable[[Draft, str, Value | None], Draft]


class LimitsPart(Part):
    """What the answers to one question are held to; what is left empty holds them to nothing."""

    def __init__(self, facts: Facts, line: Entry) -> None:
        super().__init__()
        self._facts, self._line, self._held = facts, line, line.limits
        self.setObjectName("editor.limits")
        match line.sort:
            case Sort.NUMBER:
                rows = self._of_number()
            case Sort.DATE:
                rows = self._of_date()
            case Sort.PICK_SEVERAL:
                rows = self._of_several()
            case _:
                rows = self._of_text()
        self.setLayout(vbox(*rows, gap=8))

    def _of_number(self) -> tuple[QWidget, ...]:
        places: Select[int] = Select(self._ways())
        places.choose(-1 if self._held.places is None else self._held.places)
        places.chosen.connect(self._place)
        self._units = LineEdit(", ".join(self._held.units), self.tr("kg"))
        self._units.edited.connect(self._measure)
        kind = Field(self.tr("Numbers"), places, name="editor.places")
        hint = self.tr("Several to choose from: kg, lb")
        unit = Field(self.tr("Unit"), self._units, hint=hint, name="editor.units")
        self._marks = (label("", tone=Tone.INK2), label("", tone=Tone.INK2))
        self._least = LineEdit(self._number(self._held.least))
        self._most = LineEdit(self._number(self._held.most))
        self._least.edited.connect(self._bound_below)
        self._most.edited.connect(self._bound_above)
        self._show_unit()
        bounds = [
            (Field(title, field, name=name), 1)
            for title, field, name in (
                (self.tr("At least"), self._least, "editor.least"),
                (self.tr("At most"), self._most, "editor.most"),
            )
        ]
        marked = [
            pane(hbox(bound, pane(vbox(20, mark, gap=0)), gap=6))
            for bound, mark in zip(bounds, self._marks, strict=True)
        ]
        return pane(hbox((kind, 1), (unit, 1), gap=12)), pane(hbox(*((one, 1) for one in marked), gap=12))

    def _ways(self) -> list[tuple[int, str]]:
        told = [
            (-1, self.tr("Any number")),
            (0, self.tr("Whole numbers")),
            *((n, self._places(n)) for n in _PLACES if n),
        ]
        held = self._held.places
        return told if held is None or held in _PLACES else [*told, (held, self._places(held))]

    def _places(self, n: int) -> str:
        example = self._facts.formats.decimal(Decimal("12." + "5" * n))
        return self.tr("Like {}").format(example)

    def _of_date(self) -> tuple[QWidget, ...]:
        formats, today = self._facts.formats, self._facts.today
        fields = []
        for title, bound, name, told in (
            (self.tr("Not before"), self._held.least, "editor.least", self._begin),
            (self.tr("Not after"), self._held.most, "editor.most", self._end),
        ):
            field = DateEdit(formats, today=today)
            self._show_day(field, bound)
            field.edited.connect(told)
            fields.append(Field(title, field, name=name))
        self._first, self._last = fields
        return (pane(hbox((fields[0], 1), (fields[1], 1), gap=12)),)

    def _show_day(self, field: DateEdit, bound: Value | None) -> None:
        """A whole day as the clinic writes it; a year or a month alone as it came."""
        if bound is None:
            return
        try:
            field.show_day(date.fromisoformat(str(bound.value)))
        except ValueError:
            field.setText(self._facts.formats.typed_partial(str(bound.value)))

    def _of_text(self) -> tuple[QWidget, ...]:
        held = self._held.letters
        self._letters = LineEdit("" if held is None else str(held))
        self._letters.edited.connect(self._letter)
        most = Field(self.tr("At most so many letters"), self._letters, name="editor.letters")
        return (pane(hbox((most, 1), (caption(""), 1), gap=12)),)

    def _of_several(self) -> tuple[QWidget, ...]:
        self._fewest = self._count(self.tr("No matter how many"), self._held.fewest)
        self._mostly = self._count(self.tr("As many as apply"), self._held.mostly)
        fewest = Field(self.tr("At least so many"), self._fewest, name="editor.fewest")
        mostly = Field(self.tr("At most so many"), self._mostly, name="editor.mostly")
        return (pane(hbox((fewest, 1), (mostly, 1), gap=12)),)

    def _count(self, none: str, held: int | None) -> Select[int]:
        offered = set(range(1, len(self._line.choices) + self._line.other + 1)) | ({held} if held else set())
        made: Select[int] = Select([(0, none), *((n, str(n)) for n in sorted(offered))])
        made.choose(held or 0)
        made.chosen.connect(self._count_answers)
        return made

    def _number(self, bound: Value | None) -> str:
        if bound is None:
            return ""
        held = bound.value.get("value") if bound.type == "Quantity" else bound.value
        return self._facts.formats.decimal(Decimal(held))

    def _show_unit(self) -> None:
        """Beside each bound the unit that it is in: its own, or the first that is typed."""
        typed = self._units.text().split(",")[0].strip()
        for mark, bound in zip(self._marks, (self._held.least, self._held.most), strict=True):
            own = bound.value.get("unit") if bound is not None and bound.type == "Quantity" else ""
            mark.setText(str(own or typed) if own in self._held.units else typed)
            mark.setVisible(bool(typed))

    # slots

    def _place(self, places: int) -> None:
        link_id, wanted = self._line.link_id, None if places < 0 else places
        self.do(renumbered(link_id, lambda draft: editing.placed(draft, link_id, wanted)), "editor.places")

    def _measure(self) -> None:
        link_id, units = self._line.link_id, self._units.text().split(",")
        self._show_unit()
        self.type(renumbered(link_id, lambda draft: editing.measured(draft, link_id, units)), ("units", link_id))

    def _bound_below(self) -> None:
        self._bound(self._least, editing.at_least, "least")

    def _bound_above(self) -> None:
        self._bound(self._most, editing.at_most, "most")

    def _bound(self, field: LineEdit, change: _Bound, what: str) -> None:
        typed = field.text().strip()
        try:
            bound = Value("decimal", self._facts.formats.parse_decimal(typed)) if typed else None
        except Invalid as error:
            mark_wrong(field, self._facts.formats.sentence(error))
            return
        mark_wrong(field, "")
        self._hold(change, bound, what)

    def _begin(self) -> None:
        self._bound_day(self._first, editing.at_least, "least")

    def _end(self) -> None:
        self._bound_day(self._last, editing.at_most, "most")

    def _bound_day(self, field: Field, change: _Bound, what: str) -> None:
        edit = field.control
        assert isinstance(edit, DateEdit)
        try:
            day = edit.day()
        except Invalid:
            return  # what is half typed is no day yet; the last one stands
        self._hold(change, None if day is None else Value("date", day.isoformat()), what)

    def _hold(self, change: _Bound, bound: Value | None, what: str) -> None:
        link_id = self._line.link_id
        self.type(drafted(lambda draft: change(draft, link_id, bound)), (what, link_id))

    def _letter(self) -> None:
        typed, link_id = self._letters.text().strip(), self._line.link_id
        wrong = bool(typed) and not (typed.isdecimal() and 0 < int(typed) <= _MOST_LETTERS)
        told = self.tr("Type a whole number up to {}, or nothing.").format(self._facts.formats.number(_MOST_LETTERS))
        mark_wrong(self._letters, told if wrong else "")
        if not wrong:
            most = int(typed) if typed else None
            self.type(drafted(lambda draft: editing.lettered(draft, link_id, most)), ("letters", link_id))

    def _count_answers(self, _count: object) -> None:
        link_id, fewest, mostly = self._line.link_id, self._fewest.value() or None, self._mostly.value() or None
        name = "editor.mostly" if mostly != self._held.mostly else "editor.fewest"
        self.do(drafted(lambda draft: editing.counted(draft, link_id, fewest, mostly)), name)


def is_limited(line: Entry) -> bool:
    """Whether the answers to a question can be held to something: those that are typed, or picked several at once."""
    limited = (Sort.NUMBER, Sort.DATE, Sort.SHORT_TEXT, Sort.LONG_TEXT, Sort.PICK_SEVERAL)
    return line.sort in limited and not line.calculated
