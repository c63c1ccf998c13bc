"""What the books say of a coming-in and of the add-ons that are linked to it, in two statements (R24)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from reception.domain import catalogue, clock, tables
from reception.domain.diary.laying import Leg
from reception.domain.errors import NotFound
from reception.domain.money import Money
from reception.domain.outcomes import LIVE, Status
from reception.domain.tables.base import Whole, raw
from reception.domain.tables.ids import ClientId, GroupId, ResourceId, ServiceId, StaffId
from reception.domain.tables.words import Bookable, Happening, PaymentPolicy


class Live(NamedTuple):
    """One live appointment of a coming-in."""

    leg: Leg
    service: int
    status: Status
    base: int | None
    day: date


@dataclass(frozen=True, slots=True)
class Chain:
    """The live appointments of a coming-in, in their order."""

    group: GroupId
    client: ClientId
    live: tuple[Live, ...]

    @property
    def legs(self) -> list[Leg]:
        """Its appointments as legs."""
        return [one.leg for one in self.live]


@dataclass(frozen=True, slots=True)
class AddOn:
    """A linked add-on: the base appointment that it would hang on, and its price there."""

    service: ServiceId
    name: str
    base: int
    minutes: int
    turnaround: int
    price: Money
    tax_rate: int
    ahead: Money
    skilled: frozenset[StaffId]
    needs: tuple[tuple[ResourceId, ...], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The add-ons linked to a coming-in, in the order of its bases and their lists; the names of rooms and devices."""

    add_ons: tuple[AddOn, ...]
    rooms: dict[ResourceId, str]


def chain(connection: Connection, group: int) -> Chain:
    """The live appointments of a coming-in, with the rooms and devices that they were given; NotFound for none."""
    rows = connection.execute(_chain(), {"group": group}).all()
    if not rows:
        raise NotFound("That visit is no longer there.")
    live = []
    for id_, same in groupby((row for row in rows if row[1] is not None), key=lambda row: row[1]):
        own = list(same)
        _, _, staff, starts, minutes, turnaround, service, status, base, day, _, _ = own[0]
        given = tuple((number, ResourceId(resource)) for *_, number, resource in own if number is not None)
        leg = Leg(id_, staff, clock.from_ms(starts), minutes, turnaround, given)
        live.append(Live(leg, service, Status(status), base, date.fromisoformat(day)))
    return Chain(GroupId(group), ClientId(rows[0][0]), tuple(live))


@cache
def _chain() -> Select[*tuple[Any, ...]]:
    g, a, r = raw(tables.Group), raw(tables.Appointment), raw(tables.AppointmentResource)
    e = raw(tables.AppointmentEvent)
    laid = literal(Happening.BOOKED.value), literal(Happening.MOVED.value)
    newest = (
        select(func.max(e.seq)).where(e.appointment_id == a.id, e.kind.in_(laid)).correlate(a.table).scalar_subquery()
    )
    alive = [literal(status.value) for status in sorted(LIVE)]
    return (
        select(
            g.client_id,
            a.id,
            a.staff_id,
            a.starts,
            a.minutes,
            a.turnaround,
            a.service_id,
            a.status,
            a.base_id,
            a.day,
            r.number,
            r.resource_id,
        )
        .select_from(g.table)
        .outerjoin(a.table, and_(a.group_id == g.id, a.status.in_(alive)))
        .outerjoin(r.table, and_(r.appointment_id == a.id, r.seq == newest))
        .where(g.id == bindparam("group"))
        .order_by(a.starts, a.id, r.number)
    )


