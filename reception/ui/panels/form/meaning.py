"""What the answers mean: service by service, and what is to be decided (R32, R33)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.screening import Verdict
from reception.domain.tables.ids import ServiceId
from reception.ui import tokens as k
from reception.ui.dialogs.outcomes import outcome_words, why_words
from reception.ui.panels.form.reading import Facts
from reception.ui.text import Formats
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Card,
    Chip,
    Elided,
    Hair,
    Icon,
    Prose,
    Scroller,
    caption,
    clear,
    hbox,
    label,
    pane,
    section,
    vbox,
)

_PAD = 16


class Meaning(QWidget):
    """The column at the right. `decided` names what somebody wants to do about it: ask, clear, take off."""

    decided = Signal(str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setObjectName("form.meaning")
        self._formats = formats
        self._title = label("", k.CAPTION, k.SEMIBOLD, Tone.INK2)
        self._services = vbox(gap=0)
        self._deciding = Deciding()
        self._deciding.decided.connect(self.decided)
        self._kept = caption("", wrap=True, name="form.kept_with")
        body = vbox(
            self._title,
            2,
            self._services,
            12,
            self._deciding,
            STRETCH,
            gap=0,
            margins=(_PAD, 14, _PAD, 8),
        )
        foot = pane(vbox(self._kept, margins=(_PAD, 4, _PAD, 14)))
        self.setLayout(vbox((Scroller(pane(body)), 1), foot, gap=0))

    def show_reading(self, words: str, *, final: bool) -> None:
        """Says that it isn't known yet what the answers mean: nothing must look as if it were clear."""
        self._show_title(final=final)
        clear(self._services)
        self._services.addWidget(Prose(words, Tone.INK2, k.CAPTION, name="form.meaning.reading"))
        self._deciding.hide()
        self._kept.clear()

    def show_meaning(self, facts: Facts, verdicts: Mapping[ServiceId, Verdict], note: str, *, final: bool) -> None:
        """Shows what answers mean for each service, those of the visit first."""
        self._show_title(final=final)
        clear(self._services)
        first = facts.services()
        order = sorted(verdicts, key=lambda one: (one not in first, first.index(one) if one in first else 0))
        for n, service in enumerate(order):
            if n:
                self._services.addWidget(Hair())
            self._services.addWidget(self._outcome(facts, verdicts[service]))
        if not order:
            self._services.addWidget(Prose(self.tr("No service asks about these answers."), Tone.INK2, k.CAPTION))
        self._deciding.setVisible(any(verdict.refuses for verdict in verdicts.values()))
        self._kept.setText(note)

    def _show_title(self, *, final: bool) -> None:
        self._title.setText(self.tr("What the answers mean") if final else self.tr("What the answers mean so far"))

    def show_deciding(self, title: str, words: str, offers: Sequence["Offer"]) -> None:
        """Says who decides, and offers what can be done about it."""
        self._deciding.show_words(title, words, offers)

    def _outcome(self, facts: Facts, verdict: Verdict) -> QWidget:
        name = facts.names.get(verdict.service, "")
        words, tone, icon = outcome_words(verdict.outcome)
        chip = Chip(words, tone, icon, name=f"form.outcome.{verdict.service}")
        why = why_words(verdict, facts.version, self._formats)
        made = pane(
            vbox(
                hbox((Elided(name, weight=k.MEDIUM), 1), chip, gap=8),
                Prose(why, Tone.INK2, k.CAPTION, name=f"form.why.{verdict.service}"),
                gap=3,
                margins=(0, 8, 0, 9),
            )
        )
        made.setAccessibleName(f"{name}: {words}. {why}")
        return made


class Offer(NamedTuple):
    """Something that can be done about what was answered; `off` says why it can't be done now."""

    name: str
    words: str
    off: str = ""


class Deciding(QWidget):
    """Who decides about what stands against a service."""

    decided = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form.deciding")
        self._shown: tuple[str, str, tuple[Offer, ...]] | None = None
        self._title = label("", weight=k.SEMIBOLD, wrap=True, name="form.deciding.title")
        self._words = Prose("", Tone.INK2, k.CAPTION)
        self._buttons = vbox(gap=6)
        head = hbox(Icon("shield", Tone.INK2), (self._title, 1), gap=8)
        card = Card(vbox(head, self._words, 4, self._buttons, gap=5, margins=(12, 10, 12, 12)))
        self.setLayout(vbox(section(self.tr("To be decided")), 4, card, gap=0))
        self.hide()

    def show_words(self, title: str, words: str, offers: Sequence[Offer]) -> None:
        """Says who decides, and what can be done."""
        shown = (title, words, tuple(offers))
        if shown == self._shown:
            return
        self._shown = shown
        self._title.setText(title)
        self._words.show_words(words)
        clear(self._buttons)
        for offer in offers:
            button = Button(offer.words, height=k.CONTROL_S, tip=offer.off, name=f"form.decide.{offer.name}")
            button.setAccessibleName(offer.words)
            button.setAccessibleDescription(offer.off)
            button.setEnabled(not offer.off)
            button.setProperty("decision", offer.name)
            button.clicked.connect(self._decide)
            self._buttons.addLayout(hbox(button, STRETCH))

    def _decide(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.decided.emit(button.property("decision"))
