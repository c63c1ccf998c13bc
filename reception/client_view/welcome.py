"""The first page: a greeting, who answers for a minor, and whether anything has changed since another day."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.ui import tokens as k
from reception.ui.form import Since
from reception.ui.widgets import STRETCH, Button, Field, Kind, LineEdit, Prose, Scroller, hbox, label, pane, vbox

_WIDE = 520


class Who(NamedTuple):
    """Who answers for a minor, and what they are to them; both "" where the client does."""

    answerer: str = ""
    relation: str = ""


class Welcome(QWidget):
    """Says what is asked for. `begun` goes on to the questions, `unchanged` says that all is as on that other day."""

    begun = Signal()
    unchanged = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("client.welcome")
        self._guardian = False
        self._title = label("", k.TITLE, k.SEMIBOLD, wrap=True, name="client.hello")
        self._words = Prose()
        self._answerer, self._relation = LineEdit(), LineEdit()
        self._fields = {
            "answerer": Field(self.tr("Your name"), self._answerer, name="client.answerer", required=True),
            "relation": Field(
                self.tr("What you are to them, such as mother"), self._relation, name="client.relation", required=True
            ),
        }
        self._who = pane(vbox(*self._fields.values(), gap=10))
        self.since = Since(name="client.since")
        self.begin = Button(self.tr("Begin"), Kind.PRIMARY, key="Enter", height=k.CONTROL_L, name="client.begin")
        self._build()
        self._answerer.edited.connect(self._edit)
        self._relation.edited.connect(self._edit)
        self.begin.clicked.connect(self._begin)
        self.since.changed.connect(self._begin)
        self.since.unchanged.connect(self._begin_unchanged)

    def _build(self) -> None:
        column = vbox(
            STRETCH, self._title, self._words, self._who, self.since, hbox(self.begin, STRETCH), STRETCH, gap=18
        )
        inner = pane(column)
        inner.setMaximumWidth(_WIDE)
        row = hbox(STRETCH, (inner, 1000), STRETCH, gap=0, margins=(20, 20, 20, 20))
        self.setLayout(vbox((Scroller(pane(row, "surface")), 1), gap=0))

    def show_form(self, name: str, title: str, *, guardian: bool, since: str, begun: bool) -> None:
        """Greets a client, or who answers for one; `since` is the day of earlier answers in words."""
        self._guardian = guardian
        hello = self.tr("Hello, you answer for {name}") if guardian else self.tr("Hello {name}")
        self._title.setText(hello.format(name=name))
        words = self.tr("“{form}” is for you to fill in. Until you finish you can go back and change every answer.")
        self._words.show_words(words.format(form=title))
        self._who.setVisible(guardian)
        self.since.show_day("" if begun else since)
        self.begin.setVisible(begun or not since)
        self.begin.show_words(self.tr("Go on") if begun else self.tr("Begin"))

    def take_keyboard(self) -> None:
        """The keyboard begins with what is asked first."""
        if self._guardian and not self._answerer.text():
            self._answerer.setFocus()
        elif self.begin.isVisibleTo(self):
            self.begin.setFocus()
        else:
            self.since.setFocus()

    def show_who(self, who: Who) -> None:
        """Shows who answers."""
        self._answerer.setText(who.answerer)
        self._relation.setText(who.relation)

    def who(self) -> Who:
        """Who answers, as it stands."""
        return Who(self._answerer.text().strip(), self._relation.text().strip()) if self._guardian else Who()

    def _edit(self) -> None:
        for field in self._fields.values():
            field.clear_error()
        self.edited.emit()

    def _is_told(self) -> bool:
        """Whether all that is asked here is there; else says what is wanting."""
        wanting = [name for name, words in self.who()._asdict().items() if self._guardian and not words]
        sentences = {"answerer": self.tr("Type your name."), "relation": self.tr("Type what you are to them.")}
        for name in wanting:
            self._fields[name].show_error(sentences[name])
        if wanting:
            self._fields[wanting[0]].control.setFocus()
        return not wanting

    def _begin(self) -> None:
        if self._is_told():
            self.begun.emit()

    def _begin_unchanged(self) -> None:
        if self._is_told():
            self.unchanged.emit()
