"""One price out of several: input and output tokens mixed as calls mix them, some of the input from a cache."""

from dataclasses import dataclass

import numpy as np

from explorer.domain.price_history import PriceColumns
from explorer.domain.schema import Floats
from explorer.words import Message, say

RATIOS = (1.0, 50.0)
"""The input tokens per output token between which a person chooses."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What calls are made of: `ratio` input tokens per output token, of which a share `cached` (0–1) is read cached.

    ValueError for a ratio below 0 or a share that is none.
    """

    ratio: float
    cached: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.ratio < float("inf") and 0 <= self.cached <= 1):
            raise ValueError(f"no mix: {self.ratio}:1, {self.cached} cached")


OBSERVED = Mix(17.2)
"""All models of February 2026 together: 47,472,998,489,000 prompt and 2,753,814,919,000 completion tokens."""
OBSERVED_SOURCE: Message = say(
    "17.2 input tokens per output token: 354 models on OpenRouter in Feb 2026, as a third party counted them"
)
PLAUSIBLE = (Mix(6.2, 0.0), Mix(116.0, 0.8))
"""The mixes between which a model's real one is taken to lie.

The ratios are those of February 2026 per model: a tenth of all tokens was of models below the first, a tenth of models
above the second. How much was read cached is published nowhere: none to four fifths is an assumption.
"""


def blended(prices: PriceColumns, mix: Mix) -> Floats:
    """Return US dollars per million tokens, input and output together, float64 (models,).

    (ratio × input price + output price) / (ratio + 1), where cached tokens cost the cache read price, or the input
    price where none is stated. Base prices, without tiers. NaN where the input or output price is not known.
    """
    cached = np.where(np.isnan(prices.cache_read), prices.input, prices.cache_read)
    paid = prices.input * (1 - mix.cached) + cached * mix.cached
    return (mix.ratio * paid + prices.output) / (mix.ratio + 1)


def band(prices: PriceColumns, mixes: tuple[Mix, Mix] = PLAUSIBLE) -> tuple[Floats, Floats]:
    """Return the lowest and the highest blended price between two mixes, float64 (models,) each.

    A blended price rises or falls all the way with the ratio and with the cached share, so the ends are at corners.
    """
    corners = [blended(prices, Mix(a.ratio, b.cached)) for a in mixes for b in mixes]
    return np.minimum.reduce(corners), np.maximum.reduce(corners)


def ratio(prices: Floats, baseline: float) -> Floats:
    """Return how many times the baseline's price is each price; NaN where either is free or not known."""
    paid = np.where(prices > 0, prices, np.nan)
    return (baseline if baseline > 0 else np.nan) / paid
