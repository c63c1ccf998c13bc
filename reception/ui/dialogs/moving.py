"""What a move would do, said before it is done: the chain, the late window, a permission and its reason (R18, R20)."""

from datetime import datetime
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain import catalogue, diary
from reception.domain.access import WORDS, Act
from reception.domain.errors import DomainError
from reception.domain.outcomes import Who
from reception.domain.tables.ids import StaffId
from reception.ui.actions import action
from reception.ui.dialogs.ending import effect
from reception.ui.dialogs.sheet import Sheet, part, rest
from reception.ui.tokens import Tone
from reception.ui.widgets import Avatar, Button, Field, LineEdit, Notice, pane, section, vbox
from reception.ui.workbench import Workbench


class MovingSheet(Sheet):
    """Asks whether a visit should move where more than its time would change."""

    def __init__(
        self,
        bench: Workbench,
        entry: diary.Entry,
        moving: diary.Moving,
        names: dict[int, str],
        late: datetime | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("move", parent)
        self.bench = bench
        self.entry, self._moving, self._names, self._late = entry, moving, names, late
        self._id = uuid4().hex
        self._part = next(one for one in moving.parts if one.appointment == entry.id)
        self._reason = LineEdit()
        self._field = Field(self.tr("Reason, kept with the visit"), self._reason, name="move.reason")
        self._notice = Notice(name="move.notice")
        self._keep = Button(self.tr("Leave it"), key="Esc", height=36, name="move.keep")
        self._build()
        self._keep.clicked.connect(self.leave)
        self._reason.edited.connect(self._show_go)
        self.go.clicked.connect(self._confirm)
        self._show_go()

    def _build(self) -> None:
        formats = self.bench.formats
        self.title.show_words(self.tr("Move {name}’s visit?").format(name=self.entry.client_name))
        self.subtitle.show_words(f"{self._when(self.entry.start)} · {self.entry.service_name}")
        changes = [self._change(one) for one in self._moving.parts]
        if self._late is not None:
            rule = self.tr("Cancelling was free until {time}. Moving takes neither credit nor fee.")
            title = self.tr("This is inside the late window")
            changes.append(effect("clock", title, rule.format(time=self._when(self._late)), tone=Tone.WARN))
        notices = [Notice() for _ in self._moving.notices]
        words = pane(vbox(self._notice, *notices, self._field, gap=8))
        body = vbox(part(pane(section(self.tr("What will happen"))), *changes, gap=0), (rest(words), 1), gap=0)
        self.put_together(Avatar(self.entry.client_name), pane(body), self._keep)
        self.go.show_words(self.tr("Move to {time}").format(time=formats.time(self._part.new_start)))
        for line, notice in zip(notices, self._moving.notices, strict=True):
            line.say(formats.sentence(notice))
        forbidden = self._forbidden()
        self._field.setVisible(bool(self._moving.needs) and not forbidden)
        if forbidden:
            sentence = self.tr("Only a manager can {what}. Change who is at the desk with F2, or leave it where it is.")
            self._notice.say(sentence.format(what=WORDS[forbidden[0]]), tone=Tone.DANGER)

    def _change(self, one: diary.Shifted) -> QWidget:
        start = self._when(one.new_start)
        title = self.tr("{service} moves to {start}").format(service=one.service_name, start=start)
        words = self.tr("From {start}.").format(start=self._when(one.old_start))
        if one.new_staff != one.old_staff:
            names = self._names.get(one.old_staff, ""), self._names.get(one.new_staff, "")
            words += " " + self.tr("From {old} to {new}.").format(old=names[0], new=names[1])
        if one.appointment == self.entry.id and self.entry.number is not None:
            credit = self.tr("Credit {number} of {of} stays with it.")
            words += " " + credit.format(number=self.entry.number, of=self.entry.of)
        return effect("diary", title, words, tone=Tone.ACCENT)

    def _when(self, at: datetime) -> str:
        return self.bench.formats.when(at, self.bench.today())

    def _forbidden(self) -> list[Act]:
        return [act for act in sorted(self._moving.needs) if not self.bench.may(act)]

    @override
    def begin(self) -> QWidget:
        return self if self._field.isHidden() else self._reason

    def _show_go(self) -> None:
        explained = not self._moving.needs or bool(self._reason.text().strip())
        self.go.setEnabled(explained and not self._forbidden())

    def show_error(self, field: str, error: DomainError) -> None:
        """Says a refusal beside the reason, or above it."""
        sentence = self.bench.formats.sentence(error)
        if field == "reason":
            self._field.show_error(sentence)
        else:
            self._notice.say(sentence, tone=Tone.DANGER)

    @action
    async def _confirm(self) -> None:
        one = self._part
        staff = one.new_staff if one.new_staff != one.old_staff else None
        await move(
            self.bench,
            self.entry,
            one.new_start,
            staff,
            reason=self._reason.text().strip(),
            late=self._late is not None,
            id=self._id,
        )
        self.closed.emit()


async def late_since(bench: Workbench, entry: diary.Entry) -> datetime | None:
    """Since when cancelling the visit is late; None while it is free, or no reason lets the policy count (R14)."""
    reasons = await bench.backend.read(catalogue.reasons)
    reason = next((one.id for one in reasons if one.who is Who.CLIENT and one.applies), None)
    if reason is None:
        return None
    ending = await bench.backend.read(diary.preview_cancel, entry.id, diary.Cancelling(reason))
    return ending.free_until if ending.outcome.late else None


async def move(
    bench: Workbench,
    entry: diary.Entry,
    start: datetime,
    staff: StaffId | None,
    *,
    reason: str = "",
    late: bool = False,
    id: str | None = None,
) -> None:
    """Moves a visit and says so, with the way back (R18)."""
    write, formats = bench.backend.write, bench.formats
    await write(diary.move, entry.id, start, staff, reason, id=id)
    same_day = formats.day(start.astimezone(formats.zone).date()) == formats.day(
        entry.start.astimezone(formats.zone).date()
    )
    old, new = (formats.time(at) if same_day else formats.when(at, bench.today()) for at in (entry.start, start))
    said = _tr("Moved {name} from {old} to {new}").format(name=entry.client_name, old=old, new=new)
    if late:
        said = _tr("{moved}, inside the late window: neither credit nor fee is taken").format(moved=said)
    back = entry.staff if staff is not None else None
    bench.said.emit(said, partial(write, diary.move, entry.id, entry.start, back, _tr("Undone at the desk")))


def _tr(words: str) -> str:
    return QCoreApplication.translate("moving", words)
