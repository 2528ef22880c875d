"""Printed figures, random usage without gaps, and the real rankings for the tests of claims."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from explorer import paths
from explorer.domain import dataset as datasets
from explorer.domain.claims.claim import Claim, Entity, EntityKind, Quantity
from explorer.domain.claims.remake import selection as remade
from explorer.domain.claims.verdict import Found
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origins
from explorer.domain.periods import Grain, Span
from explorer.domain.schema import Figure
from explorer.domain.selection import Measure, Selection
from explorer.domain.tables import table
from explorer.sources import read
from explorer.sources.origins import read_countries, read_origins, read_reveals
from explorer.store import Store

MODELS = (
    "Qwen/qwen3-max",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-opus-4.6:thinking",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1:free",
    "deepseek/deepseek-v3.2-20251201",
    "google/gemini-3-flash",
    "mistralai/mistral-large-2512",
    "nobody/fine-tune",
    "nomad/wanderer",
    "openrouter/pony-alpha",
    "slug-without-author",
    "other",
)


def make_figure(
    value: str = "4.12",
    unit: str = "T",
    *,
    entity: str = "China",
    measure: str = "tokens",
    scope: str = "",
    days: tuple[str, str] | None = None,
    window: str = "",
    published: str = "2026-02-27",
    publisher: str = "A Daily",
    qualifier: str = "",
    model: str = "",
    key: str = "a",
) -> Figure:
    first, last = (date.fromisoformat(day) for day in days) if days else (None, None)
    return Figure(
        key, window, first, last, scope, entity, measure, float(value), unit, "A story", publisher, published,
        model=model, printed=value, qualifier=qualifier,
    )  # fmt: skip


@pytest.fixture(scope="session")
def printed() -> Callable[..., Figure]:
    """A figure of a story, by default 4.12T tokens of China in a story of 27 February 2026."""
    return make_figure


@pytest.fixture(scope="session")
def whole_worlds(world_of: Callable[..., Any]) -> st.SearchStrategy[Any]:
    """Random usage on every one of 20 to 75 days, so that most windows are complete; ties where numbers are small.

    An author moves on 1 September 2025; the anonymous model was revealed before, within or after the days, or never.
    """

    def build(first: date, length: int, seed: int, largest: int, revealed: int | None) -> Any:
        rng = np.random.default_rng(seed)
        used = [model for model in MODELS if rng.random() < 0.85] or [MODELS[0]]
        cells = [(first + timedelta(i), model) for i in range(length) for model in used if rng.random() < 0.85]
        daily = [(first + timedelta(i), used[0]) for i in range(length)]
        rows = {(day.isoformat(), model): int(rng.integers(0, largest + 1)) for day, model in (*daily, *cells)}
        reveals = {} if revealed is None else {"openrouter/pony-alpha": ("qwen", first + timedelta(revealed))}
        return world_of(rows, reveals=reveals)

    return st.builds(
        build,
        st.dates(date(2025, 7, 1), date(2025, 9, 20)) | st.just(date(2026, 1, 1)),
        st.integers(20, 75),
        st.integers(0, 2**32 - 1),
        st.sampled_from((3, 1000, 8 * 10**12)),
        st.none() | st.integers(-10, 80),
    )


@pytest.fixture(scope="session")
def bundled() -> Origins:
    """Whose models are whose by the tables that come with the program."""
    return Origins(read_origins(paths.ORIGINS), read_countries(paths.COUNTRIES), read_reveals(paths.REVEALS))


@lru_cache(maxsize=1)
def _real(folder: Path, origins: Origins, temporary: Path) -> Dataset:
    rankings = folder / "openrouter" / "rankings-daily"
    models = sorted((folder / "openrouter" / "models").glob("*.json"))
    with Store.open(temporary / "rankings.sqlite") as store:
        for path in (rankings / "history.csv", *sorted((rankings / "api").glob("*.json")), *models):
            store.add(read(path), "2026-09-01T00:00:00Z")
        return datasets.rankings(store.frames(), origins, store.provenance())


@pytest.fixture(scope="session")
def _store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def real(shared_data: Path, bundled: Origins, _store_folder: Path) -> Dataset:
    """The real history and the real API answers, imported into a store of its own."""
    return _real(shared_data, bundled, _store_folder)


@lru_cache(maxsize=1)
def _press(path: Path) -> tuple[Figure, ...]:
    return read(path).figures


@pytest.fixture
def press(shared_data: Path) -> tuple[Figure, ...]:
    """The 68 dated figures as published."""
    return _press(shared_data / "press" / "figures.csv")


Bands = Mapping[str, tuple[int, float]]
"""Tokens and share by band of one period of the chart."""


def chart(dataset: Dataset, selection: Selection) -> dict[Span, Bands]:
    """The rows of the chart's table by period, the complete ones alone."""
    found = table("share", dataset, selection)
    columns = [found.values[key] for key in ("period_start", "period_end", "group", "tokens", "share", "partial")]
    periods: dict[Span, dict[str, tuple[int, float]]] = {}
    for start, end, group, tokens, share, partial in zip(*columns, strict=True):
        if not partial:
            span = Span(*(int(np.datetime64(day, "D").astype(int)) for day in (start, end)))
            periods.setdefault(span, {})[str(group)] = (int(tokens), float(share))
    return periods


