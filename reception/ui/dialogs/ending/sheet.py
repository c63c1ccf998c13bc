"""A visit that won't take place: who cancels and why, what becomes of credit and money, and the override (R14, R15)."""

from collections.abc import Iterable
from uuid import uuid4

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue, diary
from reception.domain.access import Act
from reception.domain.errors import DomainError, Trouble
from reception.domain.outcomes import UPCOMING, Override, Who
from reception.ui import glyphs
from reception.ui.actions import action
from reception.ui.dialogs.ending.effects import Effects
from reception.ui.dialogs.ending.pictures import FreeTime
from reception.ui.dialogs.ending.saying import Saying
from reception.ui.dialogs.ending.whole import Whole, different
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.refresh import Refresher
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Answers,
    Avatar,
    Button,
    Field,
    Kind,
    LineEdit,
    Notice,
    Segmented,
    Select,
    caption,
    clear,
    hbox,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Workbench

_BY = (Who.CLIENT, Who.CLINIC)
_MISSED = 2  # the third answer to who cancels: nobody, they did not come
_DEPARTURES = (Override.RETURN, Override.WAIVE, Override.FORFEIT)


class EndingSheet(Sheet):
    """Cancels a visit or marks it as missed, after saying in words what that does, also to the add-ons that go with it.

    `also` are other visits of the same coming-in that end with it.
    """

    def __init__(
        self,
        bench: Workbench,
        entry: diary.Entry,
        parent: QWidget | None = None,
        *,
        also: tuple[diary.Entry, ...] = (),
    ) -> None:
        confirm = Button(kind=Kind.DANGER, key="Enter", height=36, wide=True, name="cancel.confirm")
        super().__init__("cancel", parent, go=confirm)
        self.go.show_words(self.tr("Cancel the visit"))
        self.go.setEnabled(False)  # until it is known, and said, what that does
        self.bench = bench
        self.entry, self._also = entry, also
        self._id = uuid4().hex
        self._reasons: tuple[catalogue.Reason, ...] = ()
        self._endings: dict[Override, Whole] = {}
        self._offered: tuple[Override, ...] = ()
        self._began = bench.backend.now() >= entry.start
        self._build()
        self._refresher = Refresher(
            self, self._load, topics=frozenset({"diary", "packages", "clinic"}), days=None, backend=bench.backend
        )
        self._refresher.failed.connect(self._show_failure)
        self._refresher.request()

    # build

    def _build(self) -> None:
        words = [self.tr("The client"), self.tr("The clinic")]
        if self._began:
            words.append(self.tr("Did not come"))
        self._who = Segmented(words, _MISSED if self._began else 0, name="cancel.who")
        self._show_head(one.service_name for one in self._also)
        self._reason: Select[int] = Select(height=30, name="cancel.reason")
        self._window = FreeTime(self.bench)
        self._choices = vbox(gap=4)
        self._answers: Answers | None = None
        self._words_edit = LineEdit()
        self._words = Field(self.tr("Reason, kept in the ledger with your name"), self._words_edit, name="cancel.words")
        self._may_not = caption(self.tr("Only a manager can depart from the policy."), wrap=True)
        self._digit = caption(self.tr("press the digit"))
        head = pane(section(self.tr("What becomes of it"), self._digit))
        self._credit = part(head, pane(self._choices), self._may_not, self._words, gap=6)
        self._effects = vbox(gap=0)
        self._notice = Notice(name="cancel.notice")
        self._keep = Button(self.tr("Keep the visit"), key="Esc", height=36, name="cancel.keep")
        self.put_together(Avatar(self.entry.client_name), self._body(), self._keep)
        self._reason.setVisible(not self._missed())
        self._credit.hide()
        self._words.hide()
        self._connect()

    def _body(self) -> QWidget:
        asked = hbox(self._who, None if self._began else (self._reason, 1), STRETCH if self._began else None)
        below = self._reason if self._began else None
        why = part(pane(vbox(section(self.tr("Who cancels, and why")), asked, below, 2, self._window, gap=5)))
        happen = rest(self._notice, pane(section(self.tr("What will happen"))), pane(self._effects))
        return pane(vbox(why, self._credit, (happen, 1), gap=0))

    def _connect(self) -> None:
        self._who.chosen.connect(self._choose_who)
        self._reason.chosen.connect(self._choose_reason)
        self._words_edit.edited.connect(self._show_confirm)
        self._keep.clicked.connect(self.leave)
        self.go.clicked.connect(self._confirm)

    # load

    async def _load(self) -> None:
        """Asks for the reasons, and for what each way of ending the visit would do."""
        read = self.bench.backend.read
        if not self._reasons:
            self._reasons = await read(catalogue.reasons)
            self._fill_reasons()
        visit = await read(diary.visit, self.entry.id)
        self.entry = visit.entry
        if visit.entry.status not in UPCOMING:
            self._show_over(visit.entry)
            return
        endings, refusal = {}, None
        for way in (Override.NONE, *_DEPARTURES):
            try:
                endings[way] = await self._preview(way)
            except DomainError as error:
                refusal = refusal or error
                if way is Override.NONE:
                    break
        self.show_endings(endings, refusal)

    async def _preview(self, way: Override) -> Whole:
        first, *rest = [await self._preview_one(one, way) for one in (self.entry, *self._also)]
        more = list(first.others)
        for entry, ending in zip(self._also, rest, strict=True):
            more += [(entry.service_name, ending), *ending.others]
        return Whole(first, tuple(more))

    async def _preview_one(self, entry: diary.Entry, way: Override) -> diary.Ending:
        read = self.bench.backend.read
        if self._missed():
            return await read(diary.preview_no_show, entry.id, way)
        return await read(diary.preview_cancel, entry.id, self._cancelling(way))

    def _cancelling(self, way: Override) -> diary.Cancelling:
        reason = self._reason.value()
        known = next(one.id for one in self._reasons if one.id == reason)
        return diary.Cancelling(known, way, self._words_edit.text().strip() if way is not Override.NONE else "")

    # show

    def show_endings(self, endings: dict[Override, Whole], refusal: DomainError | None = None) -> None:
        """Shows what each way of ending the visit does; without any, why it can't be ended."""
        chosen = self._chosen()
        self._endings = endings
        if Override.NONE not in endings:
            self._notice.say(self.bench.formats.sentence(refusal) if refusal else "", tone=Tone.DANGER)
        else:
            self._notice.clear()
        self._offered = different(endings)
        self._show_choices(chosen if chosen in self._offered else Override.NONE)
        self._show_window()
        self._show_chosen()

    def _show_head(self, more: Iterable[str]) -> None:
        """Whose visit it is, and all that ends with it."""
        self.title.show_words(self._saying().question())
        when = self.bench.formats.when(self.entry.start, self.bench.today())
        self.subtitle.show_words(f"{when} · {' + '.join((self.entry.service_name, *more))}")

    def _show_over(self, entry: diary.Entry) -> None:
        """Somebody else has ended or begun the visit while the sheet was open."""
        sentence = self.tr("This visit is no longer to come: {status}.").format(
            status=glyphs.word(entry.status).lower()
        )
        self.show_endings({})
        self._notice.say(sentence, tone=Tone.WARN)

    def _fill_reasons(self) -> None:
        who = _BY[min(self._who.index(), 1)]
        self._reason.fill([(one.id, one.words) for one in self._reasons if one.who is who])

    def _show_choices(self, chosen: Override) -> None:
        clear(self._choices)
        self._answers = None
        policy = self._endings.get(Override.NONE)
        can = self.bench.may(Act.OVERRIDE)
        if policy is not None and len(self._offered) > 1 and can:
            words = [self._saying().way(self._endings[way], policy) for way in self._offered]
            self._answers = Answers(words, height=31, name="cancel.choice")
            self._answers.choose(self._offered.index(chosen))
            self._answers.changed.connect(self._show_chosen)
            self._choices.addWidget(self._answers)
        takes = policy is not None and (policy.late or self._missed())
        self._may_not.setVisible(takes and not can)
        self._digit.setVisible(self._answers is not None)
        self._credit.setVisible(takes and (self._answers is not None or not can))

    def _show_window(self) -> None:
        policy = self._endings.get(Override.NONE)
        shown = policy is not None and policy.first.outcome.applies and not self._missed()
        self._window.setVisible(shown)
        if policy is not None and shown:
            self._window.show_times(policy.first.free_until, self.bench.backend.now(), self.entry.start)

    def _show_chosen(self) -> None:
        way = self._chosen()
        self._words.setVisible(way is not Override.NONE)
        clear(self._effects)
        if (ending := self._endings.get(way)) is not None:
            for line in self._told().of(ending):
                self._effects.addWidget(line)
        if way is not Override.NONE and not self._words_edit.text():
            self._words_edit.setFocus()
        self._show_confirm()

    def _show_confirm(self) -> None:
        way = self._chosen()
        ending = self._endings.get(way)
        self._show_head(name for name, _ in (ending.more if ending is not None else ()))
        self.go.show_words(self._saying().verb(ending))
        explained = way is Override.NONE or bool(self._words_edit.text().strip())
        self.go.setEnabled(ending is not None and explained)

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal where it belongs: beside the reason, or above what will happen."""
        sentence = self.bench.formats.sentence(error)
        if field in ("words", "reason"):
            self._words.setVisible(True)
            self._words.show_error(sentence)
        else:
            self._notice.say(sentence, tone=Tone.DANGER)

    def _show_failure(self, error: DomainError | Trouble) -> None:
        said = error.sentence if isinstance(error, Trouble) else self.bench.formats.sentence(error)
        self.show_endings({})
        self._notice.say(said, tone=Tone.DANGER)

    # act

    def _choose_who(self, _index: int) -> None:
        self._reason.setVisible(not self._missed())
        self._fill_reasons()
        self._refresher.request()

    def _choose_reason(self, _reason: object) -> None:
        self._refresher.request()

    @action
    async def _confirm(self) -> None:
        way = self._chosen()
        whole = self._endings[way]
        for n, entry in enumerate((self.entry, *self._also)):
            # Each under an id of its own: interrupted in the middle, pressing again ends only what still stands.
            await self._end(entry, way, self._id if n == 0 else f"{self._id}-{n}")
        self.bench.said.emit(self._saying().done(whole), None)
        self.closed.emit()

    async def _end(self, entry: diary.Entry, way: Override, id: str) -> None:
        write = self.bench.backend.write
        if self._missed():
            await write(diary.no_show, entry.id, override=way, words=self._words_edit.text().strip(), id=id)
        else:
            await write(diary.cancel, entry.id, self._cancelling(way), id=id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._answers is not None and self._answers.press(event.text()):
            return
        super().keyPressEvent(event)

    def _missed(self) -> bool:
        return self._who.index() == _MISSED

    def _chosen(self) -> Override:
        index = self._answers.index() if self._answers is not None else None
        return self._offered[index] if index is not None and index < len(self._offered) else Override.NONE

    def _saying(self) -> Saying:
        return Saying(self.bench.formats, self.entry.client_name, self._missed(), several=bool(self._also))

    def _told(self) -> Effects:
        bench = self.bench
        by_client = not self._missed() and _BY[min(self._who.index(), 1)] is Who.CLIENT
        return Effects(bench.formats, bench.backend.now(), self.entry, self._endings, self._missed(), by_client)
