"""The scores in /api/v1/models: literal shapes, odd ones, and a plain walk over the newest real answer."""

import json
from pathlib import Path

import pytest

from explorer.domain.schema import Score
from explorer.sources import models, read
from explorer.sources.benchmarks import read_scores

BENCHMARKS = {
    "design_arena": [
        {"arena": "models", "category": "website", "elo": 1323, "win_rate": 57, "rank": 6},
        {"arena": "agents", "category": "webapps", "elo": 1280.5},
        {"arena": "agents", "category": "broken", "elo": None},
        {"category": "nowhere", "elo": 1},
        "odd",
    ],
    "artificial_analysis": {"intelligence_index": 56, "coding_index": 76.1, "agentic_index": None, "flag": True},
}


def test_numbers_are_kept_under_their_path_and_ratings_under_what_was_built() -> None:
    assert read_scores("a/b", "a/b-0127", BENCHMARKS) == (
        Score("a/b", "a/b-0127", "artificial_analysis.coding_index", 76.1),
        Score("a/b", "a/b-0127", "artificial_analysis.intelligence_index", 56.0),
        Score("a/b", "a/b-0127", "design_arena.agents.webapps", 1280.5),
        Score("a/b", "a/b-0127", "design_arena.models.website", 1323.0),
    )


@pytest.mark.parametrize("odd", [None, [], {}, "", 3, {"x": None}, {"x": 5}, {"x": {"y": 10**400}}, {"x": {"y": "7"}}])
def test_what_has_another_shape_is_no_score_and_no_fault(odd: object) -> None:
    assert read_scores("a/b", "", odd) == ()


def test_a_snapshot_carries_them_with_the_day_of_its_prices() -> None:
    row = {"id": "a/b", "canonical_slug": "a/b-0127", "pricing": {"prompt": "0"}, "benchmarks": BENCHMARKS}
    alias = {"id": "~a/latest", "pricing": {}, "benchmarks": BENCHMARKS}
    raw = json.dumps({"data": [row, {"id": "a/c", "pricing": {}}, alias]}).encode()
    found = models.read("2026-08-22.json", raw, lambda _: None)
    assert found.scores is not None
    assert found.prices is not None
    assert (found.scores.day, found.scores.source, found.scores.stated) == (found.prices.day, found.prices.source, True)
    assert {score.model for score in found.scores.scores} == {"a/b"}
    without = models.read("2026-08-22.json", json.dumps([{"id": "a/c", "pricing": {}}]).encode(), lambda _: None)
    assert without.scores is None


def test_the_newest_real_answer_has_the_scores_that_a_plain_walk_finds(shared_data: Path) -> None:
    path = shared_data / "openrouter" / "models" / "2026-08-22.json"
    rows = json.loads(path.read_bytes())["data"]
    expected = {}
    for row in rows:
        if row["id"].startswith("~"):
            continue
        stated = row.get("benchmarks") or {}
        for key, value in (stated.get("artificial_analysis") or {}).items():
            if value is not None:
                expected[row["id"], f"artificial_analysis.{key}"] = value
        for one in stated.get("design_arena") or []:
            expected.setdefault((row["id"], f"design_arena.{one['arena']}.{one['category']}"), one["elo"])
    found = read(path).scores
    assert found is not None
    assert {(score.model, score.name): score.value for score in found.scores} == expected
    assert len([key for key in expected if key[1] == "artificial_analysis.coding_index"]) > 100


def test_older_answers_have_none(shared_data: Path) -> None:
    for name in ("2024-09-21", "2026-02-22"):
        assert read(shared_data / "openrouter" / "models" / f"{name}.json").scores is None
