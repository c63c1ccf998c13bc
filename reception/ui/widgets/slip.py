"""The receipt as paper: black on white in either theme, as long as what stands on it (R40)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from reception.domain.checkout import (
    LineKind,
    Quote,
    QuoteLine,
    Receipt,
    ReceiptLine,
    ReceiptPayment,
    SaleKind,
    Tender,
)
from reception.domain.money import NOTHING, Money
from reception.domain.packages import Balanced
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.text import Formats, short_name
from reception.ui.theme import colour

_INK, _SOFT, _DASHES, _PAPER = "#1B1F23", "#5A646C", "#B8C0C6", "#FFFFFF"
_FATE = "#A60677"
_WIDTH, _SIDE, _TEETH = 286, 16.0, 27
_ADDRESS = 15  # the height of one of its lines


class Weight(StrEnum):
    """How a line of the slip stands out."""

    ITEM = "item"
    SMALL = "small"
    TOTAL = "total"
    PLAIN = "plain"
    HEAD = "head"
    RULE = "rule"


_LOOKS = {
    Weight.ITEM: (k.BODY, k.MEDIUM, _INK, 17),
    Weight.SMALL: (k.CAPTION, k.REGULAR, _SOFT, 17),
    Weight.TOTAL: (k.HEADING, k.SEMIBOLD, _INK, 22),
    Weight.PLAIN: (k.BODY, k.REGULAR, _INK, 19),
    Weight.HEAD: (k.CAPTION, k.SEMIBOLD, _SOFT, 18),
    Weight.RULE: (k.CAPTION, k.REGULAR, _SOFT, 12),
}


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line: words at the left, an amount or a count at the right."""

    weight: Weight
    words: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a slip: the clinic, where it is, when and by whom, the number, and what has become of it."""

    clinic: str
    address: str
    when: str
    number: str
    fate: str = ""

    def where(self) -> list[str]:
        """The address, line by line as it was typed."""
        return [line.strip() for line in self.address.splitlines() if line.strip()]


class Slip(QWidget):
    """The paper."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._heading = Heading("", "", "", "")
        self._lines: tuple[SlipLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def lines(self) -> tuple[SlipLine, ...]:
        """What stands on it."""
        return self._lines

    def show_slip(self, heading: Heading, lines: Sequence[SlipLine]) -> None:
        """Shows another slip."""
        self._heading, self._lines = heading, tuple(lines)
        words = (f"{line.words} {line.right}".strip() for line in self._lines)
        self.setAccessibleName(", ".join(part for part in (heading.clinic, heading.number, *words) if part))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        body = sum(_LOOKS[line.weight][3] for line in self._lines)
        head = _ADDRESS * len(self._heading.where()) + (17 if self._heading.fate else 0)
        return QSize(_WIDTH, 117 + head + body)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(8, 6, self.width() - 16, self.height() - 22)
        _paint_paper(p, paper)
        y = self._paint_heading(p, paper)
        for line in self._lines:
            y = _paint_line(p, line, QRectF(paper.left() + _SIDE, y, paper.width() - 2 * _SIDE, 0))

    def _paint_heading(self, p: QPainter, paper: QRectF) -> float:
        own, y = self._heading, paper.top() + 14
        rows = [
            (own.clinic, k.HEADING, k.SEMIBOLD, _INK, 20),
            *((line, k.CAPTION, k.REGULAR, _SOFT, _ADDRESS) for line in own.where()),
            (own.when, k.CAPTION, k.REGULAR, _SOFT, 15),
            (own.number, k.CAPTION, k.MEDIUM, _SOFT, 15),
        ]
        if own.fate:
            rows.append((own.fate, k.CAPTION, k.SEMIBOLD, _FATE, 17))
        for words, size, weight, ink, height in rows:
            box = QRectF(paper.left() + _SIDE, y, paper.width() - 2 * _SIDE, height)
            p.setFont(theme.font(size, weight))
            p.setPen(colour(ink))
            elided = theme.metrics(size, weight).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, elided)
            y += height
        return y + 11


