"""The real files beside the checkout, against plain pandas."""

import json
from pathlib import Path

import pandas as pd
import pytest

from explorer.domain.schema import Price, check, to_date, to_day
from explorer.domain.snapshot import Basis
from explorer.sources import HEAD, READERS, read

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
RANKINGS = DATA / "openrouter" / "rankings-daily"
MODELS = DATA / "openrouter" / "models"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not beside the checkout")

API_DAYS = ("2026-06-18", "2026-06-19", "2026-06-20", "2026-06-21", "2026-06-22", "2026-06-23")
MODEL_DAYS = (
    "2024-09-21",
    "2025-03-01",
    "2025-09-01",
    "2026-02-01",
    "2026-02-15",
    "2026-02-22",
    "2026-05-15",
    "2026-08-22",
)
FORMATS = {
    RANKINGS / "history.csv": "rankings CSV",
    DATA / "press" / "figures.csv": "published figures",
    **{RANKINGS / "api" / f"{day}.json": "rankings API JSON" for day in API_DAYS},
    **{MODELS / f"{day}.json": "models JSON" for day in MODEL_DAYS},
}


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_exactly_one_reader_takes_it(path: Path) -> None:
    head = path.read_bytes()[:HEAD]
    assert sum(reader.matches("x", head) for reader in READERS) == 1
    assert read(path).provenance.format == FORMATS[path]


def test_history() -> None:
    snapshot = read(RANKINGS / "history.csv")
    usage = snapshot.usage
    assert usage is not None
    check(usage)
    wanted = pd.read_csv(RANKINGS / "history.csv", keep_default_na=False)
    assert len(usage) == len(wanted) == snapshot.provenance.rows == 8721
    assert [usage.models[code] for code in usage.model] == wanted["model_permaslug"].tolist()
    assert usage.tokens.tolist() == wanted["total_tokens"].tolist()
    assert [to_date(day).isoformat() for day in usage.day] == wanted["date"].tolist()
    assert snapshot.provenance.as_of == ""
    assert snapshot.provenance.vintage == "2026-05-04"


@pytest.mark.parametrize("day", API_DAYS)
def test_api_sums_per_day(day: str) -> None:
    path = RANKINGS / "api" / f"{day}.json"
    document = json.loads(path.read_text())
    snapshot = read(path)
    usage = snapshot.usage
    assert usage is not None
    rows = pd.DataFrame(document["data"]).astype({"total_tokens": "int64"})
    wanted = rows.groupby("date")["total_tokens"].sum()
    found = pd.Series(usage.tokens).groupby(usage.day).sum()
    assert [to_date(d).isoformat() for d in found.index] == wanted.index.tolist()
    assert found.tolist() == wanted.tolist()
    assert len(usage) == len(rows)
    assert snapshot.provenance.as_of == document["meta"]["as_of"]
    assert snapshot.provenance.basis is Basis.STATED


def test_third_party_table_is_read_by_its_headings() -> None:
    snapshot = read(RANKINGS / "february-2026-prompt-completion.csv")
    assert snapshot.provenance.source == "imported table"
    assert snapshot.split is not None
    assert (snapshot.split.prompt.sum(), snapshot.split.completion.sum()) == (47_472_998_489_000, 2_753_814_919_000)


@pytest.mark.parametrize("day", MODEL_DAYS)
def test_models(day: str) -> None:
    path = MODELS / f"{day}.json"
    snapshot = read(path)
    entries = json.loads(path.read_text())["data"]
    prices = snapshot.prices
    assert prices is not None
    assert len(prices.prices) + len(snapshot.skipped) == len(entries)
    assert (to_date(prices.day).isoformat(), snapshot.provenance.as_of) == (day, day)
    by_id = {entry["id"]: entry for entry in entries}
    for price in prices.prices:
        prompt = float(by_id[price.model]["pricing"]["prompt"])
        assert (price.input == pytest.approx(prompt * 1e6)) if price.own else (prompt == -1)


def test_prices_of_february_2026() -> None:
    prices = read(MODELS / "2026-02-22.json").prices
    assert prices is not None
    assert prices.day == to_day(to_date(prices.day))
    found = {price.model: price for price in prices.prices}
    assert found["minimax/minimax-m2.5"] == Price(
        "minimax/minimax-m2.5", "minimax/minimax-m2.5-20260211", "MiniMax: MiniMax M2.5", 0.3, 1.1, 0.15
    )
    assert (found["z-ai/glm-5"].input, found["z-ai/glm-5"].output) == (0.95, 2.55)
    opus = found["anthropic/claude-opus-4.6"]
    assert (opus.input, opus.output, opus.cache_read, opus.cache_write) == (5.0, 25.0, 0.5, 6.25)
    assert [price.model for price in prices.prices if not price.own] == ["openrouter/bodybuilder", "openrouter/auto"]


def test_figures() -> None:
    snapshot = read(DATA / "press" / "figures.csv")
    wanted = pd.read_csv(DATA / "press" / "figures.csv", dtype=str, keep_default_na=False)
    assert len(snapshot.figures) == len(wanted) == 68
    assert [figure.value for figure in snapshot.figures] == wanted["value"].astype(float).tolist()
    assert [figure.title for figure in snapshot.figures] == wanted["source_title"].tolist()
