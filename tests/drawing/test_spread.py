"""Labels pushed apart: never over one another, never out of order, moved no farther than they must."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing.edge_labels import spread

CROWDS = st.lists(st.floats(0, 500), min_size=1, max_size=24).map(sorted)


def nearest(middles: list[float], high: float) -> list[float]:
    """Return the least-squares positions at least `high` apart, by the max-min formula of isotonic regression."""
    y = np.array(middles) - high * np.arange(len(middles))
    n = len(y)
    means = np.full((n, n), np.nan)
    for j in range(n):
        for k in range(j, n):
            means[j, k] = y[j : k + 1].mean()
    return [float(max(min(means[j, i:]) for j in range(i + 1))) + high * i for i in range(n)]


@pytest.mark.parametrize(
    ("middles", "expected"),
    [
        ([], []),
        ([50], [50]),
        ([20, 60], [20, 60]),
        ([50, 50], [45, 55]),
        ([40, 42, 80], [36, 46, 80]),
        ([0, 0, 0], [5, 15, 25]),
        ([100, 100], [85, 95]),
    ],
)
def test_spread_by_hand(middles: list[float], expected: list[float]) -> None:
    assert spread(middles, 10, 0, 100) == pytest.approx(expected)


@given(CROWDS, st.floats(1, 40))
def test_with_room_it_is_the_least_squares_solution(middles: list[float], high: float) -> None:
    assert spread(middles, high, -1e5, 1e5) == pytest.approx(nearest(middles, high), abs=1e-6)


@given(CROWDS, st.floats(1, 20), st.floats(0, 100))
def test_what_fits_stays_inside_in_order_and_apart(middles: list[float], high: float, top: float) -> None:
    bottom = top + len(middles) * high + 50
    found = spread(middles, high, top, bottom)
    assert all(later - earlier >= high - 1e-6 for earlier, later in itertools.pairwise(found))
    assert found[0] - high / 2 >= top - 1e-6
    assert found[-1] + high / 2 <= bottom + 1e-6


@given(CROWDS)
def test_labels_with_room_stay_where_they_are(middles: list[float]) -> None:
    apart = [middle + 30 * i for i, middle in enumerate(middles)]
    assert spread(apart, 30, -100, 5000) == pytest.approx(apart)
