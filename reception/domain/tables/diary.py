"""The diary: comings-in, their appointments, what happened to each, and whose time they take."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.money import Money
from reception.domain.outcomes import LIVE, Override, Status
from reception.domain.tables.base import (
    Amount,
    Base,
    Day,
    Fact,
    Instant,
    Whole,
    Word,
    between,
    not_negative,
    one_of,
    rules,
)
from reception.domain.tables.words import Happening

_ALIVE = text(f"base_id IS NOT NULL AND status IN ({', '.join(sorted(repr(str(status)) for status in LIVE))})")


class Group(Base):
    """One client's coming-in: a chain of appointments."""

    __tablename__ = "appointment_group"
    topic = "diary"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)


class Appointment(Base):
    """One service by one staff member at one time; the database keeps its state equal to its newest event (R23)."""

    __tablename__ = "appointment"
    __table_args__ = rules(
        one_of("status", Status),
        between("minutes", 5, 720),
        between("turnaround", 0, 240),
        not_negative("price"),
        between("tax_rate", 0, 10000),
        Index("ix_appointment_day_staff_id", "day", "staff_id"),
        Index("ix_appointment_client_id_starts", "client_id", "starts"),
        Index("ix_appointment_group_id", "group_id"),
        Index("ix_appointment_service_id_day", "service_id", "day"),
        Index("ix_appointment_base_id", "base_id"),
        Index(
            "uq_appointment_add_on",
            "group_id",
            "service_id",
            unique=True,
            sqlite_where=_ALIVE,
            postgresql_where=_ALIVE,
        ),
        not_negative("ahead"),
    )
    topic = "diary"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("appointment_group.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    price: Mapped[Money] = mapped_column(Amount, doc="frozen when booked, tax included (R11)")
    tax_rate: Mapped[int] = mapped_column(Whole, doc="basis points, frozen when booked")
    note: Mapped[str] = mapped_column(Text, default="")
    # kept equal to the newest event by the database:
    seq: Mapped[int] = mapped_column(Whole, default=0)
    status: Mapped[Status] = mapped_column(Word(Status))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    day: Mapped[date] = mapped_column(Day, doc="the local date on which it starts")
    starts: Mapped[datetime] = mapped_column(Instant)
    minutes: Mapped[int] = mapped_column(Whole)
    turnaround: Mapped[int] = mapped_column(Whole)
    since: Mapped[datetime] = mapped_column(Instant, doc="when it took its status")
    base_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment.id"), doc="an add-on: the base of the same group that it hangs on (R24)"
    )
    ahead: Mapped[Money] = mapped_column(
        Amount,
        default=Money(0),
        server_default=text("0"),
        doc="to be paid before the visit, frozen when booked; not asked for while a credit pays (R28)",
    )

    def drawn_on(self) -> tuple[date, ...]:
        """The day it starts on."""
        return (self.day,)


class AppointmentEvent(Fact):
    """One thing that happened to an appointment, with the state that it left it in (R23)."""

    __tablename__ = "appointment_event"
    __table_args__ = rules(
        UniqueConstraint("appointment_id", "seq"),
        one_of("kind", Happening),
        one_of("status", Status),
        one_of("override", Override),
    )
    topic = "diary"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    seq: Mapped[int] = mapped_column(Whole)
    kind: Mapped[Happening] = mapped_column(Word(Happening))
    status: Mapped[Status] = mapped_column(Word(Status))
    staff_id: Mapped[int] = mapped_column(Whole)
    day: Mapped[date] = mapped_column(Day)
    starts: Mapped[datetime] = mapped_column(Instant)
    minutes: Mapped[int] = mapped_column(Whole)
    turnaround: Mapped[int] = mapped_column(Whole)
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("cancel_reason.id"))
    override: Mapped[Override] = mapped_column(Word(Override), default=Override.NONE)
    words: Mapped[str] = mapped_column(Text, default="", doc="the reason that was given")

    def drawn_on(self) -> tuple[date, ...]:
        """The day the appointment starts on after it."""
        return (self.day,)


class AppointmentResource(Fact):
    """A room or device that an appointment was given when it was booked or moved, one row a need (R20)."""

    __tablename__ = "appointment_resource"
    __table_args__ = rules(UniqueConstraint("appointment_id", "seq", "number"))
    topic = "diary"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    seq: Mapped[int] = mapped_column(Whole, doc="the event that gave it")
    number: Mapped[int] = mapped_column(Whole, doc="which need of the service")
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))


class Occupancy(Base):
    """Whose time a live appointment takes, turnaround included; the database refuses overlaps of one holder (R20)."""

    __tablename__ = "occupancy"
    __table_args__ = rules(
        UniqueConstraint("appointment_id", "holder"),
        CheckConstraint("ends > starts AND ends - starts <= 86400000", name="span"),
        Index("ix_occupancy_holder_starts", "holder", "starts"),
    )
    topic = "diary"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    holder: Mapped[str] = mapped_column(Text, doc="whose time: staff:7, resource:3")
    starts: Mapped[datetime] = mapped_column(Instant)
    ends: Mapped[datetime] = mapped_column(Instant)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
