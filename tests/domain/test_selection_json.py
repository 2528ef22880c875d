"""A Selection into JSON and back: nothing lost, nothing guessed."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.origins import Known
from explorer.domain.periods import Grain, Span
from explorer.domain.pricing import Compared, PriceFirst, Pricing, Sort
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Scope, Selection, Source, Variants
from explorer.domain.selection_json import read, written
from explorer.domain.workload import Workload
from explorer.errors import ExplorerError

days = st.integers(0, 40_000)
spans = st.none() | st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair)))
words = st.text(max_size=12)
sets = st.frozensets(words, max_size=4)
shares = st.floats(0, 0.5)
workloads = st.builds(Workload, st.floats(0, 1e6), st.integers(0, 10**6), st.integers(0, 10**6), shares, shares)
pricings = st.builds(
    Pricing,
    st.sampled_from(PriceFirst),
    st.floats(0, 100),
    shares,
    st.booleans(),
    workloads,
    st.sampled_from(Compared),
    st.sampled_from(Sort),
    st.none() | days,
    words,
)
selections = st.builds(
    Selection,
    source=st.sampled_from(Source),
    grain=st.sampled_from(Grain),
    span=spans,
    brush=spans,
    scope=st.sampled_from([ALL, LISTED]) | st.integers(1, 500).map(Scope),
    measure=st.sampled_from(Measure),
    grouping=st.sampled_from(Grouping),
    countries=sets,
    authors=sets,
    models=sets,
    search=words,
    baseline=words,
    as_of=st.just("") | st.dates().map(lambda day: day.isoformat()),
    compared=st.tuples(words, words),
    known=st.sampled_from(Known),
    variants=st.sampled_from(Variants),
    lens=st.booleans(),
    claim=words,
    pricing=pricings,
)


@given(selections)
def test_what_is_written_is_read_again(selection: Selection) -> None:
    assert read(json.loads(json.dumps(written(selection)))) == selection


def test_it_is_legible_and_names_every_dimension() -> None:
    found = written(Selection(span=Span(20493, 20499), scope=Scope(9), countries=frozenset({"US", "CN"})))
    assert set(found) == {each.name for each in fields(Selection)}
    assert found["span"] == ["2026-02-09", "2026-02-15"]
    assert (found["scope"], found["countries"], found["grain"]) == ("9", ["CN", "US"], "week")


def test_what_is_left_out_is_as_usual() -> None:
    assert read({}) == Selection()
    assert read({"grain": "day"}) == Selection(grain=Grain.DAY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grain", "fortnight"),
        ("span", ["2026-02-30", "2026-03-01"]),
        ("span", ["2026-03-02", "2026-03-01"]),
        ("span", "2026"),
        ("scope", "0"),
        ("scope", "-1"),
        ("scope", "²"),
        ("scope", 9),
        ("countries", "CN"),
        ("countries", [1]),
        ("lens", 1),
        ("as_of", "yesterday"),
        ("as_of", []),
        ("as_of", {}),
        ("as_of", 0),
        ("as_of", None),
        ("as_of", False),
        ("as_of", "2026-02-09T01:00:00Z"),
        ("compared", ["a"]),
        ("search", None),
        ("pricing", {"ratio": "3:1"}),
        ("pricing", {"ratio": -1}),
        ("pricing", {"ratio": float("nan")}),
        ("pricing", {"workload": {"calls": -1, "input": 1, "output": 1}}),
        ("pricing", {"workload": {}}),
        ("pricing", {"at": "now"}),
        ("pricing", []),
    ],
)
def test_a_value_that_is_none_is_named(name: str, value: object) -> None:
    with pytest.raises(ExplorerError, match=f"“{name}"):
        read({name: value})


def test_an_unknown_dimension_is_named_where_it_is() -> None:
    with pytest.raises(ExplorerError, match=r"“pricing\.mood”"):
        read({"pricing": {"mood": "high"}})
    with pytest.raises(ExplorerError, match="“mood”"):
        read({"mood": "high"})
