"""The bars of the prices view, on screen and in pictures: layout on a log axis, and painting."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
from explorer.views.prices_rows import Row, baseline_name, rows_of
from explorer.words import say

TALLEST_ROW = 72
"""Pixels at scale 1; a few rows in a large picture grow no further."""
_PALE = 0.5
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Axis:
    """A log axis: prices from `low` to `high` over the pixels from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def x(self, price: float) -> float:
        """Return where a price lies."""
        return self.left + (self.right - self.left) * math.log(price / self.low) / math.log(self.high / self.low)

    def ticks(self, apart: float) -> list[float]:
        """Return round prices at least `apart` pixels from each other: 1-2-5 steps, else decades, else the ends."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        decade = (self.right - self.left) / math.log10(self.high / self.low)
        if decade * math.log10(2) >= apart:
            found = [10.0**power * step for power in range(first, last + 1) for step in (1, 2, 5)]
        else:
            found = [10.0**power for power in range(first, last + 1, max(1, math.ceil(apart / max(decade, 1))))]
        inside = [v for v in found if self.low * (1 - _TOLERANCE) <= v <= self.high * (1 + _TOLERANCE)]
        ends = [self.low, _round_down(self.high)]
        return ends if len(inside) < 2 and self.x(ends[1]) - self.x(ends[0]) >= apart else inside


def axis(prices: Iterable[float], left: float, right: float) -> Axis | None:
    """Return the axis that holds all prices above 0, from a round price clearly below them; None without any."""
    paid = [price for price in prices if price > 0]
    if not paid:
        return None
    return Axis(_round_down(min(paid) * 0.8), max(paid), left, max(right, left + 1))


def _round_down(value: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten up to `value`."""
    power = 10.0 ** math.floor(math.log10(value) + _TOLERANCE)
    return next(power * step for step in (5, 2, 1) if power * step <= value * (1 + _TOLERANCE) or step == 1)


