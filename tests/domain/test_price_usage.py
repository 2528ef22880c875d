"""Price against use: rows, notes and the sentence of the correlation, against pandas and literal numbers."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import price_usage
from explorer.domain.blended import OBSERVED
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import Pricing
from explorer.domain.rank_correlation import RankCorrelation
from explorer.domain.schema import DatedPrices, Price, to_day
from explorer.domain.selection import Scope, Selection
from explorer.domain.table import Table

DAY = "2026-02-10"
LIST = to_day(pd.Timestamp("2026-02-01").date())


def column(table: Table, key: str) -> dict[str, object]:
    return dict(zip(table.ids, table.values[key], strict=True))


def dearest_most(count: int, sign: int) -> tuple[dict[tuple[str, str], int], tuple[DatedPrices, ...]]:
    """Models of which the dearer have more tokens, or fewer where `sign` is negative."""
    names = [f"qwen/m{i:02d}" for i in range(count)]
    rows = {(DAY, name): 1000 + sign * 10 * i for i, name in enumerate(names)}
    prices = tuple(Price(name, "", name, 1.0 + i, 2.0 + i) for i, name in enumerate(names))
    return rows, (DatedPrices(LIST, MODELS_API, prices),)


def test_rows_are_the_priced_models_and_the_rest_is_said(world_of: Callable[..., Any]) -> None:
    lists = (
        DatedPrices(
            LIST,
            MODELS_API,
            (Price("anthropic/claude-opus-4.6", "", "", 5.0, 25.0), Price("nobody/fine-tune", "", "", 1.0, None)),
        ),
        DatedPrices(UNDATED, CATALOGUE, (Price("deepseek/deepseek-r1", "", "", 0.0, 0.0),), False),
    )
    rows = {
        (DAY, "anthropic/claude-opus-4.6"): 500,
        (DAY, "deepseek/deepseek-r1"): 200,
        (DAY, "deepseek/deepseek-r1:free"): 100,
        (DAY, "nobody/fine-tune"): 150,
        (DAY, "google/gemini-3-flash"): 50,
        (DAY, "other"): 1000,
    }
    table = price_usage.table(world_of(rows, prices=lists).dataset, Selection(pricing=Pricing(ratio=3)))
    assert table.ids == ("anthropic/claude-opus-4.6", "deepseek/deepseek-r1", "deepseek/deepseek-r1:free")
    assert column(table, "blended") == {table.ids[0]: 10.0, table.ids[1]: 0.0, table.ids[2]: 0.0}
    assert column(table, "share") == {table.ids[0]: 0.5, table.ids[1]: 0.2, table.ids[2]: 0.1}
    assert column(table, "source")[table.ids[2]] == ":free"
    notes = " ".join(map(str, table.caption.notes))
    assert "No price is known for fine-tune and gemini-3-flash: 20.0\u2009% of the tokens of named models." in notes
    assert "Two models are free (30.0\u2009% of the tokens of named models)" in notes
    assert str(table.caption.title) == "Did use follow the cost curve?"
    assert str(table.caption.sentence) == ""
    assert "list of 1 Feb 2026" in str(table.caption.source)


@pytest.mark.parametrize(
    ("count", "sign", "title"),
    [
        (10, 1, "Dearer models were used more: rank correlation 1.00 over 10 paid models"),
        (12, -1, "Cheaper models were used more: rank correlation −1.00 over 12 paid models"),
        (9, 1, "Did use follow the cost curve?"),
    ],
)
def test_the_title_says_what_is_certain(world_of: Callable[..., Any], count: int, sign: int, title: str) -> None:
    rows, lists = dearest_most(count, sign)
    table = price_usage.table(world_of(rows, prices=lists).dataset, Selection())
    assert str(table.caption.title) == title
    assert bool(str(table.caption.sentence)) == (count >= 10)


def test_what_is_not_certain_is_called_no_clear_link() -> None:
    said = str(price_usage.title_of(RankCorrelation(-0.004, 55)))
    assert said == "No clear link between price and use: rank correlation 0.00 over 55 paid models"
    assert "−0.42 over 55" in str(price_usage.title_of(RankCorrelation(-0.42, 55)))
    assert str(price_usage.title_of(RankCorrelation(math.nan, 55))) == "Did use follow the cost curve?"


def test_a_scope_of_few_models_asks(world_of: Callable[..., Any]) -> None:
    rows, lists = dearest_most(12, 1)
    table = price_usage.table(world_of(rows, prices=lists).dataset, Selection(scope=Scope(5)))
    assert len(table) == 5
    assert str(table.caption.title) == "Did use follow the cost curve?"


@given(data=st.data())
def test_random_worlds_agree_with_pandas(data: st.DataObject, worlds: Any, windows: Any) -> None:
    world = data.draw(worlds)
    window = data.draw(windows(world))
    named = sorted(set(world.long.model) - {"other"})
    amounts = st.none() | st.sampled_from((0.0, 0.5, 1.0, 2.0, 30.0))
    costs = {name: data.draw(st.tuples(amounts, amounts)) for name in named}
    priced = tuple(Price(name, "", name, *both) for name, both in costs.items())
    dataset = world.dataset.with_prices((DatedPrices(window.last - 5, MODELS_API, priced),))
    table = price_usage.table(dataset, Selection(span=window))
    known = {name: both for name, both in costs.items() if None not in both}
    expected = [(name, tokens) for name, tokens in world.ordered(window) if name in known]
    assert list(zip(table.ids, table.values["tokens"], strict=True)) == expected
    ratio = OBSERVED.ratio
    mixed = [(ratio * known[name][0] + known[name][1]) / (ratio + 1) for name, _ in expected]
    assert np.allclose(np.array(table.values["blended"], float), mixed)
    paid = pd.DataFrame({"x": mixed, "y": [tokens for _, tokens in expected]}).query("x > 0")
    if len(paid) >= 10 and paid.x.nunique() > 1 and paid.y.nunique() > 1:
        rho = round(float(paid.x.rank().corr(paid.y.rank())), 2)
        assert f"{abs(rho):.2f} over {len(paid)} paid models" in str(table.caption.title)
    else:
        assert str(table.caption.title) == "Did use follow the cost curve?"
