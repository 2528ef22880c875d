"""The prices that come with the program: the OpenRouter list in the genai-prices package, with dated changes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from explorer.domain.prices import CATALOGUE, UNDATED
from explorer.domain.schema import DatedPrices, Price, to_day

if TYPE_CHECKING:
    from genai_prices.types import MatchLogic, ModelInfo, ModelPrice


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
        # Prices for a time of the day are left out: usage per day can't tell the hours apart.
    yield from ((to_day(start), prices) for start, prices in sorted(since.items()))


def _price(slug: str, model: "ModelInfo", prices: "ModelPrice") -> Price:
    # The catalogue writes no prices for the free variants; upstream's ":free" says what they cost.
    unstated = 0.0 if slug.endswith(":free") else None
    return Price(
        model=slug,
        canonical=slug,
        name=model.name or slug,
        input=_base(prices.input_mtok, unstated),
        output=_base(prices.output_mtok, unstated),
        cache_read=_base(prices.cache_read_mtok, None),
        cache_write=_base(prices.cache_write_mtok, None),
    )


def _base(price: object, unstated: float | None) -> float | None:
    """Return a flat price, or the lowest tier of a tiered one."""
    from genai_prices.types import TieredPrices  # noqa: PLC0415

    amount = price.base if isinstance(price, TieredPrices) else price
    return float(amount) if isinstance(amount, Decimal) else unstated
