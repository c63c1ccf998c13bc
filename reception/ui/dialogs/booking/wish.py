"""What a booking draft holds, as plain data that survives a crash."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from reception.domain import clock, diary, packages
from reception.domain.errors import Invalid
from reception.domain.tables.ids import ClientId, CreditId, ResourceId, ServiceId, StaffId

AUTO, PAY = "auto", "pay"
"""The credit that R9 picks, and none: payment at the visit."""


class AlsoWanted(NamedTuple):
    """A further service of the same coming-in, and who performs it."""

    service: int
    staff: int | None


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit that is wanted; the minute is of the wall clock, the credit `auto`, `pay` or a credit's number.

    `also` follows it at the same coming-in, one straight after another; `rooms` are the rooms and devices that the desk
    chose for it.
    """

    client: int | None = None
    client_name: str = ""
    new_phone: str = ""
    staff: int | None = None
    service: int | None = None
    day: date | None = None
    minute: int | None = None
    credit: str = AUTO
    note: str = ""
    reason: str = ""
    also: tuple[AlsoWanted, ...] = ()
    rooms: tuple[int, ...] = ()

    def body(self) -> dict[str, Any]:
        """As it is kept in the desk's file."""
        found = {name: getattr(self, name) for name in self.__slots__}
        plain = {"also": [list(one) for one in self.also], "rooms": list(self.rooms)}
        return found | plain | {"day": self.day.isoformat() if self.day else None}

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Wish":
        """As it was kept; what this version doesn't know is left out."""
        known = {name: body[name] for name in cls.__slots__ if name in body}
        day = known.get("day")
        also = tuple(AlsoWanted(*one) for one in known.get("also", ()))
        lists = {"also": also, "rooms": tuple(known.get("rooms", ()))}
        return cls(**known | lists | {"day": date.fromisoformat(day) if day else None})

    @property
    def new(self) -> bool:
        """Whether it is for somebody who isn't among the clients yet."""
        return self.client is None and bool(self.client_name)

    def start(self, zone: ZoneInfo) -> datetime | None:
        """When it begins; None while day or time is missing."""
        if self.day is None or self.minute is None:
            return None
        return clock.at_local(self.day, self.minute, zone)

    def request(self, zone: ZoneInfo) -> diary.Request | None:
        """The visit as the diary is asked for it; None while something is missing."""
        start = self.start(zone)
        if self.client is None or self.staff is None or self.service is None or start is None:
            return None
        return diary.Request(
            client=ClientId(self.client),
            staff=StaffId(self.staff),
            service=ServiceId(self.service),
            start=start,
            credit=self._choice(),
            note=self.note,
            reason=self.reason,
            resources=tuple(ResourceId(room) for room in self.rooms),
        )

    def requests(self, zone: ZoneInfo) -> tuple[diary.Request, ...]:
        """The whole coming-in as the diary is asked for it, this visit first; none while something is missing."""
        first = self.request(zone)
        if first is None or any(one.staff is None for one in self.also):
            return ()
        rest = (
            diary.Request(first.client, StaffId(one.staff), ServiceId(one.service), first.start, reason=self.reason)
            for one in self.also
            if one.staff is not None
        )
        return (first, *rest)

    def check_complete(self) -> None:
        """Raises Invalid, with its field, for the first thing that is missing."""
        missing = {
            "client": (
                self.client or self.client_name.strip() or None,
                "Choose a client first. Type the beginning of a name or a phone number.",
            ),
            "service": (self.service, "Choose a service first."),
            "staff": (self.staff, "Choose with whom the visit is."),
            "day": (self.day, "Type on which day the visit is."),
            "time": (self.minute, "Type at what time the visit is."),
        }
        for field, (value, sentence) in missing.items():
            if value is None:
                raise Invalid(sentence, field=field)

    def _choice(self) -> packages.Choice:
        if self.credit == AUTO:
            return packages.AUTO
        return packages.NONE if self.credit == PAY else packages.Choice(CreditId(int(self.credit)))
