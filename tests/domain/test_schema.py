"""What a usage frame promises, and that `check` notices each broken promise."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.schema import UsageFrame, check, no_usage, pick, to_date, to_day


@settings(max_examples=40, deadline=None)
@given(st.dates())
def test_day_numbers_count_from_1970(day: date) -> None:
    assert to_day(day) == (np.datetime64(day) - np.datetime64("1970-01-01")).astype(int)
    assert to_date(to_day(day)) == day


def frame(**columns: Any) -> UsageFrame:
    good: dict[str, Any] = {
        "day": np.array([20494, 20494, 20495], np.int32),
        "model": np.array([0, 1, 0], np.int32),
        "tokens": np.array([7, 0, 2**62], np.int64),
        "models": ("a/a", "other"),
    }
    return UsageFrame(**(good | columns))


@pytest.mark.parametrize("good", [frame(), no_usage(), frame(models=("a/a", "other", "a/unused"))])
def test_a_good_frame_passes(good: UsageFrame) -> None:
    check(good)


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"tokens": np.array([7, -1, 0], np.int64)}, "negative tokens"),
        ({"tokens": np.array([7, 1, 0], np.float64)}, "tokens is float64"),
        ({"day": np.array([1, 2, 3], np.int64)}, "day is int64"),
        ({"day": np.array([1, 2], np.int32)}, "day is int32"),
        ({"model": np.array([0, 2, 0], np.int32)}, "model code outside models"),
        ({"model": np.array([0, -1, 0], np.int32)}, "model code outside models"),
        ({"models": ("a/a", "a/a")}, "models repeat"),
        ({"model": np.array([0, 0, 0], np.int32)}, r"\(day, model\) repeats"),
    ],
)
def test_a_broken_promise_is_named(columns: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        check(frame(**columns))


def test_picking_names_keeps_the_order_asked_for() -> None:
    assert pick(("a", "b", "c"), np.array([2, 0, 2], np.intp)) == ("c", "a", "c")
    assert pick(("a",), np.array([], np.intp)) == ()
