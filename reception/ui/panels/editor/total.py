"""A total score: what it adds up, and what is said of it from where to where."""

from decimal import Decimal

from PySide6.QtCore import Qt

from reception.domain.errors import Invalid
from reception.domain.questionnaire import editing
from reception.domain.questionnaire.editing import Band, Entry
from reception.ui.panels.editor.bits import Part, mark_wrong
from reception.ui.panels.editor.facts import Facts
from reception.ui.panels.editor.state import drafted
from reception.ui.panels.editor.words import line_words
from reception.ui.widgets import STRETCH, Button, Kind, LineEdit, Prose, caption, hbox, vbox

_BOUND = 56


class TotalPart(Part):
    """The bands of a total, each with its words; an empty bound is none."""

    def __init__(self, facts: Facts, line: Entry) -> None:
        super().__init__()
        self._facts, self._line = facts, line
        self._bands = editing.bands(facts.state.draft, line.link_id)
        added = [line_words(facts.lines[one]) for one in editing.scored(facts.state.draft.json) if one in facts.lines]
        words = self.tr("It adds up the scores of: {}.").format("; ".join(added))
        nothing = self.tr("No answer has a score yet. Give scores to the answers of some questions.")
        rows = [self.joined(BandRow(facts, line, self._bands, n)) for n in range(len(self._bands))]
        more = Button(self.tr("Say something of a total"), icon="plus", height=28, name="editor.add_band")
        more.clicked.connect(self._add)
        head = hbox(caption(self.tr("From"), wrap=True), (caption(self.tr("to, and what is said then")), 1), gap=30)
        self.setLayout(
            vbox(
                Prose(words if added else nothing, name="editor.total.adds"),
                head if rows else None,
                *rows,
                hbox(more, STRETCH),
                gap=8,
            )
        )

    def _add(self) -> None:
        last = self._bands[-1].most if self._bands else None
        new = Band(Decimal(0) if not self._bands else last + 1 if last is not None else None, None, "")
        link_id, wanted = self._line.link_id, (*self._bands, new)
        focus = f"editor.band.{len(self._bands)}.least"
        self.do(drafted(lambda draft: editing.banded(draft, link_id, wanted)), focus)


class BandRow(Part):
    """One band."""

    def __init__(self, facts: Facts, line: Entry, bands: tuple[Band, ...], n: int) -> None:
        super().__init__()
        self._facts, self._line, self._bands, self._n = facts, line, bands, n
        name, band = f"editor.band.{n}", bands[n]
        self._least = self._bound(band.least, f"{name}.least", self.tr("From"))
        self._most = self._bound(band.most, f"{name}.most", self.tr("To"))
        self._words = LineEdit(band.words, self.tr("What is said"), name=f"{name}.words")
        self._words.setAccessibleName(self.tr("What is said"))
        away = Button(kind=Kind.GHOST, icon="x", height=26, tip=self.tr("Take it away"), name=f"{name}.remove")
        away.clicked.connect(self._drop)
        for field in (self._least, self._most, self._words):
            field.edited.connect(self._edit)
        dash = caption("\N{EN DASH}")
        self.setLayout(hbox(self._least, dash, self._most, (self._words, 1), away, gap=6))

    def _bound(self, bound: Decimal | None, name: str, words: str) -> LineEdit:
        made = LineEdit("" if bound is None else self._facts.formats.decimal(bound), name=name)
        made.setFixedWidth(_BOUND)
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setAccessibleName(words)
        return made

    def _edit(self) -> None:
        bounds = []
        for field in (self._least, self._most):
            try:
                bounds.append(self._read(field))
            except Invalid as error:
                mark_wrong(field, self._facts.formats.sentence(error))
                return
            mark_wrong(field, "")
        band, link_id, n = Band(bounds[0], bounds[1], self._words.text().strip()), self._line.link_id, self._n

        def change(draft: editing.Draft) -> editing.Draft:
            # The others may have been typed over since this row was made.
            now = editing.bands(draft, link_id)
            return editing.banded(draft, link_id, (*now[:n], band, *now[n + 1 :]))

        self.type(drafted(change), ("band", link_id, n))

    def _read(self, field: LineEdit) -> Decimal | None:
        typed = field.text().strip()
        return self._facts.formats.parse_decimal(typed) if typed else None

    def _drop(self) -> None:
        link_id, n = self._line.link_id, self._n
        wanted = (*self._bands[:n], *self._bands[n + 1 :])
        self.do(drafted(lambda draft: editing.banded(draft, link_id, wanted)), "editor.add_band")
