"""Spearman's rho against pandas, and when it is called a link, against printed tables of Student's t."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.rank_correlation import LEAST, RankCorrelation, mean_ranks, spearman

CRITICAL_RHO = {10: 0.632, 12: 0.576, 22: 0.423, 52: 0.273, 102: 0.195}
"""n: the least correlation that is significant at 5 % on both sides, from tables of r for n − 2 degrees of freedom."""


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 10**12)), min_size=LEAST, max_size=60))
def test_it_is_pandas_rank_correlation(pairs: list[tuple[int, int]]) -> None:
    x, y = (np.array(column, np.float64) for column in zip(*pairs, strict=True))
    ranks_x, ranks_y = pd.Series(x).rank(), pd.Series(y).rank()
    assert mean_ranks(x).tolist() == ranks_x.tolist()
    found = spearman(x, y)
    assert found.n == len(pairs)
    if ranks_x.nunique() == 1 or ranks_y.nunique() == 1:
        assert math.isnan(found.rho)
        assert not found.clear
    else:
        assert found.rho == pytest.approx(ranks_x.corr(ranks_y), abs=1e-12)


def test_below_ten_pairs_nothing_is_said() -> None:
    column = np.arange(9, dtype=np.float64)
    assert math.isnan(spearman(column, column).rho)
    assert not spearman(column, column).clear
    assert spearman(np.arange(10.0), -np.arange(10.0)) == RankCorrelation(-1.0, 10)
    assert RankCorrelation(-1.0, 10).clear


@pytest.mark.parametrize(("n", "critical"), CRITICAL_RHO.items())
def test_a_link_is_clear_from_the_tabled_value_on(n: int, critical: float) -> None:
    least = max(critical, 0.2)
    for sign in (1, -1):
        assert RankCorrelation(sign * (least + 0.001), n).clear
        assert not RankCorrelation(sign * (least - 0.001), n).clear


def test_a_weak_link_over_many_is_not_clear() -> None:
    assert not RankCorrelation(0.19, 5000).clear
    assert RankCorrelation(0.21, 5000).clear
