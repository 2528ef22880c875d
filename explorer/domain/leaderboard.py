"""The leaderboard: models of a window by tokens, with rank change, share, change, trend and price."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes, sentences
from explorer.domain.cube import UsageCube
from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Grain, PeriodGrid, Span, grid, previous
from explorer.domain.prices import BY_NAME, CATALOGUE, PriceBook, PricesAt
from explorer.domain.pricing import PriceFirst, Pricing
from explorer.domain.schema import OTHER, Floats, Tokens, pick, to_date
from explorer.domain.selection import Selection
from explorer.domain.slugs import short_name, short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.wording import day_words, during, period_words, scope_words, span_words
from explorer.words import Message, say

COLUMNS = (
    Column("rank", say("#"), Kind.RANK, say("Rank by tokens in the window, among all named models")),
    Column("model", say("Model"), Kind.TEXT, say("OpenRouter's permaslug; variants such as :free apart unless merged")),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT, say("Where the author's company has its headquarters")),
    Column("tokens", say("Tokens"), Kind.TOKENS, say("Prompt plus completion tokens in the window")),
    Column("share", say("Share"), Kind.SHARE, say("Share of the tokens of the scope in the window")),
    Column("share_of_all", say("Of all"), Kind.SHARE, say("Share of all tokens in the window, other included")),
    Column("rank_change", say("Δ"), Kind.RANK_CHANGE, say("Places gained since the window before")),
    Column("change", say("Change"), Kind.CHANGE, say("Change in tokens since the window before")),
    Column("trend", say("Trend"), Kind.SERIES, say("Tokens per complete period over the whole span")),
    Column("input", say("In $/M"), Kind.PRICE, say("Input price, US dollars per million tokens")),
    Column("output", say("Out $/M"), Kind.PRICE, say("Output price, US dollars per million tokens")),
    Column("price_source", say("Price source"), Kind.TEXT, say("Where the prices come from")),
    Column("price_date", say("Price date"), Kind.DATE, say("Since when, or as of when, the price list holds")),
)

_PRICING = Pricing()


class Trends(Sequence[Floats]):
    """Tokens per period of each row, computed when a row is looked at.

    NaN where a period is not complete, or the model not named in it: upstream then counts its tokens in `other`.
    """

    def __init__(self, cube: UsageCube, periods: PeriodGrid, columns: NDArray[np.intp]) -> None:
        self._cube, self._periods, self._columns = cube, periods, columns

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, index: int) -> Floats: ...
    @overload
    def __getitem__(self, index: slice) -> list[Floats]: ...
    def __getitem__(self, index: int | slice) -> Floats | list[Floats]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        column = int(self._columns[index])
        running = self._cube.running_other if column < 0 else self._cube.running[:, column]
        sums = (running[self._periods.upper] - running[self._periods.lower]).astype(np.float64)
        sums[self._periods.partial | (sums == 0)] = np.nan
        return sums


def ranks(tokens: Tokens) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rank models by tokens (models,), largest first, ties in model order; models without tokens have rank 0.

    Returns (order, rank): the indices of the ranked models, best first, and each model's rank from 1.
    """
    order = np.argsort(-tokens, kind="stable")
    order = order[: np.count_nonzero(tokens)]
    rank = np.zeros(len(tokens), np.intp)
    rank[order] = np.arange(1, len(order) + 1)
    return order, rank


@dataclass(frozen=True, eq=False, slots=True)
class _Ranking:
    """The models of a window: tokens and rank (models,), and the window `before` where it can be compared with."""

    window: Span
    before: Span | None
    tokens: Tokens
    rank: NDArray[np.intp]


