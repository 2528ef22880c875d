"""The frame around every view and picture: title, what is counted, of what, and where it comes from."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSizeF
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
_IN_PICTURES = (
    (_ALL, _ALL, _ALL, 0.6),
    (4, _ALL, 7, 0.5),
    *((3, _ALL, notes, DRAWING) for notes in (6, 5, 4, 3)),
    (3, 4, 2, DRAWING),
    (3, 3, 1, DRAWING),
    (2, 2, 1, 0.0),
)
"""How many lines a title, what is counted and notes may take in a picture, and which part of it must then be left."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a caption: its words, size (pixels at scale 1), ink and weight."""

    words: str
    size: float
    ink: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a caption in the language of the program; of the `notes` the first `own` are the user's own."""

    title: str
    counted: str
    scope: str
    notes: tuple[str, ...]
    own: int
    source: str


def _said(caption: Caption) -> _Said:
    notes = sorted(caption.notes, key=lambda note: not is_own(note))
    scope = _joined(*map(tr, (caption.scope, *caption.filters)))
    own = sum(map(is_own, notes))
    return _Said(tr(caption.title), tr(caption.subtitle), scope, tuple(map(tr, notes)), own, tr(caption.source))


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def header(
    caption: Caption, style: Style, room: float, *, large: bool, most: tuple[int, int] | None = None
) -> list[Line]:
    """Return the lines above the drawing, wrapped to `room` pixels: title, then what is counted and of what.

    `most` is how many lines either may take.
    """
    return _header(_said(caption), style, room, large=large, most=most)


def _header(said: _Said, style: Style, room: float, *, large: bool, most: tuple[int, int] | None = None) -> list[Line]:
    title_size, size = (TITLE, BODY) if large else (HEADING, SMALL + 1)
    title_font, body_font = text.font(style, title_size, bold=True), text.font(style, size)
    titles, others = most or (3 if large else 2, 3)
    return [
        *(Line(w, title_size, style.theme.text, True) for w in text.wrap(said.title, title_font, room, titles)),
        *(Line(w, size, style.theme.muted) for w in _counted(said, body_font, room, others)),
    ]


def _counted(said: _Said, used: QFont, room: float, most: int) -> tuple[str, ...]:
    """Return what is counted, and of what, in at most so many lines; where room is short, of what goes before it."""
    together = _joined(said.counted, said.scope)
    lines = text.wrap(together, used, room, most)
    if most == 1 or not lines or not lines[-1].endswith("…") or together.endswith("…"):
        return lines
    scope = text.wrap(said.scope, used, room, most - 1)
    return (*text.wrap(said.counted, used, room, most - len(scope)), *scope)


def footer(caption: Caption, style: Style, room: float, *, large: bool) -> list[Line]:
    """Return the lines below the drawing: notes, at most so many lines on screen, then the source, whole in pictures.

    Where there is little room the last notes are left out, for a "…"; what the user's own attribution changes, which
    comes first, is always said.
    """
    return _footer(_said(caption), style, room, large=large, most=7 if large else 2)


def _footer(said: _Said, style: Style, room: float, *, large: bool, most: int) -> list[Line]:
    size = SMALL + 1 if large else SMALL
    used = text.font(style, size)
    together = " ".join((*said.notes, said.source)).strip()
    lines = text.wrap(together, used, room, 3)
    if " ".join(lines) != together:
        notes = _noted(said, used, room, most)
        lines = (*notes, *text.wrap(said.source, used, room, 6 if large else 3))
    return [Line(words, size, style.theme.muted) for words in lines]


def _brief(said: _Said, style: Style, room: float, most: int) -> list[Line]:
    """Return the footer without all notes but the user's own attribution, the source in at most so many lines."""
    used = text.font(style, SMALL)
    own = " ".join(said.notes[: said.own])
    lines = (*text.wrap(own, used, room, _ALL), *text.wrap(said.source, used, room, most))
    return [Line(words, SMALL, style.theme.muted) for words in lines]


