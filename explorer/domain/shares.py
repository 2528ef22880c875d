"""Tokens per period and group under a scope, and each group's share of the scope: what the chart shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes, sentences
from explorer.domain.dataset import Attribution, Dataset
from explorer.domain.markers import Marker, claim_words, markers
from explorer.domain.origins import UNATTRIBUTED, Known
from explorer.domain.periods import PeriodGrid, Span, grid
from explorer.domain.schema import OTHER, Floats, Tokens, to_date
from explorer.domain.selection import Grouping, Measure, Scope, Selection
from explorer.domain.slugs import short_name, short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import percent
from explorer.domain.wording import EACH, PER, during, scope_tokens, scope_words, span_words
from explorer.words import Message, say

COLUMNS = (
    Column("period_start", say("From"), Kind.DATE, say("First day of the period within the span")),
    Column("period_end", say("To"), Kind.DATE, say("Last day of the period within the span")),
    Column("group", say("Group"), Kind.TEXT),
    Column("tokens", say("Tokens"), Kind.TOKENS, say("Prompt plus completion tokens of the group in the scope")),
    Column("share", say("Share"), Kind.SHARE, say("Share of the tokens of the scope in that period")),
    Column("partial", say("Partial"), Kind.FLAG, say("Some days of the period have no data or lie outside")),
)

TOKENIZERS = say("Each provider counts tokens with its own tokenizer.")


@dataclass(frozen=True, eq=False, slots=True)
class Series:
    """A stack over time.

    `spans` the periods; `groups` the bands, largest first, the unattributed and the unnamed last; `names` how
    each band is labelled; `tokens` int64 (periods, groups); `scope_total` and `all_total` int64 (periods,), the
    denominators; `partial` and `gap` bool (periods,); `present` and `whole` count each period's days.
    """

    spans: tuple[Span, ...]
    groups: tuple[str, ...]
    names: tuple[str, ...]
    tokens: Tokens
    scope_total: Tokens
    all_total: Tokens
    partial: NDArray[np.bool_]
    gap: NDArray[np.bool_]
    present: NDArray[np.intp]
    whole: NDArray[np.intp]

    @property
    def shares(self) -> Floats:
        """Share of the scope's tokens, float64 (periods, groups); NaN where there is nothing to be a share of."""
        whole = np.where(self.scope_total > 0, self.scope_total, np.nan)
        return self.tokens / whole[:, None]


def empty_series() -> Series:
    """Return a series without periods or groups."""
    none, flags = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    counts = np.zeros(0, np.intp)
    return Series((), (), (), np.zeros((0, 0), np.int64), none, none, flags, flags, counts, counts)


@dataclass(frozen=True, eq=False, slots=True)
class ShareTable(Table):
    """The long table of a `Series`, with the series itself for drawing."""

    series: Series = field(default_factory=empty_series)
    measure: Measure = Measure.TOKENS
    grouping: Grouping = Grouping.COUNTRY
    brush: Span | None = None
    markers: tuple[Marker, ...] = ()


def table(dataset: Dataset, selection: Selection) -> ShareTable:
    """Return tokens and shares by group and period over the span; the brush does not narrow the chart."""
    series, listed = _series(dataset, shaping(selection))
    asked = dataset.span(selection)
    if asked is None or not series.groups:
        return _nothing(dataset, selection, asked)
    coverage = float(series.scope_total.sum() / max(int(series.all_total.sum()), 1))
    caption = Caption(
        _title(series, selection),
        say(
            "tokens {per} by {grouping}, {span}"
            if selection.measure is Measure.TOKENS
            else "share of {whole} {per} by {grouping}, {span}",
            whole=scope_tokens(selection.scope),
            per=PER[selection.grain],
            grouping=say(selection.grouping.value),
            span=span_words(asked),
        ),
        scope_words(selection.scope, listed, coverage, EACH[selection.grain]),
        dataset.citation(asked),
        notes(series, attribution_notes.notes(dataset, asked, series.spans)),
        (*attribution_notes.readings(dataset), *claim_words(dataset, selection)),
        _sentence(dataset, selection, series, marked := marked_groups(dataset, series, selection)),
    )
    found = long_table(series, caption, selection, marked)
    return replace(found, markers=markers(dataset, selection, series.spans))


