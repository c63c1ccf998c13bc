"""The settings: how this desk looks and where its clinic is, and beside it the sections of the clinic itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from reception.settings import Settings, Theme
from reception.ui import glyphs, theme
from reception.ui import tokens as k
from reception.ui.theme import colour
from reception.ui.tokens import Tone
from reception.ui.widgets import (
    STRETCH,
    Answers,
    Button,
    Elided,
    Field,
    Hair,
    LineEdit,
    Notice,
    Scroller,
    Select,
    caption,
    hbox,
    heading,
    pane,
    section,
    vbox,
)
from reception.ui.workbench import Draft, Workbench

_SIDE, _WIDE = 220, 640
_THEMES = (Theme.SYSTEM, Theme.LIGHT, Theme.DARK)


@runtime_checkable
class _GoesOn(Protocol):
    """A section that goes on with what was parked in it."""

    def show_draft(self, draft: Draft) -> None: ...


class SettingsPage(QWidget):
    """A list of sections at the left, the chosen one beside it; "This desk" is the first."""

    changed = Signal(object)
    restart_asked = Signal()

    def __init__(
        self,
        bench: Workbench,
        settings: Settings,
        sections: Sequence[tuple[str, QWidget]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setObjectName("settings")
        self.desk = DeskSettings(settings, bench.backend.url)
        self._stack = QStackedWidget()
        self._sections = tuple(page for _, page in sections)
        self._tabs: list[_Entry] = []
        column = vbox(gap=2, margins=(8, 16, 8, 16))
        for n, (words, page) in enumerate(((self.tr("This desk"), self.desk), *sections)):
            entry = _Entry(words, n)
            entry.clicked.connect(self._choose)
            self._tabs.append(entry)
            column.addWidget(entry)
            self._stack.addWidget(page)
        column.addStretch(1)
        self.setLayout(hbox(pane(column, "canvas", width=_SIDE), Hair(vertical=True), (self._stack, 1), gap=0))
        self.desk.changed.connect(self.changed)
        self.desk.restart_asked.connect(self.restart_asked)
        self.show_section(0)

    def show_draft(self, draft: Draft) -> None:
        """Goes on with a part of the clinic's settings that was parked."""
        for number, page in enumerate(self._sections, 1):
            if isinstance(page, _GoesOn):
                self.show_section(number)
                page.show_draft(draft)

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Entry):
            self.show_section(sender.number)

    def show_section(self, number: int) -> None:
        """Opens a section: 0 is this desk, then the clinic's."""
        for entry in self._tabs:
            entry.setChecked(entry.number == number)
        self._stack.setCurrentIndex(number)


