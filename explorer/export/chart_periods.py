"""Stacks over periods: tokens, or shares of the scope's tokens."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from explorer.domain.lens import LensTable
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.schema import OTHER
from explorer.domain.selection import Grouping, Measure
from explorer.domain.shares import Series, ShareTable
from explorer.domain.slugs import parse
from explorer.domain.table import Kind
from explorer.domain.wording import day_words, number_words, span_words
from explorer.export import chart_formats
from explorer.export.chart_data import MOST_SERIES, Axis, Chart, ChartSeries, Form, Number, shaded
from explorer.export.exhibit import Exhibit, plain
from explorer.style import Style, mix
from explorer.words import Message, say

MOST_COLUMNS = 62
"""More periods than these are an area, unless one is partial or empty, which an area can't show."""
_YEAR = 366
_FOLDED = "\0folded"
_FOLDED_INK = "#868d96"

Cells = Mapping[tuple[str, date, str], Number]
"""(scope's name or "", first day, group) → the value of the table."""


def charts(exhibit: Exhibit) -> tuple[Chart, ...]:
    """Return the stack of a share table, or under the lens one per scope, all with the bands of all tokens."""
    table = cast(ShareTable, exhibit.table)
    key = "tokens" if table.measure is Measure.TOKENS else "share"
    cells = _cells(table, key)
    kept, folded = _kept(table.series)
    if isinstance(table, LensTable):
        panels = [(str(panel.name), str(panel.heading), panel.series) for panel in table.panels]
    else:
        panels = [("", "", table.series)]
    return tuple(
        _stack(exhibit, table, (scope, heading, series), cells, (kept, folded)) for scope, heading, series in panels
    )


def _cells(table: ShareTable, key: str) -> Cells:
    values = table.values
    scopes = values.get("scope", [""] * len(table))
    return {
        (str(scope), plain(day), str(group)): plain(value)
        for scope, day, group, value in zip(scopes, values["period_start"], values["group"], values[key], strict=True)
    }


def _kept(series: Series) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the bands that are drawn, in order, and those folded into one."""
    if len(series.groups) <= MOST_SERIES:
        return series.groups, frozenset()
    last = tuple(group for group in series.groups if group in (UNATTRIBUTED, OTHER))
    named = tuple(group for group in series.groups if group not in last)
    room = MOST_SERIES - len(last) - 1
    return (*named[:room], _FOLDED, *last), frozenset(named[room:])


def _stack(
    exhibit: Exhibit,
    table: ShareTable,
    panel: tuple[str, str, Series],
    cells: Cells,
    bands: tuple[tuple[str, ...], frozenset[str]],
) -> Chart:
    (scope, heading, series), (kept, folded) = panel, bands
    spans, tokens = series.spans, table.measure is Measure.TOKENS
    flawed = [i for i in range(len(spans)) if series.partial[i] or series.gap[i]]
    area = len(spans) > MOST_COLUMNS and not flawed
    form = (Form.AREA if tokens else Form.FULL_AREA) if area else (Form.STACK if tokens else Form.FULL_STACK)
    hatched = frozenset(i for i in flawed if not series.gap[i])
    names = dict(zip(table.series.groups, table.series.names, strict=True))
    inks = _inks(exhibit.style, table.grouping, kept)
    drawn = tuple(
        ChartSeries(
            _name(group, names, folded),
            _dimmed(inks[group], group, table, exhibit.style),
            tuple(_value(cells, scope, span, folded if group == _FOLDED else (group,)) for span in spans),
            pale=hatched,
        )
        for group in kept
    )
    drawn = tuple(each for each in drawn if any(value is not None for value in each.values))
    sums = [sum(value or 0 for value in column) for column in zip(*(each.values for each in drawn), strict=True)]
    kind = Kind.TOKENS if tokens else Kind.SHARE
    return Chart(
        form,
        _labels(spans),
        drawn,
        kind,
        Axis(say("tokens") if tokens else say("share of tokens"), chart_formats.axis(kind, sums)),
        Axis(_across(spans)),
        heading=heading,
        notes=_notes(table, folded),
    )


def _value(cells: Cells, scope: str, span: Span, groups: Sequence[str] | frozenset[str]) -> Number:
    """Return what the table has of some groups in a period, added up; None where it has nothing of them."""
    found = [cells[scope, span.start, group] for group in sorted(groups) if (scope, span.start, group) in cells]
    known = [value for value in found if value is not None]
    return sum(known) if known else None


def _name(group: str, names: Mapping[str, str], folded: frozenset[str]) -> str:
    if group == _FOLDED:
        return str(say("Other shown ({n})", n=len(folded)))
    return str(say("Unnamed rest")) if group == OTHER else names.get(group, group)


def _inks(style: Style, grouping: Grouping, groups: Sequence[str]) -> dict[str, str]:
    """Return the colour of each band; models of one author have shades of the author's colour."""

    def ink(group: str) -> str:
        author = parse(group).author if grouping is Grouping.MODEL and group != OTHER else ""
        return _FOLDED_INK if group == _FOLDED else style.band(group, author)

    return shaded({group: ink(group) for group in groups})


def _dimmed(ink: str, group: str, table: ShareTable, style: Style) -> str:
    if table.marked and group not in table.marked:
        return mix(ink, style.theme.background, 0.7)
    return ink


def _labels(spans: Sequence[Span]) -> tuple[str, ...]:
    """Return what periods are called below: months, or first days, within a year without it."""
    short = len(spans) > 1 and spans[-1].last - spans[0].first <= _YEAR
    return tuple(
        span_words(span) if period_of(span.first, Grain.MONTH) == span else day_words(span.start, year=not short)
        for span in spans
    )


def _across(spans: Sequence[Span]) -> Message:
    months = all(period_of(span.first, Grain.MONTH) == span for span in spans)
    if months:
        return say("")
    whole = span_words(Span(spans[0].first, spans[-1].last))
    text = "{whole}" if all(len(span) == 1 for span in spans) else "first day of each period, {whole}"
    return say(text, whole=whole)


def _notes(table: ShareTable, folded: frozenset[str]) -> tuple[Message, ...]:
    if not folded:
        return ()
    what = {Grouping.COUNTRY: say("countries"), Grouping.AUTHOR: say("authors"), Grouping.MODEL: say("models")}
    text = say(
        "Other shown: {n} {what} with fewer tokens, added up.", n=number_words(len(folded)), what=what[table.grouping]
    )
    return (text,)