def table(dataset: Dataset, selection: Selection) -> Table:
    """Return the leaderboard of the brushed window, or of the span where nothing is brushed."""
    window = dataset.window(selection)
    if window is None or not dataset.cube.days_present(window):
        return _nothing(dataset, window)
    cube = dataset.cube
    tokens = cube.tokens(window)
    order, rank = ranks(tokens)
    ranking = _Ranking(window, _comparable(dataset, window), tokens, rank)
    listed = len(order)
    title = _title(order, tokens, cube.models, window, selection.grain)
    named, other = int(tokens.sum()), cube.other(window)
    if selection.scope.top is not None:
        order = order[: selection.scope.top]
    in_scope = int(tokens[order].sum()) + (other if selection.scope.other else 0)
    whole = named + other
    rows = _searched(dataset, window, selection.search, order)
    with_other = selection.scope.other and other > 0 and not selection.search
    values = _values(dataset, selection, ranking, rows, (in_scope, whole), with_other)
    ids = pick(cube.models, rows) + ((OTHER,) if with_other else ())
    names = short_names(ids)
    leaders: list[int] = rows[: sentences.FIRST].tolist()
    first = [sentences.Band(ids[at], names[at], int(tokens[i])) for at, i in enumerate(leaders)]
    scope = scope_words(selection.scope, listed, in_scope / max(whole, 1))
    searched = (say("search “{text}”", text=selection.search),) if selection.search else ()
    return Table(
        COLUMNS,
        values,
        ids,
        Caption(
            title,
            say("tokens by model, {window}", window=period_words(window, selection.grain)),
            scope,
            dataset.citation(window),
            (*_notes(dataset, window, ranking.before), *price_notes(values["price_source"], selection.pricing)),
            (*attribution_notes.readings(dataset), *searched),
            _sentence(dataset, selection, window, first, in_scope),
        ),
        dataset.attribution(window.last).marked(selection),
        None if ids else _none_left(selection.search),
        names,
    )


def _sentence(
    dataset: Dataset, selection: Selection, window: Span, first: Sequence[sentences.Band], in_scope: int
) -> Message:
    """Say which models come first, and of how many tokens theirs are a share."""
    return sentences.leaderboard(
        sentences.when(dataset.cube, window, selection.grain),
        first,
        sentences.whole(dataset.cube, window, selection.scope, in_scope),
        selection.search,
        sentences.cited(dataset, window),
    )


def _none_left(search: str) -> Message:
    if not search:
        return say("No named model has tokens in this window.")
    return say("No model matches “{text}”. Clear the search to see all.", text=search)


def _values(
    dataset: Dataset,
    selection: Selection,
    ranking: _Ranking,
    rows: NDArray[np.intp],
    totals: tuple[int, int],
    with_other: bool,
) -> dict[str, Sequence[object]]:
    """Return the columns of the rows: indices into the cube's models, `other` appended where it counts."""
    window, before, tokens, rank = ranking.window, ranking.before, ranking.tokens, ranking.rank
    pricing = selection.pricing
    cube, whose = dataset.cube, dataset.attribution(window.last)
    earlier = cube.tokens(before) if before else np.zeros(len(tokens), np.int64)
    shown = tokens[rows].astype(np.float64)
    change = _change(shown, earlier[rows].astype(np.float64), before is not None)
    moved = np.full(len(rows), np.nan)
    if before is not None:
        old = ranks(earlier)[1][rows]
        moved = np.where(old > 0, old - rank[rows], np.nan)
    extra = [cube.other(window)] if with_other else []
    before_other = [cube.other(before) if before else 0] if with_other else []
    token_column = np.concatenate([tokens[rows], np.array(extra, np.int64)])
    asked = dataset.span(selection) or window
    columns = np.concatenate([rows, np.full(len(extra), -1, np.intp)])
    pad = [UNATTRIBUTED] * len(extra)
    return {
        "rank": [*rank[rows].tolist(), *[None] * len(extra)],
        "model": [*pick(cube.models, rows), *[OTHER] * len(extra)],
        "author": [*whose.author[rows].tolist(), *pad],
        "country": [*whose.country[rows].tolist(), *pad],
        "tokens": token_column.tolist(),
        "share": (token_column / totals[0]).tolist(),
        "share_of_all": (token_column / totals[1]).tolist(),
        "rank_change": [*moved.tolist(), *[np.nan] * len(extra)],
        "change": np.concatenate(
            [change, _change(np.array(extra, float), np.array(before_other, float), before is not None)]
        ).tolist(),
        "trend": Trends(cube, grid(asked, selection.grain, cube.first_day, cube.complete, cube.present), columns),
        **price_columns(dataset.prices.at(pricing.day(window.last), pricing.priority), rows, len(extra)),
    }


