"""The growth translator: known figures as literals, and every way round again."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.domain.growth import Duration, Growth, Unit
from explorer.domain.growth_words import duration, sayings

MULTIPLES = st.floats(1e-4, 1e4)
YEARS = st.floats(0.05, 50)


def said(growth: Growth, over: Duration | None = None, ends: tuple[str, str] | None = None) -> list[str]:
    """The sentences, a plain space for the thin one."""
    return [str(saying.sentence).replace("\u2009", " ") for saying in sayings(growth, over, ends)]


def test_370_fold_in_five_years_is_226_percent_a_year() -> None:
    assert Growth(370, 5).cagr * 100 == pytest.approx(226.3, abs=0.05)


def test_330_percent_a_year_for_five_years_is_1470_fold() -> None:
    assert Growth.from_cagr(3.3, 5).multiple == pytest.approx(1470.08, abs=0.01)
    assert Growth.from_cagr(2.3, 5).multiple == pytest.approx(391.35, abs=0.01), "read as a multiple of 3.3 a year"


@pytest.mark.parametrize(
    ("start", "end", "percent"), [(10.2, 37, 262.7), (2.27, 5.16, 127.3), (1.24, 13.95, 1025.0), (5.16, 2.27, -56.0)]
)
def test_growth_between_two_values(start: float, end: float, percent: float) -> None:
    growth = Growth.between(start, end, 1)
    assert growth.total * 100 == pytest.approx(percent, abs=0.05)
    assert growth.multiple == pytest.approx(end / start)


def test_doubling_time_is_negative_for_a_halving_and_endless_for_no_growth() -> None:
    assert Growth(8, 6).doubling_years == pytest.approx(2)
    assert Growth(0.25, 6).doubling_years == pytest.approx(-3)
    assert Growth(1, 6).doubling_years == math.inf
    assert Growth.from_doubling(math.inf, 6).multiple == 1


@given(MULTIPLES, YEARS)
def test_through_the_rate_a_year_and_back(multiple: float, years: float) -> None:
    cagr = Growth(multiple, years).cagr
    assume(-0.999999 < cagr < 1e12)
    assert math.isclose(Growth.from_cagr(cagr, years).multiple, multiple, rel_tol=1e-6)
    assert math.isclose((1 + cagr) ** years, multiple, rel_tol=1e-6)


@given(MULTIPLES, YEARS)
def test_through_the_doubling_time_and_back(multiple: float, years: float) -> None:
    doubling = Growth(multiple, years).doubling_years
    assert math.isclose(Growth.from_doubling(doubling, years).multiple, multiple, rel_tol=1e-9)
    if math.isfinite(doubling) and abs(years / doubling) < 100:
        assert math.isclose(2 ** (years / doubling), multiple, rel_tol=1e-9)


@given(MULTIPLES, YEARS)
def test_the_rate_over_all_the_years_is_the_total(multiple: float, years: float) -> None:
    growth = Growth(multiple, years)
    assert math.isclose(growth.rate(years), growth.total, rel_tol=1e-9, abs_tol=1e-12)


def test_a_rate_beyond_all_numbers_is_infinite() -> None:
    assert Growth(10, Duration(1, Unit.DAYS).years).cagr == math.inf


@pytest.mark.parametrize(
    "made",
    [
        lambda: Growth(0, 1),
        lambda: Growth(-2, 1),
        lambda: Growth(math.nan, 1),
        lambda: Growth(math.inf, 1),
        lambda: Growth(2, 0),
        lambda: Growth(2, -1),
        lambda: Growth.between(0, 5, 1),
        lambda: Growth.between(2, -5, 1),
        lambda: Growth.from_cagr(-1, 1),
        lambda: Growth.from_cagr(math.nan, 1),
        lambda: Growth.from_cagr(1e9, 1e9),
        lambda: Growth.from_doubling(0, 1),
        lambda: Growth.from_doubling(math.nan, 1),
        lambda: Growth.from_doubling(1e-9, 1),
        lambda: Duration(0),
        lambda: Duration(math.inf),
    ],
)
def test_nonsense_is_refused(made) -> None:
    with pytest.raises(ValueError, match=r"multiple|years|start|growth a year|doubling|duration"):
        made()


def test_durations_are_counted_in_years() -> None:
    assert Duration(1461, Unit.DAYS).years == pytest.approx(4)
    assert Duration(18, Unit.MONTHS).years == 1.5
    assert Duration(7, Unit.DAYS).years == pytest.approx(Duration(1, Unit.WEEKS).years)


def test_two_values_in_plain_sentences() -> None:
    three_weeks = Duration(3, Unit.WEEKS)
    assert said(Growth.between(2.27, 5.16, three_weeks.years), three_weeks, ("2.27", "5.16")) == [
        "From 2.27 to 5.16 in 3 weeks is 2.273 times as much, a change of +127.3 %.",
        "At that pace it changes by +31.5 % a week, to 1.315 times as much each week.",
        "At that pace it changes by +159 500 000 % a year, to 1 595 000 times as much each year.",
        "At that pace it doubles every 2.53 weeks.",
    ]


def test_without_a_time_nothing_is_said_of_the_pace() -> None:
    assert said(Growth(370, 1)) == ["370 times as much is a change of +36 900 %."]


def test_the_usual_misreading_is_pointed_out() -> None:
    *_, last = said(Growth.from_cagr(3.3, 5), Duration(5))
    assert last == (
        "+330 % a year is 4.3 times as much each year; 3.3 times would be only +230 %, "
        "and 391.4 times as much after 5 years, not 1 470 times."
    )
    assert not any("only" in sentence for sentence in said(Growth.from_cagr(0.5, 5), Duration(5)))


@pytest.mark.parametrize(
    ("multiple", "words"),
    [
        (0.5, "At that pace it halves every 12 months."),
        (1.0, "It stays as it is: it never doubles."),
        (4.0, "At that pace it doubles every 6 months."),
        (1.1, "At that pace it doubles every 7.27 years."),
    ],
)
def test_doubling_and_halving_in_words(multiple: float, words: str) -> None:
    assert words in said(Growth(multiple, 1), Duration(1))


@given(st.floats(1e-30, 1e30), st.sampled_from(Unit), st.floats(0.01, 1e3))
def test_no_growth_is_too_odd_to_be_said(multiple: float, unit: Unit, count: float) -> None:
    over = Duration(count, unit)
    for sentence in said(Growth(multiple, over.years), over):
        assert sentence.endswith(".")
        assert "nan" not in sentence
        assert "inf" not in sentence
        assert "e+" not in sentence


def test_one_of_a_unit_is_one() -> None:
    assert str(duration(Duration(1, Unit.WEEKS))) == "1 week"
    assert str(duration(Duration(2.5, Unit.YEARS))) == "2.5 years"
