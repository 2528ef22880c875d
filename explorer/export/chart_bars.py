"""Bars of a table's first rows: tokens, prices, changes, costs, spend shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.price_table import PriceTable
from explorer.domain.prices import CATALOGUE
from explorer.domain.pricing import Compared
from explorer.domain.schema import OTHER
from explorer.domain.slugs import short_name
from explorer.domain.table import Table
from explorer.export import chart_formats
from explorer.export.chart_data import Axis, Chart, ChartSeries, Form, Number
from explorer.export.exhibit import Exhibit, plain
from explorer.style import Style, mix
from explorer.words import Message, say

MOST_BARS = 15
"""So many rows are still read as bars on a slide; of two bars or three a row, half or a third as many."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Bars:
    """The `columns` that are bars; one alone is coloured `by_country`. `what` is what the axis counts."""

    columns: tuple[str, ...]
    what: Message
    named_by: str = "model"
    by_country: bool = False
    log: bool = False


_REST = say("Unnamed rest")
_PER_MILLION = say("US dollars per million tokens")
_COMPARED: Mapping[Compared, tuple[str, ...]] = {
    Compared.BOTH: ("input", "output"),
    Compared.BLENDED: ("blended",),
    Compared.CACHED: ("input", "cached"),
}
_VIEWS: Mapping[str, _Bars] = {
    "leaderboard": _Bars(("tokens",), say("tokens"), by_country=True),
    "drivers": _Bars(("change",), say("change in tokens"), by_country=True),
    "workload": _Bars(("per_day",), say("US dollars a day"), by_country=True, log=True),
    "spend": _Bars(
        ("share", "spend_share_low", "spend_share_high"), say("share of tokens, and of estimated dollars"), "group"
    ),
}
_NAMES: Mapping[str, Message] = {
    "input": say("Input"),
    "output": say("Output"),
    "blended": say("Blended"),
    "cached": say("Cached input"),
    "share": say("Share of tokens"),
    "spend_share_low": say("Share of dollars, at least"),
    "spend_share_high": say("Share of dollars, at most"),
}


def charts(exhibit: Exhibit) -> tuple[Chart, ...]:
    """Return the bars of the first rows that have any value; on a logarithmic axis above 0."""
    table = exhibit.table
    asked = _VIEWS.get(exhibit.view) or _prices(cast(PriceTable, table))
    log = asked.log
    columns = [[_drawn(value, log) for value in table.values[key]] for key in asked.columns]
    known = [row for row in range(len(table)) if any(column[row] is not None for column in columns)]
    rows = known[: MOST_BARS if len(columns) == 1 else 2 * MOST_BARS // (len(columns) + 1)]
    names = _names(table, asked.named_by, exhibit.countries)
    shown = [tuple(column[row] for row in rows) for column in columns]
    kind = table.column(asked.columns[0]).kind
    every = [value for column in shown for value in column]
    series = (
        _by_country(exhibit, asked, rows, shown[0]) if asked.by_country else _side_by_side(asked, shown, exhibit.style)
    )
    return (
        Chart(
            Form.BARS,
            tuple(names[row] for row in rows),
            series,
            kind,
            Axis(_with_log(asked.what) if log else asked.what, chart_formats.axis(kind, every, log=log), log=log),
            label=chart_formats.label(kind, every),
            notes=_notes([names[row] for row in range(len(table)) if row not in known], len(known), len(rows)),
            named_by=asked.named_by if rows == list(range(len(rows))) else "",
        ),
    )


def _prices(table: PriceTable) -> _Bars:
    return _Bars(_COMPARED[table.compared], _PER_MILLION, log=not table.linear)


def _drawn(value: object, log: bool) -> Number:
    number = plain(value)
    return None if log and not number else number


def _with_log(what: Message) -> Message:
    return say("{what} (log scale)", what=what)


def _names(table: Table, key: str, countries: Mapping[str, str]) -> list[str]:
    """Return what rows are called: by their short names, a country by its full one, twins told apart."""
    if key == "model":
        names = table.names or tuple(map(short_name, table.ids))
        found = [str(_REST) if each == OTHER else name for each, name in zip(table.ids, names, strict=True)]
    elif table.names:
        found = list(table.names)
    else:
        found = [countries.get(str(value), str(value)) for value in table.values[key]]
    publishers = table.values.get("publisher")
    if publishers is not None and len(set(found)) < len(found):
        found = [f"{name} ({who})" for name, who in zip(found, publishers, strict=True)]
    if isinstance(table, PriceTable):
        # As on screen, a star says that the price is the catalogue's, which the notes explain.
        sources = table.values["source"]
        return [f"{name}*" if source == CATALOGUE else name for name, source in zip(found, sources, strict=True)]
    return found


def _by_country(
    exhibit: Exhibit, asked: _Bars, rows: Sequence[int], values: tuple[Number, ...]
) -> tuple[ChartSeries, ...]:
    """Return one series per country, so that a legend names the colours; each has its own rows' values only."""
    table = exhibit.table
    codes = [str(table.values["country"][row] or UNATTRIBUTED) for row in rows]
    codes = [OTHER if table.ids[row] == OTHER else code for row, code in zip(rows, codes, strict=True)]
    # Numbers within logarithmic bars are in the ink that the full colour asks for.
    dims = bool(table.marked) and not asked.log
    dimmed = frozenset(i for i, row in enumerate(rows) if dims and table.ids[row] not in table.marked)
    return tuple(
        ChartSeries(
            str(_REST) if code == OTHER else exhibit.countries.get(code, code),
            exhibit.style.band(code),
            tuple(value if code == own else None for value, own in zip(values, codes, strict=True)),
            pale=frozenset(i for i in dimmed if codes[i] == code),
            key=asked.columns[0],
        )
        for code in dict.fromkeys(codes)
    )


def _side_by_side(asked: _Bars, shown: Sequence[tuple[Number, ...]], style: Style) -> tuple[ChartSeries, ...]:
    theme = style.theme
    inks = (mix(theme.accent, theme.background, 0.55), theme.accent)
    if len(shown) == 3:
        inks = (mix(theme.muted, theme.background, 0.35), *inks)
    if len(shown) == 1:
        inks = (theme.accent,)
    return tuple(
        ChartSeries(str(_NAMES[key]), ink, values, key=key)
        for key, values, ink in zip(asked.columns, shown, inks, strict=True)
    )


def _notes(left_out: Sequence[str], known: int, drawn: int) -> tuple[Message, ...]:
    found: list[Message] = []
    if drawn < known:
        found.append(say("Shown: the first {n} of {all} rows.", n=drawn, all=known))
    if left_out:
        names, more = ", ".join(left_out[:_NAMED]), len(left_out) - _NAMED
        who = say("{names} and {n} more", names=names, n=more) if more > 0 else say("{names}", names=names)
        found.append(say("Not drawn, for want of a value above 0: {who}.", who=who))
    return tuple(found)
