"""Text that must fit its box: measured with the font that comes with the program, wider than most others draw it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

from PIL import ImageFont

_FACES = {False: "SourceSansPro-Regular.ttf", True: "SourceSansPro-Semibold.ttf"}
_MEASURED_AT = 100
_WIDER = 1.2
"""Faces of slides are up to so much wider than the one measured: Arial is 1.1, Segoe UI 1.15 times as wide."""
_FIRST_CJK = "\u2e80"
LEADING = 1.2
"""The height of a line over the size of its type."""
POINTS = 72
"""Points of an inch."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words at a size, in points, and how many lines they take; `whole` says that nothing was cut."""

    words: str
    size: float
    lines: int
    whole: bool = True

    @property
    def height(self) -> float:
        """The height of the lines, in inches."""
        return self.lines * self.size * LEADING / POINTS


@lru_cache(maxsize=2)
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    with as_file(files("font_source_sans_pro") / "files" / _FACES[bold]) as path:
        return ImageFont.truetype(str(path), _MEASURED_AT)


@lru_cache(maxsize=1 << 14)
def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line of text at `size` points is at most, in inches; a CJK character is a square."""
    wide = sum(char >= _FIRST_CJK for char in text)
    rest = "".join(char for char in text if char < _FIRST_CJK)
    ems = _face(bold).getlength(rest) / _MEASURED_AT * _WIDER + wide * 1.05
    return ems * size / POINTS


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """Return how many lines text takes where each is `room` inches wide; a word wider than that is broken."""
    count = 0
    for paragraph in text.split("\n"):
        left = 0.0
        for word in paragraph.split(" "):
            one = width(word, size, bold)
            gap = width(" ", size, bold) if left else 0.0
            if left and left + gap + one > room:
                count, left, gap = count + 1, 0.0, 0.0
            # Text without spaces, Chinese for one, breaks anywhere.
            count += int(one // room) if one > room else 0
            left += gap + (one % room if one > room else one)
        count += 1
    return count


def fit(text: str, room: tuple[float, float], sizes: Sequence[float], bold: bool = False) -> Fitted:
    """Return text at the largest of `sizes` at which it fits `room` (width, height in inches), cut at the last."""
    wide, high = room
    for size in sizes:
        count = lines(text, size, wide, bold)
        if count * size * LEADING / POINTS <= high + 1e-9:
            return Fitted(text, size, count)
    size = sizes[-1]
    most = max(1, int(high * POINTS / (size * LEADING) + 1e-9))
    words = shortened(text, lambda cut: lines(cut, size, wide, bold) <= most)
    return Fitted(words, size, min(most, lines(words, size, wide, bold)), whole=False)


def line(text: str, size: float, room: float, bold: bool = False) -> str:
    """Return text as one line that fits `room` inches, ended by … where it had to be cut."""
    flat = " ".join(text.split())
    return shortened(flat, lambda cut: width(cut, size, bold) <= room)


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """Return text, or the longest beginning of it with … for which `fits` holds."""
    if fits(text):
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(_cut(text, middle)):
            low = middle
        else:
            high = middle - 1
    return _cut(text, low)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" ,;:.–(") + "…"
