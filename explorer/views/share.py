"""The share view: tokens or shares over time, stacked by country, author or model."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.domain import tables
from explorer.domain.lens import LensTable
from explorer.domain.schema import OTHER
from explorer.domain.shares import ShareTable
from explorer.domain.table import Table
from explorer.drawing import frame, text
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, HEADING, Style
from explorer.views.share_panels import Canvas, Panels
from explorer.views.share_plot import StackPlot
from explorer.views.share_stack import FOLDED, readout
from explorer.words import say


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint a share table's chart into `rect`: a fresh plot at that size, rendered once."""
    panels = Panels(style)
    canvas = Canvas(panels)
    canvas.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    canvas.resize(round(rect.width()), round(rect.height()))
    canvas.show()
    panels.show_table(cast(ShareTable, table), style, rect.width(), rect.height())
    canvas.render(painter, rect, canvas.viewport().rect())
    canvas.close()
    canvas.deleteLater()


_ROOMY = 440
"""In a lower view a title of two lines moves the panels of the lens, rather than that one of one line wastes a line."""


class ShareWidget(QWidget):
    """The share view on screen: caption, chart, readout; brushing, picking and the crosshair."""

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session, self._style = session, style
        self._panels = Panels(style)
        self._canvas = Canvas(self._panels)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas.viewport().installEventFilter(self)
        self._canvas.setMouseTracking(True)
        for opaque in (self, self._canvas.viewport()):
            opaque.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picked = False  # the last click marked a band
        self._dragging = False  # a drag under way has changed the brush
        self._caption = frame.Around()
        self._readout = QLabel(self)
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._canvas)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr(say("Country share over time")))
        self.setMinimumSize(320, 144)
        self._panels.brushed.connect(self._on_brush)
        self._panels.picked.connect(self._on_pick)
        self._panels.reset.connect(self._on_reset)
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
        side, gap = round(self._style.px(GRID * 1.5)), round(self._style.px(GRID))
        asked = (self._session.dataset, self._session.selection.without("brush"))
        size, spare = QSizeF(room, self.height()), self._spare_line()
        self._caption.fit(self._table.caption, self._style, size, 4 * gap + spare, asked)
        above, below = self._caption.above, self._caption.below
        if sum(line.bold for line in self._caption.header) == 1:
            above = max(above, frame.height(self._caption.header, self._style) + spare)
        self._layout.setContentsMargins(side, round(above) + 2 * gap, side, round(below) + 2 * gap)
        if self._table.empty is None:
            self._layout.activate()
            self._panels.show_table(self._table, self._style, room, self.height() - above - below - 4 * gap)

    def _spare_line(self) -> float:
        """Return the height of the second line that a title which grows and shrinks with the brush has at any rate."""
        if not isinstance(self._table, LensTable) or self.height() < self._style.px(_ROOMY):
            return 0.0
        return text.line_height(text.font(self._style, HEADING, bold=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.theme.background)
        side, gap = self._style.px(GRID * 1.5), self._style.px(GRID)
        inner = QRectF(self.rect()).adjusted(side, gap, -side, -gap)
        frame.paint_lines(painter, inner, self._caption.header, self._style)
        foot = frame.height(self._caption.footer, self._style)
        below = QRectF(inner.left(), inner.bottom() - foot, inner.width(), foot)
        frame.paint_lines(painter, below, self._caption.footer, self._style)
        if self._table.empty is not None:
            frame.paint_sentence(painter, inner, self._table.empty, self._style)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move the brush by one period, so that the chart can be read without a mouse."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        stack = self._panels.stack
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
        stack = self._panels.stack
        found = stack.span_between(began, now) if stack else None
        if found is None:
            return
        before = self._session.selection
        self._session.select(before.but(brush=found), continued=self._dragging and not first)
        self._dragging = (self._dragging and not first) or self._session.selection != before

    def _on_pick(self, plot: StackPlot, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        stack = plot.stack
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
        plot = self._panels.under(position)
        stack = plot.stack if plot else None
        if plot is None or stack is None:
            self._hide_readout()
            return
        point = plot.box.mapSceneToView(self._canvas.mapToScene(position.toPoint()))
        hit = stack.at(point)
        if hit is None:
            self._hide_readout()
            return
        lines = [self._panels.heading_of(plot), *(tr(line) for line in readout(stack, *hit))]
        self._readout.setText("\n".join(line for line in lines if line))
        self._readout.adjustSize()
        self._place(self._canvas.mapTo(self, position.toPoint()))
        self._readout.show()
        self._panels.point_at(plot, point)

    def _hide_readout(self) -> None:
        self._readout.hide()
        self._panels.point_at(None)

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
