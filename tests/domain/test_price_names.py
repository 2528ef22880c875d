"""What a written model name can mean: known ones, and what is offered for one that is not."""

from collections.abc import Callable
from typing import Any

import pytest

from explorer.domain.price_names import known, near
from explorer.domain.prices import CATALOGUE, UNDATED
from explorer.domain.schema import DatedPrices, Price

LISTED = (
    Price("anthropic/claude-opus-4.6", "anthropic/claude-4.6-opus-20260205", "Opus", 5.0, 25.0),
    Price("minimax/minimax-m2.5", "", "M2.5", 0.3, 1.1),
)


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Any:
    return world_of({("2026-02-10", "nobody/thing"): 5}, prices=(DatedPrices(UNDATED, CATALOGUE, LISTED),)).dataset


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody/thing", True),
        ("anthropic/claude-opus-4.6", True),
        ("anthropic/claude-4.6-opus-20260205", True),
        ("anthropic/claude-4.6-opus", True),
        ("minimax/minimax-m2.5-20260211", True),
        ("minimax-m2.5", False),
        ("", False),
    ],
)
def test_a_model_is_known_by_use_id_slug_or_family(dataset: Any, name: str, expected: bool) -> None:
    assert known(dataset, name) is expected


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("minimax-m2.5", "minimax/minimax-m2.5"),
        ("MiniMax/MiniMax-M2.5", "minimax/minimax-m2.5"),
        ("anthropic/claude-opus-4.5", "anthropic/claude-opus-4.6"),
        ("thing", "nobody/thing"),
    ],
)
def test_what_was_meant_is_offered_first(dataset: Any, name: str, first: str) -> None:
    assert near(dataset, name)[0] == first


@pytest.mark.parametrize("name", ["", "   ", "zzzz"])
def test_nothing_alike_is_nothing(dataset: Any, name: str) -> None:
    assert near(dataset, name) == ()
