"""Which models no list prices, and what they weigh."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from explorer.domain.periods import span
from explorer.domain.price_coverage import unjoined
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.schema import DatedPrices, Price, to_day
from explorer.sources import read
from explorer.sources.genai import read_genai_prices

WINDOW = span(date(2026, 2, 10), date(2026, 2, 11))
LISTS = (
    DatedPrices(
        to_day(date(2026, 5, 1)),
        MODELS_API,
        (
            Price("late/model", "late/model-20260401", "L", 1.0, 2.0),
            Price("openrouter/auto", "", "", None, None, own=False),
        ),
    ),
    DatedPrices(to_day(date(2024, 1, 1)), MODELS_API, (Price("old/model", "", "", 1.0, None),)),
    DatedPrices(
        UNDATED, CATALOGUE, (Price("known/model", "", "", 0.0, 0.0), Price("silent/model", "", "", None, None))
    ),
)
TOKENS = {
    "late/model-20260401": 10,
    "old/model": 10,
    "known/model-0127": 10,
    "any/model:free": 10,
    "openrouter/auto": 40,
    "silent/model": 5,
    "nobody/model": 15,
    "other": 900,
}


def test_what_no_list_prices_at_any_time_is_listed_by_weight(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-10", model): n for model, n in TOKENS.items()}, prices=LISTS).dataset
    found = [(each.model, each.tokens, each.share, each.router) for each in unjoined(dataset, WINDOW)]
    assert found == [
        ("openrouter/auto", 40, 0.4, True),
        ("nobody/model", 15, 0.15, False),
        ("silent/model", 5, 0.05, False),
    ]


def test_a_window_without_tokens_lacks_nothing(world_of: Callable[..., Any]) -> None:
    dataset = world_of({("2026-02-10", "nobody/model"): 5}).dataset
    assert unjoined(dataset, span(date(2026, 3, 1), date(2026, 3, 2))) == ()


def test_at_least_97_percent_of_the_real_tokens_are_priced(history: Any, shared_data: Path) -> None:
    paths = sorted((shared_data / "openrouter" / "models").glob("*.json"))
    lists = [dated for path in paths if (dated := read(path).prices)]
    missing = unjoined(history.dataset.with_prices([*lists, *read_genai_prices()]), history.days)
    named = history.long[history.long.model != "other"].groupby("model").tokens.sum()
    assert sum(each.share for each in missing) == pytest.approx(
        named[[each.model for each in missing]].sum() / named.sum()
    )
    assert 1 - sum(each.share for each in missing) >= 0.97
    anonymous = [each.model for each in missing if each.model.startswith("openrouter/")]
    assert len(anonymous) >= len(missing) - 2
