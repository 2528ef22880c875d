"""The search against a plain count of the same rows: every candidate, every fit, and what the verdict makes of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from explorer.domain.claims import windows as claim_windows
from explorer.domain.claims.claim import Claim, Window
from explorer.domain.claims.reading import read
from explorer.domain.claims.search import judge, judge_all, tries
from explorer.domain.claims.verdict import Found, Outcome, Verdict
from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.schema import Figure, to_date, to_day
from explorer.domain.selection import Grouping

Make = Callable[..., Figure]
Key = tuple[str, Window, str, str, str]
"""Entity, window, scope, known, variants: the conditions of a candidate."""

# A world is made from a seed: to shrink one takes minutes and shows nothing.
SLOW = settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

COUNTRIES = {"China": "CN", "US": "US"}
AUTHORS = {"DeepSeek": ("deepseek",), "Nomad": ("nomad",), "DeepSeek+Qwen": ("deepseek", "qwen")}
MODELS = {
    "Claude Opus 4.6": "anthropic/claude-opus-4.6",
    "DeepSeek R1": "deepseek/deepseek-r1",
    "DeepSeek V3.2": "deepseek/deepseek-v3.2-20251201",
    "Pony Alpha": "openrouter/pony-alpha",
    "Qwen3 Max": "Qwen/qwen3-max",
    "Wanderer": "nomad/wanderer",
}
ENTITIES = (*COUNTRIES, *AUTHORS, *MODELS, "all")
MEASURES = {
    "tokens": "T", "tokens_per_week": "T", "increment": "T", "share": "%", "growth": "%",
    "multiple": "x", "ratio": "x", "count": "models", "rank": "",
}  # fmt: skip
UNITS = {"T": 10**12, "%": Decimal("0.01")}
READINGS = (("now", "apart"), ("then", "apart"), ("now", "merged"), ("then", "merged"))


@dataclass
class Oracle:
    """Counts a figure anew from the rows of a world, one set of conditions at a time."""

    world: Any
    figure: Figure

    def __post_init__(self) -> None:
        long = self.world.long.assign(model=self.world.long.model.astype(str))
        plain = long.assign(model=long.model.str.partition(":")[0])
        self._daily = {
            variants: frame.pivot_table(index="day", columns="model", values="tokens", aggfunc="sum", fill_value=0)
            for variants, frame in (("apart", long), ("merged", plain))
        }
        self._rankings: dict[tuple[Span, str], list[tuple[str, int]]] = {}
        self.days = {to_day(day.date()) for day in long.day}
        self.sides = self.figure.entity.split("/")

    def has(self, window: Window) -> bool:
        spans = (window.span, window.base or window.span)
        return all(day in self.days for span in spans for day in range(span.first, span.last + 1))

    def models(self, variants: str) -> list[str]:
        return [model for model in self._daily[variants].columns if model != "other"]

    def _sums(self, span: Span, variants: str) -> "pd.Series[int]":
        return self._daily[variants].loc[pd.Timestamp(span.start) : pd.Timestamp(span.end)].sum()

    def ranking(self, span: Span, variants: str) -> list[tuple[str, int]]:
        """Named models with tokens, most tokens first, ties by name."""
        if (span, variants) not in self._rankings:
            sums = [(m, int(t)) for m, t in self._sums(span, variants).items() if m != "other" and t > 0]
            self._rankings[span, variants] = sorted(sums, key=lambda row: (-row[1], row[0]))
        return self._rankings[span, variants]

    def counted(self, span: Span, scope: str, variants: str) -> tuple[list[tuple[str, int]], int]:
        ranking = self.ranking(span, variants)
        rest = int(self._sums(span, variants).get("other", 0)) if scope == "all" else 0
        return (ranking if scope in ("all", "listed") else ranking[: int(scope)]), rest

    def is_of(self, entity: str, model: str, on: date, known: str, variants: str) -> bool:
        if entity in COUNTRIES:
            return self.world.group(model, Grouping.COUNTRY, on, known) == COUNTRIES[entity]
        if entity in AUTHORS:
            return self.world.group(model, Grouping.AUTHOR, on, known) in AUTHORS[entity]
        if entity == "all":
            return True
        slug, there = MODELS[entity.removesuffix(" (free)")], self.models(variants)
        if entity.endswith("(free)"):
            return model == f"{slug}:free"
        return model == slug or (slug not in there and model.startswith(f"{slug}:"))

    def tokens(self, entity: str, span: Span, on: date, key: Key) -> int:
        _, _, scope, known, variants = key
        models, rest = self.counted(span, scope, variants)
        found = sum(tokens for model, tokens in models if self.is_of(entity, model, on, known, variants))
        return found + (rest if entity == "all" else 0)

    def value(self, key: Key) -> float | None:
        """What the figure counts under some conditions, None where there is no such number."""
        entity, window, scope, known, variants = key
        span, on = window.span, window.span.end
        models, rest = self.counted(span, scope, variants)
        theirs = [m for m, _ in models if self.is_of(entity, m, on, known, variants)]
        now = self.tokens(entity, span, on, key)
        match self.figure.measure:
            case "tokens":
                return now
            case "tokens_per_week":
                return now * (7 / len(span))
            case "share":
                whole = sum(tokens for _, tokens in models) + rest
                return now / whole if whole else None
            case "count":
                return len(theirs)
            case "rank":
                return next((i for i, (m, _) in enumerate(models, 1) if m in theirs), None)
            case "ratio":
                other = self.tokens(self.sides[1], span, on, key)
                return now / other if other else None
        assert window.base is not None
        before = self.tokens(entity, window.base, window.base.end if known == "then" else on, key)
        if self.figure.measure == "increment":
            return now - before
        if not before:
            return None
        return now / before - (1 if self.figure.measure == "growth" else 0)

    def scopes(self, claim: Claim) -> list[str]:
        measure = self.figure.measure
        amount_of_models = all(side in MODELS for side in self.sides) and measure != "share"
        if measure == "rank" or amount_of_models:
            return ["all"]
        every = ["9", "10", "5", "20", "50", "all"]
        every += ["listed"] if measure == "share" or "all" in self.sides else []
        return [str(claim.scope), *(scope for scope in every if scope != str(claim.scope))]

    def entities(self) -> list[str]:
        whom, there = self.sides[0], self.models("apart")
        slug = MODELS.get(whom, "")
        return [whom, f"{whom} (free)"] if {slug, f"{slug}:free"} <= set(there) else [whom]

    def candidates(self, claim: Claim) -> dict[Key, float]:
        """Every set of conditions with its value; what another reading does not change is there once."""
        found: dict[Key, float] = {}
        for window in filter(self.has, claim_windows.candidates(claim)):
            for scope in self.scopes(claim):
                seen: list[float] = []
                for entity in self.entities():
                    for known, variants in READINGS[: 4 if entity in ENTITIES else 2]:
                        value = self.value(key := (entity, window, scope, known, variants))
                        if value is not None and value not in seen:
                            found[key] = value
                            seen.append(value)
        return found

    def departures(self, claim: Claim, key: Key) -> int:
        entity, window, scope, known, variants = key
        ways = (entity != self.sides[0], window != claim.window, scope != self.scopes(claim)[0])
        return sum(ways) + (known == "then") + (variants == "merged")

    def is_testable(self, claim: Claim) -> bool:
        if claim.window is not None and not self.has(claim.window):
            return False
        on = claim.window.span.end if claim.window else to_date(claim.near)
        there = self.models("apart")
        named = all(side == "all" or any(self.is_of(side, m, on, "now", "apart") for m in there) for side in self.sides)
        return named and any(self.has(window) for window in claim_windows.candidates(claim))

    def ends(self) -> tuple[Decimal, Decimal]:
        unit, half = UNITS.get(self.figure.unit, 1), Decimal(self.figure.printed).scaleb(0)
        exponent = half.as_tuple().exponent
        assert isinstance(exponent, int)
        width = Decimal(1).scaleb(exponent) / 2
        return (Decimal(self.figure.printed) - width) * unit, (Decimal(self.figure.printed) + width) * unit


def key_of(found: Found, figure: Figure) -> Key:
    entity = found.entity.keys[0] if found.entity.keys[:1] and found.entity.keys[0].endswith("(free)") else ""
    reading = found.reading
    return (entity or figure.entity.split("/")[0], found.window, str(found.scope), reading.known, reading.variants)


@st.composite
def stated_days(draw: st.DrawFn, world: Any) -> tuple[str, str] | None:
    """A week, a month, some other run of days or none, mostly within the data."""
    days = world.days
    kind = draw(st.sampled_from(("week", "sunday", "month", "run", "weeks", "none")))
    if kind == "none":
        return None
    day = draw(st.integers(days.first + 5, days.last - 2))
    match kind:
        case "week":
            span = period_of(day, Grain.WEEK)
        case "sunday":
            span = period_of(day, Grain.SUNDAY_WEEK)
        case "month":
            span = period_of(day, Grain.MONTH)
        case _:
            length = draw(st.sampled_from((1, 5, 7, 13, 14, 21, 28, 30)))
            span = Span(max(day - length + 1, days.first - 1), day)
    return span.start.isoformat(), span.end.isoformat()


@st.composite
def figures(draw: st.DrawFn, make: Make, world: Any) -> Figure:
    measure = draw(st.sampled_from(tuple(MEASURES)))
    entity = draw(st.sampled_from(ENTITIES))
    if measure == "ratio":
        entity = f"{entity}/{draw(st.sampled_from(ENTITIES))}"
    days = draw(stated_days(world))
    told = world.days.last + draw(st.integers(-12, 4)) if days is None else to_day(date.fromisoformat(days[1]))
    published = to_date(told + draw(st.integers(0, 6))).isoformat() if days is None or draw(st.booleans()) else ""
    scope = draw(st.sampled_from(("", "platform total", "top-5 models", "the top nine", "top-3 models")))
    value = f"{draw(st.decimals(-99, 99, places=draw(st.integers(0, 3))))}"
    return make(value, MEASURES[measure], entity=entity, measure=measure, scope=scope, days=days, published=published)


def printed_as(figure: Figure, value: float, places: int) -> Figure:
    """The figure with the number that a story would print of a value."""
    number = (Decimal(value) / UNITS.get(figure.unit, 1)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return replace(figure, value=float(number), printed=f"{number:f}")


def check(oracle: Oracle, claim: Claim, verdict: Verdict) -> None:
    """Compare a verdict with what its definitions make of the oracle's candidates."""
    if not oracle.is_testable(claim):
        assert (verdict.outcome, verdict.best, verdict.tried) == (Outcome.NOT_TESTABLE, None, 0)
        assert str(verdict.why)
        return
    expected = oracle.candidates(claim)
    if not expected:
        assert verdict.outcome is Outcome.NOT_TESTABLE
        return
    low, high = oracle.ends()
    departures = {key: oracle.departures(claim, key) for key in expected}
    fits = {key for key, value in expected.items() if low <= Decimal(value) <= high}
    stated = [value for key, value in expected.items() if departures[key] == 0]
    assert verdict.tried == len(expected)
    assert {key_of(fit, oracle.figure) for fit in verdict.fits} == fits
    assert verdict.fitting == len(fits) == len(verdict.fits)
    assert all(fit.departures == departures[key_of(fit, oracle.figure)] for fit in verdict.fits)
    assert [fit.departures for fit in verdict.fits] == sorted(fit.departures for fit in verdict.fits)
    assert verdict.stated == (pytest.approx(stated[0], rel=1e-12, abs=1e-12) if stated else None)
    assert verdict.best is not None
    best = key_of(verdict.best, oracle.figure)
    assert verdict.best.value == pytest.approx(expected[best], rel=1e-12, abs=1e-12)
    if fits:
        fewest = min(departures[key] for key in fits)
        assert verdict.best == verdict.fits[0] and departures[best] == fewest
        assert verdict.outcome is (Outcome.HOLDS_IF if fewest else Outcome.HOLDS)
    else:
        assert verdict.outcome is Outcome.FAILS
        simple = {key for key in expected if departures[key] - (key[3] == "then") <= 1} or set(expected)
        off = {key: abs(expected[key] - claim.value) for key in simple}
        assert best in simple and off[best] == pytest.approx(min(off.values()), rel=1e-9, abs=1e-9)


