"""Rows as they are painted: head and rows of a table whose columns have their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from explorer.domain.prices import CATALOGUE
from explorer.domain.schema import OTHER
from explorer.domain.table import Column, Kind, Table
from explorer.drawing import frame, text
from explorer.drawing.cells import Look, Strip, missing, paint
from explorer.drawing.translate import tr
from explorer.style import Style
from explorer.views.rows import columns
from explorer.views.rows.order import Sort
from explorer.views.rows.profile import Profile, more_rows
from explorer.words import Message, say

_LEAST_GROWTH, _MOST_GROWTH, _MOST_AIR = 0.84, 1.35, 1.5
"""A picture of few rows is drawn larger, and its rows higher still, up to these factors; a narrow one smaller."""
_ROUNDING = 0.97
"""Growth stops short of the whole picture, since rows and columns are rounded to whole pixels."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its columns in place.

    `reach` holds the lowest and highest value, 0 among them, of each column of bars.
    """

    profile: Profile
    table: Table
    placed: tuple[columns.Placed, ...]
    reach: Mapping[str, tuple[float, float]]

    @property
    def width(self) -> float:
        """How wide the columns are together, in pixels."""
        return self.placed[-1].left + self.placed[-1].width if self.placed else 0.0


def sheet(profile: Profile, table: Table, placed: tuple[columns.Placed, ...]) -> Sheet:
    """Return the sheet of a table whose columns found their places."""
    bars = [place.column.key for place in placed if place.column.kind in (Kind.SHARE, Kind.TOKENS_CHANGE)]
    return Sheet(profile, table, placed, {key: _reach(table.values[key]) for key in bars})


def _reach(values: Sequence[Any]) -> tuple[float, float]:
    known = [value for value in values if value and not missing(value)]
    return (min(0.0, *known), max(0.0, *known)) if known else (0.0, 1.0)


def is_marked(table: Table, row: int) -> bool:
    """Whether the Selection names a row."""
    return table.ids[row] in table.marked


def paint_head(painter: QPainter, look: Look, page: Sheet, at: QPointF, sort: Sort | None = None) -> None:
    """Paint the labels of the columns, and which one the rows are sorted by."""
    theme = look.style.theme
    painter.fillRect(QRectF(at.x(), at.y(), page.width, look.head), look.surface)
    painter.setPen(look.rule)
    bottom = at.y() + look.head - 0.5
    painter.drawLine(QLineF(at.x(), bottom, at.x() + page.width, bottom))
    for place in page.placed:
        right_aligned = columns.is_right(place.column)
        left = at.x() + place.left + look.pad
        cell = QRectF(left, at.y(), place.width - 2 * look.pad, look.head - 1)
        label = tr(place.column.label)
        sorted_by = sort is not None and sort.key == place.column.key
        align = text.RIGHT if right_aligned else text.LEFT
        text.put(painter, cell, label, look.head_font, theme.text if sorted_by else theme.muted, align)
        if sort is not None and sorted_by:
            reach = look.head_width(label) + look.style.px(7)
            middle = cell.right() - reach if right_aligned else cell.left() + reach
            _paint_marker(painter, look, QPointF(middle, cell.center().y()), sort.descending)


def _paint_marker(painter: QPainter, look: Look, centre: QPointF, descending: bool) -> None:
    wide, high = look.style.px(3.5), look.style.px(2.5) * (1 if descending else -1)
    x, y = centre.x(), centre.y()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.focus.color())
    painter.setBrush(look.focus.color())
    painter.drawPolygon(QPolygonF([QPointF(x - wide, y - high), QPointF(x + wide, y - high), QPointF(x, y + high)]))
    painter.restore()


def paint_rows(painter: QPainter, look: Look, page: Sheet, rows: range, at: QPointF) -> None:
    """Paint some rows of the sheet, the first from `at` down: those that the Selection marks on its background."""
    table = page.table
    marked = [is_marked(table, row) for row in rows]
    dim = [page.profile.dims and bool(table.marked) and not own for own in marked]
    band = QRectF(at.x(), at.y(), page.width, look.row)
    line = QRectF(at.x(), at.y() + look.row - look.thin, page.width, look.thin)
    for own in marked:
        if own:
            painter.fillRect(band, look.selection)
        painter.fillRect(line, look.hairline)
        band.translate(0, look.row)
        line.translate(0, look.row)
    countries: Any = table.values.get("country", ())
    tints = [countries[row] for row in rows] if countries else []
    for place in page.placed:
        key = place.column.key
        left = at.x() + place.left + look.pad
        right = at.x() + place.left + place.width - look.pad
        values, reach = cell_values(page.profile, table, key, rows), page.reach.get(key, (0.0, 1.0))
        paint(painter, look, place.column, Strip(values, dim, left, right, at.y(), tints, reach))


def cell_values(profile: Profile, table: Table, key: str, rows: range) -> list[Any]:
    """Return what is printed of some rows of a column, as `FORMATS` takes it."""
    values: Any = table.values[key]
    if key == profile.named_by and table.names:
        return [table.names[row] for row in rows]
    if table.column(key).kind is Kind.RANK_CHANGE:
        change = table.values.get("change")
        return [(values[row], change[row] if change else None) for row in rows]
    if table.column(key).kind is Kind.PRICE:
        source = table.values.get("price_source", ())
        return [(values[row], bool(source) and source[row] == CATALOGUE) for row in rows]
    return [values[row] for row in rows]


def draw(profile: Profile, painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint a table into a picture: as many rows as fit, and a line that counts the rest.

    Columns that find no room are left out by their importance; a few rows are drawn larger, to fill the picture.
    """
    painter.save()
    if len(table):
        _draw_rows(profile, painter, rect, table, style)
    elif table.empty is not None:
        frame.paint_sentence(painter, rect, table.empty, style)
    painter.restore()


