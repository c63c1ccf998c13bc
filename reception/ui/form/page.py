"""One page of a form: its title and its rows, which come and go as answers ask for them without the page jumping."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.domain.questionnaire import Row
from reception.domain.questionnaire.values import Kind as ItemKind
from reception.ui import theme
from reception.ui import tokens as k
from reception.ui.form import place
from reception.ui.form.control import Desk
from reception.ui.form.entries import Alarm, Entry, Key, entries
from reception.ui.form.foot import WIDEST
from reception.ui.form.matrix import Marks
from reception.ui.form.rows import NUMBER, PAD, FormRow, GroupFoot, GroupHead, Look, Mark, QuestionRow, WordsRow
from reception.ui.form.table import Heads, TableRow
from reception.ui.widgets import STRETCH, Button, Kind, Notice, Scroller, caption, hbox, label, pane, vbox

_AT_ONCE = 16  # rows that are made before the page is shown; the others follow
_FIRST_PAINT = 15  # milliseconds that those that follow leave for the page to show itself


class PageView(Scroller):
    """The rows of one page. It tells by path what somebody did; what that means is for whoever holds the form."""

    edited = Signal(object)
    left = Signal(object)
    confirmed = Signal(object)
    all_confirmed = Signal()
    added = Signal(object)
    removed = Signal(object)
    acted = Signal(str)
    made = Signal()

    def __init__(self, desk: Desk, mark: Mark, *, name: str) -> None:
        self._desk, self._marked = desk, mark
        self._shown: tuple[Sequence[Row], Sequence[Alarm], Row | None] = ((), (), None)
        self._entries: tuple[Entry, ...] = ()
        self._order: list[Key] = []
        self._made: dict[Key, QWidget] = {}
        self._wanted = _AT_ONCE
        self._number = 0
        self._title, self._where = label("", k.TITLE, k.SEMIBOLD, wrap=True), caption("")
        self._confirm = Button("", Kind.LINK, height=24, name="form.confirm_all")
        self._confirm.hide()
        head = hbox(self._title, 6, self._where, STRETCH, self._confirm, gap=6, margins=(PAD, 10, PAD, 2))
        self._column = vbox(gap=0)
        body = pane(vbox(head, self._column, 16, STRETCH, gap=0))
        body.setMaximumWidth(WIDEST)
        whole = pane(hbox((body, 1_000), STRETCH, gap=0), "surface")
        super().__init__(whole)
        self._body, self._whole = body, whole
        self.setObjectName(name)
        self._rest = QTimer(self, singleShot=True, interval=_FIRST_PAINT)
        self._rest.timeout.connect(self._make_more)
        self._pinned: Heads | None = None
        self.verticalScrollBar().valueChanged.connect(self._pin)
        self._confirm.clicked.connect(self.all_confirmed)

    # show

    def show_title(self, title: str, where: str) -> None:
        """Says which page it is, of how many."""
        self._title.setText(title)
        self._where.setText(where)
        self._fit_title()
        self._body.setAccessibleName(f"{title}, {where}")

    def show_unconfirmed(self, words: str) -> None:
        """Offers to say of all copied answers of the page that they are still right; without words there are none."""
        self._confirm.show_words(words)
        self._confirm.setVisible(bool(words))

    def show_rows(self, rows: Sequence[Row], alarms: Sequence[Alarm] = (), table: Row | None = None) -> None:
        """Shows these rows: those that were there stay as they are, others come and go.

        `table` is what the page is as a whole, where it is a table.
        """
        self._shown = rows, alarms, table
        self._number = _number_width(rows)
        self._show(self._laid_out())

    def _fit_title(self) -> None:
        """Left to itself, a label that may wrap does so long before it has to."""
        whole = theme.metrics(k.TITLE, k.SEMIBOLD).horizontalAdvance(self._title.text()) + 2
        room = self._width() - self._where.sizeHint().width() - self._confirm.sizeHint().width() - 24
        self._title.setMinimumWidth(round(max(0, min(whole, room))))

    def _width(self) -> int:
        return min(self.viewport().width(), WIDEST) - 2 * PAD

    def _laid_out(self) -> tuple[Entry, ...]:
        rows, alarms, table = self._shown
        return tuple(entries(rows, alarms, width=self._width(), table=table))

    def _show(self, laid_out: tuple[Entry, ...]) -> None:
        anchor = self._anchor()
        self._entries = laid_out
        wanted = {entry.key for entry in self._entries}
        for key in [key for key in self._order if key not in wanted]:
            self._take_away(key)
        self._make()
        self._hold(anchor)
        self._pin()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A table that has no room any more stands as questions below each other, and the other way round."""
        super().resizeEvent(event)
        self._fit_title()
        laid_out = self._laid_out()
        if [entry.key for entry in laid_out] != [entry.key for entry in self._entries]:
            self._show(laid_out)
            self.made.emit()
        self._pin()

    def row(self, path: place.Path) -> QuestionRow | None:
        """The question at a path; it is made, with all before it, if it isn't yet."""
        n = next((n for n, entry in enumerate(self._entries) if any(row.path == path for row in entry.rows())), None)
        if n is None:
            return None
        if n >= self._wanted:
            self._wanted = n + 1
            self._make()
        return next((row for row in _questions(self._made[self._entries[n].key]) if row.path == path), None)

    def questions(self) -> Iterator[QuestionRow]:
        """The questions that are made by now, in their order."""
        for key in self._order:
            yield from _questions(self._made[key])

    def show_values(self, rows: Mapping[place.Path, Row]) -> None:
        """Shows other answers in rows that are there."""
        for shown in self.questions():
            if shown.path in rows:
                shown.show_values(rows[shown.path].values)

    def go_to(self, widget: QWidget) -> None:
        """Brings something of the page into sight."""
        layout = self._whole.layout()
        if layout is not None:
            layout.activate()
        self._whole.adjustSize()
        self.ensureWidgetVisible(widget, 0, 60)

    def is_whole(self) -> bool:
        """Whether every row of it is made."""
        return len(self._order) == len(self._entries)

    # make

    def _make(self) -> None:
        for n, entry in enumerate(self._entries[: self._wanted]):
            if n < len(self._order) and self._order[n] == entry.key:
                self._refresh(entry)
                continue
            made = self._built(entry)
            follower = self._made[self._order[n]] if n < len(self._order) else None
            self._made[entry.key] = made
            self._order.insert(n, entry.key)
            self._column.insertWidget(n, made)
            if follower is not None:
                made.stackUnder(follower)  # a screen reader goes by this order
            self._chain(n, made)
            made.show()  # at once: else the page would find its room only a turn later, and jump then
        self._mark_last()
        if not self.is_whole():
            self._rest.start()

    def _chain(self, n: int, made: QWidget) -> None:
        """Tab goes from row to row as they stand, also to one that came later than what follows it."""
        before = next((one for key in reversed(self._order[:n]) if (one := _last_stop(self._made[key]))), self._confirm)
        for stop in _stops(made):
            QWidget.setTabOrder(before, stop)
            before = stop

    def last_stop(self) -> QWidget:
        """The last place of the page at which Tab stops."""
        rows = (_last_stop(self._made[key]) for key in reversed(self._order))
        return next((stop for stop in rows if stop is not None), self._confirm)

    def _make_more(self) -> None:
        self._wanted = len(self._order) + _AT_ONCE
        self._make()
        self.made.emit()

    def _built(self, entry: Entry) -> QWidget:
        row = entry.row
        if entry.alarm is not None:
            return self._built_alarm(entry.alarm)
        if entry.key[0] == "foot":
            foot = GroupFoot(row.path, entry.level, row.item)
            foot.added.connect(self.added)
            return foot
        if entry.key[0] == "heads" and entry.columns is not None:
            return Heads(row.path, entry.columns, air=6)
        if entry.lines:
            return self._built_table(entry)
        match row.item.kind:
            case ItemKind.GROUP:
                head = GroupHead(row.path, entry.level, row.item)
                head.show_instances(row.instances)
                head.removed.connect(self.removed)
                return head
            case ItemKind.DISPLAY:
                return WordsRow(row.path, entry.level, row.item)
            case _:
                look = Look(entry.level, self._number, self._mark(row), columns=entry.columns)
                return self._built_question(row, look)

    def _built_question(self, row: Row, look: Look) -> QuestionRow:
        made = QuestionRow(row.path, row.item, self._desk, look, calculated=row.calculated)
        made.show_values(row.values)
        made.edited.connect(self.edited)
        made.left.connect(self.left)
        made.confirmed.connect(self.confirmed)
        return made

    def _built_table(self, entry: Entry) -> QWidget:
        def make(row: Row, line: str) -> QuestionRow:
            return self._built_question(row, Look(cell=True, line=line))

        words = entry.row.item.words
        title = f"{entry.row.item.prefix} {words}".strip() if words != self._title.text() else ""
        made = TableRow(entry, title, self._marked, make)
        made.removed.connect(self.removed)
        return made

    def _mark(self, row: Row) -> Mark:
        item = row.item
        if item.read_only or row.calculated or item.required is (self._marked is Mark.OPTIONAL):
            return Mark.NONE
        return self._marked

    def _built_alarm(self, alarm: Alarm) -> QWidget:
        buttons = []
        for act in alarm.acts:
            weight = Kind.PRIMARY if act.primary else Kind.SECONDARY
            button = Button(act.words, weight, height=k.CONTROL_S, name=f"form.alarm.{act.name}")
            button.setProperty("act", act.name)
            button.clicked.connect(self._act)
            buttons.append(button)
        notice = Notice(*buttons, name=f"form.alarm.{alarm.link_id}")
        holder = pane(vbox(notice, margins=(PAD, 4, PAD, 8)))
        notice.say(alarm.title, alarm.words, alarm.tone)
        return holder

    def _refresh(self, entry: Entry) -> None:
        row = self._made[entry.key]
        if isinstance(row, GroupHead):
            row.show_instances(entry.row.instances)
        elif isinstance(row, TableRow):
            if row.show_lines(entry.lines):
                self._chain(self._order.index(entry.key), row)
        elif isinstance(row, FormRow):
            row.show_item(entry.row.item)

    def _take_away(self, key: Key) -> None:
        n = self._order.index(key)
        self._order.remove(key)
        gone = self._made.pop(key)
        if gone.isAncestorOf(self.focusWidget()) and n:
            stop = _last_stop(self._made[self._order[n - 1]])
            if stop is not None:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _mark_last(self) -> None:
        """A line stands between rows: not under the last, nor where words or a notice follow."""
        for n, key in enumerate(self._order):
            row = self._made[key]
            if isinstance(row, FormRow):
                following = self._made[self._order[n + 1]] if n + 1 < len(self._order) else None
                last = not isinstance(following, QuestionRow | WordsRow)
                if row.last != last:
                    row.last = last
                    row.update()

    # keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the same column in the row above or below, in whatever is a table."""
        step = (event.key() == Qt.Key.Key_Down) - (event.key() == Qt.Key.Key_Up)
        focus = self.focusWidget()
        row = next((one for one in self.questions() if one.isAncestorOf(focus)), None) if step else None
        taker = self._beside(row, step) if row is not None else None
        if taker is None:
            super().keyPressEvent(event)
            return
        taker.setFocus(Qt.FocusReason.TabFocusReason)
        self.go_to(taker)

    def _beside(self, row: QuestionRow, step: int) -> QWidget | None:
        """What takes the keyboard above or below a question of a table, in its column; None in any other row."""
        key = next(key for key in self._order if self._made[key].isAncestorOf(row) or self._made[key] is row)
        made = self._made[key]
        if isinstance(made, TableRow):
            cell = made.beside(row, step)
            return cell.takes_keyboard() if cell is not None else None
        n = self._order.index(key) + step
        other = self._made[self._order[n]] if 0 <= n < len(self._order) else None
        if not (isinstance(row.control, Marks) and isinstance(other, QuestionRow) and isinstance(other.control, Marks)):
            return None
        return other.control.answers[row.control.column() or 0]

    # heads

    def _pin(self) -> None:
        """The heads of a matrix stay in sight as long as one of its rows is."""
        held = self._scrolled_heads()
        if self._pinned is not None and (held is None or self._pinned.columns is not held.columns):
            self._pinned.hide()
            self._pinned.deleteLater()
            self._pinned = None
        if held is None:
            return
        if self._pinned is None:
            self._pinned = Heads(held.path, held.columns)
            self._pinned.setParent(self.viewport())
            self._pinned.show()
        self._pinned.setGeometry(0, 0, self._body.width(), self._pinned.height())

    def _scrolled_heads(self) -> Heads | None:
        """The heads that have left the page at its top while one of their rows is still there."""
        top, held, bottom = self.verticalScrollBar().value(), None, 0
        for key in self._order:
            made = self._made[key]
            if isinstance(made, Heads):
                if made.geometry().top() >= top:
                    break
                held = made
            elif key[0] == "marks":
                bottom = made.geometry().bottom()
        return held if held is not None and bottom > top + held.height() else None

    # hold still

    def _anchor(self) -> tuple[QWidget, int] | None:
        """A row that must not move while others come and go: the one with the keyboard, else the first in sight."""
        rows = [self._made[key] for key in self._order]
        focus = next((row for row in rows if row.isAncestorOf(self.focusWidget())), None)
        top = self.verticalScrollBar().value()
        held = focus or next((row for row in rows if row.geometry().bottom() > top), None)
        return None if held is None else (held, held.geometry().top() - top)

    def _hold(self, anchor: tuple[QWidget, int] | None) -> None:
        if anchor is None or anchor[0] not in self._made.values():
            return
        held, above = anchor
        layout = self._whole.layout()
        if layout is not None:
            layout.activate()
        self.verticalScrollBar().setValue(held.geometry().top() - above)

    def _act(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.acted.emit(button.property("act"))


def _questions(made: QWidget) -> Iterator[QuestionRow]:
    """The questions of what stands in the page: itself, or the cells of a table."""
    if isinstance(made, QuestionRow):
        yield made
    elif isinstance(made, TableRow):
        yield from made.cells()


def _stops(made: QWidget) -> list[QWidget]:
    """Where Tab stops in a row; a list that opens has a window of its own."""
    window, stop = made.window(), Qt.FocusPolicy.TabFocus
    parts = made.parts() if isinstance(made, TableRow) else (made,)
    found = (one for part in parts for one in (part, *part.findChildren(QWidget)))
    return [one for one in found if one.focusPolicy() & stop and one.window() is window]


def _last_stop(made: QWidget) -> QWidget | None:
    return next(reversed(_stops(made)), None)


def _number_width(rows: Sequence[Row]) -> int:
    """What the numbers of the questions take; nothing where there are none."""
    prefixes = [row.item.prefix for row in rows if row.item.prefix and row.item.asks]
    if not prefixes:
        return 0
    measures = theme.metrics(k.CAPTION, k.MEDIUM)
    return max(NUMBER, round(max(measures.horizontalAdvance(prefix) for prefix in prefixes)) + 8)
