"""What a model cost on a date: price lists joined to usage by slug, newest first, never without source and date."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.domain.schema import DatedPrices, Days, Floats, Price
from explorer.domain.slugs import parse, without_suffix

MODELS_API = "OpenRouter models"
CATALOGUE = "genai-prices"
MAX_AGE = 90
"""A models snapshot speaks for this many days; later dates take the catalogue, which dates its changes."""
UNDATED = 0
"""The day of a price list that does not say since when its prices hold."""


@dataclass(frozen=True, eq=False, slots=True)
class PricesAt:
    """Prices of a book's models on one day, in US dollars per million tokens.

    `input`, `output` float64 (models,), NaN where not known; `source` indexes `PriceBook.sources`, -1 where not
    known; `since` int32, the day of the price list used, `UNDATED` where its date is not stated.
    """

    input: Floats
    output: Floats
    source: NDArray[np.int8]
    since: Days


class _Lists:
    """The price lists of one source as matrices over (list, model)."""

    def __init__(self, lists: Sequence[DatedPrices], models: Sequence[str], max_age: int | None) -> None:
        ordered = sorted(lists, key=lambda dated: dated.day)
        shape = (len(ordered), len(models))
        self.days = np.array([dated.day for dated in ordered], np.int32)
        self.dates = np.array([dated.day if dated.stated else UNDATED for dated in ordered], np.int32)
        self.input, self.output = np.full(shape, np.nan), np.full(shape, np.nan)
        named = np.full(shape, -1, np.intp)
        wanted = [(model, without_suffix(model)) for model in models]
        for i, dated in enumerate(ordered):
            index = _by_slug(dated.prices)
            for j, keys in enumerate(wanted):
                price = next((index[key] for key in keys if key in index), None)
                if price is not None:
                    named[i, j] = i
                    self.input[i, j] = np.nan if price.input is None else price.input
                    self.output[i, j] = np.nan if price.output is None else price.output
        self.newest = np.maximum.accumulate(named, axis=0) if ordered else named
        self.max_age = max_age

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
    """All price lists, joined to `models`; a models snapshot goes before the catalogue."""

    sources: tuple[str, ...] = (MODELS_API, CATALOGUE)

    def __init__(self, lists: Sequence[DatedPrices], models: Sequence[str]) -> None:
        self.models = tuple(models)
        self._lists = tuple(
            _Lists(
                [dated for dated in lists if dated.source == source],
                self.models,
                MAX_AGE if source == MODELS_API else None,
            )
            for source in self.sources
        )
        self._cached: tuple[int, PricesAt] | None = None

    def at(self, day: int) -> PricesAt:
        """Return the prices in force on `day`."""
        if self._cached is None or self._cached[0] != day:
            self._cached = (day, self._at(day))
        return self._cached[1]

    def _at(self, day: int) -> PricesAt:
        n = len(self.models)
        found = PricesAt(np.full(n, np.nan), np.full(n, np.nan), np.full(n, -1, np.int8), np.full(n, UNDATED, np.int32))
        column = np.arange(n)
        for code, lists in enumerate(self._lists):
            rows = lists.rows_at(day)
            take = (rows >= 0) & (found.source < 0)
            found.input[take] = lists.input[rows[take], column[take]]
            found.output[take] = lists.output[rows[take], column[take]]
            found.source[take] = code
            found.since[take] = lists.dates[rows[take]]
        return found
