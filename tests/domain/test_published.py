"""Printed figures shown as printed: gaps stay gaps, the first print counts, nothing is filled in."""

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from explorer.domain import published
from explorer.domain.dataset import Dataset
from explorer.domain.dataset import published as dataset_of
from explorer.domain.figure_windows import whole_span
from explorer.domain.origins import Origins
from explorer.domain.periods import Grain, span
from explorer.domain.prices import CATALOGUE, UNDATED
from explorer.domain.schema import DatedPrices, Figure, Price
from explorer.domain.selection import Grouping, Measure, Selection, Source
from explorer.domain.table import Table
from explorer.domain.tables import table as table_of

BASE = Selection(source=Source.PUBLISHED)


def figure(entity: str, start: str, end: str, value: float, published: str = "2026-02-27", **more: Any) -> Figure:
    given: dict[str, Any] = {
        "id": f"{entity} {start} {published}",
        "window": "as worded",
        "start": date.fromisoformat(start) if start else None,
        "end": date.fromisoformat(end) if end else None,
        "scope": "top 9",
        "entity": entity,
        "measure": "tokens",
        "value": value,
        "unit": "T",
        "title": "A story",
        "publisher": "The Daily",
        "published": published,
    }
    return Figure(**(given | more))


WEEKS = (("2026-02-02", "2026-02-08"), ("2026-02-09", "2026-02-15"), ("2026-02-16", "2026-02-22"))
LAST = ("2026-02-23", "2026-03-01")
BY_COUNTRY = (
    figure("China", *WEEKS[0], 2.27),
    figure("CN", *WEEKS[1], 4.19, "2026-03-04"),
    figure("China", *WEEKS[1], 4.12),
    figure("US", *WEEKS[1], 2.94),
    figure("China", *LAST, 5.16),
    figure("United States", *LAST, 2.7),
    figure("all", *WEEKS[1], 13.95),
    figure("China", *WEEKS[1], 61, measure="share", unit="%"),
    figure("China", "", "", 9.9),
    figure("China", "2026-02-10", "2026-02-16", 8.8),
)
KIMI, MINIMAX, GEMINI = "moonshotai/kimi-k2.5", "minimax/minimax-m2.5", "google/gemini-3-flash"
MONTH = ("2026-02-01", "2026-02-28")
BY_MODEL = (
    figure("Kimi K2.5", *MONTH, 4.02, model=KIMI),
    figure("MiniMax M2.5", *MONTH, 4.55, model=MINIMAX),
    figure("Gemini 3 Flash", *MONTH, 3.0, model=GEMINI),
    figure("Kimi K2.5", *WEEKS[2], 1.03, "2026-02-24", publisher="The Weekly", model=KIMI),
    figure("MiniMax M2.5", *WEEKS[2], 2.57, "2026-02-24", publisher="The Weekly", model=MINIMAX),
    figure("MiniMax M2.5", *LAST, 1.87, "2026-03-04", publisher="The Weekly", model=MINIMAX),
    figure("a model nobody knows", *MONTH, 9.0),
)


@pytest.fixture
def dataset(origins: Origins) -> Dataset:
    prices = DatedPrices(UNDATED, CATALOGUE, (Price(KIMI, "", "Kimi", 0.6, 3.0), Price(MINIMAX, "", "M", 0.3, 1.2)))
    return dataset_of(BY_COUNTRY + BY_MODEL, origins, (prices,))


def column(table: Table, key: str) -> list[Any]:
    return list(table.values[key])


def cells(table: Any) -> dict[tuple[date, str], int]:
    return dict(zip(zip(table.values["period_start"], table.ids, strict=True), table.values["tokens"], strict=True))


def test_weeks_by_country_are_the_totals_as_first_printed(dataset: Dataset) -> None:
    table = published.share(dataset, BASE)
    assert cells(table) == {
        (date(2026, 2, 2), "CN"): 2_270_000_000_000,
        (date(2026, 2, 9), "CN"): 4_120_000_000_000,
        (date(2026, 2, 9), "US"): 2_940_000_000_000,
        (date(2026, 2, 23), "CN"): 5_160_000_000_000,
        (date(2026, 2, 23), "US"): 2_700_000_000_000,
    }
    assert table.series.names == ("China", "United States")
    assert table.values["published"] == ["2026-02-27"] * 5


@pytest.mark.parametrize("first", [0, 1])
def test_the_first_print_counts_wherever_it_stands(origins: Origins, first: int) -> None:
    printed = (figure("CN", *WEEKS[1], 4.12, "2026-02-27"), figure("CN", *WEEKS[1], 4.19, "2026-03-04"))
    table = published.share(dataset_of((printed[first], printed[1 - first]), origins), BASE)
    assert table.values["tokens"] == [4_120_000_000_000]


def test_a_week_that_nobody_printed_is_a_gap_and_one_half_printed_is_partial(dataset: Dataset) -> None:
    series = published.share(dataset, BASE).series
    assert [s.start for s in series.spans] == [date(2026, 2, day) for day in (2, 9, 16, 23)]
    assert series.gap.tolist() == [False, False, True, False]
    assert series.partial.tolist() == [True, False, False, False]


