"""What a model cost on a date: price lists joined to usage by slug, newest first, never without source and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.domain.schema import DatedPrices, Days, Floats, Price
from explorer.domain.slugs import parse, without_suffix
from explorer.domain.snapshot import IMPORTED

MODELS_API = "OpenRouter models"
CATALOGUE = "genai-prices"
MAX_AGE = 90
"""A models snapshot speaks for this many days; later dates take the catalogue, which dates its changes."""
BY_NAME = ":free"
"""The source of a price that no list states: a `:free` variant costs nothing by upstream's definition."""
UNDATED = 0
"""The day of a price list that does not say since when its prices hold."""
NEVER = 2**31 - 1
"""Later than every day: when something is first known that is not known at all."""


@dataclass(frozen=True, eq=False, slots=True)
class PricesAt:
    """Prices of a book's models on one day, in US dollars per million tokens.

    `input`, `output` float64 (models,), NaN where not known; `source` indexes `PriceBook.said_by`, -1 where not
    known; `since` int32, the day of the price list used, `UNDATED` where its date is not stated.
    """

    input: Floats
    output: Floats
    source: NDArray[np.int8]
    since: Days


@dataclass(frozen=True, slots=True)
class Listed:
    """A model's price in one list: `day` and `stated` as in `DatedPrices`."""

    day: int
    stated: bool
    source: str
    price: Price


class _Lists:
    """The price lists of one source as matrices over (list, model)."""

    def __init__(self, lists: Sequence[DatedPrices], models: Sequence[str], max_age: int | None) -> None:
        ordered = sorted(lists, key=lambda dated: dated.day)
        shape = (len(ordered), len(models))
        self.days = np.array([dated.day for dated in ordered], np.int32)
        self.dates = np.array([dated.day if dated.stated else UNDATED for dated in ordered], np.int32)
        self.input, self.output = np.full(shape, np.nan), np.full(shape, np.nan)
        self.found: list[list[Price | None]] = [[None] * len(models) for _ in ordered]
        self.first = np.full(len(models), NEVER, np.int32)
        named = np.full(shape, -1, np.intp)
        wanted = [(model, without_suffix(model)) for model in models]
        for i, dated in enumerate(ordered):
            index = _by_slug(dated.prices)
            for j, keys in enumerate(wanted):
                price = next((index[key] for key in keys if key in index), None)
                if price is not None:
                    named[i, j] = i
                    if dated.day != UNDATED:
                        self.first[j] = min(int(self.first[j]), dated.day)
                    self.found[i][j] = price
                    self.input[i, j] = np.nan if price.input is None else price.input
                    self.output[i, j] = np.nan if price.output is None else price.output
        self.newest = np.maximum.accumulate(named, axis=0) if ordered else named
        self.max_age = max_age
        self._lists = ordered

    @property
    def turns(self) -> frozenset[int]:
        """The days on which a list begins to speak, or is too old to from then on."""
        days: list[int] = self.days.tolist()
        return frozenset(days).union(() if self.max_age is None else (day + self.max_age + 1 for day in days))

    def listed(self, row: int, model: int) -> Listed | None:
        """Return the price of a model in a list, None where that does not name it."""
        price, dated = self.found[row][model], self._lists[row]
        return None if price is None else Listed(dated.day, dated.stated, dated.source, price)

    def rows_at(self, day: int) -> NDArray[np.intp]:
        """Return for each model the list that speaks for `day`, -1 where none does."""
        at = int(np.searchsorted(self.days, day, side="right")) - 1
        if at < 0:
            return np.full(self.newest.shape[1], -1, np.intp)
        rows = self.newest[at]
        if self.max_age is None:
            return rows
        return np.where((rows >= 0) & (self.days[rows] >= day - self.max_age), rows, -1)


def _by_slug(prices: Sequence[Price]) -> dict[str, Price]:
    """Index prices by canonical slug, by id and by both without release suffix: the earlier of these wins."""
    index: dict[str, Price] = {}
    canonical = [(_canonical(price), price) for price in prices if price.canonical]
    ids = [(price.model, price) for price in prices]
    for key, price in (*canonical, *ids):
        index.setdefault(key, price)
    for key, price in (*ids, *canonical):
        index.setdefault(without_suffix(key), price)
    return index


def _canonical(price: Price) -> str:
    """Return the canonical slug with the id's variant, which upstream leaves out."""
    variant = parse(price.model).variant
    return f"{price.canonical}:{variant}" if variant and ":" not in price.canonical else price.canonical


