"""What the share view draws of its table: bands from the bottom up, their labels, what lies under the cursor."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from explorer.domain import units
from explorer.domain.leads import marked
from explorer.domain.markers import Marker
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Span
from explorer.domain.schema import OTHER
from explorer.domain.selection import Grouping, Measure
from explorer.domain.shares import Series, ShareTable
from explorer.domain.slugs import parse
from explorer.domain.wording import span_words
from explorer.drawing.edge_labels import EdgeLabel
from explorer.drawing.lead_strip import LeadMark
from explorer.drawing.legend import Swatch
from explorer.drawing.level import Level
from explorer.drawing.translate import tr
from explorer.style import Style, mix
from explorer.words import Message, say

MOST_BANDS = 16
"""More groups than this, or than a low chart can label, are one band, "n others"; the table keeps them apart."""
FOLDED = ""
"""The key of that band."""
_ORDER = 1e-6
"""Keeps labels without a band beside them in the order of the bands."""


class Stack:
    """What of a share table is drawn: bands from the bottom up, those not among `kept` folded into one.

    A band that a printed figure speaks of is the lowest, so that its height can be compared with the figure's.
    """

    def __init__(self, table: ShareTable, kept: frozenset[str]) -> None:
        self.series: Series = table.series
        self.table = table
        self.turns = marked(table.series, table.grouping)
        self.keys, self.names, self.tokens = _folded(table, kept, {mark.group for mark in self.marks})
        height = self.tokens.astype(np.float64)
        if table.measure is Measure.SHARE:
            whole = np.where(self.series.scope_total > 0, self.series.scope_total, np.inf)
            height = height / whole[:, None]
        self.tops: NDArray[np.float64] = np.cumsum(height, axis=1).T
        bars = float(self.tops[-1].max()) if self.tops.size else 1.0
        highest = max([bars, *(mark.value for mark in self.marks)])
        self.top = 1.0 if table.measure is Measure.SHARE else highest * 1.04 or 1.0
        """Where the axis ends; charts side by side are given one that suits all of them."""
        self.left = np.array([s.first for s in self.series.spans], np.float64)
        self.right = np.array([s.last + 1 for s in self.series.spans], np.float64)

    @property
    def marks(self) -> tuple[Marker, ...]:
        """The printed figures that a band, or the whole stack, can be compared with."""
        return tuple(mark for mark in self.table.markers if mark.group in ("", *self.series.groups))

    def colours(self, style: Style) -> list[str]:
        """Return each band's colour, dimmed where others are marked."""
        marked = self.table.marked
        return [
            mix(ink, style.theme.background, 0.72) if marked and key not in marked else ink
            for key, ink in zip(self.keys, self._full(style), strict=True)
        ]

    def _full(self, style: Style) -> list[str]:
        if self.table.grouping is not Grouping.MODEL:
            return [style.band(key or OTHER) for key in self.keys]
        seen: dict[str, int] = {}
        found: list[str] = []
        for key in self.keys:
            author = parse(key).author
            ink = style.band(key or OTHER, author)
            found.append(mix(ink, "#ffffff", min(0.22 * seen.get(author, 0), 0.66)))
            seen[author] = seen.get(author, 0) + 1
        return found

    @property
    def labelled(self) -> int | None:
        """The period the edge labels speak of: the last complete one, else the last with data."""
        return _last_complete(self.series)

    def labels(self, style: Style) -> list[EdgeLabel]:
        """Return the labels of all bands: those of the labelled period beside it, the others at the top, as a key."""
        at = self.labelled
        if at is None:
            return []
        between, wide = self.right[-1] - self.right[at], self.right[at] - self.left[at]
        present = self.tokens[at] > 0
        highest = np.where(present, at, self.tokens.argmax(axis=0))
        inks = self._full(style)
        return [
            self._label(band, int(highest[band]), inks[band], leader=bool(present[band] and between < wide / 2))
            for band in self._named_bands(at)
        ]

    def _named_bands(self, at: int) -> list[int]:
        """Return the bands with tokens in a period, and those that were ever large enough to be seen."""
        highest = self.tokens.argmax(axis=0).tolist()
        return [b for b in range(len(self.keys)) if self.tokens[at, b] > 0 or self._matters(b, highest[b])]

    def swatches(self, style: Style) -> dict[str, Swatch]:
        """Return the colours and names of the bands that have a label, by key."""
        at, inks, marked_keys = self.labelled, self._full(style), self.table.marked
        named = [] if at is None else self._named_bands(at)
        keys = [self.keys[band] for band in named]
        names = [tr(self.names[band]) if key else tr(say("others")) for band, key in zip(named, keys, strict=True)]
        return {
            key: Swatch(name, inks[band], bool(marked_keys) and key not in marked_keys)
            for band, key, name in zip(named, keys, names, strict=True)
        }

    def _matters(self, band: int, at: int) -> bool:
        """Tell whether a band that is gone by the labelled period was ever large enough to be seen."""
        return bool(self.tokens[at, band] >= 0.03 * self.tokens[at].sum())

    def _label(self, band: int, at: int, ink: str, *, leader: bool) -> EdgeLabel:
        upper = float(self.tops[band, at])
        lower = float(self.tops[band - 1, at]) if band else 0.0
        amount, whole = int(self.tokens[at, band]), int(self.series.scope_total[at])
        value = _amount_words(amount, whole)
        if at != self.labelled:
            value = tr(say("{amount}, {span}", amount=units.tokens(amount), span=span_words(self.series.spans[at])))
        return EdgeLabel(
            (lower + upper) / 2 / self.top if leader else 1.0 + band * _ORDER,
            (upper - lower) / self.top if at == self.labelled else 0.0,
            tr(self.names[band]),
            value,
            ink,
            bool(self.table.marked) and self.keys[band] not in self.table.marked,
            leader,
        )

    def leads(self) -> list[LeadMark]:
        """Return the changes of lead as the strip above the chart marks them, at the middles of their periods."""
        names = dict(zip(self.series.groups, self.series.names, strict=True))
        return [
            LeadMark(
                (day - self.left[0]) / (self.right[-1] - self.left[0]),
                tr(say("{name} leads", name=names[turn.leader])),
                turn.certain,
                names[turn.leader],
            )
            for turn, day in zip(self.turns, self.turn_days, strict=True)
        ]

    @property
    def turn_days(self) -> list[float]:
        """The middles of the periods in which the lead changed, as day numbers."""
        return [float(self.left[turn.index] + self.right[turn.index]) / 2 for turn in self.turns]

    def levels(self, *, named: bool) -> list[Level]:
        """Return the printed figures as levels over their days, each with its name where they are to be `named`."""
        names = [(tr(mark.label), tr(mark.short)) if named else () for mark in self.marks]
        return [
            Level(mark.window.first, mark.window.last + 1, mark.value, labels)
            for mark, labels in zip(self.marks, names, strict=True)
        ]

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """Return (period, band) under a point in data units; band −1 above the stack; None outside or in a gap."""
        period = int(np.searchsorted(self.left, point.x(), side="right")) - 1
        if period < 0 or point.x() >= self.right[period] or self.series.gap[period] or point.y() < 0:
            return None
        band = int(np.searchsorted(self.tops[:, period], point.y(), side="left"))
        return period, band if band < len(self.keys) else -1

    def span_between(self, first: float, last: float) -> Span | None:
        """Return the span of the whole periods that two x positions touch."""
        low, high = min(first, last), max(first, last)
        touched = np.flatnonzero((self.right > low) & (self.left <= high))
        if not len(touched):
            return None
        return Span(self.series.spans[int(touched[0])].first, self.series.spans[int(touched[-1])].last)


