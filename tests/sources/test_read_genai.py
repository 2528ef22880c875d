"""The price catalogue that comes with the program, against the package's own arithmetic."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from genai_prices.data import providers
from genai_prices.types import TieredPrices, calc_unit_price

from explorer.domain.schema import DatedPrices, Price, to_date
from explorer.sources.genai import read_genai_prices

KEYS = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok")
MODELS = next(provider.models for provider in providers if provider.id == "openrouter")


@pytest.fixture(scope="module")
def lists() -> tuple[DatedPrices, ...]:
    return read_genai_prices()


def test_the_first_list_is_undated_and_whole(lists: tuple[DatedPrices, ...]) -> None:
    assert [dated.day for dated in lists] == sorted({dated.day for dated in lists})
    assert lists[0].day == 0
    assert {dated.source for dated in lists} == {"genai-prices"}
    known = {price.model for price in lists[0].prices}
    assert len(known) == len(lists[0].prices)
    assert known >= {model.id for model in MODELS if not model.id.startswith("~")}
    assert not any(slug.startswith("~") for slug in known)


def test_dated_slugs_have_the_price_of_their_model(lists: tuple[DatedPrices, ...]) -> None:
    prices = {price.model: price for price in lists[0].prices}
    assert prices["z-ai/glm-5-20260211"].output == prices["z-ai/glm-5"].output
    assert prices["z-ai/glm-5-20260211"].canonical == "z-ai/glm-5-20260211"


def test_free_variants_cost_nothing(lists: tuple[DatedPrices, ...]) -> None:
    free = [price for price in lists[0].prices if price.model.endswith(":free")]
    assert free
    assert {(price.input, price.output) for price in free} == {(0.0, 0.0)}


def test_every_list_agrees_with_the_package_on_its_day(lists: tuple[DatedPrices, ...]) -> None:
    by_id = {model.id: model for model in MODELS}
    held: dict[str, Price] = {}
    for dated in lists:
        held |= {price.model: price for price in dated.prices}
        when = datetime.combine(to_date(dated.day), datetime.min.time(), UTC)
        for slug in by_id.keys() & held.keys():
            wanted = by_id[slug].get_prices(when)
            unstated = 0.0 if slug.endswith(":free") else None
            assert held[slug].input == base(wanted.input_mtok, unstated)
            assert held[slug].output == base(wanted.output_mtok, unstated)
            assert held[slug].cache_read == base(wanted.cache_read_mtok, None)


def test_tiers_and_other_prices_agree_with_the_package_below_at_and_above_every_threshold(
    lists: tuple[DatedPrices, ...],
) -> None:
    by_id = {model.id: model for model in MODELS}
    tiered = 0
    for dated in lists:
        when = datetime.combine(to_date(dated.day), datetime.min.time(), UTC)
        for price in dated.prices:
            if price.model not in by_id:
                continue
            wanted = vars(by_id[price.model].get_prices(when))
            assert {name for name, _ in price.other} == wanted.keys() - set(KEYS)
            starts = {
                tier.start for value in wanted.values() if isinstance(value, TieredPrices) for tier in value.tiers
            }
            assert [tier.least for tier in price.tiers or ()] == sorted(start + 1 for start in starts)
            for tokens in {0} | starts | {start + 1 for start in starts}:
                assert in_force(price, tokens) == {
                    key: float(calc_unit_price(value, 10**6, tokens, 10**6)) for key, value in wanted.items()
                } | unstated(price, wanted), (price.model, tokens)
            tiered += len(starts)
    assert tiered > 50


def unstated(price: Price, wanted: dict[str, object]) -> dict[str, float]:
    return {key: 0.0 for key in KEYS[:2] if key not in wanted and price.model.endswith(":free")}


def in_force(price: Price, tokens: int) -> dict[str, float]:
    """What a call with so many input tokens pays, by the package's names."""
    found = dict(price.other)
    for stated in (price, *(tier for tier in price.tiers or () if tokens >= tier.least)):
        values = (stated.input, stated.output, stated.cache_read, stated.cache_write)
        found |= {key: value for key, value in zip(KEYS, values, strict=True) if value is not None}
        found |= dict(stated.other)
    return found


def base(price: object, unstated: float | None) -> float | None:
    if isinstance(price, TieredPrices):
        price = price.base
    assert price is None or isinstance(price, Decimal)
    return unstated if price is None else float(price)
