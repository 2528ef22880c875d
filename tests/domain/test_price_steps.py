"""Prices over time as steps: each day of each step against the price in force, literal rows, and real models."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import price_steps
from explorer.domain.periods import Span
from explorer.domain.price_history import PRIORITY, at
from explorer.domain.price_periods import steps_of
from explorer.domain.prices import CATALOGUE, MAX_AGE, MODELS_API, UNDATED
from explorer.domain.pricing import Pricing
from explorer.domain.schema import DatedPrices, Price, to_date, to_day
from explorer.domain.selection import Selection
from explorer.sources import read

R1, OPUS = "deepseek/deepseek-r1", "anthropic/claude-opus-4.6"
FEB = to_day(date(2026, 2, 1))
ROWS = {
    ("2026-01-20", R1): 100,
    ("2026-01-25", OPUS): 300,
    ("2026-02-10", OPUS): 300,
    ("2026-02-10", R1): 200,
    ("2026-02-10", "nobody/fine-tune"): 50,
}
LISTS = (
    DatedPrices(FEB, MODELS_API, (Price(OPUS, "", "", 5.0, 25.0, 0.5), Price(R1, "", "", 1.0, 2.0))),
    DatedPrices(FEB + 14, MODELS_API, (Price(OPUS, "", "", 5.0, 25.0, 0.5), Price(R1, "", "", 0.5, 1.0))),
)
GUESS = DatedPrices(UNDATED, CATALOGUE, (Price(OPUS, "", "", 15.0, 75.0),))
RATIO = Selection(pricing=Pricing(ratio=3))


def rows_of(table: Any) -> list[tuple[object, ...]]:
    keys = ("model", "from", "to", "input", "output", "blended", "source", "price_date")
    return list(zip(*(table.values[key] for key in keys), strict=True))


def test_a_row_is_a_price_over_the_days_it_held(world_of: Callable[..., Any]) -> None:
    table = price_steps.table(world_of(ROWS, prices=LISTS).dataset, RATIO)
    first, turn, last = date(2026, 2, 1), date(2026, 2, 15), date(2026, 2, 15)
    assert rows_of(table) == [
        (OPUS, first, last, 5.0, 25.0, 10.0, MODELS_API, first),
        (R1, first, date(2026, 2, 14), 1.0, 2.0, 1.25, MODELS_API, first),
        (R1, turn, last, 0.5, 1.0, 0.625, MODELS_API, turn),
    ]
    assert (to_date(table.span.first), to_date(table.span.last)) == (date(2026, 1, 20), date(2026, 2, 15))
    assert str(table.caption.title) == "Of two models one became cheaper and none dearer, 20 Jan – 15 Feb 2026"
    assert "deepseek-r1 went from $1.25 to $0.625 per million tokens" in str(table.caption.sentence)
    assert "No price is known for fine-tune: 5.3\u2009% of the tokens of named models." in map(str, table.caption.notes)


def test_an_undated_price_is_marked_and_begins_with_the_first_use(world_of: Callable[..., Any]) -> None:
    table = price_steps.table(world_of(ROWS, prices=(*LISTS, GUESS)).dataset, RATIO)
    assert rows_of(table)[0] == (OPUS, date(2026, 1, 25), date(2026, 1, 31), 15.0, 75.0, 30.0, CATALOGUE, None)
    assert table.undated == {0}
    assert str(table.caption.title) == "How did the prices of two models go?"
    assert str(table.caption.sentence) == ""
    assert any("Dashed" in str(note) for note in table.caption.notes)


def test_a_dated_list_that_states_the_same_makes_a_price_dated(world_of: Callable[..., Any]) -> None:
    same = DatedPrices(UNDATED, CATALOGUE, (Price(R1, "", "", 1.0, 2.0),))
    book = world_of(ROWS, prices=(*LISTS, same)).dataset.prices
    steps = steps_of(book, R1, Span(FEB - 10, FEB + 20), PRIORITY)
    assert [(step.first, step.last, step.point.source, step.point.since) for step in steps] == [
        (FEB - 10, FEB - 1, CATALOGUE, UNDATED),
        (FEB, FEB + 13, MODELS_API, FEB),
        (FEB + 14, FEB + 20, MODELS_API, FEB + 14),
    ]


def test_marked_models_are_shown_alone_and_a_span_is_kept(world_of: Callable[..., Any]) -> None:
    dataset = world_of(ROWS, prices=LISTS).dataset
    table = price_steps.table(dataset, RATIO.but(authors=frozenset({"deepseek"})))
    assert set(table.ids) == table.marked == {R1}
    span = dataset.cube.days
    assert price_steps.table(dataset, RATIO.but(span=span)).span == span
    unpriced = price_steps.table(dataset, RATIO.but(models=frozenset({"nobody/fine-tune"})))
    assert str(unpriced.empty) == "No price is known for these models within 20 Jan – 10 Feb 2026."


def test_ten_models_are_drawn_and_the_priceless_among_them_counted(world_of: Callable[..., Any]) -> None:
    names = [f"qwen/m{i:02d}" for i in range(14)]
    rows = {("2026-02-10", name): 1000 - i for i, name in enumerate(names)}
    priced = tuple(Price(name, "", "", 1.0, 1.0) for name in names if name != "qwen/m03")
    table = price_steps.table(world_of(rows, prices=(DatedPrices(FEB, MODELS_API, priced),)).dataset, RATIO)
    assert list(dict.fromkeys(table.ids)) == [name for name in names[:11] if name != "qwen/m03"]
    assert any("m03" in str(note) for note in table.caption.notes)


@given(data=st.data())
def test_on_every_day_a_step_is_the_price_in_force(data: st.DataObject, world_of: Callable[..., Any]) -> None:
    first = to_day(date(2026, 1, 20))
    cost = st.sampled_from((0.0, 1.0, 2.0))
    lists = data.draw(
        st.lists(
            st.builds(
                lambda day, source, one, other: DatedPrices(day, source, (Price(R1, "", "", one, other),)),
                st.integers(first - 120, first + 200),
                st.sampled_from((MODELS_API, CATALOGUE)),
                cost,
                st.none() | cost,
            ),
            max_size=5,
            unique_by=lambda dated: (dated.day, dated.source),
        )
    )
    book = world_of(ROWS, prices=tuple(lists)).dataset.prices
    span = Span(first, first + 150)
    steps = steps_of(book, R1, span, PRIORITY)
    column = book.models.index(R1)
    for day in range(span.first, span.last + 1):
        (point,) = (at(book, day)[column],)
        holding = [step.point for step in steps if step.first <= day <= step.last]
        assert len(holding) == (point is not None)
        if point is not None:
            assert (holding[0].input, holding[0].output) == (point.input, point.output)


def test_a_list_ends_after_its_age(world_of: Callable[..., Any]) -> None:
    book = world_of(ROWS, prices=LISTS).dataset.prices
    steps = steps_of(book, R1, Span(FEB, FEB + 400), PRIORITY)
    assert [(step.first, step.last) for step in steps] == [(FEB, FEB + 13), (FEB + 14, FEB + 14 + MAX_AGE)]


def test_no_data_and_no_price_say_so(world_of: Callable[..., Any]) -> None:
    dataset = world_of(ROWS).dataset
    assert str(price_steps.table(dataset, RATIO).empty).startswith("No price is known for these models")


@pytest.mark.parametrize(("model", "output"), [("minimax/minimax-m2.5", 1.1), ("z-ai/glm-5", 2.55), (OPUS, 25.0)])
def test_real_prices_of_february(history: Any, shared_data: Path, model: str, output: float) -> None:
    lists = tuple(
        found.prices
        for f in sorted((shared_data / "openrouter" / "models").glob("*.json"))
        if (found := read(f)).prices
    )
    dataset = history.dataset.with_prices(lists)
    table = price_steps.table(dataset, Selection(models=frozenset({model})))
    day = date(2026, 2, 22)
    values = table.values
    (row,) = (i for i in range(len(table)) if values["from"][i] <= day <= values["to"][i])
    assert values["output"][row] == output
    assert values["source"][row] == MODELS_API
    assert np.isfinite(values["blended"][row])
