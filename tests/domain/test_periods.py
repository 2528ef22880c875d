"""Calendar periods and trailing windows against the calendar of pandas and of the standard library."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.periods import TRAILING, Grain, Span, grid, period_of, periods_in, previous, span
from explorer.domain.schema import to_date, to_day

FAST = settings(max_examples=40, deadline=None)
dates = st.dates(date(2019, 1, 1), date(2032, 12, 31))
grains = st.sampled_from(Grain)
CALENDAR = (Grain.DAY, Grain.WEEK, Grain.SUNDAY_WEEK, Grain.MONTH)


def key(day: date, grain: Grain, last: date = date.max) -> object:
    """What the days of one period, and no others, have in common, in a span that ends on `last`."""
    if grain is Grain.WHOLE:
        return "all"
    if grain in (Grain.DAYS_7, Grain.DAYS_28, Grain.DAYS_30):
        return (last - day).days // int(grain.value[:-1])
    if grain is Grain.WEEK:
        return day.isocalendar()[:2]
    if grain is Grain.SUNDAY_WEEK:
        return (day + timedelta(1)).isocalendar()[:2]
    return day if grain is Grain.DAY else (day.year, day.month)


def length(day: date, grain: Grain, asked: Span) -> int:
    """How many days the whole period of a day has."""
    months = pd.Timestamp(day).days_in_month
    lengths = {Grain.DAY: 1, Grain.MONTH: months, Grain.DAYS_28: 28, Grain.DAYS_30: 30, Grain.WHOLE: len(asked)}
    return lengths.get(grain, 7)


def month(year: int, number: int) -> Span:
    period = pd.Period(year=year, month=number, freq="M")
    return span(period.start_time.date(), period.end_time.date())


@FAST
@given(dates, st.sampled_from(CALENDAR))
def test_a_period_has_the_days_that_share_its_key_and_no_others(day: date, grain: Grain) -> None:
    found = period_of(to_day(day), grain)
    keys = [key(to_date(d), grain) for d in range(found.first - 1, found.last + 2)]
    assert set(keys[1:-1]) == {key(day, grain)}
    assert keys[0] != keys[1] and keys[-1] != keys[-2]
    assert found.first <= to_day(day) <= found.last


@FAST
@given(dates, st.integers(0, 100), grains)
def test_periods_cover_a_span_without_hole_or_overlap(start: date, more: int, grain: Grain) -> None:
    asked = span(start, start + timedelta(more))
    periods = periods_in(asked, grain)
    assert periods[0].first <= asked.first and periods[-1].last >= asked.last
    assert all(a.last + 1 == b.first for a, b in pairwise(periods))
    keys = [key(day.date(), grain, asked.end) for day in pd.date_range(asked.start, asked.end)]
    inside = [period.within(asked) or asked for period in periods]
    assert [len(part) for part in inside] == [keys.count(each) for each in dict.fromkeys(keys)]
    assert [len(period) for period in periods] == [length(part.start, grain, asked) for part in inside]


@pytest.mark.parametrize("grain", TRAILING)
def test_trailing_windows_end_with_the_span_and_only_the_first_reaches_beyond_it(grain: Grain) -> None:
    days = int(grain.value[:-1])
    asked = span(date(2026, 1, 1), date(2026, 2, 24))
    found = periods_in(asked, grain)
    assert found[-1].end == date(2026, 2, 24) and {len(window) for window in found} == {days}
    assert found[0].first < asked.first <= found[0].last
    assert all(window.within(asked) == window for window in found[1:])


def test_the_30_days_to_24_february_are_no_calendar_month() -> None:
    asked = span(date(2026, 1, 26), date(2026, 2, 24))
    assert periods_in(asked, Grain.DAYS_30) == (asked,)
    assert periods_in(asked, Grain.WHOLE) == (asked,)
    assert [period.start for period in periods_in(asked, Grain.MONTH)] == [date(2026, 1, 1), date(2026, 2, 1)]
    assert periods_in(asked, Grain.DAYS_28)[0] == span(date(2025, 12, 31), date(2026, 1, 27))


@pytest.mark.parametrize("grain", [*TRAILING, Grain.WHOLE])
def test_a_window_that_needs_a_span_has_no_period_of_a_day(grain: Grain) -> None:
    with pytest.raises(KeyError):
        period_of(to_day(date(2026, 2, 9)), grain)


@FAST
@given(dates, st.integers(1, 60))
def test_the_span_before_is_as_long_and_ends_the_day_before(start: date, length: int) -> None:
    window = span(start, start + timedelta(length - 1))
    before = window.before()
    assert (len(before), before.end) == (length, start - timedelta(1))


@pytest.mark.parametrize(
    ("window", "before"),
    [
        (month(2026, 3), month(2026, 2)),
        (month(2026, 1), month(2025, 12)),
        (month(2024, 3), month(2024, 2)),
        (month(2026, 2), month(2026, 1)),
        (span(date(2026, 2, 9), date(2026, 2, 15)), span(date(2026, 2, 2), date(2026, 2, 8))),
        (span(date(2026, 1, 1), date(2026, 1, 1)), span(date(2025, 12, 31), date(2025, 12, 31))),
        (span(date(2026, 3, 1), date(2026, 3, 30)), span(date(2026, 1, 30), date(2026, 2, 28))),
        (span(date(2026, 3, 2), date(2026, 4, 1)), span(date(2026, 1, 30), date(2026, 3, 1))),
        (span(date(2026, 1, 1), date(2026, 2, 28)), span(date(2025, 11, 3), date(2025, 12, 31))),
    ],
)
def test_a_month_is_compared_with_the_month_before_and_a_run_with_the_run_before(window: Span, before: Span) -> None:
    assert previous(window) == before


@FAST
@given(dates)
def test_the_month_before_is_the_month_before_for_pandas_too(day: date) -> None:
    window = period_of(to_day(day), Grain.MONTH)
    before = pd.Period(day, freq="M") - 1
    assert previous(window) == span(before.start_time.date(), before.end_time.date())


def test_the_part_of_a_span_within_another() -> None:
    assert Span(3, 9).within(Span(5, 20)) == Span(5, 9)
    assert Span(3, 9).within(Span(0, 20)) == Span(3, 9)
    assert Span(3, 9).within(Span(9, 9)) == Span(9, 9)
    assert Span(3, 9).within(Span(10, 20)) is None
    assert (Span(3, 9).start, Span(3, 9).end, len(Span(3, 9))) == (date(1970, 1, 4), date(1970, 1, 10), 7)


@FAST
@given(
    st.lists(st.booleans(), min_size=1, max_size=80),
    dates,
    st.integers(-40, 40),
    st.integers(0, 100),
    grains,
)
def test_a_grid_counts_the_days_that_have_data(
    complete: list[bool], first: date, shift: int, more: int, grain: Grain
) -> None:
    asked = span(first + timedelta(shift), first + timedelta(shift + more))
    has_data = {to_day(first) + i for i, there in enumerate(complete) if there}
    found = grid(asked, grain, to_day(first), np.array(complete))
    keys = [key(to_date(day), grain, asked.end) for day in range(asked.first, asked.last + 1)]
    assert [len(part) for part in found.spans] == [keys.count(each) for each in dict.fromkeys(keys)]
    assert found.spans[0].first == asked.first and all(a.last + 1 == b.first for a, b in pairwise(found.spans))
    for i, part in enumerate(found.spans):
        inside = range(part.first, part.last + 1)
        whole = length(part.start, grain, asked)
        present = sum(day in has_data for day in inside)
        assert (found.present[i], found.whole[i]) == (present, whole)
        assert (bool(found.partial[i]), bool(found.gap[i])) == (present < whole, present == 0)
        rows = range(found.lower[i], found.upper[i])
        assert [to_day(first) + row for row in rows] == [d for d in inside if 0 <= d - to_day(first) < len(complete)]


def test_the_week_of_the_turn_of_the_year_is_one_week() -> None:
    assert period_of(to_day(date(2025, 12, 31)), Grain.WEEK) == span(date(2025, 12, 29), date(2026, 1, 4))
    assert period_of(to_day(date(2025, 12, 31)), Grain.SUNDAY_WEEK) == span(date(2025, 12, 28), date(2026, 1, 3))
    assert period_of(to_day(date(2026, 2, 15)), Grain.SUNDAY_WEEK) == span(date(2026, 2, 15), date(2026, 2, 21))
    assert period_of(to_day(date(2024, 2, 10)), Grain.MONTH) == span(date(2024, 2, 1), date(2024, 2, 29))
