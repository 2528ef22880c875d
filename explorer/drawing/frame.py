"""The frame around every view and picture: title, what is counted, of what, and where it comes from."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explorer.domain.table import Caption
from explorer.drawing import text
from explorer.drawing.translate import tr
from explorer.style import BODY, GRID, HEADING, SMALL, TITLE, Style
from explorer.words import Message


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
    title = text.wrap(tr(caption.title), title_font, room, 3 if large else 2)
    return [
        *(Line(w, title_size, style.theme.text, True) for w in title),
        *(Line(w, size, style.theme.muted) for w in text.wrap(counted, body_font, room, 3)),
    ]


def footer(caption: Caption, style: Style, room: float, *, large: bool) -> list[Line]:
    """Return the lines below the drawing: caveats, cut short on a small screen, then the source, whole in pictures."""
    size = SMALL + 1 if large else SMALL
    used = text.font(style, size)
    notes = " ".join(tr(note) for note in caption.notes)
    source = tr(caption.source)
    together = f"{notes} {source}".strip()
    lines = text.wrap(together, used, room, 3)
    if " ".join(lines) != together:
        lines = (*text.wrap(notes, used, room, 4 if large else 2), *text.wrap(source, used, room, 6 if large else 3))
    return [Line(words, size, style.theme.muted) for words in lines]


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


def paint_sentence(painter: QPainter, rect: QRectF, sentence: Message, style: Style, size: float = BODY) -> None:
    """Paint a sentence into the middle of `rect`, wrapped: what stands in place of a drawing that can't be made."""
    used = text.font(style, size)
    lines = text.wrap(tr(sentence), used, min(rect.width() - 2 * style.px(GRID), style.px(480)), 8)
    high = text.line_height(used)
    top = rect.center().y() - high * len(lines) / 2
    for i, line in enumerate(lines):
        row = QRectF(rect.left(), top + i * high, rect.width(), high)
        text.put(painter, row, line, used, style.theme.muted, text.CENTRE)
