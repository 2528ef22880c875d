"""Estimated spend beside tokens: what a group's tokens cost, as a band, since rankings do not say what they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes, sentences
from explorer.domain.blended import PLAUSIBLE, Mix, band
from explorer.domain.dataset import Dataset
from explorer.domain.leaderboard import ranks
from explorer.domain.list_words import list_words
from explorer.domain.list_words import notes as list_notes
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Span
from explorer.domain.price_history import PRIORITY, at, columns
from explorer.domain.pricing import share_words
from explorer.domain.schema import OTHER, Floats, Tokens, pick
from explorer.domain.selection import Grouping, Scope, Selection, Variants
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import percent, significant
from explorer.domain.wording import during, listed, makers, number_words, period_words, scope_words
from explorer.words import Message, say

BAND = "spend_share"
"""The column of what is drawn of a row: float64 (4,), the ends of the band, the token share and the end of the scale.

NaN where no price is known; shares are between 0 and 1, and all rows have the same scale.
"""

COLUMNS = (
    Column("group", say("Group"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT),
    Column("tokens", say("Tokens"), Kind.TOKENS, say("Prompt plus completion tokens in the window")),
    Column("share", say("Token share"), Kind.PART, say("Share of the tokens of the scope in the window")),
    Column(
        BAND,
        say("Spend share"),
        Kind.SERIES,
        say("From the least to the most that the share of the estimated dollars may be; the line is the token share"),
    ),
    Column("spend_low", say("Spend from"), Kind.MONEY, say("Estimated US dollars at least, in the window")),
    Column("spend_high", say("Spend to"), Kind.MONEY, say("Estimated US dollars at most, in the window")),
    Column(
        "spend_share_low",
        say("Share from"),
        Kind.PART,
        say("Share of the estimated dollars if this group paid its least and all others their most"),
    ),
    Column(
        "spend_share_high",
        say("Share to"),
        Kind.PART,
        say("Share of the estimated dollars if this group paid its most and all others their least"),
    ),
    Column("unpriced", say("Unpriced"), Kind.PART, say("Share of the group's tokens whose price is not known")),
)
_MILLION = 1_000_000
_NAMED = 3
"""So many groups are named in the title, the rest are counted."""


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


def table(dataset: Dataset, selection: Selection, mixes: tuple[Mix, Mix] = PLAUSIBLE) -> Table:
    """Return tokens and estimated spend by the selection's grouping in its window, most tokens first.

    A variant's tokens cost what the variant costs, whether or not it is merged with its model.
    """
    window = dataset.window(selection)
    if window is None or not dataset.cube.days_present(window):
        return _nothing(dataset, window)
    apart = dataset.read(dataset.origins.known, Variants.APART)
    spend = estimate(apart, window, mixes, selection.pricing.priority)
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
    names = _names(dataset, selection, ids)
    shares = _shares(inside)
    above = _above(selection, ids, names, inside, shares)
    lists = list_words(spend.lists)
    return Table(
        COLUMNS,
        _values(ids, _countries(dataset, selection, ids, window), inside, shares),
        ids,
        Caption(
            _title(above),
            say(
                "estimated US dollars by {grouping}, {window}",
                grouping=say(selection.grouping.value),
                window=period_words(window, selection.grain),
            ),
            _scope(dataset, selection, window, inside["tokens"]),
            say("{rankings} Prices: {lists}.", rankings=dataset.citation(window), lists=lists),
            (*_notes(mixes, inside, spend, groups), *_attribution(dataset, window)),
            attribution_notes.readings(dataset),
            _sentence(above, selection, dataset, window, lists),
        ),
        _marked(apart, selection, groups, window) & frozenset(ids),
        None if ids else say("No model has tokens {during}.", during=during(window, selection.grain)),
        names,
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


@dataclass(frozen=True, eq=False, slots=True)
class _Shares:
    """Shares (0–1) of groups, float64 (groups,): of the tokens, and from `low` to `high` of the estimated dollars.

    `low` and `high` are NaN where no price is known.
    """

    tokens: Floats
    low: Floats
    high: Floats


def _shares(sums: dict[str, Floats]) -> _Shares:
    """Return the shares of groups; the ends of a band are where the others paid their most, and their least."""
    low, high, known = sums["low"], sums["high"], sums["priced"] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        least = low / (low + (high.sum() - high))
        most = high / (high + (low.sum() - low))
    tokens = sums["tokens"] / max(float(sums["tokens"].sum()), 1.0)
    return _Shares(tokens, np.where(known, least, np.nan), np.where(known, most, np.nan))


def _values(
    ids: tuple[str, ...], countries: Sequence[str], sums: dict[str, Floats], shares: _Shares
) -> dict[str, Sequence[object]]:
    known = sums["priced"] > 0
    end = float(np.nanmax([0.0, *shares.tokens, *shares.high])) or 1.0
    drawn = np.stack([shares.low, shares.high, shares.tokens, np.full(len(ids), end)], axis=1)
    return {
        "group": ids,
        "country": countries,
        "tokens": [round(value) for value in sums["tokens"].tolist()],
        "share": shares.tokens.tolist(),
        BAND: list(drawn),
        "spend_low": np.where(known, sums["low"], np.nan).tolist(),
        "spend_high": np.where(known, sums["high"], np.nan).tolist(),
        "spend_share_low": shares.low.tolist(),
        "spend_share_high": shares.high.tolist(),
        "unpriced": (1 - sums["priced"] / np.maximum(sums["tokens"], 1)).tolist(),
    }


def _names(dataset: Dataset, selection: Selection, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return what groups are called where that is not their id."""
    if _by_country(selection):
        return tuple(dataset.origins.country_name(key) for key in ids)
    return short_names(ids) if selection.grouping is Grouping.MODEL else ()


