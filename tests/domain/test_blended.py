"""Blended prices, their band and their ratio, against plain arithmetic."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.blended import OBSERVED, OBSERVED_SOURCE, PLAUSIBLE, Mix, band, blended, ratio
from explorer.domain.price_history import PriceColumns

NAN = float("nan")


def priced(*rows: tuple[float, float, float]) -> PriceColumns:
    table = np.array(rows, np.float64).reshape(-1, 3)
    return PriceColumns(table[:, 0], table[:, 1], table[:, 2])


def test_a_blended_price_is_the_mean_of_its_tokens() -> None:
    prices = priced((3.0, 15.0, 0.3), (3.0, 15.0, NAN), (0.0, 0.0, NAN), (NAN, 5.0, NAN), (5.0, NAN, 0.5))
    for mix, wanted in (
        (Mix(1), [9.0, 9.0, 0.0, NAN, NAN]),
        (Mix(3), [6.0, 6.0, 0.0, NAN, NAN]),
        (Mix(0), [15.0, 15.0, 0.0, NAN, NAN]),
        (Mix(3, 0.5), [(3 * 1.65 + 15) / 4, 6.0, 0.0, NAN, NAN]),
        (Mix(50, 1.0), [(50 * 0.3 + 15) / 51, 165 / 51, 0.0, NAN, NAN]),
    ):
        np.testing.assert_allclose(blended(prices, mix), wanted)


@pytest.mark.parametrize(("dear", "cached"), [(-1.0, 0.0), (NAN, 0.0), (float("inf"), 0.0), (3.0, 1.1), (3.0, -0.1)])
def test_what_is_no_mix_is_refused(dear: float, cached: float) -> None:
    with pytest.raises(ValueError, match="no mix"):
        Mix(dear, cached)


dollars = st.floats(0, 200)
mixes = st.builds(Mix, st.floats(0, 200), st.floats(0, 1))


@given(dollars, dollars, dollars | st.just(NAN), mixes, mixes, st.floats(0, 1), st.floats(0, 1))
def test_the_band_holds_every_mix_between(
    prompt: float, completion: float, cache: float, a: Mix, b: Mix, along: float, across: float
) -> None:
    prices = priced((prompt, completion, cache))
    between = Mix(a.ratio + (b.ratio - a.ratio) * along, a.cached + (b.cached - a.cached) * across)
    low, high = band(prices, (a, b))
    found = blended(prices, between)[0]
    assert low[0] - 1e-9 <= found <= high[0] + 1e-9
    assert low[0] == min(blended(prices, Mix(x.ratio, y.cached))[0] for x in (a, b) for y in (a, b))


def test_a_ratio_is_the_baselines_price_over_each() -> None:
    prices = np.array([0.3, 5.0, 0.0, NAN])
    np.testing.assert_allclose(ratio(prices, 5.0), [5 / 0.3, 1.0, NAN, NAN])
    assert np.isnan(ratio(prices, 0.0)).all()
    assert np.isnan(ratio(prices, NAN)).all()


def test_the_observed_mix_is_that_of_february_2026(shared_data: Path) -> None:
    path = shared_data / "openrouter" / "rankings-daily" / "february-2026-prompt-completion.csv"
    table = pd.read_csv(path)
    prompt, completion = int(table.prompt_tokens.sum()), int(table.completion_tokens.sum())
    assert (prompt, completion) == (47_472_998_489_000, 2_753_814_919_000)
    assert round(prompt / completion, 1) == OBSERVED.ratio
    assert str(OBSERVED_SOURCE).startswith(f"{OBSERVED.ratio} input") and f"{table.model.nunique()} models" in str(
        OBSERVED_SOURCE
    )
    assert (table.date.min(), table.date.max()) == ("2026-02-01", "2026-02-28")
    models = table.groupby("model")[["prompt_tokens", "completion_tokens", "total_tokens"]].sum()
    each = (models.prompt_tokens / models.completion_tokens).sort_values()
    weight = models.total_tokens[each.index].cumsum() / models.total_tokens.sum()
    low, high = (float(each[weight >= part].iloc[0]) for part in (0.1, 0.9))
    assert (round(low, 1), round(high)) == (PLAUSIBLE[0].ratio, PLAUSIBLE[1].ratio)