def compare(oracle: Oracle, claim: Claim, found: Sequence[Found]) -> None:
    expected = oracle.candidates(claim)
    values = {key_of(each, oracle.figure): each.value for each in found}
    assert len(values) == len(found)
    assert values.keys() == expected.keys()
    assert values == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(data=st.data())
@SLOW
def test_random_figures_get_the_verdict_of_a_plain_count(data: Any, whole_worlds: Any, printed: Make) -> None:
    world = data.draw(whole_worlds)
    figure = data.draw(figures(printed, world))
    claim = read(figure, world.dataset.origins)
    assert isinstance(claim, Claim)
    oracle = Oracle(world, figure)
    verdict = judge(world.dataset, figure)
    if oracle.is_testable(claim):
        compare(oracle, claim, list(tries(world.dataset, claim)))
    check(oracle, claim, verdict)


@given(data=st.data())
@SLOW
def test_a_figure_made_from_true_conditions_is_found(data: Any, whole_worlds: Any, printed: Make) -> None:
    world = data.draw(whole_worlds)
    figure = data.draw(figures(printed, world))
    claim = read(figure, world.dataset.origins)
    assert isinstance(claim, Claim)
    oracle = Oracle(world, figure)
    assume(oracle.is_testable(claim))
    candidates = oracle.candidates(claim)
    assume(candidates)
    true = data.draw(st.sampled_from(list(candidates)))
    made = printed_as(figure, candidates[true], data.draw(st.integers(0, 3)))
    verdict = judge(world.dataset, made)
    assert true in {key_of(fit, made) for fit in verdict.fits}
    assert verdict.best is not None and verdict.best.departures <= oracle.departures(claim, true)
    assert verdict.outcome in (Outcome.HOLDS, Outcome.HOLDS_IF)
    made_claim = read(made, world.dataset.origins)
    assert isinstance(made_claim, Claim)
    check(Oracle(world, made), made_claim, verdict)