def long_table(series: Series, caption: Caption, selection: Selection, marked: frozenset[str]) -> ShareTable:
    """Return a series as one row per period and group, gaps left out."""
    kept = ~series.gap
    count = len(series.groups)
    start = np.array([s.first for s in series.spans], "datetime64[D]")[kept]
    end = np.array([s.last for s in series.spans], "datetime64[D]")[kept]
    groups = np.array(series.groups, object)
    values: dict[str, Sequence[object]] = {
        "period_start": np.repeat(start, count),  # pyright: ignore[reportAssignmentType]
        "period_end": np.repeat(end, count),
        "group": np.tile(groups, len(start)),
        "tokens": series.tokens[kept].ravel(),
        "share": series.shares[kept].ravel(),
        "partial": np.repeat(series.partial[kept], count),
    }  # pyright: ignore[reportAssignmentType]
    if selection.grouping is Grouping.MODEL:
        # A model that is not named in a period, or not in its scope, has no known share of it.
        named = series.tokens[kept].ravel() > 0
        values = {key: column[named] for key, column in values.items()}  # pyright: ignore
    ids = tuple(str(group) for group in values["group"])
    return ShareTable(
        COLUMNS,
        values,
        ids,
        caption,
        marked,
        series=series,
        measure=selection.measure,
        grouping=selection.grouping,
        brush=selection.brush,
    )


def shaping(selection: Selection) -> Selection:
    """Return what of a selection shapes the numbers: what only marks or narrows other views is left out."""
    marks = ("countries", "authors", "models", "claim")
    return selection.without("brush", *marks, "search", "baseline", "pricing", "measure", "lens")


def series(dataset: Dataset, selection: Selection) -> Series:
    """Return the series that the chart of a selection draws; those of the last few selections are remembered."""
    return _series(dataset, shaping(selection))[0]


@lru_cache(maxsize=16)
def _series(dataset: Dataset, selection: Selection) -> tuple[Series, int]:
    """Return the series of a selection and the number of named models with tokens in its span."""
    asked, cube = dataset.span(selection), dataset.cube
    if asked is None or not cube.days_present(asked):
        return empty_series(), 0
    periods = grid(asked, selection.grain, cube.first_day, cube.complete, cube.present)
    tokens, other = cube.by_period(periods)
    listed = int(np.count_nonzero(cube.tokens(asked)))
    all_total = tokens.sum(axis=1) + other
    keys, names, summed = _grouped(dataset, selection, keep_top(tokens, selection.scope), periods.spans)
    rest = UNATTRIBUTED if selection.grouping is Grouping.COUNTRY else OTHER
    if selection.scope.other and other.any():
        keys, names, summed = _with_rest(keys, names, summed, rest, other)
    return _ordered(keys, names, summed, all_total, periods), listed


def _grouped(
    dataset: Dataset, selection: Selection, tokens: Tokens, spans: tuple[Span, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], Tokens]:
    """Return keys, names and tokens (periods, groups) of tokens (periods, models).

    Whose a model is counts as of the end of the span; read as known then, as of the end of each period.
    """
    found: dict[str, Tokens] = {}
    names: dict[str, str] = {}
    for first, last, whose in _attributions(dataset, spans):
        keys, codes = whose.groups(selection.grouping)
        summed = _sum_by(tokens[first:last], codes, len(keys))
        called = _names(dataset, selection.grouping, keys, whose.author, whose.company)
        if last - first == len(spans):
            return keys, called, summed
        names |= zip(keys, called, strict=True)
        for key, column in zip(keys, summed.T, strict=True):
            found.setdefault(key, np.zeros(len(spans), np.int64))[first:last] = column
    keys = tuple(sorted(found))
    stacked = np.column_stack([found[key] for key in keys]) if keys else np.zeros((len(spans), 0), np.int64)
    return keys, tuple(names[key] for key in keys), stacked


def _attributions(dataset: Dataset, spans: tuple[Span, ...]) -> Iterator[tuple[int, int, Attribution]]:
    """Yield the first and last (exclusive) period of each run of periods with one attribution, and that."""
    then = dataset.origins.known is Known.THEN
    days = [each.last if then else spans[-1].last for each in spans]
    epochs = np.array([dataset.origins.epoch(to_date(day)) for day in days])
    starts = [0, *(np.flatnonzero(np.diff(epochs)) + 1).tolist()]
    for first, last in zip(starts, [*starts[1:], len(spans)], strict=True):
        yield first, last, dataset.attribution(days[last - 1])


