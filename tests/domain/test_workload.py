"""What a workload costs, against the calculator of genai-prices; break-evens against a plain search."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from genai_prices.data import providers
from genai_prices.types import Usage
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.domain.prices import MODELS_API, PriceBook
from explorer.domain.schema import DatedPrices, Price, PriceTier, to_date, to_day
from explorer.domain.workload import MONTH, PRESETS, Workload, break_even, costs, per_call
from explorer.sources.genai import read_genai_prices

PROVIDER = next(provider for provider in providers if provider.id == "openrouter")
LONG = PriceTier(200_000, 6.0, 22.5, 0.6)
SONNET = Price("a/sonnet", "", "Sonnet", 3.0, 15.0, 0.3, 3.75, tiers=(LONG,))
CHEAP = Price("b/cheap", "", "Cheap", 0.3, 1.2)


def test_two_hundred_random_workloads_cost_what_genai_prices_says() -> None:
    rng = random.Random(20260222)
    lists = read_genai_prices()
    models = {model.id: model for model in PROVIDER.models}
    priced = [
        (dated.day, p) for dated in lists for p in dated.prices if p.model in models and None not in (p.input, p.output)
    ]
    tiered = [entry for entry in priced if entry[1].tiers]
    above = 0
    for n in range(200):
        day, price = rng.choice(tiered if n % 2 else priced)
        edges = [tier.least + rng.choice((-1, 0, 1)) for tier in price.tiers or ()]
        tokens = rng.choice([rng.randint(0, 1_000_000), rng.randint(0, 3000), *edges])
        read = rng.randint(0, tokens)
        written = rng.randint(0, tokens - read)
        output = rng.randint(0, 50_000)
        usage = Usage(input_tokens=tokens, output_tokens=output, cache_read_tokens=read, cache_write_tokens=written)
        when = datetime.combine(to_date(day), datetime.min.time(), UTC)
        wanted = models[price.model].calc_price(usage, PROVIDER, genai_request_timestamp=when).total_price
        shares = (read / tokens, written / tokens) if tokens else (0.0, 0.0)
        found = per_call(price, Workload(1, tokens, output, *shares))
        assert found == pytest.approx(float(wanted), rel=1e-9, abs=1e-12), (price.model, tokens)
        above += any(tokens >= tier.least for tier in price.tiers or ())
    assert above > 20


@pytest.mark.parametrize(
    ("workload", "dollars"),
    [
        (Workload(1, 100_000, 1_000), 0.315),
        (Workload(1, 199_999, 0), 0.599997),
        (Workload(1, 200_000, 1_000), 1.2225),
        (Workload(1, 100_000, 0, 0.5), 0.165),
        (Workload(1, 400_000, 0, 0.5), 1.32),
        (Workload(1, 100_000, 0, 0.5, 0.5), 0.2025),
        (Workload(1, 0, 0), 0.0),
    ],
)
def test_a_call_pays_the_tier_of_its_whole_input(workload: Workload, dollars: float) -> None:
    assert per_call(SONNET, workload) == pytest.approx(dollars)


def test_the_last_tier_that_holds_decides_and_hours_and_unknown_conditions_never_do() -> None:
    tiers = (
        PriceTier(10, 2.0, 20.0),
        PriceTier(100, 3.0),
        PriceTier(input=9.0, hours=(0, 600)),
        PriceTier(input=8.0, condition='{"region": "eu"}'),
    )
    price = Price("a/b", "", "B", 1.0, 10.0, tiers=tiers)
    million = Workload(1, 1_000_000, 1_000_000)
    assert per_call(price, million) == pytest.approx(23.0)
    assert per_call(price, Workload(1, 50, 0)) == pytest.approx(100e-6)
    assert per_call(replace(price, tiers=None), million) == pytest.approx(11.0)


def test_a_call_price_counts_and_what_is_not_known_is_not_guessed() -> None:
    workload = Workload(1, 1_000_000, 1_000_000)
    assert per_call(replace(CHEAP, request=0.005), workload) == pytest.approx(1.505)
    assert per_call(replace(CHEAP, output=None), workload) is None
    assert per_call(replace(CHEAP, output=None), Workload(1, 1_000_000, 0)) == pytest.approx(0.3)
    assert per_call(replace(CHEAP, input=None), workload) is None
    assert per_call(Price("r", "", "R", None, None, own=False), Workload(1, 0, 0)) is None


def test_costs_are_cheapest_first_with_their_source() -> None:
    day = to_day(date(2026, 2, 22))
    listed = DatedPrices(day, MODELS_API, (SONNET, CHEAP, Price("c/auto", "", "", None, None, own=False)))
    book = PriceBook([listed], ("a/sonnet", "b/cheap", "c/auto", "d/unknown", "e/gift:free"))
    workload = Workload(1_000, 10_000, 1_000, 0.5)
    found = costs(book, day, workload)
    assert [book.models[cost.model] for cost in found] == ["e/gift:free", "b/cheap", "a/sonnet"]
    assert [cost.per_day for cost in found] == pytest.approx([0.0, 4.2, 31.5])
    assert found[2].per_month == pytest.approx(31.5 * MONTH)
    assert (found[1].point.source, found[1].point.since) == (MODELS_API, day)


@pytest.mark.parametrize(
    "bad", [{"calls": -1}, {"input": -1}, {"output": -1}, {"cached": -0.1}, {"cached": 0.6, "written": 0.6}]
)
def test_what_is_no_workload_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="no workload"):
        replace(Workload(1, 1, 1), **bad)


def test_presets_have_names_and_cost_something() -> None:
    assert len({preset.key for preset in PRESETS}) == len(PRESETS) == 3
    assert all((per_call(SONNET, preset.workload) or 0) > 0 and str(preset.name) for preset in PRESETS)


def test_the_break_even_is_the_split_at_which_both_cost_the_same() -> None:
    a, b = Price("a", "", "", 1.0, 10.0), Price("b", "", "", 2.0, 6.0)
    # (1 − s) + 10 s = 2 (1 − s) + 6 s at s = 1/5
    assert break_even(a, b, Workload(1, 900, 100)) == pytest.approx(0.2)
    assert break_even(b, a, Workload(1, 900, 100)) == pytest.approx(0.2)
    cached = replace(b, cache_read=0.0)
    # (1 − s) + 10 s = (1 − s) + 6 s only for no output at all
    assert break_even(a, cached, Workload(1, 900, 100, 0.5)) == pytest.approx(0.0)
    assert break_even(a, replace(a, model="c"), Workload(1, 900, 100)) is None
    assert break_even(a, CHEAP, Workload(1, 900, 100)) is None
    assert break_even(a, b, Workload(1, 0, 0)) is None
    assert break_even(a, replace(b, output=None), Workload(1, 900, 100)) is None


def test_each_tier_has_its_own_crossing_and_the_nearest_to_the_workload_counts() -> None:
    flat = Price("b", "", "", 2.0, 6.0)
    # As long as 500 of 1,000 tokens are input the tier holds, with its crossing at 1/5.
    model = Price("a", "", "", 5.0, 5.0, tiers=(PriceTier(500, 1.0, 10.0),))
    assert break_even(model, flat, Workload(1, 900, 100)) == pytest.approx(0.2)
    assert break_even(model, flat, Workload(1, 100, 900)) == pytest.approx(0.75)
    # The base prices would cross at 501 input tokens, where they do not hold.
    early = replace(model, input=3.996, output=3.996)
    assert break_even(early, flat, Workload(1, 100, 900)) == pytest.approx(0.2)


dollars = st.floats(0.01, 50)


@st.composite
def tiered(draw: st.DrawFn) -> Price:
    starts = draw(st.lists(st.integers(1, 1_000), max_size=2, unique=True))
    tiers = tuple(PriceTier(start, draw(dollars), draw(dollars | st.none())) for start in sorted(starts))
    return Price(
        "m",
        "",
        "",
        draw(dollars),
        draw(dollars),
        draw(dollars | st.none()),
        request=draw(st.none() | dollars),
        tiers=tiers,
    )


@given(tiered(), tiered(), st.integers(0, 1_000), st.floats(0, 1))
def test_a_break_even_costs_the_same_and_is_found_wherever_the_cheaper_one_changes(
    a: Price, b: Price, output: int, cached: float
) -> None:
    workload = Workload(1, 1_000 - output, output, cached)
    found = break_even(a, b, workload)
    edges = {tier.least for price in (a, b) for tier in price.tiers or ()}
    gaps = {n: gap(a, b, n, cached) for n in range(1_001)}
    if found is None:
        signs = [(n, gaps[n] > 0) for n in range(1_001) if abs(gaps[n]) > 1e-9]
        turns = [m for (n, sign), (m, other) in pairwise(signs) if sign != other and m == n + 1]
        assert all(turn in edges for turn in turns)
        return
    share = found * 1_000
    assert 0 <= found <= 1
    assume(all(abs(1_000 - share - edge) > 1 for edge in edges))
    whole = min(int(1_000 - share), 999)
    # Between two whole numbers of input tokens the difference runs straight through zero.
    assert gaps[whole] * gaps[whole + 1] <= 1e-12


def gap(a: Price, b: Price, tokens: int, cached: float) -> float:
    workload = Workload(1, tokens, 1_000 - tokens, cached)
    return (per_call(a, workload) or 0.0) - (per_call(b, workload) or 0.0)
