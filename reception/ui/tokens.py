"""Every colour, size and radius of the desk, once for light and once for dark."""

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

CAPTION, BODY, HEADING, TITLE = 11, 13, 15, 21
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")

RADIUS_S, RADIUS, RADIUS_L = 4, 6, 10
CONTROL, CONTROL_S, CONTROL_XS, CONTROL_L = 32, 28, 24, 44


class Tone(StrEnum):
    """What a word, a sign or a ground says beside what it spells; each is a token of the same name."""

    INK = "ink"
    INK2 = "ink2"
    INK3 = "ink3"
    FAINT = "faint"
    ACCENT = "accent"
    DANGER = "danger"
    WARN = "warn"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Hue:
    """Colours of one status: `bar` for bars and glyphs, `tint` the block, `line` its outline, `text` coloured words."""

    bar: str
    tint: str
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme."""

    dark: bool
    canvas: str  # window, side columns
    surface: str  # diary, panels, fields, cards
    sunken: str  # off-shift, table heads
    well: str  # the trough of a segmented control
    raised: str  # menus, floating lists, ghost
    hover: str  # row or ghost button under the pointer
    press: str  # the same, pressed
    hair: str  # lines between things
    line: str  # outlines of controls that are told apart by text
    edge: str  # outlines that must be seen (3:1): check boxes, fields
    ink: str  # text
    ink2: str  # second line
    ink3: str  # captions, placeholders, icons at rest
    faint: str  # disabled text; no information
    accent: str  # primary, focus, selection, links
    accent_hover: str
    accent_press: str
    on_accent: str
    tint: str  # selected row, chosen option
    tint_line: str
    danger: str
    danger_tint: str
    danger_line: str
    warn: str
    warn_tint: str
    warn_line: str
    good: str
    good_tint: str
    good_line: str
    now: str
    on_now: str
    shadow: str
    upcoming: Hue
    arrived: Hue
    room: Hue
    done: Hue
    lost: Hue

    def of(self, tone: Tone) -> str:
        """The colour of a tone in this theme."""
        return cast("str", getattr(self, tone.value))

    def ground(self, tone: Tone) -> tuple[str, str]:
        """Fill and outline of something that is said in a tone; without one of its own, plain surface."""
        match tone:
            case Tone.ACCENT:
                return self.tint, self.tint_line
            case Tone.DANGER:
                return self.danger_tint, self.danger_line
            case Tone.WARN:
                return self.warn_tint, self.warn_line
            case Tone.GOOD:
                return self.good_tint, self.good_line
            case Tone.INK | Tone.INK2 | Tone.INK3 | Tone.FAINT:
                return self.surface, self.line


LIGHT = Tokens(
    dark=False,
    canvas="#F3F5F6",
    surface="#FFFFFF",
    sunken="#ECEFF1",
    well="#E6EAEC",
    raised="#FFFFFF",
    hover="#E9EDEF",
    press="#DDE3E6",
    hair="#E2E6E9",
    line="#CBD2D7",
    edge="#7F8B94",
    ink="#1B1F23",
    ink2="#47515A",
    ink3="#5F6A73",
    faint="#A3ACB3",
    accent="#0B6870",
    accent_hover="#08565D",
    accent_press="#06444A",
    on_accent="#FFFFFF",
    tint="#E2F1F2",
    tint_line="#9CCDD1",
    danger="#B3261E",
    danger_tint="#FDECEA",
    danger_line="#F1B8B3",
    warn="#7D4E00",
    warn_tint="#FFF3D9",
    warn_line="#EBCB8A",
    good="#0B6F37",
    good_tint="#E5F5EB",
    good_line="#A9D9BC",
    now="#D0312D",
    on_now="#FFFFFF",
    shadow="#14202A",
    upcoming=Hue("#074AEC", "#EDF2FE", "#C3D3FB", "#0A3FC4"),
    arrived=Hue("#5D3A0C", "#FBF0DC", "#E6CFA4", "#5D3A0C"),
    room=Hue("#119F4D", "#E3F5E9", "#A6DAB9", "#0B6F37"),
    done=Hue("#31373C", "#E9ECEE", "#D0D6DA", "#31373C"),
    lost=Hue("#DB079D", "#FDF1F9", "#EFA9D8", "#A60677"),
)

DARK = Tokens(
    dark=True,
    canvas="#14171A",
    surface="#1B1F23",
    sunken="#121518",
    well="#101315",
    raised="#252A2F",
    hover="#272C32",
    press="#30373E",
    hair="#2A3036",
    line="#3D464E",
    edge="#7C8893",
    ink="#E9EDF0",
    ink2="#BAC3CA",
    ink3="#97A2AB",
    faint="#5E6972",
    accent="#58C1C9",
    accent_hover="#76D0D7",
    accent_press="#93DDE2",
    on_accent="#04282B",
    tint="#153538",
    tint_line="#2C666B",
    danger="#FF9087",
    danger_tint="#3B1D1B",
    danger_line="#6E3733",
    warn="#F2BC62",
    warn_tint="#352811",
    warn_line="#6A5223",
    good="#63CF91",
    good_tint="#15301F",
    good_line="#2C5B3F",
    now="#FF6B63",
    on_now="#2A0907",
    shadow="#000000",
    upcoming=Hue("#82A8FF", "#1C2843", "#32466F", "#A5C1FF"),
    arrived=Hue("#EDBB74", "#352A1A", "#5C492D", "#F2C98F"),
    room=Hue("#4CC780", "#173322", "#2B593E", "#7FDBA4"),
    done=Hue("#9FABB4", "#282D32", "#3D454C", "#C3CCD3"),
    lost=Hue("#FF7DCC", "#351B2C", "#643453", "#FF9FD8"),
)
