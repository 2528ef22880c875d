"""Points of models: a blended price to the right, tokens or a score upwards, in the colours of countries."""

import math
from collections.abc import Sequence
from typing import cast

from explorer.domain.price_points import PointTable
from explorer.domain.table import Kind
from explorer.export import chart_formats
from explorer.export.chart_data import Axis, Chart, ChartSeries, Form
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
    labelled = _labelled(table, points)
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
    price = say("blended $ per million tokens")
    tall = say("tokens") if table.height == "tokens" else say("score")
    return (
        Chart(
            Form.POINTS,
            (),
            tuple(each for each in series if each.values),
            kind,
            Axis(
                _scaled(tall, table.log_height),
                chart_formats.axis(kind, [y for _, y in points.values()], log=table.log_height),
                table.log_height,
            ),
            Axis(
                _scaled(price, not table.linear),
                chart_formats.axis(Kind.PRICE, [x for x, _ in points.values()]),
                not table.linear,
            ),
            notes=_notes(len(table) - len(kept)),
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


def _labelled(table: PointTable, points: dict[int, tuple[float, float]]) -> dict[int, str]:
    """Return the names of the points that matter most, those left out that would stand on another's name."""
    first = {model: place for place, model in enumerate(table.steps)}
    order = sorted(points, key=lambda row: (table.ids[row] not in table.marked, table.ids[row] not in first, row))
    places = _places(table, points)
    found: dict[int, str] = {}
    for row in order:
        x, y = places[row]
        near = any(abs(x - places[r][0]) < _APART[0] and abs(y - places[r][1]) < _APART[1] for r in found)
        if not near:
            found[row] = table.names[row] if table.names else table.ids[row]
        if len(found) == MOST_LABELS:
            break
    return found


def _places(table: PointTable, points: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Return where points lie, as parts of the chart's width and height."""
    if not points:
        return {}
    scales = (math.log if not table.linear else float, math.log if table.log_height else float)
    found = {row: tuple(scale(value) for scale, value in zip(scales, at, strict=True)) for row, at in points.items()}
    low = [min(at[i] for at in found.values()) for i in range(2)]
    reach = [(max(at[i] for at in found.values()) - low[i]) or 1.0 for i in range(2)]
    return {row: ((at[0] - low[0]) / reach[0], (at[1] - low[1]) / reach[1]) for row, at in found.items()}


def _notes(left_out: int) -> tuple[Message, ...]:
    if not left_out:
        return ()
    who = say("one free model") if left_out == 1 else say("{n} free models", n=left_out)
    return (say("Not drawn on logarithmic axes: {who}.", who=who),)
