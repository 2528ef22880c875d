"""How a model's price went: the dated lists of all sources as one history, in an order of sources that is a choice."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from explorer.domain.prices import BY_NAME, UNDATED, Listed, PriceBook
from explorer.domain.schema import Floats, Price, PriceTier
from explorer.domain.slugs import parse

PRIORITY = PriceBook.sources
"""Which source speaks first where several do: a models snapshot before the catalogue, unless asked otherwise."""
NO_LIST = ""
"""The source of a point from which on no list speaks."""


@dataclass(frozen=True, slots=True)
class PricePoint:
    """What a model costs from `day` on, in US dollars per million tokens, and which list says so.

    `source` is a name in `PriceBook.sources`, BY_NAME or NO_LIST; `since` is the day of the list, UNDATED where its
    date is not stated. `price` states nothing where no list speaks.
    """

    day: int
    source: str
    since: int
    price: Price

    @property
    def input(self) -> float | None:
        """Dollars per million input tokens; None is not stated, 0.0 free."""
        return self.price.input

    @property
    def output(self) -> float | None:
        """Dollars per million output tokens."""
        return self.price.output

    @property
    def cache_read(self) -> float | None:
        """Dollars per million input tokens that were cached."""
        return self.price.cache_read

    @property
    def cache_write(self) -> float | None:
        """Dollars per million input tokens that are put into the cache."""
        return self.price.cache_write

    @property
    def tiers(self) -> tuple[PriceTier, ...] | None:
        """What it costs instead for some calls; None where the list was imported before tiers were kept."""
        return self.price.tiers


def history(book: PriceBook, model: str, priority: Sequence[str] = PRIORITY) -> tuple[PricePoint, ...]:
    """Return how a model's price went, a point for every day on which a price changed; () where no list names it.

    Another list that states the same prices is no point. Where a list is too old to speak and no other does, a point
    of the source NO_LIST ends what is known. ValueError for a model that is not in the book.
    """
    column = book.models.index(model)
    found: list[PricePoint] = []
    for day in sorted({UNDATED, *book.turns}):
        (listed,) = book.listed(day, priority, (column,))
        point = point_of(model, listed)
        if point is None:
            if not found:
                continue
            point = PricePoint(day, NO_LIST, UNDATED, Price(model, "", model, None, None))
        if not found or not alike(found[-1], point):
            found.append(replace(point, day=day))
    return tuple(found)


def at(
    book: PriceBook, day: int, priority: Sequence[str] = PRIORITY, *, stretched: bool = False
) -> tuple[PricePoint | None, ...]:
    """Return the price of each of the book's models in force on `day`, None where none is known.

    A point's `day` is that of the list. If `stretched`, a model for which no list speaks on that day takes the newest
    price before it, however old, or else the first one after it.
    """
    return _at(book, _turn(book, day), tuple(priority), stretched)


def _turn(book: PriceBook, day: int) -> int:
    """Return the day since when nothing has changed in the book, as seen from `day`."""
    begun = bisect_right(book.turns, day)
    return book.turns[begun - 1] if begun else day


@lru_cache(maxsize=32)
def _at(book: PriceBook, day: int, priority: tuple[str, ...], stretched: bool) -> tuple[PricePoint | None, ...]:
    """Return what `at` does for the days from `day` to the next turn of the book, between which nothing changes."""
    found = book.listed(day, priority)
    if stretched:
        found = tuple(listed or book.nearest(i, day, priority) for i, listed in enumerate(found))
    return tuple(point_of(model, listed) for model, listed in zip(book.models, found, strict=True))


def point_of(model: str, listed: Listed | None) -> PricePoint | None:
    """Return what a list states of a model as a point; without a list the price that its name tells, or None."""
    if listed is not None:
        return PricePoint(listed.day, listed.source, listed.day if listed.stated else UNDATED, listed.price)
    if parse(model).variant == "free":
        return PricePoint(UNDATED, BY_NAME, UNDATED, Price(model, "", model, 0.0, 0.0))
    return None


def alike(a: PricePoint, b: PricePoint) -> bool:
    """Tell whether two points state the same prices, or both none."""
    return (a.source == NO_LIST) == (b.source == NO_LIST) and _stated(a.price) == _stated(b.price)


def _stated(price: Price) -> tuple[object, ...]:
    """Return what a price states, without whose it is; tiers that are not kept are as good as none."""
    tiers = tuple(_threshold(tier) for tier in price.tiers or ())
    return price.own, price.input, price.output, price.cache_read, price.cache_write, price.request, tiers


def _threshold(tier: PriceTier) -> PriceTier:
    """Return a tier at a round threshold: one source writes "from 200,000" where another writes "above"."""
    return replace(tier, least=tier.least - tier.least % 10, other=())


@dataclass(frozen=True, eq=False, slots=True)
class PriceColumns:
    """The base prices of models as float64 columns (models,), NaN where not stated."""

    input: Floats
    output: Floats
    cache_read: Floats


def columns(points: Sequence[PricePoint | None]) -> PriceColumns:
    """Return the base prices of points as columns."""
    stated = [
        (np.nan,) * 3 if p is None else tuple(np.nan if v is None else v for v in (p.input, p.output, p.cache_read))
        for p in points
    ]
    table = np.array(stated, np.float64).reshape(len(points), 3)
    return PriceColumns(table[:, 0], table[:, 1], table[:, 2])


def columns_at(
    book: PriceBook, day: int, priority: Sequence[str] = PRIORITY, *, stretched: bool = False
) -> PriceColumns:
    """Return `columns` of what `at` returns for the same, worked out once for all days without a change."""
    return _columns_at(book, _turn(book, day), tuple(priority), stretched)


@lru_cache(maxsize=32)
def _columns_at(book: PriceBook, day: int, priority: tuple[str, ...], stretched: bool) -> PriceColumns:
    found = columns(_at(book, day, priority, stretched))
    for column in (found.input, found.output, found.cache_read):
        column.flags.writeable = False  # of many callers
    return found


def blank(prices: PriceColumns, rows: Collection[int]) -> PriceColumns:
    """Return prices of which those of some models (indices) are not stated; themselves where there are no such."""
    if not rows:
        return prices
    gone = list(rows)
    kept = [column.copy() for column in (prices.input, prices.output, prices.cache_read)]
    for column in kept:
        column[gone] = np.nan
    return PriceColumns(*kept)
