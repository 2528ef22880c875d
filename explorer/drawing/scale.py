"""A linear or logarithmic axis: where a value lies in pixels, and its round ticks. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_TOLERANCE = 1e-9
_AIR = 0.06
"""How far an axis goes on beyond its values, as a part of its length."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` over the pixels from `start` to `end`, which may run downwards.

    Where `log`, both ends are above 0.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies; ValueError for one that a logarithmic axis does not have."""
        return self.start + (self.end - self.start) * self._part(value)

    def value_at(self, pixel: float) -> float:
        """Return the value at a pixel."""
        part = (pixel - self.start) / (self.end - self.start)
        if self.log:
            return self.low * (self.high / self.low) ** part
        return self.low + (self.high - self.low) * part

    def ticks(self, apart: float) -> list[float]:
        """Return round values within the axis, at least `apart` pixels from each other; a short one has two."""
        length = abs(self.end - self.start)
        found = self._log_ticks(apart) if self.log else _linear(self.low, self.high, max(int(length / apart), 1))
        return found if len(found) > 1 else self._ends()

    def _ends(self) -> list[float]:
        """Return the roundest values nearest to both ends."""
        if self.log:
            first, last = _rounded(self.low, up=True), _rounded(self.high, up=False)
            return [first, last] if first < last else [self.low, self.high]
        step = 10.0 ** math.floor(math.log10(self.high - self.low) - _TOLERANCE)
        first, last = math.ceil(self.low / step) * step, math.floor(self.high / step) * step
        return [first, last] if first < last else [self.low, self.high]

    def _part(self, value: float) -> float:
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def _log_ticks(self, apart: float) -> list[float]:
        """Return 1-2-5 steps, else decades, else every so many decades; both ends where one tick would be left."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        decade = abs(self.end - self.start) / math.log10(self.high / self.low)
        if decade * math.log10(2) >= apart:
            found = [10.0**power * step for power in range(first, last + 1) for step in (1, 2, 5)]
        elif decade * math.log10(3) >= apart:
            found = [10.0**power * step for power in range(first, last + 1) for step in (1, 3)]
        else:
            step = max(1, math.ceil(apart / decade))
            found = [10.0**power for power in range(first, last + 1) if power % step == 0]
        return [v for v in found if self.low * (1 - _TOLERANCE) <= v <= self.high * (1 + _TOLERANCE)]


def covering(values: Sequence[float], start: float, end: float, *, log: bool, zero: bool = False) -> Scale:
    """Return an axis with some air around all values; a logarithmic one leaves out those not above 0.

    `zero` makes a linear axis begin at 0. Without values it runs from 1 to 10.
    """
    used = [value for value in values if value > 0 or not log]
    low, high = (min(used), max(used)) if used else (1.0, 10.0)
    if log:
        reach = max((high / low) ** _AIR, 1.25)
        return Scale(low / reach, high * reach, start, end, log=True)
    if zero:
        low = min(low, 0.0)
    reach = (high - low) * _AIR or abs(high) * _AIR or 1.0
    return Scale(low if zero and low == 0 else low - reach, high + reach, start, end)


def _rounded(value: float, *, up: bool) -> float:
    """Return the nearest value with one digit, not below `value` where `up`, else not above."""
    power = 10.0 ** math.floor(math.log10(value))
    digit = math.ceil(value / power - _TOLERANCE) if up else math.floor(value / power + _TOLERANCE)
    return digit * power


def _linear(low: float, high: float, most: int) -> list[float]:
    least = (high - low) / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= least * (1 - _TOLERANCE))
    first, last = math.ceil(low / step - _TOLERANCE), math.floor(high / step + _TOLERANCE)
    return [round(i * step, 12) for i in range(first, last + 1)]
