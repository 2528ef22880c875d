"""What a `pricing` states: prices per million tokens, conditional overrides, and everything else by its name."""

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.domain.schema import Price, PriceTier
from explorer.sources import read
from explorer.sources.pricing import read_pricing

MODEL = Price("a/b", "", "B", None, None)
BASE = {"prompt": "0.0000003", "completion": "0.00000255"}
TOKENS = {
    "prompt": "input",
    "completion": "output",
    "input_cache_read": "cache_read",
    "input_cache_write": "cache_write",
}


def priced(**pricing: object) -> Price:
    return read_pricing(MODEL, {**BASE, **pricing})


def test_calls_and_other_prices_are_kept_in_dollars() -> None:
    price = priced(request="0.0275", web_search="0.005", image="0", input_cache_write="0.00000375", discount=0)
    assert price == Price(
        "a/b", "", "B", 0.3, 2.55, None, 3.75, request=0.0275, other=(("image", 0.0), ("web_search", 0.005))
    )


def test_a_longer_input_costs_what_its_override_states_and_else_the_base_price() -> None:
    overrides = [
        {"min_prompt_tokens": 32000, "prompt": "0.0000006", "audio": "0.000002"},
        {"min_prompt_tokens": 256000, "prompt": "0.0000012", "completion": "0.0000051", "input_cache_read": "0"},
    ]
    assert priced(overrides=overrides).tiers == (
        PriceTier(32000, 0.6, other=(("audio", 0.000002),)),
        PriceTier(256000, 1.2, 5.1, 0.0),
    )


def test_hours_are_minutes_of_the_utc_day() -> None:
    night, day = {"utc_start": 1630, "utc_end": 30, "prompt": "0.0000001"}, {"utc_start": 30, "utc_end": 2400}
    assert priced(overrides=[night, day]).tiers == (
        PriceTier(input=0.1, hours=(990, 30)),
        PriceTier(hours=(30, 1440)),
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"min_completion_tokens": 5},
        {"min_prompt_tokens": -1},
        {"min_prompt_tokens": "many"},
        {"min_prompt_tokens": True},
        {"utc_start": 100},
        {"utc_start": 100, "utc_end": 2500},
        {"utc_start": 170, "utc_end": 300},
        {"region": "eu"},
    ],
)
def test_an_override_on_a_condition_that_is_not_known_is_kept_with_it(condition: dict[str, object]) -> None:
    (tier,) = priced(overrides=[{**condition, "prompt": "0.0000001"}]).tiers or ()
    assert tier == PriceTier(input=0.1, condition=json.dumps(condition, sort_keys=True))


def test_a_router_keeps_nothing_and_a_call_price_of_its_own_is_not_stated() -> None:
    assert priced(prompt="-1", image="-1", request="-1") == Price("a/b", "", "B", None, None, own=False)
    assert priced(request="-1").request is None
    assert priced(image="-1", audio="dear").other == ()


@pytest.mark.parametrize("overrides", ["cheap", [None], [{"min_prompt_tokens": 5, "prompt": "-3"}], {"prompt": "1"}])
def test_an_override_that_is_no_price_is_refused(overrides: object) -> None:
    with pytest.raises(ValueError, match=r"cheap|None|-3|prompt"):
        priced(overrides=overrides)


def per_million(pricing: dict[str, Any], key: str) -> float | None:
    return None if key not in pricing else float(Decimal(pricing[key]).scaleb(6))


def test_every_model_of_every_real_snapshot_has_the_prices_of_the_file(shared_data: Path) -> None:
    """Against the raw JSON: each key of `pricing` and of its overrides is found again, and nothing else."""
    paths = sorted((shared_data / "openrouter" / "models").glob("*.json"))
    assert len(paths) == 8
    tiers = 0
    for path in paths:
        document = json.loads(path.read_bytes())
        rows = [row for row in (document["data"] if isinstance(document, dict) else document) if row["id"][0] != "~"]
        listed = read(path).prices
        assert listed is not None
        assert [price.model for price in listed.prices] == [row["id"] for row in rows]
        for row, price in zip(rows, listed.prices, strict=True):
            pricing = row["pricing"]
            assert price.own is ("-1" not in pricing.values())
            if not price.own:
                assert (price.input, price.output, price.request, price.tiers, price.other) == (
                    None,
                    None,
                    None,
                    (),
                    (),
                )
                continue
            stated = {name: per_million(pricing, key) for key, name in TOKENS.items()}
            assert {name: getattr(price, name) for name in stated} == stated, row["id"]
            assert price.request == (float(pricing["request"]) if "request" in pricing else None)
            assert dict(price.other) == {
                key: float(value) for key, value in pricing.items() if key not in {*TOKENS, "request", "overrides"}
            }
            assert [restated(tier) for tier in price.tiers or ()] == pricing.get("overrides", [])
            tiers += len(price.tiers or ())
    assert tiers == 65


def restated(tier: PriceTier) -> dict[str, object]:
    """A tier as upstream writes it."""
    found: dict[str, object] = {"min_prompt_tokens": tier.least} if tier.least else {}
    if tier.hours:
        found |= dict(zip(("utc_start", "utc_end"), (m // 60 * 100 + m % 60 for m in tier.hours), strict=True))
    stated = [(key, asdict(tier)[name]) for key, name in TOKENS.items()]
    dollars = {key: Decimal(repr(value)).scaleb(-6) for key, value in stated if value is not None}
    found |= {key: f"{value:f}".rstrip("0") for key, value in dollars.items()}
    return found | {key: f"{Decimal(repr(value)):f}" for key, value in tier.other}
