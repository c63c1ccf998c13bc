"""Puts the tokens on the program: font, palette, style sheet. Painted controls read `theme.t` while they paint."""

import importlib.util
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from reception.ui import tokens as k

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

t: k.Tokens = k.LIGHT


class _Theme(QObject):
    changed = Signal()


_theme = _Theme()
changed = _theme.changed
"""Said after the whole program has gone over to another theme."""


def apply(app: QApplication, *, dark: bool) -> None:
    """Switches every window to the light or the dark theme; may be called again while they show."""
    global t  # noqa: PLW0603 - painting reads it thousands of times a second; a module's name is the cheapest place
    t = k.DARK if dark else k.LIGHT
    _load_font()
    app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    app.setFont(font())
    app.setPalette(_palette(t))
    app.setStyleSheet(_sheet(t))
    for widget in app.allWidgets():
        widget.update()
    changed.emit()


@lru_cache
def font(size: int = k.BODY, weight: int = k.REGULAR, *, strike: bool = False) -> QFont:
    """The desk's font with tabular digits; sizes in device-independent pixels. Shared: never change it."""
    made = QFont(list(k.FAMILIES))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    # Qt 6.11 takes one instance of a variable font, the regular one; the other weights have to be named as an axis.
    made.setVariableAxis(QFont.Tag("wght"), weight)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setStrikeOut(strike)
    if size >= k.TITLE:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.3)
    return made


@lru_cache
def metrics(size: int = k.BODY, weight: int = k.REGULAR) -> QFontMetricsF:
    """Measures in the desk's font."""
    return QFontMetricsF(font(size, weight))


@lru_cache
def line_height(size: int = k.BODY, weight: int = k.REGULAR) -> int:
    """The height that QLabel gives to a line, so that painted text sits on the same baseline."""
    return QFontMetrics(font(size, weight)).height()


@lru_cache(maxsize=1024)
def colour(name: str, alpha: float = 1.0) -> QColor:
    """A token as a QColor, perhaps translucent. Shared: never change it."""
    made = QColor(name)
    made.setAlphaF(alpha)
    return made


def mark(widget: QWidget, name: str, value: str) -> None:
    """Sets a property that the style sheet knows, and has the widget styled anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


@lru_cache
def _load_font() -> None:
    found = importlib.util.find_spec("fontpkg_inter")
    for folder in (found and found.submodule_search_locations) or ():
        for file in sorted(Path(folder).glob("files/Inter[[]*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def _palette(tokens: k.Tokens) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for r, name in {
        role.Window: tokens.canvas,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.canvas,
        role.Text: tokens.ink,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.danger,
        role.ToolTipBase: tokens.ink,
        role.ToolTipText: tokens.surface,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.PlaceholderText: tokens.ink3,
        role.Accent: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.hair,
        role.Mid: tokens.line,
        role.Dark: tokens.edge,
        role.Shadow: tokens.ink3,
    }.items():
        palette.setColor(r, QColor(name))
    for r in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, r, QColor(tokens.faint))
    return palette


def _sheet(tokens: k.Tokens) -> str:
    template = Template((RESOURCES / "style.qss").read_text(encoding="utf-8"))
    return template.substitute({name: value for name, value in asdict(tokens).items() if isinstance(value, str)})
