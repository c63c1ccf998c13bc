"""How the clinic is stored: mapped classes, a file per subject, no rules."""

from reception.domain.tables.base import Base, Fact
from reception.domain.tables.catalogue import Product, Service
from reception.domain.tables.clinic import CancelReason, Clinic, Closure, Opening
from reception.domain.tables.diary import Appointment, AppointmentEvent, Group, Occupancy
from reception.domain.tables.log import LogHead, LogRow, ViewRow
from reception.domain.tables.money import JournalEntry, Payment, ReceiptNumber, Sale, SaleLine
from reception.domain.tables.packages import Credit, CreditEntry, Package
from reception.domain.tables.people import (
    Client,
    ClientAlert,
    ClientKey,
    ClientPhone,
    Shift,
    ShiftException,
    Skill,
    Staff,
    TimeOff,
)

__all__ = [
    "Appointment",
    "AppointmentEvent",
    "Base",
    "CancelReason",
    "Client",
    "ClientAlert",
    "ClientKey",
    "ClientPhone",
    "Clinic",
    "Closure",
    "Credit",
    "CreditEntry",
    "Fact",
    "Group",
    "JournalEntry",
    "LogHead",
    "LogRow",
    "Occupancy",
    "Opening",
    "Package",
    "Payment",
    "Product",
    "ReceiptNumber",
    "Sale",
    "SaleLine",
    "Service",
    "Shift",
    "ShiftException",
    "Skill",
    "Staff",
    "TimeOff",
    "ViewRow",
]
