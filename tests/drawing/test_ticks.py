"""Where ticks fall and what they say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.schema import to_date, to_day
from explorer.drawing import ticks
from explorer.drawing.plot import amount_ticks, share_ticks

FIRST, LAST = to_day(date(2024, 1, 1)), to_day(date(2027, 12, 31))


@pytest.mark.parametrize(
    ("top", "most", "expected"),
    [
        (10, 5, [0, 2, 4, 6, 8, 10]),
        (9.9, 5, [0, 2, 4, 6, 8]),
        (5.7e12, 6, [0, 1e12, 2e12, 3e12, 4e12, 5e12]),
        (5.7e12, 3, [0, 2e12, 4e12]),
        (997, 2, [0, 500]),
        (0.3, 3, [0, 0.1, 0.2, 0.3]),
    ],
)
def test_amounts_by_hand(top: float, most: int, expected: list[float]) -> None:
    assert ticks.amounts(top, most) == pytest.approx(expected)


@pytest.mark.parametrize(("top", "most"), [(0, 5), (-1, 5), (10, 0), (1e12, -3)])
def test_amounts_of_nothing_is_the_base_line(top: float, most: int) -> None:
    assert ticks.amounts(top, most) == [0.0]


@given(st.floats(1, 1e16), st.integers(-1, 40))
def test_an_axis_of_amounts_has_a_scale_however_short_it_is(top: float, most: int) -> None:
    found = [value for value, _ in amount_ticks(top, most)]
    assert found[0] == 0
    assert top / 2 <= found[-1] <= top * 1.001


@given(st.floats(1, 1e16), st.integers(1, 40))
def test_amounts_are_even_round_and_few(top: float, most: int) -> None:
    found = ticks.amounts(top, most)
    assert found[0] == 0
    assert len(found) <= most + 1
    assert all(0 <= value <= top * 1.001 for value in found)
    if len(found) > 1:
        step = found[1]
        assert found == pytest.approx([step * i for i in range(len(found))])
        assert f"{step:.6e}"[0] in "125"
        assert float(f"{step:.6e}".split("e")[0]) == pytest.approx(int(f"{step:.6e}"[0]))
        assert found[-1] + step > top


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (5e12, "5T"),
        (1.5e12, "1.5T"),
        (5e11, "500B"),
        (2e10, "20B"),
        (2.5e6, "2.5M"),
        (1000, "1k"),
        (20, "20"),
    ],
)
def test_round_amounts_carry_no_empty_decimals(value: float, expected: str) -> None:
    assert ticks.amount_words(value) == expected


def _words(first: date, last: date, most: int) -> list[tuple[date, str]]:
    return [(to_date(int(at)), label) for at, label in ticks.dates(to_day(first), to_day(last), most)]


def test_a_week_is_labelled_day_by_day() -> None:
    found = _words(date(2026, 2, 9), date(2026, 2, 15), 7)
    assert found[0] == (date(2026, 2, 9), "9 Feb")
    assert [day for day, _ in found] == [date(2026, 2, 9) + timedelta(n) for n in range(7)]


def test_two_months_are_labelled_by_mondays() -> None:
    found = _words(date(2026, 1, 7), date(2026, 3, 4), 9)
    assert [label for _, label in found] == [
        "12 Jan",
        "19 Jan",
        "26 Jan",
        "2 Feb",
        "9 Feb",
        "16 Feb",
        "23 Feb",
        "2 Mar",
    ]
    assert {day.weekday() for day, _ in found} == {0}


def test_half_a_year_is_labelled_by_months_and_the_year_where_it_begins() -> None:
    found = _words(date(2025, 11, 15), date(2026, 5, 5), 8)
    assert found == [
        (date(2025, 12, 1), "Dec 2025"),
        (date(2026, 1, 1), "Jan 2026"),
        (date(2026, 2, 1), "Feb"),
        (date(2026, 3, 1), "Mar"),
        (date(2026, 4, 1), "Apr"),
        (date(2026, 5, 1), "May"),
    ]


def test_two_years_are_labelled_by_quarters() -> None:
    found = _words(date(2024, 10, 1), date(2026, 7, 7), 8)
    assert [label for _, label in found] == [
        "Oct 2024",
        "Jan 2025",
        "Apr",
        "Jul",
        "Oct",
        "Jan 2026",
        "Apr",
        "Jul",
    ]


@given(st.integers(FIRST, LAST), st.integers(1, 1400), st.integers(2, 30))
def test_dates_lie_inside_in_order_and_have_room(first: int, days: int, most: int) -> None:
    found = ticks.dates(first, first + days, most)
    positions = [at for at, _ in found]
    assert len(found) <= most + 1
    assert positions == sorted(set(positions))
    assert all(first <= at <= first + days for at in positions)
    for at, label in found:
        day = to_date(int(at))
        assert label.split()[0] in (str(day.day), day.strftime("%b"))
        assert (len(label.split()[-1]) == 4) <= label.endswith(str(day.year))


def test_share_ticks_are_quarters_or_halves() -> None:
    assert [label for _, label in share_ticks(1, 8)] == [f"{n}\u2009%" for n in (0, 25, 50, 75, 100)]
    assert [value for value, _ in share_ticks(1, 2)] == [0, 0.5, 1]


def test_amount_ticks_pair_values_with_words() -> None:
    assert amount_ticks(5e12, 2) == [(0, "0"), (5e12, "5T")]
