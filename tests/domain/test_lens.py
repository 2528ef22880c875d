"""One chart under four scopes: values and coverage counted again by plain pandas, and what the title makes of them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain import lens, shares
from explorer.domain.lens import LensTable
from explorer.domain.periods import Grain, span
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Scope, Selection
from explorer.domain.tables import table as table_of
from explorer.domain.units import THIN

FAST = settings(max_examples=40, deadline=None)
NAMES = {"Top 5": 5, "Top 10": 10, "All listed": None, "All tokens": None}
WEEK = span(date(2026, 2, 9), date(2026, 2, 15))
CALENDAR = {Grain.DAY: "D", Grain.WEEK: "W-SUN", Grain.MONTH: "M"}


def counted(
    world: Any, selection: Selection
) -> tuple[dict[str, float], dict[tuple[str, date, str], tuple[int, float]]]:
    """By pandas: each scope's share of all tokens, and tokens and share by scope, first day of the period and group."""
    rows = world.long.assign(period=world.long.day.dt.to_period(CALENDAR[selection.grain]))
    sums = rows[rows.tokens > 0].groupby(["period", "model"], as_index=False).tokens.sum()
    rest = "Unattributed" if selection.grouping is Grouping.COUNTRY else "other"
    sums["group"] = [
        rest if model == "other" else world.group(model, selection.grouping, world.days.end) for model in sums.model
    ]
    named = sums[sums.model != "other"].sort_values(["tokens", "model"], ascending=[False, True])
    coverage: dict[str, float] = {}
    cells: dict[tuple[str, date, str], tuple[int, float]] = {}
    for name, top in NAMES.items():
        kept = sums if name == "All tokens" else named.groupby("period").head(top) if top else named
        if not len(kept):
            continue
        coverage[name] = kept.tokens.sum() / sums.tokens.sum()
        for period, inside in kept.groupby("period"):
            first = max(period.start_time.date(), world.days.start)
            for group, n in inside.groupby("group").tokens.sum().items():
                cells[name, first, group] = (int(n), n / inside.tokens.sum())
    return coverage, cells


