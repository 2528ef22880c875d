"""The charts of the share view on one canvas: one alone, or one for each scope side by side under its heading."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame

from explorer.domain.lens import LensTable
from explorer.domain.shares import ShareTable
from explorer.drawing import text
from explorer.drawing.legend import Legend, Swatch
from explorer.drawing.translate import tr
from explorer.style import BODY, GRID, SMALL, Style
from explorer.views.share_plot import StackPlot
from explorer.views.share_stack import Stack, swatches, tallest
from explorer.words import Message

_ROOM = 26
"""One more band is drawn for each so many pixels of height, which its label takes."""
_FEWEST, _FEWEST_BESIDE = 7, 4
"""At least so many bands are drawn, of one chart and of several side by side."""
_LOWEST_LABELLED = 84
"""A lower chart has no room for a label beside its bands: the bands take the width."""
_LOWEST_MARKED, _LOWEST = 46, 28
"""A lower chart has no room for marks above its bands, and the lowest none to spare for a legend."""
_WIDE_ENOUGH, _HIGH_ENOUGH = 240, 120
"""The size at which a chart side by side with others is large enough; more width makes up for no lack of height."""
_NARROWEST_LABELLED = 260
"""Narrower charts side by side have no labels beside their bands, but one legend above all of them."""


class Heading(pg.GraphicsWidget):
    """A line of plain text above a chart: `words`, smaller or only the `short` ones where there is little room."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style, self.words, self._short = style, "", ""

    def show_words(self, words: str, short: str, style: Style) -> None:
        """Show other words."""
        self._style, self.words, self._short = style, words, short
        self.update()

    @property
    def fitting(self) -> tuple[str, QFont]:
        """What there is room for: the words and their font."""
        large, small = (text.font(self._style, size, bold=True) for size in (BODY, SMALL))
        ways = ((self.words, large), (self.words, small), (self._short, small))
        return next((way for way in ways if text.width(*way) <= self.rect().width()), ways[-1])

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        words, used = self.fitting
        text.put(painter, self.rect(), words, used, self._style.theme.text)


