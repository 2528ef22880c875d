"""The share view: tokens or shares over time, stacked by country, author or model."""

from collections.abc import Sequence
from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QLabel, QVBoxLayout, QWidget

from explorer.domain import tables
from explorer.domain.periods import Span
from explorer.domain.schema import OTHER
from explorer.domain.selection import Measure
from explorer.domain.shares import ShareTable
from explorer.domain.table import Table
from explorer.domain.wording import span_words
from explorer.drawing import frame, text, ticks
from explorer.drawing.plot import BrushBox, PlainAxis, Rule, amount_ticks, share_ticks
from explorer.drawing.stack import Bands, EdgeLabels, StackItem
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, SMALL, Style
from explorer.views.share_stack import FOLDED, Stack, readout
from explorer.words import say

_FEWEST, _ROOM = 7, 26
"""At least so many bands are drawn, and one more for each so many pixels of height that their labels take."""


class StackPlot(pg.GraphicsLayout):
    """The plot alone: axes, bands and edge labels, from a share table and a style."""

    def __init__(self, style: Style) -> None:
        super().__init__(border=None)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(0)
        self.box = BrushBox()
        self.item = StackItem(style)
        self.labels = EdgeLabels(style)
        self._left = PlainAxis("left", _fixed(()), style)
        self._bottom = PlainAxis("bottom", ticks.dates, style)
        self.addItem(self._left, 0, 0)
        self.addItem(self.box, 0, 1)
        self.addItem(self.labels, 0, 2)
        self.addItem(self._bottom, 1, 1)
        self._left.linkToView(self.box)
        self._bottom.linkToView(self.box)
        self.box.addItem(self.item, ignoreBounds=True)
        self._cross = tuple(pg.InfiniteLine(angle=angle) for angle in (90, 0))
        for line in self._cross:
            line.setVisible(False)
            self.box.addItem(line, ignoreBounds=True)
        self.stack: Stack | None = None
        self._shape: tuple[object, ...] = ()
        self._lines: list[tuple[float, str]] = []
        self._colours: list[str] = []

    @property
    def grid(self) -> QGraphicsGridLayout:
        """The layout of axes, box and labels."""
        return cast(QGraphicsGridLayout, self.layout)

    def show_table(self, table: ShareTable, style: Style, width: float, height: float) -> None:
        """Draw a table with rows, in a plot of about `width` × `height` pixels."""
        shape = (id(table.series), table.measure, table.marked, style, width, height)
        if self.stack is None or shape != self._shape:
            self._shape = shape
            self.stack = Stack(table, max(_FEWEST, int(height / style.px(_ROOM))))
            self._shape_axes(self.stack, style, width, height)
            # Left to the first painting, layout and ranges would each ask for another one.
            self.grid.activate()
            self.box.prepareForPaint()
        self.item.set_bands(self._bands(self.stack, table.brush))

    def _shape_axes(self, stack: Stack, style: Style, width: float, height: float) -> None:
        """Set up all that stays as it is while only the brush moves."""
        rule = share_ticks if stack.table.measure is Measure.SHARE else amount_ticks
        self._lines = rule(stack.top, max(int(height / style.px(44)), 1))
        self._colours = stack.colours(style)
        for axis in (self._left, self._bottom):
            axis.set_style(style)
            axis.picture = None
        self._left.rule = _fixed(self._lines)
        # Half a line above the box, for the label of the topmost tick.
        self.grid.setContentsMargins(0, text.line_height(text.font(style, SMALL)) / 2, 0, 0)
        self._left.fit([label for _, label in self._lines])
        self.item.set_style(style)
        for line in self._cross:
            line.setPen(pg.mkPen(style.theme.muted, width=max(1, round(style.px(1))), style=Qt.PenStyle.DotLine))
        heading = "" if stack.labelled is None else span_words(stack.series.spans[stack.labelled])
        self.labels.set_labels(stack.labels(style), heading, style, width * 0.34)
        self.box.setRange(
            xRange=(stack.left[0], stack.right[-1]), yRange=(0, stack.top), padding=0, disableAutoRange=True
        )

    def point_at(self, point: QPointF | None) -> None:
        """Cross two lines at a point in data units; None takes them away."""
        for line, at in zip(self._cross, (point.x(), point.y()) if point else (0.0, 0.0), strict=True):
            line.setPos(at)
            line.setVisible(point is not None)

    def _bands(self, stack: Stack, brush: Span | None) -> Bands:
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
        )


def _fixed(found: Sequence[tuple[float, str]]) -> Rule:
    """Return the rule of an axis whose ticks are the grid lines of the chart."""
    return lambda low, high, most: list(found)


