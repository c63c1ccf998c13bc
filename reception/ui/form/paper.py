"""A form on paper: all questions with their answers, who answered and who signed, as a PDF that needs no printer."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from reception.domain.questionnaire import Page, Row
from reception.domain.questionnaire.values import Kind
from reception.ui import theme
from reception.ui.form.saying import all_said
from reception.ui.text import Formats

_MARGIN = 18.0  # millimetres
_DOTS = 96  # to the inch, as the desk's font is measured; words are drawn as lines and stay sharp
_STYLE = "td { padding: 3px 10px 3px 0; vertical-align: top; } h2 { margin-top: 14px; } .soft { color: #5A646C; }"


class Paper(NamedTuple):
    """What is printed: the form's name, lines about it, its pages, and the signature with what stands under it."""

    title: str
    about: tuple[str, ...]
    pages: tuple[Page, ...]
    signature: bytes = b""
    signed: str = ""
    nothing: str = "\N{EN DASH}"


def write_pdf(paper: Paper, path: Path, formats: Formats) -> None:
    """Writes a form as a PDF on A4; raises OSError where the file can't be written."""
    with path.open("wb"):
        pass  # QPdfWriter keeps to itself that it can't write
    writer = QPdfWriter(str(path))
    writer.setResolution(_DOTS)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    writer.setTitle(paper.title)
    document = QTextDocument()
    document.setDefaultFont(theme.font())
    document.setDefaultStyleSheet(_STYLE)
    if paper.signature:
        picture = QImage.fromData(QByteArray(paper.signature))
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl("signature"), picture)
    document.setHtml("".join(_html(paper, formats)))
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.print_(writer)


def _html(paper: Paper, formats: Formats) -> Iterator[str]:
    """The sheet; every word is escaped, so that what was typed stays words."""
    yield f"<h1>{escape(paper.title)}</h1>"
    for line in paper.about:
        yield f'<p class="soft">{escape(line)}</p>'
    for page in paper.pages:
        yield f"<h2>{escape(page.title)}</h2>" if page.title else ""
        yield '<table width="100%">'
        yield from _lines(page.rows, formats, paper.nothing)
        yield "</table>"
    if paper.signature:
        yield f'<p><img src="signature" width="360"></p><p class="soft">{escape(paper.signed)}</p>'


def _lines(rows: Sequence[Row], formats: Formats, nothing: str) -> Iterator[str]:
    for row in rows:
        item = row.item
        asked = escape(f"{item.prefix} {item.words}".strip())
        if item.asks:
            said = escape(all_said(row.values, formats)) or nothing
            yield f'<tr><td width="60%">{asked}</td><td><b>{said}</b></td></tr>'
        elif item.kind is Kind.GROUP and asked:
            yield f'<tr><td colspan="2"><b>{asked}</b></td></tr>'
