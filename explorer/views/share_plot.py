"""One chart of the share view: axes, bands, edge labels, changes of lead and printed figures."""

from collections.abc import Sequence
from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsGridLayout

from explorer.domain.periods import Span
from explorer.domain.selection import Measure
from explorer.domain.shares import ShareTable
from explorer.domain.wording import span_words
from explorer.drawing import text, ticks
from explorer.drawing.edge_labels import EdgeLabels
from explorer.drawing.lead_strip import LeadStrip
from explorer.drawing.plot import BrushBox, PlainAxis, Rule, amount_ticks, share_ticks
from explorer.drawing.stack import Bands, StackItem
from explorer.style import SMALL, Style
from explorer.views.share_stack import Stack


class StackPlot(pg.GraphicsLayout):
    """The plot alone: axes, bands, edge labels and the strip of lead changes, from a stack and a style."""

    def __init__(self, style: Style) -> None:
        super().__init__(border=None)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(0)
        self.box = BrushBox()
        self.item = StackItem(style)
        self.labels = EdgeLabels(style)
        self.strip = LeadStrip(style)
        self._left = PlainAxis("left", _fixed(()), style)
        self._bottom = PlainAxis("bottom", ticks.dates, style)
        self.addItem(self.strip, 0, 1)
        self.addItem(self._left, 1, 0)
        self.addItem(self.box, 1, 1)
        self.addItem(self.labels, 1, 2)
        self.addItem(self._bottom, 2, 1)
        self._left.linkToView(self.box)
        self._bottom.linkToView(self.box)
        self.box.addItem(self.item, ignoreBounds=True)
        self._cross = tuple(pg.InfiniteLine(angle=angle) for angle in (90, 0))
        for line in self._cross:
            line.setVisible(False)
            self.box.addItem(line, ignoreBounds=True)
        self.stack: Stack | None = None
        self._lines: list[tuple[float, str]] = []
        self._colours: list[str] = []

    @property
    def grid(self) -> QGraphicsGridLayout:
        """The layout of axes, box and labels."""
        return cast(QGraphicsGridLayout, self.layout)

    def draw_stack(self, stack: Stack, style: Style, width: float, height: float) -> None:
        """Set up all that stays as it is while only the brush moves, in about `width` × `height` pixels."""
        self.stack = stack
        rule = share_ticks if stack.table.measure is Measure.SHARE else amount_ticks
        self._lines = rule(stack.top, max(int(height / style.px(44)), 1))
        self._colours = stack.colours(style)
        for axis in (self._left, self._bottom):
            axis.set_style(style)
            axis.picture = None
        self._left.rule = _fixed(self._lines)
        self._left.fit([label for _, label in self._lines])
        self.item.set_style(style)
        for line in self._cross:
            line.setPen(pg.mkPen(style.theme.muted, width=max(1, round(style.px(1))), style=Qt.PenStyle.DotLine))
        heading = "" if stack.labelled is None else span_words(stack.series.spans[stack.labelled])
        self.labels.set_labels(stack.labels(style), heading, style, width * 0.34)
        self.box.setRange(
            xRange=(stack.left[0], stack.right[-1]), yRange=(0, stack.top), padding=0, disableAutoRange=True
        )

    def settle(self, room: float, style: Style, *, strip: bool) -> None:
        """Give the edge labels their room and lay all out; left to the first painting, each would ask for another.

        `strip` leaves room for changes of lead even where there is none; without it none is marked.
        """
        # Half a line above the box, for the label of the topmost tick; the strip has more.
        above = 0 if strip else text.line_height(text.font(style, SMALL)) / 2
        self.grid.setContentsMargins(0, above, 0, 0)
        self.strip.set_marks(self.stack.leads() if self.stack and strip else (), style, room=strip)
        self.labels.set_room(room)
        self._bottom.set_beyond(self._left.minimumWidth(), room)
        self.grid.activate()
        self.box.prepareForPaint()

    def follow(self, table: ShareTable, *, named: bool) -> None:
        """Draw the brush and the printed figures of a table, with their names where they are to be `named`.

        The rest of it is as the plot was shaped for.
        """
        if self.stack is not None:
            self.stack.table = table
            self.item.set_bands(self._bands(self.stack, table.brush, named=named))

    def point_at(self, point: QPointF | None) -> None:
        """Cross two lines at a point in data units; None takes them away."""
        for line, at in zip(self._cross, (point.x(), point.y()) if point else (0.0, 0.0), strict=True):
            line.setPos(at)
            line.setVisible(point is not None)

    def _bands(self, stack: Stack, brush: Span | None, *, named: bool) -> Bands:
        return Bands(
            stack.left,
            stack.right,
            stack.tops,
            self._colours,
            stack.series.partial,
            stack.series.gap,
            [value for value, _ in self._lines],
            stack.top,
            (brush.first, brush.last + 1) if brush else None,
            stack.levels(named=named),
            stack.turn_days,
        )


def _fixed(found: Sequence[tuple[float, str]]) -> Rule:
    """Return the rule of an axis whose ticks are the grid lines of the chart."""
    return lambda low, high, most: list(found)
