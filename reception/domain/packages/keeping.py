"""Sold packages and the credit ledger: every credit's entries, and what may be done to it (R2–R16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from reception.domain import access, clock, journal, ledger, pricing, tables
from reception.domain.access import Act, Turn
from reception.domain.errors import Invalid, NotFound, Refused
from reception.domain.ledger import Kind, Starts, State, Validity
from reception.domain.money import NOTHING, Money, share
from reception.domain.outcomes import Override
from reception.domain.packages import lasting
from reception.domain.packages.choosing import STATE_WORDS
from reception.domain.tables.ids import ClientId, CreditId, PackageId
from reception.domain.tables.words import Account


@dataclass(frozen=True, slots=True)
class Sold:
    """What a settled sale says about a package that it sold."""

    client: ClientId
    product: tables.Product
    service: tables.Service
    gross: Money
    net: Money
    sale: int


def issue(session: Session, sold: Sold) -> PackageId:
    """Creates a package with one credit a session, in the transaction that settles its sale (R2, R3, R4)."""
    turn = access.turn(session)
    product = sold.product
    validity = Validity(product.validity_unit, product.validity_count, product.validity_starts)
    floats = validity.unit is not None and validity.starts is Starts.FIRST_VISIT
    package = tables.Package(
        client_id=sold.client,
        product_id=product.id,
        service_id=product.service_id,
        name=product.name,
        terms=product.terms,
        sessions=product.sessions,
        price=sold.gross,
        net=sold.net,
        list_price=sold.service.price,
        tax_rate=sold.service.tax_rate,
        validity_unit=validity.unit,
        validity_count=validity.count,
        validity_starts=validity.starts,
        sold_at=turn.now,
        sold_day=turn.today,
        sale_id=sold.sale,
        last_day=None if floats else ledger.last_day(validity, turn.today),
    )
    session.add(package)
    session.flush()
    values = pricing.credit_values(sold.net, product.sessions)
    _issue_credits(session, turn, package, [(value, package.last_day) for value in values], sale=sold.sale)
    return PackageId(package.id)


def _issue_credits(
    session: Session,
    turn: Turn,
    package: tables.Package,
    credits: Sequence[tuple[Money, date | None]],
    *,
    sale: int | None,
) -> None:
    rows = [
        tables.Credit(package_id=package.id, number=number, service_id=package.service_id, value=value, seq=0)
        for number, (value, _) in enumerate(credits, 1)
    ]
    session.add_all(rows)
    session.flush()
    for row, (_, last_day) in zip(rows, credits, strict=True):
        _enter(session, turn, row, Kind.ISSUED, State.AVAILABLE, last_day=last_day, sale_id=sale)


def reserve(session: Session, credit: CreditId, appointment: tables.Appointment) -> None:
    """Books a credit for a visit (R6); the caller has chosen it by R9."""
    turn = access.turn(session)
    row = _credit(session, credit)
    _enter(session, turn, row, Kind.RESERVED, State.RESERVED, visit=appointment.id)
    _follow_first_visit(session, turn, row.package_id)


@dataclass(frozen=True, slots=True)
class Return:
    """How a credit comes back: whether the clinic was the cause, by which override, and in what words."""

    by_clinic: bool = False
    override: Override = Override.NONE
    words: str = ""


def release(session: Session, appointment: int, how: Return) -> None:
    """Gives a visit's credit back: released, and where its last day has passed expired, with grace extended (R16)."""
    turn = access.turn(session)
    row = of_visit(session, appointment)
    if row is None:
        return
    _enter(
        session, turn, row, Kind.RELEASED, State.AVAILABLE, visit=appointment, override=how.override, words=how.words
    )
    _follow_first_visit(session, turn, row.package_id)
    _settle_return(session, turn, row, by_clinic=how.by_clinic)


def redeem(session: Session, appointment: int) -> None:
    """Uses a visit's credit when the visit is completed; its value becomes income (R6, R37)."""
    turn = access.turn(session)
    row = of_visit(session, appointment)
    if row is None:
        return
    _enter(session, turn, row, Kind.REDEEMED, State.REDEEMED, visit=appointment)
    _follow_first_visit(session, turn, row.package_id)
    _post(session, turn, row, to=Account.INCOME)


def forfeit(session: Session, appointment: int, *, override: Override, words: str) -> None:
    """Takes a visit's credit as the policy says; its value becomes breakage (R6, R37)."""
    turn = access.turn(session)
    row = of_visit(session, appointment)
    if row is None:
        return
    _enter(session, turn, row, Kind.FORFEITED, State.FORFEITED, visit=appointment, override=override, words=words)
    _follow_first_visit(session, turn, row.package_id)
    _post(session, turn, row, to=Account.BREAKAGE)