@given(data=st.data())
@settings(SLOW, max_examples=25)
def test_days_that_are_missing_make_a_figure_not_testable(data: Any, worlds: Any, printed: Make) -> None:
    world = data.draw(worlds)
    first = data.draw(st.integers(world.days.first - 2, world.days.last))
    last = data.draw(st.integers(first, world.days.last + 2))
    span = Span(first, last)
    figure = printed("1", entity="all", days=(span.start.isoformat(), span.end.isoformat()), published="")
    days = {to_day(day.date()) for day in world.long.day}
    there = sum(day in days for day in range(first, last + 1))
    verdict = judge(world.dataset, figure)
    named = set(world.long.model) - {"other"}
    if there < len(span):
        assert verdict.outcome is Outcome.NOT_TESTABLE
        assert f"covers {there} of the {len(span)} days" in str(verdict.why)
    elif named:
        assert verdict.outcome is not Outcome.NOT_TESTABLE


def weeks(models: dict[str, Sequence[int]], monday: str = "2026-02-02") -> dict[tuple[str, str], int]:
    """Rows of a few weeks from a Monday: for each model its tokens a day, week by week."""
    first = to_day(date.fromisoformat(monday))
    return {
        (to_date(first + 7 * week + day).isoformat(), model): tokens
        for model, amounts in models.items()
        for week, tokens in enumerate(amounts)
        for day in range(7)
    }


