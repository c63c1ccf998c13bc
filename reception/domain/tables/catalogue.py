"""What is on sale: services and package products."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.ledger import Starts, Unit
from reception.domain.money import Money
from reception.domain.outcomes import OnCredit, OnMoney
from reception.domain.tables.base import Amount, Base, Flag, Whole, Word, between, flag, not_negative, one_of, rules


class Service(Base):
    """Something performed on a client, with its own cancellation policy where it has one (R14)."""

    __tablename__ = "service"
    __table_args__ = rules(
        between("minutes", 5, 720),
        between("turnaround", 0, 240),
        not_negative("price"),
        between("tax_rate", 0, 10000),
        flag("retired"),
        CheckConstraint("own_free_hours IS NULL OR own_free_hours >= 0", name="own_free_hours"),
        CheckConstraint("own_late_fee IS NULL OR own_late_fee >= 0", name="own_late_fee"),
        CheckConstraint("own_no_show_fee IS NULL OR own_no_show_fee >= 0", name="own_no_show_fee"),
    )
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(Text, doc="the name where there is little room")
    category: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(Whole)
    turnaround: Mapped[int] = mapped_column(Whole, default=0, doc="minutes of clean-up after it")
    price: Mapped[Money] = mapped_column(Amount, doc="tax included")
    tax_rate: Mapped[int] = mapped_column(Whole, default=0, doc="basis points")
    retired: Mapped[bool] = mapped_column(Flag, default=False)
    own_free_hours: Mapped[int | None] = mapped_column(Whole)
    own_late_credit: Mapped[OnCredit | None] = mapped_column(Word(OnCredit))
    own_no_show_credit: Mapped[OnCredit | None] = mapped_column(Word(OnCredit))
    own_late_money: Mapped[OnMoney | None] = mapped_column(Word(OnMoney))
    own_no_show_money: Mapped[OnMoney | None] = mapped_column(Word(OnMoney))
    own_late_fee: Mapped[Money | None] = mapped_column(Amount)
    own_no_show_fee: Mapped[Money | None] = mapped_column(Amount)


class Product(Base):
    """A package on sale: so many sessions of one service (R1)."""

    __tablename__ = "product"
    __table_args__ = rules(
        between("sessions", 1, 1000),
        not_negative("price"),
        flag("retired"),
        one_of("validity_starts", Starts),
        CheckConstraint("(validity_unit IS NULL) = (validity_count = 0) AND validity_count >= 0", name="validity"),
    )
    topic = "catalogue"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    sessions: Mapped[int] = mapped_column(Whole)
    price: Mapped[Money] = mapped_column(Amount, doc="for all sessions, tax included")
    validity_unit: Mapped[Unit | None] = mapped_column(Word(Unit), doc="none: never expires")
    validity_count: Mapped[int] = mapped_column(Whole, default=0)
    validity_starts: Mapped[Starts] = mapped_column(Word(Starts), default=Starts.PURCHASE)
    terms: Mapped[str] = mapped_column(Text, default="")
    retired: Mapped[bool] = mapped_column(Flag, default=False)
