"""The price catalogue that comes with the program, against the package's own arithmetic."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from genai_prices.data import providers
from genai_prices.types import TieredPrices

from explorer.domain.schema import DatedPrices, Price, to_date
from explorer.sources.genai import read_genai_prices

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


def base(price: object, unstated: float | None) -> float | None:
    if isinstance(price, TieredPrices):
        price = price.base
    assert price is None or isinstance(price, Decimal)
    return unstated if price is None else float(price)
