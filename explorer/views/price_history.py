"""Price history: the blended price of some models over time, as steps in the colours of their authors."""

import math
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explorer.domain import tables, units
from explorer.domain.price_steps import StepTable
from explorer.domain.schema import to_day
from explorer.domain.table import Table
from explorer.domain.wording import day_words
from explorer.drawing.step_lines import Lines, Piece, StepChart, StepLine
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import Style
from explorer.views.charts.points import price_lines, price_words
from explorer.views.charts.widget import ChartWidget, Profile
from explorer.words import Message, say


def lay_out(table: Table, rect: QRectF, style: Style) -> StepChart:
    """Lay the table out in `rect`."""
    shown = cast(StepTable, table)
    brush = (float(shown.brush.first), float(shown.brush.last + 1)) if shown.brush else None
    return StepChart(
        Lines(
            tuple(_line(shown, model, style) for model in dict.fromkeys(shown.ids)),
            float(shown.span.first),
            float(shown.span.last + 1),
            tr(say("blended $ per million tokens")),
            price_words,
            not shown.linear,
            tr(say("free")),
            _more,
            brush,
        ),
        rect,
        style,
    )


def _more(n: int) -> str:
    return tr(say("… and {n} more", n=n))


def _line(table: StepTable, model: str, style: Style) -> StepLine:
    """Return the steps of a model; those whose input or output price is not stated have no height."""
    values = cast(dict[str, Any], table.values)
    rows = [i for i, key in enumerate(table.ids) if key == model and not math.isnan(values["blended"][i])]
    pieces = tuple(
        Piece(
            float(to_day(values["from"][i])),
            float(to_day(values["to"][i]) + 1),
            float(values["blended"][i]),
            i in table.undated,
        )
        for i in rows
    )
    return StepLine(
        model,
        table.names[rows[0]],
        units.price(pieces[-1].value),
        style.band(model, str(values["author"][rows[0]])),
        pieces,
        strong=model in table.marked,
    )


def explain(table: Table, model: str) -> tuple[Message, ...]:
    """Return every step of a model."""
    rows = [i for i, key in enumerate(table.ids) if key == model]
    lines = [say("{model}", model=model)]
    for i in rows[-_LINES:]:
        values: dict[str, Any] = {key: column[i] for key, column in table.values.items()}
        lines.append(say("From {start} to {end}", start=day_words(values["from"]), end=day_words(values["to"])))
        lines += price_lines(values)
    return tuple(lines)


_LINES = 4
"""So many of the newest steps a tooltip has."""

PROFILE = Profile(say("Price history of models"), partial(tables.table, "price_history"), lay_out, explain)


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint the table of steps into `rect`."""
    lay_out(table, rect, style).paint(painter)


def widget(session: Session, style: Style) -> QWidget:
    """Return the view's widget, which follows the session."""
    return ChartWidget(session, style, PROFILE)