NINE = {f"google/g{n}": (50, 50) for n in range(8)}


@pytest.fixture
def two_weeks(world_of: Callable[..., Any]) -> Any:
    """China has 210 of 1,000 tokens a day in the week of 9 February, of which 10 are beyond the top nine."""
    models = {**NINE, "qwen/q": (100, 200), "deepseek/d": (10, 10), "other": (390, 390)}
    return world_of(weeks(models))


def test_a_sum_over_the_top_nine_holds_only_under_that_scope(two_weeks: Any, printed: Make) -> None:
    days = ("2026-02-09", "2026-02-15")
    all_of_it, top_nine, neither = (
        judge(two_weeks.dataset, printed(value, "", days=days)) for value in ("1470", "1400", "1430")
    )
    assert (all_of_it.outcome, all_of_it.stated) == (Outcome.HOLDS, 1470)
    assert (top_nine.outcome, top_nine.stated) == (Outcome.HOLDS_IF, 1470)
    assert top_nine.best is not None and str(top_nine.best.scope) == "9" and top_nine.best.departures == 1
    assert (neither.outcome, neither.fits, neither.fitting) == (Outcome.FAILS, (), 0)
    assert neither.best is not None and neither.best.value == 1400


def test_everything_takes_the_unnamed_rest_with_it(two_weeks: Any, printed: Make) -> None:
    figure = printed("7000", "", entity="all", scope="platform total", days=("2026-02-09", "2026-02-15"))
    whole, named = judge(two_weeks.dataset, figure), judge(two_weeks.dataset, replace(figure, printed="4270"))
    assert (whole.outcome, whole.stated) == (Outcome.HOLDS, 7000)
    assert named.best is not None and named.outcome is Outcome.HOLDS_IF
    simplest = {str(fit.scope) for fit in named.simplest if fit.window == named.best.window}
    assert (simplest, named.best.value) == ({"10", "20", "50", "listed"}, 4270)