def keep_top(tokens: Tokens, scope: Scope) -> Tokens:
    """Return tokens (periods, models) with all but the top models of each period at zero.

    Ties at the edge go to the model that comes first by name, as in the leaderboard.
    """
    if scope.top is None or scope.top >= tokens.shape[1]:
        return tokens
    best = np.argsort(-tokens, axis=1, kind="stable")[:, : scope.top]
    kept = np.zeros_like(tokens)
    np.put_along_axis(kept, best, np.take_along_axis(tokens, best, axis=1), axis=1)
    return kept


def _sum_by(tokens: Tokens, codes: NDArray[np.intp], groups: int) -> Tokens:
    """Sum columns (models) into groups, int64 (periods, groups)."""
    summed = np.zeros((tokens.shape[0], groups), np.int64)
    if groups == tokens.shape[1]:
        summed[:, codes] = tokens
        return summed
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(groups))
    return np.add.reduceat(tokens[:, order], starts, axis=1) if groups else summed


def _with_rest(
    keys: tuple[str, ...], names: tuple[str, ...], summed: Tokens, rest: str, other: Tokens
) -> tuple[tuple[str, ...], tuple[str, ...], Tokens]:
    """Add the tokens of unnamed models to the group `rest`, made where there is none."""
    if rest not in keys:
        keys, names = (*keys, rest), (*names, rest)
        summed = np.hstack([summed, np.zeros((len(summed), 1), np.int64)])
    summed = summed.copy()
    summed[:, keys.index(rest)] += other
    return keys, names, summed


def _ordered(
    keys: tuple[str, ...], names: tuple[str, ...], summed: Tokens, all_total: Tokens, periods: PeriodGrid
) -> Series:
    """Order groups by total, the unattributed and the unnamed last, and drop those without tokens."""
    total = summed.sum(axis=0)
    last = [key in (UNATTRIBUTED, OTHER) for key in keys]
    order = [i for i in sorted(range(len(keys)), key=lambda i: (last[i], -total[i], keys[i])) if total[i] > 0]
    return Series(
        periods.spans,
        tuple(keys[i] for i in order),
        tuple(names[i] for i in order),
        summed[:, order],
        summed.sum(axis=1),
        all_total,
        periods.partial,
        periods.gap,
        periods.present,
        periods.whole,
    )


def _names(
    dataset: Dataset,
    grouping: Grouping,
    keys: tuple[str, ...],
    authors: NDArray[np.object_],
    companies: NDArray[np.object_],
) -> tuple[str, ...]:
    """Return what bands are called: country and company names in full, models by their short names."""
    if grouping is Grouping.COUNTRY:
        return tuple(dataset.origins.country_name(key) for key in keys)
    if grouping is Grouping.AUTHOR:
        company = dict(zip(authors.tolist(), companies.tolist(), strict=True))
        return tuple(company[key] for key in keys)
    return short_names(keys)


