"""Sold packages, their credits, and the credit ledger."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.ledger import Kind, Starts, State, Unit
from reception.domain.money import Money
from reception.domain.outcomes import Override
from reception.domain.tables.base import (
    Amount,
    Base,
    Day,
    Fact,
    Flag,
    Instant,
    Whole,
    Word,
    between,
    flag,
    not_negative,
    one_of,
    rules,
)


class Package(Base):
    """One sold package: a snapshot that nothing changes but its last day and first visit, which are caches (R3)."""

    __tablename__ = "package"
    __table_args__ = rules(
        between("sessions", 1, 1000),
        not_negative("price"),
        not_negative("net"),
        not_negative("list_price"),
        between("tax_rate", 0, 10000),
        one_of("validity_starts", Starts),
        CheckConstraint("(validity_unit IS NULL) = (validity_count = 0) AND validity_count >= 0", name="validity"),
    )
    topic = "packages"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True, doc="its owner")
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    name: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)
    sessions: Mapped[int] = mapped_column(Whole)
    price: Mapped[Money] = mapped_column(Amount, doc="what was paid, tax included")
    net: Mapped[Money] = mapped_column(Amount, doc="what was paid, without tax")
    list_price: Mapped[Money] = mapped_column(Amount, doc="of one session at the time of sale, tax included")
    tax_rate: Mapped[int] = mapped_column(Whole)
    validity_unit: Mapped[Unit | None] = mapped_column(Word(Unit))
    validity_count: Mapped[int] = mapped_column(Whole)
    validity_starts: Mapped[Starts] = mapped_column(Word(Starts))
    sold_at: Mapped[datetime] = mapped_column(Instant)
    sold_day: Mapped[date] = mapped_column(Day)
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"), index=True)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("package.id"), doc="the package that a transfer came from")
    last_day: Mapped[date | None] = mapped_column(Day, doc="of its credits that have none of their own")
    first_day: Mapped[date | None] = mapped_column(Day, doc="the day of its first visit, where validity starts with it")


class Credit(Base):
    """One session of a package. State, last day and visit are kept by the database from its newest entry (R5, R7)."""

    __tablename__ = "credit"
    __table_args__ = rules(
        UniqueConstraint("package_id", "number"),
        not_negative("value"),
        CheckConstraint("number >= 1", name="number"),
        one_of("state", State),
        Index("uq_credit_appointment_id", "appointment_id", unique=True),
        Index(
            "ix_credit_available",
            "last_day",
            sqlite_where=text("state = 'available'"),
            postgresql_where=text("state = 'available'"),
        ),
    )
    topic = "packages"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    number: Mapped[int] = mapped_column(Whole)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    value: Mapped[Money] = mapped_column(Amount, doc="frozen at sale, without tax (R4)")
    # kept equal to the newest entry by the database; empty until the first one:
    seq: Mapped[int] = mapped_column(Whole, default=0)
    state: Mapped[State | None] = mapped_column(Word(State))
    last_day: Mapped[date | None] = mapped_column(Day, doc="none: the package's, or never")
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment.id"), doc="the visit that holds or used it"
    )


class CreditEntry(Fact):
    """One line of the credit ledger, with the state that it left the credit in (R5, R6)."""

    __tablename__ = "credit_entry"
    __table_args__ = rules(
        UniqueConstraint("credit_id", "seq"),
        one_of("kind", Kind),
        one_of("state", State),
        one_of("override", Override),
        flag("whole"),
        Index("ix_credit_entry_appointment_id", "appointment_id"),
    )
    topic = "packages"

    credit_id: Mapped[int] = mapped_column(ForeignKey("credit.id"))
    seq: Mapped[int] = mapped_column(Whole)
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    state: Mapped[State] = mapped_column(Word(State), doc="after it")
    last_day: Mapped[date | None] = mapped_column(Day, doc="after it; none: the package's, or never")
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), doc="the visit that it names")
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"))
    package_id: Mapped[int | None] = mapped_column(
        ForeignKey("package.id"), doc="transferred: the package that received it"
    )
    override: Mapped[Override] = mapped_column(Word(Override), default=Override.NONE)
    whole: Mapped[bool] = mapped_column(Flag, default=False, doc="an extension of the whole package")
    words: Mapped[str] = mapped_column(Text, default="", doc="the reason that was given")
