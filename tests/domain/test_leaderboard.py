"""Order, ranks, changes and shares of the leaderboard, counted again by plain pandas."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from explorer.domain import leaderboard, units
from explorer.domain.periods import Grain, Span, span
from explorer.domain.schema import DatedPrices, Price, to_day
from explorer.domain.selection import ALL, LISTED, Grouping, Scope, Selection
from explorer.domain.table import Table

FAST = settings(max_examples=40, deadline=None)
WEEK = span(date(2026, 2, 9), date(2026, 2, 15))
scopes = st.sampled_from((Scope(1), Scope(3), Scope(50), LISTED, ALL))


def column(table: Table, key: str) -> list[Any]:
    return list(table.values[key])


def window_before(window: Span) -> Span:
    """The calendar month before a calendar month, else the run of days of the same length before."""
    start, end = pd.Timestamp(window.start), pd.Timestamp(window.end)
    if start.is_month_start and end.is_month_end and start.to_period("M") == end.to_period("M"):
        month = start.to_period("M") - 1
        return span(month.start_time.date(), month.end_time.date())
    return span((start - (end - start) - pd.Timedelta(days=1)).date(), (start - pd.Timedelta(days=1)).date())


def complete(world: Any, window: Span) -> bool:
    return world.inside(window).day.nunique() == (window.end - window.start).days + 1


def change(now: int, before: int, comparable: bool) -> float:
    if not comparable:
        return math.nan
    return now / before - 1 if before else math.inf


def counted(world: Any, window: Span, scope: Scope) -> pd.DataFrame:
    """The leaderboard by pandas, `other` last where the scope has it."""
    ordered, inside, earlier = world.ordered(window), world.inside(window), world.inside(window_before(window))
    kept = ordered[: scope.top]
    other = int(inside[inside.model == "other"].tokens.sum()) if scope.other else 0
    in_scope = sum(n for _, n in kept) + other
    comparable = complete(world, window) and complete(world, window_before(window))
    old = {model: rank for rank, (model, _) in enumerate(world.ordered(window_before(window)), start=1)}
    before = earlier.groupby("model").tokens.sum().to_dict()
    rows = [
        {
            "rank": rank,
            "model": model,
            "author": world.group(model, Grouping.AUTHOR, window.end),
            "country": world.group(model, Grouping.COUNTRY, window.end),
            "tokens": n,
            "rank_change": old[model] - rank if comparable and model in old else math.nan,
        }
        for rank, (model, n) in enumerate(kept, start=1)
    ]
    if other:
        nobody = "Unattributed"
        rows.append(
            {"rank": None, "model": "other", "author": nobody, "country": nobody, "tokens": other}
            | {"rank_change": math.nan}
        )
    for row in rows:
        row["share"] = row["tokens"] / in_scope
        row["share_of_all"] = row["tokens"] / int(inside.tokens.sum())
        row["change"] = change(row["tokens"], before.get(row["model"], 0), comparable)
    return pd.DataFrame(rows)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_leaderboard_is_what_pandas_counts(data: st.DataObject, worlds: Any, windows: Callable[..., Any]) -> None:
    world = data.draw(worlds)
    window, scope = data.draw(windows(world)), data.draw(scopes)
    assume(world.inside(window).tokens.sum() > 0)
    expected = counted(world, window, scope)
    table = leaderboard.table(world.dataset, Selection(brush=window, scope=scope))
    assert len(table) == len(expected)
    for key in expected.columns:
        found, wanted = column(table, key), expected[key].tolist()
        if key in ("share", "share_of_all", "change", "rank_change"):
            assert found == pytest.approx(wanted, rel=1e-12, nan_ok=True), key
        else:
            assert [x for x in found if pd.notna(x)] == [x for x in wanted if pd.notna(x)], key
    assert table.ids == tuple(expected.get("model", ()))
    assert len(set(table.names)) == len(table)


@FAST
@given(data=st.data())
def test_shares_of_the_scope_sum_to_one(data: st.DataObject, worlds: Any, windows: Callable[..., Any]) -> None:
    world = data.draw(worlds)
    table = leaderboard.table(
        world.dataset, Selection(brush=data.draw(windows(world)), scope=data.draw(st.sampled_from((LISTED, ALL))))
    )
    assume(len(table))
    assert sum(column(table, "share")) == pytest.approx(1)


@FAST
@given(data=st.data())
def test_trends_are_tokens_per_whole_period_and_nothing_where_days_or_the_model_are_missing(
    data: st.DataObject, worlds: Any
) -> None:
    world, grain = data.draw(worlds), data.draw(st.sampled_from((Grain.DAY, Grain.WEEK)))
    table = leaderboard.table(world.dataset, Selection(grain=grain))
    assume(len(table))
    daily = world.long.pivot_table(index="day", columns="model", values="tokens", aggfunc="sum")
    daily = daily.fillna(0).reindex(pd.date_range(world.days.start, world.days.end))
    sums = daily.resample("D" if grain is Grain.DAY else "W-SUN").sum(min_count=1 if grain is Grain.DAY else 7)
    trends = table.values["trend"]
    assert len(trends) == len(table)
    for model, trend in zip(table.ids, trends, strict=True):
        np.testing.assert_array_equal(trend, sums[model].where(sums[model] > 0).to_numpy(np.float64))


def test_ties_rank_by_name_and_models_without_tokens_are_not_ranked(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-01", model): n for model, n in (("c/c", 5), ("a/a", 5), ("b/b", 9), ("d/d", 0))}
    table = leaderboard.table(world_of(rows).dataset, Selection(scope=LISTED))
    assert list(zip(table.values["rank"], table.ids, strict=True)) == [(1, "b/b"), (2, "a/a"), (3, "c/c")]
    assert str(table.caption.scope).startswith("all 3 named models")


@pytest.mark.parametrize(
    ("tokens", "title"),
    [
        ({"a/a": 5, "b/b": 5, "c/c": 1}, "Which models led on 1 Feb 2026?"),
        ({"a/a": 5, "b/b": 4, "c/c": 4}, "a led on 1 Feb 2026"),
        ({"a/a": 5, "other": 5}, "a led on 1 Feb 2026"),
        ({"a/a": 5}, "a led on 1 Feb 2026"),
    ],
)
@pytest.mark.parametrize("scope", [ALL, LISTED, Scope(1)])
def test_the_title_names_a_model_that_led_alone(
    world_of: Callable[..., Any], tokens: dict[str, int], title: str, scope: Scope
) -> None:
    dataset = world_of({("2026-02-01", model): n for model, n in tokens.items()}).dataset
    assert str(leaderboard.table(dataset, Selection(scope=scope, grain=Grain.DAY)).caption.title) == title


def days(first: int, last: int, tokens: dict[str, int], but: int = 0) -> dict[tuple[str, str], int]:
    return {(f"2026-02-{d:02}", m): n for d in range(first, last + 1) if d != but for m, n in tokens.items()}


def test_changes_on_the_week_before(world_of: Callable[..., Any]) -> None:
    rows = days(2, 8, {"a/a": 10, "b/b": 20, "c/c": 30}) | days(9, 15, {"a/a": 40, "b/b": 10, "d/d": 5})
    table = leaderboard.table(world_of(rows).dataset, Selection(brush=WEEK))
    assert table.ids == ("a/a", "b/b", "d/d")
    assert table.names == ("a", "b", "d")
    assert table.values["rank_change"] == pytest.approx([2, 0, math.nan], nan_ok=True)
    assert table.values["change"] == pytest.approx([3.0, -0.5, math.inf])
    assert "Changes compare with 2–8 Feb 2026." in [str(note) for note in table.caption.notes]


@pytest.mark.parametrize(
    ("missing", "note"),
    [
        (12, "Partial: 6 of 7 days "),
        (4, "No change is shown: 2–8 Feb 2026 "),
    ],
)
def test_no_change_is_shown_where_a_day_is_missing(world_of: Callable[..., Any], missing: int, note: str) -> None:
    table = leaderboard.table(world_of(days(2, 15, {"a/a": 10}, but=missing)).dataset, Selection(brush=WEEK))
    assert math.isnan(column(table, "change")[0])
    assert math.isnan(column(table, "rank_change")[0])
    assert str(table.caption.notes[0]).startswith(note)


def test_no_change_is_shown_while_a_day_of_the_window_is_not_over(world_of: Callable[..., Any]) -> None:
    world = world_of(days(2, 15, {"a/a": 10}), as_of="2026-02-15T13:00:00Z")
    table = leaderboard.table(world.dataset, Selection(brush=WEEK))
    assert str(table.caption.notes[0]).startswith("Partial: 6 of 7 days ")
    assert math.isnan(column(table, "change")[0])


def test_a_search_hides_rows_and_changes_no_number(world_of: Callable[..., Any]) -> None:
    dataset = world_of(days(2, 8, {"google/gemini": 6, "qwen/a": 3, "qwen/b:free": 1, "other": 10})).dataset
    table = leaderboard.table(dataset, Selection(search="CHINA qwen"))
    assert table.ids == ("qwen/a", "qwen/b:free")
    assert table.values["rank"] == [2, 3]
    assert table.values["share"] == pytest.approx([0.15, 0.05])
    assert [str(f) for f in table.caption.filters] == ["search “CHINA qwen”"]
    nothing = leaderboard.table(dataset, Selection(search="zebra"))
    assert str(nothing.empty) == "No model matches “zebra”. Clear the search to see all."


def test_marks_dim_the_rest_and_change_no_number(world_of: Callable[..., Any]) -> None:
    dataset = world_of(days(2, 8, {"google/gemini": 6, "qwen/a": 3, "mistralai/m": 1})).dataset
    marked = leaderboard.table(dataset, Selection(countries=frozenset({"CN"}), authors=frozenset({"mistralai"})))
    assert marked.marked == {"qwen/a", "mistralai/m"}
    assert marked.ids == ("google/gemini", "qwen/a", "mistralai/m")


def test_prices_stand_beside_the_models_with_their_source_and_date(world_of: Callable[..., Any]) -> None:
    listed = DatedPrices(to_day(date(2026, 2, 1)), "OpenRouter models", (Price("qwen/a", "", "A", 0.3, 1.1),))
    world = world_of(days(2, 8, {"google/b": 6, "qwen/a": 3, "other": 1}), prices=(listed,))
    table = leaderboard.table(world.dataset, Selection())
    assert table.values["input"] == pytest.approx([math.nan, 0.3, math.nan], nan_ok=True)
    assert table.values["output"] == pytest.approx([math.nan, 1.1, math.nan], nan_ok=True)
    assert table.values["price_source"] == ["", "OpenRouter models", ""]
    assert table.values["price_date"] == [None, date(2026, 2, 1), None]
    assert all(len(table.values[column.key]) == 3 for column in table.columns)


def test_a_price_list_whose_date_is_not_stated_shows_none(world_of: Callable[..., Any]) -> None:
    listed = DatedPrices(to_day(date(2026, 2, 1)), "OpenRouter models", (Price("qwen/a", "", "A", 0.3, 1.1),), False)
    table = leaderboard.table(world_of(days(2, 8, {"qwen/a": 3}), prices=(listed,)).dataset, Selection())
    assert (table.values["input"], table.values["price_source"]) == ([0.3], ["OpenRouter models"])
    assert table.values["price_date"] == [None]


def test_days_of_nothing_but_zeros_are_said_in_a_sentence(world_of: Callable[..., Any]) -> None:
    table = leaderboard.table(world_of({("2026-02-01", "a/a"): 0}).dataset, Selection())
    assert len(table) == 0
    assert table.empty is not None and "“”" not in str(table.empty)


def test_days_of_nothing_but_other_are_said_in_a_sentence(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-01", "other"): 5}).dataset
    table = leaderboard.table(dataset, Selection(scope=Scope(5)))
    assert len(table) == 0
    assert table.empty is not None and "“”" not in str(table.empty)
    assert leaderboard.table(dataset, Selection(scope=ALL)).ids == ("other",)


def test_a_window_without_data_is_said_in_a_sentence(world_of: Callable[..., Any]) -> None:
    dataset = world_of(days(2, 8, {"a/a": 1})).dataset
    table = leaderboard.table(dataset, Selection(brush=WEEK))
    assert str(table.empty) == "There is no data in this window. The data runs 2–8 Feb 2026."
    assert list(table.rows()) == []


def test_four_chinese_models_hold_most_of_the_top_five_in_the_week_of_the_stories(history: Any) -> None:
    window = span(date(2026, 2, 16), date(2026, 2, 22))
    table = leaderboard.table(history.dataset, Selection(brush=window, scope=Scope(5)))
    assert table.ids == (
        "minimax/minimax-m2.5",
        "moonshotai/kimi-k2.5",
        "google/gemini-3-flash-preview",
        "z-ai/glm-5",
        "deepseek/deepseek-v3.2",
    )
    shares = list(zip(column(table, "country"), column(table, "share"), strict=True))
    chinese = [share for country, share in shares if country == "CN"]
    assert len(chinese) == 4
    assert units.percent(sum(chinese)) == f"85.7{units.THIN}%"


def test_the_caption_states_the_denominator_of_the_stories_week(history: Any) -> None:
    table = leaderboard.table(history.dataset, Selection(brush=WEEK, scope=Scope(9)))
    assert str(table.caption.scope) == f"top 9 of 60 models, 53.7{units.THIN}% of all tokens"
    assert str(table.caption.source) == "Source: OpenRouter (openrouter.ai/rankings), as of 5 May 2026."
    assert str(table.caption.title) == "minimax-m2.5 led in the week of 9–15 Feb 2026"
    assert table.values["tokens"][0] == 1_438_446_017_000


@pytest.mark.parametrize("window", [WEEK, span(date(2026, 3, 1), date(2026, 3, 31)), WEEK.before()])
def test_the_real_history_is_what_pandas_counts(history: Any, window: Span) -> None:
    expected = counted(history, window, ALL)
    table = leaderboard.table(history.dataset, Selection(brush=window))
    assert table.ids == tuple(expected.model)
    assert table.values["tokens"] == expected.tokens.tolist()
    for key in ("share", "share_of_all", "change", "rank_change"):
        assert table.values[key] == pytest.approx(expected[key].tolist(), rel=1e-12, nan_ok=True)
