"""Snapshots built by hand, so that the store is tested without any reader."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pytest

from explorer.domain.schema import DatedPrices, Figure, Price, UsageFrame, to_day
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance, Snapshot, rankings_citation

Rows = Mapping[tuple[str, str], int]
"""(ISO date, permaslug) → tokens."""


def _provenance(form: str, raw: bytes, as_of: str, rows: int, days: list[int]) -> Provenance:
    return Provenance(
        form,
        f"{as_of or 'undated'}.dat",
        OPENROUTER,
        as_of,
        Basis.STATED if as_of else Basis.UNKNOWN,
        hashlib.sha256(raw).hexdigest(),
        LICENCE,
        rankings_citation(as_of, "2026-02-01"),
        rows,
        min(days, default=None),
        max(days, default=None),
    )


def build_rankings(rows: Rows, as_of: str = "", mark: str = "") -> Snapshot:
    """Return a rankings snapshot, its rows in the order given; `mark` makes its bytes differ from its like's."""
    models = tuple(dict.fromkeys(model for _, model in rows))
    days = [to_day(date.fromisoformat(day)) for day, _ in rows]
    frame = UsageFrame(
        np.array(days, np.int32),
        np.array([models.index(model) for _, model in rows], np.int32),
        np.array(list(rows.values()), np.int64),
        models,
    )
    raw = repr((sorted(rows.items()), as_of, mark)).encode()
    return Snapshot(_provenance("rankings", raw, as_of, len(rows), days), raw, usage=frame)


def build_prices(day: str, prices: tuple[Price, ...], as_of: str, source: str = OPENROUTER) -> Snapshot:
    """Return a snapshot of one price list."""
    raw = repr((day, prices, as_of, source)).encode()
    dated = DatedPrices(to_day(date.fromisoformat(day)), source, prices)
    return Snapshot(_provenance("prices", raw, as_of, len(prices), []), raw, prices=dated)


def build_figures(figures: tuple[Figure, ...], as_of: str) -> Snapshot:
    """Return a snapshot of published figures."""
    raw = repr((figures, as_of)).encode()
    return Snapshot(_provenance("figures", raw, as_of, len(figures), []), raw, figures=figures)


@pytest.fixture(scope="session")
def rankings() -> Callable[..., Snapshot]:
    return build_rankings


@pytest.fixture(scope="session")
def prices() -> Callable[..., Snapshot]:
    return build_prices


@pytest.fixture(scope="session")
def figures() -> Callable[..., Snapshot]:
    return build_figures


@pytest.fixture(scope="session")
def large() -> Snapshot:
    """A rankings snapshot of 90,000 rows: several steps of an import, and more than a small cache holds."""
    days, models = 300, 300
    raw = b"large" * 100_000
    frame = UsageFrame(
        np.repeat(np.arange(20000, 20000 + days, dtype=np.int32), models),
        np.tile(np.arange(models, dtype=np.int32)[::-1], days),
        np.arange(days * models, dtype=np.int64) * 10**8,
        tuple(f"author/model-{n:03d}" for n in range(models)),
    )
    return Snapshot(_provenance("rankings", raw, "2026-01-01", len(frame), [20000, 20299]), raw, usage=frame)