def test_an_author_that_moves_counts_where_it_is_at_the_end_of_the_window(
    world_of: Callable[..., Any], printed: Make
) -> None:
    """Nomad is French in August and American from 1 September; as known then, it was not yet in the week before."""
    dataset = world_of(weeks({"nomad/wanderer": (4, 8, 8), "google/g": (9, 9, 9)}, "2025-08-18")).dataset
    days = ("2025-08-31", "2025-09-06")
    tokens = printed("119", "", entity="US", days=days, published="")
    assert judge(dataset, tokens).stated == (8 + 9) * 7
    growth = printed("88.9", "%", entity="US", measure="growth", days=days, published="")
    verdict = judge(dataset, growth)
    assert verdict.stated == pytest.approx(119 / (13 + 6 * 17) - 1)
    assert verdict.best is not None and verdict.best.departures == 1
    assert (verdict.best.reading.known, verdict.best.value) == ("then", pytest.approx(119 / 63 - 1))


def test_a_scope_as_stated_is_no_departure(two_weeks: Any, printed: Make) -> None:
    figure = printed("33.3", "%", measure="share", scope="top nine models", days=("2026-02-09", "2026-02-15"))
    verdict = judge(two_weeks.dataset, figure)
    assert (verdict.outcome, verdict.stated) == (Outcome.HOLDS, 200 / 600)


def test_growth_is_of_the_same_scope_in_both_weeks(two_weeks: Any, printed: Make) -> None:
    figure = printed("100", "%", measure="growth_week", scope="top nine models", days=("2026-02-09", "2026-02-15"))
    verdict = judge(two_weeks.dataset, figure)
    assert (verdict.outcome, verdict.stated) == (Outcome.HOLDS, 1.0)
    over_all = judge(two_weeks.dataset, replace(figure, scope=""))
    assert over_all.stated == pytest.approx(210 / 110 - 1)
    assert over_all.outcome is Outcome.HOLDS_IF


