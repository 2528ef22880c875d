"""Spans of days cut into calendar periods or trailing windows, and what is missing from each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from explorer.domain.schema import to_date, to_day


class Grain(StrEnum):
    """What a period is: a UTC day, an ISO week (Monday to Sunday), a week from Sunday to Saturday, a calendar month.

    Trailing windows are runs of 7, 28 or 30 days counted back from the last day of the span. WHOLE makes the span one
    period.
    """

    DAY = "day"
    WEEK = "week"
    SUNDAY_WEEK = "sunday-week"
    MONTH = "month"
    DAYS_7 = "7d"
    DAYS_28 = "28d"
    DAYS_30 = "30d"
    WHOLE = "whole"


TRAILING = {Grain.DAYS_7: 7, Grain.DAYS_28: 28, Grain.DAYS_30: 30}
"""The grains whose periods are counted back from the last day of the span, with their days."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of UTC days, both ends included; day numbers as in `schema`."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    @property
    def start(self) -> date:
        """The first day."""
        return to_date(self.first)

    @property
    def end(self) -> date:
        """The last day."""
        return to_date(self.last)

    def within(self, other: "Span") -> "Span | None":
        """Return the part of this span that lies in `other`, None if there is none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None

    def before(self) -> "Span":
        """Return the span of equal length that ends on the day before this one."""
        return Span(self.first - len(self), self.first - 1)


def span(start: date, end: date) -> Span:
    """Return the span from `start` to `end`, both included."""
    return Span(to_day(start), to_day(end))


_DAYS_INTO: dict[Grain, Callable[[date], int]] = {
    Grain.DAY: lambda _: 0,
    Grain.WEEK: date.weekday,
    Grain.SUNDAY_WEEK: lambda day: day.isoweekday() % 7,
}
"""How many days of its period have passed before a day, for the periods of fixed length."""


def period_of(day: int, grain: Grain) -> Span:
    """Return the whole period of a calendar grain that `day` lies in; KeyError for a grain that needs a span."""
    when = to_date(day)
    if grain in _DAYS_INTO:
        first = day - _DAYS_INTO[grain](when)
        return Span(first, first + (0 if grain is Grain.DAY else 6))
    if grain is not Grain.MONTH:
        raise KeyError(grain)
    first = when.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Span(to_day(first), to_day(following) - 1)


def periods_in(within: Span, grain: Grain) -> tuple[Span, ...]:
    """Cut a span into consecutive whole periods; the first and last may reach beyond it.

    Trailing windows end with the span; only the first of them may reach beyond it.
    """
    if grain is Grain.DAY:
        return tuple(Span(day, day) for day in range(within.first, within.last + 1))
    if grain is Grain.WHOLE:
        return (within,)
    if grain in TRAILING:
        size = TRAILING[grain]
        ends = range(within.last, within.first - 1, -size)
        return tuple(Span(last - size + 1, last) for last in reversed(ends))
    found: list[Span] = []
    day = within.first
    while day <= within.last:
        found.append(period_of(day, grain))
        day = found[-1].last + 1
    return tuple(found)


def previous(window: Span) -> Span:
    """Return the span to compare a window with: the month before a whole month, else the equal run before it."""
    if len(window) > 7 and period_of(window.first, Grain.MONTH) == window:
        return period_of(window.first - 1, Grain.MONTH)
    return window.before()


@dataclass(frozen=True, eq=False, slots=True)
class PeriodGrid:
    """The periods of a chart over days `0..n` of a cube.

    `spans` are clipped to what was asked for; `lower` and `upper` (int, exclusive) index the cube's days;
    `present` counts the days with data that are over and `whole` the days of the full period: a period is partial
    where they differ. `seen` counts the days with data, over or not: a period is a gap where there is none.
    """

    spans: tuple[Span, ...]
    lower: NDArray[np.intp]
    upper: NDArray[np.intp]
    present: NDArray[np.intp]
    whole: NDArray[np.intp]
    seen: NDArray[np.intp]

    @property
    def partial(self) -> NDArray[np.bool_]:
        """Bool per period: some of its days have no data, are not over or lie outside the span."""
        return self.present < self.whole

    @property
    def gap(self) -> NDArray[np.bool_]:
        """Bool per period: none of its days has data."""
        return self.seen == 0


def grid(
    asked: Span, grain: Grain, first_day: int, complete: NDArray[np.bool_], present: NDArray[np.bool_] | None = None
) -> PeriodGrid:
    """Lay periods of `grain` over `asked`, for a cube whose days begin at `first_day`.

    `complete` is a bool per day of the cube: the day has data and is over; `present` that it has data, over or not
    (`complete` unless given).
    """
    wholes = periods_in(asked, grain)
    spans = tuple(Span(max(p.first, asked.first), min(p.last, asked.last)) for p in wholes)
    days = len(complete)
    lower = np.clip(np.array([s.first for s in spans], np.intp) - first_day, 0, days)
    upper = np.clip(np.array([s.last + 1 for s in spans], np.intp) - first_day, 0, days)
    over, seen = (
        np.concatenate([[0], np.cumsum(days)]).astype(np.intp)
        for days in (complete, complete if present is None else present)
    )
    whole = np.array([len(p) for p in wholes], np.intp)
    return PeriodGrid(spans, lower, upper, over[upper] - over[lower], whole, seen[upper] - seen[lower])