def tallest(tables: Sequence[ShareTable], most: int) -> frozenset[str]:
    """Return the groups to be drawn as bands of their own: the tallest of any table, who leads, and what is marked."""
    most = min(most, MOST_BANDS)
    peak: dict[str, float] = {}
    for table in tables:
        for key, share in zip(table.series.groups, _peaks(table.series), strict=True):
            peak[key] = max(peak.get(key, 0.0), share)
    named = [key for key in peak if key not in (UNATTRIBUTED, OTHER)]
    kept = sorted(named, key=lambda key: -peak[key])[: most - 2] if len(named) > most - 1 else named
    asked = {key for table in tables for key in (*table.marked, *(mark.group for mark in table.markers))}
    leading = {_leading(table.series) for table in tables}
    return frozenset(kept) | ((asked | leading) & set(named))


def swatches(stacks: Sequence[Stack], style: Style) -> list[Swatch]:
    """Return the key of several charts of which the last has the bands of all others."""
    merged = {key: swatch for stack in stacks for key, swatch in stack.swatches(style).items()}
    order = {key: i for i, key in enumerate(stacks[-1].keys)}
    return [merged[key] for key in sorted(merged, key=lambda key: order.get(key, len(order)))]


def _peaks(series: Series) -> list[float]:
    return np.nan_to_num(series.shares).max(axis=0).tolist()