def _countries(dataset: Dataset, selection: Selection, ids: tuple[str, ...], window: Span) -> tuple[str, ...]:
    """Return the country of each group."""
    if _by_country(selection):
        return ids
    whose = dataset.attribution(window.last)
    keys = whose.author if selection.grouping is Grouping.AUTHOR else whose.models
    country = dict(zip(keys, whose.country, strict=True))
    return tuple(str(country.get(key, UNATTRIBUTED)) for key in ids)


@dataclass(frozen=True, slots=True)
class _Above:
    """A group that took a larger share of the dollars than of the tokens, and those shares (0–1)."""

    subject: Message
    tokens: float
    low: float
    high: float


def _above(
    selection: Selection, ids: tuple[str, ...], names: tuple[str, ...], sums: dict[str, Floats], shares: _Shares
) -> tuple[_Above, ...]:
    """Return the groups that earn more than their tokens at every mix, most tokens first.

    A group's tokens are held against the tokens whose price is known, as the dollars are of these alone.
    """
    priced = max(float(sums["priced"].sum()), 1.0)
    sure = shares.low > sums["tokens"] / priced
    rows: list[int] = np.flatnonzero(sure).tolist()
    columns_ = (shares.tokens.tolist(), shares.low.tolist(), shares.high.tolist())
    return tuple(
        _Above(makers(selection.grouping, ids[i], (names or ids)[i]), *(column[i] for column in columns_))
        for i in rows
        if ids[i] not in (OTHER, UNATTRIBUTED)
    )


def _title(above: Sequence[_Above]) -> Message:
    """Return what is certain under the assumptions, else the question."""
    if not above:
        return say("What was spent on whose tokens, at an estimate?")
    named = [group.subject for group in above[:_NAMED]]
    more = len(above) - _NAMED
    if more > 0:
        named.append(say("one other" if more == 1 else "{n} others", n=number_words(more)))
    return say("More of the estimated spend than of the tokens: {groups}", groups=listed(named))


def _sentence(above: Sequence[_Above], selection: Selection, dataset: Dataset, window: Span, lists: Message) -> Message:
    """Say of the largest group that earns more than its tokens by how much; "" where none certainly does."""
    if not above:
        return say("")
    return say(
        "{when}, {groups} made {share} of {tokens} and at an estimate took {low} to {high} of the dollars, by the list "
        "prices of {lists} {source}.",
        when=during(window, selection.grain, full=True, start=True),
        groups=above[0].subject,
        share=percent(above[0].tokens),
        tokens=_whole(selection.scope),
        low=percent(above[0].low),
        high=percent(above[0].high),
        lists=lists,
        source=sentences.cited(dataset, window, attributed=selection.grouping is not Grouping.MODEL),
    )


def _whole(scope: Scope) -> Message:
    if scope.top is not None:
        return say("the tokens of the {n} most-used models on OpenRouter", n=number_words(scope.top))
    return say("all tokens on OpenRouter") if scope.other else say("the tokens of all named models on OpenRouter")


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
            least=share_words(cached[0]),
            most=share_words(cached[1]),
        ),
        say("Bars reach from the least to the most of the dollars; lines are at the share of the tokens."),
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
    return (*found, *list_notes(spend.lists))


def _attribution(dataset: Dataset, window: Span) -> tuple[Message, ...]:
    tokenizers = say("Each provider counts tokens with its own tokenizer.")
    return (*attribution_notes.notes(dataset, window), tokenizers)


def _nothing(dataset: Dataset, window: Span | None) -> Table:
    why = dataset.no_data()
    caption = Caption(
        say("What was spent on whose tokens?"),
        say("estimated US dollars"),
        say("no data"),
        dataset.citation(window or Span(0, 0)),
    )
    return Table(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