def test_a_model_revealed_later_may_have_been_nobodys(world_of: Callable[..., Any], printed: Make) -> None:
    rows = weeks({"qwen/q": (5, 5), "openrouter/pony-alpha": (3, 3), "google/g": (9, 9)})
    world = world_of(rows, reveals={"openrouter/pony-alpha": ("qwen", date(2026, 2, 18))})
    days = ("2026-02-09", "2026-02-15")
    now, then = (judge(world.dataset, printed(value, "", days=days)) for value in ("56", "35"))
    assert (now.outcome, now.stated) == (Outcome.HOLDS, 56)
    assert then.outcome is Outcome.HOLDS_IF and then.best is not None
    assert (then.best.reading.known, then.best.departures, then.best.combined) == ("then", 1, 0)


def test_variants_merged_change_who_is_among_the_top(world_of: Callable[..., Any], printed: Make) -> None:
    rows = weeks({**{f"google/g{n}": (10, 10) for n in range(5)}, "qwen/q": (6, 6), "qwen/q:free": (6, 6)})
    figure = printed("84", "", scope="top 5 models", days=("2026-02-09", "2026-02-15"))
    verdict = judge(world_of(rows).dataset, figure)
    assert verdict.stated == 0 and verdict.outcome is Outcome.HOLDS_IF and verdict.best is not None
    by_reading = {(str(fit.scope), fit.reading.variants.value) for fit in verdict.fits if fit.departures == 1}
    assert ("5", "merged") in by_reading


def test_the_free_variant_alone_is_a_departure(world_of: Callable[..., Any], printed: Make) -> None:
    rows = weeks({"qwen/q-2": (100, 100), "qwen/q-2:free": (7, 7)})
    both, free, plain = (
        judge(world_of(rows).dataset, printed(value, "", entity="Q 2", days=("2026-02-09", "2026-02-15")))
        for value in ("749", "49", "700")
    )
    assert plain.outcome is Outcome.HOLDS
    assert free.best is not None and (free.outcome, free.best.entity.keys) == (Outcome.HOLDS_IF, ("Q 2 (free)",))
    assert both.best is not None and both.best.reading.variants.value == "merged"


@pytest.mark.parametrize(
    ("entity", "why"),
    [("Kimi K3", "The data names no model of Kimi K3."), ("FR", "The data names no model of FR.")],
)
def test_whom_the_data_do_not_name_is_not_testable(two_weeks: Any, printed: Make, entity: str, why: str) -> None:
    verdict = judge(two_weeks.dataset, printed("1", entity=entity, days=("2026-02-09", "2026-02-15")))
    assert (verdict.outcome, str(verdict.why)) == (Outcome.NOT_TESTABLE, why)


def test_a_country_is_looked_for_when_the_figure_was_true(world_of: Callable[..., Any], printed: Make) -> None:
    rows = weeks({"nomad/wanderer": (4, 4), "google/g": (9, 9)}, "2025-08-04")
    figure = printed("28", "", entity="FR", days=("2025-08-11", "2025-08-17"), published="2025-09-15")
    assert judge(world_of(rows).dataset, figure).outcome is Outcome.HOLDS


def test_days_around_no_data_are_not_testable(two_weeks: Any, printed: Make) -> None:
    far, before = (
        printed(published="2026-09-01"),
        printed(measure="growth", unit="%", days=("2026-02-02", "2026-02-08")),
    )
    assert str(judge(two_weeks.dataset, far).why) == "The data has no complete window near that date."
    assert "0 of the 7 days of 26 Jan 2026" in str(judge(two_weeks.dataset, before).why)


