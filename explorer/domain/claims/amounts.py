"""Printed numbers as intervals: what is computed from them is known no better than they are."""

import math
from dataclasses import dataclass
from typing import Self

from explorer.domain.claims.precision import interval


@dataclass(frozen=True, slots=True)
class Amount:
    """A number printed as `value` that may be anything from `low` to `high`, both included."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, printed: str, qualifier: str, unit: float) -> Self:
        """Return what a printed number stands for, times `unit`; ValueError for what is no decimal number."""
        low, high = interval(printed, qualifier)
        return cls(float(printed) * unit, low * unit, high * unit)

    def meets(self, other: "Amount") -> bool:
        """Tell whether there is a number that both may be."""
        return _at_most(self.low, other.high) and _at_most(other.low, self.high)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.value + other.value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.value - other.value, self.low - other.high, self.high - other.low)

    def __truediv__(self, other: "Amount") -> "Amount":
        """Return the ratio of two amounts that can't be negative; ZeroDivisionError where the divisor is zero."""
        highest = self.high / other.low if other.low > 0 else math.inf
        return Amount(self.value / other.value, max(self.low, 0.0) / other.high, highest)

    def __pow__(self, exponent: float) -> "Amount":
        """Return a power of an amount that can't be negative; `exponent` is positive."""
        return Amount(*(_power(max(end, 0.0), exponent) for end in (self.value, self.low, self.high)))

    def shifted(self, by: float) -> "Amount":
        """Return the amount with an exact number added."""
        return Amount(self.value + by, self.low + by, self.high + by)


def _at_most(left: float, right: float) -> bool:
    return left <= right or math.isclose(left, right, rel_tol=1e-12)


def _power(base: float, exponent: float) -> float:
    try:
        return base**exponent
    except OverflowError:
        return math.inf