class Panels(pg.GraphicsWidget):
    """One to four plots that share their periods, their axis and the brush, and where they are small a legend."""

    brushed = Signal(float, float, bool)
    """As `BrushBox.brushed`, from any of the plots."""
    picked = Signal(object, object, object)
    """The plot that was clicked, the position in data units (QPointF) and keyboard modifiers."""
    reset = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._every: list[tuple[Heading, StackPlot]] = []
        self._shown = 0
        self._columns = 1
        self.legend = Legend(style)
        self.legend.setParentItem(self)
        self._shape: tuple[object, ...] = ()
        self._add()

    @property
    def plots(self) -> list[StackPlot]:
        """The plots on the canvas, row by row."""
        return [plot for _, plot in self._every[: self._shown]]

    @property
    def headings(self) -> list[Heading]:
        """Their headings; () where one plot stands alone."""
        return [heading for heading, _ in self._every[: self._shown]] if self._shown > 1 else []

    @property
    def stack(self) -> Stack | None:
        """The stack of the first plot, whose periods are those of all."""
        return self._every[0][1].stack

    def show_table(self, table: ShareTable, style: Style, width: float, height: float) -> None:
        """Draw a table with rows on a canvas of about `width` × `height` pixels."""
        marks = tuple((mark.group, mark.value) for mark in table.markers)
        shape = (id(table.series), type(table), table.measure, table.marked, marks, style, width, height)
        tables = _split(table)
        if shape != self._shape:
            self._shape, self._style = shape, style
            self._arrange([words for words, _ in tables], width, height)
            self._draw_stacks([each for _, each in tables], QSizeF(width, height))
        named = table.named if isinstance(table, LensTable) else 0
        for i, (plot, (_, each)) in enumerate(zip(self.plots, tables, strict=True)):
            plot.follow(each, named=i == named)

    def under(self, position: QPointF) -> StackPlot | None:
        """Return the plot whose bands lie at a position on the canvas."""
        return next((plot for plot in self.plots if plot.box.sceneBoundingRect().contains(position)), None)

    def heading_of(self, plot: StackPlot) -> str:
        """Return what stands above a plot, "" where it stands alone."""
        return next((heading.words for heading, each in self._every if each is plot), "")

    def point_at(self, plot: StackPlot | None, point: QPointF | None = None) -> None:
        """Cross two lines at a point of one plot and nowhere else."""
        for _, each in self._every:
            each.point_at(point if each is plot else None)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._place()

    def _arrange(self, headings: list[tuple[Message, Message]], width: float, height: float) -> None:
        """Have as many plots as are asked for and put them into rows and columns."""
        while len(self._every) < len(headings):
            self._add()
        self._shown = len(headings)
        for i, (heading, plot) in enumerate(self._every):
            heading.setVisible(i < self._shown > 1)
            plot.setVisible(i < self._shown)
        for (heading, _), (words, short) in zip(self._every, headings, strict=False):
            heading.show_words(tr(words), tr(short), self._style)
        self._columns = columns(self._shown, width, height)
        self._place()

    def _place(self) -> None:
        """Put headings and plots where they belong on the canvas as it is now."""
        size, above = self._chart(self.size()), self._above
        across, down = self._apart
        self.legend.setGeometry(QRectF(0, 0, self.size().width(), self.legend.high))
        for i, (heading, plot) in enumerate(self._every[: self._shown]):
            row, column = divmod(i, self._columns)
            left, top = column * (size.width() + across), self.legend.high + row * (above + size.height() + down)
            heading.setGeometry(QRectF(left, top, size.width(), above))
            plot.setGeometry(QRectF(QPointF(left, top + above), size))

    def _chart(self, canvas: QSizeF) -> QSizeF:
        """Return the size of one chart, without its heading, on a canvas of a size."""
        across, down = self._apart
        rows = -(-self._shown // self._columns)
        wide = (canvas.width() - across * (self._columns - 1)) / self._columns
        high = (canvas.height() - self.legend.high - down * (rows - 1)) / max(rows, 1) - self._above
        return QSizeF(max(wide, 0.0), max(high, 0.0))

    @property
    def _apart(self) -> tuple[float, float]:
        """The gaps between charts, across and down."""
        return self._style.px(2 * GRID), self._style.px(GRID)

    @property
    def _above(self) -> float:
        """The height of a heading; a chart alone has none."""
        if self._shown < 2:
            return 0.0
        return text.line_height(text.font(self._style, BODY, bold=True)) + self._style.px(2)

    def _draw_stacks(self, tables: list[ShareTable], canvas: QSizeF) -> None:
        self.legend.set_swatches((), self._style, canvas.width())
        size = self._chart(canvas)
        fewest = _FEWEST if len(tables) == 1 else _FEWEST_BESIDE
        kept = tallest(tables, max(fewest, int(size.height() / self._style.px(_ROOM))))
        stacks = [Stack(each, kept) for each in tables]
        for plot, stack in zip(self.plots, stacks, strict=True):
            stack.top = max(each.top for each in stacks)
            plot.draw_stack(stack, self._style, size.width(), size.height())
        labelled = self._has_room_beside(size)
        if not labelled and len(tables) > 1:
            self._key(swatches(stacks, self._style), canvas)
        self._place()
        strip = any(stack.turns for stack in stacks) and self._chart(canvas).height() >= self._style.px(_LOWEST_MARKED)
        room = max(plot.labels.minimumWidth() for plot in self.plots) if labelled else 0.0
        for plot in self.plots:
            plot.settle(room, self._style, strip=strip)

    def _key(self, found: list[Swatch], canvas: QSizeF) -> None:
        """Show a legend, unless it would leave the charts no height at all."""
        self.legend.set_swatches(found, self._style, canvas.width())
        if self._chart(canvas).height() < self._style.px(_LOWEST):
            self.legend.set_swatches((), self._style, canvas.width())

    def _has_room_beside(self, size: QSizeF) -> bool:
        """Return whether bands have labels beside them in charts of a size."""
        if size.height() < self._style.px(_LOWEST_LABELLED):
            return False
        if self._shown == 1:
            return True
        # Beside a chart are its axis below and the strip above, which the labels have not.
        high = size.height() - 2 * text.line_height(text.font(self._style, SMALL)) - self._style.px(GRID)
        wide = size.width() >= self._style.px(_NARROWEST_LABELLED)
        return wide and all(plot.labels.whole and plot.labels.least_height <= high for plot in self.plots)

    def _add(self) -> None:
        heading, plot = Heading(self._style), StackPlot(self._style)
        for item in (heading, plot):
            item.setParentItem(self)
        plot.box.brushed.connect(self.brushed)
        plot.box.picked.connect(partial(self._pick, len(self._every)))
        plot.box.reset.connect(self.reset)
        self._every.append((heading, plot))

    def _pick(self, index: int, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.picked.emit(self._every[index][1], point, modifiers)


def columns(charts: int, width: float, height: float) -> int:
    """Return in how many columns the smaller side of some charts, as a part of what is enough, is largest."""
    even = [n for n in range(charts, 0, -1) if charts % n == 0]
    return max(even, key=lambda n: min(width / n / _WIDE_ENOUGH, height * n / charts / _HIGH_ENOUGH), default=1)


def _split(table: ShareTable) -> list[tuple[tuple[Message, Message], ShareTable]]:
    """Return the tables of the charts with their headings, each in full and in short."""
    if not isinstance(table, LensTable):
        return [((Message(""), Message("")), table)]
    return [((panel.heading, panel.name), replace(table, series=panel.series)) for panel in table.panels]


class Canvas(pg.GraphicsView):
    """A graphics view that holds the charts, sized to it."""

    def __init__(self, panels: Panels) -> None:
        super().__init__(background=cast(str, None), useOpenGL=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCentralItem(panels)
