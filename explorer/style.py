"""Colours, sizes and widths, shared by the screen and by pictures. No Qt: colours are "#rrggbb", sizes pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

SMALL, BODY, HEADING, TITLE = 11, 13, 16, 20
"""The one scale of type sizes, in pixels at scale 1."""
GRID = 8
"""Spacing is a multiple of this many pixels."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The neutral colours of a light or dark surface; text on `background` and `surface` keeps 4.5:1.

    A `transparent` one leaves the background of a picture out; a `grey` one shows every colour as the grey of its
    luminance.
    """

    background: str
    surface: str
    text: str
    muted: str
    line: str
    strong_line: str
    accent: str
    selection: str
    dark: bool = False
    transparent: bool = False
    grey: bool = False


LIGHT = Theme("#ffffff", "#f6f7f9", "#1b1f24", "#57606a", "#e3e6ea", "#b8bfc7", "#0b57a4", "#dbe9f8")
DARK = Theme("#16191d", "#1e2227", "#e8eaed", "#a3abb5", "#2c3238", "#4a525b", "#7ab5f0", "#223a52", dark=True)
TRANSPARENT = replace(LIGHT, transparent=True)
PRINT = Theme("#ffffff", "#f5f5f5", "#000000", "#4d4d4d", "#e0e0e0", "#999999", "#000000", "#e6e6e6", grey=True)
THEMES: Mapping[str, Theme] = {"light": LIGHT, "dark": DARK, "print": PRINT, "transparent": TRANSPARENT}
"""The themes of pictures, by name; the window has the first two."""

# One set of band colours for both themes. tests/test_style.py holds them apart under simulated colour blindness and
# in grey, and off both backgrounds: change a value only together with a look at what it says.
COUNTRY_COLOURS: Mapping[str, str] = {
    "US": "#1f4e8c",
    "CN": "#f7521f",
    "FR": "#77a869",
    "DE": "#8d6abf",
    "KR": "#fdb62c",
    "CA": "#2a9587",
    "JP": "#c57cb8",
    "IL": "#8a6c46",
    "GB": "#43aede",
    "IN": "#bac06b",
}
AUTHOR_COLOURS: Mapping[str, str] = {
    "google": "#0a7cf4",
    "anthropic": "#8a4b2d",
    "openai": "#2a9b8e",
    "x-ai": "#3d405b",
    "minimax": "#e15327",
    "deepseek": "#5454c5",
    "moonshotai": "#fcb321",
    "z-ai": "#0b7751",
    "qwen": "#a368b9",
    "xiaomi": "#eb8e52",
    "stepfun": "#c4145c",
    "tencent": "#4eb4ec",
    "nvidia": "#82b26f",
    "meta-llama": "#0f5b86",
    "mistralai": "#d19a0e",
    "arcee-ai": "#7a6488",
}
SPARE_COLOURS: Sequence[str] = ("#22577a", "#f2b134", "#8f78a3", "#7fb069", "#a83444", "#56b4e9", "#a18250", "#c77dba")
NEUTRAL_COLOURS: Mapping[str, str] = {"Unattributed": "#a7adb5", "other": "#c9ced4"}


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: a theme and a scale that every size, width and gap is multiplied by.

    Text is taken to be `slack` times as wide as it is: for a file that others may show in a wider font.
    """

    theme: Theme = field(default_factory=lambda: LIGHT)
    scale: float = 1.0
    family: str = ""
    slack: float = 1.0

    def scaled(self, factor: float) -> "Style":
        """Return this style with everything `factor` times as large."""
        return replace(self, scale=self.scale * factor)

    def band(self, key: str, author: str = "") -> str:
        """Return `colour` as this theme shows it: on a dark surface greys step back and dark inks are lifted."""
        ink = colour(key, author)
        if self.theme.grey:
            return grey(ink)
        if not self.theme.dark:
            return ink
        if key in NEUTRAL_COLOURS:
            return mix(ink, self.theme.background, 0.45)
        return mix(ink, "#ffffff", 0.25) if contrast(ink, self.theme.background) < 2.5 else ink

    def px(self, size: float) -> float:
        """Return a size at scale 1 in the pixels of this style."""
        return size * self.scale


def colour(key: str, author: str = "") -> str:
    """Return the fixed colour of a country code, author or model: the same in every view and picture.

    A model (`author` given) takes its author's colour. What has no colour of its own takes a spare one by name.
    """
    for table in (NEUTRAL_COLOURS, COUNTRY_COLOURS, AUTHOR_COLOURS):
        if key in table:
            return table[key]
    if author in AUTHOR_COLOURS:
        return AUTHOR_COLOURS[author]
    return SPARE_COLOURS[sum((author or key).encode()) % len(SPARE_COLOURS)]


def mix(first: str, second: str, amount: float) -> str:
    """Return `first` mixed with `amount` (0–1) of `second`."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02x}" for a, b in pairs)


def _channels(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def grey(value: str) -> str:
    """Return the grey of a colour's luminance."""
    linear = luminance(value)
    encoded = linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return "#" + f"{round(encoded * 255):02x}" * 3


def luminance(value: str) -> float:
    """Return the relative luminance of a colour, 0 to 1, as WCAG 2 defines it."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in _channels(value)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