def _draw_rows(profile: Profile, painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    chosen = columns.filled(table, profile.shown(table))
    look = _grown(profile, rect, table, chosen, style)
    rows = _rows_that_fit(table, look, rect.height())
    fitted = _fitted(profile, table, _saying(profile, table, chosen, rows), look, rect.width())
    page = sheet(profile, table, fitted.place(rect.width()))
    paint_head(painter, look, page, rect.topLeft())
    paint_rows(painter, look, page, rows, QPointF(rect.left(), rect.top() + look.head))
    if left_out := _left_out(profile, table, len(rows)):
        under = rect.top() + look.head + len(rows) * look.row
        place = QRectF(rect.left() + look.pad, under, rect.width() - 2 * look.pad, look.row)
        text.put(painter, place, tr(left_out), look.font, style.theme.muted)


def _saying(profile: Profile, table: Table, chosen: Sequence[Column], rows: range) -> tuple[Column, ...]:
    """Return the columns but those that could be left out and have nothing to say in the painted rows."""
    return tuple(
        column
        for column in chosen
        if column.key not in profile.dropped
        or any(not missing(value) for value in table.values[column.key][rows.start : rows.stop])
        or column.kind is Kind.RANK_CHANGE  # which says "new" where no places were gained
    )


def _fitted(profile: Profile, table: Table, chosen: Sequence[Column], look: Look, room: float) -> columns.Measured:
    """Return the columns of a picture, with words in full as long as others can be left out instead."""
    whole, short = (columns.measured(profile, table, chosen, look, whole=whole) for whole in (True, False))
    elided = {c.key: n.least for c, n in zip(short.columns, short.need, strict=True) if c.key in profile.wide}
    fitting = whole.fitting(profile.dropped, room, elided)
    fitted = columns.measured(profile, table, fitting, look, whole=True)
    return fitted if fitted.least <= room else columns.measured(profile, table, fitting, look)


def _grown(profile: Profile, rect: QRectF, table: Table, chosen: Sequence[Column], style: Style) -> Look:
    """Return the look in which a table fills the picture best: smaller where its main columns need that."""
    look = Look(style, large=True)
    main = [column for column in chosen if column.key not in profile.dropped]
    least = columns.measured(profile, table, main, look).least
    if least > rect.width():
        return Look(style.scaled(max(_LEAST_GROWTH, _ROUNDING * rect.width() / least)), large=True)
    if len(_rows_that_fit(table, look, rect.height())) < len(table):
        return look
    fills = _ROUNDING * rect.height() / (look.head + look.row * len(table))
    wide = columns.measured(profile, table, chosen, look, whole=True).natural
    growth = max(1.0, min(_MOST_GROWTH, fills, rect.width() / wide))
    # Rows are whole pixels at scale 1, so that a picture of twice the size is the same picture.
    plain = look.row / style.px(1)
    airy = floor(plain * max(1.0, min(_MOST_AIR, fills / growth))) / plain
    return Look(style.scaled(growth), large=True, airy=max(1.0, airy))


def _rows_that_fit(table: Table, look: Look, high: float) -> range:
    fit = max(1, int((high - look.head) // look.row))
    return range(len(table) if len(table) <= fit else max(1, fit - 1))


def _left_out(profile: Profile, table: Table, painted: int) -> Message | None:
    """Return the line that counts the models, or whatever rows are about, not painted; None where all are."""
    if painted == len(table):
        return None
    more = len(set(table.ids[painted:]) - {OTHER, *table.ids[:painted]})
    if more == 0:
        return more_rows(len(table) - painted) if table.ids[-1] != OTHER else say("… and the rest")
    words = profile.more(more)
    return say("{more}, and the unnamed rest", more=words) if OTHER in table.ids[painted:] else words
