"""Small daily rankings with prices, and what the office formats are given of them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from explorer.domain.dataset import Dataset, rankings
from explorer.domain.origins import Origin, Origins
from explorer.domain.schema import DatedPrices, Frames, Price, UsageFrame, to_day
from explorer.domain.selection import Selection
from explorer.domain.snapshot import Basis, Provenance
from explorer.domain.tables import table
from explorer.export import exhibit
from explorer.export.exhibit import Exhibit

FIRST = to_day(date(2026, 2, 9))
DAYS = (*range(7), *range(14, 21), 21, 22)
"""Whole weeks of 9 and 23 February and two days of March; nothing of the week of 16 February."""
BASES: Mapping[str, int] = {
    "qwen/first": 500_000_000_000,
    "google/second": 300_000_000_001,
    "mistralai/third:free": 70_000_000_000,
    "nobody/fourth": 1_234_567,
}
COUNTRIES = {"qwen": "CN", "google": "US", "mistralai": "FR"}


def tokens_on(model: str, day: int) -> int:
    return BASES[model] * (day + 1)


@pytest.fixture
def used() -> Callable[[str, int], int]:
    """Tokens of a model on the n-th day from 9 February 2026."""
    return tokens_on


def dataset_of(tokens: Mapping[tuple[str, int], int], countries: Mapping[str, str]) -> Dataset:
    """A dataset of (model, n-th day) → tokens, of authors with their countries, with prices of some models."""
    models = tuple(sorted({model for model, _ in tokens}))
    index = {model: i for i, model in enumerate(models)}
    frame = UsageFrame(
        np.array([FIRST + day for _, day in tokens], np.int32),
        np.array([index[model] for model, _ in tokens], np.int32),
        np.array(list(tokens.values()), np.int64),
        models,
    )
    listed = (
        DatedPrices(FIRST - 30, "OpenRouter models", (_price("qwen/first", 0.25, 1.0), _price("google/second", 3, 15))),
        DatedPrices(FIRST + 10, "OpenRouter models", (_price("qwen/first", 0.5, 2.0), _price("google/second", 3, 15))),
    )
    about = Provenance(
        "rankings", "a.csv", "OpenRouter", "2026-03-04", Basis.STATED, "ab" * 32, "CC BY 4.0", "", 1, FIRST, FIRST + 22
    )
    origins = Origins(
        [Origin(author, author.title(), country, date(2023, 1, 1)) for author, country in countries.items()],
        {"CN": "China", "US": "United States", "FR": "France"},
    )
    return rankings(Frames(frame, listed), origins, (about,))


def _price(model: str, paid_in: float, paid_out: float) -> Price:
    return Price(model, model, model, paid_in, paid_out)


@pytest.fixture
def world() -> Dataset:
    """Four models of three countries and of none, over `DAYS`."""
    return dataset_of({(model, day): tokens_on(model, day) for model in BASES for day in DAYS}, COUNTRIES)


@pytest.fixture
def world_of() -> Callable[..., Dataset]:
    """`dataset_of`: (model, n-th day) → tokens, and authors with their countries."""
    return dataset_of


@pytest.fixture
def many() -> Dataset:
    """Forty models of forty authors of no known country on one week, the n-th with n billion tokens a day."""
    return dataset_of({(f"a{n:02}/m{n:02}", day): n * 10**9 for n in range(1, 41) for day in range(7)}, {})


@pytest.fixture
def shown(world: Dataset) -> Callable[..., Exhibit]:
    """The exhibit of a view under a Selection that differs from the usual one as asked."""

    def made(view: str, data: Dataset | None = None, **asked: Any) -> Exhibit:
        selection = Selection().but(**asked)
        found = data or world
        return exhibit.of(view, table(view, found, selection), found, selection)

    return made
