"""Growth said in three ways that mean the same: a multiple over some years, a rate a year, a doubling time."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Unit(StrEnum):
    """What a duration is counted in; a value is also how it is abbreviated."""

    DAYS = "d"
    WEEKS = "w"
    MONTHS = "m"
    YEARS = "y"


YEARS = {Unit.DAYS: 1 / 365.25, Unit.WEEKS: 7 / 365.25, Unit.MONTHS: 1 / 12, Unit.YEARS: 1.0}
"""How many years a unit lasts; a year has 365.25 days."""


@dataclass(frozen=True, slots=True)
class Duration:
    """So many days, weeks, months or years; ValueError unless the count is positive and finite."""

    count: float
    unit: Unit = Unit.YEARS

    def __post_init__(self) -> None:
        _positive(self.count, "duration")

    @property
    def years(self) -> float:
        """The duration in years."""
        return self.count * YEARS[self.unit]


@dataclass(frozen=True, slots=True)
class Growth:
    """From 1 to `multiple` in `years`, at one rate throughout; ValueError unless both are positive and finite."""

    multiple: float
    years: float

    def __post_init__(self) -> None:
        _positive(self.multiple, "multiple")
        _positive(self.years, "years")

    @classmethod
    def between(cls, start: float, end: float, years: float) -> Self:
        """Return the growth from one positive value to another."""
        _positive(start, "start")
        return cls(end / start, years)

    @classmethod
    def from_cagr(cls, cagr: float, years: float) -> Self:
        """Return what a compound annual growth rate comes to: 2.26 is 226 % a year; ValueError at −100 % or below."""
        if not (math.isfinite(cagr) and cagr > -1):
            raise ValueError(f"growth a year of {cagr}")
        return cls(_exp(years * math.log1p(cagr)), years)

    @classmethod
    def from_doubling(cls, doubling_years: float, years: float) -> Self:
        """Return what a doubling time comes to; a negative one is a halving time, an infinite one no growth."""
        if math.isnan(doubling_years) or doubling_years == 0:
            raise ValueError(f"doubling time of {doubling_years}")
        return cls(_exp(years * math.log(2) / doubling_years), years)

    def rate(self, years: float) -> float:
        """Return the growth in so many years as a fraction: 0.5 is +50 %; inf where it is beyond all numbers."""
        return _exp(math.log(self.multiple) * (years / self.years)) - 1

    @property
    def total(self) -> float:
        """The growth over all the years as a fraction: a multiple of 2.27 is 1.27, +127 %."""
        return self.multiple - 1

    @property
    def cagr(self) -> float:
        """The compound annual growth rate as a fraction: multiple ** (1 / years) − 1."""
        return self.rate(1.0)

    @property
    def doubling_years(self) -> float:
        """The years in which it doubles; minus the years in which it halves; inf where it stays as it is."""
        grown = math.log(self.multiple)
        return self.years * math.log(2) / grown if grown else math.inf


def _positive(value: float, what: str) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{what} of {value}")


def _exp(power: float) -> float:
    try:
        return math.exp(power)
    except OverflowError:
        return math.inf
