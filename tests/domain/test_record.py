"""What is said of how something was made: written, read again, and refused where it is not what was written."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import record
from explorer.domain.origins import Origin, Overrides, Reveal
from explorer.domain.periods import span
from explorer.domain.record import Cited, Record
from explorer.domain.selection import Scope, Selection
from explorer.errors import ExplorerError
from explorer.words import say

words = st.text(max_size=12)
named = st.text(min_size=1, max_size=12)
dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))
origins = st.builds(Origin, named, words, st.sampled_from(["", "US", "CN"]), dates, words)
reveals = st.builds(Reveal, named, words, dates, words, words)
overrides = st.builds(
    Overrides,
    st.lists(origins, max_size=3, unique_by=lambda row: (row.author.encode().lower(), row.valid_from)).map(tuple),
    st.lists(reveals, max_size=3, unique_by=lambda row: row.slug).map(tuple),
)
records = st.builds(
    Record,
    words,
    st.builds(Selection, search=words, models=st.frozensets(words, max_size=3)),
    st.lists(st.builds(Cited, words, words, words, words), max_size=3).map(tuple),
    overrides,
    words,
    words,
    words,
)
OWN = Overrides((Origin("minimax", "MiniMax", "DE", date(2023, 1, 1)),), (Reveal("x/anon", "", date(2026, 2, 1)),))
MADE = Record("share", Selection(scope=Scope(9)), (Cited("a.csv", "ab12", "2026-05-05", ""),), OWN, "Source: x.", "L.")


@given(records)
def test_what_is_written_is_read_again_from_one_line(made: Record) -> None:
    text = record.text(made)
    assert record.read(text) == made
    assert len(text.splitlines()) == 1
    assert json.loads(text)["view"] == made.view


@given(records, words, words)
def test_it_is_found_among_other_words(made: Record, before: str, after: str) -> None:
    for lines in (f"{before}\n{record.labelled(made)}{after}", f"Tokens\n{record.text(made)}\n{after}"):
        found = record.unlabelled(lines)
        assert found is not None
        assert record.read(found) == made


def test_words_without_a_record_hold_none() -> None:
    assert record.unlabelled("") is None
    assert record.unlabelled('{"date": "2026-02-09"}\nTokenshare-Recorder: {}') is None


def test_the_same_record_is_the_same_text() -> None:
    marked = [replace(MADE, selection=Selection(models=frozenset(order))) for order in ("abc", "cab")]
    assert record.text(marked[0]) == record.text(marked[1])


def changed(**changes: object) -> str:
    return json.dumps({**record.written(MADE), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 100_000,
        "[" * 100_000,
        record.text(MADE)[:-1],
        changed(schema=None),
        changed(schema=True),
        changed(schema=0),
        changed(schema="1"),
        changed(view=1),
        changed(snapshots=None),
        changed(snapshots=[{"name": "a.csv"}]),
        changed(snapshots=["a.csv"]),
        changed(selection={"span": ["2026-01-01", "9999-12-31"]}),
        changed(selection={"brush": ["0001-01-01", "2026-12-31"]}),
        changed(citation="half a \ud83d character"),
        changed(overrides={"origins": []}),
        changed(overrides={"origins": [], "reveals": [{"slug": "a", "author": "b", "revealed": "soon"}]}),
    ],
)
def test_what_is_no_record_is_said_to_be_unreadable(text: str) -> None:
    with pytest.raises(ExplorerError, match=r"picture\.png: What this file says of how it was made can't be read\."):
        record.read(text, "picture.png")


@pytest.mark.parametrize(
    "origins",
    [
        [{"author": ""}],
        [{"country": "us"}],
        [{"country": "USA"}],
        [{}, {"author": "MINIMAX"}],
    ],
)
def test_attribution_that_no_store_takes_is_refused(origins: list[dict[str, str]]) -> None:
    row = {"author": "minimax", "company": "", "country": "", "valid_from": "2023-01-01", "note": ""}
    with pytest.raises(ExplorerError):
        record.read(changed(overrides={"origins": [row | change for change in origins], "reveals": []}))


def test_a_wrong_dimension_is_named_with_the_file() -> None:
    with pytest.raises(ExplorerError, match=r"picture\.png: The view's “grain” can't be 'fortnight'"):
        record.read(changed(selection={"grain": "fortnight"}), "picture.png")


def test_a_newer_program_s_is_said_to_be_newer_whatever_else_is_in_it() -> None:
    with pytest.raises(ExplorerError, match=r"newer version of the program\. Update the program"):
        record.read('{"schema": 2, "selection": {"mood": "high"}}')


def test_the_lines_say_who_made_what_of_which_data() -> None:
    assert [str(line) for line in record.lines(MADE)] == [
        f"Made with {record.PROGRAM}",
        "View: share",
        "Source: x.",
        "L.",
        "Selected source: rankings",
        "Selected grain: week",
        "Selected scope: 9",
        "Snapshot: a.csv, as of 2026-05-05, sha256 ab12",
        "Own attribution: minimax is MiniMax, DE",
        "Own reveal: x/anon is nobody’s",
    ]


def test_the_snapshots_of_a_record_are_those_that_reach_into_the_span_in_one_order(world_of, provenance_of) -> None:
    world = world_of({("2026-02-02", "a/x"): 5, ("2026-02-20", "a/x"): 5})
    early = provenance_of(date(2026, 2, 2), date(2026, 2, 8), "2026-02-09", "early.csv")
    late = provenance_of(date(2026, 2, 9), date(2026, 2, 20), "2026-02-21", "late.csv")
    prices = provenance_of(None, None, "2026-02-01", "models.json")
    days = span(date(2026, 2, 10), date(2026, 2, 12))
    for order in ((early, late, prices), (prices, late, early)):
        dataset = replace(world.dataset, provenance=order)
        whole = record.of("share", dataset, Selection(), say("Source: x."), None)
        assert [each.name for each in whole.snapshots] == ["models.json", "early.csv", "late.csv"]
        some = record.of("share", dataset, Selection(span=days), say("Source: x."), None)
        assert [each.name for each in some.snapshots] == ["models.json", "late.csv"]
        assert (some.citation, some.licence) == ("Source: x.", "")


def test_what_is_missing_and_what_came_since_go_by_the_bytes(world_of, provenance_of) -> None:
    first = provenance_of(date(2026, 2, 2), date(2026, 2, 8), "2026-02-09", "same name.csv")
    second, third = replace(first, sha256="22"), replace(first, sha256="33", last_day=first.first_day)
    dataset = world_of({("2026-02-02", "a/x"): 5, ("2026-02-08", "a/x"): 5}).dataset
    made = record.of("", replace(dataset, provenance=(first,)), Selection(), say(""), None)
    assert record.missing(made, (second, third)) == made.snapshots
    assert record.missing(made, (third, first)) == ()
    assert record.added(made, replace(dataset, provenance=(first, second))) == (second,)
    late = replace(made, selection=Selection(span=span(date(2026, 2, 5), date(2026, 2, 8))))
    assert record.added(late, replace(dataset, provenance=(first, second, third))) == (second,)
