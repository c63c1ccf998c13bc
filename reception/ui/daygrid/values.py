"""What the day shows: columns, time off, blocks. Minutes count elapsed minutes since local midnight, so a day on which
the clocks change has 23 or 25 hours and every block its true length.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from reception.domain.outcomes import Status


class Pay(StrEnum):
    """Money of a visit, a sign of its own beside the status; AHEAD is a deposit that is still to be paid (R28)."""

    NONE = ""
    PAID = "paid"
    OWES = "owes"
    AHEAD = "ahead"


class Age(StrEnum):
    """How sure the picture is: as stored, still being read, or maybe changed elsewhere since."""

    FRESH = "fresh"
    LOADING = "loading"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Column:
    """A staff member or a room, with the shifts of the day; outside them the ground is grey (R22)."""

    key: int
    name: str
    initials: str
    line: str = ""
    shifts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Off:
    """Time off or a block such as lunch, in the column of that key."""

    column: int
    start: int
    end: int
    word: str
    icon: str = "coffee"


@dataclass(frozen=True, slots=True)
class AddOn:
    """A part of a chain after its base, with the same staff member."""

    line: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Block:
    """One client's appointments in one column, one straight after another: the base and the add-ons that follow it.

    `minutes` is the whole of it, `clean` the turnaround behind (R26). `lines` says the base's service from its longest
    wording to its shortest. `after` is the key of the block in another column that this one follows at once; `add_on`
    says that it stands for an add-on by itself; `group` is what all blocks of one coming-in share. `form` says that a
    form is due, `stopped` that an answer blocks or flags it.
    """

    key: int
    column: int
    start: int
    minutes: int
    status: Status
    name: str
    lines: tuple[str, ...]
    clean: int = 0
    addons: tuple[AddOn, ...] = ()
    after: int | None = None
    add_on: bool = False
    group: int | None = None
    word: str = ""
    overdue: bool = False
    left: int | None = None
    soon: bool = False
    form: bool = False
    stopped: bool = False
    alert: bool = False
    pay: Pay = Pay.NONE
    note: str = ""

    @property
    def end(self) -> int:
        """When the client leaves, before any turnaround."""
        return self.start + self.minutes

    @property
    def base_minutes(self) -> int:
        """How long the first service takes."""
        return self.minutes - sum(addon.minutes for addon in self.addons)


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole day: what stands in it, from which minute to which it is shown, and if it is today what time it is."""

    midnight: datetime
    first: int
    last: int
    columns: tuple[Column, ...] = ()
    offs: tuple[Off, ...] = ()
    blocks: tuple[Block, ...] = ()
    now: int | None = None
    closed: str = ""

    def at(self, minute: int) -> datetime:
        """The instant of a minute of this day."""
        return self.midnight + timedelta(minutes=minute)
