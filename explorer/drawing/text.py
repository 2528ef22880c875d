"""Fonts of the Style, and plain text in a rectangle: never HTML, never clipped in mid-glyph."""

from functools import lru_cache
from importlib.resources import as_file, files

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QStaticText

from explorer.style import Style

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
"""Where `put` puts a line: how much of the spare room is left of it."""

_FIRST_CJK = "\u2e80"

PICTURE_FAMILY = "Source Sans Pro"
_FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")


@lru_cache(maxsize=1)
def picture_family() -> str:
    """Return the family that pictures are set in, registered from the font that comes with the program."""
    for face in _FACES:
        with as_file(files("font_source_sans_pro") / "files" / face) as path:
            QFontDatabase.addApplicationFont(str(path))
    return PICTURE_FAMILY


@lru_cache(maxsize=256)
def _font(family: str, pixels: int, bold: bool) -> QFont:
    font = QFont(family) if family else QFont()
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def font(style: Style, size: float, *, bold: bool = False) -> QFont:
    """Return the style's font at `size` (pixels at scale 1), with tabular figures."""
    return _font(style.family, round(style.px(size)), bold)


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


def put(painter: QPainter, rect: QRectF, text: str, used: QFont, ink: str, align: float = LEFT) -> None:
    """Paint one line of text into `rect`, in its vertical middle, elided at its right end where it does not fit."""
    room = rect.width()
    if width(text, used) > room:
        text = QFontMetricsF(used).elidedText(text, Qt.TextElideMode.ElideRight, room)
    x = rect.left() + (room - width(text, used)) * align
    top = rect.center().y() - _height(used) / 2
    painter.setFont(used)
    painter.setPen(_pen(ink))
    static = laid_out(text, used)
    if static is None:
        painter.drawText(QPointF(round(x), round(top + _ascent(used))), text)
    else:
        painter.drawStaticText(QPointF(round(x), round(top)), static)


@lru_cache(maxsize=512)
def wrap(text: str, used: QFont, room: float, lines: int) -> tuple[str, ...]:
    """Break text into at most `lines` lines of `room` pixels; the last one is elided where words are left over."""
    metrics = QFontMetricsF(used)
    if text.strip() and metrics.horizontalAdvance(text) <= room:
        return (text,)
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= room:
            line = f"{line} {words.pop(0)}"
        found.append(line)
    if words:
        found[-1] = metrics.elidedText(" ".join((found[-1], *words)), Qt.TextElideMode.ElideRight, room)
    return tuple(found)
