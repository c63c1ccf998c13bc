"""Beside the chain: what can be added, and what can't with every reason (R24, R25)."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.access import Act
from reception.domain.addons import Offer, Offers, Reason, Refusal
from reception.domain.screening import Task
from reception.ui import tokens as k
from reception.ui.dialogs import offers as words
from reception.ui.dialogs.offer_rows import OfferList
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Hair,
    Icon,
    KeyCap,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    hbox,
    heading,
    label,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench

_PAD = 16


class OfferColumn(QWidget):
    """What the coming-in can be given. `wanted` hands over an offer and whether money shall pay though a credit could,
    `form_asked` a form that stands in the way, `decision_asked` a refusal that a clinician may lift.
    """

    wanted = Signal(object, bool)
    form_asked = Signal(int)
    decision_asked = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.list = OfferList(bench, name="coming.addons")
        self._count = caption("", weight=k.MEDIUM, name="coming.fit")
        self._none = Prose("", name="coming.no_offers")
        self._money, self._refused = vbox(gap=2), vbox(gap=10)
        self._keys = pane(hbox(caption(self.tr("press")), KeyCap("1–9"), gap=6))
        head = hbox(heading(self.tr("Add-ons")), self._count, STRETCH, self._keys, gap=6)
        fit = vbox(head, 4, self._none, self.list, self._money, gap=2, margins=(_PAD, 14, _PAD, 10))
        self._not = pane(vbox(section(self.tr("Not offered")), self._refused, gap=8, margins=(_PAD, 10, _PAD, 12)))
        body = pane(vbox(pane(fit), Hair(), self._not, STRETCH, gap=0), "canvas")
        self.setLayout(hbox(Hair(vertical=True, strong=True), (Scroller(body), 1), gap=0))
        self.list.wanted.connect(self._want)

    def show_offers(self, offers: Offers | None, left: dict[int, str], tasks: tuple[Task, ...]) -> None:
        """Shows what can be added now; None where the visit is past that. `tasks` is what clinicians were asked."""
        may = self.bench.may(Act.ATTACH)
        offered = offers.offered if offers is not None else ()
        refused = offers.refused if offers is not None else ()
        self.list.show_offers(Offers(offers.group, offers.client, offered, ()) if offers else None, left, may=may)
        self._count.setText(self.tr("{count} fit").format(count=len(offered)) if offered else "")
        self._keys.setVisible(bool(offered) and may)
        self._none.setVisible(not offered)
        self._none.show_words(self._nothing(offers))
        clear(self._money)
        for offer in offered:
            if offer.credit is not None and may:
                self._money.addWidget(self._instead(offer))
        clear(self._refused)
        for refusal in refused:
            self._refused.addWidget(self._reasons(refusal, left, words.asked_about(tasks, refusal.service)))
        self._not.setVisible(bool(refused))

    def _nothing(self, offers: Offers | None) -> str:
        if offers is None:
            return self.tr("Add-ons are added before the visit starts.")
        if offers.refused:
            return self.tr("Nothing can be added now.")
        return self.tr("No add-on is linked to these treatments. The catalogue links them.")

    def _want(self, offer: Offer) -> None:
        self.wanted.emit(offer, False)

    def _instead(self, offer: Offer) -> QWidget:
        """A credit would pay: the way to pay with money all the same."""
        said = self.tr("Add {name} for {price} instead of the credit")
        said = said.format(name=offer.name, price=self.bench.formats.amount(offer.price))
        button = Button(said, Kind.LINK, height=24, name=f"coming.pay.{offer.service}")
        button.clicked.connect(partial(self.wanted.emit, offer, True))
        return pane(hbox(button, STRETCH, margins=(24, 0, 0, 0)))

    def _reasons(self, refusal: Refusal, left: dict[int, str], task: Task | None) -> QWidget:
        icon, tone = words.sign(refusal.first)
        head = hbox(Icon(icon, tone, 14), label(refusal.name, weight=k.MEDIUM, wrap=True), STRETCH, gap=8)
        lines = [self._reason(refusal, reason, left) for reason in refusal.reasons]
        if asked := words.asked_words(task, self.bench.formats, self.bench.today()):
            lines.append(pane(vbox(Prose(f"{asked}.", Tone.INK, k.CAPTION), margins=(22, 0, 0, 0))))
        made = pane(vbox(head, *lines, gap=3), name=f"coming.refused.{refusal.service}")
        made.setAccessibleName(refusal.name)
        return made

    def _reason(self, refusal: Refusal, reason: Reason, left: dict[int, str]) -> QWidget:
        sentence = words.sentence(reason, self.bench.formats)
        if reason.form is not None and (more := left.get(reason.form)):
            sentence = f"{sentence} {more}."
        said = Prose(sentence, Tone.INK2, k.CAPTION)
        act = self._way_out(refusal, reason)
        return pane(hbox((said, 1), pane(vbox(act, STRETCH, gap=0)) if act else None, gap=6, margins=(22, 0, 0, 0)))

    def _way_out(self, refusal: Refusal, reason: Reason) -> Button | None:
        if reason.form is not None and self.bench.may(Act.ANSWER):
            fill = Button(self.tr("Fill in"), Kind.LINK, height=20, name=f"coming.fill.{refusal.service}.{reason.form}")
            fill.clicked.connect(partial(self.form_asked.emit, int(reason.form)))
            return fill
        if reason is not refusal.first or not words.askable(refusal):
            return None
        verb, what = (self.tr("Clear…"), "clear") if self.bench.may(Act.CLEAR) else (self.tr("Ask…"), "ask")
        decide = Button(verb, Kind.LINK, height=20, name=f"coming.{what}.{refusal.service}")
        decide.clicked.connect(partial(self.decision_asked.emit, refusal))
        return decide
