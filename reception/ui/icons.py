"""The desk's own icons: 16 x 16, 1.5 px stroke, round ends, one colour (`currentColor`), tinted while drawing."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">'
)


def _p(*paths: str) -> str:
    return "".join(f'<path d="{d}"/>' for d in paths)


def _dot(x: float, y: float, r: float = 0.9) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="currentColor" stroke="none"/>'


SHAPES = {
    "diary": '<rect x="2.25" y="3.25" width="11.5" height="10.5" rx="2"/>'
    + _p("M2.5 6.5h11", "M5.5 1.75v2.5", "M10.5 1.75v2.5"),
    "clients": '<circle cx="6" cy="5.5" r="2.5"/>'
    + _p(
        "M1.75 13.5c.3-2.6 2-4 4.25-4s3.95 1.4 4.25 4",
        "M10.75 3.3a2.4 2.4 0 0 1 0 4.5",
        "M12.4 10.2c1.2.6 1.8 1.7 2 3.3",
    ),
    "ledger": _p("M3.25 2.25h9.5v11.5h-9.5z", "M5.75 5.5h4.5", "M5.75 8h4.5", "M5.75 10.5h2.5"),
    "reports": _p("M2.5 13.5h11", "M4.5 11V8", "M8 11V3.5", "M11.5 11V6"),
    "left": _p("M9.75 3.75 5.5 8l4.25 4.25"),
    "right": _p("M6.25 3.75 10.5 8l-4.25 4.25"),
    "down": _p("M4 6.25 8 10.25l4-4"),
    "up": _p("M4 9.75 8 5.75l4 4"),
    "search": '<circle cx="7" cy="7" r="4.25"/>' + _p("M10.25 10.25 13.5 13.5"),
    "lock": '<rect x="3.25" y="7" width="9.5" height="6.75" rx="1.75"/>' + _p("M5.25 7V5.1a2.75 2.75 0 0 1 5.5 0V7"),
    "user": '<circle cx="8" cy="5.25" r="2.75"/>' + _p("M2.9 13.75c.4-3 2.5-4.5 5.1-4.5s4.7 1.5 5.1 4.5"),
    "user-plus": '<circle cx="6.5" cy="5.25" r="2.75"/>'
    + _p("M1.75 13.75c.4-3 2.3-4.5 4.75-4.5 1.1 0 2.1.3 2.9.9", "M12.25 9.5v4.5", "M10 11.75h4.5"),
    "offline": _p(
        "M4.6 12.75a2.9 2.9 0 0 1-.35-5.75 4 4 0 0 1 .9-2",
        "M7.2 3.6a4 4 0 0 1 4.6 3.55 2.8 2.8 0 0 1 1.75 4.4",
        "M2 2l12 12",
    ),
    "cloud": _p("M4.5 12.75a2.9 2.9 0 0 1-.25-5.75 4 4 0 0 1 7.6.15 2.8 2.8 0 0 1-.35 5.6z"),
    "check": _p("M3.25 8.5 6.5 11.75 12.75 4.75"),
    "done": '<circle cx="8" cy="8" r="6"/>' + _p("M5.25 8.25 7.25 10.25 10.9 6"),
    "alert": _p("M8 2.25 14.25 13.25H1.75z", "M8 6.5v3") + _dot(8, 11.3),
    "info": '<circle cx="8" cy="8" r="6"/>' + _p("M8 7.5v3.5") + _dot(8, 5.2),
    "block": '<circle cx="8" cy="8" r="6"/>' + _p("M3.9 12.1 12.1 3.9"),
    "undo": _p("M5.5 3 2.5 6l3 3", "M2.75 6h6.5a4 4 0 0 1 0 7.75H6"),
    "redo": _p("M10.5 3l3 3-3 3", "M13.25 6h-6.5a4 4 0 0 0 0 7.75H10"),
    "radio": '<circle cx="8" cy="8" r="6"/>' + _dot(8, 8, 2.5),
    "boxes": '<rect x="2.5" y="2.5" width="11" height="11" rx="2"/>' + _p("M5.25 8.25 7.25 10.25 10.9 6"),
    "lines": _p("M2.5 4h11", "M2.5 8h11", "M2.5 12h7"),
    "number": _p("M6.25 2.5l-1.5 11", "M11.25 2.5l-1.5 11", "M2.75 5.75h11", "M2.25 10.25h11"),
    "folder": _p("M2.25 13V3.25h4l1.5 2h6V13z"),
    "plus": _p("M8 3v10", "M3 8h10"),
    "minus": _p("M3.5 8h9"),
    "x": _p("M4 4l8 8", "M12 4l-8 8"),
    "more": _dot(3.5, 8, 1.2) + _dot(8, 8, 1.2) + _dot(12.5, 8, 1.2),
    "clock": '<circle cx="8" cy="8" r="6"/>' + _p("M8 4.75V8l2.25 1.5"),
    "phone": _p(
        "M5.9 2.5H3.6c-.7 0-1.2.6-1.1 1.3.6 5 4.6 9 9.7 9.7.7.1 1.3-.4 1.3-1.1v-2.3l-3-1.1-1.3 1.4C7.4 9.5 6.5 8.6 5.6 6.8L7 5.5z"
    ),
    "mail": '<rect x="2" y="3.5" width="12" height="9" rx="1.75"/>' + _p("M2.5 5l5.5 4 5.5-4"),
    "pen": _p("M10.9 2.9l2.2 2.2-7.6 7.6-2.9.7.7-2.9z", "M9.4 4.4l2.2 2.2"),
    "form": _p("M4.25 1.75h5l2.5 2.5v10h-7.5z", "M9 2v2.5h2.5", "M6.25 8h3.5", "M6.25 10.75h3.5"),
    "card": '<rect x="1.75" y="3.25" width="12.5" height="9.5" rx="1.75"/>' + _p("M2 6.5h12", "M4.5 10h2.5"),
    "cash": '<rect x="1.75" y="4" width="12.5" height="8" rx="1.25"/><circle cx="8" cy="8" r="1.75"/>'
    + _dot(4.2, 8, 0.8)
    + _dot(11.8, 8, 0.8),
    "transfer": _p("M2.5 5.5h10.5", "M10.5 3l2.5 2.5L10.5 8", "M13.5 10.75H3", "M5.5 8.25 3 10.75l2.5 2.5"),
    "wallet": _p("M12.5 5V3.25h-8.5a1.75 1.75 0 0 0 0 3.5h9.75v7h-9.5A2 2 0 0 1 2.25 12V5") + _dot(11.2, 10.2, 1),
    "ticket": _p("M2 4.25h12v2.5a1.3 1.3 0 0 0 0 2.5v2.5H2v-2.5a1.3 1.3 0 0 0 0-2.5z", "M9.75 6.5v3"),
    "tag": _p("M2.5 2.5h5.25l5.75 5.75-5.25 5.25L2.5 7.75z") + _dot(5.3, 5.3, 1),
    "print": _p("M4.75 5.5V2.25h6.5V5.5", "M4.5 11.5H2.5v-6h11v6h-2", "M4.75 9.25h6.5v4.5h-6.5z"),
    "swap": _p("M5 2.5v11", "M2.5 11 5 13.5 7.5 11", "M11 13.5v-11", "M8.5 5 11 2.5 13.5 5"),
    "park": _p("M6 2.25h4", "M6.75 2.25v3.5L4.5 8.5v1h7v-1L9.25 5.75v-3.5", "M8 9.5v4.25"),
    "filter": _p("M2.5 4h11", "M4.5 8h7", "M6.5 12h3"),
    "eye-off": _p(
        "M6.3 4.1A6.5 6.5 0 0 1 8 3.9c3 0 5.2 2 6.2 4.1a8 8 0 0 1-1.5 2.1",
        "M9.6 9.7A2.2 2.2 0 0 1 6.4 6.5",
        "M4.4 5.1A8 8 0 0 0 1.8 8c1 2.1 3.2 4.1 6.2 4.1 1 0 1.9-.2 2.7-.6",
        "M2.25 2.25l11.5 11.5",
    ),
    "door": _p("M4 13.75V2.25h8v11.5", "M2.25 13.75h11.5") + _dot(9.7, 8.2),
    "link": _p(
        "M6.75 9.25a2.6 2.6 0 0 0 3.7 0l2.1-2.1a2.6 2.6 0 0 0-3.7-3.7l-.8.8",
        "M9.25 6.75a2.6 2.6 0 0 0-3.7 0l-2.1 2.1a2.6 2.6 0 0 0 3.7 3.7l.8-.8",
    ),
    "refresh": _p("M13.25 8a5.25 5.25 0 1 1-1.6-3.75", "M13.25 2v3h-3"),
    "history": _p("M2.75 8a5.25 5.25 0 1 0 1.6-3.75", "M2.75 2v3h3", "M8 5.25V8l2 1.25"),
    "octagon": _p("M5.5 2h5l3.5 3.5v5L10.5 14h-5L2 10.5v-5z", "M8 5v3.5") + _dot(8, 10.8),
    "coffee": _p(
        "M3 6.25h8v4.25a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3z", "M11 7.25h1.25a1.6 1.6 0 0 1 0 3.25H11", "M5.5 2v2", "M8.5 2v2"
    ),
    "play": _p("M5 3.25v9.5L12.5 8z"),
    "calendar-x": '<rect x="2.25" y="3.25" width="11.5" height="10.5" rx="2"/>'
    + _p("M5.5 1.75v2.5", "M10.5 1.75v2.5", "M6.25 7.5l3.5 3.5", "M9.75 7.5l-3.5 3.5"),
    "calendar-plus": '<rect x="2.25" y="3.25" width="11.5" height="10.5" rx="2"/>'
    + _p("M5.5 1.75v2.5", "M10.5 1.75v2.5", "M8 6.75v4.5", "M5.75 9h4.5"),
    "grip": "".join(_dot(x, y, 1) for x in (6, 10) for y in (4, 8, 12)),
    "shield": _p("M8 1.75l5 1.75v4c0 3.3-2.1 5.6-5 6.75-2.9-1.15-5-3.45-5-6.75v-4z"),
    "up-arrow": _p("M8 13V3.25", "M4.25 7 8 3.25 11.75 7"),
    "return": _p("M13 3v4.5a2 2 0 0 1-2 2H3", "M6 6.5l-3 3 3 3"),
    "copy": '<rect x="5.25" y="5.25" width="8.5" height="8.5" rx="1.5"/>'
    + _p("M10.75 3.75v-.5a1 1 0 0 0-1-1h-6.5a1 1 0 0 0-1 1v6.5a1 1 0 0 0 1 1h.5"),
    "bell": _p("M3.25 11.5c.9-.9 1.25-1.8 1.25-4a3.5 3.5 0 0 1 7 0c0 2.2.350 3.1 1.25 4z", "M6.75 13.75h2.5"),
    "settings": _p("M2.5 5h5.5", "M12 5h1.5", "M2.5 11h1.5", "M8 11h5.5")
    + '<circle cx="10" cy="5" r="1.75"/><circle cx="6" cy="11" r="1.75"/>',
    "family": '<circle cx="5" cy="5" r="2.25"/><circle cx="11.5" cy="7" r="1.75"/>'
    + _p("M1.5 13.5c.2-2.8 1.6-4.25 3.5-4.25s3.3 1.45 3.5 4.25", "M10.3 11.1c2-.6 3.9.3 4.2 2.4"),
}


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size: float = 16, ratio: float = 1) -> QPixmap:
    """An icon in one colour at a device pixel ratio; kept."""
    svg = (_HEAD + SHAPES[name] + "</svg>").replace("currentColor", colour)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def draw(painter: QPainter, name: str, x: float, y: float, colour: str, size: float = 16) -> None:
    """Draws an icon with its top left at (x, y), sharp at any scale."""
    painter.drawPixmap(round(x), round(y), pixmap(name, colour, size, painter.device().devicePixelRatio()))
