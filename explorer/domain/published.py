"""The three views over printed figures: what stories printed, as printed, never filled in and never added up."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.domain import leaderboard as rankings
from explorer.domain import leads, price_table, sentences, shares
from explorer.domain.attribution_notes import notes_of, readings
from explorer.domain.dataset import Attribution, Dataset, attribute
from explorer.domain.figure_windows import FEBRUARY, whole_span, window_of
from explorer.domain.periods import Span, periods_in
from explorer.domain.schema import Figure
from explorer.domain.selection import Grouping, Measure, Selection
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.wording import PER, during, makers, number_words, span_words
from explorer.words import Message, say

_FROM_RANKINGS = {column.key: column for column in rankings.COLUMNS}
COLUMNS = (
    Column("rank", say("#"), Kind.RANK, say("Place among the models that the story names")),
    *(_FROM_RANKINGS[key] for key in ("model", "author", "country", "tokens")),
    Column("window_start", say("From"), Kind.DATE, say("First day of the window as printed")),
    Column("window_end", say("To"), Kind.DATE, say("Last day of the window as printed")),
    Column("publisher", say("Printed by"), Kind.TEXT),
    Column("published", say("Printed"), Kind.TEXT, say("When the story was printed")),
    *(_FROM_RANKINGS[key] for key in ("input", "output", "price_source", "price_date")),
)

SHARE_COLUMNS = (
    *(column for column in shares.COLUMNS if column.key not in ("share", "partial")),
    Column(
        "share",
        say("Share"),
        Kind.SHARE,
        say("Share of the countries' totals, where one publisher printed them all"),
    ),
    Column("partial", say("Partial"), Kind.FLAG, say("Some of the totals of that period were not printed")),
    *(column for column in COLUMNS if column.key in ("publisher", "published")),
)

TRILLION = 10**12
"""The unit "T" of a printed figure, in tokens."""

_AS_PRINTED = say("as printed; stories rarely say of how many models a total is the sum")
_SUMS = say("printed totals are sums over the few models of one chart, not over all models")
_NO_TOTAL = say("no total of all models is stated with it")
_HATCHED = say("Hatched: some of the totals of that period were not printed.")
_SHARES = say("Shares: of the countries' totals that one publisher printed side by side.")
_CAVEAT = say("Printed totals are sums over the few models of one chart, not over all models.")


def leaderboard(dataset: Dataset, selection: Selection) -> Table:
    """Return the printed token counts of models in the window, ranked within each story."""
    window = _shown(dataset, selection)
    models, whose = dataset.prices.models, _whose(dataset, window)
    index = {model: i for i, model in enumerate(models)}
    words = selection.search.casefold().split()
    kept = [
        (rank, figure)
        for rank, figure in _ranked(_inside(_tokens(dataset), window))
        if all(word in whose.haystack[index[figure.model]] for word in words)
    ]
    rows = np.array([index[figure.model] for _, figure in kept], np.intp)
    values: dict[str, Sequence[object]] = {
        "rank": [rank for rank, _ in kept],
        "model": [figure.model for _, figure in kept],
        "author": whose.author[rows].tolist(),
        "country": whose.country[rows].tolist(),
        "tokens": [round(figure.value * TRILLION) for _, figure in kept],
        "window_start": [figure.start for _, figure in kept],
        "window_end": [figure.end for _, figure in kept],
        "publisher": [figure.publisher for _, figure in kept],
        "published": [figure.published for _, figure in kept],
        **rankings.price_columns(
            dataset.prices.at(selection.pricing.day(window.last), selection.pricing.priority), rows
        ),
    }
    caption = Caption(
        say("Models in print, {span}", span=span_words(window)),
        say("tokens as printed, ranked within each story and its window"),
        say("as printed: no story states a denominator, so no share is shown"),
        _sources(figure for _, figure in kept),
        (
            _CAVEAT,
            *notes_of(dataset, [figure.model for _, figure in kept], window),
            *rankings.price_notes(values["price_source"], selection.pricing),
        ),
        (*readings(dataset), *((say("search “{text}”", text=selection.search),) if selection.search else ())),
        _first_story(selection, [figure for _, figure in kept]),
    )
    if kept:
        empty = None
    elif words:
        empty = say("No model matches “{text}”. Clear the search to see all.", text=selection.search)
    else:
        empty = say("No story printed figures of single models within {span}.", span=span_words(window))
    ids = tuple(figure.model for _, figure in kept)
    return Table(COLUMNS, values, ids, caption, whose.marked(selection), empty, _names(ids))


def _names(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return short names of models, each of which may stand in several rows."""
    distinct = tuple(dict.fromkeys(ids))
    short = dict(zip(distinct, short_names(distinct), strict=True))
    return tuple(short[model] for model in ids)


