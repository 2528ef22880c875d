"""The strip above a chart that marks where the lead changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.drawing import text
from explorer.style import SMALL, Style


@dataclass(frozen=True, slots=True)
class LeadMark:
    """A change of lead: `at` (0–1) across the chart, what to call it, and whether it is certain."""

    at: float
    words: str
    certain: bool = True


class LeadStrip(pg.GraphicsWidget):
    """Triangles where the lead changed, hollow where that is not certain, with a name where there is room.

    `placed` holds the names that were painted, with their rectangles.
    """

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._marks: tuple[LeadMark, ...] = ()
        self.placed: tuple[tuple[str, QRectF], ...] = ()
        self.set_marks((), style, room=False)

    def set_marks(self, marks: Sequence[LeadMark], style: Style, *, room: bool) -> None:
        """Show other marks, from left to right; with `room` the strip is there even without any."""
        self._style, self._marks = style, tuple(marks)
        high = round(text.line_height(text.font(style, SMALL)) + style.px(2)) if room or marks else 0
        self.setMinimumHeight(high)
        self.setMaximumHeight(high)
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        bounds, style = self.rect(), self._style
        used, half = text.font(style, SMALL), style.px(4)
        middles = [bounds.left() + mark.at * bounds.width() for mark in self._marks]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for mark, x in zip(self._marks, middles, strict=True):
            self._paint_triangle(painter, x, half, hollow=not mark.certain)
        placed: list[tuple[str, QRectF]] = []
        taken = bounds.left()
        for i, (mark, x) in enumerate(zip(self._marks, middles, strict=True)):
            # A name stays clear of the next triangles, lest it be taken for theirs.
            before = max(taken, middles[i - 1] + 3 * half if i else taken)
            after = middles[i + 1] - 3 * half if i + 1 < len(middles) else bounds.right()
            need, air = text.width(mark.words, used), half + style.px(3)
            left = next((at for at in (x + air, x - air - need) if at >= before and at + need <= after), None)
            if left is None:
                continue
            rect = QRectF(left, bounds.top(), need, bounds.height())
            text.put(painter, rect.adjusted(0, 0, 1, 0), mark.words, used, style.theme.text)
            placed.append((mark.words, rect))
            taken = rect.right() + style.px(6)
        self.placed = tuple(placed)

    def _paint_triangle(self, painter: QPainter, x: float, half: float, *, hollow: bool) -> None:
        style, foot = self._style, self.rect().bottom() - self._style.px(2)
        ink = QColor(style.theme.text)
        painter.setPen(QPen(ink, style.px(1.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ink)
        top = foot - 1.7 * half
        painter.drawPolygon(QPolygonF([QPointF(x - half, foot), QPointF(x + half, foot), QPointF(x, top)]))