def linked(connection: Connection, own: Chain, only: ServiceId | None = None) -> Linked:
    """What is linked to a coming-in's bases, all or one: an add-on hangs on the first base that it is linked to."""
    bases = {one.service: one.leg.key for one in reversed(own.live) if one.base is None}
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_linked(), {"bases": list(bases)}).all():
        rows[row[0]].append(row[1:])
    skilled: dict[int, set[StaffId]] = defaultdict(set)
    for service, staff, *_ in rows["skill"]:
        skilled[service].add(StaffId(staff))
    needs: dict[int, dict[int, list[ResourceId]]] = defaultdict(lambda: defaultdict(list))
    for service, number, _, resource, *_ in sorted(rows["need"], key=lambda row: row[:4]):
        needs[service][number].append(ResourceId(resource))
    order = {one.service: place for place, one in reversed(list(enumerate(own.live))) if one.base is None}
    found: dict[int, AddOn] = {}
    for row in sorted(rows["link"], key=lambda row: (order[row[0]], row[2], row[1])):
        if only is not None and row[1] != only:
            continue
        base, service, _, link_price, minutes, turnaround, price, tax, deposit, deposit_share, name, payment = row
        charged = Money(price if link_price is None else link_price)
        found.setdefault(
            service,
            AddOn(
                ServiceId(service),
                name,
                bases[base],
                minutes,
                turnaround,
                charged,
                tax,
                catalogue.ahead(charged, PaymentPolicy(payment), Money(deposit), deposit_share),
                frozenset(skilled[service]),
                tuple(tuple(needs[service][number]) for number in sorted(needs[service])),
            ),
        )
    return Linked(tuple(found.values()), {ResourceId(row[3]): row[-2] for row in rows["need"]})


@cache
def _linked() -> CompoundSelect[*tuple[Any, ...]]:
    """What is linked to some services, who performs it, and what it needs, in one statement of tagged rows."""
    link, s, base = raw(tables.AddOnLink), raw(tables.Service), raw(tables.Service, "base")
    skill, staff = raw(tables.Skill), raw(tables.Staff)
    need, room = raw(tables.ResourceNeed), raw(tables.Resource)
    bases: BindParameter[Any] = bindparam("bases", expanding=True)
    add_ons = select(link.add_on_id).where(link.base_id.in_(bases))
    as_add_on = [literal(word.value) for word in catalogue.AS_ADD_ON]
    return union_all(
        _tagged(
            "link",
            [
                link.base_id,
                link.add_on_id,
                link.place,
                link.price,
                s.minutes,
                s.turnaround,
                s.price,
                s.tax_rate,
                s.deposit,
                s.deposit_share,
            ],
            s.name,
            s.payment,
        )
        .join_from(link.table, s.table, s.id == link.add_on_id)
        .join(base.table, base.id == link.base_id)
        .where(
            link.base_id.in_(bases),
            base.bookable != literal(Bookable.ADD_ON.value),
            s.retired == 0,
            s.bookable.in_(as_add_on),
        ),
        _tagged("skill", [skill.service_id, skill.staff_id])
        .join_from(skill.table, staff.table, staff.id == skill.staff_id)
        .where(skill.service_id.in_(add_ons), staff.works == 1, staff.retired == 0),
        _tagged("need", [need.service_id, need.number, need.place, need.resource_id], room.name)
        .join_from(need.table, room.table, room.id == need.resource_id)
        .where(need.service_id.in_(add_ons), room.retired == 0),
    )


_NUMBERS, _TEXTS = 10, 2


def _tagged(word: str, numbers: list[Any], *texts: Any) -> Select[*tuple[Any, ...]]:
    """A question whose rows say what they are, all of the same width."""
    padded = [*numbers, *[cast(null(), Whole)] * (_NUMBERS - len(numbers))]
    return select(literal(word).label("tag"), *padded, *texts, *[cast(null(), Text)] * (_TEXTS - len(texts)))


@cache
def _group() -> Select[*tuple[Any, ...]]:
    a = raw(tables.Appointment)
    return select(a.group_id).where(a.id == bindparam("appointment"))


def group_of(connection: Connection, appointment: int) -> int:
    """The coming-in that an appointment belongs to; NotFound where it is none."""
    found: int | None = connection.execute(_group(), {"appointment": appointment}).scalar()
    if found is None:
        raise NotFound("That visit is no longer there.")
    return found