def around(
    caption: Caption, style: Style, room: float, high: float, gaps: float = 0.0
) -> tuple[list[Line], list[Line]]:
    """Return header and footer on screen, `room` pixels wide, in a view `high` pixels high that loses `gaps` of them.

    Where the drawing would have less than its part of the height, the footer is cut first, to the source and the user's
    own attribution, then the header, to the title and a line; what still does not fit into the view is left out.
    """
    said = _said(caption)
    footer_of, short = partial(_footer, said, style, room, large=False), partial(_brief, said, style, room)
    steps = (
        (None, partial(footer_of, most=3)),
        (None, partial(footer_of, most=2)),
        (None, partial(short, 2)),
        (None, partial(short, 1)),
        ((2, 1), partial(short, 1)),
        ((1, 1), partial(short, 1)),
    )
    above, below = [], []
    for most, ending in steps:
        above, below = _header(said, style, room, large=False, most=most), ending()
        if height(above, style) + height(below, style) <= high * (1 - DRAWING) - gaps:
            return above, below
    while above and height(above, style) + height(below, style) > high - gaps:
        above.pop()
    while below and height(below, style) > high - gaps:
        below.pop()
    return above, below


class Around:
    """A caption around a drawing on screen: `header` and `footer`, and how much room there is `above` and `below` it.

    As long as only the brush moves, the room grows with the caption and does not shrink again: the drawing stays put.
    """

    def __init__(self) -> None:
        self.header: list[Line] = []
        self.footer: list[Line] = []
        self.above = self.below = 0.0
        self._kept_for: tuple[object, ...] = ()

    def fit(self, caption: Caption, style: Style, size: QSizeF, gaps: float, asked: tuple[object, ...]) -> None:
        """Take a caption into a view of a size, as `around` does; `asked` is what it speaks of but for the brush."""
        self.header, self.footer = around(caption, style, size.width(), size.height(), gaps)
        above, below = height(self.header, style), height(self.footer, style)
        kept_for = (style, size, gaps, asked)
        if kept_for == self._kept_for:
            most = size.height() * (1 - DRAWING) - gaps
            above = max(above, min(self.above, most - below))
            below = max(below, min(self.below, most - above))
        self.above, self.below, self._kept_for = above, below, kept_for


def _noted(said: _Said, used: QFont, room: float, most: int) -> tuple[str, ...]:
    """Return notes in at most `most` lines, the last left out where they don't fit; the user's own always whole."""
    for count in range(len(said.notes), max(said.own, 1) - 1, -1):
        words = " ".join((*said.notes[:count], *(("…",) if count < len(said.notes) else ())))
        lines = text.wrap(words, used, room, _ALL)
        if count == said.own or (len(lines) <= most and lines[-1] != "…"):
            return lines
    return text.wrap(" ".join(said.notes), used, room, most)


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


def _in_picture(caption: Caption, style: Style, room: float, high: float, gaps: float) -> tuple[list[Line], list[Line]]:
    """Return header and footer of a picture: whole where the drawing keeps its part of the height, else notes go first.

    The source and the user's own attribution are whole in any case.
    """
    said = _said(caption)
    above, below = [], []
    for titles, counted, notes, part in _IN_PICTURES:
        above = _header(said, style, room, large=True, most=(titles, counted))
        below = _footer(said, style, room, large=True, most=notes)
        if high - gaps - height(above, style) - height(below, style) >= high * part:
            break
    return above, below


def paint(painter: QPainter, rect: QRectF, caption: Caption, style: Style) -> QRectF:
    """Paint a picture's frame into `rect` and return the rectangle left for the drawing."""
    margin, gap = style.px(3 * GRID), style.px(1.5 * GRID)
    inner = rect.adjusted(margin, margin, -margin, -margin)
    above, below = _in_picture(caption, style, inner.width(), rect.height(), 2 * (margin + gap))
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
