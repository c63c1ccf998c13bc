from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain.outcomes import Status
from reception.ui import glyphs, icons, theme
from reception.ui import tokens as k
from reception.ui.tokens import Tokens, Tone
from reception.ui.widgets import Button, Kind, caption, pane, vbox

WORDS, GRAPHICS = 4.5, 3.0


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(share * v for share, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs(t: Tokens) -> Iterator[tuple[str, str, float]]:
    for ink in (t.ink, t.ink2, t.ink3):
        yield from ((ink, ground, WORDS) for ground in (t.surface, t.canvas, t.sunken, t.raised, t.hover, t.tint))
    yield from ((t.accent, ground, WORDS) for ground in (t.surface, t.canvas, t.raised, t.tint))
    yield from ((t.on_accent, ground, WORDS) for ground in (t.accent, t.accent_hover, t.accent_press))
    yield from ((t.edge, ground, GRAPHICS) for ground in (t.surface, t.canvas))
    yield t.on_now, t.now, WORDS
    for tone in (Tone.DANGER, Tone.WARN, Tone.GOOD):
        yield from ((t.of(tone), ground, WORDS) for ground in (t.surface, t.canvas, t.ground(tone)[0]))
    for hue in (t.upcoming, t.arrived, t.room, t.done, t.lost):
        yield from ((hue.bar, ground, GRAPHICS) for ground in (t.surface, hue.tint))
        yield from ((ink, hue.tint, WORDS) for ink in (hue.text, t.ink, t.ink2))


@pytest.mark.parametrize("tokens", [k.LIGHT, k.DARK], ids=["light", "dark"])
def test_everything_can_be_read_and_seen(tokens: Tokens) -> None:
    assert [pair for pair in pairs(tokens) if contrast(pair[0], pair[1]) < pair[2]] == []


def test_the_desk_is_set_in_inter_with_true_weights() -> None:
    assert QFontInfo(theme.font()).family() == "Inter"
    widths = [theme.metrics(k.BODY, weight).horizontalAdvance("Beatrix Hale") for weight in (400, 500, 600)]
    assert widths == sorted(set(widths))


def test_digits_line_up() -> None:
    assert len({theme.metrics().horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_a_window_goes_dark_while_it_shows(qtbot: QtBot, qapp: QApplication) -> None:
    button, words = Button("Pay", Kind.PRIMARY), caption("to pay")
    window = pane(vbox(button, words, margins=(10, 10, 10, 10)), "canvas")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, dark=True)
    picture = window.grab().toImage()
    assert picture.pixelColor(2, 2) == QColor(k.DARK.canvas)
    assert picture.pixelColor(button.pos() + QPoint(4, 16)) == QColor(k.DARK.accent)
    assert words.palette().windowText().color() == QColor(k.DARK.ink3)


@pytest.mark.parametrize("name", icons.SHAPES)
def test_every_icon_draws_something(name: str, qapp: QApplication) -> None:
    drawn = icons.pixmap(name, "#000000", 16, 2).toImage()
    assert any(drawn.pixelColor(x, y).alpha() for x in range(32) for y in range(32))


def test_statuses_differ_without_colour(qapp: QApplication) -> None:
    seen = set()
    for status in set(Status) - {Status.CANCELLED}:
        picture = QPixmap(12, 12)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        glyphs.status(painter, status, 0.5, 0.5)
        painter.end()
        image = picture.toImage()
        seen.add(tuple(image.pixelColor(x, y).lightness() < 200 for x in range(12) for y in range(12)))
    assert len(seen) == len(Status) - 1
