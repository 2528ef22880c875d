"""What a slide is said to show, held against what is on it."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation

from explorer.domain.dataset import Dataset
from explorer.domain.selection import LISTED, Measure
from explorer.export import deck
from explorer.export.exhibit import Exhibit
from explorer.export.slide_words import shown as words_of

Shown = Callable[..., Exhibit]


def slide_of(exhibit: Exhibit) -> Any:
    made: Any = Presentation(io.BytesIO(deck.deck([exhibit])))
    return made.slides[0]


@pytest.mark.parametrize(
    ("view", "asked", "said"),
    [
        ("leaderboard", {}, "bars"),
        ("share", {}, "stacked columns"),
        ("share", {"measure": Measure.SHARE}, "stacked columns"),
        ("share", {"lens": True}, "4 charts of stacked columns"),
        ("price_history", {}, "lines"),
        ("price_usage", {}, "points"),
    ],
)
def test_a_slide_shows_what_is_said_of_it(shown: Shown, view: str, asked: dict[str, Any], said: str) -> None:
    exhibit = shown(view, **asked)
    assert str(words_of(exhibit)) == said
    drawn = [shape for shape in slide_of(exhibit).shapes if shape.has_chart or shape.has_table]
    assert len(drawn) == (4 if said.startswith("4") else 1)
    assert drawn[0].has_chart


def test_it_is_said_that_bars_are_those_of_the_first_rows(shown: Shown, many: Dataset) -> None:
    exhibit = shown("leaderboard", many, scope=LISTED)
    (chart,) = [shape.chart for shape in slide_of(exhibit).shapes if shape.has_chart]
    assert str(words_of(exhibit)) == f"bars of {len(list(chart.plots[0].categories))} of the 40 rows" != "bars"


def test_where_there_is_no_chart_it_is_a_table(shown: Shown) -> None:
    exhibit = replace(shown("leaderboard"), view="of no chart")
    assert str(words_of(exhibit)) == "a table of the first rows"
    assert [shape.has_table for shape in slide_of(exhibit).shapes].count(True) == 1


def test_of_nothing_nothing_is_said(shown: Shown) -> None:
    assert words_of(shown("claims")) is None