def test_shares_only_where_every_total_was_printed(dataset: Dataset) -> None:
    table = published.share(dataset, BASE.but(measure=Measure.SHARE))
    shares = dict(zip(cells(table), column(table, "share"), strict=True))
    assert math.isnan(shares.pop((date(2026, 2, 2), "CN")))
    assert list(shares.values()) == pytest.approx([4.12 / 7.06, 2.94 / 7.06, 5.16 / 7.86, 2.7 / 7.86])
    assert np.isnan(table.series.shares[table.series.gap]).all()


@pytest.mark.parametrize(
    ("china", "america", "known"),
    [
        ({}, {}, True),
        ({}, {"publisher": "The Weekly"}, False),
        ({"publisher": "The Weekly"}, {"publisher": "The Weekly"}, True),
        ({}, {"published": "2026-02-28"}, True),
    ],
)
def test_totals_of_several_publishers_share_no_whole(
    origins: Origins, china: dict[str, str], america: dict[str, str], known: bool
) -> None:
    figures = (figure("China", *WEEKS[1], 4.12, **china), figure("US", *WEEKS[1], 2.94, **america))
    table = published.share(dataset_of(figures, origins), BASE.but(measure=Measure.SHARE))
    assert table.values["tokens"] == [4_120_000_000_000, 2_940_000_000_000]
    wanted = [4.12 / 7.06, 2.94 / 7.06] if known else [math.nan, math.nan]
    assert table.values["share"] == pytest.approx(wanted, nan_ok=True)
    assert table.series.partial.tolist() == [False]
    assert table.series.scope_total.tolist() == [7_060_000_000_000 if known else 0]


def test_a_total_printed_alone_is_no_share_of_itself(origins: Origins) -> None:
    table = published.share(dataset_of((figure("China", *WEEKS[0], 2.27),), origins), BASE)
    assert table.values["tokens"] == [2_270_000_000_000]
    assert math.isnan(column(table, "share")[0])


def test_models_in_print_have_no_share_of_each_other(dataset: Dataset) -> None:
    for measure in Measure:
        table = published.share(dataset, BASE.but(grain=Grain.MONTH, grouping=Grouping.MODEL, measure=measure))
        assert len(table) == 3
        assert all(math.isnan(share) for share in column(table, "share"))
        assert table.series.scope_total.tolist() == [0]


def test_months_by_model_leave_out_weeks_and_countries(dataset: Dataset) -> None:
    table = published.share(dataset, BASE.but(grain=Grain.MONTH, grouping=Grouping.MODEL))
    assert cells(table) == {
        (date(2026, 2, 1), MINIMAX): 4_550_000_000_000,
        (date(2026, 2, 1), KIMI): 4_020_000_000_000,
        (date(2026, 2, 1), GEMINI): 3_000_000_000_000,
    }
    marked = published.share(dataset, BASE.but(grain=Grain.MONTH, grouping=Grouping.MODEL, models=frozenset({KIMI})))
    assert marked.marked == {KIMI}


def test_a_span_keeps_the_windows_that_lie_in_it_whole(dataset: Dataset) -> None:
    table = published.share(dataset, BASE.but(span=span(date(2026, 2, 3), date(2026, 2, 20))))
    assert set(cells(table)) == {(date(2026, 2, 9), "CN"), (date(2026, 2, 9), "US")}


@pytest.mark.parametrize(
    "change", [{"grouping": Grouping.AUTHOR}, {"grain": Grain.DAY}, {"span": span(date(2020, 1, 1), date(2020, 2, 1))}]
)
def test_nothing_printed_is_said_in_a_sentence(dataset: Dataset, change: dict[str, Any]) -> None:
    table = published.share(dataset, BASE.but(**change))
    assert str(table.empty).startswith("No figures were printed ")
    assert list(table.rows()) == []


def test_ranks_are_places_within_one_story_and_window(dataset: Dataset) -> None:
    table = published.leaderboard(dataset, BASE)
    found = list(zip(*(table.values[key] for key in ("rank", "model", "tokens", "publisher")), strict=True))
    assert found == [
        (1, MINIMAX, 4_550_000_000_000, "The Daily"),
        (2, KIMI, 4_020_000_000_000, "The Daily"),
        (3, GEMINI, 3_000_000_000_000, "The Daily"),
        (1, MINIMAX, 2_570_000_000_000, "The Weekly"),
        (2, KIMI, 1_030_000_000_000, "The Weekly"),
        (None, MINIMAX, 1_870_000_000_000, "The Weekly"),
    ]
    assert [c.key for c in table.columns] == list(table.values)
    assert not {"share", "share_of_all"} & set(table.values)
    assert table.values["country"][2] == "US"
    assert table.names == ("minimax-m2.5", "kimi-k2.5", "gemini-3-flash", "minimax-m2.5", "kimi-k2.5", "minimax-m2.5")