def take_back(session: Session, appointment: int, words: str) -> bool:
    """Undoes what completion or a no-show did to a visit's credit: the same visit holds it again (R6, R19).

    False where no credit is used up by that visit. Refused where the package has been refunded.
    """
    turn = access.turn(session)
    row = of_visit(session, appointment)
    if row is None or row.state not in (State.REDEEMED, State.FORFEITED):
        return False
    before = row.state
    package = session.get_one(tables.Package, row.package_id)
    _enter(
        session,
        turn,
        row,
        Kind.REVERSED,
        State.RESERVED,
        visit=appointment,
        last_day=_later(row.last_day, package.last_day),
        words=words,
    )
    _follow_first_visit(session, turn, row.package_id)
    _post_back(session, turn, row, before)
    return True


def of_visit(session: Session, appointment: int) -> tables.Credit | None:
    """The credit that a visit holds or used up (R7)."""
    return session.scalars(select(tables.Credit).where(tables.Credit.appointment_id == appointment)).one_or_none()


def goodwill(session: Session, credit: CreditId, words: str) -> None:
    """Gives a used or forfeited credit back to the client; the visit stays as it is, without one (R6)."""
    turn = access.require(session, Act.GOODWILL)
    words = _reason(words)
    row = _credit(session, credit)
    if row.state not in (State.REDEEMED, State.FORFEITED):
        raise Refused(
            "Only a credit that was used or forfeited can be given back. This one is {state}.", state=str(row.state)
        )
    before = row.state
    package = session.get_one(tables.Package, row.package_id)
    _enter(
        session, turn, row, Kind.REVERSED, State.AVAILABLE, last_day=_later(row.last_day, package.last_day), words=words
    )
    _follow_first_visit(session, turn, row.package_id)
    _post_back(session, turn, row, before)
    _settle_return(session, turn, row, by_clinic=False)


def extend_credit(session: Session, credit: CreditId, last_day: date, words: str) -> None:
    """Moves one credit's last day later (R6)."""
    turn = access.require(session, Act.EXTEND)
    words = _reason(words)
    row = _credit(session, credit)
    package = session.get_one(tables.Package, row.package_id)
    _extend(session, turn, row, row.last_day or package.last_day, last_day, whole=False, words=words)


def extend_package(session: Session, package: PackageId, last_day: date, words: str) -> None:
    """Moves the last day of a package and of each of its credits that are left, booked or expired (R6)."""
    turn = access.require(session, Act.EXTEND)
    words = _reason(words)
    row = _package(session, package)
    ledger.extension(State.AVAILABLE, row.last_day, last_day, turn.today)
    credits = session.scalars(
        select(tables.Credit)
        .where(
            tables.Credit.package_id == package,
            tables.Credit.state.in_((State.AVAILABLE, State.RESERVED, State.EXPIRED)),
            or_(tables.Credit.last_day.is_(None), tables.Credit.last_day < last_day),
        )
        .order_by(tables.Credit.number)
    ).all()
    if not credits:
        raise Refused("No credit of this package is left, booked or expired, so there is nothing to extend.")
    for credit in credits:
        _extend(session, turn, credit, credit.last_day or row.last_day, last_day, whole=True, words=words)
    row.last_day = last_day


def transfer(session: Session, credits: Sequence[CreditId], to: ClientId, words: str) -> PackageId:
    """Moves available credits of one package to another client, who gets a package of their own (R6)."""
    turn = access.require(session, Act.TRANSFER)
    words = _reason(words)
    rows = [_credit(session, credit) for credit in sorted(set(credits))]
    origin = _transferable(session, turn, rows, to)
    net = sum((row.value for row in rows), NOTHING)
    last_days = [row.last_day or origin.last_day for row in rows]
    started = origin.last_day is not None
    package = tables.Package(
        client_id=to,
        product_id=origin.product_id,
        service_id=origin.service_id,
        name=origin.name,
        terms=origin.terms,
        sessions=len(rows),
        price=share(origin.price, net, origin.net) if origin.net else NOTHING,
        net=net,
        list_price=origin.list_price,
        tax_rate=origin.tax_rate,
        validity_unit=origin.validity_unit,
        validity_count=origin.validity_count,
        validity_starts=Starts.PURCHASE if started else origin.validity_starts,
        sold_at=turn.now,
        sold_day=turn.today,
        origin_id=origin.id,
        last_day=origin.last_day,
    )
    session.add(package)
    session.flush()
    for row in rows:
        _enter(session, turn, row, Kind.TRANSFERRED, State.TRANSFERRED, package_id=package.id, words=words)
    _issue_credits(
        session, turn, package, [(row.value, day) for row, day in zip(rows, last_days, strict=True)], sale=None
    )
    return PackageId(package.id)


