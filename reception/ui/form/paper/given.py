"""Answers on paper: each question with what was answered, and the signature."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter

from reception.domain.questionnaire import Page, Row
from reception.domain.questionnaire.values import Kind
from reception.ui import tokens as k
from reception.ui.form.paper.strips import Block, Strip, air, beside, face, rule, words
from reception.ui.form.saying import all_said
from reception.ui.text import Formats

_INDENT = 16.0
_SPLIT = 0.6  # where the answers begin
_SIGNED = 0.75  # of the width, at most
_SHARP = 2  # dots of the picture to one of the desk
_NOTHING = "\N{EN DASH}"


class Signature(NamedTuple):
    """A picture of what was drawn, and what stands under it; nothing where nobody signed."""

    png: bytes = b""
    words: str = ""


def given(
    pages: Sequence[Page], about: Sequence[str], formats: Formats, signature: Signature, width: float
) -> Iterator[Block]:
    """What was answered: lines about it, then page by page, then who signed."""
    yield Block(tuple(strip for line in about for strip in words(line, 0, width, face(k.CAPTION))))
    for page in pages:
        if page.title:
            yield Block(words(page.title, 0, width, face(k.HEADING, k.SEMIBOLD)), above=14, keeps=True)
        for row in page.rows:
            yield from _row(row, formats, width)
    if signature.png:
        yield Block(
            (*_picture(signature.png, width * _SIGNED), *words(signature.words, 0, width, face(k.CAPTION))), above=18
        )


def _row(row: Row, formats: Formats, width: float) -> Iterator[Block]:
    item, x = row.item, _INDENT * row.depth
    asked = f"{item.prefix} {item.words}".strip()
    if item.asks:
        split = width * _SPLIT
        said = all_said(row.values, formats) or _NOTHING
        told = beside(
            words(asked, x, split - x - 14),
            words(said, split, width - split, face(k.BODY, k.SEMIBOLD)),
        )
        yield Block((air(4), *told, air(4), rule(width)))
    elif item.kind is Kind.GROUP and asked:
        which = f" {row.path[-1][1] + 1}" if item.repeats and row.instances > 1 else ""
        yield Block(words(asked + which, x, width - x, face(k.BODY, k.SEMIBOLD)), above=10, keeps=True)
    elif item.kind is Kind.DISPLAY and asked:
        yield Block(words(asked, x, width - x, face(k.CAPTION)), above=6)


def _picture(png: bytes, most: float) -> tuple[Strip, ...]:
    """As large as it was drawn, where that fits."""
    picture = QImage.fromData(QByteArray(png))
    if picture.isNull():
        return ()
    wide = min(most, picture.width() / _SHARP)
    high = wide * picture.height() / picture.width()

    def paint(p: QPainter, y: float) -> None:
        p.drawImage(QRectF(0, y, wide, high), picture)

    return (Strip(high, paint),)
