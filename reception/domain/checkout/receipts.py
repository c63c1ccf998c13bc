"""Settled sales as the client and the desk see them (R40)."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from reception.domain import packages, tables
from reception.domain.checkout.values import Receipt, ReceiptLine, ReceiptPayment, SaleRow
from reception.domain.errors import NotFound
from reception.domain.tables.ids import AppointmentId, ClientId, SaleId
from reception.domain.tables.words import LineKind


def receipt(session: Session, sale: SaleId) -> Receipt:
    """A settled sale with its number, lines, payments, and the client's balances."""
    s, client, payer = tables.Sale, aliased(tables.Client), aliased(tables.Client)
    reversed_, reversing = aliased(s), aliased(s)
    row = session.execute(
        select(s, client.name, payer.name, func.coalesce(tables.Staff.name, ""), reversed_.number, reversing.number)
        .join(client, client.id == s.client_id)
        .join(payer, payer.id == s.payer_id)
        .join(tables.LogRow, tables.LogRow.n == s.n)
        .outerjoin(tables.Staff, tables.Staff.id == tables.LogRow.actor)
        .outerjoin(reversed_, reversed_.id == s.reverses_id)
        .outerjoin(reversing, reversing.reverses_id == s.id)
        .where(s.id == sale)
    ).one_or_none()
    if row is None:
        raise NotFound("That sale is no longer there.")
    own, client_name, payer_name, who, reverses, reversed_by = row
    clinic = session.get_one(tables.Clinic, 1)
    return Receipt(
        sale=sale,
        number=own.number,
        kind=own.kind,
        reverses=reverses,
        reversed_by=reversed_by,
        at=own.at,
        who=who,
        clinic=clinic.name,
        address=clinic.address,
        client=ClientId(own.client_id),
        client_name=client_name,
        payer_name=payer_name,
        lines=_lines(session, sale),
        total=own.total,
        tax=own.tax,
        payments=_payments(session, sale),
        balances=packages.balances(session, ClientId(own.client_id)),
        words=own.words,
    )


def sales(session: Session, day: date) -> tuple[SaleRow, ...]:
    """The sales of a business day, the newest first."""
    s = tables.Sale
    query = (
        select(s.id, s.number, s.kind, s.business_day, s.at, tables.Client.name, s.total)
        .join(tables.Client, tables.Client.id == s.client_id)
        .where(s.business_day == day)
        .order_by(s.number.desc())
    )
    return tuple(SaleRow._make(row) for row in session.execute(query))


def _lines(session: Session, sale: SaleId) -> tuple[ReceiptLine, ...]:
    """The lines of a sale: with a visit who performs it, with a fee which service it is about."""
    line, a = tables.SaleLine, tables.Appointment
    detail = case((line.kind == LineKind.ACCOUNT, tables.Service.name), else_=tables.Staff.name)
    query = (
        select(
            line.kind,
            line.words,
            func.coalesce(detail, ""),
            a.starts,
            line.price,
            line.discount,
            line.sale_discount,
            line.gross,
            line.tax_rate,
            line.tax,
            line.appointment_id,
        )
        .outerjoin(a, a.id == line.appointment_id)
        .outerjoin(tables.Service, tables.Service.id == line.service_id)
        .outerjoin(tables.Staff, tables.Staff.id == a.staff_id)
        .where(line.sale_id == sale)
        .order_by(line.position)
    )
    return tuple(
        ReceiptLine(
            kind,
            words,
            detail,
            start,
            price,
            discount + on_all,
            gross,
            rate,
            tax,
            None if visit is None else AppointmentId(visit),
        )
        for kind, words, detail, start, price, discount, on_all, gross, rate, tax, visit in session.execute(query)
    )


def _payments(session: Session, sale: SaleId) -> tuple[ReceiptPayment, ...]:
    p = tables.Payment
    query = (
        select(p.tender, p.amount, p.change, tables.Credit.number, tables.Package.sessions)
        .outerjoin(tables.Credit, tables.Credit.id == p.credit_id)
        .outerjoin(tables.Package, tables.Package.id == tables.Credit.package_id)
        .where(p.sale_id == sale)
        .order_by(p.position)
    )
    return tuple(ReceiptPayment._make(row) for row in session.execute(query))
