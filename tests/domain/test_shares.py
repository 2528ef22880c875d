"""Tokens and shares by period and group, counted again by plain pandas."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain import shares, units
from explorer.domain.origins import Known
from explorer.domain.periods import Grain, Span, span
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Scope, Selection, Variants
from explorer.domain.table import Table

FAST = settings(max_examples=40, deadline=None)
scopes = st.sampled_from((Scope(1), Scope(2), Scope(5), Scope(50), LISTED, ALL))
WEEK = span(date(2026, 2, 9), date(2026, 2, 15))


def column(table: Table, key: str) -> list[Any]:
    return list(table.values[key])


CALENDAR = {Grain.DAY: "D", Grain.WEEK: "W-SUN", Grain.SUNDAY_WEEK: "W-SAT", Grain.MONTH: "M"}
DAYS = {Grain.DAYS_7: 7, Grain.DAYS_28: 28, Grain.DAYS_30: 30}


def period_keys(days: pd.Series, grain: Grain) -> pd.Series:
    """What the days of a period share; trailing windows count back from the last of the days."""
    if grain in CALENDAR:
        return days.dt.to_period(CALENDAR[grain]).astype(str)
    back = (days.max() - days).dt.days
    return (back // DAYS[grain] if grain in DAYS else back * 0).astype(str)


def whole_days(day: pd.Timestamp, grain: Grain, asked: Span) -> int:
    if grain in CALENDAR:
        period = day.to_period(CALENDAR[grain])
        return (period.end_time.normalize() - period.start_time).days + 1
    return DAYS.get(grain, len(asked))


def counted(world: Any, asked: Span, selection: Selection) -> list[dict[str, Any]]:
    """The chart by pandas: for each period its ends, days, tokens by group and denominators."""
    calendar = pd.DataFrame({"day": pd.date_range(asked.start, asked.end)})
    calendar["period"] = period_keys(calendar.day, selection.grain)
    then = selection.known is Known.THEN
    calendar["on"] = calendar.groupby("period").day.transform("max") if then else calendar.day.max()
    rows = world.inside(asked).merge(calendar, on="day")
    if selection.variants is Variants.MERGED:
        rows["model"] = rows.model.str.split(":").str[0]
    rows["group"] = [
        world.group(model, selection.grouping, on.date(), selection.known.value)
        for model, on in zip(rows.model, rows.on, strict=True)
    ]
    rows.loc[rows.model == "other", "group"] = "Unattributed" if selection.grouping is Grouping.COUNTRY else "other"
    days, everything = rows.groupby("period").day.nunique(), rows.groupby("period").tokens.sum()
    sums = rows[rows.tokens > 0].groupby(["period", "model", "group"], as_index=False).tokens.sum()
    named = sums[sums.model != "other"].sort_values(["tokens", "model"], ascending=[False, True])
    kept = named if selection.scope.top is None else named.groupby("period").head(selection.scope.top)
    scoped = pd.concat([kept, sums[sums.model == "other"]]) if selection.scope.other else kept
    tokens = scoped.groupby(["period", "group"]).tokens.sum().to_dict()
    return [
        {
            "window": span(inside.min().date(), inside.max().date()),
            "present": int(days.get(period, 0)),
            "whole": whole_days(inside.min(), selection.grain, asked),
            "tokens": {group: n for (key, group), n in tokens.items() if key == period},
            "scope": sum(n for (key, _), n in tokens.items() if key == period),
            "all": int(everything.get(period, 0)),
        }
        for period, inside in calendar.groupby("period", sort=False).day
    ]


@FAST
@given(data=st.data())
def test_the_chart_is_what_pandas_counts(data: st.DataObject, worlds: Any, windows: Callable[..., Any]) -> None:
    world = data.draw(worlds)
    selection = Selection(
        span=data.draw(st.none() | windows(world)),
        grain=data.draw(st.sampled_from(Grain)),
        scope=data.draw(scopes),
        grouping=data.draw(st.sampled_from(Grouping)),
        known=data.draw(st.sampled_from(Known)),
        variants=data.draw(st.sampled_from(Variants)),
    )
    expected = counted(world, selection.span or world.days, selection)
    table = shares.table(world.dataset.under(selection), selection)
    if not sum(period["scope"] for period in expected):
        assert table.empty is not None and len(table) == 0
        return
    series = table.series
    assert list(series.spans) == [period["window"] for period in expected]
    assert series.present.tolist() == [period["present"] for period in expected]
    assert series.whole.tolist() == [period["whole"] for period in expected]
    assert series.partial.tolist() == [period["present"] < period["whole"] for period in expected]
    assert series.gap.tolist() == [period["present"] == 0 for period in expected]
    assert series.scope_total.tolist() == [period["scope"] for period in expected]
    assert series.all_total.tolist() == [period["all"] for period in expected]
    groups = set().union(*(period["tokens"] for period in expected))
    assert set(series.groups) == groups and len(series.groups) == len(groups)
    for row, period in zip(series.tokens.tolist(), expected, strict=True):
        assert dict(zip(series.groups, row, strict=True)) == {g: period["tokens"].get(g, 0) for g in groups}
    totals = {group: sum(period["tokens"].get(group, 0) for period in expected) for group in groups}
    last = ("Unattributed", "other")
    assert list(series.groups) == sorted(groups, key=lambda group: (group in last, -totals[group], group))


@FAST
@given(data=st.data())
def test_the_table_has_a_row_per_period_with_data_and_group(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    selection = Selection(
        grain=data.draw(st.sampled_from(Grain)),
        scope=data.draw(scopes),
        grouping=data.draw(st.sampled_from(Grouping)),
        measure=Measure.SHARE,
    )
    table = shares.table(world.dataset, selection)
    expected = [
        (
            *(np.datetime64(end) for end in (period["window"].start, period["window"].end)),
            group,
            period["tokens"].get(group, 0),
            pytest.approx(period["tokens"].get(group, 0) / period["scope"] if period["scope"] else np.nan, nan_ok=True),
            period["present"] < period["whole"],
        )
        for period in counted(world, world.days, selection)
        if period["present"]
        for group in table.series.groups
        if selection.grouping is not Grouping.MODEL or period["tokens"].get(group)
    ]
    assert list(table.rows()) == expected
    assert table.ids == tuple(row[2] for row in expected)
    assert [column.key for column in table.columns] == [
        "period_start",
        "period_end",
        "group",
        "tokens",
        "share",
        "partial",
    ]


@FAST
@given(data=st.data())
def test_the_shares_of_a_period_sum_to_one(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    selection = Selection(
        grain=data.draw(st.sampled_from(Grain)),
        scope=data.draw(scopes),
        grouping=data.draw(st.sampled_from(Grouping)),
    )
    series = shares.table(world.dataset, selection).series
    there = series.scope_total > 0
    assert series.shares[there].sum(axis=1) == pytest.approx(np.ones(np.count_nonzero(there)))
    assert np.isnan(series.shares[series.gap]).all()


def test_a_missing_day_is_a_gap_and_no_zero(world_of: Callable[..., Any]) -> None:
    world = world_of({("2026-02-01", "google/a"): 4, ("2026-02-02", "google/a"): 5, ("2026-02-04", "google/a"): 6})
    table = shares.table(world.dataset, Selection(grain=Grain.DAY))
    assert table.series.gap.tolist() == [False, False, True, False]
    assert np.isnan(table.series.shares[2, 0])
    assert column(table, "tokens") == [4, 5, 6]
    assert [str(day) for day in table.values["period_start"]] == ["2026-02-01", "2026-02-02", "2026-02-04"]
    assert "No data: 3 Feb 2026." in [str(note) for note in table.caption.notes]


def test_gaps_side_by_side_are_one_and_no_more_than_three_are_listed(world_of: Callable[..., Any]) -> None:
    def said(*present: int) -> list[str]:
        rows = {(f"2026-02-{day:02}", "google/a"): 4 for day in present}
        return [str(note) for note in shares.table(world_of(rows).dataset, Selection(grain=Grain.DAY)).caption.notes]

    assert said(1, 4, 5, 7)[0] == "No data: 2–3 Feb 2026, 6 Feb 2026."
    assert said(1, 4, 6, 8)[0] == "No data: 2–3 Feb 2026, 5 Feb 2026, 7 Feb 2026."
    assert said(1, 4, 6, 8, 10)[0] == "No data: 2–3 Feb 2026, 5 Feb 2026, 7 Feb 2026 …."


def test_a_model_missing_on_a_day_with_data_is_a_zero(world_of: Callable[..., Any]) -> None:
    world = world_of({("2026-02-01", "google/a"): 4, ("2026-02-01", "qwen/b"): 5, ("2026-02-02", "google/a"): 6})
    series = shares.table(world.dataset, Selection(grain=Grain.DAY)).series
    assert dict(zip(series.groups, series.tokens.T.tolist(), strict=True)) == {"US": [4, 6], "CN": [5, 0]}
    assert not series.gap.any()


def test_a_model_that_a_period_does_not_name_has_no_row_there(world_of: Callable[..., Any]) -> None:
    """Upstream counts it in `other` then; countries and authors are summed over what is named."""
    rows = {("2026-02-01", "google/a"): 4, ("2026-02-01", "qwen/b"): 5, ("2026-02-02", "google/a"): 6}
    dataset = world_of({**rows, ("2026-02-02", "qwen/b"): 0, ("2026-02-02", "other"): 2}).dataset
    table = shares.table(dataset, Selection(grain=Grain.DAY, grouping=Grouping.MODEL))
    first, second = np.datetime64("2026-02-01"), np.datetime64("2026-02-02")
    assert list(zip(table.values["period_start"], table.ids, table.values["tokens"], strict=True)) == [
        (first, "google/a", 4),
        (first, "qwen/b", 5),
        (second, "google/a", 6),
        (second, "other", 2),
    ]
    assert column(table, "group") == list(table.ids)
    assert column(table, "share") == pytest.approx([4 / 9, 5 / 9, 6 / 8, 2 / 8])
    scoped = shares.table(dataset, Selection(grain=Grain.DAY, grouping=Grouping.MODEL, scope=Scope(1)))
    assert scoped.ids == ("qwen/b", "google/a")
    by_author = shares.table(dataset, Selection(grain=Grain.DAY, grouping=Grouping.AUTHOR))
    assert by_author.ids == ("google", "qwen", "other") * 2


def test_the_day_that_is_not_over_is_partial_and_no_gap(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-01", "google/a"): 4, ("2026-02-02", "google/a"): 1}
    for grain in (Grain.DAY, Grain.WEEK):  # 2 February 2026 is a Monday
        table = shares.table(world_of(rows, as_of="2026-02-02T13:00:00Z").dataset, Selection(grain=grain))
        assert table.series.gap.tolist() == [False, False]
        assert table.series.partial.tolist() == [grain is Grain.WEEK, True]
        assert column(table, "tokens") == [4, 1]


def test_partial_weeks_at_both_ends_are_named(world_of: Callable[..., Any]) -> None:
    rows = {(f"2026-02-{day:02}", "google/a"): 4 for day in range(7, 18)}  # Saturday to Tuesday
    table = shares.table(world_of(rows).dataset, Selection())
    assert table.series.partial.tolist() == [True, False, True]
    assert [s.end for s in table.series.spans] == [date(2026, 2, 8), date(2026, 2, 15), date(2026, 2, 17)]
    assert "Hatched: partial (7–8 Feb 2026, 16–17 Feb 2026)." in [str(note) for note in table.caption.notes]


def test_the_top_models_are_those_of_each_period_and_ties_go_by_name(world_of: Callable[..., Any]) -> None:
    rows = {
        ("2026-02-01", "google/a"): 9,
        ("2026-02-01", "mistralai/b"): 3,
        ("2026-02-01", "qwen/c"): 3,
        ("2026-02-02", "google/a"): 1,
        ("2026-02-02", "mistralai/b"): 2,
        ("2026-02-02", "qwen/c"): 3,
    }
    series = shares.table(world_of(rows).dataset, Selection(grain=Grain.DAY, scope=Scope(2))).series
    found = dict(zip(series.groups, series.tokens.T.tolist(), strict=True))
    assert found == {"US": [9, 0], "FR": [3, 2], "CN": [0, 3]}
    assert (series.scope_total.tolist(), series.all_total.tolist()) == ([12, 5], [15, 6])


def test_the_origin_that_holds_is_that_of_the_last_day(world_of: Callable[..., Any]) -> None:
    rows = {("2025-08-30", "nomad/a"): 4, ("2025-09-02", "nomad/a"): 5}
    dataset = world_of(rows).dataset
    assert shares.table(dataset, Selection()).series.groups == ("US",)
    until = span(date(2025, 8, 1), date(2025, 8, 31))
    assert shares.table(dataset, Selection(span=until)).series.groups == ("FR",)


PONY = "openrouter/pony-alpha"


def straddling(world_of: Callable[..., Any]) -> Any:
    """Three weeks to 1 March 2026; whose the anonymous model is was said on the Wednesday of the second."""
    days = [f"{day:%Y-%m-%d}" for day in pd.date_range("2026-02-09", "2026-03-01")]
    rows = {(day, model): n for day in days for model, n in ((PONY, 5), ("qwen/b", 1), ("google/a", 3))}
    return world_of(rows, reveals={PONY: ("qwen", date(2026, 2, 18))}).dataset


@pytest.mark.parametrize(
    ("known", "grain", "china", "unattributed"),
    [
        (Known.NOW, Grain.WEEK, [42, 42, 42], None),
        (Known.THEN, Grain.WEEK, [7, 42, 42], [35, 0, 0]),
        (Known.THEN, Grain.DAYS_28, [126], None),
        (Known.THEN, Grain.DAY, [1] * 9 + [6] * 12, [5] * 9 + [0] * 12),
    ],
)
def test_as_known_then_each_period_counts_by_what_was_known_at_its_end(
    world_of: Callable[..., Any], known: Known, grain: Grain, china: list[int], unattributed: list[int] | None
) -> None:
    selection = Selection(known=known, grain=grain)
    series = shares.table(straddling(world_of).under(selection), selection).series
    found = dict(zip(series.groups, series.tokens.T.tolist(), strict=True))
    assert (found["CN"], found.get("Unattributed")) == (china, unattributed)
    assert sum(map(sum, found.values())) == 21 * 9


def test_a_marked_model_marks_every_band_that_it_was_in(world_of: Callable[..., Any]) -> None:
    dataset = straddling(world_of)

    def marked(known: Known, **changes: Any) -> frozenset[str]:
        selection = Selection(known=known, **changes)
        return shares.table(dataset.under(selection), selection).marked

    assert marked(Known.NOW, models=frozenset({PONY})) == {"CN"}
    assert marked(Known.THEN, models=frozenset({PONY})) == {"CN", "Unattributed"}
    by_author = {"grouping": Grouping.AUTHOR, "countries": frozenset({"CN"})}
    assert marked(Known.THEN, **by_author) == {"qwen"}
    assert marked(Known.THEN, **by_author | {"countries": frozenset({"Unattributed"})}) == {"Unattributed"}


def test_bands_are_called_by_their_newest_name(world_of: Callable[..., Any]) -> None:
    days = pd.date_range("2025-08-29", "2025-09-04")
    dataset = world_of({(f"{day:%Y-%m-%d}", "nomad/a"): 4 for day in days}).dataset
    selection = Selection(known=Known.THEN, grain=Grain.DAY, grouping=Grouping.AUTHOR)
    series = shares.table(dataset.under(selection), selection).series
    assert (series.groups, series.names) == (("nomad",), ("Nomad Inc",))
    by_country = shares.table(dataset.under(selection), selection.but(grouping=Grouping.COUNTRY)).series
    assert dict(zip(by_country.groups, by_country.tokens.T.tolist(), strict=True)) == {
        "FR": [4, 4, 4, 0, 0, 0, 0],
        "US": [0, 0, 0, 4, 4, 4, 4],
    }


def test_merged_variants_rank_together(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-01", "qwen/b"): 3, ("2026-02-01", "qwen/b:free"): 3, ("2026-02-01", "google/a"): 4}
    dataset = world_of(rows).dataset
    for variants, top in ((Variants.APART, {"US": [4]}), (Variants.MERGED, {"CN": [6]})):
        selection = Selection(grain=Grain.DAY, scope=Scope(1), variants=variants)
        series = shares.table(dataset.under(selection), selection).series
        assert dict(zip(series.groups, series.tokens.T.tolist(), strict=True)) == top


def test_what_only_marks_or_narrows_other_views_changes_no_number(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-09", "google/a"): 4, ("2026-02-10", "qwen/b"): 5, ("2026-02-10", "qwen/c:free"): 1}
    dataset = world_of(rows).dataset
    plain = shares.table(dataset, Selection())
    marking = Selection(brush=span(date(2026, 2, 9), date(2026, 2, 9)), models=frozenset({"qwen/b"}), search="zzz")
    marked = shares.table(dataset, marking)
    assert list(marked.rows()) == list(plain.rows())
    assert (plain.marked, marked.marked) == (frozenset(), {"CN"})
    assert shares.table(dataset, Selection(countries=frozenset({"FR"}))).marked == frozenset()
    by_model = shares.table(dataset, Selection(grouping=Grouping.MODEL, authors=frozenset({"qwen"})))
    assert by_model.marked == {"qwen/b", "qwen/c:free"}


def test_bands_have_names(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-09", "google/a"): 4, ("2026-02-09", "qwen/b"): 2, ("2026-02-09", "other"): 9}).dataset
    names = {g: shares.table(dataset, Selection(grouping=g)).series.names for g in Grouping}
    assert names == {
        Grouping.COUNTRY: ("United States", "China", "Unattributed"),
        Grouping.AUTHOR: ("Google", "Alibaba", "other"),
        Grouping.MODEL: ("a", "b", "other"),
    }
    alike = world_of({("2026-02-09", f"{author}/same"): n for author, n in (("google", 4), ("qwen", 2))}).dataset
    assert shares.table(alike, Selection(grouping=Grouping.MODEL)).series.names == ("google/same", "qwen/same")


def a_week_of(rows: dict[str, int], monday: int = 9) -> dict[tuple[str, str], int]:
    return {(f"2026-02-{day:02}", model): n for day in range(monday, monday + 7) for model, n in rows.items()}


def test_the_title_says_who_led_in_the_last_whole_period(world_of: Callable[..., Any]) -> None:
    rows = a_week_of({"google/a": 3, "qwen/b": 1}) | {("2026-02-16", "qwen/b"): 999}
    table = shares.table(world_of(rows).dataset, Selection())
    title = f"United States led with 75.0{units.THIN}% of all tokens in the week of 9–15 Feb 2026"
    assert str(table.caption.title) == title


def test_the_title_says_who_led_in_the_brushed_period(world_of: Callable[..., Any]) -> None:
    rows = a_week_of({"google/a": 3, "qwen/b": 1}) | a_week_of({"google/a": 1, "qwen/b": 4}, 16)
    table = shares.table(world_of(rows).dataset, Selection(brush=WEEK))
    assert str(table.caption.title).startswith("United States led with 75.0")


def test_the_title_asks_where_no_period_is_whole_or_nobody_named_has_tokens(world_of: Callable[..., Any]) -> None:
    part = world_of({("2026-02-10", "google/a"): 3}).dataset
    assert str(shares.table(part, Selection()).caption.title) == "Who leads in token usage?"
    unnamed = a_week_of({"google/a": 3}) | a_week_of({"openrouter/pony-alpha": 4}, 16)
    table = shares.table(world_of(unnamed).dataset, Selection())
    assert str(table.caption.title) == "Who leads in token usage?"


@pytest.mark.parametrize(
    ("others", "title"),
    [
        ({"stranger/x": 3}, "United States led with 54.5{thin}% of all tokens in "),
        ({"stranger/x": 4}, "United States led among those attributed, with 50.0{thin}% of all tokens in "),
        ({"other": 3}, "United States led with 54.5{thin}% of all tokens in "),
        ({"other": 4}, "United States led among those attributed, with 50.0{thin}% of all tokens in "),
        ({"stranger/x": 1, "other": 2}, "United States led with 54.5{thin}% of all tokens in "),
        ({"stranger/x": 2, "other": 2}, "United States led among those attributed, with 50.0{thin}% of all tokens in "),
        ({"stranger/x": 92}, "United States led among those attributed, with 6.0{thin}% of all tokens in "),
        ({"mistralai/m": 6}, "Who leads in token usage?"),
        ({"mistralai/m": 6, "other": 50}, "Who leads in token usage?"),
    ],
)
@pytest.mark.parametrize("grouping", [Grouping.COUNTRY, Grouping.AUTHOR])
def test_the_title_is_sure_only_where_the_lead_exceeds_what_is_not_attributed(
    world_of: Callable[..., Any], others: dict[str, int], title: str, grouping: Grouping
) -> None:
    """Six tokens from the first against two from the second: the unknown could turn a lead of four."""
    table = shares.table(
        world_of(a_week_of({"google/a": 6, "qwen/b": 2, **others})).dataset, Selection(grouping=grouping)
    )
    leader = "United States" if grouping is Grouping.COUNTRY else "Google"
    wanted = title.format(thin=units.THIN).replace("United States", leader)
    assert str(table.caption.title).startswith(wanted)


def test_the_title_doubts_only_what_the_scope_and_the_period_hold(world_of: Callable[..., Any]) -> None:
    rows = a_week_of({"google/a": 6, "qwen/b": 2, "other": 50}, 16) | a_week_of({"google/a": 6, "stranger/x": 50})
    dataset = world_of(rows).dataset
    assert str(shares.table(dataset, Selection()).caption.title).startswith("United States led among those attributed")
    listed = str(shares.table(dataset, Selection(scope=LISTED)).caption.title)
    assert listed.startswith(f"United States led with 75.0{units.THIN}% of the tokens of ")


def test_a_model_leads_whatever_is_not_named_and_two_alike_do_not(world_of: Callable[..., Any]) -> None:
    selection = Selection(grouping=Grouping.MODEL)
    table = shares.table(world_of(a_week_of({"stranger/x": 3, "qwen/b": 2, "other": 5})).dataset, selection)
    assert str(table.caption.title).startswith(f"x led with 30.0{units.THIN}% of all tokens in ")
    tied = shares.table(world_of(a_week_of({"stranger/x": 3, "qwen/b": 3, "other": 5})).dataset, selection)
    assert str(tied.caption.title) == "Who leads in token usage?"


def test_no_data_is_said_in_a_sentence(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-09", "google/a"): 4, ("2026-02-12", "google/a"): 4}).dataset
    table = shares.table(dataset, Selection(span=span(date(2025, 1, 1), date(2025, 2, 1))))
    assert str(table.empty) == "There is no data in this span. The data runs 9–12 Feb 2026."
    assert list(table.rows()) == []
    hole = shares.table(dataset, Selection(span=span(date(2026, 2, 10), date(2026, 2, 11))))
    assert str(hole.empty) == "There is no data in this span. The data runs 9–12 Feb 2026."


def test_china_and_the_us_in_the_week_of_the_stories(history: Any) -> None:
    series = shares.table(history.dataset, Selection(span=WEEK, scope=Scope(9))).series
    found = dict(zip(series.groups, series.tokens[0].tolist(), strict=True))
    assert found == {"CN": 4_119_001_452_000, "US": 2_933_113_149_000}
    assert [units.tokens(found[country]) for country in ("CN", "US")] == ["4.12T", "2.93T"]
    everything = shares.table(history.dataset, Selection(span=WEEK, scope=ALL)).series
    found = dict(zip(everything.groups, everything.tokens[0].tolist(), strict=True))
    assert 5.3e12 <= found["CN"] <= 5.6e12
    assert 6.4e12 <= found["US"] <= 6.7e12
    assert int(everything.all_total[0]) == int(history.inside(WEEK).tokens.sum())


def test_the_caption_states_the_denominator_of_the_stories_week(history: Any) -> None:
    caption = shares.table(history.dataset, Selection(span=WEEK, scope=Scope(9), measure=Measure.SHARE)).caption
    whole = f"53.7{units.THIN}% of all tokens over the span"
    assert str(caption.scope) == f"top 9 models of each week, out of 60 named, {whole}"
    assert str(caption.source) == "Source: OpenRouter (openrouter.ai/rankings), as of 5 May 2026."
    assert str(caption.subtitle) == "share of the tokens of the top 9 models a week by country, 9–15 Feb 2026"
    title = f"China led with 58.4{units.THIN}% of the tokens of the top 9 models in the week of 9–15 Feb 2026"
    assert str(caption.title) == title


@pytest.mark.parametrize("grain", Grain)
@pytest.mark.parametrize("scope", [Scope(9), LISTED, ALL])
def test_the_real_history_by_country_is_what_pandas_counts(history: Any, grain: Grain, scope: Scope) -> None:
    selection = Selection(grain=grain, scope=scope)
    series = shares.table(history.dataset, selection).series
    for i, period in enumerate(counted(history, history.days, selection)):
        found = {g: n for g, n in zip(series.groups, series.tokens[i].tolist(), strict=True) if n}
        assert found == period["tokens"]
