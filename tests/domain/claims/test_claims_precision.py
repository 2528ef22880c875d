"""What a printed number stands for: half a unit of its last digit either way."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.claims.precision import interval


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4.12", 4.115, 4.125),
        ("61", 60.5, 61.5),
        ("27", 26.5, 27.5),
        ("27.0", 26.95, 27.05),
        ("8.70", 8.695, 8.705),
        ("-9.33", -9.335, -9.325),
        ("0.997", 0.9965, 0.9975),
        ("0", -0.5, 0.5),
    ],
)
def test_a_printed_number_stands_for_half_a_unit_of_its_last_digit_either_way(
    text: str, low: float, high: float
) -> None:
    assert interval(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("80", "about", 79.0, 81.0),
        ("0.997", "about", 0.996, 0.998),
        ("-40", "about", -41.0, -39.0),
        ("70", "nearly", 63.0, 70.5),
        ("4", "nearly", 3.5, 4.5),
        ("7.3", "over", 7.3, math.inf),
        ("20", "under", -math.inf, 20.0),
    ],
)
def test_a_qualifier_widens_it(text: str, qualifier: str, low: float, high: float) -> None:
    assert interval(text, qualifier) == pytest.approx((low, high))


def test_the_unit_scales_it_without_a_rounding_of_its_own() -> None:
    assert interval("17.5", unit=0.01)[0] <= 17.45 / 100
    assert interval("18", unit=0.01) == (0.175, 0.185)
    assert interval("18", unit=0.01)[0] == 7 / 40 < 17.5 * 0.01
    assert interval("4.12", unit=1e12) == (4115000000000.0, 4125000000000.0)


@pytest.mark.parametrize("text", ["", "many", "4,12", "inf", "NaN", "1.2.3"])
def test_what_is_no_decimal_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        interval(text)


@given(st.floats(-1e6, 1e6), st.integers(0, 5))
def test_any_value_that_is_printed_so_lies_within(value: float, places: int) -> None:
    low, high = interval(f"{value:.{places}f}")
    assert low <= value <= high


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_any_share_that_is_printed_so_lies_within(part: int, whole: int, places: int) -> None:
    share = part / whole
    percent = (Decimal(share) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    low, high = interval(f"{percent:f}", unit=0.01)
    assert low <= share <= high


@given(st.floats(-1e6, 1e6), st.integers(0, 5))
def test_a_value_further_off_lies_outside(value: float, places: int) -> None:
    text = f"{value:.{places}f}"
    low, high = interval(text)
    assert not low <= float(text) + 0.51 * 10**-places <= high
    assert not low <= float(text) - 0.51 * 10**-places <= high
