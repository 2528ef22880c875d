"""Lines of prices over days: each a flight of steps, broken where no price is known."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from explorer.domain.price_steps import StepTable
from explorer.domain.slugs import parse
from explorer.domain.table import Kind
from explorer.export import chart_formats
from explorer.export.chart_data import Axis, Chart, ChartSeries, Form, Number, shaded
from explorer.export.exhibit import Exhibit, plain
from explorer.style import Style, mix
from explorer.words import Message, say

_DAY = timedelta(days=1)


def charts(exhibit: Exhibit) -> tuple[Chart, ...]:
    """Return one line per model over the days on which any price begins or ends, and those after the end.

    On a day after an end a model without a price has none: no line reaches across it.
    """
    table = cast(StepTable, exhibit.table)
    begin, end = (cast("Sequence[date]", table.values[key]) for key in ("from", "to"))
    last = max(end)
    days = tuple(sorted({*begin, *end, *(day + _DAY for day in end if day < last)}))
    models = tuple(dict.fromkeys(table.ids))
    inks = shaded({model: exhibit.style.band(model, parse(model).author) for model in models})
    lines = [_line(table, model, inks[model], days, exhibit.style) for model in models]
    every = [value for line in lines for value in line.values]
    what = say("blended $ per million tokens")
    return (
        Chart(
            Form.LINES,
            days,
            tuple(line for line in lines if any(value is not None for value in line.values)),
            Kind.PRICE,
            Axis(
                what if table.linear else say("{what} (log scale)", what=what),
                chart_formats.axis(Kind.PRICE, every),
                log=not table.linear,
            ),
            notes=_notes(table),
        ),
    )


def _line(table: StepTable, model: str, ink: str, days: Sequence[date], style: Style) -> ChartSeries:
    values: list[Number] = [None] * len(days)
    dashed: set[int] = set()
    name = model
    for row, own in enumerate(table.ids):
        if own != model:
            continue
        name = table.names[row] if table.names else own
        first, last = cast(date, table.values["from"][row]), cast(date, table.values["to"][row])
        price = plain(table.values["blended"][row])
        for at, day in enumerate(days):
            if first <= day <= last and (price or table.linear):
                values[at] = price
                if row in table.undated:
                    dashed.add(at)
    if table.marked and model not in table.marked:
        ink = mix(ink, style.theme.background, 0.7)
    return ChartSeries(name, ink, tuple(values), pale=frozenset(dashed), key="blended")


def _notes(table: StepTable) -> tuple[Message, ...]:
    """Say whose free days a logarithmic axis has no place for."""
    names = table.names or table.ids
    free = {name for name, price in zip(names, table.values["blended"], strict=True) if plain(price) == 0}
    if not free or table.linear:
        return ()
    return (say("Not drawn on a logarithmic axis: free days of {names}.", names=", ".join(sorted(free))),)