def _transferable(session: Session, turn: Turn, rows: Sequence[tables.Credit], to: ClientId) -> tables.Package:
    if not rows:
        raise Invalid("Choose at least one credit to transfer.", field="credits")
    if len({row.package_id for row in rows}) > 1:
        raise Refused("These credits belong to several packages. Transfer one package's credits at a time.")
    origin = session.get_one(tables.Package, rows[0].package_id)
    if origin.client_id == to:
        raise Refused("These credits belong to this client already. Choose another client.")
    if session.get(tables.Client, to) is None:
        raise NotFound("The client who should get the credits is no longer there.")
    for row in rows:
        last = row.last_day or origin.last_day
        if row.state is not State.AVAILABLE or (last is not None and last < turn.today):
            raise Refused(
                "Credit {number} of {of} isn't left, so it can't be transferred. Choose credits that are left.",
                number=row.number,
                of=origin.sessions,
            )
    return origin


def refund_unused(session: Session, package: PackageId, *, sale: int, words: str) -> None:
    """Takes all credits of a package back when its sale is reversed; refused once one is used or booked (R40)."""
    turn = access.turn(session)
    rows = session.scalars(
        select(tables.Credit).where(tables.Credit.package_id == package).order_by(tables.Credit.number)
    ).all()
    for row in rows:
        if row.state is not State.AVAILABLE:
            name = session.get_one(tables.Package, package).name
            raise Refused(
                "Credit {number} of “{package}” is {state}, so the sale can't be reversed. Release its visit first.",
                number=row.number,
                package=name,
                state=STATE_WORDS[row.state or State.AVAILABLE],
            )
    for row in rows:
        _enter(session, turn, row, Kind.REFUNDED, State.REFUNDED, sale_id=sale, words=words)


def expire_due(session: Session, day: date) -> int:
    """Writes expired for every available credit whose last day is `day` or earlier; returns how many (R41)."""
    turn = access.turn(session)
    last = func.coalesce(tables.Credit.last_day, tables.Package.last_day)
    rows = session.execute(
        select(tables.Credit, tables.Package.last_day)
        .join(tables.Package, tables.Package.id == tables.Credit.package_id)
        .where(tables.Credit.state == State.AVAILABLE, last <= day)
        .order_by(tables.Credit.id)
    ).all()
    newest = _newest_days(session, [credit.id for credit, _ in rows])
    for credit, package_last in rows:
        end = credit.last_day or package_last or day
        on = max(end, newest[credit.id])
        at = clock.at_local(on + timedelta(days=1), 0, turn.zone)
        stamp = access.Stamp(n=turn.n, at=at, business_day=on)
        _enter(session, turn, credit, Kind.EXPIRED, State.EXPIRED, stamp=stamp)
        _post(session, turn, credit, to=Account.BREAKAGE, stamp=stamp)
    return len(rows)


def _newest_days(session: Session, credits: Sequence[int]) -> dict[int, date]:
    if not credits:
        return {}
    query = (
        select(tables.CreditEntry.credit_id, func.max(tables.CreditEntry.business_day))
        .join(tables.Credit, tables.Credit.id == tables.CreditEntry.credit_id)
        .where(tables.Credit.state == State.AVAILABLE, tables.CreditEntry.credit_id.in_(credits))
        .group_by(tables.CreditEntry.credit_id)
    )
    return dict(session.execute(query).all())


def _credit(session: Session, credit: int) -> tables.Credit:
    row = session.get(tables.Credit, credit)
    if row is None:
        raise NotFound("That credit is no longer there.")
    return row


def _package(session: Session, package: int) -> tables.Package:
    row = session.get(tables.Package, package)
    if row is None:
        raise NotFound("That package is no longer there.")
    return row


def _reason(words: str) -> str:
    if not words.strip():
        raise Invalid("Type a reason; it is kept in the ledger with your name.", field="words")
    return words.strip()


_KEEP = date.min


