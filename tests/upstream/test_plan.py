"""Which snapshots and windows are fetched: whatever the store has, no day is missing afterwards."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from explorer.upstream import plan
from explorer.upstream.plan import Held

DAY = timedelta(days=1)
LATEST = date(2026, 12, 31)


def d(month: int, day: int) -> date:
    return date(2026, month, day)


def fetched(latest: date, wanted: frozenset[date], absent: frozenset[date] = frozenset()) -> list[date]:
    """Follow the plan with snapshots of 30 days each, the newest three of which are not settled yet."""
    found: list[date] = []
    while (day := plan.next_snapshot(latest, wanted, absent)) not in (None, latest):
        assert day is not None
        assert day not in found
        found.append(day)
        oldest = min(wanted)
        settled = plan.settled(Held(day - 30 * DAY, day - DAY, day))
        wanted = frozenset(each for each in wanted if each > oldest and each not in settled)
    return [*found, latest]


def test_an_empty_store_gets_every_day_since_the_oldest_snapshot() -> None:
    wanted = plan.missing(plan.FIRST_KEYLESS, d(11, 21), frozenset(), [])
    assert fetched(d(11, 22), wanted) == [d(9, 19), d(10, 16), d(11, 12), d(11, 22)]


def test_a_store_of_yesterday_needs_the_latest_only() -> None:
    held = [Held(plan.FIRST_KEYLESS, d(11, 20), d(11, 21))]
    wanted = plan.missing(plan.FIRST_KEYLESS, d(11, 21), plan.span(plan.FIRST_KEYLESS, d(11, 20)), held)
    assert wanted == {d(11, 19), d(11, 20), d(11, 21)}, "the newest days were still being restated"
    assert fetched(d(11, 22), wanted) == [d(11, 22)]


def test_two_months_away_take_one_snapshot_between() -> None:
    held = [Held(plan.FIRST_KEYLESS, d(10, 1), d(10, 2))]
    wanted = plan.missing(plan.FIRST_KEYLESS, d(11, 29), plan.span(plan.FIRST_KEYLESS, d(10, 1)), held)
    assert fetched(d(11, 30), wanted) == [d(10, 29), d(11, 25), d(11, 30)]


def test_a_gap_inside_is_missing_whatever_the_bounds_say() -> None:
    held = [Held(d(9, 1), d(11, 20), None)]
    present = plan.span(d(9, 1), d(11, 20)) - {d(10, 5)}
    assert plan.missing(d(9, 1), d(11, 20), present, held) == {d(10, 5)}


def test_an_absent_snapshot_gives_way_to_the_one_before() -> None:
    wanted = plan.span(d(10, 1), d(11, 21))
    assert plan.next_snapshot(d(11, 22), wanted, frozenset()) == d(10, 30)
    assert plan.next_snapshot(d(11, 22), wanted, {d(10, 30), d(10, 29)}) == d(10, 28)


def test_days_that_no_snapshot_has_are_not_asked_for() -> None:
    assert plan.next_snapshot(d(11, 22), {d(1, 5)}, frozenset()) is None
    assert plan.next_snapshot(d(11, 22), frozenset(), frozenset()) is None


_days = st.dates(plan.FIRST_KEYLESS, LATEST)


@given(st.frozensets(_days, max_size=60), st.dates(d(9, 20), LATEST))
def test_every_day_wanted_is_in_some_snapshot_fetched(wanted: frozenset[date], latest: date) -> None:
    wanted = frozenset(day for day in wanted if day < latest)
    snapshots = fetched(latest, wanted)
    assert snapshots == sorted(snapshots)
    assert snapshots[0] >= plan.OLDEST_SNAPSHOT
    # Told without knowing whether a window ends the day before its date or on it.
    sure = frozenset[date]().union(*(plan.span(day - 29 * DAY, day - DAY) for day in snapshots))
    assert wanted <= sure
    assert len(snapshots) <= len(wanted) + 1


@given(st.frozensets(st.dates(plan.FIRST_DAY, LATEST), max_size=80))
def test_windows_hold_every_day_and_none_is_too_long(wanted: frozenset[date]) -> None:
    windows = plan.windows(wanted)
    assert wanted <= frozenset[date]().union(*(plan.span(*window) for window in windows))
    assert all(0 <= (last - first).days < 366 for first, last in windows)
    assert all(before[1] < after[0] for before, after in pairwise(windows))
    assert {day for window in windows for day in window} <= wanted, "a window begins and ends with a day wanted"


def test_all_of_history_takes_two_windows() -> None:
    wanted = plan.span(plan.FIRST_DAY, d(8, 20))
    assert plan.windows(wanted) == ((date(2025, 1, 1), d(1, 1)), (d(1, 2), d(8, 20)))


def test_far_apart_days_are_asked_for_apart() -> None:
    assert plan.windows({d(1, 5), d(1, 20), d(6, 1)}) == ((d(1, 5), d(1, 20)), (d(6, 1), d(6, 1)))
