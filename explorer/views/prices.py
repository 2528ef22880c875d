"""The prices view: what models cost per million tokens, as bars, and how a baseline compares."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QScrollBar, QWidget

from explorer.domain import tables, token_ratios
from explorer.domain.price_table import PriceTable
from explorer.domain.pricing import Pricing
from explorer.domain.selection import Grouping
from explorer.domain.table import Table
from explorer.drawing import frame
from explorer.drawing.explaining import ExplainingWidget
from explorer.drawing.scroll_bars import flatten
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.views.prices_bars import Bars, overflow
from explorer.views.prices_rows import Row, baseline_name, explanation
from explorer.views.prices_strip import PriceStrip
from explorer.words import say


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint a price table into `rect`; rows that can't be shown legibly are counted instead."""
    Bars(cast(PriceTable, table), rect, style).paint(painter)


class PricesWidget(ExplainingWidget):
    """The prices view on screen: a strip of controls, caption, bars, tooltips.

    A click marks a model, a double click compares with it.
    """

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session, self._style = session, style
        self._caption = frame.Around()
        self._current = ""
        self._pressed, self._before = "", session.selection
        self.strip = PriceStrip(self)
        self.strip.set_style(style)
        self.strip.asked.connect(self._look)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.valueChanged.connect(self._on_scroll)
        flatten(self._bar, style)
        self._asked, self._menu = "", QMenu(self)
        self._mark_action = self._menu.addAction(tr(say("Mark")))
        self._mark_action.triggered.connect(lambda: self._mark(self._asked, add=True))
        self._base_action = self._menu.addAction(tr(say("Use as baseline")))
        self._base_action.triggered.connect(lambda: self._compare_with(self._asked))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr(say("Prices of models")))
        self.setMinimumSize(320, 144)
        QWidget.setTabOrder(self.strip.default, self)
        session.changed.connect(self.refresh)
        self.refresh()

    def table(self) -> Table:
        """Return the table the bars are drawn from."""
        return self._table

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style = style
        flatten(self._bar, style)
        self.strip.set_style(style)
        self._arrange()

    def refresh(self) -> None:
        """Derive the table from the session and draw it."""
        found = tables.table("prices", self._session.dataset, self._session.selection)
        self._table = cast(PriceTable, found)
        if self._current not in found.ids:
            self._current = ""
        self._show_pricing()
        self._arrange()

    def _show_pricing(self) -> None:
        dataset, selection = self._session.dataset, self._session.selection
        found = token_ratios.observed(dataset, selection)
        observed = None if found is None else replace(selection.pricing, ratio=found.overall)
        self.strip.show_pricing(selection.pricing, observed, None if found is None else found.words)

    def bars(self) -> Bars:
        """Return the layout on screen, in the widget's pixels."""
        return self._bars

    def _arrange(self) -> None:
        """Lay out caption and bars; a scroll bar takes its room only where the rows need it."""
        side, gap = self._style.px(GRID * 1.5), self._style.px(GRID)
        self._inner = QRectF(self.rect()).adjusted(side, gap, -side, -gap)
        high = self.strip.arrange(round(self._inner.width()))
        self.strip.setGeometry(round(side), round(gap / 2), round(self._inner.width()), high)
        self._inner.setTop(gap + high)
        asked = (self._session.dataset, self._session.selection.without("brush"))
        self._caption.fit(self._table.caption, self._style, self._inner.size(), 2 * gap, asked)
        rect = self._inner.adjusted(0, self._caption.above + gap, 0, -self._caption.below - gap)
        scrolls = math.ceil(overflow(self._table, rect, self._style))
        wide = self._bar.sizeHint().width()
        left = rect.adjusted(0, 0, -wide - gap, 0) if scrolls else rect
        self._bars = Bars(self._table, left, self._style, self._bar.value())
        if scrolls:
            high = round(rect.bottom() - self._bars.top)
            self._bar.setGeometry(round(rect.right()) - wide, round(self._bars.top), wide, high)
            self._bar.setPageStep(max(high, 1))
            self._bar.setSingleStep(round(self._bars.row_height))
        self._bar.setRange(0, scrolls)
        self._bar.setVisible(scrolls > 0)
        self.update()

    def _look(self, pricing: Pricing, continued: bool) -> None:
        """Look at prices in another way; the steps of one drag are undone as one."""
        self._session.select(self._session.selection.but(pricing=pricing), continued=continued)

    def _on_scroll(self, value: int) -> None:
        self._bars.scroll = min(float(value), self._bars.overflow)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._style.theme.background))
        frame.paint_lines(painter, self._inner, self._caption.header, self._style)
        foot = QRectF(self._inner)
        foot.setTop(foot.bottom() - frame.height(self._caption.footer, self._style))
        frame.paint_lines(painter, foot, self._caption.footer, self._style)
        self._bars.paint(painter, self._current if self.hasFocus() else "")
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._bar.isVisible():
            self._bar.event(event)
        else:
            super().wheelEvent(event)

    def tip(self, point: QPointF) -> tuple[Sequence[str], QRect]:
        row = self._bars.row_at(point)
        if row is None:
            return (), QRect()
        index = [each.model for each in self._bars.rows].index(row.model)
        return self._explained(row), self._bars.row_rect(index).toAlignedRect()

    def _explained(self, row: Row) -> list[str]:
        return [tr(line) for line in explanation(row, baseline_name(self._bars.rows), self._table.compared)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._bars.row_at(event.position())
        self._pressed = row.model if row and event.button() is Qt.MouseButton.LeftButton else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._bars.row_at(event.position())
        if row is None or row.model != self._pressed:
            self._pressed = ""
            return
        self._before = self._session.selection
        self._current = row.model
        self._mark(row.model, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Compare with the model that the first click hit; what that click marked is taken back."""
        model, self._pressed = self._pressed, ""
        if not model:
            return
        if self._session.selection != self._before:
            self._session.undo()
        self._compare_with(model)

    def menu(self, model: str) -> QMenu:
        """Return the context menu, set up for a model."""
        self._asked = model
        self._mark_action.setText(tr(say("Unmark") if model in self._session.selection.models else say("Mark")))
        self._base_action.setEnabled(model != self._table.baseline and self._comparable(model))
        return self._menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = None if by_key else self._bars.row_at(QPointF(event.pos()))
        model = self._current if by_key else (row.model if row else "")
        if model:
            self.menu(model).popup(self._corner(model) if by_key else event.globalPos())

    def _corner(self, model: str) -> QPoint:
        """Return where the name of a model stands on the screen."""
        index = [row.model for row in self._bars.rows].index(model)
        return self.mapToGlobal(self._bars.row_rect(index).center().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._bars.rows:
            self._go(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current:
            self._mark(self._current, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key is Qt.Key.Key_B and self._current and not event.modifiers():
            self._compare_with(self._current)
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """Move the current row by some rows and bring it into sight."""
        models = [row.model for row in self._bars.rows]
        before = models.index(self._current) if self._current else -1 if step > 0 else len(models)
        at = min(max(before + step, 0), len(models) - 1)
        self._current = models[at]
        where = self._bars.row_rect(at)
        beyond = max(where.bottom() - self._bars.rect.bottom(), 0.0) or min(where.top() - self._bars.top, 0.0)
        self._bar.setValue(self._bar.value() + (math.ceil(beyond) if beyond > 0 else math.floor(beyond)))
        self.setAccessibleDescription("\n".join(self._explained(self._bars.rows[at])))
        self.update()

    def _mark(self, model: str, *, add: bool) -> None:
        self._session.select(self._session.selection.mark(Grouping.MODEL, model, add=add))

    def _comparable(self, model: str) -> bool:
        return any(row.model == model and row.comparable for row in self._bars.rows)

    def _compare_with(self, model: str) -> None:
        if self._comparable(model):
            self._session.select(self._session.selection.but(baseline=model))


_ALL = 10**6
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -_ALL, Qt.Key.Key_End: _ALL}


def widget(session: Session, style: Style) -> QWidget:
    """Return the prices view, following the session."""
    return PricesWidget(session, style)
