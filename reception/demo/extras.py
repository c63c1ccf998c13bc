"""What the demo clinic has beside its treatments: add-ons with them, rooms and devices for them, forms before them."""

from typing import NamedTuple

from reception.domain.money import Money
from reception.domain.tables.words import ResourceKind

TAPE, HEAT, NEEDLES, CUPS = "Kinesio tape 15", "Heat therapy 15", "Acupuncture 30", "Cupping 15"
FEET, SPOT, MASK, EYES = "Foot massage 30", "Laser 15, small area", "Light mask 15", "Eye peel 15"

LINKS: dict[str, dict[str, Money | None]] = {
    "Physio 30": {TAPE: None, HEAT: None, NEEDLES: None},
    "Physio 45": {TAPE: None, HEAT: None, NEEDLES: None},
    "Osteopathy 45": {HEAT: None, TAPE: None, NEEDLES: None},
    "Massage 60": {CUPS: None, FEET: Money(24_00), HEAT: Money(12_00)},
    "Massage 30": {FEET: Money(26_00), CUPS: None},
    "Sports massage 45": {TAPE: Money(10_00), CUPS: None},
    "Laser 30": {SPOT: None, MASK: None},
    "Laser 60": {SPOT: Money(40_00), MASK: Money(15_00)},
    "Skin peel 45": {MASK: Money(15_00)},
    "Facial 60": {MASK: None, EYES: None, SPOT: None},
}
"""What is offered with which treatment, in order; with a price of its own there (R24)."""

ROOMS = ("Room 1", "Room 2", "Room 3", "Room 4", "Room 5", "Room 6")
DIODE, PULSED, PANEL, LAMP = "Diode laser", "Pulsed light", "Light panel", "Heat lamp"
THINGS = (
    *((name, ResourceKind.ROOM) for name in ROOMS),
    *((name, ResourceKind.DEVICE) for name in (DIODE, PULSED, PANEL, LAMP)),
)

_PHYSIO, _MASSAGE = ("Room 1", "Room 6"), ("Room 2", "Room 6")
_LASER = (("Room 4", "Room 5"), (PULSED, DIODE))
_SKIN = ("Room 5",)
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Physio, first visit": (_PHYSIO,),
    "Physio 45": (_PHYSIO,),
    "Physio 30": (_PHYSIO,),
    "Massage 60": (_MASSAGE,),
    "Massage 30": (_MASSAGE,),
    "Sports massage 45": (_MASSAGE,),
    "Laser 30": _LASER,
    "Laser 60": (("Room 4",), (DIODE,)),
    "Skin peel 45": (_SKIN,),
    "Facial 60": (_SKIN,),
    HEAT: ((LAMP,),),
    SPOT: _LASER,
    MASK: ((PANEL,),),
}
"""What is needed beside a person: one of each of these (R20)."""


class Beside(NamedTuple):
    """A template of rules beside the services that it is meant for, and for how many days an answer holds here."""

    template: str
    services: tuple[str, ...]
    days: int | None


BESIDE = (
    Beside("first-visit", ("Physio, first visit", "Osteopathy, first visit"), 365),
    Beside("laser", ("Laser 30", "Laser 60", SPOT, MASK), 183),
    Beside("consent", ("Laser 60",), 365),
    Beside("peel", ("Skin peel 45", EYES), 28),
    Beside("photos", ("Skin peel 45",), 365),
    Beside("massage", ("Massage 60", "Massage 30", "Sports massage 45", FEET), 183),
    Beside("heat-cups", (HEAT, CUPS), 28),
    Beside("pregnancy", (NEEDLES,), 28),
)
"""Which services ask for forms (R31)."""

FORMS = (
    "health-intake",
    "laser-screening",
    "chemical-peel",
    "massage-check",
    "pregnancy-check",
    "treatment-consent",
    "photo-consent",
    "respiratory-check",
)
"""The forms that are published; the last is kept for the months in which infections go round."""
