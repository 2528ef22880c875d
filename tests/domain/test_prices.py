"""Which price list speaks for a model on a day."""

from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest

from explorer.domain.prices import BY_NAME, CATALOGUE, MODELS_API, UNDATED, PriceBook
from explorer.domain.schema import DatedPrices, Price, to_date, to_day

NAN = float("nan")
MODEL = "moonshotai/kimi-k2.5"


def price(model: str, dollars: float | None, canonical: str = "", *, own: bool = True) -> Price:
    """A model at `dollars` for input and twice that for output."""
    return Price(model, canonical, model, dollars, None if dollars is None else 2 * dollars, own=own)


def api(day: str, *prices: Price) -> DatedPrices:
    return DatedPrices(to_day(date.fromisoformat(day)), MODELS_API, prices)


def catalogue(day: str, *prices: Price) -> DatedPrices:
    return DatedPrices(to_day(date.fromisoformat(day)) if day else UNDATED, CATALOGUE, prices)


def found(lists: list[DatedPrices], day: str | date, model: str = MODEL) -> tuple[float, float, str, date | None]:
    """Input, output, source and date of the list used for one model among others."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    at = PriceBook(lists, ("a/first", model, "z/last")).at(to_day(when))
    source, since = int(at.source[1]), int(at.since[1])
    return (
        float(at.input[1]),
        float(at.output[1]),
        PriceBook.said_by[source] if source >= 0 else "",
        to_date(since) if since else None,
    )


def same(*wanted: object) -> object:
    return tuple(pytest.approx(w, nan_ok=True) if isinstance(w, float) else w for w in wanted)


SONNET = price("anthropic/claude-sonnet-4.5", 3.0, "anthropic/claude-4.5-sonnet-20250929")
NOTHING = same(NAN, NAN, "", None)


def test_the_newest_snapshot_that_names_the_model_wins_over_the_catalogue() -> None:
    lists = [
        api("2026-02-01", price(MODEL, 1.0)),
        api("2026-02-10", price(MODEL, 2.0)),
        api("2026-02-20", price("else/where", 9.0)),
        catalogue("2026-02-15", price(MODEL, 7.0)),
    ]
    first, tenth = date(2026, 2, 1), date(2026, 2, 10)
    for order in permutations(lists):
        assert found(list(order), "2026-02-09") == same(1.0, 2.0, MODELS_API, first)
        assert found(list(order), "2026-02-10") == same(2.0, 4.0, MODELS_API, tenth)
        assert found(list(order), "2026-03-01") == same(2.0, 4.0, MODELS_API, tenth)


def test_a_snapshot_speaks_for_ninety_days() -> None:
    taken = date(2026, 2, 1)
    lists = [api("2026-02-01", price(MODEL, 1.0)), catalogue("", price(MODEL, 7.0))]
    assert found(lists, taken + timedelta(90)) == same(1.0, 2.0, MODELS_API, taken)
    assert found(lists, taken + timedelta(91)) == same(7.0, 14.0, CATALOGUE, None)
    assert found(lists, taken - timedelta(1)) == same(7.0, 14.0, CATALOGUE, None)
    assert found(lists[:1], taken + timedelta(91)) == NOTHING
    assert found(lists[:1], taken - timedelta(1)) == NOTHING


def test_a_list_of_no_stated_date_speaks_from_its_day_and_shows_none() -> None:
    """Its day still says which list is newer and how old it may be."""
    unstated = DatedPrices(to_day(date(2026, 2, 10)), MODELS_API, (price(MODEL, 2.0),), stated=False)
    lists = [api("2026-02-01", price(MODEL, 1.0), price("a/b", 5.0)), unstated]
    for order in permutations(lists):
        assert found(list(order), "2026-02-09") == same(1.0, 2.0, MODELS_API, date(2026, 2, 1))
        assert found(list(order), "2026-02-10") == same(2.0, 4.0, MODELS_API, None)
        assert found(list(order), "2026-02-10", "a/b") == same(5.0, 10.0, MODELS_API, date(2026, 2, 1))
        assert found(list(order), date(2026, 2, 10) + timedelta(90)) == same(2.0, 4.0, MODELS_API, None)
        assert found(list(order), date(2026, 2, 10) + timedelta(91)) == NOTHING


def test_a_dated_change_of_the_catalogue_takes_effect_on_its_day() -> None:
    lists = [catalogue("2026-02-10", price(MODEL, 2.0)), catalogue("", price(MODEL, 1.0), price("a/b", 5.0))]
    assert found(lists, "2026-02-09") == same(1.0, 2.0, CATALOGUE, None)
    assert found(lists, "2026-02-10") == same(2.0, 4.0, CATALOGUE, date(2026, 2, 10))
    assert found(lists, "2031-01-01") == same(2.0, 4.0, CATALOGUE, date(2026, 2, 10))
    assert found(lists, "2031-01-01", "a/b") == same(5.0, 10.0, CATALOGUE, None)


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        (SONNET, "anthropic/claude-4.5-sonnet-20250929"),
        (SONNET, "anthropic/claude-sonnet-4.5"),
        (SONNET, "anthropic/claude-sonnet-4.5-20250929"),
        (SONNET, "anthropic/claude-4.5-sonnet"),
        (price("anthropic/claude-sonnet-4.5", 3.0), "anthropic/claude-sonnet-4.5-20250929"),
        (price("mistralai/mistral-large-2512", 3.0), "mistralai/mistral-large"),
        (price("openai/gpt-5", 3.0, "openai/gpt-5-2025-08-07"), "openai/gpt-5-2025-08-07"),
        (price("x/y:free", 3.0, "x/y-0127"), "x/y-0127:free"),
        (price("x/y-0127:free", 3.0), "x/y:free"),
    ],
)
def test_a_model_is_known_by_canonical_slug_by_id_and_by_either_without_suffix(listed: Price, wanted: str) -> None:
    assert found([api("2026-02-01", price("no/other", 8.0), listed)], "2026-02-02", wanted)[:2] == (3.0, 6.0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_exact_slug_goes_before_one_without_suffix(order: tuple[int, ...]) -> None:
    listed = (price("qwen/qwen3-2507", 1.0), price("qwen/qwen3", 2.0), price("qwen/qwen3-2509", 3.0))
    lists = [api("2026-02-01", *(listed[i] for i in order))]
    assert found(lists, "2026-02-02", "qwen/qwen3")[0] == 2.0
    assert found(lists, "2026-02-02", "qwen/qwen3-2507")[0] == 1.0
    assert found(lists, "2026-02-02", "qwen/qwen3-2509")[0] == 3.0
    assert found(lists, "2026-02-02", "qwen/qwen3-0127")[0] == 2.0


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_canonical_slug_goes_before_the_id(order: tuple[int, ...]) -> None:
    listed = (price("x/new", 1.0, "x/model"), price("x/model", 2.0, "x/model-20250101"))
    lists = [api("2026-02-01", *(listed[i] for i in order))]
    assert found(lists, "2026-02-02", "x/model")[0] == 1.0
    assert found(lists, "2026-02-02", "x/model-20250101")[0] == 2.0


def test_a_variant_is_not_given_the_price_of_its_base_model_nor_the_other_way_round() -> None:
    base = [api("2026-02-01", price("deepseek/deepseek-r1", 0.4, "deepseek/deepseek-r1-0528"))]
    assert found(base, "2026-02-02", "deepseek/deepseek-r1:batch") == NOTHING
    for variant in ("deepseek/deepseek-r1:free", "deepseek/deepseek-r1-0528:free"):
        assert found(base, "2026-02-02", variant)[:3] == (0.0, 0.0, BY_NAME), "free by its name, not by a list"
    free = [api("2026-02-01", price("deepseek/deepseek-r1:free", 0.0, "deepseek/deepseek-r1-0528"))]
    for model in ("deepseek/deepseek-r1", "deepseek/deepseek-r1-0528"):
        assert found(free, "2026-02-02", model) == NOTHING
    both = [api("2026-02-01", *base[0].prices, *free[0].prices)]
    assert found(both, "2026-02-02", "deepseek/deepseek-r1-0528")[0] == 0.4
    assert found(both, "2026-02-02", "deepseek/deepseek-r1-0528:free")[0] == 0.0


def test_a_router_has_no_price_and_the_catalogue_does_not_make_one_up() -> None:
    lists = [api("2026-02-01", price("openrouter/auto", None, own=False)), catalogue("", price("openrouter/auto", 3.0))]
    assert found(lists, "2026-02-02", "openrouter/auto")[:2] == same(NAN, NAN)


def test_free_is_zero_and_not_stated_is_nothing() -> None:
    half = Price(MODEL, "", "Kimi", 0.0, None)
    assert found([api("2026-02-01", half)], "2026-02-02")[:2] == same(0.0, NAN)


def test_a_model_that_no_list_names_has_no_price() -> None:
    assert found([api("2026-02-01", price("a/first", 1.0))], "2026-02-02") == NOTHING
    assert found([], "2026-02-02") == NOTHING


def test_asking_for_other_days_in_between_changes_no_answer() -> None:
    book = PriceBook([api("2026-02-01", price("a/x", 1.0)), api("2026-03-01", price("a/x", 2.0))], ("a/x", "b/y"))
    days = [to_day(date(2026, 2, 5)), to_day(date(2026, 3, 5)), to_day(date(2026, 2, 5)), to_day(date(2026, 1, 1))]
    inputs = [book.at(day).input.tolist() for day in days]
    np.testing.assert_array_equal(inputs, [[1.0, NAN], [2.0, NAN], [1.0, NAN], [NAN, NAN]])
