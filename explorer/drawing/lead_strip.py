"""The strip above a chart that marks where the lead changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.drawing import text
from explorer.style import SMALL, Style

_HALF = 4
"""Half the width of a triangle, in pixels at scale 1."""


@dataclass(frozen=True, slots=True)
class LeadMark:
    """A change of lead: `at` (0–1) across the chart, what to call it, and whether it is certain.

    `short` is what it is called where there is room for less.
    """

    at: float
    words: str
    certain: bool = True
    short: str = ""


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
        used, half = text.font(style, SMALL), style.px(_HALF)
        middles = [bounds.left() + mark.at * bounds.width() for mark in self._marks]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for mark, x in zip(self._marks, middles, strict=True):
            self._paint_triangle(painter, x, half, hollow=not mark.certain)
        needs = [text.width(mark.short or mark.words, used) for mark in self._marks]
        rights = most_beside(middles, needs, (bounds.left(), bounds.right()), self._airs)
        rects: list[tuple[str, QRectF] | None] = [None] * len(middles)
        for i, mark in enumerate(self._marks):
            if rights[i] is not None:
                rects[i] = (mark.short or mark.words, self._rect(middles[i], needs[i], right=bool(rights[i])))
        for i, mark in enumerate(self._marks):
            rects[i] = self._beside(i, mark.words, middles, rects) or rects[i]
        self.placed = tuple(each for each in rects if each is not None)
        for words, rect in self.placed:
            text.put(painter, rect.adjusted(0, 0, 1, 0), words, used, style.theme.text)

    def _beside(
        self, i: int, words: str, middles: Sequence[float], rects: Sequence[tuple[str, QRectF] | None]
    ) -> tuple[str, QRectF] | None:
        """Return words right of a triangle, or left of it, None where there is no room among the other names.

        A name stays clear of the next triangles, lest it be taken for theirs.
        """
        need, low, high = text.width(words, text.font(self._style, SMALL)), self.rect().left(), self.rect().right()
        _, clear, apart = self._airs
        if i > 0:
            name = rects[i - 1]
            low = max(middles[i - 1] + clear, name[1].right() + apart if name else low)
        if i + 1 < len(middles):
            name = rects[i + 1]
            high = min(middles[i + 1] - clear, name[1].left() - apart if name else high)
        both = [self._rect(middles[i], need, right=right) for right in (True, False)]
        return next(((words, rect) for rect in both if rect.left() >= low and rect.right() <= high), None)

    @property
    def _airs(self) -> tuple[float, float, float]:
        """How far a name is from the middle of its own triangle, of the next one, and from another name."""
        return self._style.px(_HALF + 3), self._style.px(3 * _HALF), self._style.px(6)

    def _rect(self, x: float, need: float, *, right: bool) -> QRectF:
        """Return the place of a name beside the triangle at `x`."""
        air = self._airs[0]
        return QRectF(x + air if right else x - air - need, self.rect().top(), need, self.rect().height())

    def _paint_triangle(self, painter: QPainter, x: float, half: float, *, hollow: bool) -> None:
        style, foot = self._style, self.rect().bottom() - self._style.px(2)
        ink = QColor(style.theme.text)
        painter.setPen(QPen(ink, style.px(1.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ink)
        top = foot - 1.7 * half
        painter.drawPolygon(QPolygonF([QPointF(x - half, foot), QPointF(x + half, foot), QPointF(x, top)]))


def most_beside(
    middles: Sequence[float], needs: Sequence[float], ends: tuple[float, float], airs: tuple[float, float, float]
) -> list[bool | None]:
    """Return for each triangle whether its name goes right of it, left of it, or nowhere (None): most have a name.

    `middles` ascend between `ends`, `needs` are the widths of the names; `airs` how far a name is from the middle of
    its own triangle, of the next one, and from another name.
    """
    air, clear, apart = airs
    best: dict[bool | None, tuple[int, list[bool | None]]] = {None: (0, [])}
    for i, (x, need) in enumerate(zip(middles, needs, strict=True)):
        before = middles[i - 1] if i else ends[0] - clear
        after = middles[i + 1] if i + 1 < len(middles) else ends[1] + clear
        found: dict[bool | None, tuple[int, list[bool | None]]] = {}
        for right in (True, False, None):
            for last, (count, sides) in best.items():
                taken = before + air + needs[i - 1] + apart if last else before + clear
                fits = x + air + need <= after - clear if right else right is None or x - air - need >= taken
                total = count + (right is not None)
                if fits and (right not in found or total > found[right][0]):
                    found[right] = (total, [*sides, right])
        best = found
    return max(best.values(), key=lambda each: each[0])[1]
