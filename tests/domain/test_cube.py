"""Window sums of the cube against pandas, day by day and to the last token."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.cube import build, merged
from explorer.domain.origins import Known
from explorer.domain.periods import Grain, Span, grid, span
from explorer.domain.schema import UsageFrame, no_usage, to_day
from explorer.domain.selection import Variants

FAST = settings(max_examples=40, deadline=None)


@FAST
@given(data=st.data())
def test_window_sums_are_those_of_pandas(data: st.DataObject, worlds: Any, windows: Callable[..., Any]) -> None:
    world = data.draw(worlds)
    window = data.draw(windows(world))
    cube, inside = world.dataset.cube, world.inside(window)
    sums = inside.groupby("model").tokens.sum()
    assert cube.tokens(window).tolist() == [int(sums.get(model, 0)) for model in cube.models]
    assert cube.other(window) == int(sums.get("other", 0))
    assert cube.days_present(window) == inside.day.nunique()
    assert cube.days == world.days


@FAST
@given(data=st.data())
def test_sums_by_period_add_up_to_the_sum_of_the_span(
    data: st.DataObject, worlds: Any, windows: Callable[..., Any]
) -> None:
    world = data.draw(worlds)
    window, grain = data.draw(windows(world)), data.draw(st.sampled_from(Grain))
    cube = world.dataset.cube
    tokens, other = cube.by_period(grid(window, grain, cube.first_day, cube.complete))
    assert tokens.sum(axis=0).tolist() == cube.tokens(window).tolist()
    assert int(other.sum()) == cube.other(window)


@FAST
@given(data=st.data())
def test_merged_columns_are_those_that_pandas_groups(
    data: st.DataObject, worlds: Any, windows: Callable[..., Any]
) -> None:
    world = data.draw(worlds)
    window = data.draw(windows(world))
    named = world.long[world.long.model != "other"]
    inside = world.inside(window)
    for cube, key in (
        (world.dataset.read(Known.NOW, Variants.MERGED).cube, lambda model: model.split(":")[0]),
        (merged(world.dataset.cube, [model[:1] for model in world.dataset.cube.models]), lambda model: model[:1]),
    ):
        assert list(cube.models) == sorted({key(model) for model in named.model})
        sums = inside[inside.model != "other"].assign(model=lambda rows, key=key: rows.model.map(key))
        sums = sums.groupby("model").tokens.sum()
        assert cube.tokens(window).tolist() == [int(sums.get(model, 0)) for model in cube.models]
        assert (cube.other(window), cube.days) == (world.dataset.cube.other(window), world.days)
        assert cube.complete is world.dataset.cube.complete


def test_an_empty_cube_can_be_merged() -> None:
    cube = merged(build(no_usage()), ())
    assert (cube.models, cube.tokens(Span(0, 10)).tolist()) == ((), [])


def test_a_missing_day_is_not_present_and_a_day_of_zeros_is(world_of: Callable[..., Any]) -> None:
    cube = world_of({("2026-02-01", "a/x"): 5, ("2026-02-02", "a/x"): 0, ("2026-02-04", "a/x"): 7}).dataset.cube
    assert cube.present.tolist() == [True, True, False, True]
    assert cube.complete.tolist() == cube.present.tolist()
    assert cube.days_present(span(date(2026, 2, 1), date(2026, 2, 28))) == 3


def test_a_window_outside_the_data_holds_nothing(world_of: Callable[..., Any]) -> None:
    cube = world_of({("2026-02-01", "a/x"): 5, ("2026-02-01", "other"): 6}).dataset.cube
    for window in (span(date(2025, 1, 1), date(2026, 1, 31)), span(date(2026, 2, 2), date(2027, 1, 1))):
        assert (cube.tokens(window).tolist(), cube.other(window), cube.days_present(window)) == ([0], 0, 0)


def test_the_day_that_was_not_over_and_those_after_are_incomplete(world_of: Callable[..., Any]) -> None:
    rows = {(f"2026-02-0{day}", "a/x"): day for day in range(1, 6)}
    cube = world_of(rows, as_of="2026-02-04T13:00:00Z").dataset.cube
    assert cube.present.all()
    assert cube.complete.tolist() == [True, True, True, False, False]
    assert world_of(rows, as_of="2026-02-06").dataset.cube.complete.all()
    assert world_of(rows, as_of="").dataset.cube.complete.all()


def test_a_day_that_was_not_over_leaves_those_after_it_complete() -> None:
    """A later snapshot may tell of later days only; a day between that has no rows is neither."""
    first = to_day(date(2026, 6, 9))
    days = [first, first + 1, first + 3, first + 4]
    frame = UsageFrame(
        np.array(days, np.int32), np.zeros(4, np.int32), np.arange(4, dtype=np.int64), ("a/x",), frozenset({first + 1})
    )
    cube = build(frame)
    assert cube.present.tolist() == [True, True, False, True, True]
    assert cube.complete.tolist() == [True, False, False, True, True]
    assert cube.days_present(Span(first, first + 4)) == 4
    assert cube.days_complete(Span(first, first + 4)) == 3
    assert cube.tokens(Span(first, first + 4)).tolist() == [6]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_other_is_kept_apart_wherever_it_stands_among_the_models(place: int) -> None:
    models = ["a/x", "b/y"]
    models.insert(place, "other")
    tokens = {"a/x": 10**12, "b/y": 3, "other": 5}
    frame = UsageFrame(
        np.full(3, to_day(date(2026, 2, 1)), np.int32),
        np.arange(3, dtype=np.int32),
        np.array([tokens[model] for model in models], np.int64),
        tuple(models),
    )
    cube = build(frame)
    day = span(date(2026, 2, 1), date(2026, 2, 1))
    assert cube.models == ("a/x", "b/y")
    assert (cube.tokens(day).tolist(), cube.other(day)) == ([10**12, 3], 5)


def test_an_empty_frame_makes_an_empty_cube() -> None:
    cube = build(no_usage())
    assert cube.days is None
    assert cube.tokens(Span(0, 10)).tolist() == []
    assert (cube.other(Span(0, 10)), cube.days_present(Span(0, 10))) == (0, 0)


def test_sums_beyond_what_a_float_can_count_stay_exact(world_of: Callable[..., Any]) -> None:
    days = pd.date_range("2025-01-01", periods=400)
    a_day = {"a/large": 26_000_000_000_001, "a/small": 1, "other": 2_600_000_000_003}
    cube = world_of({(f"{day:%Y-%m-%d}", model): n for day in days for model, n in a_day.items()}).dataset.cube
    window = span(date(2025, 1, 1), date(2026, 2, 4))
    assert len(window) == 400
    assert cube.tokens(window).tolist() == [10_400_000_000_000_400, 400]  # beyond 2**53
    assert cube.other(window) == 1_040_000_000_001_200
    assert cube.tokens(span(date(2026, 2, 4), date(2026, 2, 4))).tolist() == [26_000_000_000_001, 1]
    assert cube.running.dtype == np.int64
