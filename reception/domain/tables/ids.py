"""The identities of stored things: plain integers that can't be taken for one another."""

from typing import NewType

ClientId = NewType("ClientId", int)
StaffId = NewType("StaffId", int)
ServiceId = NewType("ServiceId", int)
ProductId = NewType("ProductId", int)
ReasonId = NewType("ReasonId", int)
PackageId = NewType("PackageId", int)
CreditId = NewType("CreditId", int)
GroupId = NewType("GroupId", int)
AppointmentId = NewType("AppointmentId", int)
SaleId = NewType("SaleId", int)
ResourceId = NewType("ResourceId", int)
FormId = NewType("FormId", int)
VersionId = NewType("VersionId", int)
RuleId = NewType("RuleId", int)
ResponseId = NewType("ResponseId", int)
SubmissionId = NewType("SubmissionId", int)
WishId = NewType("WishId", int)
