"""How the clinic is stored: mapped classes, a file per subject, no rules."""

from reception.domain.tables.base import Base, Fact
from reception.domain.tables.catalogue import AddOnLink, Product, Resource, ResourceNeed, Service
from reception.domain.tables.clinic import CancelReason, Clinic, Closure, Opening
from reception.domain.tables.diary import Appointment, AppointmentEvent, AppointmentResource, Group, Occupancy
from reception.domain.tables.forms import (
    AddOnTask,
    Clearance,
    Denial,
    Finding,
    Form,
    FormRequirement,
    FormResponse,
    FormVersion,
    ScreeningCheck,
    ScreeningRule,
    ScreeningTask,
)
from reception.domain.tables.inbox import Submission, SubmissionDecision, Wish, WishDecision
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
    "AddOnLink",
    "AddOnTask",
    "Appointment",
    "AppointmentEvent",
    "AppointmentResource",
    "Base",
    "CancelReason",
    "Clearance",
    "Client",
    "ClientAlert",
    "ClientKey",
    "ClientPhone",
    "Clinic",
    "Closure",
    "Credit",
    "CreditEntry",
    "Denial",
    "Fact",
    "Finding",
    "Form",
    "FormRequirement",
    "FormResponse",
    "FormVersion",
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
    "Resource",
    "ResourceNeed",
    "Sale",
    "SaleLine",
    "ScreeningCheck",
    "ScreeningRule",
    "ScreeningTask",
    "Service",
    "Shift",
    "ShiftException",
    "Skill",
    "Staff",
    "Submission",
    "SubmissionDecision",
    "TimeOff",
    "ViewRow",
    "Wish",
    "WishDecision",
]
