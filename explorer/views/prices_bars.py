"""The bars of the prices view, on screen and in pictures: layout along an axis, and painting."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
)

from explorer.domain import units
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.price_table import PriceTable
from explorer.drawing import frame, text
from explorer.drawing.translate import tr
from explorer.style import BODY, GRID, SMALL, Style, mix
from explorer.views.prices_axis import axis
from explorer.views.prices_rows import BARS, LEGENDS, Bar, Row, baseline_name, rows_of
from explorer.words import say

TALLEST_ROW = 72
"""Pixels at scale 1; a few rows in a large picture grow no further."""
_PALE = 0.5
_SHORTEST = 2
"""Pixels at scale 1 that a bar has at least: what is paid is never drawn as nothing."""


def overflow(table: PriceTable, rect: QRectF, style: Style) -> float:
    """Return by how many pixels the rows of a table are together higher than what they have of `rect`, 0 if not."""
    small, body = (text.line_height(text.font(style, size)) for size in (SMALL, BODY))
    least = body + small + style.px(4)
    room = max(rect.bottom() - rect.top() - 2 * small - style.px(4), 0.0)
    return max(len(table) * least - room, 0.0)


class Bars:
    """A price table laid out in a rectangle: name column, bars, columns of multiples, and the two lines above.

    With `scroll` (pixels) all rows are laid out, moved up by it. Without, as in a picture, the rows that do not
    fit are left out, never the baseline, and `hidden` counts them.
    """

    def __init__(self, table: PriceTable, rect: QRectF, style: Style, scroll: float | None = None) -> None:
        self.table, self.rect, self.style = table, rect, style
        self.rows, self.bars = rows_of(table), BARS[table.compared]
        self.left, self.right = rect.left() + style.px(6), rect.right() - style.px(6)
        self.thin = max(round(style.px(1)), 1)
        self.small, self.body = text.font(style, SMALL), text.font(style, BODY)
        self.strong, self.strong_small = text.font(style, BODY, bold=True), text.font(style, SMALL, bold=True)
        self.line = text.line_height(self.small)
        self.top = rect.top() + 2 * self.line + style.px(4)
        self.hidden = 0
        self._vertically(scroll)
        self._horizontally()

    def _vertically(self, scroll: float | None) -> None:
        least, most = text.line_height(self.body) + self.line + self.style.px(4), self.style.px(TALLEST_ROW)
        room = max(self.rect.bottom() - self.top, 0.0)
        if scroll is None and len(self.rows) * least > room:
            self.rows, self.hidden = _fitting(self.rows, int((room - self.line) / least))
        self.row_height = min(max((room - (self.line if self.hidden else 0)) / max(len(self.rows), 1), least), most)
        self.overflow = max(len(self.rows) * self.row_height - room, 0.0)
        self.scroll = min(scroll or 0.0, self.overflow)

    def _horizontally(self) -> None:
        px = self.style.px
        self.flag = px(GRID + 4) + text.width("MM", self.small) + px(6)
        names = [text.width(r.name, self.strong if r.baseline else self.body) for r in self.rows]
        authors = [text.width(r.author, self.small) for r in self.rows]
        widest = max((*names, *authors), default=0.0)
        self.bars_left = self.left + min(self.flag + widest, self.rect.width() * 0.36) + px(2 * GRID)
        multiples = [units.ratio(r.multiple(bar)) for r in self.rows for bar in self.bars]
        headings = [tr(bar.heading) for bar in self.bars]
        one = max(text.width(w, self.small) for w in (*multiples, *headings, "99.9×"))
        whole = text.width(self._baseline_word, self.strong_small)
        self.ratio_width = max(one, whole / len(self.bars)) + px(GRID)
        labels = [text.width(tr(r.label(bar)), self.small) for r in self.rows for bar in self.bars]
        self.bars_right = self.right - len(self.bars) * self.ratio_width - max(labels, default=0.0) - px(GRID)
        prices = [r.price(bar) for r in self.rows for bar in self.bars]
        self.axis = axis(prices, self.bars_left, self.bars_right, linear=self.table.linear)

    @property
    def _baseline_word(self) -> str:
        return tr(say("baseline"))

    def row_rect(self, index: int) -> QRectF:
        """Return where a row lies."""
        top = self.top + index * self.row_height - self.scroll
        return QRectF(self.rect.left(), top, self.rect.width(), self.row_height)

    def bar_rect(self, index: int, which: int) -> QRectF | None:
        """Return the upper (0) or lower (1) bar of a row; None where the model is free or its price unknown."""
        price = self.rows[index].price(self.bars[which])
        if self.axis is None or not price > 0:
            return None
        slot = self._bar_slot(index, which)
        thick = min(slot.height() * 0.62, self.style.px(16))
        long = max(self.axis.x(price) - self.bars_left, self.style.px(_SHORTEST))
        return QRectF(self.bars_left, slot.center().y() - thick / 2, long, thick)

    def _bar_slot(self, index: int, which: int) -> QRectF:
        """Return the line that a bar and its label have: a single bar is in the middle of its row."""
        slot = self._slot(index, which)
        if len(self.bars) == 1:
            slot.moveTop(self.row_rect(index).center().y() - slot.height() / 2)
        return slot

    def _slot(self, index: int, which: int) -> QRectF:
        """Return the upper (0) or lower (1) line of a row."""
        row = self.row_rect(index)
        high = min(row.height() / 2 - self.style.px(2), self.style.px(26))
        top = row.center().y() - high + which * high
        return QRectF(self.left, top, self.right - self.left, high)

    def row_at(self, point: QPointF) -> Row | None:
        """Return the row under a point."""
        if not self.rect.contains(point) or point.y() < self.top:
            return None
        index = int((point.y() - self.top + self.scroll) / self.row_height)
        return self.rows[index] if index < len(self.rows) else None

    def paint(self, painter: QPainter, current: str = "") -> None:
        """Paint everything; `current` is the model id that the keyboard is at."""
        if self.table.empty is not None:
            frame.paint_sentence(painter, self.rect, self.table.empty, self.style)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_heading(painter)
        painter.setClipRect(
            QRectF(self.rect.left(), self.top, self.rect.width(), self.rect.bottom() - self.top),
            Qt.ClipOperation.IntersectClip,
        )
        for index, row in enumerate(self.rows):
            if self.row_rect(index).intersects(self.rect):
                self._paint_row_back(painter, index, row)
        self._paint_grid(painter)
        for index, row in enumerate(self.rows):
            if self.row_rect(index).intersects(self.rect):
                self._paint_row(painter, index, row)
                if row.model == current:
                    self._paint_current(painter, self.row_rect(index))
        if self.hidden:
            last = self.row_rect(len(self.rows))
            more = QRectF(self.left + self.flag, last.top(), last.width() - self.flag, self.line)
            text.put(painter, more, tr(say("… and {n} more", n=self.hidden)), self.small, self.style.theme.muted)
        painter.restore()

    def _paint_heading(self, painter: QPainter) -> None:
        theme, rect = self.style.theme, self.rect
        words = tr(say("{model} costs … as much", model=baseline_name(self.rows)))
        legend = tr(LEGENDS[self.table.compared])
        line = QRectF(self.left, rect.top(), self.right - self.left, self.line)
        text.put(painter, line, words, self.small, theme.text, text.RIGHT)
        used = text.width(words, self.small) + text.width(legend, self.small) + self.style.px(2 * GRID)
        if used < line.width():
            text.put(painter, line, legend, self.small, theme.muted)
        for which, bar in enumerate(self.bars):
            cell = self._ratio_cell(line.bottom(), self.line, which)
            text.put(painter, cell, tr(bar.heading), self.small, theme.muted, text.RIGHT)
        for price in self._ticks():
            label = _tick_words(price)
            wide = text.width(label, self.small) + 1
            at = QRectF(self._x(price) - wide / 2, line.bottom(), wide, self.line)
            text.put(painter, at, label, self.small, theme.muted, text.CENTRE)

    def _ticks(self) -> Sequence[float]:
        if self.axis is None:
            return ()
        ends = [_tick_words(p) for p in (self.axis.low, self.axis.high)]
        widest = max(text.width(label, self.small) for label in (*ends, "$0.05"))
        return self.axis.ticks(widest + self.style.px(GRID))

    def _x(self, price: float) -> float:
        return self.axis.x(price) if self.axis else self.bars_left

    def _ratio_cell(self, top: float, high: float, which: int) -> QRectF:
        left = self.right - (len(self.bars) - which) * self.ratio_width
        return QRectF(left, top, self.ratio_width, high)

    def _paint_grid(self, painter: QPainter) -> None:
        high = self.row_rect(len(self.rows) - 1).bottom() - self.top
        for price in self._ticks():
            painter.fillRect(QRectF(self._x(price), self.top, self.thin, high), QColor(self.style.theme.line))
        painter.fillRect(QRectF(self.bars_left, self.top, self.thin, high), QColor(self.style.theme.strong_line))

    def _paint_row_back(self, painter: QPainter, index: int, row: Row) -> None:
        where = self.row_rect(index)
        if row.baseline:
            painter.fillRect(where, QColor(self.style.theme.surface))
        under = QRectF(where.left(), where.bottom() - self.thin, where.width(), self.thin)
        painter.fillRect(under, QColor(self.style.theme.line))

    def _paint_row(self, painter: QPainter, index: int, row: Row) -> None:
        self._paint_name(painter, index, row)
        where = self.row_rect(index)
        ink = self.style.theme.text
        if all(row.price(bar) == 0 for bar in self.bars):
            self._paint_label(painter, where, self.bars_left, row, self.bars[0])
        else:
            for which in range(len(self.bars)):
                self._paint_price(painter, index, which)
        if row.baseline:
            both = self._ratio_cell(where.top(), where.height(), 0)
            both.setRight(self.right)
            text.put(painter, both, self._baseline_word, self.strong_small, ink, text.RIGHT)
            return
        for which, bar in enumerate(self.bars):
            cell = self._ratio_cell(where.top(), where.height(), which)
            text.put(painter, cell, units.ratio(row.multiple(bar)), self.small, ink, text.RIGHT)

    def _paint_name(self, painter: QPainter, index: int, row: Row) -> None:
        theme, px = self.style.theme, self.style.px
        upper, lower = self._slot(index, 0), self._slot(index, 1)
        side = px(GRID)
        swatch = QRectF(upper.left(), upper.center().y() - side / 2, side, side)
        painter.fillRect(swatch, QColor(self.style.band(row.country)))
        code = "" if row.country == UNATTRIBUTED else row.country
        at = QRectF(upper.left() + side + px(4), upper.top(), self.flag - side - px(4), upper.height())
        text.put(painter, at, code, self.small, theme.muted)
        left, wide = upper.left() + self.flag, self.bars_left - px(GRID) - upper.left() - self.flag
        name = QRectF(left, upper.top(), wide, upper.height())
        used = self.strong if row.baseline else self.body
        text.put(painter, name, text.shortened(row.name, used, name.width()), used, theme.text)
        author = QRectF(left, lower.top(), wide, lower.height())
        text.put(painter, author, row.author, self.small, theme.muted)

    def _paint_price(self, painter: QPainter, index: int, which: int) -> None:
        row, bar, where = self.rows[index], self.bars[which], self.bar_rect(index, which)
        left, full = self.bars_left, self.style.band(row.author)
        if where is not None:
            painter.fillRect(where, QColor(mix(full, "#ffffff", _PALE) if bar.pale else full))
            left = where.right()
        self._paint_label(painter, self._bar_slot(index, which), left, row, bar)

    def _paint_label(self, painter: QPainter, slot: QRectF, left: float, row: Row, bar: Bar) -> None:
        """Paint a price beside its bar, over a patch of the background that keeps grid lines out of it."""
        theme, words = self.style.theme, tr(row.label(bar))
        high, gap = self.line, self.style.px(4)
        patch = QRectF(left + self.thin, slot.center().y() - high / 2, text.width(words, self.small) + 2 * gap, high)
        painter.fillRect(patch, QColor(theme.surface if row.baseline else theme.background))
        text.put(painter, patch.adjusted(gap, 0, gap, 0), words, self.small, theme.text)

    def _paint_current(self, painter: QPainter, where: QRectF) -> None:
        painter.setPen(QPen(QColor(self.style.theme.accent), self.thin, Qt.PenStyle.DotLine))
        painter.drawRect(where.adjusted(0, 0, -self.thin, -2 * self.thin))


def _tick_words(price: float) -> str:
    """Return a price on the axis: nothing is $0 there, where no model is."""
    return units.price(price) if price > 0 else "$0"


def _fitting(rows: list[Row], most: int) -> tuple[list[Row], int]:
    """Return at most `most` rows (one at least), the baseline among them, and how many are left out."""
    kept = rows[: max(most, 1)]
    base = next((row for row in rows if row.baseline), None)
    if base is not None and base not in kept:
        kept = [*kept[:-1], base]
    return kept, len(rows) - len(kept)
