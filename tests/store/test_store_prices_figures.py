"""Price lists and published figures: kept whole, the newest winning."""

import sqlite3
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from explorer.domain.schema import Figure, Price, PriceTier
from explorer.domain.snapshot import Snapshot
from explorer.store import Store

Build = Callable[..., Snapshot]

MEMORY = Path(":memory:")
WHEN = "2026-02-02T03:04:05Z"

CHEAP = Price("a/cheap", "a/cheap-20260101", "A: Cheap", 0.15, 0.6, 0.03, None)
FREE = Price("b/free:free", "b/free", "B: Free", 0.0, 0.0)
ROUTER = Price("c/auto", "c/auto", "Auto", None, None, own=False)
TIERED = Price(
    "d/tiered",
    "",
    "Tiered",
    0.3,
    1.2,
    request=0.005,
    tiers=(
        PriceTier(200_000, 0.6, 2.4, 0.0, 0.75, other=(("audio", 2e-06),)),
        PriceTier(input=0.1, hours=(990, 30)),
        PriceTier(5, output=9.0, condition='{"region": "eu"}'),
    ),
    other=(("image", 0.0), ("web_search", 0.01)),
)

CHINA = Figure(
    "cn-w7",
    "week of 9 February",
    date(2026, 2, 9),
    date(2026, 2, 15),
    "top 9",
    "China",
    "tokens",
    4.12,
    "T",
    "A title",
    "A paper",
    "2026-02-20",
    "estimated from a chart",
    "a/cheap",
    "4.120",
    "nearly",
)
SHARE = replace(CHINA, id="cn-share", start=None, end=None, measure="share", value=61.0, unit="%")


def test_figures_come_back_field_by_field(figures: Build) -> None:
    with Store.open(MEMORY) as store:
        store.add(figures((CHINA, SHARE), "2026-02-21"), WHEN)
        assert store.frames().figures == (SHARE, CHINA)


def test_price_lists_come_back_by_day_and_source(prices: Build) -> None:
    lists = [
        prices("2026-02-01", (ROUTER, FREE, CHEAP), "2026-02-01"),
        prices("2026-01-01", (CHEAP,), "2026-01-01"),
        prices("2026-01-01", (CHEAP,), "2026-01-01", source="genai-prices"),
    ]
    for order in permutations(lists):
        with Store.open(MEMORY) as store:
            for snapshot in order:
                store.add(snapshot, WHEN)
            frames = store.frames()
            assert store.prices() == frames.prices
        assert [(dated.day, dated.source) for dated in frames.prices] == [
            (20454, "OpenRouter"),
            (20454, "genai-prices"),
            (20485, "OpenRouter"),
        ]
        assert frames.prices[2].prices == (CHEAP, FREE, ROUTER)
        assert len(frames.usage) == 0


def test_tiers_and_other_prices_come_back_whole(prices: Build) -> None:
    with Store.open(MEMORY) as store:
        store.add(prices("2026-01-01", (TIERED, CHEAP), "2026-01-01"), WHEN)
        (dated,) = store.prices()
        assert dated.prices == (CHEAP, TIERED)
        assert dated.prices[0].tiers == ()


def test_a_price_whose_tiers_were_not_kept_comes_back_as_such(prices: Build) -> None:
    old = replace(CHEAP, tiers=None)
    with Store.open(MEMORY) as store:
        store.add(prices("2026-01-01", (old,), "2026-01-01"), WHEN)
        assert store.prices()[0].prices == (old,)


@pytest.mark.parametrize(
    ("earlier", "later", "restated"),
    [
        (TIERED, TIERED, 0),
        (TIERED, replace(TIERED, tiers=TIERED.tiers[:1] if TIERED.tiers else ()), 1),
        (TIERED, replace(TIERED, request=0.006), 1),
        (TIERED, replace(TIERED, other=()), 1),
        (replace(CHEAP, tiers=None), replace(CHEAP, request=1.0, tiers=TIERED.tiers), 0),
        (replace(CHEAP, tiers=None), replace(CHEAP, output=9.0), 1),
    ],
)
def test_a_price_is_restated_where_what_both_lists_kept_differs(
    prices: Build, earlier: Price, later: Price, restated: int
) -> None:
    with Store.open(MEMORY) as store:
        store.add(prices("2026-01-01", (earlier,), "2026-01-01"), WHEN)
        report = store.add(prices("2026-01-02", (later,), "2026-01-02"), WHEN)
        assert (report.new, report.restated, report.unchanged) == (0, restated, 1 - restated)