def _last_complete(series: Series) -> int | None:
    good = np.flatnonzero(~series.partial & ~series.gap)
    good = good if len(good) else np.flatnonzero(~series.gap)
    return int(good[-1]) if len(good) else None


def _leading(series: Series) -> str:
    """Return the named group with most tokens in the period that the labels speak of, "" where there is none."""
    at = _last_complete(series)
    named = [i for i, key in enumerate(series.groups) if key not in (UNATTRIBUTED, OTHER)]
    if at is None or not named:
        return FOLDED
    return series.groups[max(named, key=lambda i: series.tokens[at, i])]


def _folded(
    table: ShareTable, kept: frozenset[str], lowest: set[str]
) -> tuple[tuple[str, ...], tuple[Message, ...], NDArray[np.int64]]:
    """Return keys, names and tokens (periods, bands); named groups that are not `kept` are one band."""
    series = table.series
    rest = [i for i, key in enumerate(series.groups) if key in (UNATTRIBUTED, OTHER)]
    named = [i for i in range(len(series.groups)) if i not in rest]
    folded = [i for i in named if series.groups[i] not in kept]
    folded = folded if len(folded) > 1 else []
    shown = sorted((i for i in named if i not in folded), key=lambda i: (series.groups[i] not in lowest, i))
    keys = [series.groups[i] for i in shown]
    names = [say("{name}", name=series.names[i]) for i in shown]
    columns = [series.tokens[:, i] for i in shown]
    if folded:
        keys.append(FOLDED)
        names.append(say("{n} others", n=len(folded)))
        columns.append(series.tokens[:, folded].sum(axis=1))
    for i in rest:
        keys.append(series.groups[i])
        names.append(say("Unnamed models") if series.groups[i] == OTHER else say("Unattributed"))
        columns.append(series.tokens[:, i])
    empty = np.zeros((len(series.spans), 0), np.int64)
    return tuple(keys), tuple(names), np.column_stack(columns) if columns else empty


def readout(stack: Stack, period: int, band: int) -> Sequence[Message]:
    """Return what the crosshair says: the period, the band's tokens and share, the whole of the scope."""
    series = stack.series
    lines = [say("{span}", span=span_words(series.spans[period])), *_partial_words(series, period)]
    whole = int(series.scope_total[period])
    if band >= 0:
        amount = int(stack.tokens[period, band])
        lines.append(stack.names[band])
        lines.append(say("{tokens} tokens ({exact})", tokens=units.tokens(amount), exact=units.exact(amount)))
    if band >= 0 and whole:
        share = units.percent(stack.tokens[period, band] / whole)
        lines.append(say("{share} of the scope's {whole}", share=share, whole=units.tokens(whole)))
    elif whole:
        lines.append(say("{whole} tokens in the scope", whole=units.tokens(whole)))
    return [*lines, *_turn_words(stack, period), *_mark_words(stack, period)]


def _turn_words(stack: Stack, period: int) -> list[Message]:
    """Return what changed about the lead in a period."""
    names = dict(zip(stack.series.groups, stack.series.names, strict=True))
    return [
        say(
            "lead change: {leader}, before {former}"
            if turn.certain
            else "lead change, not certain: {leader}, before {former}",
            leader=names[turn.leader],
            former=names[turn.former],
        )
        for turn in stack.turns
        if turn.index == period
    ]


def _mark_words(stack: Stack, period: int) -> list[Message]:
    """Return which printed figures are marked over a period."""
    here = stack.series.spans[period]
    return [mark.label for mark in stack.marks if here.within(mark.window)]


def _partial_words(series: Series, period: int) -> list[Message]:
    """Return why a period is partial, nothing where it is whole."""
    present, whole = int(series.present[period]), int(series.whole[period])
    if not series.partial[period]:
        return []
    if present == whole:
        return [say("partial: some totals were not printed")]
    return [say("partial: {present} of {whole} days", present=present, whole=whole)]


def _amount_words(amount: int, whole: int) -> str:
    """Return tokens, and their share where there is something to be a share of."""
    return f"{units.tokens(amount)} · {units.percent(amount / whole)}" if whole else units.tokens(amount)