def _change(now: Floats, before: Floats, comparable: bool) -> Floats:
    """Return the relative change, inf for what is new, NaN where the windows can't be compared."""
    if not comparable:
        return np.full(len(now), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return now / before - 1


def price_columns(at: PricesAt, rows: NDArray[np.intp], blank: int = 0) -> dict[str, Sequence[object]]:
    """Return input, output, price_source and price_date of some models, with `blank` rows without price after."""
    sources = PriceBook.said_by
    return {
        "input": [*at.input[rows].tolist(), *[np.nan] * blank],
        "output": [*at.output[rows].tolist(), *[np.nan] * blank],
        "price_source": [*(sources[i] if i >= 0 else "" for i in at.source[rows].tolist()), *[""] * blank],
        "price_date": [*(to_date(d) if d else None for d in at.since[rows].tolist()), *[None] * blank],
    }


def price_notes(sources: Sequence[object], pricing: Pricing = _PRICING) -> tuple[Message, ...]:
    """Return where starred prices come from and as of when prices are, nothing where that goes without saying."""
    notes: list[Message] = []
    if CATALOGUE in sources:
        if pricing.first is PriceFirst.CATALOGUE:
            text = "* Prices of the {name} catalogue, which goes before the models snapshots, as chosen."
        else:
            text = "* Prices of the {name} catalogue: no models snapshot covers the date."
        notes.append(say(text, name=CATALOGUE))
    if BY_NAME in sources:
        notes.append(say("No list has some :free variants: they cost nothing by definition."))
    if pricing.at is not None:
        notes.append(say("Prices of {day}.", day=day_words(to_date(pricing.at))))
    return tuple(notes)


def _comparable(dataset: Dataset, window: Span) -> Span | None:
    """Return the window before, if both it and this one have all their days."""
    before = previous(window)
    whole = dataset.cube.days_complete(window) == len(window)
    return before if whole and dataset.cube.days_complete(before) == len(before) else None


def _searched(dataset: Dataset, window: Span, search: str, order: NDArray[np.intp]) -> NDArray[np.intp]:
    if not search:
        return order
    haystack = dataset.attribution(window.last).haystack
    words = search.casefold().split()
    keep = [all(word in haystack[i] for word in words) for i in order.tolist()]
    return order[np.array(keep, np.bool_)]


def _title(order: NDArray[np.intp], tokens: Tokens, models: tuple[str, ...], window: Span, grain: Grain) -> Message:
    """Say which model led, or ask where none has tokens or two have as many."""
    if not len(order) or (len(order) > 1 and tokens[order[0]] == tokens[order[1]]):
        return say("Which models led {during}?", during=during(window, grain))
    return say("{model} led {during}", model=short_name(models[int(order[0])]), during=during(window, grain))


def _notes(dataset: Dataset, window: Span, before: Span | None) -> tuple[Message, ...]:
    notes: list[Message] = []
    complete = dataset.cube.days_complete(window)
    if complete < len(window):
        notes.append(
            say(
                "Partial: {complete} of {days} days are complete, so no change is shown.",
                complete=complete,
                days=len(window),
            )
        )
    elif before is None:
        notes.append(say("No change is shown: {window} has no complete data.", window=span_words(previous(window))))
    else:
        notes.append(say("Changes compare with {window}.", window=span_words(before)))
    tokenizers = say("Each provider counts tokens with its own tokenizer.")
    return (*notes, *attribution_notes.notes(dataset, window), tokenizers)


def _nothing(dataset: Dataset, window: Span | None) -> Table:
    why = dataset.no_data()
    shown = window or Span(0, 0)
    caption = Caption(say("Leaderboard"), say("tokens by model"), say("no data"), dataset.citation(shown))
    return Table(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
