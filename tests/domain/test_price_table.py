"""Prices side by side: which models, against which baseline, and how many times."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from explorer.domain import leaderboard, price_table, units
from explorer.domain.periods import span
from explorer.domain.price_history import at
from explorer.domain.prices import BY_NAME, CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import Compared, PriceFirst, Pricing, Sort
from explorer.domain.schema import DatedPrices, Price, PriceTier, to_day
from explorer.domain.selection import Grouping, Selection
from explorer.domain.slugs import short_names
from explorer.sources import read
from explorer.sources.genai import read_genai_prices

OPUS, MINIMAX, KIMI = "anthropic/claude-opus-4.6", "minimax/minimax-m2.5", "moonshotai/kimi-k2.5"
FREE, ROUTER = "qwen/qwen3:free", "openrouter/auto"
PRICES = (
    Price(OPUS, "", "Opus", 5.0, 25.0),
    Price(MINIMAX, "", "M2.5", 0.30, 1.10),
    Price(KIMI, "", "Kimi", 0.45, 2.55),
    Price(FREE, "", "Qwen", 0.0, 0.0),
    Price(ROUTER, "", "Auto", None, None, own=False),
)
RANKINGS = "Source: OpenRouter (openrouter.ai/rankings), as of 1 Jan 2099. Prices:"
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


def test_models_without_a_price_are_left_out_and_named_with_what_they_weigh(dataset: Any) -> None:
    notes = [str(note) for note in price_table.table(dataset, Selection()).caption.notes]
    share = f"{(35 + 10) / 185 * 100:.1f}\u2009%"
    within = f"{share} of the tokens of all named models on 10 Feb 2026."
    assert f"No price is known for {ROUTER}, nobody/unpriced on 10 Feb 2026: {within}" in notes
    assert f"No list ever priced {' and '.join(short_names((ROUTER, 'nobody/unpriced')))}, with {within}" in notes


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
    assert str(table.caption.source) == f"{RANKINGS} OpenRouter models API, as of 1 Feb 2026."
    assert str(table.caption.subtitle) == "US dollars per million tokens on 10 Feb 2026, log scale"


def test_a_snapshot_that_does_not_state_its_date_is_given_none(world_of: Callable[..., Any]) -> None:
    unstated = DatedPrices(SNAPSHOT.day, MODELS_API, PRICES, stated=False)
    rows = {("2026-02-10", MINIMAX): 5, ("2026-02-10", KIMI): 4}
    table = price_table.table(world_of(rows, prices=(unstated,)).dataset, Selection())
    assert str(table.caption.source) == f"{RANKINGS} OpenRouter models API, as-of date not stated."
    assert table.values["price_date"] == [None, None]
    assert table.values["source"] == [MODELS_API, MODELS_API]
    catalogue = DatedPrices(UNDATED, CATALOGUE, (Price("nobody/unpriced", "", "N", 1.0, 2.0),))
    dataset = world_of({**rows, ("2026-02-10", "nobody/unpriced"): 1}, prices=(unstated, catalogue)).dataset
    source = str(price_table.table(dataset, Selection()).caption.source)
    assert source == f"{RANKINGS} OpenRouter models API, as-of date not stated; the genai-prices catalogue (marked *)."


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


# --- how prices are looked at

RICH = (
    Price(OPUS, "", "Opus", 5.0, 25.0, cache_read=0.5, tiers=(PriceTier(200_001, 10.0, 37.5),)),
    Price(MINIMAX, "", "M2.5", 0.30, 1.10, cache_read=0.03),
    Price(KIMI, "", "Kimi", 0.45, 2.55, tiers=None),
)
CHEAPER = (Price(MINIMAX, "", "M2.5", 0.15, 0.90), Price("nobody/unpriced", "", "U", 7.0, 8.0))


@pytest.fixture
def rich(world_of: Callable[..., Any]) -> Any:
    lists = (DatedPrices(SNAPSHOT.day, MODELS_API, RICH), DatedPrices(UNDATED, CATALOGUE, CHEAPER))
    rows = {("2026-02-10", model): n for model, n in {MINIMAX: 50, OPUS: 20, KIMI: 40, "any/model:free": 30}.items()}
    return world_of(rows, prices=lists).dataset


def looked_at(**pricing: Any) -> Selection:
    return Selection(baseline=OPUS, pricing=Pricing(**pricing))


def test_blended_prices_follow_the_ratio_and_the_cached_share(rich: Any) -> None:
    table = price_table.table(rich, looked_at(ratio=3.0, cached=0.5))
    found, multiples = column(table, "blended"), column(table, "ratio_blended")
    opus, minimax, kimi = (3 * 2.75 + 25) / 4, (3 * 0.165 + 1.10) / 4, (3 * 0.45 + 2.55) / 4
    assert (found[OPUS], found[MINIMAX], found[KIMI]) == pytest.approx((opus, minimax, kimi))
    assert (multiples[OPUS], multiples[MINIMAX]) == pytest.approx((1, opus / minimax))
    assert column(table, "cached")[OPUS] == 0.5
    assert math.isnan(column(table, "cached")[KIMI])
    assert column(table, "ratio_cached")[MINIMAX] == pytest.approx(0.5 / 0.03)
    notes = " ".join(str(note) for note in table.caption.notes)
    assert "3 input tokens per output token, as chosen; 50\u2009% of the input read from a cache, as chosen." in notes
    assert "Where no list states a cache price, cached input costs what input costs." in notes


def test_the_caption_says_the_mix_first_where_it_is_what_is_compared(rich: Any) -> None:
    table = price_table.table(rich, looked_at(compared=Compared.BLENDED, linear=True))
    assert str(table.caption.notes[0]).startswith(
        "Blended: 17.2 input tokens per output token: 354 models on OpenRouter"
    )
    assert str(table.caption.subtitle) == (
        "US dollars per million tokens, input and output blended, on 10 Feb 2026, linear scale"
    )
    assert (table.compared, table.linear) == (Compared.BLENDED, True)
    plain = price_table.table(rich, looked_at())
    assert str(plain.caption.notes[-1]).startswith("Blended prices, in the exported table: 17.2 input tokens")
    keys = ",".join(column.key for column in plain.columns)
    assert keys.startswith("model,author,country,input,output,blended,ratio_input,ratio_output,source,price_date,")


def test_what_other_calls_cost_is_in_the_table_and_in_a_note(rich: Any) -> None:
    table = price_table.table(rich, looked_at())
    assert column(table, "tiers") == {
        MINIMAX: "",
        KIMI: "not imported",
        "any/model:free": "",
        OPUS: "from 200k: $10/$37.50",
    }
    assert "Base prices; other calls: claude-opus-4.6 from 200k: $10/$37.50." in map(str, table.caption.notes)


@pytest.mark.parametrize(
    ("compared", "cheapest"),
    [
        (Compared.BOTH, ("any/model:free", MINIMAX, KIMI, OPUS)),
        (Compared.BLENDED, ("any/model:free", MINIMAX, KIMI, OPUS)),
        (Compared.CACHED, (MINIMAX, OPUS, KIMI, "any/model:free")),
    ],
)
def test_models_are_sorted_by_what_is_compared(rich: Any, compared: Compared, cheapest: tuple[str, ...]) -> None:
    assert price_table.table(rich, looked_at(compared=compared)).ids == (MINIMAX, KIMI, "any/model:free", OPUS)
    assert price_table.table(rich, looked_at(compared=compared, sort=Sort.CHEAPEST)).ids == cheapest
    unknown = [model for model in cheapest if compared is Compared.CACHED and model in (KIMI, "any/model:free")]
    dearest = (*reversed([model for model in cheapest if model not in unknown]), *unknown)
    found = price_table.table(rich, looked_at(compared=compared, sort=Sort.DEAREST))
    assert found.ids == dearest
    assert column(found, "output")[MINIMAX] == 1.10


def test_whose_price_goes_first_is_a_choice_that_is_said(rich: Any) -> None:
    first, second = (price_table.table(rich, looked_at(first=first)) for first in PriceFirst)
    assert (column(first, "input")[MINIMAX], column(second, "input")[MINIMAX]) == (0.30, 0.15)
    assert column(second, "source") == {
        MINIMAX: CATALOGUE,
        KIMI: MODELS_API,
        "any/model:free": BY_NAME,
        OPUS: MODELS_API,
    }
    assert [str(words) for words in second.caption.filters] == ["prices of genai-prices first"]
    assert not first.caption.filters
    notes = [str(note) for note in second.caption.notes]
    assert "* genai-prices goes before the models snapshots, as chosen; its undated prices may be newer." in notes


@pytest.mark.parametrize("first", PriceFirst)
def test_the_leaderboard_has_the_same_price_of_a_model_and_day(rich: Any, first: PriceFirst) -> None:
    selection = looked_at(first=first)
    prices, board = price_table.table(rich, selection), leaderboard.table(rich, selection)
    for here, there in (("input", "input"), ("output", "output"), ("source", "price_source"), ("price_date",) * 2):
        assert column(prices, here) == column(board, there)


@pytest.mark.parametrize("first", PriceFirst)
def test_both_ways_to_the_real_prices_agree(history: Any, shared_data: Path, first: PriceFirst) -> None:
    paths = sorted((shared_data / "openrouter" / "models").glob("*.json"))
    lists = [dated for path in paths if (dated := read(path).prices)]
    book = history.dataset.with_prices([*lists, *read_genai_prices()]).prices
    priority = Pricing(first=first).priority
    for day in range(history.days.first, history.days.last, 13):
        columns = book.at(day, priority)
        for i, point in enumerate(at(book, day, priority)):
            if point is None:
                assert columns.source[i] == -1
                continue
            assert (book.said_by[columns.source[i]], columns.since[i]) == (point.source, point.since)
            stated = [math.nan if value is None else value for value in (point.input, point.output)]
            assert [columns.input[i], columns.output[i]] == pytest.approx(stated, nan_ok=True)


def test_prices_can_be_those_of_another_day(world_of: Callable[..., Any]) -> None:
    early = DatedPrices(SNAPSHOT.day - 60, MODELS_API, (Price(KIMI, "", "Kimi", 9.0, 9.5),))
    dataset = world_of({("2026-02-10", KIMI): 5}, prices=(SNAPSHOT, early)).dataset
    selection = Selection(pricing=Pricing(at=SNAPSHOT.day - 30))
    table = price_table.table(dataset, selection)
    assert (table.values["input"], table.values["price_date"]) == ([9.0], [date(2026, 2, 1) - timedelta(60)])
    assert "on 2 Jan 2026" in str(table.caption.subtitle)
    board = leaderboard.table(dataset, selection)
    assert board.values["input"] == [9.0]
    assert "Prices of 2 Jan 2026." in map(str, board.caption.notes)


def test_models_asked_for_are_there_whether_used_or_not(rich: Any) -> None:
    asked = ("nobody/unpriced", KIMI, "no/such-model", KIMI)
    table = price_table.of_models(rich, Selection(baseline=OPUS, models=frozenset({MINIMAX})), asked, DAY.last)
    assert table.ids == ("nobody/unpriced", KIMI, OPUS)
    assert (table.baseline, table.marked) == (OPUS, frozenset())
    assert column(table, "input") == {"nobody/unpriced": 7.0, KIMI: 0.45, OPUS: 5.0}
    assert column(table, "country")[OPUS] == "US"
    assert "No price is known for no/such-model on 10 Feb 2026." in map(str, table.caption.notes)
    assert str(price_table.of_models(rich, Selection(), (), DAY.last).empty) == "No model is asked for."


def test_the_printed_multiples_hold_on_the_snapshot_of_22_february(history: Any, shared_data: Path) -> None:
    snapshot = read(shared_data / "openrouter" / "models" / "2026-02-22.json").prices
    assert snapshot is not None
    dataset = history.dataset.with_prices([snapshot])
    day = span(date(2026, 2, 22), date(2026, 2, 22))
    table = price_table.table(dataset, Selection(brush=day, baseline=OPUS, models=frozenset({MINIMAX, "z-ai/glm-5"})))
    inputs, outputs = column(table, "input"), column(table, "output")
    assert (inputs[MINIMAX], outputs[MINIMAX], outputs["z-ai/glm-5"]) == (0.30, 1.10, 2.55)
    assert (inputs[OPUS], outputs[OPUS]) == (5.0, 25.0)
    assert inputs["z-ai/glm-5"] != 0.30, "the printed input price is in no snapshot of that month"
    assert round(column(table, "ratio_input")[MINIMAX], 1) == 16.7
    assert round(column(table, "ratio_output")[MINIMAX], 1) == 22.7
    assert round(column(table, "ratio_output")["z-ai/glm-5"], 1) == 9.8
    assert set(table.values["price_date"]) == {date(2026, 2, 22)}


def test_an_undated_price_says_nothing_of_a_model_before_it_is_known_to_exist(world_of: Callable[..., Any]) -> None:
    """KIMI is used from 1 Jan on, OPUS from February on; MINIMAX is in a list of a date before it is used."""
    undated = DatedPrices(UNDATED, CATALOGUE, PRICES)
    listed = DatedPrices(to_day(date(2025, 6, 1)), CATALOGUE, (Price(MINIMAX, "", "M2.5", 0.2, 1.0),))
    rows = {("2026-01-01", KIMI): 1} | {("2026-02-10", model): 10 for model in (OPUS, MINIMAX, KIMI)}
    dataset = world_of(rows, prices=(undated, listed)).dataset
    on = Selection(brush=DAY, pricing=Pricing(at=to_day(date(2026, 1, 15))))
    table = price_table.table(dataset, on)
    assert set(table.ids) == {KIMI, MINIMAX} and table.baseline == KIMI
    left_out = "Left out as not known to exist on that day, with a price of no stated date: one model, with 33.3"
    assert any(str(note).startswith(left_out) for note in table.caption.notes)
    assert set(price_table.table(dataset, Selection(brush=DAY)).ids) == {KIMI, MINIMAX, OPUS}
    early = Selection(brush=DAY, models=frozenset({OPUS}), pricing=Pricing(at=to_day(date(2024, 10, 1))))
    assert str(price_table.table(dataset, early).empty) == "None of these models is known to exist on 1 Oct 2024."
