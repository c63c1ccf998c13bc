"""One service beside the list: how it is booked and paid, what it needs, what is offered with it, what it asks."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.catalogue import Bookable, Link, Need, Resource, ResourceKind, Service
from reception.domain.screening import Requirement, RuleRow
from reception.domain.tables.ids import ServiceId
from reception.ui import tokens as k
from reception.ui.dialogs.needs import need_words
from reception.ui.dialogs.required_forms import validity_words
from reception.ui.dialogs.rule import effect_sign, rule_words
from reception.ui.dialogs.service import ahead_words
from reception.ui.dialogs.sheet import PAD, WIDTH
from reception.ui.panels.catalogue.parts import changer, line, part
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Button,
    Elided,
    Empty,
    Hair,
    Kind,
    Prose,
    Scroller,
    caption,
    clear,
    figure,
    hbox,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Detail:
    """What hangs on one service."""

    service: ServiceId
    links: tuple[Link, ...]
    offered_with: tuple[str, ...]
    needs: tuple[Need, ...]
    requirements: tuple[Requirement, ...]
    rules: tuple[RuleRow, ...]


class ServiceCard(QWidget):
    """A service with all that hangs on it; with the right to it, each part has its way to change it."""

    edit_asked = Signal()
    needs_asked = Signal()
    links_asked = Signal()
    forms_asked = Signal()
    rule_asked = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedWidth(WIDTH)
        self.setObjectName("catalogue.card")
        self._none = Empty(
            "tag", self.tr("No service is chosen"), self.tr("Choose one in the list to see what it needs and asks.")
        )
        self._name = Elided("", k.HEADING, k.SEMIBOLD, name="catalogue.card.name")
        self._about = Elided("", k.CAPTION, tone=Tone.INK2, name="catalogue.card.about")
        self._edit = Button(self.tr("Edit"), height=28, key="Enter", name="catalogue.edit_service")
        self._facts = Prose(name="catalogue.card.facts")
        self._needs, self._links, self._forms, self._rules = (vbox(gap=0) for _ in range(4))
        self._base = Prose(size=k.CAPTION, name="catalogue.card.offered_with")
        self._change_needs = changer(self.tr("Change"), "catalogue.change_needs")
        self._change_links = changer(self.tr("Change"), "catalogue.change_links")
        self._change_forms = changer(self.tr("Change"), "catalogue.change_forms")
        self._new_rule = Button(self.tr("New rule"), Kind.GHOST, icon="plus", height=24, name="catalogue.new_rule")
        self._build()
        self._connect()

    def show_none(self) -> None:
        """No service is chosen."""
        self._filled.hide()
        self._none.show()

    def show_service(
        self, service: Service, detail: Detail, resources: tuple[Resource, ...], *, mine: bool, rules: bool
    ) -> None:
        """Shows a service; `mine` and `rules` say whether it, and what it asks, may be changed."""
        self._none.hide()
        self._filled.show()
        self._name.show_words(self.tr("{}, retired").format(service.name) if service.retired else service.name)
        self._about.show_words(" · ".join(word for word in (service.category, _booked(service, self)) if word))
        self._facts.show_words(self._in_words(service))
        for button in (self._edit, self._change_needs, self._change_links):
            button.setVisible(mine)
        self._change_forms.setVisible(rules)
        self._new_rule.setVisible(rules and bool(detail.requirements))
        self._show_needs(detail, resources)
        self._show_links(service, detail)
        self._show_forms(detail)
        self._show_rules(detail, may=rules)

    def _build(self) -> None:
        head = hbox((vbox(self._name, self._about, gap=1), 1), self._edit, gap=10, margins=(PAD, 8, 12, 8))
        self._links_part = part(section(self.tr("Add-ons offered with it"), self._change_links), self._links)
        self._base_part = part(section(self.tr("Offered with")), self._base)
        body = vbox(
            part(self._facts),
            part(section(self.tr("Rooms and devices"), self._change_needs), self._needs),
            self._base_part,
            self._links_part,
            part(section(self.tr("Health forms"), self._change_forms), self._forms),
            part(section(self.tr("What answers mean"), self._new_rule), self._rules, last=True),
            STRETCH,
            gap=0,
        )
        self._filled = pane(vbox(pane(head, height=57), Hair(), (Scroller(pane(body)), 1), gap=0))
        inner = pane(vbox((self._none, 1), (self._filled, 1), gap=0), "canvas")
        self.setLayout(hbox(Hair(vertical=True, strong=True), (inner, 1), gap=0))
        self.show_none()

    def _connect(self) -> None:
        self._edit.clicked.connect(self.edit_asked)
        self._change_needs.clicked.connect(self.needs_asked)
        self._change_links.clicked.connect(self.links_asked)
        self._change_forms.clicked.connect(self.forms_asked)
        self._new_rule.clicked.connect(self._ask_new_rule)

    def _in_words(self, service: Service) -> str:
        """Its time and its money: "30 min, then 10 min to clean up. £100.00, tax 20 % in it, £20.00 before."."""
        formats = self.bench.formats
        takes = formats.minutes(service.minutes)
        if service.turnaround:
            takes = self.tr("{}, then {} to clean up").format(takes, formats.minutes(service.turnaround))
        tax = self.tr("tax {} in it").format(formats.percent(service.tax_rate)) if service.tax_rate else ""
        paid = ahead_words(service, formats) or self.tr("paid at the visit")
        costs = ", ".join(word for word in (formats.money(service.price), tax, paid[:1].lower() + paid[1:]) if word)
        return f"{takes}. {costs}."

    def _show_needs(self, detail: Detail, resources: tuple[Resource, ...]) -> None:
        clear(self._needs)
        names = {one.id: one.name for one in resources}
        kinds = {one.id: one.kind for one in resources}
        for need in detail.needs:
            room = any(kinds.get(id) is ResourceKind.ROOM for id in need)
            self._needs.addWidget(line(("door" if room else "settings", Tone.INK3), need_words(need, names)))
        if not detail.needs:
            self._needs.addWidget(caption(self.tr("Needs neither a room nor a device")))

    def _show_links(self, service: Service, detail: Detail) -> None:
        clear(self._links)
        self._links_part.setVisible(service.bookable is not Bookable.ADD_ON)
        self._base_part.setVisible(service.bookable is not Bookable.ALONE)
        self._base.show_words(
            ", ".join(detail.offered_with) or self.tr("Nothing yet: choose a service, and add it there.")
        )
        for link in detail.links:
            price = figure(self.bench.formats.amount(link.charged), tone=Tone.INK2)
            own = link.price is not None and link.price != link.own_price
            second = self.tr("{} elsewhere").format(self.bench.formats.amount(link.own_price)) if own else ""
            self._links.addWidget(line(("plus", Tone.INK3), link.name, second, price))
        if not detail.links:
            self._links.addWidget(caption(self.tr("Nothing is offered with it")))

    def _show_forms(self, detail: Detail) -> None:
        clear(self._forms)
        for one in detail.requirements:
            self._forms.addWidget(line(("form", Tone.INK3), one.title, validity_words(one.days)))
        if not detail.requirements:
            self._forms.addWidget(caption(self.tr("It asks for no form")))

    def _show_rules(self, detail: Detail, *, may: bool) -> None:
        clear(self._rules)
        for rule in detail.rules:
            button = changer(self.tr("Change"), f"catalogue.rule.{rule.id}")
            button.setAccessibleName(self.tr("Change the rule on “{}”").format(rule.question))
            button.clicked.connect(partial(self.rule_asked.emit, rule))
            second = rule.attention or rule_words(rule, self.tr("it"), self.bench.formats)
            tone = Tone.WARN if rule.attention else Tone.INK2
            self._rules.addWidget(line(effect_sign(rule.draft.effect), rule.question, second, button, tone=tone))
            # Shown before it has a place, it would open a window of its own.
            button.setVisible(may)
        if not detail.rules:
            words = self.tr("No answer changes anything yet") if detail.requirements else self.tr("It asks nothing")
            self._rules.addWidget(caption(words))

    def _ask_new_rule(self) -> None:
        self.rule_asked.emit(None)


def _booked(service: Service, card: QWidget) -> str:
    return {
        Bookable.ALONE: card.tr("booked alone"),
        Bookable.ADD_ON: card.tr("only as an add-on"),
        Bookable.BOTH: card.tr("alone or as an add-on"),
    }[service.bookable]
