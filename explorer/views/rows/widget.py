"""Rows on screen. One widget that paints them all itself, since a model of Qt's costs too much."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QToolTip, QWidget

from explorer.domain import tables
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection
from explorer.domain.table import Column, Kind, Table
from explorer.drawing import frame
from explorer.drawing.cells import FORMATS, Look
from explorer.drawing.scroll_bars import flatten
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.views.rows import columns
from explorer.views.rows.menu import chooser
from explorer.views.rows.order import Sort, clicked, in_order, order_of
from explorer.views.rows.profile import Profile
from explorer.views.rows.sheet import Sheet, cell_values, paint_head, paint_rows, sheet
from explorer.views.rows.tips import NOTHING, cell_tip
from explorer.words import Message

Derive = Callable[[Dataset, Selection], Table]
"""Makes the table that rows show."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things are in the viewport, in pixels: column heads, `rows` whole rows, notes."""

    left: float
    top: float
    body: float
    rows: int
    foot: float
    page: Sheet


class Rows(QAbstractScrollArea):
    """A view's table on screen. It scrolls by whole rows and whole columns, so nothing is ever cut.

    A click on a column's head sorts, a click on a row does what the profile says. Out of sight it computes nothing.
    """

    def __init__(
        self,
        session: Session,
        style: Style,
        profile: Profile,
        parent: QWidget | None = None,
        *,
        derive: Derive | None = None,
    ) -> None:
        super().__init__(parent)
        self._derive = derive or partial(tables.table, profile.view)
        self._session, self._profile = session, profile
        self._style, self._look = style, Look(style)
        self._raw: Table | None = None
        self._table: Table | None = None
        self._order: Sequence[int] = ()
        self._layout: _Layout | None = None
        self._caption = frame.Around()
        self._sort: Sort | None = None
        self._hidden = profile.hidden
        self._current = 0
        self._outlined = False
        self._acting = False
        self._stale = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # To get to know a viewport of Qt's own, the binding would look through all classes of widgets: 10 ms.
        viewport = QWidget(self)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setViewport(viewport)
        self.setAccessibleName(tr(profile.title))
        self._flatten_bars()
        session.changed.connect(self._follow)

    def table(self) -> Table:
        """Return the table on screen, rows in the order they have there."""
        if self._stale or self._table is None:
            self._refresh()
        assert self._table is not None
        return self._table

    @property
    def current(self) -> int | None:
        """The row last clicked or moved to, in the domain's own table; None where there is none."""
        return self._order[self._current] if self._current < len(self._order) else None

    def renew(self) -> None:
        """Derive the table anew though the session is as it was: at once if in sight, else when it is next seen."""
        self._follow()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style, self._look = style, Look(style)
        self._flatten_bars()
        self._arrange()

    def _flatten_bars(self) -> None:
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            flatten(bar, self._style)

    def sort_by(self, key: str) -> None:
        """Do what a click on a column's head does: sort by it, the other way round, or no longer."""
        now = self.table()
        self._sort = clicked(self._sort, now.column(key))
        self._reorder()

    def show_column(self, key: str, show: bool) -> None:
        """Show or hide a column; the table and its export have all of them anyway."""
        self._hidden = self._hidden - {key} if show else self._hidden | {key}
        self._arrange()

    def row_rect(self, row: int) -> QRect:
        """Return where a row is in the viewport; empty if it is out of sight."""
        layout = self._placed()
        i = row - self.verticalScrollBar().value()
        if not 0 <= i < layout.rows or row >= len(self.table()):
            return QRect()
        top = round(layout.body + i * self._look.row)
        return QRect(round(layout.left), top, round(layout.page.width), self._look.row)

    def column_rect(self, key: str) -> QRect:
        """Return where a column's head is in the viewport; empty if it is out of sight."""
        layout = self._placed()
        for place in layout.page.placed:
            if place.column.key == key:
                return QRect(
                    round(layout.left + place.left), round(layout.top), round(place.width), round(self._look.head)
                )
        return QRect()

    def tip_at(self, position: QPoint) -> Message:
        """Return what a point of the viewport says when pointed at; the empty message where nothing."""
        column, row = self._column_at(position), self._row_at(position)
        if column is None:
            return NOTHING
        if row is not None:
            return cell_tip(self._profile, self.table(), row, column, self._session.dataset.origins.country_name)
        return column.tip if self._is_head(position) else NOTHING

    # --- following the session

    def _follow(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        before = self._raw.marked if self._raw is not None else frozenset[str]()
        self._stale = False
        self._raw = self._derive(self._session.dataset, self._session.selection)
        self._reorder()
        if self._raw.marked != before and not self._acting:
            self._reveal_marked()

    def _reorder(self) -> None:
        assert self._raw is not None
        id_ = self._table.ids[self._current] if self._table is not None and len(self._table) else ""
        self._order = order_of(self._raw, self._sort)
        self._table = in_order(self._raw, self._order)
        ids = self._table.ids
        if not (self._current < len(ids) and ids[self._current] == id_):
            self._current = ids.index(id_) if id_ in ids else min(self._current, max(0, len(ids) - 1))
        self._arrange()

    def _reveal_marked(self) -> None:
        now = self.table()
        found = [row for row, id_ in enumerate(now.ids) if id_ in now.marked]
        first = self.verticalScrollBar().value()
        if found and not any(first <= row < first + self._placed().rows for row in found):
            self.verticalScrollBar().setValue(found[0] - self._placed().rows // 3)

    # --- layout

    def _placed(self) -> _Layout:
        if self._stale or self._layout is None:
            self.table()
            self._arrange()
        assert self._layout is not None
        return self._layout

    def _arrange(self) -> None:
        """Lay out anew; both scroll bars count whole rows and whole columns."""
        if self._table is None:
            return
        look, now, px = self._look, self._table, self._style.px
        left = px(GRID)
        room = max(1.0, self.viewport().width() - 2 * left)
        gaps = px(GRID * 3) + look.head
        high, asked = self.viewport().height(), (self._session.dataset, self._session.selection.without("brush"))
        self._caption.fit(now.caption, self._style, QSizeF(room, high), gaps, asked)
        top = round(px(GRID) + self._caption.above + px(GRID * 0.75))
        foot = high - px(GRID * 0.75) - frame.height(self._caption.footer, self._style)
        body = top + look.head
        rows = max(0, int((high - px(GRID * 1.25) - self._caption.below - body) // look.row))
        chosen = columns.filled(now, self._profile.shown(now, self._hidden), (Kind.SHARE,))
        fitted = columns.measured(self._profile, now, chosen, look)
        sideways, downwards = self.horizontalScrollBar(), self.verticalScrollBar()
        sideways.setRange(0, fitted.steps(room))
        sideways.setPageStep(1)
        page = sheet(self._profile, now, fitted.place(room, sideways.value()))
        self._layout = _Layout(left, top, body, rows, foot, page)
        downwards.setPageStep(max(1, rows))
        downwards.setRange(0, max(0, len(now) - rows))
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._style.px(45 * GRID)), round(self._style.px(18 * GRID)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if dx:
            self._arrange()
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._refresh()
        super().showEvent(event)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        layout, look = self._placed(), self._look
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.background)
        wide = self.viewport().width() - 2 * layout.left
        above = QRectF(layout.left, self._style.px(GRID), wide, 0)
        frame.paint_lines(painter, above, self._caption.header, self._style)
        frame.paint_lines(painter, QRectF(layout.left, layout.foot, wide, 0), self._caption.footer, self._style)
        now = self.table()
        if not len(now):
            if now.empty is not None:
                high = layout.foot - layout.top
                frame.paint_sentence(painter, QRectF(layout.left, layout.top, wide, high), now.empty, self._style)
            return
        paint_head(painter, look, layout.page, QPointF(layout.left, layout.top), self._sort)
        first = self.verticalScrollBar().value()
        rows = range(first, min(first + layout.rows, len(now)))
        paint_rows(painter, look, layout.page, rows, QPointF(layout.left, layout.body))
        outlined = self._profile.points or (self._outlined and self.hasFocus())
        if outlined and self._current in rows:
            painter.setPen(look.focus if self.hasFocus() else look.ink[0])
            painter.drawRect(QRectF(self.row_rect(self._current)).adjusted(1, 1, -1, -2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._outlined = self._outlined or event.reason() in _BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    # --- pointing and clicking

    def _row_at(self, position: QPoint) -> int | None:
        layout = self._placed()
        i = int((position.y() - layout.body) // self._look.row)
        row = self.verticalScrollBar().value() + i
        inside = layout.left <= position.x() < layout.left + layout.page.width
        return row if inside and 0 <= i < layout.rows and row < len(self.table()) else None

    def _column_at(self, position: QPoint) -> Column | None:
        layout = self._placed()
        x = position.x() - layout.left
        return next((p.column for p in layout.page.placed if p.left <= x < p.left + p.width), None)

    def _is_head(self, position: QPoint) -> bool:
        layout = self._placed()
        return bool(len(self.table())) and layout.top <= position.y() < layout.body

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        position = event.position().toPoint()
        column, row = self._column_at(position), self._row_at(position)
        if column is not None and self._is_head(position):
            self.sort_by(column.key)
        elif row is not None:
            self._outlined = False
            self._go_to(row)
            self._act(row, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._is_head(event.position().toPoint()):
            self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _act(self, row: int, held: Qt.KeyboardModifier) -> None:
        """Do what a row is for; the rows then stay where they are, as the pointer is on one."""
        if row >= len(self.table()) or self._raw is None:
            return
        self._acting = True
        try:
            self._profile.act(self._session, self._raw, self._order[row], bool(held & _CTRL))
        finally:
            self._acting = False

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            # Qt takes for HTML what looks like it, and a model's name may.
            words = tr(self.tip_at(event.pos()))
            html = (_LONG if len(words) > _LINE else _SHORT).format(escape(words)) if words else ""
            QToolTip.showText(event.globalPos(), html, self.viewport())
            return True
        return super().viewportEvent(event)

    # --- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self._outlined = True
            self._go_to(move(self._current, max(1, self._placed().rows), len(self.table())))
        elif event.key() in _ACTS:
            self._act(self._current, event.modifiers())
        else:
            super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        now, bar = self.table(), self.verticalScrollBar()
        if not len(now):
            return
        self._current = min(max(row, 0), len(now) - 1)
        first, last = bar.value(), bar.value() + self._placed().rows - 1
        if self._current < first:
            bar.setValue(self._current)
        elif self._current > last:
            bar.setValue(self._current - self._placed().rows + 1)
        self.setAccessibleDescription(self._spoken(self._current))
        self.viewport().update()

    def _spoken(self, row: int) -> str:
        """Return a row as a screen reader says it."""
        now = self.table()
        said = (c for c in self._profile.shown(now, self._hidden) if c.kind not in (Kind.SERIES, Kind.RANK_CHANGE))
        cells = ((c, cell_values(self._profile, now, c.key, range(row, row + 1))[0]) for c in said)
        return ", ".join(f"{tr(c.label)} {FORMATS[c.kind](value)}" for c, value in cells)

    # --- the column chooser

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        if not by_key and not self._is_head(event.pos()):
            event.ignore()
            return
        at = self.viewport().mapToGlobal(QPoint(GRID, round(self._placed().body)) if by_key else event.pos())
        self.chooser().popup(at)

    def chooser(self) -> QMenu:
        """Return a menu that shows and hides columns, and sorts by them."""
        return chooser(self, self._profile, self.table(), self._hidden, self.show_column, self.sort_by)


_SHORT, _LONG = "<p style='white-space:pre'>{}</p>", "<p>{}</p>"
_LINE = 100  # characters
_CTRL = Qt.KeyboardModifier.ControlModifier
_MOVES: dict[Qt.Key, Callable[[int, int, int], int]] = {
    Qt.Key.Key_Up: lambda row, page, count: row - 1,
    Qt.Key.Key_Down: lambda row, page, count: row + 1,
    Qt.Key.Key_PageUp: lambda row, page, count: row - page,
    Qt.Key.Key_PageDown: lambda row, page, count: row + page,
    Qt.Key.Key_Home: lambda row, page, count: 0,
    Qt.Key.Key_End: lambda row, page, count: count - 1,
}
_BY_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_ACTS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
