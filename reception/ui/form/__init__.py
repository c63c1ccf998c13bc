"""A form on screen, built from its Questionnaire: one control for each kind of question, pages, review, signature."""

from reception.ui.form.control import Desk
from reception.ui.form.dialog import FormDialog, asks_signature
from reception.ui.form.entries import Act, Alarm
from reception.ui.form.foot import Bar
from reception.ui.form.review import Flag
from reception.ui.form.signature import Signed
from reception.ui.form.since import Since
from reception.ui.form.standing import REVIEW
from reception.ui.form.steps import Progress, Stage, Step, Steps

__all__ = [
    "REVIEW",
    "Act",
    "Alarm",
    "Bar",
    "Desk",
    "Flag",
    "FormDialog",
    "Progress",
    "Signed",
    "Since",
    "Stage",
    "Step",
    "Steps",
    "asks_signature",
]
