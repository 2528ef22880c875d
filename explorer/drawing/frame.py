"""The frame around every view and picture: title, what is counted, of what, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from explorer.domain.attribution_notes import is_own
from explorer.domain.table import Caption
from explorer.drawing import text
from explorer.drawing.translate import tr
from explorer.style import BODY, GRID, HEADING, SMALL, TITLE, Style
from explorer.words import Message

DRAWING = 0.45
"""At least so much of a view's height is the drawing's, where its caption can be cut for that."""
_ALL = 20
"""More lines than any note takes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a caption: its words, size (pixels at scale 1), ink and weight."""

    words: str
    size: float
    ink: str
    bold: bool = False


def header(
    caption: Caption, style: Style, room: float, *, large: bool, most: tuple[int, int] | None = None
) -> list[Line]:
    """Return the lines above the drawing, wrapped to `room` pixels: title, then what is counted and of what.

    `most` is how many lines either may take.
    """
    title_size, size = (TITLE, BODY) if large else (HEADING, SMALL + 1)
    title_font, body_font = text.font(style, title_size, bold=True), text.font(style, size)
    counted = " · ".join(tr(m) for m in (caption.subtitle, caption.scope, *caption.filters))
    titles, others = most or (3 if large else 2, 3)
    return [
        *(Line(w, title_size, style.theme.text, True) for w in text.wrap(tr(caption.title), title_font, room, titles)),
        *(Line(w, size, style.theme.muted) for w in text.wrap(counted, body_font, room, others)),
    ]


def footer(caption: Caption, style: Style, room: float, *, large: bool, most: int = 2) -> list[Line]:
    """Return the lines below the drawing: notes, at most so many lines on screen, then the source, whole in pictures.

    Where there is little room the last notes are left out, for a "…"; what the user's own attribution changes, which
    comes first, is always said.
    """
    size = SMALL + 1 if large else SMALL
    used = text.font(style, size)
    notes, source = _in_order(caption.notes), tr(caption.source)
    together = " ".join((*(tr(note) for note in notes), source)).strip()
    lines = text.wrap(together, used, room, 3)
    if " ".join(lines) != together:
        lines = (*_noted(notes, used, room, 7 if large else most), *text.wrap(source, used, room, 6 if large else 3))
    return [Line(words, size, style.theme.muted) for words in lines]


def _brief(caption: Caption, style: Style, room: float, most: int) -> list[Line]:
    """Return the footer without all notes but the user's own attribution, the source in at most so many lines."""
    used = text.font(style, SMALL)
    own = " ".join(tr(note) for note in caption.notes if is_own(note))
    lines = (*text.wrap(own, used, room, _ALL), *text.wrap(tr(caption.source), used, room, most))
    return [Line(words, SMALL, style.theme.muted) for words in lines]


def around(
    caption: Caption, style: Style, room: float, high: float, gaps: float = 0.0
) -> tuple[list[Line], list[Line]]:
    """Return header and footer on screen, `room` pixels wide, in a view `high` pixels high that loses `gaps` of them.

    Where the drawing would have less than its part of the height, the footer is cut first, to the source and the user's
    own attribution, then the header, to the title and a line; what still does not fit into the view is left out.
    """
    footer_of, short = partial(footer, caption, style, room, large=False), partial(_brief, caption, style, room)
    steps = (
        (None, partial(footer_of, most=3)),
        (None, footer_of),
        (None, partial(short, 2)),
        (None, partial(short, 1)),
        ((2, 1), partial(short, 1)),
        ((1, 1), partial(short, 1)),
    )
    above, below = [], []
    for most, ending in steps:
        above, below = header(caption, style, room, large=False, most=most), ending()
        if height(above, style) + height(below, style) <= high * (1 - DRAWING) - gaps:
            return above, below
    while above and height(above, style) + height(below, style) > high - gaps:
        above.pop()
    while below and height(below, style) > high - gaps:
        below.pop()
    return above, below


def _in_order(notes: Sequence[Message]) -> list[Message]:
    """Return notes with the user's own attribution first."""
    return sorted(notes, key=lambda note: not is_own(note))


def _noted(notes: Sequence[Message], used: QFont, room: float, most: int) -> tuple[str, ...]:
    """Return notes in at most `most` lines, the last left out where they don't fit; the user's own always whole."""
    own = sum(map(is_own, notes))
    for count in range(len(notes), max(own, 1) - 1, -1):
        words = " ".join((*(tr(note) for note in notes[:count]), *(("…",) if count < len(notes) else ())))
        lines = text.wrap(words, used, room, _ALL)
        if count == own or (len(lines) <= most and lines[-1] != "…"):
            return lines
    return text.wrap(" ".join(map(tr, notes)), used, room, most)


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
