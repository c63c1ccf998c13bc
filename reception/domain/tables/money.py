"""Sales, payments and the money journal."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reception.domain.money import Money
from reception.domain.tables.base import Amount, Base, Fact, Whole, Word, between, not_negative, one_of, rules
from reception.domain.tables.words import Account, LineKind, SaleKind, Tender


class ReceiptNumber(Base):
    """The last receipt number that was given out, in one row that each settling updates (R40)."""

    __tablename__ = "receipt_number"
    __table_args__ = rules(CheckConstraint("id = 1", name="only"), not_negative("last"))

    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Whole, default=0)


class Sale(Fact):
    """A settled checkout, numbered without gaps (R40)."""

    __tablename__ = "sale"
    __table_args__ = rules(
        UniqueConstraint("number"),
        UniqueConstraint("reverses_id"),
        one_of("kind", SaleKind),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reverses"),
        Index("ix_sale_client_id", "client_id"),
        Index("ix_sale_business_day", "business_day"),
    )
    topic = "money"

    number: Mapped[int] = mapped_column(Whole)
    kind: Mapped[SaleKind] = mapped_column(Word(SaleKind))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), doc="whom it was for")
    payer_id: Mapped[int] = mapped_column(ForeignKey("client.id"), doc="who owes and gets the receipt")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"))
    total: Mapped[Money] = mapped_column(Amount, doc="tax included")
    tax: Mapped[Money] = mapped_column(Amount)
    words: Mapped[str] = mapped_column(Text, default="", doc="why it was reversed")


class SaleLine(Fact):
    """One line of a sale; a reversal repeats the lines with the signs turned."""

    __tablename__ = "sale_line"
    __table_args__ = rules(
        UniqueConstraint("sale_id", "position"),
        one_of("kind", LineKind),
        between("tax_rate", 0, 10000),
        CheckConstraint("gross = price - discount - sale_discount AND net = gross - tax", name="sums"),
        Index("ix_sale_line_appointment_id", "appointment_id"),
    )
    topic = "money"

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"))
    position: Mapped[int] = mapped_column(Whole)
    kind: Mapped[LineKind] = mapped_column(Word(LineKind))
    words: Mapped[str] = mapped_column(Text, doc="what was sold, as it was called then")
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    price: Mapped[Money] = mapped_column(Amount)
    discount: Mapped[Money] = mapped_column(Amount)
    sale_discount: Mapped[Money] = mapped_column(Amount, doc="its share of the discount on the whole sale (R36)")
    gross: Mapped[Money] = mapped_column(Amount)
    tax_rate: Mapped[int] = mapped_column(Whole)
    tax: Mapped[Money] = mapped_column(Amount)
    net: Mapped[Money] = mapped_column(Amount)


class Payment(Fact):
    """How a sale was paid, one row a tender; a credit pays a line at its price (R11)."""

    __tablename__ = "payment"
    __table_args__ = rules(
        UniqueConstraint("sale_id", "position"),
        one_of("tender", Tender),
        CheckConstraint("(tender = 'credit') = (credit_id IS NOT NULL)", name="credit"),
        not_negative("change"),
    )
    topic = "money"

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"))
    position: Mapped[int] = mapped_column(Whole)
    tender: Mapped[Tender] = mapped_column(Word(Tender))
    amount: Mapped[Money] = mapped_column(Amount)
    change: Mapped[Money] = mapped_column(Amount, default=Money(0), doc="given back of the cash that was handed over")
    credit_id: Mapped[int | None] = mapped_column(ForeignKey("credit.id"), index=True)


class JournalEntry(Fact):
    """One side of a posting; debits are positive, and those of one command add up to nothing (R37)."""

    __tablename__ = "journal_entry"
    __table_args__ = rules(
        one_of("account", Account),
        Index("ix_journal_entry_client_id", "client_id"),
        Index("ix_journal_entry_account_business_day", "account", "business_day"),
        Index("ix_journal_entry_appointment_id", "appointment_id"),
    )
    topic = "money"

    account: Mapped[Account] = mapped_column(Word(Account))
    amount: Mapped[Money] = mapped_column(Amount)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"))
    credit_id: Mapped[int | None] = mapped_column(ForeignKey("credit.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
