"""Estimated spend beside tokens: what a group's tokens cost, as a band, since rankings do not say what they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes
from explorer.domain.blended import PLAUSIBLE, Mix, band
from explorer.domain.dataset import Dataset
from explorer.domain.leaderboard import ranks
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Span
from explorer.domain.price_history import BY_NAME, PRIORITY, at, columns
from explorer.domain.prices import UNDATED, PriceBook
from explorer.domain.schema import OTHER, Floats, Tokens, pick, to_date
from explorer.domain.selection import Grouping, Selection, Variants
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import percent, significant
from explorer.domain.wording import day_words, during, period_words, scope_words, span_words
from explorer.words import Message, say

COLUMNS = (
    Column("group", say("Group"), Kind.TEXT),
    Column("tokens", say("Tokens"), Kind.TOKENS, say("Prompt plus completion tokens in the window")),
    Column("share", say("Token share"), Kind.SHARE, say("Share of the tokens of the scope in the window")),
    Column("spend_low", say("Spend from"), Kind.PRICE, say("Estimated US dollars at least, in the window")),
    Column("spend_high", say("Spend to"), Kind.PRICE, say("Estimated US dollars at most, in the window")),
    Column(
        "spend_share_low",
        say("Spend share from"),
        Kind.SHARE,
        say("Share of the estimated dollars if this group paid its least and all others their most"),
    ),
    Column(
        "spend_share_high",
        say("Spend share to"),
        Kind.SHARE,
        say("Share of the estimated dollars if this group paid its most and all others their least"),
    ),
    Column("unpriced", say("Unpriced"), Kind.SHARE, say("Share of the group's tokens whose price is not known")),
)
_MILLION = 1_000_000


@dataclass(frozen=True, eq=False, slots=True)
class Spend:
    """Estimated US dollars of each model of a cube in a window, float64 (models,), and the tokens behind them.

    `low` and `high` are 0 where nothing is known. `priced` int64 are the tokens whose price is known, `stretched` those
    among them for which no list speaks on their day and an older or a later one is used. `lists` are the sources of
    the prices, each with the day of its list, UNDATED where not stated.
    """

    low: Floats
    high: Floats
    priced: Tokens
    stretched: Tokens
    lists: frozenset[tuple[str, int]]


@lru_cache(maxsize=8)
def estimate(
    dataset: Dataset, window: Span, mixes: tuple[Mix, Mix] = PLAUSIBLE, priority: tuple[str, ...] = PRIORITY
) -> Spend:
    """Return the estimated spend in a window: the tokens of each day at the base prices in force on that day.

    Each model's mix of tokens is somewhere between `mixes`, apart from the others'. Tiers, cache writes and prices per
    call are left out.
    """
    n, book = len(dataset.cube.models), dataset.prices
    low, high = np.zeros(n), np.zeros(n)
    priced, stretched = np.zeros(n, np.int64), np.zeros(n, np.int64)
    lists: set[tuple[str, int]] = set()
    days = [window.first, *(day for day in book.turns if window.first < day <= window.last), window.last + 1]
    for first, following in pairwise(days):
        tokens = dataset.cube.tokens(Span(first, following - 1))
        points = at(book, first, priority, stretched=True)
        cheap, dear = band(columns(points), mixes)
        known = ~np.isnan(cheap) & (tokens > 0)
        spoken = np.array([point is not None for point in at(book, first, priority)], np.bool_)
        low[known] += tokens[known] * cheap[known] / _MILLION
        high[known] += tokens[known] * dear[known] / _MILLION
        priced[known] += tokens[known]
        stretched[known & ~spoken] += tokens[known & ~spoken]
        lists |= {(p.source, p.since) for p, used in zip(points, known.tolist(), strict=True) if p and used}
    return Spend(low, high, priced, stretched, frozenset(lists))


@dataclass(frozen=True, eq=False, slots=True)
class _Groups:
    """The models of a scope by group: `keys`, each model's index into them, and which models are in the scope."""

    keys: tuple[str, ...]
    codes: NDArray[np.intp]
    inside: NDArray[np.bool_]


