"""What a workload costs with every model, against arithmetic by hand and a plain calculation over all models."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from explorer.domain.dataset import Dataset, published
from explorer.domain.origins import Origins
from explorer.domain.periods import Span
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import PriceFirst, Pricing
from explorer.domain.schema import DatedPrices, Figure, Price, PriceTier, to_day
from explorer.domain.selection import Selection, Source, Variants
from explorer.domain.tables import table as table_of
from explorer.domain.workload import Workload
from explorer.domain.workload_table import WorkloadTable, table

OPUS, R1, FREE, GEMINI, MISTRAL, LATER = (
    "anthropic/claude-opus-4.6",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1:free",
    "google/gemini-3-flash",
    "mistralai/mistral-large-2512",
    "qwen/qwen3-max",
)
LISTS = (
    DatedPrices(
        to_day(date(2026, 2, 1)),
        MODELS_API,
        (
            Price(OPUS, "", "", 5.0, 25.0, 0.5),
            Price(R1, "", "", 1.0, 2.0, tiers=(PriceTier(1_000, 3.0, 4.0),)),
        ),
    ),
    DatedPrices(
        UNDATED,
        CATALOGUE,
        (Price(R1, "", "", 0.5, 1.0), Price(GEMINI, "", "", 2.0, 30.0, 0.2), Price(LATER, "", "", 9.0, 9.0)),
    ),
)
WORK = Workload(100, 1_000, 100, 0.5)
ROWS = {
    **{("2026-02-10", model): 10 for model in (OPUS, R1, FREE, GEMINI)},
    ("2026-02-10", MISTRAL): 60,
    ("2026-03-01", LATER): 10,
}
DAY = to_day(date(2026, 2, 10))
ASKED = Selection(brush=Span(DAY, DAY), pricing=Pricing(workload=WORK))


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Dataset:
    return world_of(ROWS, prices=LISTS).dataset


def column(found: WorkloadTable, key: str) -> dict[str, Any]:
    return dict(zip(found.ids, found.values[key], strict=True))


def test_the_baseline_comes_first_then_the_cheapest_then_what_is_free_at_the_price_of_its_tier(
    dataset: Dataset,
) -> None:
    found = table(dataset, ASKED)
    assert found.ids == (GEMINI, R1, OPUS, FREE)
    assert found.names == ("gemini-3-flash (baseline)", "deepseek-r1", "claude-opus-4.6", "deepseek-r1:free")
    notes = [str(note) for note in found.caption.notes]
    assert "Not checked: whether a model takes so long an input." in notes
    assert "One model is free, which limits how often it may be called." in notes
    # 500 cached and 500 other input tokens, 100 output tokens, 100 times; R1 states no price of cached input.
    assert column(found, "per_day") == {
        FREE: 0.0,
        GEMINI: pytest.approx(100 * (500 * 2 + 500 * 0.2 + 100 * 30) / 1e6),
        R1: pytest.approx(100 * (1_000 * 3 + 100 * 4) / 1e6),
        OPUS: pytest.approx(100 * (500 * 5 + 500 * 0.5 + 100 * 25) / 1e6),
    }
    assert column(found, "per_month")[OPUS] == pytest.approx(30 * column(found, "per_day")[OPUS])
    assert column(found, "tier") == {FREE: False, GEMINI: False, R1: True, OPUS: False}
    assert (column(found, "input")[R1], column(found, "output")[R1], column(found, "cached")[R1]) == (3.0, 4.0, 3.0)
    assert column(found, "cache_known") == {FREE: True, GEMINI: True, R1: False, OPUS: True}


def test_prices_have_their_source_and_date(dataset: Dataset) -> None:
    found = table(dataset, ASKED)
    assert column(found, "source") == {OPUS: MODELS_API, R1: MODELS_API, GEMINI: CATALOGUE, FREE: ":free"}
    assert column(found, "price_date") == {OPUS: date(2026, 2, 1), R1: date(2026, 2, 1), GEMINI: None, FREE: None}
    assert str(found.caption.source) == (
        "Source: OpenRouter (openrouter.ai/rankings), as of 1 Jan 2099. "
        "Prices: OpenRouter models (list of 1 Feb 2026), genai-prices (no date stated)."
    )
    other = table(dataset, ASKED.but(pricing=Pricing(PriceFirst.CATALOGUE, workload=WORK)))
    assert column(other, "source")[R1] == CATALOGUE
    assert column(other, "input")[R1] == 0.5


def test_the_baseline_is_the_one_asked_for_else_the_dearest_output_of_the_most_used(dataset: Dataset) -> None:
    assert table(dataset, ASKED).baseline == GEMINI
    found = table(dataset, ASKED.but(baseline=OPUS))
    assert found.baseline == OPUS
    multiple, per_day = column(found, "multiple"), column(found, "per_day")
    assert multiple == {model: pytest.approx(dollars / per_day[OPUS]) for model, dollars in per_day.items()}
    assert str(found.caption.title).startswith("3 of 4 models do this work for less than claude-opus-4.6, at $0.525")
    assert table(dataset, ASKED.but(baseline=MISTRAL)).baseline == GEMINI, "no price is known for it"
    free = table(dataset, ASKED.but(baseline=FREE))
    assert set(free.values["multiple"]) == {None}
    assert str(free.caption.title).startswith("None of 4 models do this work for less than deepseek-r1:free")


def test_at_the_break_even_both_cost_the_same(dataset: Dataset) -> None:
    found = table(dataset, ASKED.but(baseline=GEMINI))
    shares = column(found, "break_even")
    assert shares[GEMINI] is None and shares[FREE] is None
    share = shares[OPUS]
    output = round(1_100 * share)
    # With so many output tokens of 1,100 both cost the same, to the cent of a token.
    costs = [
        (1_100 - output) * (plain + cached) / 2 + output * out
        for plain, cached, out in ((5.0, 0.5, 25.0), (2.0, 0.2, 30.0))
    ]
    assert costs[0] == pytest.approx(costs[1], rel=0.01)


def test_what_could_not_be_priced_is_counted_with_its_tokens(dataset: Dataset) -> None:
    caption = table(dataset, ASKED).caption
    notes = [str(note) for note in caption.notes]
    # Mistral has 60 of the 100 tokens; the price of the model that nobody used until March states no date.
    left_out = "Left out for want of a known price on that day: one model, with 60.0\N{THIN SPACE}% of the named"
    assert any(note.startswith(left_out) for note in notes)
    assert "Left out as not known to exist on that day, with a price of no stated date: one model." in notes
    assert str(caption.scope).startswith("known prices of 4 of 6 models, 40.0")
    assert "One model states no price of cached input and is paid the input price for it." in notes
    plain = ASKED.but(pricing=Pricing(workload=replace(WORK, cached=0.0)))
    assert not any("cached input" in str(note) for note in table(dataset, plain).caption.notes)


def test_an_undated_price_says_nothing_of_a_model_before_it_was_used(dataset: Dataset) -> None:
    assert LATER not in table(dataset, ASKED).ids
    march = Span(to_day(date(2026, 3, 1)), to_day(date(2026, 3, 1)))
    assert LATER in table(dataset, ASKED.but(brush=march)).ids


def test_on_a_day_before_the_window_models_that_came_later_are_left_out(world_of: Callable[..., Any]) -> None:
    """By then R1 had been used; GEMINI and FREE have tokens in the window and no list of a date."""
    dataset = world_of(ROWS | {("2026-01-10", R1): 5}, prices=LISTS).dataset
    found = table(dataset, ASKED.but(pricing=replace(ASKED.pricing, at=to_day(date(2026, 1, 15)))))
    assert found.ids == (R1,)
    notes = [str(note) for note in found.caption.notes]
    unborn = "Left out as not known to exist on that day, with a price of no stated date: three models, with 20.0"
    assert any(note.startswith(unborn) for note in notes)
    unpriced = "Left out for want of a known price on that day: 2 models, with 70.0"
    assert any(note.startswith(unpriced) for note in notes)
    early = table(dataset, ASKED.but(pricing=replace(ASKED.pricing, at=to_day(date(2025, 1, 1)))))
    assert str(early.empty) == "No model is known to exist on 1 Jan 2025."


def test_the_prices_of_another_day_can_be_asked_for(world_of: Callable[..., Any]) -> None:
    used = {("2026-01-10", model): 5 for model in (R1, FREE, GEMINI)}
    dataset = world_of(ROWS | used, prices=LISTS).dataset
    january = replace(ASKED.pricing, at=to_day(date(2026, 1, 15)))
    found = table(dataset, ASKED.but(pricing=january))
    assert found.ids == (GEMINI, R1, FREE)
    assert set(found.values["price_date"]) == {None}
    assert "list prices of no stated date" in str(found.caption.subtitle)


def test_a_billion_calls_are_no_trouble(dataset: Dataset) -> None:
    work = Workload(1e9, 100_000_000, 100_000_000)
    found = table(dataset, ASKED.but(pricing=Pricing(workload=work)))
    assert column(found, "per_day")[OPUS] == pytest.approx(1e9 * 100 * 30)
    assert "1\N{THIN SPACE}000\N{THIN SPACE}000\N{THIN SPACE}000 calls a day" in str(found.caption.subtitle)


def test_a_sentence_says_what_it_costs_by_which_lists(dataset: Dataset) -> None:
    said = str(table(dataset, ASKED).caption.sentence)
    assert "of 10 February 2026" in said and "one free left out" in said
    assert "OpenRouter models (list of 1 Feb 2026)" in said and said.endswith(".")


def test_what_is_marked_is_marked_and_no_number_changes(dataset: Dataset) -> None:
    plain, marked = table(dataset, ASKED), table(dataset, ASKED.but(countries=frozenset({"CN"})))
    assert marked.marked & set(marked.ids) == {R1, FREE} and plain.marked == frozenset()
    assert marked.values == plain.values


def test_merged_variants_are_no_rows_of_their_own(dataset: Dataset) -> None:
    found = table_of("workload", dataset, ASKED.but(variants=Variants.MERGED))
    assert FREE not in found.ids and R1 in found.ids


def test_without_data_or_prices_it_says_why(dataset: Dataset, world_of: Callable[..., Any]) -> None:
    nowhere = table(dataset, Selection(span=Span(1, 2)))
    assert len(nowhere) == 0 and "The data runs" in str(nowhere.empty)
    assert [c.key for c in nowhere.columns] == list(nowhere.values)
    unpriced = world_of({("2026-02-10", OPUS): 10}).dataset
    assert str(table(unpriced, ASKED).empty) == "No price is known on 10 Feb 2026."


def test_printed_figures_have_the_models_that_they_name(origins: Origins) -> None:
    figure = Figure("a", "", None, None, "", "Opus", "tokens", 1.0, "T", "", "", "2026-02", model=OPUS)
    data = published((figure,), origins, LISTS)
    found = table_of("workload", data, Selection(source=Source.PUBLISHED, pricing=Pricing(workload=WORK)))
    assert found.ids == (OPUS,)
    assert len(table(published((), origins), Selection(source=Source.PUBLISHED))) == 0
