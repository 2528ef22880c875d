"""The prices that come with the program: the OpenRouter list in the genai-prices package, with dated changes."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from explorer.domain.prices import CATALOGUE, UNDATED
from explorer.domain.schema import DatedPrices, Named, Price, PriceTier, to_day

if TYPE_CHECKING:
    from genai_prices.types import MatchLogic, ModelInfo, ModelPrice, TieredPrices

_TOKEN_KEYS = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok")


def read_genai_prices() -> tuple[DatedPrices, ...]:
    """Return OpenRouter's prices in US dollars per million tokens, oldest list first, without any network.

    The first list is undated and has every model; each later one has the models whose price changes on its day. A
    model has one price for every slug that it is known by.
    """
    # The catalogue takes 0.3 s to load: only who asks for prices pays for it.
    from genai_prices.data import providers  # noqa: PLC0415

    lists: dict[int, list[Price]] = {UNDATED: []}
    for model in next((provider.models for provider in providers if provider.id == "openrouter"), ()):
        slugs = tuple(dict.fromkeys(slug for slug in _slugs(model.match) if not slug.startswith("~")))
        for day, prices in _dated(model):
            lists.setdefault(day, []).extend(_price(slug, model, prices) for slug in slugs)
    return tuple(DatedPrices(day, CATALOGUE, tuple(prices)) for day, prices in sorted(lists.items()))


def _slugs(match: "MatchLogic") -> Iterator[str]:
    """Yield the slugs that a model is known by; patterns are no slugs, a dated slug joins without its suffix."""
    from genai_prices.types import ClauseEquals, ClauseOr  # noqa: PLC0415

    if isinstance(match, ClauseEquals):
        yield match.equals
    elif isinstance(match, ClauseOr):
        for clause in match.or_:
            yield from _slugs(clause)


def _dated(model: "ModelInfo") -> Iterator[tuple[int, "ModelPrice"]]:
    """Yield the day since when, and the prices of a model, the undated first."""
    from genai_prices.types import StartDateConstraint  # noqa: PLC0415

    if not isinstance(model.prices, list):
        yield UNDATED, model.prices
        return
    since: dict[date, ModelPrice] = {}
    for conditional in model.prices:
        if conditional.constraint is None:
            yield UNDATED, conditional.prices
        elif isinstance(conditional.constraint, StartDateConstraint):
            since[conditional.constraint.start_date] = conditional.prices
        # Prices for a time of the day or a route are left out: usage per day can't tell them apart.
    yield from ((to_day(start), prices) for start, prices in sorted(since.items()))


def _price(slug: str, model: "ModelInfo", prices: "ModelPrice") -> Price:
    # The catalogue writes no prices for the free variants; upstream's ":free" says what they cost.
    unstated = 0.0 if slug.endswith(":free") else None
    stated = {key: value for key, value in vars(prices).items() if isinstance(value, Decimal | _tiered())}
    base = {key: float(_at(value, None)) for key, value in stated.items()}
    return Price(
        model=slug,
        canonical=slug,
        name=model.name or slug,
        input=base.get("input_mtok", unstated),
        output=base.get("output_mtok", unstated),
        cache_read=base.get("cache_read_mtok"),
        cache_write=base.get("cache_write_mtok"),
        tiers=tuple(_tiers(stated)),
        other=_other(base),
    )


def _tiers(stated: "Mapping[str, Decimal | TieredPrices]") -> Iterator[PriceTier]:
    """Yield a tier for every threshold; it states the prices that depend on the length of the input, and only those."""
    tiered = {key: value for key, value in stated.items() if not isinstance(value, Decimal)}
    for start in sorted({tier.start for value in tiered.values() for tier in value.tiers}):
        held = {key: float(_at(value, start)) for key, value in tiered.items()}
        # A catalogue's tier begins above its start.
        prompt, completion, read, write = (held.get(key) for key in _TOKEN_KEYS)
        yield PriceTier(start + 1, prompt, completion, read, write, other=_other(held))


def _at(price: "Decimal | TieredPrices", start: int | None) -> Decimal:
    """Return the price from a threshold on, below all thresholds for None."""
    if isinstance(price, Decimal):
        return price
    held = [tier.price for tier in price.tiers if start is not None and tier.start <= start]
    return held[-1] if held else price.base


def _other(prices: Mapping[str, float]) -> Named:
    return tuple((key, prices[key]) for key in sorted(prices.keys() - set(_TOKEN_KEYS)))


def _tiered() -> "type[TieredPrices]":
    from genai_prices.types import TieredPrices  # noqa: PLC0415

    return TieredPrices
