"""Prices side by side: which models, against which baseline, and how many times."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from explorer.domain import price_table, units
from explorer.domain.periods import span
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.schema import DatedPrices, Price, to_day
from explorer.domain.selection import Grouping, Selection

OPUS, MINIMAX, KIMI = "anthropic/claude-opus-4.6", "minimax/minimax-m2.5", "moonshotai/kimi-k2.5"
FREE, ROUTER = "qwen/qwen3:free", "openrouter/auto"
PRICES = (
    Price(OPUS, "", "Opus", 5.0, 25.0),
    Price(MINIMAX, "", "M2.5", 0.30, 1.10),
    Price(KIMI, "", "Kimi", 0.45, 2.55),
    Price(FREE, "", "Qwen", 0.0, 0.0),
    Price(ROUTER, "", "Auto", None, None, own=False),
)
SNAPSHOT = DatedPrices(to_day(date(2026, 2, 1)), MODELS_API, PRICES)
TOKENS = {MINIMAX: 50, KIMI: 40, ROUTER: 35, FREE: 30, OPUS: 20, "nobody/unpriced": 10}
DAY = span(date(2026, 2, 10), date(2026, 2, 10))


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Any:
    return world_of({("2026-02-10", model): n for model, n in TOKENS.items()}, prices=(SNAPSHOT,)).dataset


def column(table: Any, key: str) -> dict[str, Any]:
    return dict(zip(table.ids, table.values[key], strict=True))


def test_the_most_used_models_with_a_price_in_order_of_use(dataset: Any) -> None:
    table = price_table.table(dataset, Selection())
    assert table.ids == (MINIMAX, KIMI, FREE, OPUS)
    assert column(table, "input") == {MINIMAX: 0.30, KIMI: 0.45, FREE: 0.0, OPUS: 5.0}
    assert column(table, "output") == {MINIMAX: 1.10, KIMI: 2.55, FREE: 0.0, OPUS: 25.0}
    assert set(table.values["source"]) == {MODELS_API}
    assert set(table.values["price_date"]) == {date(2026, 2, 1)}
    assert column(table, "country")[OPUS] == "US"
    assert [c.key for c in table.columns] == [c.key for c in price_table.COLUMNS]
    assert all(len(table.values[c.key]) == len(table) for c in table.columns)


def test_multiples_are_the_baselines_price_over_each_price(dataset: Any) -> None:
    table = price_table.table(dataset, Selection(baseline=OPUS))
    assert table.baseline == OPUS
    inputs, outputs = column(table, "ratio_input"), column(table, "ratio_output")
    assert (inputs[MINIMAX], outputs[MINIMAX]) == pytest.approx((5 / 0.30, 25 / 1.10))
    assert [units.ratio(inputs[MINIMAX]), units.ratio(outputs[MINIMAX])] == ["16.7×", "22.7×"]
    assert round(outputs[KIMI], 1) == 9.8
    assert (inputs[OPUS], outputs[OPUS]) == (1.0, 1.0)
    how = f"the most used models on 10 Feb 2026; multiples are the price of {OPUS} over the model's"
    assert str(table.caption.scope) == how


def test_free_models_have_a_price_of_zero_and_no_multiple(dataset: Any) -> None:
    table = price_table.table(dataset, Selection(baseline=OPUS))
    assert column(table, "input")[FREE] == 0
    assert math.isnan(column(table, "ratio_input")[FREE])
    assert "Free models have no bar and no multiple." in [str(note) for note in table.caption.notes]


def test_models_without_a_price_are_left_out_and_named(dataset: Any) -> None:
    notes = [str(note) for note in price_table.table(dataset, Selection()).caption.notes]
    assert f"No price is known for {ROUTER}, nobody/unpriced." in notes


def test_where_everything_is_free_there_is_no_multiple(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-10", FREE): 5}, prices=(SNAPSHOT,)).dataset
    table = price_table.table(dataset, Selection())
    assert (table.ids, table.baseline) == ((FREE,), FREE)
    assert all(math.isnan(column(table, key)[FREE]) for key in ("ratio_input", "ratio_output"))


@pytest.mark.parametrize("asked", ["", "nobody/unpriced", ROUTER, FREE, "no/such-model"])
def test_without_a_priced_baseline_the_dearest_model_shown_is_the_baseline(dataset: Any, asked: str) -> None:
    assert price_table.table(dataset, Selection(baseline=asked)).baseline == OPUS


def test_the_baseline_is_shown_even_where_it_is_not_among_the_models(dataset: Any) -> None:
    table = price_table.table(dataset, Selection(models=frozenset({KIMI}), baseline=OPUS))
    assert table.ids == (KIMI, OPUS)
    assert table.marked == {KIMI}
    assert table.names == ("kimi-k2.5", "claude-opus-4.6")
    assert column(table, "ratio_output")[KIMI] == pytest.approx(25 / 2.55)


def test_marked_models_are_compared_with_the_dearest_of_the_most_used(dataset: Any) -> None:
    for marked in (frozenset({KIMI, MINIMAX}), frozenset({FREE}), frozenset({OPUS, KIMI})):
        table = price_table.table(dataset, Selection(models=marked))
        used = [model for model in (MINIMAX, KIMI, FREE, OPUS) if model in marked or model == OPUS]
        assert (table.ids, table.marked, table.baseline) == (tuple(used), marked, OPUS)


def test_a_baseline_nobody_asked_for_has_a_price(world_of: Callable[..., Any]) -> None:
    listed = DatedPrices(SNAPSHOT.day, MODELS_API, (Price(KIMI, "", "Kimi", 0.45, None),))
    dataset = world_of({("2026-02-10", KIMI): 5, ("2026-02-10", "a/unpriced"): 9}, prices=(listed,)).dataset
    for selection in (Selection(), Selection(models=frozenset({KIMI}))):
        table = price_table.table(dataset, selection)
        assert (table.ids, table.baseline) == ((KIMI,), KIMI)


def test_a_mark_of_a_country_marks_its_models(dataset: Any) -> None:
    by_country = Selection().mark(Grouping.COUNTRY, "US")
    table = price_table.table(dataset, by_country)
    assert (table.ids, table.marked) == ((OPUS,), {OPUS})
    assert price_table.table(dataset, Selection()).marked == frozenset()


def test_no_more_than_ten_models_and_the_baseline(world_of: Callable[..., Any]) -> None:
    models = [f"a/m{i:02}" for i in range(14)]
    listed = DatedPrices(SNAPSHOT.day, MODELS_API, tuple(Price(m, "", m, 1.0, 2.0) for m in models))
    rows = {("2026-02-10", model): 100 - i for i, model in enumerate(models)}
    dataset = world_of(rows, prices=(listed,)).dataset
    assert price_table.table(dataset, Selection()).ids == tuple(models[:10])
    assert price_table.table(dataset, Selection(baseline="a/m13")).ids == (*models[:10], "a/m13")


def test_the_catalogue_is_named_and_marked_where_no_snapshot_covers_the_date(world_of: Callable[..., Any]) -> None:
    undated = DatedPrices(UNDATED, CATALOGUE, PRICES)
    world = world_of({("2026-02-10", MINIMAX): 5, ("2026-02-10", KIMI): 4}, prices=(undated,))
    table = price_table.table(world.dataset, Selection())
    assert table.values["source"] == [CATALOGUE, CATALOGUE]
    assert table.values["price_date"] == [None, None]
    assert "genai-prices" in str(table.caption.source)
    assert any(str(note).startswith("* genai-prices") for note in table.caption.notes)


def test_the_source_line_says_of_when_the_snapshot_is(dataset: Any) -> None:
    table = price_table.table(dataset, Selection())
    assert str(table.caption.source) == "Source: OpenRouter models API, as of 1 Feb 2026."
    assert str(table.caption.subtitle) == "US dollars per million tokens on 10 Feb 2026, log scale"


def test_a_snapshot_that_does_not_state_its_date_is_given_none(world_of: Callable[..., Any]) -> None:
    unstated = DatedPrices(SNAPSHOT.day, MODELS_API, PRICES, stated=False)
    rows = {("2026-02-10", MINIMAX): 5, ("2026-02-10", KIMI): 4}
    table = price_table.table(world_of(rows, prices=(unstated,)).dataset, Selection())
    assert str(table.caption.source) == "Source: OpenRouter models API, as-of date not stated."
    assert table.values["price_date"] == [None, None]
    assert table.values["source"] == [MODELS_API, MODELS_API]
    catalogue = DatedPrices(UNDATED, CATALOGUE, (Price("nobody/unpriced", "", "N", 1.0, 2.0),))
    dataset = world_of({**rows, ("2026-02-10", "nobody/unpriced"): 1}, prices=(unstated, catalogue)).dataset
    source = str(price_table.table(dataset, Selection()).caption.source)
    assert source == ("Source: OpenRouter models API, as-of date not stated; the genai-prices catalogue (marked *).")


def test_prices_are_those_at_the_end_of_the_window(world_of: Callable[..., Any]) -> None:
    later = DatedPrices(to_day(date(2026, 2, 12)), MODELS_API, (Price(KIMI, "", "Kimi", 1.0, 2.0),))
    rows = {(f"2026-02-{day}", KIMI): 5 for day in range(10, 14)}
    dataset = world_of(rows, prices=(SNAPSHOT, later)).dataset
    assert price_table.table(dataset, Selection(brush=DAY)).values["input"] == [0.45]
    assert price_table.table(dataset, Selection()).values["input"] == [1.0]


def test_what_cannot_be_shown_is_said_in_a_sentence(dataset: Any, world_of: Callable[..., Any]) -> None:
    unpriced = price_table.table(world_of({("2026-02-10", KIMI): 5}).dataset, Selection())
    assert str(unpriced.empty) == "No price is known for these models on 10 Feb 2026."
    assert list(unpriced.rows()) == []
    nothing = price_table.table(dataset, Selection(models=frozenset({"nobody/unpriced"})))
    assert str(nothing.empty) == "No price is known for these models on 10 Feb 2026."


def test_models_without_tokens_are_not_said_to_be_without_a_price(dataset: Any, world_of: Callable[..., Any]) -> None:
    unused = price_table.table(dataset, Selection(models=frozenset({"no/such-model"})))
    assert str(unused.empty) == "None of the marked models has tokens in this window."
    zeros = world_of({("2026-02-10", MINIMAX): 0}, prices=(SNAPSHOT,)).dataset
    assert str(price_table.table(zeros, Selection()).empty) == "None of the models has tokens in this window."


def test_a_window_without_data_does_not_claim_that_there_are_no_rankings(dataset: Any) -> None:
    elsewhere = span(date(2025, 1, 1), date(2025, 1, 7))
    table = price_table.table(dataset, Selection(brush=elsewhere))
    assert len(table) == 0
    assert table.empty is not None and "There are no rankings yet" not in str(table.empty)
