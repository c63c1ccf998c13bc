"""Somebody who tells a story at the desk: with hands and eyes, a camera and a watch, and at home in the diary."""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reception.demo.tour import eyes
from reception.demo.tour.clock import Clock
from reception.demo.tour.eyes import Misfit
from reception.demo.tour.hands import Hands
from reception.program import Program
from reception.ui.daygrid import DayGrid

_GRIP = 12  # pixels below its upper edge, where a visit is taken
_WORDS = 9  # of a step that name its picture


class Visitor(Hands):
    """Walks through the program step by step; each step is checked, told in a line and pictured."""

    def __init__(self, out: Path, clock: Clock, back: Callable[[], Program]) -> None:
        self.clock = clock
        self._out, self._open_back = out, back
        self._back: Program | None = None
        self._run: asyncio.Future[int] | None = None
        self._front: QWidget | None = None
        self._steps = 0

    async def tell(self, story: Callable[["Visitor"], Awaitable[None]]) -> bool:
        """Tells a story to its end; False where a step isn't as told."""
        begun = time.monotonic()
        try:
            await story(self)
        except Misfit:
            return False
        _say(f"{self._steps} steps as told, in {time.monotonic() - begun:.0f} s.")
        return True

    @asynccontextmanager
    async def step(self, told: str) -> AsyncIterator[None]:
        """One step of the story: what is done and looked for in it, a minute later than the last."""
        self._steps += 1
        self.clock.forward(minutes=1)
        try:
            yield
            await self.put_mouse_away()
            self._keep(await self.look(), "-".join(re.findall(r"[a-z0-9]+", told.lower())[:_WORDS]))
        except Exception as error:
            _say(f"{self._steps:>2} {told} … not as told: {error!s}")
            self._keep(self.window().grab().toImage(), "not-as-told")
            raise Misfit(told) from error
        _say(f"{self._steps:>2} {told} … ok")

    async def sit_at_back(self) -> None:
        """Turns to the back desk, a program of its own on the same clinic; it is opened when it is first needed."""
        if self._back is None:
            self._front = self.window()
            self._back = self._open_back()
            self._run = asyncio.ensure_future(self._back.main())
        await self._sit_at(self._back.frame)
        await self.see("Back desk")

    async def sit_at_front(self) -> None:
        """Turns to the front desk again."""
        if self._front is not None:
            await self._sit_at(self._front)

    async def _sit_at(self, frame: QWidget) -> None:
        frame.activateWindow()
        await self.until("that desk doesn’t take the keyboard", lambda: QApplication.activeWindow() is frame)

    async def leave(self) -> None:
        """Closes the program's windows, if they are still there."""
        if self._run is not None and self._back is not None:
            self._back.frame.close()
            await self._run
        for frame in eyes.frames():
            frame.close()

    def _keep(self, picture: QImage, name: str) -> None:
        path = self._out / f"{self._steps:02}-{name}.png"
        if not picture.save(str(path)):
            raise Misfit(f"{path} can’t be written")

    # in the painted day, by the places that it tells

    async def click_slot(self, staff: str, at: str, *, double: bool = False) -> None:
        """Clicks on a free time of somebody's column."""
        grid = await self._grid()
        column = await self.until(f"{staff} has no column", partial(_column, grid, staff))
        await self.click(grid, lambda: _top(grid.slot_box(column, _minute(at))).toPoint(), double=double)

    async def click_visit(self, client: str, at: str) -> None:
        """Clicks on a client's visit that begins at a time."""
        grid = await self._grid()
        visit = await self.until(f"{client} has no visit at {at}", partial(_visit, grid, client, at))
        await self.click(grid, lambda: _top(grid.box_of(visit)).toPoint())

    async def carry(self, client: str, at: str, staff: str, to: str) -> None:
        """Drags a client's visit to another time, perhaps in another column."""
        grid = await self._grid()
        visit = await self.until(f"{client} has no visit at {at}", partial(_visit, grid, client, at))
        column = await self.until(f"{staff} has no column", partial(_column, grid, staff))
        held, aim = _top(grid.box_of(visit)), grid.slot_box(column, _minute(to))
        drop = aim.topLeft() + (held - grid.box_of(visit).topLeft())
        await self.drag(grid, held.toPoint(), drop.toPoint())

    async def press_refused(self, add_on: str) -> None:
        """Presses the row of an add-on that isn’t offered with the chosen visit."""
        told = f"{add_on} is no row of what isn’t offered"
        await self.click(await self.until(told, partial(_refused, add_on)))

    async def stands(self, client: str, at: str, *said: str) -> None:
        """Waits until a client's visit stands in the day at that time, and says these words."""
        what = f"{client} doesn’t stand at {at} with “{', '.join(said)}”"
        await self.until(what, partial(_stands, await self._grid(), client, at, said))

    async def cleans(self, client: str, at: str, begin: str, end: str) -> None:
        """Waits until a client's visit is followed by a clean-up that is drawn from one time to another."""
        grid = await self._grid()
        told = f"no clean-up follows {client} from {begin} to {end}"
        await self.until(told, partial(_cleans, grid, client, at, (_minute(begin), _minute(end))))

    async def _grid(self) -> DayGrid:
        grid = await self.find("diary.grid")
        assert isinstance(grid, DayGrid)
        return grid


def _top(box: QRectF) -> QPointF:
    """Where a visit or a free time is taken."""
    return box.topLeft() + QPointF(box.width() / 2, min(_GRIP, box.height() / 2))


def _minute(at: str) -> int:
    hour, minute = at.split(":")
    return int(hour) * 60 + int(minute)


def _column(grid: DayGrid, staff: str) -> int | None:
    return next((one.key for one in grid.scene.picture.columns if one.name == staff), None)


def _visit(grid: DayGrid, client: str, at: str) -> int | None:
    blocks = grid.scene.blocks.items()
    return next((key for key, one in blocks if one.name == client and one.start == _minute(at)), None)


def _cleans(grid: DayGrid, client: str, at: str, drawn: tuple[int, int]) -> bool:
    key = _visit(grid, client, at)
    block = grid.scene.blocks.get(key) if key is not None else None
    return block is not None and (block.end, block.end + block.clean) == drawn


def _refused(add_on: str) -> QAbstractButton | None:
    rows = (row for part in eyes.named("client.addons") for row in part.findChildren(QAbstractButton))
    return next((row for row in rows if row.accessibleName().startswith(f"{add_on}, ")), None)


def _stands(grid: DayGrid, client: str, at: str, said: tuple[str, ...]) -> bool:
    lines = (line for line in eyes.words(grid) if line.startswith(f"{at} to ") and client in line)
    return any(all(words in line for words in said) for line in lines)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
