"""A printed figure on the chart: where it stands, how high, and what the caption says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from explorer.domain import shares
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain, span
from explorer.domain.schema import Figure
from explorer.domain.selection import Grouping, Measure, Selection
from explorer.domain.units import THIN

FIRST = date(2026, 2, 2)
WEEK, NEXT = span(date(2026, 2, 9), date(2026, 2, 15)), span(date(2026, 2, 16), date(2026, 2, 22))
CHINA = Figure(
    "china", "", WEEK.start, WEEK.end, "", "China", "tokens", 4.12, "T", "", "The Paper (paper.cn)", "2026-02-27"
)
FIGURES = {
    "china": CHINA,
    "share": replace(CHINA, entity="Chinese models", measure="share", value=61, unit="%", qualifier="about"),
    "all": replace(CHINA, entity="all", value=0.5, printed="0.50"),
    "author": replace(CHINA, entity="Alibaba", value=900, unit="B"),
    "model": replace(CHINA, entity="Qwen3 Max", model="Qwen/qwen3-max"),
    "growth": replace(CHINA, measure="week-on-week", value=20, unit="%"),
    "month": replace(CHINA, start=date(2026, 2, 1), end=date(2026, 2, 28)),
    "weekly": replace(CHINA, measure="tokens per week", value=2),
    "undated": replace(CHINA, start=None, end=None, published="February 2026"),
}


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Dataset:
    days = [(FIRST + timedelta(i)).isoformat() for i in range(28)]
    rows = {(day, model): n for day in days for model, n in (("google/gemini-3-flash", 2), ("Qwen/qwen3-max", 3))}
    figures = tuple(replace(figure, id=name) for name, figure in FIGURES.items())
    return replace(world_of(rows).dataset, figures=figures)


def marked(dataset: Dataset, claim: str, **changes: object) -> list[tuple[str, str, float]]:
    table = shares.table(dataset, Selection(claim=claim).but(**changes))
    return [(str(mark.window.start), mark.group, mark.value) for mark in table.markers]


@pytest.mark.parametrize(
    ("claim", "changes", "found"),
    [
        ("china", {}, [("2026-02-09", "CN", 4.12e12)]),
        ("china", {"brush": NEXT}, [("2026-02-16", "CN", 4.12e12)]),
        ("china", {"grain": Grain.MONTH}, []),
        ("china", {"grain": Grain.DAY}, []),
        ("china", {"measure": Measure.SHARE}, []),
        ("china", {"grouping": Grouping.AUTHOR}, []),
        ("share", {"measure": Measure.SHARE}, [("2026-02-09", "CN", 0.61)]),
        ("share", {"measure": Measure.SHARE, "brush": span(WEEK.start, NEXT.end)}, [("2026-02-09", "CN", 0.61)]),
        ("share", {}, []),
        ("all", {"grouping": Grouping.MODEL}, [("2026-02-09", "", 0.5e12)]),
        ("author", {"grouping": Grouping.AUTHOR}, [("2026-02-09", "qwen", 0.9e12)]),
        ("author", {}, []),
        ("model", {"grouping": Grouping.MODEL}, [("2026-02-09", "Qwen/qwen3-max", 4.12e12)]),
        ("growth", {"measure": Measure.SHARE}, []),
        ("month", {}, []),
        ("month", {"brush": NEXT}, [("2026-02-16", "CN", 4.12e12)]),
        ("weekly", {}, [("2026-02-09", "CN", 2e12)]),
        ("undated", {}, []),
        ("", {}, []),
        ("gone", {}, []),
    ],
)
def test_a_figure_is_marked_where_the_chart_has_its_measure(
    dataset: Dataset, claim: str, changes: dict[str, object], found: list[tuple[str, str, float]]
) -> None:
    assert marked(dataset, claim, **changes) == [(day, group, pytest.approx(value)) for day, group, value in found]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("china", "claim: The Paper (paper.cn) printed 4.12T (China, tokens) on 27 Feb 2026"),
        ("share", f"claim: The Paper (paper.cn) printed about 61{THIN}% (Chinese models, share) on 27 Feb 2026"),
        ("all", "claim: The Paper (paper.cn) printed 0.50T (all, tokens) on 27 Feb 2026"),
        ("undated", "claim: The Paper (paper.cn) printed 4.12T (China, tokens) in February 2026"),
    ],
)
@pytest.mark.parametrize("changes", [{}, {"measure": Measure.SHARE}, {"lens": True}], ids=str)
def test_the_caption_names_the_figure_wherever_it_is_drawn(
    dataset: Dataset, claim: str, said: str, changes: dict[str, object]
) -> None:
    assert said in [str(line) for line in shares.table(dataset, Selection(claim=claim).but(**changes)).caption.filters]


def test_the_label_is_short(dataset: Dataset) -> None:
    (mark,) = shares.table(dataset, Selection(claim="china")).markers
    assert str(mark.label) == "The Paper printed 4.12T"


def test_a_claim_changes_no_number(dataset: Dataset) -> None:
    plain, claimed = (shares.table(dataset, Selection(claim=claim)) for claim in ("", "china"))
    assert claimed.series is plain.series
    assert not plain.caption.filters


def test_a_marker_has_a_short_name_too(dataset: Dataset) -> None:
    (mark,) = shares.table(dataset, Selection(claim="china")).markers
    assert (str(mark.label), str(mark.short)) == ("The Paper printed 4.12T", "printed 4.12T")
