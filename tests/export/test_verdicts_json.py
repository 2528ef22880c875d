"""Verdicts as JSON: one object a figure, values in the unit of its row."""

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from explorer.domain.claims.search import judge_all
from explorer.domain.claims.verdict import Outcome
from explorer.domain.dataset import Dataset, rankings
from explorer.domain.origins import Origin, Origins
from explorer.domain.schema import Figure, Frames, UsageFrame, to_day
from explorer.export.verdicts_json import text

KEYS = {"id", "verdict", "conditions", "value", "tried", "fitting"}
"""What every script may rely on; there is more."""

AUTHORS = {"qwen": "CN", "deepseek": "CN", "google": "US"}
WEEK = (date(2026, 2, 9), date(2026, 2, 15))


def figure(key: str, value: str, unit: str, measure: str = "tokens", entity: str = "China", **more: Any) -> Figure:
    start, end = more.pop("days", WEEK)
    scope = more.pop("scope", "")
    return Figure(
        key, "", start, end, scope, entity, measure, float(value), unit, "A story", "A Daily", "2026-02",
        printed=value, **more,
    )  # fmt: skip


@pytest.fixture
def dataset() -> Dataset:
    """Two weeks; in the second China has 1.4T of 7T tokens, of which 0.07T beyond the top nine."""
    models = {f"google/g{n}": 50 for n in range(8)} | {"qwen/q": 190, "deepseek/d": 10, "other": 400}
    names = tuple(sorted(models))
    rows = [
        (to_day(WEEK[0] - timedelta(7)) + day, names.index(model), amount * 10**9 // (1 if day >= 7 else 2))
        for day in range(14)
        for model, amount in models.items()
    ]
    day, model, tokens = zip(*rows, strict=True)
    frame = UsageFrame(np.array(day, np.int32), np.array(model, np.int32), np.array(tokens, np.int64), names)
    whose = [Origin(author, author.title(), country, date(2023, 1, 1)) for author, country in AUTHORS.items()]
    return rankings(Frames(frame), Origins(whose, {"CN": "China", "US": "United States"}), ())


def exported(dataset: Dataset, *figures: Figure) -> list[dict[str, Any]]:
    written = text(dataset, judge_all(dataset, figures))
    assert written.endswith("]\n")
    found = json.loads(written, parse_constant=pytest.fail)
    assert isinstance(found, list)
    return found


def test_one_object_a_figure_in_their_order(dataset: Dataset) -> None:
    figures = [figure(key, "1.4", "T") for key in ("b", "a", "中")]
    found = exported(dataset, *figures)
    assert [row["id"] for row in found] == ["b", "a", "中"]
    assert all(row.keys() >= KEYS for row in found)
    assert "中" in text(dataset, judge_all(dataset, figures))
    assert exported(dataset) == []


def test_verdicts_are_words_for_scripts(dataset: Dataset) -> None:
    holds, only_if, fails, untested = exported(
        dataset,
        figure("a", "1.40", "T"),
        figure("b", "1.33", "T"),
        figure("c", "5.00", "T"),
        figure("d", "5", "%", "user_share"),
    )
    assert [row["verdict"] for row in (holds, only_if, fails, untested)] == [
        "holds", "holds-if", "fails", "not-testable",
    ]  # fmt: skip
    assert {row["verdict"] for row in (holds, only_if, fails, untested)} == {outcome.value for outcome in Outcome}
    assert holds["tried"] > holds["fitting"] >= 1 and fails["fitting"] == 0
    assert (holds["narrow"], holds["weak"], holds["why"]) == (False, False, "")


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (figure("a", "1.4", "T"), 1.4),
        (figure("a", "1400", "B"), 1400.0),
        (figure("a", "1400000", "M"), 1400000.0),
        (figure("a", "1400000000000", ""), 1.4e12),
        (figure("a", "20", "%", "share"), 20.0),
        (figure("a", "20", "% (a fifth)", "share"), 20.0),
        (figure("a", "20", "(about) %", "share"), 20.0),
        (figure("a", "100", "%", "growth_week"), 100.0),
        (figure("a", "0", "%", "share", "US", scope="top-1 models"), 0.0),
        (figure("a", "2", "x", "multiple"), 2.0),
        (figure("a", "0.5", "x", "ratio", "China/US"), 0.5),
        (figure("a", "0.7", "T", "increment"), 0.7),
        (figure("a", "2", "models", "count"), 2.0),
        (figure("a", "1", "", "rank"), 1.0),
        (figure("a", "0.2", "T", "tokens_per_day"), 0.2),
    ],
)
def test_values_are_in_the_unit_of_the_row(dataset: Dataset, made: Figure, value: float) -> None:
    (row,) = exported(dataset, made)
    assert row["verdict"] == "holds"
    assert (row["value"], row["stated"], row["printed"]) == (value, value, value)
    assert row["unit"] == made.unit


def test_conditions_say_what_reproduces_the_figure(dataset: Dataset) -> None:
    (row,) = exported(dataset, figure("b", "1.33", "T"))
    conditions = row["conditions"]
    assert (conditions["scope"], conditions["quantity"], conditions["entity"]) == ("9", "tokens", "China")
    assert conditions["window"] == {"start": "2026-02-09", "end": "2026-02-15", "grain": "week"}
    assert conditions["against"] is None
    assert (conditions["attribution"], conditions["variants"]) == ("as-known-now", "apart")
    assert conditions["scopes"] == ["9", "5"] and conditions["words"].startswith("top 9 models")
    assert row["stated"] == 1.4 and row["value"] == 1.33
    assert len(row["fits"]) == row["fitting"] and row["fits"][0]["scope"] == "9"


def test_scopes_that_come_to_the_same_are_named_together(dataset: Dataset) -> None:
    (row,) = exported(dataset, figure("a", "1.40", "T"))
    assert row["conditions"]["scope"] == "all" and set(row["conditions"]["scopes"]) == {"all", "10", "20", "50"}


def test_growth_says_against_what(dataset: Dataset) -> None:
    (row,) = exported(dataset, figure("a", "100", "%", "growth_week"))
    assert row["conditions"]["against"] == {"start": "2026-02-02", "end": "2026-02-08"}


def test_the_nearest_conditions_of_a_figure_that_fails(dataset: Dataset) -> None:
    (row,) = exported(dataset, figure("a", "1.36", "T", scope="top nine models"))
    assert row["verdict"] == "fails" and row["conditions"]["window"]["start"] == "2026-02-09"
    assert row["value"] == pytest.approx(1.36, abs=0.05) and row["fits"] == []


UNTESTED = (
    (figure("a", "5", "%", "user_share"), "The rankings do not measure user_share."),
    (figure("b", "5", "T", days=(date(2025, 2, 3), date(2025, 2, 9))), "The data covers 0 of the 7 days"),
    (figure("c", "5", "T", entity="Kimi K3"), "The data names no model of Kimi K3."),
    (figure("d", "5", "$/M", "price_input"), "A price is of one model, and China is none."),
)


@pytest.mark.parametrize(("made", "why"), UNTESTED)
def test_nothing_is_said_of_what_cannot_be_tested(dataset: Dataset, made: Figure, why: str) -> None:
    (row,) = exported(dataset, made)
    assert (row["verdict"], row["tried"], row["fitting"]) == ("not-testable", 0, 0)
    assert row["conditions"] is row["value"] is row["stated"] is None
    assert row["why"].startswith(why) and row["fits"] == []