def share(dataset: Dataset, selection: Selection) -> shares.ShareTable:
    """Return the printed totals per period of countries or models; what nobody printed is left out, never zero."""
    asked = selection.span or whole_span(dataset)
    printed = _printed(dataset, selection, asked) if asked else {}
    grouping = say(selection.grouping.value)
    if not printed:
        caption = Caption(say("Who leads in token usage?"), say("tokens as printed"), _AS_PRINTED, _sources(()))
        why = say(
            "No figures were printed {per} by {grouping}. Choose weeks by country.",
            per=PER[selection.grain],
            grouping=grouping,
        )
        return shares.ShareTable(SHARE_COLUMNS, {c.key: () for c in SHARE_COLUMNS}, (), caption, empty=why)
    series = _series(dataset, selection, printed)
    caption = Caption(
        say("What the stories printed: tokens {per} by {grouping}", per=PER[selection.grain], grouping=grouping),
        say(
            "share of the printed totals, {span}"
            if selection.measure is Measure.SHARE
            else "tokens as printed, {span}",
            span=span_words(Span(series.spans[0].first, series.spans[-1].last)),
        ),
        _AS_PRINTED,
        _sources(printed.values()),
        (*leads.legend(leads.marked(series, selection.grouping)), *_share_notes(series), _CAVEAT),
        sentence=_totals(selection, series, printed),
    )
    cells = sorted(printed, key=lambda cell: (cell[0], series.groups.index(cell[1])))
    at = {period: i for i, period in enumerate(series.spans)}
    share_of = series.shares
    values: dict[str, Sequence[object]] = {
        "period_start": [period.start for period, _ in cells],
        "period_end": [period.end for period, _ in cells],
        "group": [group for _, group in cells],
        "tokens": [round(printed[cell].value * TRILLION) for cell in cells],
        "share": [float(share_of[at[period], series.groups.index(group)]) for period, group in cells],
        "partial": [bool(series.partial[at[period]]) for period, _ in cells],
        "publisher": [printed[cell].publisher for cell in cells],
        "published": [printed[cell].published for cell in cells],
    }
    return shares.ShareTable(
        SHARE_COLUMNS,
        values,
        tuple(group for _, group in cells),
        caption,
        frozenset(selection.marking(selection.grouping) & set(series.groups)),
        series=series,
        measure=selection.measure,
        grouping=selection.grouping,
        brush=selection.brush,
    )


def _share_notes(series: shares.Series) -> tuple[Message, ...]:
    """Return which totals are missing and what the shares are shares of, each where there are any."""
    hatched = (_HATCHED,) if (series.partial & ~series.gap).any() else ()
    return (*hatched, *((_SHARES,) if series.scope_total.any() else ()))


