"""An add-on that a client would like with their visit: what it would come to, or what is in its way (R24–R28)."""

from PySide6.QtWidgets import QWidget

from reception.domain import inbox
from reception.domain.access import Act
from reception.domain.addons import Attaching, Offer
from reception.domain.inbox import Wished
from reception.ui import tokens as k
from reception.ui.actions import action
from reception.ui.ask import ask_text
from reception.ui.dialogs import offers
from reception.ui.form import Bar
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Avatar, Button, Elided, Hair, Kind, Notice, caption, hbox, pane, vbox
from reception.ui.workbench import Page, Where, Workbench

_WIDEST, _TITLES = 640, 64
_LINES = ("when", "who", "price", "paid")


class WishView(QWidget):
    """One wish: added to the visit, at once or through the checkout, or not."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.setObjectName("inbox.wished")
        self.bench = bench
        self._shown: Wished | None = None
        self._avatar = Avatar(size=34)
        self._title = Elided("", k.HEADING, k.SEMIBOLD, name="inbox.wish.title")
        self._facts = Elided("", k.CAPTION, tone=Tone.INK2, name="inbox.wish.facts")
        self._lines = {name: Elided("", weight=k.MEDIUM, name=f"inbox.wish.{name}") for name in _LINES}
        self._told = pane(vbox(*(self._line(name, words) for name, words in self._titles().items()), gap=8))
        self._hindrance = Notice(name="inbox.wish.hindrance")
        words = vbox(self._title, self._facts, gap=1)
        head = pane(hbox(self._avatar, (words, 1), gap=8, margins=(20, 11, 20, 11)))
        inner = pane(vbox(self._told, self._hindrance, STRETCH, gap=10, margins=(20, 16, 20, 16)))
        inner.setMaximumWidth(_WIDEST)
        body = pane(hbox((inner, 1000), STRETCH, gap=0), "surface")
        self._look = Button(self.tr("Show the booking"), Kind.GHOST, name="inbox.wish.booking")
        self._decline = Button(self.tr("Don’t add it…"), name="inbox.decline")
        self.add = Button("", Kind.PRIMARY, key="Enter", name="inbox.confirm")
        foot = Bar(self._look, STRETCH, self._decline, self.add)
        self.setLayout(vbox(pane(vbox(head, Hair(strong=True), gap=0), "surface"), (body, 1), foot, gap=0))
        self._look.clicked.connect(self._show_booking)
        self._decline.clicked.connect(self._turn_down)
        self.add.clicked.connect(self._confirm)
        self.setFocusProxy(self.add)

    def show_wish(self, wished: Wished) -> None:
        """Shows what would be added, when, by whom and for how much; or why it can't be."""
        self._shown = wished
        formats = self.bench.formats
        self._avatar.show_name(wished.client_name)
        self._title.show_words(self.tr("{name} would like {service}").format(**_names(wished)))
        when = formats.when(wished.start, self.bench.today())
        self._facts.show_words(self.tr("with the visit: {when}").format(when=when))
        told = wished.told
        self._hindrance.clear()
        self._told.setVisible(isinstance(told, Offer))
        if isinstance(told, Offer):
            self._show_offer(told)
            self.add.show_words(self.tr("Take it through the checkout") if told.due else self.tr("Add it to the visit"))
        else:
            self._hindrance.say(self.tr("It can’t be added now"), formats.sentence(told), Tone.WARN)
            self.add.show_words(self.tr("Add it to the visit"))
        self.add.setEnabled(isinstance(told, Offer) and self.bench.may(Act.ATTACH))
        self._decline.setEnabled(self.bench.may(Act.ANSWER))

    def _titles(self) -> dict[str, str]:
        said = (self.tr("When"), self.tr("With"), self.tr("Price"), self.tr("Paid"))
        return dict(zip(_LINES, said, strict=True))

    def _line(self, name: str, words: str) -> QWidget:
        return pane(hbox(pane(hbox(caption(words, Tone.INK2), STRETCH), width=_TITLES), (self._lines[name], 1), gap=8))

    def _show_offer(self, offer: Offer) -> None:
        formats = self.bench.formats
        who = ", ".join((offer.staff_name, *offer.resource_names))
        told = (formats.span(offer.start, offer.end), who, formats.money(offer.price), offers.pay(offer, formats))
        for name, words in zip(_LINES, told, strict=True):
            self._lines[name].show_words(words)

    def _show_booking(self) -> None:
        if self._shown is not None:
            self.bench.goto.emit(Where(Page.COMING, appointment=int(self._shown.appointment)))

    @action
    async def _confirm(self) -> None:
        shown = self._shown
        if shown is None or not isinstance(shown.told, Offer):
            return
        wanted = Attaching(shown.group, shown.service, shown.told.staff)
        if shown.told.due:
            self.bench.goto.emit(Where(Page.CHECKOUT, client=int(shown.client), attach=wanted))
            return
        await self.bench.backend.write(inbox.confirm, shown.id, wanted)
        self.bench.said.emit(self.tr("Added {service} to {name}’s visit").format(**_names(shown)), None)

    @action
    async def _turn_down(self) -> None:
        shown = self._shown
        if shown is None:
            return
        title = self.tr("Don’t add {service}?").format(**_names(shown))
        button, field = self.tr("Don’t add it"), self.tr("Reason")
        reason = await ask_text(self, title, field=field, button=button)
        if reason is None:
            return
        await self.bench.backend.write(inbox.decline, shown.id, reason)
        self.bench.said.emit(self.tr("{service} isn’t added for {name}").format(**_names(shown)), None)


def _names(wished: Wished) -> dict[str, str]:
    return {"name": wished.client_name, "service": wished.service_name}
