"""Native charts' data against the rows they were made of."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest

from explorer import domain
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain, span
from explorer.domain.price_points import PointTable
from explorer.domain.price_steps import StepTable
from explorer.domain.pricing import Compared, Pricing
from explorer.domain.selection import LISTED, Grouping, Measure
from explorer.domain.table import Kind
from explorer.domain.tables import TABLES
from explorer.export import chart_formats
from explorer.export.chart_bars import MOST_BARS
from explorer.export.chart_data import CHARTS, MOST_SERIES, UNSEEN, Chart, Form, charts, reach
from explorer.export.exhibit import Exhibit

Shown = Callable[..., Exhibit]
Used = Callable[[str, int], int]


def only(exhibit: Exhibit) -> Chart:
    (chart,) = charts(exhibit)
    return chart


def by_name(chart: Chart) -> dict[str, tuple[Any, ...]]:
    return {series.name: series.values for series in chart.series}


def test_only_views_have_charts() -> None:
    assert set(CHARTS) <= set(TABLES)
    assert MOST_SERIES <= 26  # beyond, PowerPoint can't edit the data


def test_what_is_told_of_pictures_only_is_what_the_domain_says() -> None:
    folder = Path(domain.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    assert set(UNSEEN) <= set(CHARTS)
    assert [words for said in UNSEEN.values() for words in said if f'"{words}"' not in source] == []


def test_a_stack_adds_up_the_days_of_each_period_and_leaves_a_gap_empty(shown: Shown, used: Used) -> None:
    chart = only(shown("share"))
    weeks = (range(7), (), range(14, 21), (21, 22))

    def sums(*models: str) -> tuple[int | None, ...]:
        return tuple(sum(used(model, day) for model in models for day in week) if week else None for week in weeks)

    assert chart.form is Form.STACK
    assert by_name(chart) == {
        "China": sums("qwen/first"),
        "United States": sums("google/second"),
        "France": sums("mistralai/third:free"),
        "Unattributed": sums("nobody/fourth"),
    }
    assert chart.categories == ("9 Feb", "16 Feb", "23 Feb", "2 Mar")
    assert {series.pale for series in chart.series} == {frozenset({3})}
    assert all(type(value) is int for series in chart.series for value in series.values if value is not None)


def test_shares_are_written_as_shares(shown: Shown) -> None:
    exhibit = shown("share", measure=Measure.SHARE)
    chart = only(exhibit)
    assert chart.form is Form.FULL_STACK
    sums = [sum(each.values[i] for each in chart.series if each.values[i] is not None) for i in (0, 2, 3)]
    assert sums == pytest.approx([1, 1, 1])
    drawn = sorted(value for each in chart.series for value in each.values if value is not None)
    assert drawn == sorted(exhibit.table.values["share"])


def test_many_whole_days_are_an_area_and_few_or_flawed_ones_are_columns(
    shown: Shown, world: Dataset, many: Dataset, world_of: Callable[..., Dataset]
) -> None:
    long = world_of({("qwen/first", day): 5 for day in range(80)}, {})
    assert [only(shown("share", data, grain=Grain.DAY)).form for data in (many, world, long)] == [
        Form.STACK,
        Form.STACK,
        Form.AREA,
    ]
    gapped = world_of({("qwen/first", day): 5 for day in range(80) if day != 40}, {})
    assert only(shown("share", gapped, grain=Grain.DAY)).form is Form.STACK


def test_the_smallest_bands_are_added_up_and_said(shown: Shown, many: Dataset) -> None:
    chart = only(shown("share", many, grouping=Grouping.MODEL))
    values = {name: own[0] for name, own in by_name(chart).items()}
    folded = [name for name in values if name.startswith("Other shown")]
    kept = MOST_SERIES - 1
    assert len(chart.series) == MOST_SERIES
    assert folded == [f"Other shown ({40 - kept})"]
    assert values["m40"] == 7 * 40 * 10**9
    assert values[folded[0]] == 7 * 10**9 * sum(range(1, 41 - kept))
    assert sum(values.values()) == 7 * 10**9 * sum(range(1, 41))
    assert [str(note) for note in chart.notes] == [f"Other shown: {40 - kept} models with fewer tokens, added up."]
    assert len({series.colour for series in chart.series[:9]}) == 9


def test_bars_are_the_first_rows_each_in_its_country(shown: Shown) -> None:
    exhibit = shown("leaderboard", scope=LISTED)
    chart = only(exhibit)
    assert chart.form is Form.BARS
    assert chart.categories == ("first", "second", "third:free", "fourth")
    assert [series.name for series in chart.series] == ["China", "United States", "France", "Unattributed"]
    for row, tokens in enumerate(exhibit.table.values["tokens"]):
        assert [each.values[row] for each in chart.series if each.values[row] is not None] == [tokens]
    assert chart.notes == ()


def test_bars_that_are_left_out_are_counted(shown: Shown, many: Dataset) -> None:
    chart = only(shown("leaderboard", many, scope=LISTED))
    assert len(chart.categories) == MOST_BARS
    assert [str(note) for note in chart.notes] == [f"Shown: the first {MOST_BARS} of 40 rows."]


def test_a_free_model_is_on_no_logarithmic_axis_and_said_to_be_missing(shown: Shown) -> None:
    chart = only(shown("prices"))
    assert chart.up.log
    assert by_name(chart) == {"Input": (0.5, 3), "Output": (2.0, 15)}
    assert [str(note) for note in chart.notes] == ["Not drawn, for want of a value above 0: third:free."]
    linear = only(shown("prices", pricing=Pricing(linear=True, compared=Compared.BLENDED)))
    assert not linear.up.log
    assert 0 in by_name(linear)["Blended"]


def test_points_are_price_and_use(shown: Shown, used: Used) -> None:
    exhibit = shown("price_usage")
    chart = only(exhibit)
    values = exhibit.table.values
    paid = {
        (price, tokens)
        for price, tokens in zip(values["blended"], values["tokens"], strict=True)
        if cast(float, price) > 0
    }
    assert {pair for each in chart.series for pair in zip(each.across, each.values, strict=True)} == paid
    assert len(paid) == 2
    assert chart.series[0].labels == {0: "first"}
    assert [str(note) for note in chart.notes] == ["Not drawn on logarithmic axes: one free model."]


def test_the_longest_series_of_points_comes_first(shown: Shown) -> None:
    exhibit = shown("price_usage")
    table = replace(cast(PointTable, exhibit.table), steps=("qwen/first", "google/second"))
    chart = only(replace(exhibit, table=table))
    assert [(len(each.values), each.step) for each in chart.series] == [(3, True), (1, False), (1, False)]


@pytest.mark.parametrize(
    ("values", "how", "wanted"),
    [
        ((0.02, 12.0), {"log": True}, (0.01, 100.0)),
        ((1.0,), {"log": True}, (1.0, 10.0)),
        ((None, 41.3, 77.2), {"log": False, "whole": False}, (40, 80)),
        ((41.3, 77.2), {"log": False}, (0, 80)),
        ((0.31, 0.52), {"log": False, "whole": False}, (0.3, 0.55)),
        ((5.0,), {"log": False, "whole": False}, (5, 6)),
        ((), {"log": False}, (0, 1)),
    ],
)
def test_an_axis_ends_at_round_numbers(values: Any, how: Any, wanted: tuple[float, float]) -> None:
    assert reach(values, **how) == pytest.approx(wanted)


def test_labels_of_points_are_apart_on_the_axes_that_are_drawn(shown: Shown) -> None:
    exhibit = shown("price_usage")
    usual = cast(PointTable, exhibit.table)
    # Near to one another on axes from 0.01 to 10, though at the ends of what there is.
    values = {**usual.values, "blended": (0.99, 1.2, 1.0), "tokens": (1e9, 1.01e9, 1.02e9)}
    drawn = {key: tuple(values[key])[:3] for key in values}
    names = ("first", "second", "third")
    table = replace(usual, values=drawn, ids=tuple(usual.ids)[:3], names=names)
    chart = only(replace(exhibit, table=table))
    assert chart.across.reach == (0.1, 10.0)
    assert chart.up.reach == (1e9, 1e10)
    assert [name for each in chart.series for name in each.labels.values()] == ["first"]


@pytest.mark.parametrize(
    ("days", "most", "wanted"),
    [
        (29, 9.6, ("days", 7, "d mmm")),
        (6, 9.6, ("days", 1, "d mmm")),
        (25, 9.6, ("days", 3, "d mmm")),
        (80, 9.6, ("days", 14, "d mmm")),
        (90, 9.6, ("months", 1, "mmm yyyy")),
        (365, 6.0, ("months", 2, "mmm yyyy")),
    ],
)
def test_days_are_ticked_by_days_weeks_or_months(days: int, most: float, wanted: tuple[str, int, str]) -> None:
    found = chart_formats.ticks(days, most)
    assert (found.unit, found.step, found.format) == wanted
    assert wanted[0] == "months" or 4 <= days / found.step + 1 <= most + 1


def test_steps_hold_each_price_on_its_days(shown: Shown) -> None:
    exhibit = shown("price_history")
    table = cast(StepTable, exhibit.table)
    chart = only(exhibit)
    lines = by_name(chart)
    days = cast("tuple[date, ...]", chart.categories)
    assert chart.form is Form.LINES
    assert list(days) == sorted({*table.values["from"], *table.values["to"]})  # type: ignore[type-var]
    for row, name in enumerate(table.names):
        first, last = cast(date, table.values["from"][row]), cast(date, table.values["to"][row])
        price = table.values["blended"][row]
        if not price:
            continue
        held = {lines[name][at] for at, day in enumerate(days) if first <= day <= last}
        assert held == {price}


def test_no_line_reaches_across_days_without_a_price(shown: Shown) -> None:
    whole = shown("price_history", pricing=Pricing(linear=True))
    table = cast(StepTable, whole.table)
    first = cast("list[date]", list(table.values["from"]))
    ends = [
        last - timedelta(days=3) if last - begin > timedelta(days=6) else last
        for begin, last in zip(first, cast("list[date]", list(table.values["to"])), strict=True)
    ]
    assert ends != list(table.values["to"])
    chart = only(replace(whole, table=replace(table, values={**table.values, "to": ends})))
    held = {name: set[date]() for name in table.names}
    for name, begin, last in zip(table.names, first, ends, strict=True):
        held[name] |= {begin + timedelta(days=n) for n in range((last - begin).days + 1)}
    for name, values in by_name(chart).items():
        drawn = [None if value is None else day for day, value in zip(chart.categories, values, strict=True)]
        for start, stop in pairwise(cast("list[date | None]", drawn)):
            if start is not None and stop is not None:
                assert {start + timedelta(days=n) for n in range((stop - start).days + 1)} <= held[name]


def test_a_chart_of_nothing_that_can_be_drawn_is_none(shown: Shown, world_of: Callable[..., Dataset]) -> None:
    free = world_of({("mistralai/third:free", day): 5 for day in range(7)}, {"mistralai": "FR"})
    exhibit = shown("prices", free)
    assert len(exhibit.table)
    assert charts(exhibit) == ()


def test_the_lens_is_a_chart_per_scope(shown: Shown) -> None:
    exhibit = shown("share", lens=True)
    made = charts(exhibit)
    assert [chart.heading.split(" · ")[0] for chart in made] == ["Top 5", "Top 10", "All listed", "All tokens"]
    drawn = sorted(v for chart in made for each in chart.series for v in each.values if v is not None)
    assert drawn == sorted(int(value) for value in cast(Any, exhibit.table.values["tokens"]))


def test_what_has_no_rows_has_no_chart(shown: Shown) -> None:
    nothing = span(date(2020, 1, 1), date(2020, 1, 7))
    assert all(charts(shown(view, span=nothing)) == () for view in ("share", "leaderboard", "prices", "price_usage"))


def test_the_marked_stand_out(shown: Shown) -> None:
    plain, marked = (only(shown("share", countries=frozenset(codes))) for codes in ((), ("CN",)))
    changed = [a.name for a, b in zip(plain.series, marked.series, strict=True) if a.colour != b.colour]
    assert changed == ["United States", "France", "Unattributed"]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.TOKENS, 4.1e12, "T"),
        (Kind.TOKENS, 26e12, "T"),
        (Kind.TOKENS, 4.1e9, "B"),
        (Kind.TOKENS, 999e9, "B"),
        (Kind.TOKENS, 12e6, "M"),
        (Kind.MONEY, 74e6, "M"),
        (Kind.SHARE, 0.4, "%"),
        (Kind.PRICE, 25.0, "$"),
    ],
)
def test_axes_say_their_unit_and_never_an_exponent(kind: Kind, value: float, expected: str) -> None:
    code = chart_formats.axis(kind, [value, value / 3, None])
    assert expected in code
    assert "General" not in code
    assert printed(code, value).rstrip(expected).strip("$")[:3].replace(".", "").isdigit()


def printed(code: str, value: float) -> str:
    """What a spreadsheet makes of the first part of a format code."""
    part = code.partition(";")[0].rpartition("]")[2]
    scaled = value * 100 if "%" in part else value / 1000 ** part.count(",")
    decimals = part.split(".")[1].count("0") if "." in part else 0
    assert math.isfinite(scaled)
    assert scaled < 1000
    return f"{scaled:.{decimals}f}"


def as_printed(code: str, value: float) -> str:
    """What a spreadsheet makes of a number by a format with conditions or signs."""
    sections = code.split(";")
    if "[" in code:
        section = next(each for each in sections if "[" not in each or value >= float(each[3 : each.index("]")]))
    else:
        section = sections[0 if value > 0 else 1]
    section = section.rpartition("]")[2]
    digits = re.search(r"0(?:\.(0*)(#*))?", section)
    assert digits is not None
    least, more = (len(found or "") for found in digits.groups())
    number = f"{abs(value) / 1000 ** section.rpartition('0')[2].count(','):.{least + more}f}"
    while more and number.endswith("0"):
        number, more = number[:-1], more - 1
    return number + "".join(re.findall(r'"(\w)"', section))


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        (chart_formats.label(Kind.TOKENS, [1.2e12, 4e8]), 4e8, "400.0M"),
        (chart_formats.label(Kind.TOKENS, [1.2e12, 4e8]), 1.2e12, "1.20T"),
        (chart_formats.label(Kind.TOKENS, [1.2e12, 4e8]), 7.31e10, "73.1B"),
        (chart_formats.label(Kind.TOKENS, [5e6, 300]), 300, "300"),
        (chart_formats.label(Kind.TOKENS_CHANGE, [1.2e12, -4e8]), -4e8, "0.40B"),
        (chart_formats.label(Kind.TOKENS_CHANGE, [1.2e12, -4e11]), 1.2e12, "1.20T"),
        (chart_formats.label(Kind.MONEY, [1.2e6, 40]), 40, "40"),
        (chart_formats.axis(Kind.TOKENS, [4e12, 4e8], log=True), 1e8, "100M"),
        (chart_formats.axis(Kind.TOKENS, [4e12, 4e5], log=True), 1e5, "0.1M"),
        (chart_formats.axis(Kind.TOKENS, [4e12, 4e8]), 5e11, "500B"),
    ],
)
def test_a_small_number_beside_a_large_one_keeps_a_digit(code: str, value: float, said: str) -> None:
    assert as_printed(code, value) == said
