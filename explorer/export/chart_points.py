"""Points of models: a blended price to the right, tokens or a score upwards, in the colours of countries."""

import math
from collections.abc import Mapping, Sequence
from typing import cast

from explorer.domain.price_points import PointTable
from explorer.domain.table import Kind
from explorer.export import chart_formats
from explorer.export.chart_data import Axis, Chart, ChartSeries, Form, reach
from explorer.export.exhibit import Exhibit, plain
from explorer.words import Message, say

MOST_LABELS = 12
_APART = (0.2, 0.08)
"""Two labels this near to one another, as parts of the chart's width and height, would overlap."""


def charts(exhibit: Exhibit) -> tuple[Chart, ...]:
    """Return the points, one series per country, and the line that joins some; the longest series first."""
    table = cast(PointTable, exhibit.table)
    across = [plain(value) for value in table.values["blended"]]
    up = [plain(value) for value in table.values[table.height]]
    kept = [
        row
        for row in range(len(table))
        if _drawable(across[row], log=not table.linear) and _drawable(up[row], log=table.log_height)
    ]
    points = {row: (cast(float, across[row]), cast(float, up[row])) for row in kept}
    axes = _axes(table, points)
    labelled = _labelled(table, points, axes)
    names = dict(table.countries)
    codes = [str(code) for code in table.values["country"]]
    series = [
        _cloud(exhibit, names.get(code, code), code, [row for row in kept if codes[row] == code], points, labelled)
        for code in dict.fromkeys([*names, *codes])
    ]
    steps = [row for model in table.steps for row in kept if table.ids[row] == model]
    if steps:
        series.append(_stairs([points[row] for row in steps], exhibit.style.theme.muted))
    # LibreOffice draws nothing of a cloud of points that a longer series comes after.
    series.sort(key=lambda each: len(each.values), reverse=True)
    kind = table.column(table.height).kind
    return (
        Chart(
            Form.POINTS,
            (),
            tuple(each for each in series if each.values),
            kind,
            axes[1],
            axes[0],
            notes=_notes(len(table) - len(kept)),
        ),
    )


def _axes(table: PointTable, points: Mapping[int, tuple[float, float]]) -> tuple[Axis, Axis]:
    """Return the axes to the right and upwards."""
    across, up = [x for x, _ in points.values()], [y for _, y in points.values()]
    price = say("blended $ per million tokens")
    tall = say("tokens") if table.height == "tokens" else say("score")
    kind, scored = table.column(table.height).kind, table.height != "tokens"
    log = not table.linear
    return (
        Axis(_scaled(price, log), chart_formats.axis(Kind.PRICE, across), log, reach(across, log=log)),
        Axis(
            _scaled(tall, table.log_height),
            chart_formats.axis(kind, up, log=table.log_height),
            table.log_height,
            reach(up, log=table.log_height, whole=not scored),
        ),
    )


def _drawable(value: float | int | None, *, log: bool) -> bool:
    return value is not None and (value > 0 or not log)


def _scaled(what: Message, log: bool) -> Message:
    return say("{what} (log scale)", what=what) if log else what


def _cloud(
    exhibit: Exhibit,
    name: str,
    code: str,
    rows: Sequence[int],
    points: dict[int, tuple[float, float]],
    labelled: dict[int, str],
) -> ChartSeries:
    table, ink = exhibit.table, exhibit.style.band(code)
    return ChartSeries(
        name,
        ink,
        tuple(points[row][1] for row in rows),
        tuple(points[row][0] for row in rows),
        pale=frozenset(i for i, row in enumerate(rows) if table.marked and table.ids[row] not in table.marked),
        labels={i: labelled[row] for i, row in enumerate(rows) if row in labelled},
    )


def _stairs(points: Sequence[tuple[float, float]], ink: str) -> ChartSeries:
    """Return the line of the cheapest at each level: level until the next dearer and better one."""
    corners = [points[0]]
    for x, y in points[1:]:
        corners += [(x, corners[-1][1]), (x, y)]
    across, up = zip(*corners, strict=True)
    return ChartSeries(str(say("Cheapest at its level")), ink, tuple(up), tuple(across), step=True)


def _labelled(table: PointTable, points: Mapping[int, tuple[float, float]], axes: tuple[Axis, Axis]) -> dict[int, str]:
    """Return the names of the points that matter most, those left out that would stand on another's name."""
    first = {model: place for place, model in enumerate(table.steps)}
    order = sorted(points, key=lambda row: (table.ids[row] not in table.marked, table.ids[row] not in first, row))
    places = {row: (_place(x, axes[0]), _place(y, axes[1])) for row, (x, y) in points.items()}
    found: dict[int, str] = {}
    for row in order:
        x, y = places[row]
        near = any(abs(x - places[r][0]) < _APART[0] and abs(y - places[r][1]) < _APART[1] for r in found)
        if not near:
            found[row] = table.names[row] if table.names else table.ids[row]
        if len(found) == MOST_LABELS:
            break
    return found


def _place(value: float, axis: Axis) -> float:
    """Return where a value stands on its axis, 0 to 1."""
    low, high = axis.reach or (0.0, 1.0)
    scale = math.log if axis.log else float
    return (scale(value) - scale(low)) / ((scale(high) - scale(low)) or 1.0)


def _notes(left_out: int) -> tuple[Message, ...]:
    if not left_out:
        return ()
    who = say("one free model") if left_out == 1 else say("{n} free models", n=left_out)
    return (say("Not drawn on logarithmic axes: {who}.", who=who),)
