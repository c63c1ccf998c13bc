"""The controls of the desk: each paints itself from the tokens and answers to mouse, keyboard and screen readers."""

from reception.ui.widgets.answer import Answer, Answers, Check
from reception.ui.widgets.banner import Banner, Notice
from reception.ui.widgets.button import Button, Kind
from reception.ui.widgets.card import Card, Look
from reception.ui.widgets.date_edit import DateEdit
from reception.ui.widgets.edits import LineEdit, MoneyEdit, Spin, TextArea, TimeEdit
from reception.ui.widgets.field import Field, Form
from reception.ui.widgets.layouts import STRETCH, Hair, Scroller, clear, hbox, pane, vbox
from reception.ui.widgets.month import MiniMonth, Month
from reception.ui.widgets.ordered_table import OrderedTable
from reception.ui.widgets.pick_list import Pick, PickList, PickModel
from reception.ui.widgets.segmented import Segmented
from reception.ui.widgets.select import Select
from reception.ui.widgets.signs import Avatar, Badge, Chip, Coin, Glyph, KeyCap, Pip, Pips, Skeleton
from reception.ui.widgets.states import Disc, Empty, ErrorState, Stamp
from reception.ui.widgets.table import Column, ListColumn, ListModel, ListTable, TableHead, table_row
from reception.ui.widgets.words import Elided, Icon, IconLabel, Prose, caption, figure, heading, label, section

__all__ = [
    "STRETCH",
    "Answer",
    "Answers",
    "Avatar",
    "Badge",
    "Banner",
    "Button",
    "Card",
    "Check",
    "Chip",
    "Coin",
    "Column",
    "DateEdit",
    "Disc",
    "Elided",
    "Empty",
    "ErrorState",
    "Field",
    "Form",
    "Glyph",
    "Hair",
    "Icon",
    "IconLabel",
    "KeyCap",
    "Kind",
    "LineEdit",
    "ListColumn",
    "ListModel",
    "ListTable",
    "Look",
    "MiniMonth",
    "MoneyEdit",
    "Month",
    "Notice",
    "OrderedTable",
    "Pick",
    "PickList",
    "PickModel",
    "Pip",
    "Pips",
    "Prose",
    "Scroller",
    "Segmented",
    "Select",
    "Skeleton",
    "Spin",
    "Stamp",
    "TableHead",
    "TextArea",
    "TimeEdit",
    "caption",
    "clear",
    "figure",
    "hbox",
    "heading",
    "label",
    "pane",
    "section",
    "table_row",
    "vbox",
]
