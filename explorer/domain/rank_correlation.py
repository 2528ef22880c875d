"""Whether two quantities go together, by their ranks alone: Spearman's rho and when it says anything."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.domain.schema import Floats

LEAST = 10
"""Over fewer pairs nothing is said."""
_WEAK = 0.2
"""A correlation nearer to 0 than this is no clear link, however many pairs there are."""
_Z = 1.959963984540054
"""The normal quantile of 97.5 %: 5 % on both sides together."""


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """Spearman's rho over `n` pairs, NaN where one side has a single value or there are fewer than LEAST pairs."""

    rho: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether it is a link worth a sentence.

        |rho| is at least 0.2, and t = rho·√((n − 2) / (1 − rho²)) lies beyond the quantile of 97.5 % of Student's t
        with n − 2 degrees of freedom: the usual approximation for a test at 5 % on both sides.
        """
        if math.isnan(self.rho) or abs(self.rho) < _WEAK:
            return False
        if abs(self.rho) >= 1:
            return True
        freedom = self.n - 2
        return abs(self.rho) * math.sqrt(freedom / (1 - self.rho**2)) > _quantile(freedom)


def spearman(x: Floats, y: Floats) -> RankCorrelation:
    """Return the rank correlation of two float64 columns of equal length without NaN; ties share their mean rank."""
    n = len(x)
    if n < LEAST:
        return RankCorrelation(math.nan, n)
    one, other = (ranks - ranks.mean() for ranks in (mean_ranks(x), mean_ranks(y)))
    spread = math.sqrt(float(one @ one) * float(other @ other))
    return RankCorrelation(float(one @ other) / spread if spread else math.nan, n)


def mean_ranks(values: Floats) -> Floats:
    """Return ranks from 1, smallest first; equal values share the mean of their places."""
    codes: NDArray[np.intp]
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[codes]


def _quantile(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t from 8 degrees of freedom on, within 0.001.

    Cornish-Fisher expansion in 1/freedom (Abramowitz and Stegun 26.7.5).
    """
    z = _Z
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
