"""Fonts of the Style, and plain text in a rectangle: never HTML, never clipped in mid-glyph."""

from functools import lru_cache
from importlib.resources import as_file, files

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter

from explorer.style import Style

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

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


def width(text: str, used: QFont) -> float:
    """Return how wide a line of text is, in pixels."""
    return QFontMetricsF(used).horizontalAdvance(text)


def line_height(used: QFont) -> float:
    """Return the height of a line, in pixels."""
    return QFontMetricsF(used).lineSpacing()


def put(
    painter: QPainter,
    rect: QRectF,
    text: str,
    used: QFont,
    ink: str,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line of text into `rect`, elided at its right end where it does not fit."""
    metrics = QFontMetricsF(used)
    if metrics.horizontalAdvance(text) > rect.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(used)
    painter.setPen(QColor(ink))
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), text)


def wrap(text: str, used: QFont, room: float, lines: int) -> list[str]:
    """Break text into at most `lines` lines of `room` pixels; the last one is elided where words are left over."""
    metrics = QFontMetricsF(used)
    if text.strip() and metrics.horizontalAdvance(text) <= room:
        return [text]
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= room:
            line = f"{line} {words.pop(0)}"
        found.append(line)
    if words:
        found[-1] = metrics.elidedText(" ".join((found[-1], *words)), Qt.TextElideMode.ElideRight, room)
    return found