def test_newest_price_list_of_a_day_wins(prices: Build) -> None:
    dearer = replace(CHEAP, input=0.3)
    morning = prices("2026-01-01", (CHEAP, FREE), "2026-01-01T08:00:00Z")
    evening = prices("2026-01-01", (dearer,), "2026-01-01T20:00:00Z")
    for order in permutations((morning, evening)):
        with Store.open(MEMORY) as store:
            for snapshot in order:
                store.add(snapshot, WHEN)
            assert [dated.prices for dated in store.frames().prices] == [(dearer,)]
            assert [dated.prices for dated in store.frames("2026-01-01T12").prices] == [(CHEAP, FREE)]


def test_a_price_list_has_a_stated_date_where_its_snapshot_has_one(prices: Build) -> None:
    dearer = replace(CHEAP, input=0.3)
    undated = prices("2026-01-01", (CHEAP,), "")
    dated = prices("2026-02-01", (dearer,), "2026-02-01")
    same_day = prices("2026-01-01", (dearer,), "2026-01-01")
    for order in permutations((undated, dated)):
        with Store.open(MEMORY) as store:
            for snapshot in order:
                store.add(snapshot, WHEN)
            found = store.frames().prices
            assert [(p.day, p.prices, p.stated) for p in found] == [(20454, (CHEAP,), False), (20485, (dearer,), True)]
            store.add(same_day, WHEN)
            assert [(p.prices, p.stated) for p in store.frames().prices] == [((dearer,), True), ((dearer,), True)]
            assert [p.stated for p in store.frames("2026-01-01").prices] == [True]


def test_price_report_compares_with_the_newest_earlier_list(prices: Build) -> None:
    january = prices("2026-01-01", (CHEAP, FREE, ROUTER), "2026-01-01")
    march = prices("2026-03-01", (replace(CHEAP, input=9.0), FREE), "2026-03-01")
    february = prices(
        "2026-02-01", (replace(CHEAP, cache_read=None), FREE, ROUTER, replace(FREE, model="d/new")), "2026-02-01"
    )
    with Store.open(MEMORY) as store:
        reports = [store.add(snapshot, WHEN) for snapshot in (january, march, february)]
    counts = [(report.days, report.new, report.restated, report.unchanged) for report in reports]
    assert counts == [(1, 3, 0, 0), (1, 0, 1, 1), (1, 1, 1, 2)]


def test_figures_of_several_snapshots_newest_wins_per_id(figures: Build) -> None:
    corrected = replace(CHINA, value=4.2)
    old = figures((CHINA, SHARE), "2026-02-21")
    new = figures((corrected,), "2026-02-22")
    for order in permutations((old, new)):
        with Store.open(MEMORY) as store:
            for snapshot in order:
                store.add(snapshot, WHEN)
            assert store.frames().figures == (SHARE, corrected)
            assert store.frames("2026-02-21").figures == (SHARE, CHINA)


def test_figure_report(figures: Build) -> None:
    first = figures((CHINA,), "2026-02-21")
    newer = figures((replace(CHINA, value=4.2), SHARE), "2026-02-22")
    older = figures((replace(CHINA, value=9.9), SHARE), "2026-02-20")
    with Store.open(MEMORY) as store:
        reports = [store.add(snapshot, WHEN) for snapshot in (first, newer, older)]
    counts = [(report.days, report.new, report.restated, report.unchanged) for report in reports]
    assert counts == [(0, 1, 0, 0), (0, 1, 1, 0), (0, 0, 0, 2)]


@pytest.mark.parametrize(("table", "kind"), [("price", Price), ("figure", Figure)])
def test_every_field_has_its_column(tmp_path: Path, table: str, kind: type[Price | Figure]) -> None:
    Store.open(tmp_path / "s.sqlite").close()
    connection = sqlite3.connect(tmp_path / "s.sqlite")
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    connection.close()
    renamed = {"start": "start_date", "end": "end_date"}
    assert columns == ["snapshot_id", *(renamed.get(field.name, field.name) for field in fields(kind))]
