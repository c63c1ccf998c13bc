"""Who: staff with their skills and hours, clients with what the desk must know of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.tables.base import Base, Bytewise, Day, Flag, Instant, Whole, Word, between, flag, one_of, rules
from reception.domain.tables.words import Role


class Staff(Base):
    """A person who works here."""

    __tablename__ = "staff"
    __table_args__ = rules(one_of("role", Role), flag("clinical"), flag("works"), flag("retired"))
    topic = "staff"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(Text, default="", doc="the line under the name: a speciality, a room")
    role: Mapped[Role] = mapped_column(Word(Role))
    clinical: Mapped[bool] = mapped_column(Flag, default=False, doc="may clear a screening")
    works: Mapped[bool] = mapped_column(Flag, default=False, doc="sees clients and has a column in the diary")
    sort: Mapped[int] = mapped_column(Whole, default=0, doc="the place in the staff list")
    retired: Mapped[bool] = mapped_column(Flag, default=False)
    pin: Mapped[str] = mapped_column(
        Text, default="", server_default=text("''"), doc="the hash of the number that they prove themselves with"
    )


class Skill(Base):
    """A service that somebody may perform (R21)."""

    __tablename__ = "skill"
    topic = "staff"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True, index=True)


class Shift(Base):
    """A shift that repeats in a cycle of weeks; an end at or before the start is on the next day (R22)."""

    __tablename__ = "shift"
    __table_args__ = rules(
        between("weeks", 1, 4),
        CheckConstraint("week BETWEEN 1 AND weeks", name="week"),
        between("weekday", 0, 6),
        between("start_minute", 0, 1439),
        between("end_minute", 0, 1440),
        CheckConstraint("until IS NULL OR until >= since", name="dates"),
    )
    topic = "rota"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    weeks: Mapped[int] = mapped_column(Whole)
    week: Mapped[int] = mapped_column(Whole)
    weekday: Mapped[int] = mapped_column(Whole)
    start_minute: Mapped[int] = mapped_column(Whole)
    end_minute: Mapped[int] = mapped_column(Whole)
    since: Mapped[date] = mapped_column(Day)
    until: Mapped[date | None] = mapped_column(Day)


class ShiftException(Base):
    """Hours that replace somebody's repeating shifts on one date; without hours it is a day off (R22)."""

    __tablename__ = "shift_exception"
    __table_args__ = rules(
        CheckConstraint(
            "(start_minute IS NULL AND end_minute IS NULL)"
            " OR (start_minute BETWEEN 0 AND 1439 AND end_minute BETWEEN 0 AND 1440)",
            name="hours",
        ),
        Index("ix_shift_exception_staff_id_day", "staff_id", "day"),
    )
    topic = "rota"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    day: Mapped[date] = mapped_column(Day)
    start_minute: Mapped[int | None] = mapped_column(Whole)
    end_minute: Mapped[int | None] = mapped_column(Whole)

    def drawn_on(self) -> tuple[date, ...]:
        """The day it replaces."""
        return (self.day,)


class TimeOff(Base):
    """When somebody doesn't work, or a block drawn on the diary: a break, a meeting, cleaning."""

    __tablename__ = "time_off"
    __table_args__ = rules(
        flag("block"),
        CheckConstraint("ends > starts", name="span"),
        Index("ix_time_off_staff_id_ends", "staff_id", "ends"),
    )
    topic = "rota"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    starts: Mapped[datetime] = mapped_column(Instant)
    ends: Mapped[datetime] = mapped_column(Instant)
    block: Mapped[bool] = mapped_column(Flag)
    words: Mapped[str] = mapped_column(Text)


class Client(Base):
    """Somebody who comes in."""

    __tablename__ = "client"
    topic = "clients"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Bytewise, index=True, doc="the name without case and accents")
    born: Mapped[date | None] = mapped_column(Day)
    pronouns: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    payer_id: Mapped[int | None] = mapped_column(
        ForeignKey("client.id"), doc="who owes and gets the receipt, if another"
    )
    changed: Mapped[datetime] = mapped_column(Instant, index=True)


class ClientPhone(Base):
    """A telephone number in E.164."""

    __tablename__ = "client_phone"
    topic = "clients"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    number: Mapped[str] = mapped_column(Text, index=True)


class ClientAlert(Base):
    """What must be seen before the client is touched."""

    __tablename__ = "client_alert"
    __table_args__ = rules(flag("serious"))
    topic = "clients"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    serious: Mapped[bool] = mapped_column(Flag)


class ClientKey(Base):
    """A folded word or a run of digits that a client is found by; searched as a prefix range on both engines."""

    __tablename__ = "client_key"
    topic = "clients"

    word: Mapped[str] = mapped_column(Bytewise, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True, index=True)
