"""What a PDF of Qt's says: its pages with their words, and the colours that it is drawn in."""

import re
import zlib
from pathlib import Path
from typing import NamedTuple

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_WRITTEN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj")
_FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
_COLOUR = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)")
_MEANT = {"\t": " ", "\N{NO-BREAK SPACE}": " ", "\N{MODIFIER LETTER DOUBLE APOSTROPHE}": "”"}  # drawn the same in Inter


class PdfPage(NamedTuple):
    """One page: the runs of words on it in the order in which they were painted, and its colours."""

    runs: tuple[str, ...]
    colours: frozenset[tuple[float, ...]]

    @property
    def text(self) -> str:
        """All of its words."""
        return "\n".join(self.runs)


def pages(file: Path) -> list[PdfPage]:
    """Reads a PDF that Qt wrote."""
    held = {int(n): body for n, body in _OBJECT.findall(file.read_bytes())}
    return [_page(held, body) for _, body in sorted(held.items()) if b"/Type /Page\n" in body]


def _page(held: dict[int, bytes], body: bytes) -> PdfPage:
    drawn = _stream(held[_refers(body, b"Contents")])
    resources = held[_refers(body, b"Resources")]
    letters = {
        name: _letters(_stream(held[_refers(held[int(n)], b"ToUnicode")])) for name, n in _FONT.findall(resources)
    }
    colours = frozenset(tuple(float(part) for part in found) for found in _COLOUR.findall(drawn))
    return PdfPage(tuple(_run(run, letters) for run in re.findall(rb"BT(.*?)ET", drawn, re.DOTALL)), colours)


def _run(run: bytes, letters: dict[bytes, dict[int, str]]) -> str:
    told, font = "", b""
    for name, glyphs in _WRITTEN.findall(run):
        font = name or font
        told += "".join(letters[font].get(int(glyphs[at : at + 4], 16), "?") for at in range(0, len(glyphs), 4))
    return "".join(_MEANT.get(letter, letter) for letter in told)


def _letters(table: bytes) -> dict[int, str]:
    """Which letter each glyph of a font is."""
    found: dict[int, str] = {}
    for first, listed in re.findall(rb"<([0-9A-F]+)> <[0-9A-F]+> \[([^\]]*)\]", table):
        for n, letter in enumerate(re.findall(rb"<([0-9A-F]+)>", listed)):
            found[int(first, 16) + n] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return found


def _refers(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found is not None
    return int(found[1])


def _stream(body: bytes) -> bytes:
    head, rest = body.split(b"stream\n", 1)
    held = rest.rsplit(b"\nendstream", 1)[0]
    return zlib.decompress(held) if b"FlateDecode" in head else held
