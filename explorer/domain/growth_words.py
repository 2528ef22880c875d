"""Growth in plain sentences, each of which can stand alone."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from explorer.domain.growth import YEARS, Duration, Growth, Unit
from explorer.domain.units import MINUS, THIN, significant
from explorer.words import Message, say

CONFUSION = say(
    "Growth of 330{thin}% a year is 4.3 times as much each year. 3.3 times as much is growth of only 230{thin}%.",
    thin=THIN,
)
"""The mistake that stories make most often."""

_MOST, _NEARLY_ALL, _FASTEST_READ = 1e9, -0.9995, 10.0
_UNITS = {
    Unit.DAYS: (say("day"), say("{n} days")),
    Unit.WEEKS: (say("week"), say("{n} weeks")),
    Unit.MONTHS: (say("month"), say("{n} months")),
    Unit.YEARS: (say("year"), say("{n} years")),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence about growth under a heading of a word or two."""

    heading: Message
    sentence: Message


def sayings(growth: Growth, over: Duration | None, ends: tuple[str, str] | None = None) -> Iterator[Saying]:
    """Yield what growth comes to, said in each way; of its pace nothing where it is not known `over` how long.

    `ends` are the values it leads from and to as they are written, where they are known.
    """
    yield Saying(say("Multiple"), _multiple(growth, over, ends))
    if over is None:
        return
    if over.unit is not Unit.YEARS:
        yield Saying(say("Growth a {unit}", unit=_UNITS[over.unit][0]), _pace(growth, over.unit))
    yield Saying(say("Growth a year"), _pace(growth, Unit.YEARS))
    yield Saying(say("Doubling time"), _doubling(growth))
    if 1 < growth.cagr < _FASTEST_READ:
        yield Saying(say("Easily misread"), _misread(growth))


def _multiple(growth: Growth, over: Duration | None, ends: tuple[str, str] | None) -> Message:
    times, percent = _times(growth.multiple), _percent(growth.total)
    what = say("{times} times as much", times=times)
    if ends is not None:
        what = say("From {start} to {end}", start=ends[0], end=ends[1])
    if over is not None:
        what = say("{what} in {duration}", what=what, duration=duration(over))
    if ends is not None:
        return say("{what} is {times} times as much, a change of {percent}.", what=what, times=times, percent=percent)
    return say("{what} is a change of {percent}.", what=what, percent=percent)


def _pace(growth: Growth, unit: Unit) -> Message:
    rate = growth.rate(YEARS[unit])
    return say(
        "At that pace it changes by {percent} a {unit}, to {times} times as much each {unit}.",
        percent=_percent(rate),
        unit=_UNITS[unit][0],
        times=_times(rate + 1),
    )


def _doubling(growth: Growth) -> Message:
    years = growth.doubling_years
    if math.isinf(years):
        return say("It stays as it is: it never doubles.")
    text = "At that pace it doubles every {time}." if years > 0 else "At that pace it halves every {time}."
    return say(text, time=duration(_handy(abs(years))))


def _misread(growth: Growth) -> Message:
    said = say(
        "{percent} a year is {times} times as much each year; {misread} times would be only {less}",
        percent=_percent(growth.cagr),
        times=_times(growth.cagr + 1),
        misread=_times(growth.cagr),
        less=_percent(growth.cagr - 1),
    )
    if growth.years <= 1:
        return say("{said}.", said=said)
    return say(
        "{said}, and {misread} times as much after {years}, not {times} times.",
        said=said,
        years=duration(Duration(growth.years)),
        misread=_times(Growth.from_cagr(growth.cagr - 1, growth.years).multiple),
        times=_times(growth.multiple),
    )


def _handy(years: float) -> Duration:
    """Return a time in the largest unit of which it is at least two, in days where it is less than two of all."""
    unit = next((unit for unit in reversed(Unit) if years >= 2 * YEARS[unit]), Unit.DAYS)
    return Duration(years / YEARS[unit], unit)


def duration(time: Duration) -> Message:
    """Return a duration in words: "3 weeks", "1 year", "7.34 months"."""
    one, several = _UNITS[time.unit]
    return say("1 {unit}", unit=one) if time.count == 1 else say(several.template, n=_count(time.count))


def _count(value: float) -> str:
    return _short(significant(value))


def _times(value: float) -> str | Message:
    if value > _MOST:
        return say("more than a billion")
    if value < 1 / _MOST:
        return say("less than 0.000000001")
    return _short(significant(value, 4))


def _percent(value: float) -> str | Message:
    """Return a fraction with its sign in percent: to a tenth below 1000 %, then to four figures."""
    if value > _MOST:
        return say("more than +100 billion{thin}%", thin=THIN)
    if value < _NEARLY_ALL:
        return say("nearly −100{thin}%", thin=THIN)
    if abs(value) < 10:
        return f"{_short(f'{value * 100:+.1f}')}{THIN}%".replace("-", MINUS)
    return f"+{_short(significant(value * 100, 4))}{THIN}%"


def _short(number: str) -> str:
    """Return a number without zeros at its end that say nothing."""
    return number.rstrip("0").removesuffix(".") if "." in number else number