class PriceBook:
    """All price lists, joined to `models`; a models snapshot goes before the catalogue, both before imported tables."""

    sources: tuple[str, ...] = (MODELS_API, CATALOGUE, IMPORTED)
    said_by: tuple[str, ...] = (*sources, BY_NAME)

    def __init__(self, lists: Sequence[DatedPrices], models: Sequence[str]) -> None:
        self.models = tuple(models)
        self._dated = tuple(lists)
        self._lists = tuple(
            _Lists(
                [dated for dated in self._dated if dated.source == source],
                self.models,
                MAX_AGE if source == MODELS_API else None,
            )
            for source in self.sources
        )
        self._free = np.array([parse(model).variant == "free" for model in self.models], np.bool_)
        self._cached: tuple[int, tuple[str, ...], PricesAt] | None = None

    @property
    def lists(self) -> tuple[DatedPrices, ...]:
        """The lists of the book, as they were given."""
        return self._dated

    def joined_to(self, models: Sequence[str]) -> "PriceBook":
        """Return the same price lists, joined to other models."""
        return PriceBook(self._dated, models)

    def at(self, day: int, priority: Sequence[str] = sources) -> PricesAt:
        """Return the prices in force on `day`; `priority` as for `listed`. The last answer is kept."""
        key = (day, tuple(priority))
        if self._cached is None or self._cached[:2] != key:
            self._cached = (*key, self._at(*key))
        return self._cached[2]

    def _at(self, day: int, priority: Sequence[str]) -> PricesAt:
        n = len(self.models)
        found = PricesAt(np.full(n, np.nan), np.full(n, np.nan), np.full(n, -1, np.int8), np.full(n, UNDATED, np.int32))
        column = np.arange(n)
        for code, rows in self._rows(day, priority):
            lists, take = self._lists[code], (rows >= 0) & (found.source < 0)
            found.input[take] = lists.input[rows[take], column[take]]
            found.output[take] = lists.output[rows[take], column[take]]
            found.source[take] = code
            found.since[take] = lists.dates[rows[take]]
        by_name = self._free & (found.source < 0)
        found.input[by_name] = found.output[by_name] = 0.0
        found.source[by_name] = self.said_by.index(BY_NAME)
        return found

    def _rows(self, day: int, priority: Sequence[str]) -> list[tuple[int, NDArray[np.intp]]]:
        """Return the sources by priority, each with the list that speaks for every model on a day, -1 for none."""
        codes = [self.sources.index(source) for source in priority]
        return [(code, self._lists[code].rows_at(day)) for code in codes]

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids and canonical slugs that any list has, whether the book is joined to them or not."""
        prices = [price for dated in self._dated for price in dated.prices]
        return frozenset(name for price in prices for name in (price.model, price.canonical) if name)

    @cached_property
    def first_listed(self) -> Days:
        """The day of the first dated list that names each model, int32 (models,); NEVER where none does."""
        return np.minimum.reduce([lists.first for lists in self._lists])

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """The days, in order, on which the list that speaks for a model can be another than on the day before."""
        return tuple(sorted(frozenset[int]().union(*(lists.turns for lists in self._lists))))

    def listed(
        self, day: int, priority: Sequence[str] = sources, models: Sequence[int] | None = None
    ) -> tuple[Listed | None, ...]:
        """Return the price in force on `day` of all models, or of some (indices); None where no list speaks.

        `priority` names the sources, the first before the others; ValueError for a source that is none of `sources`.
        """
        rows = [(self._lists[code], rows) for code, rows in self._rows(day, priority)]
        return tuple(
            next((lists.listed(int(speaks[i]), i) for lists, speaks in rows if speaks[i] >= 0), None)
            for i in (range(len(self.models)) if models is None else models)
        )

    def nearest(self, model: int, day: int, priority: Sequence[str] = sources) -> Listed | None:
        """Return a model's (index) newest price up to `day`, however old, else its first after it; None without any."""
        later: list[Listed | None] = []
        for lists in (self._lists[self.sources.index(source)] for source in priority):
            newest = lists.newest[:, model]
            naming: list[int] = np.unique(newest[newest >= 0]).tolist()
            before = [row for row in naming if lists.days[row] <= day]
            if before:
                return lists.listed(before[-1], model)
            later += [lists.listed(row, model) for row in naming[:1]]
        return next(iter(later), None)
