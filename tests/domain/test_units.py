"""Numbers as a person reads them, each against the text it should be. A space below stands for a thin space."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain import units


def thin(text: str) -> str:
    """Tables in this file write a plain space for the thin one, and an arrow's space as "_"."""
    return text.replace(" ", "\u2009").replace("_", " ")


NOTHING = (None, math.nan, np.float64("nan"))


@pytest.mark.parametrize("nothing", NOTHING)
@pytest.mark.parametrize("words", [units.tokens, units.exact, units.percent, units.change, units.price, units.ratio])
def test_what_is_not_known_is_a_dash(words, nothing) -> None:
    assert words(nothing) == "–"


@pytest.mark.parametrize("words", [units.tokens, units.exact, units.percent, units.price, units.ratio])
@pytest.mark.parametrize("infinite", [math.inf, -math.inf])
def test_what_is_beyond_all_numbers_is_a_dash_too(words, infinite: float) -> None:
    assert words(infinite) == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1.4379, "1.44"),
        (16.6667, "16.7"),
        (997.2, "997"),
        (999.6, "1 000"),
        (0.3, "0.300"),
        (0.0375, "0.0375"),
        (1234.5, "1 230"),
        (-1234.5, "−1 230"),
        (-0.25, "−0.250"),
        (1e7, "10 000 000"),
    ],
)
def test_three_significant_figures(value: float, text: str) -> None:
    assert units.significant(value) == thin(text)


@pytest.mark.parametrize(("figures", "text"), [(1, "20"), (2, "17"), (4, "16.67")])
def test_as_many_significant_figures_as_asked_for(figures: int, text: str) -> None:
    assert units.significant(16.6667, figures) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234.5, "1.23k"),
        (123_456, "123k"),
        (12_300_000, "12.3M"),
        (997_000_000_000, "997B"),
        (999.4e9, "999B"),
        (999.6e9, "1.00T"),
        (1_437_912_030_112, "1.44T"),
        (4.4699e12, "4.47T"),
        (2.6e13, "26.0T"),
        (2**53 + 1, "9 010T"),
        (-1.5e9, "−1.50B"),
        (-999.6e6, "−1.00B"),
        (np.int64(4_119_001_452_000), "4.12T"),
        (2_933_113_149_000, "2.93T"),
    ],
)
def test_tokens_have_a_unit_word(value: float, text: str) -> None:
    assert units.tokens(value) == thin(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_437_912_030_112, "1 437 912 030 112"),
        (2**53 + 1, "9 007 199 254 740 993"),
        (-1234, "−1 234"),
        (0.3, "0"),
    ],
)
def test_exact_numbers_keep_every_figure(value: float, text: str) -> None:
    assert units.exact(value) == thin(text)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (0.584080, "58.4 %"),
        (0.857, "85.7 %"),
        (0.0375, "3.8 %"),
        (0.00996, "1.0 %"),
        (0.0032, "0.32 %"),
        (0.00001, "0.0010 %"),
        (0.0000099, "< 0.001 %"),
        (1, "100.0 %"),
        (-0.045, "−4.5 %"),
    ],
)
def test_shares_are_percentages(share: float, text: str) -> None:
    assert units.percent(share) == thin(text)


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0, "0.0 %"),
        (0.0004, "▲_+0.040 %"),
        (-0.0072, "▼_−0.72 %"),
        (-0.000001, "▼_< 0.001 %"),
        (0.123, "▲_+12.3 %"),
        (-0.045, "▼_−4.5 %"),
        (-1, "▼_−100.0 %"),
        (8.5, "▲_+850.0 %"),
        (9, "▲_×10.0"),
        (1233.5, "▲_×1 230"),
        (math.inf, "new"),
    ],
)
def test_changes_have_arrow_and_sign(fraction: float, text: str) -> None:
    assert units.change(fraction) == thin(text)


@pytest.mark.parametrize(
    ("dollars", "text"),
    [
        (0, "free"),
        (0.0375, "$0.0375"),
        (0.3, "$0.30"),
        (0.123456, "$0.123"),
        (0.9949, "$0.995"),
        (0.9999, "$1"),
        (1.1, "$1.10"),
        (2.55, "$2.55"),
        (25, "$25"),
        (150, "$150"),
        (1234.5, "$1 230"),
    ],
)
def test_prices_are_dollars(dollars: float, text: str) -> None:
    assert units.price(dollars) == thin(text)


@pytest.mark.parametrize(
    ("dollars", "text"),
    [
        (0, "$0"),
        (74_300_000, "$74.3M"),
        (0.004, "$0.004"),
        (0.0375, "$0.0375"),
        (0.3, "$0.30"),
        (0.9994, "$0.999"),
        (0.9996, "$1"),
        (5, "$5"),
        (12.34, "$12.3"),
        (999.4, "$999"),
        (999.6, "$1.00k"),
        (999_600, "$1.00M"),
        (3.2e13, "$32.0T"),
        (-1.5, "−$1.50"),
        (math.nan, "–"),
        (None, "–"),
    ],
)
def test_money_has_unit_words_and_nothing_is_not_free(dollars: float | None, text: str) -> None:
    assert units.money(dollars) == text


@pytest.mark.parametrize(
    ("dear", "cheap", "text"),
    [(5, 0.30, "16.7×"), (25, 1.10, "22.7×"), (25, 2.55, "9.80×"), (1, 1, "1.00×"), (150, 0.05, "3 000×")],
)
def test_multiples(dear: float, cheap: float, text: str) -> None:
    assert units.ratio(dear / cheap) == thin(text)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**16))
def test_a_unit_word_keeps_the_number_within_half_a_percent(value: int) -> None:
    text = units.tokens(value).replace(units.THIN, "")
    factor = {"T": 1e12, "B": 1e9, "M": 1e6, "k": 1e3}.get(text[-1], 1)
    assert float(text.rstrip("TBMk")) * factor == pytest.approx(value, rel=0.005)


def test_a_computed_number_is_without_the_noise_of_binary_arithmetic() -> None:
    assert units.computed(0.1 + 0.2) == 0.3
    assert units.computed(123456.789012) == 123456.789012
    assert str(units.computed(float("nan"))) == "nan"