def table(
    dataset: Dataset,
    selection: Selection,
    mixes: tuple[Mix, Mix] = PLAUSIBLE,
    priority: tuple[str, ...] = PRIORITY,
) -> Table:
    """Return tokens and estimated spend by the selection's grouping in its window, most tokens first.

    A variant's tokens cost what the variant costs, whether or not it is merged with its model.
    """
    window = dataset.window(selection)
    if window is None or not dataset.cube.days_present(window):
        return _nothing(dataset, window)
    apart = dataset.read(dataset.origins.known, Variants.APART)
    spend = estimate(apart, window, mixes, priority)
    groups = _groups(dataset, apart, selection, window)
    other = dataset.cube.other(window) if selection.scope.other else 0
    tokens = apart.cube.tokens(window)
    sums: dict[str, Floats] = {
        name: np.bincount(groups.codes, np.where(groups.inside, column, 0), len(groups.keys)).astype(np.float64)
        for name, column in (("tokens", tokens), ("priced", spend.priced), ("low", spend.low), ("high", spend.high))
    }
    keys, sums = _with_other(groups.keys, sums, other, UNATTRIBUTED if _by_country(selection) else OTHER)
    totals: list[float] = sums["tokens"].tolist()
    used = [i for i in range(len(keys)) if totals[i] > 0]
    order = sorted(used, key=lambda i: (keys[i] in (OTHER, UNATTRIBUTED), -totals[i], keys[i]))
    ids = tuple(keys[i] for i in order)
    inside = {name: column[order] for name, column in sums.items()}
    return Table(
        COLUMNS,
        _values(dataset, selection, ids, inside),
        ids,
        Caption(
            say("What was spent on whose tokens, at an estimate?"),
            say(
                "estimated US dollars by {grouping}, {window}",
                grouping=say(selection.grouping.value),
                window=period_words(window, selection.grain),
            ),
            _scope(dataset, selection, window, inside["tokens"]),
            say("{rankings} Prices: {lists}.", rankings=dataset.citation(window), lists=_lists(spend)),
            (*_notes(mixes, inside, spend, groups), *_attribution(dataset, window)),
            attribution_notes.readings(dataset),
        ),
        _marked(apart, selection, groups, window) & frozenset(ids),
        None if ids else say("No model has tokens {during}.", during=during(window, selection.grain)),
        short_names(ids) if selection.grouping is Grouping.MODEL else (),
    )


def _by_country(selection: Selection) -> bool:
    return selection.grouping is Grouping.COUNTRY


def _groups(dataset: Dataset, apart: Dataset, selection: Selection, window: Span) -> _Groups:
    """Return the groups of the models of `apart`; who is in the scope is decided as `dataset` ranks them."""
    ranked, _ = ranks(dataset.cube.tokens(window))
    if selection.scope.top is not None:
        ranked = ranked[: selection.scope.top]
    chosen = frozenset(pick(dataset.cube.models, ranked))
    counted = apart.bases if dataset.variants is Variants.MERGED else apart.cube.models
    inside = np.array([model in chosen for model in counted], np.bool_)
    if selection.grouping is Grouping.MODEL:
        keys = tuple(sorted(set(counted)))
        index = {key: i for i, key in enumerate(keys)}
        return _Groups(keys, np.array([index[model] for model in counted], np.intp), inside)
    keys, codes = apart.attribution(window.last).groups(selection.grouping)
    return _Groups(keys, codes, inside)


def _marked(apart: Dataset, selection: Selection, groups: _Groups, window: Span) -> frozenset[str]:
    """Return the groups that a selection marks: by their own key, or because a marked model or author is in them."""
    models = apart.attribution(window.last).marked(selection)
    codes: list[int] = groups.codes.tolist()
    within = {groups.keys[code] for model, code in zip(apart.cube.models, codes, strict=True) if model in models}
    return selection.marking(selection.grouping) | within


def _with_other(
    keys: tuple[str, ...], sums: dict[str, Floats], other: int, rest: str
) -> tuple[tuple[str, ...], dict[str, Floats]]:
    """Add the tokens of unnamed models, which have no price, to the group `rest`."""
    if not other:
        return keys, sums
    if rest not in keys:
        keys, sums = (*keys, rest), {name: np.append(column, 0.0) for name, column in sums.items()}
    sums["tokens"][keys.index(rest)] += other
    return keys, sums


