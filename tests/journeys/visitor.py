"""Somebody at a desk: presses, types and reads on the whole window, and counts the keys that it took."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget
from pytestqt.exceptions import TimeoutError as NeverError

from reception.domain import packages
from reception.domain.checkout import Cart, CartLine, LineKind, Paying, Tender, quote, settle
from reception.domain.ledger import State
from reception.domain.outcomes import Status
from reception.domain.tables.ids import AppointmentId, ClientId, ProductId, ServiceId, StaffId
from reception.ui.daygrid import DayGrid
from tests.factories import SmallClinic
from tests.journeys import sight
from tests.ui.desk import TODAY, OpenDesk

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton
_GRIP = 8  # pixels below a block's upper edge


@dataclass
class Visitor:
    """One pair of hands and eyes at one window; `keys` are those pressed so far."""

    desk: OpenDesk
    keys: int = 0

    @property
    def clinic(self) -> SmallClinic:
        """Who and what is in the clinic."""
        return self.desk.clinic

    @property
    def grid(self) -> DayGrid:
        """The painted day."""
        found = self.desk.frame.findChild(DayGrid, "diary.grid")
        assert found is not None
        return found

    # keys

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Presses a key, or a chord, wherever the keyboard is."""
        self.keys += 1
        self.desk.key(key, modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        """Presses a key with Ctrl."""
        self.key(key, CTRL)

    def type(self, words: str) -> None:
        """Types words wherever the keyboard is."""
        for letter in words:  # the first one may open what the others are typed into
            self.keys += 1
            self.desk.type(letter)

    def enter(self) -> None:
        """Presses Enter."""
        self.key(Qt.Key.Key_Return)

    # mouse

    def press(self, name: str) -> None:
        """Presses the button of that name, once it is there and on."""
        self.until(f"{name} can't be pressed", lambda: self._button(name) is not None)
        button = self._button(name)
        assert button is not None
        self.desk.qtbot.mouseClick(button, _LEFT)

    def fill(self, name: str, words: str) -> None:
        """Types into a field in place of what stands there."""
        field = self.find(name)
        self.desk.qtbot.mouseClick(field, _LEFT, pos=QPoint(12, field.height() // 2))
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit) or field
        self.desk.qtbot.keyClick(line, Qt.Key.Key_A, CTRL)
        self.desk.qtbot.keyClick(line, Qt.Key.Key_Delete)
        self.desk.qtbot.keyClicks(line, words)

    def row(self, name: str, words: str) -> None:
        """Clicks on the row of a list that says these words."""
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)

        def hit() -> QPoint | None:
            model = view.model()
            found = (model.index(row, 0) for row in range(model.rowCount()))
            return next((view.visualRect(one).center() for one in found if words in str(one.data() or "")), None)

        self.until(f"no row says “{words}”", lambda: hit() is not None)
        self.desk.qtbot.mouseClick(view.viewport(), _LEFT, pos=hit() or QPoint())

    def answer(self, name: str, words: str) -> None:
        """Presses the answer of a question that begins with these words."""

        def hit() -> QAbstractButton | None:
            found = self._found(name)
            buttons = found.findChildren(QAbstractButton) if found is not None else []
            return next((one for one in buttons if one.text().startswith(words) and one.isVisible()), None)

        self.until(f"no answer says “{words}”", lambda: hit() is not None)
        self.desk.qtbot.mouseClick(hit(), _LEFT)

    # the painted day

    def block(self, visit: AppointmentId) -> None:
        """Clicks on a visit in the day."""
        self.until(f"visit {visit} isn't in the day", lambda: visit in self.grid.scene.boxes)
        self.desk.qtbot.mouseClick(self.grid, _LEFT, pos=_grip(self.grid.scene.boxes[visit]))

    def slot(self, column: StaffId, wall: str, *, double: bool = False) -> None:
        """Clicks, or clicks twice, on a free time of somebody's column."""
        self.until("the day isn't shown", lambda: column in [one.key for one in self.grid.scene.picture.columns])
        point = _grip(self.grid.slot_box(column, minute(wall)), 4)
        self.desk.qtbot.mouseClick(self.grid, _LEFT, pos=point)
        if double:
            self.desk.qtbot.mouseDClick(self.grid, _LEFT, pos=point)

    def drag(self, visit: AppointmentId, column: StaffId, wall: str) -> None:
        """Carries a visit to another time, perhaps of another column."""
        self.until(f"visit {visit} isn't in the day", lambda: visit in self.grid.scene.boxes)
        box, aim = self.grid.scene.boxes[visit], self.grid.slot_box(column, minute(wall))
        begin, end = _grip(box), QPoint(round(aim.center().x()), round(aim.top()) + _GRIP)
        self.desk.qtbot.mousePress(self.grid, _LEFT, pos=begin)
        for n in range(1, 6):
            self.desk.qtbot.mouseMove(self.grid, begin + (end - begin) * n / 5)
        self.desk.qtbot.mouseRelease(self.grid, _LEFT, pos=end)

    def status(self, visit: AppointmentId) -> Status | None:
        """How far a visit of the day is; None where it isn't in the day."""
        shown = self.grid.scene.blocks.get(visit)
        return None if shown is None else shown.status

    def starts(self, visit: AppointmentId) -> str:
        """When a visit that is in the day begins there; "" where it isn't."""
        shown = self.grid.scene.blocks.get(visit)
        return "" if shown is None else f"{shown.start // 60:02}:{shown.start % 60:02}"

    # eyes

    def see(self, *told: str, at: str = "") -> None:
        """Waits until all of these can be read, in the part of that name where one is named."""
        for words in told:
            place = f" in {at}" if at else ""
            self.until(f"“{words}” can't be read{place}", partial(self._reads, words, at), at)

    def read(self, at: str = "") -> str:
        """All that can be read in the window, or in the parts of that name."""
        places = [one for one in sight.named(at) if self._own(one)] if at else [self.desk.frame]
        return "\n".join(sight.words(one) for one in places)

    def _reads(self, words: str, at: str) -> bool:
        return words in self.read(at)

    def find(self, name: str) -> QWidget:
        """What has that name, once it can be used."""
        self.until(f"there is no {name}", lambda: self._found(name) is not None)
        found = self._found(name)
        assert found is not None
        return found

    def until(self, otherwise: str, true: Callable[[], bool], at: str = "") -> None:
        """Waits until something holds; tells what stands on the screen where it never does."""
        try:
            self.desk.until(true)
        except NeverError:
            raise AssertionError(f"{otherwise}; there stands:\n{self.read(at)}") from None

    def offers(self, name: str) -> bool:
        """Whether something of that name is in sight and on."""
        return self._found(name) is not None

    def _found(self, name: str) -> QWidget | None:
        return next((one for one in sight.named(name) if one.isEnabled() and self._own(one)), None)

    def _button(self, name: str) -> QAbstractButton | None:
        found = self._found(name)
        return found if isinstance(found, QAbstractButton) else None

    def _own(self, one: QWidget) -> bool:
        top = one.window()
        return top is self.desk.frame or self.desk.frame.isAncestorOf(top) or self.desk.frame.isAncestorOf(one)

    # what is so before the journey begins, and what the ledger says after it

    def sold(self, client: ClientId, product: ProductId) -> None:
        """A course that was sold earlier."""
        lines = (CartLine(LineKind.PACKAGE, int(product)),)
        price = self.desk.store.read(quote, Cart(client, lines)).to_pay
        self.desk.do(settle, Cart(client, lines, (Paying(Tender.CARD, price),)))

    def booked(
        self, client: ClientId, person: StaffId, service: ServiceId, wall: str, day: date = TODAY
    ) -> AppointmentId:
        """A visit that was booked earlier and stands in the day."""
        visit = self.desk.book(client, person, service, wall, day)
        if day == TODAY:
            self.until("the visit isn't in the day", lambda: visit in self.grid.scene.blocks)
        return visit

    def states(self, client: ClientId) -> list[State]:
        """Where the credits of a client's newest course stand."""
        return [one.state for one in self.desk.store.read(packages.ledger, client).packages[0].credits]


def minute(wall: str) -> int:
    """The minute of the day that a wall clock shows."""
    hour, rest = map(int, wall.split(":"))
    return hour * 60 + rest


def _grip(box: QRectF, below: int = _GRIP) -> QPoint:
    return (box.topLeft() + QPointF(box.width() / 2, below)).toPoint()
