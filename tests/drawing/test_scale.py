"""Axes: where values lie, and that ticks are round, inside and apart."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing.scale import Scale, covering

values = st.lists(st.floats(0.001, 1e13), min_size=1, max_size=30)


@given(values, st.booleans(), st.booleans(), st.floats(40, 3000))
def test_every_value_lies_on_the_axis_and_every_tick_too(
    found: list[float], log: bool, down: bool, length: float
) -> None:
    start, end = (length, 0.0) if down else (0.0, length)
    axis = covering(found, start, end, log=log)
    assert all(-1e-6 <= axis.at(value) <= length + 1e-6 for value in found)
    assert all(axis.value_at(axis.at(value)) == pytest.approx(value, rel=1e-6, abs=axis.high * 1e-9) for value in found)
    ticks = axis.ticks(40)
    places = [axis.at(tick) for tick in ticks]
    assert all(-1 <= place <= length + 1 for place in places)
    if len(ticks) > 2:
        assert all(abs(two - one) >= 40 * 0.999 for one, two in pairwise(places))


@pytest.mark.parametrize(
    ("axis", "apart", "expected"),
    [
        (Scale(0.04, 30, 0, 900, log=True), 60, [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]),
        (Scale(0.04, 30, 0, 420, log=True), 60, [0.1, 0.3, 1, 3, 10, 30]),
        (Scale(0.04, 30, 0, 200, log=True), 60, [0.1, 1, 10]),
        (Scale(0.3, 0.9, 0, 60, log=True), 60, [0.3, 0.9]),
        (Scale(0, 10, 0, 300), 60, [0, 2, 4, 6, 8, 10]),
        (Scale(2.7, 78, 300, 0), 60, [20, 40, 60]),
        (Scale(2.7, 78, 42, 0), 30, [10, 70]),
    ],
)
def test_ticks_are_round(axis: Scale, apart: float, expected: list[float]) -> None:
    assert axis.ticks(apart) == pytest.approx(expected)


def test_decades_are_equally_far_apart() -> None:
    axis = Scale(0.1, 1000, 50, 450, log=True)
    assert [axis.at(10.0**power) for power in range(-1, 4)] == pytest.approx([50, 150, 250, 350, 450])


def test_a_linear_price_axis_begins_at_zero_and_a_log_one_leaves_free_out() -> None:
    assert covering([0.0, 0.5, 2.0], 0, 100, log=False, zero=True).low == 0
    assert covering([1.0, 2.0], 0, 100, log=False, zero=True).low == 0
    log = covering([0.0, 0.5, 2.0], 0, 100, log=True)
    assert 0.3 < log.low < 0.5
    assert math.isfinite(covering([], 0, 100, log=True).at(2))
    assert covering([3.0], 0, 100, log=False).at(3.0) == pytest.approx(50)