def test_a_model_without_tokens_neither_counts_nor_ranks(world_of: Callable[..., Any], printed: Make) -> None:
    rows = weeks({"qwen/q": (5, 5), "deepseek/d-9": (0, 0), "google/g": (9, 9)})
    dataset, days = world_of(rows).dataset, ("2026-02-09", "2026-02-15")
    count = judge(dataset, printed("1", "models", measure="count", scope="top 3 models", days=days))
    assert (count.outcome, count.stated) == (Outcome.HOLDS, 1)
    second = judge(dataset, printed("2", "", measure="rank", days=days))
    assert (second.outcome, second.stated) == (Outcome.HOLDS, 2)
    for measure, unit in (("rank", ""), ("growth_week", "%")):
        nothing = judge(dataset, printed("3", unit, measure=measure, entity="D 9", days=days))
        assert nothing.outcome is Outcome.NOT_TESTABLE
        assert str(nothing.why) == "D 9: no tokens near that date to rank or to compare with."


def test_what_fits_by_chance_is_weak(two_weeks: Any, printed: Make) -> None:
    """ "About 1,400" fits half of what is tried: that says nothing."""
    sharp = judge(two_weeks.dataset, printed("1400", "", days=("2026-02-09", "2026-02-15")))
    blunt = judge(two_weeks.dataset, printed("900", "", qualifier="over", days=("2026-02-09", "2026-02-15")))
    off_twice = judge(two_weeks.dataset, printed("700", "", scope="top 20", days=("2026-02-09", "2026-02-15")))
    assert not sharp.weak and sharp.chance < 0.5
    assert blunt.outcome is Outcome.HOLDS and not blunt.weak
    assert off_twice.best is not None and off_twice.best.departures == 2 and off_twice.weak


def test_equally_simple_fits_go_by_what_other_figures_of_the_story_share(
    world_of: Callable[..., Any], printed: Make
) -> None:
    """7 tokens of one model fit every week; 49 of another only the seven days to 12 February."""
    first = to_day(date(2026, 2, 1))
    daily = {(to_date(first + n).isoformat(), "qwen/q-2"): 1 for n in range(14)}
    daily |= {(to_date(first + n).isoformat(), "deepseek/d-3"): n * n for n in range(14)}
    dataset = world_of(daily).dataset
    vague, sharp = (
        printed(value, "", entity=entity, published="2026-02-14", key=key)
        for value, entity, key in (("7", "Q 2", "vague"), ("476", "D 3", "sharp"))
    )
    alone = judge(dataset, vague)
    assert sum(n * n for n in range(5, 12)) == 476
    together, other = judge_all(dataset, (vague, sharp))
    assert alone.best is not None and together.best is not None and other.best is not None
    assert other.best.window.span.end == together.best.window.span.end == date(2026, 2, 12)
    assert alone.best.window.span.end != date(2026, 2, 12)
    assert set(together.fits) == set(alone.fits) and together.fits[0] == together.best
    apart = judge_all(dataset, (vague, replace(sharp, publisher="Another Daily")))
    assert apart[0] == alone


def test_judging_again_gives_the_same(two_weeks: Any, printed: Make) -> None:
    figure = printed("1400", "", days=("2026-02-09", "2026-02-15"))
    assert judge_all(two_weeks.dataset, (figure, figure)) == judge_all(two_weeks.dataset, (figure,)) * 2


def test_every_outcome_is_told_apart(two_weeks: Any, printed: Make) -> None:
    def outcomes(values: Sequence[str]) -> Iterator[Outcome]:
        for value in values:
            yield judge(two_weeks.dataset, printed(value, "", days=("2026-02-09", "2026-02-15"))).outcome

    assert list(outcomes(("1470", "1400", "1405"))) == [Outcome.HOLDS, Outcome.HOLDS_IF, Outcome.FAILS]
    narrow = judge(two_weeks.dataset, printed("1405", "", days=("2026-02-09", "2026-02-15")))
    wide = judge(two_weeks.dataset, printed("1430", "", days=("2026-02-09", "2026-02-15")))
    assert narrow.narrow and not wide.narrow
    assert narrow.off == pytest.approx(1400 / 1405 - 1)
