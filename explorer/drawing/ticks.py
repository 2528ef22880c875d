"""Where axes put their ticks: round amounts, and dates that fall where people expect them."""

import math
from datetime import date

from explorer.domain.periods import Grain, period_of
from explorer.domain.schema import to_date
from explorer.domain.units import tokens
from explorer.domain.wording import day_words

_MONTH_STEPS = (1, 2, 3, 6, 12, 24)
_DAY_STEPS = (1, 2, 7, 14)


def amounts(top: float, most: int) -> list[float]:
    """Return at most `most` round values (1, 2 or 5 times a power of ten apart) from 0 to `top`."""
    if top <= 0 or most < 1:
        return [0.0]
    least = top / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= least * 0.999)
    return [step * i for i in range(math.floor(top / step * 1.0001) + 1)]


def amount_words(value: float) -> str:
    """Return a round amount of tokens as an axis prints it: 5T, 500B, 0."""
    text = tokens(value)
    if "." not in text:
        return text
    digits = text.rstrip("TBMk")
    return digits.rstrip("0").rstrip(".") + text[len(digits) :]


def dates(first: float, last: float, most: int) -> list[tuple[float, str]]:
    """Return at most `most` (day number, label) ticks between two day numbers: days, Mondays or months."""
    days = max(last - first, 1)
    for step in _DAY_STEPS:
        if days / step <= most and days <= 100:
            start = math.ceil(first)
            if step >= 7:
                start += -to_date(start).weekday() % 7
            return [(float(d), day_words(to_date(d), year=False)) for d in range(start, math.floor(last) + 1, step)]
    for step in _MONTH_STEPS:
        found = _months(math.floor(first), math.ceil(last), step)
        if len(found) <= max(most, 1):
            return found
    return []


def _months(first: int, last: int, step: int) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    month = period_of(first, Grain.MONTH)
    if month.first < first:
        month = period_of(month.last + 1, Grain.MONTH)
    while month.first <= last:
        when = month.start
        if (when.month - 1) % min(step, 12) == 0 and (step <= 12 or when.year % (step // 12) == 0):
            found.append((float(month.first), _month_label(when, first=not found)))
        month = period_of(month.last + 1, Grain.MONTH)
    return found


def _month_label(when: date, *, first: bool) -> str:
    """Name the year where it begins, so that a row of months reads without repeating it."""
    words = day_words(when).split()
    return f"{words[1]} {words[2]}" if first or when.month == 1 else words[1]
