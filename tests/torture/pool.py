"""The snapshots that the torture knows: number n is the same in every process, and overlaps its neighbours."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from explorer.domain.schema import DatedPrices, Price, UsageFrame, to_date
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance, Snapshot, rankings_citation

COUNT = 24
WHEN = "2026-02-02T03:04:05Z"

_FIRST_DAY = 20_454
_PRICES_EVERY = 6

Shown = dict[tuple[int, str], int]
"""(day, permaslug) → tokens."""


@lru_cache(maxsize=COUNT)
def snapshot(n: int) -> Snapshot:
    """Return number `n`, 0 to COUNT - 1: rankings of 5 to 300 days, or now and then a list of prices."""
    rng = np.random.default_rng(n)
    as_of = to_date(_FIRST_DAY + 40 + n).isoformat()
    if n % _PRICES_EVERY == 0:
        return _prices(n, as_of)
    days, models = int(rng.choice([5, 30, 300])), int(rng.integers(2, 60))
    first = _FIRST_DAY + int(rng.integers(0, 40))
    frame = UsageFrame(
        np.repeat(np.arange(first, first + days, dtype=np.int32), models),
        np.tile(np.arange(models, dtype=np.int32), days),
        rng.integers(0, 10**13, days * models, dtype=np.int64),
        tuple(f"author/model-{i + int(rng.integers(0, 3)) * 100}" for i in range(models)),
    )
    raw = frame.tokens.tobytes()
    provenance = _provenance("rankings", raw, as_of, len(frame), first, first + days - 1)
    return Snapshot(provenance, raw, usage=frame)


def _prices(n: int, as_of: str) -> Snapshot:
    prices = tuple(Price(f"author/model-{i}", "", "", n + i / 10, 1.0) for i in range(20))
    raw = repr((n, prices)).encode()
    return Snapshot(
        _provenance("prices", raw, as_of, len(prices)),
        raw,
        prices=DatedPrices(_FIRST_DAY + n, OPENROUTER, prices),
    )


def _provenance(form: str, raw: bytes, as_of: str, rows: int, *days: int) -> Provenance:
    sha256, cited = hashlib.sha256(raw).hexdigest(), rankings_citation(as_of, "")
    return Provenance(form, form, OPENROUTER, as_of, Basis.STATED, sha256, LICENCE, cited, rows, *days)


def by_hash() -> dict[str, Snapshot]:
    """Return all of them by their sha256."""
    return {snapshot(n).provenance.sha256: snapshot(n) for n in range(COUNT)}


def shown(hashes: Iterable[str]) -> Shown:
    """Return what a store of some snapshots shows, worked out by a plain dictionary."""
    known = by_hash()
    found: dict[int, Shown] = {}
    for each in sorted((known[sha256] for sha256 in hashes), key=lambda each: each.provenance.vintage):
        frame = each.usage
        if frame is None:
            continue
        found |= {day: {} for day in frame.day.tolist()}
        for day, model, tokens in zip(frame.day.tolist(), frame.model.tolist(), frame.tokens.tolist(), strict=True):
            found[day][day, frame.models[model]] = tokens
    return {key: tokens for rows in found.values() for key, tokens in rows.items()}
