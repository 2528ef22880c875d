"""A picture of a table at an asked size: drawn anew, not taken from the screen, hence the same on every machine."""

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.domain.table import Table
from explorer.drawing import frame, text
from explorer.export.size import Size
from explorer.style import HEADING, SMALL, Style
from explorer.words import say

Draw = Callable[[QPainter, QRectF, Table, Style], None]

SMALLEST_TYPE = 0.012
"""The least height of type as a part of the picture's height."""
_DRAWN_FOR = (1280, 720)
"""The size at which a picture has scale 1."""
_LEAST = (120, 80)
"""The least size of what is drawn inside the frame, in pixels at scale 1."""
_LEGIBLE = 9
"""The least height of type in pixels."""


def render(draw: Draw, table: Table, style: Style, width: int, height: int) -> QImage:
    """Return the picture of `table` with its caption around it, exactly `width` × `height` pixels.

    Of `style` only the theme counts: scale and font follow from the size. A table without rows shows its sentence.
    Raises ExplorerError for a size outside what `Size` allows. Needs a QGuiApplication.
    """
    size = Size(width, height)
    clear = style.theme.transparent
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.0)
    image.fill(QColor(0, 0, 0, 0) if clear else QColor(style.theme.background))
    painter = QPainter(image)
    try:
        paint(painter, draw, table, style, size)
    finally:
        painter.end()
    return image


def paint(painter: QPainter, draw: Draw, table: Table, style: Style, size: Size) -> None:
    """Paint the picture of `table` with its caption around it, as `render` says, on whatever `painter` paints on."""
    style = replace(style, scale=scale_for(size), family=text.picture_family())
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    rest = frame.paint(painter, QRectF(0, 0, size.width, size.height), table.caption, style)
    if rest.width() < style.px(_LEAST[0]) or rest.height() < style.px(_LEAST[1]):
        frame.paint_sentence(painter, rest, say("Too small to draw."), style)
    elif table.empty is None:
        draw(painter, rest, table, style)
    else:
        frame.paint_sentence(painter, rest, table.empty, style, HEADING)


def scale_for(size: Size) -> float:
    """Return the scale at which everything fits and the smallest type is legible."""
    fitting = min(size.width / _DRAWN_FOR[0], size.height / _DRAWN_FOR[1])
    return max(fitting, math.ceil(SMALLEST_TYPE * size.height) / SMALL, _LEGIBLE / SMALL)
