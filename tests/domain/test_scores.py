"""Which list of scores speaks, and how a model of the rankings finds its score."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from explorer.domain.dataset import Dataset, published
from explorer.domain.origins import Origins
from explorer.domain.prices import MODELS_API
from explorer.domain.schema import DatedScores, Figure, Score, to_day
from explorer.domain.scores import lists

INDEX = "artificial_analysis.coding_index"
OLD, NEW = to_day(date(2026, 2, 1)), to_day(date(2026, 8, 1))


def scores_of(*rows: tuple[str, str, float], name: str = INDEX) -> tuple[Score, ...]:
    return tuple(Score(model, canonical, name, value) for model, canonical, value in rows)


def dataset_with(world_of: Callable[..., Any], *dated: DatedScores) -> Dataset:
    return replace(world_of({("2026-02-10", "a/b"): 1}).dataset, scores=dated)


def test_only_the_newest_list_of_a_benchmark_counts(world_of: Callable[..., Any]) -> None:
    old = DatedScores(OLD, MODELS_API, scores_of(("a/b", "", 40.0), ("a/gone", "", 9.0)))
    new = DatedScores(NEW, MODELS_API, scores_of(("a/b", "", 50.0)))
    arena = DatedScores(OLD, MODELS_API, scores_of(("a/b", "", 1200.0), name="design_arena.models.website"))
    (index, website) = lists(dataset_with(world_of, new, old, arena))
    assert (index.of("a/b"), index.of("a/gone")) == (50.0, None)
    assert str(index.label) == "Artificial Analysis Coding Index"
    assert str(index.source) == "OpenRouter models API, as of 1 Aug 2026"
    assert (str(website.label), website.of("a/b")) == ("Design Arena rating, models: website", 1200.0)
    assert (index.general, website.general) == (True, False)


def test_a_model_is_found_by_slug_then_without_suffix_then_as_the_model_it_varies(world_of: Callable[..., Any]) -> None:
    rows = scores_of(("a/one", "a/one-20260101", 1.0), ("b/two:free", "b/two-0127", 2.0), ("b/two", "b/two-0127", 3.0))
    (found,) = lists(dataset_with(world_of, DatedScores(NEW, MODELS_API, rows)))
    expected = {
        "a/one-20260101": 1.0,
        "a/one": 1.0,
        "a/one-20260301": 1.0,
        "a/one:free": 1.0,
        "a/one-20260101:batch": 1.0,
        "a/one:thinking": None,
        "b/two-0127:free": 2.0,
        "b/two:free": 2.0,
        "b/two": 3.0,
        "c/three": None,
    }
    assert {model: found.of(model) for model in expected} == expected


def test_undated_lists_say_so(world_of: Callable[..., Any]) -> None:
    (found,) = lists(dataset_with(world_of, DatedScores(NEW, MODELS_API, scores_of(("a/b", "", 1.0)), stated=False)))
    assert str(found.when) == "as-of date not stated"


def test_printed_scores_are_lists_of_their_own() -> None:
    story = ("SWE-bench Verified", "benchmark", "%", "A Story", "The Paper", "2026")

    def figure(name: str, entity: str, value: float, model: str = "") -> Figure:
        scope, measure, unit, *rest = story
        return Figure(name, "undated", None, None, scope, entity, measure, value, unit, *rest, model=model)

    rows = (figure("x", "Claude", 80.8), figure("y", "MiniMax M2.5", 80.2, "minimax/minimax-m2.5"))
    (found,) = lists(published(rows, Origins(())))
    assert found.nameless == 1
    assert (found.of("minimax/minimax-m2.5"), found.of("anthropic/claude")) == (80.2, None)
    assert str(found.label) == "SWE-bench Verified, %"
    assert str(found.source) == "“A Story” (The Paper), 2026"
