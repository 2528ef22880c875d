"""Which snapshots cover which days, held against a plain dictionary of days."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import dataset as datasets
from explorer.domain import snapshots_table, tables
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origins
from explorer.domain.periods import Span, span
from explorer.domain.schema import Frames, UsageFrame, to_day
from explorer.domain.selection import Selection
from explorer.domain.snapshot import IMPORTED, LICENCE, OPENROUTER, Basis, Provenance
from explorer.domain.snapshot_days import State, cover, is_at_hand, runs
from explorer.errors import Cancelled, ExplorerError
from explorer.words import say

START = to_day(date(2026, 2, 1))
Days = dict[int, dict[str, int]]
"""Day number → model → tokens."""


TABLES = frozenset({"t", "u"})
"""Names of snapshots that are imported tables."""


def frame_of(days: Days) -> UsageFrame:
    models = tuple(sorted({model for row in days.values() for model in row}))
    rows = [(day, models.index(model), n) for day, row in sorted(days.items()) for model, n in sorted(row.items())]
    day, model, tokens = zip(*rows, strict=True)
    return UsageFrame(np.array(day, np.int32), np.array(model, np.int32), np.array(tokens, np.int64), models)


def provenance_of(name: str, as_of: str, days: Days) -> Provenance:
    basis = Basis.STATED if as_of else Basis.UNKNOWN
    if name in TABLES:
        return Provenance(
            IMPORTED, name, IMPORTED, as_of, basis, name * 8, "", "", sum(map(len, days.values())), min(days), max(days)
        )
    stated = ("rankings CSV", name, OPENROUTER, as_of, basis, name * 8, LICENCE, "")
    return Provenance(*stated, sum(map(len, days.values())), min(days), max(days), "2026-04-01T00:00:00Z")


def dataset_of(*snapshots: tuple[str, str, Days]) -> Dataset:
    """A dataset of (name, as-of date, rows); sha256 is eight times the name."""
    frames = {name * 8: frame_of(days) for name, _, days in snapshots}
    shown: Days = {}
    for _, _, days in sorted(snapshots, key=lambda each: (each[1] or _last(each[2]), each[0])):
        shown |= days
    taken = tuple(provenance_of(*each) for each in snapshots)
    return replace(datasets.rankings(Frames(frame_of(shown)), Origins([]), taken), recall=frames.__getitem__)


def _last(days: Days) -> str:
    return date.fromordinal(max(days) + date(1970, 1, 1).toordinal()).isoformat()


def same(first: int, last: int, tokens: int = 5) -> Days:
    return {START + day: {"a/x": tokens, "other": 1} for day in range(first, last + 1)}


def state_of(dataset: Dataset) -> str:
    """The states of the days in order, a letter each."""
    letters = {State.GAP: ".", State.ONE: "1", State.SEVERAL: "s", State.RESTATED: "r", State.LIVE: "l"}
    return "".join(letters[each.state] for each in cover(dataset).days)


def test_each_day_is_in_one_state() -> None:
    older, newer = same(0, 5), same(3, 9) | {START + 4: {"a/x": 6, "other": 1}}
    del newer[START + 7]
    found = dataset_of(("a", "2026-02-07", older), ("b", "2026-02-10", newer))
    assert state_of(found) == "111srs1.1l"
    days = cover(found).days
    assert [each.shown[:1] for each in days] == ["a", "a", "a", "b", "b", "b", "b", "", "b", "b"]
    assert cover(found).gaps == (Span(START + 7, START + 7),)
    assert cover(found).alone("a" * 8) == (START, START + 1, START + 2)
    assert (cover(found).shown("a" * 8), cover(found).shown("b" * 8)) == (3, 6)


def test_what_was_not_over_restates_nothing() -> None:
    live, over = same(0, 2, tokens=1), same(0, 2, tokens=9)
    found = dataset_of(("a", "2026-02-01", live), ("b", "2026-02-05", over))
    assert state_of(found) == "sss", "all three days were still to come when the first was taken"


def test_a_model_under_another_name_is_another_statement() -> None:
    found = dataset_of(("a", "2026-02-05", same(0, 0)), ("b", "2026-02-06", {START: {"a/y": 5, "other": 1}}))
    assert state_of(found) == "r"


def test_a_table_of_others_shows_where_openrouter_says_nothing_and_restates_nothing() -> None:
    found = dataset_of(
        ("a", "2026-02-07", same(0, 5)), ("t", "2026-03-01", same(3, 7, tokens=9)), ("u", "", same(7, 7, tokens=8))
    )
    assert state_of(found) == "111sss1s"
    assert [each.shown[:1] for each in cover(found).days] == ["a"] * 6 + ["t"] * 2
    table = snapshots_table.table(found, Selection())
    shown = dict(zip(table.values["name"], table.values["days_shown"], strict=True))
    assert shown == {"a": 6, "t": 2, "u": 0}
    assert str(table.caption.subtitle).endswith("an imported table only where OpenRouter says nothing")
    assert [str(line) for line in snapshots_table.loss(found, "t" * 8)] == [
        "Lost from view: 1 day that no other snapshot covers, 7 Feb 2026.",
        "As other snapshots have it: 1 day.",
    ]
    both = dataset_of(
        ("a", "2026-02-07", same(0, 5)),
        ("b", "2026-02-08", same(0, 5, tokens=6)),
        ("t", "2026-03-01", same(0, 5, tokens=9)),
    )
    assert state_of(both) == "rrrrrr", "OpenRouter's own two differ"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "2026-02-08", "2026-02-15", "2026-03-01"]), st.sets(st.integers(0, 20), min_size=1)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_newest_of_those_that_cover_a_day_shows(taken: list[tuple[str, set[int]]]) -> None:
    made = [(chr(97 + i), as_of, {START + day: {"a/x": i} for day in days}) for i, (as_of, days) in enumerate(taken)]
    found = cover(dataset_of(*made))
    ranked = sorted(made, key=lambda each: (each[1] or _last(each[2]), each[0]))
    for each in found.days:
        covering = [name * 8 for name, _, days in ranked if each.day in days]
        assert list(each.snapshots) == covering
        assert (each.state is State.GAP) == (not covering)
    every = {day for _, _, days in made for day in days}
    assert [each.day for each in found.days] == list(range(min(every), max(every) + 1))
    assert sum(found.shown(name * 8) for name, _, _ in made) == len(every)


def test_runs_are_whole_and_apart() -> None:
    assert runs([]) == ()
    assert runs([3, 4, 5, 8]) == (Span(3, 5), Span(8, 8))


# --- the table


def test_the_table_says_what_each_snapshot_is_and_shows() -> None:
    found = dataset_of(("a", "2026-02-07", same(0, 5)), ("b", "2026-02-10", same(3, 8)))
    table = snapshots_table.table(found, Selection())
    assert table.ids == ("b" * 8, "a" * 8)
    rows = [dict(zip((c.key for c in table.columns), row, strict=True)) for row in table.rows()]
    assert [row["days"] for row in rows] == [6, 6]
    assert [row["days_shown"] for row in rows] == [6, 3]
    assert [row["days_alone"] for row in rows] == [3, 3]
    assert (rows[1]["first_day"], rows[1]["last_day"]) == (date(2026, 2, 1), date(2026, 2, 6))
    assert (rows[0]["as_of"], rows[0]["basis"], rows[0]["sha256"]) == (date(2026, 2, 10), "stated in the file", "b" * 8)
    assert str(table.caption.title) == "2 snapshots: every day covered, 1–9 Feb 2026"
    assert str(table.caption.scope) == "9 of 9 days covered, 3 by several, 0 of these restated"
    assert str(table.caption.sentence) == (
        "2 snapshots of rankings cover all 9 days from 1 February 2026 to 9 February 2026 "
        "(OpenRouter rankings as of 10 February 2026)."
    )


def test_gaps_and_days_not_over_are_named() -> None:
    days = same(0, 1) | same(5, 5) | same(8, 8)
    table = snapshots_table.table(dataset_of(("a", "2026-02-09", days)), Selection())
    assert str(table.caption.title) == "1 snapshot: 5 days missing, 1–9 Feb 2026"
    assert str(table.caption.sentence) == (
        "One snapshot of rankings covers 4 of the 9 days from 1 February 2026 to 9 February 2026, five missing "
        "(OpenRouter rankings as of 9 February 2026)."
    )
    assert [str(note) for note in table.caption.notes] == [
        "No snapshot covers 3–5 Feb 2026, 7–8 Feb 2026.",
        "Not over when its snapshot was taken: 9 Feb 2026.",
    ]


def test_a_brush_marks_the_snapshots_that_show_there() -> None:
    found = dataset_of(("a", "2026-02-07", same(0, 5)), ("b", "2026-02-10", same(3, 8)))
    for brush, marked in (
        (span(date(2026, 2, 1), date(2026, 2, 2)), {"a" * 8}),
        (span(date(2026, 2, 3), date(2026, 2, 4)), {"a" * 8, "b" * 8}),
        (span(date(2027, 2, 3), date(2027, 2, 4)), set[str]()),
    ):
        table = snapshots_table.table(found, Selection(brush=brush))
        assert table.marked == marked
        assert table.brush == brush
        assert len(table) == 2


def test_a_snapshot_without_days_is_listed_too() -> None:
    found = dataset_of(("a", "2026-02-07", same(0, 5)))
    prices = Provenance("models JSON", "m.json", OPENROUTER, "2026-02-20", Basis.FILE_NAME, "m" * 8, "", "", 7)
    table = snapshots_table.table(replace(found, provenance=(*found.provenance, prices)), Selection())
    assert table.ids == ("m" * 8, "a" * 8)
    assert [table.values[key][0] for key in ("days", "days_shown", "first_day")] == [None] * 3
    assert str(snapshots_table.loss(found, "m" * 8)[0]) == "Its prices or figures will not count any more."


def test_what_a_removal_takes_from_view_is_named() -> None:
    found = dataset_of(
        ("a", "2026-02-07", same(0, 5)), ("b", "2026-02-10", same(3, 8)), ("c", "2026-02-06", same(0, 5))
    )
    assert [str(line) for line in snapshots_table.loss(found, "b" * 8)] == [
        "Lost from view: 3 days that no other snapshot covers, 7–9 Feb 2026.",
        "As other snapshots have it: 3 days.",
    ]
    assert [str(line) for line in snapshots_table.loss(found, "a" * 8)] == ["As other snapshots have it: 3 days."]
    assert [str(line) for line in snapshots_table.loss(found, "c" * 8)] == ["Nothing that is shown depends on it."]


def test_a_store_that_can_not_be_read_is_a_sentence() -> None:
    def refuse(_: str) -> UsageFrame:
        raise ExplorerError(say("The store is damaged."), remedy=say("Restore a backup."))

    found = replace(dataset_of(("a", "2026-02-07", same(0, 5))), recall=refuse)
    table = tables.table("snapshots", found, Selection())
    assert str(table.empty) == "The store is damaged. Restore a backup."
    assert len(table) == 0
    assert not is_at_hand(found)


def test_a_fault_that_passes_is_not_kept() -> None:
    sound, busy = dataset_of(("a", "2026-02-07", same(0, 5)), ("b", "2026-02-08", same(0, 5))), [True]

    def recall(sha256: str) -> UsageFrame:
        if busy:
            raise ExplorerError(say("The store is in use."), remedy=say("Wait."))
        assert sound.recall is not None
        return sound.recall(sha256)

    found = replace(sound, recall=recall)
    for view in ("snapshots", "restatements"):
        busy[:] = [True]
        assert str(tables.table(view, found, Selection()).empty) == "The store is in use. Wait."
        busy.clear()
        assert "in use" not in str(tables.table(view, found, Selection()).empty)
    assert len(tables.table("snapshots", found, Selection())) == 2


def test_a_snapshot_that_is_gone_is_a_sentence() -> None:
    found = replace(dataset_of(("a", "2026-02-07", same(0, 5))), recall=dict[str, UsageFrame]().__getitem__)
    for _ in range(2):
        table = snapshots_table.table(found, Selection())
        assert str(table.empty).startswith("The snapshot a is not in the store any more.")


def test_what_was_read_is_at_hand_and_stopping_leaves_nothing() -> None:
    found = dataset_of(("a", "2026-02-07", same(0, 5)), ("b", "2026-02-10", same(3, 8)))

    def stop(fraction: float) -> None:
        if fraction > 0:
            raise Cancelled

    with suppress(Cancelled):
        cover(found, stop)
    assert not is_at_hand(found)
    told: list[float] = []
    assert cover(found, told.append) is cover(found)
    assert told == [0.0, 0.5]
    assert is_at_hand(found)


def test_without_snapshots_it_says_what_to_do(world_of: Callable[..., Any]) -> None:
    nothing = datasets.rankings(Frames(), Origins([]), ())
    table = snapshots_table.table(nothing, Selection())
    assert str(table.empty) == "There are no rankings yet. Open a rankings file to begin."
