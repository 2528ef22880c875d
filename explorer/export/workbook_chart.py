"""A native Excel chart beside its table, which refers to the table's cells or to a sheet of its own numbers."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from explorer.export import chart_formats
from explorer.export.chart_data import Axis, Chart, ChartSeries, Form, on_bar, reach
from explorer.export.chart_formats import DAY, FORMATS
from explorer.export.exhibit import Exhibit
from explorer.style import mix

PREFIX = "Chart of "
"""What the sheets of charts' numbers are called."""
_KINDS: Mapping[Form, dict[str, str]] = {
    Form.STACK: {"type": "column", "subtype": "stacked"},
    Form.FULL_STACK: {"type": "column", "subtype": "percent_stacked"},
    Form.AREA: {"type": "area", "subtype": "stacked"},
    Form.FULL_AREA: {"type": "area", "subtype": "percent_stacked"},
    Form.BARS: {"type": "bar"},
    Form.LINES: {"type": "line"},
    Form.POINTS: {"type": "scatter"},
}
_CELL = re.compile(r"\A[^!]+!(?=\$?[A-Z]+\$?\d)")
_SIZE = (900, 500)
"""Pixels of a chart."""
_MOST_TICKS = 9
"""About so many labels have room along an axis of days."""
_ROWS = 27
"""Rows that a chart is high, and one."""

Cells = tuple[str, int, int, int, int]
"""Sheet, first row, first column, last row, last column, from 0."""


def add(file: Any, new_sheet: Callable[[str], Any], sheet: Any, charts: Sequence[Chart], exhibit: Exhibit) -> None:
    """Put charts beside the table on `sheet`; `new_sheet` adds one for the numbers of those that need it."""
    beside = len(exhibit.table.exported) + 1
    numbers: Any = None
    top = 0
    for place, chart in enumerate(charts):
        made = file.add_chart(_KINDS[chart.form])
        if chart.form is Form.BARS and chart.named_by:
            _from_table(made, sheet, chart, exhibit)
        else:
            numbers = numbers or new_sheet(PREFIX + sheet.get_name().lower())
            top = _from_numbers(file, made, numbers, chart, exhibit, top)
        _look(made, chart, exhibit)
        sheet.insert_chart(place * _ROWS + 1, beside, made, {"description": exhibit.spoken, "object_position": 2})


# --- where the numbers are


def _from_table(made: Any, sheet: Any, chart: Chart, exhibit: Exhibit) -> None:
    """Let bars refer to the first rows of the table: a series per column, in the colours of the rows."""
    keys = [column.key for column in exhibit.table.exported]
    name, last = sheet.get_name(), len(chart.categories)
    names = (name, 1, keys.index(chart.named_by), last, keys.index(chart.named_by))
    for key in dict.fromkeys(each.key for each in chart.series):
        own = [each for each in chart.series if each.key == key]
        at = keys.index(key)
        series: dict[str, Any] = {
            "name": [name, 0, at],
            "categories": list(names),
            "values": [name, 1, at, last, at],
            **_paint(chart, own[0], exhibit),
        }
        if len(own) > 1 or own[0].pale:
            series["points"] = [_fill(_ink(own, row, exhibit)) for row in range(last)]
        made.add_series(series)


def _ink(own: Sequence[ChartSeries], row: int, exhibit: Exhibit) -> str:
    drawn = next((each for each in own if each.values[row] is not None), own[0])
    return _dim(drawn.colour, exhibit) if row in drawn.pale else drawn.colour


def _dim(ink: str, exhibit: Exhibit) -> str:
    return mix(ink, exhibit.style.theme.background, 0.7)


def _from_numbers(file: Any, made: Any, sheet: Any, chart: Chart, exhibit: Exhibit, top: int) -> int:
    """Write a chart's numbers on a sheet from row `top` on, let it refer to them, and return the next free row."""
    head = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    form = file.add_format({"num_format": FORMATS[chart.kind]})
    day = file.add_format({"num_format": DAY})
    sheet.set_column(0, len(chart.series) * 2, 16)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if chart.heading:
        sheet.write_string(top, 0, chart.heading, head)
        top += 1
    if chart.form is Form.POINTS:
        return _points(made, sheet, chart, exhibit, top, (head, form))
    name, count = sheet.get_name(), len(chart.categories)
    sheet.set_row(top, 30)
    sheet.write_string(top, 0, str(chart.across.title), head)
    for row, category in enumerate(chart.categories, top + 1):
        if isinstance(category, date):
            sheet.write_datetime(row, 0, datetime(category.year, category.month, category.day), day)  # noqa: DTZ001
        else:
            sheet.write_string(row, 0, category)
    for at, each in enumerate(chart.series, 1):
        sheet.write_string(top, at, each.name, head)
        for row, value in enumerate(each.values, top + 1):
            if value is not None:
                sheet.write_number(row, at, value, form)
        made.add_series(
            {
                "name": [name, top, at],
                "categories": [name, top + 1, 0, top + count, 0],
                "values": [name, top + 1, at, top + count, at],
                **_paint(chart, each, exhibit),
            }
        )
    return top + count + 2


def _points(made: Any, sheet: Any, chart: Chart, exhibit: Exhibit, top: int, looks: tuple[Any, Any]) -> int:
    """Write points as pairs of columns: abscissa and height of each series."""
    name, (head, form) = sheet.get_name(), looks
    for place, each in enumerate(chart.series):
        at = place * 2
        sheet.write_string(top, at, str(chart.across.title), head)
        sheet.write_string(top, at + 1, each.name, head)
        for row, (x, y) in enumerate(zip(each.across, each.values, strict=True), top + 1):
            sheet.write_number(row, at, x)
            if y is not None:
                sheet.write_number(row, at + 1, y, form)
        last = top + len(each.values)
        made.add_series(
            {
                "name": [name, top, at + 1],
                "categories": [name, top + 1, at, last, at],
                "values": [name, top + 1, at + 1, last, at + 1],
                **_paint(chart, each, exhibit),
            }
        )
    return top + max(len(each.values) for each in chart.series) + 2


