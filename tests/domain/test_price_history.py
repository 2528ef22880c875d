"""A model's price over time, merged from all sources in the order asked for."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.price_history import BY_NAME, NO_LIST, PRIORITY, PricePoint, at, columns, history
from explorer.domain.prices import CATALOGUE, MAX_AGE, MODELS_API, UNDATED, PriceBook
from explorer.domain.schema import DatedPrices, Price, PriceTier, to_day
from explorer.sources import read
from explorer.sources.genai import read_genai_prices

MODEL = "moonshotai/kimi-k2.5"
TURNED = (CATALOGUE, MODELS_API)
TIER = PriceTier(200_000, 4.0, 8.0)


def price(dollars: float | None, model: str = MODEL, **more: Any) -> Price:
    return Price(model, "", model, dollars, None if dollars is None else 2 * dollars, **more)


def day(text: str) -> int:
    return to_day(date.fromisoformat(text))


def api(when: str, *prices: Price, stated: bool = True) -> DatedPrices:
    return DatedPrices(day(when), MODELS_API, prices, stated)


def catalogue(when: str, *prices: Price) -> DatedPrices:
    return DatedPrices(day(when) if when else UNDATED, CATALOGUE, prices)


def told(points: tuple[PricePoint, ...]) -> list[tuple[int, str, int, float | None]]:
    return [(point.day, point.source, point.since, point.input) for point in points]


LISTS = [
    catalogue("", price(1.0)),
    catalogue("2026-02-15", price(7.0)),
    api("2026-02-01", price(2.0)),
    api("2026-02-10", price(2.0), price(9.0, "a/b")),
    api("2026-02-20", price(3.0)),
]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::17])
def test_only_changes_are_points_and_each_knows_its_source_and_date(order: tuple[int, ...]) -> None:
    book = PriceBook([LISTS[i] for i in order], ("a/b", MODEL))
    expired = day("2026-02-20") + MAX_AGE + 1
    assert told(history(book, MODEL)) == [
        (UNDATED, CATALOGUE, UNDATED, 1.0),
        (day("2026-02-01"), MODELS_API, day("2026-02-01"), 2.0),
        (day("2026-02-20"), MODELS_API, day("2026-02-20"), 3.0),
        (expired, CATALOGUE, day("2026-02-15"), 7.0),
    ]
    assert told(history(book, MODEL, TURNED)) == [
        (UNDATED, CATALOGUE, UNDATED, 1.0),
        (day("2026-02-15"), CATALOGUE, day("2026-02-15"), 7.0),
    ]
    assert told(history(book, MODEL, (MODELS_API,)))[-1] == (expired, NO_LIST, UNDATED, None)


def test_a_list_without_a_stated_date_shows_none() -> None:
    (point, end) = history(PriceBook([api("2026-02-10", price(2.0), stated=False)], (MODEL,)), MODEL)
    assert (point.day, point.since, end.source) == (day("2026-02-10"), UNDATED, NO_LIST)


def test_a_change_of_the_cache_price_the_call_price_or_a_tier_is_a_change() -> None:
    steps = [
        price(2.0),
        price(2.0, cache_read=0.2),
        price(2.0, cache_read=0.2, cache_write=2.5),
        price(2.0, cache_read=0.2, cache_write=2.5, request=0.01),
        price(2.0, cache_read=0.2, cache_write=2.5, request=0.01, tiers=(TIER,)),
        price(None, own=False),
    ]
    lists = [api(f"2026-02-{2 * n + 1:02}", step) for n, step in enumerate(steps)]
    same = [api(f"2026-02-{2 * n + 2:02}", step) for n, step in enumerate(steps)]
    found = history(PriceBook([*lists, *same], (MODEL,)), MODEL)
    assert [point.price for point in found[:-1]] == steps
    assert [point.since for point in found[:-1]] == [dated.day for dated in lists]
    assert (found[4].cache_write, found[4].tiers, found[5].price.own) == (2.5, (TIER,), False)


def test_a_tier_from_a_threshold_and_one_above_it_are_no_change_nor_are_tiers_that_were_not_kept() -> None:
    above = PriceTier(200_001, 4.0, 8.0)
    lists = [api("2026-02-01", price(2.0, tiers=(TIER,))), api("2026-02-02", price(2.0, tiers=(above,)))]
    assert len(history(PriceBook(lists, (MODEL,)), MODEL)) == 2
    lists = [api("2026-02-01", price(2.0, tiers=None)), api("2026-02-02", price(2.0))]
    assert len(history(PriceBook(lists, (MODEL,)), MODEL)) == 2


def test_a_free_variant_that_no_list_names_is_free_by_name_and_a_listed_one_by_its_list() -> None:
    free = "qwen/qwen3:free"
    book = PriceBook([api("2026-02-10", price(0.0, free))], (free, "other/model:free", "other/model"))
    listed, named, unknown = at(book, day("2026-02-11"))
    assert listed is not None and named is not None and unknown is None
    assert (listed.source, named.source) == (MODELS_API, BY_NAME)
    assert (named.input, named.output, named.since) == (0.0, 0.0, UNDATED)
    assert told(history(book, "other/model:free")) == [(UNDATED, BY_NAME, UNDATED, 0.0)]
    assert history(book, "other/model") == ()
    with pytest.raises(ValueError):
        history(book, "no/such")
    with pytest.raises(ValueError):
        at(book, 0, ("elsewhere",))


def test_stretched_takes_the_newest_list_before_else_the_first_after() -> None:
    book = PriceBook(
        [api("2025-01-01", price(1.0)), api("2025-02-01", price(2.0)), api("2027-01-01", price(3.0))], (MODEL,)
    )
    for when, wanted in (("2024-06-01", 1.0), ("2025-01-15", 1.0), ("2026-01-01", 2.0), ("2027-01-01", 3.0)):
        (point,) = at(book, day(when), stretched=True)
        assert point is not None and point.input == wanted
    assert at(book, day("2024-06-01")) == (None,)
    assert at(book, day("2026-01-01")) == (None,)
    other = PriceBook([catalogue("2025-01-01", price(5.0)), api("2027-01-01", price(3.0))], (MODEL,))
    (point,) = at(other, day("2024-06-01"), stretched=True)
    assert point is not None and point.source == MODELS_API


prices = st.sampled_from([0.0, 1.0, 2.0, 3.0, None])
lists = st.lists(
    st.builds(
        lambda source, when, given: DatedPrices(
            when, source, tuple(price(dollars, model) for model, dollars in given.items())
        ),
        st.sampled_from(PRIORITY),
        st.integers(0, 400),
        st.dictionaries(st.sampled_from(("a/x", "a/y", "a/y:free", "b/z")), prices),
    ),
    max_size=12,
    unique_by=lambda dated: (dated.source, dated.day),
)


@settings(deadline=None)
@given(lists, st.sampled_from([PRIORITY, TURNED, (CATALOGUE,)]))
def test_the_history_says_on_every_day_what_is_in_force(given_: list[DatedPrices], priority: tuple[str, ...]) -> None:
    models = ("a/x", "a/y", "a/y:free", "b/z", "c/none")
    book = PriceBook(given_, models)
    histories = [history(book, model, priority) for model in models]
    for points in histories:
        assert all(a.day < b.day for a, b in pairwise(points))
        assert all(
            (a.price.input, a.source == NO_LIST) != (b.price.input, b.source == NO_LIST) for a, b in pairwise(points)
        )
    for when in range(0, 520, 7):
        for points, now in zip(histories, at(book, when, priority), strict=True):
            held = [point for point in points if point.day <= when]
            before = held[-1] if held and held[-1].source != NO_LIST else None
            assert (before is None) == (now is None)
            assert before is None or now is None or before.price == now.price


@settings(deadline=None)
@given(lists)
def test_by_the_usual_priority_it_is_the_price_book(given_: list[DatedPrices]) -> None:
    book = PriceBook(given_, ("a/x", "a/y", "b/z", "c/none"))
    for when in range(0, 520, 13):
        points = at(book, when)
        found, wanted = columns(points), book.at(when)
        np.testing.assert_array_equal(found.input, wanted.input)
        np.testing.assert_array_equal(found.output, wanted.output)
        sources = [-1 if point is None else book.sources.index(point.source) for point in points]
        assert sources == wanted.source.tolist()
        assert [0 if point is None else point.since for point in points] == wanted.since.tolist()


def test_the_printed_claims_of_february_2026(shared_data: Path) -> None:
    """M2.5 and GLM-5 against Opus 4.6: 16.7, 22.7 and 9.8 times; no snapshot of the month has GLM-5's printed $0.30."""
    paths = sorted((shared_data / "openrouter" / "models").glob("*.json"))
    snapshots = [dated for path in paths if (dated := read(path).prices)]
    book = PriceBook(
        [*snapshots, *read_genai_prices()], ("minimax/minimax-m2.5", "z-ai/glm-5", "anthropic/claude-opus-4.6")
    )
    m25, glm, opus = (point for point in at(book, day("2026-02-22")) if point is not None)
    assert (m25.input, m25.output, opus.input, opus.output, glm.output) == (0.30, 1.10, 5.0, 25.0, 2.55)
    assert {point.since for point in (m25, glm, opus)} == {day("2026-02-22")}
    of_glm = [point.input for point in history(book, "z-ai/glm-5", (MODELS_API,)) if point.since < day("2026-03-01")]
    assert 0.30 not in of_glm


def test_the_order_of_asking_changes_nothing(world_of: Callable[..., Any]) -> None:
    book = world_of({("2026-02-10", MODEL): 5}, prices=tuple(LISTS)).dataset.prices
    when = date(2026, 2, 12)
    first = at(book, to_day(when), TURNED), at(book, to_day(when))
    at(book, to_day(when + timedelta(100)))
    assert first == (at(book, to_day(when), TURNED), at(book, to_day(when)))
    assert first[0] != first[1]