class _Canvas(pg.GraphicsView):
    """A graphics view that holds one plot, sized to it."""

    def __init__(self, plot: StackPlot) -> None:
        super().__init__(background=cast(str, None), useOpenGL=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCentralItem(plot)


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint a share table's chart into `rect`: a fresh plot at that size, rendered once."""
    plot = StackPlot(style)
    canvas = _Canvas(plot)
    canvas.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    canvas.resize(round(rect.width()), round(rect.height()))
    canvas.show()
    plot.show_table(cast(ShareTable, table), style, rect.width(), rect.height())
    canvas.render(painter, rect, canvas.viewport().rect())
    canvas.close()
    canvas.deleteLater()


class ShareWidget(QWidget):
    """The share view on screen: caption, chart, readout; brushing, picking and the crosshair."""

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session, self._style = session, style
        self._plot = StackPlot(style)
        self._canvas = _Canvas(self._plot)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas.viewport().installEventFilter(self)
        self._canvas.setMouseTracking(True)
        for opaque in (self, self._canvas.viewport()):
            opaque.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picked = False  # the last click marked a band
        self._dragging = False  # a drag under way has changed the brush
        self._readout = QLabel(self)
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._canvas)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr(say("Country share over time")))
        self.setMinimumSize(320, 200)
        box = self._plot.box
        box.brushed.connect(self._on_brush)
        box.picked.connect(self._on_pick)
        box.reset.connect(self._on_reset)
        session.changed.connect(self.refresh)
        self.set_style(style)

    def table(self) -> Table:
        """Return the table the chart is drawn from."""
        return self._table

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style = style
        theme = style.theme
        self._canvas.setBackground(theme.background)
        self._readout.setStyleSheet(
            f"background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.strong_line}; padding: 6px;"
        )
        self.refresh()

    def refresh(self) -> None:
        """Derive the table from the session and draw it."""
        self._table = cast(ShareTable, tables.table("share", self._session.dataset, self._session.selection))
        self._hide_readout()
        self._canvas.setVisible(self._table.empty is None)
        self._arrange()
        self.update(QRegion(self.rect()) - self._canvas.geometry())

    def _arrange(self) -> None:
        """Leave room for the caption above and the source below, and draw the plot in between."""
        room = self.width() - 2 * self._style.px(GRID * 1.5)
        caption = self._table.caption
        self._above = frame.header(caption, self._style, room, large=False)
        self._below = frame.footer(caption, self._style, room, large=False)
        side, gap = round(self._style.px(GRID * 1.5)), round(self._style.px(GRID))
        above, below = frame.height(self._above, self._style), frame.height(self._below, self._style)
        self._layout.setContentsMargins(side, round(above) + 2 * gap, side, round(below) + 2 * gap)
        if self._table.empty is None:
            self._layout.activate()
            self._plot.show_table(self._table, self._style, room, self.height() - above - below - 4 * gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.theme.background)
        side, gap = self._style.px(GRID * 1.5), self._style.px(GRID)
        inner = QRectF(self.rect()).adjusted(side, gap, -side, -gap)
        frame.paint_lines(painter, inner, self._above, self._style)
        foot = frame.height(self._below, self._style)
        frame.paint_lines(
            painter, QRectF(inner.left(), inner.bottom() - foot, inner.width(), foot), self._below, self._style
        )
        if self._table.empty is not None:
            frame.paint_sentence(painter, inner, self._table.empty, self._style)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move the brush by one period, so that the chart can be read without a mouse."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        stack = self._plot.stack
        if step is None or stack is None or self._table.empty is not None:
            super().keyPressEvent(event)
            return
        spans = [s for s, gap in zip(stack.series.spans, stack.series.gap.tolist(), strict=True) if not gap]
        brush = self._session.selection.brush
        at = next((i for i, s in enumerate(spans) if brush and s.last >= brush.first), len(spans) - 1)
        at = min(max(at + (step if brush else 0), 0), len(spans) - 1)
        self._session.select(self._session.selection.but(brush=spans[at]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self._on_move(cast(QMouseEvent, event).position())
        elif event.type() == QEvent.Type.Leave:
            self._hide_readout()
        return False

    def _on_brush(self, began: float, now: float, first: bool) -> None:
        stack = self._plot.stack
        found = stack.span_between(began, now) if stack else None
        if found is None:
            return
        before = self._session.selection
        self._session.select(before.but(brush=found), continued=self._dragging and not first)
        self._dragging = (self._dragging and not first) or self._session.selection != before

    def _on_pick(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        stack = self._plot.stack
        hit = stack.at(point) if stack else None
        self._picked = False
        if stack is None or hit is None or hit[1] < 0:
            return
        key, grouping = stack.keys[hit[1]], self._table.grouping
        if key in (FOLDED, OTHER):
            return
        add = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._session.select(self._session.selection.mark(grouping, key, add=add))
        self._picked = True

    def _on_reset(self) -> None:
        """Take the brush away, and back what the first click of the double click marked."""
        if self._picked:
            self._picked = False
            self._session.undo()
        self._session.select(self._session.selection.but(brush=None))

    def _on_move(self, position: QPointF) -> None:
        stack = self._plot.stack
        point = self._plot.box.mapSceneToView(self._canvas.mapToScene(position.toPoint()))
        hit = stack.at(point) if stack and self._plot.box.sceneBoundingRect().contains(position) else None
        if stack is None or hit is None:
            self._hide_readout()
            return
        self._readout.setText("\n".join(tr(line) for line in readout(stack, *hit)))
        self._readout.adjustSize()
        self._place(self._canvas.mapTo(self, position.toPoint()))
        self._readout.show()
        self._plot.point_at(point)

    def _hide_readout(self) -> None:
        self._readout.hide()
        self._plot.point_at(None)

    def _place(self, cursor: QPoint) -> None:
        """Put the readout beside the cursor, inside the widget."""
        gap = round(self._style.px(14))
        x = cursor.x() + gap
        if x + self._readout.width() > self.width():
            x = cursor.x() - gap - self._readout.width()
        y = min(max(cursor.y() - self._readout.height() // 2, 0), self.height() - self._readout.height())
        self._readout.move(max(x, 0), y)
        self._readout.raise_()


def widget(session: Session, style: Style) -> QWidget:
    """Return the share view, following the session."""
    return ShareWidget(session, style)