def _enter(
    session: Session,
    turn: Turn,
    row: tables.Credit,
    kind: Kind,
    state: State,
    *,
    visit: int | None = None,
    last_day: date | None = _KEEP,
    stamp: access.Stamp | None = None,
    sale_id: int | None = None,
    package_id: int | None = None,
    override: Override = Override.NONE,
    whole: bool = False,
    words: str = "",
) -> None:
    """Appends one entry. The database then sets the credit's cached columns; the row here is told the same."""
    last = row.last_day if last_day is _KEEP else last_day
    session.add(
        tables.CreditEntry(
            **(stamp or turn.stamp()),
            credit_id=row.id,
            seq=row.seq + 1,
            kind=kind,
            state=state,
            last_day=last,
            appointment_id=visit,
            sale_id=sale_id,
            package_id=package_id,
            override=override,
            whole=whole,
            words=words,
        )
    )
    session.flush()
    holds = state in (State.RESERVED, State.REDEEMED, State.FORFEITED)
    set_committed_value(row, "seq", row.seq + 1)
    set_committed_value(row, "state", state)
    set_committed_value(row, "last_day", last)
    set_committed_value(row, "appointment_id", (visit if visit is not None else row.appointment_id) if holds else None)


def _extend(
    session: Session, turn: Turn, row: tables.Credit, old: date | None, new: date, *, whole: bool, words: str
) -> None:
    before = row.state or State.AVAILABLE
    after = ledger.extension(before, old, new, turn.today)
    _enter(session, turn, row, Kind.EXTENDED, after, last_day=new, whole=whole, words=words)
    if before is State.EXPIRED:
        _post_back(session, turn, row, before)


def _settle_return(session: Session, turn: Turn, row: tables.Credit, *, by_clinic: bool) -> None:
    """What a credit that has just come back still goes through: expired, extended by grace (R16)."""
    clinic = session.get_one(tables.Clinic, 1)
    package = session.get_one(tables.Package, row.package_id)
    came = ledger.returned(row.last_day or package.last_day, turn.today, grace=clinic.grace_days, by_clinic=by_clinic)
    if came.expired:
        _enter(session, turn, row, Kind.EXPIRED, State.EXPIRED)
        _post(session, turn, row, to=Account.BREAKAGE)
    if came.new_last_day is not None:
        _enter(session, turn, row, Kind.EXTENDED, State.AVAILABLE, last_day=came.new_last_day, words="grace")
        if came.expired:
            _post_back(session, turn, row, State.EXPIRED)


def _later(own: date | None, package: date | None) -> date | None:
    """A reversed credit takes the package's last day where that is later than its own (R6)."""
    return max(own, package) if own is not None and package is not None else own


def _post(session: Session, turn: Turn, row: tables.Credit, *, to: Account, stamp: access.Stamp | None = None) -> None:
    cause = journal.Cause(credit=row.id, appointment=row.appointment_id)
    journal.transfer(session, stamp or turn.stamp(), cause, row.value, source=Account.DEFERRED, to=to)


def _post_back(session: Session, turn: Turn, row: tables.Credit, before: State) -> None:
    source = Account.INCOME if before is State.REDEEMED else Account.BREAKAGE
    cause = journal.Cause(credit=row.id, appointment=row.appointment_id)
    journal.transfer(session, turn.stamp(), cause, row.value, source=source, to=Account.DEFERRED)


def follow_moved_visit(session: Session, appointment: int) -> None:
    """Lets a package's last day follow its first visit after that has been moved."""
    row = of_visit(session, appointment)
    if row is not None:
        _follow_first_visit(session, access.turn(session), row.package_id)


def _follow_first_visit(session: Session, turn: Turn, package_id: int) -> None:
    package = session.get_one(tables.Package, package_id)
    if not lasting.moves_with_first_visit(session, package, turn.today):
        return
    first = lasting.first_day(session, package_id)
    if first != package.first_day:
        package.first_day = first
        package.last_day = ledger.last_day(lasting.validity_of(package), first) if first else None
        session.flush()
        _expire_at_once(session, turn, package)


def _expire_at_once(session: Session, turn: Turn, package: tables.Package) -> None:
    """A first visit entered on an earlier day can bring the last day into the past: what is left then expires (R6)."""
    if package.last_day is None or package.last_day >= turn.today:
        return
    credit = tables.Credit
    left = select(credit).where(
        credit.package_id == package.id, credit.state == State.AVAILABLE, credit.last_day.is_(None)
    )
    for row in session.scalars(left.order_by(credit.number)).all():
        _enter(session, turn, row, Kind.EXPIRED, State.EXPIRED)
        _post(session, turn, row, to=Account.BREAKAGE)