@FAST
@given(data=st.data())
def test_the_panels_are_what_pandas_counts(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    selection = Selection(
        lens=True,
        scope=data.draw(st.sampled_from((Scope(1), LISTED, ALL))),
        grain=data.draw(st.sampled_from(list(CALENDAR))),
        grouping=data.draw(st.sampled_from(Grouping)),
    )
    dataset = world.dataset.under(selection)
    coverage, cells = counted(world, selection)
    table = lens.table(dataset, selection)
    if not cells:
        assert table.empty is not None and not len(table)
        return
    assert isinstance(table, LensTable)
    assert {str(panel.heading).partition(" · ")[0]: panel.coverage for panel in table.panels} == pytest.approx(coverage)
    found: dict[tuple[str, date, str], tuple[int, float]] = {}
    rows: list[Any] = list(table.rows())
    for scope, covered, start, _, group, tokens, share, _ in rows:
        assert covered == pytest.approx(coverage[str(scope)])
        if tokens:
            found[str(scope), pd.Timestamp(start).date(), str(group)] = (int(tokens), float(share))
    assert found.keys() == cells.keys()
    for key, (tokens, share) in cells.items():
        assert found[key] == (tokens, pytest.approx(share))


@FAST
@given(data=st.data())
def test_every_panel_has_the_bands_of_all_tokens_in_their_order(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    table = lens.table(world.dataset, Selection(lens=True, grouping=data.draw(st.sampled_from(Grouping))))
    if not isinstance(table, LensTable):
        return
    for panel in table.panels:
        alone = shares.series(world.dataset, Selection(scope=panel.scope, grouping=table.grouping))
        assert panel.series.groups == tuple(key for key in table.series.groups if key in alone.groups)
        for i, key in enumerate(panel.series.groups):
            at = alone.groups.index(key)
            assert panel.series.names[i] == alone.names[at]
            assert panel.series.tokens[:, i].tolist() == alone.tokens[:, at].tolist()


def test_the_csv_says_the_scope_and_its_coverage_first(world_of: Callable[..., Any]) -> None:
    dataset = world_of(a_week_of({f"google/m{i:02}": 1 for i in range(12)} | {"other": 4})).dataset
    table = table_of("share", dataset, Selection(lens=True, grouping=Grouping.AUTHOR))
    keys = ["scope", "coverage", "period_start", "period_end", "group", "tokens", "share", "partial"]
    assert [column.key for column in table.exported] == keys
    assert [(*row[:2], row[4], row[5]) for row in table.rows()] == [
        ("Top 5", 5 / 16, "google", 35),
        ("Top 10", 10 / 16, "google", 70),
        ("All listed", 12 / 16, "google", 84),
        ("All tokens", 1.0, "google", 84),
        ("All tokens", 1.0, "other", 28),
    ]
    assert isinstance(table, LensTable)
    assert [str(panel.heading) for panel in table.panels] == [
        f"Top 5 · 31.2{THIN}%",
        f"Top 10 · 62.5{THIN}%",
        f"All listed · 75.0{THIN}%",
        f"All tokens · 100.0{THIN}%",
    ]


def test_the_selections_own_scope_and_brush_change_no_row(world_of: Callable[..., Any]) -> None:
    dataset = world_of(a_week_of(DIVIDED)).dataset
    plain = lens.table(dataset, Selection(lens=True))
    for selection in (Selection(lens=True, scope=Scope(9)), Selection(lens=True, brush=WEEK)):
        other = lens.table(dataset, selection)
        assert list(other.rows()) == list(plain.rows())
        assert other.series is plain.series
    assert str(plain.caption.scope).startswith("four scopes side by side")


def test_without_the_lens_the_table_is_the_charts_own(world_of: Callable[..., Any]) -> None:
    dataset = world_of(a_week_of(DIVIDED)).dataset
    table = lens.table(dataset, Selection(scope=Scope(5)))
    assert not isinstance(table, LensTable)
    assert table.caption == shares.table(dataset, Selection(scope=Scope(5))).caption


def test_nothing_is_said_in_a_sentence(world_of: Callable[..., Any]) -> None:
    dataset = world_of(a_week_of(DIVIDED)).dataset
    table = lens.table(dataset, Selection(lens=True, span=span(date(2025, 1, 6), date(2025, 1, 12))))
    assert table.empty is not None
    assert not len(table)


def test_only_unnamed_models_leave_one_panel(world_of: Callable[..., Any]) -> None:
    table = lens.table(world_of(a_week_of({"other": 3})).dataset, Selection(lens=True))
    assert isinstance(table, LensTable)
    assert [panel.scope for panel in table.panels] == [ALL]
    assert str(table.caption.title) == "Does it depend on the scope who leads?"


# --- what is found


def a_week_of(tokens: dict[str, int]) -> dict[tuple[str, str], int]:
    days = [date(2026, 2, 9) + timedelta(i) for i in range(7)]
    return {(day.isoformat(), model): n for day in days for model, n in tokens.items()}


DIVIDED = {f"qwen/m{i}": 10 for i in range(5)} | {f"google/m{i:02}": 9 for i in range(9)}
"""Five large models from China, nine a little smaller ones from the United States."""


@pytest.mark.parametrize(
    ("tokens", "title"),
    [
        (
            DIVIDED,
            "China led under the top 5 and top 10, United States under all listed and all tokens, "
            "in the week of 9–15 Feb 2026",
        ),
        (
            DIVIDED | {"other": 31},
            "China led under the top 5 and top 10, United States under all listed, "
            "United States among those attributed under all tokens, in the week of 9–15 Feb 2026",
        ),
        ({"google/a": 3, "qwen/b": 2}, "United States led under every scope in the week of 9–15 Feb 2026"),
        (
            {"google/a": 3, "qwen/b": 2, "other": 1},
            "United States led under every scope in the week of 9–15 Feb 2026, "
            "under all tokens only among those attributed",
        ),
        (
            {"google/a": 3, "qwen/b": 2, "stranger/c": 1},
            "United States led among those attributed under every scope in the week of 9–15 Feb 2026",
        ),
        (
            {f"qwen/m{i}": 10 for i in range(5)} | {f"google/m{i:02}": 10 for i in range(5)} | {"google/z": 1},
            "United States led under the top 5, all listed and all tokens, nobody alone under the top 10, "
            "in the week of 9–15 Feb 2026",
        ),
        ({"google/a": 3, "qwen/b": 3}, "Does it depend on the scope who leads?"),
    ],
)
def test_the_title_says_whether_the_lead_depends_on_the_scope(
    world_of: Callable[..., Any], tokens: dict[str, int], title: str
) -> None:
    found = str(lens.table(world_of(a_week_of(tokens)).dataset, Selection(lens=True)).caption.title)
    assert found == title


def test_the_title_speaks_of_the_brushed_week(world_of: Callable[..., Any]) -> None:
    before = {(f"2026-02-0{i}", model): n for i in range(2, 9) for model, n in (("google/a", 2), ("qwen/b", 1))}
    dataset = world_of(before | a_week_of({"google/a": 1, "qwen/b": 2})).dataset
    first = Selection(lens=True, brush=span(date(2026, 2, 2), date(2026, 2, 8)))
    assert str(lens.table(dataset, first).caption.title).startswith("United States led under every scope")
    assert str(lens.table(dataset, Selection(lens=True)).caption.title).startswith("China led under every scope")


def test_the_sentence_has_a_share_for_every_scope(world_of: Callable[..., Any]) -> None:
    dataset = world_of(a_week_of(DIVIDED | {"other": 2}), as_of="2026-03-01").dataset
    caption = lens.table(dataset, Selection(lens=True)).caption
    assert str(caption.sentence).replace(THIN, " ") == (
        "Who led on OpenRouter in the week of 9–15 February 2026 depends on the scope: Chinese models with 100.0 % of "
        "the tokens of the top 5 models; Chinese models with 52.6 % of the tokens of the top 10 models; US models with "
        "61.8 % of the tokens of all named models; US models with 60.9 % of all tokens. "
        "Source: OpenRouter (openrouter.ai/rankings), as of 1 Mar 2026."
    )
    same = lens.table(world_of(a_week_of({"google/a": 3, "qwen/b": 2})).dataset, Selection(lens=True)).caption
    assert str(same.sentence).startswith("The lead on OpenRouter in the week of 9–15 February 2026 was the same under ")


def test_the_real_history_depends_on_the_scope(history: Any) -> None:
    table = lens.table(history.dataset, Selection(lens=True, brush=WEEK, measure=Measure.SHARE))
    assert str(table.caption.title) == (
        "China led under the top 5 and top 10, United States under all listed and all tokens, "
        "in the week of 9–15 Feb 2026"
    )
    assert isinstance(table, LensTable)
    long = history.long[history.long.model != "other"]
    weekly = long.groupby([long.day.dt.to_period("W-SUN"), "model"]).tokens.sum()
    best = weekly.groupby(level=0).nlargest(5)
    assert table.panels[0].coverage == pytest.approx(best.sum() / history.long.tokens.sum())
    assert np.isclose(table.panels[-1].coverage, 1)


@pytest.mark.parametrize(("scope", "named"), [(Scope(10), 1), (ALL, 3), (Scope(9), 0)])
def test_one_panel_is_that_of_the_selection_else_the_first(
    world_of: Callable[..., Any], scope: Scope, named: int
) -> None:
    rows = {("2026-02-09", f"google/m{i}"): 20 - i for i in range(12)} | {("2026-02-09", "other"): 5}
    table = table_of("share", world_of(rows).dataset, Selection(lens=True, scope=scope, grain=Grain.DAY))
    assert isinstance(table, LensTable)
    assert table.named == named
    assert "each headed by its share of all tokens" in str(table.caption.scope)
