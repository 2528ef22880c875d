"""Every verdict can be made again by clicking it: the chart and the leaderboard of its Selection show its value."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from explorer.domain.claims.claim import COMPARING, Claim
from explorer.domain.claims.remake import selection as remade
from explorer.domain.claims.search import judge_all, tries
from explorer.domain.claims.verdict import Found
from explorer.domain.dataset import Dataset
from explorer.domain.periods import TRAILING, Grain, Span
from explorer.domain.schema import Figure, to_day
from explorer.domain.selection import Grouping, Measure

Make = Callable[..., Figure]
MakeAgain = Callable[[Dataset, Claim, Found], float | None]

ENTITIES = ("all", "China", "US", "FR", "DeepSeek", "Nomad", "DeepSeek+Qwen", "DeepSeek R1", "Pony Alpha", "Wanderer")
MEASURES = {
    "tokens": "T", "tokens_per_day": "T", "increment": "T", "share": "%", "growth": "%", "multiple": "x", "ratio": "x",
    "count": "models", "rank": "",
}  # fmt: skip


@given(data=st.data())
@settings(
    max_examples=80,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a world is made from a seed: shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_candidate_is_made_again_by_its_selection(
    data: Any, whole_worlds: Any, printed: Make, make_again: MakeAgain
) -> None:
    """Of any candidate of any figure, hence of every verdict's best one."""
    world = data.draw(whole_worlds)
    measure = data.draw(st.sampled_from(tuple(MEASURES)))
    entity = "China/US" if measure == "ratio" else data.draw(st.sampled_from(ENTITIES))
    day = data.draw(st.integers(world.days.first + 6, world.days.last))
    length = data.draw(st.sampled_from((7, 7, 10, 14, 21, 30)))
    span = Span(max(day - length + 1, world.days.first), day)
    figure = printed(
        "1", MEASURES[measure], entity=entity, measure=measure, published="",
        scope=data.draw(st.sampled_from(("", "top-5 models", "top 3"))),
        days=(span.start.isoformat(), span.end.isoformat()),
    )  # fmt: skip
    (verdict,) = judge_all(world.dataset, (figure,))
    assume(verdict.claim is not None and verdict.best is not None)
    assert verdict.claim and verdict.best
    others = data.draw(st.lists(st.sampled_from(list(tries(world.dataset, verdict.claim))), max_size=6))
    for found in (verdict.best, *others):
        value = make_again(world.dataset, verdict.claim, found)
        if value is None:
            # A run of days that is no period is a chart of one bar: what it is compared with is not on it.
            assert found.window.grain is Grain.WHOLE and verdict.claim.quantity in COMPARING
        else:
            assert value == pytest.approx(found.value, rel=1e-9, abs=1e-9)


def test_every_verdict_on_the_real_figures_is_made_again(
    real: Dataset, press: tuple[Figure, ...], make_again: MakeAgain
) -> None:
    made = 0
    for verdict in judge_all(real, press):
        if verdict.claim is None or verdict.best is None:
            continue
        value = make_again(real, verdict.claim, verdict.best)
        assert value == pytest.approx(verdict.best.value, rel=1e-9), verdict.figure.id
        made += 1
    assert made > 45


@pytest.fixture
def month(world_of: Callable[..., Any]) -> Dataset:
    days = [f"2026-02-{day:02d}" for day in range(1, 29)] + ["2026-03-01"]
    models = ("qwen/q", "qwen/q:free", "google/g", "openrouter/pony-alpha")
    return world_of({(day, model): 5 + i for day in days for i, model in enumerate(models)}).dataset


def found_for(dataset: Dataset, figure: Figure) -> tuple[Claim, Found]:
    (verdict,) = judge_all(dataset, (figure,))
    assert verdict.claim is not None
    return verdict.claim, next(tries(dataset, verdict.claim))


@pytest.mark.parametrize(
    ("days", "grain", "last"),
    [
        (("2026-02-09", "2026-02-15"), Grain.WEEK, None),
        (("2026-02-01", "2026-02-28"), Grain.MONTH, None),
        (("2026-02-10", "2026-02-16"), Grain.DAYS_7, "2026-02-16"),
        (("2026-02-23", "2026-03-01"), Grain.WEEK, None),
    ],
)
def test_the_chart_has_the_window_as_a_period(
    month: Dataset, printed: Make, days: tuple[str, str], grain: Grain, last: str | None
) -> None:
    claim, found = found_for(month, printed("1", days=days))
    selection = remade(month, found, claim.quantity)
    assert selection.grain is grain and selection.brush is not None
    assert (selection.span and selection.span.end.isoformat()) == last
    assert (selection.brush.start.isoformat(), selection.brush.end.isoformat()) == days
    assert selection.span is None or grain in TRAILING


def test_an_odd_run_of_days_is_the_whole_chart(month: Dataset, printed: Make) -> None:
    claim, found = found_for(month, printed("1", days=("2026-02-03", "2026-02-13")))
    selection = remade(month, found, claim.quantity)
    assert (selection.grain, selection.span) == (Grain.WHOLE, found.window.span)


@pytest.mark.parametrize(
    ("entity", "grouping", "marked"),
    [
        ("all", Grouping.COUNTRY, frozenset()),
        ("China", Grouping.COUNTRY, frozenset({"CN"})),
        ("Qwen+Google", Grouping.AUTHOR, frozenset({"google", "qwen"})),
        ("Q", Grouping.MODEL, frozenset({"qwen/q"})),
        ("Q (free)", Grouping.MODEL, frozenset({"qwen/q:free"})),
    ],
)
def test_the_entity_is_marked(
    month: Dataset, printed: Make, entity: str, grouping: Grouping, marked: frozenset[str]
) -> None:
    claim, found = found_for(month, printed("1", entity=entity, days=("2026-02-09", "2026-02-15")))
    selection = remade(month, found, claim.quantity)
    assert (selection.grouping, selection.marking(grouping)) == (grouping, marked)


def test_only_a_share_is_shown_as_one(month: Dataset, printed: Make) -> None:
    days = ("2026-02-09", "2026-02-15")
    share, tokens = (
        found_for(month, printed("1", unit, measure=measure, days=days))
        for measure, unit in (("share", "%"), ("tokens", "T"))
    )
    assert remade(month, share[1], share[0].quantity).measure is Measure.SHARE
    assert remade(month, tokens[1], tokens[0].quantity).measure is Measure.TOKENS


def test_where_an_author_has_moved_since_the_chart_ends_with_the_window(
    world_of: Callable[..., Any], printed: Make, make_again: MakeAgain
) -> None:
    """Nomad is French until September: a chart that runs on would count its August as American."""
    days = [f"2025-08-{day:02d}" for day in range(1, 32)] + [f"2025-09-{day:02d}" for day in range(1, 15)]
    dataset = world_of({(day, model): 7 for day in days for model in ("nomad/wanderer", "google/g")}).dataset
    claim, found = found_for(dataset, printed("1", "", entity="FR", days=("2025-08-11", "2025-08-17"), published=""))
    assert found.value == 49
    selection = remade(dataset, found, claim.quantity)
    assert selection.span == Span(dataset.cube.first_day, to_day(found.window.span.end))
    assert make_again(dataset, claim, found) == 49