def of_receipt(receipt: Receipt, formats: Formats, today: date) -> tuple[Heading, tuple[SlipLine, ...]]:
    """A settled sale as paper."""
    number = _tr("Receipt {number}").format(number=receipt.number)
    fate = ""
    if receipt.kind is SaleKind.REVERSAL:
        fate = _tr("Reverses receipt {number}").format(number=receipt.reverses)
    elif receipt.reversed_by is not None:
        fate = _tr("Reversed by receipt {number}").format(number=receipt.reversed_by)
    when = _when(receipt.at, receipt.who, formats)
    lines = [*_items(receipt.lines, formats, _reason(receipt)), *_sums(receipt.total, _taxes(receipt.lines), formats)]
    lines += _payments(receipt, formats)
    lines += _balances(receipt.balances, formats, today)
    return Heading(receipt.clinic, receipt.address, when, number, fate), tuple(lines)


def of_quote(
    quote: Quote, payments: Sequence[tuple[str, Money]], place: Heading, formats: Formats, today: date
) -> tuple[Heading, tuple[SlipLine, ...]]:
    """A cart as the paper that it will be; `payments` are the tenders in words, with what each pays."""
    lines = [*_items(quote.lines, formats), *_sums(quote.total, _taxes(quote.lines), formats)]
    paid = [SlipLine(Weight.PLAIN, words, formats.amount(amount)) for words, amount in payments]
    if paid:
        lines += [*paid, SlipLine(Weight.RULE)]
    lines += _balances(quote.after, formats, today)
    return place, tuple(lines)


def tender_words(tender: Tender) -> str:
    """How a tender is called on screen and paper."""
    return _tr(
        {
            Tender.CASH: "Cash",
            Tender.CARD: "Card",
            Tender.TRANSFER: "Transfer",
            Tender.ACCOUNT: "Account",
            Tender.CREDIT: "Credit",
            Tender.DEPOSIT: "Paid ahead",
        }[tender]
    )


def heading_of(clinic: str, address: str, at: datetime, who: str, formats: Formats) -> Heading:
    """The head of a slip that has no number yet."""
    return Heading(clinic, address, _when(at, who, formats), _tr("Receipt number when settled"))


def balance_words(balance: Balanced) -> str:
    """What a client can still use: "2 left, 1 booked"."""
    words = _tr("{count} left").format(count=balance.available)
    if balance.reserved:
        words += _tr(", {count} booked").format(count=balance.reserved)
    return words


def _reason(receipt: Receipt) -> str:
    """What money was paid back for; why a sale was reversed isn't for the client's eyes."""
    return "" if receipt.kind is SaleKind.REVERSAL else receipt.words


def _items(lines: Sequence[QuoteLine | ReceiptLine], formats: Formats, reason: str = "") -> Iterator[SlipLine]:
    for line in lines:
        yield SlipLine(Weight.ITEM, line.words, formats.amount(line.price))
        detail = ", ".join(part for part in (_start(line.start, formats), line.detail) if part)
        if detail:
            yield SlipLine(Weight.SMALL, _tr("for {visit}").format(visit=detail) if _is_about(line) else detail)
        off = line.discount + (line.sale_discount if isinstance(line, QuoteLine) else NOTHING)
        if off:
            yield SlipLine(Weight.SMALL, _tr("Discount"), formats.amount(-off))
    if reason:
        yield SlipLine(Weight.SMALL, reason)
    if lines:
        yield SlipLine(Weight.RULE)


def _is_about(line: QuoteLine | ReceiptLine) -> bool:
    """Whether a line is money for a visit rather than the visit itself: a deposit, or a fee."""
    return line.kind in (LineKind.DEPOSIT, LineKind.ACCOUNT)