def _values(
    dataset: Dataset, selection: Selection, ids: tuple[str, ...], sums: dict[str, Floats]
) -> dict[str, Sequence[object]]:
    low, high = sums["low"], sums["high"]
    known = sums["priced"] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        least = low / (low + (high.sum() - high))
        most = high / (high + (low.sum() - low))
    named = [dataset.origins.country_name(key) for key in ids] if _by_country(selection) else list(ids)
    columns_ = {
        "spend_low": low,
        "spend_high": high,
        "spend_share_low": least,
        "spend_share_high": most,
    }
    return {
        "group": named,
        "tokens": [round(value) for value in sums["tokens"].tolist()],
        "share": (sums["tokens"] / max(float(sums["tokens"].sum()), 1.0)).tolist(),
        **{key: np.where(known, column, np.nan).tolist() for key, column in columns_.items()},
        "unpriced": (1 - sums["priced"] / np.maximum(sums["tokens"], 1)).tolist(),
    }


def _scope(dataset: Dataset, selection: Selection, window: Span, tokens: Floats) -> Message:
    named = dataset.cube.tokens(window)
    whole = int(named.sum()) + dataset.cube.other(window)
    return scope_words(selection.scope, int(np.count_nonzero(named)), float(tokens.sum()) / max(whole, 1))


def _notes(mixes: tuple[Mix, Mix], sums: dict[str, Floats], spend: Spend, groups: _Groups) -> tuple[Message, ...]:
    """Return the assumptions, and what they leave out."""
    whole = max(float(sums["tokens"].sum()), 1.0)
    low, high = sorted(mix.ratio for mix in mixes)
    cached = sorted(mix.cached for mix in mixes)
    found = [
        say(
            "An estimate, as rankings hold totals only: every model took from {low} to {high} input tokens per output "
            "token, {least} to {most} of the input read from a cache.",
            low=significant(low),
            high=significant(high),
            least=percent(cached[0]),
            most=percent(cached[1]),
        ),
        say("List prices of each day, without tiers, cache writes, prices per call and discounts."),
    ]
    unpriced = 1 - float(sums["priced"].sum()) / whole
    if unpriced > 0:
        found.append(
            say("{share} of the tokens have no known price and are in no dollar figure.", share=percent(unpriced))
        )
    if stretched := int(spend.stretched[groups.inside].sum()):
        text = "{share} of the tokens are priced by a list of another time: none speaks for their days."
        found.append(say(text, share=percent(stretched / whole)))
    if (BY_NAME, UNDATED) in spend.lists:
        found.append(say("A :free model that no list names counts as free."))
    return tuple(found)


def _attribution(dataset: Dataset, window: Span) -> tuple[Message, ...]:
    tokenizers = say("Each provider counts tokens with its own tokenizer.")
    return (*attribution_notes.notes(dataset, window), tokenizers)


def _lists(spend: Spend) -> Message:
    """Return which price lists are behind an estimate: "OpenRouter models (list of 1 Feb 2026), genai-prices …"."""
    found: list[Message] = []
    for source in PriceBook.sources:
        days = sorted(day for name, day in spend.lists if name == source and day != UNDATED)
        if days:
            first, last = (day_words(to_date(day)) for day in (days[0], days[-1]))
            text = "{source} (list of {last})" if first == last else "{source} ({n} lists, {first} to {last})"
            found.append(say(text, source=source, n=len(days), first=first, last=last))
        if (source, UNDATED) in spend.lists:
            found.append(say("{source} (no date stated)", source=source))
    if not found:
        return say("none known")
    words = found[0]
    for message in found[1:]:
        words = say("{before}, {source}", before=words, source=message)
    return words


def _nothing(dataset: Dataset, window: Span | None) -> Table:
    data = dataset.cube.days
    if data is None:
        why = say("There are no rankings yet. Open a rankings file to begin.")
    else:
        why = say("There is no data in this window. The data runs {span}.", span=span_words(data))
    caption = Caption(
        say("What was spent on whose tokens?"),
        say("estimated US dollars"),
        say("no data"),
        dataset.citation(window or Span(0, 0)),
    )
    return Table(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
