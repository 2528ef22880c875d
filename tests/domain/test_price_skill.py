"""Price against skill: the cheapest at each level against brute force, the choice of score, literal rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import price_skill
from explorer.domain.dataset import Dataset
from explorer.domain.prices import MODELS_API
from explorer.domain.pricing import Pricing
from explorer.domain.schema import DatedPrices, DatedScores, Price, Score, to_day
from explorer.domain.selection import Selection

DAY = "2026-02-10"
LIST = to_day(date(2026, 2, 1))
OPUS, R1, FREE, FLASH, LARGE = (
    "anthropic/claude-opus-4.6",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1:free",
    "google/gemini-3-flash",
    "mistralai/mistral-large-2512",
)
COSTS = {OPUS: (5.0, 25.0), R1: (0.5, 2.0), FREE: (0.0, 0.0), FLASH: (1.0, 1.0), LARGE: (2.0, 6.0)}
CODING = {OPUS: 75.0, R1: 50.0, FLASH: 40.0}
INTELLIGENCE = {OPUS: 60.0, LARGE: 30.0}
WEBSITE = {OPUS: 1300.0, R1: 1200.0, FLASH: 1100.0, LARGE: 1000.0}


def scored(world_of: Callable[..., Any]) -> Dataset:
    rows = {(DAY, model): 100 * (len(COSTS) - i) for i, model in enumerate(COSTS)}
    prices = DatedPrices(LIST, MODELS_API, tuple(Price(m, "", m, *both) for m, both in COSTS.items()))
    named = {
        "artificial_analysis.coding_index": CODING,
        "artificial_analysis.intelligence_index": INTELLIGENCE,
        "design_arena.models.website": WEBSITE,
    }
    scores = tuple(Score(m, "", name, value) for name, values in named.items() for m, value in values.items())
    dataset = world_of(rows, prices=(prices,)).dataset
    return replace(dataset, scores=(DatedScores(to_day(date(2026, 8, 22)), MODELS_API, scores),))


def test_the_general_score_that_most_models_have_is_shown_first(world_of: Callable[..., Any]) -> None:
    dataset = scored(world_of)
    assert [choice.name for choice in price_skill.choices(dataset, Selection())] == [
        "artificial_analysis.coding_index",
        "artificial_analysis.intelligence_index",
        "design_arena.models.website",
    ]
    table = price_skill.table(dataset, Selection(pricing=Pricing(ratio=3)))
    assert table.ids == (OPUS, R1, FREE, FLASH)
    assert table.values["score"] == [75.0, 50.0, 50.0, 40.0]
    assert table.values["blended"] == [10.0, 0.875, 0.0, 1.0]
    assert table.values["cheapest"] == [True, True, False, False]
    assert table.steps == (R1, OPUS)
    caption = table.caption
    assert (
        str(caption.title)
        == "Two of 3 paid models are the cheapest at their level of the Artificial Analysis Coding Index"
    )
    assert "Artificial Analysis Coding Index, as of 22 Aug 2026" in str(caption.subtitle)
    assert "Scores: OpenRouter models API, as of 22 Aug 2026." in str(caption.source)
    notes = " ".join(map(str, caption.notes))
    assert "No score is known for mistral-large: 6.7\u2009% of the tokens of named models." in notes
    assert "Free models stand at the left edge" in notes
    assert "claude-opus-4.6 (75 for $10) and deepseek-r1 (50 for $0.875) per million tokens" in str(caption.sentence)


def asking(score: str) -> Selection:
    return Selection(pricing=Pricing(score=score))


def test_another_score_can_be_asked_for(world_of: Callable[..., Any]) -> None:
    dataset = scored(world_of)
    table = price_skill.table(dataset, asking("artificial_analysis.intelligence_index"))
    assert dict(zip(table.ids, table.values["score"], strict=True)) == INTELLIGENCE
    assert price_skill.table(dataset, asking("no such score")).ids == price_skill.table(dataset, Selection()).ids


def test_without_scores_it_says_what_to_open(world_of: Callable[..., Any]) -> None:
    dataset = replace(scored(world_of), scores=())
    assert "Open a newer answer" in str(price_skill.table(dataset, Selection()).empty)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_the_cheapest_are_those_that_no_paid_model_beats(pairs: list[tuple[int, int]]) -> None:
    prices, skill = (np.array([pair[i] for pair in pairs], np.float64) for i in (0, 1))
    found = price_skill.cheapest(prices, skill)
    paid = [pair for pair in pairs if pair[0] > 0]
    unbeaten = {(p, s) for p, s in paid if not any(p2 <= p and s2 >= s and (p2, s2) != (p, s) for p2, s2 in paid)}
    assert {(prices[i], skill[i]) for i in found} == unbeaten
    assert len(found) == len(unbeaten)
    assert sorted(skill[list(found)]) == list(skill[list(found)])