def _taxes(lines: Sequence[QuoteLine | ReceiptLine]) -> dict[int, Money]:
    found: dict[int, Money] = {}
    for line in lines:
        if line.tax:
            found[line.tax_rate] = found.get(line.tax_rate, NOTHING) + line.tax
    return found


def _sums(total: Money, taxes: dict[int, Money], formats: Formats) -> Iterator[SlipLine]:
    yield SlipLine(Weight.TOTAL, _tr("Total"), formats.money(total))
    for rate, tax in sorted(taxes.items()):
        words = _tr("of which tax {rate}").format(rate=formats.percent(rate))
        yield SlipLine(Weight.SMALL, words, formats.amount(tax))
    yield SlipLine(Weight.RULE)


def _payments(receipt: Receipt, formats: Formats) -> list[SlipLine]:
    lines = []
    for one in sorted(receipt.payments, key=_is_money):
        words = tender_words(one.tender)
        if one.number is not None:
            words = _tr("Credit {number} of {of}").format(number=one.number, of=one.of)
        lines.append(SlipLine(Weight.PLAIN, words, formats.amount(one.amount + one.change)))
        if one.change:
            lines.append(SlipLine(Weight.PLAIN, _tr("Change"), formats.amount(-one.change)))
    return [*lines, SlipLine(Weight.RULE)] if lines else []


def _is_money(one: ReceiptPayment) -> bool:
    """Credits and deposits come first, as they do in the cart; money pays the rest."""
    return one.tender not in (Tender.CREDIT, Tender.DEPOSIT)


def _balances(balances: Sequence[Balanced], formats: Formats, today: date) -> list[SlipLine]:
    open_ = [balance for balance in balances if balance.available or balance.reserved]
    if not open_:
        return []
    lines = [SlipLine(Weight.HEAD, _tr("Your balance"))]
    for balance in open_:
        lines.append(SlipLine(Weight.PLAIN, balance.service_name, balance_words(balance)))
        if balance.next_last_day is not None:
            words = _tr("use by {day}").format(day=formats.short(balance.next_last_day, today))
            lines.append(SlipLine(Weight.SMALL, words))
    return lines


def _when(at: datetime, who: str, formats: Formats) -> str:
    day = at.astimezone(formats.zone).date()
    words = f"{formats.day(day)} {day.year}, {formats.time(at)}"
    return f"{words} · {short_name(who)}" if who else words


def _start(start: datetime | None, formats: Formats) -> str:
    if start is None:
        return ""
    return f"{formats.day(start.astimezone(formats.zone).date())} {formats.time(start)}"


def _paint_paper(p: QPainter, paper: QRectF) -> None:
    glyphs.shadow(p, paper, 2, 8, 0.14)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(_PAPER))
    edge = [paper.topLeft(), paper.topRight()]
    step = paper.width() / _TEETH
    edge += [QPointF(paper.left() + n * step, paper.bottom() + (4 if n % 2 else 0)) for n in range(_TEETH, -1, -1)]
    p.drawPolygon(QPolygonF(edge))


def _paint_line(p: QPainter, line: SlipLine, at: QRectF) -> float:
    size, weight, ink, height = _LOOKS[line.weight]
    if line.weight is Weight.RULE:
        pen = QPen(colour(_DASHES), 1)
        pen.setDashPattern([3, 3])
        p.setPen(pen)
        y = round(at.top() + 5) + 0.5
        p.drawLine(QPointF(at.left(), y), QPointF(at.right(), y))
        return at.top() + height
    width = theme.metrics(size, weight).horizontalAdvance(line.right) + 2 if line.right else 0
    right = QRectF(at.right() - width, at.top(), width, height)
    glyphs.text(p, right, line.right, size=size, weight=weight, ink=ink, right=True)
    left = QRectF(at.left(), at.top(), at.width() - width - 8, height)
    glyphs.text(p, left, line.words, size=size, weight=weight, ink=ink)
    return at.top() + height


def _tr(words: str) -> str:
    return QCoreApplication.translate("slip", words)