class DeskSettings(QWidget):
    """What this desk chooses for itself. The theme and the name hold at once; another database after a restart."""

    changed = Signal(object)
    restart_asked = Signal()

    def __init__(self, settings: Settings, url: str) -> None:
        super().__init__()
        self._settings, self._url = settings, url
        themes = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        self._themes = Answers(themes, name="settings.theme")
        self._themes.choose(_THEMES.index(settings.theme))
        self._name = LineEdit(settings.desk)
        self._screen = Select(_screens(self.tr("The second one, if there is one")), icon="user", name="settings.screen")
        self._screen.choose(settings.screen)
        self._place = LineEdit(settings.database, hint=self.tr("The clinic's file, or postgresql://user@server/clinic"))
        self._pick = Button(self.tr("Choose a file…"), name="settings.pick")
        self._use = Button(self.tr("Use this database"), name="settings.use")
        again = Button(self.tr("Close and start again"), height=k.CONTROL_S, name="settings.restart")
        self._restart = Notice(again, name="settings.restart_notice")
        self._build()
        self._themes.changed.connect(self._take_theme)
        self._screen.chosen.connect(self._take_screen)
        self._name.editingFinished.connect(self._take_name)
        self._pick.clicked.connect(self._pick_file)
        self._use.clicked.connect(self._take_place)
        self._place.edited.connect(self._show_use)
        self._place.returnPressed.connect(self._take_place)
        again.clicked.connect(self.restart_asked)
        self._show_use()

    def settings(self) -> Settings:
        """What is chosen now."""
        return self._settings

    def _build(self) -> None:
        now = Elided(self._url, k.BODY, k.MEDIUM, name="settings.now")
        name = Field(
            self.tr("Name"),
            self._name,
            name="settings.desk",
            hint=self.tr("Stands in the clinic's log beside every act done here."),
        )
        place = Field(
            self.tr("Another database"),
            self._place,
            name="settings.database",
            hint=self.tr("Empty: the file in your own folder. Several computers share one clinic through Postgres."),
        )
        column = vbox(
            heading(self.tr("This desk")),
            4,
            section(self.tr("Appearance")),
            self._themes,
            8,
            section(self.tr("Name of this desk")),
            name,
            8,
            section(self.tr("Screen for clients")),
            Field(
                self.tr("Forms are handed to clients on"),
                self._screen,
                name="settings.screen",
                hint=self.tr("On this very screen they cover it, and a PIN brings the desk back."),
            ),
            8,
            section(self.tr("The clinic's database")),
            vbox(caption(self.tr("In use"), Tone.INK2, k.MEDIUM), now, gap=3),
            place,
            hbox(self._pick, self._use, STRETCH),
            self._restart,
            STRETCH,
            gap=10,
            margins=(20, 16, 20, 20),
        )
        inner = pane(column)
        inner.setMaximumWidth(_WIDE)
        self.setLayout(vbox((Scroller(pane(hbox((inner, 1), STRETCH), "surface")), 1), gap=0))

    def _take_theme(self) -> None:
        self._take(replace(self._settings, theme=_THEMES[self._themes.index() or 0]))

    def _take_screen(self, _name: str) -> None:
        self._take(replace(self._settings, screen=self._screen.value() or ""))

    def _take_name(self) -> None:
        name = " ".join(self._name.text().split())
        if name:
            self._take(replace(self._settings, desk=name))
        else:
            self._name.setText(self._settings.desk)

    def _take_place(self) -> None:
        if not self._use.isEnabled():
            return
        self._take(replace(self._settings, database=self._place.text().strip()))
        self._show_use()
        self._restart.say(
            self.tr("The other database is opened at the next start."),
            self.tr("What is parked on this desk stays parked."),
            Tone.ACCENT,
        )

    def _take(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)

    def _show_use(self) -> None:
        self._use.setEnabled(self._place.text().strip() != self._settings.database)

    def _pick_file(self) -> None:
        picker = QFileDialog(self, self.tr("The clinic's database"), str(Path(self._url).parent))
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.setFileMode(QFileDialog.FileMode.AnyFile)
        picker.setNameFilter(self.tr("Clinics (*.db);;All files (*)"))
        picker.fileSelected.connect(self._place.setText)
        picker.fileSelected.connect(self._show_use)
        picker.open()


def _screens(usual: str) -> list[tuple[str, str]]:
    """The computer's screens by name, with their size, so that one tells them apart."""
    named = [(screen.name(), screen.size()) for screen in QGuiApplication.screens() if screen.name()]
    return [("", usual), *((name, f"{name}, {size.width()} × {size.height()}") for name, size in named)]


class _Entry(QAbstractButton):
    """A section in the list."""

    def __init__(self, words: str, number: int) -> None:
        super().__init__()
        self.number = number
        self.setObjectName(f"settings.section.{number}")
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFixedHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        t, p, on = theme.t, QPainter(self), self.isChecked()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour(t.press if on else t.hover))
            p.drawRoundedRect(QRectF(self.rect()), k.RADIUS, k.RADIUS)
        box = QRectF(self.rect()).adjusted(10, 0, -8, 0)
        glyphs.text(p, box, self.text(), weight=k.MEDIUM, ink=t.ink if on else t.ink2)
        if self.hasFocus():
            glyphs.focus_ring(p, QRectF(self.rect()), k.RADIUS)
