"""Fonts of the Style, and plain text in a rectangle: never HTML, never clipped in mid-glyph."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPen,
    QStaticText,
    QTextLayout,
    QTextOption,
)

from explorer.style import Style

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
"""Where `put` puts a line: how much of the spare room is left of it."""

_FIRST_CJK = "\u2e80"
_BREAKS = re.compile(r"[ \t\r\n]+")
"""Where a line may break: not at a thin space, which belongs into its number."""

_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

PICTURE_FAMILY = "Source Sans Pro"
FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
"""The files of the regular and the bold face."""


class TextDevice:
    """A paint device that takes lines of text as text, and never sees them painted."""

    def take(self, painter: QPainter, at: QPointF, words: str, used: QFont, ink: str, align: float) -> None:
        """Take a line that `painter`, which paints on this device, would paint.

        `at` is on the base line, in the painter's coordinates: the line's left end, middle or right end by `align`.
        """
        raise NotImplementedError


@lru_cache(maxsize=1)
def picture_family() -> str:
    """Return the family that pictures are set in, registered from the font that comes with the program."""
    for face in FACES:
        with as_file(files("font_source_sans_pro") / "files" / face) as path:
            QFontDatabase.addApplicationFont(str(path))
    return PICTURE_FAMILY


@lru_cache(maxsize=256)
def _font(family: str, pixels: int, bold: bool, slack: float) -> QFont:
    font = QFont(family) if family else QFont()
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    if slack != 1:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 * slack)
    return font


def font(style: Style, size: float, *, bold: bool = False) -> QFont:
    """Return the style's font at `size` (pixels at scale 1), with tabular figures."""
    return _font(style.family, round(style.px(size)), bold, style.slack)


@lru_cache(maxsize=1 << 14)
def width(text: str, used: QFont) -> float:
    """Return how wide a line of text is, in pixels."""
    return QFontMetricsF(used).horizontalAdvance(text)


@lru_cache(maxsize=256)
def line_height(used: QFont) -> float:
    """Return the height of a line, in pixels."""
    return QFontMetricsF(used).lineSpacing()


@lru_cache(maxsize=256)
def _height(used: QFont) -> float:
    return QFontMetricsF(used).height()


@lru_cache(maxsize=256)
def _ascent(used: QFont) -> float:
    return QFontMetricsF(used).ascent()


@lru_cache(maxsize=256)
def _pen(ink: str) -> QPen:
    return QPen(QColor(ink))


@lru_cache(maxsize=1 << 12)
def laid_out(text: str, used: QFont) -> QStaticText | None:
    """Return a line laid out once for many paintings.

    None for CJK: a static text stands on the baseline of its tallest font, lower than its neighbours.
    """
    if max(text, default="") >= _FIRST_CJK:
        return None
    found = QStaticText(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.prepare(font=used)
    return found


@lru_cache(maxsize=1024)
def shortened(name: str, used: QFont, room: float) -> str:
    """Return a name as it is, or for less room elided in its middle: names of models differ at either end."""
    if width(name, used) <= room:
        return name
    return QFontMetricsF(used).elidedText(name, Qt.TextElideMode.ElideMiddle, room)


def put(painter: QPainter, rect: QRectF, text: str, used: QFont, ink: str, align: float = LEFT) -> None:
    """Paint one line of text into `rect`, in its vertical middle, elided at its right end where it does not fit."""
    room = rect.width()
    if width(text, used) > room:
        text = QFontMetricsF(used).elidedText(text, Qt.TextElideMode.ElideRight, room)
    top = rect.top() + (rect.height() - _height(used)) / 2
    device = painter.device()
    if isinstance(device, TextDevice):
        device.take(painter, QPointF(rect.left() + room * align, top + _ascent(used)), text, used, ink, align)
        return
    x = rect.left() + (room - width(text, used)) * align
    painter.setFont(used)
    painter.setPen(_pen(ink))
    static = laid_out(text, used)
    if static is None:
        painter.drawText(round(x), round(top + _ascent(used)), text)
    else:
        painter.drawStaticText(round(x), round(top), static)


@lru_cache(maxsize=1 << 12)
def _space(before: str, after: str, used: QFont) -> float:
    """Return how wide a space is between two letters, which may close up to it, in pixels."""
    return width(f"{before} {after}", used) - width(before, used) - width(after, used)


@lru_cache(maxsize=512)
def wrap(text: str, used: QFont, room: float, lines: int) -> tuple[str, ...]:
    """Break text into at most `lines` lines of `room` pixels; the last one is elided where words are left over."""
    words = _BREAKS.split(text.strip())
    if not words[0]:
        return ()
    starts, ends = _places(words, used)
    if ends[-1] <= room and width(text, used) <= room:
        return (text,)
    if max(text) >= _FIRST_CJK:
        return _wrapped_by_script(text.strip(), used, room, lines)
    found: list[str] = []
    first = 0
    while first < len(words) and len(found) < lines:
        end = max(bisect_right(ends, starts[first] + room), first + 1)  # one word is never broken
        found.append(" ".join(words[first:end]))
        first = end
    if first < len(words):
        left_over = " ".join((found[-1], *words[first:]))
        found[-1] = QFontMetricsF(used).elidedText(left_over, Qt.TextElideMode.ElideRight, room)
    return tuple(found)


def _places(words: Sequence[str], used: QFont) -> tuple[list[float], list[float]]:
    """Return where each word begins and ends in a line of them all, in pixels."""
    starts, ends = [0.0], [width(words[0], used)]
    for before, word in pairwise(words):
        starts.append(ends[-1] + _space(before[-1], word[0], used))
        ends.append(starts[-1] + width(word, used))
    return starts, ends


def _wrapped_by_script(text: str, used: QFont, room: float, lines: int) -> tuple[str, ...]:
    """Wrap text that has no spaces everywhere, by Qt's knowledge of where each script breaks."""
    held = text.replace("\u2009", "\u202f")  # a thin space at which no line breaks, in some fonts a thinner one
    spare = max(width(text, used) - width(held, used), 0.0)
    layout = QTextLayout(held, used)
    layout.setTextOption(_ANYWHERE)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room - spare)
        starts.append(line.textStart())
    layout.endLayout()
    found = [text[start:end].strip(" ") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(found) > lines:
        found[lines - 1] = QFontMetricsF(used).elidedText(text[starts[lines - 1] :], Qt.TextElideMode.ElideRight, room)
    return tuple(found[:lines])