def test_a_model_that_a_story_names_alone_has_no_rank(dataset: Dataset) -> None:
    table = published.leaderboard(dataset, BASE.but(brush=span(date(2026, 2, 23), date(2026, 3, 1))))
    assert (table.ids, table.values["rank"]) == ((MINIMAX,), [None])


def test_the_printed_leaderboard_can_be_searched_and_says_when_it_is_empty(dataset: Dataset) -> None:
    assert set(published.leaderboard(dataset, BASE.but(search="kimi")).ids) == {KIMI}
    table = published.leaderboard(dataset, BASE.but(brush=span(date(2025, 1, 1), date(2025, 1, 31))))
    assert str(table.empty) == "No story printed figures of single models within Jan 2025."
    assert list(table.rows()) == []
    without = published.leaderboard(dataset, BASE.but(search="zebra"))
    assert str(without.empty) == "No model matches “zebra”. Clear the search to see all."
    assert list(without.rows()) == []


def test_without_a_question_of_its_own_a_view_is_about_all_that_was_printed(dataset: Dataset) -> None:
    """The brush goes before the span, the span before all the days from the first window to the last."""
    everything, week = "1 Feb – 1 Mar 2026", span(*(date.fromisoformat(day) for day in WEEKS[2]))
    february = span(date(2026, 2, 1), date(2026, 2, 28))
    board, prices = published.leaderboard(dataset, BASE), published.prices(dataset, BASE)
    assert str(board.caption.title) == f"Models in print, {everything}"
    assert str(prices.caption.scope).startswith(f"the models that stories of {everything} name; ")
    assert str(prices.caption.subtitle) == "US dollars per million tokens on 1 Mar 2026, log scale"
    assert len(published.leaderboard(dataset, BASE.but(span=february))) == 5
    narrow = BASE.but(span=february, brush=week)
    assert published.leaderboard(dataset, narrow).ids == (MINIMAX, KIMI)
    assert str(published.prices(dataset, narrow).caption.subtitle).endswith(" on 22 Feb 2026, log scale")


def test_prices_of_the_models_that_the_stories_name(dataset: Dataset) -> None:
    table = published.prices(dataset, BASE)
    assert table.ids == (MINIMAX, KIMI)
    assert table.values["output"] == [1.2, 3.0]
    assert table.values["source"] == [CATALOGUE, CATALOGUE]
    assert published.prices(dataset, BASE.but(models=frozenset({KIMI}))).ids == (KIMI,)
    nothing = published.prices(dataset, BASE.but(brush=span(date(2025, 1, 1), date(2025, 1, 31))))
    assert str(nothing.empty) == "No story names single models within Jan 2025."
    unpriced = published.prices(dataset, BASE.but(models=frozenset({GEMINI})))
    assert str(unpriced.empty) == "No price is known for these models on 1 Mar 2026."


def test_printed_figures_are_a_dataset_of_their_own(dataset: Dataset) -> None:
    assert dataset.source is Source.PUBLISHED
    assert dataset.cube.days is None
    assert dataset.prices.models == (GEMINI, MINIMAX, KIMI)
    assert not dataset.is_empty
    assert whole_span(dataset) == span(date(2026, 2, 1), date(2026, 3, 1))
    for view in ("leaderboard", "share", "prices"):
        assert len(table_of(view, dataset, BASE)) > 0
    with pytest.raises(KeyError):
        table_of("pie", dataset, BASE)


def test_the_sources_are_named_with_their_dates(dataset: Dataset) -> None:
    assert str(published.share(dataset, BASE).caption.source) == "Source: as printed by The Daily, 2026-02-27."
    source = str(published.leaderboard(dataset, BASE).caption.source)
    assert source == "Source: as printed by The Weekly, 2026-02-24; The Daily, 2026-02-27; The Weekly, 2026-03-04."
    shown = published.leaderboard(dataset, BASE.but(brush=span(date(2026, 2, 16), date(2026, 2, 22))))
    assert str(shown.caption.source) == "Source: as printed by The Weekly, 2026-02-24."


def test_no_figures_at_all_are_said_in_a_sentence(origins: Origins) -> None:
    empty = dataset_of((), origins)
    assert empty.is_empty
    assert whole_span(empty) is None
    for view in ("leaderboard", "share", "prices"):
        table = table_of(view, empty, BASE)
        assert table.empty is not None
        assert list(table.rows()) == []


def test_the_caption_says_of_what_its_shares_are_and_only_where_there_are_any(dataset: Dataset) -> None:
    told = "Shares: of the countries' totals that one publisher printed side by side."
    by_country = table_of("share", dataset, BASE)
    notes = [str(note) for note in by_country.caption.notes]
    assert told in notes
    assert not all(math.isnan(share) for share in by_country.values["share"])  # type: ignore[arg-type]
    assert "Hatched: some of the totals of that period were not printed." in notes
    by_model = table_of("share", dataset, BASE.but(grouping=Grouping.MODEL, grain=Grain.MONTH))
    assert len(by_model)
    assert all(math.isnan(share) for share in by_model.values["share"])  # type: ignore[arg-type]
    assert told not in [str(note) for note in by_model.caption.notes]
