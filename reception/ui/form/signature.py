"""Where somebody signs: a line on white paper, drawn with mouse, pen or finger, or typed beside a witness (R35)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.form.control import Desk
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Field, Icon, Kind, LineEdit, caption, hbox, label, vbox

_INK, _SOFT, _LINE, _PAPER = "#16233C", "#5A646C", "#B8C0C6", "#FFFFFF"  # paper stays white in either theme
_HEIGHT, _FOOT, _SIDE = 112, 30, 20
_THINNEST, _PRESSED = 1.2, 1.8  # a pen that is pressed writes broader
_MIDDLING = 0.5
_SHARP = 2

Stroke = list[tuple[float, float, float]]
"""Places on the paper, and how hard the pen was pressed there, from 0 to 1."""


class Signed(NamedTuple):
    """A signature as it stands on the paper: the picture, who signed, and when."""

    png: bytes
    signer: str
    at: datetime


class SignaturePad(QWidget):
    """The paper. Strokes keep the pressure of the pen as their width."""

    drawn = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(240)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Signature"))
        self._strokes: list[Stroke] = []
        self._typed = self._below = ""
        self._wrong = False
        self._by_pen = False

    def strokes(self) -> list[Stroke]:
        """What was drawn."""
        return self._strokes

    def is_signed(self) -> bool:
        """Whether there is a name on the paper."""
        return bool(self._strokes or self._typed)

    def show_strokes(self, strokes: Sequence[Any], typed: str = "") -> None:
        """Shows what was drawn before, or a name that is typed."""
        self._strokes = [[(x, y, pressed) for x, y, pressed in stroke] for stroke in strokes]
        self._typed = typed
        self.update()

    def show_below(self, words: str) -> None:
        """Says under the line who signs, and when."""
        self._below = words
        self.setAccessibleDescription(words)
        self.update()

    def show_wrong(self, *, wrong: bool) -> None:
        """Marks that the signature is wanting."""
        self._wrong = wrong
        self.update()

    def png(self) -> bytes:
        """The paper as a picture."""
        image = QImage(self.width() * _SHARP, _HEIGHT * _SHARP, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARP)
        image.fill(colour(_PAPER))
        p = QPainter(image)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_paper(p)
        p.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self._by_pen:
            self._begin(event.position(), _MIDDLING)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self._by_pen:
            self._go_on(event.position(), _MIDDLING)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._by_pen:
            self.drawn.emit()

    @override
    def tabletEvent(self, event: QTabletEvent) -> None:
        match event.type():
            case event.Type.TabletPress:
                self._by_pen = True
                self._begin(event.position(), event.pressure())
            case event.Type.TabletMove if self._by_pen:
                self._go_on(event.position(), event.pressure())
            case event.Type.TabletRelease:
                self._by_pen = False
                self.drawn.emit()
            case _:
                pass
        event.accept()

    def _begin(self, at: QPointF, pressed: float) -> None:
        self._typed = ""
        self._strokes.append([(at.x(), at.y(), pressed)])
        self._wrong = False
        self.update()

    def _go_on(self, at: QPointF, pressed: float) -> None:
        if self._strokes:
            self._strokes[-1].append((at.x(), at.y(), pressed))
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        p, t = QPainter(self), theme.t
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self._wrong else 1
        p.setPen(QPen(colour(t.danger if self._wrong else t.edge), width))
        p.setBrush(colour(_PAPER))
        half = width / 2
        p.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), k.RADIUS, k.RADIUS)
        self._paint_paper(p)

    def _paint_paper(self, p: QPainter) -> None:
        base = _HEIGHT - _FOOT + 0.5
        p.setPen(QPen(colour(_LINE), 1))
        p.drawLine(QPointF(_SIDE, base), QPointF(self.width() - _SIDE, base))
        room = QRectF(_SIDE, base + 5, self.width() - 2 * _SIDE, 16)
        glyphs.text(p, room, self._below, size=k.CAPTION, ink=_SOFT)
        if self._typed:
            glyphs.text(p, QRectF(_SIDE + 8, base - 40, self.width() - 60, 36), self._typed, size=k.TITLE, ink=_INK)
        for stroke in self._strokes:
            _paint_stroke(p, stroke)


def _paint_stroke(p: QPainter, stroke: Stroke) -> None:
    pen = QPen(colour(_INK), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    (x, y, pressed), *rest = stroke
    if not rest:
        rest = [(x + 0.1, y, pressed)]
    for to_x, to_y, harder in rest:
        pen.setWidthF(_THINNEST + _PRESSED * harder)
        p.setPen(pen)
        p.drawLine(QPointF(x, y), QPointF(to_x, to_y))
        x, y = to_x, to_y


class Signing(QWidget):
    """The paper with what belongs to it: take it back, or type the name while a witness looks on."""

    changed = Signal()

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._desk = desk
        self._signer = ""
        self._at: datetime | None = None
        self.pad = SignaturePad(name=f"{name}.pad")
        self.clear_button = Button(self.tr("Clear"), Kind.LINK, height=20, name=f"{name}.clear")
        self.type_button = Button(self.tr("Type it instead"), Kind.LINK, height=20, name=f"{name}.type")
        self.typed, self.witness = LineEdit(), LineEdit()
        self._fields = QWidget()
        self._fields.setLayout(
            hbox(
                (Field(self.tr("Name, typed by whoever signs"), self.typed, name=f"{name}.typed"), 1),
                (Field(self.tr("Witness"), self.witness, name=f"{name}.witness"), 1),
                gap=12,
            )
        )
        self._fields.hide()
        self._sign, self._sentence = Icon("alert", Tone.DANGER, 14), caption("", Tone.DANGER, k.MEDIUM, wrap=True)
        head = hbox(
            label(self.tr("Signature"), weight=k.SEMIBOLD),
            caption(self.tr("with mouse, pen or finger")),
            STRETCH,
            self.type_button,
            self.clear_button,
            gap=8,
        )
        wrong = hbox(self._sign, (self._sentence, 1), gap=6)
        self.setLayout(vbox(head, self.pad, self._fields, wrong, gap=6))
        self.show_problem("")
        self.clear_button.clicked.connect(self.clear_by_hand)
        self.type_button.clicked.connect(self._begin_typing)
        self.pad.drawn.connect(self._drawn)
        for line in (self.typed, self.witness):
            line.edited.connect(self._type)

    def show_signer(self, signer: str, at: datetime, witness: str) -> None:
        """Who is to sign at this time, and who is at the desk to see it."""
        self._signer = signer
        if not self.pad.is_signed():
            self._at = at
        if not self.witness.text():
            self.witness.setText(witness)
        self._show()

    def signed(self) -> Signed | None:
        """The signature; None while there is none, or a typed one has no witness."""
        if not self.pad.is_signed() or self._at is None:
            return None
        if self._is_typed() and not self.witness.text().strip():
            return None
        return Signed(self.pad.png(), self._signer, self._at)

    def raw(self) -> Any:
        """What stands there, as plain data."""
        at = self._at.isoformat() if self._at is not None else None
        return {"strokes": self.pad.strokes(), "typed": self.typed.text(), "witness": self.witness.text(), "at": at}

    def put(self, kept: Any) -> None:
        """Shows again what stood there."""
        self._at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
        self.typed.setText(kept["typed"])
        self.witness.setText(kept["witness"])
        self._fields.setVisible(bool(kept["typed"]))
        self.pad.show_strokes(kept["strokes"], kept["typed"].strip())
        self._show()

    def clear(self) -> None:
        """Takes the signature back."""
        self.typed.clear()
        self._fields.hide()
        self.pad.show_strokes(())
        self._show()

    def clear_by_hand(self) -> None:
        """Takes the signature back as somebody asked to."""
        self.clear()
        self.changed.emit()

    def show_problem(self, sentence: str) -> None:
        """Says that a signature is wanting."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._sign.setVisible(bool(sentence))
        self.pad.show_wrong(wrong=bool(sentence))

    def _is_typed(self) -> bool:
        return bool(self.typed.text().strip()) and not self.pad.strokes()

    def _begin_typing(self) -> None:
        self._fields.show()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drawn(self) -> None:
        self.typed.clear()
        self._fields.hide()
        self._say_changed()

    def _type(self) -> None:
        self.pad.show_strokes((), self.typed.text().strip())
        self._say_changed()

    def _say_changed(self) -> None:
        self.show_problem("")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        formats = self._desk.formats
        when = f"{formats.partial(self._desk.today.isoformat())}, {formats.time(self._at)}" if self._at else ""
        how = ""
        if self._is_typed():
            how = self.tr("typed, seen by %1").replace("%1", self.witness.text().strip() or "\N{HORIZONTAL ELLIPSIS}")
        self.pad.show_below(", ".join(part for part in (self._signer, how, when) if part))
        self.clear_button.setVisible(self.pad.is_signed())
