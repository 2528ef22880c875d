"""Which windows a story may have meant, and in which order they are tried."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.claims.claim import COMPARING, EVERYTHING, Claim, Quantity, Window
from explorer.domain.claims.reading import as_window, compared, read
from explorer.domain.claims.windows import AFTER, BEFORE, candidates
from explorer.domain.origins import Origins
from explorer.domain.periods import Grain, Span, span
from explorer.domain.schema import Figure, to_day

Make = Callable[..., Figure]


def made(figure: Figure, origins: Origins) -> tuple[Claim, tuple[Window, ...]]:
    claim = read(figure, origins)
    assert isinstance(claim, Claim)
    return claim, candidates(claim)


def days(first: str, last: str) -> Span:
    return span(date.fromisoformat(first), date.fromisoformat(last))


def grains(found: tuple[Window, ...]) -> list[Grain]:
    return list(dict.fromkeys(window.grain for window in found))


def test_a_weekly_story_tries_its_week_then_weeks_before_months(printed: Make, bundled: Origins) -> None:
    claim, found = made(printed(days=("2026-02-09", "2026-02-15"), published="2026-02"), bundled)
    assert found[0] == claim.window == Window(days("2026-02-09", "2026-02-15"), Grain.WEEK)
    assert grains(found) == [
        Grain.WEEK, Grain.DAYS_7, Grain.SUNDAY_WEEK, Grain.MONTH, Grain.DAYS_30, Grain.DAYS_28,
    ]  # fmt: skip
    assert Window(days("2026-02-02", "2026-02-08"), Grain.WEEK) in found
    assert Window(days("2026-02-08", "2026-02-14"), Grain.SUNDAY_WEEK) not in found  # ends 14 Feb: the 7 days to it
    assert Window(days("2026-02-08", "2026-02-14"), Grain.DAYS_7) in found


def test_a_monthly_story_tries_months_and_thirty_days_before_weeks(printed: Make, bundled: Origins) -> None:
    claim, found = made(printed(days=("2026-02-01", "2026-02-25"), published="2026-02-25"), bundled)
    assert found[0] == claim.window == Window(days("2026-02-01", "2026-02-25"), Grain.WHOLE)
    assert found[1] == Window(days("2026-02-01", "2026-02-28"), Grain.MONTH)
    assert grains(found)[:4] == [Grain.WHOLE, Grain.MONTH, Grain.DAYS_30, Grain.DAYS_28]
    thirty = [window.span.end.day for window in found if window.grain is Grain.DAYS_30]
    assert thirty[:3] == [25, 24, 26]  # the nearest first


def test_a_story_without_days_tries_those_that_end_in_the_week_before_it(printed: Make, bundled: Origins) -> None:
    _, found = made(printed(published="2026-02-28", window="this week"), bundled)
    assert found[0] == Window(days("2026-02-16", "2026-02-22"), Grain.WEEK)
    sevens = {window.span.end.isoformat() for window in found if len(window.span) == 7}
    assert sevens == {f"2026-02-{day}" for day in range(21, 29)}


def test_no_story_speaks_of_days_after_it(printed: Make, bundled: Origins) -> None:
    claim, found = made(printed(days=("2026-02-16", "2026-02-22"), published="2026-02-24"), bundled)
    assert max(window.span.last for window in found) == claim.near == to_day(date(2026, 2, 24))
    vague = made(printed(days=("2026-02-16", "2026-02-22"), published="2026-02"), bundled)[1]
    assert max(window.span.end for window in vague if window.grain is Grain.DAYS_7).day == 25


def test_the_days_that_a_story_states_are_tried_even_if_it_is_older(printed: Make, bundled: Origins) -> None:
    claim, found = made(printed(days=("2026-02-01", "2026-02-28"), published="2026-02-20"), bundled)
    assert found[0] == claim.window == Window(days("2026-02-01", "2026-02-28"), Grain.MONTH)


def test_growth_tries_the_same_windows_each_with_the_one_before(printed: Make, bundled: Origins) -> None:
    claim, found = made(
        printed("12", "%", measure="growth_week", days=("2026-02-09", "2026-02-15"), published=""), bundled
    )
    assert found[0] == claim.window == compared(Window(days("2026-02-09", "2026-02-15"), Grain.WEEK))
    months = {window.span: window.base for window in found if window.grain is Grain.MONTH}
    assert months[days("2026-02-01", "2026-02-28")] == days("2026-01-01", "2026-01-31")
    assert all(window.base is not None and window.base.last == window.span.first - 1 for window in found)


def test_growth_since_moves_both_weeks_together(printed: Make, bundled: Origins) -> None:
    figure = printed("127", "%", measure="growth", days=("2026-02-02", "2026-02-22"))
    claim, found = made(figure, bundled)
    assert found[0] == claim.window
    assert len(found) == BEFORE + AFTER + 1
    assert {window.span.first - window.base.first for window in found if window.base} == {14}
    assert [window.span.last - found[0].span.last for window in found[:3]] == [0, -1, 1]
    assert {window.grain for window in found} == {Grain.WEEK, Grain.DAYS_7, Grain.SUNDAY_WEEK}


def test_compared_is_the_month_before_a_month_and_as_many_days_before_others() -> None:
    march, ten = days("2026-03-01", "2026-03-31"), days("2026-03-05", "2026-03-14")
    assert compared(Window(march, Grain.MONTH)).base == days("2026-02-01", "2026-02-28")
    assert compared(Window(ten, Grain.WHOLE)).base == days("2026-02-23", "2026-03-04")


@pytest.mark.parametrize(
    ("first", "last", "grain"),
    [
        ("2026-02-10", "2026-02-10", Grain.DAY),
        ("2026-02-09", "2026-02-15", Grain.WEEK),
        ("2026-02-08", "2026-02-14", Grain.SUNDAY_WEEK),
        ("2026-02-10", "2026-02-16", Grain.DAYS_7),
        ("2026-02-01", "2026-02-28", Grain.MONTH),
        ("2026-02-02", "2026-03-01", Grain.DAYS_28),
        ("2026-04-01", "2026-04-30", Grain.MONTH),
        ("2026-01-26", "2026-02-24", Grain.DAYS_30),
        ("2026-01-01", "2026-02-28", Grain.WHOLE),
    ],
)
def test_a_run_of_days_is_a_period_of_the_simplest_grain(first: str, last: str, grain: Grain) -> None:
    assert as_window(days(first, last)) == Window(days(first, last), grain)


@given(st.data())
def test_candidates_of_any_claim(data: Any) -> None:
    last = data.draw(st.integers(to_day(date(2025, 1, 1)), to_day(date(2026, 12, 31))))
    quantity = data.draw(st.sampled_from(Quantity))
    stated = data.draw(st.none() | st.integers(1, 60).map(lambda n: as_window(Span(last - n + 1, last))))
    if stated is not None and quantity in COMPARING:
        stated = compared(stated)
    near = last + data.draw(st.integers(-3, 40))
    claim = Claim(quantity, EVERYTHING, 1.0, 1.0, 1.0, window=stated, near=near)
    found = candidates(claim)
    assert found[0] == stated or stated is None
    keys = [(window.span, window.base) for window in found]
    assert len(set(keys)) == len(keys)
    end = near if stated is None else last
    told = stated is None or near > last
    for window in found:
        assert (window.base is not None) == (quantity in COMPARING)
        if window == stated:
            continue
        assert window.span.last <= near or not told
        if window.grain in (Grain.DAYS_7, Grain.DAYS_28, Grain.DAYS_30):
            assert end - AFTER <= window.span.last <= end + AFTER or near - BEFORE <= window.span.last <= near
        else:  # the calendar period of one of both days, or the one before it
            assert any(window.span.first <= day <= window.span.last + len(window.span) + 3 for day in (end, near))
