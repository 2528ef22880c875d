"""The axis that the bars of the prices view lie along, and where its ticks are."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.drawing.ticks import amounts

_MOST_LINEAR = 8
"""Steps of a linear axis at most."""
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis, log or linear: prices from `low` to `high` over the pixels from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float
    linear: bool = False

    def x(self, price: float) -> float:
        """Return where a price lies."""
        if self.linear:
            return self.left + (self.right - self.left) * (price - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * math.log(price / self.low) / math.log(self.high / self.low)

    def ticks(self, apart: float) -> list[float]:
        """Return round prices at least `apart` pixels from each other: 1-2-5 steps, else decades, else the ends."""
        if self.linear:
            return amounts(self.high, min(max(int((self.right - self.left) / apart), 1), _MOST_LINEAR))
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        decade = (self.right - self.left) / math.log10(self.high / self.low)
        if decade * math.log10(2) >= apart:
            found = [10.0**power * step for power in range(first, last + 1) for step in (1, 2, 5)]
        else:
            found = [10.0**power for power in range(first, last + 1, max(1, math.ceil(apart / max(decade, 1))))]
        inside = [v for v in found if self.low * (1 - _TOLERANCE) <= v <= self.high * (1 + _TOLERANCE)]
        ends = [self.low, _round_down(self.high)]
        return ends if len(inside) < 2 and self.x(ends[1]) - self.x(ends[0]) >= apart else inside


def axis(prices: Iterable[float], left: float, right: float, *, linear: bool = False) -> Axis | None:
    """Return the axis that holds all prices above 0; None without any.

    A log axis begins at a round price clearly below them, a linear one at 0.
    """
    paid = [price for price in prices if price > 0]
    if not paid:
        return None
    if linear:
        return Axis(0.0, max(paid), left, max(right, left + 1), linear=True)
    return Axis(_round_down(min(paid) * 0.8), max(paid), left, max(right, left + 1))


def _round_down(value: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten up to `value`."""
    power = 10.0 ** math.floor(math.log10(value) + _TOLERANCE)
    return next(power * step for step in (5, 2, 1) if power * step <= value * (1 + _TOLERANCE) or step == 1)