def bands_of(selection: Selection, entity: Entity) -> frozenset[str] | None:
    """The bands that the selection marks, None for all of them."""
    if entity.kind is EntityKind.ALL:
        assert not selection.marks_anything
        return None
    marked = selection.marking(selection.grouping)
    assert selection.marks_only(selection.grouping) and marked
    return marked


def tokens_in(bands: Bands, wanted: frozenset[str] | None) -> int:
    return sum(tokens for group, (tokens, _) in bands.items() if wanted is None or group in wanted)


def from_chart(dataset: Dataset, claim: Claim, found: Found, selection: Selection) -> float | None:
    """The value read off the chart's table; None where a chart of one period is compared with days outside it."""
    assert selection.brush == found.window.span
    periods = chart(dataset, selection)
    bands, wanted = periods[found.window.span], bands_of(selection, found.entity)
    now = tokens_in(bands, wanted)
    match claim.quantity:
        case Quantity.TOKENS:
            return now
        case Quantity.RATE:
            return now * claim.per / len(found.window.span)
        case Quantity.SHARE:
            assert selection.measure is Measure.SHARE
            return sum(share for group, (_, share) in bands.items() if wanted is None or group in wanted)
        case Quantity.RATIO:
            return now / tokens_in(bands, None if claim.rival.kind is EntityKind.ALL else frozenset(claim.rival.keys))
    assert found.window.base is not None
    if found.window.grain is Grain.WHOLE:
        assert list(periods) == [found.window.span]
        return None
    before = tokens_in(periods[found.window.base], wanted)
    if claim.quantity is Quantity.INCREMENT:
        return now - before
    return now / before - (claim.quantity is Quantity.GROWTH)


def from_leaderboard(dataset: Dataset, claim: Claim, found: Found, selection: Selection) -> float:
    """How many of the leaderboard's models are marked, and the first of their ranks."""
    rows = table("leaderboard", dataset, selection)
    shown = [
        (model, rank)
        for model, rank in zip(rows.ids, rows.values["rank"], strict=True)
        if model != "other" and (model in rows.marked or not selection.marks_anything)
    ]
    return len(shown) if claim.quantity is Quantity.COUNT else min(int(str(rank)) for _, rank in shown)


def _make_again(dataset: Dataset, claim: Claim, found: Found) -> float | None:
    selection = remade(dataset, found, claim.quantity, "a-claim")
    assert selection.claim == "a-claim"
    assert (selection.known, selection.variants) == (found.reading.known, found.reading.variants)
    if claim.quantity in (Quantity.COUNT, Quantity.RANK):
        return from_leaderboard(dataset, claim, found, selection)
    return from_chart(dataset, claim, found, selection)


@pytest.fixture(scope="session")
def make_again() -> Callable[[Dataset, Claim, Found], float | None]:
    """Read a candidate's value off the chart or the leaderboard of its Selection.

    None for a run of days that is no period, compared with the days before it: its chart is one bar.
    """
    return _make_again
