"""Newest wins: against literal rows, and against pandas on any overlapping snapshots."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.schema import OTHER, UsageFrame, check, to_date
from explorer.domain.snapshot import Snapshot
from explorer.store import Store

Build = Callable[..., Snapshot]
Row = tuple[str, str, int]

MEMORY = Path(":memory:")
WHEN = "2026-02-02T03:04:05Z"


def rows_of(frame: UsageFrame) -> list[Row]:
    columns = zip(frame.day.tolist(), frame.model.tolist(), frame.tokens.tolist(), strict=True)
    return [(to_date(day).isoformat(), frame.models[model], tokens) for day, model, tokens in columns]


def test_frame_is_sorted_canonical_and_exact(rankings: Build) -> None:
    snapshot = rankings(
        {
            ("2026-01-02", "z/last"): 2**53 + 1,
            ("2026-01-02", "a/first"): 0,
            ("2026-01-01", OTHER): 7_500_000_000_001,
            ("2026-01-01", "z/last"): 3,
        },
        "2026-01-03",
    )
    with Store.open(MEMORY) as store:
        assert store.is_empty()
        store.add(snapshot, WHEN)
        assert not store.is_empty()
        frame = store.frames().usage
    check(frame)
    assert frame.models == ("a/first", OTHER, "z/last")
    assert rows_of(frame) == [
        ("2026-01-01", OTHER, 7_500_000_000_001),
        ("2026-01-01", "z/last", 3),
        ("2026-01-02", "a/first", 0),
        ("2026-01-02", "z/last", 2**53 + 1),
    ]


def test_empty_store_has_empty_frames() -> None:
    with Store.open(MEMORY) as store:
        frames = store.frames()
        assert store.provenance() == ()
    check(frames.usage)
    assert (len(frames.usage), frames.usage.models, frames.prices, frames.figures) == (0, (), (), ())
    assert frames.usage.live == frozenset()


def test_newest_snapshot_wins_each_of_its_days_whole(rankings: Build) -> None:
    older = rankings({("2026-01-01", "m"): 1, ("2026-01-02", "m"): 2, ("2026-01-02", "gone"): 5}, "2026-01-03")
    newer = rankings({("2026-01-02", "m"): 20, ("2026-01-03", "m"): 30}, "2026-01-04")
    with Store.open(MEMORY) as store:
        store.add(newer, WHEN)
        store.add(older, WHEN)
        now, then = store.frames().usage, store.frames("2026-01-03").usage
    assert rows_of(now) == [("2026-01-01", "m", 1), ("2026-01-02", "m", 20), ("2026-01-03", "m", 30)]
    assert now.models == ("m",)
    assert rows_of(then) == [("2026-01-01", "m", 1), ("2026-01-02", "gone", 5), ("2026-01-02", "m", 2)]


def test_a_time_of_day_is_newer_than_its_bare_date(rankings: Build) -> None:
    bare = rankings({("2026-06-18", "m"): 1}, "2026-06-19")
    timed = rankings({("2026-06-18", "m"): 2}, "2026-06-19T08:20:44.552Z")
    for order in permutations((bare, timed)):
        with Store.open(MEMORY) as store:
            for snapshot in order:
                store.add(snapshot, WHEN)
            assert rows_of(store.frames().usage) == [("2026-06-18", "m", 2)]
            assert rows_of(store.frames("2026-06-19").usage) == [("2026-06-18", "m", 1)]


# Taken at noon on 10 June 2026, so that this day was not over; the others may or may not replace it.
NOON = ({("2026-06-09", "m"): 9, ("2026-06-10", "m"): 5}, "2026-06-10T12:00Z")
JULY = ({(f"2026-07-{day:02d}", "m"): day for day in range(15, 21)}, "")
MIDDLE = ({(f"2026-06-{day:02d}", "m"): day for day in range(15, 25)}, "2026-06-26")
WHOLE = ({("2026-06-10", "m"): 10, ("2026-06-11", "m"): 11}, "2026-06-12")
EVENING = ({("2026-06-10", "m"): 7}, "2026-06-10T18:00Z")
BARE = ({("2026-06-10", "m"): 4}, "2026-06-10")
UNSTATED = ({(f"2026-06-{day:02d}", "m"): 1 for day in range(8, 15)}, "")


@pytest.mark.parametrize(
    ("taken", "live"),
    [
        ((NOON,), {"2026-06-10"}),
        ((BARE,), {"2026-06-10"}),
        ((JULY,), set()),
        ((NOON, JULY), {"2026-06-10"}),
        ((NOON, MIDDLE), {"2026-06-10"}),
        ((NOON, EVENING), {"2026-06-10"}),
        ((NOON, WHOLE), set()),
        ((NOON, UNSTATED), set()),  # no older than 14 June, its last day
        ((NOON, MIDDLE, JULY), {"2026-06-10"}),
        ((NOON, MIDDLE, WHOLE), set()),
    ],
)
def test_live_are_the_days_not_over_when_their_own_snapshot_was_taken(
    rankings: Build, taken: tuple[tuple[dict[tuple[str, str], int], str], ...], live: set[str]
) -> None:
    that_day = {"2026-06-10"} if NOON in taken or BARE in taken else set[str]()
    for order in permutations(taken):
        with Store.open(MEMORY) as store:
            for rows, as_of in order:
                store.add(rankings(rows, as_of), WHEN)
            now, then = store.frames().usage, store.frames("2026-06-10T13").usage
        assert {to_date(day).isoformat() for day in now.live} == live
        assert {to_date(day).isoformat() for day in then.live} == that_day


def test_days_after_the_as_of_date_are_live_too(rankings: Build) -> None:
    with Store.open(MEMORY) as store:
        store.add(rankings({(f"1969-12-{day}", "m"): day for day in range(29, 32)}, "1969-12-30T00:00:00Z"), WHEN)
        assert store.frames().usage.live == {-2, -1}
        assert store.frames("1969-12-01").usage.live == frozenset()


def test_unknown_as_of_is_as_old_as_its_last_day(rankings: Build) -> None:
    undated = rankings({("2026-01-01", "m"): 1, ("2026-01-05", "m"): 5})
    dated = rankings({("2026-01-01", "m"): 10}, "2026-01-04")
    with Store.open(MEMORY) as store:
        store.add(undated, WHEN)
        store.add(dated, WHEN)
        assert rows_of(store.frames().usage) == [("2026-01-01", "m", 1), ("2026-01-05", "m", 5)]
        assert rows_of(store.frames("2026-01-04").usage) == [("2026-01-01", "m", 10)]


def test_report_counts_against_what_was_shown(rankings: Build) -> None:
    first = rankings({("2026-01-01", "a"): 1, ("2026-01-02", "a"): 2, ("2026-01-02", "b"): 3}, "2026-01-03")
    newer = rankings({("2026-01-02", "a"): 2, ("2026-01-02", "b"): 4, ("2026-01-03", "c"): 5}, "2026-01-04")
    older = rankings({("2026-01-01", "a"): 9, ("2026-01-01", "z"): 9, ("2025-12-31", "a"): 9}, "2026-01-02")
    with Store.open(MEMORY) as store:
        reports = [store.add(snapshot, WHEN) for snapshot in (first, newer, older)]
    counts = [(report.days, report.new, report.restated, report.unchanged) for report in reports]
    assert counts == [(2, 3, 0, 0), (2, 1, 1, 1), (2, 2, 0, 1)]
    assert not any(report.duplicate for report in reports)
    assert reports[0].provenance.imported_at == WHEN


def test_a_snapshot_without_rows_is_kept(rankings: Build) -> None:
    with Store.open(MEMORY) as store:
        report = store.add(rankings({}, "2026-01-01"), WHEN)
        assert (report.days, report.new, len(store.frames().usage)) == (0, 0, 0)
        assert len(store.provenance()) == 1


def test_models_that_no_row_names_are_left_out(rankings: Build) -> None:
    snapshot = rankings({("2026-01-01", "a"): 1}, "2026-01-02")
    assert snapshot.usage is not None
    frame = UsageFrame(snapshot.usage.day, snapshot.usage.model + np.int32(1), snapshot.usage.tokens, ("x", "a"))
    with Store.open(MEMORY) as store:
        store.add(Snapshot(snapshot.provenance, snapshot.raw, usage=frame), WHEN)
        assert rows_of(store.frames().usage) == [("2026-01-01", "a", 1)]
        assert store.frames().usage.models == ("a",)


def test_many_rows_come_back_as_they_went_in(large: Snapshot) -> None:
    assert large.usage is not None
    with Store.open(MEMORY) as store:
        report = store.add(large, WHEN)
        frame = store.frames().usage
    assert (report.days, report.new) == (300, 90_000)
    check(frame)
    assert rows_of(frame) == sorted(rows_of(large.usage))


def test_views_for_other_programs_agree_with_frames(tmp_path: Path, rankings: Build) -> None:
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-02", "m"): 20, ("1969-12-31", "m"): 4}, "2026-01-04T01:46:00Z"), WHEN)
        store.add(rankings({("2026-01-01", "m"): 1, ("2026-01-02", "n"): 2}, "2026-01-03"), WHEN)
        frame = store.frames().usage
    connection = sqlite3.connect(path)
    shown = connection.execute("SELECT date, permaslug, tokens, as_of FROM current_usage ORDER BY 1, 2").fetchall()
    winners = connection.execute("SELECT date, snapshot_id FROM winning_snapshot ORDER BY 1").fetchall()
    connection.close()
    assert [row[:3] for row in shown] == rows_of(frame)
    assert [row[3] for row in shown] == ["2026-01-04T01:46:00Z", "2026-01-03", "2026-01-04T01:46:00Z"]
    assert winners == [("1969-12-31", 1), ("2026-01-01", 2), ("2026-01-02", 1)]


VINTAGES = ("", "2026-01-03", "2026-01-04", "2026-01-04T02:00:00Z", "2026-01-04T02:00:00.123Z", "2026-01-06")
DAYS = [(date(2026, 1, 1) + timedelta(n)).isoformat() for n in range(5)]
USAGE = st.dictionaries(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(["a/x", "b/y", "b/Y", OTHER])),
    st.integers(0, 2**62),
    min_size=1,
    max_size=12,
)


def winners(snapshots: list[Snapshot], as_of: str = "") -> tuple[list[Row], set[str]]:
    """The oracle: of all rows of a day those of the snapshot that is last by (vintage, sha256), by pandas.

    With them the days that were not over when that snapshot was taken.
    """
    table = pd.DataFrame(
        [
            (snapshot.provenance.vintage, snapshot.provenance.sha256, snapshot.provenance.as_of, *row)
            for snapshot in snapshots
            if snapshot.usage is not None
            for row in rows_of(snapshot.usage)
        ],
        columns=["vintage", "sha256", "as_of", "day", "model", "tokens"],
    )
    if as_of:
        table = table[table["vintage"] <= as_of]
    ordered = table.sort_values(["vintage", "sha256"])
    newest = ordered.drop_duplicates("day", keep="last")[["day", "sha256"]]
    kept = ordered.merge(newest, on=["day", "sha256"]).sort_values(["day", "model"])
    live = kept[(kept["as_of"] != "") & (kept["day"] >= kept["as_of"].str[:10])]
    return list(kept[["day", "model", "tokens"]].itertuples(index=False, name=None)), set(live["day"])


def shown_by(frame: UsageFrame) -> tuple[list[Row], set[str]]:
    return rows_of(frame), {to_date(day).isoformat() for day in frame.live}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(USAGE, st.sampled_from(VINTAGES)), min_size=1, max_size=5), st.randoms())
def test_any_order_of_import_shows_what_pandas_finds(
    rankings: Build, drawn: list[tuple[dict[tuple[str, str], int], str]], random: object
) -> None:
    snapshots = [rankings(rows, as_of, str(n)) for n, (rows, as_of) in enumerate(drawn)]
    expected = {as_of: winners(snapshots, as_of) for as_of in VINTAGES}
    for _ in range(2):
        with Store.open(MEMORY) as store:
            for count, snapshot in enumerate(snapshots, 1):
                report = store.add(snapshot, WHEN)
                assert report.new + report.restated + report.unchanged == snapshot.provenance.rows
                assert shown_by(store.frames().usage) == winners(snapshots[:count])
            for as_of, wanted in expected.items():
                frame = store.frames(as_of).usage
                check(frame)
                assert shown_by(frame) == wanted
                assert list(frame.models) == sorted({model for _, model, _ in wanted[0]})
        random.shuffle(snapshots)  # type: ignore[attr-defined]


@settings(max_examples=40, deadline=None)
@given(USAGE, USAGE, st.sampled_from(VINTAGES), st.sampled_from(VINTAGES))
def test_counts_are_the_differences_of_what_is_shown(
    rankings: Build, first: dict[tuple[str, str], int], second: dict[tuple[str, str], int], one: str, two: str
) -> None:
    with Store.open(MEMORY) as store:
        store.add(rankings(first, one, "1"), WHEN)
        before = {(day, model): tokens for day, model, tokens in rows_of(store.frames().usage)}
        report = store.add(rankings(second, two, "2"), WHEN)
        after = {(day, model): tokens for day, model, tokens in rows_of(store.frames().usage)}
    assert report.new == len(second.keys() - before.keys())
    assert report.restated == sum(after[key] != before[key] for key in before.keys() & after.keys())


@pytest.mark.parametrize("as_of", ["2025-01-01", "0"])
def test_before_the_first_vintage_nothing_is_known(rankings: Build, as_of: str) -> None:
    with Store.open(MEMORY) as store:
        store.add(rankings({("2026-01-01", "a"): 1}, "2026-01-02"), WHEN)
        assert len(store.frames(as_of).usage) == 0
