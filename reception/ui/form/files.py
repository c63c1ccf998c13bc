"""Questions that are answered by handing over a file, and answers that are told and not asked."""

import base64
import mimetypes
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from typing_extensions import override

from reception.domain.errors import Invalid
from reception.domain.questionnaire.values import Bounds, Value
from reception.ui.form.control import Control, Desk
from reception.ui.form.saying import said
from reception.ui.tokens import Tone
from reception.ui.widgets import STRETCH, Button, Elided, Kind, hbox, label, vbox

_LARGEST = 5 * 1024 * 1024  # bytes, where the form itself sets no bound
_THUMB = 96


class File(Control):
    """A picture or a document; pictures are shown small."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        super().__init__(name)
        self._largest, self._types = bounds.max_size or _LARGEST, bounds.mime_types
        self._held: Value | None = None
        self._misfit: Invalid | None = None
        self.opener = Button(self.tr("Choose a file…"), icon="form", name=f"{name}.choose")
        self._away = Button(kind=Kind.GHOST, icon="x", tip=self.tr("Take the file away"), name=f"{name}.away")
        self._title, self._picture = Elided("", tone=Tone.INK2), QLabel()
        self.setLayout(vbox(hbox(self.opener, (self._title, 1), self._away, gap=8), self._picture, gap=6))
        self.opener.clicked.connect(self._choose)
        self._away.clicked.connect(self._take_away)
        self._show()

    def take(self, path: Path) -> None:
        """Takes a file as the answer; one that is too large or of another kind is refused and said so."""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._held, self._misfit = None, self._refusal(path, kind)
        if self._misfit is None:
            content = path.read_bytes()
            data = base64.b64encode(content).decode("ascii")
            held = {"contentType": kind, "data": data, "size": len(content), "title": path.name}
            self._held = Value("Attachment", held)
        self._show()
        self.edited.emit()

    def _refusal(self, path: Path, kind: str) -> Invalid | None:
        if self._types and kind not in self._types:
            wanted = ", ".join(self._types)
            return Invalid(
                "{name} can't be taken here. Choose a file of this kind: {wanted}.", name=path.name, wanted=wanted
            )
        if path.stat().st_size > self._largest:
            most = max(1, self._largest // 1024)
            return Invalid("{name} is too large. Choose a file of at most {most} KB.", name=path.name, most=most)
        return None

    @override
    def values(self) -> tuple[Value, ...]:
        if self._misfit is not None:
            raise self._misfit
        return (self._held,) if self._held is not None else ()

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self._held, self._misfit = (values[0] if values else None), None
        self._show()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.opener, self._away)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._types:
            dialog.setMimeTypeFilters(list(self._types))
        dialog.fileSelected.connect(self._take_named)
        dialog.open()

    def _take_named(self, path: str) -> None:
        self.take(Path(path))

    def _take_away(self) -> None:
        self.show_values(())
        self.edited.emit()

    def _show(self) -> None:
        held = self._held.value if self._held is not None else {}
        self._title.show_words(str(held.get("title", "")))
        self._away.setVisible(bool(held))
        picture = QPixmap()
        if str(held.get("contentType", "")).startswith("image/"):
            picture.loadFromData(base64.b64decode(held.get("data", "")))
        keep = Qt.AspectRatioMode.KeepAspectRatio
        self._picture.setVisible(not picture.isNull())
        if not picture.isNull():
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(picture.scaled(_THUMB * 2, _THUMB, keep, smooth))


class Told(Control):
    """An answer that is reckoned or given with the form: it is read here, not changed."""

    def __init__(self, name: str, desk: Desk, waiting: str) -> None:
        super().__init__(name)
        self._desk, self._waiting = desk, waiting
        self._held: tuple[Value, ...] = ()
        self.words = label("", wrap=True, name=f"{name}.told")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setContentsMargins(0, 7, 0, 7)
        self.setLayout(hbox((self.words, 1), STRETCH))
        self.show_values(())

    @override
    def values(self) -> tuple[Value, ...]:
        return self._held

    @override
    def show_values(self, values: tuple[Value, ...]) -> None:
        self._held = values
        words = ", ".join(said(value, self._desk.formats) for value in values)
        self.words.setText(words or self._waiting)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.words,)
