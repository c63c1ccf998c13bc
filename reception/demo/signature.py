"""A name that is drawn by hand: a line of ink as a small picture, as the demo's clients sign with."""

import struct
import zlib
from math import cos, sin
from random import Random

_WIDTH, _HEIGHT = 240, 64
_STEPS = 900


def drawn(name: str) -> bytes:
    """The picture (PNG) of a name's signature: the same for the same name."""
    chance = Random(name)
    swing, lean, turns = chance.uniform(8, 16), chance.uniform(0.5, 1.6), chance.uniform(5, 9)
    paper = [bytearray(b"\xff" * (_WIDTH // 8)) for _ in range(_HEIGHT)]
    for step in range(_STEPS):
        part = step / _STEPS
        x = 16 + part * (_WIDTH - 48) + 6 * sin(turns * lean * 6.283 * part)
        y = _HEIGHT / 2 + swing * (1 - 0.7 * part) * cos(turns * 6.283 * part)
        for across, down in ((0, 0), (1, 0), (0, 1)):
            _ink(paper, int(x) + across, int(y) + down)
    return _png(b"".join(b"\0" + bytes(row) for row in paper))


def _ink(paper: list[bytearray], x: int, y: int) -> None:
    paper[y][x // 8] &= ~(0x80 >> x % 8) & 0xFF


def _png(rows: bytes) -> bytes:
    """One bit a point, black on white."""
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