def marked_groups(dataset: Dataset, series: Series, selection: Selection) -> frozenset[str]:
    """Return the bands a selection marks: by their own key, or because a marked model or author is in them."""
    if not selection.marks_anything or not series.spans:
        return frozenset()
    marked = set(selection.marking(selection.grouping))
    for _, _, whose in _attributions(dataset, series.spans):
        keys, codes = whose.groups(selection.grouping)
        models = whose.marked(selection)
        marked |= {keys[code] for model, code in zip(whose.models, codes.tolist(), strict=True) if model in models}
    return frozenset(marked & set(series.groups))


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads in a period: `key` and `name`, the share of the scope, and whether nothing unknown could turn it."""

    key: str
    name: str
    share: float
    certain: bool


def told_of(series: Series, brush: Span | None) -> int | None:
    """Return the period a title speaks of: the last complete one with tokens, within the brush where there is one."""
    whole = np.flatnonzero(~series.partial & (series.scope_total > 0)).tolist()
    if brush is not None:
        whole = [i for i in whole if series.spans[i].within(brush) == series.spans[i]]
    return whole[-1] if whole else None


def leader(series: Series, at: int, grouping: Grouping) -> Leader | None:
    """Return who leads in a period; None where two lead alike or nobody is named.

    Certain is a lead that exceeds what is attributed to nobody; no model can gain from that.
    """
    named = [i for i, group in enumerate(series.groups) if group not in (UNATTRIBUTED, OTHER)]
    if not named:
        return None
    tokens: list[int] = series.tokens[at].tolist()
    first, *others = sorted(named, key=lambda i: -tokens[i])
    second = tokens[others[0]] if others else 0
    if tokens[first] == second:
        return None
    unknown = sum(tokens) - sum(tokens[i] for i in named)
    sure = grouping is Grouping.MODEL or tokens[first] > second + unknown
    return Leader(series.groups[first], series.names[first], tokens[first] / int(series.scope_total[at]), sure)


def _title(series: Series, selection: Selection) -> Message:
    """Say who leads in the brushed period, else in the last complete one; ask where nothing is certain."""
    at = told_of(series, selection.brush)
    found = None if at is None else leader(series, at, selection.grouping)
    if at is None or found is None:
        return say("Who leads in token usage?")
    return say(
        "{name} led with {share} of {whole} {during}"
        if found.certain
        else "{name} led among those attributed, with {share} of {whole} {during}",
        name=found.name,
        share=percent(found.share),
        whole=scope_tokens(selection.scope),
        during=during(series.spans[at], selection.grain),
    )


def _sentence(dataset: Dataset, selection: Selection, series: Series, marked: frozenset[str]) -> Message:
    """Say who made which share in the brushed period, else in the last complete one, or the last there is."""
    at = sentences.spoken(series.spans, series.partial, series.scope_total > 0, selection.brush)
    if at is None:
        return say("")
    window, grouping = series.spans[at], selection.grouping
    bands = [
        sentences.Band(*each) for each in zip(series.groups, series.names, series.tokens[at].tolist(), strict=True)
    ]
    absent = sorted(selection.marking(grouping) - set(series.groups))
    bands += [sentences.Band(key, _name_of(dataset, grouping, key), 0) for key in absent]
    return sentences.share(
        sentences.when(dataset.cube, window, selection.grain),
        grouping,
        bands,
        sentences.whole(dataset.cube, window, selection.scope, int(series.scope_total[at])),
        marked.union(absent),
        sentences.cited(dataset, window, attributed=grouping is not Grouping.MODEL),
    )


def _name_of(dataset: Dataset, grouping: Grouping, key: str) -> str:
    """Return what a band that is not on the chart would be called."""
    if grouping is Grouping.COUNTRY:
        return dataset.origins.country_name(key)
    return short_name(key) if grouping is Grouping.MODEL else key


def notes(series: Series, attribution: tuple[Message, ...] = ()) -> tuple[Message, ...]:
    """Return what a reader must know, the least important last: partial periods, gaps, attribution, tokenizers."""
    partial = [series.spans[i] for i in np.flatnonzero(series.partial & ~series.gap).tolist()]
    gaps = [series.spans[i] for i in np.flatnonzero(series.gap).tolist()]
    found: list[Message] = []
    if partial:
        found.append(say("Hatched: partial ({spans}).", spans=_listed(partial)))
    if gaps:
        found.append(say("No data: {spans}.", spans=_listed(gaps)))
    return (*found, *attribution, TOKENIZERS)


def _listed(spans: Sequence[Span]) -> str:
    """Return the first few spans in words, neighbours as one."""
    joined: list[Span] = []
    for each in spans:
        if joined and joined[-1].last + 1 == each.first:
            joined[-1] = Span(joined[-1].first, each.last)
        else:
            joined.append(each)
    return ", ".join(span_words(s) for s in joined[:3]) + (" …" if len(joined) > 3 else "")


def _nothing(dataset: Dataset, selection: Selection, asked: Span | None) -> ShareTable:
    why = dataset.no_data("span")
    caption = Caption(
        say("Who leads in token usage?"),
        say("tokens by {grouping}", grouping=say(selection.grouping.value)),
        say("no data"),
        dataset.citation(asked or Span(0, 0)),
    )
    return ShareTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