# --- how it looks


def _literal(words: str) -> str:
    """Return words that XlsxWriter takes as such: it reads "Mine!A1" as a cell, with or without a "=" before it."""
    return _CELL.sub("\\g<0>\N{WORD JOINER}", words)


def _fill(ink: str) -> dict[str, Any]:
    return {"fill": {"color": ink}}


def _paint(chart: Chart, series: ChartSeries, exhibit: Exhibit) -> dict[str, Any]:
    return _PAINT[chart.form](chart, series, exhibit)


def _band(chart: Chart, series: ChartSeries, exhibit: Exhibit) -> dict[str, Any]:
    back = exhibit.style.theme.background
    found: dict[str, Any] = {**_fill(series.colour), "border": {"color": back, "width": 0.5}, "gap": 12}
    if series.pale:
        hatched = {
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": series.colour, "bg_color": back},
            "border": {"color": series.colour, "width": 0.5},
        }
        found["points"] = [hatched if at in series.pale else None for at in range(len(series.values))]
    return found


def _bar(chart: Chart, series: ChartSeries, exhibit: Exhibit) -> dict[str, Any]:
    label = {"value": True, "num_format": chart.label, "font": {"size": 9}, "position": "outside_end"}
    if chart.up.log:
        label |= {"position": "center", "font": {"size": 9, "color": on_bar(series.colour)}}
    return {**_fill(series.colour), "gap": 35, "data_labels": label}


def _line(chart: Chart, series: ChartSeries, exhibit: Exhibit) -> dict[str, Any]:
    found: dict[str, Any] = {"line": {"color": series.colour, "width": 2}, "marker": {"type": "none"}}
    dashed = {"line": {"color": series.colour, "width": 2, "dash_type": "square_dot"}}
    if series.pale:
        found["points"] = [dashed if at in series.pale else None for at in range(len(series.values))]
    return found


def _dots(chart: Chart, series: ChartSeries, exhibit: Exhibit) -> dict[str, Any]:
    if series.step:
        return {"line": {"color": series.colour, "width": 1.25}, "marker": {"type": "none"}}
    marker = {"type": "circle", "size": 8, **_fill(series.colour), "border": {"color": "#ffffff", "width": 0.5}}
    found: dict[str, Any] = {"line": {"none": True}, "marker": marker}
    if series.pale:
        faint = _fill(_dim(series.colour, exhibit))
        found["points"] = [faint if at in series.pale else None for at in range(len(series.values))]
    if series.labels:
        count = range(len(series.values))
        own = [{"value": _literal(series.labels[at])} if at in series.labels else {"delete": True} for at in count]
        found["data_labels"] = {"value": True, "custom": own, "position": "above", "font": {"size": 9}}
    return found


_PAINT: Mapping[Form, Callable[[Chart, ChartSeries, Exhibit], dict[str, Any]]] = {
    Form.STACK: _band,
    Form.FULL_STACK: _band,
    Form.AREA: _band,
    Form.FULL_AREA: _band,
    Form.BARS: _bar,
    Form.LINES: _line,
    Form.POINTS: _dots,
}


def _look(made: Any, chart: Chart, exhibit: Exhibit) -> None:
    """Set title, axes and legend."""
    theme = exhibit.style.theme
    heading = f"{chart.heading}: {exhibit.heading}" if chart.heading else exhibit.heading
    made.set_title({"name": _literal(heading[:254]), "name_font": {"size": 13, "bold": True}, "overlay": False})
    up = [value for each in chart.series for value in each.values]
    across = [value for each in chart.series for value in each.across]
    axes = (_axis(chart.up, up, theme.line), _axis(chart.across, across, ""))
    x, y = axes[1], axes[0]
    x["label_position"] = "low"
    if chart.form is Form.BARS:
        # From above, and the numbers below all the same.
        x |= {"reverse": True, "interval_unit": 1, "crossing": "max"}
    if chart.form is Form.LINES:
        days = cast("tuple[date, ...]", chart.categories)
        ticks = chart_formats.ticks((max(days) - min(days)).days, _MOST_TICKS)
        x |= {"date_axis": True, "num_format": ticks.format}
        x |= {"major_unit": ticks.step, "major_unit_type": ticks.unit}
    if chart.form in (Form.FULL_STACK, Form.FULL_AREA):
        y["max"] = 1
    # XlsxWriter's x axis is the level one, that of the numbers where bars lie.
    made.set_x_axis(y if chart.form is Form.BARS else x)
    made.set_y_axis(x if chart.form is Form.BARS else y)
    alone = len({each.key or each.name for each in chart.series}) == 1 and chart.form is Form.BARS
    made.set_legend({"none": True} if alone or len(chart.series) == 1 else {"position": "right"})
    made.set_size({"width": _SIZE[0], "height": _SIZE[1]})
    made.show_blanks_as("gap")


def _axis(axis: Axis, values: Sequence[Any], grid: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": str(axis.title),
        "name_font": {"bold": False, "size": 10},
        "num_format": axis.format,
        "major_gridlines": {"visible": bool(grid), "line": {"color": grid or "#ffffff", "width": 0.75}},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    known = [value for value in values if value]
    if axis.log and known:
        low, high = axis.reach or reach(known, log=True)
        found |= {"log_base": 10, "min": low, "max": high, "crossing": low}
    elif axis.reach is not None:
        found["min"], found["max"] = axis.reach
    elif known and min(known) > 0:
        found["min"] = 0
    return found