def prices(dataset: Dataset, selection: Selection) -> price_table.PriceTable:
    """Return the prices of the marked models, or of those the stories of the window name."""
    window = _shown(dataset, selection)
    models, whose = dataset.prices.models, _whose(dataset, window)
    marked = whose.marked(selection)
    named = [figure.model for _, figure in _ranked(_inside(_tokens(dataset), window))]
    wanted = [model for model in dict.fromkeys(named) if not selection.marks_anything or model in marked]
    rows = np.array([models.index(model) for model in wanted[: price_table.TOP]], np.intp)
    chosen = price_table.Chosen(
        say("Prices of the models in the stories"),
        say("the models that stories of {span} name", span=span_words(window)),
        say(
            "the {n} chosen models that stories of {span} name"
            if selection.marks_anything
            else "the first {n} models that stories of {span} name",
            n=number_words(len(rows)),
            span=span_words(window, full=True),
        ),
        say("No story names single models within {span}.", span=span_words(window)),
        np.array([models.index(model) for model in dict.fromkeys(named)], np.intp),
    )
    return price_table.priced(dataset, selection, rows, (whose.author, whose.country), window.last, chosen)


def _first_story(selection: Selection, figures: Sequence[Figure]) -> Message:
    """Say what the first of the stories printed of single models."""
    if not figures:
        return say("")
    story = [f for f in figures if (_story(f), window_of(f)) == (_story(figures[0]), window_of(figures[0]))]
    names = _names(tuple(figure.model for figure in story))
    prints = [_print(say("{model}", model=name), figure) for name, figure in zip(names, story, strict=True)]
    window = window_of(figures[0])
    assert window is not None
    return sentences.printed(
        during(window, selection.grain, full=True, start=True),
        prints[: sentences.FIRST],
        (),
        selection.search,
        _NO_TOTAL,
    )


def _totals(selection: Selection, series: shares.Series, printed: dict[tuple[Span, str], Figure]) -> Message:
    """Say what was printed of the brushed period, else of the last complete one: of what is marked, else of all."""
    at = sentences.spoken(series.spans, series.partial, ~series.gap, selection.brush)
    if at is None:
        return say("")
    period, marked = series.spans[at], selection.marking(selection.grouping)
    there = [i for i, group in enumerate(series.groups) if (period, group) in printed]
    chosen = [i for i in there if series.groups[i] in marked] or there
    shown = sorted(chosen, key=lambda i: -int(series.tokens[at, i]))[: sentences.FIRST]
    by_country = selection.grouping is Grouping.COUNTRY
    groups = tuple(series.groups[i] for i in shown)
    names = tuple(series.names[i] for i in shown) if by_country else _names(groups)
    return sentences.printed(
        during(period, selection.grain, full=True, start=True),
        [
            _print(makers(selection.grouping, group, name), printed[period, group])
            for group, name in zip(groups, names, strict=True)
        ],
        [float(series.shares[at, i]) for i in shown] if series.scope_total[at] else (),
        "",
        _SUMS if by_country else _NO_TOTAL,
    )


def _print(subject: Message, figure: Figure) -> sentences.Print:
    amount = say("{value} trillion", value=" ".join((figure.qualifier, figure.printed or f"{figure.value:g}")).strip())
    return sentences.Print(subject, amount, _story(figure))


def _story(figure: Figure) -> Message:
    return say("{publisher}, {date}", publisher=figure.publisher, date=figure.published)


def _shown(dataset: Dataset, selection: Selection) -> Span:
    """Return the days that leaderboard and prices are about: the brush, the span, or all that was printed."""
    return selection.brush or selection.span or whole_span(dataset) or FEBRUARY


def _whose(dataset: Dataset, window: Span) -> Attribution:
    return attribute(dataset.prices.models, dataset.origins, window.end)


def _tokens(dataset: Dataset) -> list[Figure]:
    """Return the figures that are tokens in a dated window."""
    return [f for f in dataset.figures if f.measure == "tokens" and f.unit == "T" and f.start and f.end]


def _inside(figures: Iterable[Figure], window: Span) -> list[Figure]:
    """Return the figures of single models whose own window lies in `window`."""
    return [f for f in figures if f.model and (own := window_of(f)) and own.within(window) == own]


