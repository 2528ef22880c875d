"""Prices over time as steps: each day of each step against the price in force, literal rows, and real models."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import price_steps
from explorer.domain.periods import Span
from explorer.domain.price_history import PRIORITY, at
from explorer.domain.price_periods import Step, steps_of
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
    assert (
        "No price within 20 Jan – 15 Feb 2026 is known for fine-tune: 5.3\u2009% of the tokens of named models."
        in map(str, table.caption.notes)
    )


def test_an_undated_price_is_marked_and_begins_with_the_first_use(world_of: Callable[..., Any]) -> None:
    table = price_steps.table(world_of(ROWS, prices=(*LISTS, GUESS)).dataset, RATIO)
    assert rows_of(table)[0] == (OPUS, date(2026, 1, 25), date(2026, 1, 31), 15.0, 75.0, 30.0, CATALOGUE, None)
    assert table.undated == {0}
    assert str(table.caption.title) == "How did the prices of two models go?"
    assert str(table.caption.sentence).startswith(
        "From 20 January 2026 to 15 February 2026, the last known prices of two of the most used models"
    )
    assert "are from $0.625 (deepseek-r1) to $10 (claude-opus-4.6) per million tokens" in str(table.caption.sentence)
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
def test_a_price_changes_on_days_that_lists_state_and_never_lapses(
    data: st.DataObject, world_of: Callable[..., Any]
) -> None:
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
    stating = {(dated.day, dated.prices[0].input, dated.prices[0].output) for dated in lists}
    known = [dated.day for dated in lists if dated.day <= span.last]
    for before, after in pairwise(steps):
        assert before.last + 1 == after.first
        if (before.point.input, before.point.output) != (after.point.input, after.point.output):
            assert (after.first, after.point.input, after.point.output) in stating
    assert [step.last for step in steps[-1:]] == [span.last] * bool(known)
    assert [step.first for step in steps[:1]] == [max(span.first, min(known))] * 1 if known else not steps
    column = book.models.index(R1)
    for step in steps:
        api = at(book, step.first, (MODELS_API,))[column]
        if api is not None and step.point.source == MODELS_API:
            assert (step.point.input, step.point.output) == (api.input, api.output)
            assert not step.carried


def told(steps: tuple[Step, ...]) -> list[tuple[int, int, float | None, bool]]:
    return [(step.first - FEB, step.last - FEB, step.point.input, step.carried) for step in steps]


def test_a_price_whose_list_is_old_is_carried_on_and_no_undated_one_takes_its_place(
    world_of: Callable[..., Any],
) -> None:
    guess = DatedPrices(UNDATED, CATALOGUE, (Price(R1, "", "", 9.0, 9.0),))
    for lists in (LISTS, (*LISTS, guess)):
        steps = steps_of(world_of(ROWS, prices=lists).dataset.prices, R1, Span(FEB, FEB + 400), PRIORITY)
        assert told(steps) == [(0, 13, 1.0, False), (14, 14 + MAX_AGE, 0.5, False), (15 + MAX_AGE, 400, 0.5, True)]
    newer = DatedPrices(FEB + 200, MODELS_API, (Price(R1, "", "", 0.4, 0.8),))
    book = world_of(ROWS, prices=(*LISTS, guess, newer)).dataset.prices
    steps = steps_of(book, R1, Span(FEB + 100, FEB + 250), PRIORITY)
    assert told(steps) == [(100, 104, 0.5, False), (105, 199, 0.5, True), (200, 250, 0.4, False)]


def test_a_carried_price_is_dashed_and_said(world_of: Callable[..., Any]) -> None:
    rows = ROWS | {("2026-08-01", R1): 5}
    table = price_steps.table(world_of(rows, prices=LISTS).dataset, RATIO)
    assert [table.values["to"][i] for i in sorted(table.undated)] == [date(2026, 8, 1)] * 2
    assert any("No newer list for 90 days" in str(note) for note in table.caption.notes)
    assert str(table.caption.title).startswith("Of two models one became cheaper")


def test_the_days_end_with_the_data_or_the_last_models_list(world_of: Callable[..., Any]) -> None:
    later = DatedPrices(FEB + 300, CATALOGUE, (Price(R1, "", "", 0.1, 0.2),))
    assert price_steps.table(world_of(ROWS, prices=(*LISTS, later)).dataset, RATIO).span.last == FEB + 14


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