class Bars:
    """A price table laid out in a rectangle: name column, bars, columns of multiples, and the two lines above.

    With `scroll` (pixels) all rows are laid out, moved up by it. Without, as in a picture, the rows that do not
    fit are left out, never the baseline, and `hidden` counts them.
    """

    def __init__(self, table: PriceTable, rect: QRectF, style: Style, scroll: float | None = None) -> None:
        self.table, self.rect, self.style = table, rect, style
        self.rows = rows_of(table)
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
        multiples = [units.ratio(v) for r in self.rows for v in (r.ratio_input, r.ratio_output)]
        one = max((text.width(w, self.small) for w in (*multiples, "99.9×")), default=0.0)
        self.ratio_width = max(one, text.width(self._baseline_word, self.strong_small) / 2) + px(GRID)
        labels = [text.width(tr(label), self.small) for r in self.rows for label in r.labels]
        self.bars_right = self.right - 2 * self.ratio_width - max(labels, default=0.0) - px(GRID)
        prices = [price for r in self.rows for price in (r.input, r.output)]
        self.axis = axis(prices, self.bars_left, self.bars_right)

    @property
    def _baseline_word(self) -> str:
        return tr(say("baseline"))

    def row_rect(self, index: int) -> QRectF:
        """Return where a row lies."""
        top = self.top + index * self.row_height - self.scroll
        return QRectF(self.rect.left(), top, self.rect.width(), self.row_height)

    def bar_rect(self, index: int, which: int) -> QRectF | None:
        """Return the input (0) or output (1) bar of a row; None where the model is free or its price unknown."""
        price = (self.rows[index].input, self.rows[index].output)[which]
        if self.axis is None or not price > 0:
            return None
        slot = self._slot(index, which)
        thick = min(slot.height() * 0.62, self.style.px(16))
        right = self.axis.x(price)
        return QRectF(self.bars_left, slot.center().y() - thick / 2, right - self.bars_left, thick)

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
        legend = tr(say("upper bar input, lower bar output"))
        line = QRectF(self.left, rect.top(), self.right - self.left, self.line)
        text.put(painter, line, words, self.small, theme.text, text.RIGHT)
        used = text.width(words, self.small) + text.width(legend, self.small) + self.style.px(2 * GRID)
        if used < line.width():
            text.put(painter, line, legend, self.small, theme.muted)
        for which, word in enumerate((say("in"), say("out"))):
            cell = self._ratio_cell(line.bottom(), self.line, which)
            text.put(painter, cell, tr(word), self.small, theme.muted, text.RIGHT)
        for price in self._ticks():
            label = units.price(price)
            wide = text.width(label, self.small) + 1
            at = QRectF(self._x(price) - wide / 2, line.bottom(), wide, self.line)
            text.put(painter, at, label, self.small, theme.muted, text.CENTRE)

    def _ticks(self) -> Sequence[float]:
        if self.axis is None:
            return ()
        ends = [units.price(p) for p in (self.axis.low, self.axis.high)]
        widest = max(text.width(label, self.small) for label in (*ends, "$0.05"))
        return self.axis.ticks(widest + self.style.px(GRID))

    def _x(self, price: float) -> float:
        return self.axis.x(price) if self.axis else self.bars_left

    def _ratio_cell(self, top: float, high: float, which: int) -> QRectF:
        left = self.right - (2 - which) * self.ratio_width
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
        full = self.style.band(row.author)
        where = self.row_rect(index)
        ink = self.style.theme.text
        if row.input == row.output == 0:
            self._paint_label(painter, where, self.bars_left, row, 0)
        else:
            for which, bar in enumerate((mix(full, "#ffffff", _PALE), full)):
                self._paint_price(painter, index, which, bar)
        if row.baseline:
            both = self._ratio_cell(where.top(), where.height(), 0)
            both.setRight(self.right)
            text.put(painter, both, self._baseline_word, self.strong_small, ink, text.RIGHT)
            return
        for which, value in enumerate((row.ratio_input, row.ratio_output)):
            cell = self._ratio_cell(where.top(), where.height(), which)
            text.put(painter, cell, units.ratio(value), self.small, ink, text.RIGHT)

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
        text.put(painter, name, row.name, self.strong if row.baseline else self.body, theme.text)
        author = QRectF(left, lower.top(), wide, lower.height())
        text.put(painter, author, row.author, self.small, theme.muted)

    def _paint_price(self, painter: QPainter, index: int, which: int, ink: str) -> None:
        row, bar = self.rows[index], self.bar_rect(index, which)
        left = self.bars_left
        if bar is not None:
            painter.fillRect(bar, QColor(ink))
            left = bar.right()
        self._paint_label(painter, self._slot(index, which), left, row, which)

    def _paint_label(self, painter: QPainter, slot: QRectF, left: float, row: Row, which: int) -> None:
        """Paint a price beside its bar, over a patch of the background that keeps grid lines out of it."""
        theme, words = self.style.theme, tr(row.labels[which])
        high, gap = self.line, self.style.px(4)
        patch = QRectF(left + self.thin, slot.center().y() - high / 2, text.width(words, self.small) + 2 * gap, high)
        painter.fillRect(patch, QColor(theme.surface if row.baseline else theme.background))
        text.put(painter, patch.adjusted(gap, 0, gap, 0), words, self.small, theme.text)

    def _paint_current(self, painter: QPainter, where: QRectF) -> None:
        painter.setPen(QPen(QColor(self.style.theme.accent), self.thin, Qt.PenStyle.DotLine))
        painter.drawRect(where.adjusted(0, 0, -self.thin, -2 * self.thin))


def _fitting(rows: list[Row], most: int) -> tuple[list[Row], int]:
    """Return at most `most` rows (one at least), the baseline among them, and how many are left out."""
    kept = rows[: max(most, 1)]
    base = next((row for row in rows if row.baseline), None)
    if base is not None and base not in kept:
        kept = [*kept[:-1], base]
    return kept, len(rows) - len(kept)
