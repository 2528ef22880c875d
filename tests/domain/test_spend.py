"""Estimated spend as a band beside tokens, against plain arithmetic over days, models and corners of the mix."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.domain import spend
from explorer.domain.blended import PLAUSIBLE, Mix
from explorer.domain.periods import Span
from explorer.domain.price_history import BY_NAME, at
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import PriceFirst, Pricing
from explorer.domain.schema import DatedPrices, Price, to_day
from explorer.domain.selection import LISTED, Grouping, Scope, Selection, Variants
from explorer.sources import read

OPUS, R1, FREE, GEMINI = (
    "anthropic/claude-opus-4.6",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1:free",
    "google/gemini-3-flash",
)


def api(day: date, *prices: Price) -> DatedPrices:
    return DatedPrices(to_day(day), MODELS_API, prices)


LISTS = (
    api(date(2026, 2, 1), Price(OPUS, "", "", 5.0, 25.0, 0.5), Price(R1, "", "", 1.0, 2.0)),
    api(date(2026, 2, 11), Price(R1, "", "", 2.0, 4.0)),
    DatedPrices(UNDATED, CATALOGUE, (Price(GEMINI, "", "", 1.0, None),)),
)
MILLION = 10**6
ROWS = {
    ("2026-02-10", OPUS): 10 * MILLION,
    ("2026-02-10", R1): 20 * MILLION,
    ("2026-02-11", R1): 10 * MILLION,
    ("2026-02-11", FREE): 40 * MILLION,
    ("2026-02-11", GEMINI): 15 * MILLION,
    ("2026-02-11", "other"): 5 * MILLION,
}
FLAT = (Mix(1.0), Mix(1.0))
"""A band of one mix: half input, half output, nothing cached."""


def column(table: Any, key: str) -> dict[str, Any]:
    return dict(zip(table.ids, table.values[key], strict=True))


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Any:
    return world_of(ROWS, prices=LISTS).dataset


def test_each_day_pays_the_prices_of_that_day(dataset: Any) -> None:
    table = spend.table(dataset, Selection(), FLAT)
    assert table.ids == ("CN", "US", "Unattributed")
    assert list(table.values["group"]) == list(table.values["country"]) == ["CN", "US", "Unattributed"]
    assert table.names == ("China", "United States", "Unattributed")
    assert column(table, "tokens") == {"CN": 70 * MILLION, "US": 25 * MILLION, "Unattributed": 5 * MILLION}
    assert column(table, "share") == {"CN": 0.7, "US": 0.25, "Unattributed": 0.05}
    for side in ("low", "high"):
        dollars = column(table, f"spend_{side}")
        # R1: 20 M at 1.50 and 10 M at 3.00; Opus: 10 M at 15; the output of Gemini has no price.
        assert (dollars["CN"], dollars["US"]) == (pytest.approx(60.0), pytest.approx(150.0))
        assert np.isnan(dollars["Unattributed"])
        assert column(table, f"spend_share_{side}")["CN"] == pytest.approx(60 / 210)
    assert column(table, "unpriced") == {"CN": 0.0, "US": pytest.approx(0.6), "Unattributed": 1.0}


def test_a_band_is_as_wide_as_its_mixes_and_shares_are_bounds(dataset: Any) -> None:
    table = spend.table(dataset, Selection(scope=LISTED), (Mix(1.0), Mix(3.0, 1.0)))
    low, high = column(table, "spend_low"), column(table, "spend_high")
    # Opus from (3 × 0.5 + 25) / 4 to 15; R1, which states no cache price, from 1.25 and 2.5 to 1.5 and 3.
    assert (low["US"], high["US"]) == (pytest.approx(66.25), pytest.approx(150.0))
    assert (low["CN"], high["CN"]) == (pytest.approx(50.0), pytest.approx(60.0))
    assert column(table, "spend_share_low")["CN"] == pytest.approx(50 / 200)
    assert column(table, "spend_share_high")["CN"] == pytest.approx(60 / 126.25)


def test_the_caption_says_what_is_assumed_and_left_out(dataset: Any) -> None:
    caption = spend.table(dataset, Selection()).caption
    said = [str(note) for note in caption.notes]
    assert said[0].startswith(
        "An estimate, as rankings hold totals only: every model took from 6.20 to 116 input tokens"
    )
    assert "80\N{THIN SPACE}% of the input read from a cache" in said[0]
    assert said[1].startswith("Bars reach from the least to the most") and "without tiers" in said[2]
    assert "20.0\N{THIN SPACE}% of the tokens have no known price and are in no dollar figure." in said
    assert "A :free model that no list names counts as free." in said
    assert "Prices: OpenRouter models (2 lists, 1 Feb 2026 to 11 Feb 2026)." in str(caption.source)
    assert str(caption.source).startswith("Source: OpenRouter (openrouter.ai/rankings), as of")
    assert str(caption.scope) == "all tokens: 4 named models and the unnamed rest (other)"


def test_a_model_is_priced_by_another_time_where_no_list_speaks_and_that_is_said(world_of: Callable[..., Any]) -> None:
    dataset = world_of(
        {("2026-01-05", R1): 30 * MILLION, ("2026-01-05", OPUS): 10 * MILLION}, prices=LISTS[1:2]
    ).dataset
    table = spend.table(dataset, Selection(), FLAT)
    assert column(table, "spend_low")["CN"] == pytest.approx(90.0)
    assert "75.0\N{THIN SPACE}% of the tokens are priced by a list of another time: none speaks for their days." in [
        str(note) for note in table.caption.notes
    ]


def test_variants_cost_their_own_price_also_where_they_are_merged(dataset: Any) -> None:
    for variants, ids in ((Variants.APART, (FREE, R1, GEMINI, OPUS)), (Variants.MERGED, (R1, GEMINI, OPUS))):
        asked = Selection(grouping=Grouping.MODEL, variants=variants, scope=LISTED)
        table = spend.table(dataset.under(asked), asked, FLAT)
        assert table.ids == ids
        assert column(table, "spend_low")[R1] == pytest.approx(60.0)
    assert column(table, "tokens")[R1] == 70 * MILLION


def test_the_scope_is_the_top_models_of_the_window(dataset: Any) -> None:
    asked = Selection(grouping=Grouping.AUTHOR, scope=Scope(2))
    table = spend.table(dataset, asked, FLAT)
    assert column(table, "tokens") == {"deepseek": 70 * MILLION}
    merged = asked.but(variants=Variants.MERGED)
    table = spend.table(dataset.under(merged), merged, FLAT)
    assert column(table, "tokens") == {"deepseek": 70 * MILLION, "google": 15 * MILLION}
    assert column(table, "share")["deepseek"] == pytest.approx(70 / 85)


def test_what_is_marked_marks_its_group(dataset: Any) -> None:
    assert spend.table(dataset, Selection(models=frozenset({R1}))).marked == {"CN"}
    assert spend.table(dataset, Selection(countries=frozenset({"US", "FR"}))).marked == {"US"}
    assert spend.table(dataset, Selection()).marked == frozenset()


def test_the_priority_of_sources_is_kept(world_of: Callable[..., Any]) -> None:
    lists = (LISTS[0], DatedPrices(UNDATED, CATALOGUE, (Price(R1, "", "", 10.0, 10.0),)))
    dataset = world_of({("2026-02-10", R1): MILLION}, prices=lists).dataset
    low = [
        column(spend.table(dataset, Selection(pricing=Pricing(first)), FLAT), "spend_low")["CN"] for first in PriceFirst
    ]
    assert low == pytest.approx([1.5, 10.0])


def test_without_data_it_says_why(world_of: Callable[..., Any], dataset: Any) -> None:
    later = Selection(span=Span(to_day(date(2027, 1, 1)), to_day(date(2027, 1, 2))))
    table = spend.table(dataset, later)
    assert len(table) == 0 and "The data runs 10–11 Feb 2026" in str(table.empty)
    assert [c.key for c in table.columns] == list(table.values)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30
)
@given(st.data())
def test_it_is_the_sum_over_days_models_and_corners(worlds: Any, windows: Any, data: st.DataObject) -> None:
    world = data.draw(worlds)
    window = data.draw(windows(world))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    models = sorted(set(world.long.model))
    lists = [
        api(
            world.days.start + timedelta(int(rng.integers(-120, len(world.days) + 5))),
            *(Price(m, "", "", *rng.uniform(0, 9, 2), rng.uniform(0, 1)) for m in models if rng.random() < 0.6),
        )
        for _ in range(int(rng.integers(0, 4)))
    ]
    lists = list({dated.day: dated for dated in lists}.values())
    dataset = world.dataset.with_prices(lists)
    found = spend.estimate(dataset, window)
    low, high = dict.fromkeys(dataset.cube.models, 0.0), dict.fromkeys(dataset.cube.models, 0.0)
    for row in world.inside(window).itertuples():
        if row.model == "other" or not row.tokens:
            continue
        when = to_day(row.day.date())
        point = dict(zip(dataset.prices.models, at(dataset.prices, when, stretched=True), strict=True))[row.model]
        if point is None:
            continue
        each = [
            (r * (point.input * (1 - c) + (point.cache_read if point.source != BY_NAME else 0) * c) + point.output)
            / (r + 1)
            for r, c in product(*zip(*((mix.ratio, mix.cached) for mix in PLAUSIBLE), strict=True))
        ]
        low[row.model] += row.tokens * min(each) / 1e6
        high[row.model] += row.tokens * max(each) / 1e6
    assert found.low.tolist() == pytest.approx(list(low.values()))
    assert found.high.tolist() == pytest.approx(list(high.values()))


def test_the_real_leader_by_tokens_does_not_lead_by_spend(history: Any, shared_data: Path) -> None:
    """Google has the most tokens of half a year; Anthropic, with fewer, took more dollars whatever the mix."""
    paths = sorted((shared_data / "openrouter" / "models").glob("*.json"))
    dataset = history.dataset.with_prices([*(dated for path in paths if (dated := read(path).prices))])
    table = spend.table(dataset, Selection(grouping=Grouping.AUTHOR))
    assert sum(table.values["share"]) == pytest.approx(1.0)
    assert table.ids[0] == "google"
    low, high = column(table, "spend_share_low"), column(table, "spend_share_high")
    assert low["anthropic"] > column(table, "share")["anthropic"]
    bands = [(low[author], high[author]) for author in table.ids if not np.isnan(low[author])]
    assert sum(a for a, _ in bands) <= 1 <= sum(b for _, b in bands)
    assert all(0 <= a <= b <= 1 for a, b in bands)


def test_what_is_drawn_is_the_band_the_tokens_and_one_scale_for_all(dataset: Any) -> None:
    table = spend.table(dataset, Selection(scope=LISTED), (Mix(1.0), Mix(3.0, 1.0)))
    drawn = column(table, spend.BAND)
    end = max(*table.values["share"], *(high for high in table.values["spend_share_high"]))
    for group, value in drawn.items():
        low, high, share, scale = value.tolist()
        assert (low, high, share) == tuple(
            column(table, key)[group] for key in ("spend_share_low", "spend_share_high", "share")
        )
        assert scale == end
    assert spend.BAND not in {c.key for c in table.exported}


def test_the_finding_is_who_earns_more_than_its_tokens_at_every_mix(dataset: Any) -> None:
    """Of the 80 priced of 100 tokens 25 are American, of which 10 are priced; they cost 71 % of the dollars."""
    caption = spend.table(dataset, Selection(), FLAT).caption
    assert str(caption.title) == "More of the estimated spend than of the tokens: US models"
    assert str(caption.sentence).startswith(
        "From 10 February 2026 to 11 February 2026, US models made 25.0\N{THIN SPACE}% of all tokens on OpenRouter "
        "and at an estimate took 71.4\N{THIN SPACE}% to 71.4\N{THIN SPACE}% of the dollars, by the list prices of"
    )
    wide = spend.table(dataset, Selection(), (Mix(0.0), Mix(1e6, 1.0))).caption
    assert str(wide.title) == "What was spent on whose tokens, at an estimate?" and not str(wide.sentence)


def test_a_group_knows_its_country(dataset: Any) -> None:
    table = spend.table(dataset, Selection(grouping=Grouping.AUTHOR), FLAT)
    assert column(table, "country") == {
        "anthropic": "US", "deepseek": "CN", "google": "US", "other": "Unattributed"
    }  # fmt: skip
    models = spend.table(dataset, Selection(grouping=Grouping.MODEL, scope=LISTED), FLAT)
    assert column(models, "country")[R1] == "CN"
