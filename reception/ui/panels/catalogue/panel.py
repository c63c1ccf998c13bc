"""The catalogue page: its sections, one of which shows, over one reading of them all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from reception.domain import catalogue, forms
from reception.domain.access import Act
from reception.domain.errors import DomainError, Trouble
from reception.ui import tokens as k
from reception.ui.dialogs.editing import Editing
from reception.ui.panels.catalogue import offer, papers, rooms
from reception.ui.panels.catalogue.offer import Goods, Offer
from reception.ui.panels.catalogue.papers import Papers
from reception.ui.panels.catalogue.parts import MARGIN, Sieve
from reception.ui.panels.catalogue.rooms import Rooms
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Banner, Check, Hair, LineEdit, Segmented, hbox, label, pane, vbox
from reception.ui.workbench import Draft, Workbench


class Catalogue(QWidget):
    """What the clinic performs and sells, its rooms and devices, its forms; those who may, change them in sheets."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self._waiting: Draft | None = None
        self._read = False
        self._build()
        self._connect()
        topics = frozenset({"catalogue", "diary", "packages", "forms"})
        self._refresher = Refresher(self, self._load, topics, None, bench.backend)
        self._refresher.failed.connect(self._show_trouble)
        self._show_rights()
        self._refresher.request()

    def show_section(self, number: int) -> None:
        """Opens a section: 0 services and packages, 1 rooms and devices, 2 health forms."""
        left = self.sheet() if number != self._stack.currentIndex() else None
        if left is not None:
            left.leave()
        self._segments.choose(number)
        self._stack.setCurrentIndex(number)
        if left is not None:  # the list that the keyboard went back to is out of sight by now
            self._segments.button(number).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self, draft: Draft) -> None:
        """Goes on with something of the catalogue that was parked."""
        if not self._read:
            self._waiting = draft
            return
        number = next((n for n, kinds in enumerate(_KINDS) if draft.kind in kinds), 0)
        self.show_section(number)
        section = self._sections[number]
        if not section.place.goes_on_with(draft):
            section.show_draft(draft)

    def sheet(self) -> Editing | None:
        """The sheet that is open."""
        return self._sections[self._stack.currentIndex()].place.sheet()

    def _build(self) -> None:
        self._offer, self._rooms, self._papers = Offer(self.bench), Rooms(self.bench), Papers(self.bench)
        self._sections: tuple[Offer | Rooms | Papers, ...] = (self._offer, self._rooms, self._papers)
        names = [self.tr("Services and packages"), self.tr("Rooms and devices"), self.tr("Health forms")]
        self._segments = Segmented(names, name="catalogue.section")
        self._filter = LineEdit(hint=self.tr("Filter"), icon="search", name="catalogue.filter")
        self._filter.setFixedWidth(220)
        self._filter.setClearButtonEnabled(True)
        self._retired = Check(self.tr("Show retired"), name="catalogue.show_retired")
        self._readonly = Banner(square=True, name="catalogue.readonly")
        self._trouble = Banner(square=True, name="catalogue.trouble")
        self._stack = QStackedWidget()
        for section in self._sections:
            self._stack.addWidget(section)
        title = label(self.tr("Catalogue"), k.TITLE, k.SEMIBOLD)
        top = hbox(
            title, 8, self._segments, STRETCH, self._filter, 4, self._retired, gap=12, margins=(MARGIN, 0, MARGIN, 0)
        )
        banners = vbox(self._readonly, self._trouble, gap=0)
        whole = vbox(pane(top, height=56), banners, Hair(), (self._stack, 1), gap=0)
        self.setLayout(vbox((pane(whole, "surface"), 1), gap=0))

    def _connect(self) -> None:
        self._segments.chosen.connect(self.show_section)
        self._filter.textChanged.connect(self._show_rows)
        self._retired.toggled.connect(self._show_rows)
        self.bench.person_changed.connect(self._show_rights)
        self.bench.clinic_changed.connect(self._show_rows)

    async def _load(self) -> None:
        read = self.bench.backend.read
        goods = Goods(
            services=await read(catalogue.services, retired=True),
            products=await read(catalogue.products, retired=True),
            resources=await read(catalogue.resources, retired=True),
            forms=await read(forms.forms, retired=True),
        )
        service, form = self._offer.chosen(), self._papers.chosen()
        detail = await self._offer.read_detail(service) if service is not None else None
        paper = await self._papers.read_paper(form) if form is not None else None
        self._trouble.clear()
        self._offer.show_goods(goods, detail)
        self._rooms.show_resources(goods.resources)
        self._papers.show_forms(goods.forms, paper)
        self._read = True
        if self._waiting is not None:
            draft, self._waiting = self._waiting, None
            self.show_draft(draft)

    def _show_trouble(self, error: DomainError | Trouble) -> None:
        words = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self._trouble.say(self.tr("The catalogue could not be read."), words, Tone.DANGER)

    def _show_rows(self) -> None:
        sieve = Sieve(self._filter.text(), self._retired.isChecked())
        for section in self._sections:
            section.show_rows(sieve)

    def _show_rights(self) -> None:
        for section in self._sections:
            section.show_rights()
        if self.bench.may(Act.CATALOGUE):
            self._readonly.clear()
            return
        words = self.tr("A manager or an owner changes it.")
        self._readonly.say(self.tr("You can read the catalogue."), words, Tone.ACCENT)
        for section in self._sections:
            if (sheet := section.place.sheet()) is not None:
                sheet.leave()


_KINDS = (offer.KINDS, rooms.KINDS, papers.KINDS)
