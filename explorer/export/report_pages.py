"""A report's pages: a summary, and each picture with its sentence above the drawing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explorer.domain.table import Table
from explorer.drawing import text
from explorer.export.exhibit import Exhibit
from explorer.export.framing import framed
from explorer.export.pdf import Page
from explorer.export.picture import Draw, render
from explorer.export.report_parts import Rows, continued, parts, rows_of
from explorer.export.size import Size
from explorer.style import BODY, GRID, HEADING, SMALL, Style

SIZE = Size(1280, 720)
"""A page, in pixels: a slide of 13⅓ × 7½ inches."""
_SIZES = (HEADING, 15, 14, BODY, 12, SMALL)
_ANY = 40


def pages(summary: Exhibit, shown: Sequence[tuple[Exhibit, Draw]]) -> list[Page]:
    """Return the pages of a report: its summary, whose rows are findings and sentences, and one for each exhibit."""
    return [
        *(Page(draw_summary, framed(part), part.style, SIZE) for part in _parts(summary)),
        *(
            Page(partial(_draw_spoken, draw, exhibit.spoken), framed(exhibit), exhibit.style, SIZE)
            for exhibit, draw in shown
        ),
    ]


def _parts(summary: Exhibit) -> list[Exhibit]:
    """Return a summary in parts that each fit a page, as they are framed there."""
    found: list[Exhibit] = []

    def split(_painter: QPainter, rect: QRectF, _table: Table, style: Style) -> None:
        found.extend(parts(summary, lambda rows: _fits(rows, _SIZES[-1], style, rect)))

    render(split, framed(continued(summary)), summary.style, SIZE.width, SIZE.height)
    return found or [summary]


def draw_summary(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint the rows of a summary, each finding bold above its sentence, as large as they all fit."""
    rows = rows_of(table)
    size = next((size for size in _SIZES if _fits(rows, size, style, rect)), _SIZES[-1])
    top = rect.top()
    for words, bold, high in _set(rows, size, style, rect.width()):
        used = text.font(style, size, bold=bold)
        text.put(painter, QRectF(rect.left(), top, rect.width(), text.line_height(used)), words, used, style.theme.text)
        top += high


def _fits(rows: Rows, size: float, style: Style, rect: QRectF) -> bool:
    return sum(high for _, _, high in _set(rows, size, style, rect.width())) <= rect.height()


def _set(rows: Rows, size: float, style: Style, room: float) -> list[tuple[str, bool, float]]:
    """Return lines, whether each is bold, and how far below each the next one begins."""
    found: list[tuple[str, bool, float]] = []
    for row in rows:
        for words, bold in zip(row, (True, False), strict=True):
            used = text.font(style, size, bold=bold)
            high = text.line_height(used)
            found += [(line, bold, high) for line in text.wrap(words, used, room, _ANY)]
        found[-1] = (*found[-1][:2], found[-1][2] + style.px(1.5 * GRID))
    return found


def _draw_spoken(draw: Draw, sentence: str, painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint a sentence and, below it, what is drawn."""
    used = text.font(style, 14)
    lines, high = text.wrap(sentence, used, rect.width(), _ANY), text.line_height(used)
    for at, line in enumerate(lines):
        text.put(painter, QRectF(rect.left(), rect.top() + at * high, rect.width(), high), line, used, style.theme.text)
    draw(painter, rect.adjusted(0, high * len(lines) + style.px(1.5 * GRID), 0, 0), table, style)