def _ranked(figures: list[Figure]) -> list[tuple[int | None, Figure]]:
    """Rank figures within their story and window, the longest list first; a model named alone has no rank."""
    stories: dict[tuple[str, str, Span], list[Figure]] = {}
    for figure in figures:
        own = window_of(figure)
        assert own is not None
        stories.setdefault((figure.publisher, figure.published, own), []).append(figure)
    ordered = sorted(stories.items(), key=lambda item: (-len(item[1]), -len(item[0][2]), item[0]))
    return [
        (rank if len(story) > 1 else None, figure)
        for _, story in ordered
        for rank, figure in enumerate(sorted(story, key=lambda f: -f.value), start=1)
    ]


def _printed(dataset: Dataset, selection: Selection, asked: Span) -> dict[tuple[Span, str], Figure]:
    """Return the first printed figure per whole period of the grain and group, within the span."""
    found: dict[tuple[Span, str], Figure] = {}
    periods = {period for period in periods_in(asked, selection.grain) if period.within(asked) == period}
    for figure in sorted(_tokens(dataset), key=lambda f: f.published):
        own = window_of(figure)
        group = _group(dataset, figure, selection.grouping)
        if own and own in periods and group:
            found.setdefault((own, group), figure)
    return found


def _group(dataset: Dataset, figure: Figure, grouping: Grouping) -> str:
    """Return the group a figure is about, "" where it is about something else."""
    if grouping is Grouping.MODEL:
        return figure.model
    return dataset.origins.country_code(figure.entity) if grouping is Grouping.COUNTRY else ""


def _series(dataset: Dataset, selection: Selection, printed: dict[tuple[Span, str], Figure]) -> shares.Series:
    """Return the printed totals as a stack; a period without all of them is partial.

    Only countries that one publisher printed side by side have a denominator: their sum.
    """
    spans = periods_in(
        Span(min(s.first for s, _ in printed), max(s.last for s, _ in printed)),
        selection.grain,
    )
    sums: dict[str, float] = {}
    for (_, group), figure in printed.items():
        sums[group] = sums.get(group, 0.0) + figure.value
    groups = tuple(sorted(sums, key=lambda group: -sums[group]))
    by_country = selection.grouping is Grouping.COUNTRY
    tokens = np.zeros((len(spans), len(groups)), np.int64)
    for (period, group), figure in printed.items():
        tokens[spans.index(period), groups.index(group)] = round(figure.value * TRILLION)
    count = np.count_nonzero(tokens, axis=1)
    total = np.where(_one_story(printed, spans, groups) & by_country, tokens.sum(axis=1), 0)
    whole = np.array([len(s) for s in spans], np.intp)
    return shares.Series(
        spans,
        groups,
        tuple(dataset.origins.country_name(group) if by_country else group for group in groups),
        tokens,
        total,
        total,
        (count > 0) & (count < len(groups)),
        count == 0,
        np.where(count > 0, whole, 0),
        whole,
    )


def _one_story(
    printed: dict[tuple[Span, str], Figure], spans: Sequence[Span], groups: tuple[str, ...]
) -> NDArray[np.bool_]:
    """Tell for each period whether one publisher printed all groups, two at least, so that they share a whole."""
    found: list[bool] = []
    for period in spans:
        stories = [printed[cell].publisher for group in groups if (cell := (period, group)) in printed]
        found.append(len(stories) == len(groups) > 1 and len(set(stories)) == 1)
    return np.array(found, np.bool_)


def _sources(figures: Iterable[Figure]) -> Message:
    """Return who printed the figures, with dates."""
    printed = sorted({(figure.published, figure.publisher) for figure in figures})
    if not printed:
        return say("Source: figures as printed in the press.")
    listed = "; ".join(f"{publisher}, {published}" for published, publisher in printed)
    return say("Source: as printed by {stories}.", stories=listed)
