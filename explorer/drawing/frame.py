"""The frame around every view and picture: title, what is counted, of what, and where it comes from."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explorer.domain.table import Caption
from explorer.drawing import text
from explorer.drawing.translate import tr
from explorer.style import BODY, GRID, HEADING, SMALL, TITLE, Style
from explorer.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a caption: its words, size (pixels at scale 1), ink and weight."""

    words: str
    size: float
    ink: str
    bold: bool = False


def header(caption: Caption, style: Style, room: float, *, large: bool) -> list[Line]:
    """Return the lines above the drawing, wrapped to `room` pixels: title, then what is counted and of what."""
    title_size, size = (TITLE, BODY) if large else (HEADING, SMALL + 1)
    title_font, body_font = text.font(style, title_size, bold=True), text.font(style, size)
    counted = " · ".join(tr(m) for m in (caption.subtitle, caption.scope, *caption.filters))
    return [
        *(Line(w, title_size, style.theme.text, True) for w in text.wrap(tr(caption.title), title_font, room, 2)),
        *(Line(w, size, style.theme.muted) for w in text.wrap(counted, body_font, room, 3)),
    ]


def footer(caption: Caption, style: Style, room: float, *, large: bool) -> list[Line]:
    """Return the lines below the drawing: caveats, then the source."""
    size = SMALL + 1 if large else SMALL
    used = text.font(style, size)
    words = " ".join(tr(m) for m in (*caption.notes, caption.source) if m != say(""))
    return [Line(w, size, style.theme.muted) for w in text.wrap(words, used, room, 6 if large else 3)]


def height(lines: list[Line], style: Style) -> float:
    """Return how high some lines are, in pixels."""
    return sum(text.line_height(text.font(style, line.size, bold=line.bold)) for line in lines)


def paint_lines(painter: QPainter, rect: QRectF, lines: list[Line], style: Style) -> None:
    """Paint lines from the top of `rect` down."""
    top = rect.top()
    for line in lines:
        used = text.font(style, line.size, bold=line.bold)
        high = text.line_height(used)
        text.put(painter, QRectF(rect.left(), top, rect.width(), high), line.words, used, line.ink)
        top += high


def paint(painter: QPainter, rect: QRectF, caption: Caption, style: Style) -> QRectF:
    """Paint a picture's frame into `rect` and return the rectangle left for the drawing."""
    margin, gap = style.px(3 * GRID), style.px(1.5 * GRID)
    inner = rect.adjusted(margin, margin, -margin, -margin)
    above = header(caption, style, inner.width(), large=True)
    below = footer(caption, style, inner.width(), large=True)
    paint_lines(painter, inner, above, style)
    foot = height(below, style)
    paint_lines(painter, QRectF(inner.left(), inner.bottom() - foot, inner.width(), foot), below, style)
    return inner.adjusted(0, height(above, style) + gap, 0, -foot - gap)
