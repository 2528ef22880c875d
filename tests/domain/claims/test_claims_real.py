"""The stories of February to June 2026 against the real rankings, and against sums made by hand."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from explorer.domain.claims.search import judge, judge_all, tries
from explorer.domain.claims.verdict import Outcome, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain, Span, span
from explorer.domain.schema import Figure, to_day

MADE_IN = {
    "CN": [
        "bytedance-seed",
        "deepseek",
        "meituan",
        "minimax",
        "moonshotai",
        "qwen",
        "stepfun",
        "tencent",
        "xiaomi",
        "z-ai",
    ],
    "US": ["anthropic", "arcee-ai", "google", "nvidia", "openai", "x-ai"],
}
TOP_NINE = [
    ("3", "2026-02-02", "CN"),
    ("4", "2026-02-09", "CN"),
    ("5", "2026-02-09", "US"),
    ("6", "2026-02-16", "CN"),
    ("7", "2026-02-16", "US"),
    ("27", "2026-03-09", "US"),
    ("36", "2026-03-30", "CN"),
    ("38", "2026-03-30", "US"),
    ("43", "2026-04-13", "CN"),
    ("45", "2026-04-13", "US"),
]
"""Weekly totals by country: the row of the table of figures, the Monday, and whose they are."""


@lru_cache(maxsize=1)
def _judged(dataset: Dataset, figures: tuple[Figure, ...]) -> dict[str, Verdict]:
    return {verdict.figure.id: verdict for verdict in judge_all(dataset, figures)}


@pytest.fixture
def verdicts(real: Dataset, press: tuple[Figure, ...]) -> dict[str, Verdict]:
    return _judged(real, press)


@lru_cache(maxsize=1)
def _history(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, parse_dates=["date"])


@pytest.fixture
def history_rows(shared_data: Path) -> pd.DataFrame:
    return _history(shared_data / "openrouter" / "rankings-daily" / "history.csv")


def days(first: str, last: str) -> Span:
    return span(date.fromisoformat(first), date.fromisoformat(last))


def test_four_trillion_is_a_sum_over_the_nine_models_of_one_weeks_chart(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["4"]
    assert verdict.figure.printed == "4.12" and verdict.outcome is Outcome.HOLDS_IF and not verdict.weak
    assert verdict.best is not None
    assert (verdict.best.window.grain, verdict.best.window.span) == (Grain.WEEK, days("2026-02-09", "2026-02-15"))
    assert {str(fit.scope) for fit in verdict.simplest} >= {"9"}
    assert {fit.window for fit in verdict.simplest} == {verdict.best.window}
    assert verdict.stated == pytest.approx(5.60e12, rel=1e-3)
    assert verdict.fitting < verdict.tried / 50


def test_the_same_number_with_its_digits_turned_never_holds(real: Dataset, verdicts: dict[str, Verdict]) -> None:
    false = replace(verdicts["4"].figure, value=4.47, printed="4.47")
    assert judge(real, false).outcome is not Outcome.HOLDS


def test_no_false_number_holds_as_stated(real: Dataset, verdicts: dict[str, Verdict]) -> None:
    """Every figure with a value of its own, four per cent up: it holds only where that value prints so."""
    asked = 0
    for verdict in verdicts.values():
        if verdict.stated is None or verdict.figure.unit not in ("T", "%"):
            continue
        up = Decimal(verdict.figure.printed) * Decimal("1.04") + Decimal("0.02")
        false = replace(verdict.figure, printed=f"{up:.3f}", value=round(float(up), 3))
        held = judge(real, false)
        size = {"T": 1e12, "%": 0.01}[verdict.figure.unit]
        assert held.stated == verdict.stated
        assert (held.outcome is Outcome.HOLDS) == (f"{verdict.stated / size:.3f}" == f"{up:.3f}"), false
        asked += 1
    assert asked > 40


@pytest.mark.parametrize(("row", "monday", "country"), TOP_NINE)
def test_the_verdict_knows_the_sum_over_nine_models_made_by_hand(
    real: Dataset, verdicts: dict[str, Verdict], history_rows: pd.DataFrame, row: str, monday: str, country: str
) -> None:
    first = date.fromisoformat(monday)
    inside = history_rows[history_rows.date.between(monday, (first + timedelta(6)).isoformat())]
    nine = inside[inside.model_permaslug != "other"].groupby("model_permaslug").total_tokens.sum().nlargest(9)
    author = [str(model).partition("/")[0] for model in nine.index]
    assert {*author} <= {*MADE_IN["CN"], *MADE_IN["US"], "openrouter"}
    total = sum(int(tokens) for name, tokens in zip(author, nine, strict=True) if name in MADE_IN[country])
    verdict, week = verdicts[row], Span(to_day(first), to_day(first) + 6)
    assert verdict.claim is not None
    found = [
        each
        for each in tries(real, verdict.claim)
        if (str(each.scope), each.window.span, each.departures) == ("9", week, 1)
    ]
    assert [each.value for each in found] == [total]
    printed = Decimal(verdict.figure.printed)
    half = Decimal(1).scaleb(int(printed.as_tuple().exponent)) / 2
    assert (found[0] in verdict.fits) == (abs(Decimal(total).scaleb(-12) - printed) <= half)
    assert (verdict.outcome is Outcome.FAILS) == (not verdict.fits)


@pytest.mark.parametrize("row", ["9", "10"])
def test_february_is_the_thirty_days_to_the_24th(verdicts: dict[str, Verdict], row: str) -> None:
    verdict = verdicts[row]
    assert (verdict.figure.entity, verdict.figure.value) in (("MiniMax M2.5", 4.55), ("Kimi K2.5", 4.02))
    assert verdict.outcome is Outcome.HOLDS_IF and verdict.best is not None
    assert (verdict.best.window.grain, verdict.best.window.span) == (Grain.DAYS_30, days("2026-01-26", "2026-02-24"))


def test_figures_that_hold_as_stated(verdicts: dict[str, Verdict]) -> None:
    """Those a hand check reproduces: four Chinese models of the top five, platform totals, models of a week."""
    holds = {"12", "20", "23", "24", "30", "32", "39", "41", "42", "60", "61"}
    assert {row for row, verdict in verdicts.items() if verdict.outcome is Outcome.HOLDS} == holds
    assert all(verdicts[row].best.departures == 0 for row in holds if verdicts[row].best)
    assert verdicts["24"].stated == pytest.approx(0.8572, abs=5e-5)
    assert verdicts["60"].stated == pytest.approx(36.135e12, rel=1e-4)


def test_four_of_the_five_largest_by_hand(verdicts: dict[str, Verdict], history_rows: pd.DataFrame) -> None:
    inside = history_rows[history_rows.date.between("2026-02-16", "2026-02-22")]
    five = inside[inside.model_permaslug != "other"].groupby("model_permaslug").total_tokens.sum().nlargest(5)
    chinese = [model for model in five.index if str(model).partition("/")[0] in MADE_IN["CN"]]
    assert len(chinese) == 4
    assert verdicts["24"].stated == pytest.approx(five[chinese].sum() / five.sum(), rel=1e-12)


def test_a_models_figure_may_be_that_of_its_free_variant_alone(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["31"]
    assert (verdict.figure.entity, verdict.figure.printed) == ("Step 3.5 Flash", "1.34")
    assert verdict.outcome is Outcome.HOLDS_IF and verdict.best is not None and verdict.claim is not None
    assert verdict.best.entity.keys == ("Step 3.5 Flash (free)",)
    assert (verdict.best.window, verdict.best.departures) == (verdict.claim.window, 1)


def test_three_figures_of_one_story_agree_on_the_seven_days_they_are_of(verdicts: dict[str, Verdict]) -> None:
    for row in ("15", "16", "17"):
        verdict = verdicts[row]
        assert verdict.figure.publisher == "CGTN" and verdict.best is not None
        assert verdict.outcome is Outcome.HOLDS_IF and not verdict.weak
        assert verdict.best.window.span == days("2026-02-21", "2026-02-27")


def test_a_figure_that_misses_by_a_restatement_says_so(verdicts: dict[str, Verdict]) -> None:
    narrow = {row for row, verdict in verdicts.items() if verdict.narrow}
    assert {"5", "6", "27", "43", "45"} <= narrow and not narrow & {"2", "7", "36", "68"}
    assert verdicts["6"].off == pytest.approx(5.1549 / 5.16 - 1, abs=1e-5)


def _days_over(folder: Path) -> set[str]:
    """The days of the files that were over when they were taken, read without the program."""
    with (folder / "history.csv").open(encoding="ascii", newline="") as file:
        found = {row["date"] for row in csv.DictReader(file)}
    for path in sorted((folder / "api").glob("*.json")):
        answer = json.loads(path.read_text("utf-8"))
        as_of = answer.get("meta", {}).get("as_of", "9999")[:10]
        found |= {row["date"] for row in answer["data"] if row["date"] < as_of}
    return found


def test_nine_in_ten_of_the_figures_the_data_cover_are_tested(shared_data: Path, verdicts: dict[str, Verdict]) -> None:
    there = _days_over(shared_data / "openrouter" / "rankings-daily")
    assert {"2025-11-15", "2026-05-04", "2026-05-20", "2026-06-20"} <= there and "2026-05-10" not in there
    covered: list[str] = []
    with (shared_data / "press" / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counted = row["measure"].startswith(("tokens", "share", "growth", "week-on-week"))
            first, last = (row[key] or row["source_date"] for key in ("window_start", "window_end"))
            if counted and len(first) == len(last) == 10:
                start, end = date.fromisoformat(first), date.fromisoformat(last)
                if all((start + timedelta(n)).isoformat() in there for n in range((end - start).days + 1)):
                    covered.append(row["id"])
    tested = [row for row in covered if verdicts[row].outcome is not Outcome.NOT_TESTABLE]
    assert len(covered) >= 50
    assert len(tested) >= 0.9 * len(covered)
    untested = {row for row, verdict in verdicts.items() if verdict.outcome is Outcome.NOT_TESTABLE}
    assert all(str(verdicts[row].why) for row in untested)


def test_the_days_that_nobody_has_are_named(verdicts: dict[str, Verdict]) -> None:
    assert str(verdicts["1"].why) == "The data covers 0 of the 7 days of 3 Mar 2025 to 9 Mar 2025."
    assert str(verdicts["49"].why) == "The data covers 1 of the 7 days of 4 May 2026 to 10 May 2026."
    assert str(verdicts["64"].why) == "The data covers 0 of the 31 days of 1 Jan 2025 to 31 Jan 2025."
    assert str(verdicts["62"].why) == "The story does not say of which days it speaks."
